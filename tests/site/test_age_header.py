"""Rubbish is told from a sealed package by the form of its header alone."""

import pyrage
import pytest
from pyrage import x25519

from processor.site import age_header

KEY, MAC = b"A" * 43, b"--- %b\n" % (b"B" * 43)
FIRST, OURS = b"age-encryption.org/v1\n", b"-> X25519 %b\n%b\n" % (KEY, KEY)
OTHER = b"-> lain-grease a b\n%b\nQQ\n" % (b"C" * 64)


@pytest.mark.parametrize(
    ("head", "good"),
    [
        (FIRST + OURS + MAC, True),
        (FIRST + OURS * 39 + OTHER + MAC + b"isi", True),
        (FIRST + OURS * 40 + MAC, True),
        (FIRST + OTHER * 2 + OURS + MAC, True),
        (FIRST + OURS + b"-> lain\n\n" + MAC, True),
        (FIRST + OURS * 41 + MAC, False),
        (FIRST + OURS + b"-> a\n\n" * 40 + MAC, False),
        (FIRST + OTHER + MAC, False),
        (FIRST + MAC, False),
        (FIRST + OURS, False),
        (FIRST + OURS + MAC[:-2] + b"\n", False),
        (FIRST + b"-> X25519 abc\n%b\n" % KEY + OURS + MAC, False),
        (FIRST + b"-> X25519 %b\n%b\n" % (KEY, b"A" * 42) + MAC, False),
        (b"age-encryption.org/v2\n" + OURS + MAC, False),
        (b"x" + FIRST + OURS + MAC, False),
        (FIRST + b"-> a " + b"b" * 5000 + b"\n\n" + OURS + MAC, False),
        (b"", False),
    ],
)
def test_a_header_has_one_form(head: bytes, good: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    assert age_header.is_age(head) is good


@pytest.mark.parametrize("count", [1, 5, 20])
def test_what_is_really_sealed_has_it(count: int) -> None:
    keys = [x25519.Identity.generate().to_public() for _ in range(count)]
    assert age_header.is_age(pyrage.encrypt(b"isi", keys)[: age_header.LONGEST])
