"""The officers' private pages, made fresh from the register: what waits, what is late, one case, what was answered.

They only show; a person copies the command that changes something. No sealed file is opened and no letter is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from processor.cases import additions, deadlines
from processor.cases.case_file import CaseFile
from processor.cases.deadlines import Due
from processor.cases.register import OUTGOING, Filed
from processor.desk import search, wording
from processor.foundation import working_time
from processor.foundation.errors import PayungError, Problem
from processor.foundation.indonesian_dates import tanggal
from processor.operations import case_check, overview
from processor.operations.office import Office
from processor.operations.overview import CaseRow, KnownRows

FOLDER = Path(__file__).parent
_DAY = 420  # working minutes (SOP)
_PAGE = 200  # archived cases on one page
_ARCHIVED = "diarsipkan"
_PARTS = ("verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian", "pembatalan", "arsip")


class Nowhere(PayungError):
    """There is no such page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the desk: the office as it is now, the path under which all pages stand, and the short name of the
    officer that they say they are ("" for nobody in particular)."""

    office: Office
    base: str
    me: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row as a page shows it: its nearest deadline, what that is for, and whether it is past or near."""

    row: CaseRow
    by: datetime | None
    step: str
    late: bool
    soon: bool


@dataclass(frozen=True, slots=True)
class Workload:
    """How many cases wait for an officer, and how many of those are late."""

    key: str
    name: str
    roles: tuple[str, ...]
    waiting: int
    late: int


def front_page(visit: Visit) -> str:
    """What waits for the officer, what is late, due soon or broken, what else is open, and who has how much."""
    office = visit.office
    rows = list(overview.rows(office))
    lines = _lines(office, [row for row in rows if row.status != _ARCHIVED])
    sections: dict[str, list[CaseLine]] = {"Menunggu Anda": []} if visit.me else {}
    for line in lines:
        sections.setdefault(_section(line, visit.me), []).append(line)
    order = ("Menunggu Anda", "Terlambat", "Segera jatuh tempo", "Perlu dibetulkan", "Lainnya")
    return _page(
        "meja.html",
        visit,
        sections={title: sections[title] for title in order if title in sections},
        loads=[_load(key, lines, office) for key in office.settings.petugas],
        archived=len(rows) - len(lines),
    )


def archive_page(visit: Visit, page: int) -> str:
    """The archived cases, newest first; ``page`` counts from 1. Raises Nowhere when there is no such page."""
    rows = [row for row in overview.rows(visit.office) if row.status == _ARCHIVED][::-1]
    pages = max(1, -(-len(rows) // _PAGE))
    if not 1 <= page <= pages:
        raise Nowhere(f"Arsip hanya {pages} halaman.")
    shown = rows[(page - 1) * _PAGE : page * _PAGE]
    return _page("arsip.html", visit, rows=shown, count=len(rows), page=page, pages=pages)


def search_page(visit: Visit, query: str) -> str:
    """The cases in which every word of ``query`` stands, and the case whose number it is."""
    office = visit.office
    result = search.find(office.register, query)
    known = KnownRows.load(office, [hit.number for hit in result.hits])
    status = {hit.number: known.current_row(office, hit.number) for hit in result.hits}
    number = query.strip().upper()
    return _page(
        "cari.html", visit, query=query, found=result, rows=status, number=number if _exists(office, number) else ""
    )


def case_page(visit: Visit, number: str) -> str:
    """Everything that an officer may see of one case. Raises Nowhere when there is none, PayungError or OSError when
    its files cannot be read."""
    office = visit.office
    if not _exists(office, number):
        raise Nowhere(f"Permohonan {number} tidak ada di register.")
    filed = office.register.read(number)
    seen = overview.derive_for(office, filed)
    return _page(
        "permohonan.html",
        visit,
        filed=filed,
        case=filed.case,
        seen=seen,
        status=seen.status if seen else overview.BROKEN,
        commands=list(wording.commands(number, seen, office.settings.petugas, visit.me, numbered=_numbered(filed))),
        problems=[(_where(problem, filed), problem.sentence) for problem in case_check.mistakes(office, filed, seen)],
        findings=additions.findings(filed, office.form),
        additions=additions.read(filed),
        deadlines=_deadlines(office, overview.deadlines_of(office, filed, seen)),
        parts=_parts(filed.case) if filed.case else {},
        events=[(event, wording.event_sentence(event)) for event in filed.events],
        files=list(_files(filed)),
    )


def _numbered(filed: Filed) -> bool:
    """Whether the letter has its number from the secretariat."""
    return filed.case is not None and bool(filed.case.penyampaian.nomor_surat)


def error_page(base: str, title: str, sentence: str) -> str:
    """A page that says why there is no other."""
    return _environment().get_template("gagal.html").render(base=base, me="", title=title, sentence=sentence)


def _page(template: str, visit: Visit, **content: Any) -> str:
    """A page with what all of them show."""
    settings, now = visit.office.settings, visit.office.now()
    names = {key: one.nama for key, one in settings.petugas.items()} | {"payung": "Payung", "petugas": "Petugas"}
    return (
        _environment()
        .get_template(template)
        .render(
            base=visit.base,
            me=visit.me,
            now=now,
            agency=settings.instansi.nama,
            officers=settings.petugas,
            named=lambda key: names.get(key, key),
            when=partial(wording.in_service_time, now=now, service=settings.layanan),
            **content,
        )
    )


@cache
def _environment() -> Environment:
    """The templates; every word in them is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = wording.in_words
    return made


def _lines(office: Office, rows: Sequence[CaseRow]) -> list[CaseLine]:
    """Rows as lines, the nearest deadline first, then by number."""
    now = office.now()
    soon = working_time.deadline_after(now, _DAY, office.calendar, deadlines.hours(office.settings.layanan)).at or now
    lines = []
    for row in rows:
        runs = {row.step: row.due, deadlines.OVERALL: row.whole}
        by, step = min(((datetime.fromisoformat(at), name) for name, at in runs.items() if at), default=(None, ""))
        lines.append(CaseLine(row, by, step, row.late(now), by is not None and by <= soon))
    return sorted(lines, key=lambda line: line.by.timestamp() if line.by else float("inf"))


def _section(line: CaseLine, me: str) -> str:
    """Under which title a line stands: the first that fits."""
    if me in line.row.holders:
        return "Menunggu Anda"
    if line.late:
        return "Terlambat"
    if line.soon:
        return "Segera jatuh tempo"
    return "Perlu dibetulkan" if line.row.wrong else "Lainnya"


def _load(key: str, lines: Sequence[CaseLine], office: Office) -> Workload:
    """What one officer has before them."""
    officer, mine = office.settings.petugas[key], [line for line in lines if key in line.row.holders]
    return Workload(key, officer.nama, officer.peran, len(mine), sum(line.late for line in mine))


def _exists(office: Office, number: str) -> bool:
    """Whether ``number`` is that of a case."""
    try:
        return office.register.path(number).is_dir()
    except PayungError:
        return False


def _where(problem: Problem, filed: Filed) -> str:
    """The place of a mistake, short where it is in the case's own folder."""
    path = Path(problem.place)
    place = path.relative_to(filed.folder).as_posix() if path.is_relative_to(filed.folder) else problem.place
    return f"{place}, baris {problem.line}" if problem.line else place


def _deadlines(office: Office, due: Due | None) -> Mapping[str, tuple[datetime | None, str]]:
    """Each deadline that runs: when, and how that was found."""
    if due is None:
        return {}
    zone = office.settings.layanan.zona_singkat
    runs = {f"Tahap {due.step}": due.step_due, "Seluruhnya": due.whole, "Sasaran": due.target}
    return {title: (one.at, working_time.explain_trace(one, zone)) for title, one in runs.items()}


def _parts(case: CaseFile) -> Mapping[str, Mapping[str, Any]]:
    """What staff have written, by part and key of the case file."""
    filled = {name: {key: _shown(value) for key, value in getattr(case, name) if value} for name in _PARTS}
    return {name: part for name, part in filled.items() if part}


def _shown(value: Any) -> Any:
    """A value as a page shows it."""
    if isinstance(value, date):
        return tanggal(value)
    if isinstance(value, str) and " " not in value:
        return wording.in_words(value)
    return "ya" if value is True else value


def _files(filed: Filed) -> Iterator[Path]:
    """Where the case and its letters lie: only the places, as letters hold a name."""
    yield filed.folder
    yield filed.document.path
    yield from sorted(filed.folder.glob("perubahan-*.yaml"))
    outgoing = filed.folder / OUTGOING
    if outgoing.is_dir():
        yield from sorted(path for path in outgoing.iterdir() if path.suffix in {".docx", ".pdf"})
