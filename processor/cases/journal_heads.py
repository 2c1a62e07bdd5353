"""How far each journal was seen, kept outside the register: an older journal in the place of a newer one shows.

A file of lines ``number mark lines link origin``, to which is appended; of several for one case the last counts.
``head_index`` finds them by number, and writes the file anew before old lines outgrow it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processor.cases import journal
from processor.foundation import atomic_files

MAIL_MARK = "surel"
"""What the first event of a case says of its origin, as a keyed fingerprint: it stands in the Message-IDs."""


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The last line seen of a case's journal.

    ``mark`` is the journal's change mark of then, ``lines`` how many whole lines it had, ``link`` the last one's link
    (first 16 hex digits) and ``origin`` what tells from which response the case came; see ``origin_of``.
    """

    number: str
    mark: str
    lines: int
    link: str
    origin: str

    def is_in(self, content: bytes) -> bool:
        """Tell whether a journal still holds the line that was seen last."""
        lines = content.split(b"\n")[:-1]
        return len(lines) >= self.lines and _link(lines[self.lines - 1]) == self.link

    def line(self) -> str:
        """Give the line that remembers it."""
        return f"{self.number} {self.mark} {self.lines} {self.link} {self.origin}"


def head_of(number: str, mark: str, content: bytes) -> JournalHead | None:
    """Give the head of a journal; None where it has no whole line."""
    lines = content.split(b"\n")[:-1]
    if not lines:
        return None
    return JournalHead(number, mark, len(lines), _link(lines[-1]), _origin_in(lines[0]))


def _link(line: bytes) -> str:
    return journal.link_of(line)[:16]


def _origin_in(line: bytes) -> str:
    """Give the origin of the case whose journal begins with ``line``; "-" where it tells none."""
    try:
        return origin_of(json.loads(line)["rincian"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return "-"


def origin_of(sighting: Mapping[str, Any]) -> str:
    """Give what stays the same when a response is filed again: a digest of its source id, else of moment and words.

    Args:
        sighting: What the journal keeps of a response: ``kunci``, ``waktu`` and the keyed fingerprints ``sidik``.
    """
    words = [sighting["sidik"].get(key, "") for key in ("uraian", "pertanyaan", "nip")]
    told = sighting["kunci"] or [*sighting["waktu"], *words]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def read(path: Path) -> dict[str, JournalHead]:
    """Read the head of every case that was seen; {} where there is no file. A line that a crash cut short is none."""
    try:
        return parse(path.read_text("utf-8", "replace").split("\n"))
    except FileNotFoundError:
        return {}


def read_one(path: Path, number: str) -> JournalHead | None:
    """Read the head of one case; None where none was seen. The others are not looked at one by one."""
    try:
        text = path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None
    behind = f"\n{text}".split(f"\n{number} ")[1:]
    return parse(f"{number} {rest}".partition("\n")[0] for rest in behind).get(number)


def parse(lines: Iterable[str]) -> dict[str, JournalHead]:
    """Read lines of such a file, by number."""
    rows = (line.split(" ") for line in lines)
    return {row[0]: JournalHead(row[0], row[1], int(row[2]), row[3], row[4]) for row in rows if _is_whole(row)}


def _is_whole(row: list[str]) -> bool:
    return len(row) == 5 and row[2].isdecimal() and len(row[3]) == 16 and (row[4] == "-" or len(row[4]) == 16)


def add(path: Path, heads: Iterable[JournalHead]) -> None:
    """Write heads at the end of the file. Raises OSError when the disk refuses."""
    if path.is_file():
        atomic_files.append(path, b"\n" + _lines(heads))
    else:
        replace(path, heads)


def replace(path: Path, heads: Iterable[JournalHead]) -> None:
    """Put a file of just these heads in the place of what is there. Raises OSError when the disk refuses."""
    atomic_files.replace(path, _lines(heads))


def _lines(heads: Iterable[JournalHead]) -> bytes:
    return "".join(head.line() + "\n" for head in heads).encode()
