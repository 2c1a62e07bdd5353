"""What an applicant reads of a case: its history, what comes next and by when, in codes. See ``applicant_status``.

No officer's name and no note between officers goes in.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from processor.cases import (
    answers,
    applicant_messages,
    deadlines,
    journal,
    objections,
    registration_numbers,
    sendable_messages,
)
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OBJECTED, OVER, Derived
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation import working_days
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings_agency import ServiceHours
from processor.operations import overview
from processor.operations.office import Office
from processor.operations.status_store import UndatedStatus
from processor.site import sealed_files, status_sentences
from processor.site.status_sentences import sentences

_MAILS = {"dijawab", "ditolak", "keberatan_dijawab"}  # the kinds of mail that carry a letter
_QUIET = "pertanyaan_ditangani"
_NOTES = 3  # notes of the office that are shown, the last ones
_PLACE = 300  # letters of an appointment's place, or of the address of its video


@dataclass(frozen=True, slots=True)
class FollowedCase:
    """A case that a code opens, until the ``last`` day; ``files`` are its answer, by the names to save them under.

    ``place`` is the name, in this publication, of the file that holds every answer for this code.
    """

    filed: Filed
    case: CaseFile
    seen: Derived
    last: date | None
    files: Mapping[str, bytes]
    place: str

    @property
    def locator(self) -> str:
        """The public half of the code by which its status is found."""
        return self.case.balasan.kode_lacak

    @property
    def recipient(self) -> str:
        """To whom its status is sealed."""
        return self.case.balasan.kunci_balasan

    @property
    def delivered(self) -> bool:
        """Whether the decision has left the office."""
        return delivered(self.case, self.seen)

    @property
    def rejected(self) -> bool:
        """Whether the applicant may read that the request was rejected."""
        shown = self.delivered or self.seen.status in {"ditolak", *OBJECTED}
        return self.case.verifikasi.keputusan == "ditolak" and shown


def delivered(case: CaseFile, seen: Derived) -> bool:
    """Tell whether the decision has left the office."""
    return seen.status in DELIVERED or (seen.status == "diarsipkan" and case.penyampaian.tanggal is not None)


def may_vote(office: Office, case: CaseFile, seen: Derived) -> bool:
    """Tell whether the applicant may judge the service: the request was answered, and the site takes votes."""
    answered = delivered(case, seen) and case.verifikasi.keputusan != "ditolak"
    return answered and office.settings.situs.formulir_sendiri == "ya"


def as_json(data: Mapping[str, Any]) -> bytes:
    """Write what is sealed, as short as it can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def minute(moment: datetime) -> int:
    """Give the minutes since 1970 (UTC) of ``moment``, which is aware."""
    return int(moment.timestamp() // 60)


def history(told: Iterable[tuple[datetime, str]]) -> str:
    """Write what happened, oldest first: the code of each sentence and the minutes since the one before, or since 1970.

    Args:
        told: When, and the place of the sentence in ``status_sentences``; one that follows itself is left out.
    """
    parts, before, last = list[str](), 0, ""
    for moment, place in told:
        if place != last:
            parts.append(f"{status_sentences.codes()[place]}{minute(moment) - before}")
            before, last = minute(moment), place
    return "".join(parts)


def undated(office: Office, one: FollowedCase) -> UndatedStatus:
    """Write what the applicant reads, but for what depends on the moment."""
    check, stage, service = one.case.verifikasi, one.seen.status, office.settings.layanan
    here, shown = office.settings.situs.formulir_sendiri == "ya", _shown(one)
    waits = shown == "menunggu_kelengkapan"
    words = {
        "tahap": shown,
        "lanjutan": earlier if registration_numbers.PATTERN.match(earlier := one.case.lanjutan_dari) else "",
        "riwayat": history(_told(one)),
        "selanjutnya": other if (other := _next(one, here=here)) != {"kode": shown} else None,
        "kekurangan": list(filter(None, check.kekurangan)) if waits else [],
        "tenggat": _completed_by(office, check.tanggal) if waits else {},
        "alasan": check.alasan if one.rejected else "",
        "berkas": one.place if one.files else "",
        "jadwal": [] if stage in DELIVERED | OVER else list(_meetings(one.case, service)),
    }
    words |= _messages(one, here=here)
    runs = None if shown == "ditarik" else overview.deadlines_of(office, one.filed, one.seen)
    limits = (runs.target.at, runs.promise.at) if runs else (None, None)
    target, whole = (moment.isoformat() if moment else "" for moment in limits)
    return UndatedStatus(one.locator, one.recipient, begun(one.filed.number, words), target, whole)


def _shown(one: FollowedCase) -> str:
    """Name how the case stands to its applicant, who may have withdrawn it, or have its objection answered."""
    if _withdrawn(one):
        return "ditarik"
    if not one.rejected or one.seen.status in OBJECTED:
        return one.seen.status
    return "keberatan_dijawab" if answers.answer_letter(one.case).part == "keberatan" else "ditolak"


def _withdrawn(one: FollowedCase) -> Event | None:
    """Give the withdrawal of what is not answered yet, as long as it can be undone; None where there is none."""
    pending = applicant_messages.pending_withdrawal(one.filed.events)
    return None if one.seen.status in {*DELIVERED, *OVER} else pending


def _completed_by(office: Office, asked: date | None) -> dict[str, Any]:
    """Say by which day the applicant sends what was missing when they were ``asked``; nothing where no limit is set."""
    service = office.settings.layanan
    if not service.batas_kelengkapan or not asked:
        return {}
    hours = deadlines.counting_hours(service)
    last = working_days.day_after(asked, service.batas_kelengkapan, office.calendar, hours)
    return {"kode": "kelengkapan", "hari": last.isoformat()}


def begun(number: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Begin a status of what ``number`` names, with those of its ``words`` that say something."""
    return {"versi": sealed_files.VERSION, "nomor": number} | {key: value for key, value in words.items() if value}


def _messages(one: FollowedCase, *, here: bool) -> dict[str, Any]:
    """Give what the applicant can send now, and what the office wrote to them."""
    events = one.filed.events
    kinds = sendable_messages.sendable(one.case, events, one.seen.status) if here else ()
    said = [{"tanggal": tanggal(note.tanggal), "isi": note.isi} for note in one.seen.notes[-_NOTES:] if note.tanggal]
    return {"kirim": list(kinds), "pesan": said}


def _meetings(case: CaseFile, service: ServiceHours) -> Iterator[dict[str, Any]]:
    """Give each open appointment as the applicant reads of it: when, how and where, never with whom."""
    for one in case.jadwal:
        begins = one.begins(service.zone)
        if begins and one.cara and one.selesai == "tidak":
            place = {"tempat": _cut(one.tempat, _PLACE)} if one.tempat else {}
            yield {"kode": one.cara, "waktu": minute(begins), **place}


def _cut(words: str, most: int) -> str:
    """Keep at most ``most`` letters, and a sign that there were more."""
    return words if len(words) <= most else words[:most].rstrip() + "…"


def dated(one: UndatedStatus, now: datetime) -> dict[str, Any]:
    """Write what the applicant reads at ``now``; an appointment that was then is left out."""
    ahead = [one for one in one.words.get("jadwal", ()) if one["waktu"] > minute(now)]
    words = {**one.words, "jadwal": ahead, "tenggat": one.words.get("tenggat") or _by_when(one, now)}
    return {key: value for key, value in words.items() if value}


def _told(one: FollowedCase) -> Iterator[tuple[datetime, str]]:
    """Tell what happened, oldest first, by the places of the sentences."""
    sent = deadlines.sent(one.case)
    if sent:
        yield sent, "peristiwa.diajukan"
    yield one.case.diterima, "peristiwa.didaftar" if sent else "peristiwa.didaftar_tanpa_waktu"
    for number, event in enumerate(one.filed.events):
        if place := _sentence(one, event, one.filed.events[number + 1 :]):
            yield event.time, place


def _sentence(one: FollowedCase, event: Event, later: Sequence[Event]) -> str:
    """Find the sentence for an event, "" for what is the office's own; ``later`` ones tell what came of it."""
    if event.kind != "status":
        kind = _QUIET if _closes_question(one, event) else event.kind
        kind = kind if applicant_messages.counts(event) else _late(one, event)
        name = f"{kind}_{event.data.get('putusan', '')}".rstrip("_")
        told = kind != journal.FILING and name in sentences()["peristiwa"]  # it was told as received
        return f"peristiwa.{name}" if told else ""
    if not _goes_out(event):
        return f"tahap.{event.data['menjadi']}"
    return f"cara.{_way(one.case, later)}.{_letter_that_went_out(one, event)}"


def _late(one: FollowedCase, event: Event) -> str:
    """Name the words for a message that changes nothing: an objection that came again finds the first one there."""
    objects = event.kind == applicant_messages.EVENTS["keberatan"]
    return "keberatan_lagi" if objects and sendable_messages.objected(one.case, one.filed.events) else "pesan_terlambat"


def _closes_question(one: FollowedCase, event: Event) -> bool:
    """Tell whether an officer dealt with a question in an event without writing back."""
    asked = {said.data["berkas"] for said in one.filed.events if said.kind == applicant_messages.EVENTS["tanya"]}
    return event.kind == applicant_messages.READ and not asked.isdisjoint(event.data.get("berkas", ()))


def _way(case: CaseFile, later: Sequence[Event]) -> str:
    """Name the words for how a letter goes, by the events after it: no mail is claimed that has not gone."""
    if case.balasan.jalan != "email" or answers.answer_letter(case).received:
        return case.balasan.jalan
    until_next = takewhile(lambda event: not _goes_out(event), later)
    return "email" if mailed(until_next, _MAILS) else "email_menunggu"


def _goes_out(event: Event) -> bool:
    return event.kind == "status" and event.data["menjadi"] == "disampaikan"


def mailed(events: Iterable[Event], kinds: Collection[str]) -> bool:
    """Tell whether, by the journal, a message of one of these kinds was sent."""
    sent = (one.data for one in events if one.kind == "email" and one.data["keadaan"] == "dikirim")
    return any(data["jenis"] in kinds for data in sent)


def _letter_that_went_out(one: FollowedCase, event: Event) -> str:
    """Tell what went out as the event says: an answer, a rejection, or the answer to an objection."""
    before_objection = objections.received(one.case, one.filed.events)
    if before_objection is None or event.time >= before_objection:
        against = objections.recorded(one.case) is not None and event.data["dari"] in OBJECTED
        return "keberatan" if against else "penolakan" if one.rejected and not before_objection else "jawaban"
    return "penolakan"


def _next(one: FollowedCase, *, here: bool) -> dict[str, Any]:
    """Say what happens next, or what the applicant should do; ``here`` tells whether the site takes additions."""
    if pending := _withdrawn(one):
        return {"kode": "ditarik", "sampai": minute(applicant_messages.undone_until(pending))}
    if one.seen.status == "menunggu_kelengkapan" and not here:
        return {"kode": "serahkan"}
    if _objection_waits(one):
        return {"kode": "keberatan_masuk"}
    if one.files and one.last and one.seen.status in {*DELIVERED, "diarsipkan"}:
        return {"kode": "buka", "sampai": one.last.isoformat()}
    waits = one.seen.status in DELIVERED and not answers.answer_letter(one.case).received
    if not waits:
        return {"kode": one.seen.status}
    events = one.filed.events
    sent = next((place for place, event in reversed([*enumerate(events)]) if _goes_out(event)), -1)
    return {"kode": f"cara.{_way(one.case, events[sent + 1 :])}"}


def _objection_waits(one: FollowedCase) -> bool:
    """Tell whether the applicant has objected with the code, and no officer has recorded it yet."""
    objected = one.rejected and sendable_messages.objected(one.case, one.filed.events)
    return objected and one.delivered and objections.recorded(one.case) is None


def _by_when(one: UndatedStatus, now: datetime) -> dict[str, Any]:
    """Say by when the applicant is answered: the target, then the binding limit, then that it is late."""
    if not one.target or not one.whole:
        return {}
    target, whole = map(datetime.fromisoformat, (one.target, one.whole))
    limit = {"batas": minute(whole)}
    if target == whole or now > whole:
        return {"kode": "hanya_batas" if now <= whole else "lewat"} | limit
    return {"kode": "sasaran" if now <= target else "batas", "sasaran": minute(target)} | limit
