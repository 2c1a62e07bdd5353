"""Blind signatures of RFC 9474 (RSABSSA-SHA384-PSSZERO-Deterministic): the signer's half, and who checks one.

The signer sees neither what is signed nor the signature that comes of it, and so knows neither again. What is signed
must be random: the browser's half, docs/assets/suara.js, makes 32 random bytes, blinds and unblinds.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

EXPONENT = 65537
BITS = 3072
_HASH = hashes.SHA384()
_PADDING = padding.PSS(padding.MGF1(_HASH), 0)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs: its public modulus, and the private exponent."""

    modulus: int
    private: int = field(repr=False)


def new_key(bits: int = BITS) -> SigningKey:
    """Make a key of so many bits."""
    made = rsa.generate_private_key(EXPONENT, bits).private_numbers()
    return SigningKey(made.public_numbers.n, made.d)


def sign(key: SigningKey, blinded: bytes) -> bytes:
    """Sign what is blinded (RFC 9474, 4.3).

    Raises:
        ValueError: It is no number below the modulus, of the modulus's length.
    """
    number = int.from_bytes(blinded)
    if len(blinded) != _length(key.modulus) or not 1 < number < key.modulus - 1:
        raise ValueError(len(blinded))
    signed = pow(number, key.private, key.modulus)
    if pow(signed, EXPONENT, key.modulus) != number:  # the key is damaged: nothing of it may leave
        raise ValueError(len(blinded))
    return signed.to_bytes(len(blinded))


def is_signed(modulus: int, message: bytes, signature: bytes) -> bool:
    """Tell whether ``signature``, unblinded, is one of ``message`` by the key of this modulus."""
    if len(signature) != _length(modulus):
        return False
    try:
        rsa.RSAPublicNumbers(EXPONENT, modulus).public_key().verify(signature, message, _PADDING, _HASH)
    except InvalidSignature:
        return False
    return True


def _length(modulus: int) -> int:
    return -(-modulus.bit_length() // 8)
