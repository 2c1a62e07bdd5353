"""The desk's pages of cases that are put away, and of what a search finds: both can be narrowed by links."""

from processor.desk import filters, officer_pages, search
from processor.desk.visit import NoSuchPage, Visit, rendered
from processor.operations import case_filters, overview
from processor.operations.case_filters import NOTHING, Chosen
from processor.operations.overview import KnownRows

_PAGE = 200  # archived cases on one page
_NARROWED = 500  # cases that a search can find and still be narrowed by links


def archive_page(visit: Visit, page: int, chosen: Chosen = NOTHING) -> str:
    """Make a page of the archived cases, newest first.

    Args:
        visit: who looks.
        page: counts from 1.
        chosen: what the cases must hold.

    Raises:
        NoSuchPage: there is no such page.
    """
    archived = [row for row in overview.rows(visit.office) if row.status == officer_pages.ARCHIVED][::-1]
    rows = [row for row in archived if case_filters.holds(row, chosen)]
    pages = max(1, -(-len(rows) // _PAGE))
    if not 1 <= page <= pages:
        raise NoSuchPage(f"Arsip hanya {pages} halaman.")
    shown = rows[(page - 1) * _PAGE : page * _PAGE]
    here, kept = f"{visit.base}arsip", {"petugas": visit.asking, **chosen}
    return rendered(
        "arsip.html",
        visit,
        rows=shown,
        count=len(rows),
        page=page,
        pages=pages,
        newer=filters.address(here, **kept, halaman=str(page - 1)),
        older=filters.address(here, **kept, halaman=str(page + 1)),
        filters=filters.links(archived, chosen, here, petugas=visit.asking),
    )


def search_page(visit: Visit, query: str, chosen: Chosen = NOTHING) -> str:
    """Make the page of cases that hold every word of ``query`` and all that was ``chosen``.

    It names the case whose number the query is. Where very many hold the words it offers no links: more words narrow
    better.
    """
    office = visit.office
    numbers = search.numbers(office.register, query)
    few = numbers if chosen or len(numbers) <= _NARROWED else []
    known = KnownRows.load(office, few or numbers[:_NARROWED])
    rows = {number: known.current_row(office, number) for number in few}
    wanted = [number for number in few if case_filters.holds(rows[number], chosen)] if chosen else numbers
    result = search.passages(office.register, query, wanted)
    status = {hit.number: rows.get(hit.number) or known.current_row(office, hit.number) for hit in result.hits}
    number = query.strip().upper()
    return rendered(
        "cari.html",
        visit,
        query=query,
        found=result,
        rows=status,
        number=number if officer_pages.is_case(office, number) else "",
        filters=filters.links([*rows.values()], chosen, f"{visit.base}cari", q=query, petugas=visit.asking),
    )
