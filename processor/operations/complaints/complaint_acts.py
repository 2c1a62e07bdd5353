"""What officers do with a complaint: forward, plan, answer, deliver, and open its words; each step is journalled.

Whoever is complained about is refused every one of them. The caller names the officer and holds no lock.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from processor.cases import complaint, complaint_content, complaint_register
from processor.cases.complaint import AnswerWay, Complaint, ComplaintRules, ComplaintStatus, Outcome
from processor.cases.complaint_content import ComplaintContent
from processor.cases.complaint_register import FiledComplaint
from processor.cases.records import Event
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.yaml_writer import visible_text
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_duties, complaint_letters
from processor.operations.office import Office
from processor.site import leak_gate
from processor.site.applicant_code import Keys

OPENED = "isi_dibuka"
NEW_CODE = "kode_dibuat"
"""The journal's event of a code that the office made for a complainant."""
WAIT = 10.0  # seconds for a pass that is under way
_HIDDEN = "Pengaduan {} tidak ada di register. Lihat nomornya dengan payung pengaduan."


def forward(office: Office, number: str, person: Person, to: str) -> str:
    """Forward a complaint to the officer ``to``, "" for whose turn it is; give who that is (short name).

    Raises PayungError when one of them may not, or it was forwarded before.
    """
    with _held(office, number, person) as (filed, found, rules):
        _check_turn(found, rules, person, "diterima")
        given = rules.staff.key(to) if to else next(iter(complaint.holders(found, "diteruskan", rules.staff)), "")
        if given not in rules.staff.officers or given in found.barred(rules.staff) or _retired(rules, given):
            raise PayungError(f"Pengaduan ini tidak dapat diteruskan kepada {to or 'siapa pun'}. Pilih petugas lain.")
        _step(office, filed, person, "penerusan", {"kepada": given})
    return given


def plan(office: Office, number: str, person: Person, words: str) -> None:
    """Seal the words of a plan and note its day. Raises PayungError when ``person`` may not, or there are no words."""
    with _held(office, number, person) as (filed, found, rules):
        _check_turn(found, rules, person, "diteruskan")
        content = replace(complaint_content.read(office.register, filed.folder), plan=_given(words, "rencana"))
        _step(office, filed, person, "rencana", {}, content)


def answer(office: Office, number: str, person: Person, words: str, outcome: Outcome) -> str:
    """Seal the words of the answer, and make its letter; give the name of the letter.

    As long as it was not delivered, an answer may be written again. Raises PayungError when ``person`` may not.
    """
    with _held(office, number, person) as (filed, found, rules):
        status = rules.standing(found).status
        _check_turn(found, rules, person, status if status == "dijawab" else "ditindaklanjuti")
        content = replace(complaint_content.read(office.register, filed.folder), answer=_given(words, "jawaban"))
        complaint_letters.check(office)
        _step(office, filed, person, "jawaban", {"hasil": outcome}, content)
        return complaint_letters.place(office, number).name


def give_number(office: Office, number: str, person: Person, letter: str, dated: date) -> str:
    """Give the letter its number and date, and make it anew; give its name.

    Raises PayungError when there is no answer yet, or the number was spent on another letter.
    """
    with _held(office, number, person) as (filed, found, rules):
        _check_turn(found, rules, person, "dijawab")
        complaint_letters.check(office)
        complaint_letters.check_unspent(office, number, letter)
        changes = {("jawaban", "nomor_surat"): letter.strip(), ("jawaban", "tanggal_surat"): dated.isoformat()}
        event = _event(office, person, "surat_bernomor", {"nomor": letter.strip()})
        complaint_register.write(office.register, filed, changes, event)
        return complaint_letters.place(office, number).name


def deliver(office: Office, number: str, person: Person) -> None:
    """Note that the answer goes out today, and fix which file that was; who wants it by email is sent it.

    Raises PayungError, or BrokenFiles with what the letter still lacks.
    """
    with _held(office, number, person) as (filed, found, rules):
        _check_turn(found, rules, person, "dijawab")
        fixed = complaint_letters.answer_event(office, filed, found)
        _step(office, filed, person, "penyampaian", {}, None, fixed)


def open_words(office: Office, number: str, person: Person, reason: str) -> ComplaintContent:
    """Open what a complaint says and who says it, once the journal says who did, and why.

    Raises PayungError when the officer is complained about or unknown, or the reason is none or names the complainant.
    """
    with _held(office, number, person) as (filed, _, _):
        content = complaint_content.read(office.register, filed.folder)
        _check_reason(reason, content)
        complaint_register.record(office.register, number, _event(office, person, OPENED, {"alasan": reason.strip()}))
    return content


def renew_code(office: Office, number: str, person: Person, reason: str, keys: Keys) -> AnswerWay:
    """Let a new code open the complaint, for who proved at the counter to be its complainant; give the way of answers.

    Raises PayungError when ``person`` may not, the complainant gave no name to be compared with, or the reason is none
    or names them.
    """
    with _held(office, number, person) as (filed, found, _):
        content = complaint_content.read(office.register, filed.folder)
        if found.anonim or not content.complainant.nama.strip():
            raise PayungError(_NAMELESS)
        _check_reason(reason, content)
        event = _event(office, person, NEW_CODE, {"alasan": reason.strip()})
        changes = {("kode_lacak",): keys.locator, ("kunci_balasan",): keys.recipient}
        complaint_register.write(office.register, filed, changes, event)
        return found.jawaban_lewat


_NAMELESS = (
    "Pengadu ini tidak menyebut nama, jadi tidak dapat dipastikan bahwa dialah yang meminta kode. Tidak ada kode yang "
    "dibuat. Pengaduannya tetap ditangani."
)


def _check_reason(reason: str, content: ComplaintContent) -> None:
    """Raise PayungError where a reason is none or names somebody: the journal is not sealed."""
    if not reason.strip():
        raise PayungError("Alasan harus diisi: riwayat menyimpannya.")
    if leak_gate.identity_in_text(reason, [content.complainant]) or leak_gate.identity_in_text(reason, None):
        raise PayungError("Alasan memuat identitas, padahal riwayat menyimpannya terbuka. Tulis ulang tanpa itu.")


@contextmanager
def _held(office: Office, number: str, person: Person) -> Iterator[tuple[FiledComplaint, Complaint, ComplaintRules]]:
    """Hold the register with a complaint that ``person`` may handle. Raises PayungError, for what is hidden as well.

    To whom is complained about, it is as if there were none.
    """
    rules = complaint_duties.rules_of(office)
    with office.register.lock(WAIT):
        filed = complaint_register.read(office.register, number)
        if filed.complaint is None:
            raise BrokenFiles(filed.problems)
        by = rules.staff.key(person.officer)
        if by not in rules.staff.officers or _retired(rules, by):
            known = ", ".join(key for key, one in rules.staff.officers.items() if not one.berhenti)
            raise PayungError(f"Tulis petugasnya: --oleh, lalu nama pendek di payung.yaml ({known}).")
        if not complaint.may_see(filed.complaint, by, rules.staff):
            raise PayungError(_HIDDEN.format(number))
        yield filed, filed.complaint, rules


def _retired(rules: ComplaintRules, key: str) -> bool:
    return rules.staff.officers[key].berhenti


def _check_turn(found: Complaint, rules: ComplaintRules, person: Person, needed: ComplaintStatus) -> None:
    """Raise PayungError unless the complaint stands at ``needed``, and the person may take the step from there."""
    standing = rules.standing(found)
    status = standing.status
    if status != needed:
        todo = f" Berikutnya: {', '.join(standing.holders)} {standing.duty}." if standing.holders else ""
        raise PayungError(
            f"Pengaduan {found.nomor_pengaduan} sekarang {status}; langkah ini untuk yang {needed}.{todo}"
        )
    may = complaint.may_act(found, status, rules.staff)
    if rules.staff.key(person.officer) not in may:
        raise PayungError(f"Langkah ini bukan tugas {person.officer}. Yang boleh: {', '.join(may) or 'belum ada'}.")


def _given(words: str, name: str) -> str:
    """Give words as they can be shown. Raises PayungError where there are none."""
    text = visible_text(words)
    if not text.strip():
        raise PayungError(f"Isi {name} kosong, jadi tidak ada yang dicatat. Ketik isinya, atau alirkan dari berkas.")
    return text


def _step(
    office: Office,
    filed: FiledComplaint,
    person: Person,
    section: str,
    values: Mapping[str, str],
    content: ComplaintContent | None = None,
    *more: Event,
) -> None:
    """Write a step with its day and officer; changed words are sealed first."""
    by, today = complaint_duties.rules_of(office).staff.key(person.officer), office.now().date().isoformat()
    given = {"tanggal": today, "oleh": by, **values}
    if content:
        changed = _event(office, person, "isi_diubah", {"langkah": section})
        complaint_register.replace_content(office.register, filed, content, changed)
    event = _event(office, person, "langkah", {"langkah": section})
    changes = {(section, key): value for key, value in given.items()}
    complaint_register.write(office.register, filed, changes, *more, event)


def _event(office: Office, person: Person, kind: str, data: Mapping[str, Any]) -> Event:
    account = {"akun": person.account} if person.account else {}
    return Event(kind, office.now(), person.officer, {**data, **account})
