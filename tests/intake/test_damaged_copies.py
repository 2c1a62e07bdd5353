"""What spreadsheets and encodings do to an answer is told from what an applicant changed."""

from dataclasses import replace

import pytest

from processor.intake.damaged_copies import Difference, compare, is_damaged_copy, is_garbled
from tests.office import response

NIP = "198503122010012901"


@pytest.mark.parametrize(
    ("key", "good", "seen"),
    [
        ("nip", NIP, "198503122010012000"),
        ("nip", NIP, "198503122010013000"),
        ("nip", NIP, "198503122010012896"),
        ("nip", NIP, "1,98503E+17"),
        ("nip", NIP, "1.98503122010013E+17"),
        ("nip", "19850312 201001 2 901", "2E+17"),
        ("nip", NIP, "##########"),
        ("telepon", "0812 0000 0002", "8,12E+10"),
        ("telepon", "081200000002", "#NAME?"),
        ("nip", "1985031220100129", "1985031220100000"),
        ("nama", "Renée Khayali", "RenÃ©e Khayali"),
        ("nama", "Renée Khayali", "RenÃƒÂ©e Khayali"),
        ("nama", "Renée Khayali", "Ren?e Khayali"),
        ("nama", "Renée Khayali", "Ren\ufffd\ufffde Khayali"),
        ("nama", "Renée Khayali", "Ren├®e Khayali"),
        ("nama", "Renée Khayali", "Ren├⌐e Khayali"),
        ("nama", "Renée Khayali", "RenГ©e Khayali"),
        ("uraian", "Uraian – dua, voilà ça", "Uraian â€“ dua, voilÃ  Ã§a"),
        ("uraian", "“Baik”", "?Baik?"),
        ("alamat", "Jl. A & B", "Jl. A &amp; B"),
        ("alamat", "Jl. Melati", "TRUE"),
    ],
)
def test_what_only_a_program_makes_of_an_answer_is_garbled(key: str, good: str, seen: str) -> None:
    assert is_garbled(key, good, seen)
    assert is_damaged_copy(key, good, seen)
    assert not is_damaged_copy(key, seen, good), "the good one is no copy of the damaged one"


@pytest.mark.parametrize(
    ("key", "good", "seen"),
    [
        ("nip", NIP, ""),
        ("nip", NIP, "1985"),
        ("nip", NIP, "298503122010012901"),
        ("nip", NIP[:15] + "000", "1,97E+17"),
        ("telepon", "081200000002", "081200000000"),
        ("telepon", "081200000002", "TIDAK"),
        ("telepon", "081200000002", "0812000000"),
        ("telepon", "081200000002", "0752414"),
        ("telepon", "081200000002", "0752414991234567"),
        ("email", "sari@example.org", "sari@exam"),
        ("email", "sari@example.org", "sari"),
        ("nama", "Renée Khayali", "Rene"),
        ("nama", "Renée Khayali", "Rene Khayali"),
        ("nama", "Renée Khayali", "RENÉE KHAYALI"),
        ("uraian", "Satu dua tiga", "Satu dua…"),
        ("uraian", "Satu dua tiga", "-"),
    ],
)
def test_what_a_person_could_have_typed_is_a_damaged_copy_only_at_the_same_moment(
    key: str, good: str, seen: str
) -> None:
    assert is_damaged_copy(key, good, seen)
    assert not is_garbled(key, good, seen)
    assert not is_damaged_copy(key, seen, good)


@pytest.mark.parametrize(
    ("key", "good", "seen"),
    [
        ("nip", NIP, "198503122010012902"),
        ("telepon", "081200000002", "081200000003"),
        ("telepon", "081200000002", "07524149"),
        ("telepon", "081200000002", "075241499123456"),
        ("telepon", "", "8,12E+10"),
        ("alamat", "-", "#REF!"),
        ("nama", "Renée Khayali", "Rani Khayali"),
        ("nama", "Renée Khayali", "RenXe Khayali"),
        ("nama", "Renée Khayali", "Renèe Khayali"),
        ("nama", "", "Renée"),
        ("email", "sari@example.org", "sari@example.net"),
        ("uraian", "Satu dua tiga", "Satu tiga"),
    ],
)
def test_another_answer_of_the_same_quality_is_no_damage(key: str, good: str, seen: str) -> None:
    assert not is_damaged_copy(key, good, seen)
    assert not is_garbled(key, good, seen)


@pytest.mark.parametrize("seen", ["197505052000031000", "2,98503E+17", "1,98503E+16", "1,98504E+1", "0E+17"])
def test_what_became_of_another_number_is_not_garbled_from_this_one(seen: str) -> None:
    assert not is_garbled("nip", NIP, seen)


def test_a_text_made_to_be_slow_is_given_up() -> None:
    assert not is_damaged_copy("uraian", "é" * 500, "?" * 900 + "x")


def test_the_words_of_all_sendings_are_compared_with_the_new_ones() -> None:
    first = replace(response(1), others={"Catatan": "Renée", "Lain": "a"})
    second = replace(response(1, telepon="0899 1111 2222"), others={})
    seen = replace(
        response(1, telepon="0899 1111 22", nama="", alamat="Jalan Baru", jabatan="ANALIS CONTOH"),
        others={"Catatan": "Ren?e", "Lain": "a"},
    )
    found = compare([first, second], seen, later=False)
    assert found == Difference(worse=("nama", "jabatan", "telepon", "isian lain"), other=("alamat",))
    assert compare([seen], second, later=False).better == ("nama", "jabatan", "telepon")
    assert compare([seen], first, later=False).better == ("nama", "jabatan", "isian lain")
    assert compare([first], replace(seen, others={}), later=True).worse == ()
    assert compare([second], replace(second, answers={"unit": "DISDIK"}), later=False).better == ("unit",)
    assert compare([first], replace(seen, answers={"nip": "1,98E+17"}), later=True).worse == ("nip", "isian lain")
