"""What the office writes about itself: told by passes, written by commands, journalled, and never in the way."""

from pathlib import Path
from typing import Any

import pytest

from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import daily_pass, office_check, office_records, side_journal
from processor.operations.act_journal import Person
from tests.cases.test_office_record_files import EVENT, RISK, put
from tests.office import agency, everything, response
from tests.story import OFFICERS, Story

KABAG = Person("kabag", "akun")
ACTION: dict[str, Any] = {
    "kode": "2026-1",
    "tahun": 2026,
    "aspek": 2,
    "uraian": "Percepat pemeriksaan",
    "penanggung_jawab": "Kepala bagian",
    "tenggat": "2026-06-30",
    "selesai": None,
    "hasil": None,
}
EVENT_DATA = {"jenis": "edukasi_netralitas", "tanggal": "2026-02-02", "cara": "apel", "hadir": 12}


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An office without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    return Story(tmp_path)


def told(story: Story) -> list[str]:
    """What a pass says of these files."""
    names = ("kegiatan", *office_records.LISTS)
    return [str(one) for one in daily_pass.run_pass(story.office).problems if any(name in one.place for name in names)]


def test_a_pass_tells_of_broken_files_again_and_again_and_files_requests_all_the_same(story: Story) -> None:
    folder = story.office.register.folder
    put(folder, "risiko.yaml", "kode: [")
    put(folder, "kegiatan/a.yaml", "jenis: rapat\n")
    story.receives(response(1))
    assert story.office.register.numbers() == ["BH-2026-0001"]
    first = told(story)
    assert len(first) == 3
    assert told(story) == first
    put(folder, "risiko.yaml", RISK)
    (folder / "kegiatan" / "a.yaml").unlink()
    assert told(story) == []


def test_a_pass_reads_sound_files_once_and_again_when_one_changes_or_a_day_begins(story: Story) -> None:
    folder = story.office.register.folder
    path = put(folder, "kegiatan/a.yaml", EVENT.replace("hadir: 41\n", "").replace("2 Juli", "2 Maret"))
    assert told(story) == []
    mark = story.office.register.state("catatan")["tanda"]
    assert told(story) == []
    assert story.office.register.state("catatan")["tanda"] == mark
    story.later(minutes=24 * 60)
    assert "sudah lewat, tetapi “hadir” belum diisi" in told(story)[0]
    path.write_text(EVENT.replace("2 Juli", "2 Maret"), "utf-8")
    assert told(story) == []


def test_an_office_that_writes_nothing_of_the_kind_gets_no_file(story: Story) -> None:
    before = {*everything(story.office.register.folder)}
    assert office_records.mistakes_if_changed(story.office) == []
    assert {*everything(story.office.register.folder)} == before


def test_an_event_gets_a_file_of_its_own_and_a_second_of_that_day_another(story: Story) -> None:
    for hadir, name in ((12, "2026-02-02-edukasi-netralitas.yaml"), (13, "2026-02-02-edukasi-netralitas-2.yaml")):
        path = office_records.add_activity(story.office, KABAG, {**EVENT_DATA, "hadir": hadir})
        assert path.name == name
    found = office_records.read(story.office)
    assert [one.hadir for one in found.activities.entries] == [12, 13]
    assert found.problems == ()


def test_an_event_with_a_mistake_is_not_written(story: Story) -> None:
    with pytest.raises(BrokenFiles, match="tanpa cara"):
        office_records.add_activity(story.office, KABAG, {**EVENT_DATA, "cara": None})
    with pytest.raises(BrokenFiles, match="memuat nomor telepon"):
        office_records.add_activity(story.office, KABAG, {**EVENT_DATA, "sasaran": "Wulan, 0812 0000 0099"})
    assert not (story.office.register.folder / "kegiatan").exists()
    assert side_journal.read(story.office.register, office_records.JOURNAL) == ((), ())


@pytest.mark.parametrize(("changes", "typed"), [
    ({"sasaran": "Wulan, 0812 0000 0099"}, "“sasaran” yang diketik untuk kegiatan: Baris ini memuat nomor telepon."),
    ({"hadir": -3}, "“hadir” yang diketik untuk kegiatan: "),
])  # fmt: skip
def test_what_is_wrong_with_an_event_names_what_was_typed_and_no_file(
    story: Story, changes: dict[str, Any], typed: str
) -> None:
    with pytest.raises(BrokenFiles) as refused:
        office_records.add_activity(story.office, KABAG, {**EVENT_DATA, **changes})
    [said] = str(refused.value).splitlines()
    assert said.startswith(typed)
    assert "0812" not in said


def test_what_is_wrong_with_an_entry_names_what_was_typed_and_for_which_list(story: Story) -> None:
    office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", ACTION)
    with pytest.raises(BrokenFiles) as refused:
        office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", {**ACTION, "aspek": 9, "kode": "2026-2"})
    assert str(refused.value).startswith("“aspek” yang diketik untuk rencana-aksi.yaml: ")


def test_a_list_grows_and_an_entry_is_ticked_off_with_every_note_kept(story: Story) -> None:
    office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", ACTION)
    path = story.office.register.folder / "rencana-aksi.yaml"
    path.write_text(path.read_text("utf-8") + "\n# catatan saya\n", "utf-8")
    office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", {**ACTION, "kode": "2026-2"})
    done = {"selesai": "2026-03-02", "hasil": "Dua pemeriksa"}
    office_records.change_entry(story.office, KABAG, "rencana-aksi.yaml", lambda one, _: one.kode == "2026-1", done)
    first, second = office_records.read(story.office).actions.entries
    assert (first.hasil, str(first.selesai), second.selesai) == ("Dua pemeriksa", "2026-03-02", None)
    assert path.read_text("utf-8").endswith("\n# catatan saya\n")
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=.payung/rencana-aksi.schema.json\n")


def test_what_would_break_a_list_is_refused_and_nothing_written(story: Story) -> None:
    office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", ACTION)
    before = everything(story.office.register.folder)
    with pytest.raises(BrokenFiles, match="dipakai dua kali"):
        office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", ACTION)
    with pytest.raises(BrokenFiles, match="selesai tanpa hasil"):
        office_records.change_entry(
            story.office, KABAG, "rencana-aksi.yaml", lambda one, _: bool(one.kode), {"selesai": "2026-03-02"}
        )
    with pytest.raises(PayungError, match="tidak ada di rencana-aksi"):
        office_records.change_entry(story.office, KABAG, "rencana-aksi.yaml", lambda one, _: one.kode == "x", {})
    assert everything(story.office.register.folder) == before


def test_a_mistake_that_was_there_before_keeps_nobody_from_adding(story: Story) -> None:
    put(story.office.register.folder, "rencana-aksi.yaml", "- kode: 2025-1\n  tahun: 2025\n  aspek: 9\n")
    office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", ACTION)
    assert [one.kode for one in office_records.read(story.office).actions.entries] == ["2026-1"]


def test_the_journal_says_who_did_what_by_which_account_and_not_a_word_of_it(story: Story) -> None:
    office_records.add_entry(story.office, KABAG, "rencana-aksi.yaml", ACTION)
    office_records.add_activity(story.office, Person("", "akun"), EVENT_DATA)
    first, second = side_journal.read(story.office.register, office_records.JOURNAL)[0]
    assert (first.actor, dict(first.data)) == (
        "kabag",
        {"berkas": "rencana-aksi.yaml", "perbuatan": "ditambah", "kode": ["2026-1"], "akun": "akun"},
    )
    assert (second.actor, second.time) == ("akun", story.office.now())
    path = story.office.register.folder / "catatan" / "riwayat.jsonl"
    assert "Percepat" not in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("ditambah", "diubah", 1), "utf-8")
    assert "Rantai riwayat putus" in str(office_records.mistakes(story.office)[0])


def test_units_are_those_of_the_settings(tmp_path: Path, story: Story) -> None:
    put(story.office.register.folder, "kegiatan/a.yaml", EVENT.replace("2026", "2025"))
    assert told(story) == []
    units = [{"kode": "DISKES", "nama": "Dinas Kesehatan"}]
    story.reopens(agency(tmp_path, petugas=OFFICERS, unit=units))
    assert ["tidak ada pada unit di payung.yaml. Maksudnya “DISKES”?" in one for one in told(story)] == [True]


def test_periksa_tells_of_them_too(story: Story) -> None:
    put(story.office.register.folder, "risiko.yaml", RISK.replace("dampak: 5", "dampak: lima"))
    assert [one.line for one in office_check.check(story.office) if one.place.endswith("risiko.yaml")] == [4]
