"""How ``permohonan.yaml`` looks: the text of a new one, and the schema with which an editor completes it."""

import json
from functools import cache
from typing import Any

from processor.cases.case_file import CaseFile
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_writer import dump

SCHEMA_FROM_CASE = "../../.payung/permohonan.schema.json"


def schema(taxonomy: Taxonomy) -> dict[str, Any]:
    """Make the JSON Schema with which an editor completes and explains the keys of a case."""
    model = _model_schema()
    verification = model["$defs"]["Verification"]
    asked = verification["properties"] | {
        name: verification["properties"][name] | {"type": ["string", "null"], "enum": [*getattr(taxonomy, name), None]}
        for name in type(taxonomy).model_fields
    }
    parts = model["$defs"] | {"Verification": verification | {"properties": asked}}
    found: dict[str, Any] = relaxed(model | {"$defs": parts})
    return found


def schema_text(taxonomy: Taxonomy) -> bytes:
    """Make the file with the ``schema``, which every pass compares with the one that is there."""
    return _schema_text(taxonomy.model_dump_json())


@cache
def _schema_text(taxonomy: str) -> bytes:
    return json.dumps(schema(Taxonomy.model_validate_json(taxonomy)), ensure_ascii=False, indent=1).encode()


@cache
def _model_schema() -> dict[str, Any]:
    """Make pydantic's schema of a case once: it takes as long as looking at a few hundred cases."""
    return CaseFile.model_json_schema()


def relaxed(node: Any) -> Any:
    """Let empty keys and the words ya/tidak pass in the editor's schema ``node``, as they do where files are read."""
    if isinstance(node, list):
        return [relaxed(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: relaxed(value) for key, value in node.items() if key != "title" or not isinstance(value, str)}
    if node.get("type") == "string" and "enum" not in node:
        node.pop("format", None)  # a day may be written 21 Desember 2026
        node["type"] = ["string", "null", "number", "boolean"]
    elif node.get("type") == "boolean":
        node.pop("type"), node.pop("default", None)
        node["enum"] = ["ya", "tidak", True, False, None]
    elif node.get("type") == "array":
        node["type"] = ["array", "object" if "$ref" in node.get("items", ()) else "string", "null"]
    return node


_STEPS: tuple[tuple[str, str], ...] = (
    (
        "verifikasi",
        "1. VERIFIKASI (pengelola layanan)\n"
        "keputusan: diteruskan, dilengkapi (tulis kekurangan), atau ditolak (tulis alasan_jenis dan alasan).",
    ),
    ("penugasan", "2. PENUGASAN (kepala bagian): siapa menyusun, siapa memeriksa. Penyusun bukan pemeriksa."),
    (
        "kajian",
        "3. KAJIAN (analis hukum)\n"
        "Untuk tulisan panjang: beri tanda | sesudah titik dua, lalu tulis di baris bawahnya, menjorok 4 spasi.\n"
        "dasar_hukum: kunci dari opinions/dasar-hukum.yaml atau tulisan bebas. Bila siap diperiksa: selesai: ya",
    ),
    (
        "pemeriksaan",
        "4. PEMERIKSAAN (kepala bagian): disetujui, atau dikembalikan dengan catatan.\n"
        "Boleh ditambah nilai 1-4: mutu: {fakta: 4, isu: 4, dasar_hukum: 4, analisis: 4, saran: 4}",
    ),
    ("penyampaian", "5. PENYAMPAIAN (pengelola layanan): nomor surat dari sekretariat, lalu kapan disampaikan."),
    ("pembatalan", "Hanya bila pemohon menarik permohonannya."),
    ("arsip", "6. ARSIP (pengelola layanan): setelah semuanya selesai."),
)
_UNASKED = {"mutu", "komentar_bagian", "lampiran"}
"""What staff may write into a step, and most never do."""


def new_case_text(case: CaseFile) -> str:
    """Write the text of a new ``permohonan.yaml``, all parts of staff still empty. Parsing it gives ``case`` back."""
    data = case.model_dump(mode="json", exclude={name for name, _ in _STEPS})
    head = {key: data.pop(key) for key in ("nomor_registrasi", "diajukan", "diterima", "sumber")}
    findings, not_asked = data.pop("temuan"), data.pop("tidak_ditanyakan")
    words = {key: data.pop(key) or None for key in _WORDS} | _filled(data)
    return (
        f"# yaml-language-server: $schema={SCHEMA_FROM_CASE}\n"
        "# Isi dari atas ke bawah, simpan, lalu jalankan: payung jalankan\n"
        "# Identitas pemohon tersegel di pemohon.age, tidak di berkas ini.\n\n"
        + dump(head)
        + "\n# PERMOHONAN: kata-kata pemohon\n"
        + dump(words)
        + (_NOT_ASKED + dump({"tidak_ditanyakan": not_asked}) if not_asked else "")
        + ("" if "persetujuan" in words else _NO_CONSENT)
        + ("\n# TEMUAN pemeriksaan otomatis: lihat saat verifikasi\n" + dump({"temuan": findings}) if findings else "")
        + _blank_steps()
    )


@cache
def _blank_steps() -> str:
    """Write the part of the file that staff fill in."""
    text = ""
    for name, comment in _STEPS:
        lines = "".join(f"# {line}\n" for line in comment.split("\n"))
        blank = CaseFile.model_fields[name].default.model_dump(mode="json", exclude=_UNASKED)
        text += f"\n{lines}" + dump({name: {key: "tidak" if value is False else None for key, value in blank.items()}})
    return text


_NO_CONSENT = (
    "\n# PERSETUJUAN syarat dan ketentuan belum ada. Disetujui di atas kertas? Tulis versi syarat dan waktunya.\n"
    "persetujuan:\n  versi:\n  waktu:\n"
)
_NOT_ASKED = "\n# Tidak ada pada formulir yang diisi pemohon, jadi bukan kelalaiannya:\n"
_WORDS = ("bentuk", "uraian", "pertanyaan")


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out of ``data`` what is empty, at every depth."""
    inner = {key: _filled(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in inner.items() if value not in ("", [], {}, None)}
