"""Takes in a complaint, told or on paper: words and person are typed or piped, and never part of a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import get_args

from processor.cases import complaint_content, complaint_register, journal, journal_heads
from processor.cases.complaint import AnswerWay, Complaint, ComplaintChannel, ComplaintKind
from processor.cases.complaint_content import ComplaintContent
from processor.cases.records import Applicant, Event
from processor.cases.staff import Staff, meant
from processor.foundation.errors import PayungError
from processor.foundation.settings_mail import ADDRESS
from processor.foundation.yaml_writer import visible_text
from processor.operations import register_watch
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_duties
from processor.operations.office import Office

Ask = Callable[[str], str]
CHANNELS: tuple[ComplaintChannel, ...] = tuple(one for one in get_args(ComplaintChannel) if one != "situs")
KINDS: tuple[ComplaintKind, ...] = get_args(ComplaintKind)
WAYS: tuple[AnswerWay, ...] = tuple(one for one in get_args(AnswerWay) if one != "kode")
KEY = "kunci_kiriman"
"""Under this the journal keeps the keyed fingerprint of what a complaint was filed from."""
_WAIT = 10.0  # seconds for a pass that is under way
_END = "."
QUESTIONS: Mapping[str, str] = {
    "nama": "Nama pengadu",
    "alamat": "Alamat surat",
    "email": "Email",
    "telepon": "Telepon",
}


@dataclass(frozen=True, slots=True)
class ComplaintHead:
    """What is known of a complaint besides its words: codes, officers, the day (None: today)."""

    channel: ComplaintChannel
    kind: ComplaintKind = "lainnya"
    way: AnswerWay = "tidak_ada"
    about: tuple[str, ...] = ()
    anonymous: bool = False
    day: date | None = None


def read_words(ask: Ask, prompt: str) -> str:
    """Read words of several lines, up to a full stop that stands alone, or to where the input ends."""
    lines: list[str] = []
    try:
        line = ask(f"{prompt} Selesai: ketik titik ({_END}) sendirian, lalu Enter.\n| ")
        while line.strip() != _END:
            lines.append(line)
            line = ask("| ")
    except EOFError:
        pass
    return visible_text("\n".join(lines))


def take(office: Office, person: Person, head: ComplaintHead, ask: Ask) -> str:
    """Ask for the words of a complaint and, unless it is anonymous, who says them; file it; give its number.

    Raises:
        PayungError: Somebody who is named is no officer, or is complained about and would take it in; there are no
            words; or nobody could be answered on the way that was chosen.
    """
    _involved(office, person, head)  # before anybody types in vain
    asked = ("email",) if head.anonymous else tuple(QUESTIONS)
    try:
        complainant = {key: _answer(ask, key) for key in asked}
    except EOFError:
        raise PayungError(
            "Identitas pengadu belum lengkap, jadi tidak ada yang dicatat. Satu baris untuk tiap pertanyaan "
            f"({', '.join(asked)}; boleh kosong), lalu isi pengaduannya."
        ) from None
    _check_way(head.way, Applicant(**complainant))
    return record(office, person, head, complainant, read_words(ask, "Isi pengaduan, dengan kata-kata pengadu."))


def record(
    office: Office, person: Person, head: ComplaintHead, said: Mapping[str, str], words: str, key: str = ""
) -> str:
    """File a complaint that was told or written down; give its number.

    Args:
        office: The open office.
        person: Who takes it in.
        head: What is known of it besides its words.
        said: What the complainant said of themselves, by the keys of ``QUESTIONS``; of an anonymous one only where an
            answer could go.
        words: What they complain about.
        key: Tells it from any other, "" where nothing does: of one key only one is filed, and its number given again
            where it says the same.

    Raises PayungError as ``take``.
    """
    by, about = _involved(office, person, head)
    kept = {key: " ".join(visible_text(text).split()) for key, text in said.items()}
    complainant = Applicant(**{"email": kept.get("email", "")} if head.anonymous else kept)
    _check_way(head.way, complainant)
    if not words.strip():
        raise PayungError("Isi pengaduan kosong, jadi tidak ada yang dicatat.")
    return _file(office, person, by, about, head, ComplaintContent(visible_text(words), complainant), key)


def _involved(office: Office, person: Person, head: ComplaintHead) -> tuple[str, tuple[str, ...]]:
    """Give the short names of who takes a complaint in, and of whom it is about. Raises PayungError as ``take``."""
    staff = Staff(office.settings.petugas)
    by, about = _officer(staff, person.officer), tuple(_officer(staff, word) for word in head.about)
    if by in about:
        raise PayungError(f"{person.officer} diadukan, jadi tidak dapat mencatatnya. Minta petugas lain.")
    if head.day and head.day > office.now().date():
        raise PayungError("Tanggal pengaduan belum tiba. Tulis hari pengaduan itu diterima.")
    check_prefix(office)
    return by, about


def check_prefix(office: Office) -> None:
    """Raise PayungError where the numbers of complaints would be those of requests."""
    if office.settings.surat.awalan == complaint_register.PREFIX:
        raise PayungError(f"Awalan {complaint_register.PREFIX} sudah dipakai nomor permohonan. Ubah surat.awalan.")


def _officer(staff: Staff, word: str) -> str:
    """Give the short name of an officer. Raises PayungError for somebody who is none."""
    key = staff.key(word)
    if not word:
        raise PayungError(f"Tulis petugasnya: --oleh, lalu nama pendek di payung.yaml ({', '.join(staff.officers)}).")
    if key not in staff.officers:
        raise PayungError(f"“{word}” bukan petugas yang terdaftar di payung.yaml. {meant(word, staff)}")
    return key


def _answer(ask: Ask, key: str) -> str:
    """Ask for one line about the complainant, an address until it is none or can be one."""
    while True:
        text = " ".join(visible_text(ask(f"{QUESTIONS[key]} (opsional): ")).split())
        if key != "email" or not text or ADDRESS.fullmatch(text):
            return text


def _check_way(way: AnswerWay, one: Applicant) -> None:
    """Raise PayungError where the answer could not go that way."""
    lacks = {"email": ("email", one.email), "surat": ("alamat", one.alamat)}
    name, value = lacks.get(way, ("", "ada"))
    if not value:
        raise PayungError(f"Jawaban lewat {way} memerlukan {name} pengadu, jadi tidak ada yang dicatat. Ulangi.")


def _file(
    office: Office,
    person: Person,
    by: str,
    about: tuple[str, ...],
    head: ComplaintHead,
    content: ComplaintContent,
    key: str,
) -> str:
    """File a complaint under the next number, which it gives; that of ``key`` where it was filed already."""
    now = office.now()
    received = now if head.day in {None, now.date()} else _at_opening(office, head.day or now.date())
    told = {"akun": person.account} if person.account else {}
    told |= {KEY: office.register.fingerprint(KEY, key)} if key else {}
    with office.register.lock(_WAIT):
        if key and (before := _filed_before(office, told[KEY])):
            return _same(office, before, content)
        number = next_number(office, received.year)
        new = Complaint(
            nomor_pengaduan=number, diterima=received.replace(microsecond=0), kanal=head.channel, jenis=head.kind,
            anonim=head.anonymous, jawaban_lewat=head.way, diterima_oleh=by, diadukan=about,
        )  # fmt: skip
        add(office, new, content, by, told)
    return number


def _filed_before(office: Office, mark: str) -> str:
    """Give the number of the complaint that was filed from what has this fingerprint; "" for none."""
    for number in reversed(complaint_register.numbers(office.register)):
        events, _ = journal.read(complaint_register.path(office.register, number) / journal.FILE_NAME)
        if events and events[0].data.get(KEY) == mark:
            return number
    return ""


def _same(office: Office, number: str, content: ComplaintContent) -> str:
    """Give the number of a complaint of these words and this person. Raises PayungError where it is of others."""
    there = complaint_content.read(office.register, complaint_register.path(office.register, number))
    if (there.words, there.complainant) != (content.words, content.complainant):
        raise PayungError(
            f"Isian ini sudah dicatat sebagai {number}, dengan isi lain. Yang tertulis di sini belum dicatat: salin "
            "yang perlu, lalu mulai isian baru."
        )
    return number


def next_number(office: Office, year: int) -> str:
    """Give the number of the next complaint; none that this computer saw given out. The caller holds the lock."""
    issued = office.memory.complaints(register_watch.identity_of(office.register))
    return complaint_register.next_number(office.register, year, issued)


def add(office: Office, new: Complaint, content: ComplaintContent, by: str, told: Mapping[str, str]) -> None:
    """File a complaint; its journal begins with what is ``told``. The caller holds the register's lock."""
    register, now = office.register, office.now()
    mark = register.fingerprint(journal_heads.MAIL_MARK, f"{new.nomor_pengaduan} {now.isoformat()}")[:12]
    filing = Event(journal.FILING, now, by, {"kanal": new.kanal, journal_heads.MAIL_MARK: mark, **told})
    complaint_register.begin(register, new.nomor_pengaduan)
    office.memory.note_complaint(register_watch.identity_of(register), new.nomor_pengaduan)
    complaint_register.add(register, new, content, filing)


def _at_opening(office: Office, day: date) -> datetime:
    """Give the moment at which the office opens on an earlier day: nobody wrote down the hour."""
    service = office.settings.layanan
    return datetime.combine(day, service.mulai or time.min, service.zone)


def promised_days(office: Office, number: str) -> dict[str, date]:
    """Give the last day of each step of a complaint, in the office's zone."""
    found = complaint_register.read(office.register, number).complaint
    rules = complaint_duties.rules_of(office)
    return {step: rules.last_day(found, step) for step in type(rules.limits).model_fields} if found else {}
