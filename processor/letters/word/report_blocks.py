"""What a report is made of, in the order in which it is read: headings, texts, tables, charts. Plain data."""

from dataclasses import dataclass

WAITING = "[Menunggu penilaian]"
"""Begins each place of which only a person can judge; taken away, with the rest of its line, once somebody has."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first ``level``, which is numbered, or of the second; 0 begins what is appended."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A place that waits for a person, and what is wanted of them."""

    wanted: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, and whether it holds numbers."""

    title: str
    width: int = 1
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its title; every row has a cell for each column. ``note`` stands small below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One set of bars: its name, and a number for each category."""

    name: str
    values: tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars: lying, for names; ``upright``, for what follows in time. ``unit`` is what they count."""

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False

    @property
    def words(self) -> str:
        """Say in words what the chart shows, for who cannot see it."""
        shown = "; ".join(
            f"{one.name}: " + ", ".join(map("{} {}".format, self.categories, map(_written, one.values)))
            for one in self.series
        )
        return f"Diagram batang {self.title}, dalam {self.unit}. {shown}."


def _written(value: float) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


Block = Heading | Text | Judgement | ReportTable | Chart
