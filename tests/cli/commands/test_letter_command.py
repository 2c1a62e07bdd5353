"""``payung surat``: the letters of a case, and what is decided about one that was edited in Word."""

import json
from pathlib import Path

import pytest
from docx.document import Document

from processor.operations import steps
from tests.commands import payung
from tests.office import response
from tests.operations.edited_letters import TODAY, edit
from tests.story import NUMBER, Story

REASON = {"alasan_jenis": "litigasi", "alasan": "Anda meminta didampingi di sidang."}
LETTER = "pemberitahuan-penolakan.docx"


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An office without LibreOffice whose letter of rejection somebody edited."""
    monkeypatch.setenv("PATH", "")
    made = Story(tmp_path)
    made.receives(response(1))
    made.writes(steps.verify("ditolak", "pengelola", TODAY, **REASON))
    edit(letter(made), milder)
    return made


def letter(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "keluar" / LETTER


def milder(opened: Document) -> None:
    found = next(one for one in opened.paragraphs if one.text == REASON["alasan"])
    found.runs[0].text = "Kami tidak dapat mendampingi di sidang."


def test_the_letters_of_a_case_are_shown_and_an_edited_one_with_its_difference(story: Story, tmp_path: Path) -> None:
    said = payung("surat", "1", folder=tmp_path)
    assert f"{LETTER}  pemberitahuan penolakan: disunting, perlu diputuskan" in said
    assert "tanda-terima.docx  tanda terima: seperti dibuat" in said
    assert "[-Anda meminta didampingi-]{+Kami tidak dapat mendampingi+} di sidang." in said
    assert f"payung surat {NUMBER} --oleh PETUGAS --ambil" in said
    told = {one["berkas"]: one for one in json.loads(payung("surat", NUMBER, "--json", folder=tmp_path))}
    assert (told[LETTER]["keadaan"], len(told[LETTER]["beda"])) == ("disunting", 1)
    assert told["tanda-terima.docx"]["keadaan"] == "seperti_dibuat"
    journal = payung("lihat", "1", folder=tmp_path)
    assert f"surat (jenis pemberitahuan_penolakan, berkas {LETTER})" in journal, "without fingerprints"


def test_words_are_taken_shown_first_where_asked_and_the_letter_lies_aside(story: Story, tmp_path: Path) -> None:
    shown = payung("surat", "1", "--ambil", "--oleh", "pengelola", "--simulasi", folder=tmp_path)
    assert "akan diambil dari suratnya: verifikasi.alasan" in shown
    assert letter(story).exists()
    said = payung("surat", "1", "--ambil", "--oleh", "pengelola", folder=tmp_path)
    assert "diambil dari suratnya: verifikasi.alasan" in said
    assert "Suratnya dibuat lagi pada putaran berikutnya" in said
    assert "diperiksa lagi" not in said, "nobody reviews a rejection"
    assert not letter(story).exists()
    assert "Kami tidak dapat mendampingi" in (story.office.register.path(NUMBER) / "permohonan.yaml").read_text("utf-8")


def test_a_letter_is_put_aside_and_one_that_lacks_its_number_is_not_kept(story: Story, tmp_path: Path) -> None:
    assert "belum bernomor" in payung("surat", "1", "--pakai", "--oleh", "kabag", folder=tmp_path, code=2)
    assert "Tulis petugasnya" in payung("surat", "1", "--sisihkan", "--oleh", "siapa", folder=tmp_path, code=1)
    said = payung("surat", "1", "--sisihkan", "--oleh", "pengelola", folder=tmp_path)
    assert f"disisihkan{'/'}pemberitahuan-penolakan-1.docx" in said.replace("\\", "/")
    assert "Sebutkan satu nomor" in payung("surat", "1", "2", folder=tmp_path, code=1)
