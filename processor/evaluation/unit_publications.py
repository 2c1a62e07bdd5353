"""What was published of one unit: its own cells of the frozen figures, and those of the units below it. Pure.

Nothing else is known of a unit here: what the audit hid stays hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from processor.evaluation.frozen_publication import FrozenPublication, node_of
from processor.evaluation.publication_tables import ITSELF, PERIOD, key
from processor.evaluation.published_counts import UNIT


@dataclass(frozen=True, slots=True)
class UnitPublications:
    """Publications, oldest first, and a row for each unit: its name, and the count in each; None: not shown."""

    publications: tuple[FrozenPublication, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]

    @property
    def hides_any(self) -> bool:
        """Tell whether some number is not shown."""
        return any(count is None for _, counts in self.rows for count in counts)


def of_unit(published: Iterable[FrozenPublication], code: str) -> UnitPublications:
    """Gather what was published of a unit.

    Args:
        published: Publications, oldest first; of a period that was counted again the last one stands.
        code: The unit's code.
    """
    newest = {one.period: one for one in published if _labels(one)}
    chosen = tuple(sorted(newest.values(), key=lambda one: (one.period.last, not one.period.quarter)))
    paths = {path: name for one in chosen for path, name in _labels(one).items() if _belongs(path, code)}
    rows = tuple((name, tuple(_count(one, path) for one in chosen)) for path, name in sorted(paths.items()))
    return UnitPublications(chosen, rows)


def _labels(one: FrozenPublication) -> Mapping[str, str]:
    """Give the names of the units of a publication, by their ways from the top."""
    return next((words.labels for words in one.words if words.name == UNIT), {})


def _belongs(path: str, code: str) -> bool:
    """Tell whether a way leads to a unit or to one below it."""
    return code in path.split("/") and path.rpartition("/")[2] != ITSELF


def _count(one: FrozenPublication, path: str) -> int | None:
    """Give what a publication shows of a unit."""
    cell = key((PERIOD, UNIT), (node_of(one.period, one.count), path))
    return next((table.shown[cell] for table in one.figures.tables if cell in table.shown), None)
