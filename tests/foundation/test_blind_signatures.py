import json
from functools import cache

import pytest

from processor.foundation import blind_signatures
from processor.foundation.blind_signatures import EXPONENT, SigningKey
from tests import voter
from tests.office import ROOT


@cache
def vector(name: str) -> bytes:
    """A part of the test vector of RFC 9474, appendix A.4."""
    return bytes.fromhex(json.loads((ROOT / "tests" / "data" / "rfc9474.json").read_text("utf-8"))[name])


def key() -> SigningKey:
    return SigningKey(int.from_bytes(vector("n")), int.from_bytes(vector("d")))


def test_a_signature_is_made_and_checked_as_the_rfc_says() -> None:
    modulus, inverse = key().modulus, int.from_bytes(vector("inv"))
    assert voter.blind(modulus, vector("msg"), pow(inverse, -1, modulus)) == vector("blinded_msg")
    assert blind_signatures.sign(key(), vector("blinded_msg")) == vector("blind_sig")
    assert voter.unblind(modulus, vector("blind_sig"), inverse) == vector("sig")
    assert blind_signatures.is_signed(modulus, vector("msg"), vector("sig"))


def test_nothing_else_is_a_signature() -> None:
    modulus, signature = key().modulus, vector("sig")
    changed = signature[:-1] + bytes([signature[-1] ^ 1])
    for wrong in (changed, signature[1:], b"", signature + b"\0", vector("blind_sig"), b"\xff" * len(signature)):
        assert not blind_signatures.is_signed(modulus, vector("msg"), wrong)
    assert not blind_signatures.is_signed(modulus, vector("msg") + b"\0", signature)


def test_what_is_no_number_below_the_modulus_is_not_signed() -> None:
    length = len(vector("n"))
    for wrong in (b"", bytes(length), (1).to_bytes(length), vector("n"), vector("blinded_msg")[1:], b"\xff" * length):
        with pytest.raises(ValueError):  # noqa: PT011 - it holds nothing of what was sent
            blind_signatures.sign(key(), wrong)


def test_a_damaged_key_gives_nothing_away() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it holds nothing of the key
        blind_signatures.sign(SigningKey(key().modulus, key().private ^ 4), vector("blinded_msg"))


def test_every_blinded_message_may_stand_for_every_token() -> None:
    """Whoever sees all that the signer saw, and holds its key, finds a blinding for each pair: none is more likely."""
    own = blind_signatures.new_key(1024)
    tokens = [bytes([number]) * 32 for number in range(3)]
    seen = [voter.blind(own.modulus, token, 12345 + number) for number, token in enumerate(tokens)]
    for blinded in seen:
        signed = blind_signatures.sign(own, blinded)
        for token in tokens:
            ratio = int.from_bytes(blinded) * pow(voter.encoded(own.modulus, token), -1, own.modulus)
            blinding = pow(ratio, own.private, own.modulus)
            assert voter.blind(own.modulus, token, blinding) == blinded
            ballot = voter.unblind(own.modulus, signed, pow(blinding, -1, own.modulus))
            assert blind_signatures.is_signed(own.modulus, token, ballot)
    assert EXPONENT == 65537
