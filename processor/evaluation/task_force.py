"""What the neutrality task force counts by unit: education, training, notes, and who was not reached. Pure.

It runs along the tree of units. An event of several units is one event to the unit above them all, and its people are
counted there: nobody knows how many were of which.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from processor.cases.office_records import Activity, MonitoringNote
from processor.evaluation.periods import Period
from processor.evaluation.tally import line_of

EDUCATION, TRAINING = "edukasi_netralitas", "pelatihan"


@dataclass(frozen=True, slots=True)
class UnitWork:
    """What was done in a unit and in those below it, ``depth`` steps below the top.

    ``people`` came to its education and training together, ``non_asn`` of them are staff who are no ASN (PPNPN); None
    where nobody counted. ``code`` is "" for everything, also what names no unit.
    """

    code: str
    depth: int
    education: int = 0
    training: int = 0
    people: int | None = None
    non_asn: int | None = None
    notes: int = 0

    @property
    def is_any(self) -> bool:
        """Tell whether anything was done."""
        return bool(self.education or self.training or self.notes)


@dataclass(frozen=True, slots=True)
class TaskForceRecap:
    """The work in a period, all together first and then by unit in the order of the tree.

    ``unreached`` are units that no education named, nor one above or below them; of a branch only the topmost, with how
    many lie below it.
    """

    period: Period
    work: tuple[UnitWork, ...]
    unreached: tuple[tuple[str, int], ...]


def of(
    activities: Iterable[Activity], notes: Iterable[MonitoringNote], parents: Mapping[str, str], period: Period
) -> TaskForceRecap:
    """Count a period.

    Args:
        activities: Events that were held; those of other kinds and periods are passed over.
        notes: Notes of monitoring, of any period.
        parents: The code of the unit above each, "" at the top, each unit right above those that belong to it.
        period: The quarter or year.
    """
    kinds = {EDUCATION, TRAINING}
    held = [one for one in activities if one.jenis in kinds and period.holds(one.tanggal)]
    seen = [one.unit for one in notes if period.holds(one.tanggal)]
    named = {code for one in held for code in one.unit} | {*filter(None, seen)}
    tree = {**parents, **dict.fromkeys(sorted(named - parents.keys()), "")}
    events = [(one, frozenset(above for code in (*one.unit, "") for above in line_of(tree, code))) for one in held]
    noted = [frozenset(line_of(tree, code)) for code in seen]
    work = [_work(code, tree, events, noted) for code in ("", *tree)]
    return TaskForceRecap(period, tuple(work), tuple(_unreached(tree, events)))


def _work(
    code: str,
    parents: Mapping[str, str],
    events: Sequence[tuple[Activity, Collection[str]]],
    noted: Sequence[Collection[str]],
) -> UnitWork:
    """Count one unit with those below it, or everything under ""."""
    own = [one for one, units in events if code in units]
    wholly = [one for one in own if all(code in line_of(parents, unit) for unit in one.unit)]
    people = [one.hadir for one in wholly if one.hadir is not None]
    others = [one.hadir_ppnpn for one in wholly if one.hadir_ppnpn is not None]
    return UnitWork(
        code,
        max(len(line_of(parents, code)) - 2, 0),
        sum(1 for one in own if one.jenis == EDUCATION),
        sum(1 for one in own if one.jenis == TRAINING),
        sum(people) if people else None,
        sum(others) if others else None,
        sum(1 for units in noted if code in units),
    )


def _unreached(
    parents: Mapping[str, str], events: Sequence[tuple[Activity, Collection[str]]]
) -> Iterable[tuple[str, int]]:
    """Find the topmost units of which no event names one of their line, and how many lie below each."""
    educated = [(one, units) for one, units in events if one.jenis == EDUCATION]
    named = {code for one, _ in educated for code in one.unit}
    touched = {code for _, units in educated for code in units}
    lines = {code: line_of(parents, code)[:-1] for code in parents}
    missing = {code for code, line in lines.items() if code not in touched and not named & {*line}}
    for code in parents:
        if code in missing and parents[code] not in missing:
            yield code, sum(1 for other in missing if code in lines[other][1:])
