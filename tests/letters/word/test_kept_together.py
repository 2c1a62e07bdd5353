"""The copy for LibreOffice has a hidden field in each paragraph that is kept with the next, and nowhere else."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from processor.letters import documents
from processor.letters.word import zip_package
from processor.letters.word.kept_together import kept_together
from tests import letter_samples
from tests.letters.test_documents import render

INSIDE = (
    letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue(), letter_samples.OPINIONS,
)  # fmt: skip


def fields(content: bytes) -> list[str]:
    """The words of the paragraphs that hold a field."""
    parts = kept_together(zip_package.read(content))
    document = docx.Document(io.BytesIO(zip_package.write(parts)))
    return [one.text for one in document.paragraphs if one._p.find(qn("w:fldSimple")) is not None]


def test_a_signature_is_kept_with_the_sentence_above_it_and_each_heading_with_its_text() -> None:
    found = fields(render("jawaban_keberatan"))
    assert "Keberatan Saudara" in found
    assert found[-6:] == [
        "Demikian kami sampaikan. Atas perhatian Saudara, kami ucapkan terima kasih.", "a.n. Kepala Biro Hukum",
        "Kepala Bagian Bantuan Hukum,", " ", "Contoh Pejabat, S.H., M.H.", "Pembina Tingkat I",
    ]  # fmt: skip


def test_copies_are_listed_on_the_page_of_the_signature() -> None:
    settings = letter_samples.settings()
    several = settings.surat.model_copy(update={"tembusan": ("Kepala Biro Hukum", "Arsip")})
    inside = (settings.model_copy(update={"surat": several}), letter_samples.catalogue(), letter_samples.OPINIONS)
    found = fields(documents.render("pendapat_hukum", letter_samples.case(), letter_samples.APPLICANT, *inside))
    assert found[-4:] == ["NIP 19700101 199803 1 003", "Tembusan:", "Kepala Biro Hukum", "Arsip"]


def test_what_a_paragraph_says_of_itself_goes_before_its_style_and_tables_are_left_alone() -> None:
    document = docx.Document()
    document.add_paragraph("lepas")
    document.add_paragraph("sendiri").paragraph_format.keep_with_next = True
    document.add_heading("dari gaya")
    document.add_heading("gaya dibatalkan").paragraph_format.keep_with_next = False
    document.add_table(1, 1).cell(0, 0).paragraphs[0].paragraph_format.keep_with_next = True
    made = io.BytesIO()
    document.save(made)
    assert fields(made.getvalue()) == ["sendiri", "dari gaya"]


def test_the_first_row_of_a_table_stays_with_the_second() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"
    parts = zip_package.read(documents.render("pendapat_hukum", letter_samples.case(kajian__analisis=table), *INSIDE))
    copy = docx.Document(io.BytesIO(zip_package.write(kept_together(parts))))
    kept = [cell.paragraphs[0].paragraph_format.keep_with_next for row in copy.tables[0].rows for cell in row.cells]
    assert kept == [True, True, True, True, None, None]


@pytest.mark.parametrize("parts", [{}, {"word/document.xml": b"<rusak"}, {"word/document.xml": b"<a/>"}])
def test_what_is_damaged_stays_as_it_is(parts: dict[str, bytes]) -> None:
    assert kept_together(parts) == parts
