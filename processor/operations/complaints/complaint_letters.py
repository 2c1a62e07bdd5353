"""The letter that answers a complaint: made from the sealed words, numbered, and fixed once it goes out.

It is one of the office's Word templates, ``jawaban-pengaduan.docx``, and lies in the complaint's own ``keluar/``.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from processor.cases import complaint_content, complaint_register
from processor.cases.complaint import Complaint
from processor.cases.complaint_register import FiledComplaint
from processor.cases.records import Event
from processor.cases.register import OUTGOING
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.letters import complaint_letter, pdf
from processor.letters.placement import place_document
from processor.operations import case_row, letter_delivery, letter_prints, letter_signatures
from processor.operations.office import Office
from processor.operations.overview import KnownRows

LETTER, ANSWER = "surat", "jawaban"


def check(office: Office) -> None:
    """Raise BrokenFiles where the template has mistakes, before anything is written."""
    if problems := complaint_letter.check_template(office.settings.opinions):
        raise BrokenFiles(problems)


def place(office: Office, number: str) -> Path:
    """Make the letter as the complaint is now, and give where it lies. The caller holds the register's lock."""
    filed = complaint_register.read(office.register, number)
    assert filed.complaint is not None
    content = complaint_content.read(office.register, filed.folder)
    words = complaint_letter.render(filed.complaint, content.complainant, content.plan, content.answer, office.settings)
    known = {one.data["berkas"]: _own_digest(office, filed, one.data) for one in filed.events if one.kind == LETTER}
    placed = place_document(filed.folder / OUTGOING, complaint_letter.FILE_NAME, words, known)
    told = {"berkas": placed.path.name, "sha256": placed.sha256, "nomor": filed.complaint.jawaban.nomor_surat}
    if printed := letter_prints.read(words):
        told |= {letter_prints.PRINT: letter_prints.print_mark(office.register, printed)}
    complaint_register.record(office.register, number, Event(LETTER, office.now(), "payung", told))
    return placed.path


def _own_digest(office: Office, filed: FiledComplaint, told: Mapping[str, Any]) -> str:
    """Give the SHA-256 (hex) of a letter as it was written, or as another program saved it anew since."""
    path, written = filed.folder / OUTGOING / told["berkas"], str(told["sha256"])
    printed = letter_prints.read(path.read_bytes()) if letter_prints.PRINT in told and path.is_file() else None
    if printed is None or letter_prints.print_mark(office.register, printed) != told[letter_prints.PRINT]:
        return written
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_unspent(office: Office, number: str, letter: str) -> None:
    """Raise PayungError where another complaint or a request bears this letter number: a number is given once."""
    if not case_row.plain_number(letter):
        raise PayungError("Tulis nomor surat dari sekretariat.")
    if found := sharing(office, number, letter, KnownRows.load(office)):
        raise PayungError(f"Nomor surat {letter} sudah dipakai {', '.join(found)}. Minta nomor lain dari sekretariat.")


def sharing(office: Office, number: str, letter: str, known: KnownRows) -> list[str]:
    """Give the numbers of the other complaints, and of the requests as ``known``, whose letter bears this number."""
    wanted = case_row.plain_number(letter)
    if not wanted:
        return []
    complaints = (one for one in bearing(office, wanted) if one != number)
    return [*complaints, *(row.number for row in known.bearing(wanted))]


def bearing(office: Office, letter: str) -> Iterator[str]:
    """Give the numbers of the complaints whose letter bears that ``plain_number``."""
    known = complaint_register.numbers(office.register) if letter else ()
    return (one for one in known if _letter_number(office, one) == letter)


def _letter_number(office: Office, number: str) -> str:
    found = complaint_register.read(office.register, number).complaint
    return case_row.plain_number(found.jawaban.nomor_surat) if found else ""


def answer_event(office: Office, filed: FiledComplaint, found: Complaint) -> Event:
    """Give the event that fixes which file goes out as the answer, and under which number.

    Raises:
        PayungError: The letter has no number yet, was not made, or is none that may go out.
        BrokenFiles: Nobody signed it, where the office wants that.
    """
    number = found.jawaban.nomor_surat
    made = [one.data["berkas"] for one in filed.events if one.kind == LETTER and number and one.data["nomor"] == number]
    letter = next((path for name in reversed(made) if (path := filed.folder / OUTGOING / name).is_file()), None)
    if letter is None:
        raise PayungError(
            f"Surat bernomor untuk {filed.number} belum ada. Catat dulu: payung pengaduan {filed.number} sampaikan "
            "--oleh PETUGAS --nomor-surat NOMOR"
        )
    signed = pdf.pdf_beside(letter)
    if not signed and (edited := next(_edited(office, filed), None)):
        raise BrokenFiles((edited,))
    older = letter_delivery.older_pdf(signed, letter) if signed else None
    required = office.settings.surat.tanda_tangan == letter_delivery.REQUIRED
    wrong = older or (letter_delivery.unsigned(letter) if required and not signed else None)
    if signed and not wrong:
        wrong = letter_signatures.wrong(office.settings, signed, letter, (number, filed.number), office.now())
    if wrong:
        raise BrokenFiles((wrong,))
    content = (signed or letter).read_bytes()
    how = letter_signatures.look(office.settings, content, office.now()) if signed else {}
    told = {"nomor": number, "berkas": (signed or letter).name, "sha256": hashlib.sha256(content).hexdigest(), **how}
    return Event(ANSWER, office.now(), "payung", told)


def _edited(office: Office, filed: FiledComplaint) -> Iterator[Problem]:
    """Find letters that print otherwise than Payung wrote them: whose words go out, a person has to say."""
    last = {
        one.data["berkas"]: one.data for one in filed.events if one.kind == LETTER and letter_prints.PRINT in one.data
    }
    for name, told in last.items():
        path = filed.folder / OUTGOING / name
        printed = letter_prints.read(path.read_bytes()) if path.is_file() else None
        if printed and letter_prints.print_mark(office.register, printed) != told[letter_prints.PRINT]:
            mend = (
                f"Tulis kata-katanya dengan payung pengaduan {filed.number} jawab, lalu pindahkan berkas ini "
                "dari folder keluar. Memang berkas bernomor ini yang berlaku? Tandatangani, dan taruh PDF-nya di sini."
            )
            yield Problem(str(path), None, "Surat ini disunting sesudah dibuat, jadi belum ada yang disampaikan.", mend)


def delivered(filed: FiledComplaint) -> Path | None:
    """Find the file that went out as the answer; None where it is gone or another than the journal says."""
    told = next((one.data for one in reversed(filed.events) if one.kind == ANSWER), None)
    path = filed.folder / OUTGOING / told["berkas"] if told else None
    if told is None or path is None or not path.is_file():
        return None
    return path if hashlib.sha256(path.read_bytes()).hexdigest() == told["sha256"] else None
