"""What is noted of a case at the desk: obstacles, other offices, appointments; shown, confirmed, and refused."""

import re
from html import unescape

import pytest

from processor.cases.case_file import CaseFile
from processor.desk import note_forms, officer_pages, step_acts
from processor.desk.visit import Elsewhere, Posted, Sent, Visit
from processor.foundation import yaml_editor
from processor.operations import overview
from tests.office import response
from tests.story import NUMBER, Story

ASKED = {"kepada": "BKD", "perihal": "Riwayat disiplin", "dikirim": "2026-03-02", "batas": "2026-03-03"}
DONE = Elsewhere(f"/x/{NUMBER}#baru-saja")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Story:
    made = Story(tmp_path_factory.mktemp("kantor"))
    made.receives(response(1))
    return made


@pytest.fixture
def story(begun: Story) -> Story:
    """An office with one case, of which nothing is noted."""
    path = begun.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    kept = path.with_suffix(".asal")
    if kept.exists():
        yaml_editor.replace_text(path, text, kept.read_text("utf-8"))
    else:
        kept.write_text(text, "utf-8")
    return begun


def case(story: Story) -> CaseFile:
    found = story.office.register.read(NUMBER).case
    assert found
    return found


def post(story: Story, step: str, me: str = "pengelola", **texts: str) -> Elsewhere | Sent | str:
    """Post a note with the digest of the case as it is."""
    page = officer_pages.case_page(Visit(story.office, "/x/", "pengelola", signed_in=True), NUMBER)
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]
    posted = Posted({name: (text,) for name, text in {"digest": digest, **texts}.items()})
    asked = {"number": NUMBER, "step": step}
    return step_acts.take_step(Visit(story.office, "/x/", me, asked, posted, "t", signed_in=True))


def said(answer: Elsewhere | Sent | str) -> str:
    assert not isinstance(answer, Elsewhere)
    return unescape(answer.content.decode() if isinstance(answer, Sent) else answer)


def test_another_office_is_asked_and_its_answer_noted_and_what_is_overdue_is_told(story: Story) -> None:
    shown = said(post(story, "koordinasi", "analis", **ASKED))
    assert "tetap diajukan" in shown
    assert case(story).koordinasi == ()
    for about in (ASKED["perihal"], "Daftar hadir"):
        assert post(story, "koordinasi", "analis", **ASKED | {"perihal": about}, tahap="pasti") == DONE
    assert [one.perihal for one in case(story).koordinasi] == ["Riwayat disiplin", "Daftar hadir"]
    last = [one for one in story.office.register.read(NUMBER).events if one.kind == "disunting"][-1]
    assert last.actor == "analis"
    story.later(minutes=3 * 24 * 60)
    filed = story.office.register.read(NUMBER)
    visit = Visit(story.office, "/x/", "analis", signed_in=True)
    forms = note_forms.possible(visit, filed, overview.derive_for(story.office, filed))
    answers = next(one for one in forms if one.name == "jawaban-koordinasi")
    assert answers.fields[0].choices["1"] == "BKD: Daftar hadir, sampai 3 Maret 2026 (lewat)"
    assert post(story, "jawaban-koordinasi", butir="1", dijawab="2026-03-04", tahap="pasti") == DONE
    assert [bool(one.dijawab) for one in case(story).koordinasi] == [False, True]
    assert "Pilih dari daftar." in said(post(story, "jawaban-koordinasi", butir="1", dijawab="2026-03-04"))


def test_an_obstacle_is_noted_and_what_cannot_be_stands_beside_its_field(story: Story) -> None:
    wrong = said(post(story, "hambatan", jenis="cuaca", uraian="", tanggal="2099-01-01"))
    for name in ("jenis", "uraian", "tanggal"):
        assert f'id="hambatan-{name}-salah"' in wrong
    given = {"jenis": "teknis", "uraian": "Listrik padam.", "tanggal": story.now.date().isoformat()}
    assert post(story, "hambatan", **given, tahap="pasti") == DONE
    assert [(one.jenis, one.uraian) for one in case(story).hambatan] == [("teknis", "Listrik padam.")]
    early = said(post(story, "koordinasi", **ASKED | {"batas": "2026-03-01"}))
    assert 'id="koordinasi-batas-salah"' in early
    assert case(story).koordinasi == ()


def test_an_appointment_is_made_and_noted_as_over_and_the_preview_says_what_the_applicant_hears(story: Story) -> None:
    given = {
        "waktu": "2026-03-06T10:30",
        "cara": "video",
        "tempat": "https://rapat.example.go.id/x",
        "dengan": "analis",
    }
    shown = said(post(story, "jadwal", **given))
    assert "janji temunya, dengan berkas kalender" in shown
    assert "halaman status" not in shown, "this applicant has no code, and no such page"
    for begins in (given["waktu"], "7 Maret 2026 pukul 09.00"):
        assert post(story, "jadwal", "analis", **given | {"waktu": begins}, tahap="pasti") == DONE
    assert [f"{one.waktu:%d %H.%M} {one.cara} {one.dengan}" for one in case(story).jadwal] == [
        "06 10.30 video analis",
        "07 09.00 video analis",
    ]
    over = {"butir": "1", "selesai": "batal", "tahap": "pasti"}
    assert "janji temunya tidak jadi" in said(post(story, "jadwal-selesai", **over | {"tahap": ""}))
    assert post(story, "jadwal-selesai", **over) == DONE
    assert [one.selesai for one in case(story).jadwal] == ["tidak", "batal"]
    assert "Pilih dari daftar." in said(post(story, "jadwal-selesai", **over)), "what is off is not open any more"
    for wrong in ("2026-03-06", "besok", "2029-03-06T10:30"):
        assert 'id="jadwal-waktu-salah"' in said(post(story, "jadwal", **given | {"waktu": wrong}))


def test_the_clock_is_paused_only_where_the_settings_let_it(story: Story) -> None:
    assert post(story, "koordinasi", **ASKED, jeda="ya", tahap="pasti") == DONE
    assert [one.jeda for one in case(story).koordinasi] == [story.settings.layanan.jeda_koordinasi] == [False]


def test_who_must_not_touch_the_case_notes_nothing(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    changes = {("penugasan", "benturan_kepentingan"): ["analis"]}
    yaml_editor.replace_text(path, text, yaml_editor.apply(text, changes))
    post(story, "hambatan", "analis", jenis="teknis", uraian="Listrik padam.", tanggal="2026-03-02", tahap="pasti")
    assert case(story).hambatan == ()
