"""Slips of a hand, and what wears out: a wrong number, a copied file, a torn journal, an officer who leaves."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processor.cases.case_status import STAGES
from processor.cases.records import Event
from processor.cli import case_output, case_table, parser
from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles
from processor.operations import applicant_status, case_row, overview, steps
from tests.office import agency, response, sources
from tests.smtp_server import Server, running
from tests.story import APPLICANT, NUMBER, OFFICERS, Story, delivered

TODAY = date(2026, 3, 2)
SECOND = "BH-2026-0002"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A mail server, on a computer without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    with running() as made:
        yield made


@pytest.fixture(scope="module")
def asked_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office to which a request came that wants its answer by email; copied, never changed."""
    with pytest.MonkeyPatch.context() as here, running() as server:
        here.setenv("PATH", "")
        story = Story(tmp_path_factory.mktemp("kantor"), server)
        story.receives(response(1, cara_jawaban="email"))
    return story


@pytest.fixture(scope="module")
def answered_office(asked_office: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The same office when the answer is out; copied, never changed."""
    with pytest.MonkeyPatch.context() as here, running() as server:
        here.setenv("PATH", "")
        story = asked_office.copied(tmp_path_factory.mktemp("kantor"), server)
        answered(story)
    return story


@pytest.fixture
def story(asked_office: Story, tmp_path: Path, server: Server) -> Story:
    return asked_office.copied(tmp_path, server)


@pytest.fixture
def ended(answered_office: Story, tmp_path: Path, server: Server) -> Story:
    return answered_office.copied(tmp_path, server)


def answered(story: Story, number: str = NUMBER) -> None:
    """The request goes its way until the answer is out."""
    forwarded = steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", [])
    story.writes(*forwarded, number=number)
    story.studies(number)
    approved = steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY)
    story.writes(*approved, delivered("180/12/Huk-2026", TODAY, TODAY), number=number)
    story.passes()


def write(story: Story, values: steps.StepChanges) -> None:
    """Somebody writes into the case file by hand, and a pass follows."""
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), values)
    story.passes()


def journal(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "riwayat.jsonl"


def answers(story: Story) -> list[str]:
    """The letter number of every answer, by the journal."""
    return [e.data["nomor"] for e in story.office.register.read(NUMBER).events if e.kind == "jawaban"]


def test_a_case_file_copied_over_another_tells_nobody_anything(story: Story) -> None:
    story.receives(response(2, minute=1, cara_jawaban="email"))
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Salinan surat panggilan"]))
    folders = [story.office.register.path(number) for number in (NUMBER, SECOND)]
    shutil.copy(folders[0] / "permohonan.yaml", folders[1] / "permohonan.yaml")
    problems = story.passes().problems
    assert any(problem.message == f"Nomor registrasi bukan {SECOND}." for problem in problems)
    assert story.mail("orang2@example.org") == [f"{SECOND}: permohonan diterima"]
    assert overview.fresh_row(story.office, SECOND).status == case_row.BROKEN
    assert [*applicant_status.openings(story.office, story.office.now())] == []


@pytest.mark.parametrize(
    "step",
    [
        steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkaranya di pengadilan."),
        steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"),
        steps.assign("analis", "kabag", []),
        steps.review("disetujui", "kabag", TODAY),
        delivered("180/99/Huk-2026", TODAY, TODAY),
        steps.withdraw(TODAY, "Salah nomor."),
    ],
)
def test_after_the_end_no_step_counts_and_nothing_is_sent(ended: Story, step: steps.StepChanges) -> None:
    sent, text = ended.mail(), (ended.office.register.path(NUMBER) / "permohonan.yaml").read_bytes()
    with pytest.raises(BrokenFiles, match="langkah ini tidak berlaku lagi"):
        steps.apply(ended.office, NUMBER, step)
    ended.passes()
    assert (ended.office.register.path(NUMBER) / "permohonan.yaml").read_bytes() == text
    assert ended.mail() == sent


def test_another_decision_written_by_hand_after_the_answer_is_told_and_sends_nothing(ended: Story) -> None:
    sent = ended.mail()
    refused = {"keputusan": "ditolak", "alasan_jenis": "litigasi", "alasan": "Salah permohonan."}
    write(ended, {("verifikasi", key): word for key, word in refused.items()})
    assert any("Jawaban lain sudah disampaikan" in problem.message for problem in ended.passes().problems)
    assert (ended.mail(), len(answers(ended))) == (sent, 1)


def test_a_reason_changed_after_its_letter_went_out_is_told_and_not_mailed(story: Story) -> None:
    assert story.server is not None
    story.server.recipients[APPLICANT] = "451 4.7.1 greylisted"
    rejected = {"alasan_jenis": "litigasi", "alasan": "Perkaranya di pengadilan."}
    story.writes(steps.verify("ditolak", "pengelola", TODAY, **rejected), delivered("180/1/Huk-2026", TODAY, TODAY))
    sent = story.mail()
    write(story, {("verifikasi", "alasan"): "Alasan yang lain."})
    story.server.recipients.clear()
    story.later(minutes=10)
    assert any("Alasan berubah sesudah suratnya" in problem.message for problem in story.passes().problems)
    assert story.mail() == sent
    write(story, {("verifikasi", "alasan"): rejected["alasan"]})
    story.later(minutes=10)
    story.passes()
    assert story.mail() == [*sent, f"{NUMBER}: permohonan tidak dapat diproses"]


@pytest.mark.slow
def test_a_wrong_letter_number_can_be_corrected_after_it_went_out(tmp_path: Path, soffice: str) -> None:
    story = Story(tmp_path)
    story.receives(response(1, email="", cara_jawaban="loket"))
    answered(story)
    write(story, {("penyampaian", "nomor_surat"): "180/21/Huk-2026"})
    assert story.passes().problems == []
    assert answers(story) == ["180/12/Huk-2026", "180/21/Huk-2026"]
    story.writes(steps.archive(TODAY))
    assert story.status() == "diarsipkan"


def test_a_journal_line_that_a_crash_cut_short_is_taken_away_by_the_next_pass(ended: Story) -> None:
    sent, whole = ended.mail(), journal(ended).read_bytes()
    journal(ended).write_bytes(whole + b'{"waktu":"2026-03-02T01:')
    assert ended.passes().problems == []
    assert (journal(ended).read_bytes(), ended.mail()) == (whole, sent)


def test_while_a_journal_line_cannot_be_read_nobody_is_mailed_again(ended: Story) -> None:
    sent = ended.mail()
    lines = journal(ended).read_bytes().splitlines(keepends=True)
    damaged = [line[:40] + b"\xff" + line[41:] if b'"peristiwa":"email"' in line else line for line in lines]
    journal(ended).write_bytes(b"".join(damaged))
    assert any("riwayat.jsonl" in problem.place for problem in ended.passes().problems)
    assert ended.mail() == sent


def test_an_officer_who_left_throws_no_case_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    story = Story(tmp_path)
    story.receives(response(1, email=""))
    story.writes(steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", []))
    gone = {**OFFICERS["pengelola"], "berhenti": "ya"}
    successor = {"nama": "Penerus Contoh", "peran": ["pengelola_layanan"]}
    staff = {**OFFICERS, "pengelola": gone, "penerus": successor}
    story.reopens(agency(tmp_path, petugas=staff))
    assert story.passes().problems == []
    assert story.status() == "disusun"
    story.studies()
    story.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
    assert overview.fresh_row(story.office, NUMBER).holders == ("penerus",)


def test_of_what_is_put_away_nobody_asks_who_they_were(ended: Story, tmp_path: Path) -> None:
    ended.writes(steps.archive(TODAY))
    staff = {key: one for key, one in OFFICERS.items() if key != "pengelola"}
    ended.reopens(agency(tmp_path, petugas=staff, taksonomi={"topik": ["lain"]}))
    ended.passes()
    assert overview.fresh_row(ended.office, NUMBER).status == "diarsipkan"
    assert overview.fresh_row(ended.office, NUMBER).wrong == 0


def test_the_same_request_for_more_is_no_second_one(story: Story) -> None:
    asked = steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"])
    story.writes(asked)
    story.receives(response(1, minute=9, cara_jawaban="email", uraian="Dilengkapi."))
    story.office.register.record(NUMBER, *completion(story))
    with pytest.raises(BrokenFiles, match="dengan kata-kata lain"):
        steps.apply(story.office, NUMBER, asked)
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan yang terbaca"]))
    assert story.status() == "menunggu_kelengkapan"


def completion(story: Story) -> list[Event]:
    """What the journal says when the applicant has completed a request."""
    return [Event("dilengkapi", story.now, "payung", {"berkas": "perubahan-1.yaml", "kolom": ["uraian"]})]


def test_the_journal_names_nobody_for_what_they_did_not_write(story: Story) -> None:
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"]))
    story.office.register.record(NUMBER, *completion(story))
    story.passes()
    story.writes(steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/12/Huk-2026", TODAY, TODAY))
    write(story, {("penyampaian", "tanggal"): None})
    said = [(e.actor, e.data["menjadi"]) for e in story.office.register.read(NUMBER).events if e.kind == "status"]
    assert said[:2] == [("pengelola", "menunggu_kelengkapan"), ("pemohon", "diajukan")]
    assert said[-1] == ("petugas", "disetujui")


@pytest.mark.parametrize("missing", [[""], ["  ", ""]])
def test_a_request_for_more_says_what(story: Story, missing: list[str]) -> None:
    with pytest.raises(BrokenFiles, match="Permintaan kelengkapan tanpa isi"):
        steps.apply(story.office, NUMBER, steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=missing))


def test_a_slip_in_the_catalogue_of_law_hides_no_case(tmp_path: Path) -> None:
    story = Story(tmp_path, root=sources(tmp_path / "sumber"))
    story.receives(response(1))
    (story.settings.opinions / "dasar-hukum.yaml").write_text("uu-1: {judul: [", "utf-8")
    shown = case_output.case_text(case_output.case_data(story.office, NUMBER), story.settings.layanan.zone)
    assert shown.startswith(f"{NUMBER}: {'diajukan'} ({STAGES['diajukan'].duty})")
    assert "baris None" not in shown
    assert "YAML" in shown


def test_the_list_shows_which_file_needs_a_hand(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    path.write_text(path.read_text("utf-8").replace("  topik:", "  topk:", 1), "utf-8")
    head, line = case_table.case_table(story.office, list(overview.rows(story.office)), hidden=0).split("\n")
    assert (head.split()[-1], line.split()[-1]) == ("SALAH", "1")


def test_the_list_says_of_each_case_once_what_it_is_about_and_how_many_lie_in_the_archive(story: Story) -> None:
    row = replace(next(iter(overview.rows(story.office))), topic="pengadaan")
    _, line, *more = case_table.case_table(story.office, [row], hidden=2).strip().split("\n")
    assert line.endswith("pengadaan")
    assert more == ["", "2 permohonan di arsip; lihat semuanya dengan payung daftar --semua."]


def test_a_rehearsal_is_never_repeated_for_real(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser.read_words(["jalankan", "--tiap", "5m", "--simulasi"])
    assert "--simulasi" in capsys.readouterr().err
