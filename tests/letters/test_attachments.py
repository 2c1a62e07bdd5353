"""How much goes with a letter is counted, in digits and words."""

import pytest

from processor.letters import attachments


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "-"),
        (1, "1 (satu) berkas"),
        (11, "11 (sebelas) berkas"),
        (12, "12 (dua belas) berkas"),
        (20, "20 (dua puluh) berkas"),
        (99, "99 (sembilan puluh sembilan) berkas"),
        (100, "100 berkas"),
    ],
)
def test_files_are_counted_in_digits_and_words(count: int, said: str) -> None:
    assert attachments.counted(["Salinan keputusan"] * count) == said


def test_an_empty_item_is_nothing_that_goes_with_a_letter() -> None:
    assert attachments.counted(["", " "]) == attachments.NOTHING
