"""What an applicant reads of a case, told from its file and its journal alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import case_status
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation.yaml_reader import Document
from processor.operations import status_words
from processor.operations.status_store import UndatedStatus
from processor.operations.status_words import FollowedCase
from tests.cases import test_case_status as cases
from tests.office import START

NUMBER = "BH-2026-0001"
BY_MAIL: cases.Parts = {**cases.DELIVERED, "balasan": {"cara": "email"}}
DELIVERED = Event("status", START, "petugas", {"dari": "disetujui", "menjadi": "disampaikan"})


def followed(parts: cases.Parts, *events: Event) -> FollowedCase:
    """A case of these ``parts`` with its journal."""
    made, document = cases.case(**parts), Document(Path("permohonan.yaml"), {}, {}, "")
    seen = case_status.derive(made, document, events, cases.STAFF)
    return FollowedCase(Filed(NUMBER, Path(), document, made, events, ()), made, seen, None, {}, "")


@pytest.mark.parametrize(("state", "code"), [("dikirim", "cara.email"), ("menunggu", "cara.email_menunggu")])
def test_a_letter_is_said_to_be_in_the_mail_once_that_mail_went(state: str, code: str) -> None:
    mail = Event("email", START, "payung", {"jenis": "dijawab", "keadaan": state})
    one = followed(BY_MAIL, cases.ANSWERED, DELIVERED, mail)
    assert status_words._next(one, here=True) == {"kode": code}


def test_what_became_of_new_contact_details_is_said_as_it_was_decided() -> None:
    read = Event("pesan_dibaca", START, "petugas", {"putusan": "diterapkan"})
    assert status_words._sentence(followed({}), read, ()) == "peristiwa.pesan_dibaca_diterapkan"


def test_the_answer_after_a_granted_objection_is_said_to_be_an_answer_and_no_letter_about_the_objection() -> None:
    granted = {"tanggal": START.date(), "alasan": "Bukan perkara.", "oleh": "citra", "putusan": "dikabulkan"}
    objected = Event("status", START, "petugas", {"dari": "selesai", "menjadi": "keberatan"})
    one = followed({**BY_MAIL, "keberatan": granted}, objected, DELIVERED)
    assert status_words._letter_that_went_out(one, DELIVERED) == "jawaban"


@pytest.mark.parametrize(
    ("target", "minutes", "code"),
    [(60, -1, "hanya_batas"), (60, 60, "hanya_batas"), (60, 61, "lewat"), (0, 0, "sasaran"), (0, 1, "batas")],
)
def test_a_limit_is_kept_until_its_own_moment(target: int, minutes: int, code: str) -> None:
    ends = [(START + timedelta(minutes=each)).isoformat() for each in (target, 60)]
    one = UndatedStatus("a", "b", {}, *ends)
    assert status_words.dated(one, START + timedelta(minutes=minutes))["tenggat"]["kode"] == code
