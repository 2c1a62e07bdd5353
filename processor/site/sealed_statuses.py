"""Published statuses: each sealed to its applicant alone, among dummies, in files of one size; a look takes one file.

``balasan/status-<files>-<place>.bin``: there are 1, 16, 256 or 1 024 files, and a status lies in the one whose place
(3 hex digits) the first bits of its locator give. Whoever serves the site learns these bits of a look: the file that is
asked for. In a file, numbers are 4 bytes, the most significant first: the size of an entry, then entries of that size,
shuffled. An entry is the length of an age file, that file, and zeros. In it stands the status, padded with 0x80 and
zeros. A code is tried on all entries of its file.

All files hold as many entries as one division (``DIVISIONS``) says. A division is taken at the first publication of a
month, so that a quarter of its fullest file is still free, and between those only if something does not fit at all:
what one day's answers are shows in no number. It never gives way to a smaller one. Each file holds 50 entries at the
very least, which nobody tells from dummies.

Whoever sends a request may choose a locator. So a file that is full though all the others are nearly empty makes no
larger division: what came last to it is left out (``surplus``), and the office is told.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import SystemRandom

from processor.site import age_sealing
from processor.site.age_sealing import Recipient, SealedReply

ENTRY = 704
"""Bytes of an entry: 93 of them are 64 KiB. A header takes up to 360 of them, a tag and a nonce 32."""
STATUS_SIZE = 303
"""Bytes that a status may have."""


@dataclass(frozen=True, slots=True, order=True)
class StatusDivision:
    """In how many ``files`` statuses are published, and how many ``entries`` each holds."""

    files: int
    entries: int

    @property
    def outgrown(self) -> float:
        """With how many statuses, at the fewest, a larger one may be taken.

        Of several files it is a quarter of what they hold where chance alone has spread it, with four times its spread
        to spare; with fewer, somebody has chosen where they lie.
        """
        fill = (math.sqrt(16 + 4 * self.entries) - 4) / 2
        return self.files * fill * fill / 4 if self.files > 1 else self.entries * 3 / 4

    @property
    def size(self) -> int:
        """The bytes of a file: what one look takes."""
        return 4 + self.entries * ENTRY

    def place(self, locator: str) -> int:
        """Give the file in which the status of a ``locator`` lies, counted from 0."""
        return int(locator[:8], 16) * self.files >> 32

    def path(self, place: int) -> str:
        """Give the path of a file in the site."""
        return f"balasan/status-{self.files}-{place:03x}.bin"


DIVISIONS = (
    StatusDivision(1, 64), StatusDivision(1, 128), StatusDivision(1, 256),
    StatusDivision(16, 64), StatusDivision(16, 128), StatusDivision(16, 320),
    StatusDivision(256, 93), StatusDivision(1024, 93),
)  # fmt: skip
"""From the smallest to the largest; beyond it, the entries of the last are doubled."""


def division_for(locators: Collection[str], least: StatusDivision, *, spare: bool) -> StatusDivision:
    """Give the first division that holds the statuses of ``locators``, or all that chance would bring it.

    Args:
        locators: Of every status, as often as a code has one.
        least: The division of the last publication; no smaller one is given.
        spare: Whether a quarter of the fullest file is to be free, where one of ``DIVISIONS`` has that.
    """
    free = (one for one in DIVISIONS if one >= least and _holds(one, locators, one.entries * 3 // 4))
    found = next(free, None) if spare else None
    return found or next(one for one in _from(least) if _holds(one, locators, one.entries))


def _holds(division: StatusDivision, locators: Collection[str], most: int) -> bool:
    """Tell whether no file has more than ``most`` statuses, or there are too few for a larger division."""
    return _fullest(division, locators) <= most or len(locators) < division.outgrown


def surplus(locators: Iterable[str], division: StatusDivision) -> int:
    """Count the statuses that their files have no entry for."""
    return sum(max(0, count - division.entries) for count in Counter(map(division.place, locators)).values())


def _from(least: StatusDivision) -> Iterator[StatusDivision]:
    """Give the divisions from ``least`` on, without an end."""
    yield from (one for one in DIVISIONS if one >= least)
    last = DIVISIONS[-1]
    larger = (StatusDivision(last.files, last.entries << doubled) for doubled in count(1))
    yield from (one for one in larger if one >= least)


def _fullest(division: StatusDivision, locators: Collection[str]) -> int:
    """Count the statuses in the file that has most."""
    return max(Counter(map(division.place, locators)).values(), default=0)


def seal_all(statuses: Iterable[tuple[str, SealedReply]], division: StatusDivision) -> dict[str, bytes]:
    """Make every file of statuses.

    Args:
        statuses: A status for each applicant, by its locator; where a file has no entry left, the first ones stay.
        division: How they are divided.

    Returns:
        The files by their paths in the site.

    Raises:
        ValueError: When a status is longer than ``STATUS_SIZE`` bytes.
    """
    sealed = defaultdict[int, list[bytes]](list)
    for locator, one in statuses:
        if len(sealed[division.place(locator)]) < division.entries:
            [recipient] = age_sealing.recipients([one.recipient])
            sealed[division.place(locator)].append(_sealed(one.content, recipient))
    [nobody] = age_sealing.lost_recipients(1)
    return {division.path(at): _file(sealed[at], division.entries, nobody) for at in range(division.files)}


def _file(sealed: list[bytes], entries: int, nobody: Recipient) -> bytes:
    """Make a file of sealed statuses, and dummies for ``nobody`` among them."""
    every = [*sealed, *(_sealed(b"", nobody) for _ in range(entries - len(sealed)))]
    SystemRandom().shuffle(every)
    return frame(every)


def _sealed(content: bytes, to: Recipient) -> bytes:
    """Seal a status, or a dummy, so that it fits its entry."""
    if len(content) > STATUS_SIZE:
        raise ValueError("a status does not fit its entry")
    return age_sealing.seal_within((content + b"\x80").ljust(STATUS_SIZE + 1, b"\0"), to, ENTRY - 4)


def frame(files: Sequence[bytes]) -> bytes:
    """Join age files as entries."""
    return ENTRY.to_bytes(4) + b"".join((len(file).to_bytes(4) + file).ljust(ENTRY, b"\0") for file in files)


def entries(content: bytes) -> Iterator[bytes]:
    """Give the age files that ``frame`` put into ``content``."""
    size = max(int.from_bytes(content[:4]), 4)
    for start in range(4, len(content), size):
        begin = start + 4
        yield content[begin : begin + int.from_bytes(content[start:begin])]


def is_whole(content: bytes) -> bool:
    """Tell whether ``content`` is sealed entries and nothing else."""
    files = list(entries(content))
    return bool(files) and frame(files) == content and all(file.startswith(age_sealing.MAGIC) for file in files)
