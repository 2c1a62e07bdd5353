"""``payung isi-lama``: the earlier texts of a case, compared with the file as it is, and brought back by a person."""

import difflib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from processor.cases import case_file, case_mistakes, earlier_texts
from processor.cases.case_status import DELIVERED, OVER
from processor.cases.earlier_texts import EarlierText
from processor.cases.register import Filed
from processor.foundation import atomic_files, yaml_editor, yaml_reader
from processor.foundation.errors import PayungError
from processor.operations import act_journal, overview
from processor.operations.act_journal import NOBODY, Act, Person
from processor.operations.office import Office

_WAIT = 10.0


def listed(office: Office, number: str) -> Iterator[tuple[EarlierText, tuple[str, ...]]]:
    """Give the earlier texts of a case, oldest first, each with the parts that it changed."""
    before = ""
    for one in earlier_texts.kept(office.register.path(number)):
        text = one.text()
        yield one, earlier_texts.changed_parts(before, text) if before else ()
        before = text


def compared(office: Office, number: str, serial: int) -> tuple[str, ...]:
    """Give the lines in which an earlier text (behind -) and the file as it is (behind +) differ."""
    folder = office.register.path(number)
    old, now = earlier_texts.meant(folder, serial).text(), _text_now(folder / case_file.FILE_NAME)
    lines = difflib.unified_diff(old.splitlines(), now.splitlines(), f"isi lama {serial}", "sekarang", lineterm="", n=1)
    return tuple(lines)


def bring_back(
    office: Office,
    number: str,
    serial: int | None,
    part: str = "",
    by: Person = NOBODY,
    *,
    against_what_happened: bool = False,
) -> int:
    """Put an earlier text, or one ``part`` of it, into the case file; what stands there now is kept as well.

    Args:
        office: The open office.
        number: The registration number.
        serial: Which text; None for the last that differs, or in which the part does.
        part: The part of the case file; "" for all of it.
        by: Who runs the command, for the journal.
        against_what_happened: Also where a letter was numbered, or the case came to its end, since that text.

    Returns: the number of the text that was brought back.

    Raises:
        PayungError: When there is none, it cannot be done safely, or it goes against what happened since.
        Busy: When the register is in use.
    """
    with office.register.lock(_WAIT):
        folder = office.register.path(number)
        path = folder / case_file.FILE_NAME
        content = path.read_bytes() if path.exists() else b""
        now = _text_of(content)
        one = _last(folder, now, part) if serial is None else earlier_texts.meant(folder, serial)
        text = earlier_texts.with_part(now, part, one.text()) if part else one.text()
        if not against_what_happened and (said := _contradiction(office, number, one.serial, text)):
            again = f"payung isi-lama {number} --kembalikan {one.serial}" + (f" --bagian {part}" if part else "")
            raise PayungError(f"{said} Tidak ada yang diubah. Bila memang itu yang Anda kehendaki: {again} --tetap")
        _note(office, number, lambda filed: act_journal.by_hand(office, filed, office.now()))
        earlier_texts.keep(folder, now, office.now())
        earlier_texts.keep(folder, text, office.now())
        atomic_files.replace(path, yaml_editor.mark_of(content) + text.encode())
        _note(office, number, lambda _: act_journal.by_command(by, office.now()))
    return one.serial


def _contradiction(office: Office, number: str, serial: int, text: str) -> str:
    """Say what happened in a case that the ``text`` of its file, from that earlier one, would undo; "" for nothing."""
    filed = office.register.read(number)
    document = yaml_reader.parse(filed.document.path, text)
    case, _ = case_mistakes.check_document(document, office.settings.taksonomi)
    seen = overview.derive_for(office, replace(filed, document=document, case=case))
    if case is None or seen is None:
        return ""
    told: str = next((one.data["menjadi"] for one in reversed(filed.events) if one.kind == "status"), "")
    if told in DELIVERED | OVER and seen.status != told:
        then = seen.status.replace("_", " ")
        return f"Permohonan ini sudah {told}, padahal isi lama ke-{serial} membawanya kembali ke {then}."
    letters = (one.data for one in reversed(filed.events) if one.kind == "surat" and one.data["bernomor"])
    spent = next(letters, {}).get("nomor", "")
    if spent and spent not in case_file.letter_numbers(case):
        return f"Surat bernomor {spent} sudah dibuat, padahal isi lama ke-{serial} tidak memuat nomor itu."
    return ""


def _note(office: Office, number: str, act: Callable[[Filed], Act]) -> None:
    """Let the journal say what is new; where file or journal cannot be used, the next pass does once they can."""
    with suppress(PayungError, OSError):
        filed = office.register.read(number)
        act_journal.note(office, filed, lambda: act(filed))


def _text_now(path: Path) -> str:
    """Give the text of the case file as it is; "" where there is none."""
    return _text_of(path.read_bytes()) if path.exists() else ""


def _text_of(content: bytes) -> str:
    """Read what a case file holds; where that is no UTF-8, each byte as one character, so that nothing is lost."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _last(folder: Path, now: str, part: str) -> EarlierText:
    """Find the last earlier text that differs from the file as it is; in ``part``, and holding it, if one is named."""
    for one in reversed(earlier_texts.kept(folder)):
        text = one.text()
        holds = not part or f"\n{part}:" in f"\n{text}"
        if text != now and holds and (not part or {part, "berkas"} & {*earlier_texts.changed_parts(text, now)}):
            return one
    raise PayungError(f"Tidak ada isi lama {folder.name} yang lain daripada berkasnya sekarang.")
