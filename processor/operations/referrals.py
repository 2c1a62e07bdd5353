"""Matters outside the service: what kind came, when, who received it and where it was sent, and nothing of whom.

They are kept in ``rujukan/riwayat.jsonl`` of the register, a journal like that of a case: append-only and chained.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from processor.cases.records import Event
from processor.cases.register import Register
from processor.foundation.errors import PayungError, Problem
from processor.foundation.yaml_writer import visible_text
from processor.operations import side_journal
from processor.site import leak_gate

_LAWYER = "Advokat. Tidak mampu membayar: organisasi bantuan hukum terakreditasi"
PLACES: Mapping[str, str] = {
    "di_luar_kedinasan": _LAWYER,
    "litigasi": (
        "Advokat pilihan Anda; perkara karena tugas: surat kepada kepala kantor kami. Tidak mampu membayar: penunjukan "
        "oleh pejabat pemeriksa, atau organisasi bantuan hukum terakreditasi"
    ),
    "atas_nama_orang_lain": "Yang bersangkutan mengajukan sendiri, atau Anda membawa persetujuan tertulisnya",
    "bukan_asn_instansi": f"Bagian hukum instansi Anda, bila Anda ASN di instansi lain. Selain itu: {_LAWYER}",
    "lainnya": "",
}
"""Kinds of matter, named as rejections are (``case_parts.Rejection``), and where the site sends each, if anywhere."""

_EVENT, _FOLDER = "dirujuk", "rujukan"
_MOST = 200


def record(register: Register, kind: str, place: str, by: str, now: datetime) -> None:
    """Keep that ``by`` sent a matter of ``kind`` to ``place``. The caller holds the register's lock.

    ``now`` is in the office's zone. Raises PayungError when ``place`` is none, or holds what could tell a person.
    """
    words = " ".join(visible_text(place).split())
    if not words or len(words) > _MOST or leak_gate.identity_in_text(words, None):
        raise PayungError(
            f"Tulis tempat rujukannya dalam paling banyak {_MOST} huruf, tanpa nama orang, NIP, nomor telepon, atau "
            "alamat email: catatan ini terbuka. Belum ada yang dicatat."
        )
    side_journal.append(register, _FOLDER, Event(_EVENT, now, by, {"jenis": kind, "ke": words}))


def yearly_counts(register: Register, year: int) -> Mapping[str, int]:
    """Count the matters of each kind that were sent elsewhere in ``year``; kinds that did not occur are left out."""
    return Counter(event.data["jenis"] for event in read(register)[0] if event.time.year == year)


def read(register: Register) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Read every referral, oldest first, and find every place where the file was damaged or changed."""
    return side_journal.read(register, _FOLDER)
