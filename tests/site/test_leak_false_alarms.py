"""Made-up people with the commonest names, posts and streets, none of whom stands in the pages: nobody is found."""

import random
from collections.abc import Iterator

import pytest

from processor.cases.records import Applicant
from processor.site import leak_gate, leak_targets
from tests.effort import LONG
from tests.office import ROOT

_PEOPLE = 30_000 if LONG else 3000
_WORDS = """
Agus Ahmad Aisyah Andi Ani Arif Ayu Bakti Bambang Budi Cahaya Citra Damai Dewi Dian Dwi Eka Eko Fajar Fitri Hadi Hakim
Hartono Hendra Hidayat Indah Iman Intan Joko Kartika Kurnia Lestari Mawar Mega Melati Muhammad Mulia Mulyadi Nugroho Nur
Permata
Pratama Purnama Putra Putri Rahayu Rahman Ratna Rina Rizki Sari Setia Setiawan Siti Slamet Sri Suci Sulastri
Surya Susanti Syahputra Tri Utama Utami Wahyu Wati Wibowo Widodo Wijaya Wulan Yanti Yulia Yusuf Zainal
"""
_NAMES = _WORDS.split()
_POSTS = ("Analis Kepegawaian", "Kepala Seksi", "Guru", "Pranata Komputer", "Bendahara", "Staf", "Sekretaris Camat")
_UNITS = ("Dinas Pendidikan", "Badan Kepegawaian Daerah", "Biro Umum", "Inspektorat", "Dinas Kesehatan", "SMA Negeri 3")
_STREETS = ("Jalan Melati", "Jl. Jenderal Ahmad Yani", "Gang Mawar", "Perumahan Permata Indah Blok C", "Jalan Raya", "")
_TOWNS = ("Padang", "Kota Padang", "Bukittinggi", "Kecamatan Kuranji, Kota Padang", "")


def somebody(chance: random.Random) -> Applicant:
    """One made-up person."""
    name = " ".join(chance.sample(_NAMES, chance.choice((1, 2, 2, 2, 3, 3, 4))))
    born, hired = chance.randrange(1965, 2000), chance.randrange(1990, 2024)
    nip = f"{born}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02} {hired}{chance.randrange(1, 13):02} 1 901"
    return Applicant(
        nama=chance.choice((name, f"{name}, S.H.", f"Drs. {name}", name.upper())),
        nip=nip,
        jabatan=chance.choice(_POSTS),
        unit_kerja=chance.choice(_UNITS),
        alamat=f"{chance.choice(_STREETS)} No. {chance.randrange(1, 200)}, {chance.choice(_TOWNS)}",
        email=f"{name.split()[0].lower()}{chance.randrange(100)}@example.org",
        telepon=f"08{chance.randrange(10**9, 10**10)}",
    )


def people() -> Iterator[Applicant]:
    """The same people on every run."""
    chance = random.Random(10)
    yield from (somebody(chance) for _ in range(_PEOPLE))


@pytest.fixture(scope="module")
def sought() -> leak_targets.Targets:
    return leak_targets.targets(people(), "")


@pytest.mark.parametrize("folder", ["docs", "opinions", "forms"])
def test_nobody_is_found_in_pages_that_name_nobody(sought: leak_targets.Targets, folder: str) -> None:
    found = leak_gate.find_leaks(ROOT / folder, sought)
    assert [(leak.file, sorted(leak.hits)) for leak in found] == []
