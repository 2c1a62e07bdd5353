"""A draft says so on every page, in whatever template; a final letter never does."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm
from pypdf import PageObject, PdfReader

from processor.letters import documents, pdf
from processor.letters.documents import KINDS, LetterKind
from processor.letters.word.draft_mark import MARK
from tests import letter_samples
from tests.letter_samples import OPINIONS

Edit = Callable[[WordDocument], None]


def render(kind: LetterKind = "pendapat_hukum", folder: Path = OPINIONS, *, draft: bool = True) -> bytes:
    case = letter_samples.sample_of(kind)
    inside = (letter_samples.settings(), letter_samples.catalogue(), folder)
    return documents.render(kind, case, letter_samples.APPLICANT, *inside, draft=draft)


def as_shipped(document: WordDocument) -> None:
    assert not any(part.partname.startswith("/word/header") for part in document.part.package.iter_parts())


def letterhead_on_the_first_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "KOP {{ nomor_registrasi }}"
    section.first_page_header.add_paragraph("Jalan Rekaan")
    section.header.paragraphs[0].text = "Lembar lanjutan"


def bare_first_page(document: WordDocument) -> None:
    document.sections[0].different_first_page_header_footer = True


def left_and_right_pages(document: WordDocument) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].header.paragraphs[0].text = "Lembar ganjil"


def several_sections(document: WordDocument) -> None:
    document.sections[0].header.paragraphs[0].text = "Bagian satu"
    wide = document.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    document.add_paragraph("Lampiran melebar")
    third = document.add_section(WD_SECTION.NEW_PAGE)
    third.header.is_linked_to_previous = False
    third.header.paragraphs[0].text = "Bagian tiga"
    document.add_paragraph("Lampiran lain")
    document.add_section(WD_SECTION.CONTINUOUS).different_first_page_header_footer = True


def no_section_at_all(document: WordDocument) -> None:
    body = document.element.body
    body.remove(body.sectPr)


TEMPLATES: tuple[Edit, ...] = (
    as_shipped,
    letterhead_on_the_first_page,
    bare_first_page,
    left_and_right_pages,
    several_sections,
    no_section_at_all,
)


def edited(folder: Path, edit: Edit) -> Path:
    """A folder with the opinion's template as a secretary left it."""
    folder.mkdir()
    document = docx.Document(str(OPINIONS / "pendapat-hukum.docx"))
    edit(document)
    document.save(str(folder / "pendapat-hukum.docx"))
    return folder


def headers(content: bytes) -> list[str]:
    """The words of the header of each kind of page, section by section, as Word finds them."""
    sections = docx.Document(io.BytesIO(content)).sections
    return [
        "\n".join(paragraph.text for paragraph in header.paragraphs)
        for section in sections
        for header in (section.header, section.first_page_header, section.even_page_header)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_so_and_a_final_letter_holds_no_trace_of_it(kind: LetterKind) -> None:
    assert all(header.startswith(MARK) for header in headers(render(kind)))
    with zipfile.ZipFile(io.BytesIO(render(kind, draft=False))) as archive:
        assert not any(b"konsep" in archive.read(name).lower() + name.encode() for name in archive.namelist())


@pytest.mark.parametrize("edit", TEMPLATES)
def test_every_kind_of_page_of_every_section_says_it_once_above_its_own_header(tmp_path: Path, edit: Edit) -> None:
    folder = edited(tmp_path / "opinions", edit)
    final, marked = headers(render(folder=folder, draft=False)), headers(render(folder=folder))
    assert [header.removeprefix(MARK).removeprefix("\n") for header in marked] == (final or ["", "", ""])
    assert all(header.startswith(MARK) for header in marked)


def test_the_mark_is_bold_and_red() -> None:
    (run,) = docx.Document(io.BytesIO(render())).sections[0].header.paragraphs[0].runs
    assert run.font.bold
    assert str(run.font.color.rgb) == "C00000"


def test_a_draft_is_the_same_bytes_each_time_and_a_whole_file() -> None:
    content = render()
    documents._compiled.cache_clear()
    assert render() == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())


def placed(page: PageObject) -> list[tuple[str, float, float]]:
    """The pieces of words on a page and where they stand, in points."""
    found: list[tuple[str, float, float]] = []

    def keep(words: str, where: list[float], inside: list[float], *_: object) -> None:
        if words.strip():
            found.append((words.strip(), round(where[4] + inside[4], 1), round(where[5] + inside[5], 1)))

    page.extract_text(visitor_text=keep)
    return sorted(found)


@pytest.mark.long
@pytest.mark.slow
def test_every_printed_page_says_it_and_nothing_moves_for_it(tmp_path: Path, soffice: str) -> None:
    made = {}
    for edit in TEMPLATES:
        folder = edited(tmp_path / edit.__name__, edit)
        for draft in (True, False):
            made[edit, draft] = folder / f"surat-{draft}.docx"
            made[edit, draft].write_bytes(render(folder=folder, draft=draft))
    printed = {path: PdfReader(io.BytesIO(content)).pages for path, content in pdf.convert([*made.values()]).items()}
    for edit in TEMPLATES:
        marked, final = ([placed(page) for page in printed[made[edit, draft]]] for draft in (True, False))
        assert [[words for words, _, _ in page].count(MARK) for page in marked] == [1] * len(final), edit
        assert [[line for line in page if line[0] != MARK] for page in marked] == final, edit
