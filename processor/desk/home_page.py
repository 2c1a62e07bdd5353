"""The page on which an officer's day begins: what waits, what is late or near, what others hold, what is done.

It holds no identity and no word of an applicant, as a kepala biro sees it too. Every figure counts a case once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from processor.cases import applicant_messages, case_status
from processor.desk import case_lines, filters
from processor.desk.case_lines import ARCHIVED, CaseLine
from processor.desk.visit import Visit, rendered
from processor.operations import case_row, office_clock, overview, row_acts, stuck_mail
from processor.operations.case_filters import AWAITED, LATE, SOON, YES, Chosen
from processor.operations.case_row import CaseRow
from processor.operations.row_acts import LastAct
from processor.operations.stuck_mail import StuckMail

_SHOWN = 25  # cases of one section; the list has them all
_LATELY = timedelta(days=7)
_MINE = "Menunggu Anda"
_ASKED: Mapping[str, Chosen] = {
    _MINE: {},
    "Terlambat": {"keadaan": LATE},
    "Segera jatuh tempo": {"keadaan": SOON},
    "Perlu dibetulkan": {"betulkan": YES},
    "Lainnya": {},
}
"""The sections in their order, and what the list is asked for to show theirs among others."""


@dataclass(frozen=True, slots=True)
class ListFigure:
    """How many cases are so, and the list of them."""

    count: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class LineSection:
    """Some lines of a title: the first of them, how many there are, and the list that has them all."""

    lines: Sequence[CaseLine]
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Workload:
    """How many cases wait for an officer alone, or for any of several, and how many of those are late."""

    officers: tuple[str, ...]
    waiting: int
    late: int


def front_page(visit: Visit) -> str:
    """Make the page. Raises OSError where the register or the outbox cannot be read."""
    office, now, soon = visit.office, visit.office.now(), case_lines.soon_until(visit.office)
    rows = [*overview.rows(office)]
    lines = case_lines.lines([row for row in rows if row.status != ARCHIVED], now, soon)
    mail = stuck_mail.stuck(office, visit.me) if visit.may("email") else StuckMail()
    return rendered(
        "meja.html",
        visit,
        figures=[*_figures(visit, lines, mail), *_retold(visit, rows)],
        sections=_sections(visit, lines),
        urgent=sorted((line.row for line in lines if line.row.urgent), key=lambda row: row.urgent)[:_SHOWN],
        awaited=sorted((row for row in rows if _is_awaited(row, now.date())), key=lambda row: row.awaited)[:_SHOWN],
        messages=[row for row in rows if row.messages],
        pesan=applicant_messages.in_words,
        mail=mail,
        done=_done(rows, visit)[:_SHOWN],
        loads=workloads(lines, [*office.settings.petugas]),
        turn=lambda key: filters.filtered(visit, "daftar").to({"giliran": key}),
        statuses=_statuses(visit, rows),
        archived=len(rows) - len(lines),
        clock=office_clock.doubt(office),
    )


def _sections(visit: Visit, lines: Sequence[CaseLine]) -> Mapping[str, LineSection]:
    """Put each case under one title."""
    found: dict[str, list[CaseLine]] = {_MINE: []} if _has_turns(visit) else {}
    for line in lines:
        found.setdefault(_section(line, visit.me), []).append(line)
    page = filters.filtered(visit, "daftar")
    asked = {**_ASKED, _MINE: {"giliran": visit.me}}
    return {
        name: LineSection(found[name][:_SHOWN], len(found[name]), page.to(some))
        for name, some in asked.items()
        if name in found
    }


def _section(line: CaseLine, me: str) -> str:
    """Choose the title under which a line stands: the first that fits."""
    if line.row.status == case_row.BROKEN:
        return "Perlu dibetulkan"
    if me in line.row.holders:
        return _MINE
    if line.late:
        return "Terlambat"
    if line.soon:
        return "Segera jatuh tempo"
    return "Perlu dibetulkan" if line.row.wrong else "Lainnya"


def _figures(visit: Visit, lines: Sequence[CaseLine], mail: StuckMail) -> Iterator[ListFigure]:
    """Count what is to be looked at today, each with the list of it."""
    page, today = filters.filtered(visit, "daftar"), visit.office.now().date()
    late = sum(line.late for line in lines)
    if _has_turns(visit):
        mine = sum(visit.me in line.row.holders for line in lines)
        yield ListFigure(mine, "menunggu Anda", page.to({"giliran": visit.me}))
    yield ListFigure(late, "terlambat", page.to({"keadaan": LATE}))
    yield ListFigure(sum(line.soon for line in lines) - late, "segera jatuh tempo", page.to({"keadaan": SOON}))
    yield ListFigure(sum(bool(line.row.urgent) for line in lines), "bertanggal dekat", page.to({"mendesak": YES}))
    awaited = sum(_is_awaited(line.row, today) for line in lines)
    yield ListFigure(awaited, "koordinasi lewat batas", page.to({"keadaan": AWAITED}))
    yield ListFigure(sum(bool(line.row.wrong) for line in lines), "perlu dibetulkan", page.to({"betulkan": YES}))
    if visit.may("email"):
        yield ListFigure(mail.unread or len(mail.entries), "email menunggu keputusan", visit.link("email"))


def _retold(visit: Visit, rows: Sequence[CaseRow]) -> Iterator[ListFigure]:
    """Count the answers retold for the site that await approval, archived cases too, where there are any."""
    waiting = sum(bool(row.retold) for row in rows)
    if waiting and visit.may("tanya_jawab"):
        yield ListFigure(waiting, "tanya jawab menunggu persetujuan", visit.link("tanya-jawab"))


def _has_turns(visit: Visit) -> bool:
    """Tell whether it can be the turn of whoever looks: that of a kepala biro it never is."""
    return bool(visit.me) and visit.may("permohonan")


def _is_awaited(row: CaseRow, today: date) -> bool:
    """Tell whether another office let the day pass by which it was to answer."""
    return bool(row.awaited) and row.awaited < today.isoformat()


def _done(rows: Sequence[CaseRow], visit: Visit) -> list[tuple[CaseRow, LastAct]]:
    """Give what the officer did lately in cases in which it is no longer their turn, the latest first."""
    if not visit.me:
        return []
    since = visit.office.now().date() - _LATELY
    mine = ((row, row_acts.of_officer(row.acts, visit.me, since)) for row in rows if visit.me not in row.holders)
    return sorted(((row, act) for row, act in mine if act), key=lambda one: one[1].time, reverse=True)


def workloads(lines: Sequence[CaseLine], officers: Sequence[str]) -> list[Workload]:
    """Count what waits for each officer alone, then for any of several together: each case stands in one of them."""
    waiting, late = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for line in lines:
        waiting[line.row.holders] += 1
        late[line.row.holders] += line.late
    shared = sorted(one for one in waiting if len(one) > 1)
    return [Workload(one, waiting[one], late[one]) for one in (*((key,) for key in officers), *shared)]


def _statuses(visit: Visit, rows: Sequence[CaseRow]) -> list[ListFigure]:
    """Count the cases by their status, as far as they have come."""
    page = filters.filtered(visit, "daftar")
    counted = Counter(row.status for row in rows)
    shown = [name for name in (*case_status.STAGES, case_row.BROKEN) if counted[name]]
    return [ListFigure(counted[name], name, page.to({"status": name})) for name in shown]
