"""Reads a dropped file as tables: knows which kind of file it is, by its name and by its first bytes."""

from collections.abc import Iterator
from pathlib import Path

from processor.intake.sources import tables, workbooks
from processor.intake.sources.tables import SEPARATE, Table, unreadable_file

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
_UNPACK = "Google memberi CSV di dalam berkas ZIP: ekstrak dahulu, lalu taruh CSV di dalamnya di folder masuk."
_MENDS = {".zip": _UNPACK, ".xls": "Buka di Excel, simpan ulang sebagai .xlsx.", ".xlsb": "Simpan ulang sebagai .xlsx."}


def read(path: Path) -> Iterator[Table]:
    """Give every way in which ``path`` can be a table: one for each delimiter, or for each sheet.

    Raises:
        BrokenFiles: it is no table in any way; says why and what to do.
    """
    kind = path.suffix.lower()
    if kind not in (*tables.KINDS, *workbooks.KINDS):
        raise unreadable_file(path, f"Jenis berkas “{path.suffix}” tidak dapat dibaca.", _MENDS.get(kind, SEPARATE))
    content = _content(path)
    if content.startswith(_ZIP):
        if kind not in workbooks.KINDS:
            message = f"Isinya bukan teks, padahal namanya berakhir {path.suffix}."
            raise unreadable_file(path, message, "Ganti akhir namanya menjadi .xlsx.")
        yield from workbooks.read(path, content)
    elif kind in workbooks.KINDS:
        raise unreadable_file(path, f"Namanya berakhir {kind}, tetapi isinya bukan lembar kerja.", SEPARATE)
    else:
        yield from tables.read(path, content)


def _content(path: Path) -> bytes:
    """Read the file. Raises BrokenFiles when that fails, or it is empty or locked."""
    try:
        content = path.read_bytes()
    except OSError:
        mend = "Tutup berkas di program lain dan periksa hak bacanya."
        raise unreadable_file(path, "Berkas tidak dapat dibuka.", mend) from None
    if not content.strip(b"\0\r\n\t "):
        raise unreadable_file(path, "Berkas kosong.", SEPARATE)
    if content.startswith(_OLE):
        message = "Berkas terkunci kata sandi, atau bentuk Excel lama (.xls)."
        raise unreadable_file(path, message, "Buka di Excel, simpan ulang sebagai .xlsx tanpa kata sandi.")
    return content
