"""What lies beside a case file, by the journal: attachments and later words of applicants, with size and SHA-256.

The journal tells them under ``bukti``, by path; a register from before it did is only asked for what its events and its
case file name. Sealed files that are sealed anew have several digests: each of them stands for the same content.
"""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from processor.cases.records import Event
from processor.foundation.errors import PayungError, Problem
from processor.foundation.yaml_reader import Document

ATTACHMENTS, LETTERS = "lampiran", "keluar"
_KEY = "bukti"
_CHANGES = re.compile(r"perubahan-.+")
_NOT_OURS = re.compile(r"\.|~\$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)
_BACK = "Pulihkan berkas itu dari cadangan."

Seal = tuple[int, str]
Seals = Mapping[str, set[Seal]]
"""Every size and SHA-256 (hex) that the journal told of a file, by its path in the case's folder."""


def with_digests(event: Event, contents: Mapping[str, bytes]) -> Event:
    """Give the event that brings these files, by their paths in the case's folder, with how many and what they are."""
    seals = {name: _seal(content) for name, content in contents.items()}
    return replace(event, data={**event.data, _KEY: {n: {"ukuran": s, "sha256": d} for n, (s, d) in seals.items()}})


def told(events: Sequence[Event]) -> Seals:
    """Give what the journal says of every file."""
    found = defaultdict[str, set[Seal]](set)
    for event in events:
        listed: Mapping[str, Any] = event.data.get(_KEY, {})
        for name, one in listed.items():
            found[name].add((int(one["ukuran"]), str(one["sha256"])))
    return found


def state(folder: Path) -> str:
    """Give a text that differs once one of the files, or a letter, has come, gone, or changed in size or time."""
    text = "\n".join(f"{name} {_moved(folder / name)}" for name in (*_names(folder), *_inside(folder, LETTERS)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _moved(path: Path) -> str:
    """Give size and time of a file; "-" where there is none, or no longer."""
    try:
        one = path.stat()
    except OSError:
        return "-"
    return f"{one.st_size}.{one.st_mtime_ns}"


def _ours(name: str) -> bool:
    """Tell whether a file that the journal told of is looked after here: letters are by ``operations``."""
    return not name.startswith(f"{LETTERS}/")


def mistakes(folder: Path, events: Sequence[Event], listed: Sequence[str], *, content: bool) -> list[Problem]:
    """Find files that are gone, emptied, foreign or not what they were.

    Args:
        folder: The case's folder.
        events: Its journal.
        listed: The attachments that its case file names.
        content: Whether SHA-256 are compared too, and not only sizes.
    """
    seals = {name: one for name, one in told(events).items() if _ours(name)}
    named, there = _named(events, listed), _names(folder)
    found = [_gone(folder, name, seals) for name in sorted({*seals, *named} - {*there})]
    for name in there:
        if name in seals or name in named:
            wrong = _wrong(folder, name, seals.get(name, set()), content=content)
            found += [Problem(str(folder / name), None, wrong, _BACK)] if wrong else []
        elif any(_KEY in event.data for event in events[:1]):  # else nobody can tell what is foreign
            mend = "Bukan dari Payung: pindahkan ke luar folder ini, atau kembalikan ke permohonan asalnya."
            found.append(Problem(str(folder / name), None, f"Riwayat tidak mengenal {name}.", mend))
    return found


def check_before_it_goes_out(path: Path, sealed: bytes, events: Sequence[Event]) -> None:
    """Raise PayungError where an attachment is not what the journal says; ``sealed`` is what lies at ``path``."""
    seals = told(events).get(f"{ATTACHMENTS}/{path.name}")
    if seals and _seal(sealed) not in seals:
        raise PayungError(f"{path}: isinya bukan yang dicatat di riwayat, jadi tidak dibuka. {_BACK}")


def sealed_anew(events: Sequence[Event], before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give what the journal is to tell of files that are sealed anew: those that ``before`` were what it said."""
    seals = told(events)
    return {name: after[name] for name, content in before.items() if _seal(content) in seals.get(name, set())}


def _names(folder: Path) -> list[str]:
    """List what lies there, by paths in the case's folder; what systems leave behind of their own is left out."""
    beside = [name for name in os.listdir(folder) if _CHANGES.match(name)]  # noqa: PTH208 -- of every case that moved
    return sorted([*beside, *_inside(folder, ATTACHMENTS)])


def _inside(folder: Path, name: str) -> list[str]:
    """List what lies in one folder of a case, by paths in the case's folder."""
    place = folder / name
    inside = os.listdir(place) if place.is_dir() else ()  # noqa: PTH208 -- of every case that moved
    return sorted(f"{name}/{one}" for one in inside if not _NOT_OURS.match(one))


def _named(events: Sequence[Event], listed: Sequence[str]) -> set[str]:
    """List what a register of before must have: what the events and the case file name."""
    files = {str(event.data.get("berkas", "")) for event in events}
    return {one for one in (*files, *listed) if _CHANGES.match(one) or re.fullmatch(rf"{ATTACHMENTS}/\d+\.age", one)}


def unfinished(document: Document, events: Sequence[Event], listed: Sequence[str]) -> list[str]:
    """List attachments that a crash kept from being told of, by paths in the case's folder.

    Args:
        document: An addition (``perubahan-N.yaml``), which is written before its attachments and before its event.
        events: The case's journal.
        listed: The attachments that the case file names.
    """
    known = {*told(events), *_named(events, listed)}
    if document.path.name in known or not isinstance(document.data, dict):
        return []
    named = document.data.get(ATTACHMENTS)
    return [one for one in named or () if re.fullmatch(rf"{ATTACHMENTS}/\d+\.age", str(one)) and one not in known]


def _gone(folder: Path, name: str, seals: Seals) -> Problem:
    """Say that a file is gone, and how many there were of its kind."""
    count = sum(one.startswith(ATTACHMENTS) for one in seals)
    more = f" Riwayat mencatat {count} lampiran." if count and name.startswith(ATTACHMENTS) else ""
    return Problem(str(folder / name), None, f"{name} hilang.{more}", _BACK)


def _wrong(folder: Path, name: str, seals: set[Seal], *, content: bool) -> str:
    """Say what is wrong with a file that is there; "" for nothing."""
    path = folder / name
    if not path.is_file():
        return f"{name} bukan berkas."
    size = path.stat().st_size
    if not size:
        return f"{name} kosong."
    same_size = [digest for length, digest in seals if length == size]
    if seals and not (same_size if not content else _seal(path.read_bytes())[1] in same_size):
        return f"Isi {name} bukan yang dicatat di riwayat."
    return ""


def _seal(content: bytes) -> Seal:
    """Give what the journal tells of a file."""
    return len(content), hashlib.sha256(content).hexdigest()
