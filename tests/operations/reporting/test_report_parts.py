"""Tables of a report add up in both of their periods, show no row twice, and compare only what can be compared."""

from dataclasses import replace
from datetime import date

import pytest

from processor.evaluation.figure import Figure, FigureRow
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from processor.letters.word.report_blocks import Heading, ReportTable, Text
from processor.operations.reporting import report_parts
from tests import effort
from tests.evaluation.test_figures import computed

SEEDS = range(500 if effort.LONG else 12)
NOW, BEFORE = Period(2026, 3), Period(2026, 2)


def value(cell: str) -> int:
    return int(cell.replace(".", ""))


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happened_both_periods_add_up_and_the_change_is_between_them(seed: int) -> None:
    found = Compared.of(computed(seed, NOW), computed(seed, BEFORE))
    for one in found.current:
        table = report_parts.figure_table(found, one.key)
        assert all(len(row) == len(table.columns) for row in table.rows)
        names = [row[0] for row in table.rows]
        assert len({*names}) == len(names), one.key
        before = found.earlier(one.key)
        if one.sums and one.rows:
            assert sum(value(row[1]) for row in table.rows) == one.of, (seed, one.key)
        if one.sums and before:
            assert sum(value(row[-2]) for row in table.rows) == before.of, (seed, one.key)
            moved = [value(row[1]) - value(row[-2]) for row in table.rows]
            assert [row[-1] for row in table.rows] == [
                f"{n:+,d}".replace("-", "−").replace(",", ".") if n else "0" for n in moved
            ]


def test_months_of_another_quarter_are_not_compared_and_those_of_another_year_are() -> None:
    quarters = Compared(computed(3, NOW), computed(3, BEFORE))
    assert quarters.earlier("permohonan.bulan") is None
    assert [column.title for column in report_parts.figure_table(quarters, "permohonan.bulan").columns][1] == "Nilai"
    years = Compared(computed(3, Period(2026)), computed(3, Period(2025)))
    assert years.earlier("permohonan.bulan")


def made(*rows: FigureRow, sums: bool = True) -> Figures:
    one = Figure("a", "Judul", 1, rows, sum(int(row.value or 0) for row in rows), "permohonan", "Arti.", sums=sums)
    return Figures(NOW, date(2026, 11, 27), 0, (one,))


def test_a_row_that_stands_in_one_period_only_is_nothing_in_the_other() -> None:
    now = made(FigureRow("x", "Sama", 3, "permohonan"), FigureRow("baru", "Baru", 2, "permohonan"))
    before = replace(made(FigureRow("x", "Sama", 1, "permohonan"), FigureRow("lama", "Lama", 4, "permohonan")))
    table = report_parts.figure_table(Compared(now, before), "a")
    assert table.rows == (
        ("Sama", "3", "60,0 %", "1", "+2"), ("Baru", "2", "40,0 %", "0", "+2"), ("Lama", "0", "0,0 %", "4", "−4")
    )  # fmt: skip
    titles = [column.title for column in table.columns]
    assert titles == ["Rincian", "Triwulan III 2026", "Bagian", "Triwulan II 2026", "Perubahan"]
    [chart] = report_parts.figure_chart(Compared(now, before), "a")
    assert [one.values for one in chart.series] == [(1, 0, 4), (3, 2, 0)]
    assert [one.name for one in chart.series] == ["Triwulan II 2026", "Triwulan III 2026"]


def test_a_chart_shows_rows_of_one_kind_and_the_period_before_only_where_that_has_them_all() -> None:
    index, first = FigureRow("ikm", "Indeks", 91, "indeks"), FigureRow("u1", "Syarat", 4, "nilai")
    rows = (index, first, FigureRow("u2", "Waktu", 3, "nilai"))
    now, before = made(*rows, sums=False), made(*(replace(row, value=None) for row in rows), sums=False)
    [chart] = report_parts.figure_chart(Compared(now, before), "a")
    assert (chart.categories, chart.unit) == (("Syarat", "Waktu"), "nilai")
    assert [one.values for one in chart.series] == [(4, 3)]


def test_a_value_that_comes_from_nothing_that_is_counted_is_shown_all_the_same() -> None:
    old = Figure("lama", "Lama", 4, (FigureRow("p", "Persen", 88, "persen"),), 0, "jawaban", "Arti.", sums=False)
    none = replace(old, key="kosong", rows=(FigureRow("p", "Persen", None, "persen"),))
    found = Compared(Figures(NOW, date(2026, 11, 27), 0, (old, none)))
    assert report_parts.counted(found, ["lama", "kosong", "tidak_ada"]) == ["lama"]


def test_a_chart_needs_two_rows_to_compare() -> None:
    assert not [*report_parts.figure_chart(Compared(made(FigureRow("x", "X", 3, "permohonan"))), "a")]


def test_what_counts_nothing_is_named_in_a_sentence_and_everything_else_stands_once() -> None:
    found = computed(5, NOW)
    blocks = [*report_parts.annex(Compared(found), ["permohonan.hasil"])]
    tables = [one.title for one in blocks if isinstance(one, ReportTable)]
    sentences = " ".join(one.text for one in blocks if isinstance(one, Text))
    for one in found:
        told = (one.title in tables) + (one.title in sentences)
        assert told >= (one.key != "permohonan.hasil"), one.key
    assert "Permohonan menurut hasilnya" not in tables
    assert isinstance(blocks[0], Heading)
