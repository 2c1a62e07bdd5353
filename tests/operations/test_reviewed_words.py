"""Words that were public before a case came are no leak of it: no request can stop the office from publishing."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from processor.cases import dossier
from processor.cases.records import Event, Response
from processor.cases.register import Register
from processor.foundation.errors import LeakFound
from processor.foundation.settings import Settings
from processor.operations import identity, reviewed_words
from processor.operations.identity_index import IdentityIndex
from processor.site import leak_tokens, publish, special_days
from processor.site.leak_tokens import SiteKeys
from tests.office import FORM, START, agency, edited, file, register, response

BEFORE, AFTER = START - timedelta(days=9), START + timedelta(days=9)
WORDS = {
    "nama": "Telaah Naskah",
    "alamat": "Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan",
    "nip": "19850312 201001 2 901",
    "telepon": "0752 41499",
    "email": "contoh@example.org",
    "jabatan": "Penyusun Naskah",
    "unit_kerja": "Biro Hukum Contoh",
}
PAGE = f"<p>{', '.join(WORDS.values())}. Ratna Sipilawati, #AparaturSipil</p>"


@pytest.fixture
def made(tmp_path: Path) -> Register:
    return register(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = agency(tmp_path)
    found.site.mkdir()
    (found.site / "index.html").write_text(PAGE)
    return found


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A source with the same words, as old as a case is not."""
    path = tmp_path / "halaman.md"
    path.write_text(PAGE)
    os.utime(path, (BEFORE.timestamp(),) * 2)
    return path


def leaks(settings: Settings, made: Register, now: datetime, sources: Sequence[Path] | None = None) -> Sequence[str]:
    """What the gate says at a moment."""
    index = IdentityIndex(made, clock=lambda: now)
    if sources is not None:
        index.reviewed.note_sources(sources, now)
    try:
        publish.inspect(settings, index, settings.site)
    except LeakFound as error:
        return error.leaks
    return ()


ASKED = [
    *({key: text} for key, text in WORDS.items() if key not in {"jabatan", "unit_kerja"}),
    {"jabatan": WORDS["jabatan"], "unit_kerja": WORDS["unit_kerja"]},
    {"nama": "Sipilawati"},
    {"nama": "Aparatur Sipil"},
]


def anonymous(answers: dict[str, str]) -> Response:
    """A request of somebody who gives nothing of their own."""
    nothing = dict.fromkeys(("nama", "nip", "alamat", "email", "telepon", "jabatan", "unit_kerja"), "")
    one = response(1)
    return replace(one, answers={**one.answers, **nothing, **answers})


@pytest.mark.parametrize("answers", ASKED)
def test_what_a_source_held_before_the_case_came_is_no_leak(
    settings: Settings, made: Register, page: Path, answers: dict[str, str]
) -> None:
    file(made, anonymous(answers))
    assert leaks(settings, made, AFTER)
    assert leaks(settings, made, AFTER, [page]) == ()


@pytest.mark.parametrize("answers", ASKED)
def test_what_the_site_held_when_it_passed_the_gate_is_no_leak_of_who_comes_later(
    settings: Settings, made: Register, answers: dict[str, str]
) -> None:
    assert leaks(settings, made, BEFORE) == ()
    file(made, anonymous(answers))
    (settings.site / "lain.html").write_text(PAGE)
    assert leaks(settings, made, AFTER) == ()


def test_what_came_into_the_site_after_the_case_is_a_leak(settings: Settings, made: Register, page: Path) -> None:
    file(made, response(1, nama="Wulan Rekawati"))
    assert leaks(settings, made, BEFORE, [page]) == ()
    (settings.site / "lain.html").write_text("<p>Wulan Rekawati</p>")
    page.write_text("Wulan Rekawati")
    os.utime(page, (BEFORE.timestamp(),) * 2)  # as copies do: what counts is when it was put there
    for _ in range(2):
        assert leaks(settings, made, AFTER, [page]) == ("lain.html: nama",)


def test_every_site_that_passed_counts_and_the_beginning_of_a_number_does_not(
    settings: Settings, made: Register
) -> None:
    for words in ("NIP 199001152015031999", "Wulan Sipilawati"):
        (settings.site / "lain.html").write_text(f"<p>{words}</p>")
        assert leaks(settings, made, BEFORE) == ()
    file(made, anonymous({"nama": "Wulan Sipilawati", "nip": "199001152015031777"}))
    assert leaks(settings, made, AFTER) == ()
    (settings.site / "lain.html").write_text("<p>199001152015031777</p>")
    assert leaks(settings, made, AFTER) == ("lain.html: NIP",)


@pytest.mark.parametrize("name", ["Fitri", "Natal", "Wafat Yesus"])
def test_who_is_called_as_a_national_holiday_is_stops_no_page_that_lists_it(
    name: str, settings: Settings, made: Register
) -> None:
    file(made, anonymous({"nama": name}))
    named = "; ".join(special_days.national_reasons(settings))
    assert name in named
    (settings.site / "libur.html").write_text(f"<p>{named}</p>")
    assert leaks(settings, made, AFTER) == ()
    (settings.site / "libur.html").write_text(f"<p>{named}; Cuti Wulan Rekawati</p>")
    file(made, response(2, nama="Wulan Rekawati"))
    assert leaks(settings, made, AFTER) == ("libur.html: nama",)


def test_other_words_of_the_same_length_are_noticed_in_a_source(settings: Settings, made: Register, page: Path) -> None:
    page.write_text("Wulan Sipilawati")
    os.utime(page, (BEFORE.timestamp(),) * 2)
    IdentityIndex(made).reviewed.note_sources([page], BEFORE)
    page.write_text("Dewi Rekawatiwat")
    IdentityIndex(made).reviewed.note_sources([page], AFTER)
    file(made, response(1, nama="Dewi Rekawatiwat"))
    (settings.site / "lain.html").write_text("<p>Dewi Rekawatiwat</p>")
    assert leaks(settings, made, AFTER, [page]) == ("lain.html: nama",)


def test_a_source_that_is_touched_or_copied_keeps_its_time_and_one_that_goes_away_holds_nothing(
    settings: Settings, made: Register, page: Path
) -> None:
    file(made, anonymous({"nama": "Telaah Naskah"}))
    IdentityIndex(made).reviewed.note_sources([page], BEFORE)
    page.touch()
    assert leaks(settings, made, AFTER, [page]) == ()
    (made.state_folder / "penjaga.sqlite").unlink()
    page.unlink()
    assert leaks(settings, made, AFTER, []) == ("index.html: nama",)


def test_who_was_taken_in_without_public_words_is_no_suspect_of_any_site(
    settings: Settings, made: Register, page: Path
) -> None:
    file(made, anonymous({"nama": "Telaah Naskah"}))
    assert leaks(settings, made, AFTER, [page]) == ()
    site = leak_tokens.text_keys("bantuan hukum lain")
    assert IdentityIndex(made).suspects(site, SiteKeys(), "lain") == []


def test_each_answer_counts_from_when_it_came(made: Register) -> None:
    one = response(1, source="google", key="a", nama="Wulan Rekawati")
    file(made, one)
    file(made, edited(one, minute=9, nama="Telaah Naskah"))
    came = [(person.nama, moment) for moment, person in dossier.arrivals(made, "BH-2026-0001")]
    assert came == [("Wulan Rekawati", START), ("Telaah Naskah", START + timedelta(minutes=9))]
    with made.lock(5):
        identity.correct(made, FORM, "BH-2026-0001", {"nama": "Wulan Sipilawati"}, "saya", "salah ketik", AFTER)
    corrected = [moment for moment, person in dossier.arrivals(made, "BH-2026-0001") if "Sipil" in person.nama]
    assert set(corrected) == {START}, "what an officer corrects may have come into a page before"


def test_a_moment_that_a_sender_invents_is_not_believed(settings: Settings, made: Register) -> None:
    file(made, response(1, minute=60 * 24 * 300, nama="Telaah Naskah"))
    assert leaks(settings, made, START + timedelta(minutes=5)) == ("index.html: nama",)


@pytest.mark.parametrize("told", [True, False])
def test_a_later_answer_is_judged_by_when_it_came_and_one_of_no_known_time_by_its_filing(
    settings: Settings, made: Register, page: Path, *, told: bool
) -> None:
    first = response(1, source="google", key="a", nama="Telaah Naskah" if not told else "Wulan Rekawati")
    file(made, first if told else replace(first, submitted=None))
    if told:
        file(made, edited(first, minute=60, nama="Telaah Naskah"))
    made.record("BH-2026-0001", Event("catatan", AFTER, "petugas"))
    IdentityIndex(made).reviewed.note_sources([], BEFORE)
    IdentityIndex(made).reviewed.note_sources([page], START + timedelta(minutes=30))
    assert leaks(settings, made, AFTER, [page]) == (() if told else ("index.html: nama",))


def test_nothing_is_written_when_nothing_changed(settings: Settings, made: Register, page: Path) -> None:
    assert leaks(settings, made, BEFORE, [page]) == ()
    kept = made.state_folder / reviewed_words.FILE_NAME
    before = kept.read_bytes()
    assert leaks(settings, made, AFTER, [page]) == ()
    assert kept.read_bytes() == before
    assert not [word for word in (b"bantuan", b"198503", b"41499") if word in before.lower()]


def test_the_sources_are_pages_forms_templates_law_and_days_off(settings: Settings) -> None:
    settings.days_off.write_text("hari: []\n")
    assert settings.days_off in publish.reviewed_sources(settings)
    settings.days_off.unlink()
    names = {path.relative_to(settings.root).as_posix() for path in publish.reviewed_sources(settings)}
    assert {"mkdocs.yml", "docs/faq.md", "forms/permohonan.yaml", "opinions/dasar-hukum.yaml"} <= names
    assert "opinions/tanda-terima.docx" in names
    assert not [name for name in names if name.startswith(("payung.yaml", "processor", "tests"))]
