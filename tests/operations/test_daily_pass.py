"""One pass after another: everything once, failures apart, and nothing when there is nothing."""

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.cases import aggregate_key, journal, office_keys
from processor.cases.dossier import open_dossier
from processor.cases.records import Event
from processor.cases.register import Register
from processor.cli import case_output, output, setup
from processor.evaluation import frozen_publication
from processor.foundation import settings, yaml_editor
from processor.foundation.errors import BrokenFiles, Busy, LeakFound, PayungError, SourceFailed
from processor.intake.google import form_ids
from processor.operations import daily_pass, office_check, overview, response_filing, site_publication, steps
from processor.operations.figures import aggregate_files, next_publication
from processor.operations.office import Office, open_office
from processor.operations.pass_report import PassReport
from processor.site import publish
from tests import packages
from tests.evaluation import published_samples
from tests.fake_google import FakeGoogle, serve, user_token
from tests.fake_google import response as google_response
from tests.office import ROOT, agency, edited, response, small_sources, sources
from tests.smtp_server import running
from tests.story import NUMBER, Story

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
EXPORTS = Path(__file__).parents[1] / "data" / "exports"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose site counts as built already, so that a pass is about the register."""
    return opened(tmp_path)


def opened(folder: Path, root: Path = ROOT, **changes: object) -> Office:
    found = agency(folder, root, **changes)
    office_keys.create_key_files(found.office_key, found.recipients)
    register = Register(found.register, office_keys.load(found.office_key, found.recipients), found.taksonomi)
    register.prepare()
    made = open_office(found, lambda: NOW, quiet=0)
    found.inbox.mkdir(exist_ok=True)
    found.site.mkdir(exist_ok=True)
    counts_site_as_built(made)
    return made


def stands(office: Office) -> None:
    """A site that was published from here stands already."""
    (office.settings.site / ".payung-situs").touch()


def counts_site_as_built(office: Office) -> None:
    office.register.save_state("terbit", {"dari": publish.inputs_digest(office.settings)})


def drop(office: Office, name: str, to: str = "") -> Path:
    target = office.settings.inbox / (to or name)
    shutil.copy(EXPORTS / name, target)
    return target


def contents(folder: Path) -> dict[Path, bytes]:
    return {
        p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name not in {"putaran.json", "proses.lock"}
    }


def test_a_pass_files_renders_and_puts_the_file_aside(office: Office) -> None:
    path = drop(office, "google-id.csv")
    report = daily_pass.run_pass(office)
    count = len(office.register.numbers())
    assert (report.count("baru"), report.failures, report.problems) == (count, [], [])
    assert count > 0
    assert not path.exists()
    aside = office.settings.inbox / "selesai"
    assert (aside / "google-id.csv").read_bytes() == (EXPORTS / "google-id.csv").read_bytes()
    assert "BH-2026-0001" in (aside / "google-id.hasil.csv").read_text("utf-8-sig")
    assert all((office.register.path(n) / "keluar" / "tanda-terima.docx").is_file() for n in office.register.numbers())


def test_a_second_pass_changes_no_byte(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    daily_pass.run_pass(office)
    before = contents(office.register.folder)
    report = daily_pass.run_pass(office)
    assert (report.filed, report.rendered, report.published) == ([], [], False)
    assert contents(office.register.folder) == before


def test_the_same_rows_in_another_file_are_known(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    before = len(office.register.numbers())
    drop(office, "google-id.csv", "lagi.csv")
    assert {kind for _, kind, _ in daily_pass.run_pass(office).filed} == {"sama"}
    assert len(office.register.numbers()) == before


def test_a_simulation_tells_the_same_and_writes_nothing(office: Office) -> None:
    path = drop(office, "google-id.csv")
    before = contents(office.register.folder)
    planned = daily_pass.simulate(office)
    after = contents(office.register.folder)
    assert {path: after[path] for path in before} == before
    assert after.keys() == before.keys()
    assert path.exists()
    assert office.register.numbers() == []
    assert planned.filed == daily_pass.run_pass(office).filed


def test_a_file_that_cannot_be_read_stays_and_stops_nothing_else(office: Office) -> None:
    broken = office.settings.inbox / "a.xlsx"
    broken.write_bytes(b"bukan lembar kerja")
    drop(office, "google-id.csv")
    report = daily_pass.run_pass(office)
    assert report.count("baru") > 0
    assert broken.exists()
    assert any("a.xlsx" in problem.place for problem in report.problems)
    assert (office.settings.inbox / "a.xlsx.hasil.csv").exists()


def test_a_row_that_is_no_response_costs_no_number_and_is_told_by_the_pass_and_beside_the_file(office: Office) -> None:
    sample = (EXPORTS / "google-id.csv").read_text().splitlines(keepends=True)
    path = office.settings.inbox / "a.csv"
    path.write_text("".join([*sample, "Jumlah,3\n", ",,,,,,,,,,,,,FALSE\n", "Padang,,,,,,\n"]))
    report = daily_pass.run_pass(office)
    assert len(office.register.numbers()) == report.count("baru") == len(sample) - 1
    first = len(sample) + 1
    assert report.remarks[-1] == f"a.csv: 3 baris dilewati karena bukan tanggapan (baris {first}–{first + 2})."
    assert report.remarks[-1] in output.pass_text(report)
    result = (office.settings.inbox / "selesai" / "a.hasil.csv").read_text("utf-8-sig")
    assert f"\n{first + 1};bukan tanggapan;;" in result


def test_a_survey_that_lies_in_the_inbox_uses_up_no_number(office: Office) -> None:
    (office.settings.inbox / "survei.csv").write_text(
        "Cap waktu,Nama,NIP,Kecepatan,Saran\n2026/07/02 9:05:31 AM,A,1,5,b\n"
    )
    drop(office, "google-id.csv")
    report = daily_pass.run_pass(office)
    assert ["survei.csv" in problem.place for problem in report.problems] == [True]
    assert office.register.numbers()[0] == "BH-2026-0001"
    assert len(office.register.numbers()) == report.count("baru")
    assert "bukan tanggapan formulir" in (office.settings.inbox / "survei.csv.hasil.csv").read_text("utf-8-sig")


def test_a_shortcut_is_told_once_and_by_the_check_up(office: Office) -> None:
    (office.settings.inbox / "Tanggapan.gsheet").write_text("{}")
    assert [[p.place for p in daily_pass.run_pass(office).problems] for _ in "12"] == [["Tanggapan.gsheet"], []]
    assert any(problem.place == "Tanggapan.gsheet" for problem in office_check.check(office))


def test_a_broken_case_stops_only_itself_and_is_told_each_time(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    path = office.register.path("BH-2026-0001") / "permohonan.yaml"
    text = path.read_text("utf-8").replace("  keputusan:\n", "  keputusan: diterusken\n", 1)
    path.write_text(text, "utf-8")
    for _ in range(2):
        [problem] = [one for one in daily_pass.run_pass(office).problems if one.place == str(path)]
        assert problem.mend == "Maksudnya “diteruskan”?"
        assert problem.line is not None
    assert path.read_text("utf-8") == text


def reject(office: Office, number: str) -> Path:
    path = office.register.path(number) / "permohonan.yaml"
    text = path.read_text("utf-8")
    said = {
        "keputusan": "ditolak",
        "oleh": "Petugas Contoh",
        "alasan_jenis": "litigasi",
        "alasan": "Sudah di pengadilan.",
    }
    for key, value in said.items():
        text = text.replace(f"  {key}:\n", f"  {key}: {value}\n", 1)
    path.write_text(text, "utf-8")
    return path


def test_what_staff_wrote_is_rendered_once(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    reject(office, "BH-2026-0001")
    assert [name for _, name, _ in daily_pass.run_pass(office).rendered] == ["pemberitahuan-penolakan.docx"]
    assert daily_pass.run_pass(office).rendered == []
    events = [event for event in office.register.read("BH-2026-0001").events if event.kind == "surat"]
    assert [event.data["berkas"] for event in events] == ["tanda-terima.docx", "pemberitahuan-penolakan.docx"]


def test_the_journal_says_who_brought_a_case_to_its_status(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    reject(office, "BH-2026-0001")
    for _ in range(2):
        daily_pass.run_pass(office)
    (event,) = [event for event in office.register.read("BH-2026-0001").events if event.kind == "status"]
    assert (event.actor, event.data["dari"], event.data["menjadi"]) == ("Petugas Contoh", "diajukan", "ditolak")


def test_a_letter_that_a_person_edited_is_never_overwritten(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    path = reject(office, "BH-2026-0001")
    daily_pass.run_pass(office)
    letter = office.register.path("BH-2026-0001") / "keluar" / "pemberitahuan-penolakan.docx"
    letter.write_bytes(b"disunting")
    path.write_text(path.read_text("utf-8").replace("Sudah di pengadilan.", "Perkaranya sudah di pengadilan."), "utf-8")
    (number, name, note) = daily_pass.run_pass(office).rendered[0]
    assert (number, name) == ("BH-2026-0001", "pemberitahuan-penolakan-2.docx")
    assert "tidak ditimpa" in note
    assert letter.read_bytes() == b"disunting"
    assert daily_pass.run_pass(office).rendered == []


def test_incomplete_study_says_everything_that_is_missing(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    path = office.register.path("BH-2026-0001") / "permohonan.yaml"
    text = path.read_text("utf-8").replace("  keputusan:\n", "  keputusan: diteruskan\n", 1)
    text = text.replace("  selesai: tidak", "  selesai: ya").replace("  dasar_hukum:\n", "  dasar_hukum: [uu-5-2014]\n")
    path.write_text(text, "utf-8")
    said = " ".join(str(problem) for problem in daily_pass.run_pass(office).problems)
    assert "dicabut" in said
    assert "kasus_posisi" in said
    assert "rujukan" in said


@pytest.fixture
def google(tmp_path: Path) -> Iterator[tuple[FakeGoogle, Office]]:
    """The loopback Forms service with a form made from ours, and an office that reads it."""
    with serve() as service:
        service.new_form("F1")
        key = user_token(service, tmp_path / "kredensial.json")
        source = {"google": {"formulir": "F1", "kredensial": str(key)}}
        office = opened(tmp_path, sources(tmp_path / "sumber"), sumber=source)
        assert any("Yang masih harus dikerjakan" in line for line in setup.google_form(office.settings, office.form))
        counts_site_as_built(office)
        yield service, office


def answered(office: Office, number: int, sent: str = "2026-01-05T01:00:00Z", **answers: str) -> dict[str, Any]:
    """A response to the form at Google, its question ids taken from the lock."""
    ids = form_ids.read(office.settings.google_lock).questions
    given = {"nama": f"Orang Rekaan{number}", "nip": f"19800101200501190{number}", "uraian": "Soal.", **answers}
    made = google_response(number, {ids[key]: text for key, text in given.items()})
    return {**made, "createTime": "2026-01-05T01:00:00Z", "lastSubmittedTime": sent}


def test_a_form_made_from_ours_is_read_back_and_an_edit_becomes_an_event(google: tuple[FakeGoogle, Office]) -> None:
    service, office = google
    service.responses["F1"] = [answered(office, 1), answered(office, 2)]
    assert daily_pass.run_pass(office).count("baru") == 2
    assert daily_pass.run_pass(office).count("baru") == 0
    service.responses["F1"][0] = answered(office, 1, "2026-01-05T02:30:00Z", uraian="Lebih jelas.")
    assert ("Formulir Google", "diubah", "BH-2026-0001") in daily_pass.run_pass(office).filed
    assert office.register.read("BH-2026-0001").events[-1].data["kolom"] == ["uraian"]
    assert open_dossier(office.register, "BH-2026-0002").applicant.nip == "198001012005011902"


def test_a_simulation_with_the_form_writes_nothing(google: tuple[FakeGoogle, Office]) -> None:
    service, office = google
    service.responses["F1"] = [answered(office, 1)]
    before = contents(office.register.folder)
    assert daily_pass.simulate(office).count("baru") == 1
    assert contents(office.register.folder) == before


def test_the_form_and_its_export_are_one_source(google: tuple[FakeGoogle, Office]) -> None:
    service, office = google
    service.responses["F1"] = [answered(office, 1)]
    daily_pass.run_pass(office)
    header = "Cap waktu,Nama lengkap,NIP,Uraian permasalahan hukum\r\n"
    row = "2026/01/05 8:00:00 AM GMT+7,Orang Rekaan1,198001012005011901,Soal.\r\n"
    (office.settings.inbox / "unduhan.csv").write_bytes((header + row).encode())
    assert [kind for _, kind, _ in daily_pass.run_pass(office).filed if kind != "sama"] == []
    assert office.register.numbers() == ["BH-2026-0001"]


def test_a_form_that_suddenly_is_empty_loses_nothing(google: tuple[FakeGoogle, Office]) -> None:
    service, office = google
    service.responses["F1"] = [answered(office, n) for n in range(1, 8)]
    daily_pass.run_pass(office)
    service.responses["F1"] = []
    later = replace(office, clock=lambda: NOW + timedelta(days=2))
    report = daily_pass.run_pass(later)
    assert "--paksa" in str(report.failures[0])
    assert report.failures[0].exit_code == 4
    assert daily_pass.run_pass(later, force=True).failures == []
    assert len(office.register.numbers()) == 7


def test_a_failing_source_does_not_stop_the_exports(google: tuple[FakeGoogle, Office]) -> None:
    service, office = google
    service.dead_token = True
    drop(office, "google-id.csv")
    report = daily_pass.run_pass(office)
    assert report.count("baru") > 0
    assert [isinstance(error, SourceFailed) for error in report.failures] == [True]


def test_a_second_processor_waits_and_then_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily_pass, "_WAIT", 0.1)
    with office.register.lock(0), pytest.raises(Busy, match="sedang dipakai"):
        daily_pass.run_pass(office)


def test_after_a_whole_pass_identity_stands_only_where_it_may(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    reject(office, "BH-2026-0001")
    daily_pass.run_pass(office)
    register = office.register
    known = {v for n in register.numbers() for v in asdict(open_dossier(register, n).applicant).values() if len(v) > 5}
    for path in register.folder.rglob("*"):
        if path.is_file() and path.parent.name != "keluar":
            content = path.read_text("utf-8", "replace")
            assert not [value for value in known if value in content], path.name


def delivered(office: Office, number: str, **keys: str) -> None:
    path = office.register.path(number) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("penyampaian", key): value for key, value in keys.items()})


def with_other_signer(office: Office) -> Office:
    letters = office.settings.surat
    signer = letters.penandatangan.model_copy(update={"nama": "Pejabat Baru"})
    other = office.settings.model_copy(update={"surat": letters.model_copy(update={"penandatangan": signer})})
    return replace(office, settings=other)


def test_what_was_delivered_is_never_written_again(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    reject(office, "BH-2026-0001")
    daily_pass.run_pass(office)
    delivered(office, "BH-2026-0001", nomor_surat="180/1/Huk-2026", tanggal="2026-11-22")
    assert len(daily_pass.run_pass(office).rendered) == 1, "with its number"
    outgoing = office.register.path("BH-2026-0001") / "keluar"
    before = contents(outgoing)
    assert daily_pass.run_pass(with_other_signer(office)).rendered == []
    assert contents(outgoing) == before


def test_a_numbered_letter_is_kept_and_the_new_one_stands_beside_it(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    reject(office, "BH-2026-0001")
    daily_pass.run_pass(office)
    delivered(office, "BH-2026-0001", nomor_surat="180/1/Huk-2026")
    assert [name for _, name, _ in daily_pass.run_pass(office).rendered] == ["pemberitahuan-penolakan.docx"]
    outgoing = office.register.path("BH-2026-0001") / "keluar"
    before = contents(outgoing)
    (letter,) = daily_pass.run_pass(with_other_signer(office)).rendered
    assert letter[1] == "pemberitahuan-penolakan-2.docx"
    assert {path: contents(outgoing)[path] for path in before} == before


def test_new_settings_reach_letters_that_are_still_drafts(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    reject(office, "BH-2026-0001")
    daily_pass.run_pass(office)
    assert [name for _, name, _ in daily_pass.run_pass(with_other_signer(office)).rendered] == [
        "pemberitahuan-penolakan.docx"
    ]


def test_a_letter_that_contradicts_the_decision_is_told(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    path = reject(office, "BH-2026-0001")
    daily_pass.run_pass(office)
    path.write_text(path.read_text("utf-8").replace("keputusan: ditolak", "keputusan: diteruskan"), "utf-8")
    assert any("tidak sesuai lagi" in problem.message for problem in daily_pass.run_pass(office).problems)


def test_a_file_that_is_still_being_copied_waits(tmp_path: Path) -> None:
    office = replace(opened(tmp_path), quiet=0.4)
    whole = (EXPORTS / "google-id.csv").read_bytes()
    path = office.settings.inbox / "salinan.csv"
    path.write_bytes(whole[:400])
    rest = threading.Timer(0.1, lambda: path.write_bytes(whole))
    rest.start()
    report = daily_pass.run_pass(office)
    rest.join()
    assert "masih ditulis" in str(report.failures[0])
    assert office.register.numbers() == []
    assert daily_pass.run_pass(replace(office, quiet=0)).count("baru") == 3


def lose_journal(folder: Path) -> None:
    (folder / "riwayat.jsonl").unlink()


def empty_journal(folder: Path) -> None:
    (folder / "riwayat.jsonl").write_bytes(b"")


def turn_journal_into_folder(folder: Path) -> None:
    lose_journal(folder)
    (folder / "riwayat.jsonl").mkdir()


def turn_seal_into_folder(folder: Path) -> None:
    lose_seal(folder)
    (folder / "pemohon.age").mkdir()


def lose_seal(folder: Path) -> None:
    (folder / "pemohon.age").unlink()


def spoil_seal(folder: Path) -> None:
    (folder / "pemohon.age").write_bytes(b"rusak")


def turn_case_into_folder(folder: Path) -> None:
    (folder / "permohonan.yaml").unlink()
    (folder / "permohonan.yaml").mkdir()


def spoil_journal(folder: Path) -> None:
    path = folder / "riwayat.jsonl"
    path.write_bytes(b"x" + path.read_bytes())


def begin_the_era(folder: Path) -> None:
    path = folder / "permohonan.yaml"
    text = re.sub(r"^diterima: .*$", "diterima: 0001-01-01T00:00:00+07:00", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")


def write_a_status_of_nothing(folder: Path) -> None:
    journal.append(folder / "riwayat.jsonl", [Event("status", NOW, "petugas", {"dari": "diajukan"})])


def write_a_fingerprint_as_text(folder: Path) -> None:
    data = {"kunci": [], "waktu": [], "sidik": "tulisan"}
    journal.append(folder / "riwayat.jsonl", [Event("dikenali", NOW, "payung", data)])


@pytest.mark.parametrize(
    "harm",
    [
        lose_journal,
        empty_journal,
        turn_journal_into_folder,
        lose_seal,
        turn_seal_into_folder,
        spoil_seal,
        turn_case_into_folder,
        spoil_journal,
        begin_the_era,
        write_a_status_of_nothing,
        write_a_fingerprint_as_text,
    ],
)
def test_one_damaged_case_stops_only_itself(office: Office, harm: Callable[[Path], None]) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    (office.register.folder / "2026" / "BH-2026-0099").write_text("sebuah berkas")
    harm(office.register.path("BH-2026-0002"))
    reject(office, "BH-2026-0001")
    drop(office, "google-id.csv", "lagi.csv")
    report = daily_pass.run_pass(office)
    assert ("BH-2026-0001", "pemberitahuan-penolakan.docx", "") in report.rendered
    assert report.count("baru") == 0, "filed a second time"
    assert any("BH-2026-0002" in str(problem) for problem in office_check.check(office))
    assert len(list(overview.rows(office))) == len(office.register.numbers())
    assert case_output.case_text(case_output.case_data(office, "BH-2026-0002"), office.settings.layanan.zone)


@pytest.mark.parametrize("harm", [empty_journal, turn_journal_into_folder, spoil_seal, turn_seal_into_folder])
def test_while_one_case_is_damaged_the_later_words_of_others_are_taken_in(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    story = Story(tmp_path)
    register = story.office.register
    first, second, third = (response(n, minute=n, key=f"k{n}") for n in (1, 2, 3))
    story.receives(first, second)
    folder = register.path(NUMBER)
    shutil.copytree(folder, tmp_path / "cadangan")
    harm(folder)
    story.later(minutes=1)
    sent = [edited(one, minute=30 + n, pertanyaan="Lalu bagaimana?") for n, one in enumerate((first, second))]
    report = PassReport()
    with register.lock(1):
        done = response_filing.take_in(story.office, report, [*sent, third])
    story.passes()
    assert {outcome.number: outcome.kind for outcome in done} == {"BH-2026-0002": "diubah", "BH-2026-0003": "baru"}
    assert "BH-2026-0001: " in str(report.failures[0])
    assert "menunggu sampai foldernya dibetulkan" in str(report.failures[0])
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "cadangan", folder)
    with register.lock(1):
        again = response_filing.take_in(story.office, PassReport(), [*sent, third])
    assert {outcome.number: outcome.kind for outcome in again} == {
        NUMBER: "diubah",
        "BH-2026-0002": "sama",
        "BH-2026-0003": "sama",
    }


def test_an_export_stays_while_a_case_of_its_rows_is_damaged(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    folder = office.register.path("BH-2026-0001")
    kept = (folder / "riwayat.jsonl").read_bytes()
    empty_journal(folder)
    path = drop(office, "google-id.csv", "lagi.csv")
    text = path.read_text("utf-8").replace("Ada panggilan", "Ada dua panggilan")
    path.write_text(text.replace("2025/10/24 11:59", "2025/10/26 11:59"), "utf-8")
    daily_pass.run_pass(office)
    assert path.exists()
    (folder / "riwayat.jsonl").write_bytes(kept)
    daily_pass.run_pass(office)
    assert not path.exists()
    assert (folder / "perubahan-1.yaml").exists()


@pytest.mark.parametrize("harm", [lose_journal, empty_journal])
def test_a_journal_without_its_beginning_sends_and_says_nothing_again(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1))
        folder = story.office.register.path(NUMBER)
        assert len(story.mail()) == 1
        harm(folder)
        before = sorted(path.name for path in folder.rglob("*"))
        story.later(hours=2)
        report = story.passes()
        assert len(story.mail()) == 1
        assert sorted(path.name for path in folder.rglob("*")) == before
    assert any("riwayat" in problem.message.lower() and "cadangan" in problem.mend for problem in report.problems)
    with pytest.raises(BrokenFiles, match="cadangan"):
        steps.apply(story.office, NUMBER, steps.verify("diteruskan", "pengelola", story.now.date()))


def test_of_a_key_that_staff_added_the_journal_keeps_no_word(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    path = office.register.path("BH-2026-0001") / "permohonan.yaml"
    text = path.read_text("utf-8").replace("kajian:\n", "kajian:\n  Ibu Rekaan berkata: tidak\n")
    path.write_text(text + "Telepon 0812 dari Ibu Rekaan: minta cepat\n", "utf-8")
    daily_pass.run_pass(office)
    assert "Rekaan" not in (path.parent / "riwayat.jsonl").read_text("utf-8")
    [edit] = (event for event in office.register.read("BH-2026-0001").events if event.kind == "disunting")
    assert edit.data["bagian"] == ["kajian.lain", "lain"]


@pytest.mark.parametrize("place", ["", "register", "kunci", "asing"])
def test_a_site_never_takes_the_place_of_anything_else(tmp_path: Path, place: str) -> None:
    office = opened(tmp_path)
    folders = office.settings.folder.model_copy(update={"situs": tmp_path / place})
    office = replace(office, settings=office.settings.model_copy(update={"folder": folders}))
    (tmp_path / "asing").mkdir()
    (tmp_path / "asing" / "tesis.docx").touch()
    before = contents(tmp_path)
    report = PassReport()
    site_publication.publish_due(office, report, always=True)
    assert "Pilih folder kosong" in str(report.failures[0])
    assert contents(tmp_path) == before


def test_a_new_identity_is_looked_for_in_the_site_that_stands(office: Office) -> None:
    stands(office)
    (office.settings.site / "kabar.html").write_text("Terima kasih kepada Budi Khayali.")
    assert daily_pass.run_pass(office).failures == []
    drop(office, "google-id.csv")
    (error,) = daily_pass.run_pass(office).failures
    assert isinstance(error, LeakFound)
    assert error.leaks == ("kabar.html: nama",)


@pytest.mark.slow
def test_the_site_is_built_when_something_changed_and_only_then(tmp_path: Path) -> None:
    office = opened(tmp_path, small_sources(tmp_path / "sumber"))
    shutil.rmtree(office.settings.site)
    assert daily_pass.run_pass(office).published
    page = office.settings.site / "index.html"
    before = page.stat().st_mtime_ns
    assert not daily_pass.run_pass(office).published
    assert page.stat().st_mtime_ns == before
    text = office.settings.path.read_text("utf-8").replace("(0751) 31458", "(0751) 99999")
    office.settings.path.write_text(text, "utf-8")
    changed = open_office(settings.load(office.settings.path), lambda: NOW)
    recap, one = office.settings.site / "rekap.json", published_samples.samples()[0]
    assert not recap.exists()
    next_publication.files_of(changed).add(one.name, frozen_publication.to_json(one), b"")
    assert daily_pass.run_pass(changed).published
    assert aggregate_key.check(recap.read_bytes()).key == aggregate_files.public_key(changed) != ""
    assert not daily_pass.run_pass(changed).published, "the key that was made for it builds nothing anew"
    assert not list(office.settings.site.parent.glob(".situs*"))


@pytest.mark.slow
@pytest.mark.long
def test_a_page_that_cannot_be_printed_is_told_by_each_pass_and_by_the_check_up_until_it_is_mended(
    tmp_path: Path,
) -> None:
    root = sources(tmp_path / "sumber")
    pytest.importorskip("typst")
    office, faq = opened(tmp_path, root), root / "docs" / "faq.md"
    words = faq.read_text("utf-8")
    faq.write_text(f"{words}\nSenang 😀\n", "utf-8")
    for _ in range(2):
        [told] = [one for one in daily_pass.run_pass(office).problems if "U+1F600" in one.message]
        assert (told.place, told.line) == (str(faq), len(f"{words}\nx".splitlines()))
        assert told in office_check.check(office)
    assert (office.settings.site / "luring" / "panduan.pdf").is_file()
    faq.write_text(words, "utf-8")
    assert [one for one in daily_pass.run_pass(office).problems if "luring" in one.mend] == []


def test_an_identity_in_the_pages_keeps_the_old_site(tmp_path: Path) -> None:
    office = opened(tmp_path, small_sources(tmp_path / "sumber"))
    (office.settings.site / "index.html").write_text("situs lama")
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    name = open_dossier(office.register, "BH-2026-0001").applicant.nama
    with (tmp_path / "sumber" / "docs" / "faq.md").open("a", encoding="utf-8") as page:
        page.write(f"\nTerima kasih kepada {name}.\n")
    stands(office)
    (office.settings.site / "index.html").write_text("situs lama")
    report = PassReport()
    site_publication.publish_due(office, report)
    (error,) = report.failures
    assert isinstance(error, LeakFound)
    assert any(leak.startswith("faq/index.html") and leak.endswith("nama") for leak in error.leaks)
    assert name not in str(error)
    assert (office.settings.site / "index.html").read_text() == "situs lama"


def test_a_lost_key_is_said_with_what_to_do(tmp_path: Path) -> None:
    office = opened(tmp_path)
    office.settings.office_key.unlink()
    with pytest.raises(PayungError, match="payung siapkan"):
        open_office(office.settings, lambda: NOW)


def test_the_state_that_a_pass_keeps_holds_no_identity(office: Office) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    state = " ".join(path.read_text("utf-8") for path in (office.register.folder / ".payung").glob("*.json"))
    json.dumps(state)
    for number in office.register.numbers():
        applicant = open_dossier(office.register, number).applicant
        assert not any(value and value in state for value in (applicant.nama, applicant.nip, applicant.email))


def test_a_sealed_package_becomes_one_case_and_is_let_go(office: Office) -> None:
    keys = office_keys.load(office.settings.office_key, office.settings.recipients)
    sent = packages.said(1)
    for name in ("a", "b"):  # sealed twice, as after a lost answer: another file, the same request
        packages.dropped(office.settings.packages, packages.sealed(keys, sent), name)
    report = daily_pass.run_pass(office)
    assert report.failures == []
    assert office.register.numbers() == ["BH-2026-0001"]
    case = office.register.read("BH-2026-0001").case
    assert case is not None
    assert case.sumber == "situs"
    assert not list(office.settings.packages.glob("*.age"))
    assert daily_pass.run_pass(office).count("baru") == 0


def test_a_pass_that_files_walks_over_the_register_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(office, "google-id.csv")
    daily_pass.run_pass(office)
    keys = office_keys.load(office.settings.office_key, office.settings.recipients)
    packages.dropped(office.settings.packages, packages.sealed(keys, packages.said(7)))
    year, walked, listed = str(office.register.folder / "2026"), [], os.scandir

    def listing(path: str) -> Any:
        walked.append(str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", listing)
    assert daily_pass.run_pass(office).count("baru") == 1
    assert walked.count(year) == 1


def test_a_case_that_was_put_back_behind_the_programs_back_is_known_to_the_next_pass(office: Office) -> None:
    keys = office_keys.load(office.settings.office_key, office.settings.recipients)
    package = packages.sealed(keys, packages.said(1))
    packages.dropped(office.settings.packages, package)
    daily_pass.run_pass(office)
    folder = office.register.path("BH-2026-0001")
    aside = folder.rename(office.register.folder / "disisihkan")
    daily_pass.run_pass(office)
    aside.rename(folder)
    packages.dropped(office.settings.packages, package)
    assert daily_pass.run_pass(office).count("baru") == 0
    assert office.register.numbers() == ["BH-2026-0001"]
