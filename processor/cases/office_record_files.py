"""Reads what an office writes about itself, from the register's folder. A file that is missing says nothing is kept.

What cannot be used stops nothing else: of a list, every sound entry counts, and what is wrong comes beside it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from processor.cases import office_record_mistakes
from processor.cases.case_parts import Part
from processor.cases.office_records import (
    Activity,
    MonitoringNote,
    MonitoringNotes,
    OfficeObstacle,
    OfficeObstacles,
    PlannedAction,
    PlannedActions,
    Risk,
    Risks,
)
from processor.foundation import yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document

ACTIVITIES = "kegiatan"
RISKS, ACTIONS, OBSTACLES, MONITORING = "risiko.yaml", "rencana-aksi.yaml", "hambatan.yaml", "pemantauan.yaml"
SCHEMAS: dict[str, type[BaseModel]] = {
    "kegiatan": Activity,
    "risiko": Risks,
    "rencana-aksi": PlannedActions,
    "hambatan": OfficeObstacles,
    "pemantauan": MonitoringNotes,
}
"""What each kind of file holds, by the name of its schema."""
PATTERNS = {name: f"**/{name}/*.yaml" if name == ACTIVITIES else f"**/{name}.yaml" for name in SCHEMAS}
"""Which files each schema is for, as an editor matches them."""

E = TypeVar("E", bound=Part)


@dataclass(frozen=True, slots=True)
class Records(Generic[E]):
    """The ``entries`` that can be used, in the order in which they stand, and what somebody must mend.

    ``places`` are the file and the position in it (from 0) of each entry.
    """

    entries: tuple[E, ...] = ()
    places: tuple[tuple[Path, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def activities(folder: Path, units: Collection[str] = (), today: date | None = None) -> Records[Activity]:
    """Read every event of ``kegiatan/``, by day.

    Args:
        folder: The register's folder.
        units: The codes of the settings' units; without any, a code may be any.
        today: The office's day, by which some entries are incomplete; None to pass that over.
    """
    problems = [*_no_folder(folder / ACTIVITIES)]
    found: list[tuple[Activity, Path]] = []
    for path in _event_files(folder / ACTIVITIES):
        one = _event(yaml_reader.read(path), units, today)
        problems += one.problems
        found += ((entry, path) for entry in one.entries)
    problems += office_record_mistakes.twice(found)
    found.sort(key=lambda one: (one[0].tanggal, one[1].stem))
    return Records(tuple(one for one, _ in found), tuple((path, 0) for _, path in found), tuple(problems))


def risks(folder: Path, today: date | None = None) -> Records[Risk]:
    """Read ``risiko.yaml``. See ``activities``."""
    return _if_there(folder / RISKS, (), today)


def planned_actions(folder: Path, today: date | None = None) -> Records[PlannedAction]:
    """Read ``rencana-aksi.yaml``. See ``activities``."""
    return _if_there(folder / ACTIONS, (), today)


def obstacles(folder: Path, today: date | None = None) -> Records[OfficeObstacle]:
    """Read ``hambatan.yaml``, the obstacles of the whole office. See ``activities``."""
    return _if_there(folder / OBSTACLES, (), today)


def monitoring(folder: Path, units: Collection[str] = (), today: date | None = None) -> Records[MonitoringNote]:
    """Read ``pemantauan.yaml``, the notes of the neutrality task force. See ``activities``."""
    return _if_there(folder / MONITORING, units, today)


def in_document(document: Document, units: Collection[str], today: date | None) -> Records[Any]:
    """Read one file, which its name tells what it is: a list, or else an event. See ``activities``."""
    kinds = _LISTS.get(document.path.name)
    return _list(document, *kinds, units, today) if kinds else _event(document, units, today)


_LISTS: Mapping[str, tuple[type[RootModel[Any]], type[Part]]] = {
    RISKS: (Risks, Risk),
    ACTIONS: (PlannedActions, PlannedAction),
    OBSTACLES: (OfficeObstacles, OfficeObstacle),
    MONITORING: (MonitoringNotes, MonitoringNote),
}


def _event_files(folder: Path) -> list[Path]:
    """List the files of events, without those that a program keeps while it works."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"} and not path.name.startswith((".", "~$"))
    )


def _no_folder(folder: Path) -> Iterator[Problem]:
    """Find a file where the folder of events should be."""
    if folder.exists() and not folder.is_dir():
        yield Problem(str(folder), None, "Ini berkas, bukan folder.", "Pindahkan; tiap kegiatan punya berkas sendiri.")


def _event(document: Document, units: Collection[str], today: date | None) -> Records[Activity]:
    """Read the file of an event."""
    entry, problems = yaml_reader.validate(Activity, document)
    personal = tuple(office_record_mistakes.personal_data(document))
    if entry is None:
        return Records(problems=(*problems, *personal))
    slips = office_record_mistakes.of_entry(document, entry, (), units, today)
    return Records((entry,), ((document.path, 0),), (*slips, *personal))


def _if_there(path: Path, units: Collection[str], today: date | None) -> Records[Any]:
    """Read a file that holds a list, where there is one."""
    return in_document(yaml_reader.read(path), units, today) if path.exists() else Records()


def _list(
    document: Document,
    listing: type[RootModel[Any]],
    model: type[Part],
    units: Collection[str],
    today: date | None,
) -> Records[Any]:
    """Read a file that holds a list; an empty one, or one of notes only, holds no entry."""
    personal = tuple(office_record_mistakes.personal_data(document))
    if document.data is None and not document.problems:
        return Records(problems=personal)
    _, problems = yaml_reader.validate(listing, document)
    found = dict(_sound(document, model))
    slips = [
        one
        for at, entry in found.items()
        for one in office_record_mistakes.of_entry(document, entry, (at,), units, today)
    ]
    codes = office_record_mistakes.codes_twice(document, found)
    places = tuple((document.path, at) for at in found)
    return Records(tuple(found.values()), places, (*problems, *slips, *codes, *personal))


def _sound(document: Document, model: type[Part]) -> Iterator[tuple[int, Part]]:
    """Give the entries of a list that can be used, each with its position."""
    for at, one in enumerate(document.data if isinstance(document.data, list) else ()):
        try:
            yield at, model.model_validate(one)
        except ValidationError:
            continue  # told with its line where the whole list is read
