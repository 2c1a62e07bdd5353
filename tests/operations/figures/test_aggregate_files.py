"""An office's own file of figures: made of what was published, signed by one key that nothing replaces in silence."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from processor.cases import aggregate_key, journal
from processor.evaluation import aggregate, frozen_publication
from processor.foundation.errors import PayungError
from processor.operations.act_journal import Person
from processor.operations.figures import aggregate_files, next_publication
from processor.operations.office import Office, open_office
from tests.evaluation.aggregates import quarter
from tests.office import agency, register

BY = Person("pengelola", "akun")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has published a quarter."""
    register(tmp_path)
    made = open_office(agency(tmp_path), lambda: datetime(2026, 4, 15, 1, tzinfo=UTC))
    publish(made, "2026/1")
    return made


def publish(office: Office, node: str) -> None:
    one = quarter(node, dijawab=20, ditolak=2, terbuka=1, dibatalkan=11)
    next_publication.files_of(office).add(one.name, frozen_publication.to_json(one), b"")


def test_before_anything_is_published_there_is_neither_file_nor_key(tmp_path: Path) -> None:
    register(tmp_path)
    office = open_office(agency(tmp_path), lambda: datetime(2026, 4, 15, 1, tzinfo=UTC))
    assert aggregate_files.signed(office) is None
    assert aggregate_files.public_key(office) == ""
    assert not office.settings.recap_key.exists()


def test_the_file_holds_what_was_published_and_is_the_same_twice(office: Office) -> None:
    first = aggregate_files.signed(office)
    assert first is not None
    assert aggregate_files.signed(office) == first
    found = aggregate_key.check(first)
    assert found.key == aggregate_files.public_key(office)
    (table,) = aggregate.read(found.content).tables
    assert dict(zip(table.categories, table.rows["2026-1"], strict=True)) == {
        "*": 34, "dijawab": 20, "ditolak": None, "terbuka": None, "dibatalkan": 11,
    }  # fmt: skip
    assert found.content["instansi"] == aggregate_files.agency_name(office.settings.instansi)
    publish(office, "2026/2")
    assert aggregate_key.check(aggregate_files.signed(office) or b"").key == found.key


@pytest.mark.parametrize("lost", ["gone", "another"])
def test_a_lost_key_is_told_and_a_person_replaces_it(office: Office, lost: str) -> None:
    aggregate_files.signed(office)
    before = aggregate_files.public_key(office)
    office.settings.recap_key.unlink()
    if lost == "another":
        aggregate_key.create(office.settings.recap_key)
    for ask in (aggregate_files.signed, aggregate_files.public_key):
        with pytest.raises(PayungError, match="--kunci-baru --oleh PETUGAS"):
            ask(office)
    assert ["Pulihkan dari cadangan" in one.message for one in aggregate_files.problems(office)] == [True]
    made = aggregate_files.replace_key(office, BY)
    assert [*aggregate_files.problems(office)] == []
    assert made != before
    assert aggregate_key.check(aggregate_files.signed(office) or b"").key == made
    written = (office.register.folder / "kinerja" / journal.FILE_NAME).read_text("utf-8")
    events = [json.loads(line) for line in written.splitlines()]
    assert [made in json.dumps(one) and "pengelola" in json.dumps(one) for one in events] == [False, True]
    assert "PRIVATE" not in written
