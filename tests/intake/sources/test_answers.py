"""What a spreadsheet puts around a number is taken off; a number that it changed is told."""

import pytest

from processor.intake.sources import answers, cell_check, columns
from processor.intake.sources.tables import TableRow
from tests.office import FORM


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ('="198503122010012901"', "198503122010012901"),
        ("'081200000001", "081200000001"),
        ("81200000002.0", "81200000002"),
        ("81200000002,00", "81200000002"),
        ("+6281200000002.0", "+6281200000002"),
        ("0812 0000 0001", "0812 0000 0001"),
        ("0812.0000.0001", "0812.0000.0001"),
        ("19850312.1", "19850312.1"),
    ],
)
def test_what_keeps_a_number_a_text_or_makes_it_a_fraction_is_no_part_of_it(written: str, number: str) -> None:
    (nip,) = (question for question in FORM.pertanyaan if question.kunci == "nip")
    assert answers.normalised(nip, written) == number


def test_words_keep_what_they_begin_with() -> None:
    (facts,) = (question for question in FORM.pertanyaan if question.kunci == "uraian")
    assert answers.normalised(facts, "'Kutipan' pertama") == "'Kutipan' pertama"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("198503122010012000", "digit terakhirnya hilang"),
        ("1,98503E+17", "digit terakhirnya hilang"),
        (198503122010012901, "digit terakhirnya hilang"),
        ("81200000002.0", "pecahan"),
    ],
)
def test_a_number_that_a_program_changed_is_told_with_its_mend(cell: str | int, words: str) -> None:
    found = columns.find(TableRow(1, ("Cap waktu", "NIP")), [], FORM)
    ((index, (message, mend)),) = cell_check.rounded(found, ("2026/03/02 10:00", cell))
    assert index == 1
    assert words in message
    assert mend
    assert list(cell_check.rounded(found, ("2026/03/02 10:00", "198503122010012901"))) == []
