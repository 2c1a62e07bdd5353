"""Work is proven for one package and a quarter of an hour, and costs nothing to check."""

from itertools import count

import pytest

from processor.site import proof_of_work
from processor.site.proof_of_work import Challenges

ONE, OTHER = "a" * 64, "b" * 64


def solved(asked: str, digest: str) -> bytes:
    """The proof that a browser makes."""
    mark, bits = asked.split()
    found = next(n for n in count() if proof_of_work.work_done(mark, digest, n, int(bits)))
    return f"{mark} {digest} {found}".encode()


def test_work_that_was_done_is_proven_for_its_package_and_no_other() -> None:
    challenges = Challenges()
    proof = solved(challenges.asked(), ONE)
    assert challenges.proven(proof) == ONE
    assert challenges.proven(proof.replace(ONE.encode(), OTHER.encode())) == ""
    assert Challenges().proven(proof) == "", "what another program asked"
    assert "secret" not in repr(challenges)


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (15 * 60 - 1, True), (15 * 60, False), (-1, False)])
def test_a_proof_holds_for_a_quarter_of_an_hour(seconds: float, good: bool) -> None:  # noqa: FBT001 -- a parameter
    now = [6_000_000.0]
    challenges = Challenges(lambda: now[0])
    proof = solved(challenges.asked(), ONE)
    now[0] += seconds
    assert bool(challenges.proven(proof)) is good


@pytest.mark.parametrize("said", [b"", b"a b c", b"1-%b %b 0" % (b"0" * 16, b"a" * 64), b"\xff" * 200, b"9" * 5000])
def test_anything_else_proves_nothing(said: bytes) -> None:
    assert Challenges().proven(said) == ""


def test_what_is_asked_takes_tens_of_thousands_of_digests() -> None:
    mark, bits = Challenges().asked().split()
    assert int(bits) == 16
    solving = [sum(proof_of_work.work_done("1-a", ONE, n, bits) for n in range(3200)) for bits in (0, 1, 4, 16)]
    assert solving[0] == 3200
    assert 1500 < solving[1] < 1700
    assert 150 < solving[2] < 250
    assert solving[3] < 3
    assert proof_of_work.work_done(mark, ONE, 7) is proof_of_work.work_done(mark, ONE, 7, 16)
