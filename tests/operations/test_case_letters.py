"""Letters: drafts say so, what was delivered is fixed, the signed PDF counts, and edits by hand have an author."""

import hashlib
import os
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from processor.cases.dossier import open_dossier
from processor.cases.records import Applicant, Event
from processor.foundation import law_catalogue, yaml_editor
from processor.foundation.errors import BrokenFiles
from processor.letters import documents, pdf
from processor.operations import daily_pass, letter_sources, office_check, steps
from tests.letter_samples import repacked
from tests.office import applicant_keys, response, sources
from tests.operations.test_case_check import told
from tests.smtp_server import running
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
CODE = applicant_keys()


@pytest.fixture(scope="module")
def studied_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office where a study is ready to be reviewed; copied, never changed."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("PATH", "")
        made = Story(tmp_path_factory.mktemp("kantor"))
        made.receives(response(1))
        forwarded = steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan")
        made.writes(forwarded, steps.assign("analis", "kabag", []))
        made.studies()
        made.writes(steps.set_study_ready(done=True))
    return made


@pytest.fixture
def story(studied_office: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The office on a computer without LibreOffice and without git."""
    monkeypatch.setenv("PATH", "")
    return studied_office.copied(tmp_path)


def header(story: Story) -> str:
    """What stands at the top of every page of the letter."""
    letter = Document(str(story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.docx"))
    return "\n".join(paragraph.text for section in letter.sections for paragraph in section.header.paragraphs)


def answer(story: Story) -> list[tuple[str, str]]:
    """File name and SHA-256 of every answer, by the journal."""
    events = story.office.register.read(NUMBER).events
    return [(event.data["berkas"], event.data["sha256"]) for event in events if event.kind == "jawaban"]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def outgoing(story: Story, name: str) -> Path:
    return story.office.register.path(NUMBER) / "keluar" / name


def numbered(story: Story, number: str) -> None:
    """The secretariat gives a number; staff write it by hand, and a pass follows."""
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    given = {("penyampaian", "nomor_surat"): number, ("penyampaian", "tanggal_surat"): TODAY.isoformat()}
    yaml_editor.write(path, path.read_text("utf-8"), given)
    story.passes()


def words(path: Path | BytesIO) -> str:
    """Everything that stands in a letter, headers included."""
    letter = Document(path if isinstance(path, BytesIO) else str(path))
    parts = [*letter.paragraphs, *(p for section in letter.sections for p in section.header.paragraphs)]
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in parts), *cells])


def test_a_letter_is_a_draft_until_it_is_approved_and_again_when_the_study_changes(story: Story) -> None:
    assert "KONSEP, belum disetujui" in header(story)
    story.writes(steps.review("disetujui", "kabag", TODAY))
    assert "KONSEP" not in header(story)
    story.studies(saran="Tolak secara lisan.")
    story.passes()
    assert "KONSEP" in header(story), "what was approved is another text"


@pytest.mark.parametrize(
    ("locator", "recipient", "named"),
    [
        (CODE.locator, CODE.recipient, True), (CODE.locator, "", False), (CODE.locator, CODE.recipient[:-1], False),
        ("ABCDE-12345-FGHJK-67890", CODE.recipient, False),
    ],
    ids=["whole", "half", "cut off", "the code itself"],
)  # fmt: skip
def test_a_receipt_names_a_code_only_where_one_opens_something(
    story: Story, locator: str, recipient: str, *, named: bool
) -> None:
    filed = story.office.register.read(NUMBER)
    assert filed.case
    code = filed.case.balasan.model_copy(update={"kode_lacak": locator, "kunci_balasan": recipient})
    case = filed.case.model_copy(update={"balasan": code})
    inputs = (law_catalogue.load(story.settings.opinions / law_catalogue.FILE_NAME), Applicant(), filed)
    source = letter_sources.source_of(story.office, *inputs, case, "tanda_terima", draft=False)
    assert ("memperoleh kode" in words(BytesIO(source.make(case, False)))) is named


def test_whose_letter_it_is_cannot_be_tried_out_without_the_key(story: Story) -> None:
    register, found = story.office.register, story.settings
    filed = register.read(NUMBER)
    assert filed.case is not None
    told = [event.data["sha256"] for event in filed.events if event.kind == "surat"]
    applicant, laws = (
        open_dossier(register, NUMBER).applicant,
        law_catalogue.load(found.opinions / law_catalogue.FILE_NAME),
    )
    marks = ("", register.fingerprint("naskah", f"{NUMBER}|pendapat_hukum"))
    guesses = [
        documents.render("pendapat_hukum", filed.case, applicant, found, laws, found.opinions, draft=True, mark=mark)
        for mark in marks
    ]
    assert [hashlib.sha256(guess).hexdigest() in told for guess in guesses] == [False, True]


def test_the_delivered_letter_is_kept_and_a_change_of_it_is_told(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), delivered("180/1/Huk-2026", TODAY, TODAY))
    path = outgoing(story, "pendapat-hukum.docx")
    assert "KONSEP" not in header(story)
    assert answer(story) == [(path.name, sha256(path))]
    path.write_bytes(path.read_bytes() + b"x")
    assert any("berubah atau hilang" in problem.message for problem in office_check.check(story.office))
    assert len(answer(story)) == 1


def test_the_signed_pdf_that_a_person_put_there_is_the_answer(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY))
    numbered(story, "180/1/Huk-2026")
    signed = outgoing(story, "pendapat-hukum.pdf")
    signed.write_bytes(b"%PDF-1.7\nditandatangani\n%%EOF\n")
    story.writes(delivered("180/1/Huk-2026", TODAY, TODAY))
    assert answer(story) == [(signed.name, sha256(signed))]


def test_a_signed_pdf_of_another_letter_is_not_passed_over(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY))
    numbered(story, "180/1/Huk-2026")
    outgoing(story, "pendapat-hukum.pdf").write_bytes(b"%PDF-1.7\nditandatangani\n%%EOF\n")
    story.writes(delivered("180/2/Huk-2026", TODAY, TODAY))
    assert any(
        "bukan nama pendapat-hukum-2.docx" in problem.message for problem in daily_pass.run_pass(story.office).problems
    )
    assert answer(story) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"bukan PDF", "bukan PDF yang utuh"), (b"%PDF-1.7\nkonsep lama\n%%EOF\n", "lebih lama daripada suratnya")],
)
def test_a_pdf_that_cannot_be_of_this_letter_stops_the_delivery(story: Story, content: bytes, said: str) -> None:
    outgoing(story, "pendapat-hukum.pdf").write_bytes(content)
    os.utime(outgoing(story, "pendapat-hukum.pdf"), (0, 0))
    story.writes(steps.review("disetujui", "kabag", TODAY), delivered("180/1/Huk-2026", TODAY, TODAY))
    assert any(said in problem.message for problem in daily_pass.run_pass(story.office).problems)
    assert answer(story) == []


def test_the_answer_bears_the_number_under_which_it_was_delivered(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY))
    for number in ("180/12/Huk-2026", "180/21/Huk-2026", "180/12/Huk-2026"):
        numbered(story, number)
    story.writes(delivered("180/13/Huk-2026", TODAY, TODAY))
    [(name, digest)] = answer(story)
    assert sha256(outgoing(story, name)) == digest
    assert "180/13/Huk-2026" in words(outgoing(story, name))


def test_the_numbered_letter_waits_to_be_signed(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), steps.record_letter_number("180/1/Huk-2026", TODAY))
    assert (story.status(), answer(story)) == ("disetujui", [])
    assert "180/1/Huk-2026" in words(outgoing(story, "pendapat-hukum.docx"))
    signed = outgoing(story, "pendapat-hukum.pdf")
    signed.write_bytes(b"%PDF-1.7\nditandatangani\n%%EOF\n")
    story.writes(steps.deliver(TODAY))
    assert answer(story) == [(signed.name, sha256(signed))]


def test_letters_that_an_older_program_wrote_stay_as_they_are(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), steps.record_letter_number("180/1/Huk-2026", TODAY))
    register, letters = story.office.register, sorted(outgoing(story, "").glob("*.docx"))
    last = {e.data["berkas"]: e.data for e in register.read(NUMBER).events if e.kind == "surat"}
    assert {path.name: last[path.name]["bernomor"] for path in letters}["pendapat-hukum.docx"]
    for path in letters:  # as if they had been written, and noted, by it
        path.write_bytes(repacked(path.read_bytes()))
        register.record(NUMBER, Event("surat", story.now, "payung", {**last[path.name], "sha256": sha256(path)}))
    before = {path: path.read_bytes() for path in letters}, register.read(NUMBER).events
    story.later(minutes=5)
    (register.path(NUMBER) / "permohonan.yaml").touch()
    story.passes()
    after = {path: path.read_bytes() for path in sorted(outgoing(story, "").glob("*.docx"))}
    assert (after, register.read(NUMBER).events) == before


@pytest.mark.parametrize("name", ["Scan 001 bertanda tangan.pdf", "pendapat-hukum-ttd.pdf", "SCAN.PDF"])
def test_a_signed_scan_under_another_name_is_not_passed_over(story: Story, name: str) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), steps.record_letter_number("180/1/Huk-2026", TODAY))
    outgoing(story, name).write_bytes(b"%PDF-1.7\nditandatangani\n%%EOF\n")
    story.writes(steps.deliver(TODAY))
    assert any("Namai pendapat-hukum.pdf" in problem.mend for problem in daily_pass.run_pass(story.office).problems)
    assert answer(story) == []
    outgoing(story, name).rename(outgoing(story, "pendapat-hukum.pdf"))
    story.passes()
    assert len(answer(story)) == 1


def test_an_answer_that_was_thrown_away_can_be_given_under_another_number(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), delivered("180/1/Huk-2026", TODAY, TODAY))
    outgoing(story, answer(story)[0][0]).unlink()
    assert any("payung sunting" in problem.mend for problem in daily_pass.run_pass(story.office).problems)
    numbered(story, "180/2/Huk-2026")
    story.passes()
    assert len(answer(story)) == 2
    assert daily_pass.run_pass(story.office).problems == []


APPROVES, NUMBERS = steps.review("disetujui", "kabag", TODAY), steps.record_letter_number("180/1", TODAY)


@pytest.mark.parametrize(("done", "step"), [((), APPROVES), ((APPROVES,), NUMBERS)])
def test_what_no_letter_can_be_made_of_is_neither_approved_nor_numbered(
    story: Story, done: tuple[steps.StepChanges, ...], step: steps.StepChanges
) -> None:
    for one in done:
        story.writes(one)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("kajian", "dasar_hukum"): ["uu-30-2041"]})
    with pytest.raises(BrokenFiles, match="uu-30-2041"):
        steps.apply(story.office, NUMBER, step)


def test_a_reason_that_names_the_applicant_goes_into_no_letter_that_is_mailed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with running() as server:
        story = Story(tmp_path, server)
        story.receives(response(1, cara_jawaban="email"))
        rejected = {"alasan_jenis": "litigasi", "alasan": "Ibu Orang Rekaan1 meminta pendampingan."}
        story.writes(steps.verify("ditolak", "pengelola", TODAY, **rejected), delivered("180/1", TODAY, TODAY))
        assert any("memuat identitas" in problem.message for problem in daily_pass.run_pass(story.office).problems)
        assert (answer(story), len(story.mail())) == ([], 1)
        path = story.office.register.path(NUMBER) / "permohonan.yaml"
        said = "Anda meminta pendampingan."
        yaml_editor.write(path, path.read_text("utf-8"), {("verifikasi", "alasan"): said})
        story.passes()
        [(_, content)] = story.attachments()
        assert said in "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
        assert said in story.texts()[-1]


def test_a_draft_is_never_the_answer(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY))
    numbered(story, "180/1/Huk-2026")
    story.studies(saran="Lain.")
    story.passes()
    story.studies()
    story.writes(steps.review("disetujui", "kabag", TODAY), delivered("180/1/Huk-2026", TODAY, TODAY))
    [(name, _)] = answer(story)
    assert "KONSEP" not in words(outgoing(story, name))


def test_a_broken_template_delivers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "sumber").mkdir()
    story = Story(tmp_path, root=sources(tmp_path / "sumber"))
    story.receives(response(1))
    story.writes(steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
    template = story.settings.opinions / "pendapat-hukum.docx"
    sound = template.read_bytes()
    template.write_bytes(b"rusak")
    story.writes(delivered("180/1/Huk-2026", TODAY, TODAY))
    assert answer(story) == []
    template.write_bytes(sound)
    story.passes()
    assert len(answer(story)) == 1
    assert story.status() == "disampaikan"


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for LibreOffice")
def test_a_libreoffice_that_hangs_is_waited_for_once_in_a_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "SECONDS", 0.3)
    story = Story(tmp_path)
    story.receives(response(1), response(2, minute=1))
    for number in story.office.register.numbers():
        forwarded = steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", [])
        story.writes(*forwarded, number=number)
        story.studies(number)
        story.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY), number=number)
    starts, program = tmp_path / "starts", tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho >> {starts}\nexec sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    for serial, number in enumerate(story.office.register.numbers(), 1):
        steps.apply(story.office, number, delivered(f"180/{serial}/Huk-2026", TODAY, TODAY))
    told = daily_pass.run_pass(story.office).problems
    assert starts.read_text() == "\n"
    assert sum("LibreOffice belum selesai" in problem.message for problem in told) == 2
    program.unlink()
    story.passes()
    assert [story.status(number) for number in story.office.register.numbers()] == ["disampaikan"] * 2


def test_a_second_answer_has_its_own_number(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY), delivered("180/1/Huk-2026", TODAY, TODAY))
    story.studies(kesimpulan="Sebaliknya.")
    story.passes()
    assert len(answer(story)) == 1, "the applicant still holds the old one"
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("penyampaian", key): None for key in ("tanggal", "nomor_surat")})
    story.passes()
    assert story.status() == "diperiksa"
    story.writes(steps.review("disetujui", "kabag", TODAY), delivered("180/2/Huk-2026", TODAY, TODAY))
    assert "Sebaliknya." in words(outgoing(story, answer(story)[-1][0]))
    assert len(answer(story)) == 2


def test_an_edit_has_the_author_that_git_knows(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    register = story.office.register.folder
    story.studies()
    for words in (
        ["init", "-q"],
        ["add", "2026"],
        ["-c", "user.name=Analis Contoh", "-c", "user.email=a@example.org", "commit", "-qm", "kajian"],
    ):
        subprocess.run(["git", "-C", str(register), *words], check=True)
    story.passes()
    story.studies(saran="Lain.")
    story.passes()
    edits = [event for event in story.office.register.read(NUMBER).events if event.kind == "disunting"]
    assert [event.actor for event in edits] == ["Analis Contoh", "petugas"], "the second is not committed yet"
    assert edits[1].data["bagian"] == ["kajian.saran"]


def everybody(story: Story, words: str) -> bool:
    """The pass, the check-up, the desk and ``payung lihat`` all say so, or none of them does."""
    [said] = {*told(story, words)}
    return said


def test_letters_that_bear_a_number_or_went_out_never_change_go_or_come_in_silence(story: Story) -> None:
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(steps.record_letter_number("180/1/Huk-2026", TODAY))
    letter, receipt = outgoing(story, "pendapat-hukum.docx"), outgoing(story, "tanda-terima.docx")
    sound, changed = letter.read_bytes(), outgoing(story, "tanda-terima.docx").read_bytes()[::-1]
    letter.write_bytes(changed)
    assert everybody(story, "Isi surat pendapat-hukum.docx bukan yang dicatat")
    letter.write_bytes(sound)
    outgoing(story, "pendapat-hukum-2.docx").unlink()
    assert not everybody(story, "surat pendapat-hukum")
    letter.with_suffix(".pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    story.writes(steps.deliver(TODAY))
    assert story.status() == "disampaikan"
    letter.write_bytes(sound[::-1])
    assert everybody(story, "Isi surat pendapat-hukum.docx bukan yang dicatat"), "beside the answer, which is the PDF"
    letter.unlink()
    assert everybody(story, "Surat pendapat-hukum.docx hilang. Riwayat mencatat 3 surat")
    letter.write_bytes(sound)
    receipt.write_bytes(b"")
    assert everybody(story, "Surat tanda-terima.docx kosong.")


def test_a_letter_of_another_case_is_told_under_whatever_letter_s_name(story: Story) -> None:
    story.receives(response(2, minute=3))
    foreign = story.office.register.path("BH-2026-0002") / "keluar" / "tanda-terima.docx"
    for name in ("tanda-terima.docx", "pendapat-hukum-7.docx"):
        outgoing(story, name).write_bytes(foreign.read_bytes())
        assert everybody(story, f"{name} adalah surat permohonan lain.")
    outgoing(story, "pendapat-hukum-7.docx").write_bytes(b"x")
    assert everybody(story, "Riwayat tidak mengenal surat pendapat-hukum-7.docx.")
