"""What the desk says: times, what happened and what to run next, in plain words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from processor.cases.case_status import Derived, Status
from processor.cases.records import Event
from processor.foundation.errors import Problem
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings_agency import Officer, Role, ServiceHours

_NEAR_DAYS = {-1: "kemarin", 0: "hari ini", 1: "besok"}


def in_service_time(moment: datetime, now: datetime, service: ServiceHours) -> str:
    """Write ``moment`` (aware) in the office's zone, near days by name: hari ini 14.10, else 3 Juli 2026 10.00 WIB."""
    here = moment.astimezone(service.zone)
    near = _NEAR_DAYS.get((here.date() - now.astimezone(service.zone).date()).days)
    return f"{near} {here:%H.%M}" if near else f"{tanggal(here)} {here:%H.%M} {service.zona_singkat}"


def asking(me: str) -> str:
    """Give what an address says of who asks, "" for nobody in particular."""
    return f"?{urlencode({'petugas': me})}" if me else ""


def day(written: str) -> str:
    """Write an ISO day as people read it: 8 Desember 2026."""
    return tanggal(date.fromisoformat(written))


def in_words(word: str) -> str:
    """Write a word of the files as people read it."""
    return word.replace("_", " ")


def in_desk_words(problem: Problem) -> str:
    """Say what is wrong without the command that mends it, where there is a form for that."""
    commands = "payung " in problem.mend or "--" in problem.mend
    return problem.message if commands else problem.sentence


_HAPPENED: Mapping[str, str] = {
    "didaftar": "Didaftarkan dari {sumber}.",
    "diterima_petugas": "Diterima petugas di loket.",
    "dikenali": "Kiriman yang sama datang lagi dari {sumber}; tidak didaftarkan dua kali.",
    "mungkin_sama": "Mungkin sama dengan {kembaran}.",
    "diubah": "Pemohon mengubah isiannya: {kolom}. Lihat {berkas}.",
    "berbeda": "Sumber lain memuat isian yang berbeda untuk kiriman ini: {kolom}. Lihat {berkas}.",
    "dilengkapi": "Pemohon melengkapi permohonannya. Lihat {berkas}.",
    "ditanyakan": "Pemohon bertanya dengan kodenya. Lihat {berkas}.",
    "data_diminta": "Pemohon meminta diganti: {kolom}. Menunggu diputuskan.",
    "ditarik": "Pemohon menarik permohonannya dengan kodenya; satu hari masih dapat diurungkan.",
    "penarikan_diurungkan": "Pemohon mengurungkan penarikannya.",
    "penarikan_berlaku": "Penarikan oleh pemohon tidak diurungkan, jadi berlaku.",
    "keberatan_dikirim": "Pemohon mengirim keberatan atas penolakan. Lihat {berkas}.",
    "diterima_pemohon": "Pemohon mengatakan suratnya sudah diterima.",
    "pesan_dibaca": "Pesan pemohon ditangani: {berkas}.",
    "disunting": "Petugas menulis di permohonan.yaml: {bagian}.",
    "status": "Status berubah dari {dari} menjadi {menjadi}.",
    "surat": "Surat dibuat: {berkas}.",
    "surat_disisihkan": "Surat disisihkan: {berkas} kini {menjadi}.",
    "kajian_word": "Berkas Word yang dibaca ke kajian disimpan: {berkas}.",
    "jawaban": "Berkas yang disampaikan ditetapkan: {berkas}.",
    "publikasi_disetujui": "Tanya jawab untuk situs disetujui.",
    "dilanjutkan": "Pemohon bertanya lebih lanjut: {nomor}.",
    "disegel_ulang": "Lampiran disegel ulang untuk kunci yang berlaku sekarang.",
    "email": "Email kepada pemohon ({jenis}): {keadaan}.",
    "email_diputus": "Email kepada pemohon ({jenis}), putusan petugas: {putusan}.",
    "diingatkan": "Pengingat untuk {kepada}: {tahap}, {tingkat}.",
    "dipulihkan": "Register dipulihkan dari cadangan; riwayat yang lebih baru hilang.",
    "bukan_identitas": "Temuan pemeriksaan kebocoran ({jenis}) bukan identitas. Alasannya: {alasan}",
    "bukan_identitas_dicabut": "Pengecualian temuan kebocoran ({jenis}) dicabut. Alasannya: {alasan}",
    "diteguhkan": "Diteguhkan oleh petugasnya: {bagian}.",
    "identitas_dibuka": "Identitas pemohon dibuka. Alasannya: {alasan}",
    "identitas_dibetulkan": "Identitas pemohon dibetulkan: {kolom}. Alasannya: {alasan}",
}
"""What each kind of event says; a kind that is not here is shown by its name."""
_KEPT = "Berkas yang disunting disetujui sebagai surat akhir: {berkas}."


class _Details(dict[str, str]):
    """The details of an event; one that a damaged event lacks reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def event_sentence(event: Event) -> str:
    """Say in a sentence what happened."""
    sentence = _KEPT if event.data.get("dipakai") and event.actor != "payung" else _HAPPENED.get(event.kind)
    if sentence is None:
        return f"{in_words(event.kind).capitalize()}."
    return sentence.format_map(_Details({key: _detail_text(key, value) for key, value in event.data.items()}))


def _detail_text(key: str, value: Any) -> str:
    """Write a detail as text; of changed places only the part of the case file, names of files as they are."""
    items = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    if key == "bagian":
        items = list(dict.fromkeys(item.partition(".")[0] for item in items))
    text = ", ".join(items)
    return text if key in {"berkas", "alasan"} else in_words(text)


_VERIFY: tuple[tuple[str, str], ...] = (
    ("membuka identitas, bila perlu; tercatat di riwayat", "identitas {nomor} --alasan <alasan>"),
    ("meneruskan", "verifikasi {nomor} --teruskan --oleh {oleh}"),
    ("meminta kelengkapan", "verifikasi {nomor} --lengkapi <kekurangan> --oleh {oleh}"),
    ("menolak", "verifikasi {nomor} --tolak <jenis> --alasan <alasan> --oleh {oleh}"),
)
_WRITE = ("menulis di permohonan.yaml, dengan pemeriksaan", "sunting {nomor}")
_NUMBER = (
    "mencatat nomor surat; surat bernomor lalu dibuat untuk ditandatangani",
    "sampaikan {nomor} --nomor-surat <nomor-surat>",
)
_DELIVER = ("menyampaikan surat yang sudah ditandatangani", "sampaikan {nomor}")
_PUT_AWAY = ("mengarsipkan", "arsipkan {nomor}")
_NEXT_COMMANDS: Mapping[Status, tuple[tuple[str, str], ...]] = {
    "diajukan": _VERIFY,
    "menunggu_kelengkapan": _VERIFY[1:],
    "diteruskan": (("menunjuk penyusun dan pemeriksa", "tugaskan {nomor} --analis {analis} --pemeriksa {pemeriksa}"),),
    "disusun": (_WRITE, ("menyatakan kajian siap diperiksa", "susun {nomor} --selesai")),
    "dikembalikan": (_WRITE, ("menyatakan kajian siap diperiksa", "susun {nomor} --selesai")),
    "diperiksa": (
        ("menyetujui", "setujui {nomor} --oleh {oleh}"),
        ("mengembalikan dengan catatan", "kembalikan {nomor} --oleh {oleh} --catatan <catatan>"),
    ),
    "disetujui": (_NUMBER,),
    "ditolak": (_NUMBER,),
    "keberatan": (
        (
            "mengabulkan keberatan: permohonan dikerjakan",
            "keberatan {nomor} --putusan dikabulkan --oleh {oleh} --pertimbangan <pertimbangan>",
        ),
        (
            "menolak keberatan: surat jawaban dibuat",
            "keberatan {nomor} --putusan ditolak --oleh {oleh} --pertimbangan <pertimbangan>",
        ),
    ),
    "keberatan_ditolak": (_NUMBER,),
    "disampaikan": (("mencatat bahwa surat sudah diterima pemohon", "sampaikan {nomor} --diterima"),),
    "selesai": (_PUT_AWAY,),
    "dibatalkan": (_PUT_AWAY,),
    "diarsipkan": (),
}
"""The commands that take a case further, by its status. Words that a person must put in stand in <>: a shell refuses
to run the command until they are."""


def commands(
    number: str, derived: Derived | None, officers: Mapping[str, Officer], me: str, *, numbered: bool
) -> Iterator[tuple[str, str]]:
    """Give what may be run next on a case: what for, and the command.

    Args:
        number: the registration number.
        derived: None for a case whose file cannot be used; then the command to mend it.
        officers: by short name.
        me: the officer who asks, "" for nobody in particular.
        numbered: the letter has its number, and is to be delivered.
    """
    holders = derived.holders if derived else ()
    words = {
        "nomor": number,
        "oleh": me if me in holders else _only_one_or_placeholder(holders, "petugas"),
        "analis": _only_one_or_placeholder(_officers_in_role(officers, "analis_hukum"), "analis"),
        "pemeriksa": me
        if me in holders
        else _only_one_or_placeholder(_officers_in_role(officers, "kepala_bagian"), "pemeriksa"),
    }
    steps = _NEXT_COMMANDS[derived.status] if derived else (_WRITE,)
    for purpose, command in (_DELIVER,) if numbered and _NUMBER in steps else steps:
        yield purpose, f"payung {command.format_map(words)}"


def _officers_in_role(officers: Mapping[str, Officer], role: Role) -> tuple[str, ...]:
    """List the short names of the officers who work in a role."""
    return tuple(key for key, one in officers.items() if role in one.peran and not one.berhenti)


def _only_one_or_placeholder(keys: Sequence[str], otherwise: str) -> str:
    """Give the short name where there is but one; else a placeholder to write it in."""
    return keys[0] if len(keys) == 1 else f"<{otherwise}>"
