"""The list of cases: searched, narrowed, in any order, all of it in the address; and taken away as a file.

It holds no identity and no word of an applicant, as a kepala biro sees it too; only whoever may see requests can search
their words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from processor.cases import registration_numbers
from processor.desk import case_lines, filters, list_pages, many_steps, search
from processor.desk.case_lines import ARCHIVED, CaseLine
from processor.desk.filters import FilteredPage
from processor.desk.visit import NoSuchPage, Sent, Visit, rendered
from processor.foundation.csv_table import csv_table
from processor.operations import case_filters, list_cells, overview
from processor.operations.case_filters import YES, Chosen
from processor.operations.case_row import CaseRow

_PAGE = 100  # cases on one page, as many as ``many_steps`` takes at once
_DEFAULT = "tenggat"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ORDERS: Mapping[str, Callable[[CaseLine], str | float | tuple[int, int] | None]] = {
    "nomor": lambda line: registration_numbers.order(line.row.number),
    "status": lambda line: line.row.status,
    "berikutnya": lambda line: line.row.duty,
    "giliran": lambda line: ", ".join(line.row.holders) or None,
    "tenggat": lambda line: line.by.timestamp() if line.by else None,
    "diajukan": lambda line: line.row.sent or line.row.received or None,
    "topik": lambda line: line.row.topic or None,
}
"""By what a list is ordered; whatever gives None stands last, either way."""


@dataclass(frozen=True, slots=True)
class OrderLink:
    """A way to order the list, where that is, and how it is ordered now: "naik", "turun", or "" by another."""

    name: str
    address: str
    direction: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """What an address asks for: all ``rows`` that could be shown, the ``lines`` that are, in order.

    ``archived`` counts those that are put away and left out.
    """

    page: FilteredPage
    query: str
    order: str
    rows: Sequence[CaseRow]
    chosen: Chosen
    lines: Sequence[CaseLine]
    archived: int

    def state(self, **changed: str) -> Mapping[str, str]:
        """Give all that the address asks for, with some of it changed."""
        return {**self.page.kept, **self.page.written(self.chosen), **changed}

    def to(self, ending: str = "", **changed: str) -> str:
        """Give the address of this list, or of its file with that ``ending``, with some of it changed."""
        return filters.address(self.page.address + ending, **self.state(**changed))


def list_page(visit: Visit) -> str:
    """Make a page of the list. Raises NoSuchPage where it has no such page."""
    found, number = listed(visit), list_pages.page_number(visit)
    pages = max(1, -(-len(found.lines) // _PAGE))
    if not 1 <= number <= pages:
        raise NoSuchPage(f"Daftar ini hanya {pages} halaman.")
    lines = found.lines[(number - 1) * _PAGE : number * _PAGE]
    here = {line.row.status for line in lines}
    return rendered(
        "daftar.html",
        visit,
        found=found,
        lines=lines,
        filters=filters.links(found.rows, found.chosen, found.page),
        orders=[_order_link(found, name) for name in _ORDERS],
        number=number,
        pages=pages,
        steps={step: some for step, some in many_steps.STEPS.items() if visit.may(step) and not some.isdisjoint(here)},
    )


def list_workbook(visit: Visit) -> Sent:
    """Send the list as it is shown, all its pages, as an XLSX file."""
    from processor.operations import list_workbook as workbooks  # noqa: PLC0415 -- a library that only this needs

    content = workbooks.workbook("Permohonan", list_cells.COLUMNS, _cells(visit))
    return Sent(content, _SPREADSHEET, "permohonan.xlsx")


def list_csv(visit: Visit) -> Sent:
    """Send the list as it is shown, all its pages, as a CSV file."""
    return Sent(csv_table(list_cells.COLUMNS, _cells(visit)), "text/csv; charset=utf-8", "permohonan.csv")


def _cells(visit: Visit) -> list[tuple[str | int, ...]]:
    return [list_cells.cells(line.row) for line in listed(visit).lines]


def listed(visit: Visit) -> CaseList:
    """Find what an address asks for.

    Archived cases are left out unless they, or words, are asked for. Raises as ``search.numbers``.
    """
    office, asked = visit.office, visit.asked
    now, soon = office.now(), case_lines.soon_until(office)
    query, order = asked.get("q", "").strip(), asked.get("urut", "")
    kept = {"q": query, "arsip": asked.get("arsip", ""), "urut": order}
    page = filters.filtered(visit, "daftar", case_filters.of_moment(now, soon), **kept)
    chosen, everything = page.chosen_in(asked), [*overview.rows(office)]
    archived = bool(query) or kept["arsip"] == YES or chosen.get("status") == ARCHIVED
    rows = [row for row in everything if archived or row.status != ARCHIVED]
    if query:
        rows = _matching(visit, query, rows)
    shown = [row for row in rows if case_filters.holds(row, chosen, page.by)]
    lines = _ordered(case_lines.lines(shown, now, soon), order)
    return CaseList(page, query, order, rows, chosen, lines, 0 if archived else len(everything) - len(rows))


def _matching(visit: Visit, query: str, rows: Sequence[CaseRow]) -> list[CaseRow]:
    """Give the cases whose number holds what is sought, or whose words do where whoever looks may see those."""
    found = {*search.numbers(visit.office.register, query)} if visit.may("permohonan") else frozenset[str]()
    return [row for row in rows if row.number in found or query.upper() in row.number]


def _ordered(lines: Sequence[CaseLine], order: str) -> list[CaseLine]:
    """Put lines in the order that is asked for; any other leaves them as they are."""
    key = _ORDERS.get(order.removeprefix("-"))
    if key is None:
        return [*lines]
    known = [line for line in lines if key(line) is not None]
    known.sort(key=key, reverse=order.startswith("-"))  # type: ignore[arg-type]  # those without a key are left out
    return [*known, *(line for line in lines if key(line) is None)]


def _order_link(found: CaseList, name: str) -> OrderLink:
    """Make the link to one order; to the other direction where the list is in it."""
    now = found.order or _DEFAULT
    directions = {name: "naik", f"-{name}": "turun"}
    return OrderLink(name, found.to(urut=f"-{name}" if now == name else name), directions.get(now, ""))
