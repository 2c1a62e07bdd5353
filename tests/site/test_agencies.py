"""Three agencies from one program: each promises its own limits; no channel, unit or rule of another stands there."""

import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from processor.letters import documents
from processor.site import everyday_words, pages
from tests import letter_samples, office

DOCS = office.ROOT / "docs"
APPLICANTS = sorted(p for p in DOCS.rglob("*.md") if p.relative_to(DOCS).parts[0] not in {"petugas", "pengembang"})
STAFF = sorted(p for p in (DOCS / "petugas").glob("*.md") if p.stem != "instansi-lain")

_REGENCY: dict[str, Any] = {
    "instansi": {
        "nama": "Subbagian Hukum", "induk": "Sekretariat Daerah Kabupaten Rekaan",
        "pemerintah": "Pemerintah Kabupaten Rekaan",
        "kop": ["PEMERINTAH KABUPATEN REKAAN"], "alamat": "Jalan Rekaan Nomor 1", "kota": "Rekaan",
        "telepon": "(0000) 1", "email": "hukum@rekaan.example.go.id", "email_pengaduan": "aduan@rekaan.example.go.id",
    },
    "layanan": {
        "hari": "Senin sampai Jumat", "mulai": "07.30", "selesai": "16.00", "istirahat": ["12.00", "13.00"],
        "zona": "Asia/Makassar", "petugas": "4", "pemetaan_triwulan": "tidak",
        "batas": {"verifikasi": "60", "kajian": "2 hari", "pemeriksaan": "1 hari", "penyampaian": "60",
                  "sasaran": "2 hari"},
        "pelaksana": {
            "verifikasi": "Loket hukum", "kajian": "Analis hukum", "pemeriksaan": "Kasubbag bantuan hukum",
            "penyampaian": "Loket hukum",
        },
    },
}  # fmt: skip
_MINISTRY: dict[str, Any] = {
    "instansi": {
        **_REGENCY["instansi"], "nama": "Biro Hukum", "induk": "Sekretariat Jenderal",
        "pemerintah": "Kementerian Rekaan",
        "jdih": "https://jdih.rekaan.example.go.id", "instagram": "rekaan", "daerah": "tidak",
    },
    "layanan": {
        **_REGENCY["layanan"], "zona": "Asia/Jakarta", "laporan_kepada": "Menteri melalui Sekretaris Jenderal",
        "batas": {"kajian": "1 hari", "pemeriksaan": "1 hari", "penyampaian": "30", "sasaran": "1 hari"},
        "pemetaan_triwulan": "ya",
    },
}  # fmt: skip
_DECREE = {"nama": "Keputusan Rekaan", "nomor": "1/2026", "tanggal": "2026-01-05", "dibuat": "2026-01-02"}
_SIGNER = {"jabatan": "Kepala", "nama": "Rekaan", "nip": "197001011998031003"}
_REST = {
    "dasar": {"pedoman": _DECREE, "sop": {**_DECREE, "pengesah": "Kepala"}, "tim": _DECREE},
    "surat": {"awalan": "RK", "klasifikasi": "100.3.10", "penandatangan": _SIGNER},
}
AGENCIES: dict[str, dict[str, Any]] = {"provinsi": {}, "kabupaten": _REGENCY | _REST, "kementerian": _MINISTRY | _REST}

_OTHERS = [
    "Sumatera",
    "Sumbar",
    "Gubernur",
    "Padang",
    "180-363",
    "kepala bagian",
    "pokja",
    "dua hari kerja dan 45",
    "420",
]
FOREIGN = {
    "provinsi": ["WITA", "Kabupaten Rekaan", "450 menit"],
    "kabupaten": [*_OTHERS, "Biro Hukum", "JDIH", "Instagram", "WIB", "30 menit", "08.00", "15.00", "triwulan"],
    "kementerian": [
        *_OTHERS, "kepala daerah", "sekretaris daerah", "perangkat daerah", "Pemerintah Daerah", "Permendagri", "08.00",
    ],
}  # fmt: skip
"""What must stand on no page for applicants; case does not count."""
PROMISED = {
    "provinsi": ("dua hari kerja dan 45 menit", "420 menit", "hari Rabu pukul 08.45"),
    "kabupaten": ("tiga hari kerja dan 2 jam", "450 menit", "hari Kamis pukul 09.30"),
    "kementerian": ("dua hari kerja dan 1 jam", "450 menit", "hari Rabu pukul 08.30"),
}

CHANNELS = {
    "provinsi": "email, instagram, atau surat.",
    "kabupaten": "melalui email atau surat.",
    "kementerian": "email, instagram, atau surat.",
}
"""How a list reads that has only what the agency has; in small letters."""


def _own(agency: str) -> dict[str, Any]:
    """The sections of an agency's settings, no part of which is shared: YAML would write that as an anchor."""
    sections: dict[str, Any] = json.loads(json.dumps(AGENCIES[agency]))
    return sections


def context(agency: str, folder: Path) -> dict[str, object]:
    """What the pages of an agency are filled with. Only the shipped office has news.

    Of the everyday words only the answers: what people type is theirs.
    """
    root = office.ROOT if agency == "provinsi" else office.sources(folder)
    if agency != "provinsi":
        (root / "docs" / ".kabar.yaml").unlink()
    answers = "\n".join(one.bukan_kami for one in everyday_words.load(root).kata_sehari_hari)
    return pages.context(office.agency(folder, root, **_own(agency))) | {"kata_sehari_hari": lambda: answers}


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_pages_of_an_agency_hold_its_own_promises_and_nothing_of_another(agency: str, tmp_path: Path) -> None:
    inside = context(agency, tmp_path)
    shown = {path.stem: pages.fill(path.read_text("utf-8"), inside) for path in APPLICANTS}
    words = {page: " ".join(text.lower().split()) for page, text in shown.items()}
    found = [(page, word) for page, text in words.items() for word in FOREIGN[agency] if word.lower() in text]
    assert found == []
    assert CHANNELS[agency] in words["standar"]
    nobody_else = "menyampaikan jawaban dan pejabat yang menandatangani surat jawaban." in words["faq"]
    assert nobody_else == (agency != "provinsi")  # whose letters have copies
    whole, day, example = PROMISED[agency]
    for page in ("standar", "sop", "faq"):
        assert whole in shown[page], page
    assert day in shown["sop"]
    assert example in shown["sop"]


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_handbook_names_the_prefix_and_the_limits_of_the_agency(agency: str, tmp_path: Path) -> None:
    inside = context(agency, tmp_path)
    shown = "\n".join(pages.fill(path.read_text("utf-8"), inside) for path in STAFF)
    prefix = "BH" if agency == "provinsi" else "RK"
    complaints = "PGD"
    assert set(re.findall(r"\b([A-Z]{1,6})-20[0-9]{2}-[0-9]{4}", shown)) == {prefix, complaints}
    limit = {"provinsi": "satu", "kabupaten": "dua", "kementerian": "satu"}[agency] + " hari kerja"
    assert f"| 3. Kajian | analis hukum | `kajian` | {limit} |" in shown


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_receipt_promises_what_the_settings_say(agency: str, tmp_path: Path) -> None:
    found = office.agency(tmp_path, **_own(agency))
    case, law = letter_samples.case(), letter_samples.catalogue()
    letter = documents.render("tanda_terima", case, letter_samples.APPLICANT, found, law, found.opinions)
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(letter)).paragraphs)
    assert {"kabupaten": "paling lama 1 jam"}.get(agency, "paling lama 30 menit") in text
    assert {"kabupaten": "paling lama 2 hari kerja"}.get(agency, "paling lama 1 hari kerja") in text
    assert ("istirahat 12.00 sampai 13.00" in text) == (agency != "provinsi")
