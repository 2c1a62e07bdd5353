"""Files of figures are signed: whatever is changed, cut, or signed for another purpose is refused."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from processor.cases import aggregate_key
from processor.cases.aggregate_key import NotSigned, Signed
from processor.foundation.errors import PayungError

CONTENT = {"format": "x", "angka": [1, None, "é"], "instansi": "Biro"}


def test_a_key_is_made_once_for_its_owner_alone_and_signs_the_same_twice(tmp_path: Path) -> None:
    path = tmp_path / "kunci" / "rekap.pem"
    assert aggregate_key.load(path) is None
    made = aggregate_key.create(path)
    again = aggregate_key.load(path)
    assert again
    assert aggregate_key.sign(made, CONTENT) == aggregate_key.sign(again, CONTENT)
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_signed_is_read_whatever_its_order_and_spaces(tmp_path: Path) -> None:
    key = aggregate_key.create(tmp_path / "rekap.pem")
    file = json.loads(aggregate_key.sign(key, CONTENT))
    turned = {**file, "isi": dict(reversed(file["isi"].items()))}
    expected = Signed(aggregate_key.public_text(key), CONTENT)
    assert aggregate_key.check(json.dumps(turned, indent=7).encode()) == expected


def test_anybody_can_check_a_signature_by_the_way_that_the_schema_tells(tmp_path: Path) -> None:
    file = json.loads(aggregate_key.sign(aggregate_key.create(tmp_path / "rekap.pem"), CONTENT))
    text = 'payung-rekap-1\n{"angka":[1,null,"é"],"format":"x","instansi":"Biro"}'
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(file["kunci"]))
    public.verify(base64.b64decode(file["tanda_tangan"]), text.encode())


def test_a_key_with_signs_between_its_letters_is_refused(tmp_path: Path) -> None:
    file = json.loads(aggregate_key.sign(aggregate_key.create(tmp_path / "rekap.pem"), CONTENT))
    with pytest.raises(NotSigned):
        aggregate_key.check(json.dumps({**file, "kunci": f"!{file['kunci']}"}).encode())


@pytest.mark.parametrize("path", [("isi", "instansi"), ("isi", "angka"), ("kunci",), ("tanda_tangan",)])
def test_one_change_anywhere_is_refused(tmp_path: Path, path: tuple[str, ...]) -> None:
    file = json.loads(aggregate_key.sign(aggregate_key.create(tmp_path / "a"), CONTENT))
    other = json.loads(
        aggregate_key.sign(aggregate_key.create(tmp_path / "b"), {**CONTENT, "instansi": "L", "angka": []})
    )
    *above, last = path
    at: Any = file
    for step in above:
        at, other = at[step], other[step]
    at[last] = other[last]
    with pytest.raises(NotSigned, match="Tanda tangannya tidak cocok"):
        aggregate_key.check(json.dumps(file).encode())


@pytest.mark.parametrize(
    "file",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"isi": 1}', b"1" * 5000,
        b'{"isi": 1, "kunci": "AA==", "tanda_tangan": "AA=="}', b'{"isi": 1, "kunci": 1, "tanda_tangan": 2}',
        b'{"isi": "\\ud800", "kunci": "' + b"A" * 43 + b'=", "tanda_tangan": "' + b"A" * 86 + b'=="}',
    ],
)  # fmt: skip
def test_what_is_no_file_of_figures_is_refused(file: bytes) -> None:
    with pytest.raises(NotSigned, match=r"rekap\.json"):
        aggregate_key.check(file)


@pytest.mark.parametrize("content", [b"", b"rusak", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_told_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rekap.pem"
    path.write_bytes(content)
    with pytest.raises(PayungError, match="Pulihkan dari cadangan"):
        aggregate_key.load(path)
    assert path.read_bytes() == content


def test_a_fingerprint_can_be_read_aloud(tmp_path: Path) -> None:
    one, other = (aggregate_key.public_text(aggregate_key.create(tmp_path / name)) for name in "ab")
    assert re.fullmatch(r"([0-9A-F]{4}-){4}[0-9A-F]{4}", aggregate_key.fingerprint(one))
    assert aggregate_key.fingerprint(one) != aggregate_key.fingerprint(other)
