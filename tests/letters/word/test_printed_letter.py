"""What a letter prints: the same whatever program saved it, and another thing after whatever a reader would see."""

import io
import re
import subprocess
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph
from PIL import Image

from processor.cases.records import Applicant
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.settings import Settings
from processor.letters import documents
from processor.letters.word import printed_letter, zip_package
from processor.letters.word.printed_letter import PrintedLetter
from tests import letter_samples

TABLE = """| Hari | Peristiwa |
|---|---:|
| 45 | **peringatan** |

Kata yang bercatatan[^1].

[^1]: Bunyi catatannya.
"""


def inside() -> tuple[Applicant, Settings, Catalogue, Path]:
    """What a letter is made of beside its case."""
    return letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue(), letter_samples.OPINIONS


@cache
def letter(kind: documents.LetterKind = "pendapat_hukum", *, draft: bool = False) -> bytes:
    return documents.render(kind, letter_samples.sample_of(kind), *inside(), draft=draft, mark="0" * 24)


def printed(content: bytes) -> PrintedLetter:
    found = printed_letter.read(content)
    assert found is not None
    return found


def edited(content: bytes, edit: Callable[[Document], object]) -> bytes:
    """The letter after somebody opened it, did that, and saved."""
    opened, saved = docx.Document(io.BytesIO(content)), io.BytesIO()
    edit(opened)
    opened.save(saved)
    return saved.getvalue()


def paragraph(opened: Document, words: str) -> Paragraph:
    return next(one for one in opened.paragraphs if words in one.text)


def decorated(opened: Document) -> None:
    """Everything that people put into letters and that a program may save otherwise."""
    for colour, kind in (("red", "PNG"), ("blue", "JPEG")):
        picture = io.BytesIO()
        Image.new("RGB", (60, 40), colour).save(picture, kind)
        opened.add_picture(picture, width=Cm(3))
    for row in opened.add_table(rows=2, cols=2).rows:
        for number, cell in enumerate(row.cells):
            cell.text = f"sel {number}"
    fonts = [opened.add_paragraph("rupa ").add_run(f"kata {number}").font for number in range(6)]
    fonts[0].underline, fonts[1].strike, fonts[2].size, fonts[3].superscript = True, True, Pt(8), True
    fonts[4].color.rgb, fonts[5].highlight_color = RGBColor(200, 0, 0), WD_COLOR_INDEX.YELLOW
    opened.add_paragraph("spasi  ganda, keras\u00a0dan \u2011 tanda\u00ad hubung").alignment = WD_ALIGN_PARAGRAPH.CENTER
    opened.add_paragraph("halaman baru").paragraph_format.page_break_before = True
    opened.add_paragraph("menjorok").paragraph_format.first_line_indent = Cm(-0.55)


@pytest.mark.long
@pytest.mark.slow
def test_a_letter_that_libreoffice_saved_anew_prints_the_same(tmp_path: Path, soffice: str) -> None:
    originals: dict[str, bytes] = {kind: letter(kind) for kind in documents.KINDS}
    originals["tabel"] = documents.render("pendapat_hukum", letter_samples.case(kajian__analisis=TABLE), *inside())
    originals |= {"konsep": letter(draft=True), "rupa": edited(letter(), decorated)}
    for name, content in originals.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    profile, to = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", tmp_path / "lagi"
    words = [soffice, "--headless", profile, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(to)]
    subprocess.run([*words, *map(str, sorted(tmp_path.glob("*.docx")))], check=True, capture_output=True)
    saved = {name: (to / f"{name}.docx").read_bytes() for name in originals}
    assert [name for name in originals if saved[name] == originals[name]] == [], "its bytes are others"
    assert {name for name in originals if printed(saved[name]).digest != printed(originals[name]).digest} == set()


def as_word_saves(content: bytes) -> bytes:
    """The same letter with what Word adds: ids of revisions, checks of spelling, split runs, languages, properties."""
    parts = zip_package.read(content)
    text = parts["word/document.xml"].decode()
    text = text.replace("<w:r>", '<w:r w:rsidR="00A1B2C3">').replace("<w:p>", '<w:p w:rsidP="1F" w:rsidR="00C3">')
    cut = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:lang w:val="id-ID"/></w:rPr><w:t>'
    assert "<w:t>BATASAN" in text
    text = text.replace("<w:t>BATASAN", f"<w:t>BAT{cut}ASAN")
    properties = re.sub(rb"<dc:title>.*?</dc:title>", b"<dc:creator>Pejabat</dc:creator>", parts[zip_package.CORE])
    changed = {**parts, "word/document.xml": text.encode(), zip_package.CORE: properties}
    return zip_package.write(dict(reversed(changed.items())))


def test_a_letter_that_word_saved_anew_prints_the_same() -> None:
    saved = as_word_saves(letter())
    assert saved != letter()
    assert printed(saved).digest == printed(letter()).digest


def start_at(opened: Document, first: str) -> None:
    """Let the last list of its own begin with another number."""
    numbering = opened.part.numbering_part.element
    next(numbering.iter(qn("w:startOverride"))).set(qn("w:val"), first)


def hide(opened: Document) -> None:
    paragraph(opened, "Simpan asli").runs[0].font.hidden = True


EDITS: dict[str, Callable[[Document], object]] = {
    "kata": lambda one: paragraph(one, "Simpan asli").runs[0].add_text(" segera"),
    "paragraf dihapus": lambda one: (found := paragraph(one, "Simpan asli")._p).getparent().remove(found),
    "tebal": lambda one: setattr(paragraph(one, "Simpan asli").runs[0], "bold", True),
    "miring hilang": lambda one: setattr(paragraph(one, "somasi kepada pemohon").runs[1], "italic", False),
    "garis bawah": lambda one: setattr(paragraph(one, "Simpan asli").runs[0], "underline", True),
    "ukuran": lambda one: setattr(paragraph(one, "Simpan asli").runs[0].font, "size", Pt(9)),
    "rata": lambda one: setattr(paragraph(one, "Sehubungan"), "alignment", WD_ALIGN_PARAGRAPH.CENTER),
    "masuk": lambda one: setattr(paragraph(one, "Sehubungan").paragraph_format, "left_indent", Cm(2)),
    "halaman": lambda one: setattr(paragraph(one, "BATASAN").paragraph_format, "page_break_before", True),
    "tersembunyi": hide,
    "nomor daftar": lambda one: start_at(one, "4"),
    "kaki": lambda one: one.sections[0].footer.paragraphs[0].runs[0].add_text("!"),
    "tepi": lambda one: setattr(one.sections[0], "left_margin", Cm(5)),
}


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_a_reader_would_see_is_another_print(edit: str) -> None:
    saved = edited(letter(), EDITS[edit])
    assert printed(saved).digest != printed(letter()).digest
    assert printed(edited(letter(), lambda _: None)).digest == printed(letter()).digest, "saved, and nothing done"


def test_another_picture_in_the_place_of_one_is_another_print() -> None:
    pictures = []
    for colour in ("red", "blue"):
        picture = io.BytesIO()
        Image.new("RGB", (60, 40), colour).save(picture, "PNG")
        pictures.append(edited(letter(), partial(Document.add_picture, image_path_or_stream=picture, width=Cm(3))))
    assert printed(pictures[0]).digest != printed(pictures[1]).digest


def add_field(opened: Document, instruction: str, shown: str) -> None:
    """Put a field at the end, showing that."""
    simple = OxmlElement("w:fldSimple", {qn("w:instr"): instruction})
    opened.add_paragraph("Dicetak ")._p.append(simple)
    simple.append(opened.paragraphs[-1].add_run(shown)._r)


def test_words_that_a_program_fills_in_by_itself_do_not_count_and_those_of_other_fields_do() -> None:
    def digests(instruction: str) -> set[str]:
        saved = (edited(letter(), partial(add_field, instruction=instruction, shown=one)) for one in ("satu", "dua"))
        return {printed(one).digest for one in saved}

    assert len(digests(' DATE \\@ "d MMMM yyyy" ')) == 1
    assert len(digests(" REF nomor ")) == 2


def test_a_page_without_margins_has_those_that_word_takes() -> None:
    def without(opened: Document) -> None:
        margins = opened.sections[0]._sectPr.find(qn("w:pgMar"))
        margins.getparent().remove(margins)

    def usual(opened: Document) -> None:
        for side in ("top_margin", "right_margin", "bottom_margin", "left_margin"):
            setattr(opened.sections[0], side, Inches(1))

    assert printed(edited(letter(), without)).digest == printed(edited(letter(), usual)).digest


def test_marks_of_lists_are_told_as_they_are_printed() -> None:
    told = {one.words: one.mark for one in printed(letter()).paragraphs}
    assert [told[word] for word in ("FAKTA DAN KASUS POSISI", "peringatan kedua pada hari ke-60; dan")] == ["II.", "b."]
    assert told["ditandatangani semua yang hadir."] == "–"


def track(opened: Document, name: str) -> None:
    """Let the last words of a paragraph be somebody's tracked insertion or deletion."""
    run = paragraph(opened, "Simpan asli").runs[-1]._r
    change = OxmlElement(f"w:{name}", {qn("w:id"): "9", qn("w:author"): "Penyunting"})
    run.addprevious(change)
    change.append(run)


def test_tracked_changes_count_as_accepted_and_are_told() -> None:
    assert not printed(letter()).tracked
    inserted, deleted = (printed(edited(letter(), partial(track, name=name))) for name in ("ins", "del"))
    assert (inserted.tracked, deleted.tracked) == (True, True)
    assert inserted.digest == printed(letter()).digest
    assert "Simpan asli" not in deleted.text


def test_a_comment_is_told_and_prints_nothing() -> None:
    def comment(opened: Document) -> None:
        opened.add_comment(paragraph(opened, "Simpan asli").runs, text="Benarkah?", author="Penyunting")

    found = printed(edited(letter(), comment))
    assert (found.commented, printed(letter()).commented) == (True, False)
    assert found.digest == printed(letter()).digest


@pytest.mark.parametrize("content", [b"", b"rusak", letter_samples.repacked(zip_package.write({"a.xml": b"<a/>"}))])
def test_what_is_no_word_file_prints_nothing(content: bytes) -> None:
    assert printed_letter.read(content) is None


def test_a_damaged_part_makes_no_word_file() -> None:
    parts = zip_package.read(letter())
    assert printed_letter.read(zip_package.write({**parts, "word/document.xml": b"<w:document"})) is None
