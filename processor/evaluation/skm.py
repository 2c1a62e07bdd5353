"""Computes the satisfaction index of public services (SKM, PermenPANRB 14/2017) and that of the survey before it. Pure.

Knows sums of answers and no respondent: who answered, when or about which request is nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

ELEMENTS: Mapping[str, str] = {
    "U1": "Persyaratan",
    "U2": "Sistem, mekanisme, dan prosedur",
    "U3": "Waktu penyelesaian",
    "U4": "Biaya/tarif",
    "U5": "Produk layanan",
    "U6": "Kompetensi pelaksana",
    "U7": "Perilaku pelaksana",
    "U8": "Sarana dan prasarana",
    "U9": "Penanganan pengaduan",
}
"""The nine elements, each answered from 1 to ``BEST``."""
BEST = 4
FEWEST = 5
"""Of fewer answers no figure is shown."""
BANDS: Mapping[str, tuple[Decimal, str]] = {
    "A": (Decimal("88.31"), "Sangat baik"),
    "B": (Decimal("76.61"), "Baik"),
    "C": (Decimal("65.00"), "Kurang baik"),
    "D": (Decimal("25.00"), "Tidak baik"),
}
"""From which index, rounded to two places, a band begins, and its name."""
_OLD_ITEMS, _OLD_BEST = 6, 5
_CHI_SQUARE, _SHARE, _MARGIN = Fraction(3841, 1000), Fraction(1, 4), Fraction(25, 10_000)
"""Krejcie and Morgan: chi-square of 95 %, p (1 - p) of one half, and 5 % squared."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What ``respondents`` answered: the mean of each element (1 to 4), the index (25 to 100) and its band (A to D)."""

    respondents: int
    means: tuple[Fraction, ...]
    index: Decimal
    band: str


def satisfaction(totals: Sequence[int], respondents: int) -> Satisfaction | None:
    """Compute the index from the sum of the answers to each element; each weighs exactly a ninth.

    Returns:
        None where fewer than ``FEWEST`` answered.
    """
    _check(len(totals) == len(ELEMENTS) and all(respondents <= one <= BEST * respondents for one in totals), totals)
    if respondents < FEWEST:
        return None
    means = tuple(Fraction(total, respondents) for total in totals)
    index = rounded(25 * sum(means, Fraction()) / len(ELEMENTS))
    return Satisfaction(respondents, means, index, next(band for band, (least, _) in BANDS.items() if index >= least))


def totals(answers: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Sum the answers to each element; each of ``answers`` has nine, from 1 to 4."""
    return _summed(answers, len(ELEMENTS), BEST)


def of_year(respondents: Sequence[int]) -> bool:
    """Tell whether a year may be shown whose quarters have so many ``respondents``.

    A quarter of too few is not shown, so it must not be what the shown quarters leave of the year.
    """
    left = sum(number for number in respondents if number < FEWEST)
    return sum(respondents) >= FEWEST and (left == 0 or left >= FEWEST)


def sample_target(population: int) -> int:
    """Say how many of a population should answer (Krejcie and Morgan, rounded)."""
    asked = _CHI_SQUARE * population * _SHARE
    return floor(asked / (_MARGIN * (population - 1) + _CHI_SQUARE * _SHARE) + Fraction(1, 2)) if population else 0


def old_satisfaction(answers: Sequence[Sequence[int]]) -> Decimal | None:
    """Compute how many per cent of all points a survey of six items from 1 to 5 has: the bureau's first one, of 2025.

    It cannot be converted into an index. Nothing is given where fewer than ``FEWEST`` answered.
    """
    points = sum(_summed(answers, _OLD_ITEMS, _OLD_BEST))
    return rounded(Fraction(100 * points, len(answers) * _OLD_ITEMS * _OLD_BEST)) if len(answers) >= FEWEST else None


def rounded(value: Fraction) -> Decimal:
    """Round half up to two places, as the bands ask for."""
    return Decimal(floor(value * 100 + Fraction(1, 2))).scaleb(-2)


def in_print(value: Decimal) -> str:
    """Write a figure with a decimal comma."""
    return f"{value:.2f}".replace(".", ",")


def _summed(answers: Iterable[Sequence[int]], items: int, best: int) -> tuple[int, ...]:
    sums = [0] * items
    for one in answers:
        _check(len(one) == items and all(1 <= answer <= best for answer in one), one)
        sums = [total + answer for total, answer in zip(sums, one, strict=True)]
    return tuple(sums)


def _check(sound: bool, answers: Sequence[int]) -> None:  # noqa: FBT001 - a condition, as assert takes it
    if not sound:
        raise ValueError(len(answers))
