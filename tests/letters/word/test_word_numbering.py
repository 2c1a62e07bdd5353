"""Automatic numbering is read as the marks that Word shows."""

import pytest
from lxml import etree

from processor.letters.word import word_numbering
from processor.letters.word.styles import W
from processor.letters.word.word_numbering import WordNumbering

NS = W[1:-1]
OUTLINE = (("decimal", "%1."), ("lowerLetter", "%2."), ("decimal", "%3)"), ("lowerRoman", "(%4)"))


def level(at: int, shape: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{(at + 1) * 400}" w:hanging="400"/></w:pPr></w:lvl>'
    )


def outline(*levels: str, key: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def numbers(*parts: str) -> WordNumbering:
    return word_numbering.read(etree.fromstring(f'<w:numbering xmlns:w="{NS}">{"".join(parts)}</w:numbering>'))


def num(number: int, abstract: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def start_again(at: int, first: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{first}"/></w:lvlOverride>'


USUAL = outline(*(level(at, *one) for at, one in enumerate(OUTLINE)))


@pytest.mark.parametrize(
    ("count", "shape", "shown"),
    [
        (4, "decimal", "4"), (4, "decimalZero", "04"), (3, "lowerLetter", "c"), (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"), (4, "upperRoman", "IV"), (1949, "lowerRoman", "1949"),
        (949, "lowerRoman", "cmxlix"), (0, "upperLetter", "0"), (7, "ordinalText", "7"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_word_shows_them(count: int, shape: str, shown: str) -> None:
    assert word_numbering.number_shown(count, shape) == shown


def test_levels_count_on_and_begin_again_below_the_next_item() -> None:
    found = numbers(USUAL, num(1))
    assert [found.mark("1", depth) for depth in (0, 1, 1, 2, 3, 0, 1)] == ["1.", "a.", "b.", "1)", "(i)", "2.", "a."]


def test_lists_of_one_outline_go_on_unless_they_start_again() -> None:
    found = numbers(USUAL, num(1), num(2), num(3, more=start_again(0, 5)))
    marks = [found.mark(number, 0) for number in ("1", "1", "2", "3", "3", "1")]
    assert marks == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_a_level_shows_those_above_it() -> None:
    levels = (level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2", "<w:isLgl/>"))
    found = numbers(outline(*levels), num(1))
    assert [found.mark("1", depth) for depth in (0, 1, 1, 2)] == ["I.", "I.1.", "I.2.", "1.2"]


def test_a_level_that_never_begins_again_goes_on() -> None:
    below = level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    found = numbers(outline(level(0, "decimal", "%1."), below), num(1))
    assert [found.mark("1", depth) for depth in (0, 1, 0, 1)] == ["1.", "(1)", "2.", "(2)"]


def test_bullets_and_levels_without_a_number() -> None:
    found = numbers(outline(level(0, "bullet", "\uf0b7"), level(1, "none", "")), num(1))
    assert [found.mark("1", depth) for depth in (0, 1)] == ["•", ""]


def test_a_list_may_describe_a_level_anew_and_take_its_outline_from_a_style() -> None:
    linked = outline(key=1, more='<w:numStyleLink w:val="D"/>')
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    found = numbers(
        outline(level(0, "decimal", "Pasal %1"), more='<w:styleLink w:val="D"/>'), linked, num(1, 1), num(2, 0, own)
    )
    assert [found.mark("1", 0), found.mark("1", 0), found.mark("2", 0)] == ["Pasal 1", "Pasal 2", "c)"]


@pytest.mark.parametrize("number", ["9", "", "x"])
def test_a_list_that_is_not_there_shows_nothing(number: str) -> None:
    assert numbers(USUAL, num(1), num(7, 5)).mark(number, 0) == ""


def test_senseless_levels_do_not_stop_the_reading() -> None:
    strange = '<w:lvl w:ilvl="77"/><w:lvl/><w:lvl w:ilvl="0"><w:start w:val="x"/></w:lvl>'
    found = numbers(outline(strange), num(1, more='<w:lvlOverride w:ilvl="-3"/>'))
    assert (found.mark("1", 12), found.mark("1", 0)) == ("1.", "")


@pytest.mark.parametrize("text", ["²", "-", "", "1.5", "99999999999999999999"])
def test_what_is_no_whole_number_counts_nothing(text: str) -> None:
    assert word_numbering.whole(text) == 0
    assert word_numbering.indent(etree.Element(f"{W}ind", {f"{W}left": text})).left is None
