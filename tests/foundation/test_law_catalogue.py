"""The catalogue of law: keys become titles, and what no longer holds is stopped."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from processor.foundation import law_catalogue, yaml_reader
from processor.foundation.errors import BrokenFiles
from tests.letter_samples import catalogue, settings

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


def test_a_catalogue_is_read_anew_when_its_words_change_and_only_then(tmp_path: Path) -> None:
    path, copy = tmp_path / law_catalogue.FILE_NAME, tmp_path / "salinan.yaml"
    path.write_text(GOOD, "utf-8")
    copy.write_text(GOOD, "utf-8")
    known = law_catalogue.load(path)
    assert law_catalogue.load(copy) is known
    path.write_text(GOOD.replace("Pelayanan Publik", "Pelayanan Umum"), "utf-8")
    assert law_catalogue.load(path).peraturan["uu-25-2009"].judul.endswith("Pelayanan Umum")


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
        "Pasal 87 UU 20/2023 yang menggantikan UU 5/2014 dan PP 53/2010",
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
        assert catalogue().key_of(regulation.judul) == key


SPELLINGS = {
    "uu-8-1981": (
        "Undang-Undang Nomor 8 Tahun 1981 tentang Hukum Acara Pidana",
        "U.U. Nomor: 8 Tahun 1981",
        "Undang Undang No.8 Thn. 1981",
        "Pasal 184 KUHAP (UU 8/1981)",
        "Kitab Undang-Undang Hukum Acara Pidana (Undang-Undang Nomor 8 Tahun 1981)",
        "UU Hukum Acara Pidana No. 8 Tahun 1981",
        "1. UU 8/1981",
        "Undang-Undang (UU) Nomor 8 Tahun 1981",
        "UU 20/2025 dan UU 8/1981",
        "PP 94/2021, UU Nomor 8 Tahun 1981",
        "**UU 8/1981**",
        "Undang-Undang Nomor 20 Tahun 2025 jo. Undang-Undang Nomor 8 Tahun 1981",
    ),
    "uu-1-1946": ("KUHP (Undang-Undang Nomor 1 Tahun 1946)", "UU RI No. 1 Tahun 1946"),
    "uu-5-2014": ("UU ASN No. 5 Tahun 2014", "UU ASN (UU 5/2014)"),
    "perpres-54-2010": ("Peraturan Presiden Republik Indonesia Nomor 54 Tahun 2010", "Perpres 54/2010"),
    "pp-53-2010": (
        "PP Disiplin PNS Nomor 53 Tahun 2010",
        "Peraturan Pemerintah (PP) No. 53 Tahun 2010",
        "PP 94/2021 juncto PP 53/2010",
    ),
    "permenpanrb-62-2018": (
        "Peraturan Menteri PANRB Nomor 62 Tahun 2018",
        "Permenpan RB Nomor 62 Tahun 2018",
        "Permenpan 62/2018",
        "Peraturan Menteri PAN dan RB Nomor 62 Tahun 2018",
        "Peraturan MenPAN-RB No. 62 Tahun 2018",
        "Peraturan Menteri Negara Pendayagunaan Aparatur Negara & Reformasi Birokrasi RI Nomor 62 Tahun 2018",
    ),
}


@pytest.mark.parametrize(("key", "entry"), [(key, entry) for key, spelt in SPELLINGS.items() for entry in spelt])
def test_every_usual_spelling_of_a_repealed_rule_is_refused(key: str, entry: str) -> None:
    known = catalogue().peraturan[key]
    texts, (problem,) = law_catalogue.resolve([entry], catalogue())
    assert texts == ()
    assert f"sudah dicabut ({known.judul})" in problem.message


def test_every_full_title_of_the_catalogue_is_known_and_what_is_repealed_refused() -> None:
    for key, regulation in catalogue().peraturan.items():
        for title in (regulation.judul, regulation.judul.upper()):
            assert catalogue().key_of(title) == key
            assert bool(law_catalogue.resolve([title], catalogue())[1]) == (regulation.status == "dicabut")


@pytest.mark.parametrize(
    ("names", "written"),
    [
        ("peraturan-bkn", ("Peraturan BKN", "Perka BKN", "Perban BKN", "Peraturan Kepala Badan Kepegawaian Negara")),
        ("peraturan-lkpp", ("Peraturan LKPP", "Perlem LKPP", "Peraturan Kepala LKPP")),
        ("pmk", ("PMK", "Permenkeu", "Peraturan Menteri Keuangan")),
    ],
)
def test_other_issuers_are_known_by_every_usual_spelling(tmp_path: Path, names: str, written: tuple[str, ...]) -> None:
    title = f"{written[0]} Nomor 9 Tahun 2001 tentang Contoh"
    entry = f"  {names}-9-2001:\n    judul: {title}\n    tahun: 2001\n    status: dicabut\n    dicabut_oleh: Contoh\n"
    path = tmp_path / law_catalogue.FILE_NAME
    path.write_text(GOOD + entry, "utf-8")
    known = law_catalogue.load(path)
    assert [name for name in written if not known.repealed(f"{name} No. 9 Tahun 2001")] == []


def test_a_rule_that_does_not_hold_yet_on_the_day_of_the_letter_is_cited_with_its_first_day() -> None:
    begins = date(2027, 1, 16)
    for day, words in ((begins - timedelta(days=1), " (mulai berlaku 16 Januari 2027)"), (begins, ""), (None, "")):
        (text,), problems = law_catalogue.resolve(["pp-33-2026"], catalogue(), on=day)
        assert text == catalogue().peraturan["pp-33-2026"].judul + words
        assert problems == ()


def test_every_shipped_entry_says_where_it_was_seen_and_the_rulings_and_first_days_that_matter_stand() -> None:
    entries = catalogue().peraturan
    assert [key for key, one in entries.items() if not one.sumber] == []
    assert "121/PUU-XXII/2024" in entries["uu-20-2023"].putusan_mk[0]
    assert entries["uu-20-2025"].berlaku_mulai == entries["uu-1-2023"].berlaku_mulai == date(2026, 1, 2)


def test_what_was_compared_long_ago_or_never_is_told_once_for_all(tmp_path: Path) -> None:
    path = tmp_path / law_catalogue.FILE_NAME
    path.write_text(GOOD, "utf-8")
    assert list(law_catalogue.check(law_catalogue.load(path), date(2026, 12, 1))) == []
    other = GOOD.partition("\n")[2].replace("2009", "2008")
    path.write_text(f"{GOOD}    diperiksa: 2026-09-01\n{other}", "utf-8")
    days = {date(2026, 11, 30): 1, date(2026, 12, 1): 2}
    for day, count in days.items():
        assert len(found := list(law_catalogue.check(law_catalogue.load(path), day))) == count
    assert found[0].message == "1 peraturan terakhir dicocokkan lebih dari 90 hari lalu: uu-25-2009."
    assert found[1].message == "1 peraturan belum pernah dicocokkan: uu-25-2008."


def test_what_no_lawyer_of_the_office_confirmed_is_listed(tmp_path: Path) -> None:
    path = tmp_path / law_catalogue.FILE_NAME
    path.write_text(GOOD, "utf-8")
    assert law_catalogue.unconfirmed(law_catalogue.load(path)) == ("uu-25-2009",)
    path.write_text(GOOD + "    dipastikan_oleh: analis\n", "utf-8")
    assert law_catalogue.unconfirmed(law_catalogue.load(path)) == ()


def test_an_older_catalogue_is_told_what_was_repealed_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / law_catalogue.FILE_NAME
    path.write_text(GOOD, "utf-8")
    (found,) = law_catalogue.overtaken(law_catalogue.load(path), catalogue())
    assert "uu-8-1981" in found.message
    assert list(law_catalogue.overtaken(catalogue(), catalogue())) == []


def test_the_catalogue_holds_every_base_of_the_bureau() -> None:
    named = settings()
    keys = (*named.dasar.pedoman.dasar_hukum, *named.dasar.sop.dasar_hukum, *named.layanan.dasar_hukum)
    assert len(named.dasar.pedoman.dasar_hukum) == 10
    assert law_catalogue.resolve(keys, catalogue())[1] == ()
    titles = " ".join(one.judul for one in catalogue().peraturan.values())
    for decree in (named.dasar.pedoman, named.dasar.sop, named.dasar.tim):
        assert f"Nomor {decree.nomor}" in titles
