"""What the code of a complaint opens, among the statuses and answers of requests."""

import email
import email.policy
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processor.cases import complaint, complaint_register
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.foundation import yaml_editor
from processor.foundation.errors import PayungError
from processor.operations import applicant_status, daily_pass
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_acts, complaint_notices
from processor.site import status_sentences
from tests.office import applicant_keys
from tests.opened_statuses import answers as letters
from tests.opened_statuses import made, statuses
from tests.operations.complaints.test_complaint_packages import CODE, NUMBER, SAID, sends
from tests.operations.test_applicant_status import ALI, asked
from tests.story import Story

OTHER = applicant_keys()
INTAKE, HEAD = Person("pengelola", "akun"), Person("kabag", "akun")
LETTER = "180/7/Huk-2026"


@pytest.fixture(scope="module")
def complained(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.signs_ballots()
    told.receives(asked(ALI, 1))
    sends(told)
    told.passes()
    return told


@pytest.fixture
def story(complained: Story, tmp_path: Path) -> Story:
    """An office with a request and a complaint, each with a code of its own."""
    return complained.copied(tmp_path)


def answers(story: Story) -> Path:
    """Every step to the answer, which goes out; gives the letter."""
    complaint_acts.forward(story.office, NUMBER, INTAKE, "")
    complaint_acts.plan(story.office, NUMBER, HEAD, "Petugas diminta keterangan.")
    complaint_acts.answer(story.office, NUMBER, HEAD, "Petugas sudah ditegur.", "terbukti")
    name = complaint_acts.give_number(story.office, NUMBER, INTAKE, LETTER, date(2026, 3, 2))
    complaint_acts.deliver(story.office, NUMBER, INTAKE)
    story.passes()
    return complaint_register.path(story.office.register, NUMBER) / "keluar" / name


def test_every_status_of_a_complaint_has_its_words() -> None:
    said = status_sentences.sentences()["pengaduan"]
    assert tuple(said["tahap"]) == complaint.STATUSES
    assert all(words for stage in said["tahap"].values() for words in stage.values())


def test_a_code_opens_its_complaint_alone_without_a_word_of_it(story: Story) -> None:
    files = made(story)
    [mine], [other] = statuses(files, CODE), statuses(files, ALI)
    assert (mine["nomor"], mine["macam"], mine["status"]) == (NUMBER, "pengaduan", "Pengaduan diterima")
    assert (other["nomor"][:2], other["macam"]) == ("BH", "permohonan")
    assert "27 Maret 2026" in mine["tenggat"]
    assert [said for _, said in mine["riwayat"]] == [
        "Anda mengirim pengaduan ini.", "Pengaduan Anda diterima dan terdaftar.",
    ]  # fmt: skip
    assert not [word for word in ("dibentak", "Andaiannya", "analis") if word in str(mine)]


def test_the_letter_is_opened_with_the_code_until_its_days_are_over(story: Story) -> None:
    letter = answers(story)
    files = made(story)
    [mine] = statuses(files, CODE)
    [file] = mine["jawaban"]["berkas"]
    assert letters(files, CODE) == {NUMBER: [letter.read_bytes()]}
    assert mine["selanjutnya"].startswith(
        f"Buka dan simpan suratnya paling lambat {mine['jawaban']['berlaku_sampai']};"
    )
    assert (mine["status"], mine["tenggat"]) == ("Pengaduan dijawab", "")
    digest = hashlib.sha256(letter.read_bytes()).hexdigest()
    assert file["sha256"] == digest
    assert digest in applicant_status._digests(story.office.register).decode()
    story.later(days=story.settings.situs.jawaban_berlaku)
    assert letters(made(story), CODE)
    story.later(days=1)
    assert (statuses(made(story), CODE), len(statuses(made(story), ALI))) == ([], 1)


def test_a_letter_that_is_not_what_went_out_is_not_handed_out(story: Story) -> None:
    letter = answers(story)
    letter.write_bytes(letter.read_bytes() + b" ")
    [mine] = statuses(made(story), CODE)
    assert (mine["jawaban"], mine["selanjutnya"]) == (
        None, status_sentences.sentences()["pengaduan"]["tahap"]["selesai"]["selanjutnya"],
    )  # fmt: skip


def test_nobody_tells_a_publication_with_a_complaint_from_one_without(story: Story) -> None:
    _, before = applicant_status.publication(story.office, story.office.now(), {})
    answers(story)
    sends(story, "b", 2)
    daily_pass.run_pass(story.office)
    _, after = applicant_status.publication(story.office, story.office.now(), before)
    assert len(statuses(made(story), CODE)) == 2
    assert before == after


def test_who_knows_a_locator_takes_no_status_away_neither_of_a_request_nor_of_a_complaint(story: Story) -> None:
    sends(story, "b", 2, jawaban={**SAID, "kode_lacak": ALI.locator, "kunci_balasan": OTHER.recipient})
    sends(story, "c", 3, jawaban={**SAID, "kode_lacak": CODE.locator, "kunci_balasan": OTHER.recipient})
    story.receives(asked(replace(OTHER, locator=CODE.locator), 2))
    files = made(story)
    assert [one["nomor"] for one in statuses(files, CODE)] == [NUMBER]
    assert [one["nomor"] for one in statuses(files, ALI)] == ["BH-2026-0001"]
    answers(story)
    files = made(story)
    assert [*letters(files, CODE)] == [NUMBER]


def test_a_complaint_that_is_late_says_so_and_one_that_is_unchanged_is_not_read(story: Story) -> None:
    made(story)
    path = complaint_register.path(story.office.register, NUMBER) / "pengaduan.yaml"
    mark = complaint_register.change_mark(story.office.register, NUMBER)
    path.rename(path.with_suffix(".lain"))
    story.later(days=30)
    assert len(statuses(made(story), CODE)) == 0, "another mark: it is read, and is damaged"
    path.with_suffix(".lain").rename(path)
    assert mark == complaint_register.change_mark(story.office.register, NUMBER)
    [mine] = statuses(made(story), CODE)
    assert "terlambat" in mine["tenggat"]
    assert not list(complaint_register.read(story.office.register, NUMBER).broken(Staff(story.settings.petugas)))


def test_who_gave_an_address_is_told_there_where_the_letter_is_opened(story: Story) -> None:
    answers(story)
    [entry] = [one for one in story.office.outbox.entries() if one.kind == "pengaduan_dijawab"]
    message = complaint_notices.compose(story.office, entry)
    assert message
    told = email.message_from_bytes(message.content, policy=email.policy.default)
    body = told.get_body(("plain",))
    assert body
    assert "https://payung.example.go.id/lacak/" in body.get_content()
    assert not list(told.iter_attachments())


def test_a_letter_that_waits_to_be_mailed_is_not_said_to_have_gone(story: Story) -> None:
    path = complaint_register.path(story.office.register, NUMBER) / "pengaduan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("jawaban_lewat",): "email"})
    answers(story)
    [mine] = statuses(made(story), CODE)
    assert mine["riwayat"][-1][1].endswith("akan kami kirim ke email Anda.")
    assert mine["selanjutnya"].startswith("Suratnya belum terkirim.")
    data = {"jenis": "pengaduan_dijawab", "pesan": "pengaduan_dijawab", "keadaan": "dikirim"}
    sent = Event(complaint_notices.MAILED, story.office.now(), "payung", data)
    complaint_register.record(story.office.register, NUMBER, sent)
    [mine] = statuses(made(story), CODE)
    assert mine["riwayat"][-1][1] == "Surat jawaban atas pengaduan Anda sudah kami sampaikan."
    assert mine["selanjutnya"].startswith("Suratnya belum ada pada Anda?")


def test_a_new_code_opens_a_complaint_with_a_name_and_the_old_one_no_longer(story: Story) -> None:
    answers(story)
    story.later(days=story.settings.situs.jawaban_berlaku)
    way = complaint_acts.renew_code(story.office, NUMBER, INTAKE, "kode hilang, KTP diperiksa", OTHER)
    assert way == "kode"
    story.later(days=1)
    files = made(story)
    [mine] = statuses(files, OTHER)
    assert mine["riwayat"][-1][1].startswith("Kami membuat kode baru untuk Anda")
    assert (len(letters(files, OTHER)), statuses(files, CODE)) == (1, [])
    event = complaint_register.read(story.office.register, NUMBER).events[-1]
    assert (event.kind, event.actor) == (complaint_acts.NEW_CODE, "pengelola")
    assert event.data == {"alasan": "kode hilang, KTP diperiksa", "akun": "akun"}


@pytest.mark.parametrize(
    ("who", "reason", "says"),
    [
        (Person("analis", "akun"), "kode hilang", "tidak ada di register"),  # who is complained about
        (Person("", "akun"), "kode hilang", "--oleh"),
        (INTAKE, " ", "Alasan harus diisi"),
        (INTAKE, "Wulan Andaiannya kehilangan kode", "Alasan memuat identitas"),
    ],
)
def test_a_code_is_not_replaced_by_everybody_nor_with_every_reason(
    story: Story, who: Person, reason: str, says: str
) -> None:
    with pytest.raises(PayungError, match=says):
        complaint_acts.renew_code(story.office, NUMBER, who, reason, OTHER)
    assert len(statuses(made(story), CODE)) == 1


def test_of_a_complaint_without_a_name_no_code_is_replaced(story: Story) -> None:
    nameless = {key: text for key, text in SAID.items() if key != "nama"}
    sends(story, "b", 2, jawaban=nameless)
    story.passes()
    with pytest.raises(PayungError, match="tidak menyebut nama"):
        complaint_acts.renew_code(story.office, "PGD-2026-0002", HEAD, "kode hilang", OTHER)
