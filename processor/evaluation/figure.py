"""One figure: what was counted, from how many, and what it means. Pure.

Either its rows add up to what they were counted from, or it says why they do not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

Value = int | Decimal | None
REQUESTS = "permohonan"
MINUTES = "menit kerja"
_TITLES = {"tun": "TUN", "whatsapp": "WhatsApp", "jdih": "JDIH", "": "Belum diisi", "ekspor": "Ekspor formulir"}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One number: ``key`` for programs, ``label`` for people, None where there is nothing to compute it from.

    ``of`` is from how many it comes where that is not the whole figure's.
    """

    key: str
    label: str
    value: Value
    unit: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Rows that belong together.

    ``aspect`` is the one of the yearly evaluation's six (Pedoman), 0 for what stands beside them. ``of`` is from how
    many of what is ``counted`` they come, ``definition`` a sentence for readers. Where ``sums``, the rows add up to
    ``of``; else ``remark`` says why they need not. ``inside`` figures must not leave the office as they are.
    """

    key: str
    title: str
    aspect: int
    rows: tuple[FigureRow, ...]
    of: int
    counted: str
    definition: str
    sums: bool = True
    remark: str = ""
    inside: bool = False

    def value(self, key: str) -> Value:
        """Give the number of a row. Raises KeyError when there is none."""
        found = {row.key: row.value for row in self.rows}
        return found[key]

    def share(self, row: FigureRow) -> Decimal | None:
        """Give a row's part of what it was counted from, in percent with one decimal; None where it is no part."""
        of = self.of if row.of is None else row.of
        if row.unit != self.counted or row.value is None or not of:
            return None
        return rounded(Fraction(row.value) * 100 / of, 1)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half up, as people do, to so many decimal places."""
    step = Decimal(1).scaleb(-places)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def middle(values: Sequence[int]) -> Value:
    """Give the median, with one decimal place where it is no whole number; None of nothing."""
    if not values:
        return None
    found = Fraction(median(values))
    return int(found) if found.denominator == 1 else rounded(found, 1)


def label_of(code: str) -> str:
    """Write a word of the files as people read it."""
    return _TITLES.get(code) or code.replace("_", " ").capitalize()


def partition(
    codes: Iterable[str], known: Iterable[str], unit: str = REQUESTS, labels: Mapping[str, str] = {}
) -> tuple[FigureRow, ...]:
    """Count codes, those that are ``known`` first and in their order, also where there are none.

    Args:
        codes: One for each thing that is counted.
        known: The codes that always have a row.
        unit: What is counted.
        labels: Words for codes that are not written as they are read.
    """
    counts = Counter(codes)
    order = [*dict.fromkeys(known), *sorted(counts.keys() - {*known})]
    return tuple(FigureRow(code, labels.get(code) or label_of(code), counts[code], unit) for code in order)


def spread(minutes: Sequence[int], limits: Mapping[str, int], counted: str = REQUESTS) -> tuple[FigureRow, ...]:
    """Tell how long something took: median, 90th percentile, and how many were within each limit.

    The median of an even number is the mean of the two in the middle. The 90th percentile is the least of the times
    within which at least nine of ten were done, so it is one that really was.

    Args:
        minutes: Working minutes, in any order.
        limits: Limits in working minutes, by the key of their row.
        counted: What took so long.
    """
    order = sorted(minutes)
    ninth = order[-(-9 * len(order) // 10) - 1] if order else None
    within = (
        FigureRow(key, f"{label_of(key)} ({limit} menit)", sum(1 for one in order if one <= limit), counted)
        for key, limit in limits.items()
    )
    return (
        FigureRow("median", "Median", middle(order), MINUTES),
        FigureRow("persentil_90", "Persentil ke-90", ninth, MINUTES),
        *within,
    )
