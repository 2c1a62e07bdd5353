"""What two letters print otherwise, in words."""

from processor.letters import letter_difference
from processor.letters.word.printed_letter import PrintedLetter, PrintedParagraph

BOLD = frozenset({"tebal"})


def letter(*paragraphs: PrintedParagraph | str) -> PrintedLetter:
    made = (PrintedParagraph("", "", ((one, frozenset()),)) if isinstance(one, str) else one for one in paragraphs)
    return PrintedLetter(tuple(made))


def shown(before: PrintedLetter, after: PrintedLetter) -> list[str]:
    return [one.shown() for one in letter_difference.changes(before, after)]


def test_words_that_went_and_came_stand_in_their_brackets() -> None:
    before, after = letter("Tolak secara tertulis, lalu tunggu."), letter("Tolak secara lisan, lalu tunggu.")
    assert shown(before, after) == ["Tolak secara [-tertulis-]{+lisan+}, lalu tunggu."]
    assert shown(before, before) == []


def test_paragraphs_that_went_and_came_are_told_whole_and_in_order() -> None:
    before = letter("Satu dua tiga.", "Yang lama sama sekali.", "Empat lima enam.")
    after = letter("Satu dua tiga!", "Empat lima enam.", "Tujuh.")
    assert shown(before, after) == ["Satu dua tiga[-.-]{+!+}", "[-Yang lama sama sekali.-]", "{+Tujuh.+}"]


def test_a_mark_and_a_look_are_told_too() -> None:
    plain, bold = PrintedParagraph("", "1.", (("kata", frozenset()),)), PrintedParagraph("", "1.", (("kata", BOLD),))
    second = PrintedParagraph("", "2.", (("kata", frozenset()),))
    assert shown(letter(plain), letter(bold)) == ["1. kata (hanya rupanya yang lain)"]
    assert shown(letter(plain), letter(second)) == ["[-1-]{+2+}. kata"]


def test_the_place_is_told_and_what_nobody_may_read_is_left_out() -> None:
    before, after = (
        PrintedParagraph("kaki halaman", "", ((f"Siti {word}", frozenset()),)) for word in ("lama", "baru")
    )
    [change] = letter_difference.changes(letter(before), letter(after))
    assert change.shown(lambda words: words.replace("Siti", "…")) == "(kaki halaman) … [-lama-]{+baru+}"


def test_two_letters_that_have_nothing_in_common_are_compared_at_once() -> None:
    before, after = (letter(*(f"{word} {number}" for number in range(60))) for word in ("lama", "baru"))
    assert len(letter_difference.changes(before, after)) == 120
