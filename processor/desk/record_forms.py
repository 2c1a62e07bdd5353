"""What officers write at the desk into the office's own records: events, risks, the action plan, and monitoring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from processor.cases.case_parts import ObstacleKind
from processor.cases.office_records import ASPECTS, ActivityKind, ActivityWay, TrainingKind
from processor.desk import wording
from processor.desk.office_forms import OfficeForm, asked
from processor.desk.step_fields import AskedField
from processor.desk.visit import Posted, Visit
from processor.foundation.indonesian_dates import tanggal
from processor.operations import office_records, record_acts, record_lists
from processor.operations.office import Office
from processor.operations.office_records import OfficeRecords
from processor.operations.record_lists import RecordList

_SHOWN = 60  # letters of a description in a list of choices


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its title, what it is for, its lists, and the forms that can be filled in now."""

    title: str
    about: str
    lists: Callable[[OfficeRecords, date], tuple[RecordList, ...]]
    forms: Callable[[Office, OfficeRecords], tuple[OfficeForm, ...]]


def _events(office: Office, found: OfficeRecords) -> tuple[OfficeForm, ...]:
    today = office.now().date()
    counts = (
        asked(("", "hadir"), "Berapa orang hadir", "count"),
        AskedField(("", "hadir_ppnpn"), "Di antaranya bukan ASN", "count"),
    )
    add = OfficeForm("tambah", "Catat kegiatan", (*_event_fields(office), *map(_left_open, counts)), _add_event)
    places = zip(found.activities.entries, found.activities.places, strict=True)
    held = {
        path.name: f"{tanggal(one.tanggal)}: {wording.in_words(one.jenis)} {one.sasaran}".strip()
        for one, (path, _) in places
        if one.tanggal <= today
    }
    which = asked(("", "kegiatan"), "Kegiatan", "choice", choices=dict(reversed(held.items())))
    came = OfficeForm("hadir", "Catat yang hadir", (which, *counts), _note_who_came)
    return (add, came) if held else (add,)


def _event_fields(office: Office) -> tuple[AskedField, ...]:
    units = {one.kode: one.nama for one in office.settings.unit}
    fields = (
        asked(("", "jenis"), "Jenis", "choice", choices=_in_words(get_args(ActivityKind))),
        asked(
            ("", "tanggal"), "Tanggal", "day", planned=True, note="Belum tiba? Kegiatannya dihitung sebagai rencana."
        ),
        asked(("", "cara"), "Cara", "choice", choices=_in_words(get_args(ActivityWay))),
        AskedField(("", "tempat"), "Tempat, atau tautannya"),
        AskedField(("", "sasaran"), "Siapa yang dituju", note="Tanpa nama orang."),
        AskedField(("", "materi"), "Apa yang disampaikan", "words"),
        AskedField(
            ("", "pelatihan"), "Bagi pelatihan petugas: yang mana", "choice", choices=_in_words(get_args(TrainingKind))
        ),
        AskedField(("", "umum"), "Tampil pada Kabar di situs sejak", "day", note="Kosong: tidak tampil di situs."),
    )
    return (*fields, AskedField(("", "unit"), "Unit yang ikut", "checks", choices=units)) if units else fields


def _add_event(visit: Visit, posted: Posted) -> None:
    names = ("jenis", "tanggal", "cara", "tempat", "sasaran", "materi", "pelatihan", "umum")
    event: dict[str, Any] = {name: posted.text(name) for name in names if posted.text(name)}
    event |= {"unit": posted.each("unit")} if posted.each("unit") else {}
    event |= {"hadir": None, **_counts(posted)}
    office_records.add_activity(visit.office, visit.person, event)


def _note_who_came(visit: Visit, posted: Posted) -> None:
    office_records.change_activity(visit.office, visit.person, posted.text("kegiatan"), _counts(posted))


def _counts(posted: Posted) -> dict[str, int]:
    return {name: int(posted.text(name)) for name in ("hadir", "hadir_ppnpn") if posted.text(name)}


def _risks(_: Office, found: OfficeRecords) -> tuple[OfficeForm, ...]:
    if not found.risks.entries:
        note = "Lima risiko yang dikenali ketika layanan ini dirancang, untuk Anda sesuaikan."
        return () if found.risks.problems else (OfficeForm("mulai", "Tulis lima risiko awal", (), _start_risks, note),)
    scale = {str(mark): str(mark) for mark in range(1, 6)}
    codes = {one.kode: _short(one.kode, one.uraian) for one in found.risks.entries}
    fields = (
        asked(("", "kode"), "Risiko", "choice", choices=codes),
        AskedField(("", "kemungkinan"), "Kemungkinan sekarang, bila berubah", "choice", choices=scale),
        AskedField(("", "dampak"), "Dampak sekarang, bila berubah", "choice", choices=scale),
    )
    return (OfficeForm("tinjau", "Catat sudah ditinjau", fields, _review_risk),)


def _start_risks(visit: Visit, _: Posted) -> None:
    record_acts.start_risks(visit.office, visit.person)


def _review_risk(visit: Visit, posted: Posted) -> None:
    marks = {name: int(posted.text(name)) for name in ("kemungkinan", "dampak") if posted.text(name)}
    record_acts.review_risk(visit.office, visit.person, posted.text("kode"), marks)


def _actions(office: Office, found: OfficeRecords) -> tuple[OfficeForm, ...]:
    today = office.now().date()
    aspects = {str(number): f"{number} {title}" for number, title in enumerate(ASPECTS, start=1)}
    fields = (
        asked(("", "kode"), "Kode", note=f"Nama pendek, misalnya {today.year + 1}-1; tidak pernah diubah."),
        asked(("", "tahun"), "Tahun dikerjakan", "count", given=str(today.year)),
        asked(("", "aspek"), "Aspek laporan tahunan", "choice", choices=aspects),
        asked(("", "uraian"), "Apa yang dikerjakan", "words"),
        asked(("", "penanggung_jawab"), "Penanggung jawab", note="Jabatan atau tim, bukan nama orang."),
        asked(("", "tenggat"), "Kapan harus selesai", "day"),
    )
    add = OfficeForm("tambah", "Tambah rencana", fields, _add_action)
    waiting = {one.kode: _short(one.kode, one.uraian) for one in found.actions.entries if not one.selesai}
    ends = (
        asked(("", "kode"), "Rencana", "choice", choices=waiting),
        asked(("", "hasil"), "Apa yang dicapai", "words"),
        asked(("", "tanggal"), "Kapan selesai", "day", given=today.isoformat()),
    )
    return (OfficeForm("selesai", "Nyatakan selesai", ends, _finish_action), add) if waiting else (add,)


def _add_action(visit: Visit, posted: Posted) -> None:
    action = {
        "kode": posted.text("kode"),
        "tahun": int(posted.text("tahun")),
        "aspek": int(posted.text("aspek")),
        "uraian": posted.text("uraian"),
        "penanggung_jawab": posted.text("penanggung_jawab"),
    }
    record_acts.add_action(visit.office, visit.person, action, date.fromisoformat(posted.text("tenggat")))


def _finish_action(visit: Visit, posted: Posted) -> None:
    done = date.fromisoformat(posted.text("tanggal"))
    record_acts.finish_action(visit.office, visit.person, posted.text("kode"), done, posted.text("hasil"))


def _monitoring(office: Office, _: OfficeRecords) -> tuple[OfficeForm, ...]:
    units = {one.kode: one.nama for one in office.settings.unit}
    which = asked(("", "unit"), "Unit", "choice", choices=units) if units else asked(("", "unit"), "Kode unit")
    day = asked(("", "tanggal"), "Kapan dipantau", "day", given=office.now().date().isoformat())
    note = asked(
        ("", "catatan"), "Apa yang dipantau dan dilakukan", "words", note="Yang dicatat unitnya, bukan orangnya."
    )
    return (OfficeForm("tambah", "Catat pemantauan", (which, day, note), _add_monitoring),)


def _add_monitoring(visit: Visit, posted: Posted) -> None:
    day = date.fromisoformat(posted.text("tanggal"))
    record_acts.add_monitoring(visit.office, visit.person, day, posted.text("unit"), posted.text("catatan"))


def _obstacles(office: Office, found: OfficeRecords) -> tuple[OfficeForm, ...]:
    today = office.now().date().isoformat()
    fields = (
        asked(("", "jenis"), "Jenis", "choice", choices=_in_words(get_args(ObstacleKind))),
        asked(("", "uraian"), "Apa yang menghambat seluruh kantor", "words"),
        asked(("", "tanggal"), "Sejak kapan", "day", given=today),
        AskedField(("", "tindakan"), "Apa yang dilakukan terhadapnya", "words"),
    )
    add = OfficeForm("tambah", "Catat hambatan kantor", fields, _add_obstacle)
    places = zip(found.obstacles.entries, found.obstacles.places, strict=True)
    there = {f"{at + 1}-{one.tanggal}": _short(str(at + 1), one.uraian) for one, (_, at) in places if not one.selesai}
    ends = (
        asked(("", "butir"), "Hambatan", "choice", choices=there),
        asked(("", "tanggal"), "Kapan teratasi", "day", given=today),
        AskedField(("", "tindakan"), "Apa yang dilakukan terhadapnya", "words"),
    )
    return (OfficeForm("teratasi", "Nyatakan teratasi", ends, _solve_obstacle), add) if there else (add,)


def _add_obstacle(visit: Visit, posted: Posted) -> None:
    day = date.fromisoformat(posted.text("tanggal"))
    told = (posted.text(name) for name in ("jenis", "uraian", "tindakan"))
    record_acts.add_obstacle(visit.office, visit.person, day, *told)


def _solve_obstacle(visit: Visit, posted: Posted) -> None:
    day = date.fromisoformat(posted.text("tanggal"))
    place = int(posted.text("butir").partition("-")[0]) - 1
    record_acts.solve_obstacle(visit.office, visit.person, place, day, posted.text("tindakan"))


def _left_open(one: AskedField) -> AskedField:
    """Give a field that may stay empty."""
    return AskedField(one.place, one.title, one.kind)


def _short(code: str, words: str) -> str:
    return f"{code}: {words if len(words) <= _SHOWN else f'{words[:_SHOWN]}…'}"


def _in_words(keys: tuple[str, ...]) -> dict[str, str]:
    return {key: wording.in_words(key) for key in keys}


KINDS: Mapping[str, RecordKind] = {
    "kegiatan": RecordKind(
        "Kegiatan",
        "Sosialisasi, pelatihan petugas, dan edukasi netralitas, dengan berapa orang yang terjangkau.",
        lambda found, today: (
            record_lists.activities(found.activities.entries, today),
            record_lists.education(found.activities.entries, today),
        ),
        _events,
    ),
    "rencana": RecordKind(
        "Rencana aksi",
        "Setiap rekomendasi laporan menjadi satu butir; laporan berikutnya memeriksa mana yang sudah selesai.",
        lambda found, today: (record_lists.actions(found.actions.entries, today),),
        _actions,
    ),
    "risiko": RecordKind(
        "Risiko",
        "Skor ialah kemungkinan kali dampak. Setiap risiko ditinjau setahun sekali.",
        lambda found, today: (record_lists.risks(found.risks.entries, today),),
        _risks,
    ),
    "hambatan": RecordKind(
        "Hambatan kantor",
        "Yang menghambat seluruh kantor. Yang menghambat satu permohonan dicatat di halaman permohonan itu.",
        lambda found, _: (record_lists.obstacles(found.obstacles),),
        _obstacles,
    ),
    "pemantauan": RecordKind(
        "Pemantauan netralitas",
        "Catatan gugus tugas netralitas, per unit.",
        lambda found, _: (record_lists.monitoring(found.monitoring.entries),),
        _monitoring,
    ),
}
"""Every kind that has a page, by its address."""
