"""Publishes figures on fixed days: once, and then they are frozen. What keeps a publication back is told at every pass.

A pass on which nothing is due reads one small file.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from processor.cases.records import Event
from processor.evaluation import frozen_publication, kept_counts, periods, release_days
from processor.evaluation.frozen_publication import FrozenPublication
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError, Problem
from processor.foundation.indonesian_dates import tanggal
from processor.operations import office_clock, side_journal
from processor.operations.act_journal import Person
from processor.operations.figures import next_publication
from processor.operations.figures.next_publication import CORRECTION, FOLDER, Prepared
from processor.operations.office import Office
from processor.operations.pass_report import PassReport
from processor.site import leak_gate

_STATE = "kinerja"
_PUBLISHED = "terbit"  # the kind of event in the journal beside the figures
_PLACE = "Kinerja layanan"
_WAIT = 10.0  # seconds for another process
_TRIED = "dicoba"
"""The day on which figures were counted in vain, and what was said: counting and judging is not for every pass."""


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """When figures are published next (None: never), what is published, what is to be counted again, what is wrong."""

    due: date | None
    published: tuple[FrozenPublication, ...]
    asked: tuple[Period, ...]
    held: str


def release_due(office: Office, report: PassReport) -> None:
    """Publish what is due, or say why it is held back. Raises OSError where the disk refuses."""
    today, due = office.now().date(), next_day(office)
    if due is None or today < due or office_clock.doubt(office):
        return
    state = office.register.state(_STATE)
    match state.get(_TRIED):
        case [day, str(why)] if day == today.isoformat():
            report.problems.append(_held(due, why))
            return
    try:
        next_publication.check_ready(office)
    except PayungError as error:
        report.problems.append(_held(due, str(error)))
        return
    try:
        made = _release(office, today)
    except PayungError as error:
        office.register.save_state(_STATE, {**state, _TRIED: [today.isoformat(), str(error)]})
        report.problems.append(_held(due, str(error)))
    else:
        report.news += [_news(one.publication) for one in made]


def next_day(office: Office) -> date | None:
    """Give the fixed day on which figures are published next, or were to be; None where the office publishes none."""
    day = office.settings.evaluasi.terbit
    if day is None:
        return None
    state = office.register.state(_STATE)
    try:
        if state["hari"] == day:
            return date.fromisoformat(state["berikut"])
    except (LookupError, TypeError, ValueError):
        pass
    made = [one.made for one in next_publication.published(office)]
    due = release_days.next_day(max(made, default=office.now().date()), day)
    office.register.save_state(_STATE, {"hari": day, "berikut": due.isoformat()})
    return due


def _release(office: Office, today: date) -> tuple[Prepared, ...]:
    """Publish everything that is to be published; what cannot be, stops all. Raises as ``next_publication.prepare``."""
    made, day = next_publication.prepare(office, today), office.settings.evaluasi.terbit or 1
    files = next_publication.files_of(office)
    with office.register.lock(_WAIT):
        for one in made:
            text, name = frozen_publication.to_json(one.publication), one.publication.name
            counts = kept_counts.counts_to_json(one.counts).encode()
            files.add(name, text, office.register.seal(counts))
            digest = hashlib.sha256(text.encode()).hexdigest()
            side_journal.append(office.register, FOLDER, Event(_PUBLISHED, office.now(), "payung", {name: digest}))
        due = release_days.next_day(today, day)
        office.register.save_state(_STATE, {"hari": day, "berikut": due.isoformat()})
    return made


def _held(due: date, why: str) -> Problem:
    return Problem(_PLACE, None, f"Angka yang jatuh terbit {tanggal(due)} ditahan: {why}")


def _news(one: FrozenPublication) -> str:
    again = f" (hitungan ke-{one.count})" if one.count > 1 else ""
    titles = {words.name: words.title for words in one.words}
    hidden = [titles.get(table.name, table.name) for table in one.figures.tables if not table.shown]
    kept = f"; tabel yang ditahan: {', '.join(hidden)}" if hidden else ""
    return f"{_PLACE}: angka {one.period.title}{again} diterbitkan{kept}."


def state_of(office: Office) -> ReleaseState:
    """Tell how it stands with publications, for an officer. Raises OSError where the disk refuses."""
    files, held = next_publication.files_of(office), ""
    try:
        next_publication.check_memory(office)
    except PayungError as error:
        held = str(error)
    asked = next_publication.asked_again(office, files.texts())
    return ReleaseState(next_day(office), tuple(next_publication.published(office)), tuple(asked), held)


def ask_again(office: Office, by: Person, name: str, reason: str) -> Period:
    """Let a published period be counted again with the next publication.

    Raises:
        PayungError: It was not published, waits for that already, or the reason tells of a person.
    """
    _check(reason)
    period, texts = periods.parse(name), next_publication.files_of(office).texts()
    if str(period) not in texts:
        raise PayungError(f"Angka {period.title} belum pernah diterbitkan, jadi tidak ada yang dihitung ulang.")
    with office.register.lock(_WAIT):
        if period in next_publication.asked_again(office, texts):
            raise PayungError(f"Angka {period.title} sudah menunggu dihitung ulang pada penerbitan berikutnya.")
        _note(office, by, CORRECTION, {"periode": str(period), "alasan": reason})
    return period


def settle(office: Office, by: Person, reason: str) -> tuple[Period, ...]:
    """Take what is there as a person says: from now on register and memory hold every publication that is known.

    Returns:
        What was held back until now, and is published by the next pass.

    Raises:
        PayungError: A publication differs in the two, a file is none, or the reason tells of a person.
    """
    _check(reason)
    files = next_publication.files_of(office)
    next_publication.published(office)
    with office.register.lock(_WAIT):
        found, site = files.disagreement(), next_publication.only_on_site(office)
        if found.different:
            next_publication.check_memory(office)
        files.settle(site)
        places = {"register": found.register_only, "ingatan": found.memory_only, "situs": [*site]}
        _note(office, by, "diterima", {**places, "alasan": reason})
    due, today = next_day(office), office.now().date()
    return tuple(next_publication.due_on(office, today)) if due and due <= today else ()


def _check(reason: str) -> None:
    """Raise PayungError where a reason holds what could tell a person: the journal is not sealed."""
    if leak_gate.identity_in_text(reason, None):
        raise PayungError("Tulis alasannya tanpa NIP, nomor telepon, dan alamat email. Belum ada yang dicatat.")


def _note(office: Office, by: Person, kind: str, data: dict[str, object]) -> None:
    account = {"akun": by.account} if by.account else {}
    event = Event(kind, office.now(), by.officer or by.account or "petugas", data | account)
    side_journal.append(office.register, FOLDER, event)
