"""Says in words how one letter prints otherwise than another: which paragraphs, which words, which looks. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from processor.letters.word.printed_letter import PrintedLetter, PrintedParagraph

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_MANY = 1600  # pairs of paragraphs that may be compared; beyond them it is another letter
_ALIKE = 0.5  # how much of two paragraphs must agree for one to be the other, edited


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """One paragraph that prints otherwise: where it stands ("" in the letter itself), its words before and after.

    ``before`` or ``after`` is "" where the paragraph is new or gone; where both agree, only the looks differ.
    """

    where: str
    before: str
    after: str

    def shown(self, hidden: Callable[[str], str] = str) -> str:
        """Write the change in one line: what is gone stands in [-…-], what is new in {+…+}.

        Args:
            hidden: takes out of words what nobody is to read here.
        """
        before, after = hidden(self.before), hidden(self.after)
        place = f"({self.where}) " if self.where else ""
        if self.before == self.after:
            return f"{place}{after} (hanya rupanya yang lain)"
        return place + "".join(_marked(_TOKEN.findall(before), _TOKEN.findall(after))).replace("\n", " ")


def changes(before: PrintedLetter, after: PrintedLetter) -> tuple[PrintedChange, ...]:
    """Find the paragraphs that print otherwise in ``after``, in its order."""
    old, new = before.paragraphs, after.paragraphs
    matcher = SequenceMatcher(None, [one.printed for one in old], [one.printed for one in new], autojunk=False)
    return tuple(
        change
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
        for change in _changed(old[start:end], new[first:last])
    )


def _changed(old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph]) -> Iterator[PrintedChange]:
    """Tell of paragraphs that stand in each other's place."""
    for one, other in pairs(old, new):
        some = one or other
        yield PrintedChange(some.where if some else "", one.said if one else "", other.said if other else "")


Pair = tuple[PrintedParagraph | None, PrintedParagraph | None]


def pairs(old: Sequence[PrintedParagraph], new: Sequence[PrintedParagraph]) -> Iterator[Pair]:
    """Pair paragraphs with what became of them, in order; None stands for what came or went."""
    if len(old) * len(new) > _MANY:
        yield from ((one, None) for one in old)
        yield from ((None, other) for other in new)
        return
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(one, other) for other in new] for one in old]
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            together = alike[row][column] + best[row + 1][column + 1] if alike[row][column] else 0.0
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < len(old) or column < len(new):
        if column == len(new) or (row < len(old) and best[row][column] == best[row + 1][column]):
            yield old[row], None
            row += 1
        elif row == len(old) or best[row][column] == best[row][column + 1]:
            yield None, new[column]
            column += 1
        else:
            yield old[row], new[column]
            row, column = row + 1, column + 1


def _alike(one: PrintedParagraph, other: PrintedParagraph) -> float:
    """Tell how much two paragraphs agree, from 0 to 1; 0 for too little to call one the other, edited."""
    if one.where != other.where:
        return 0.0
    if one.words == other.words:
        return 1.0
    matcher = SequenceMatcher(None, _TOKEN.findall(one.words), _TOKEN.findall(other.words), autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _marked(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Write both at once, each difference in its brackets; a blank between two differences belongs to both."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    gone, come = "", ""
    for kind, start, end, first, last in matcher.get_opcodes():
        same = "".join(before[start:end])
        if kind != "equal":
            gone, come = gone + same, come + "".join(after[first:last])
        elif same.isspace() and gone and come and end < len(before):
            gone, come = gone + same, come + same
        else:
            yield _bracketed(gone, come) + same
            gone, come = "", ""
    yield _bracketed(gone, come)


def _bracketed(gone: str, come: str) -> str:
    kept = "" if gone.rstrip() == gone or come.rstrip() == come else gone[len(gone.rstrip()) :]
    gone, come = gone.removesuffix(kept), come.removesuffix(kept)
    return (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "") + kept
