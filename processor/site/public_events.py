"""Events of the register's ``kegiatan/`` that the office made public (``umum``), as the site's builder is handed them.

How many came is never among it, nor an event in whose file something is wrong.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from processor.cases import office_record_files
from processor.cases.office_records import Activity
from processor.foundation.indonesian_dates import tanggal

_KINDS = {
    "sosialisasi": "Sosialisasi",
    "pelatihan": "Pelatihan petugas",
    "edukasi_netralitas": "Edukasi netralitas ASN",
}
_WAYS = {"tatap_muka": "tatap muka", "whatsapp": "WhatsApp", "instagram": "Instagram", "jdih": "JDIH"}


def read(register: Path) -> list[Mapping[str, str]]:
    """Give the public events of a register's folder: a mark of their own, the day from which they are, and words."""
    found = office_record_files.activities(register)
    wrong = {problem.place for problem in found.problems}
    return [
        {
            "tanda": hashlib.sha256(path.stem.encode()).hexdigest()[:12],
            "umum": one.umum.isoformat(),
            "judul": ": ".join(filter(None, (f"{_KINDS[one.jenis]}, {tanggal(one.tanggal)}", one.materi))),
            "isi": " ".join(_words(one)),
        }
        for one, (path, _) in zip(found.entries, found.places, strict=True)
        if one.umum and str(path) not in wrong
    ]


def _words(one: Activity) -> Iterator[str]:
    way = _WAYS.get(one.cara, one.cara) if one.cara else ""
    for name, said in (("Untuk", one.sasaran), ("Tempat", one.tempat), ("Cara", way)):
        if said:
            yield f"{name}: {said.rstrip('.')}."


def mark(register: Path) -> str:
    """Give a text that differs once a public event changed; files are read only where one of them did."""
    folder = register / office_record_files.ACTIVITIES
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    stats = ((path.name, path.stat()) for path in paths if path.is_file())
    seen = " ".join(f"{name}.{stat.st_size}.{stat.st_mtime_ns}" for name, stat in stats)
    return _digest(register, seen) if seen else ""


@lru_cache(maxsize=8)
def _digest(register: Path, _seen: str) -> str:
    """Digest the public events of files that are as they were ``_seen``."""
    return hashlib.sha256(json.dumps(read(register)).encode()).hexdigest()
