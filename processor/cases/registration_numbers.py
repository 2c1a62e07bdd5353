"""Registration numbers, such as BH-2026-0001: which are filed in a register's folder, and which come next."""

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from processor.foundation import atomic_files

PATTERN = re.compile(r"^[A-Z]{1,6}-(\d{4})-(\d{4,})$")
_FILE_NAME, _BEGUN = "nomor.json", "nomor-mulai.json"


def order(number: str) -> tuple[int, int]:
    """Give year and serial of a number, to sort by."""
    match = PATTERN.match(number)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def years(folder: Path) -> list[Path]:
    """List the folders of the years."""
    return [entry for entry in folder.iterdir() if re.fullmatch(r"\d{4}", entry.name) and entry.is_dir()]


def filed(folder: Path) -> list[str]:
    """List every number that has a folder, oldest first."""
    found = [
        (match[1], int(match[2]), entry.name)
        for year in years(folder)
        for entry in os.scandir(year)
        if (match := PATTERN.match(entry.name)) and match[1] == year.name and entry.is_dir()
    ]
    return [name for _, _, name in sorted(found)]


def highest_issued(folder: Path, numbers: Iterable[str] | None = None) -> dict[str, int]:
    """Give the highest number ever given out, by prefix and year; kept in a file, as a folder may be moved away.

    Of the folders only those of the ``numbers``, where they are given and the kept file can be read.
    """
    kept = _kept(folder / _FILE_NAME)
    if kept is None:
        kept, numbers = {}, None
    return higher(kept, highest_of(filed(folder) if numbers is None else numbers))


def _kept(path: Path) -> dict[str, int] | None:
    """Read the highest number of each series; None where it is gone, torn, or something else's."""
    try:
        return {series: int(serial) for series, serial in json.loads(path.read_bytes()).items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return None


def highest_of(numbers: Iterable[str]) -> dict[str, int]:
    """Give the highest of these numbers, by series."""
    return {number.rpartition("-")[0]: order(number)[1] for number in sorted(numbers, key=order)}


def higher(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Give of two highest numbers the higher one, by series."""
    return {series: max(one.get(series, 0), other.get(series, 0)) for series in {**one, **other}}


def begin(folder: Path, numbers: Iterable[str]) -> None:
    """Keep that these numbers are about to be given out here, before anybody else may know them.

    A register that a crash kept from giving them out is so told from an older one, in which nobody had begun.
    """
    content = json.dumps(higher(highest_begun(folder), highest_of(numbers)), sort_keys=True)
    atomic_files.replace_if_changed(folder / _BEGUN, content.encode())


def highest_begun(folder: Path) -> dict[str, int]:
    """Give the highest number that was given out here or was about to be, by series."""
    return higher(highest_issued(folder, ()), _kept(folder / _BEGUN) or {})


def save_highest(folder: Path, numbers: Iterable[str], issued: Mapping[str, int] | None = None) -> None:
    """Remember the highest number of each series, now that these ``numbers`` were given out.

    Args:
        folder: The register's folder.
        numbers: The numbers.
        issued: What else is known of numbers that were given out: the highest of each series.
    """
    known = higher(highest_issued(folder, numbers), issued or {})
    atomic_files.replace_if_changed(folder / _FILE_NAME, json.dumps(known, sort_keys=True).encode())


def next_numbers(folder: Path, prefix: str, year: int, known: Collection[str] | None = None) -> Iterator[str]:
    """Give the numbers to give out next in ``year``: one more than the last, without gaps, and none twice.

    ``known`` are all filed numbers, oldest first, if they were looked at already.
    """
    series = f"{prefix}-{year}"
    there = filed(folder) if known is None else [*known]
    newest = next((order(number)[1] for number in reversed(there) if number.startswith(f"{series}-")), 0)
    last = max(highest_issued(folder, ()).get(series, 0), newest)
    while True:
        last += 1
        yield f"{prefix}-{year}-{last:04d}"


def missing(folder: Path, filed_now: Collection[str] | None = None) -> list[str]:
    """List numbers that were given out and have no folder any more.

    Args:
        folder: The register's folder.
        filed_now: The numbers that have one, if they were looked at already.
    """
    there = set(filed(folder) if filed_now is None else filed_now)
    last = highest_issued(folder, () if filed_now is not None else None)
    if sum(last.values()) == len(there):  # numbers have no gaps, so nothing can be missing
        return []
    series = ((one, n) for one in last for n in range(1, last[one] + 1))
    return [number for one, n in series if (number := f"{one}-{n:04d}") not in there]
