"""The rules of the steps: a stranger's name is told with whom it may mean."""

import pytest

from processor.cases.case_file import CaseFile
from processor.cases.rules import Staff, broken
from processor.foundation.settings import Officer
from tests.office import START

STAFF = Staff(
    {
        "andi": Officer(nama="Andi Misal, S.H., M.H., Ak., CPA.", peran=("pengelola_layanan",)),
        "analis": Officer(nama="Analis Contoh", peran=("analis_hukum",)),
        "lama": Officer(nama="Petugas Lama", peran=("pengelola_layanan",), berhenti=True),
    }
)


def mend(word: str) -> str:
    """What is told of ``word`` where an officer should stand."""
    basic = {"nomor_registrasi": "BH-2026-0001", "diterima": START, "sumber": "ekspor"}
    case = CaseFile.model_validate({**basic, "verifikasi": {"oleh": word}})
    [told] = [mend for _, key, message, mend in broken(case, [], STAFF) if "bukan petugas" in message]
    return told


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("pengelola", "Pakai salah satu: andi, analis. Sudah tidak bertugas?"),
        ("andy", "Maksudnya andi (Andi Misal, S.H., M.H., Ak., CPA.)?"),
        ("Andi Misal", "Maksudnya andi (Andi Misal, S.H., M.H., Ak., CPA.)?"),
        ("a", "Pakai salah satu: andi, analis."),
        ("“andi”", "Hapus tanda petik: tulis andi."),
        ("”", "Pakai salah satu"),
    ],
)
def test_a_stranger_is_told_with_whom_it_may_mean(word: str, said: str) -> None:
    assert mend(word).startswith(said)
