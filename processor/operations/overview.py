"""What lists, the desk and reminders show of every case, in one row each, without reading a case that has not changed.

The rows are derived: delete them and nothing is lost. They hold no identity and no word of an applicant.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from processor.cases import (
    applicant_messages,
    case_file,
    case_labels,
    case_status,
    deadlines,
    journal,
    misplaced,
    registration_numbers,
    reminders,
    retellings,
)
from processor.cases.case_file import CaseFile, letter_numbers
from processor.cases.case_status import DELIVERED, OVER, Derived
from processor.cases.deadlines import Due
from processor.cases.register import Filed
from processor.cases.staff import Staff
from processor.foundation import shipped
from processor.foundation.errors import PayungError
from processor.foundation.progress import counted
from processor.operations import case_row, row_acts, row_store
from processor.operations.case_row import CaseRow
from processor.operations.office import Office

VERSION = 8
"""To be raised by one when a row, letter, status or notice of an unchanged case comes out otherwise than before: then
every case is looked at again, once. A release that changes none of these reads no case again."""

_BATCH = 500  # rows that a crash may lose
_ARCHIVED: case_status.Status = "diarsipkan"
_TOLD_BY = (case_file.FILE_NAME, journal.FILE_NAME)
"""The files of which a row tells; of the journal of an archived case, a list tells what the last pass found in it."""


@contextmanager
def one_case_at_a_time() -> Iterator[None]:
    """Turn any unforeseen error in a case's files into a PayungError, which holds no word of the case."""
    try:
        yield
    except (PayungError, OSError):
        raise
    except Exception as error:
        raise PayungError(
            f"Permohonan ini tidak dapat diolah ({type(error).__name__}). Mungkin ada waktu yang tidak masuk akal di "
            "permohonan.yaml, atau riwayatnya disunting dengan tangan."
        ) from error


@one_case_at_a_time()
def derive_for(office: Office, filed: Filed) -> Derived | None:
    """Derive what follows from one case; None when its file cannot be used. Raises PayungError."""
    if filed.case is None:
        return None
    staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint, office.confirmed_since)
    signed_only = office.settings.surat.tanda_tangan == "wajib"
    return case_status.derive(filed.case, filed.document, filed.events, staff, signed_only=signed_only)


@one_case_at_a_time()
def deadlines_of(office: Office, filed: Filed, seen: Derived | None) -> Due | None:
    """Give the deadlines that run for a case; None where none runs. Raises PayungError."""
    if filed.case is None or seen is None:
        return None
    return deadlines.running(filed.case, seen.status, filed.events, office.calendar, office.settings.layanan)


@one_case_at_a_time()
def row(
    office: Office, filed: Filed, seen: Derived | None, now: datetime, wrong: int = 0, before: CaseRow | None = None
) -> CaseRow:
    """Make the row of a case that was looked at.

    Args:
        office: The open office.
        filed: The case.
        seen: What follows from it; None when its file cannot be used.
        now: When it was looked at (aware): what falls due later will wake the case.
        wrong: How many things somebody must mend.
        before: Its last row: a file that cannot be used keeps date and deadlines of that.

    Raises:
        PayungError: See ``one_case_at_a_time``.
    """
    case = filed.case
    if case is None or seen is None:
        return _broken(office, filed, wrong, before)
    runs = deadlines_of(office, filed, seen)
    near = seen.status not in DELIVERED | OVER
    moments = (runs.step_due.at, runs.whole.at, runs.promise.at) if runs else (None,) * 3
    step, whole, promise = (moment.isoformat() if moment else "" for moment in moments)
    wake = min(_wakes(filed, runs, now, near=near), default=None)
    sent, zone = deadlines.sent(case), office.settings.layanan.zone
    return CaseRow(
        filed.number,
        case.diterima.astimezone(zone).isoformat(),
        case.bentuk or "",
        seen.status,
        seen.duty,
        seen.holders,
        runs.step if runs else "",
        step,
        whole,
        len(case_status.findings(case, filed.events)),
        wrong,
        wake.isoformat() if wake else "",
        sent=sent.astimezone(zone).isoformat() if sent else "",
        promise=promise,
        letter="\n".join(case_row.plain_numbers(letter_numbers(case))),
        urgent=case.mendesak.tanggal.isoformat() if near and case.mendesak and case.mendesak.tanggal else "",
        approved=approved.astimezone(zone).isoformat() if (approved := approved_at(office, filed)) else "",
        awaited=_awaited(case) if near else "",
        acts=row_acts.kept(filed.events, office.settings.petugas, zone),
        messages=" ".join(one.data[applicant_messages.KIND] for one in applicant_messages.waiting(case, filed.events)),
        **case_labels.labels(case),
        retold="ya" if awaits_approval(office, filed) else "",
    )


def _wakes(filed: Filed, runs: Due | None, now: datetime, *, near: bool) -> Iterator[datetime]:
    """Give when (aware) something is due in a case though nobody touches it: a reminder, a withdrawal that is final."""
    if alarm := reminders.next_alarm(runs, filed.events, now):
        yield alarm
    pending = applicant_messages.pending_withdrawal(filed.events)
    if pending and near:
        yield applicant_messages.undone_until(pending)


def _awaited(case: CaseFile) -> str:
    """Give the first day until which another office was to answer that has not (ISO); "" for none."""
    return min((one.batas.isoformat() for one in case.koordinasi if one.batas and not one.dijawab), default="")


@one_case_at_a_time()
def approved_at(office: Office, filed: Filed) -> datetime | None:
    """Give when a case's question and answer for the site was approved (aware); None where none may be shown."""
    if filed.case is None or not filed.case.publikasi:
        return None
    staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
    return retellings.approved_at(filed.case, filed.events, staff)


@one_case_at_a_time()
def awaits_approval(office: Office, filed: Filed) -> bool:
    """Tell whether a case's question and answer for the site awaits a second officer."""
    if filed.case is None or not filed.case.publikasi:
        return False
    staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
    return retellings.awaits_approval(filed.case, filed.events, staff)


def _broken(office: Office, filed: Filed, wrong: int, before: CaseRow | None) -> CaseRow:
    """Make the row of a case whose file cannot be used; without a row from before, its date is that of the journal."""
    zone, filing = office.settings.layanan.zone, next(iter(filed.events), None)
    received = filing.time.astimezone(zone).isoformat() if filing else ""
    return case_row.damaged_row(before or CaseRow(filed.number, received), wrong)


def rows(office: Office) -> Iterator[CaseRow]:
    """Give the row of every case, oldest first. Reads what changed since the last pass and writes nothing.

    A case whose folder is gone keeps its place and dates.
    """
    yield from office.rows.shared(lambda: [*_rows(office)]) if office.rows else _rows(office)


def _rows(office: Office) -> Iterator[CaseRow]:
    """Look at every case for its row."""
    known, whole = KnownRows.load(office), office.rows is None or office.rows.whole_look(office.now())
    filed = dict.fromkeys(_filed(office, whole=whole))
    missing = office.missing(filed)
    numbers = sorted((*filed, *missing), key=registration_numbers.order) if missing else list(filed)
    for number in counted(office.progress, "Membaca permohonan", numbers):
        if number in filed:
            yield known.current_row(office, number, whole=whole)
        else:
            place = misplaced.whereabouts(office.register.folder, number)
            duty = f"kembalikan foldernya; sepertinya ada di {place}" if place else "pulihkan foldernya dari cadangan"
            yield case_row.damaged_row(known.previous_row(number) or CaseRow(number), duty=duty)


def _filed(office: Office, *, whole: bool) -> list[str]:
    """List every registration number, oldest first; where rows are remembered, only once something came or went."""
    register = office.register
    if office.rows is None:
        return register.numbers()
    years = registration_numbers.years(register.folder)
    stamp = (office.now() if whole else None, *((one.name, one.stat().st_mtime_ns) for one in years))
    return office.rows.made("nomor", stamp, register.numbers)


def fresh_row(office: Office, number: str, before: CaseRow | None = None) -> CaseRow:
    """Make the row of a case as it is now; whatever is damaged there stops only that case.

    Args:
        office: The open office.
        number: The registration number.
        before: Its last row, of which a damaged case keeps date and deadlines.
    """
    try:
        with one_case_at_a_time():
            filed = office.register.read(number)
            seen = derive_for(office, filed)
            wrong = len({*filed.problems, *(seen.problems if seen else ())})
            return row(office, filed, seen, office.now(), wrong, before)
    except (PayungError, OSError):
        return case_row.damaged_row(before or CaseRow(number))


@dataclass
class KnownRows:
    """The rows of the last pass, by number; ``base`` stands for what they are made from besides the cases."""

    folder: Path
    base: str
    entries: dict[str, row_store.KeptRow]
    changed: set[str] = field(default_factory=set)
    memory: row_store.RowMemory | None = None

    @classmethod
    def load(cls, office: Office, numbers: Iterable[str] | None = None) -> "KnownRows":
        """Read what the last pass kept, of ``numbers`` only where they are given.

        Returns: no rows when settings, templates, calendar or ``VERSION`` have changed since, or the file is damaged.
        """
        folder, base, memory = office.register.state_folder, _base(office), office.rows
        if memory is None or numbers is not None:
            return cls(folder, base, row_store.load(folder, base, numbers))
        return cls(folder, base, memory.load(folder, base), memory=memory)

    def row(self, number: str, mark: str) -> CaseRow | None:
        """Give the row of a case, if it was made from files with this change ``mark``, or with these two first parts.

        Those are of the case file and of the journal: all that a row shows comes from them.
        """
        return self._made(number, self.entries[number]) if self._is_from(number, mark) else None

    def _is_from(self, number: str, mark: str) -> bool:
        """Tell whether the row of a case was made from files with this change ``mark``, or with these first parts."""
        entry = self.entries.get(number)
        return entry is not None and f"{entry.mark} ".startswith(f"{mark} ")

    def _made(self, number: str, entry: row_store.KeptRow) -> CaseRow | None:
        """Read a row from its entry, once where the process remembers rows."""
        make = partial(case_row.from_text, number, entry.row)
        return self.memory.made(number, entry, make) if self.memory else make()

    def bearing(self, letter: str) -> Iterator[CaseRow]:
        """Give the kept rows of cases whose letter bears that ``plain_number``."""
        words = json.dumps(letter, ensure_ascii=False)[1:-1]
        for number, entry in self.entries.items():
            if words in entry.row and (row := case_row.from_text(number, entry.row)) and letter in row.letters:
                yield row

    def bearing_now(self, office: Office, letter: str) -> Iterator[CaseRow]:
        """Give the rows as ``bearing`` does, and those of all cases whose file was written since."""
        marks = office.register.change_marks(None, case_file.FILE_NAME)
        written = [number for number, mark in marks.items() if not self._is_from(number, mark)]
        yield from (row for row in self.bearing(letter) if row.number not in written)
        yield from (self.current_row(office, number) for number in written)

    def current_row(self, office: Office, number: str, *, whole: bool = True) -> CaseRow:
        """Give the row of a case as it is now.

        Where not the ``whole`` register is looked at, one that is archived is as it was, unless this process wrote it.
        """
        before, memory = self.previous_row(number), self.memory
        archived = before is not None and before.status == _ARCHIVED
        if before and archived and memory and not whole and not memory.may_have_changed(number):
            return before
        mark = office.register.change_mark(number, *(_TOLD_BY[:1] if archived else _TOLD_BY))
        alike = self._is_from(number, mark)
        make = partial(fresh_row, office, number, before)
        if memory is None:
            return before if before and alike else make()
        memory.note(number, alike=alike)
        return before if before and alike else memory.made(f"{number} kini", f"{self.base} {mark}", make)

    def previous_row(self, number: str) -> CaseRow | None:
        """Give the row that a case had when it was last worked on."""
        entry = self.entries.get(number)
        return self._made(number, entry) if entry else None

    def unchanged_and_sound(self, number: str, mark: str, now: str) -> bool:
        """Tell whether a case is unchanged and sound, and nobody need be reminded of it at ``now`` (ISO, UTC)."""
        entry = self.entries.get(number)
        return bool(entry and entry.mark == mark and entry.sound and not (entry.wake and entry.wake <= now))

    def keep(self, made: CaseRow, mark: str, *, sound: bool) -> None:
        """Keep the row of a case whose files had this change ``mark``; many are written together.

        Three entries of ``row_store``, as (mark, sound, wake), and what the next pass does with a case of that mark:
            ("6131:99", True, ""): nothing, until its files change and with them the mark.
            ("6131:99", True, "2026-07-03T02:00:00+00:00"): nothing before that moment; then somebody is reminded.
            ("6131:99", False, ""): read it again, as something in it is still to be mended.
        Raises as ``save``.
        """
        wake = datetime.fromisoformat(made.wake).astimezone(UTC).isoformat() if made.wake else ""
        entry = row_store.KeptRow(mark, sound, wake, case_row.to_text(made))
        if entry == self.entries.get(made.number):
            return
        self.entries[made.number] = entry
        self.changed.add(made.number)
        if len(self.changed) >= _BATCH:
            self.save()

    def drop(self, numbers: Iterable[str]) -> None:
        """Drop the rows of these cases."""
        for number in numbers:
            del self.entries[number]
            self.changed.add(number)

    def save(self) -> None:
        """Write what has changed. Raises as ``row_store.save``."""
        if self.changed and row_store.save(self.folder, self.base, self.entries, self.changed):
            self.changed.clear()


version_of = cache(version)  # which reads the library's whole description


def _base(office: Office) -> str:
    """Digest what rows and letters are made from besides the cases: settings, templates, days off, ``VERSION``."""
    settings = office.settings
    program = f"{VERSION} {version_of('holidays')}"
    digest = hashlib.sha256(settings.model_dump_json().encode() + program.encode())
    files = [path for path in sorted(settings.opinions.rglob("*")) if not path.name.startswith(("~$", "."))]
    files += [shipped.sources() / name for name in shipped.lacking(settings.root) if name.startswith("opinions/")]
    for path in (*files, settings.days_off):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
