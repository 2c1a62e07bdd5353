"""How far long work has come, told to whoever shows it; by default to nobody."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Called with what is being done (in Indonesian, without identity), how much of it is done, and of how much."""

_Item = TypeVar("_Item")


def silent(what: str, done: int, total: int) -> None:
    """Show nothing: the progress of what nobody watches."""


@contextmanager
def stage(progress: Progress, what: str) -> Iterator[None]:
    """Tell ``progress`` that ``what`` begins, and that it is over, whether it succeeded or not."""
    progress(what, 0, 1)
    try:
        yield
    finally:
        progress(what, 1, 1)


def counted(progress: Progress, what: str, items: Collection[_Item]) -> Iterator[_Item]:
    """Yield ``items`` and tell ``progress`` how many are done, and that it is over, even if the reader stops early."""
    total = len(items)
    try:
        for done, item in enumerate(items):
            progress(what, done, total)
            yield item
    finally:
        progress(what, total, total)
