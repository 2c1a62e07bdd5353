"""``payung isi-lama``: the earlier texts of a case, compared with the file as it is, and brought back by a person."""

import difflib
from collections.abc import Iterator
from pathlib import Path

from processor.cases import case_file, earlier_texts
from processor.cases.earlier_texts import EarlierText
from processor.foundation import atomic_files, yaml_editor, yaml_reader
from processor.foundation.errors import PayungError
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


def bring_back(office: Office, number: str, serial: int | None, part: str = "") -> int:
    """Put an earlier text, or one ``part`` of it, into the case file; what stands there now is kept as well.

    Args:
        office: The open office.
        number: The registration number.
        serial: Which text; None for the last that differs, or that holds the part.
        part: The part of the case file; "" for all of it.

    Returns: the number of the text that was brought back.

    Raises:
        PayungError: When there is none, or it cannot be done safely.
        Busy: When the file changed meanwhile.
    """
    with office.register.lock(_WAIT):
        folder = office.register.path(number)
        path = folder / case_file.FILE_NAME
        now = _text_now(path)
        one = _last(folder, now, part) if serial is None else earlier_texts.meant(folder, serial)
        text = earlier_texts.with_part(now, part, one.text()) if part else one.text()
        earlier_texts.keep(folder, now, office.now())
        earlier_texts.keep(folder, text, office.now())
        if path.exists():
            yaml_editor.replace_text(path, now, text)
        else:
            atomic_files.replace(path, text.encode())
    return one.serial


def _text_now(path: Path) -> str:
    """Give the text of the case file as it is; "" where there is none that can be read."""
    return yaml_reader.read(path).text


def _last(folder: Path, now: str, part: str) -> EarlierText:
    """Find the last earlier text that differs from the file as it is, and that holds ``part``, if one is named."""
    for one in reversed(earlier_texts.kept(folder)):
        holds = not part or f"\n{part}:" in f"\n{one.text()}"
        if one.text() != now and holds:
            return one
    raise PayungError(f"Tidak ada isi lama {folder.name} yang lain daripada berkasnya sekarang.")
