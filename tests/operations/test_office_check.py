"""``payung periksa`` tells what nobody else would notice."""

import errno
import fcntl
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from processor.cases.records import Event
from processor.foundation import settings
from processor.foundation.settings import GoogleForm
from processor.intake.google import form_ids
from processor.intake.google.form_ids import FormLock
from processor.operations import applicant_status, installation_check, office_check
from processor.operations.office import open_office
from processor.site import publish
from tests.office import agency, sources
from tests.operations.test_applicant_status import ALI, BUDI, NOBODY, SECOND, asked
from tests.story import NUMBER, OFFICERS, Story

OLD, NEW = "payung.example.go.id", "bantuan.example.go.id"
THIRD = "BH-2026-0003"


def moves(story: Story, host: str) -> None:
    """Somebody changes the address of the site."""
    path = story.settings.path
    path.write_text(path.read_text("utf-8").replace(story.settings.situs.alamat, f"https://{host}/"), "utf-8")
    story.settings = settings.load(path)
    story.office = open_office(story.settings, lambda: story.now, quiet=0)


def goes_out(story: Story) -> None:
    """The pages count as built anew, and pass the gate."""
    story.later(minutes=1)
    known = story.office.register.state("terbit")
    story.office.register.save_state("terbit", {**known, "dari": publish.inputs_digest(story.settings), "orang": ""})
    story.passes()
    story.later(minutes=1)


def told(story: Story) -> str:
    """What is said of the address."""
    return "\n".join(
        str(found) for found in office_check.check(story.office) if "situs.alamat berubah" in found.message
    )


def test_an_address_that_changed_is_told_with_the_codes_that_open_nothing_any_more(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(asked(ALI, 1), asked(BUDI, 2))
    assert told(story) == ""
    moves(story, NEW)
    assert f"kode untuk {NUMBER}, {SECOND} tidak membuka apa pun lagi. Kembalikan ke {OLD}, atau" in told(story)
    moves(story, OLD)
    assert told(story) == ""


def test_codes_that_were_made_for_the_new_address_are_no_trouble(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(asked(ALI, 1), asked(BUDI, 2))
    moves(story, NEW)
    goes_out(story)
    story.receives(asked(NOBODY, 3))
    made = Event(
        applicant_status.NEW_CODE, story.now, "pengelola", {"alasan": "alamat", "kunci": [], "waktu": [], "sidik": {}}
    )
    story.office.register.record(NUMBER, made)
    assert f"kode untuk {SECOND} tidak" in told(story)
    moves(story, OLD)
    assert f"kode untuk {NUMBER}, {THIRD} tidak" in told(story)
    goes_out(story)
    assert f"kode untuk {NUMBER}, {THIRD} tidak membuka apa pun lagi. Kembalikan ke {NEW}, atau" in told(story)


def test_officers_who_are_still_the_sample_people_are_named(tmp_path: Path) -> None:
    story = Story(tmp_path, officers={**OFFICERS, "ani": {"nama": "Ani Andaian", "peran": ["analis_hukum"]}})
    [found] = [one for one in office_check.check(story.office) if "petugas masih" in one.message]
    assert found.message == "petugas masih nama rekaan: analis, kabag, pengelola."
    (tmp_path / "lain").mkdir()
    own = Story(tmp_path / "lain", officers={"ani": {"nama": "Ani Andaian", "peran": ["analis_hukum"]}})
    assert not [one for one in office_check.check(own.office) if "petugas masih" in one.message]


def test_a_town_beside_the_date_of_letters_that_is_still_the_sample_is_named(tmp_path: Path) -> None:
    found = agency(tmp_path)
    moved = found.model_copy(update={"instansi": found.instansi.model_copy(update={"kota": "Kotacontoh"})})
    told = [one.message for one in installation_check.check_sample_values(moved)]
    assert "instansi masih contoh: kota." in told


def test_a_page_that_would_show_something_else_than_was_typed_is_told(tmp_path: Path) -> None:
    story, page = Story(tmp_path), tmp_path / "sumber" / "docs" / "kabar.md"
    page.parent.mkdir(parents=True)
    page.write_text("1. satu\n4. dua\n", "utf-8")
    story.reopens(agency(tmp_path, page.parents[1]))
    assert [one.line for one in office_check.check(story.office) if one.place == str(page)] == [2]


def test_pages_that_an_editor_saved_otherwise_than_in_utf_8_are_named_and_stop_no_check(tmp_path: Path) -> None:
    root = sources(tmp_path / "sumber")
    pages = [root / "docs" / name for name in ("faq.md", "istilah.md", "sop.md")]
    for page in pages:
        page.write_bytes(page.read_bytes() + "\r\nBiaya – tidak ada".encode("cp1252"))
    told = {one.place: one for one in office_check.check(Story(tmp_path, root=root).office) if "UTF-8" in one.message}
    assert told.keys() == {*map(str, pages)}
    assert told[str(pages[0])].line == pages[0].read_bytes().count(b"\n") + 1


def test_the_choice_who_makes_the_final_pdf_is_asked_for_where_the_settings_do_not_say(tmp_path: Path) -> None:
    story = Story(tmp_path)
    path, asked_for = story.settings.path, "surat.tanda_tangan belum dipilih."
    found = next(one for one in office_check.check(story.office) if one.message == asked_for)
    assert "wajib" in found.mend
    assert "tidak_wajib" in found.mend
    for choice in ("wajib", "tidak_wajib"):
        said = path.read_text("utf-8").replace("surat:\n", f"surat:\n  tanda_tangan: {choice}\n")
        chosen = path.with_name(f"{choice}.yaml")
        chosen.write_text(said, "utf-8")
        story.reopens(settings.load(chosen))
        assert asked_for not in {one.message for one in office_check.check(story.office)}


def test_a_register_on_a_share_that_neither_locks_nor_flushes_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(handle: int, *_: int) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), handle)

    story = Story(tmp_path)
    monkeypatch.setattr(os, "fsync", unknown)
    [found] = [one for one in office_check.check(story.office) if "jaringan" in one.message]
    assert "tidak memastikan tulisan sampai ke disk" in found.message
    monkeypatch.setattr(fcntl, "flock", unknown)
    [found] = [one for one in office_check.check(story.office) if "jaringan" in one.message]
    assert "tidak dapat mengunci berkas" in found.message


def test_what_the_privacy_page_must_name_is_asked_for(tmp_path: Path) -> None:
    story = Story(tmp_path)
    pdp = {"jabatan": "Pejabat Rekaan", "kontak": "pdp@example.go.id", "retensi": "menurut jadwal retensi arsip"}
    google = {"alamat": "https://payung.example.go.id/", "formulir_google": "https://docs.google.com/forms/x"}
    wanted: dict[str, dict[str, Any]] = {"pdp keputusan_google": {"situs": google}, "": {"pdp": pdp}}
    for missing, changes in wanted.items():
        opened = open_office(agency(tmp_path, **changes), lambda: story.now, quiet=0)
        told = "\n".join(one.message for one in office_check.check(opened))
        assert [word for word in ("pdp", "keputusan_google") if word in told] == missing.split()


def test_law_that_was_compared_long_ago_and_what_no_lawyer_confirmed_are_told(tmp_path: Path) -> None:
    story = Story(tmp_path)
    named = [one.message for one in office_check.check(story.office) if one.place.endswith("dasar-hukum.yaml")]
    assert not [one for one in named if "90 hari" in one]
    story.now = datetime(2027, 6, 1, tzinfo=UTC)
    named = [one.message for one in office_check.check(story.office) if one.place.endswith("dasar-hukum.yaml")]
    assert [one for one in named if "90 hari lalu: uu-2-1986" in one]
    assert [note for note in office_check.notes(story.office) if "belum dipastikan petugas hukum" in note]
    assert [note for note in office_check.notes(story.office) if note.startswith("6 halaman belum ditinjau")]


def test_the_check_up_asks_for_a_google_form_whose_terms_are_known_and_those_of_today(tmp_path: Path) -> None:
    story = Story(tmp_path, root=sources(tmp_path / "sumber"))
    google = GoogleForm(formulir="F1", kredensial=Path("kunci.json"))
    found = story.settings.model_copy(update={"sumber": story.settings.sumber.model_copy(update={"google": google})})
    story.office = replace(story.office, settings=found)
    before = story.office.form.model_copy(
        update={"ketentuan": story.office.form.ketentuan.model_copy(update={"butir": ()})}
    )
    lock, said = FormLock("F1"), []
    for form in (None, before, story.office.form):
        lock = lock.showing(form, story.now) if form else lock
        form_ids.write(found.google_lock, lock)
        said.append([one.message for one in office_check.check(story.office) if one.place == found.google_lock.name])
    assert [len(one) for one in said] == [1, 1, 0]
    assert "Belum tercatat" in said[0][0]
    assert "masih menampilkan ketentuan versi 2" in said[1][0]
