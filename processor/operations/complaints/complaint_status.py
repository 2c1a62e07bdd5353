"""What who complained opens with their code: the status of the complaint in plain words and, in the end, the letter.

It is a status as ``applicant_status`` describes it, with ``macam`` (pengaduan) beside. No officer's name goes in, and
no word of the complaint, its plan or its answer; those of the answer stand in the letter.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from processor.cases import complaint_register, journal
from processor.cases.complaint import Complaint, ComplaintRules, Standing
from processor.cases.complaint_register import FiledComplaint
from processor.cases.records import Event
from processor.mail.templates import COMPLAINTS
from processor.operations import sealed_answers, status_words
from processor.operations.complaints import complaint_acts, complaint_duties, complaint_letters, complaint_pass
from processor.operations.office import Office
from processor.operations.sealed_answers import OpenedByCode
from processor.operations.status_store import NO_CODE, StatusStore, UndatedStatus
from processor.site import sealed_files


def opened(office: Office, now: datetime, places: Mapping[str, str], store: StatusStore) -> Iterator[OpenedByCode]:
    """Give what codes open of complaints; one that is damaged stops only itself.

    Args:
        office: The office.
        now: The moment of the publication, in the office's zone.
        places: The names of the answers by locator, in this publication.
        store: What was kept of the publication before.
    """
    rules = complaint_duties.rules_of(office)
    for number in complaint_register.numbers(office.register):
        try:
            found = _opened(office, rules, number, now, places, store)
        except Exception:  # noqa: BLE001, S112 -- a damaged one can break its reader in any way; the pass tells of it
            continue
        if found:
            yield found


def _opened(
    office: Office, rules: ComplaintRules, number: str, now: datetime, places: Mapping[str, str], store: StatusStore
) -> OpenedByCode | None:
    """Give what opens of one complaint; it is read where it changed, or where its letter is to be opened."""
    mark = complaint_register.change_mark(office.register, number)
    if kept := store.get(number, mark):
        opens = kept.locator and OpenedByCode(kept.locator, kept.recipient, _dated(kept, now), places[kept.locator])
        return opens or None
    filed = complaint_register.read(office.register, number)
    found = filed.complaint
    if found is None:
        return None
    standing = rules.standing(found)
    last = _last_day(filed, found, standing, office.settings.situs.jawaban_berlaku)
    if not sealed_files.valid_code_values(found.kode_lacak, found.kunci_balasan) or (last and last < now.date()):
        store.put(number, mark, NO_CODE)
        return None
    files = _files(filed, found) if last else {}
    place = places[found.kode_lacak]
    undated = _undated(rules, filed, found, standing, last, place if files else "")
    if not last:
        store.put(number, mark, undated)
    answer = sealed_answers.answer(number, last, files) if files else None
    return OpenedByCode(found.kode_lacak, found.kunci_balasan, _dated(undated, now), place, answer)


def _last_day(filed: FiledComplaint, found: Complaint, standing: Standing, days: int) -> date | None:
    """Give the last day on which a code opens a complaint that is done; None while it goes on.

    It is ``days`` after the answer, or after the office made the last code for it.
    """
    done = found.penyampaian.tanggal if standing.status == "selesai" else None
    codes = (event.time.date() for event in filed.events if event.kind == complaint_acts.NEW_CODE)
    return max([done, *codes]) + timedelta(days=days) if done else None


def _files(filed: FiledComplaint, found: Complaint) -> dict[str, bytes]:
    """Read the letter that went out, if it goes by code and is what it was."""
    letter = complaint_letters.delivered(filed) if found.jawaban_lewat == "kode" else None
    return {f"{filed.number}-1{letter.suffix}": letter.read_bytes()} if letter else {}


def _undated(
    rules: ComplaintRules, filed: FiledComplaint, found: Complaint, standing: Standing, last: date | None, place: str
) -> UndatedStatus:
    """Write what is read, but for what depends on the moment."""
    waits = standing.status == "selesai" and _mail_waits(filed, found)
    opens = {"kode": "buka", "sampai": last.isoformat()} if last and place else {}
    words = {
        "macam": "pengaduan",
        "tahap": f"pengaduan.{standing.status}",
        "riwayat": status_words.history(_told(filed, found)),
        "selanjutnya": opens or ({"kode": "pengaduan.menunggu_email"} if waits else {}),
        "berkas": place,
    }
    due = rules.last_day(found, "dijawab").isoformat() if standing.due else ""
    begun = status_words.begun(filed.number, words)
    return UndatedStatus(found.kode_lacak, found.kunci_balasan, begun, "", due)


def _told(filed: FiledComplaint, found: Complaint) -> Iterator[tuple[datetime, str]]:
    """Tell what happened, oldest first, by the places of the sentences."""
    waits = _mail_waits(filed, found)
    yield found.diterima, "pengaduan.dikirim"
    for event in filed.events:
        if place := _sentence(event, waits=waits):
            yield event.time, place


def _mail_waits(filed: FiledComplaint, found: Complaint) -> bool:
    """Tell whether the letter goes by mail and, by the journal, has not gone."""
    return found.jawaban_lewat == "email" and not status_words.mailed(filed.events, COMPLAINTS[1:])


def _sentence(event: Event, *, waits: bool) -> str:
    """Find the sentence for an event, "" for what is the office's own; mail that ``waits`` has not gone."""
    if event.kind == complaint_pass.STATUS:
        stage = event.data["menjadi"]
        return "pengaduan.menunggu_email" if waits and stage == "selesai" else f"pengaduan.tahap.{stage}"
    if event.kind == complaint_acts.NEW_CODE:
        return "peristiwa.kode_dibuat"
    return "pengaduan.didaftar" if event.kind == journal.FILING else ""


def _dated(one: UndatedStatus, now: datetime) -> dict[str, Any]:
    """Write what is read at ``now``, by when it is answered as well."""
    if not one.whole:
        return {**one.words}
    late = date.fromisoformat(one.whole) < now.date()
    return {**one.words, "tenggat": {"kode": f"pengaduan.{'lewat' if late else 'tenggat'}", "hari": one.whole}}
