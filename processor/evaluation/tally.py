"""Sums that know of how many they are, and how they run along a tree of units or agencies. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from processor.evaluation.figure import rounded


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum over agencies or units.

    ``shown`` is how many give their number, ``hidden`` how many hide it, ``missing`` how many have no such table.
    ``part`` of ``of`` is the share of the next greater category, counted where both are shown.
    """

    sum: int = 0
    shown: int = 0
    hidden: int = 0
    missing: int = 0
    part: int = 0
    of: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.sum + other.sum,
            self.shown + other.shown,
            self.hidden + other.hidden,
            self.missing + other.missing,
            self.part + other.part,
            self.of + other.of,
        )

    @property
    def exact(self) -> bool:
        """Nothing is hidden or missing: the sum is the number itself."""
        return not self.hidden and not self.missing

    @property
    def share(self) -> Decimal | None:
        """The part in percent, with one decimal; None where there is nothing of which it is a part."""
        return rounded(Fraction(100 * self.part, self.of), 1) if self.of else None


def along(parents: Mapping[str, str], own: Mapping[str, Tally]) -> dict[str, Tally]:
    """Sum along a tree: each unit has what is its own and what is of the units below it.

    Args:
        parents: The code of the unit above each, "" at the top; in an order that is kept.
        own: What is each unit's own; what is of no unit of the tree stands under "".

    Returns:
        A sum for every unit, and under "" for all together.
    """
    found = dict.fromkeys(("", *parents), Tally())
    for code, tally in own.items():
        for node in line_of(parents, code):
            found[node] += tally
    return found


def line_of(parents: Mapping[str, str], code: str) -> tuple[str, ...]:
    """Give a unit, all above it, and "" for everything; of one that is in no tree only that."""
    passed: dict[str, None] = {}
    while code in parents and code not in passed:
        passed[code] = None
        code = parents[code]
    return (*passed, "")
