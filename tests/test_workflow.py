"""A status is what follows from what staff wrote; a decision without its reason does not count."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from processor import workflow, yamltext
from processor.case import Event
from processor.casefile import CaseFile
from tests.office import START

FORWARD = {"keputusan": "diteruskan"}
DONE: dict[str, Any] = {"verifikasi": FORWARD, "penugasan": {"analis": "A"}, "kajian": {"selesai": True}}
REASON = {"alasan_jenis": "litigasi", "alasan": "Sudah di pengadilan."}


def case(**parts: Any) -> CaseFile:
    basic = {"nomor_registrasi": "BH-2026-0001", "diterima": START, "sumber": "ekspor", "bentuk": "pendapat_hukum"}
    return CaseFile.model_validate({**basic, **parts})


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({}, "diajukan"),
        ({"verifikasi": {"keputusan": "dilengkapi", "kekurangan": ["SK"]}}, "menunggu_kelengkapan"),
        ({"verifikasi": {"keputusan": "dilengkapi"}}, "diajukan"),
        ({"verifikasi": {"keputusan": "ditolak", **REASON}}, "ditolak"),
        ({"verifikasi": {"keputusan": "ditolak", "alasan": "Tidak."}}, "diajukan"),
        ({"verifikasi": {"keputusan": "ditolak", "alasan_jenis": "litigasi"}}, "diajukan"),
        ({"verifikasi": FORWARD}, "diteruskan"),
        ({"verifikasi": FORWARD, "penugasan": {"analis": "A"}}, "disusun"),
        (DONE, "diperiksa"),
        ({**DONE, "pemeriksaan": {"keputusan": "dikembalikan"}}, "dikembalikan"),
        ({**DONE, "pemeriksaan": {"keputusan": "disetujui"}}, "disetujui"),
        (
            {**DONE, "pemeriksaan": {"keputusan": "disetujui"}, "penyampaian": {"tanggal": date(2026, 3, 3)}},
            "disampaikan",
        ),
    ],
)
def test_status(parts: dict[str, Any], status: str) -> None:
    assert workflow.status(case(**parts)) == status


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("verifikasi:\n  keputusan: ditolak\n", ["Penolakan tanpa jenis alasan.", "Penolakan tanpa alasan."]),
        ("verifikasi:\n  keputusan: dilengkapi\n", ["Permintaan kelengkapan tanpa isi."]),
        ("pemeriksaan:\n  keputusan: dikembalikan\n", ["Kajian dikembalikan tanpa catatan."]),
        ("verifikasi:\n  keputusan: diteruskan\n", []),
    ],
)
def test_what_a_decision_lacks_is_told_with_its_line(text: str, said: list[str]) -> None:
    document = yamltext.parse(Path("a.yaml"), text)
    problems = workflow.check(case(**document.data), document)
    assert [problem.message for problem in problems] == said
    assert all(problem.line for problem in problems)


def test_each_status_calls_for_its_letters() -> None:
    assert workflow.letters(case(), ()) == ("tanda_terima",)
    rejected = case(verifikasi={"keputusan": "ditolak", **REASON})
    assert workflow.letters(rejected, ()) == ("tanda_terima", "pemberitahuan_penolakan")
    assert workflow.letters(case(**DONE), ()) == ("tanda_terima", "pendapat_hukum")


def test_what_the_journal_tells_is_a_finding_too() -> None:
    events = [
        Event("diubah", START, "payung", {"kolom": ["uraian"], "berkas": "perubahan-1.yaml"}),
        Event("mungkin_sama", START, "payung", {"kembaran": ["BH-2026-0002"]}),
    ]
    text = "\n".join(workflow.findings(case(temuan=["NIP: 17 digit."]), events))
    assert "NIP: 17 digit." in text
    assert "perubahan-1.yaml" in text
    assert "BH-2026-0002" in text
