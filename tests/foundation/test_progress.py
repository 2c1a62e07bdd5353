"""What is told of long work, and that its end is always told."""

import pytest

from processor.foundation.progress import counted, stage


def test_each_item_is_told_and_then_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    assert list(counted(lambda *one: told.append(one), "Memeriksa", "ab")) == ["a", "b"]
    assert told == [("Memeriksa", 0, 2), ("Memeriksa", 1, 2), ("Memeriksa", 2, 2)]


def test_work_that_fails_is_told_to_be_over() -> None:
    told: list[tuple[str, int, int]] = []
    with pytest.raises(ValueError, match="rusak"), stage(lambda *one: told.append(one), "Membangun"):
        raise ValueError("rusak")
    assert told == [("Membangun", 0, 1), ("Membangun", 1, 1)]


def test_work_that_is_left_half_done_is_told_to_be_over() -> None:
    told: list[tuple[str, int, int]] = []
    some = counted(lambda *one: told.append(one), "Memeriksa", "abc")
    next(some)
    del some
    assert told == [("Memeriksa", 0, 3), ("Memeriksa", 3, 3)]
