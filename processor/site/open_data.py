"""Published figures as open data: CSV and JSON with their schema, named in a Frictionless data package. Pure."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

FOLDER, WHOLE = "kinerja/data", "kinerja.json"
"""Where open data lie in the site, and the file of them that holds every publication."""
_HEAD: Mapping[str, tuple[str, str]] = {
    "terbitan": ("string", "Nama terbitan: periode, dan ~2 bila dihitung ulang"),
    "periode": ("string", "Triwulan (2026-3) atau tahun (2026)"),
    "terbit": ("date", "Hari terbit"),
    "tabel": ("string", "Tabel atau ukuran"),
    "waktu": ("string", "Bagian waktu yang dihitung, misalnya 2026/3 di dalam tabel tahun 2026"),
    "butir": ("string", "Baris tabel; kosong untuk jumlah semua"),
    "nama": ("string", "Nama baris itu"),
    "nilai": ("number", "Angkanya; kosong bila tidak ditampilkan"),
    "satuan": ("string", "Satuan angka"),
}
_LICENSES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.id"),
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.id"),
}


def files(publications: Sequence[Mapping[str, Any]], license_name: str, publisher: str) -> dict[str, str]:
    """Make the files of open data, by their names in the site's folder ``FOLDER``.

    Args:
        publications: Frozen publications as data, oldest first; without any, there are no files.
        license_name: ``CC BY 4.0`` or ``CC0 1.0``.
        publisher: The agency's name.
    """
    if not publications:
        return {}
    code, address = _LICENSES[license_name]
    named = {"nama": code, "alamat": address}
    whole = {"penerbit": publisher, "lisensi": named, "terbitan": [*publications]}
    package = {
        "name": "kinerja-layanan",
        "title": f"Kinerja layanan bantuan hukum, {publisher}",
        "licenses": [{"name": code, "path": address}],
        "resources": [
            {
                "name": "kinerja",
                "path": "kinerja.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [*_fields()], "missingValues": [""]},
            },
            {"name": "kinerja-lengkap", "path": WHOLE, "format": "json", "mediatype": "application/json"},
        ],
    }
    return {
        "kinerja.csv": _csv(publications),
        WHOLE: _json(whole),
        "kinerja.schema.json": _json(schema()),
        "datapackage.json": _json(package),
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _fields() -> Iterator[dict[str, str]]:
    for name, (kind, words) in _HEAD.items():
        yield {"name": name, "type": kind, "description": words}


def _csv(publications: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_HEAD)
    for one in publications:
        rows.writerows(_rows(one))
    return text.getvalue()


def _rows(one: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """Give a row for every number of a publication, also for those that are not shown."""
    first = (one["nama"], one["periode"], one["terbit"])
    labels = {words["nama"]: words["label"] for words in one["tabel"]}
    for table in one["angka"]["tabel"]:
        for cell in table["angka"]:
            node = next((place for axis, place in cell.items() if axis not in {"periode", "jumlah"}), "")
            label = labels.get(table["nama"], {}).get(node, node) if node else "Semua permohonan"
            yield (*first, table["nama"], cell["periode"], node, label, cell["jumlah"], "permohonan")
    for value in one["nilai"]:
        for row in value["baris"]:
            yield (*first, value["kunci"], "", row["kunci"], row["nama"], row["nilai"], row["satuan"])


def schema() -> dict[str, Any]:
    """Give the JSON schema of ``kinerja.json``."""
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 0}
    number = {"type": ["number", "null"]}
    axis = _object(nama=text, akar=text, butir={"type": "array", "items": text}, kategori={"type": "boolean"})
    cell = {
        "type": "object",
        "description": "Simpul pada tiap sumbu, dan jumlahnya; null bila tidak ditampilkan",
        "properties": {"periode": text, "jumlah": {"type": ["integer", "null"], "minimum": 3}},
        "required": ["periode", "jumlah"],
        "additionalProperties": text,
    }
    table = _object(nama=text, keterangan=text, sumbu=_list(axis), angka=_list(cell))
    words = _object(nama=text, judul=text, definisi=text, label={"type": "object", "additionalProperties": text})
    row = _object(kunci=text, nama=text, nilai=number, satuan=text)
    value = _object(kunci=text, judul=text, definisi=text, baris=_list(row), keterangan=text)
    publication = _object(
        jenis={"const": "terbitan angka Payung"},
        versi={"const": 1},
        nama={"type": "string", "pattern": "^[0-9]{4}(-[1-4])?(~[0-9]+)?$"},
        periode={"type": "string", "pattern": "^[0-9]{4}(-[1-4])?$"},
        judul=text,
        hitungan={"type": "integer", "minimum": 1},
        terbit={"type": "string", "format": "date"},
        janji=_object(batas_menit=whole, sasaran_menit=whole, menit_sehari=whole),
        angka=_object(nama=text, tabel=_list(table)),
        tabel=_list(words),
        nilai=_list(value),
    )
    top = _object(penerbit=text, lisensi=_object(nama=text, alamat=text), terbitan=_list(publication))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kinerja layanan: semua angka yang pernah diterbitkan",
        **top,
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}
