"""What applicants may open with their codes: the office -> every sealed file of a publication (see ``sealed_files``).

A status is JSON: words for the applicant, which a page shows as text, and times in ISO 8601 with their zone:

    versi        1
    nomor        registration number
    status       a few words: Sedang disusun
    diperbarui   time at which this was so
    riwayat      what happened, oldest first: a list of {waktu: time, kalimat}
    selanjutnya  what happens next, or what the applicant should do; open appointments behind it
    tenggat      by when, honest when it is late; "" when nothing runs
    kekurangan   what is missing: a list
    susulan      true while an addition is awaited
    alasan       why the request was rejected, or ""
    jawaban      {berlaku_sampai: a day in words, berkas: name} while ``balasan/<name>.age`` holds the answer, else null

What is too long loses the oldest lines of its riwayat, then the end of the office's own words. One code may open
several statuses, one for each request that was sent with it. Their answers are one JSON:

    versi        1
    jawaban      a list of {nomor, berlaku_sampai, berkas}; berkas is a list of {nama, sha256, isi: Base64}

No officer's name and no note between officers goes in. A damaged case is left out, so a code that opens nothing may
also be one whose case is being mended.
"""

import base64
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from processor.cases import answers, deadlines, journal, objections
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OBJECTED, OVER, Derived, Status
from processor.cases.records import Event
from processor.cases.register import Filed, Register
from processor.foundation.indonesian_dates import tanggal, waktu
from processor.foundation.settings_agency import ServiceHours
from processor.operations import case_letters, overview
from processor.operations.office import Office
from processor.operations.overview import CaseRow
from processor.operations.status_store import NO_CODE, StatusStore, UndatedStatus
from processor.site import sealed_files
from processor.site.sealed_files import SealedReply

NEW_CODE = "kode_dibuat"
"""The journal's event of a code that the office made."""
_KEPT = "sidik"
_PLACE = 300  # letters of an appointment's place, or of the address of its video


def last_slot(now: datetime, minutes: int) -> datetime:
    """Give the last moment to publish at: every ``minutes`` from midnight, in the zone of ``now`` (the office's)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    step = timedelta(minutes=minutes)
    return midnight + (now - midnight) // step * step


def slot_begun(last_published: datetime | None, now: datetime, minutes: int) -> bool:
    """Tell whether a slot has begun since the last publication. A clock that was set back begins one too."""
    return last_published is None or not last_slot(now, minutes) <= last_published <= now


def open_until(case: CaseFile, events: Sequence[Event], status: Status, days: int) -> date | None:
    """Give the last day on which a code opens a case that is over; None while it goes on.

    It is ``days`` after the answer or the withdrawal, or after the office made the last code for it.
    """
    ended = answers.answer_letter(case).sent or case.penyampaian.tanggal or case.pembatalan.tanggal
    if status not in DELIVERED | OVER or ended is None:
        return None
    codes = (event.time.date() for event in events if event.kind == NEW_CODE)
    return max([ended, *codes]) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class _Followed:
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
        return self.case.balasan.kode_lacak

    @property
    def recipient(self) -> str:
        return self.case.balasan.kunci_balasan

    @property
    def delivered(self) -> bool:
        return _delivered(self.case, self.seen)

    @property
    def rejected(self) -> bool:
        shown = self.delivered or self.seen.status in {"ditolak", *OBJECTED}
        return self.case.verifikasi.keputusan == "ditolak" and shown


def publication_files(office: Office, now: datetime) -> Mapping[str, bytes]:
    """Make every file of a publication, by its path in the site; ``now`` is in the office's zone.

    A case that is damaged, or whose answer is not what was delivered, stops only itself.
    """
    followed = list(_followed(office, now))
    recipients = office.register.recipients
    return {
        sealed_files.STATUS: sealed_files.statuses([status for _, status in followed], recipients),
        sealed_files.DIGESTS: _digests(office.register),
        **sealed_files.replies(_answers(one for one, _ in followed if one), recipients),
    }


def _followed(office: Office, now: datetime) -> Iterator[tuple[_Followed | None, SealedReply]]:
    """Give the statuses that codes open, with their cases where they were read.

    A locator belongs to the key with which it came first.
    """
    owners: dict[str, str] = {}
    places = defaultdict[str, str](sealed_files.new_name)
    store = StatusStore.load(office.register.state_folder, _base(office))
    for row in overview.rows(office):
        try:
            one, undated = _kept_or_read(office, row, now, places, store)
            status = _fitting(_dated(office, undated, now)) if undated else b""
        except Exception:  # noqa: BLE001, S112 -- a damaged case can break its reader in any way; the pass tells of it
            continue
        if undated and owners.setdefault(undated.locator, undated.recipient) == undated.recipient:
            yield one, SealedReply(undated.recipient, status)
    store.save()


def _base(office: Office) -> str:
    """A digest of what statuses are made from besides the cases."""
    words = hashlib.sha256(_WORDS_FILE.read_bytes()).hexdigest()
    return f"{overview.KnownRows.load(office, ()).base} {words}"


def _kept_or_read(
    office: Office, row: CaseRow, now: datetime, places: Mapping[str, str], store: StatusStore
) -> tuple[_Followed | None, UndatedStatus | None]:
    """Give what a code opens, as it was kept while nothing is delivered, or where no code opens what is over.

    In any other state it is read, with the case.
    """
    runs, over = row.status not in DELIVERED | OVER | OBJECTED | {overview.BROKEN}, row.status in OVER
    mark = office.register.change_mark(row.number) if runs or over else ""
    kept = store.get(row.number, mark) if runs or over else None
    if kept and (runs or not kept.locator):
        return None, kept if kept.locator else None
    one, codeless = _case(office, row, now, places)
    undated = _undated(office, one) if one else None
    lasting = runs or (over and codeless)
    if lasting and not (one and one.seen.status != row.status):  # a delivered one names its answer in this publication
        store.put(row.number, mark, undated or NO_CODE)
    return one, undated


def _case(office: Office, row: CaseRow, now: datetime, places: Mapping[str, str]) -> tuple[_Followed | None, bool]:
    """Give a case that a code opens now, None for any other, and whether none will, as long as its files are the same.

    ``places`` are the names of the answers by locator.
    """
    days = office.settings.situs.jawaban_berlaku
    if row.status in OVER and _silent(office.register, row.number, now - timedelta(days=days + 1)):
        return None, False
    filed = office.register.read(row.number)
    case, seen = filed.case, overview.derive_for(office, filed)
    if case is None or seen is None:
        return None, False
    if not sealed_files.valid_code_values(case.balasan.kode_lacak, case.balasan.kunci_balasan):
        return None, row.status == seen.status
    last = open_until(case, filed.events, seen.status, days)
    if last and last < now.date():
        return None, False
    return _Followed(filed, case, seen, last, _files(filed, case, seen), places[case.balasan.kode_lacak]), False


def _silent(register: Register, number: str, since: datetime) -> bool:
    """Tell whether nothing has happened in a case for so long that there is no need to read it."""
    return (register.path(number) / journal.FILE_NAME).stat().st_mtime < since.timestamp()


def _delivered(case: CaseFile, seen: Derived) -> bool:
    """Tell whether the decision has left the office."""
    return seen.status in DELIVERED or (seen.status == "diarsipkan" and case.penyampaian.tanggal is not None)


def _files(filed: Filed, case: CaseFile, seen: Derived) -> dict[str, bytes]:
    """Read the delivered files, if they go by code and are what they were."""
    if (
        not (_delivered(case, seen) or seen.status in OBJECTED)
        or case.balasan.jalan != "kode"
        or case_letters.changed_after_delivery(filed)
    ):
        return {}
    paths = enumerate(case_letters.delivered_answer(filed), start=1)
    return {f"{filed.number}-{count}{path.suffix}": path.read_bytes() for count, path in paths}


def _digests(register: Register) -> bytes:
    """Make the content of ``DIGESTS``. What a journal says is kept, and read again only once that has changed."""
    old, new = register.state(_KEPT), dict[str, Any]()
    for number, sign in ((number, register.change_mark(number, journal.FILE_NAME)) for number in register.numbers()):
        entry = old.get(number)
        new[number] = entry if entry and entry[0] == sign else [sign, _delivered_in(register.path(number))]
    register.save_state(_KEPT, new)
    found = {digest for _, digests in new.values() for digest in digests}
    return "".join(f"{digest}\n" for digest in sorted(found)).encode()


def _delivered_in(folder: Path) -> list[str]:
    """Give the SHA-256 (hex) of every file that a case's journal says was delivered, and nothing else."""
    events, _ = journal.read(folder / journal.FILE_NAME)
    said = (str(event.data.get("sha256")) for event in events if event.kind == "jawaban")
    return [digest for digest in said if re.fullmatch("[0-9a-f]{64}", digest)]


def _answers(followed: Iterable[_Followed]) -> dict[str, SealedReply]:
    """Give what goes into ``balasan``, by its name there."""
    letters_of = defaultdict[str, list[_Followed]](list)
    for one in followed:
        if one.files:
            letters_of[one.place].append(one)
    return {
        place: SealedReply(ones[0].recipient, _json({"versi": 1, "jawaban": [_answer(one) for one in ones]}))
        for place, ones in letters_of.items()
    }


def _answer(one: _Followed) -> dict[str, Any]:
    """Give the answer to one request."""
    files = [
        {"nama": name, "sha256": hashlib.sha256(content).hexdigest(), "isi": base64.b64encode(content).decode()}
        for name, content in one.files.items()
    ]
    return {"nomor": one.filed.number, **_stays(one), "berkas": files}


def _stays(one: _Followed) -> dict[str, str]:
    """Say until when an answer can be opened."""
    return {"berlaku_sampai": tanggal(one.last) if one.last else ""}


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _fitting(status: Mapping[str, Any]) -> bytes:
    """Give a status as JSON that fits its entry."""
    return next(made for shorter in _shorter(status) if len(made := _json(shorter)) <= sealed_files.STATUS_SIZE)


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
def _words() -> Mapping[str, Any]:
    """Read the words of the status, on first use."""
    words: Mapping[str, Any] = yaml.safe_load(_WORDS_FILE.read_text("utf-8"))
    return words


_WORDS_FILE = Path(__file__).with_name("applicant_status.yaml")
_iso = partial(datetime.isoformat, timespec="seconds")


def _undated(office: Office, one: _Followed) -> UndatedStatus:
    """Write what the applicant reads, but for what depends on the moment."""
    check, stage, service = one.case.verifikasi, one.seen.status, office.settings.layanan
    waits = stage == "menunggu_kelengkapan"
    here = office.settings.situs.formulir_sendiri == "ya"
    words = {
        "versi": 1,
        "nomor": one.filed.number,
        "status": _words()["tahap"]["ditolak" if one.rejected and stage not in OBJECTED else stage]["kata"],
        "diperbarui": "",
        "riwayat": [{"waktu": _iso(time.astimezone(service.zone)), "kalimat": said} for time, said in _told(one)],
        "selanjutnya": _next(one, here=here).replace("{pemeriksa}", service.pelaksana.pemeriksa),
        "tenggat": "",
        "kekurangan": list(filter(None, check.kekurangan)) if waits else [],
        "susulan": waits and here,
        "alasan": check.alasan if one.rejected else "",
        "jawaban": {**_stays(one), "berkas": one.place} if one.files else None,
    }
    if meetings := [] if stage in DELIVERED | OVER else list(_meetings(one.case, service)):
        words["jadwal"] = meetings
    runs = overview.deadlines_of(office, one.filed, one.seen)
    limits = (runs.target.at, runs.promise.at) if runs else (None, None)
    target, whole = (moment.isoformat() if moment else "" for moment in limits)
    return UndatedStatus(one.locator, one.recipient, words, target, whole)


def _meetings(case: CaseFile, service: ServiceHours) -> Iterator[tuple[str, str]]:
    """Give when each open appointment begins (ISO 8601) and what the applicant reads of it: never with whom."""
    for one in case.jadwal:
        begins, words = one.begins(service.zone), _words()["jadwal"]
        if begins and one.cara and one.selesai == "tidak":
            place = words["tempat"].format(tempat=_cut(one.tempat, _PLACE)) if one.tempat else ""
            said = words[one.cara].format(waktu=waktu(begins, service.zone, service.zona_singkat))
            yield _iso(begins), f"{said}{place}"


def _dated(office: Office, one: UndatedStatus, now: datetime) -> dict[str, Any]:
    """Write what the applicant reads at ``now``; an appointment that was then is left out."""
    words = {key: value for key, value in one.words.items() if key != "jadwal"}
    open_ones = [said for moment, said in one.words.get("jadwal", ()) if datetime.fromisoformat(moment) > now]
    words["selanjutnya"] = " ".join((words["selanjutnya"], *open_ones))
    return {**words, "diperbarui": _iso(now), "tenggat": _by_when(office, one, now)}


def _told(one: _Followed) -> Iterator[tuple[datetime, str]]:
    """Tell what happened, oldest first; a sentence never follows itself."""
    sent, words = deadlines.sent(one.case), _words()["peristiwa"]
    if sent:
        yield sent, words["diajukan"]
    yield one.case.diterima, words["didaftar" if sent else "didaftar_tanpa_waktu"]
    last = words["didaftar"]
    for event in one.filed.events:
        sentence = _sentence(one, event)
        if sentence not in {"", last}:
            yield event.time, sentence
            last = sentence


def _sentence(one: _Followed, event: Event) -> str:
    """Put an event in the applicant's words, "" for what is the office's own."""
    if event.kind != "status":
        return str(_words()["peristiwa"].get(event.kind, ""))
    if event.data["menjadi"] != "disampaikan":
        return str(_words()["tahap"][event.data["menjadi"]]["terjadi"])
    letter = _words()["surat"][_letter_that_went_out(one, event)]
    return str(_words()["cara"][one.case.balasan.jalan]["terjadi"].format(surat=letter))


def _letter_that_went_out(one: _Followed, event: Event) -> str:
    """Tell what went out as the event says: an answer, a rejection, or the answer to an objection."""
    before_objection = objections.received(one.case, one.filed.events)
    if before_objection is None or event.time >= before_objection:
        against = objections.recorded(one.case) is not None and event.data["dari"] in OBJECTED
        return "keberatan" if against else "penolakan" if one.rejected and not before_objection else "jawaban"
    return "penolakan"


def _next(one: _Followed, *, here: bool) -> str:
    """Say what happens next, or what the applicant should do; ``here`` tells whether the site takes additions."""
    if one.seen.status == "menunggu_kelengkapan" and not here:
        return str(_words()["serahkan"])
    if one.files and one.last and one.seen.status in {*DELIVERED, "diarsipkan"}:
        return str(_words()["buka"].format(sampai=tanggal(one.last)))
    waits = one.seen.status in DELIVERED and not answers.answer_letter(one.case).received
    return str(
        (_words()["cara"][one.case.balasan.jalan] if waits else _words()["tahap"][one.seen.status])["selanjutnya"]
    )


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
    return str(_words()["tenggat"][name].format(**dict(zip(("sasaran", "batas"), said, strict=True))))
