"""The desk's pages of reports: the figures of a quarter or year, the documents made of them, and what is done there.

Figures that must not leave the office as they are stand there only for who may see requests.
"""

from collections.abc import Callable, Mapping

from processor.desk import report_periods
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.evaluation import figure_text
from processor.evaluation.figures import ASPECTS, Figures
from processor.evaluation.periods import Period
from processor.foundation import disk_errors
from processor.foundation.errors import PayungError
from processor.letters.word.report_blocks import WAITING
from processor.operations.figures import figure_release
from processor.operations.reporting import report_duties, report_files, reports, unit_report

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".docx": _DOCX, ".pdf": "application/pdf"}
_WHO = "Pilih dahulu nama Anda di halaman depan. Belum ada yang dibuat."


def report_page(visit: Visit) -> str:
    """Make the page of a period: its figures, its documents and what can be done. Raises NoSuchPage for no period."""
    return _page(visit, report_periods.asked(visit))


def report_act(visit: Visit) -> Elsewhere | str:
    """Do what a button of the page asks; give the page again with what is wrong."""
    period = report_periods.read(visit, visit.posted.text("periode"))
    name = visit.posted.text("tindakan")
    if name not in _ACTS:
        raise NoSuchPage("Tidak ada yang dapat dilakukan dengan nama itu di halaman ini.")
    if not visit.may("buat_laporan"):
        return _page(visit, period, {name: _WHO})
    try:
        _ACTS[name](visit, period)
    except PayungError as error:
        return _page(visit, period, {name: str(error)})
    except OSError as error:
        return _page(visit, period, {name: disk_errors.sentence(error)})
    return Elsewhere(f"{visit.link('laporan')}{'&' if visit.asking else '?'}periode={period}#berkas")


def report_file(visit: Visit) -> Sent:
    """Send a document of a period, or its figures as a file. Raises NoSuchPage where there is none of that name."""
    period, name = report_periods.read(visit, visit.asked["periode"]), visit.asked["berkas"]
    if make := _FIGURE_FILES.get(name):
        return Sent(
            make(visit, report_periods.figures(visit, period)),
            _figure_type(name),
            f"angka-{period}.{name.removeprefix('angka.')}",
        )
    path = next((one for one in report_files.files_of(visit.office, period) if one.name == name), None)
    if path is None:
        raise NoSuchPage(f"Tidak ada berkas {name} untuk {period.title}.")
    return Sent(path.read_bytes(), _TYPES[path.suffix], name)


def _workbook(_: Visit, found: Figures) -> bytes:
    from processor.evaluation import figure_workbook  # noqa: PLC0415 -- a library that only this needs

    return figure_workbook.workbook(found)


_FIGURE_FILES: Mapping[str, Callable[[Visit, Figures], bytes]] = {
    "angka.xlsx": _workbook,
    "angka.docx": lambda visit, found: reports.figures_document(visit.office, found),
    "angka.md": lambda _, found: figure_text.markdown(found).encode(),
}
"""The figures of a period as files, by name."""


def _figure_type(name: str) -> str:
    """Give the media type of a file of figures."""
    return {"angka.md": "text/markdown; charset=utf-8", "angka.docx": _DOCX}.get(name, "application/octet-stream")


def _make(visit: Visit, period: Period) -> None:
    reports.make(visit.office, visit.person, period)


def _make_pdf(visit: Visit, period: Period) -> None:
    if not report_files.digest(visit.office, period):
        raise PayungError(f"Laporan {period.title} belum dibuat.")
    report_files.make_pdf(visit.office, visit.person, period)


def _take_in(visit: Visit, period: Period) -> None:
    file = visit.posted.files.get("berkas")
    if file is None or not file.content:
        raise PayungError("Pilih dahulu berkas Word-nya.")
    report_files.take_in(visit.office, visit.person, period, file.content, visit.posted.text("sidik"))


def _make_unit(visit: Visit, period: Period) -> None:
    unit_report.make(visit.office, visit.person, visit.posted.text("unit"), period)


def _declare(visit: Visit, period: Period) -> None:
    report_files.declare_done(visit.office, visit.person, period)


_ACTS: Mapping[str, Callable[[Visit, Period], None]] = {
    "buat": _make, "pdf": _make_pdf, "unggah": _take_in, "unit": _make_unit, "selesai": _declare,
}  # fmt: skip
"""What the buttons of the page do, each as the command does it."""


def _page(visit: Visit, period: Period, wrong: Mapping[str, str] | None = None) -> str:
    """Make the page of a period, with what is ``wrong`` beside the form that it was said of."""
    office, found = visit.office, report_periods.figures(visit, period)
    return rendered(
        "laporan.html",
        visit,
        period=period,
        choices=report_periods.choices(visit, period),
        due=report_duties.listed(office),
        found=found,
        aspects={title: some for aspect, title in ASPECTS.items() if (some := found.of_aspect(aspect))},
        text=figure_text,
        files=[one.name for one in report_files.files_of(office, period)],
        digest=report_files.digest(office, period),
        report=report_files.report_of(office, period).name,
        waiting=_waiting(visit, period),
        mark=WAITING,
        done=report_files.is_done(report_files.events(office), period),
        units=office.settings.unit,
        published=_published(visit, period),
        wrong=wrong or {},
    )


def _waiting(visit: Visit, period: Period) -> int | str | None:
    """Count the places of the report that wait for a person; None without a report, a sentence for one unreadable."""
    if not report_files.digest(visit.office, period):
        return None
    try:
        return report_files.places_waiting(visit.office, period)
    except PayungError as error:
        return str(error)


def _published(visit: Visit, period: Period) -> bool | None:
    """Tell whether the figures of a period are published; None where that cannot be told."""
    try:
        return any(one.period == period for one in figure_release.state_of(visit.office).published)
    except PayungError:
        return None
