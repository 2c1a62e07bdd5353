"""Composes the message that tells what happened to a case: number, what to do next, link; never topic or name.

Composes and checks; sends nothing (``outbox``) and reads no register. The same notice gives the same bytes.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import PurePath
from typing import Any, get_args

from processor.cases.case_file import Way
from processor.cases.records import Attachment
from processor.foundation import settings_mail
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.indonesian_dates import tanggal, waktu
from processor.foundation.settings import Settings
from processor.foundation.settings_agency import ServiceHours
from processor.foundation.settings_mail import ADDRESS
from processor.mail import templates
from processor.mail.calendar_file import Meeting, calendar_file
from processor.mail.message import Message
from processor.mail.templates import COMPLAINTS, KINDS, LISTS, STAFF, List, NoticeKind, broken_kinds, check_templates

__all__ = [
    "FOLDER",
    "KINDS",
    "STEPS",
    "List",
    "Notice",
    "NoticeKind",
    "NoticeLine",
    "broken_kinds",
    "check_templates",
    "compose",
    "message_id",
    "mistakes",
]

FOLDER = "pemberitahuan"
"""Where the templates lie, in ``opinions``."""

STEPS = frozenset({
    "verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian", "pengarsipan", "seluruhnya",
    "kelengkapan dari pemohon", "pesan pemohon", "berkas permohonan", "keberatan",
    "penerusan pengaduan", "rencana tindak lanjut pengaduan", "jawaban pengaduan",
    "pemetaan triwulan", "rancangan laporan tahunan", "laporan tahunan",
})  # fmt: skip
"""What a line to staff may say of a case besides its number and its deadline."""

_FIRST: NoticeKind = "diterima"
_NUMBER = re.compile(r"[A-Z]{1,6}-[0-9]{4}-[0-9]{4,}|[0-9]{4}(?:-[1-4])?")
_EVENT_MARK = re.compile(r"[a-z0-9][a-z0-9_-]{0,47}")
_NO_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TYPES = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One case in a notice to staff: its number, what is at stake (one of ``STEPS``), and by when (aware).

    A report that is due has its period in the place of a number: 2026-3, or 2026.
    """

    number: str
    step: str
    due: datetime | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether it holds nothing but a number and known words."""
        return bool(_NUMBER.fullmatch(self.number)) and self.step in STEPS

    def sentence(self, service: ServiceHours) -> str:
        """Write the line as an officer reads it: ``BH-2026-0001: kajian, tenggat 3 Juli 2026 10.00 WIB``."""
        here = self.due.astimezone(service.zone) if self.due else None
        by_when = f", tenggat {tanggal(here)} {here:%H.%M} {service.zona_singkat}" if here else ""
        return f"{self.number}: {self.step}{by_when}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened, to be told to one person.

    ``number`` is the case's, "" for a notice to staff, which tells ``lists`` of cases instead. ``mark`` tells apart
    events of one kind: for an applicant "" for the first, then the round; for staff the day and the officer's short
    name (2026-11-23-kabag). ``time`` is aware, the event's own. ``cara`` is how the applicant wants to be answered.
    ``missing``, ``reason`` and ``until`` are what that kind says; ``coded`` tells whether the applicant has a code: it
    opens the status whatever way the answer goes. ``origin`` tells the case from another that was given its number
    because the register was lost and begun again; "" for one that was filed before there was such a mark. A ``jadwal``
    tells of its ``meeting``.
    """

    kind: NoticeKind
    number: str
    to: str = field(repr=False)
    time: datetime
    mark: str = ""
    cara: Way = "loket"
    missing: tuple[str, ...] = field(default=(), repr=False)
    reason: str = field(default="", repr=False)
    until: date | None = None
    lists: Mapping[List, Sequence[NoticeLine]] = field(default_factory=dict)
    coded: bool = False
    origin: str = ""
    meeting: Meeting | None = None

    @property
    def event(self) -> str:
        """Name the event; with the number, that names the message."""
        return f"{self.kind}-{self.mark}" if self.mark else self.kind

    @property
    def first(self) -> NoticeKind:
        """Name the first event of what it is about, to which a mailbox joins the others."""
        return COMPLAINTS[0] if self.kind in COMPLAINTS else _FIRST

    @property
    def carries_answer(self) -> bool:
        """Tell whether the answer or rejection itself goes with it."""
        return self.kind in {"dijawab", "ditolak", "pengaduan_dijawab", "keberatan_dijawab"} and self.cara == "email"

    @property
    def reason_by_email(self) -> str:
        """Give the reason where it may stand in an email, else ""."""
        return _without_control_characters(self.reason) if self.cara == "email" else ""

    @property
    def lines(self) -> tuple[NoticeLine, ...]:
        """List all its lines, of every list."""
        return tuple(line for lines in self.lists.values() for line in lines)


def message_id(number: str, event: str, sender: str, origin: str = "") -> str:
    """Make the Message-ID of an event: always the same, so that a mailbox that gets it twice may show it once.

    A number alone may come to bear two cases; by its ``origin`` each has Message-IDs of its own.
    """
    return f"<{'.'.join(filter(None, (number, origin, event))).lower()}@{settings_mail.domain(sender)}>"


def compose(notice: Notice, settings: Settings, documents: Sequence[Attachment] = ()) -> Message:
    """Compose the message of ``notice``; the caller has seen to it that its words do not name the applicant.

    Args:
        notice: what is told, and to whom.
        settings: the agency, the sender, the site and the office zone.
        documents: go with an answer or a rejection to who wants it by email; with any other notice they stay out.

    Raises:
        BrokenFiles: with everything that stands in the way: a bad address, a mistake in a template, an answer without
            its document. No Problem holds the address.
    """
    documents = documents if notice.carries_answer else ()
    if problems := mistakes(notice, len(documents)):
        raise BrokenFiles(problems)
    values = _placeholder_values(notice, settings, attached=bool(documents))
    words = templates.render_notice(notice.kind, values, settings.opinions / FOLDER)
    made = EmailMessage(policy=SMTP)
    _headers(made, notice, settings, words.subject)
    made.set_content(words.text, cte="quoted-printable")
    made.add_alternative(words.html, subtype="html", cte="quoted-printable")
    for count, document in enumerate(documents, start=1):
        _attach(made, f"{notice.number}-{count}", document)
    if notice.meeting:
        _attach_calendar(made, notice, notice.meeting, settings)
    made["Content-Language"] = "id"  # last: making parts takes such headers away
    _fix_boundaries(made)
    return Message(notice.number, notice.event, notice.kind, bytes(made), recipient=notice.to)


def mistakes(notice: Notice, documents: int) -> tuple[Problem, ...]:
    """Tell what would make a message with so many ``documents`` go astray, say what nobody meant, or say too little."""
    place = " ".join(("email", notice.kind, *_NUMBER.findall(notice.number)))
    attached = documents if notice.carries_answer else 0
    found = (*_addressing_mistakes(notice), *_forbidden_words(notice), *_missing_words(notice, attached))
    return tuple(Problem(place, None, message, mend) for message, mend in found)


def _addressing_mistakes(notice: Notice) -> Iterator[tuple[str, str]]:
    """Find what is wrong with its address and its name, each with its mend."""
    staff = notice.kind in STAFF
    if bool(notice.number) if staff else not _NUMBER.fullmatch(notice.number):
        yield "Nomor registrasi tidak sah.", "Betulkan nomornya."
    if (staff or notice.mark) and not _EVENT_MARK.fullmatch(notice.mark):
        yield "Penanda peristiwa tidak sah.", "Pakai huruf kecil, angka, dan tanda hubung."
    if not ADDRESS.fullmatch(notice.to):
        yield "Alamat email penerima tidak sah, jadi tidak dikirim.", "Betulkan, atau sampaikan dengan cara lain."


def _forbidden_words(notice: Notice) -> Iterator[tuple[str, str]]:
    """Find what must not be said, each with its mend."""
    if not all(line.is_sound for line in notice.lines):
        yield "Daftar untuk petugas memuat selain nomor dan langkah.", "Laporkan kepada pengembang."


def _missing_words(notice: Notice, documents: int) -> Iterator[tuple[str, str]]:
    """Find what it should say and does not, each with its mend."""
    by_email = notice.cara == "email"
    for kinds, needed, there in (
        ({"perlu_dilengkapi"}, "apa yang kurang", any(item.strip() for item in notice.missing)),
        ({"ditolak"} if by_email else {}, "alasan penolakan", notice.reason_by_email),
        ({"dijawab", "pengaduan_dijawab", "keberatan_dijawab"} if by_email else {}, "surat jawabannya", documents),
        (STAFF, "nomor permohonannya", notice.lines),
        ({"jadwal"}, "kapan janji temunya", notice.meeting),
    ):
        if notice.kind in kinds and not there:
            yield f"Pemberitahuan ini belum memuat {needed}.", "Isi lebih dahulu."


def _placeholder_values(notice: Notice, settings: Settings, *, attached: bool) -> Mapping[str, Any]:
    """Give what the placeholders of the templates stand for."""
    service = settings.layanan
    return {
        "nomor": notice.number,
        "tautan": settings.situs.alamat,
        "tautan_lacak": f"{settings.situs.alamat}lacak/",
        "punya_kode": notice.coded,
        "instansi": {name: getattr(settings.instansi, name) for name in templates.AGENCY},
        **{f"lewat_{way}": notice.cara == way for way in get_args(Way)},
        "kekurangan": tuple(
            " ".join(_without_control_characters(item).split()) for item in notice.missing if item.strip()
        ),
        "alasan": notice.reason_by_email,
        "dilampirkan": attached,
        "berlaku_sampai": tanggal(notice.until) if notice.until else "",
        **{name: [line.sentence(service) for line in notice.lists.get(name, ())] for name in LISTS},
        "waktu": waktu(notice.time, service.zone, service.zona_singkat),
        "jumlah": len({line.number for line in notice.lines}),
        **_meeting_values(notice.meeting, service),
    }


def _meeting_values(meeting: Meeting | None, service: ServiceHours) -> Mapping[str, Any]:
    """Give what the placeholders of an appointment stand for."""
    return {
        "temu_waktu": waktu(meeting.begins, service.zone, service.zona_singkat) if meeting else "",
        "temu_cara": meeting.way if meeting else "",
        "temu_tempat": " ".join(_without_control_characters(meeting.place).split()) if meeting else "",
        "temu_batal": bool(meeting and meeting.off),
    }


def _without_control_characters(text: str) -> str:
    """Take control characters out of ``text``, and end its lines one way."""
    return _NO_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _headers(made: EmailMessage, notice: Notice, settings: Settings, subject: str) -> None:
    made["From"] = Address(settings.sender_name, addr_spec=settings.sender)
    made["To"] = Address(addr_spec=notice.to)
    made["Subject"] = subject
    made["Date"] = format_datetime(notice.time)
    made["Message-ID"] = message_id(notice.number, notice.event, settings.sender, notice.origin)
    if notice.number and notice.event != notice.first:
        first = message_id(notice.number, notice.first, settings.sender, notice.origin)
        made["In-Reply-To"] = made["References"] = first
    made["Auto-Submitted"] = "auto-generated"


def _attach(made: EmailMessage, name: str, document: Attachment) -> None:
    """Attach a document under a name that tells the case's number and nothing else."""
    ending = PurePath(document.name).suffix.lower()
    main, sub = _TYPES.get(ending, ("application", "octet-stream"))
    made.add_attachment(document.content, maintype=main, subtype=sub, filename=name + ending * (ending in _TYPES))


def _attach_calendar(made: EmailMessage, notice: Notice, meeting: Meeting, settings: Settings) -> None:
    """Attach an appointment for the applicant's calendar, by one name whether it takes place or is off."""
    event = f"{notice.kind}-{meeting.begins:%Y%m%d%H%M}"
    uid = message_id(notice.number, event, settings.sender, notice.origin).strip("<>")
    text = calendar_file(meeting, notice.number, uid, settings.sender, notice.time)
    params = {"method": "CANCEL" if meeting.off else "PUBLISH"}
    made.add_attachment(text, subtype="calendar", cte="base64", filename=f"{notice.number}.ics", params=params)


def _fix_boundaries(made: EmailMessage) -> None:
    """Give the parts boundaries that are the same every time."""
    for count, part in enumerate(part for part in made.walk() if part.is_multipart()):
        digest = hashlib.sha256(f"{made['Message-ID']}|{count}".encode()).hexdigest()
        part.set_boundary(f"=_{digest[:40]}")
