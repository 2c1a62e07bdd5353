"""The way from a number to a unit: sealed, kept up to date by entry, made anew whenever it is gone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.cases.records import SEALED
from processor.cases.register import Register
from processor.foundation import form_definition
from processor.operations import identity, unit_index
from processor.operations.office import Office, open_office
from tests.office import ROOT, START, agency, file, response

TREE = [{"kode": "DISDIK", "nama": "Dinas Pendidikan"}, {"kode": "RSUD", "nama": "Rumah Sakit", "induk": "DISDIK"}]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = agency(tmp_path, unit=TREE)
    office_keys.create_key_files(found.office_key, found.recipients)
    keys = office_keys.load(found.office_key, found.recipients)
    Register(found.register, keys, found.taksonomi).prepare()
    made = open_office(found, lambda: START)
    units = ["DISDIK", "RSUD", "", "Dinas lain"]
    file(made.register, *(response(n, minute=n, unit=unit) for n, unit in enumerate(units, start=1)))
    return made


def index(office: Office) -> Path:
    return office.register.state_folder / unit_index.FILE_NAME


KNOWN = {"BH-2026-0001": "DISDIK", "BH-2026-0002": "RSUD"}


def test_only_codes_of_the_tree_are_known_and_none_of_it_lies_open(office: Office) -> None:
    assert unit_index.units_of(office) == KNOWN
    content = index(office).read_bytes()
    assert not [word for word in (b"DISDIK", b"RSUD", b"BH-2026", b"Dinas") if word in content]
    assert index(office).stat().st_mode & 0o077 == 0


def test_a_correction_is_known_at_once_and_no_other_dossier_is_opened_for_it(office: Office) -> None:
    assert unit_index.units_of(office) == KNOWN
    unreadable = office.register.path("BH-2026-0001") / SEALED
    before = unreadable.stat()
    unreadable.write_bytes(b"x" * before.st_size)
    os.utime(unreadable, ns=(before.st_atime_ns, before.st_mtime_ns))
    form = form_definition.load(ROOT / "forms" / "permohonan.yaml", office.settings.unit_options)
    later = START + timedelta(minutes=9)
    identity.correct(office.register, form, "BH-2026-0003", {"unit": "RSUD"}, "pengelola", "ditelepon", later)
    assert unit_index.units_of(office) == {**KNOWN, "BH-2026-0003": "RSUD"}


@pytest.mark.parametrize("content", [None, b"", b"rusak"])
def test_an_index_that_is_gone_or_damaged_is_made_anew(office: Office, content: bytes | None) -> None:
    unit_index.units_of(office)
    index(office).unlink() if content is None else index(office).write_bytes(content)
    assert unit_index.units_of(office) == KNOWN
    kept = index(office).read_bytes()
    assert unit_index.units_of(office) == KNOWN
    assert index(office).read_bytes() == kept, "where nothing changed nothing is written"


def test_a_dossier_that_cannot_be_opened_is_left_out_and_looked_at_again(office: Office) -> None:
    path = office.register.path("BH-2026-0002") / SEALED
    content, before = path.read_bytes(), path.stat()
    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert unit_index.units_of(office) == {"BH-2026-0001": "DISDIK"}
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert unit_index.units_of(office) == KNOWN


def test_without_a_tree_nothing_is_opened_or_kept(office: Office, tmp_path: Path) -> None:
    plain = open_office(agency(tmp_path), lambda: START)
    assert unit_index.units_of(plain) == {}
    assert not index(plain).exists()
