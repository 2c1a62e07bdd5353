"""A publication holds what may be known and nothing else, and is read back as it was written."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from processor.evaluation import frozen_publication, publication_values, published_counts, skm, suppression
from processor.evaluation.case_facts import CaseFacts
from processor.evaluation.frozen_publication import FrozenPublication, Promise, PublishedValue, ValueRow
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import PublishedFigures, cells
from processor.evaluation.published_counts import UnitsOfRequests
from processor.evaluation.skm import Satisfaction
from processor.foundation.errors import PayungError
from tests.evaluation import generated_registers
from tests.evaluation.generated_registers import COUNTING, ZONE

NOW = datetime(2026, 4, 15, 9, tzinfo=ZONE)
QUARTER = Period(2026, 1)
ONE = generated_registers.register(1)[0][0].facts
UNITS = UnitsOfRequests(
    {"BH-2026-0001": "SMA", "BH-2026-0002": "DINAS"}, {"DINAS": "Dinas", "SMA": "Sekolah"}, {"SMA": "DINAS"}
)


def requests(times: Mapping[str, int]) -> list[CaseFacts]:
    """So many requests of each topic, answered in 100, 110, 120 minutes and so on."""
    topics = [topic for topic, count in times.items() for _ in range(count)]
    return [
        ONE._replace(number=f"BH-2026-{n:04}", topic=topic, received=date(2026, 1, 5), outcome="dijawab",
                status="selesai", promised=90 + 10 * n, worked=90 + 10 * n, sent_known=True)
        for n, topic in enumerate(topics, start=1)
    ]  # fmt: skip


def published(cases: list[CaseFacts]) -> FrozenPublication:
    tables = published_counts.tables(cases, "2026/1", COUNTING)
    figures = suppression.publish("2026-1", tables, [])
    shown = {key: count for table in figures.tables for key, count in table.shown.items()}
    values = publication_values.times(cases, QUARTER, "2026/1", shown)
    words = published_counts.words(QUARTER, COUNTING, NOW)
    return FrozenPublication(QUARTER, 1, date(2026, 4, 15), Promise(885, 420, 420), figures, words, values)


MADE = published(requests({"netralitas": 12, "pengadaan": 9, "keuangan_aset": 1}))


def test_a_publication_is_read_back_as_it_was_written_to_the_byte() -> None:
    survey = PublishedValue(
        "skm", "Survei", "Menurut survei.", (ValueRow("ikm", "Indeks", Decimal("88.31"), "indeks"),)
    )
    one = replace(MADE, values=(*MADE.values, survey))
    again = frozen_publication.from_json(frozen_publication.to_json(one))
    assert frozen_publication.to_json(again) == frozen_publication.to_json(one)
    assert again.values[-1].rows[0].value == Decimal("88.31")
    assert again.figures == one.figures


@pytest.mark.parametrize(
    ("old", "new"),
    [('"versi": 1', '"versi": 2'), ('"jumlah": 22', '"jumlah": 23'), ('"nama": "2026-1"', '"nama": "2026-2"'),
     ('"hitungan": 1', '"hitungan": 2'), ("{", "["), ('"janji"', '"janjii"'), ('"2026-1"', '"2026-9"')],
)  # fmt: skip
def test_what_is_no_publication_is_refused_with_a_sentence(old: str, new: str) -> None:
    with pytest.raises(PayungError, match=r"^Terbitan angka yang diingat tidak dapat dibaca"):
        frozen_publication.from_json(frozen_publication.to_json(MADE).replace(old, new, 1))


def test_nothing_of_one_or_two_people_stands_in_it() -> None:
    topics = next(one for one in MADE.figures.tables if one.name == "topik")
    assert {dict(key).get("topik", ""): count for key, count in topics.shown.items()} == {"": 22, "netralitas": 12}
    data = json.loads(frozen_publication.to_json(MADE))
    assert not [row for table in data["angka"]["tabel"] for row in table["angka"] if row["jumlah"] in {0, 1, 2}]


def test_the_rows_of_a_table_do_not_depend_on_who_asked() -> None:
    nobody = published_counts.tables([], "2026/1", COUNTING, UNITS)
    odd = requests({"": 1, "di_luar_daftar": 1, "netralitas": 1})
    somebody = published_counts.tables(odd, "2026/1", COUNTING, UNITS)
    assert [table.axes for table in nobody] == [table.axes for table in somebody]
    assert all(sum(table.counts.values()) == len(odd) for table in somebody)
    assert {(node,) for table in somebody for _, node in table.counts} <= {
        (n,) for t in nobody for n in t.axes[1].leaves()
    }


def test_people_of_a_unit_stand_below_it_beside_those_of_the_units_that_belong_to_it() -> None:
    table = published_counts.tables(requests({"netralitas": 3}), "2026/1", COUNTING, UNITS)[-1]
    counted = {dict(key)["unit"]: count for key, count in cells(table).items() if "unit" in dict(key)}
    assert counted == {"DINAS": 2, "DINAS/_": 1, "DINAS/SMA": 1, "belum_diisi": 1}


def test_a_word_with_a_slash_is_one_row() -> None:
    lists = COUNTING.taxonomy.model_copy(update={"topik": ("a/b", "a~2", "netralitas")})
    table = published_counts.tables(requests({"a/b": 2, "a~2": 1}), "2026/1", replace(COUNTING, taxonomy=lists))[2]
    assert dict(table.counts) == {("2026/1", "a%2Fb"): 2, ("2026/1", "a%7E2"): 1}
    assert {*table.counts} <= {("2026/1", node) for node in table.axes[1].leaves()}


def test_every_row_has_a_label_and_every_table_its_words() -> None:
    words = published_counts.words(QUARTER, COUNTING, NOW, UNITS)
    tables = published_counts.tables([], "2026/1", COUNTING, UNITS)
    assert [one.name for one in words] == [one.name for one in tables]
    for one, table in zip(words, tables, strict=True):
        assert tuple(one.labels) == table.axes[1].nodes
        assert all(one.labels.values())
        assert one.definition.endswith(".")
    of_year = published_counts.words(Period(2026), COUNTING, NOW, by_quarters=True)[0].definition
    assert "15 April" in words[0].definition
    assert "15 April" not in of_year
    assert "ketika tiap triwulannya dihitung" in of_year


def test_a_time_is_shown_from_ten_answers_on_and_rounded() -> None:
    few, ten = published(requests({"netralitas": 9})), published(requests({"netralitas": 10}))
    assert [value.rows for value in few.values] == [(), ()]
    assert few.values[0].remark.startswith("Tidak ditampilkan")
    assert [(row.key, row.value) for row in ten.values[0].rows] == [("median", 150)]  # of 145


def test_the_slowest_tenth_is_told_only_where_those_in_time_and_late_are_shown() -> None:
    def last(count: int) -> list[str]:
        return [row.key for row in published(requests({"netralitas": count})).values[0].rows]

    assert last(29) == ["median"]
    assert last(30) == ["median", "persentil_90"]
    one_late = requests({"netralitas": 40})
    one_late[0] = one_late[0]._replace(promised=9999)
    assert [row.key for row in published(one_late).values[0].rows] == ["median"]
    for number in range(1, 5):
        one_late[number] = one_late[number]._replace(promised=9999)
    assert [row.value for row in published(one_late).values[0].rows] == [345, 10_005]


def answered(count: int, mark: int) -> Satisfaction | None:
    return skm.satisfaction([mark * count] * 9, count)


def rows(value: PublishedValue) -> dict[str, object]:
    return {row.key: row.value for row in value.rows}


def test_a_survey_is_shown_from_five_answers_on_its_elements_from_ten_and_never_what_each_said() -> None:
    assert rows(publication_values.survey(answered(4, 3), QUARTER)) == {}
    assert rows(publication_values.survey(answered(5, 3), QUARTER)) == {"jawaban": 5, "ikm": Decimal("75.00")}
    assert rows(publication_values.survey(answered(9, 4), QUARTER)) == {}
    ten = publication_values.survey(answered(10, 4), QUARTER)
    assert (len(ten.rows), ten.remark) == (11, "Mutu pelayanan: A (sangat baik).")


def test_a_years_survey_comes_from_what_its_quarters_show_and_from_nothing_else() -> None:
    quarters = [publication_values.survey(answered(count, mark), QUARTER) for count, mark in ((10, 4), (4, 1), (5, 3))]
    year = publication_values.survey_of_year([*quarters, *MADE.values], Period(2026))
    assert rows(year) == {"jawaban": 15, "ikm": Decimal("91.67")}
    assert publication_values.survey_of_year(quarters[1:2], Period(2026)).remark.startswith("Tidak ada triwulan")


def test_a_publication_without_tables_is_one_too() -> None:
    empty = replace(MADE, figures=PublishedFigures("2026-1", ()), words=(), values=())
    assert frozen_publication.from_json(frozen_publication.to_json(empty)) == empty


def test_a_second_count_has_a_name_of_its_own() -> None:
    assert frozen_publication.name_of(QUARTER, 2) == "2026-1~2"
    assert [frozen_publication.node_of(one, 2) for one in (QUARTER, Period(2026))] == ["2026/1~2", "2026~2"]
