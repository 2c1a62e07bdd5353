"""An answered question that is given back to all, retold so that nobody is known by it: when may it be shown? Pure.

A second officer approves the very words: the journal keeps their digest, and other words are shown only once they are
approved anew. What was never approved by the command, is withdrawn or answers nothing yet is not shown.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from processor.cases import answers
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Retelling
from processor.cases.decision_digests import digested_text
from processor.cases.records import Event
from processor.cases.staff import Staff

APPROVED = "publikasi_disetujui"
"""The event of an approval; its ``naskah`` is the ``digest`` of what was approved."""
WORDS = ("topik", "pertanyaan", "jawaban")
"""What is shown, and what an approval is about."""

Fault = tuple[tuple[str, str], str, str]
"""Where the mend belongs, what is wrong, and the mend."""


def recorded(case: CaseFile) -> Retelling | None:
    """Give what somebody wrote of a publication; None where there is nothing."""
    one = case.publikasi
    return one if one and any(value for _, value in one) else None


def digest(one: Retelling) -> str:
    """Give the SHA-256 of what is shown, and of who wrote it."""
    return hashlib.sha256(digested_text(one, (*WORDS, "penulis")).encode()).hexdigest()


def complete(one: Retelling) -> bool:
    """Tell whether there is all that a second officer can approve."""
    return all(getattr(one, key) for key in (*WORDS, "penulis"))


def writers(case: CaseFile, events: Sequence[Event], staff: Staff) -> frozenset[str]:
    """List the short names of those who wrote the words that are shown, by the file or by the journal."""
    places = {f"publikasi.{key}" for key in (*WORDS, "penulis")}
    by_journal = (one.actor for one in events if one.kind == "disunting" and places & {*one.data.get("bagian", ())})
    by_file = case.publikasi.penulis if case.publikasi else ""
    return frozenset(staff.key(word) for word in (by_file, *by_journal) if word)


def approved_at(case: CaseFile, events: Sequence[Event], staff: Staff) -> datetime | None:
    """Give when the words that stand there were approved (aware); None where they may not be shown."""
    one, last = recorded(case), _approval(events)
    if one is None or last is None or one.dicabut or not complete(one) or any(faults(case, events, staff)):
        return None
    return last.time if one.penyetuju else None


def awaits_approval(case: CaseFile, events: Sequence[Event], staff: Staff) -> bool:
    """Tell whether a second officer can approve the words that stand there, and nobody has."""
    one = recorded(case)
    ready = one is not None and not one.dicabut and complete(one) and answers.opinion_went_out(events)
    return ready and approved_at(case, events, staff) is None


def faults(case: CaseFile, events: Sequence[Event], staff: Staff) -> Iterator[Fault]:
    """Find what keeps a publication that was approved, or says it was, from being shown."""
    one = recorded(case)
    if one is None or one.dicabut:
        return
    again = f"payung publikasikan {case.nomor_registrasi} --setujui --oleh PETUGAS"
    if not answers.opinion_went_out(events):
        message = "Tanya jawab ini belum dapat diterbitkan: jawaban kepada pemohon belum disampaikan."
        yield ("publikasi", "pertanyaan"), message, "Sampaikan dahulu jawabannya."
    if not one.penyetuju:
        return
    last = _approval(events)
    if last is None or staff.key(last.actor) != staff.key(one.penyetuju):
        message = "Penyetuju tanya jawab ini ditulis di berkas, tetapi persetujuannya tidak ada di riwayat."
        yield ("publikasi", "penyetuju"), message, f"Kosongkan penyetuju, lalu petugas kedua menjalankan: {again}"
    elif last.data.get("naskah") != digest(one):
        message = "Tanya jawab ini berubah sesudah disetujui, jadi tidak diterbitkan."
        yield ("publikasi", "penyetuju"), message, f"Minta petugas kedua menyetujuinya lagi: {again}"
    elif staff.key(one.penyetuju) in writers(case, events, staff):
        message = "Tanya jawab ini disetujui oleh yang ikut menulisnya, jadi tidak diterbitkan."
        yield ("publikasi", "penyetuju"), message, f"Minta petugas lain menyetujuinya: {again}"


def _approval(events: Sequence[Event]) -> Event | None:
    """Give the last approval that the journal knows."""
    return next((one for one in reversed(events) if one.kind == APPROVED), None)


def approval(one: Retelling, now: datetime, by: str) -> Event:
    """Give the event of an approval by an officer at ``now`` (aware)."""
    data: dict[str, Any] = {"naskah": digest(one)}
    return Event(APPROVED, now, by, data)
