"""Exports that were read, lying in ``selesai``: brought back where a register lacks what came of their rows."""

import csv
from collections.abc import Collection
from pathlib import Path

from processor.cases import registration_numbers
from processor.foundation import atomic_files
from processor.intake.sources import inbox


def numbers(folder: Path) -> set[str]:
    """Give the registration numbers that the results of exports read from ``folder`` name."""
    results = (folder / inbox.DONE).glob(f"*{inbox.RESULT}")
    return {word for path in results for word in _words(path) if registration_numbers.PATTERN.match(word)}


def put_back(folder: Path, numbers: Collection[str]) -> tuple[str, ...]:
    """Let the exports of which a row became one of the cases ``numbers`` be read again; give their names.

    Args:
        folder: Where exports are dropped.
        numbers: Registration numbers. What became of the rows the first time stays in ``selesai``.
    """
    done = folder / inbox.DONE
    read = sorted(path for path in done.iterdir() if not path.name.endswith(inbox.RESULT)) if done.is_dir() else []
    moved = [path for path in read if not _words(inbox.result_of(path)).isdisjoint(numbers)]
    for path in moved:
        atomic_files.move(path, _free_name(folder / path.name))
    return tuple(path.name for path in moved)


def _words(result: Path) -> set[str]:
    """Give what stands in a result, registration numbers among it; nothing where it is gone."""
    if not result.is_file():
        return set()
    with result.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return {cell for row in csv.reader(file, delimiter=";") for cell in row}


def _free_name(path: Path) -> Path:
    """Give ``path``, or the next name beside it that nothing has."""
    number, free = 2, path
    while free.exists():
        number, free = number + 1, path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
