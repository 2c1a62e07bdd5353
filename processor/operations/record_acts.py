"""What officers write into the office's own records, as they mean it: an action, its result, a review, who came."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import processor
from processor.cases import office_record_files
from processor.cases.office_record_files import ACTIONS, MONITORING, OBSTACLES, RISKS, Records
from processor.foundation import yaml_reader
from processor.foundation.errors import PayungError
from processor.operations import office_records
from processor.operations.act_journal import Person
from processor.operations.office import Office

_STARTING_RISKS = Path(processor.__file__).parent / "cli" / "sample" / "catatan" / "risiko.yaml"
"""The risks that the service began with; the sample office has the same."""


def start_risks(office: Office, by: Person) -> int:
    """Write the risks that the service began with; give how many. Raises PayungError where the office has its own."""
    if office_record_files.risks(office.register.folder) != Records():
        raise PayungError(f"{RISKS} sudah berisi. Lihat: payung risiko")
    risks: list[dict[str, Any]] = yaml_reader.read(_STARTING_RISKS).data
    office_records.add_entries(office, by, RISKS, risks)
    return len(risks)


def review_risk(office: Office, by: Person, code: str, marks: Mapping[str, int]) -> None:
    """Note that a risk was reviewed today, with its new ``kemungkinan`` and ``dampak`` where they changed.

    Raises as ``office_records.change_entry``.
    """
    _change(office, by, RISKS, code, {**marks, "ditinjau": office.now().date().isoformat()})


def add_action(office: Office, by: Person, action: Mapping[str, Any], due: date) -> None:
    """Add an action to the plan, to be done by ``due``. Raises as ``office_records.add_activity``."""
    entry = {**action, "tenggat": due.isoformat(), "selesai": None, "hasil": None}
    office_records.add_entry(office, by, ACTIONS, entry)


def finish_action(office: Office, by: Person, code: str, done: date, result: str) -> None:
    """Note when an action was done, and what came of it. Raises as ``office_records.change_entry``."""
    _change(office, by, ACTIONS, code, {"selesai": done.isoformat(), "hasil": result})


def add_monitoring(office: Office, by: Person, day: date, unit: str, note: str) -> None:
    """Note what the task force saw in a unit. Raises as ``office_records.add_activity``."""
    entry = {"tanggal": day.isoformat(), "unit": unit.upper(), "catatan": note}
    office_records.add_entry(office, by, MONITORING, entry)


def add_obstacle(office: Office, by: Person, day: date, kind: str, words: str, done_about_it: str = "") -> None:
    """Note what hinders the whole office since ``day``. Raises as ``office_records.add_activity``."""
    obstacle = {"tanggal": day.isoformat(), "jenis": kind, "uraian": words, "tindakan": done_about_it or None}
    office_records.add_entry(office, by, OBSTACLES, {**obstacle, "selesai": None})


def solve_obstacle(office: Office, by: Person, place: int, day: date, done_about_it: str = "") -> None:
    """Note that the obstacle at ``place``, counted from 0, is no more since ``day``, and what was done.

    Raises as ``office_records.change_entry``.
    """
    told = {"tindakan": done_about_it} if done_about_it else {}
    changes = {**told, "selesai": day.isoformat()}
    office_records.change_entry(office, by, OBSTACLES, lambda _, at: at == place, changes)


def _change(office: Office, by: Person, name: str, code: str, changes: Mapping[str, Any]) -> None:
    """Change the entry of this code."""
    office_records.change_entry(office, by, name, lambda one, _: one.kode.casefold() == code.casefold(), changes)
