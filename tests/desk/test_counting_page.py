"""While many cases are counted for the first time, a page says how far that is; of few, nobody waits."""

import threading
from pathlib import Path

from processor.desk import counting_page, report_pages
from processor.desk.background_work import BackgroundWork
from processor.desk.visit import Sent, Visit
from processor.operations import response_filing
from processor.operations.figures import fact_store
from processor.operations.pass_report import PassReport
from tests.office import response
from tests.story import NUMBER, Story


def test_what_nobody_has_counted_is_counted_beside_the_desk_and_what_cannot_be_read_waits_for_nobody(
    tmp_path: Path,
) -> None:
    story, work, going = Story(tmp_path), BackgroundWork(), threading.Event()
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1), response(2, minute=1)])
    visit = Visit(story.office, "/x/", "kabag", {"periode": "2026-1"}, token="t", signed_in=True, work=work)
    assert fact_store.uncounted(story.office) == 2
    assert counting_page.waiting(visit) is None, "of two nobody waits"
    work.begin(counting_page.WORK, story.office, "kabag", lambda _: going.wait(60))
    page = counting_page.waiting(visit, few=1)
    assert isinstance(page, Sent)
    assert page.headers["Refresh"] == "5"
    assert "Sedang menghitung permohonan" in page.content.decode()
    going.set()
    work.wait(counting_page.WORK, 60)
    (story.office.register.path(NUMBER) / "permohonan.yaml").write_text("a: [", "utf-8")
    counting_page.waiting(visit, few=0)
    work.wait(counting_page.WORK, 60)
    state = work.state(counting_page.WORK)
    assert state
    assert (state.result, fact_store.uncounted(story.office)) == (1, 1)
    assert counting_page.waiting(visit, few=0) is None
    assert "Angka Triwulan I Tahun 2026" in str(counting_page.once_counted(report_pages.report_page)(visit))
