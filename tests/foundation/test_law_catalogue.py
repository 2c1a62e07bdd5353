"""The catalogue of law: keys become titles, and what no longer holds is stopped."""

from pathlib import Path

import pytest

from processor.foundation import law_catalogue, yaml_reader
from processor.foundation.errors import BrokenFiles
from tests.letter_samples import catalogue

GOOD = """\
peraturan:
  uu-25-2009:
    judul: Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik
    tahun: 2009
    status: berlaku
"""


def mistakes(folder: Path, text: str) -> list[str]:
    path = folder / law_catalogue.FILE_NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFiles) as caught:
        law_catalogue.load(path)
    return [str(problem) for problem in caught.value.problems]


def test_a_key_becomes_the_official_title() -> None:
    texts, problems = law_catalogue.resolve(["uu-25-2009", "UU-27-2022 "], catalogue())
    assert texts == (
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
    )
    assert problems == ()


def test_a_title_carries_its_amendments() -> None:
    texts, _ = law_catalogue.resolve(["uu-30-2014"], catalogue())
    assert texts[0].startswith("Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan sebagaimana telah")


def test_free_text_passes_as_it_is() -> None:
    entry = "Putusan <contoh> & {{ 7 }} Nomor 1"
    assert law_catalogue.resolve([entry], catalogue()) == ((entry,), ())


@pytest.mark.parametrize(
    ("key", "successor"),
    [("uu-5-2014", "uu-20-2023"), ("pp-53-2010", "pp-94-2021"), ("permenpanrb-62-2018", "Nomor 5 Tahun 2025")],
)
def test_a_repealed_regulation_names_its_successor(key: str, successor: str) -> None:
    texts, (problem,) = law_catalogue.resolve([key], catalogue())
    assert texts == ()
    assert "sudah dicabut" in problem.message
    assert successor in problem.mend


@pytest.mark.parametrize("entry", ["uu30-2014", "UU_30_2014", "uu30/2014", "undang-undang-30-2014"])
def test_a_known_law_in_another_spelling_of_its_key_is_suggested(entry: str) -> None:
    document = yaml_reader.parse(Path("permohonan.yaml"), f"kajian:\n  dasar_hukum:\n    - bebas saja\n    - {entry}\n")
    _, (problem,) = law_catalogue.resolve(["bebas saja", entry], catalogue(), document)
    assert str(problem) == (
        f"permohonan.yaml, baris 4: Dasar hukum “{entry.lower()}” tidak ada di katalog. Maksudnya “uu-30-2014”?"
    )


@pytest.mark.parametrize("entry", ["uu-31-2014", "uu-30-2015", "pp-30-2014", "uu-3-2014", "pp-94-2012", "uu-302-014"])
def test_another_number_or_year_is_another_law_and_never_suggested(entry: str) -> None:
    _, (problem,) = law_catalogue.resolve([entry], catalogue())
    assert problem.mend == "Tulis judul lengkapnya, atau tambahkan pada opinions/dasar-hukum.yaml."


@pytest.mark.parametrize(
    "entry",
    [
        "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara",
        "undang-undang Republik Indonesia No. 05 Thn. 2014",
        "UU No. 5 Tahun 2014",
        "UU No.5/2014",
        "UU 5/2014",
        "UU RI Nomor 5 Tahun 2014",
        "uu5-2014",
        "Pasal 5 ayat (1) huruf a UU 5 Tahun 2014",
    ],
)
def test_a_repealed_law_in_words_is_a_problem_too(entry: str) -> None:
    texts, (problem,) = law_catalogue.resolve([entry], catalogue())
    assert texts == ()
    assert f"“{entry}” sudah dicabut" in problem.message
    assert "uu-20-2023" in problem.mend


@pytest.mark.parametrize(
    ("entry", "successor"),
    [
        ("Peraturan Pemerintah Nomor 53 Tahun 2010", "pp-94-2021"),
        ("PP 53 Tahun 2010", "pp-94-2021"),
        ("PermenPAN-RB 62/2018", "Nomor 5 Tahun 2025"),
    ],
)
def test_other_kinds_are_known_by_their_short_and_long_names(entry: str, successor: str) -> None:
    _, (problem,) = law_catalogue.resolve([entry], catalogue())
    assert successor in problem.mend


@pytest.mark.parametrize(
    "entry",
    [
        "Undang-Undang Nomor 15 Tahun 2014 tentang Contoh",
        "PP Nomor 5 Tahun 2014",
        "Peraturan Pemerintah Nomor 11 Tahun 2017 yang melaksanakan UU 5/2014",
        "Pasal 87 UU 20/2023 yang menggantikan UU 5/2014",
        "Putusan MK tentang UU 5/2014",
        "UU 30/2014",
        "Pasal " + "a " * 5000,
    ],
)
def test_a_law_in_words_that_still_holds_passes_whatever_else_it_names(entry: str) -> None:
    assert law_catalogue.resolve([entry], catalogue()) == ((entry,), ())


def test_a_key_like_nothing_known_is_told_where_to_go() -> None:
    _, (problem,) = law_catalogue.resolve(["kuhp"], catalogue())
    assert problem.mend == "Tulis judul lengkapnya, atau tambahkan pada opinions/dasar-hukum.yaml."


def test_all_mistakes_of_the_catalogue_come_at_once_with_lines(tmp_path: Path) -> None:
    text = GOOD + "  uu-1-2000:\n    judul: Undang-Undang Nomor 1 Tahun 2000 tentang Contoh\n    tahn: 2000\n"
    found = mistakes(tmp_path, text)
    assert len(found) == 3
    assert any("baris 8: “peraturan.uu-1-2000.tahn” tidak dikenal. Maksudnya “tahun”?" in line for line in found)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("berlaku", "dicabut"), "sebutkan penggantinya"),
        (("berlaku", "berlaku\n    dicabut_oleh: uu-1-2020"), "statusnya berlaku"),
        (("tahun: 2009", "tahun: 2019"), "tahun 2019 tidak sama dengan tahun pada judul"),
        (("status: berlaku", "status: dicabut\n    dicabut_oleh: uu-25-2019"), "yang tidak ada di katalog"),
        (("uu-25-2009:", "UU 25:"), "hanya boleh berisi huruf kecil"),
    ],
)
def test_a_slip_in_the_catalogue_is_explained(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    assert sentence in "\n".join(mistakes(tmp_path, GOOD.replace(*change)))


def test_every_key_of_the_shipped_catalogue_says_its_number_and_year() -> None:
    for key, regulation in catalogue().peraturan.items():
        _, number, year = key.rsplit("-", 2)
        assert f"Nomor {number} Tahun {year} tentang " in regulation.judul
