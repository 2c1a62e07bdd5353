"""The file of one agency: it says what was published and no more, and whatever does not fit is refused."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest

from processor.cases import aggregate_key
from processor.evaluation import aggregate
from processor.evaluation.aggregate import WHOLE, Aggregate, AggregateTable
from processor.evaluation.frozen_publication import PublishedValue, ValueRow
from processor.evaluation.publication_tables import Axis, PublishedFigures, PublishedTable
from processor.foundation.errors import PayungError
from tests.evaluation import published_samples
from tests.evaluation.aggregates import frozen, large, published, quarter, quarters_and_years

UNITS = Axis("unit", ("p", "p/1", "p/2", "q"))


def tables(found: Aggregate) -> dict[tuple[str, str], dict[str, int | None]]:
    return {
        (one.name, period): dict(zip(one.categories, row, strict=True))
        for one in found.tables
        for period, row in one.rows.items()
    }


def test_what_the_audit_hides_is_not_in_the_file() -> None:
    hidden = published("Biro Rekaan", quarter("2026/1", dijawab=20, ditolak=2, terbuka=1, dibatalkan=9))
    (counts,) = tables(hidden).values()
    assert counts["ditolak"] is counts["terbuka"] is None
    assert not {1, 2} & {*counts.values()}


def test_figures_are_told_apart_by_period_and_the_last_count_of_one_stands() -> None:
    first = quarter("2026/1", dijawab=20, ditolak=12)
    again = quarter("2026/1~2", [first], dijawab=26, ditolak=12)
    found = tables(published("Biro Rekaan", first, again, quarter("2026/2", dijawab=30, ditolak=13)))
    assert found["hasil", "2026-1"] == {WHOLE: 38, "dijawab": 26, "ditolak": 12}
    assert found["hasil", "2026-2"] == {WHOLE: 43, "dijawab": 30, "ditolak": 13}


def test_what_the_last_count_hides_is_hidden_though_an_earlier_one_showed_it() -> None:
    first = quarter("2026/1", dijawab=20, ditolak=12, terbuka=9)
    again = quarter("2026/1~2", [first], dijawab=60, ditolak=2, terbuka=1)
    found = tables(published("Biro", first, again))["hasil", "2026-1"]
    assert (found[WHOLE], found["ditolak"], found["terbuka"]) == (63, None, None)


def test_a_count_that_hides_its_sum_takes_no_figure_away() -> None:
    first = quarter("2026/1", dijawab=20, ditolak=12)
    again = quarter("2026/1~2", [first], dijawab=21, ditolak=12)  # a difference of one person
    assert all(one.shown.get((("periode", "2026/1~2"),)) is None for one in again.figures.tables)
    assert tables(published("Biro", first, again))["hasil", "2026-1"][WHOLE] == 32


def test_a_year_of_quarters_gives_the_year_and_a_tree_its_sums() -> None:
    year = Axis("periode", ("2026/1",), "2026", tells=False)
    at = (("periode", "2026"),)
    shown = {at: 30, (*at, ("unit", "p")): 20, (*at, ("unit", "p/1")): 20, (*at, ("unit", "q")): 10}
    one = PublishedFigures("2026", (PublishedTable("unit", (year, UNITS), shown),))
    found = tables(published("Biro Rekaan", frozen("2026", one)))
    assert found["unit", "2026"] == {WHOLE: 30, "p": 20, "p/1": 20, "p/2": None, "q": 10}


def test_crossed_tables_and_times_stay_out_and_events_do_not() -> None:
    axes = (Axis("periode", root="2026/1", tells=False), Axis("topik", ("a", "b")), UNITS)
    crossed = PublishedTable("silang", axes, {(("periode", "2026/1"),): 30})
    found = published("Biro", frozen("2026/1", PublishedFigures("2026-1", (crossed,)), events=4))
    assert tables(found) == {("kegiatan", "2026-1"): {"sosialisasi": 4}}
    unknown = PublishedValue("kegiatan", "", "", (ValueRow("pelatihan", "", None, "kegiatan"),))
    assert published("Biro", replace(quarter("2026/1", a=3, b=4), values=(unknown,))).tables[0].name == "hasil"


def test_a_table_that_was_held_back_is_not_in_the_file() -> None:
    held = PublishedTable("unit", (Axis("periode", root="2026/1"), UNITS), {})
    assert published("Biro", frozen("2026/1", PublishedFigures("", (held,)))).tables == ()


def test_a_file_says_the_same_when_it_is_read() -> None:
    for one in (large(1, years=2), published("Biro: “Rekaan”", quarter("2026/1", dijawab=20, ditolak=12))):
        assert aggregate.read(json.loads(json.dumps(one.content()))) == one
    assert one.name == "Biro_ _Rekaan_"


def test_an_office_of_a_year_gives_its_quarters_and_their_year() -> None:
    found = tables(aggregate.of_publications("Biro", published_samples.samples()))
    aggregate.read(aggregate.of_publications("Biro", published_samples.samples()).content())
    assert {period for name, period in found if name == "hasil"} == {*quarters_and_years(2025, 2025), "2026-1"}
    assert [found["hasil", f"2025-{quarter}"][WHOLE] for quarter in range(1, 5)] == [34, 57, 21, 48]
    assert found["hasil", "2025"][WHOLE] == 34 + 57 + 21 + 48
    assert found["kegiatan", "2025-1"]["sosialisasi"] == 3
    backwards = aggregate.of_publications("Biro", published_samples.samples()[::-1])
    assert json.dumps(backwards.content()) == json.dumps(
        aggregate.of_publications("Biro", published_samples.samples()).content()
    )


def content(**changes: Any) -> Any:
    whole = Aggregate(
        "Biro", date(2026, 4, 15), (AggregateTable("hasil", (WHOLE, "a", "b"), {"2026-1": (30, 20, 10)}),)
    )
    return {**whole.content(), **changes}


def table(**changes: Any) -> Any:
    return content(angka=[{**content()["angka"][0], **changes}])


@pytest.mark.parametrize(
    "wrong",
    [
        None, [], "x", {}, content(format="lain"), content(lebih=1), content(dibuat="kemarin"), content(angka={}),
        table(periode={"2026-1": [30, 20, 10], "2025-1": [30, 20]}),
        content(instansi=""), content(instansi="\x1b[31mMerah"), content(instansi="<b>Biro</b>"),
        content(instansi="\u202ebiro"), content(instansi="a" * 201), content(instansi="a|b"),
        table(nama="a b"), table(kategori=["*", "a"]), table(kategori=["*", "a", "a"]),
        table(kategori=["*", "a", "`b"]),
        table(periode={"2026-5": [30, 20, 10]}), table(periode={"2026-1": [30, 20]}),
        table(periode={"2026-1": [30, 20, -1]}), table(periode={"2026-1": [30, 20, 10**10]}),
        table(periode={"2026-1": [30, 20, 10.0]}), table(periode={"2026-1": [30, 20, "10"]}),
        table(periode={"2026-1": [30, 20, True]}), table(periode={}),
        content(angka=content()["angka"] * 2),
    ],
)  # fmt: skip
def test_what_is_no_file_of_figures_is_refused(wrong: Any) -> None:
    with pytest.raises(PayungError, match="bukan angka terbitan"):
        aggregate.read(wrong)


@pytest.mark.parametrize("row", [(30, 20, 11), (30, 20, 9), (30, 31, None), (None, 20, 10)])
def test_figures_that_do_not_add_up_are_refused_with_their_table_and_period(row: tuple[int | None, ...]) -> None:
    given = table(periode={"2026-1": [*row]})
    if row[0] is None:
        assert aggregate.read(given).tables[0].rows["2026-1"] == row
        return
    with pytest.raises(PayungError, match="hasil periode 2026-1"):
        aggregate.read(given)


@pytest.mark.parametrize("row", [[40, 20, None, 21], [40, 20, 10, 11], [40, None, 30, 11], [19, 20, 10, 10]])
def test_each_sum_is_held_to_its_own_parts(row: list[int | None]) -> None:
    given = table(kategori=["*", "a", "a/b", "a/c"], periode={"2025-4": [40, 40, 20, 20], "2026-1": row})
    if row[1] is None:
        assert aggregate.read(given)
        return
    with pytest.raises(PayungError, match="periode 2026-1"):
        aggregate.read(given)


def test_a_period_that_has_not_ended_is_refused() -> None:
    with pytest.raises(PayungError, match="Periode 2026-1 belum berakhir"):
        aggregate.read(content(dibuat="2026-03-31"))
    assert aggregate.read(content(dibuat="2026-04-01"))


def test_sums_below_others_add_up_too() -> None:
    with pytest.raises(PayungError, match="tidak berjumlah"):
        aggregate.read(table(kategori=["*", "a", "a/b"], periode={"2026-1": [20, 20, 21]}))


def test_a_later_form_asks_for_a_newer_program() -> None:
    with pytest.raises(PayungError, match="Perbarui Payung"):
        aggregate.read(content(format="payung-rekap-2"))


def test_the_schema_knows_files_that_are_written_and_no_others(tmp_path: Any) -> None:
    key = aggregate_key.create(tmp_path / "rekap.pem")
    whole = json.loads(aggregate_key.sign(key, large(1, years=1).content()))
    check = jsonschema.Draft202012Validator(aggregate.schema())
    assert check.is_valid(whole)
    assert "median" in aggregate.schema()["$defs"]["isi"]["description"], "it says why no times are there"
    assert check.is_valid({**whole, "isi": content()})
    assert not check.is_valid({**whole, "isi": content(median={"2026-3": 210})})
    assert not check.is_valid({**whole, "isi": content(instansi="<b>")})
    assert not check.is_valid({**whole, "lebih": 1})
