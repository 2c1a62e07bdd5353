"""The words of a recap: what is a part stands below its whole, and what is incomplete says so."""

import pytest

from processor.evaluation import recap_text
from processor.evaluation.aggregate import WHOLE
from processor.evaluation.publication_tables import ITSELF
from processor.evaluation.tally import Tally


def test_categories_stand_right_below_the_one_of_which_they_are_parts() -> None:
    codes = [WHOLE, "dijawab", "ditolak", "dijawab/tepat_waktu", "tanpa/induk", "dijawab/terlambat"]
    assert recap_text.in_order(codes) == [
        WHOLE, "dijawab", "dijawab/tepat_waktu", "dijawab/terlambat", "ditolak", "tanpa/induk",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tally", "written"),
    [
        (Tally(1234, 2), "1.234"),
        (Tally(40, 1, hidden=1), "≥ 40"),
        (Tally(40, 1, missing=1), "≥ 40"),
        (Tally(hidden=2), "disembunyikan"),
        (Tally(missing=2), "–"),
        (Tally(), "–"),
    ],
)
def test_a_sum_is_written_as_what_it_is_known_to_be(tally: Tally, written: str) -> None:
    assert recap_text.amount(tally) == written


@pytest.mark.parametrize(
    ("code", "written"),
    [
        (WHOLE, "Semua"),
        ("dijawab/tepat_waktu", "· Dijawab tepat waktu"),
        ("kepegawaian_disiplin", "Kepegawaian disiplin"),
        ("a%2Fb", "A/b"),
        ("%1B%5B2Ja%E2%80%AEb%0Ac", "�[2ja�b�c"),
        (f"KW.1/UPT.2/{ITSELF}", "· · Unit itu sendiri"),
        ("KW.1/UPT.2", "· UPT.2"),
    ],
)
def test_a_category_is_written_as_people_read_it(code: str, written: str) -> None:
    assert recap_text.category(code) == written
