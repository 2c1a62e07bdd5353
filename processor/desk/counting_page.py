"""The page that stands in for figures while many cases are counted for the first time: that is done beside the desk."""

from collections.abc import Callable

from processor.desk.visit import Sent, Visit, rendered
from processor.operations.figures import fact_store
from processor.operations.office import Office

WORK = "hitungan"
"""The name of the work among what the desk does beside answering."""
_FEW = 200  # cases that are read in well under a second
_AT_ONCE, _AGAIN = 0.5, 5  # seconds: that the work is waited for, and after which the page is asked for again


def once_counted(show: Callable[[Visit], str | Sent]) -> Callable[[Visit], str | Sent]:
    """Give a page of figures that is shown once few cases are uncounted, and until then says how far counting is."""
    return lambda visit: waiting(visit) or show(visit)


def waiting(visit: Visit, few: int = _FEW) -> Sent | None:
    """Make the page that says how far counting is, begun here; None where only a ``few`` cases are uncounted.

    What cannot be read is uncounted after that, too, and is not waited for again.
    """
    state = visit.work.state(WORK)
    unread = state.result if state and isinstance(state.result, int) else 0
    if fact_store.uncounted(visit.office) - unread <= few or (state and state.wrong):
        return None
    visit.work.begin(WORK, visit.office, visit.me, _counted)
    visit.work.wait(WORK, _AT_ONCE)
    state = visit.work.state(WORK)
    if state is None or state.ended:
        return None
    page = rendered("hitungan.html", visit, state=state)
    return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8", headers={"Refresh": str(_AGAIN)})


def _counted(office: Office) -> int:
    """Count every case; give how many cannot be."""
    fact_store.facts_of(office)
    return fact_store.uncounted(office)
