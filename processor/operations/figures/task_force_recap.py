"""What the neutrality task force reports by unit, from the office's own records, for people and for programs."""

from typing import Any

from processor.evaluation import task_force
from processor.evaluation.periods import Period
from processor.evaluation.task_force import TaskForceRecap
from processor.foundation import unit_tree
from processor.operations import office_records
from processor.operations.office import Office
from processor.operations.record_lists import RecordList

REMARK = (
    "Kegiatan beberapa unit terhitung sekali pada unit di atas semuanya, dan orangnya hanya di sana, sebab tidak ada "
    "yang tahu berapa dari unit yang mana. PPNPN bukan ASN: edukasinya dihitung, permohonannya tidak dilayani (lihat "
    "halaman Netralitas ASN)."
)
_NOTHING = "Belum ada edukasi netralitas, pelatihan, atau catatan pemantauan pada periode ini."
_COLUMNS = ("Unit", "Edukasi", "Pelatihan", "Hadir", "PPNPN", "Catatan pemantauan")


def recap_of(office: Office, period: Period) -> TaskForceRecap:
    """Count a period up to today. Raises OSError where the disk refuses."""
    records, today = office_records.read(office), office.now().date()
    above = {unit.kode: unit.induk for unit in office.settings.unit}
    parents = {code: above[code] for code in unit_tree.in_order(office.settings.unit)}
    held = (one for one in records.activities.entries if one.tanggal <= today)
    return task_force.of(held, records.monitoring.entries, parents, period)


def lists(office: Office, found: TaskForceRecap) -> tuple[RecordList, RecordList]:
    """Give the units in which anything was done, and those that no education reached."""
    names = {"": "Semua", **{unit.kode: f"{unit.kode} {unit.nama}" for unit in office.settings.unit}}
    rows = tuple(
        (
            "· " * max(one.depth, 0) + names.get(one.code, f"{one.code} (tidak terdaftar)"),
            *map(str, (one.education, one.training)),
            *("" if count is None else str(count) for count in (one.people, one.non_asn)),
            str(one.notes),
        )
        for one in found.work
        if one.is_any
    )
    missing = tuple((names.get(code, code), str(below) if below else "") for code, below in found.unreached)
    title = f"Gugus tugas netralitas, {found.period.title}"
    return (
        RecordList(title, _COLUMNS, rows, _NOTHING),
        RecordList("Belum ada edukasi netralitas", ("Unit", "Unit di bawahnya"), missing, ""),
    )


def workbook(office: Office, found: TaskForceRecap) -> bytes:
    """Write the lists as a workbook (XLSX)."""
    from processor.evaluation import recap_workbook  # noqa: PLC0415 -- a library that only this needs

    work, missing = lists(office, found)
    sheets = (
        recap_workbook.RecapSheet("Unit", work.columns, work.rows, REMARK),
        recap_workbook.RecapSheet("Belum ada edukasi", missing.columns, missing.rows),
    )
    return recap_workbook.of_sheets(work.title, found.period.last, sheets)


def data(found: TaskForceRecap) -> dict[str, Any]:
    """Give it as data that JSON can hold, every unit of the settings with a row."""
    return {
        "periode": str(found.period),
        "unit": [
            {
                "kode": one.code,
                "edukasi": one.education,
                "pelatihan": one.training,
                "hadir": one.people,
                "hadir_ppnpn": one.non_asn,
                "catatan": one.notes,
            }
            for one in found.work
        ],
        "belum_ada_edukasi": [{"kode": code, "di_bawahnya": below} for code, below in found.unreached],
    }
