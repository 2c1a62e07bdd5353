"""The page "Kinerja layanan": frozen publications -> HTML that the page holds. Reads nothing else. Pure.

What is hidden is a dash with words for a screen reader; a share is computed from shown numbers only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from html import escape
from typing import Any

from processor.cases.promised_times import in_words
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings_agency import Evaluation
from processor.site import bar_chart

_BARS = 8
_NAMED = 12
"""So many bars, and so many rows that are not shown by their names."""
_TIMES = ("waktu_sejak_dikirim", "waktu_sejak_didaftarkan")
_NOTHING = '–<span class="tersembunyi"> tidak ditampilkan</span>'
_DEEPER = "&#8199;&#8199;"
Read = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A period as the page shows it: a key for links, its title, and its HTML."""

    kunci: str
    judul: str
    html: str


@dataclass(frozen=True, slots=True)
class Performance:
    """What the page shows by the names that its template uses; empty where nothing is published."""

    terbit: int | None
    lisensi: str
    data: str
    ringkasan: str = ""
    bagian: tuple[Section, ...] = field(default=())
    suara: str = ""


def performance(published: Mapping[str, Sequence[Read]], chosen: Evaluation, data: str) -> Performance:
    """Make what the page shows: every period in a row, and the newest quarter and year whole.

    Args:
        published: ``terbitan`` are frozen publications as data (``evaluation.frozen_publication``), in any order;
            ``testimoni`` are the words of those who were helped. Nothing is shown without the first.
        chosen: On which day and under which license the office publishes figures.
        data: Where the open data lie, as the page links there.
    """
    newest = _newest_counts(published.get("terbitan", ()))
    if not newest:
        return Performance(chosen.terbit, chosen.lisensi, data)
    quarter = [one for one in newest if "-" in one["periode"]][:1]
    year = [one for one in newest if "-" not in one["periode"]][:1]
    sections = tuple(Section(f"p{one['periode']}", one["judul"], _section(one)) for one in (*quarter, *year))
    voices = "".join(map(_voice, published.get("testimoni", ())))
    return Performance(chosen.terbit, chosen.lisensi, data, _over_time(newest), sections, voices)


def _voice(one: Read) -> str:
    words = " ".join(str(one["kutipan"]).split())
    return f"<blockquote><p>{escape(words)}</p><p>{escape(one['sebagai'])}</p></blockquote>"


def _newest_counts(publications: Sequence[Read]) -> list[Read]:
    """Give one count of each period, the newest of those that show anything; newest period first, a year before its
    quarters."""
    chosen: dict[str, Read] = {}
    for one in sorted(publications, key=lambda one: int(one["hitungan"])):
        if one["periode"] not in chosen or any(table["angka"] for table in one["angka"]["tabel"]):
            chosen[one["periode"]] = one
    return sorted(chosen.values(), key=lambda one: (one["periode"][:4], one["periode"][5:] or "9"), reverse=True)


def _cells(one: Read) -> dict[tuple[str, str], int | None]:
    """Give the numbers of a whole period by axis and row; ("", "") is all of them."""
    found: dict[tuple[str, str], int | None] = {}
    node = one["nama"].replace("-", "/")
    for table in one["angka"]["tabel"]:
        for row in table["angka"]:
            rest = [(axis, place) for axis, place in row.items() if axis not in {"periode", "jumlah"}]
            if row["periode"] == node and len(rest) < 2:
                found[rest[0] if rest else ("", "")] = row["jumlah"]
    return found


def _over_time(newest: Sequence[Read]) -> str:
    """Show every period in a row, and the quarters as bars from the oldest to the newest."""
    rows = [
        (
            escape(one["judul"]),
            _number(_cells(one).get(("", ""))),
            _of(_cells(one), "dijawab/tepat_waktu"),
            _time(one, _TIMES[0], "median"),
        )
        for one in newest
    ]
    quarters = [one for one in newest if "-" in one["periode"]][:_BARS]
    totals = [(one["judul"], _cells(one).get(("", ""))) for one in reversed(quarters)]
    title = "Permohonan per triwulan"
    bars = bar_chart.chart(title, [(label, number) for label, number in totals if number is not None])
    head = ("Periode", "Permohonan", "Dijawab tepat waktu", "Median sejak dikirim")
    return _beside(bars, _table("Semua periode yang sudah terbit", head, rows))


def _section(one: Read) -> str:
    """Show a whole period: promise and what came of it, every table with its bars, and what else was published."""
    again = f" Ini hitungan ke-{one['hitungan']}; yang terdahulu ada dalam data terbuka." if one["hitungan"] > 1 else ""
    parts = [f"<p>Terbit {tanggal(date.fromisoformat(one['terbit']))}, dan sejak itu tidak berubah.{again}</p>"]
    parts.append(_promise(one))
    tables = {table["nama"]: table for table in one["angka"]["tabel"]}
    parts += [_counted(one, words, tables[words["nama"]], _cells(one)) for words in one["tabel"]]
    parts += [_value(value) for value in one["nilai"] if value["kunci"] not in _TIMES]
    return "\n".join(parts)


def _promise(one: Read) -> str:
    """Put the limits beside what they were kept by."""
    promise, cells = one["janji"], _cells(one)
    day = promise["menit_sehari"]
    rows = [
        ("Batas waktu sejak pemohon mengirim", in_words(promise["batas_menit"], day)),
        ("Sasaran kami", in_words(promise["sasaran_menit"], day)),
        ("Dijawab tepat waktu", _of(cells, "dijawab/tepat_waktu")),
        ("Dijawab terlambat", _of(cells, "dijawab/terlambat")),
        ("Separuh dijawab dalam (median), sejak dikirim", _time(one, _TIMES[0], "median")),
        ("Sembilan dari sepuluh dijawab dalam, sejak dikirim", _time(one, _TIMES[0], "persentil_90")),
        ("Median sejak didaftarkan", _time(one, _TIMES[1], "median")),
    ]
    said = [value for value in one["nilai"] if value["kunci"] in _TIMES]
    notes = dict.fromkeys(text for value in said for text in (value["definisi"], value["keterangan"]) if text)
    table = _table(f"Janji dan kenyataan, {one['judul']}", ("Ukuran", "Nilai"), rows)
    return f"<h3>Janji dan kenyataan</h3>\n{table}{_how(notes)}"


def _counted(one: Read, words: Read, table: Read, cells: Mapping[tuple[str, str], int | None]) -> str:
    """Show a table of requests with its bars."""
    whole, name = cells.get(("", "")), words["nama"]
    shown = {node: number for axis, node in cells if axis == name and (number := cells[axis, node]) is not None}
    listed = [(node, label, shown[node]) for node, label in words["label"].items() if node in shown]
    rows = [
        (f"{_DEEPER * node.count('/')}{escape(label)}", _number(number), _share(number, whole))
        for node, label, number in listed
    ]
    hidden = [label for node, label in words["label"].items() if (name, node) in cells and node not in shown]
    rows += [(escape(f"Tidak ditampilkan: {_names(hidden)}"), _NOTHING, "")] * bool(hidden)
    drawn = bar_chart.chart(words["judul"], [(label, number) for node, label, number in listed if "/" not in node])
    head, notes = ("Rincian", "Permohonan", "Bagian"), [words["definisi"], table["keterangan"]]
    counts = _table(f"{words['judul']}, {one['judul']}", head, [*rows, ("Semua", _number(whole), "")])
    return _part(words["judul"], _beside(drawn, counts) if table["angka"] else "", notes)


def _names(labels: Sequence[str]) -> str:
    more = f", dan {len(labels) - _NAMED} baris lain" if len(labels) > _NAMED else ""
    return ", ".join(labels[:_NAMED]) + more


def _value(value: Read) -> str:
    rows = [(escape(row["nama"]), _number(row["nilai"]), escape(row["satuan"])) for row in value["baris"]]
    table = _table(value["judul"], ("Rincian", "Nilai", "Satuan"), rows) if rows else ""
    return _part(value["judul"], table, [value["definisi"], value["keterangan"]])


def _part(title: str, html: str, notes: Sequence[str]) -> str:
    """Fold what stands below a heading: opened, a period is some sixteen screens long on a phone."""
    head = f"<summary><h3>{escape(title)}</h3></summary>"
    return f'<details class="rincian">{head}{html}{_how(notes)}</details>'


def _how(notes: Iterable[str]) -> str:
    said = "".join(f"<p>{escape(text)}</p>" for text in notes if text)
    return f"<details><summary>Cara menghitung</summary>{said}</details>"


def _beside(bars: str, table: str) -> str:
    return f'<div class="angka-layanan">{bars}{table}</div>' if bars else table


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table whose cells are HTML; all but the first column are numbers."""
    return "".join(_table_parts(caption, head, rows))


def _table_parts(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f'<table class="angka"><caption class="tersembunyi">{escape(caption)}</caption><thead><tr>'
    yield from (f'<th scope="col">{escape(one)}</th>' for one in head)
    yield "</tr></thead><tbody>"
    for first, *rest in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        yield f'<tr><th scope="row">{first}</th>{cells}</tr>'
    yield "</tbody></table>"


def _number(value: float | None) -> str:
    """Write a number as Indonesians do."""
    return _NOTHING if value is None else f"{value:,}".translate(str.maketrans(",.", ".,"))


def _share(part: int | None, whole: int | None) -> str:
    if part is None or not whole:
        return ""
    tenths = int(Fraction(part * 1000, whole) + Fraction(1, 2))
    return f"{tenths // 10},{tenths % 10}&nbsp;%"


def _of(cells: Mapping[tuple[str, str], int | None], node: str) -> str:
    """Write how many of those who were answered."""
    part, whole = cells.get(("hasil", node)), cells.get(("hasil", "dijawab"))
    share = _share(part, whole)
    return f"{_number(part)} dari {_number(whole)} ({share})" if share else _number(part)


def _time(one: Read, key: str, row: str) -> str:
    """Write a time in working days and hours."""
    day = one["janji"]["menit_sehari"]
    found = (r["nilai"] for value in one["nilai"] if value["kunci"] == key for r in value["baris"] if r["kunci"] == row)
    minutes = next(found, None)
    return _NOTHING if minutes is None else in_words(int(minutes), day)
