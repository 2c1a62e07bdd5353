"""What the leak gate looks for: the forms in which a name, an address and a telephone number tell the person."""

import pytest

from processor.cases.records import Applicant
from processor.site.leak_targets import Targets, targets


def sought(**answers: str) -> Targets:
    return targets([Applicant(**answers)], "")


@pytest.mark.parametrize(
    ("name", "single"),
    [
        ("M. Ratnacontoh", {"ratnacontoh"}),
        ("Dr. Ratnacontoh, S.H.", {"ratnacontoh"}),
        ("Al Ratnacontoh", set()),
        ("Ratna Contohwati", set()),
    ],
)
def test_a_name_of_one_word_is_sought_whatever_letter_or_title_stands_before_it(name: str, single: set[str]) -> None:
    assert sought(nama=name).names == single


def test_an_address_without_commas_is_sought_without_its_town_and_without_the_word_for_street() -> None:
    phrases = sought(alamat="Jalan Melati Rekaan Nomor 7 Kota Contoh").phrases
    assert phrases[("melati", "rekaan", "7")] == "alamat"


def test_two_telephone_numbers_with_commas_inside_are_two() -> None:
    numbers = sought(telepon="0812,3456,7001 dan 0813,1111,2002").numbers
    assert {"81234567001", "81311112002"} <= set(numbers)
