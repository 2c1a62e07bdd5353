"""Which file may go out as the answer: a numbered letter, and where the office so chose the PDF that a person signed.

Signed is a PDF that a person put under the letter's name; what an electronic signature in it proves, says
``letter_signatures``.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from processor.cases import answers, decision_digests, evidence
from processor.cases.case_file import CaseFile, LetterKind, letter_numbers, number_and_day
from processor.cases.case_status import Derived
from processor.cases.records import Event
from processor.cases.register import OUTGOING, Filed
from processor.foundation.errors import PayungError, Problem
from processor.foundation.settings import Settings
from processor.letters import attachments, documents, pdf
from processor.operations import letter_evidence, letter_signatures, letter_states
from processor.operations.case_row import CaseRow, plain_number, plain_numbers

REQUIRED = "wajib"


def numbered_letter(filed: Filed, case: CaseFile) -> Path | None:
    """Find the letter that answers the request and bears its number, as the journal says; None before it is made."""
    now = answers.answer_letter(case)
    kind, number = now.kind, now.number
    made = [event.data for event in filed.events if event.kind == "surat" and event.data["jenis"] == kind]
    names = [one["berkas"] for one in made if one["bernomor"] and one.get("nomor", number) == number]
    paths = (filed.folder / OUTGOING / name for name in reversed(names))
    return next((path for path in paths if path.is_file()), None)


def stray_pdf(filed: Filed, kind: LetterKind, letter: Path) -> Problem | None:
    """Tell of a PDF that may be the signed letter under another name: no other letter's, and not delivered before."""
    told = {event.data["berkas"] for event in filed.events if event.kind == "jawaban"}
    others = tuple(documents.file_name(one).removesuffix(".docx") for one in documents.KINDS if one != kind)
    found = (path for path in sorted(letter.parent.iterdir()) if path.suffix.casefold() == ".pdf")
    own = letter.stem.casefold()
    strange = (path for path in found if path.stem.casefold() != own and path.name not in told)
    stray = next((path for path in strange if not path.name.startswith(others)), None)
    mend = f"Surat yang ditandatangani? Namai {letter.stem}.pdf. Bukan? Pindahkan dari folder keluar."
    return Problem(str(stray), None, f"PDF ini namanya bukan nama {letter.name}.", mend) if stray else None


def older_pdf(path: Path, letter: Path, filed: Filed | None = None) -> Problem | None:
    """Tell of a PDF that is older than its letter, so that it cannot be of it.

    Of a letter of ``filed`` that was only saved anew, what counts is since when it prints what it does.
    """
    written = letter.stat().st_mtime
    settled = letter_states.settled_since(filed, letter) if filed else None
    if path.stat().st_mtime >= min(written, settled or written):
        return None
    message = "PDF ini lebih lama daripada suratnya, jadi bukan PDF dari surat itu."
    return Problem(str(path), None, message, f"Ganti dengan PDF dari {letter.name}, atau hapus.")


def unsigned(letter: Path) -> Problem:
    """Say that nobody signed a letter, and what to do."""
    mend = f"Tanda tangani, simpan sebagai {letter.stem}.pdf di folder yang sama, lalu ulangi penyampaiannya."
    return Problem(str(letter), None, f"Surat ini belum ditandatangani: {letter.stem}.pdf belum ada.", mend)


def unaccompanied(filed: Filed, case: CaseFile, letter: Path) -> Problem | None:
    """Tell of a letter that says what goes with it, but would go out without: Payung's PDF holds the letter alone.

    At the counter somebody hands the rest over.
    """
    if answers.answer_letter(case).part != "penyampaian" or case.balasan.jalan == "loket":
        return None
    count = attachments.counted(case.penyampaian.lampiran)
    if count == attachments.NOTHING:
        return None
    message = f"Surat ini menyebut lampiran {count}, padahal PDF buatan Payung hanya memuat suratnya."
    mend = f"Simpan surat beserta lampirannya sebagai satu {letter.stem}.pdf di folder keluar, atau hapus lampirannya."
    return Problem(str(filed.document.path), filed.document.line(("penyampaian", "lampiran")), message, mend)


def missing(settings: Settings, filed: Filed, case: CaseFile, now: datetime) -> list[Problem]:
    """Give what a delivery by command still lacks.

    Where the office has not chosen who makes the final PDF, that is only a good signature in a PDF that lies there.
    """
    kind, choice, letter = answers.letter(case), settings.surat.tanda_tangan, numbered_letter(filed, case)
    if kind is None or (choice is None and letter is None):
        return []
    if letter is None:
        place = str(filed.folder / OUTGOING / documents.file_name(kind))
        message = f"Surat bernomor {answers.answer_letter(case).number} belum dibuat, jadi belum dapat disampaikan."
        mend = "Tunggu putaran berikutnya, atau jalankan payung jalankan; tanda tangani suratnya, lalu ulangi."
        return [Problem(place, None, message, mend)]
    required = choice == REQUIRED
    if required and (stray := stray_pdf(filed, kind, letter)):
        return [stray]
    try:
        signed = pdf.pdf_beside(letter)
    except PayungError as error:
        return [Problem(str(letter), None, str(error))] if required else []
    if signed is None:
        alone = unsigned(letter) if required else unaccompanied(filed, case, letter)
        return [alone] if alone else []
    wrong = older_pdf(signed, letter, filed) if required else None
    numbers = (answers.answer_letter(case).number, filed.number)
    wrong = wrong or letter_signatures.wrong(settings, signed, letter, numbers, now)
    return [wrong] if wrong else []


def unfit_to_go(settings: Settings, filed: Filed, case: CaseFile, seen: Derived, now: datetime) -> list[Problem]:
    """Give what keeps an answer back that is to go out, once its letter is made: most often, that nobody signed it."""
    waits = settings.surat.tanda_tangan == REQUIRED and seen.delivering and numbered_letter(filed, case)
    return missing(settings, filed, case, now) if waits else []


def signed_answer(settings: Settings, filed: Filed, case: CaseFile, now: datetime) -> tuple[Event, ...]:
    """Give what the journal says when the signed letter goes out by command; nothing where a pass makes the PDF."""
    letter, kind = numbered_letter(filed, case), answers.letter(case)
    signed = pdf.pdf_beside(letter) if letter and settings.surat.tanda_tangan == REQUIRED else None
    return (answer(case, kind, signed, now, settings),) if signed and kind else ()


def answer(case: CaseFile, kind: LetterKind, path: Path, now: datetime, signed: Settings | None = None) -> Event:
    """Give the event that fixes which file was delivered, under which number, and what letters lay beside it.

    With ``signed``, the file is a PDF that a person put there, and the event tells how it was signed. Raises as
    ``letter_signatures.look``.
    """
    content = path.read_bytes()
    digest, how = hashlib.sha256(content).hexdigest(), letter_signatures.look(signed, content, now) if signed else {}
    told = {"jenis": kind, "nomor": number_and_day(case, kind)[0], "berkas": path.name, "sha256": digest, **how}
    decided = decision_digests.digests(case)
    about: dict[str, str] = {name: decided[name] for name in ("verifikasi", "keberatan") if name in decided}
    event = Event("jawaban", now, "payung", {**told, **about})
    return evidence.with_digests(event, letter_evidence.beside(path))


def spent(filed: Filed, case: CaseFile, rows: Iterable[CaseRow], complaints: Iterable[str] = ()) -> list[Problem]:
    """Tell which other case, or other letter of this one, bears the number of its answer: a number is given once.

    ``complaints`` are those whose letter bears it.
    """
    now = answers.answer_letter(case)
    number = plain_number(now.number)
    others = [row.number for row in rows if number in row.letters and row.number != filed.number]
    own = [*plain_numbers(letter_numbers(case))].count(number) > 1
    others += ["surat lain permohonan ini"] if own else []
    others += complaints
    if not number or not others:
        return []
    line = filed.document.line(now.number_key)
    message = f"Nomor surat {now.number} sudah dipakai {', '.join(others)}."
    mend = "Sudah disampaikan, jadi tetap: minta nomor lain untuk yang belum, atau catat keduanya di sekretariat."
    mend = mend if answers.answered(case, filed.events) else "Minta nomor lain dari sekretariat."
    return [Problem(str(filed.document.path), line, message, mend)]
