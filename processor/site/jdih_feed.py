"""``resmi/jdih.json``: official texts by the fields with which the national network of legal documents (JDIHN) gathers.

A top-level list of flat objects, all values text, ``-`` where a field does not apply. Never anything of a request.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from processor.foundation.settings import Settings
from processor.site import official_texts
from processor.site.official_texts import OfficialFile

FILE = "jdih.json"
_NONE = "-"


def add(found: Settings, site: Path) -> None:
    """Leave in the folder of a built ``site`` its page and the sound texts alone, and put their feed beside them."""
    folder = site / Path(official_texts.PAGE).parent
    listed = (folder / "index.html").is_file()
    texts = official_texts.texts(found) if listed else ()
    kept = {folder / name for name in ("index.html", *(one.name for one in texts))}
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in kept]:
        path.unlink()
    if texts:
        (folder / FILE).write_text(feed(found, texts), "utf-8", newline="")


def feed(found: Settings, texts: Sequence[OfficialFile]) -> str:
    """Write the feed of ``texts``."""
    return json.dumps([_record(found, one) for one in texts], ensure_ascii=False, indent=1) + "\n"


def _record(found: Settings, one: OfficialFile) -> dict[str, str]:
    text, page = one.text, f"{found.situs.alamat}{Path(official_texts.PAGE).parent.as_posix()}/"
    title = f"{text.jenis} Nomor {text.nomor} tentang {text.tentang}" if text.tentang else text.judul
    known = {
        "idData": str(int(hashlib.sha256(one.name.encode()).hexdigest()[:8], 16)),
        "tahun_pengundangan": str(text.tanggal.year),
        "tanggal_pengundangan": text.tanggal.isoformat(),
        "jenis": text.jenis,
        "noPeraturan": text.nomor,
        "judul": title,
        "singkatanJenis": text.singkatan,
        "tempatTerbit": found.instansi.kota,
        "penerbit": found.instansi.nama,
        "deskripsiFisik": f"{one.pages} hlm.",
        "subjek": text.subjek,
        "status": text.status.capitalize(),
        "bahasa": "Indonesia",
        "teuBadan": found.instansi.pemerintah,
        "fileDownload": one.name,
        "urlDownload": f"{page}{one.name}",
        "urlDetailPeraturan": f"{page}#{Path(one.name).stem}",
        "operasi": "4",
        "display": "1",
    }
    return {field: known.get(field) or _NONE for field in FIELDS}


FIELDS = (
    "idData", "tahun_pengundangan", "tanggal_pengundangan", "jenis", "noPeraturan", "judul", "noPanggil",
    "singkatanJenis", "tempatTerbit", "penerbit", "deskripsiFisik", "sumber", "subjek", "isbn", "status", "bahasa",
    "bidangHukum", "teuBadan", "nomorIndukBuku", "fileDownload", "urlDownload", "urlDetailPeraturan", "operasi",
    "display",
)  # fmt: skip
"""The fields of JDIHN, in their order."""


def schema() -> dict[str, Any]:
    """Give the JSON schema of the feed."""
    text: dict[str, Any] = {"type": "string", "minLength": 1}
    address = {"type": "string", "pattern": r"^https?://\S+$"}
    fields = dict.fromkeys(FIELDS, text) | {
        "idData": {"type": "string", "pattern": "^[0-9]+$"},
        "tahun_pengundangan": {"type": "string", "pattern": "^[0-9]{4}$"},
        "tanggal_pengundangan": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "urlDownload": address,
        "urlDetailPeraturan": address,
        "operasi": {"const": "4"},
        "display": {"const": "1"},
    }
    record = {"type": "object", "properties": fields, "required": [*FIELDS], "additionalProperties": False}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "items": record}
