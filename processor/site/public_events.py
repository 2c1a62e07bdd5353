"""Events of the register's ``kegiatan/`` that the office made public (``umum``), as the site's builder is handed them.

How many came is never among it, nor an event in whose file something is wrong.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from processor.cases import office_record_files
from processor.cases.office_records import Activity
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings import Settings

_KINDS = {
    "sosialisasi": "Sosialisasi",
    "pelatihan": "Pelatihan petugas",
    "edukasi_netralitas": "Edukasi netralitas ASN",
}
_WAYS = {"tatap_muka": "tatap muka", "whatsapp": "WhatsApp", "instagram": "Instagram", "jdih": "JDIH"}


def read(office: Settings) -> list[Mapping[str, str]]:
    """Give the events of the register that are public today: a mark of their own, the day since when, and words."""
    return _public(office.register, _today(office))


def _today(office: Settings) -> date:
    return datetime.now(office.layanan.zone).date()


def _public(register: Path, today: date) -> list[Mapping[str, str]]:
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
        if one.umum and one.umum <= today and str(path) not in wrong
    ]


def _words(one: Activity) -> Iterator[str]:
    way = _WAYS.get(one.cara, one.cara) if one.cara else ""
    for name, said in (("Untuk", one.sasaran), ("Tempat", one.tempat), ("Cara", way)):
        if said:
            yield f"{name}: {said.rstrip('.')}."


def mark(office: Settings) -> str:
    """Give a text that differs once a public event changed; files are read on a new day, and where one of them did."""
    folder = office.register / office_record_files.ACTIVITIES
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    stats = ((path.name, path.stat()) for path in paths if path.is_file())
    seen = " ".join(f"{name}.{stat.st_size}.{stat.st_mtime_ns}" for name, stat in stats)
    return _digest(office.register, _today(office), seen) if seen else ""


@lru_cache(maxsize=8)
def _digest(register: Path, today: date, _seen: str) -> str:
    """Digest the public events of files that are as they were ``_seen``."""
    return hashlib.sha256(json.dumps(_public(register, today)).encode()).hexdigest()
