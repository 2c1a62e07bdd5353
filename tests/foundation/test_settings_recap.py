"""Whose figures are gathered: a tree, addresses that are safe to ask, and none that means two agencies."""

from pathlib import Path

import pytest

from processor.foundation.errors import BrokenFiles
from tests.office import agency

KEY = "A" * 43 + "="
FIRST = {"kode": "A", "nama": "Kanwil A", "alamat": "https://a.example.go.id/rekap.json", "kunci": KEY}


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"kode": "A"}, "Kode instansi “A” dipakai dua kali"),
        ({"induk": "C"}, "Induk “C” tidak ada pada daftar instansi"),
        ({"induk": "B"}, "Instansi “B” menjadi bawahan dirinya sendiri"),
        ({"alamat": FIRST["alamat"]}, "alamat “https://a.example.go.id/rekap.json” dipakai dua instansi"),
        ({"kunci": KEY}, "kunci “AAAAAAAA…” dipakai dua instansi"),
        ({"nama": "KANWIL  a"}, "nama “KANWIL a” dipakai dua instansi"),
        ({"alamat": "http://b.example.go.id/rekap.json"}, "alamat"),
        ({"alamat": "https://orang:sandi@b.example.go.id/"}, "alamat"),
        ({"alamat": "http://127.0.0.1.example.go.id/"}, "alamat"),
        ({"alamat": "file:///etc/passwd"}, "alamat"),
        ({"kunci": "pendek"}, "kunci"),
    ],
)
def test_a_mistake_among_the_agencies_is_told(tmp_path: Path, second: dict[str, str], said: str) -> None:
    entry = {"kode": "B", "nama": "Kanwil B", **second}
    with pytest.raises(BrokenFiles) as told:
        agency(tmp_path, rekap={"instansi": [FIRST, entry]})
    assert said in str(told.value)


def test_agencies_in_a_tree_are_taken_with_or_without_address_and_key(tmp_path: Path) -> None:
    local = {"kode": "C", "nama": "Kanwil C", "alamat": "http://127.0.0.1:8000/rekap.json"}
    found = agency(tmp_path, rekap={"instansi": [FIRST, {"kode": "B", "nama": "Kanwil B", "induk": "A"}, local]})
    assert [one.kode for one in found.rekap.instansi] == ["A", "B", "C"]
    assert agency(tmp_path).rekap.instansi == ()
