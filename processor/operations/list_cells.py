"""Cases as the cells of a table that is taken away (XLSX, CSV): no identity, and no word of an applicant. Pure."""

from processor.operations.case_row import CaseRow

COLUMNS = (
    "Nomor", "Status", "Berikutnya", "Petugas", "Diajukan", "Diterima", "Tenggat langkah", "Tenggat janji", "Bentuk",
    "Topik", "Kanal", "Tanggal dekat", "Hambatan", "Keberatan", "Lanjutan dari", "Temuan", "Perlu dibetulkan",
)  # fmt: skip


def cells(one: CaseRow) -> tuple[str | int, ...]:
    """Give one line of the list as cells, one for each of ``COLUMNS``; what is late follows from the day."""
    words = (one.service, one.topic, one.channel)
    service, topic, channel = (word.replace("_", " ") for word in words)
    return (
        one.number, one.status.replace("_", " "), one.duty, ", ".join(one.holders), minute(one.sent),
        minute(one.received), minute(one.due), minute(one.promise), service, topic, channel, one.urgent,
        one.obstacles.replace(" ", ", ").replace("_", " "), one.objection.replace("_", " "), one.follows,
        one.findings, one.wrong,
    )  # fmt: skip


def minute(moment: str) -> str:
    """Write an ISO time to the minute."""
    return moment[:16].replace("T", " ").replace(":", ".")
