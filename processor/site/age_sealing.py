"""Seals content with age for one applicant, in sizes that tell nothing of the content or of the header."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyrage
from pyrage import x25519

MAGIC = b"age-encryption.org/v1\n"
Recipient: TypeAlias = x25519.Recipient
_STANZA = 98  # bytes of a header for each recipient; what else a header holds is up to 300 bytes
_CHUNK, _TAG, _NONCE, _MAC_LINE = 64 * 1024, 16, 16, 48  # bytes; see age-encryption.org/v1


@dataclass(frozen=True, slots=True)
class SealedReply:
    """Words for one applicant: ``recipient`` is the public half (``age1...``) of the key that comes of their code."""

    recipient: str
    content: bytes


def recipients(keys: Sequence[str]) -> list[Recipient]:
    """Read public keys (``age1...``). Raises pyrage.RecipientError for what is none."""
    return [x25519.Recipient.from_str(key) for key in keys]


def lost_recipients(count: int) -> list[Recipient]:
    """Make the recipients of dummies; their secret halves are thrown away at once."""
    return [x25519.Identity.generate().to_public() for _ in range(count)]


def seal_within(content: bytes, to: Recipient, most: int) -> bytes:
    """Seal ``content`` in at most ``most`` bytes: age writes headers of random length; a longer is not taken."""
    while len(sealed := bytes(pyrage.encrypt(content, [to]))) > most:
        pass
    return sealed


def seal_to_size(content: bytes, to: Sequence[Recipient]) -> bytes:
    """Seal ``content`` (64 KiB or more) with zeros, in as many bytes for every content of this length."""
    size = len(content) + len(content) // _CHUNK * _TAG + 1024 + _STANZA * len(to)
    file = _PaddedFile(content, size)
    pyrage.encrypt_io(file, file, list(to))
    return bytes(file.written)


class _PaddedFile:
    """What age reads from and writes to: the content, then zeros until the file will have ``size`` bytes."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self._given = 0
        self.written = bytearray()

    def read(self, most: int) -> bytes:
        """Give the next bytes to seal, at most ``most``."""
        part = self._content[self._given : self._given + most] or bytes(min(most, self._bytes_to_seal() - self._given))
        self._given += len(part)
        return part

    def _bytes_to_seal(self) -> int:
        """Say how many bytes to seal in all, so that the file has ``size`` bytes whatever its header's length is.

        The header comes with the first chunk, so until then one byte more than was given is asked for. Two sealings of
        64 KiB for two recipients, both of 66 772 bytes in the end (header to its last line, nonce, chunks and tags):
            header 285: space 66 772 - 285 - 48 - 16 = 66 423, in 2 chunks, so 66 391 to seal, 855 of them zeros
            header 365: space 66 772 - 365 - 48 - 16 = 66 343, in 2 chunks, so 66 311 to seal, 775 of them zeros
        """
        header = self.written[:_CHUNK].find(b"\n--- ") + 1
        if not header:
            return self._given + 1
        space = self._size - header - _MAC_LINE - _NONCE
        return space - -(-space // (_CHUNK + _TAG)) * _TAG

    def write(self, part: bytes) -> int:
        """Take a part of the file."""
        self.written += part
        return len(part)

    def flush(self) -> None:
        """Do nothing: no part is held back."""
