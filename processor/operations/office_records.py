"""What the office writes about itself: read for pages and passes, and added to by commands, each act journalled.

Nothing here stops anything else: a file that is broken or missing is told, and what can be read counts.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import processor
from processor.cases import office_record_files
from processor.cases.office_record_files import ACTIVITIES, Records
from processor.cases.office_records import Activity, MonitoringNote, OfficeObstacle, PlannedAction, Risk
from processor.cases.records import Event
from processor.foundation import atomic_files, disk_errors, yaml_editor, yaml_reader, yaml_writer
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.yaml_reader import Document
from processor.operations import side_journal
from processor.operations.act_journal import Person
from processor.operations.office import Office
from processor.operations.reporting import report_files

JOURNAL = "catatan"
"""The folder of the journal that says who added or changed what by command; never the words."""
LISTS = (
    office_record_files.RISKS,
    office_record_files.ACTIONS,
    office_record_files.OBSTACLES,
    office_record_files.MONITORING,
)
"""The files that hold one list each."""
_WAIT = 10.0
_STATE = _EVENT = "catatan"
_HEAD = "# yaml-language-server: $schema={}.payung/{}.schema.json\n# Tanpa nama orang, NIP, nomor telepon, dan email.\n"


@dataclass(frozen=True, slots=True)
class OfficeRecords:
    """Everything that the office keeps about itself."""

    activities: Records[Activity]
    risks: Records[Risk]
    actions: Records[PlannedAction]
    obstacles: Records[OfficeObstacle]
    monitoring: Records[MonitoringNote]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that somebody must mend."""
        kinds = (self.activities, self.risks, self.actions, self.obstacles, self.monitoring)
        return tuple(problem for kind in kinds for problem in kind.problems)


def read(office: Office) -> OfficeRecords:
    """Read everything that the office keeps about itself. Raises OSError where the disk refuses."""
    folder, today = office.register.folder, office.now().date()
    return OfficeRecords(
        office_record_files.activities(folder, unit_codes(office), today),
        office_record_files.risks(folder, today),
        office_record_files.planned_actions(folder, today),
        office_record_files.obstacles(folder, today),
        office_record_files.monitoring(folder, unit_codes(office), today),
    )


def unit_codes(office: Office) -> tuple[str, ...]:
    """Give the codes of the units that the settings list."""
    return tuple(unit.kode for unit in office.settings.unit)


def mistakes(office: Office) -> list[Problem]:
    """Give what somebody must mend, also in the journals of who wrote what and of reports."""
    try:
        journals = (side_journal.read(office.register, name)[1] for name in (JOURNAL, report_files.FOLDER))
        return [*read(office).problems, *chain.from_iterable(journals)]
    except OSError as error:
        return [Problem(str(error.filename or office.register.folder), None, disk_errors.sentence(error))]


def mistakes_if_changed(office: Office) -> list[Problem]:
    """Give what somebody must mend, and read nothing where nothing changed since a pass found all in order."""
    mark = _mark(office)
    if not mark or office.register.state(_STATE).get("tanda") == mark:
        return []
    found = mistakes(office)
    office.register.save_state(_STATE, {"tanda": "" if found else mark})
    return found


def _mark(office: Office) -> str:
    """Give a text that differs once a file changed, a day began or the units are others; "" where there is no file."""
    files = [*_file_marks(office.register.folder)]
    about = [processor.__version__, office.now().date().isoformat(), *unit_codes(office), *files]
    return hashlib.sha256("\n".join(about).encode()).hexdigest() if files else ""


def _file_marks(folder: Path) -> Iterator[str]:
    """Give name, size and time of every file."""
    events = sorted((folder / ACTIVITIES).iterdir()) if (folder / ACTIVITIES).is_dir() else [folder / ACTIVITIES]
    for path in (*(folder / name for name in LISTS), *events):
        if os.path.lexists(path):
            seen = path.lstat()
            yield f"{path.name} {seen.st_size} {seen.st_mtime_ns}"


def add_activity(office: Office, by: Person, event: Mapping[str, Any]) -> Path:
    """Write a new event into a file of its own, named by its day and kind.

    Args:
        office: The open office.
        by: Who runs the command.
        event: What stands in it, by key; of ``Activity``.

    Returns:
        The file.

    Raises:
        BrokenFiles: With everything that is wrong with it; then nothing was written.
        Busy: When another process keeps the register.
    """
    folder = office.register.folder / ACTIVITIES
    name = f"{event['tanggal']}-{event['jenis'].replace('_', '-')}"
    with office.register.lock(_WAIT):
        names = (f"{name}.yaml", *(f"{name}-{count}.yaml" for count in range(2, 1000)))
        path = next(folder / one for one in names if not (folder / one).exists())
        text = _HEAD.format("../", ACTIVITIES) + yaml_writer.dump(dict(event))
        _refuse("kegiatan", yaml_reader.parse(path, text), _wrong(office, path, text))
        _write(office, by, path, text, "ditambah")
    return path


def change_activity(office: Office, by: Person, name: str, changes: Mapping[str, Any]) -> None:
    """Change values of the event in the file ``name`` of the folder of events.

    Raises:
        PayungError: There is none of that name.
        BrokenFiles: With everything that would be wrong then; nothing was written.
    """
    known = [path.name for path, _ in read(office).activities.places]
    if name not in known:
        raise PayungError(f"Kegiatan itu tidak ada lagi di {ACTIVITIES}/. Muat ulang halamannya.")
    told = {(key,): value for key, value in changes.items()}
    _edit(office, by, f"{ACTIVITIES}/{name}", "diubah", lambda text: (yaml_editor.apply(text, told), []))


def add_entry(office: Office, by: Person, name: str, entry: Mapping[str, Any]) -> None:
    """Add an entry to the end of the list ``name``, such as ``risiko.yaml``. Raises as ``add_activity``."""
    add_entries(office, by, name, [entry])


def add_entries(office: Office, by: Person, name: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """Add several entries to the end of a list, all or none. Raises as ``add_activity``."""

    def added(text: str) -> tuple[str, list[str]]:
        for entry in entries:
            text = yaml_editor.with_entry(text, entry)
        return text, [str(one["kode"]) for one in entries if "kode" in one]

    _edit(office, by, name, "ditambah", added)


def change_entry(
    office: Office, by: Person, name: str, which: Callable[[Any, int], bool], changes: Mapping[str, Any]
) -> None:
    """Change values of the first entry of a list for which ``which`` is true, told it and its position (from 0).

    Raises:
        PayungError: When there is none.
        BrokenFiles: With everything that would be wrong then; nothing was written.
    """

    def changed(text: str) -> tuple[str, list[str]]:
        found = office_record_files.in_document(yaml_reader.parse(Path(name), text), (), None)
        known = []
        for entry, (_, at) in zip(found.entries, found.places, strict=True):
            known.append(str(getattr(entry, "kode", at + 1)))
            if which(entry, at):
                return yaml_editor.with_changed_entry(text, at, changes), known[-1:]
        there = f" Yang ada: {', '.join(known)}." if known else ""
        raise PayungError(
            f"Butir itu tidak ada di {name}.{there} Mestinya ada? Berkasnya perlu dibetulkan: payung periksa."
        )

    _edit(office, by, name, "diubah", changed)


def _edit(office: Office, by: Person, name: str, what: str, change: Callable[[str], tuple[str, list[str]]]) -> None:
    """Write a changed list, unless that brings a mistake that was not there before."""
    path = office.register.folder / name
    with office.register.lock(_WAIT):
        before = yaml_reader.read(path).text if path.exists() else _HEAD.format("", path.stem)
        after, codes = change(before)
        new = [one for one in _wrong(office, path, after) if one not in _wrong(office, path, before)]
        _refuse(name, yaml_reader.parse(path, after), new)
        _write(office, by, path, after, what, codes)


def _wrong(office: Office, path: Path, text: str) -> tuple[Problem, ...]:
    """Find what is wrong with ``text`` as the content of a file."""
    document = yaml_reader.parse(path, text)
    return office_record_files.in_document(document, unit_codes(office), office.now().date()).problems


def _refuse(what: str, draft: Document, problems: Sequence[Problem]) -> None:
    """Raise BrokenFiles where a draft has problems: they name what was typed, as its lines stand in no file."""
    if problems:
        raise BrokenFiles(tuple(replace(one, place=_typed(what, draft, one.line), line=None) for one in problems))


def _typed(what: str, draft: Document, line: int | None) -> str:
    """Name the key that stands on a line of a draft, or nearest above it."""
    names = ((at, key[-1]) for key, at in draft.lines.items() if key and isinstance(key[-1], str))
    above = [(at, name) for at, name in names if at <= (line or 0)]
    name = f"“{max(above)[1]}” yang" if above else "Yang"
    return f"{name} diketik untuk {what}"


def _write(office: Office, by: Person, path: Path, text: str, what: str, codes: Sequence[str] = ()) -> None:
    """Write a file, then let the journal say who did."""
    if path.exists():
        yaml_editor.replace_text(path, yaml_reader.read(path).text, text)
    else:
        atomic_files.make_folder(path.parent)
        atomic_files.replace(path, text.encode())
    place = path.relative_to(office.register.folder).as_posix()
    data = {"berkas": place, "perbuatan": what} | ({"kode": [*codes]} if codes else {})
    data |= {"akun": by.account} if by.account else {}
    event = Event(_EVENT, office.now(), by.officer or by.account or "petugas", data)
    side_journal.append(office.register, JOURNAL, event)
