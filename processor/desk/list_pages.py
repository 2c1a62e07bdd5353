"""The desk's pages of cases that are put away, and of what a search finds: both can be narrowed by links."""

from processor.desk import case_lines, filters, officer_pages, search
from processor.desk.visit import NoSuchPage, Visit, rendered
from processor.operations import case_filters, overview
from processor.operations.overview import KnownRows

_PAGE = 200  # archived cases on one page
_NARROWED = 500  # cases that a search can find and still be narrowed by links


def archive_page(visit: Visit) -> str:
    """Make a page of the archived cases, newest first, of those that hold what is asked for.

    Raises:
        NoSuchPage: there is no such page.
    """
    page, here = page_number(visit), filters.filtered(visit, "arsip")
    chosen = here.chosen_in(visit.asked)
    archived = [row for row in overview.rows(visit.office) if row.status == case_lines.ARCHIVED][::-1]
    rows = [row for row in archived if case_filters.holds(row, chosen)]
    pages = max(1, -(-len(rows) // _PAGE))
    if not 1 <= page <= pages:
        raise NoSuchPage(f"Arsip hanya {pages} halaman.")
    shown = rows[(page - 1) * _PAGE : page * _PAGE]
    kept = {**here.kept, **here.written(chosen)}
    return rendered(
        "arsip.html",
        visit,
        rows=shown,
        count=len(rows),
        page=page,
        pages=pages,
        newer=filters.address(here.address, **kept, halaman=str(page - 1)),
        older=filters.address(here.address, **kept, halaman=str(page + 1)),
        filters=filters.links(archived, chosen, here),
    )


def search_page(visit: Visit) -> str:
    """Make the page of cases that hold every word of the query and all else that is asked for.

    It names the case whose number the query is. Where very many hold the words it offers no links: more words narrow
    better.
    """
    office, query = visit.office, visit.asked.get("q", "")
    here = filters.filtered(visit, "cari", q=query)
    chosen = here.chosen_in(visit.asked)
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
        filters=filters.links([*rows.values()], chosen, here),
    )


def page_number(visit: Visit) -> int:
    """Read which page of a long list is asked for, from 1; 0 where it is none."""
    try:
        return int(visit.asked.get("halaman", "1"))
    except ValueError:
        return 0
