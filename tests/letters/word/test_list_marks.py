"""Lists are counted as Word counts them."""

import pytest

from processor.letters.word.list_marks import ListMarks
from processor.letters.word.printed_looks import PrintedLevel, PrintedLists

DECIMAL, LETTER, BULLET = (
    PrintedLevel(kind, pattern, 1, {})
    for kind, pattern in (("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "\uf0b7"))
)


def marks(lists: PrintedLists, *places: tuple[str, int]) -> list[str]:
    counting = ListMarks(lists)
    return [counting.mark(place) for place in places]


def lists(*levels: PrintedLevel, starts: dict[tuple[str, int], int] | None = None) -> PrintedLists:
    """Two lists, 1 and 2, of one numbering with these levels."""
    return PrintedLists({"1": "9", "2": "9"}, {("9", at): level for at, level in enumerate(levels)}, starts or {})


def test_children_are_counted_under_each_parent() -> None:
    places = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)]
    assert marks(lists(DECIMAL, LETTER), *places) == ["1.", "a)", "b)", "2.", "a)"]


def test_lists_of_one_numbering_go_on_until_one_starts_anew() -> None:
    places = [("1", 0), ("2", 0), ("2", 0)]
    assert marks(lists(DECIMAL), *places) == ["1.", "2.", "3."]
    assert marks(lists(DECIMAL, starts={("2", 0): 4}), *places) == ["1.", "4.", "5."]


def test_a_sign_of_a_symbol_font_is_what_it_looks_like() -> None:
    assert marks(lists(BULLET), ("1", 0)) == ["•"]
    assert ListMarks(lists(BULLET)).mark(None) == ""


@pytest.mark.parametrize(
    ("kind", "told"), [("upperRoman", "XIV"), ("lowerRoman", "xiv"), ("upperLetter", "N"), ("decimalZero", "14")]
)
def test_numbers_are_written_as_their_level_says(kind: str, told: str) -> None:
    assert marks(lists(PrintedLevel(kind, "%1", 14, {})), ("1", 0)) == [told]
    assert marks(lists(PrintedLevel("lowerLetter", "%1", 28, {})), ("1", 0)) == ["bb"]
