"""Text as the leak gate compares it."""

from processor.site.leak_markup import ReadableText
from processor.site.leak_text import windows, word_orders


def test_half_a_letter_keeps_no_text_from_being_looked_at() -> None:
    assert list(windows([ReadableText("Ratna \ud83d Contoh")])) == [("Ratna \ud83d Contoh", "prose")]


def test_a_text_is_looked_through_a_second_time_only_where_letters_stand_alone() -> None:
    assert list(word_orders("Ratna Contoh 7")) == [["ratna", "contoh", "7"]]
    assert list(word_orders("Ratna C. Contoh 7")) == [["ratna", "c", "contoh", "7"], ["ratna", "contoh", "7"]]
