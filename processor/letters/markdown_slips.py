"""Finds what is no Markdown of letters, line by line: it comes out as it was typed, and its writer is told.

The handbook's page *Markdown untuk surat* is the grammar; each of these sentences leads back to it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from processor.letters import enumeration, footnotes, inline_markdown, lookalike_slips, markdown, markdown_lines
from processor.letters.inline_markdown import SYMBOLS
from processor.letters.markdown import Reading
from processor.letters.markdown_blocks import BULLET, Block, Item, MarkdownSlip, TableBlock
from processor.letters.markdown_lines import TextLine
from processor.letters.word import tables

AS_TYPED = "jadi tercetak apa adanya"
DEEPEST = 8
"""The deepest level that Word knows, from 0."""

_UPRIGHT = 9355  # twips: the lines of the shipped templates
_TAGS = (
    r"(?i:b|i|u|s|strong|em|br|p|div|span|su[bp]|table|t[dhr]|[uo]l|li|a|img|h[1-6r]|font|center|del|ins|mark|code|pre)"
)
_PATTERNS = tuple(
    (re.compile(pattern), message, mend)
    for pattern, message, mend in (
        (r"^(?:`{3}|~{3})", f"Pagar kode bukan tanda surat, {AS_TYPED}.", "Hapus tandanya."),
        (r"^={3,}\s*$", f"Garis === tidak membuat judul, {AS_TYPED}.", "Beri ## dan spasi di depan judulnya."),
        (r"^#{1,6}[^\W\d_]", f"Sesudah # harus ada spasi, {AS_TYPED}.", "Tulis ## Judul."),
        (r"^#{7,}\s", f"Judul paling banyak enam tingkat, {AS_TYPED}.", "Kurangi tanda #."),
        (
            r"^(?:\(?[0-9]{1,2}\)|[0-9]{1,2}\.|[a-z]\))[^\W\d_]|^(?:[a-z]\.|[-+•])[A-Z][a-z]",
            "Sesudah tanda butir harus ada spasi, jadi baris ini bukan butir.",
            "Beri satu spasi sesudah tandanya. Memang kata? Biarkan.",
        ),
        (r"^(?:[-*+]\s+)?\[[ xX]\]\s", f"Kotak centang bukan tanda surat, {AS_TYPED}.", "Tulis dengan kata."),
        (r"^(?:!!!|\?\?\?|:::|\[TOC\])", f"Tanda ini hanya dikenal di situs, {AS_TYPED}.", "Hapus tandanya."),
        (r"!\[[^\]]{0,200}\]\(", f"Gambar tidak dapat dimuat dari naskah, {AS_TYPED}.", "Lampirkan gambarnya."),
        (
            r"(?<![!\\])\[[^\]^][^\]]{0,200}\](?:\((?!https?://|mailto:|www\.)[^)\s.]{1,200}\.[^)\s]{1,200}\)|\[[^\]]{1,99}\])"
            r"|^\[[^\]^][^\]]{0,200}\]:\s",
            f"Tautan ini tidak beralamat lengkap, {AS_TYPED}.",
            "Tulis [kata](https://alamat) di kalimatnya.",
        ),
        (
            rf"</?{_TAGS}(?:\s[^<>]*)?/?>|<!--",
            f"Tanda HTML bukan tanda surat, {AS_TYPED}.",
            "Hapus. Untuk tebal **kata**, untuk miring *kata*.",
        ),
        (r"&(?:[a-z]{2,8}|#[0-9]{1,6});", f"Kode huruf (&…;) tidak dibaca, {AS_TYPED}.", "Ketik hurufnya sendiri."),
        (r"~~[^~\s]", f"Coretan ~~ bukan tanda surat, {AS_TYPED}.", "Hapus tandanya."),
        (r"==[^=\s][^=]*==", f"Sorotan == bukan tanda surat, {AS_TYPED}.", "Pakai **tebal**."),
        (r"(?<!\w)`[^`\s](?:[^`]*[^`\s])?`(?!\w)", f"Tanda ` bukan tanda surat, {AS_TYPED}.", "Pakai *miring*."),
        (r"\w\^\w+\^|\w~\w+~", f"Tanda naik dan turun tidak dikenal, {AS_TYPED}.", "Ketik hurufnya, seperti m²."),
    )
)
_NESTED = re.compile(r"\s*>\s*>")
_IN_TABLE = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def slips(text: str) -> list[MarkdownSlip]:
    """Find what is no Markdown of letters in ``text``, in the order of its lines."""
    reading, lines = markdown.reading(text), markdown_lines.lines_of(text)
    alike, of_lines = [*lookalike_slips.slips(reading, lines)], [*_of_lines(text)]
    told, seen = {slip.line for slip in of_lines}, {slip.line for slip in alike}
    reading = replace(reading, joined=tuple(at for at in reading.joined if at not in seen))
    found = [*footnotes.slips(text), *of_lines, *_of_blocks(reading, lines), *_of_notes(text)]
    return sorted([*found, *(slip for slip in alike if slip.line not in told)], key=lambda slip: slip.line)


def _of_lines(text: str) -> Iterator[MarkdownSlip]:
    """Find the signs of other kinds of Markdown, and letters that no font has."""
    for at, line in enumerate(markdown_lines.LINE_END.split(text)):
        words = markdown_lines.lines_of(line)[0].words
        shown = _IN_TABLE.sub("", words) if "|" in words else words
        for pattern, message, mend in _PATTERNS:
            if pattern.search(shown):
                yield MarkdownSlip(at, message, mend)
        if _NESTED.match(line):
            yield MarkdownSlip(at, "Kutipan di dalam kutipan tercetak satu tingkat.", "Sisakan satu tanda >.")
        if strange := _STRANGE.search(words.lstrip("".join(map(chr, SYMBOLS))).translate(SYMBOLS)):
            code = f"U+{ord(strange[0]):04X}"
            yield MarkdownSlip(at, f"Ada huruf yang tidak dikenal ({code}), {AS_TYPED}.", "Ketik ulang hurufnya.")


def _of_blocks(reading: Reading, lines: Sequence[TextLine]) -> Iterator[MarkdownSlip]:
    """Find signs without their partner, numbers that come twice, and lines that only seem to stand below an item."""
    numbers: set[tuple[int, str]] = set()
    for block, start, end in zip(reading.blocks, reading.starts, [*reading.starts[1:], len(lines)], strict=False):
        yield from _unpaired(block, start, [line.words for line in lines[start:end]])
        yield from _too_wide(block, start)
        if not isinstance(block, Item):
            continue
        if block.mark != BULLET and (block.which, block.mark) in numbers:
            message = f"Tanda {block.mark} muncul dua kali dalam satu daftar; tercetak seperti yang diketik."
            yield MarkdownSlip(start, message, "Memang begitu? Biarkan. Bila tidak, urutkan nomornya.")
        numbers.add((block.which, block.mark))
        if block.place.depth + block.place.below > DEEPEST:
            yield MarkdownSlip(
                start, "Surat mengenal sembilan tingkat butir; yang lebih dalam disejajarkan.", "Ringkas."
            )
    for at in reading.unlisted:
        message = "Baris ini mulai seperti butir, tetapi dibaca sebagai lanjutan kalimat di atasnya."
        yield MarkdownSlip(at, message, "Memang butir? Beri baris kosong di atasnya.")
    for at in sorted({*reading.joined} - {*reading.unlisted}):
        message = "Baris ini disambung ke butir di atasnya, walaupun tidak menjorok."
        yield MarkdownSlip(
            at, message, "Memang lanjutannya? Beri dua spasi di depan. Alinea sendiri? Beri baris kosong di atasnya."
        )


def _of_notes(text: str) -> Iterator[MarkdownSlip]:
    """Find tables in footnotes."""
    for note in footnotes.notes_of(text.split("\n")) if "[^" in text else ():
        if any(isinstance(block, TableBlock) for block in markdown.blocks(note.words)):
            message = f"Tabel di dalam catatan kaki [^{note.name}] tercetak sebagai baris biasa."
            yield MarkdownSlip(note.first, message, "Pindahkan tabelnya ke luar catatan kaki.")


def _too_wide(block: Block, start: int) -> Iterator[MarkdownSlip]:
    """Find tables whose words are broken, or that Word takes as none."""
    if not isinstance(block, TableBlock):
        return
    columns, mend = len(block.table.sides), "Bagi menjadi dua tabel, atau singkat katanya."
    if columns > tables.MOST:
        message = f"Tabel ini berkolom {columns}, padahal Word mengenal {tables.MOST}; tercetak sebagai baris biasa."
        yield MarkdownSlip(start, message, mend)
    elif tables.is_too_wide(block.table, _UPRIGHT):
        message = f"Tabel ini berkolom {columns} dan terlalu lebar untuk kertas tegak; katanya terpotong."
        yield MarkdownSlip(start, message, mend)


def _unpaired(block: Block, start: int, lines: list[str]) -> Iterator[MarkdownSlip]:
    """Find signs of bold and italics that have no partner in their paragraph."""
    if isinstance(block, TableBlock):
        return
    mark = enumeration.mark_of(lines[0]) if isinstance(block, Item) else None
    words = lines[0][mark.end :] if mark else lines[0]
    for sign in inline_markdown.unpaired(inline_markdown.join_lines([words, *lines[1:]])):
        at = next((at for at, line in enumerate(lines) if sign in line), 0)
        plain = "".join(f"\\{one}" for one in sign)
        message = f"Tanda {sign} tidak berpasangan di alinea ini, {AS_TYPED}."
        yield MarkdownSlip(start + at, message, f"Lengkapi pasangannya, atau hapus. Memang tanda biasa? Tulis {plain}.")
