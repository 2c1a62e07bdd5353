"""The figures that one agency published, as one file that others add up: its form, and how it is made. Pure.

It holds what was published, a sign for what was hidden, and nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from processor.evaluation import periods
from processor.evaluation.frozen_publication import FrozenPublication
from processor.evaluation.publication_tables import PERIOD, PublishedTable, keys, parent
from processor.evaluation.publication_values import EVENTS
from processor.foundation.errors import PayungError

WHOLE = "*"
"""Stands among the categories of a table for all of them together."""
_FORMAT: Literal["payung-rekap-1"] = "payung-rekap-1"
_MOST, _MOST_CATEGORIES, _MOST_TABLES = 10**9, 5000, 200
_PERIOD_NODE = re.compile(r"([12][0-9]{3})(?:/([1-4]))?(?:~([0-9]{1,4}))?")
_OTHER_SIGNS = re.compile(r"[^\w./ ()&,+%'-]")

_Period = Annotated[str, Field(pattern=r"^[12][0-9]{3}(-[1-4])?$")]
_Count = Annotated[int, Field(ge=0, le=_MOST, strict=True)] | None
Row = tuple[int | None, ...]
"""A number for each category of a table, None where it is hidden."""


class _WrittenTable(BaseModel):
    """Satu tabel dengan kategori yang sama pada semua periodenya."""

    model_config = ConfigDict(extra="forbid", title="Tabel")

    nama: str = Field(pattern=r"^[\w.-]+$", max_length=60)
    kategori: tuple[Annotated[str, Field(pattern=r"^(\*|[\w./ ()&,+%'-]+)$", max_length=300)], ...] = Field(
        max_length=_MOST_CATEGORIES,
        description="* ialah semuanya. Kategori di bawah kategori lain ditulis dengan garis miring",
    )
    periode: dict[_Period, tuple[_Count, ...]] = Field(
        min_length=1,
        description="Angka tiap kategori menurut periode (2026-3 atau 2026). null: disembunyikan supaya tidak ada "
        "orang yang dapat dikenali",
    )


class _Content(BaseModel):
    """Angka terbitan satu instansi, untuk dijumlahkan dengan angka instansi lain.

    Waktu (median, persentil) tidak dapat dijumlahkan, jadi tidak ada: bacalah kinerja.json pada situs instansi itu.
    """

    model_config = ConfigDict(extra="forbid", title="Rekap angka layanan")

    format: Literal["payung-rekap-1"]
    instansi: str = Field(pattern=r"^[\w./ ()&,+%'-]+$", max_length=200, description="Nama instansi yang menerbitkan")
    dibuat: date = Field(description="Hari terbitan terakhir")
    angka: tuple[_WrittenTable, ...] = Field(max_length=_MOST_TABLES)


@dataclass(frozen=True, slots=True)
class AggregateTable:
    """What was published of a table ``name``: a row of numbers by period (2026-3, 2026), one for each category."""

    name: str
    categories: tuple[str, ...]
    rows: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What the agency of this ``name`` published up to the day on which the file was ``made``."""

    name: str
    made: date
    tables: tuple[AggregateTable, ...]

    def content(self) -> dict[str, Any]:
        """Give what the file says, as JSON holds it."""
        tables = [
            {"nama": one.name, "kategori": [*one.categories], "periode": {at: [*row] for at, row in one.rows.items()}}
            for one in self.tables
        ]
        return {"format": _FORMAT, "instansi": self.name, "dibuat": self.made.isoformat(), "angka": tables}


def of_publications(name: str, publications: Sequence[FrozenPublication]) -> Aggregate:
    """Gather everything that an agency ever published into one file.

    Where a period was counted again, the last count stands of which the sum is shown. Tables that cross several things
    stay out, and so do times: a median of medians is none.

    Args:
        name: What the agency is called.
        publications: All of them, at least one; in whichever order, the file is the same.
    """
    counts: dict[tuple[str, str], dict[int, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    ordered = sorted(publications, key=lambda one: (one.made, one.name))
    for one in ordered:
        for title, events in _events(one):
            counts[str(one.period), title][one.count].update(events)
    for table in (table for one in ordered for table in one.figures.tables):
        for period, count, title, category, number in _cells(table):
            of_count = counts[period, title][count]
            of_count[category] = of_count.get(category) if number is None else number
    rows: dict[tuple[str, tuple[str, ...]], dict[str, Row]] = defaultdict(dict)
    for (period, title), of_counts in sorted(counts.items()):
        _, last = max(of_counts.items(), key=lambda one: (one[1].get(WHOLE) is not None, one[0]))
        rows[title, tuple(last)][period] = tuple(last.values())
    tables = tuple(AggregateTable(title, categories, found) for (title, categories), found in sorted(rows.items()))
    return Aggregate(_plain(name)[:200], ordered[-1].made, tables)


def _cells(table: PublishedTable) -> Iterator[tuple[str, int, str, str, int | None]]:
    """Give the period, the number of its count, the table, the category and the number of each visible cell."""
    roots = [axis.root for axis in table.axes if axis.name != PERIOD]
    for key in keys(table.visible) if len(roots) <= 1 else ():
        at = dict(key)
        time = _PERIOD_NODE.fullmatch(at.pop(PERIOD, ""))
        if time is not None:
            year, quarter, again = time.groups()
            period, below = f"{year}-{quarter}" if quarter else year, {*at.values()} - {*roots}
            yield period, int(again or 1), _name(table.name), _plain(min(below, default=WHOLE)), table.shown.get(key)


def _events(one: FrozenPublication) -> Iterator[tuple[str, dict[str, int]]]:
    """Give what is a count of events, which can be added up."""
    for value in one.values:
        counts = {_plain(row.key): row.value for row in value.rows if row.unit == EVENTS}
        if numbers := {key: count for key, count in counts.items() if isinstance(count, int)}:
            yield _name(value.key), numbers


def _name(text: str) -> str:
    return _plain(text).replace(" ", "_")[:60]


def _plain(text: str) -> str:
    """Leave out signs that a file of figures has no use for."""
    return text if text == WHOLE else _OTHER_SIGNS.sub("_", text)[:300]


def read(content: Any) -> Aggregate:
    """Read what a file says.

    Raises:
        PayungError: It is no file of figures, one of a later form, or its figures do not add up.
    """
    form = content.get("format") if isinstance(content, Mapping) else None
    if form != _FORMAT and isinstance(form, str) and form.startswith("payung-rekap-"):
        raise PayungError("Berkas ini dibuat Payung yang lebih baru. Perbarui Payung di komputer ini, lalu ulangi.")
    try:
        found = _Content.model_validate(content)
    except ValidationError as error:
        raise PayungError(_NONE) from error
    tables = tuple(AggregateTable(one.nama, one.kategori, one.periode) for one in found.angka)
    stands = [(period, one.name) for one in tables for period in one.rows]
    if len({*stands}) < len(stands) or not all(map(_is_whole, tables)):
        raise PayungError(_NONE)
    for table in tables:
        if period := _unfitting(table):
            raise PayungError(_SUMS.format(table.name, period))
    if early := next((period for period, _ in stands if _last_day(period) >= found.dibuat), ""):
        raise PayungError(_EARLY.format(early, found.dibuat))
    return Aggregate(found.instansi, found.dibuat, tables)


@lru_cache(1000)
def _last_day(period: str) -> date:
    return periods.parse(period).last


def _is_whole(table: AggregateTable) -> bool:
    """Tell whether every category stands once, with a number in every row."""
    many = len({*table.categories})
    return many == len(table.categories) and all(len(row) == many for row in table.rows.values())


_NONE = "Isinya bukan angka terbitan Payung. Minta berkas rekap.json yang baru dari instansi itu."
_EARLY = "Periode {} belum berakhir ketika berkas ini dibuat ({}). Minta instansi itu memeriksa terbitannya."
_SUMS = "Tabel {} periode {} tidak berjumlah. Minta instansi itu memeriksa terbitannya."


def _unfitting(table: AggregateTable) -> str | None:
    """Give the first period in which a sum is less than its parts, or another where all of them are shown."""
    columns = [*zip(*table.rows.values(), strict=True)]
    for whole, parts in _sums(table.categories):
        total = None if whole is None else columns[whole]
        those = [columns[part] for part in parts]
        if total is None or (not any(None in each for each in (total, *those)) and _summed(those) == total):
            continue
        for period, row in table.rows.items():
            of, numbers = row[whole or 0], [row[part] for part in parts]
            known = sum(filter(None, numbers))
            if of is not None and known != of and (known > of or None not in numbers):
                return period
    return None


def _summed(columns: Sequence[Row]) -> Row:
    """Add columns up that hide nothing, row by row."""
    return tuple(sum(filter(None, numbers)) for numbers in zip(*columns, strict=True))


@lru_cache(1000)
def _sums(categories: tuple[str, ...]) -> tuple[tuple[int | None, tuple[int, ...]], ...]:
    """Give the place of each sum and of its parts; tables of many agencies have the same categories."""
    place = {one: at for at, one in enumerate(categories)}
    below: dict[str, list[int]] = defaultdict(list)
    for one in categories:
        if one != WHOLE:
            below[parent(one) or WHOLE].append(place[one])
    return tuple((place.get(whole), tuple(parts)) for whole, parts in below.items())


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a file with its signature."""
    content = _Content.model_json_schema()
    signed = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Berkas rekap.json",
        "description": "tanda_tangan: Ed25519 atas teks payung-rekap-1, baris baru, lalu isi sebagai JSON dengan kunci "
        "berurut, tanpa spasi, UTF-8",
        "type": "object",
        "properties": {
            "isi": {"$ref": "#/$defs/isi"},
            "kunci": {"type": "string", "pattern": "^[A-Za-z0-9+/]{43}=$", "description": "Kunci publik, base64"},
            "tanda_tangan": {"type": "string", "pattern": "^[A-Za-z0-9+/]{86}==$"},
        },
        "required": ["isi", "kunci", "tanda_tangan"],
        "additionalProperties": False,
    }
    return {**signed, "$defs": {**content.pop("$defs", {}), "isi": content}}
