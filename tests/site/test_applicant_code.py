"""The applicant's code: mistakes it shows, what it is read from, and the keys and padding that both halves share."""

import base64
import hashlib
import json
import secrets
from dataclasses import astuple
from itertools import combinations
from typing import Any, Final

import pyrage
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from hypothesis import given
from hypothesis import strategies as st

from processor.foundation.errors import PayungError
from processor.site import applicant_code
from processor.site.applicant_code import Code
from tests.office import ROOT

VECTORS_FILE: Final = ROOT / "tests" / "data" / "kode.json"
VECTORS: Final[dict[str, list[dict[str, Any]]]] = json.loads(VECTORS_FILE.read_text("utf-8"))
SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def answers() -> dict[str, list[dict[str, Any]]]:
    """The vectors as this half answers them; tests/site/test_browser_seal.py lets the other half answer."""
    return {
        "ketikan": [{"ketik": v["ketik"], **_typed(v["ketik"])} for v in VECTORS["ketikan"]],
        "alamat": [{"alamat": v["alamat"], "host": applicant_code.host_of(v["alamat"])} for v in VECTORS["alamat"]],
        "turunan": [_derived(v["kode"], v["host"]) for v in VECTORS["turunan"]],
        "ganjal": [{"isi": v["isi"], "kali": v["kali"], **_padded(v["isi"] * v["kali"])} for v in VECTORS["ganjal"]],
        "segel": [{**v, "isi": _opened(v)} for v in VECTORS["segel"]],
    }


def _typed(text: str) -> dict[str, str]:
    try:
        return {"kode": applicant_code.parse_code(text).shown, "salah": ""}
    except PayungError as wrong:
        return {"kode": "", "salah": str(wrong)}


def _derived(shown: str, host: str) -> dict[str, str]:
    keys = applicant_code.derive_keys(applicant_code.parse_code(shown), host)
    return {
        "kode": shown,
        "host": host,
        "identitas": keys.identity,
        "penerima": keys.recipient,
        "lacak": keys.locator,
        "susulan": keys.proof,
    }


def _padded(text: str) -> dict[str, Any]:
    padded = applicant_code.pad(text.encode())
    return {"panjang": len(padded), "sidik": hashlib.sha256(padded).hexdigest()}


def _opened(vector: dict[str, Any]) -> str:
    identity = applicant_code.derive_keys(applicant_code.parse_code(vector["kode"]), vector["host"]).identity
    opened = pyrage.decrypt(base64.b64decode(vector["age"]), [pyrage.x25519.Identity.from_str(identity)])
    return applicant_code.unpad(opened).decode()


def test_python_answers_the_shared_vectors(request: pytest.FixtureRequest) -> None:
    found = answers()
    if request.config.getoption("--perbarui-golden"):
        VECTORS_FILE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    assert found == json.loads(VECTORS_FILE.read_text("utf-8"))


def test_the_vectors_hold_what_both_halves_must_agree_on() -> None:
    assert len([v for v in VECTORS["ketikan"] if v["kode"]]) >= 10
    assert len({v["salah"] for v in VECTORS["ketikan"] if len(v["ketik"]) >= 20}) >= 4
    assert {v["oleh"] for v in VECTORS["segel"]} == {"python", "brankas"}
    assert {v["panjang"] for v in VECTORS["ganjal"]} >= {kib * 1024 for kib in (4, 64, 256, 1024, 2048)}


def is_code(symbols: str) -> bool:
    try:
        applicant_code.parse_code(symbols)
    except PayungError:
        return False
    return True


CODES: Final = [applicant_code.new_code().symbols for _ in range(20)]


@pytest.mark.parametrize("place", range(20))
def test_every_single_wrong_symbol_is_caught(place: int) -> None:
    for symbols in CODES:
        taken = [s for s in SYMBOLS if is_code(symbols[:place] + s + symbols[place + 1 :])]
        assert taken == [symbols[place]]


def test_every_swap_of_two_symbols_is_caught_neighbours_or_not() -> None:
    swaps = 0
    for symbols in CODES:
        for one, two in combinations(range(20), 2):
            swapped = list(symbols)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            assert is_code("".join(swapped)) == (symbols[one] == symbols[two])
            swaps += symbols[one] != symbols[two]
    assert swaps > 3000


def test_every_pair_of_symbols_swapped_at_every_place_is_caught() -> None:
    """The whole table: the check is linear, so what one code shows for a pair of symbols every code shows."""
    base = [secrets.choice(SYMBOLS) for _ in range(20)]
    for place in range(19):
        for one, two in combinations(SYMBOLS, 2):
            symbols = [*base[:place], one, two, *base[place + 2 :]]
            swapped = [*base[:place], two, one, *base[place + 2 :]]
            assert _value(symbols) != _value(swapped)


def _value(symbols: list[str]) -> int:
    return applicant_code._check_value(map(SYMBOLS.index, symbols))


def test_new_codes_use_every_symbol_and_never_repeat() -> None:
    made = [applicant_code.new_code().symbols for _ in range(1000)]
    assert len(set(made)) == 1000
    assert [applicant_code.parse_code(symbols).symbols for symbols in made] == made
    assert all({symbols[place] for symbols in made} == set(SYMBOLS) for place in range(20))


@given(st.text())
def test_whatever_is_typed_is_a_code_or_has_a_reason(text: str) -> None:
    answer = _typed(text)
    assert bool(answer["kode"]) != bool(answer["salah"])


def test_no_code_no_identity_and_no_proof_ever_shows_itself() -> None:
    made = applicant_code.new_code()
    keys = applicant_code.derive_keys(made, "payung.example.go.id")
    for told in (repr(made), str(made), f"{made}", repr(keys), str(keys), f"{keys}"):
        assert keys.proof not in told
        assert made.symbols not in told
        assert made.shown not in told
        assert "AGE-SECRET-KEY" not in told


def test_the_keys_are_what_another_library_derives() -> None:
    shown, host = VECTORS["turunan"][0]["kode"], VECTORS["turunan"][0]["host"]
    secret = PBKDF2HMAC(SHA256(), 32, f"payung-v1|{host}".encode(), 600_000).derive(shown.replace("-", "").encode())
    scalar = HKDF(SHA256(), 32, None, b"age-x25519").derive(secret)
    proof = HKDF(SHA256(), 32, None, b"susulan").derive(secret)
    assert proof.hex() == VECTORS["turunan"][0]["susulan"]
    assert hashlib.sha256(proof).hexdigest()[:32] == VECTORS["turunan"][0]["lacak"]
    assert _bech32_bytes(VECTORS["turunan"][0]["identitas"]) == scalar


def _bech32_bytes(text: str) -> bytes:
    """The content, without its checksum, which pyrage has verified."""
    bits = "".join(f"{'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.index(c):05b}" for c in text.lower().rpartition("1")[2][:-6])
    return int(bits[:256], 2).to_bytes(32)


def test_another_site_gives_other_keys() -> None:
    one, two = (
        applicant_code.derive_keys(Code(CODES[0]), host) for host in ("payung.example.go.id", "payung.example.org")
    )
    assert not set(astuple(one)) & set(astuple(two))


@given(st.binary(max_size=5000))
def test_padding_gives_the_same_content_back(content: bytes) -> None:
    assert applicant_code.unpad(applicant_code.pad(content)) == content


@pytest.mark.parametrize("broken", [b"", b"\0" * 4096, b"isi" + b"\0" * 4093])
def test_what_was_never_padded_is_refused(broken: bytes) -> None:
    with pytest.raises(PayungError, match="tidak utuh"):
        applicant_code.unpad(broken)
