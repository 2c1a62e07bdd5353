"""Footnotes are found where people write them; what is wrong with one is told with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.letters import footnotes, markdown


@pytest.mark.parametrize(
    ("text", "body", "notes"),
    [
        ("Kata.[^1]\n\n[^1]: Sumbernya.", "Kata.[^1]\n\n", {"1": "Sumbernya."}),
        ("[^1]: dahulu\n\nKata.[^1]", "\n\nKata.[^1]", {"1": "dahulu"}),
        ("[^a]: satu\n[^b-2]: dua", "\n", {"a": "satu", "b-2": "dua"}),
        ("[^1]: Ridwan HR,\nhlm. 45.", "\n", {"1": "Ridwan HR,\nhlm. 45."}),
        ("[^1]: satu\n\n    dua\n\n    - x\n\ntiga", "\n\n\n\n\n\ntiga", {"1": "satu\n\ndua\n\n- x"}),
        ("[^1]: satu\n\n\tdua", "\n\n", {"1": "satu\n\ndua"}),
        ("[^1]: satu\n1. butir", "\n1. butir", {"1": "satu"}),
        ("[^1]: satu\na. butir", "\na. butir", {"1": "satu"}),
        ("[^1]: satu\n| a | b |\n| 1 | 2 |", "\n| a | b |\n| 1 | 2 |", {"1": "satu"}),
        ("1. kata[^1]\n\n   [^1]: satu\n   dua\n2. kata", "1. kata[^1]\n\n\n\n2. kata", {"1": "satu\ndua"}),
        ("> kata[^1]\n> [^1]: satu\n\n> lain", "> kata[^1]\n\n\n> lain", {"1": "satu"}),
        ("[^1]:\n\n    satu", "\n\n", {"1": "\n\nsatu"}),
        ("[^1]: satu\n[^1]: dua", "\n\ufdd0[^1]: dua", {"1": "satu"}),
        ("kata [^1]: bukan", "kata [^1]: bukan", {}),
        ("kata", "kata", {}),
    ],
)
def test_footnotes_are_taken_out_and_leave_their_lines_empty(text: str, body: str, notes: dict[str, str]) -> None:
    found = footnotes.take_out(text)
    assert (found.body, found.notes) == (body, notes)


def test_a_mark_behind_a_backslash_stays_words_though_its_footnote_is_there() -> None:
    found = footnotes.take_out("a \\[^1] b[^1]\n\n[^1]: x")
    read = "".join(words for words, _ in markdown.inline(found.body))
    assert [*footnotes.split_marks(read.strip(), found.notes)] == [("a [^1] b", False), ("1", True)]


def test_a_footnote_with_several_marks_is_known() -> None:
    assert footnotes.take_out("a[^1] b[^1] c[^2] \\[^2]\n\n[^1]: x\n[^2]: y").twice == {"1"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("satu\n\ndua[^tak]", 2, "[^tak] tidak ada isinya"),
        ("satu\n\n[^1]: dua", 2, "[^1] tidak bertanda"),
        ("satu[^1]\n\n[^1]: dua\n[^1]: tiga", 3, "[^1] ditulis dua kali"),
        ("satu[^1]\n\n[^1]: dua [^1]", 2, "[^1] berada di dalam catatan kaki lain"),
        ("satu[^1]\n\n[^1]: dua\n\n    tiga[^x]", 4, "[^x] berada di dalam catatan kaki lain"),
        ("| a[^x] | b |\n|---|---|\n| 1 | 2 |", 0, "[^x] tidak ada isinya"),
    ],
)
def test_a_slip_is_told_with_its_line_and_its_mend(text: str, line: int, words: str) -> None:
    (slip,) = footnotes.slips(text)
    assert (slip.line, words in slip.message, slip.mend[-1]) == (line, True, ".")


@pytest.mark.parametrize(
    "text",
    [
        "satu[^1] dan [^1]\n\n[^1]: dua",
        "| a[^1] |\n|---|\n| b |\n\n[^1]: c",
        "\\[^1]",
        "a[1]",
    ],
)
def test_what_is_well_is_not_told(text: str) -> None:
    assert [*footnotes.slips(text)] == []


TEXT = st.lists(
    st.sampled_from(["kata", "[^1]", "[^1]: ", "[^2]: ", "\n", "\n\n", "    ", "> ", "1. ", "```\n", "\\", " ", "\t"]),
    max_size=20,
).map("".join)


@given(TEXT)
def test_no_word_is_lost_between_a_text_and_its_footnotes(text: str) -> None:
    found = footnotes.take_out(text)
    assert "".join([found.body, *found.notes.values()]).count("kata") == text.count("kata")
    assert found.body.count("\n") == text.count("\n")
