"""Complaints about the service: who may do what, what is sealed and journalled, and the letter."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest

from processor.cases import complaint_register
from processor.cases.complaint_content import SEALED_WORDS
from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import steps
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_acts, complaint_check, complaint_duties, complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from tests.office import agency, everything, response
from tests.operations.edited_letters import edit
from tests.story import OFFICERS, Story

NUMBER, REQUEST = "PGD-2026-0001", "BH-2026-0001"
TODAY = date(2026, 3, 2)
HEAD = ComplaintHead("loket", "sikap", "email", ("analis",))
PERSON = ("Wulan Andaiannya", "Jalan Tanjung Andaian Nomor 17", "wulan@example.org", "0812 0000 0099")
WORDS = "Petugas itu membentak saya di depan antrean."
SECRETS = ("Andaiannya", "Tanjung Andaian", "wulan@", "0000 0099", "membentak", "sudah ditegur", "menegur petugas")
INTAKE, HEAD_OFFICER, LAWYER = Person("pengelola", "akun"), Person("kabag", "akun"), Person("analis", "akun")


def typed(*lines: str) -> complaint_intake.Ask:
    """What somebody types, line by line; then the input ends."""
    left: Iterator[str] = iter(lines)

    def ask(_: str) -> str:
        line = next(left, None)
        if line is None:
            raise EOFError
        return line

    return ask


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An office with one complaint about its analyst, told at the counter on Monday 2 March 2026."""
    made = Story(tmp_path)
    complaint_intake.take(made.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    return made


def answered(story: Story) -> None:
    """The complaint is forwarded, planned for and answered."""
    complaint_acts.forward(story.office, NUMBER, INTAKE, "")
    complaint_acts.plan(story.office, NUMBER, HEAD_OFFICER, "Kepala bagian menegur petugas.")
    complaint_acts.answer(story.office, NUMBER, HEAD_OFFICER, "Petugas sudah ditegur.", "terbukti")


def status(story: Story) -> str:
    rules = complaint_duties.rules_of(story.office)
    standing = complaint_duties.row(story.office, rules, NUMBER).standing
    assert standing
    return standing.status


def test_a_complaint_goes_from_the_counter_to_its_answer(story: Story) -> None:
    answered(story)
    assert status(story) == "dijawab"
    name = complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", date(2026, 3, 2))
    complaint_acts.deliver(story.office, NUMBER, INTAKE)
    assert status(story) == "selesai"
    letter = complaint_register.path(story.office.register, NUMBER) / "keluar" / name
    text = "\n".join(one.text for one in docx.Document(str(letter)).paragraphs)
    assert all(
        one in text for one in ("180/7/Huk-2026", NUMBER, PERSON[0], "Petugas sudah ditegur.", "menegur petugas")
    )
    assert "membentak" not in text


def test_nothing_of_a_complaint_is_readable_on_the_disk_but_in_its_letter(story: Story) -> None:
    answered(story)
    found = {path: content for path, content in everything(story.settings.register).items() if path.suffix != ".docx"}
    assert any(path.name == SEALED_WORDS for path in found)
    assert not [(path, one) for path, content in found.items() for one in SECRETS if one.encode() in content]


def test_who_is_complained_about_is_told_that_there_is_no_such_complaint(story: Story) -> None:
    for act in (
        lambda: complaint_acts.open_words(story.office, NUMBER, LAWYER, "ingin tahu"),
        lambda: complaint_acts.forward(story.office, NUMBER, LAWYER, ""),
        lambda: complaint_acts.plan(story.office, NUMBER, LAWYER, "Tidak ada."),
    ):
        with pytest.raises(PayungError, match="tidak ada di register"):
            act()
    seen = {one: [row.number for row in complaint_duties.visible(story.office, one)] for one in ("analis", "kabag", "")}
    assert seen == {"analis": [], "kabag": [NUMBER], "": []}
    with pytest.raises(PayungError, match="tidak dapat diteruskan kepada analis"):
        complaint_acts.forward(story.office, NUMBER, INTAKE, "analis")


def test_a_complaint_about_the_head_is_handled_by_somebody_else(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, ComplaintHead("surat", about=("kabag",)), typed("", "", "", "", WORDS))
    assert complaint_acts.forward(story.office, NUMBER, INTAKE, "analis") == "analis"
    with pytest.raises(PayungError, match="tidak ada di register"):
        complaint_acts.plan(story.office, NUMBER, HEAD_OFFICER, "Tidak perlu.")
    complaint_acts.plan(story.office, NUMBER, LAWYER, "Kepala biro diberi tahu.")
    assert status(story) == "ditindaklanjuti"


def test_an_officer_takes_in_no_complaint_about_themselves(tmp_path: Path) -> None:
    story = Story(tmp_path)
    with pytest.raises(PayungError, match="Minta petugas lain"):
        complaint_intake.take(story.office, LAWYER, HEAD, typed(*PERSON, WORDS))
    assert complaint_register.numbers(story.office.register) == []


def test_words_are_opened_for_a_reason_that_the_journal_keeps(story: Story) -> None:
    for reason, why in (("", "Alasan harus diisi"), ("memanggil Wulan Andaiannya", "memuat identitas")):
        with pytest.raises(PayungError, match=why):
            complaint_acts.open_words(story.office, NUMBER, HEAD_OFFICER, reason)
    content = complaint_acts.open_words(story.office, NUMBER, HEAD_OFFICER, "memeriksa pengaduan")
    assert (content.words, content.complainant.nama) == (WORDS, PERSON[0])
    assert WORDS not in repr(content)
    event = complaint_register.read(story.office.register, NUMBER).events[-1]
    assert (event.kind, event.actor) == (complaint_acts.OPENED, "kabag")
    assert event.data == {"alasan": "memeriksa pengaduan", "akun": "akun"}


def test_an_anonymous_complaint_is_asked_for_no_name(tmp_path: Path) -> None:
    story = Story(tmp_path)
    head = ComplaintHead("telepon", anonymous=True)
    complaint_intake.take(story.office, INTAKE, head, typed("", "Baris satu.", "Baris dua.", "."))
    content = complaint_acts.open_words(story.office, NUMBER, INTAKE, "meneruskan")
    assert (content.words, content.complainant.nama) == ("Baris satu.\nBaris dua.", "")


@pytest.mark.parametrize(
    ("head", "lines", "why"),
    [
        (HEAD, ("", "", "", "", WORDS), "memerlukan email"),
        (HEAD, (*PERSON, "."), "Isi pengaduan kosong"),
        (HEAD, PERSON[:2], "Identitas pengadu belum lengkap"),
        (ComplaintHead("loket", about=("anlis",)), (*PERSON, WORDS), "Maksudnya"),
        (ComplaintHead("loket", day=date(2026, 3, 3)), (*PERSON, WORDS), "belum tiba"),
    ],
)
def test_what_cannot_be_a_complaint_is_not_filed(
    tmp_path: Path, head: ComplaintHead, lines: tuple[str, ...], why: str
) -> None:
    story = Story(tmp_path)
    with pytest.raises(PayungError, match=why):
        complaint_intake.take(story.office, INTAKE, head, typed(*lines))
    assert complaint_register.numbers(story.office.register) == []


def test_a_letter_goes_out_numbered_and_where_the_office_wants_it_signed(story: Story) -> None:
    answered(story)
    with pytest.raises(PayungError, match=rf"Surat bernomor untuk {NUMBER} belum ada"):
        complaint_acts.deliver(story.office, NUMBER, INTAKE)
    folder = story.settings.path.parent
    letters = story.settings.surat.model_dump(mode="json") | {"tanda_tangan": "wajib"}
    story.reopens(agency(folder, petugas=OFFICERS, surat=letters))
    complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", date(2026, 3, 2))
    with pytest.raises(BrokenFiles, match="belum ditandatangani"):
        complaint_acts.deliver(story.office, NUMBER, INTAKE)
    signed = complaint_register.path(story.office.register, NUMBER) / "keluar" / "jawaban-pengaduan.pdf"
    signed.write_bytes(b"%PDF-1.7\n/ByteRange\n%%EOF\n")
    with pytest.raises(BrokenFiles, match=r"Tanda tangan elektronik pada jawaban-pengaduan\.pdf belum lengkap atau"):
        complaint_acts.deliver(story.office, NUMBER, INTAKE)
    assert status(story) == "dijawab"
    signed.write_bytes(b"%PDF-1.7\n%%EOF\n")
    complaint_acts.deliver(story.office, NUMBER, INTAKE)
    filed = complaint_register.read(story.office.register, NUMBER)
    assert [one.data["tanda_tangan"] for one in filed.events if "tanda_tangan" in one.data] == ["dipindai"]


def test_a_letter_that_was_only_saved_anew_gets_its_number_and_an_edited_one_is_not_written_over(story: Story) -> None:
    answered(story)
    letter = next(story.settings.register.rglob("jawaban-pengaduan.docx"))
    edit(letter)
    given = complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", TODAY)
    assert given == letter.name
    edit(letter, lambda one: one.paragraphs[-1].add_run("Tambahan."))
    given = complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/8/Huk-2026", TODAY)
    assert given == "jawaban-pengaduan-2.docx"
    with pytest.raises(BrokenFiles, match=r"jawaban-pengaduan\.docx: Surat ini disunting sesudah dibuat"):
        complaint_acts.deliver(story.office, NUMBER, INTAKE)
    letter.unlink()
    complaint_acts.deliver(story.office, NUMBER, INTAKE)
    assert status(story) == "selesai"


def test_a_letter_number_is_spent_once(story: Story) -> None:
    answered(story)
    complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", date(2026, 3, 2))
    other = complaint_intake.take(story.office, INTAKE, ComplaintHead("loket"), typed("", "", "", "", WORDS))
    complaint_acts.forward(story.office, other, INTAKE, "kabag")
    complaint_acts.plan(story.office, other, HEAD_OFFICER, "Diperiksa.")
    complaint_acts.answer(story.office, other, HEAD_OFFICER, "Tidak terbukti.", "tidak_terbukti")
    with pytest.raises(PayungError, match=f"sudah dipakai {NUMBER}"):
        complaint_acts.give_number(story.office, other, INTAKE, "180/7/HUK-2026", date(2026, 3, 2))


def test_each_step_waits_for_the_one_before(story: Story) -> None:
    with pytest.raises(PayungError, match="sekarang diterima"):
        complaint_acts.plan(story.office, NUMBER, HEAD_OFFICER, "Rencana.")
    complaint_acts.forward(story.office, NUMBER, INTAKE, "kabag")
    with pytest.raises(PayungError, match="bukan tugas pengelola"):
        complaint_acts.plan(story.office, NUMBER, INTAKE, "Rencana.")


def test_the_letter_says_only_what_is_so_a_plan_is_a_plan(story: Story) -> None:
    answered(story)
    [letter] = (complaint_register.path(story.office.register, NUMBER) / "keluar").iterdir()
    lines = [one.text for one in docx.Document(str(letter)).paragraphs]
    assert not [line for line in lines if "sudah kami tindak lanjuti" in line]
    assert lines[lines.index("Rencana tindak lanjut") + 1] == "Kepala bagian menegur petugas."


def test_a_letter_number_is_spent_once_among_requests_and_complaints_alike(story: Story) -> None:
    story.receives(response(1))
    story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Sudah di pengadilan."))
    answered(story)
    complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", TODAY)
    with pytest.raises(BrokenFiles, match=f"180/7/huk-2026 sudah dipakai {NUMBER}"):
        steps.apply(story.office, REQUEST, steps.record_letter_number("180/7/huk-2026", TODAY))
    path = story.office.register.path(REQUEST) / "permohonan.yaml"
    numbered = {("penyampaian", "nomor_surat"): "180/7/Huk-2026", ("penyampaian", "tanggal_surat"): TODAY.isoformat()}
    yaml_editor.write(path, path.read_text("utf-8"), numbered)
    assert [one.message for one in story.passes().problems] == [f"Nomor surat 180/7/Huk-2026 sudah dipakai {NUMBER}."]
    told = [one.message for one in complaint_check.check(story.office)]
    assert told == [f"Nomor surat 180/7/Huk-2026 sudah dipakai {REQUEST}."]
    with pytest.raises(PayungError, match=f"sudah dipakai {REQUEST}"):
        complaint_acts.give_number(story.office, NUMBER, INTAKE, "180/7/Huk-2026", TODAY)
