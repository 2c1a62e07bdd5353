"""Pages of work that is done beside the desk: begun by a button, waited for shortly, and made anew until it ends."""

from collections.abc import Callable

from processor.desk.visit import Elsewhere, Sent, Visit
from processor.operations.office import Office

_AT_ONCE, _AGAIN = 1.0, 5  # seconds: that short work is waited for, and after which a page of longer work is made anew


def begin(visit: Visit, page: str, work: Callable[[Office], object]) -> Elsewhere:
    """Begin the work that a page is named after, unless it is under way, and lead to that page."""
    visit.work.begin(page, visit.office, visit.me, work)
    visit.work.wait(page, _AT_ONCE)
    return Elsewhere(visit.link(page))


def shown(visit: Visit, page: str, made: str) -> Sent | str:
    """Give a page as it was made; while its work is under way, the browser asks for it again by itself."""
    state = visit.work.state(page)
    if state is None or state.ended:
        return made
    again = {"Refresh": f"{_AGAIN}; url={visit.link(page)}"}
    return Sent(made.encode("utf-8", "replace"), "text/html; charset=utf-8", headers=again)
