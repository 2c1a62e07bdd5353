"""Every text of ``permohonan.yaml`` that a pass or a command saw, in ``isi-lama/`` beside it: nothing disappears.

They lie as open as the file itself, for the same people, and can be read without this program.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from processor.cases import case_file
from processor.cases.case_file import CaseFile
from processor.cases.records import Event
from processor.foundation import atomic_files, yaml_reader
from processor.foundation.errors import PayungError, Problem
from processor.foundation.yaml_reader import Document

FOLDER = "isi-lama"
_NAME = re.compile(r"(\d{4,})-(\d{8}T\d{6}Z)\.yaml")
_MAY_GO = {"temuan"}  # a list of the program's own, which a verifier may clear


@dataclass(frozen=True, slots=True)
class EarlierText:
    """One text of a case file: its number, counted from 1, when it was first seen (aware), and where it lies."""

    serial: int
    seen: datetime
    path: Path

    def text(self) -> str:
        """Give the text. Raises OSError."""
        return self.path.read_bytes().decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What a reviewer noted in one round, as it was written: day, officer, decision and words."""

    day: str
    by: str
    decision: str
    words: str


@dataclass(frozen=True, slots=True)
class PartRemark:
    """What a reviewer said of one part of a study, and when that was first seen (aware)."""

    part: str
    seen: datetime
    words: str


def kept(folder: Path) -> list[EarlierText]:
    """List the earlier texts of the case in ``folder``, oldest first."""
    place = folder / FOLDER
    names = os.listdir(place) if place.is_dir() else ()  # noqa: PTH208 -- of every case that moved
    found = ((_NAME.fullmatch(name), place / name) for name in names)
    moments = ((int(one[1]), one[2], path) for one, path in found if one)
    return [EarlierText(n, datetime.strptime(at, "%Y%m%dT%H%M%S%z"), path) for n, at, path in sorted(moments)]


def is_new(folder: Path, text: str) -> bool:
    """Tell whether the text of a case file is still to be kept."""
    last = kept(folder)[-1:]
    return bool(text) and not (last and last[0].text() == text)


def keep(folder: Path, text: str, now: datetime, *, sync: bool = True) -> None:
    """Keep the text of a case file, unless it is the one that was kept last. To be called under the register's lock.

    ``sync=False`` is for what stands in the file itself as well.
    """
    if not is_new(folder, text):
        return
    serial = max((one.serial for one in kept(folder)), default=0) + 1
    atomic_files.make_folder(folder / FOLDER)
    path = folder / FOLDER / f"{serial:04d}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.yaml"
    atomic_files.write(path, text.encode(), sync=sync)


def meant(folder: Path, serial: int) -> EarlierText:
    """Give the earlier text with this number. Raises PayungError where there is none."""
    for one in kept(folder):
        if one.serial == serial:
            return one
    raise PayungError(f"Tidak ada isi lama nomor {serial}. Lihat nomornya: payung isi-lama {folder.name}")


def changed_parts(before: str, after: str) -> tuple[str, ...]:
    """List the parts of the case file (``kajian``) in which two texts differ; ``berkas`` where one cannot be read."""
    one, other = (_data(text) for text in (before, after))
    if one is None or other is None:
        return ("berkas",)
    return tuple(name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name))


def deleted_parts(document: Document, events: Sequence[Event]) -> Iterator[Problem]:
    """Find parts of a case file that were filled in, by the journal, and that somebody has taken out whole."""
    if not isinstance(document.data, dict):
        return
    places = (place for event in events for place, mark in event.data.get("isi", {}).items() if mark)
    for part in dict.fromkeys(place.partition(".")[0] for place in places):
        if part in CaseFile.model_fields and part not in document.data and part not in _MAY_GO:
            number = document.path.parent.name
            back = f"payung isi-lama {number} --kembalikan --bagian {part}"
            mend = f"Kembalikan: {back}. Memang kosong? Tulis “{part}:” saja."
            yield Problem(str(document.path), None, f"Bagian “{part}” hilang dari berkas, padahal dulu terisi.", mend)


def with_part(text: str, part: str, old: str) -> str:
    """Give ``text`` with one part as it stands in the text ``old``. Raises PayungError where that cannot be done."""
    lines, earlier = (one.splitlines(keepends=True) for one in (text, old))
    block = _block(earlier, part)
    if block is None:
        raise PayungError(f"Bagian “{part}” tidak ada pada isi lama itu.")
    there = _block(lines, part)
    start, stop = there or (len(lines), len(lines))
    gap = "" if there or text.endswith("\n") or not text else "\n"
    edited = "".join([*lines[:start], gap, *earlier[slice(*block)], *lines[stop:]])
    now, before = _data(edited), _data(text)
    if now is None or before is None or now != {**before, part: (_data(old) or {}).get(part)}:
        raise PayungError(
            f"Bagian “{part}” tidak dapat dikembalikan sendiri dengan aman. Kembalikan seluruh berkasnya."
        )
    return edited


def _block(lines: Sequence[str], part: str) -> tuple[int, int] | None:
    """Find the lines of a part: from its key to the next one's, without the comments that belong to that."""
    start = next((n for n, line in enumerate(lines) if re.match(rf"{re.escape(part)}\s*:", line)), None)
    if start is None:
        return None
    stop = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#]", lines[n])), len(lines))
    while lines[stop - 1].startswith("#") or not lines[stop - 1].strip():
        stop -= 1
    return start, stop


def review_notes(folder: Path, text: str) -> list[ReviewNote]:
    """List what reviewers noted in every round, oldest first; ``text`` is the case file as it is now."""
    found: dict[str, ReviewNote] = {}
    for one in (*(earlier.text() for earlier in kept(folder)), text):
        review = _review(one)
        words = review.get("catatan")
        if isinstance(words, str) and words.strip() and words not in found:
            day, by, decision = (str(review.get(key) or "") for key in ("tanggal", "oleh", "keputusan"))
            found[words] = ReviewNote(day, by, decision, words.strip())
    return list(found.values())


def part_remarks(folder: Path) -> list[PartRemark]:
    """List what reviewers said of single parts in every round, oldest first."""
    found: dict[tuple[str, str], PartRemark] = {}
    for earlier in kept(folder):
        said = _review(earlier.text()).get("komentar_bagian")
        for part, words in said.items() if isinstance(said, dict) else ():
            if isinstance(words, str) and words.strip():
                found.setdefault((part, words.strip()), PartRemark(part, earlier.seen, words.strip()))
    return list(found.values())


@lru_cache(maxsize=512)  # a text that was kept is read again at every look at its case
def _review(text: str) -> Mapping[str, Any]:
    """Give what a text says of the review; nothing where it cannot be read."""
    review = (_data(text) or {}).get("pemeriksaan")
    return review if isinstance(review, dict) else {}


def _data(text: str) -> dict[str, Any] | None:
    """Give what a text holds; None where it cannot be read."""
    data = yaml_reader.parse(Path(case_file.FILE_NAME), text).data
    return data if isinstance(data, dict) else None
