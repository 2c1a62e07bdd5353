"""Which role may see and do what at the desk: one table, by which every page is shown and every act is taken. Pure."""

from collections.abc import Collection, Mapping
from typing import Literal, get_args

from processor.cases import office_notes
from processor.foundation.settings_agency import Role

View = Literal["daftar", "permohonan", "laporan", "angka_kantor", "pengaduan", "akun", "loket", "email"]
"""What is shown: lists and figures hold no word of an applicant, ``permohonan`` does; ``angka_kantor`` are the figures
that must not leave the office as they are."""
Act = Literal[
    "identitas", "verifikasi", "tugaskan", "susun", "setujui", "kembalikan", "sampaikan", "batalkan", "arsipkan",
    "keberatan", "putusan", "catatan", "periksa", "terima", "urus_email", "lanjutan", "kode",
    "baca_pesan", "tulis_pesan", "terapkan_data",
    "buat_laporan", "catatan_kantor",
    "terbitan", "testimoni", "tanya_jawab",
    "tindak_pengaduan", "impor_survei",
]  # fmt: skip
"""What is done, named as the commands; ``catatan`` are obstacles, coordination and appointments of a case,
``catatan_kantor`` what the office writes about itself.

``tindak_pengaduan`` is taking in and handling complaints; whose turn it is and who sees none, their rules judge.
"""
VIEWS: Collection[str] = frozenset(get_args(View))

_INTAKE: Role = "pengelola_layanan"
_LAWYER: Role = "analis_hukum"
_HEAD: Role = "kepala_bagian"
_BUREAU: Role = "kepala_biro"
_CASE_WORK = frozenset({_INTAKE, _LAWYER, _HEAD})
_ALL = _CASE_WORK | {_BUREAU}
TABLE: Mapping[View | Act, frozenset[Role]] = {
    "daftar": _ALL,
    "laporan": _ALL,
    "pengaduan": _ALL,
    "akun": _ALL,
    "permohonan": _CASE_WORK,
    "identitas": _CASE_WORK,
    "angka_kantor": _CASE_WORK,
    "catatan": _CASE_WORK,
    "periksa": _CASE_WORK,
    "catatan_kantor": _CASE_WORK,
    "terbitan": frozenset({_HEAD}),
    "testimoni": _CASE_WORK,
    "tanya_jawab": _CASE_WORK,
    "buat_laporan": frozenset({_INTAKE, _HEAD}),
    "tindak_pengaduan": _CASE_WORK,
    "impor_survei": frozenset({_INTAKE, _HEAD}),
    "email": _CASE_WORK,
    "urus_email": frozenset({_INTAKE, _HEAD}),
    "baca_pesan": _CASE_WORK,
    "tulis_pesan": office_notes.MAY_WRITE,
    "terapkan_data": frozenset({_INTAKE}),
    "lanjutan": frozenset({_INTAKE}),
    "kode": frozenset({_INTAKE}),
    "loket": frozenset({_INTAKE}),
    "terima": frozenset({_INTAKE}),
    "verifikasi": frozenset({_INTAKE}),
    "sampaikan": frozenset({_INTAKE}),
    "batalkan": frozenset({_INTAKE}),
    "arsipkan": frozenset({_INTAKE}),
    "keberatan": frozenset({_INTAKE}),
    "susun": frozenset({_LAWYER}),
    "tugaskan": frozenset({_HEAD}),
    "setujui": frozenset({_HEAD}),
    "kembalikan": frozenset({_HEAD}),
    "putusan": frozenset({_HEAD}),
}


def may(roles: Collection[Role], what: View | Act) -> bool:
    """Tell whether somebody of these roles may see or do that. Which case it is, the rules of the workflow judge."""
    return not TABLE[what].isdisjoint(roles)
