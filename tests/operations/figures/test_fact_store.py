"""Facts are kept by entry: only what changed is read again, and whatever is damaged or deleted is made anew."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from processor.cases import case_file, office_keys
from processor.cases.register import Register
from processor.evaluation.periods import Period
from processor.foundation.working_time import Calendar
from processor.operations.figures import fact_store
from processor.operations.office import Office, open_office
from tests.office import START, agency, file, response

NUMBERS = [f"BH-2026-000{serial}" for serial in (1, 2, 3)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = agency(tmp_path)
    office_keys.create_key_files(found.office_key, found.recipients)
    keys = office_keys.load(found.office_key, found.recipients)
    Register(found.register, keys, found.taksonomi).prepare()
    made = open_office(found, lambda: START)
    file(made.register, *(response(n, minute=n) for n in (1, 2, 3)))
    return made


def store(office: Office) -> Path:
    return office.register.state_folder / fact_store.FILE_NAME


def written(office: Office, number: str, old: str, new: str) -> None:
    path = office.register.path(number) / case_file.FILE_NAME
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def topics(office: Office) -> list[str]:
    return [one.topic for one in fact_store.facts_of(office).cases]


def test_every_case_is_counted_and_so_is_a_change(office: Office) -> None:
    assert [one.number for one in fact_store.facts_of(office).cases] == NUMBERS
    written(office, NUMBERS[1], "  topik:", "  topik: netralitas")
    assert topics(office) == ["", "netralitas", ""]
    assert topics(office) == ["", "netralitas", ""]


def test_of_an_unchanged_case_nothing_is_read(office: Office) -> None:
    topics(office)
    path = office.register.path(NUMBERS[0]) / case_file.FILE_NAME
    before = path.stat()
    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    written(office, NUMBERS[1], "  topik:", "  topik: netralitas")
    found = fact_store.facts_of(office)
    assert ([one.number for one in found.cases], found.unread) == (NUMBERS, {})


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def overwrite(path: Path) -> None:
    path.write_bytes(b"bukan basis data" * 1000)


def put_another_database_there(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("create table fakta (lain text)")


@pytest.mark.parametrize("damage", [cut_short, overwrite, put_another_database_there, Path.unlink])
def test_a_store_that_is_damaged_or_gone_is_made_anew(office: Office, damage: Callable[[Path], None]) -> None:
    first = fact_store.facts_of(office)
    damage(store(office))
    assert fact_store.facts_of(office) == first
    assert store(office).stat().st_mode & 0o077 == 0


def test_a_case_that_cannot_be_read_is_told_with_its_day_until_it_can(office: Office) -> None:
    topics(office)
    written(office, NUMBERS[2], "nomor_registrasi:", "nomor_registrasi: [")
    found = fact_store.facts_of(office)
    assert [one.number for one in found.cases] == NUMBERS[:2]
    assert found.unread == {NUMBERS[2]: date(2026, 3, 2)}
    assert [found.unread_in(period) for period in (Period(2026, 1), Period(2026, 2), Period(2026))] == [1, 0, 1]
    written(office, NUMBERS[2], "nomor_registrasi: [", "nomor_registrasi:")
    assert [one.number for one in fact_store.facts_of(office).cases] == NUMBERS


def test_a_case_whose_journal_is_gone_too_counts_for_the_year_of_its_number(office: Office) -> None:
    for path in office.register.path(NUMBERS[2]).iterdir():
        if path.is_file():
            path.write_bytes(b"")
    found = fact_store.facts_of(office)
    assert (found.unread, found.unread_in(Period(2026)), found.unread_in(Period(2025))) == ({NUMBERS[2]: None}, 1, 0)


def test_a_case_that_is_gone_is_counted_no_more(office: Office) -> None:
    topics(office)
    office.register.path(NUMBERS[0]).rename(office.settings.register / "simpan")
    assert [one.number for one in fact_store.facts_of(office).cases] == NUMBERS[1:]


def test_another_calendar_or_other_limits_count_everything_anew(office: Office) -> None:
    before = {one.promise_due for one in fact_store.facts_of(office).cases}
    office.settings.days_off.write_text(
        "hari:\n  - {tanggal: 2026-03-03, nama: Libur kantor, dasar: SK 1}\n", encoding="utf-8"
    )
    reopened = open_office(office.settings, lambda: START)
    after = {one.promise_due for one in fact_store.facts_of(reopened).cases}
    assert after == {due + timedelta(days=1) for due in before if due}
    assert reopened.calendar != Calendar()
    service = office.settings.layanan
    longer = service.model_copy(update={"batas": service.batas.model_copy(update={"kajian": 840})})
    changed = replace(reopened, settings=office.settings.model_copy(update={"layanan": longer}))
    assert {one.promise_due for one in fact_store.facts_of(changed).cases}.isdisjoint(after)


def test_the_cases_of_some_days_come_with_the_counts_of_all_years(office: Office) -> None:
    assert fact_store.facts_of(office, date(2026, 3, 3)).cases == ()
    assert fact_store.facts_of(office, date(2026, 3, 3)).years == {2026: 3}
    assert len(fact_store.facts_of(office, date(2026, 3, 2), date(2026, 3, 2)).cases) == 3


def test_nothing_of_the_applicant_is_kept(office: Office) -> None:
    topics(office)
    content = store(office).read_bytes()
    said = ("Rekaan", "orang1@", "0812", "persoalan", "Apa hukumnya")
    assert not [word for word in said if word.encode() in content]
