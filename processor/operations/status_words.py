"""What an applicant reads of a case: its words, its history, what comes next and by when. See ``applicant_status``.

No officer's name and no note between officers goes in.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from processor.cases import answers, applicant_messages, deadlines, objections, sendable_messages
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OBJECTED, OVER, Derived
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation.indonesian_dates import tanggal, waktu
from processor.foundation.settings_agency import ServiceHours
from processor.operations import overview
from processor.operations.office import Office
from processor.operations.status_store import UndatedStatus
from processor.site import sealed_files

WORDS_FILE = Path(__file__).with_name("status_words.yaml")
_MAILS = {"dijawab", "ditolak", "keberatan_dijawab"}  # the kinds of mail that carry a letter
_NOTES = 3  # notes of the office that are shown, the last ones
_PLACE = 300  # letters of an appointment's place, or of the address of its video
_iso = partial(datetime.isoformat, timespec="seconds")


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


def fitting(status: Mapping[str, Any]) -> bytes:
    """Give a status as JSON that fits its entry."""
    return next(made for shorter in _shorter(status) if len(made := as_json(shorter)) <= sealed_files.STATUS_SIZE)


def _shorter(status: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give a status as it is, then ever shorter; in the end it fits whatever its letters are."""
    lines, missing, reason = status["riwayat"], "\n".join(status["kekurangan"]), status["alasan"]
    for first in range(len(lines)):
        yield {**status, "riwayat": lines[first:]}
    for most in (2000, 1000, 500, 250):
        words = {"kekurangan": _cut(missing, most).split("\n"), "alasan": _cut(reason, most)}
        yield {**status, "riwayat": lines[-1:], **words}


def _cut(words: str, most: int) -> str:
    """Keep at most ``most`` letters, and a sign that there were more."""
    return words if len(words) <= most else words[:most].rstrip() + "…"


@cache
def sentences() -> Mapping[str, Any]:
    """Read the words of statuses, on first use."""
    words: Mapping[str, Any] = yaml.safe_load(WORDS_FILE.read_text("utf-8"))
    return words


def undated(office: Office, one: FollowedCase) -> UndatedStatus:
    """Write what the applicant reads, but for what depends on the moment."""
    check, stage, service = one.case.verifikasi, one.seen.status, office.settings.layanan
    waits = stage == "menunggu_kelengkapan"
    here = office.settings.situs.formulir_sendiri == "ya"
    words = {
        "versi": 1,
        "nomor": one.filed.number,
        "status": sentences()["tahap"]["ditolak" if one.rejected and stage not in OBJECTED else stage]["kata"],
        "diperbarui": "",
        "riwayat": [{"waktu": _iso(time.astimezone(service.zone)), "kalimat": said} for time, said in _told(one)],
        "selanjutnya": _next(one, here=here).replace("{pemeriksa}", service.pelaksana.pemeriksa),
        "tenggat": "",
        "kekurangan": list(filter(None, check.kekurangan)) if waits else [],
        "susulan": waits and here,
        "alasan": check.alasan if one.rejected else "",
        "jawaban": {"berlaku_sampai": tanggal(one.last) if one.last else "", "berkas": one.place}
        if one.files
        else None,
    }
    words |= _messages(one, here=here)
    if meetings := [] if stage in DELIVERED | OVER else list(_meetings(one.case, service)):
        words["jadwal"] = meetings
    runs = overview.deadlines_of(office, one.filed, one.seen)
    limits = (runs.target.at, runs.promise.at) if runs else (None, None)
    target, whole = (moment.isoformat() if moment else "" for moment in limits)
    return UndatedStatus(one.locator, one.recipient, words, target, whole)


def _messages(one: FollowedCase, *, here: bool) -> dict[str, Any]:
    """Give what the applicant can send now, until when a withdrawal can be undone, and what the office wrote."""
    events = one.filed.events
    kinds = sendable_messages.sendable(one.case, events, one.seen.status) if here else ()
    pending = applicant_messages.pending_withdrawal(events) if "urungkan" in kinds else None
    said = [{"tanggal": tanggal(note.tanggal), "isi": note.isi} for note in one.seen.notes[-_NOTES:] if note.tanggal]
    found = {
        "kirim": list(kinds),
        "urung_sampai": _iso(applicant_messages.undone_until(pending)) if pending else "",
        "pesan": said,
    }
    return {key: value for key, value in found.items() if value}


def _meetings(case: CaseFile, service: ServiceHours) -> Iterator[tuple[str, str]]:
    """Give when each open appointment begins (ISO 8601) and what the applicant reads of it: never with whom."""
    for one in case.jadwal:
        begins, words = one.begins(service.zone), sentences()["jadwal"]
        if begins and one.cara and one.selesai == "tidak":
            place = words["tempat"].format(tempat=_cut(one.tempat, _PLACE)) if one.tempat else ""
            said = words[one.cara].format(waktu=waktu(begins, service.zone, service.zona_singkat))
            yield _iso(begins), f"{said}{place}"


def dated(office: Office, one: UndatedStatus, now: datetime) -> dict[str, Any]:
    """Write what the applicant reads at ``now``; an appointment that was then is left out."""
    words = {key: value for key, value in one.words.items() if key != "jadwal"}
    open_ones = [said for moment, said in one.words.get("jadwal", ()) if datetime.fromisoformat(moment) > now]
    words["selanjutnya"] = " ".join((words["selanjutnya"], *open_ones))
    return {**words, "diperbarui": _iso(now), "tenggat": _by_when(office, one, now)}


def _told(one: FollowedCase) -> Iterator[tuple[datetime, str]]:
    """Tell what happened, oldest first; a sentence never follows itself."""
    sent, words = deadlines.sent(one.case), sentences()["peristiwa"]
    if sent:
        yield sent, words["diajukan"]
    yield one.case.diterima, words["didaftar" if sent else "didaftar_tanpa_waktu"]
    last = words["didaftar"]
    for place, event in enumerate(one.filed.events):
        sentence = _sentence(one, event, one.filed.events[place + 1 :])
        if sentence not in {"", last}:
            yield event.time, sentence
            last = sentence


def _sentence(one: FollowedCase, event: Event, later: Sequence[Event]) -> str:
    """Put an event in the applicant's words, "" for what is the office's own; ``later`` ones tell what came of it."""
    if event.kind != "status":
        kind = event.kind if applicant_messages.counts(event) else "pesan_terlambat"
        return str(sentences()["peristiwa"].get(f"{kind}_{event.data.get('putusan', '')}".rstrip("_"), ""))
    if not _goes_out(event):
        return str(sentences()["tahap"][event.data["menjadi"]]["terjadi"])
    letter = sentences()["surat"][_letter_that_went_out(one, event)]
    return str(sentences()["cara"][_way(one.case, later)]["terjadi"].format(surat=letter))


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


def _next(one: FollowedCase, *, here: bool) -> str:
    """Say what happens next, or what the applicant should do; ``here`` tells whether the site takes additions."""
    if one.seen.status == "menunggu_kelengkapan" and not here:
        return str(sentences()["serahkan"])
    if one.files and one.last and one.seen.status in {*DELIVERED, "diarsipkan"}:
        return str(sentences()["buka"].format(sampai=tanggal(one.last)))
    waits = one.seen.status in DELIVERED and not answers.answer_letter(one.case).received
    if not waits:
        return str(sentences()["tahap"][one.seen.status]["selanjutnya"])
    events = one.filed.events
    sent = next((place for place, event in reversed([*enumerate(events)]) if _goes_out(event)), -1)
    return str(sentences()["cara"][_way(one.case, events[sent + 1 :])]["selanjutnya"])


def _by_when(office: Office, one: UndatedStatus, now: datetime) -> str:
    """Say by when the applicant is answered: the target, then the binding limit, then that it is late."""
    if not one.target or not one.whole:
        return ""
    service = office.settings.layanan
    target, whole = map(datetime.fromisoformat, (one.target, one.whole))
    if target == whole:
        name = "hanya_batas" if now <= whole else "lewat"
    else:
        name = "sasaran" if now <= target else "batas" if now <= whole else "lewat"
    said = (waktu(moment, zone=service.zone, zone_name=service.zona_singkat) for moment in (target, whole))
    return str(sentences()["tenggat"][name].format(**dict(zip(("sasaran", "batas"), said, strict=True))))
