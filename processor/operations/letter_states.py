"""What became of a letter since Payung wrote it: nothing, saved anew, edited, or kept by a person as the final one.

The journal keeps a keyed fingerprint of what a letter prints (``cetak``), so that bytes which another program wrote
anew do not make it another letter. Journals of older versions have none: there a letter is compared with how it would
be made now.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from processor.cases.case_file import CaseFile, LetterKind, number_and_day
from processor.cases.decision_digests import digests
from processor.cases.register import OUTGOING, Filed, Register
from processor.foundation.errors import Problem
from processor.letters.letter_difference import PrintedChange
from processor.letters.word import draft_mark, zip_package
from processor.letters.word.printed_letter import PrintedLetter
from processor.operations import letter_evidence, letter_prints
from processor.operations.letter_prints import ASIDE, PRINT

LetterState = Literal[
    "seperti_dibuat", "disimpan_ulang", "disunting", "dipakai", "tidak_berlaku", "tercetak_lain", "rusak", "surat_lain"
]
"""As it was written; saved anew and printing the same; edited; kept as final; kept, but for other decisions than now;
approved, and would print otherwise if made now; no whole Word file; the letter of another case."""

WORDS, SOURCES, KEPT = "menurut", "bahan", "dipakai"
"""Keys of the event ``surat``, none of them in journals of older versions: the fingerprints of the decisions and the
number in the letter, and of settings and applicant; and that a person kept the file as final."""
RENDERED_ONCE: frozenset[LetterKind] = frozenset({"tanda_terima"})
"""The letters that are written once, whatever changes later."""
_STOPS: frozenset[LetterState] = frozenset({"disunting", "tidak_berlaku", "tercetak_lain"})
_OURS: frozenset[LetterState] = frozenset({"seperti_dibuat", "disimpan_ulang"})
_DECISIONS = ("verifikasi", "kajian", "keberatan")


@dataclass(frozen=True, slots=True)
class LetterSource:
    """What a letter of a case is made of now.

    ``make`` renders it from a case file, as a draft or not; ``sources`` is the fingerprint of settings and applicant.
    """

    register: Register
    filed: Filed
    case: CaseFile
    kind: LetterKind
    draft: bool
    make: Callable[[CaseFile, bool], bytes]
    sources: str

    @property
    def number(self) -> str:
        """Give the number that the letter bears; "" for a draft."""
        return "" if self.draft else number_and_day(self.case, self.kind)[0]

    @property
    def made(self) -> bytes:
        """Render the letter as it would be written now."""
        return self.make(self.case, self.draft)

    def marks(self, content: bytes, *, numbered: bool) -> dict[str, str]:
        """Give what the journal keeps of a letter with this ``content`` beside its digest; nothing of no Word file."""
        printed = letter_prints.read(content)
        if printed is None:
            return {}
        words = self.words_mark(numbered=numbered)
        return {PRINT: letter_prints.print_mark(self.register, printed), WORDS: words, SOURCES: self.sources}

    def words_mark(self, *, numbered: bool) -> str:
        """Compute the fingerprint of the decisions, and of the number where the letter bears one."""
        number: tuple[str, date | None] = number_and_day(self.case, self.kind) if numbered else ("", None)
        decided = digests(self.case)
        told = [decided.get(name, "") for name in _DECISIONS] + [*self._attached()]
        return self.register.fingerprint("menurut", "|".join([*told, number[0], str(number[1] or "")]))

    def _attached(self) -> tuple[str, ...]:
        """Give what goes with the letter; nothing, as in journals of older versions, where that is nothing."""
        return () if self.kind == "jawaban_keberatan" else self.case.penyampaian.lampiran

    def as_then(self, told: Mapping[str, Any], *, draft: bool) -> bytes:
        """Render the letter with today's words, but a draft and with a number only where that one was."""
        case = self.case if told["bernomor"] else without_number(self.case, self.kind)
        return self.make(case, draft)

    def is_unchanged_since(self, told: Mapping[str, Any], at: int) -> bool:
        """Tell whether decisions, number, settings and applicant are those of the letter that event ``at`` told of.

        A number that was given to one without is no change of it.
        """
        same = bool(told.get(SOURCES, self.sources) == self.sources)
        if WORDS in told:
            return same and bool(told[WORDS] == self.words_mark(numbered=bool(told["bernomor"])))
        number = number_and_day(self.case, self.kind)[0]
        if told["bernomor"] and told.get("nomor", number) != number:
            return False
        decided, events = digests(self.case), reversed(self.filed.events[:at])
        before: Mapping[str, Any] = next((one.data for one in events if one.kind == "status"), {})
        return same and all(before.get(name, decided.get(name)) == decided.get(name) for name in _DECISIONS)


@dataclass(frozen=True, slots=True)
class StandingLetter:
    """The letter of a kind that lies in ``keluar`` now: its file, what the journal told of it last, and its state.

    ``before`` is what it is compared with: the same letter as it would be made now.
    """

    path: Path
    told: Mapping[str, Any]
    content: bytes
    state: LetterState
    before: bytes = b""

    @property
    def stops(self) -> bool:
        """Tell whether a person must decide about it before anything is written or goes out."""
        return self.state in _STOPS

    @property
    def digest(self) -> str:
        """Give the SHA-256 (hex) of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def changes(self) -> tuple[PrintedChange, ...]:
        """Find what it prints otherwise than the letter that would be made now."""
        return letter_prints.differences(self.before, self.content)


def without_number(case: CaseFile, kind: LetterKind) -> CaseFile:
    """Give the case as it was before the letter of ``kind`` had its number and day."""
    part = "keberatan" if kind == "jawaban_keberatan" else "penyampaian"
    section = getattr(case, part)
    blank = section and section.model_copy(update={"nomor_surat": "", "tanggal_surat": None})
    return case.model_copy(update={part: blank})


def last_told(filed: Filed, kind: LetterKind) -> tuple[int, Mapping[str, Any]] | None:
    """Find where and what the journal told last of a letter of ``kind``.

    None of one that was put aside since, or that went out: about that nothing is to be decided any more.
    """
    told = ((at, event) for at, event in enumerate(filed.events) if event.data.get("jenis") == kind)
    found = [(at, event) for at, event in told if event.kind in {"surat", ASIDE}]
    if not found or found[-1][1].kind == ASIDE or found[-1][1].data["berkas"] in letter_evidence.delivered_names(filed):
        return None
    return found[-1][0], found[-1][1].data


def standing(source: LetterSource) -> StandingLetter | None:
    """Find the letter that lies there now, and what became of it; None where none does.

    Raises:
        BrokenFiles: what it would be compared with cannot be made.
        OSError: it cannot be read.
    """
    found = last_told(source.filed, source.kind)
    path = source.filed.folder / OUTGOING / found[1]["berkas"] if found else None
    if found is None or path is None or not path.is_file():
        return None
    at, told = found
    content, made = path.read_bytes(), source.made
    one = StandingLetter(path, told, content, "seperti_dibuat", made)
    if one.digest == told["sha256"] and zip_package.same_parts(content, made):
        return one
    return _judged(source, one, at)


def _judged(source: LetterSource, one: StandingLetter, at: int) -> StandingLetter:
    """Tell what became of a letter that is not just what would be written now."""
    printed = letter_prints.read(one.content)
    if printed is None:
        return StandingLetter(one.path, one.told, one.content, "rusak", one.before)
    if letter_prints.is_anothers(source.register, source.filed.number, one.content):
        return StandingLetter(one.path, one.told, one.content, "surat_lain", one.before)
    then = source.as_then(one.told, draft=draft_mark.MARK in printed.text)
    if one.digest != one.told["sha256"] and not _prints_as_told(source, one.told, printed, then):
        return StandingLetter(one.path, one.told, one.content, "disunting", then)
    if one.told.get(KEPT):
        holds = not source.draft and one.told[WORDS] == source.words_mark(numbered=True)
        return StandingLetter(one.path, one.told, one.content, "dipakai" if holds else "tidak_berlaku", then)
    if _would_print_otherwise(source, one.told, printed, then, at):
        if _is_signed(one):
            return StandingLetter(one.path, one.told, one.content, "seperti_dibuat", one.content)
        return StandingLetter(one.path, one.told, one.content, "tercetak_lain", then)
    state: LetterState = "seperti_dibuat" if one.digest == one.told["sha256"] else "disimpan_ulang"
    return StandingLetter(one.path, one.told, one.content, state, one.before)


def _prints_as_told(source: LetterSource, told: Mapping[str, Any], printed: PrintedLetter, then: bytes) -> bool:
    """Tell whether a file that has other bytes prints what Payung wrote, or would write now."""
    if told.get(PRINT) == letter_prints.print_mark(source.register, printed):
        return True
    forms = (then, source.made)
    return any((made := letter_prints.read(form)) is not None and made.digest == printed.digest for form in forms)


def _would_print_otherwise(
    source: LetterSource, told: Mapping[str, Any], printed: PrintedLetter, then: bytes, at: int
) -> bool:
    """Tell whether an approved letter would print otherwise though nobody changed what it is made of."""
    if source.draft or draft_mark.MARK in printed.text or not source.is_unchanged_since(told, at):
        return False
    again = letter_prints.read(then)
    return again is not None and again.digest != printed.digest


def stands(one: StandingLetter) -> bool:
    """Tell whether a letter is what it should be, whatever its bytes are: it is kept as final, or prints just that."""
    if one.state == "dipakai":
        return True
    now, then = (letter_prints.read(content) if one.state in _OURS else None for content in (one.content, one.before))
    return now is not None and then is not None and now.digest == then.digest


def told_of_files(filed: Filed) -> Mapping[str, Mapping[str, Any]]:
    """Give what the journal told last of each file that was written as a letter, or put aside."""
    return {event.data["berkas"]: event.data for event in filed.events if event.kind in {"surat", ASIDE}}


def replaceable(filed: Filed, one: StandingLetter | None) -> Mapping[str, str]:
    """Give the letters that may be written over, each with the SHA-256 that it must have: Payung's own words.

    A letter that bears its number is none of them: what is new stands beside it. What was put aside is one, in case it
    still lies there: it was copied first.
    """
    told = told_of_files(filed)
    known = {name: data["sha256"] for name, data in told.items() if not data.get("bernomor") and not data.get(KEPT)}
    saved_anew = one is not None and one.state == "disimpan_ulang" and one.path.name in known
    return known | ({one.path.name: one.digest} if one and saved_anew else {})


def _is_signed(one: StandingLetter) -> bool:
    """Tell whether a person put the PDF of a numbered letter beside it: whoever signed it has seen what it says."""
    signed = one.path.with_suffix(".pdf")
    there = bool(one.told["bernomor"]) and signed.is_file()
    return there and signed.stat().st_mtime >= one.path.stat().st_mtime


def finding(one: StandingLetter, number: str) -> Problem:
    """Say that a person must decide about a letter; what is different is shown by the command that is named."""
    count = len(one.changes)
    told = {
        "disunting": f"Surat ini disunting sesudah dibuat ({count} paragraf berbeda), jadi belum ada yang disampaikan.",
        "tidak_berlaku": "Surat akhir ini disetujui untuk isi atau nomor yang lain, jadi belum ada yang disampaikan.",
        "tercetak_lain": (
            f"Surat yang sudah disetujui ini akan tercetak lain bila dibuat lagi ({count} paragraf berbeda): versi "
            "Payung, templat, atau daftar dasar hukumnya berubah. Karena itu tidak dibuat lagi sendiri."
        ),
    }
    *others, last = choices(one)
    chosen = f"{', '.join(others)}, atau {last}" if others else last
    mend = f"Lihat bedanya: payung surat {number}. Lalu pilih {chosen}."
    return Problem(str(one.path), None, told[one.state], mend)


def choices(one: StandingLetter) -> Iterator[str]:
    """Give what a person may decide about a letter, each with what comes of it."""
    if one.state != "tercetak_lain":
        yield "--ambil (kata-katanya masuk ke permohonan, lalu diperiksa lagi)"
    if one.state != "tercetak_lain" or one.told["bernomor"]:
        yield "--pakai (berkas ini menjadi surat akhir)"
    yield "--sisihkan (berkas ini disimpan, surat dibuat lagi)"


def settled_since(filed: Filed, letter: Path) -> float | None:
    """Tell since when a letter prints what it does (seconds), where it was saved anew since; None where it was not."""
    told = [one for one in filed.events if one.kind == "surat" and one.data["berkas"] == letter.name]
    same = [one.time.timestamp() for one in told if one.data.get(PRINT, "") == told[-1].data.get(PRINT)]
    return min(same) if len(same) > 1 else None
