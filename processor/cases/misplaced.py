"""What lies where it should not: copies that programs which share folders leave beside a case, and folders that moved.

Everything is told, with what differs or where it seems to be; nothing is moved, as nobody can tell which one is right.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from processor.cases import case_file, journal, registration_numbers
from processor.cases.register import NOT_OURS
from processor.foundation import yaml_reader
from processor.foundation.errors import Problem

_KNOWN = (*NOT_OURS, journal.FILE_NAME)
_DRAFT = "permohonan.suntingan"
_NUMBER = re.compile(r"[A-Z]{1,6}-\d{4}-\d{4,}")
_SHOWN = 6  # places that a sentence names
_HEAD = 4000  # bytes of a case file in which its number stands


def beside(folder: Path) -> list[Problem]:
    """Find copies of a case's own files in its ``folder``, such as ``permohonan (1).yaml``, with what differs."""
    found = []
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 -- of every case that moved
        known = next((one for one in _KNOWN if one.split(".")[0] in name.casefold()), None)
        if known and name not in _KNOWN and not _is_of_a_program(name) and (folder / name).is_file():
            found.append(_copy(folder, name, known))
    return found


def _is_of_a_program(name: str) -> bool:
    """Tell whether a file is one that an editor keeps while it works."""
    return name.startswith((".", "~$", _DRAFT)) or name.endswith(("~", ".tmp", ".swp"))


def _copy(folder: Path, name: str, known: str) -> Problem:
    """Say how a copy differs from the file that counts."""
    if not (folder / known).is_file():
        mend = f"Bila ini berkasnya, ganti namanya menjadi {known}."
        return Problem(str(folder / name), None, f"{known} tidak ada, tetapi ada {name}.", mend)
    differs = _difference(folder / name, folder / known)
    if not differs:
        return Problem(str(folder / name), None, f"{name} adalah salinan {known}; isinya sama.", "Hapus salinan itu.")
    mend = f"Pindahkan yang perlu ke {known}, lalu hapus salinan itu."
    if known != case_file.FILE_NAME:
        mend = "Yang benar adalah berkas yang terbaru dari kantor Anda; pastikan, lalu hapus salinan itu."
    return Problem(str(folder / name), None, f"{name} adalah salinan {known} yang berbeda: {differs}.", mend)


def _difference(copy: Path, known: Path) -> str:
    """Say what differs, without a word of either; "" when nothing does."""
    one, other = copy.read_bytes(), known.read_bytes()
    if one == other:
        return ""
    if known.name == journal.FILE_NAME:
        mine, theirs = one.splitlines(), other.splitlines()
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False)))
        more = f"lalu {len(mine) - same} baris di salinan dan {len(theirs) - same} baris di {known.name}"
        return f"sama sampai baris {same}, {more}"
    if known.name != case_file.FILE_NAME:
        return "isinya lain"
    return _differing_places(copy, known) or "catatan atau tata letaknya"


def _differing_places(copy: Path, known: Path) -> str:
    """Name the places in which two case files differ."""
    mine, theirs = (yaml_reader.read(path).data for path in (copy, known))
    if not isinstance(mine, dict) or not isinstance(theirs, dict):
        return "salah satunya tidak terbaca"
    one, other = dict(_places(mine)), dict(_places(theirs))
    places = [place for place in dict.fromkeys((*other, *one)) if one.get(place) != other.get(place)]
    more = f", dan {len(places) - _SHOWN} lagi" if len(places) > _SHOWN else ""
    return ", ".join(places[:_SHOWN]) + more


def _places(data: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Give every place of a case file with what stands there."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _places(value, f"{above}{name}.")
        elif value:
            yield above + name, value


def folders(register: Path, there: Collection[str], lost: Iterable[str]) -> list[Problem]:
    """Find cases whose folder is gone, with where it seems to be, and folders that are copies of a case's.

    Args:
        register: The register's folder.
        there: The numbers that have a folder.
        lost: The numbers that were given out and have none.
    """
    found, known = [_lost(register, number) for number in lost], {*there}
    for year in registration_numbers.years(register):
        for name in sorted({*os.listdir(year)} - known):  # noqa: PTH208 -- of a hundred thousand names
            match = _NUMBER.search(name)
            if match and match[0] in known and (year / name).is_dir():
                found.append(_folder_copy(year / name, year / match[0]))
    return found


def _lost(register: Path, number: str) -> Problem:
    """Say that a case has no folder, and where it seems to be."""
    place = whereabouts(register, number)
    if place is None:
        return Problem(number, None, "Folder permohonan ini tidak ada di register.", "Pulihkan dari cadangan.")
    home = Path(number.split("-")[1]) / number
    message = f"Folder permohonan ini tidak ada di tempatnya; sepertinya ada di {place}."
    return Problem(number, None, message, f"Kembalikan folder itu ke {home.as_posix()} di register.")


def whereabouts(register: Path, number: str) -> Path | None:
    """Find the folder that seems to be that of the case ``number``: renamed, or moved into another; None for none."""
    return next((path for path in _elsewhere(register) if _is_of(path, number)), None)


def _elsewhere(register: Path) -> Iterator[Path]:
    """Give the folders in which a case may have come to lie, the nearest first."""
    above = [path for path in sorted(register.iterdir()) if path.is_dir() and not path.name.startswith(".")]
    below = [path for one in above for path in sorted(one.iterdir()) if path.is_dir()]
    yield from (*above, *below)
    for one in below:
        yield from (path for path in sorted(one.iterdir()) if path.is_dir())


def _is_of(folder: Path, number: str) -> bool:
    """Tell whether a folder holds the case ``number``, by its file; one that is filed as another never does."""
    if registration_numbers.PATTERN.match(folder.name) and folder.name != number:
        return False
    try:
        with (folder / case_file.FILE_NAME).open("rb") as file:
            return f"nomor_registrasi: {number}".encode() in file.read(_HEAD)
    except OSError:
        return number in folder.name and (folder / journal.FILE_NAME).is_file()


def _folder_copy(copy: Path, known: Path) -> Problem:
    """Say how a copy of a case's folder differs from the one that counts."""
    names = {path.relative_to(one).as_posix() for one in (copy, known) for path in one.rglob("*") if path.is_file()}
    differing = sorted(name for name in names if _content(copy / name) != _content(known / name))
    shown = ", ".join(differing[:_SHOWN]) + (f", dan {len(differing) - _SHOWN} lagi" if differing[_SHOWN:] else "")
    message = f"Folder ini salinan {known.name}; " + (f"yang berbeda: {shown}." if differing else "isinya sama.")
    mend = f"Pindahkan yang perlu ke {known.name}, lalu pindahkan salinan itu ke luar register."
    return Problem(str(copy), None, message, mend)


def _content(path: Path) -> bytes | None:
    """Give what a file holds; None where there is none."""
    return path.read_bytes() if path.is_file() else None
