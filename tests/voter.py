"""What an applicant's browser does for a vote (docs/assets/suara.js), written again: a token, blinded and unblinded."""

import hashlib
import hmac
from dataclasses import dataclass

from processor.foundation.blind_signatures import EXPONENT

_SEED = 48  # bytes of SHA-384


@dataclass(frozen=True)
class Voter:
    """Who votes for the case ``number``: their age identity comes of their code."""

    identity: str
    number: str
    modulus: int

    @property
    def token(self) -> bytes:
        return derived(self.identity, f"payung-suara-v1|token|{self.number}", 32)

    @property
    def blinding(self) -> int:
        length = length_of(self.modulus) + 16
        return int.from_bytes(derived(self.identity, f"payung-suara-v1|buta|{self.number}", length)) % self.modulus

    @property
    def blinded(self) -> bytes:
        return blind(self.modulus, self.token, self.blinding)

    def unblinded(self, signature: bytes) -> bytes:
        return unblind(self.modulus, signature, pow(self.blinding, -1, self.modulus))


def derived(identity: str, info: str, length: int) -> bytes:
    """HKDF-SHA256 (RFC 5869) without salt."""
    key, block, made = hmac.digest(bytes(32), identity.encode(), "sha256"), b"", b""
    for count in range(1, -(-length // 32) + 1):
        block = hmac.digest(key, block + info.encode() + bytes([count]), "sha256")
        made += block
    return made[:length]


def length_of(modulus: int) -> int:
    return -(-modulus.bit_length() // 8)


def encoded(modulus: int, message: bytes) -> int:
    """EMSA-PSS (RFC 8017, 9.1.1) with SHA-384 and no salt, as a number."""
    bits = modulus.bit_length() - 1
    length = -(-bits // 8)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest()).digest()
    block = bytes(length - _SEED - 2) + b"\x01"
    masked = bytes(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    first = masked[0] & 0xFF >> 8 * length - bits
    return int.from_bytes(bytes([first]) + masked[1:] + digest + b"\xbc")


def _mask(seed: bytes, length: int) -> bytes:
    parts = (hashlib.sha384(seed + count.to_bytes(4)).digest() for count in range(-(-length // _SEED)))
    return b"".join(parts)[:length]


def blind(modulus: int, message: bytes, blinding: int) -> bytes:
    blinded = encoded(modulus, message) * pow(blinding, EXPONENT, modulus) % modulus
    return blinded.to_bytes(length_of(modulus))


def unblind(modulus: int, signature: bytes, inverse: int) -> bytes:
    return (int.from_bytes(signature) * inverse % modulus).to_bytes(length_of(modulus))
