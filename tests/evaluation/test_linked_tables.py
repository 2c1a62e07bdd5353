import pytest

from processor.evaluation.linked_tables import facts, linkable, region
from processor.evaluation.publication_tables import Axis, PublishedFigures, PublishedTable

TOPIC, UNIT, STATUS = (Axis(name, (f"{name}1", f"{name}2")) for name in ("topik", "unit", "status"))
QUARTERS = tuple(f"2026/{number}" for number in range(1, 5))
YEAR = Axis("periode", QUARTERS, root="2026")
ONLY_YEAR = Axis("periode", root="2026")


def quarter(number: int) -> Axis:
    return Axis("periode", root=f"2026/{number}")


def published(*tables: tuple[Axis, ...]) -> list[PublishedFigures]:
    return [PublishedFigures("", (PublishedTable("", axes, {}),)) for axes in tables]


Case = tuple[list[tuple[Axis, ...]], tuple[Axis, ...]]
LINKABLE: dict[str, Case] = {
    "two tables of a quarter": ([(quarter(1), TOPIC)], (quarter(1), UNIT)),
    "the year that names its quarters": ([(quarter(1), TOPIC), (quarter(2), UNIT)], (YEAR, TOPIC)),
    "another quarter": ([(quarter(1), TOPIC, UNIT)], (quarter(2), UNIT)),
    "a table crossed by what others divide": ([(quarter(1), TOPIC), (quarter(1), UNIT)], (quarter(1), TOPIC, UNIT)),
    "a chain of crossed tables": ([(quarter(1), TOPIC, UNIT)], (quarter(1), UNIT, STATUS)),
    "a later count of a quarter": ([(YEAR, TOPIC)], (Axis("periode", root="2026/1~2"), TOPIC)),
    "all agencies": ([(Axis("instansi", root="a"), YEAR, TOPIC)], (Axis("instansi", ("a", "b")), YEAR, TOPIC)),
    "a unit of a tree": (
        [(quarter(1), Axis("unit", ("p", "p/1", "q")))],
        (quarter(1), Axis("unit", ("p/1/x",), "p/1")),
    ),
}
NOT_LINKABLE: dict[str, Case] = {
    "three tables crossed in pairs": (
        [(quarter(1), TOPIC, UNIT), (quarter(1), UNIT, STATUS)],
        (quarter(1), TOPIC, STATUS),
    ),
    "three tables crossed in pairs, one of them of the year": (
        [(quarter(1), TOPIC, UNIT), (quarter(1), UNIT, STATUS)],
        (YEAR, TOPIC, STATUS),
    ),
    "a year that does not name its quarters": ([(quarter(1), TOPIC)], (ONLY_YEAR, TOPIC)),
    "a quarter after such a year": ([(ONLY_YEAR, TOPIC)], (quarter(4), TOPIC)),
    "a year crossed, quarters not": ([(YEAR, TOPIC), (YEAR, UNIT)], (ONLY_YEAR, TOPIC, UNIT)),
    "a unit of which no table says that it is a part": ([(quarter(1), TOPIC)], (quarter(1), Axis("unit", root="p"))),
}


@pytest.mark.parametrize("case", LINKABLE)
def test_sums_say_all_of(case: str) -> None:
    earlier, axes = LINKABLE[case]
    assert linkable(facts(published(*earlier)), axes)


@pytest.mark.parametrize("case", NOT_LINKABLE)
def test_sums_do_not_say_all_of(case: str) -> None:
    earlier, axes = NOT_LINKABLE[case]
    assert not linkable(facts(published(*earlier)), axes)


def test_what_is_shown_cuts_the_way_to_what_lies_behind() -> None:
    total, cell = (("periode", "2026/1"),), (("periode", "2026/1"), ("unit", "unit1"))
    hidden = PublishedTable("", (quarter(1), UNIT), {})
    shown = PublishedTable("", (quarter(1), UNIT), {total: 30})
    near, far = (region(facts([PublishedFigures("", (one,))]), (quarter(1), TOPIC)) for one in (hidden, shown))
    assert cell in near.columns
    assert cell not in far.columns
    assert [one.whole for one in near.sums if cell in one.parts] == [total], "its sum is looked at with it"


def test_a_later_count_hangs_together_with_the_first() -> None:
    first = PublishedTable("", (quarter(1), TOPIC), {(("periode", "2026/1"),): 30})
    found = region(facts([PublishedFigures("", (first,))]), (Axis("periode", root="2026/1~2"), TOPIC))
    assert ((("periode", "2026/1~2"),), (("periode", "2026/1"),)) in found.twins
    assert len(found.twins) == 3
