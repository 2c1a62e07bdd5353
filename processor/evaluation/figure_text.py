"""Figures as a terminal's table, as Markdown and as data for JSON, with Indonesian numbers. Pure."""

from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap
from typing import Any

from processor.evaluation.figure import Figure, FigureRow, Value
from processor.evaluation.figures import ASPECTS, Figures
from processor.foundation.indonesian_dates import tanggal

_WIDTH = 100
_INSIDE = "Untuk kantor sendiri; jangan dibagikan."


def number(value: Value) -> str:
    """Write a number as Indonesians do: 1.234 and 91,5; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def percent(share: Decimal | None) -> str:
    """Write a share in percent; "" where there is none."""
    return f"{number(share)} %" if share is not None else ""


def heading(found: Figures) -> str:
    """Say which figures these are."""
    return f"Angka {found.period.title}, keadaan pada {tanggal(found.made)}"


def unread_sentence(found: Figures) -> str:
    """Say what could not be counted; "" where everything was."""
    unread = f"{found.unread} berkas permohonan tidak terbaca, jadi tidak ikut dihitung. Lihat: payung periksa"
    return " ".join(filter(None, (found.left_out, unread if found.unread else "")))


def base(one: Figure) -> str:
    """Say from how many a figure comes."""
    return f"dari {number(one.of)} {one.counted}"


def row_base(row: FigureRow) -> str:
    """Say from how many a row comes where that is not its figure's; else ""."""
    return "" if row.of is None else f"dari {number(row.of)}"


def terminal(found: Figures) -> str:
    """Write figures for a terminal; rows of a division that are zero are left out, and it says so."""
    lines = [heading(found), *filter(None, [unread_sentence(found)])]
    for aspect, title in ASPECTS.items():
        lines += ["", title.upper()]
        for one in found.of_aspect(aspect):
            lines += ["", f"{one.title} ({base(one)})", *_terminal_rows(one)]
            lines += [f"  {line}" for text in _sentences(one) for line in wrap(text, _WIDTH)]
    return "\n".join(lines)


def _terminal_rows(one: Figure) -> Iterator[str]:
    shown = [row for row in one.rows if row.value or not one.sums]
    cells = [(row.label, number(row.value), _unit(one, row), percent(one.share(row)), row_base(row)) for row in shown]
    widths = [max((len(cell[column]) for cell in cells), default=0) for column in range(4)]
    for label, value, unit, share, of in cells:
        line = f"  {label:<{widths[0]}}  {value:>{widths[1]}} {unit:<{widths[2]}}  {share:>{widths[3]}}  {of}"
        yield line.rstrip()
    if len(shown) < len(one.rows):
        yield f"  {'Baris lain' if shown else 'Semua baris'}: 0."


def _unit(one: Figure, row: FigureRow) -> str:
    return "" if row.unit == one.counted else row.unit


def _sentences(one: Figure) -> Iterator[str]:
    yield one.definition
    if one.remark:
        yield one.remark
    if one.inside:
        yield _INSIDE


def markdown(found: Figures) -> str:
    """Write figures as Markdown, a table each with all its rows."""
    lines = [f"# {heading(found)}", "", *filter(None, [unread_sentence(found)])]
    for aspect, title in ASPECTS.items():
        lines += ["", f"## {title}"]
        for one in found.of_aspect(aspect):
            lines += ["", f"### {one.title}", "", *_markdown_rows(one), "", *_sentences(one)]
    return "\n".join(lines).rstrip() + "\n"


def _markdown_rows(one: Figure) -> Iterator[str]:
    yield f"| {base(one)} | Nilai | Satuan | Bagian | Dari |"
    yield "|---|---:|---|---:|---:|"
    for row in one.rows:
        of = one.of if row.of is None else row.of
        yield f"| {row.label} | {number(row.value)} | {row.unit} | {percent(one.share(row))} | {number(of)} |"


def data(found: Figures) -> dict[str, Any]:
    """Give figures as data that JSON can hold; keys stay as they are when titles change."""
    return {
        "periode": str(found.period),
        "judul": found.period.title,
        "keadaan_pada": found.made.isoformat(),
        "tidak_terbaca": found.unread,
        **({"tidak_dihitung": found.left_out} if found.left_out else {}),
        "angka": [_figure_data(one) for one in found],
    }


def _figure_data(one: Figure) -> dict[str, Any]:
    return {
        "kunci": one.key,
        "judul": one.title,
        "aspek": one.aspect,
        "dari": one.of,
        "yang_dihitung": one.counted,
        "definisi": one.definition,
        "dapat_dijumlahkan": one.sums,
        "keterangan": one.remark,
        "hanya_untuk_kantor": one.inside,
        "baris": [
            {
                "kunci": row.key,
                "nama": row.label,
                "nilai": float(row.value) if isinstance(row.value, Decimal) else row.value,
                "satuan": row.unit,
                "dari": one.of if row.of is None else row.of,
            }
            for row in one.rows
        ],
    }
