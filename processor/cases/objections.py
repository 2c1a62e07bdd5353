"""An applicant's objection to a rejection: what it must hold, who may decide it, and since when its clock runs. Pure.

Only a rejection that was delivered can be objected to, and once. A kepala bagian decides, never who rejected.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from processor.cases import answers
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Objection
from processor.cases.records import Event
from processor.cases.staff import Staff

Fault = tuple[Literal["keberatan", "putusan"], tuple[str, str], str, str]
"""Whether the objection or only its decision does not count, where the mend belongs, what is wrong, and the mend."""

UNDECIDED, TURNED_DOWN = "keberatan", "keberatan_ditolak"
"""The statuses of a case whose objection is examined, and whose turned-down objection is still to be answered."""


def recorded(case: CaseFile) -> Objection | None:
    """Give the objection that somebody wrote down; None where there is none."""
    one = case.keberatan
    return one if one and any((one.tanggal, one.alasan, one.putusan, one.disampaikan)) else None


def granted(case: CaseFile) -> bool:
    """Tell whether an objection was granted, so that the request goes on."""
    return case.keberatan is not None and case.keberatan.putusan == "dikabulkan"


def rejection_delivered(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether, by the journal, the rejection was delivered that stands, or stood before the objection."""
    if case.penolakan is not None:
        return answers.went_out(events, answers.REJECTION, case.penolakan.nomor_surat)
    sent = case.penyampaian
    rejected = case.verifikasi.keputusan == "ditolak"
    return bool(rejected and sent.tanggal and answers.went_out(events, answers.REJECTION, sent.nomor_surat))


def rejecters(case: CaseFile, events: Sequence[Event], staff: Staff) -> frozenset[str]:
    """List the short names of those who rejected the request, by the file or by the journal."""
    by_journal = {event.actor for event in events if event.kind == "status" and event.data["menjadi"] == "ditolak"}
    by_file = case.verifikasi.oleh if case.verifikasi.keputusan == "ditolak" else ""
    moved = case.penolakan.oleh if case.penolakan else ""
    return frozenset(staff.key(word) for word in (by_file, moved, *by_journal) if word)


def faults(case: CaseFile, events: Sequence[Event], staff: Staff) -> Iterator[Fault]:
    """Find what keeps an objection, or its decision, from counting."""
    one = recorded(case)
    if one is None:
        return
    if not one.tanggal:
        yield "keberatan", ("keberatan", "tanggal"), "Keberatan tanpa tanggal.", "Tulis kapan keberatan diterima."
    if not one.alasan:
        yield "keberatan", ("keberatan", "alasan"), "Keberatan tanpa alasan.", "Tulis alasannya, kata-kata pemohon."
    if not rejection_delivered(case, events):
        message = "Keberatan hanya atas penolakan yang sudah disampaikan; penolakan itu tidak ada di riwayat."
        mend = "Sampaikan dahulu penolakannya, lalu payung jalankan. Salah nomor? Hapus bagian keberatan."
        yield "keberatan", ("keberatan", "tanggal"), message, mend
    if one.putusan:
        yield from _decision(case, one, events, staff)


def _decision(case: CaseFile, one: Objection, events: Sequence[Event], staff: Staff) -> Iterator[Fault]:
    """Check that a decision says what it must, and that the file follows it."""
    rejected, moved = case.verifikasi.keputusan == "ditolak", case.penolakan is not None
    wanted: tuple[tuple[bool, str, str, str], ...] = (
        (not one.oleh, "oleh", "Belum ditulis siapa yang memutus keberatan.", "Isi oleh."),
        (not one.diputus, "diputus", "Putusan keberatan tanpa tanggal.", "Isi diputus."),
        (not one.pertimbangan, "pertimbangan", "Putusan keberatan tanpa pertimbangan.", "Tulis untuk pemohon."),
        (
            staff.key(one.oleh) in rejecters(case, events, staff), "oleh",
            "Keberatan diputus oleh yang menolak permohonannya.", "Keberatan harus diputus kepala bagian yang lain.",
        ),
        (
            one.putusan == "dikabulkan" and not moved, "putusan",
            "Keberatan dikabulkan, tetapi penolakannya masih berdiri di verifikasi dan penyampaian.",
            f"Kosongkan putusan, lalu: payung keberatan {case.nomor_registrasi} --putusan dikabulkan",
        ),
        (
            one.putusan == "ditolak" and not rejected, "putusan",
            "Keberatan ditolak, padahal verifikasinya bukan ditolak.", "Kembalikan verifikasinya seperti semula.",
        ),
    )  # fmt: skip
    yield from (("putusan", ("keberatan", key), message, mend) for broken, key, message, mend in wanted if broken)


def received(case: CaseFile, events: Sequence[Event]) -> datetime | None:
    """Give when the journal first saw the objection (aware); None where there is none."""
    begun = [event.time for event in events if event.kind == "status" and event.data["menjadi"] == UNDECIDED]
    return begun[0] if begun and recorded(case) else None


def reopened(case: CaseFile, events: Sequence[Event]) -> datetime | None:
    """Give when the request went on because its objection was granted (aware); None where it did not."""
    if not granted(case):
        return None
    left = (event for event in events if event.kind == "status" and event.data["dari"] in {UNDECIDED, TURNED_DOWN})
    return next((event.time for event in left if event.data["menjadi"] not in _STAYS), None)


_STAYS = {UNDECIDED, TURNED_DOWN, "disampaikan", "selesai", "dibatalkan", "diarsipkan"}
