"""The workflow's steps at the desk: shown, then confirmed; refused beside the field, and never on another text."""

import re
from html import unescape
from pathlib import Path

import pytest

from processor.desk import officer_pages, step_acts
from processor.desk.visit import Elsewhere, Posted, Sent, Visit
from processor.foundation import yaml_editor
from tests.office import response
from tests.story import OFFICERS, Story

NUMBER = "BH-2026-0001"
HOSTILE = "<script>window.hacked = 1</script>"
STAFF = OFFICERS | {"analis2": {"nama": "Analis Kedua", "peran": ["analis_hukum"]}}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, str]:
    story = Story(tmp_path_factory.mktemp("kantor"), officers=STAFF)
    story.receives(response(1))
    return story, case_file(story).read_text("utf-8")


@pytest.fixture
def story(told: tuple[Story, str]) -> Story:
    """An office with one fresh case."""
    case_file(told[0]).write_text(told[1], "utf-8")
    return told[0]


def case_file(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "permohonan.yaml"


def visit(story: Story, step: str = "", me: str = "pengelola", **texts: str | tuple[str, ...]) -> Visit:
    posted = {key: (text,) if isinstance(text, str) else text for key, text in texts.items()}
    return Visit(story.office, "/x/", me, {"number": NUMBER, "step": step}, Posted(posted), "t", "akun")


def case_page(story: Story, me: str = "pengelola") -> str:
    return officer_pages.case_page(visit(story, me=me), NUMBER)


def shown(story: Story) -> str:
    """The digest that the forms of the case's page carry."""
    found = re.search(r'name="digest" value="(\w+)"', case_page(story))
    return found[1] if found else ""


def post(story: Story, step: str, me: str = "pengelola", **texts: str | tuple[str, ...]) -> Elsewhere | Sent | str:
    return step_acts.take_step(visit(story, step, me, **{"digest": shown(story), **texts}))


def page(answer: Elsewhere | Sent | str) -> str:
    """What a page says, without its marks."""
    assert not isinstance(answer, Elsewhere), answer
    text = answer.content.decode() if isinstance(answer, Sent) else answer
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_step_is_shown_then_confirmed_and_then_done(story: Story) -> None:
    before = case_file(story).read_bytes()
    first = page(post(story, "lengkapi", kekurangan="Surat panggilan\r\n\r\nSK jabatan"))
    assert "diajukan menjadi menunggu kelengkapan" in first
    assert "Email kepada pemohon, bila ada alamatnya: apa yang perlu dilengkapi." in first
    assert "+ - Surat panggilan" in first
    assert case_file(story).read_bytes() == before
    answer = post(story, "lengkapi", kekurangan="Surat panggilan\r\n\r\nSK jabatan", tahap="pasti")
    assert answer == Elsewhere(f"/x/{NUMBER}?petugas=pengelola#baru-saja")
    case = story.office.register.read(NUMBER).case
    assert case
    assert case.verifikasi.kekurangan == ("Surat panggilan", "SK jabatan")
    assert case.verifikasi.oleh == "pengelola"
    assert "Baru saja Anda kerjakan" in case_page(story)
    assert "Baru saja Anda kerjakan" not in case_page(story, "kabag")


def test_a_gap_stands_beside_its_field_and_what_was_typed_stays(story: Story) -> None:
    before = case_file(story).read_bytes()
    answer = post(story, "tolak", alasan=f"Di pengadilan {HOSTILE}", tahap="pasti")
    assert isinstance(answer, str)
    assert 'aria-describedby="tolak-alasan_jenis-salah"' in answer
    assert 'id="tolak-alasan_jenis-salah">Pilih' in answer
    assert f"Di pengadilan {HOSTILE}" in unescape(answer)
    assert HOSTILE not in answer
    assert case_file(story).read_bytes() == before


def test_a_rule_that_stops_a_step_is_told_beside_the_field_it_is_about(story: Story) -> None:
    story_at(story, "verifikasi", keputusan="diteruskan", oleh="pengelola", tanggal="2026-03-02")
    answer = post(
        story, "tugaskan", "kabag", analis="analis", pemeriksa="kabag", benturan_kepentingan=("analis",), tahap="pasti"
    )
    assert isinstance(answer, str)
    assert 'id="tugaskan-analis-salah">analis tidak boleh menangani' in answer
    assert 'value="analis" checked' in answer


def test_what_changed_meanwhile_is_shown_and_nothing_is_written(story: Story) -> None:
    old = shown(story)
    story_at(story, "verifikasi", topik="pengadaan")
    story.passes()
    changed = case_file(story).read_bytes()
    answer = post(story, "batalkan", digest=old, catatan="Lewat telepon.", tahap="pasti")
    assert "berubah sejak halaman tadi" in page(answer)
    assert "Lewat telepon." in page(answer)
    assert "topik: pengadaan" in page(answer)
    assert case_file(story).read_bytes() == changed


@pytest.mark.parametrize(
    ("me", "step"), [("analis", "teruskan"), ("kabag", "teruskan"), ("pengelola", "setujui"), ("", "teruskan")]
)
def test_a_step_of_another_role_or_status_is_not_taken_by_posting_it(story: Story, me: str, step: str) -> None:
    before = case_file(story).read_bytes()
    assert "tidak dapat diambil sekarang" in page(post(story, step, me, tahap="pasti"))
    assert case_file(story).read_bytes() == before


def test_what_is_missing_for_the_letter_is_told_without_a_command(story: Story) -> None:
    story_at(story, "verifikasi", keputusan="diteruskan", oleh="pengelola", tanggal="2026-03-02")
    story_at(story, "penugasan", analis="analis", pemeriksa="kabag")
    answer = post(story, "siap", "analis", tahap="pasti")
    assert isinstance(answer, str)
    assert "kajian.analisis" in answer
    assert "payung " not in page(answer).replace("Meja Payung", "")


def test_what_was_typed_can_be_changed_before_it_is_confirmed(story: Story) -> None:
    answer = page(post(story, "batalkan", catatan="Lewat telepon.", tahap="ubah"))
    assert "Lewat telepon." in answer
    assert "Yang akan terjadi" not in answer


def story_at(story: Story, section: str, **values: str) -> None:
    """Write by hand into the case file."""
    path = case_file(story)
    changes: dict[tuple[str, ...], object] = {(section, key): value for key, value in values.items()}
    yaml_editor.write(path, path.read_text("utf-8"), changes)
