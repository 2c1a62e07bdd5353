"""What the office writes about itself, as lists that a page or a terminal shows: columns, and cells in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from processor.cases import office_records
from processor.cases.office_record_files import Records
from processor.cases.office_records import Activity, MonitoringNote, OfficeObstacle, PlannedAction, Risk
from processor.foundation.indonesian_dates import tanggal


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list: what it is, its columns and rows, and what is said where there is no row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


def activities(entries: Sequence[Activity], today: date) -> RecordList:
    """List the events, those still to come marked as planned."""
    rows = tuple(
        (
            tanggal(one.tanggal) + (" (rencana)" if one.tanggal > today else ""),
            _words(f"{one.jenis}: {one.pelatihan}" if one.pelatihan else one.jenis),
            _words(one.cara or ""),
            one.sasaran,
            ", ".join(one.unit),
            "" if one.hadir is None else str(one.hadir),
        )
        for one in entries
    )
    empty = "Belum ada kegiatan. Catat: payung kegiatan tambah --jenis sosialisasi --tanggal 2026-07-02 ..."
    return RecordList("Kegiatan", ("Tanggal", "Kegiatan", "Cara", "Sasaran", "Unit", "Hadir"), rows, empty)


def education(entries: Sequence[Activity], today: date) -> RecordList:
    """List by unit how often it took part in neutrality education."""
    rows = tuple(
        (one.unit, str(one.events), str(one.shared), str(one.people))
        for one in office_records.education_by_unit(entries, today)
    )
    columns = ("Unit", "Kegiatan", "Bersama unit lain", "Hadir pada kegiatan sendiri")
    return RecordList("Edukasi netralitas per unit", columns, rows, "Belum ada edukasi netralitas yang menyebut unit.")


def risks(entries: Sequence[Risk], today: date) -> RecordList:
    """List the risks with their scores, the highest first."""
    rows = tuple(
        (
            one.kode,
            f"{one.kemungkinan}x{one.dampak}={one.skor}",
            (tanggal(one.ditinjau) if one.ditinjau else "belum")
            + (", tinjau lagi" if one.ditinjau and one.review_due(today) else ""),
            one.uraian,
            one.penanganan,
        )
        for one in sorted(entries, key=lambda one: -one.skor)
    )
    empty = "Belum ada risiko. Mulai dari lima risiko awal: payung risiko --mulai --oleh PETUGAS"
    return RecordList("Risiko", ("Kode", "Skor", "Ditinjau", "Risiko", "Penanganan"), rows, empty)


def actions(entries: Sequence[PlannedAction], today: date) -> RecordList:
    """List the action plan as it stands."""
    rows = tuple(
        (one.kode, str(one.tahun), str(one.aspek), state(one, today), one.uraian, one.penanggung_jawab)
        for one in entries
    )
    columns = ("Kode", "Tahun", "Aspek", "Keadaan", "Rencana", "Penanggung jawab")
    empty = "Belum ada rencana aksi. Catat: payung rencana 2027-1 --tambah --tahun 2027 --aspek 2 ..."
    return RecordList("Rencana aksi", columns, rows, empty)


def state(one: PlannedAction, today: date) -> str:
    """Say how far an action is."""
    if one.selesai:
        return f"selesai {tanggal(one.selesai)}"
    due = f"sampai {tanggal(one.tenggat)}" if one.tenggat else "tanpa tenggat"
    return f"{due}, terlambat" if one.late(today) else due


def obstacles(found: Records[OfficeObstacle]) -> RecordList:
    """List the obstacles of the office, each with the number by which a command means it."""
    rows = tuple(
        (
            str(at + 1),
            tanggal(one.tanggal),
            _words(one.jenis),
            f"teratasi {tanggal(one.selesai)}" if one.selesai else "belum teratasi",
            one.uraian,
            one.tindakan,
        )
        for one, (_, at) in zip(found.entries, found.places, strict=True)
    )
    columns = ("Butir", "Tanggal", "Jenis", "Keadaan", "Hambatan", "Tindakan")
    empty = "Belum ada hambatan kantor. Catat: payung hambatan --jenis teknis --uraian ... --oleh PETUGAS"
    return RecordList("Hambatan kantor", columns, rows, empty)


def monitoring(entries: Sequence[MonitoringNote]) -> RecordList:
    """List the notes of the neutrality task force."""
    rows = tuple((tanggal(one.tanggal), one.unit, one.catatan) for one in entries)
    empty = "Belum ada catatan pemantauan netralitas."
    return RecordList("Pemantauan netralitas", ("Tanggal", "Unit", "Catatan"), rows, empty)


def _words(word: str) -> str:
    return word.replace("_", " ")
