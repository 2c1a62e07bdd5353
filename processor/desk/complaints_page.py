"""The desk's page of complaints: a list apart from the requests, of what the officer may see, without a word of any."""

from processor.desk.visit import Visit, rendered
from processor.foundation.indonesian_dates import tanggal
from processor.operations.complaints import complaint_duties


def complaints_page(visit: Visit) -> str:
    """Make the page: what is still to be done first, then what is done."""
    rows = [row for row in complaint_duties.visible(visit.office, visit.me) if row.standing]
    sections = {"Terbuka": [row for row in rows if row.open], "Selesai": [row for row in rows if not row.open]}
    days = {row.number: tanggal(row.standing.due) for row in rows if row.standing and row.standing.due}
    shown = {title: some for title, some in sections.items() if some}
    return rendered("pengaduan.html", visit, sections=shown, days=days)
