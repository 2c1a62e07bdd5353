"""The desk's page of recaps: the neutrality task force by unit, and the published figures of other agencies added up.

Files that were sent by other ways, and keys that changed, are for ``payung rekap``.
"""

from collections.abc import Callable, Mapping

from processor.cases import aggregate_key
from processor.desk import report_periods, work_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.evaluation import recap_text
from processor.evaluation.periods import Period
from processor.evaluation.rollup import Recap
from processor.operations.figures import agency_recap, aggregate_files, register_figures, task_force_recap
from processor.operations.figures.recap_sources import Gathered
from processor.operations.office import Office

WORK = "rekap"
"""The page, and the name of its work among what the desk does beside answering."""
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def recap_page(visit: Visit) -> Sent | str:
    """Make the page of a period. Raises NoSuchPage for no period, PayungError where the office's key is damaged."""
    office, period, state = visit.office, _period(visit), visit.work.state(WORK)
    own, gathered = task_force_recap.recap_of(office, period), _gathered(visit)
    recap = gathered.recap if gathered else None
    chosen = _added_up(visit, recap) if recap else None
    made = rendered(
        "rekap.html",
        visit,
        period=period,
        choices=report_periods.choices(visit, period),
        own=task_force_recap.lists(office, own),
        remark=task_force_recap.REMARK,
        key=aggregate_key.fingerprint(public) if (public := aggregate_files.public_key(office)) else "",
        asked=[one for one in office.settings.rekap.instansi if one.alamat],
        state=state,
        gathered=gathered,
        chosen=chosen,
        heading=recap_text.heading(recap, chosen) if recap and chosen else "",
        lists=[*agency_recap.lists(recap, chosen)] if recap and chosen else [],
        incomplete=recap_text.INCOMPLETE,
    )
    return work_pages.shown(visit, WORK, made)


def begin_recap(visit: Visit) -> Elsewhere:
    """Begin to fetch and add up the figures at the addresses of the settings, unless that is under way."""
    return work_pages.begin(visit, WORK, _fetched)


def recap_file(visit: Visit) -> Sent:
    """Send a recap as a workbook. Raises NoSuchPage where there is none of that name, or nothing was added up."""
    make = _FILES.get(visit.asked["berkas"])
    if make is None:
        raise NoSuchPage("Tidak ada rekap dengan nama itu.")
    name, content = make(visit)
    return Sent(content, _SPREADSHEET, name)


def _own_workbook(visit: Visit) -> tuple[str, bytes]:
    period = _period(visit)
    return f"netralitas-{period}.xlsx", task_force_recap.workbook(
        visit.office, task_force_recap.recap_of(visit.office, period)
    )


def _recap_workbook(visit: Visit) -> tuple[str, bytes]:
    from processor.evaluation import recap_workbook  # noqa: PLC0415 -- a library that only this needs

    found = _gathered(visit)
    chosen = _added_up(visit, found.recap) if found else None
    if found is None or chosen is None:
        raise NoSuchPage("Belum ada yang dijumlahkan. Tekan dahulu tombolnya di halaman Rekap.")
    return f"rekap-{chosen}.xlsx", recap_workbook.workbook(found.recap, chosen)


_FILES: Mapping[str, Callable[[Visit], tuple[str, bytes]]] = {
    "netralitas.xlsx": _own_workbook,
    "instansi.xlsx": _recap_workbook,
}
"""The recaps as files, by name."""


def _fetched(office: Office) -> Gathered:
    return agency_recap.gathered(office.settings, (), (), office.now().date(), office.progress)


def _gathered(visit: Visit) -> Gathered | None:
    """Give what was added up last; None where nothing was since the desk began."""
    state = visit.work.state(WORK)
    return state.result if state and isinstance(state.result, Gathered) else None


def _period(visit: Visit) -> Period:
    """Give the period that the address names, else the year under way. Raises NoSuchPage for one that is none."""
    written = visit.asked.get("periode")
    return report_periods.read(visit, written) if written else register_figures.running_year(visit.office)


def _added_up(visit: Visit, recap: Recap) -> Period | None:
    """Give the period of a recap that is shown: the one that the address names where there is any, else the last."""
    there = [one for one in recap.periods if recap.sums(one)]
    named = [one for one in there if str(one) == visit.asked.get("periode")]
    return next(reversed(named or there), None)
