"""Placeholders and commands that stand alone in their paragraph or table row, so that the whole of it is replaced.

What else may stand in such a paragraph, and what stands in the way there, is decided here.
"""

import re
from collections.abc import Iterator

from processor.letters.word import frames
from processor.letters.word.paragraphs import Frame
from processor.letters.word.styles import Element, TextSizes, W

PARAGRAPH = "_paragraf"
"""What a placeholder that stands alone in its paragraph becomes: a call with its value and its frame."""
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Characters that Word shows nothing of."""

_VALUE = re.compile(r"\s*\{\{(?:p\s)?[-+]?\s*([A-Za-z_][\w.]*)\s*[-+]?\}\}\s*")
_COMMAND = re.compile(r"\s*\{%(?:p\s)?[-+]?\s*((?!(?:tr|tc|r|p)\s)[^{}%]+?)\s*[-+]?%\}\s*")
_BOX = f"{W}txbxContent"
_NOTHING = {"pPr", "r", "rPr", "t", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"}
_GOES_WITH_A_COMMAND = {
    *("tab", "ptab", "softHyphen", "noBreakHyphen", "sdt", "sdtPr", "sdtEndPr", "sdtContent", "smartTag", "smartTagPr"),
    *("permStart", "permEnd"),
}
_REMOVE = "Hapus dari paragraf itu."
_OBSTACLES = {
    "sectPr": ("pemisah bagian (section break)", "Pindahkan pemisah bagian itu ke paragraf kosong di bawahnya."),
    "page": ("pemisah halaman", "Pindahkan pemisah halaman itu ke paragraf kosong tersendiri (Ctrl+Enter)."),
    "column": ("pemisah kolom", "Pindahkan pemisah kolom itu ke paragraf kosong tersendiri."),
    "br": ("ganti baris (Shift+Enter)", _REMOVE),
    "cr": ("ganti baris (Shift+Enter)", _REMOVE),
    "tab": ("tab", "Hapus tab itu; atur jaraknya lewat inden paragraf."),
    "ptab": ("tab", "Hapus tab itu; atur jaraknya lewat inden paragraf."),
    "sdt": ("kontrol konten (content control)", "Klik kanan pada kontrol itu, pilih Hapus Kontrol Konten."),
    "drawing": ("gambar atau kotak teks", "Pindahkan gambar atau kotak teks itu ke paragraf lain."),
    "pict": ("gambar atau kotak teks", "Pindahkan gambar atau kotak teks itu ke paragraf lain."),
    "object": ("objek sisipan", "Pindahkan objek itu ke paragraf lain."),
    "footnoteReference": ("catatan kaki", "Pindahkan catatan kaki itu ke paragraf lain."),
    "endnoteReference": ("catatan akhir", "Pindahkan catatan akhir itu ke paragraf lain."),
    "footnoteRef": ("nomor catatan kaki", "Tulis tempat isian itu di dalam isi surat, bukan di catatan kaki."),
    "endnoteRef": ("nomor catatan akhir", "Tulis tempat isian itu di dalam isi surat, bukan di catatan akhir."),
    "fldSimple": ("bidang (field)", "Pindahkan bidang itu ke paragraf lain."),
    "fldChar": ("bidang (field)", "Pindahkan bidang itu ke paragraf lain."),
    "hyperlink": ("tautan", "Klik kanan pada tautan itu, pilih Hapus Hipertautan."),
    "sym": ("simbol", _REMOVE),
    "oMath": ("rumus", "Pindahkan rumus itu ke paragraf lain."),
    "oMathPara": ("rumus", "Pindahkan rumus itu ke paragraf lain."),
    "softHyphen": ("tanda hubung khusus", _REMOVE),
    "noBreakHyphen": ("tanda hubung khusus", _REMOVE),
}
_OTHER = ("sesuatu yang bukan kata", "Ketik ulang tempat isian itu dalam paragraf baru, lalu hapus paragraf lamanya.")


def own_elements(paragraph: Element) -> Iterator[Element]:
    """Give what stands in a paragraph, but not in a text box that hangs from it."""
    for child in paragraph:
        yield child
        if child.tag != _BOX:
            yield from own_elements(child)


def own_words(paragraph: Element) -> str:
    """Give the words of a paragraph, without those of a text box that hangs from it."""
    return "".join(text.text or "" for text in own_elements(paragraph) if text.tag == f"{W}t")


def value_alone(words: str) -> str:
    """Give the name of the placeholder that ``words`` are nothing but; "" for anything else."""
    found = _VALUE.fullmatch(INVISIBLE.sub("", words))
    return found[1] if found else ""


def command_alone(words: str) -> str:
    """Give the command (``if uraian``) that ``words`` are nothing but; "" for anything else."""
    found = _COMMAND.fullmatch(INVISIBLE.sub("", words))
    return found[1] if found else ""


def in_the_way(paragraph: Element) -> tuple[tuple[str, str], ...]:
    """Say what keeps a paragraph from being replaced by what stands alone in it, each with its mend."""
    allowed = _NOTHING | (_GOES_WITH_A_COMMAND if command_alone(own_words(paragraph)) else set())
    section = paragraph.find(f"{W}pPr/{W}sectPr") is not None
    names = [_kind(element) for element in own_elements(paragraph) if not _inside_properties(element)]
    found = ["sectPr"] * section + [name for name in names if name not in allowed]
    known = [name for name in found if name in _OBSTACLES]
    return tuple(dict.fromkeys(_OBSTACLES[name] for name in known)) or ((_OTHER,) if found else ())


def _kind(element: Element) -> str:
    """Name an element; a break by what it breaks."""
    name = str(element.tag).rpartition("}")[2]
    return str(element.get(f"{W}type", "br")) if name == "br" else name


def _inside_properties(element: Element) -> bool:
    """Tell whether an element only describes how another looks."""
    return any(str(above.tag).endswith("Pr") for above in element.iterancestors()) and element.tag != f"{W}sectPr"


def rewrite(root: Element, found: list[Frame], sizes: TextSizes) -> None:
    """Let docxtpl replace whole paragraphs and rows; frames of placeholders that stand alone are added to ``found``."""
    for table in root.iter(f"{W}tbl"):
        _rewrite_rows(table)
    for paragraph in root.iter(f"{W}p"):
        words = own_words(paragraph)
        name, command = value_alone(words), command_alone(words)
        if not (name or command) or in_the_way(paragraph):
            continue
        if name:
            _replace_words(paragraph, f"{{{{p {PARAGRAPH}({name}, {len(found)}) }}}}")
            found.append(frames.frame_of(root, paragraph, sizes))
        else:
            _replace_words(paragraph, f"{{%p {command} %}}")


def _rewrite_rows(table: Element) -> None:
    """Let a command and its end that each have a row of their own repeat the rows between, as their writer means."""
    open_rows: list[list[tuple[Element, str]]] = []
    for row in table.findall(f"{W}tr"):
        command = command_alone("".join(text.text or "" for text in row.iter(f"{W}t")))
        first = command.partition(" ")[0]
        if first in {"if", "for"}:
            open_rows.append([(row, command)])
        elif first in {"elif", "else"} and open_rows:
            open_rows[-1].append((row, command))
        elif first in {"endif", "endfor"} and open_rows:
            for one, what in [*open_rows.pop(), (row, command)]:
                _replace_words(one, f"{{%tr {what} %}}")


def _replace_words(element: Element, words: str) -> None:
    """Let the run that began the placeholder hold all of ``words``."""
    texts = list(element.iter(f"{W}t"))
    first = next(text for text in texts if "{" in (text.text or ""))
    for text in texts:
        text.text = words if text is first else ""
