"""What the neutrality task force did runs along the tree of units, and who was not reached is named."""

from random import Random

from processor.cases.office_records import Activity, MonitoringNote
from processor.evaluation import task_force
from processor.evaluation.periods import Period
from processor.evaluation.task_force import UnitWork
from tests.evaluation.aggregates import MINISTRY

YEAR = Period(2026)
TREE = {"A": "", "A.1": "A", "A.2": "A", "B": "", "B.1": "B"}


def event(
    *units: str, people: int | None = 10, kind: str = "edukasi_netralitas", others: int | None = None
) -> Activity:
    held = {"jenis": kind, "tanggal": "2026-05-04", "unit": units, "hadir": people, "hadir_ppnpn": others}
    return Activity.model_validate(held)


def note(unit: str, day: str = "2026-05-04") -> MonitoringNote:
    return MonitoringNote.model_validate({"tanggal": day, "unit": unit})


def work(*events: Activity, notes: tuple[MonitoringNote, ...] = ()) -> dict[str, UnitWork]:
    return {one.code: one for one in task_force.of(events, notes, TREE, YEAR).work}


def test_an_event_of_several_units_is_one_event_above_them_and_its_people_are_counted_there() -> None:
    found = work(event("A.1", people=20), event("A.1", "A.2", people=30), event("A.2", "B.1", people=5))
    assert {code: (one.education, one.people) for code, one in found.items()} == {
        "": (3, 55), "A": (3, 50), "A.1": (2, 20), "A.2": (2, None), "B": (1, None), "B.1": (1, None),
    }  # fmt: skip


def test_training_staff_who_are_no_asn_and_notes_are_counted_too() -> None:
    events = (event("B", people=9, kind="pelatihan", others=2), event(people=7), event("B", kind="sosialisasi"))
    found = work(*events, notes=(note("B.1"), note("A"), note("B", "2025-05-04")))
    assert found["B"] == UnitWork("B", 0, 0, 1, 9, 2, 1)
    assert found[""] == UnitWork("", 0, 1, 1, 16, 2, 2)
    assert [one.code for one in found.values() if one.is_any] == ["", "A", "B", "B.1"]


def test_units_that_no_education_reached_are_named_by_branch() -> None:
    recap = task_force.of([event("A"), event("B.1", kind="pelatihan")], [], TREE, YEAR)
    assert recap.unreached == (("B", 1),)
    assert task_force.of([event("A.1"), event("B")], [], TREE, YEAR).unreached == (("A.2", 0),)


def test_a_unit_that_no_settings_list_has_a_row_of_its_own() -> None:
    found = work(event("LAMA"), notes=(note("TUA"),))
    assert (found["LAMA"].education, found["TUA"].notes) == (1, 1)


def test_a_ministrys_people_add_up_from_events_of_single_units() -> None:
    random = Random(7)
    events = [event(random.choice([*MINISTRY]), people=random.randrange(50)) for _ in range(200)]
    found = {one.code: one for one in task_force.of(events, [], MINISTRY, YEAR).work}
    for code in ("", *(f"KW.{number}" for number in range(33))):
        own = sum(one.hadir or 0 for one in events if one.unit == (code,))
        below = [found[one] for one, above in MINISTRY.items() if above == code]
        assert (found[code].people or 0) == own + sum(one.people or 0 for one in below)
        assert found[code].education == sum(1 for one in events if one.unit == (code,)) + sum(
            b.education for b in below
        )


def test_only_the_period_counts() -> None:
    assert task_force.of([event("A")], [note("A")], TREE, Period(2026, 1)).work[0] == UnitWork("", 0)
    assert task_force.of([event("A")], [note("A")], TREE, Period(2026, 2)).work[0].education == 1
