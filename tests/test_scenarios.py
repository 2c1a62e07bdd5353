"""The whole life of a request, once for each ending: with real mail, real letters and the journal's own words."""

import hashlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from processor.operations import steps
from tests.office import edited, response
from tests.smtp_server import running
from tests.story import NUMBER, Story, delivered

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
LOCATOR = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
TODAY = date(2026, 3, 2)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with running() as server:
        yield Story(tmp_path, server)


def forwarded_and_studied(story: Story) -> None:
    story.writes(steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    story.writes(steps.assign("analis", "kabag", []))
    story.studies()
    story.writes(steps.set_study_ready(done=True))


@pytest.mark.long
@pytest.mark.slow
def test_answered_by_email(story: Story, soffice: str) -> None:
    story.receives(response(1, cara_jawaban="email"))
    assert story.mail() == [f"{NUMBER}: permohonan diterima"]
    forwarded_and_studied(story)
    assert story.status() == "diperiksa"
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/12/Huk-2026", TODAY, TODAY))
    assert story.way() == ["diteruskan", "disusun", "diperiksa", "disetujui", "disampaikan", "selesai"]
    assert story.mail()[1:] == [f"{NUMBER}: permohonan sudah dijawab"]
    [(name, content)] = story.attachments()
    text = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert (name, "180/12/Huk-2026" in text, "KONSEP" in text) == (f"{NUMBER}-1.pdf", True, False)
    [answer] = [e.data for e in story.office.register.read(NUMBER).events if e.kind == "jawaban"]
    assert (answer["berkas"], answer["sha256"]) == ("pendapat-hukum.pdf", hashlib.sha256(content).hexdigest())
    story.writes(steps.archive(TODAY))
    assert story.status() == "diarsipkan"


@pytest.mark.slow
def test_answered_by_code(story: Story, soffice: str) -> None:
    story.receives(response(1, kode_lacak=LOCATOR, kunci_balasan=KEY))
    forwarded_and_studied(story)
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/12/Huk-2026", TODAY, TODAY))
    assert story.status() == "selesai"
    assert story.attachments() == [], "the answer itself never goes by mail to who did not ask for that"
    assert "Buka jawabannya dengan kode Anda" in story.texts()[-1]


@pytest.mark.long
@pytest.mark.slow
def test_handed_over_at_the_counter(story: Story, soffice: str) -> None:
    story.receives(response(1, email=""))
    forwarded_and_studied(story)
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/12/Huk-2026", TODAY, TODAY))
    assert story.status() == "disampaikan", "nobody has said that it arrived"
    story.writes(steps.confirm_receipt(TODAY))
    assert (story.status(), story.mail("")) == ("selesai", [])


@pytest.mark.slow
def test_rejected_with_its_reason(story: Story, soffice: str) -> None:
    story.receives(response(1, cara_jawaban="email"))
    reason = "Perkaranya sedang diperiksa pengadilan."
    story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan=reason))
    assert (story.status(), len(story.mail())) == ("ditolak", 1), "told with its letter, not before"
    story.writes(delivered("180/13/Huk-2026", TODAY, TODAY))
    assert story.way() == ["ditolak", "disampaikan", "selesai"]
    assert reason in story.texts()[-1]
    assert [name for name, _ in story.attachments()] == [f"{NUMBER}-1.pdf"]


@pytest.mark.long
@pytest.mark.slow
def test_incomplete_then_answered(story: Story, soffice: str) -> None:
    sent = response(1, source="google", key="a1", cara_jawaban="email")
    story.receives(sent)
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Salinan surat panggilan"]))
    assert story.status() == "menunggu_kelengkapan"
    assert "- Salinan surat panggilan" in story.texts()[-1]
    story.later(days=1)
    story.receives(edited(sent, minute=1500, uraian="Dilengkapi: nomor surat panggilan 12/2026."))
    assert story.status() == "diajukan", "the applicant's part is done; it is the office's turn again"
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Tanggal panggilan"]))
    assert [s for s in story.mail() if "perlu dilengkapi" in s] == [f"{NUMBER}: permohonan perlu dilengkapi"] * 2
    forwarded_and_studied(story)
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/14/Huk-2026", TODAY, TODAY))
    assert story.status() == "selesai"
    assert story.way()[:4] == ["menunggu_kelengkapan", "diajukan", "menunggu_kelengkapan", "diteruskan"]


@pytest.mark.slow
def test_returned_twice_then_answered(story: Story, soffice: str) -> None:
    story.receives(response(1, cara_jawaban="email"))
    forwarded_and_studied(story)
    for count in (1, 2):
        story.writes(steps.review("dikembalikan", "kabag", TODAY, f"Perjelas isu, putaran {count}."))
        assert story.status() == "dikembalikan"
        story.studies(analisis=f"Lebih jelas, putaran {count}.")
        story.passes()
        assert story.status() == "disusun", "half of it may be done; the analyst says when all is"
        story.writes(steps.set_study_ready(done=True))
        assert story.status() == "diperiksa"
    story.writes(steps.review("disetujui", "kabag", TODAY))
    story.writes(delivered("180/15/Huk-2026", TODAY, TODAY))
    assert story.way().count("dikembalikan") == 2
    assert (story.status(), story.outgoing()) == (
        "selesai",
        ["pendapat-hukum.docx", "pendapat-hukum.pdf", "tanda-terima.docx"],
    )


def test_withdrawn(story: Story) -> None:
    story.receives(response(1))
    forwarded_and_studied(story)
    story.writes(steps.withdraw(TODAY, "Lewat telepon."))
    assert story.status() == "dibatalkan"
    assert "Bila Anda tidak pernah memintanya" in story.texts()[-1]
    story.writes(steps.archive(TODAY))
    assert story.status() == "diarsipkan"


def test_what_staff_wrote_by_hand_is_journalled_without_a_word_of_it(story: Story) -> None:
    story.receives(response(1))
    story.studies()
    story.passes()
    [event] = [e for e in story.office.register.read(NUMBER).events if e.kind == "disunting"]
    assert set(event.data["bagian"]) == {
        f"kajian.{key}" for key in ("kasus_posisi", "isu_hukum", "dasar_hukum", "analisis", "kesimpulan", "saran")
    }
    journal = (story.office.register.path(NUMBER) / "riwayat.jsonl").read_text("utf-8")
    assert "menandatangani" not in journal
    story.passes()
    assert sum(e.kind == "disunting" for e in story.office.register.read(NUMBER).events) == 1
