"""Tells which kinds of files look like a Word template and are none, and how to save each as one."""

import io
import zipfile
from collections.abc import Mapping

from processor.letters.word import package_parts, styles, zip_package

_AS_WORD = "Buka di Word, lalu simpan sebagai Dokumen Word (*.docx)."
_OLD = (
    "Naskah ini terkunci kata sandi atau berbentuk Word lama (.doc).",
    "Buka di Word, kosongkan kata sandinya (File, Info, Proteksi Dokumen, Enkripsi dengan Kata Sandi), lalu simpan "
    "sebagai Dokumen Word (*.docx).",
)
_STARTS = {
    b"\xd0\xcf\x11\xe0": _OLD,
    b"{\\rtf": ("Naskah ini berbentuk RTF, walaupun namanya berakhir .docx.", _AS_WORD),
    b"%PDF": ("Naskah ini PDF, walaupun namanya berakhir .docx.", "Taruh naskah Word aslinya, bukan hasil cetaknya."),
    b"<": ("Naskah ini halaman web atau XML, walaupun namanya berakhir .docx.", _AS_WORD),
}
_STRICT = (
    "Naskah ini disimpan sebagai “Dokumen Open XML Ketat” (Strict Open XML), yang tidak dapat diisi.",
    "Di Word: File, Simpan Sebagai, pilih jenis “Dokumen Word (*.docx)”, bukan yang bertulisan Ketat atau Strict.",
)
TOO_LARGE = (
    "Naskah ini terlalu besar untuk templat surat: isinya membesar tidak wajar ketika dibuka.",
    "Buat dari naskah yang bersih: salin kata-katanya ke dokumen Word baru.",
)
_DECLARED = ("Naskah ini memuat deklarasi DOCTYPE, yang tidak pernah ditulis Word.", _AS_WORD)
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_MOST_TAGS, _MOST_BYTES = 100_000, 4 * 2**20
"""Signs < and bytes of one part: more than any form of an office has."""
_MACRO = ("Naskah ini berisi makro.", "Simpan sebagai Dokumen Word (*.docx) tanpa makro.")
_DOTX = (
    "Naskah ini disimpan sebagai Templat Word (.dotx), walaupun namanya berakhir .docx.",
    "Di Word: File, Simpan Sebagai, pilih jenis “Dokumen Word (*.docx)”.",
)


def unread(content: bytes) -> tuple[str, str]:
    """Say what a file is that could not be read as a Word document, and how to mend it."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, words in _STARTS.items():
        if start.startswith(beginning):
            return words
    if _is_swollen(content):
        return TOO_LARGE
    if _is_open_document(content):
        return "Naskah ini berbentuk OpenDocument (.odt), walaupun namanya berakhir .docx.", _AS_WORD
    return "Bukan berkas Word yang utuh.", _AS_WORD


def _is_swollen(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return zip_package.is_swollen(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _is_open_document(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"opendocument" in archive.read("mimetype")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return False


def strange(parts: Mapping[str, bytes]) -> tuple[str, str] | None:
    """Say what keeps a Word document from being a template though it can be read; None where it is well."""
    texts = [content for name, content in parts.items() if name.endswith((".xml", ".rels"))]
    if any(sign in content for content in texts for sign in _DOCTYPE):
        return _DECLARED
    return TOO_LARGE if any(map(_is_long, texts)) else None


def _is_long(content: bytes) -> bool:
    return len(content) > _MOST_BYTES or content.count(b"<") > _MOST_TAGS


def saved_otherwise(parts: Mapping[str, bytes]) -> tuple[str, str] | None:
    """Say how a Word document must be saved that Word itself would save in several ways; None where it is well."""
    letter = package_parts.letter(parts)
    if styles.parse_part(parts[letter]).find("{*}body") is None:
        return "Naskah ini tidak berisi surat.", _AS_WORD
    kind = package_parts.content_types(parts)[letter]
    if package_parts.STRICT in parts[letter]:
        return _STRICT
    if "macroEnabled" in kind:
        return _MACRO
    return _DOTX if "template" in kind else None
