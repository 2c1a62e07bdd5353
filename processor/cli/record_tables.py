"""What the office writes about itself -> tables for a terminal, and JSON. Pure, and without identity."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from processor.cases import office_records
from processor.cases.office_records import Activity, MonitoringNote, OfficeObstacle, PlannedAction, Risk
from processor.cli.text_table import aligned

_WIDEST = 60  # letters of a cell


def activities_text(entries: Sequence[Activity], today: date) -> str:
    """Write the events, and by unit how often it took part in neutrality education."""
    if not entries:
        return "Belum ada kegiatan. Catat: payung kegiatan tambah --jenis sosialisasi --tanggal 2026-07-02 ..."
    rows = [
        (
            f"{one.tanggal}" + (" (rencana)" if one.tanggal > today else ""),
            _words(one.pelatihan or one.jenis),
            _words(one.cara or ""),
            _short(one.sasaran),
            ", ".join(one.unit),
            "" if one.hadir is None else str(one.hadir),
        )
        for one in entries
    ]
    lines = aligned(("TANGGAL", "KEGIATAN", "CARA", "SASARAN", "UNIT", "HADIR"), rows)
    if counted := office_records.education_by_unit(entries, today):
        by_unit = [(one.unit, str(one.events), str(one.shared), str(one.people)) for one in counted]
        lines += ["", "Edukasi netralitas per unit (HADIR: dari kegiatan unit itu sendiri)"]
        lines += aligned(("UNIT", "KEGIATAN", "BERSAMA UNIT LAIN", "HADIR"), by_unit)
    return "\n".join(lines)


def risks_text(entries: Sequence[Risk], today: date) -> str:
    """Write the risks with their scores, the highest first."""
    if not entries:
        return "Belum ada risiko. Mulai dari lima risiko awal: payung risiko --mulai --oleh PETUGAS"
    rows = [
        (
            one.kode,
            f"{one.kemungkinan}x{one.dampak}={one.skor}",
            f"{one.ditinjau or '–'}" + (" TINJAU LAGI" if one.review_due(today) else ""),
            _short(one.uraian),
            _short(one.penanganan),
        )
        for one in sorted(entries, key=lambda one: -one.skor)
    ]
    return "\n".join(aligned(("KODE", "SKOR", "DITINJAU", "RISIKO", "PENANGANAN"), rows))


def actions_text(entries: Sequence[PlannedAction], today: date) -> str:
    """Write the action plan as it stands."""
    if not entries:
        return "Belum ada rencana aksi. Catat: payung rencana 2027-1 --tambah --tahun 2027 --aspek 2 ..."
    rows = [
        (one.kode, str(one.tahun), str(one.aspek), action_state(one, today), _short(one.uraian), one.penanggung_jawab)
        for one in entries
    ]
    return "\n".join(aligned(("KODE", "TAHUN", "ASPEK", "KEADAAN", "RENCANA", "PENANGGUNG JAWAB"), rows))


def action_state(one: PlannedAction, today: date) -> str:
    """Say in words how far an action is."""
    if one.selesai:
        return f"selesai {one.selesai}"
    due = f"sampai {one.tenggat}" if one.tenggat else "tanpa tenggat"
    return f"{due} TERLAMBAT" if one.late(today) else due


def obstacles_text(entries: Sequence[tuple[int, OfficeObstacle]]) -> str:
    """Write the obstacles of the office, each with the number by which a command means it."""
    if not entries:
        return "Belum ada hambatan kantor. Catat: payung hambatan --jenis teknis --uraian ... --oleh PETUGAS"
    rows = [
        (
            str(at),
            f"{one.tanggal}",
            _words(one.jenis),
            f"teratasi {one.selesai}" if one.selesai else "belum",
            _short(one.uraian),
            _short(one.tindakan),
        )
        for at, one in entries
    ]
    return "\n".join(aligned(("BUTIR", "TANGGAL", "JENIS", "KEADAAN", "HAMBATAN", "TINDAKAN"), rows))


def monitoring_text(entries: Sequence[MonitoringNote]) -> str:
    """Write the notes of the neutrality task force."""
    if not entries:
        return "Belum ada catatan pemantauan netralitas."
    rows = [(f"{one.tanggal}", one.unit, _short(one.catatan)) for one in entries]
    return "\n".join(aligned(("TANGGAL", "UNIT", "CATATAN"), rows))


def records_data(entries: Iterable[Activity | Risk | PlannedAction | OfficeObstacle | MonitoringNote]) -> list[Any]:
    """Give entries as JSON, risks with their score; keys of the office's own are left out."""
    return [
        {name: one.model_dump(mode="json", include={name})[name] for name in type(one).model_fields}
        | ({"skor": one.skor} if isinstance(one, Risk) else {})
        for one in entries
    ]


def _words(word: str) -> str:
    return word.replace("_", " ")


def _short(text: str) -> str:
    """Write the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
