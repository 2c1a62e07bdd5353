"""A sum that a sender's own browser does for a package while the endpoint is under load: about a second on a phone.

It is bound to one package and to a quarter of an hour, and nothing of it is kept. The browser's half is
processor/browser/src/bukti.js.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BITS = 16  # leading zeros: 65 000 digests on average; a phone does about 100 000 a second
_MINUTES = 15
_PROOF = re.compile(rb"((\d{1,12})-[0-9a-f]{16}) ([0-9a-f]{64}) (\d{1,10})")


@dataclass(frozen=True, slots=True)
class Challenges:
    """What is asked, by a secret that lives as long as the program; ``clock`` gives seconds."""

    clock: Callable[[], float] = time.time
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def asked(self) -> str:
        """Give what to ask now: a mark of this minute, and how many leading zeros the digest must have."""
        return f"{self._mark(int(self.clock()) // 60)} {BITS}"

    def proven(self, said: bytes) -> str:
        """Give the SHA-256 (hex) of the package for which ``said`` proves the work; "" when it proves none."""
        proof = _PROOF.fullmatch(said)
        if proof is None:
            return ""
        mark, minute, digest, count = (part.decode() for part in proof.groups())
        fresh = 0 <= int(self.clock()) // 60 - int(minute) < _MINUTES
        good = fresh and hmac.compare_digest(mark, self._mark(int(minute)))
        return digest if good and work_done(mark, digest, int(count)) else ""

    def _mark(self, minute: int) -> str:
        seal = hmac.digest(self._secret, str(minute).encode(), "sha256").hex()[:16]
        return f"{minute}-{seal}"


def work_done(mark: str, digest: str, count: int, bits: int = BITS) -> bool:
    """Tell whether ``count`` solves what was asked for a package."""
    begin = hashlib.sha256(f"{mark} {digest}".encode()).digest()
    found = hashlib.sha256(begin + count.to_bytes(8)).digest()
    return int.from_bytes(found[:4]) >> (32 - bits) == 0
