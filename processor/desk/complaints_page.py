"""The desk's pages of complaints, apart from the requests: the list, and one of them with its steps.

Whoever is complained about is answered as if there were none. What was said is opened only for a reason that the
journal keeps, and stands in no address, title or file of the desk's.
"""

from typing import Any

from processor.cases import complaint_register
from processor.cases.complaint_register import FiledComplaint
from processor.desk import complaint_forms, step_fields, wording
from processor.desk.complaint_forms import ComplaintForm
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.operations.complaints import complaint_acts, complaint_drafts, complaint_duties, complaint_intake
from processor.operations.complaints.complaint_duties import ComplaintRow

_SHOWN = 60  # seconds
_HTML = "text/html; charset=utf-8"
_NOT_NOW = "Langkah ini tidak dapat diambil sekarang: pengaduannya sudah lain, atau bukan giliran Anda."
_NOT_YOURS = "Pilih dahulu nama Anda di halaman depan; yang mencatat pengaduan ialah petugas layanan."


def complaints_page(visit: Visit) -> str:
    """Make the page: what who looks was typing, what is still to be done, then what is done."""
    rows = [row for row in complaint_duties.visible(visit.office, visit.me) if row.standing]
    sections = {"Terbuka": [row for row in rows if row.open], "Selesai": [row for row in rows if not row.open]}
    days = {row.number: tanggal(row.standing.due) for row in rows if row.standing and row.standing.due}
    shown = {title: some for title, some in sections.items() if some}
    drafts = complaint_drafts.left(visit.office, visit.me) if visit.may("tindak_pengaduan") else []
    return rendered("pengaduan.html", visit, sections=shown, days=days, drafts=drafts)


def complaint_page(visit: Visit) -> str:
    """Make the page of one complaint. Raises NoSuchPage where there is none for who looks."""
    return _page(visit, _seen(visit))


def take_step(visit: Visit) -> Elsewhere | Sent | str:
    """Take a step of a complaint, once what goes out was confirmed; give the page again with what is wrong."""
    row = _seen(visit)
    form = next((one for one in _forms(visit, row) if one.name == visit.asked["step"]), None)
    if form is None:
        return _page(visit, row, stops=[_NOT_NOW])
    today = visit.office.now().date()
    if wrong := {one.name: said for one in form.fields if (said := step_fields.gap(one, visit.posted, today))}:
        return _page(visit, row, typed=form.name, wrong=wrong)
    confirmed = visit.posted.text("tahap") == "pasti" and visit.posted.text("riwayat") == _history(visit, row.number)
    if form.goes_out and not confirmed:
        return Sent(_page(visit, row, confirms=form).encode("utf-8", "replace"), _HTML)
    try:
        form.take(visit, row.number)
    except BrokenFiles as error:
        return _page(visit, row, typed=form.name, stops=[wording.in_desk_words(one) for one in error.problems])
    except PayungError as error:
        return _page(visit, row, typed=form.name, stops=[str(error)])
    return Elsewhere(visit.link(f"pengaduan/{row.number}", "tercatat"))


def open_words(visit: Visit) -> Sent | str:
    """Show for a minute what a complaint says and who says it, once the journal says who opened it and why."""
    row, form = _seen(visit), complaint_forms.opening()
    if not visit.may("tindak_pengaduan"):
        return _page(visit, row, stops=[_NOT_YOURS])
    try:
        content = complaint_acts.open_words(visit.office, row.number, visit.person, visit.posted.text("alasan"))
    except PayungError as error:
        return _page(visit, row, typed=form.name, wrong={"alasan": str(error)})
    page = rendered("pengaduan-isi.html", visit, number=row.number, content=content)
    hides = {"Refresh": f"{_SHOWN}; url={visit.link(f'pengaduan/{row.number}')}"}
    return Sent(page.encode("utf-8", "replace"), _HTML, headers=hides)


def _seen(visit: Visit) -> ComplaintRow:
    """Give the complaint that is asked for. Raises NoSuchPage where there is none for who looks."""
    rows = (row for row in complaint_duties.visible(visit.office, visit.me) if row.standing)
    found = next((row for row in rows if row.number == visit.asked["number"]), None)
    if found is None:
        raise NoSuchPage("Pengaduan itu tidak ada, atau tidak tampil bagi Anda.")
    return found


def _forms(visit: Visit, row: ComplaintRow) -> tuple[ComplaintForm, ...]:
    """Give the forms of what can be done with a complaint now."""
    found, standing = row.complaint, row.standing
    return complaint_forms.possible(visit, found, standing.status) if found and standing else ()


def _history(visit: Visit, number: str) -> str:
    """Give what changes with everything that happens to a complaint: what was confirmed is what was shown."""
    return str(len(complaint_register.read(visit.office.register, number).events))


def _page(visit: Visit, row: ComplaintRow, **told: Any) -> str:
    """Make the page of one complaint, without a word of it."""
    office = visit.office
    filed = complaint_register.read(office.register, row.number)
    told = {"typed": "", "wrong": {}, "stops": (), "confirms": None} | told
    return rendered(
        "pengaduan-satu.html",
        visit,
        row=row,
        found=row.complaint,
        due=tanggal(row.standing.due) if row.standing and row.standing.due else "",
        days={step: tanggal(day) for step, day in complaint_intake.promised_days(office, row.number).items()},
        forms=_forms(visit, row),
        opening=complaint_forms.opening(),
        given=visit.posted,
        problems=_problems(visit, filed),
        events=[(event, complaint_duties.happened(event)) for event in filed.events],
        history=_history(visit, row.number),
        letters=[*_letters(visit, row.number)],
        **told,
    )


def _problems(visit: Visit, filed: FiledComplaint) -> list[str]:
    """Say what is to be mended in the file of a complaint."""
    broken = filed.broken(complaint_duties.rules_of(visit.office).staff)
    return [wording.in_desk_words(one) for one in (*filed.problems, *broken)]


def _letters(visit: Visit, number: str) -> list[str]:
    """Give where the letters about a complaint lie; they hold a name, so only that is shown."""
    folder = complaint_register.path(visit.office.register, number) / "keluar"
    return [str(path) for path in sorted(folder.glob("*")) if path.suffix in {".docx", ".pdf"}]
