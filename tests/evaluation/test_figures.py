"""Figures agree with a slow count made another way, add up or say why not, and hold no word of anybody."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from processor.evaluation import figure, figure_text, figures, time_figures
from processor.evaluation.case_facts import CountingRules
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from tests import effort
from tests.evaluation import generated_registers, slow_count
from tests.evaluation.generated_registers import COUNTING, ZONE

NOW = datetime(2026, 11, 27, 10, 30, tzinfo=ZONE)
BATCH = 10
BATCHES = range(100 if effort.LONG else 4)
PERIODS = (Period(2026), Period(2026, 1), Period(2026, 3))


def computed(seed: int, period: Period) -> Figures:
    cases, office = generated_registers.register(seed)
    return figures.compute([one.facts for one in cases], period, NOW, COUNTING, office)


@pytest.mark.parametrize("batch", BATCHES)
def test_every_figure_agrees_with_a_slow_count(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        period = PERIODS[seed % len(PERIODS)]
        cases, office = generated_registers.register(seed)
        slow = slow_count.count(cases, office, period.first, period.last, NOW)
        fast = {
            one.key: (one.of, {row.key: row.value for row in one.rows if row.value})
            for one in figures.compute([one.facts for one in cases], period, NOW, COUNTING, office)
        }
        assert fast == slow, f"seed {seed}"


@pytest.mark.parametrize("batch", BATCHES)
def test_every_figure_adds_up_or_says_why_not_and_says_what_it_is(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        for one in computed(seed, Period(2026)):
            total = sum(row.value or 0 for row in one.rows)
            assert (total == one.of and not one.remark) if one.sums else one.remark, (seed, one.key)
            assert one.definition.endswith("."), one.key
            assert len({row.key for row in one.rows}) == len(one.rows), one.key
            assert all(row.label and row.label[0] == row.label[0].upper() for row in one.rows if not one.inside)


def test_quarters_add_up_to_their_year() -> None:
    for seed in range(20):
        year, quarters = computed(seed, Period(2026)), [computed(seed, one) for one in Period(2026).quarters]
        for one in year:
            if one.sums and one.key not in {"permohonan.triwulan", "permohonan.tahun"}:
                assert one.of == sum(quarter[one.key].of for quarter in quarters), (seed, one.key)
                for row in one.rows:
                    parts = [{r.key: r.value for r in quarter[one.key].rows} for quarter in quarters]
                    assert row.value == sum(part.get(row.key) or 0 for part in parts), (seed, one.key, row.key)


def test_units_are_counted_along_their_tree_where_there_is_one() -> None:
    cases, office = generated_registers.register(4)
    one, names = cases[0].facts, {"U.2": "Dua", "D": "Dinas", "U.1": "Satu", "LAIN": "Lain", "U.3": "Tiga"}
    facts = [one._replace(number=f"BH-2026-{at}", received=date(2026, 5, 4)) for at in range(6)]
    codes = dict(zip((one.number for one in facts), ("U.1", "U.2", "U.2", "D", "TIDAK ADA"), strict=False))
    tree = replace(office, units=codes, unit_names=names, unit_above={"U.1": "D", "U.2": "D", "U.3": "D"})
    found = figures.compute(facts, Period(2026), NOW, COUNTING, tree)["permohonan.unit_bertingkat"]
    assert [row.label for row in found.rows] == ["Dinas", "· Dua", "· Satu", "Lain", "Belum diketahui"]
    assert [row.value for row in found.rows] == [4, 2, 1, 0, 2]
    assert (found.of, found.inside) == (6, True)


def test_who_has_nothing_to_count_gets_zeros_and_no_made_up_time() -> None:
    found = figures.compute([], Period(2026, 2), NOW, COUNTING)
    assert found["permohonan.hasil"].of == 0
    assert found["kecepatan.sejak_dikirim"].value("median") is None
    assert "penghematan" not in found
    assert "permohonan.unit" not in found


def test_the_last_minute_of_the_limit_is_in_time_and_the_next_is_late() -> None:
    one = generated_registers.register(1)[0][0].facts._replace(promised=885)
    assert time_figures.standing(one, 885, NOW) == "tepat_waktu"
    assert time_figures.standing(one._replace(promised=886), 885, NOW) == "terlambat"
    open_one = one._replace(promised=None, outcome="terbuka", status="disusun", promise_due=NOW)
    assert time_figures.standing(open_one, 885, NOW) == "berjalan"
    assert time_figures.standing(open_one, 885, NOW + timedelta(seconds=1)) == "berjalan_terlambat"
    unknown = one._replace(promised=None, outcome="dijawab", status="selesai", promise_due=None)
    assert time_figures.standing(unknown, 885, NOW) == "tanpa_waktu"


def test_half_are_within_the_median_and_nine_of_ten_within_the_ninetieth_percentile() -> None:
    rows = {row.key: row.value for row in figure.spread([10, 20, 31, 40], {"dalam_batas": 31})}
    assert rows == {"median": Decimal("25.5"), "persentil_90": 40, "dalam_batas": 3}
    assert figure.spread(range(1, 11), {})[1].value == 9
    assert figure.spread(range(1, 12), {})[1].value == 10
    assert [figure_text.number(figure.middle(days)) for days in ([2520], [3, 4], [])] == ["2.520", "3,5", "–"]
    assert figure.rounded(Fraction(1, 8), 2) == Decimal("0.13")


def test_a_share_is_of_what_was_counted_and_there_is_none_of_minutes() -> None:
    one = figure.Figure("a", "A", 1, figure.partition("xxy", "xyz"), 3, "permohonan", "A.")
    assert [one.share(row) for row in one.rows] == [Decimal("66.7"), Decimal("33.3"), Decimal("0.0")]
    assert one.share(figure.FigureRow("m", "M", 3, figure.MINUTES)) is None
    assert replace(one, of=0).share(one.rows[0]) is None


def test_what_stays_inside_is_left_out_of_what_leaves() -> None:
    whole = computed(3, Period(2026))
    left = {one.key for one in whole} - {one.key for one in whole.outside}
    assert left == {
        "permohonan.unit", "beban.pengelola_layanan", "beban.analis_hukum", "beban.kepala_bagian", "beban.giliran",
    }  # fmt: skip


def test_the_definition_names_the_limits_of_the_settings() -> None:
    batas = COUNTING.service.batas.model_copy(update={"kajian": 840, "sasaran": 60})
    counting = CountingRules(COUNTING.service.model_copy(update={"batas": batas}), COUNTING.calendar, COUNTING.taxonomy)
    found = figures.compute([], Period(2026), NOW, counting)
    assert "3 hari kerja lebih 45 menit" in found["kecepatan.janji"].definition
    assert "sasaran 1 jam" in found["kecepatan.sejak_dikirim"].definition
    assert "Batas SOP 2 hari kerja" in found["kecepatan.kajian"].definition
