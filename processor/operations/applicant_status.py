"""What applicants may open with their codes: the office -> every sealed file of a publication (see ``sealed_files``).

A status is JSON: codes of the sentences that the page has (``site.status_sentences``), the office's own words, which a
page shows as text, and times in minutes since 1970 (UTC). What says nothing is left out but for the first four:

    versi        2
    nomor        registration number
    tahap        a code: Sedang disusun
    riwayat      what happened, oldest first: each a code and the minutes since the one before, as in aa29541234ba12
    macam        pengaduan, of a complaint
    lanjutan     the number of the request about whose answer this one asks
    selanjutnya  {kode}: what happens next, or what the applicant should do, where it is not what follows from ``tahap``
    tenggat      {kode, sasaran and batas, or hari}: by when, honest when it is late
    jadwal       open appointments: a list of {kode, waktu, tempat}
    kekurangan   what is missing: a list
    alasan       why the request was rejected
    berkas       name, while ``balasan/<name>.age`` holds the answer
    kirim        which messages may be sent now, by ``applicant_messages.MessageKind``
    pesan        what the office wrote to the applicant, the last ones: a list of {tanggal: a day in words, isi}
    survei       {tanda: the blind signature of the case's ballot, or ""}; only of an answered request

What is longer than an entry lies in ``balasan`` (see ``sealed_answers``). One code may open several statuses, one for
each request that was sent with it. Those of complaints lie among them (``complaint_status``), so that nobody but who
opens one knows which it is.

No officer's name and no note between officers goes in. A damaged case is left out, so a code that opens nothing may
also be one whose case is being mended.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from processor.cases import answers, applicant_messages, complaint_register, journal
from processor.cases.case_file import CaseFile
from processor.cases.case_status import DELIVERED, OBJECTED, OVER, Derived, Status
from processor.cases.records import Event
from processor.cases.register import Filed, Register
from processor.foundation.errors import PayungError
from processor.operations import case_letters, case_row, overview, sealed_answers, status_words, working_table
from processor.operations.case_row import CaseRow
from processor.operations.complaints import complaint_status
from processor.operations.office import Office
from processor.operations.sealed_answers import OpenedByCode
from processor.operations.status_store import NO_CODE, StatusStore, UndatedStatus
from processor.operations.status_words import FollowedCase
from processor.operations.survey import survey_ballots
from processor.site import sealed_files, sealed_replies, sealed_statuses, status_sentences
from processor.site.sealed_statuses import DIVISIONS, StatusDivision

NEW_CODE = "kode_dibuat"
"""The journal's event of a code that the office made."""
_KEPT = "sidik"


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
    by_code = applicant_messages.withdrawn_at(events)
    taken_back = case.pembatalan.tanggal or (by_code.date() if by_code else None)
    ended = answers.answer_letter(case).sent or case.penyampaian.tanggal or taken_back
    if status not in DELIVERED | OVER or ended is None:
        return None
    codes = (event.time.date() for event in events if event.kind == NEW_CODE)
    return max([ended, *codes]) + timedelta(days=days)


def publication(office: Office, now: datetime, last: Mapping[str, Any]) -> tuple[Mapping[str, bytes], dict[str, Any]]:
    """Make every file of a publication.

    A case that is damaged, or whose answer is not what was delivered, stops only itself.

    Args:
        office: The office.
        now: The moment, in the office's zone.
        last: What was returned with the publication before; empty if there was none.

    Returns:
        The files by their paths in the site, and what is to be remembered: when it was, how much it has place for, and
        how many statuses had none.
    """
    opened, recipients = list(openings(office, now)), office.register.recipients
    letters, had = sealed_answers.replies(opened), StatusDivision(*last.get("pembagian", astuple(DIVISIONS[0])))
    spare = "pembagian" not in last or last["saat"][:7] != now.isoformat()[:7]
    division = sealed_statuses.division_for([one.locator for one in opened], had, spare=spare)
    lengths = [len(one.content) for one in letters.values()]
    numbers = sealed_replies.numbers_for(lengths, last.get("balasan", sealed_replies.NONE_YET), spare=spare)
    files = {
        **sealed_statuses.seal_all(sealed_answers.statuses(opened), division),
        **sealed_replies.seal_all(letters, recipients, numbers),
        sealed_files.PUBLICATION: sealed_files.publication(now, division.files),
        sealed_files.WORKING_HOURS: working_table.file(office.settings, office.calendar, now),
        sealed_files.DIGESTS: _digests(office.register),
        **_survey_key(office),
    }
    left = sealed_statuses.surplus((one.locator for one in opened), division)
    return files, {"saat": now.isoformat(), "pembagian": astuple(division), "balasan": numbers, "terlewat": left}


def openings(office: Office, now: datetime) -> Iterator[OpenedByCode]:
    """Give what codes open. A locator belongs to the key with which it came first, of requests and complaints each."""
    store = StatusStore.load(office.register.state_folder, _base(office))
    for kind in (_of_requests, complaint_status.opened):
        owners: dict[str, str] = {}
        for one in kind(office, now, defaultdict[str, str](sealed_replies.new_name), store):
            if owners.setdefault(one.locator, one.recipient) == one.recipient:
                yield one
    store.save()


def _of_requests(
    office: Office, now: datetime, places: Mapping[str, str], store: StatusStore
) -> Iterator[OpenedByCode]:
    """Give what codes open of requests; one that is damaged stops only itself."""
    for row in overview.rows(office):
        try:
            one, undated = _kept_or_read(office, row, now, places, store)
            status = _said(office, one, undated, now) if undated else {}
        except Exception:  # noqa: BLE001, S112 -- a damaged case can break its reader in any way; the pass tells of it
            continue
        if undated:
            answer = sealed_answers.answer(row.number, one.last, one.files) if one and one.files else None
            yield OpenedByCode(undated.locator, undated.recipient, status, places[undated.locator], answer)


def _survey_key(office: Office) -> dict[str, bytes]:
    """Give the key by which ballots are blinded, once somebody may ask for one; a damaged one stops nothing else."""
    with suppress(PayungError):
        content = survey_ballots.key_file(office)
        return {sealed_files.SURVEY_KEY: content} if content else {}
    return {}


def _said(office: Office, one: FollowedCase | None, undated: UndatedStatus, now: datetime) -> dict[str, Any]:
    """Give a status as of ``now``, with the ballot of who may vote in the survey."""
    said = status_words.dated(undated, now)
    if one and status_words.may_vote(office, one.case, one.seen):
        said |= survey_ballots.shown(office, one.filed.number)
    return said


def _base(office: Office) -> str:
    """A digest of what statuses are made from besides the cases."""
    words = hashlib.sha256(status_sentences.FILE.read_bytes()).hexdigest()
    return f"{overview.KnownRows.load(office, ()).base} {words} {sealed_files.VERSION}"


def _kept_or_read(
    office: Office, row: CaseRow, now: datetime, places: Mapping[str, str], store: StatusStore
) -> tuple[FollowedCase | None, UndatedStatus | None]:
    """Give what a code opens, as it was kept while nothing is delivered, or where no code opens what is over.

    In any other state it is read, with the case.
    """
    runs, over = row.status not in DELIVERED | OVER | OBJECTED | {case_row.BROKEN}, row.status in OVER
    mark = office.register.change_mark(row.number) if runs or over else ""
    kept = store.get(row.number, mark) if runs or over else None
    if kept and (runs or not kept.locator):
        return None, kept if kept.locator else None
    one, codeless = _case(office, row, now, places)
    undated = status_words.undated(office, one) if one else None
    lasting = runs or (over and codeless)
    if lasting and not (one and one.seen.status != row.status):  # a delivered one names its answer in this publication
        store.put(row.number, mark, undated or NO_CODE)
    return one, undated


def _case(office: Office, row: CaseRow, now: datetime, places: Mapping[str, str]) -> tuple[FollowedCase | None, bool]:
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
    return FollowedCase(filed, case, seen, last, _files(filed, case, seen), places[case.balasan.kode_lacak]), False


def _silent(register: Register, number: str, since: datetime) -> bool:
    """Tell whether nothing has happened in a case for so long that there is no need to read it."""
    return (register.path(number) / journal.FILE_NAME).stat().st_mtime < since.timestamp()


def _files(filed: Filed, case: CaseFile, seen: Derived) -> dict[str, bytes]:
    """Read the delivered files, if they go by code and are what they were."""
    if (
        not (status_words.delivered(case, seen) or seen.status in OBJECTED)
        or case.balasan.jalan != "kode"
        or case_letters.changed_after_delivery(filed)
    ):
        return {}
    paths = enumerate(case_letters.delivered_answer(filed), start=1)
    return {f"{filed.number}-{count}{path.suffix}": path.read_bytes() for count, path in paths}


def _digests(register: Register) -> bytes:
    """Make the content of ``DIGESTS``. What a journal says is kept, and read again only once that has changed."""
    old, new = register.state(_KEPT), dict[str, Any]()
    asked = [(one, register.change_mark(one, journal.FILE_NAME), register.path) for one in register.numbers()]
    asked += [
        (one, complaint_register.change_mark(register, one), partial(complaint_register.path, register))
        for one in complaint_register.numbers(register)
    ]
    for number, sign, path in asked:
        entry = old.get(number)
        new[number] = entry if entry and entry[0] == sign else [sign, _delivered_in(path(number))]
    register.save_state(_KEPT, new)
    found = {digest for _, digests in new.values() for digest in digests}
    return "".join(f"{digest}\n" for digest in sorted(found)).encode()


def _delivered_in(folder: Path) -> list[str]:
    """Give the SHA-256 (hex) of every file that a journal says was delivered, and nothing else."""
    events, _ = journal.read(folder / journal.FILE_NAME)
    said = (str(event.data.get("sha256")) for event in events if event.kind == "jawaban")
    return [digest for digest in said if re.fullmatch("[0-9a-f]{64}", digest)]
