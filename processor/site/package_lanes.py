"""Who may bring a package to the endpoint now: one lane for packages with proof of work, a slower one for all others.

Under load a sum is asked for (``proof_of_work``). A package without it, as an older page sends, goes into a small
slower lane, so that rubbish cannot take the place of all others.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processor.site import endpoint_answers
from processor.site.proof_of_work import Challenges

_ASKED = b"payung-soal"  # the header of what is asked under load
_ASKING = 60.0  # seconds; what is half sent comes and goes, and a page may not be asked this now and that then
_UNPROVEN_AT_ONCE = 200  # on their way in at one time; half of all connections stay for others


@dataclass(frozen=True, slots=True)
class EndpointLimits:
    """How much is taken: ``size`` of a package (bytes), ``seconds`` for a whole body and of ``silence`` within it,
    packages ``waiting``, and the ``spare`` (bytes) that the disk keeps for the register.

    Packages without proof are the ``small`` part of those that wait, leave ``reserve`` bytes more on the disk, and are
    let in ``pause`` seconds apart once there are half as many, in a queue of so ``many``. Of ``parts`` packages a part
    may lie there (``package_pieces``), which none of the others counts.
    """

    size: int = 12 * 1024 * 1024
    seconds: float = 600.0
    silence: float = 30.0
    waiting: int = 1000
    spare: int = 256 * 1024 * 1024
    small: int = 500
    reserve: int = 256 * 1024 * 1024
    pause: float = 0.5
    many: int = 40
    parts: int = 100


class Lanes:
    """The two lanes; ``waiting`` counts the packages that no pass has taken yet, ``free`` the disk's free bytes."""

    def __init__(self, limits: EndpointLimits, waiting: Callable[[], int], free: Callable[[], int]) -> None:
        self._limits, self._waiting, self._free = limits, waiting, free
        self._turn = asyncio.Lock()
        self._queued, self._unproven, self._asking_until = 0, 0, 0.0
        self._challenges, self._proving, self._coming = Challenges(), set[str](), set[Path]()

    @contextmanager
    def entered(self, proof: bytes, *, whole: bool) -> Iterator[str]:
        """Stand in a lane while a body comes, of a ``whole`` package or of a piece of one.

        Yields:
            The SHA-256 (hex) of the package for which ``proof`` shows the work; "" in the slower lane.

        Raises:
            Refused: When the slower lane takes nobody now.
        """
        proven = self._challenges.proven(proof)
        if proven and proven not in self._proving:  # a proof is for one package, once at a time
            self._proving.add(proven)
            try:
                yield proven
            finally:
                self._proving.discard(proven)
            return
        self._unproven += 1
        try:
            if self.is_full() if whole else self._is_crowded():
                raise endpoint_answers.full()
            yield ""
        finally:
            self._unproven -= 1

    async def let_in(self, draft: Path) -> None:
        """Let a package without proof in: at once, under load after others; ``let_go`` of its ``draft`` afterwards.

        Raises Refused when its lane is full.
        """
        if self._is_under_load():
            if self._queued >= self._limits.many:
                raise endpoint_answers.full()
            self._queued += 1
            try:
                async with self._turn:
                    await asyncio.sleep(self._limits.pause)
            finally:
                self._queued -= 1
            if self.is_full():
                raise endpoint_answers.full()
        self._coming.add(draft)  # it has its place from now on; no await lies between the look and this line

    def let_go(self, draft: Path) -> None:
        """Forget a package that is there now, or never will be."""
        self._coming.discard(draft)

    def asked(self) -> list[tuple[bytes, bytes]]:
        """Give the header that asks for work, under load."""
        return [(_ASKED, self._challenges.asked().encode())] if self._is_under_load() else []

    def _is_under_load(self) -> bool:
        """Tell whether so much waits or is on its way in that work is asked for, and for a minute after."""
        if self._waiting() * 2 >= min(self._limits.small, self._limits.waiting) or self.is_full():
            self._asking_until = time.monotonic() + _ASKING
        return time.monotonic() < self._asking_until

    def is_full(self) -> bool:
        """Tell whether packages without proof have taken all that is theirs, with those that were let in."""
        return self._is_crowded() or self._waiting() + len(self._coming) >= self._limits.small

    def _is_crowded(self) -> bool:
        """Tell whether too many without proof bring something at once, or the disk has no place for it."""
        return self.is_scarce() or self._unproven > _UNPROVEN_AT_ONCE

    def is_scarce(self) -> bool:
        """Tell whether what is left on the disk is for packages with proof; with less nobody is let in."""
        return self._limits.spare <= self._free() < self._limits.spare + self._limits.reserve
