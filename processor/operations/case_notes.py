"""What officers note of a case beside its steps, as changes and in words: obstacles, coordination, appointments."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from processor.cases.case_file import CaseFile, channel_of
from processor.cases.case_parts import Appointment, Coordination, Objection, OverturnedRejection, Retelling, Urgency
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import read_time, tanggal, waktu
from processor.foundation.settings_agency import ServiceHours
from processor.foundation.yaml_editor import SectionChanges

TO_APPLICANT = ("pesan",)
"""Where notes to the applicant stand in a case file, and the name under which a step adds one."""


def obstacle(kind: str, words: str, day: date) -> SectionChanges:
    """Write what hinders a case."""
    return {("hambatan",): {"tanggal": day.isoformat(), "jenis": kind, "uraian": words}}


def ask(to: str, about: str, day: date, until: date | None = None, *, pause: bool = False) -> SectionChanges:
    """Write that another office was asked; ``pause`` where the clock stops until it answers."""
    item = {"kepada": to, "perihal": about, "dikirim": day.isoformat(), "batas": until.isoformat() if until else ""}
    return {("koordinasi",): {key: text for key, text in {**item, "jeda": "ya" if pause else ""}.items() if text}}


def answered(case: CaseFile, to: str, day: date) -> SectionChanges:
    """Write that another office answered: ``to``, or the only one that was asked and has not.

    Raises PayungError where it is not clear which, or where none waits.
    """
    waiting = [at for at, one in enumerate(case.koordinasi) if not one.dijawab and _is_meant(one, to)]
    return answered_at(_only(waiting, "koordinasi yang ditunggu", "--kepada"), day)


def answered_at(place: int, day: date) -> SectionChanges:
    """Write that another office answered: that of the coordination at ``place``, counted from 0."""
    return {("koordinasi", place, "dijawab"): day.isoformat()}


def appoint(begins: datetime, way: str, place: str = "", officer: str = "") -> SectionChanges:
    """Write that somebody is to speak with the applicant; ``begins`` without its zone is on the office's clock."""
    item = {"waktu": f"{begins:%Y-%m-%d %H.%M}", "cara": way, "tempat": place, "dengan": officer}
    return {("jadwal",): {key: text for key, text in item.items() if text}}


def write_to_applicant(words: str, by: str, day: date) -> SectionChanges:
    """Write a note to the applicant, which is read with the code."""
    return {TO_APPLICANT: {"tanggal": day.isoformat(), "oleh": by, "isi": words}}


def end_appointment(case: CaseFile, state: str, begins: datetime | None = None) -> SectionChanges:
    """Write that an appointment took place (``ya``) or is off (``batal``): the one that ``begins`` then, else the only.

    Raises PayungError where it is not clear which, or where none is open.
    """
    meant = [
        at
        for at, one in enumerate(case.jadwal)
        if one.selesai == "tidak" and (begins is None or (one.waktu and one.waktu.replace(tzinfo=None) == begins))
    ]
    return end_appointment_at(_only(meant, "janji temu yang terbuka", "--waktu"), state)


def end_appointment_at(place: int, state: str) -> SectionChanges:
    """Write that an appointment took place (``ya``) or is off (``batal``): that at ``place``, counted from 0."""
    return {("jadwal", place, "selesai"): state}


def moment_in(text: str) -> datetime | None:
    """Read a day with its hour, as people or a form's clock write it, on the office's clock; None for all else."""
    try:
        found: object = datetime.fromisoformat(text)
    except ValueError:
        found = read_time(text)
    return found.replace(tzinfo=None) if isinstance(found, datetime) and (found.hour or found.minute) else None


def _is_meant(one: Coordination, to: str) -> bool:
    """Tell whether an office is the one that was named; any where none was."""
    return not to or one.kepada.casefold() == to.casefold()


def _only(places: Sequence[int], what: str, option: str) -> int:
    """Give the only one of ``places``. Raises PayungError."""
    if not places:
        raise PayungError(f"Tidak ada {what}. Lihat dengan payung lihat.")
    if len(places) > 1:
        raise PayungError(f"Ada {len(places)} {what}. Sebutkan yang mana dengan {option}.")
    return places[0]


def in_words(case: CaseFile, service: ServiceHours) -> Mapping[str, Sequence[str]]:
    """Put what is noted of a case in words, for officers, under a title each; what is not there is left out."""
    found = {
        "Datang lewat": [str(channel_of(case))] if case.kanal else [],
        "Lanjutan dari": [case.lanjutan_dari] if case.lanjutan_dari else [],
        "Tanggal dekat": [_urgency(case.mendesak)] if case.mendesak else [],
        "Hambatan": [_joined(_day(one.tanggal), _plain(one.jenis), one.uraian) for one in case.hambatan],
        "Koordinasi": [_joined(*_coordination(one)) for one in case.koordinasi],
        "Jadwal": [_joined(*_appointment(one, service)) for one in case.jadwal],
        "Pesan kepada pemohon": [_joined(_day(one.tanggal), one.oleh, one.isi) for one in case.pesan],
        "Keberatan atas penolakan": _objection(case.keberatan) if case.keberatan else [],
        "Penolakan yang dibatalkan atas keberatan": _overturned(case.penolakan) if case.penolakan else [],
        "Tanya jawab untuk situs": _publication(case.publikasi) if case.publikasi else [],
        "Mutu kajian": [f"{_plain(name)} {mark}" for name, mark in case.pemeriksaan.mutu.marks.items()]
        if case.pemeriksaan.mutu
        else [],
    }
    return {title: lines for title, lines in found.items() if lines}


def _urgency(one: Urgency) -> str:
    return _joined(_plain(one.perihal), _day(one.tanggal))


def _coordination(one: Coordination) -> Iterator[str]:
    """Give the parts of a coordination in words."""
    yield from (one.kepada, one.perihal, f"dikirim {_day(one.dikirim)}" if one.dikirim else "")
    if one.dijawab:
        yield f"dijawab {_day(one.dijawab)}"
    else:
        yield f"ditunggu sampai {_day(one.batas)}" if one.batas else "ditunggu"
    yield "waktu berhenti selama ditunggu" if one.jeda else ""


def _appointment(one: Appointment, service: ServiceHours) -> Iterator[str]:
    """Give the parts of an appointment in words."""
    begins = one.begins(service.zone)
    yield waktu(begins, service.zone, service.zona_singkat) if begins else ""
    yield from (_plain(one.cara), one.tempat, f"dengan {one.dengan}" if one.dengan else "")
    yield {"ya": "sudah berlangsung", "batal": "batal", "tidak": ""}[one.selesai]


def _objection(one: Objection) -> list[str]:
    """Give an objection in words: what the applicant said, what was decided, what went out."""
    came = f"diterima {_day(one.tanggal)}" if one.tanggal else ""
    decided = _joined(one.putusan or "belum diputus", _day(one.diputus), one.oleh)
    letter = _joined(one.nomor_surat, f"disampaikan {_day(one.disampaikan)}" if one.disampaikan else "")
    return [line for line in (_joined(came, one.alasan), decided, one.pertimbangan, letter) if line]


def _publication(one: Retelling) -> list[str]:
    """Give a retold question and answer in words: who wrote and approved it, and the words."""
    approved = f"disetujui {one.penyetuju} {_day(one.tanggal)}".rstrip() if one.penyetuju else "belum disetujui"
    state = f"dicabut {_day(one.dicabut)}" if one.dicabut else approved
    head = _joined(_plain(one.topik), f"ditulis {one.penulis}" if one.penulis else "", state)
    return [line for line in (head, one.pertanyaan, one.jawaban) if line]


def _overturned(one: OverturnedRejection) -> list[str]:
    """Give the rejection that stood before, in words."""
    sent = f"disampaikan {_day(one.disampaikan)}" if one.disampaikan else ""
    return [_joined(_day(one.tanggal), one.oleh, _plain(one.alasan_jenis), one.alasan, one.nomor_surat, sent)]


def _day(day: date | None) -> str:
    return tanggal(day) if day else ""


def _plain(word: str | None) -> str:
    return (word or "").replace("_", " ")


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))
