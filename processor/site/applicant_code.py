"""The applicant's code, the keys that come of it, and the padding that hides a length.

What the browser does with a code is written again in processor/browser; tests/data/kode.json binds both halves.
Neither a code nor an identity nor a proof is ever stored: the office keeps the locator and the recipient only.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from urllib.parse import urlsplit

from pyrage import x25519

from processor.foundation.errors import PayungError

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32 has no I, L, O and U
_MISREAD = str.maketrans("ILO", "110")
_LENGTH = 20  # 19 random symbols, 95 bits, and the check symbol
_ROUNDS = 600_000
_SIZES = tuple(kib * 1024 for kib in (4, 64, 256, 1024))


@dataclass(frozen=True, slots=True)
class Code:
    """A code of 20 valid symbols; its repr does not show them."""

    symbols: str = field(repr=False)

    @property
    def shown(self) -> str:
        """``XXXXX-XXXXX-XXXXX-XXXXX``, as the applicant keeps it."""
        return "-".join(self.symbols[start : start + 5] for start in range(0, _LENGTH, 5))


@dataclass(frozen=True, slots=True)
class Keys:
    """What a code gives: an age identity and its public half, a locator (32 hex digits), and what proves it (64).

    The office keeps the locator. Only who has the code has the ``proof`` of it, with which they add to their case.
    """

    identity: str = field(repr=False)
    recipient: str
    locator: str
    proof: str = field(repr=False)


def new_code() -> Code:
    """Make a new code, for an applicant who cannot make one in a browser."""
    values = [secrets.randbelow(32) for _ in range(_LENGTH - 1)]
    return Code("".join(_SYMBOLS[value] for value in (*values, _check_value(values))))


def parse_code(typed: str) -> Code:
    """Read the code that somebody typed.

    Only letters and digits count, in either case; I and L are read as 1, O as 0 (Crockford's base32).

    Raises:
        PayungError: With what is wrong with it, for the person who typed it.
    """
    upper = unicodedata.normalize("NFKC", typed).upper()
    symbols = "".join(filter(str.isalnum, upper)).translate(_MISREAD)
    if wrong := _mistake(symbols):
        raise PayungError(wrong)
    return Code(symbols)


def _mistake(symbols: str) -> str:
    """Say why ``symbols`` are no code, or "" when they are one. The browser says the same words."""
    if len(symbols) != _LENGTH:
        return (
            f"Kode terdiri atas {_LENGTH} huruf dan angka; yang Anda ketik {len(symbols)}. "
            "Cocokkan dengan kode yang Anda simpan, bukan nomor registrasi."
        )
    if foreign := [symbol for symbol in symbols if symbol not in _SYMBOLS]:
        return f"Kode tidak pernah memuat “{foreign[0]}”. Cocokkan lagi dengan kode yang Anda simpan."
    if _check_value(map(_SYMBOLS.index, symbols)):
        return "Ada huruf atau angka yang keliru atau tertukar. Cocokkan lagi dengan kode yang Anda simpan."
    return ""


def _check_value(values: Iterable[int]) -> int:
    """Compute the check value of ``values``, each 0 to 31; with it at their end, the check value is 0.

    Damm's algorithm with the quasigroup ``x * y = 2(x + y)`` of GF(32). Value k of n weighs 2^(n-k+1), and 2 has
    order 31, so that in 20 symbols no two weights are equal: every changed symbol and every swapped pair shows.
    """
    return reduce(lambda interim, value: _double(interim ^ value), values, 0)


def _double(value: int) -> int:
    """Multiply ``value`` by 2 in GF(32), modulo x^5 + x^2 + 1."""
    return value << 1 if value < 16 else value << 1 ^ 0b100101


def host_of(address: str) -> str:
    """Give the host name in a site's address as browsers do: lower case, without the port."""
    return urlsplit(address).hostname or ""


def derive_keys(code: Code, host: str) -> Keys:
    """Derive the keys of ``code`` on the site ``host`` (from ``host_of``).

    Takes about 0.2 s, so that guessing codes is dear.
    """
    secret = hashlib.pbkdf2_hmac("sha256", code.symbols.encode(), f"payung-v1|{host}".encode(), _ROUNDS)
    identity = _bech32("age-secret-key-", _hkdf(secret, b"age-x25519")).upper()
    public = x25519.Identity.from_str(identity).to_public()
    proof = _hkdf(secret, b"susulan").hex()
    return Keys(identity, str(public), locator_of(proof), proof)


def locator_of(proof: str) -> str:
    """Give the locator (32 hex digits) that ``proof`` (64 hex digits) proves.

    Nobody finds a proof for a locator that they see: it is half of the proof's SHA-256.
    """
    return hashlib.sha256(bytes.fromhex(proof)).digest()[:16].hex()


def _hkdf(secret: bytes, info: bytes) -> bytes:
    """Compute HKDF-SHA256 (RFC 5869) without salt: the first 32 bytes."""
    key = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(key, info + b"\x01", "sha256")


_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _bech32(prefix: str, content: bytes) -> str:
    """Write ``content`` in Bech32 (BIP 173)."""
    bits = len(content) * 8
    number = int.from_bytes(content) << -bits % 5
    words = [number >> shift & 31 for shift in range((bits - 1) // 5 * 5, -1, -5)]
    expanded = [*(ord(c) >> 5 for c in prefix), 0, *(ord(c) & 31 for c in prefix)]
    checksum = _polymod([*expanded, *words, *[0] * 6]) ^ 1
    words += [checksum >> shift & 31 for shift in range(25, -1, -5)]
    return f"{prefix}1{''.join(_BECH32[word] for word in words)}"


def _polymod(words: Sequence[int]) -> int:
    """Compute the checksum polynomial of BIP 173."""
    check = 1
    for word in words:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ word
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator * (top >> bit & 1)
    return check


def pad(content: bytes) -> bytes:
    """Pad ``content`` with 0x80 and zeros (ISO/IEC 7816-4), so that its length tells little.

    Returns:
        4, 64, 256 or 1024 KiB, whichever is enough; above that, whole multiples of 1024 KiB.
    """
    needed, largest = len(content) + 1, _SIZES[-1]
    size = next((size for size in _SIZES if size >= needed), -(-needed // largest) * largest)
    return (content + b"\x80").ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Give what was padded. Raises PayungError when ``padded`` is not."""
    content = padded.rstrip(b"\0")
    if not content.endswith(b"\x80"):
        raise PayungError("Isi berkas tersegel tidak utuh. Ambil lagi berkas itu dari pengirimnya atau dari cadangan.")
    return content[:-1]
