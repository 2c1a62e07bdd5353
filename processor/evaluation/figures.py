"""All figures of a period, made from facts of requests and of the office: one frozen object. Pure.

A request belongs to the period in which it was registered; what became of it is as of the moment given.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from processor.evaluation import beside_figures, quality_figures, request_figures, time_figures
from processor.evaluation.case_facts import CaseFacts, CountingRules
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import Figure
from processor.evaluation.office_facts import NOTHING_BESIDE, OfficeFacts
from processor.evaluation.periods import Period

ASPECTS: Mapping[int, str] = {
    1: "Jumlah dan jenis permohonan",
    2: "Kecepatan",
    3: "Mutu pendapat hukum",
    4: "Kepuasan",
    5: "Sistem elektronik",
    6: "Hambatan",
    0: "Lainnya",
}
"""The six aspects of the yearly evaluation (Pedoman Teknis), and what stands beside them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of ``period`` as of ``made``.

    ``unread`` are requests whose files could not be read; ``left_out`` says what else could not be counted, and why.
    """

    period: Period
    made: date
    unread: int
    all: tuple[Figure, ...]
    left_out: str = ""
    _by_key: Mapping[str, Figure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {one.key: one for one in self.all})

    def __getitem__(self, key: str) -> Figure:
        """Give a figure by its key, such as ``permohonan.bentuk``. Raises KeyError when there is none."""
        return self._by_key[key]

    def __contains__(self, key: str) -> bool:
        """Tell whether there is a figure of this key: some stand only where a setting or a list is."""
        return key in self._by_key

    def __iter__(self) -> Iterator[Figure]:
        """Give every figure, in the order of reports."""
        return iter(self.all)

    def of_aspect(self, aspect: int) -> tuple[Figure, ...]:
        """Give the figures of one aspect."""
        return tuple(one for one in self.all if one.aspect == aspect)

    @property
    def outside(self) -> "Figures":
        """The figures without those that must not leave the office as they are."""
        return replace(self, all=tuple(one for one in self.all if not one.inside))


def compute(
    cases: Iterable[CaseFacts],
    period: Period,
    now: datetime,
    counting: CountingRules,
    office: OfficeFacts = NOTHING_BESIDE,
) -> Figures:
    """Compute every figure of a period.

    Args:
        cases: The facts of every request, of any period.
        period: The quarter or year.
        now: The moment (aware) as of which something is late.
        counting: The office's limits and words.
        office: What it counts beside requests.
    """
    made = now.astimezone(counting.service.zone).date()
    counted = CountedCases.of(cases, period, now, counting, office.years)
    found = (
        *request_figures.of(counted, office.units, office.unit_names, office.unit_above),
        *time_figures.of(counted),
        *quality_figures.of(counted),
        *beside_figures.of(counted, office),
    )
    ordered = sorted(found, key=lambda one: one.aspect or len(ASPECTS))
    return Figures(period, made, office.unread, tuple(ordered), office.left_out)
