"""What is told of the register of complaints: what is gone, older, foreign or changed."""

import shutil
from pathlib import Path

import pytest

from processor.cases import complaint_register
from processor.cases.complaint_content import SEALED_WORDS
from processor.operations.complaints import complaint_acts, complaint_check, complaint_intake
from tests.office import keys
from tests.operations.complaints.test_complaint_acts import (
    HEAD,
    HEAD_OFFICER,
    INTAKE,
    NUMBER,
    PERSON,
    WORDS,
    answered,
    typed,
)
from tests.story import Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    made = Story(tmp_path)
    for _ in range(2):
        complaint_intake.take(made.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    return made


def messages(story: Story) -> list[str]:
    return [one.message for one in complaint_check.check(story.office)]


def folder(story: Story) -> Path:
    return complaint_register.path(story.office.register, NUMBER)


def test_a_sound_register_is_silent(story: Story) -> None:
    answered(story)
    assert messages(story) == []


def test_a_complaint_that_is_gone_is_told_and_its_number_is_not_given_again(story: Story) -> None:
    shutil.rmtree(complaint_register.path(story.office.register, "PGD-2026-0002"))
    assert messages(story) == ["Pengaduan PGD-2026-0002 pernah dicatat, tetapi foldernya tidak ada."]
    assert complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS)) == "PGD-2026-0003"


def test_older_or_foreign_or_damaged_words_are_told(story: Story) -> None:
    sealed = folder(story) / SEALED_WORDS
    before = sealed.read_bytes()
    complaint_acts.forward(story.office, NUMBER, INTAKE, "")
    complaint_acts.plan(story.office, NUMBER, HEAD_OFFICER, "Rencana.")
    sealed.write_bytes(before)
    assert [one for one in messages(story) if "lebih lama daripada riwayatnya" in one]
    sealed.write_bytes(b"rusak")
    assert messages(story) == ["Isi pengaduan tersegel tidak terbuka."]


def test_a_changed_journal_and_a_misspelt_key_are_told(story: Story) -> None:
    journal, text = folder(story) / "riwayat.jsonl", folder(story) / "pengaduan.yaml"
    journal.write_text(journal.read_text("utf-8").replace('"kanal":"loket"', '"kanal":"surat"'), "utf-8")
    text.write_text(text.read_text("utf-8").replace("diadukan:", "diadukn:"), "utf-8")
    assert messages(story) == [
        "Kunci diadukan hilang, jadi pengaduan ini disembunyikan dari semua.",
        "Kunci “diadukn” tidak dikenal.",
        "Rantai riwayat putus: baris ini atau baris sebelumnya diubah.",
    ]


def test_new_keys_open_old_complaints_and_nothing_is_called_older(story: Story) -> None:
    found = story.settings
    other = keys(found.office_key.parent.parent / "lain")
    found.recipients.write_text(f"{other.public}\n")
    story.reopens()
    story.office.register.reseal()
    assert messages(story) == []
    assert WORDS.encode() in other.open((folder(story) / SEALED_WORDS).read_bytes())
