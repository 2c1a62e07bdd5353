"""Letters page by page: nobody signs on a page of their own, no heading ends one, and what is counted is right."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from processor.letters import pdf
from tests.letters import page_letters
from tests.letters.page_letters import PageLetter

_HEADINGS = {"Judul Bagian", "Judul Tanpa Nomor", "Subjudul", "Judul Tabel"}
_FOOT = re.compile(r"Halaman(\d+)dari(\d+)$")
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

Pages = list[list[str]]
"""The lines of each page, from top to bottom, without spaces: justified ones have any number of them."""


def faults(one: PageLetter, made: bytes) -> Iterator[str]:
    """Say what a strict secretary would send back, of a letter and its PDF."""
    read = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(made)).pages]
    whole = [list(filter(None, (_bare(line) for line in lines))) for lines in read]
    for number, lines in enumerate(whole, 1):
        foot = _FOOT.search(lines[-1])
        if not foot or foot.groups() != (str(number), str(len(whole))):
            yield f"halaman {number} tidak bernomor {number} dari {len(whole)}: {lines[-1]}"
    pages = [lines[:-1] for lines in whole]
    yield from _headings(one, pages)
    yield from _signature(one, pages) if one.signed else ()
    lines = [line for page in pages for line in page]
    yield from _counted(one, lines)
    yield from _lost(one, "".join(lines))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _headings(one: PageLetter, pages: Pages) -> Iterator[str]:
    """Find a heading, or words that announce the applicant's, at the end of a page, and parts that are not counted."""
    paragraphs = docx.Document(io.BytesIO(one.content)).paragraphs
    titles = {
        _bare(part.text): str(part.style.name) for part in paragraphs if part.style and part.style.name in _HEADINGS
    }
    ends = {*titles, "Pertanyaanyangdiajukan:", "Persoalanyangdisampaikan:"}
    for number, lines in enumerate(pages, 1):
        if lines and lines[0] == _bare(page_letters.NOTE):
            yield f"halaman {number} dimulai dengan keterangan tabel"
        if not lines or re.sub(r"^[IVX]+\.", "", lines[-1]) in ends:
            yield f"halaman {number} berakhir dengan {lines[-1:]}"
    own = [title for title, style in titles.items() if style == "Judul Bagian"]
    shown = [line for lines in pages for line in lines if re.sub(r"^[IVX]+\.", "", line) in own]
    if shown != [f"{numeral}.{title}" for numeral, title in zip(_NUMERALS, own, strict=False)]:
        yield f"bagian tidak berurutan: {shown}"


def _signature(one: PageLetter, pages: Pages) -> Iterator[str]:
    """Find a signature that stands away from the words above it or the copies below it."""
    closing = [
        (page, at) for page, lines in enumerate(pages) for at, line in enumerate(lines) if line.startswith("Demikian")
    ]
    signed = [page for page, lines in enumerate(pages) if any(line.startswith("NIP1970") for line in lines)]
    (page, at), *_ = closing
    if at == 0:
        yield f"halaman {page + 1} hanya memuat penutup dan tanda tangan"
    if signed != [page]:
        yield f"penutup di halaman {page + 1}, tanda tangan di {signed}"
    copies = [_bare(f"{number}. {name}") for number, name in enumerate(one.copies, 1)]
    copies = [_bare(one.copies[0])] if len(copies) == 1 else copies
    below = pages[page][len(pages[page]) - len(copies) - 1 :]
    if copies and below != ["Tembusan:", *copies]:
        yield f"tembusannya {below}"


def _counted(one: PageLetter, lines: list[str]) -> Iterator[str]:
    """Find a wrong number of what is attached, legal bases out of order, and an amount that is broken into lines."""
    attached = [line.removeprefix("Lampiran:") for line in lines if line.startswith("Lampiran:")]
    if one.attached and attached != [_bare(one.attached)]:
        yield f"lampirannya {attached}"
    text = "\n".join(lines)
    if "DASARHUKUM" in text and one.amounts:
        bases = re.findall(r"^(\d+)\.(?:Undang|Peraturan)", text.partition("DASARHUKUM\n")[2], re.MULTILINE)
        if bases != [str(number) for number in range(1, len(page_letters.LAWS) + 1)]:
            yield f"dasar hukum bernomor {bases}"
    yield from (
        f"{amount} terpotong" for amount in one.amounts if not re.search(rf"{re.escape(amount)}$", text, re.MULTILINE)
    )


def _lost(one: PageLetter, text: str) -> Iterator[str]:
    """Find words of the letter, in tables too, that stand on no page."""
    body = docx.Document(io.BytesIO(one.content)).element.body
    words = ["".join(some.text or "" for some in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
    yield from (f"{some} tidak tercetak" for some in words if _bare(some) not in text)


@pytest.mark.usefixtures("soffice")
def test_no_page_of_any_letter_would_be_sent_back(tmp_path: Path) -> None:
    found = dict(page_letters.in_fonts())
    paths = {name: tmp_path / f"{number}.docx" for number, name in enumerate(found)}
    for name, path in paths.items():
        path.write_bytes(found[name].content)
    made = pdf.convert([*paths.values()])
    assert [f"{name}: {one}" for name, path in paths.items() for one in faults(found[name], made[path])] == []
