"""Brings the comments of an office's YAML text up to date: those that it has just as an older program shipped them."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from processor.foundation.yaml_places import Places

_Key = tuple[bool, str]


class _Passage(NamedTuple):
    """A line, or comments that stand together on lines of their own.

    ``key`` says whether it is comments, and tells it from other lines, whatever value its own key has.
    """

    words: str
    key: _Key

    @property
    def is_comment(self) -> bool:
        return self.key[0]


def renewed(base: str, mine: str, new: str) -> str:
    """Give ``mine`` with the comments on lines of their own that ``new`` has otherwise than ``base``; no other line.

    What stands together is one: it stays where the office changed it or has it twice, and none comes a second time.
    Raises YAMLError where one of the texts is no YAML.
    """
    if base == new:
        return mine
    old, have, given = ([*_passages(text)] for text in (base, mine, new))
    there, keys = {*mine.split("\n")}, [one.key for one in have]
    edits: list[tuple[int, int, list[_Passage]]] = []
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in given], autojunk=False)
    for tag, begin, end, first, last in matcher.get_opcodes():
        before, after = old[begin:end], given[first:last]
        if tag == "equal" or not _are_comments(before, after) or _is_there(before, after, there):
            continue
        above, below = old[max(begin - 1, 0) : begin], old[end : end + 1]
        at = _only(keys, before) if before else _between(keys, above, below)
        if at is not None:
            edits.append((at, at + len(before), after))
    for at, end, after in sorted(edits, reverse=True):
        have[at:end] = after
    return "\n".join(one.words for one in have)


def _passages(text: str) -> Iterator[_Passage]:
    """Cut a text into its lines, comments that stand together in one."""
    starts, at = {one.start for one in Places(text).comments}, 0
    lines: list[tuple[str, bool]] = []
    for line in text.split("\n"):
        lines.append((line, at + len(line) - len(line.lstrip(" ")) in starts))
        at += len(line) + 1
    for is_comment, run in groupby(lines, lambda one: one[1]):
        words = [line for line, _ in run]
        if is_comment:
            yield _Passage("\n".join(words), (True, "\n".join(words)))
        else:
            yield from (_Passage(line, (False, line.partition(": ")[0].rstrip(":"))) for line in words)


def _are_comments(*runs: Sequence[_Passage]) -> bool:
    """Tell whether there is nothing but comments, and empty lines between them."""
    told = [one for run in runs for one in run if one.words.strip()]
    return bool(told) and all(one.is_comment for one in told)


def _is_there(before: Sequence[_Passage], after: Sequence[_Passage], there: set[str]) -> bool:
    """Tell whether the office has all the lines already that came with a change."""
    lines = [{line for one in run for line in one.words.split("\n") if line.strip()} for run in (before, after)]
    fresh = lines[1] - lines[0]
    return bool(fresh) and fresh <= there


def _only(keys: Sequence[_Key], run: Sequence[_Passage]) -> int | None:
    """Find where a run stands; None where it does not, or more than once."""
    found = [at for at in range(len(keys)) if [*keys[at : at + len(run)]] == [one.key for one in run]]
    return found[0] if len(found) == 1 else None


def _between(keys: Sequence[_Key], above: Sequence[_Passage], below: Sequence[_Passage]) -> int | None:
    """Find the place between two lines, by the lower one, else by the upper, whichever is there once."""
    for run, shift in ((below, 0), (above, 1)):
        if any(one.words.strip() for one in run) and (at := _only(keys, run)) is not None:
            return at + shift
    return None
