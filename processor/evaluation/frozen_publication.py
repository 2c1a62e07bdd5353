"""A publication of figures as it is frozen: what anybody may know of a period, with the words to read it. Pure.

Whatever is made of it (a page, open data, a file for other agencies) is made from this alone, so that nothing moves
when a case does. It is kept as JSON; the same publication gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from processor.evaluation import periods, publication_tables
from processor.evaluation.figure import Value
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import PublishedFigures
from processor.evaluation.published_counts import TableWords
from processor.foundation.errors import PayungError

KIND = "terbitan angka Payung"
VERSION = 1
"""The form of the JSON. A later one reads this one too."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised when the figures were made, in working minutes: the limit, the target, and a working day."""

    limit: int
    target: int
    day: int


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One number that is no count of people; None where there is nothing to show."""

    key: str
    label: str
    value: Value
    unit: str


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """Numbers that belong together, with what they mean and what is not there."""

    key: str
    title: str
    definition: str
    rows: tuple[ValueRow, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FrozenPublication:
    """What was published of ``period`` on the day ``made``.

    ``count`` is 1, and 2 and more where the period was counted again. ``words`` say how the tables of ``figures`` are
    read, in their order.
    """

    period: Period
    count: int
    made: date
    promise: Promise
    figures: PublishedFigures
    words: tuple[TableWords, ...]
    values: tuple[PublishedValue, ...] = ()

    @property
    def name(self) -> str:
        """Its name: 2026-3, 2026, or 2026-3~2 where it was counted again."""
        return name_of(self.period, self.count)


def name_of(period: Period, count: int = 1) -> str:
    """Name a publication of a period."""
    return f"{period}~{count}" if count > 1 else str(period)


def node_of(period: Period, count: int = 1) -> str:
    """Name a period on the axis of time: 2026/3, 2026, or 2026/3~2 where it is counted again."""
    return name_of(period, count).replace("-", "/")


def to_json(one: FrozenPublication) -> str:
    """Write a publication as it is kept."""
    return json.dumps(to_data(one), ensure_ascii=False, indent=1) + "\n"


def to_data(one: FrozenPublication) -> dict[str, Any]:
    """Give a publication as data that JSON can hold."""
    return {
        "jenis": KIND,
        "versi": VERSION,
        "nama": one.name,
        "periode": str(one.period),
        "judul": one.period.title,
        "hitungan": one.count,
        "terbit": one.made.isoformat(),
        "janji": {
            "batas_menit": one.promise.limit,
            "sasaran_menit": one.promise.target,
            "menit_sehari": one.promise.day,
        },
        "angka": publication_tables.to_data(one.figures),
        "tabel": [
            {"nama": words.name, "judul": words.title, "definisi": words.definition, "label": dict(words.labels)}
            for words in one.words
        ],
        "nilai": [_value_data(value) for value in one.values],
    }


def _value_data(one: PublishedValue) -> dict[str, Any]:
    rows = [
        {
            "kunci": row.key,
            "nama": row.label,
            "nilai": float(row.value) if isinstance(row.value, Decimal) else row.value,
            "satuan": row.unit,
        }
        for row in one.rows
    ]
    return {
        "kunci": one.key,
        "judul": one.title,
        "definisi": one.definition,
        "baris": rows,
        "keterangan": one.remark,
    }


def from_json(text: str) -> FrozenPublication:
    """Read what ``to_json`` wrote.

    Raises:
        PayungError: It is no publication, one of a newer form, or its figures do not add up.
    """
    try:
        return from_data(json.loads(text, parse_float=Decimal))
    except (ValueError, TypeError, LookupError, AttributeError, PayungError) as error:
        raise PayungError(publication_tables.UNREADABLE) from error


def from_data(read: Any) -> FrozenPublication:
    """Read what ``to_data`` gave. Raises ValueError, TypeError, LookupError, AttributeError or PayungError."""
    if read["jenis"] != KIND or read["versi"] != VERSION:
        raise ValueError
    promise = read["janji"]
    one = FrozenPublication(
        period=periods.parse(read["periode"]),
        count=int(read["hitungan"]),
        made=date.fromisoformat(read["terbit"]),
        promise=Promise(int(promise["batas_menit"]), int(promise["sasaran_menit"]), int(promise["menit_sehari"])),
        figures=publication_tables.from_data(read["angka"]),
        words=tuple(map(_words, read["tabel"])),
        values=tuple(map(_value, read["nilai"])),
    )
    if not one.name == read["nama"] == one.figures.name:
        raise ValueError
    return one


def _words(read: Mapping[str, Any]) -> TableWords:
    labels = {str(node): str(label) for node, label in read["label"].items()}
    return TableWords(str(read["nama"]), str(read["judul"]), str(read["definisi"]), labels)


def _value(read: Mapping[str, Any]) -> PublishedValue:
    rows = tuple(
        ValueRow(str(one["kunci"]), str(one["nama"]), one["nilai"], str(one["satuan"])) for one in read["baris"]
    )
    return PublishedValue(str(read["kunci"]), str(read["judul"]), str(read["definisi"]), rows, str(read["keterangan"]))
