"""What happened to a case -> the message that tells it: number, what happened, what to do, link; never topic or name.

Composes and checks; sends nothing (``outbox``) and reads no register. The same notice gives the same bytes.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from mimetypes import guess_type
from pathlib import PurePath
from typing import Any

from processor import notices
from processor.case import Attachment
from processor.errors import BrokenFiles, Problem
from processor.notices import KINDS, Kind, check_templates
from processor.outbox import Message
from processor.settings import Settings
from processor.smtp import ADDRESS, Mail

__all__ = ["FOLDER", "KINDS", "Kind", "Notice", "check_templates", "compose", "message_id"]

FOLDER = "pemberitahuan"
"""Where the templates lie, in ``opinions``."""

_FIRST: Kind = "diterima"
_NUMBER = re.compile(r"[A-Z]{1,6}-[0-9]{4}-[0-9]{4,}")
_MARK = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_NO_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened, to be told to one person.

    ``number`` is the case's ("" for a reminder about several). ``mark`` tells apart events of one kind: "" for the
    first, then the round, or for a reminder its day and an officer's serial (never a name). ``time`` is aware, the
    event's own. ``missing``, ``reason``, ``until`` and ``numbers`` are what that kind says; ``link`` is the page to
    open, the site's front by default. ``private`` is what staff must not have written into it: name, NIP,
    address, e-mail and phone of the applicant.
    """

    kind: Kind
    number: str
    to: str = field(repr=False)
    time: datetime
    mark: str = ""
    missing: tuple[str, ...] = field(default=(), repr=False)
    reason: str = field(default="", repr=False)
    until: str = ""
    numbers: tuple[str, ...] = ()
    link: str = ""
    private: tuple[str, ...] = field(default=(), repr=False)

    @property
    def event(self) -> str:
        """The event's name: with the number, it names the message."""
        return f"{self.kind}-{self.mark}" if self.mark else self.kind


def message_id(number: str, event: str, mail: Mail) -> str:
    """The Message-ID of an event: always the same, so that a mailbox that gets it twice may show it once."""
    return f"<{'.'.join(filter(None, (number, event))).lower()}@{mail.domain}>"


def compose(
    notice: Notice, mail: Mail, settings: Settings, documents: Sequence[Attachment] = (), *, attach: bool = False
) -> Message:
    """The message of ``notice``; ``documents`` go with it only when ``attach`` says so, and only with an answer.

    Raises BrokenFiles with everything that stands in the way: a bad address, a mistake in a template, an identity in
    the text. No Problem holds the address or the identity.
    """
    attach = attach and bool(documents) and notice.kind == "dijawab"
    problems = _mistakes(notice)
    if problems:
        raise BrokenFiles(problems)
    words = notices.render(notice.kind, _values(notice, settings, attach=attach), settings.opinions / FOLDER)
    made = EmailMessage(policy=SMTP)
    _headers(made, notice, mail, words.subject)
    made.set_content(words.text, cte="quoted-printable")
    made.add_alternative(words.html, subtype="html", cte="quoted-printable")
    for count, document in enumerate(documents if attach else (), start=1):
        _attach(made, f"{notice.number}-{count}{PurePath(document.name).suffix.lower()}", document.content)
    made["Content-Language"] = "id"  # last: making parts takes such headers away
    _fix_boundaries(made)
    return Message(notice.number, notice.event, notice.kind, bytes(made))


def _mistakes(notice: Notice) -> tuple[Problem, ...]:
    """What would make a message go astray, or say something that nobody meant."""
    found = []
    about_several = notice.kind == "pengingat_petugas" and not notice.number
    if not (about_several or _NUMBER.fullmatch(notice.number)):
        found.append(_problem(notice, "Nomor registrasi tidak sah.", "Betulkan nomornya."))
    if notice.mark and not _MARK.fullmatch(notice.mark):
        found.append(_problem(notice, "Penanda peristiwa tidak sah.", "Pakai huruf kecil, angka, dan tanda hubung."))
    if not all(map(_NUMBER.fullmatch, notice.numbers)):
        found.append(_problem(notice, "Pengingat hanya memuat nomor registrasi.", "Hapus yang bukan nomor."))
    if not ADDRESS.fullmatch(notice.to):
        mend = "Betulkan alamat surel penerima, atau sampaikan dengan cara lain."
        found.append(_problem(notice, "Alamat surel penerima tidak sah, jadi tidak dikirim.", mend))
    if re.search(r"[\s<>\"]", notice.link):
        found.append(_problem(notice, "Tautan pemberitahuan tidak sah.", "Periksa situs.alamat di payung.yaml."))
    if _tells("\n".join((notice.reason, notice.until, *notice.missing)), notice.private):
        mend = "Tulis ulang alasan atau kekurangannya tanpa identitas: surel dapat terbaca orang lain."
        found.append(_problem(notice, "Pemberitahuan memuat identitas pemohon, jadi tidak dikirim.", mend))
    for kind, said, what in (
        ("perlu_dilengkapi", any(filter(None, notice.missing)), "apa yang kurang"),
        ("ditolak", notice.reason.strip(), "alasan penolakan"),
        ("pengingat_petugas", notice.numbers, "nomor permohonannya"),
    ):
        if notice.kind == kind and not said:
            found.append(_problem(notice, f"Pemberitahuan ini belum memuat {what}.", "Isi lebih dahulu."))
    return tuple(found)


def _problem(notice: Notice, message: str, mend: str) -> Problem:
    known = notice.number if _NUMBER.fullmatch(notice.number) else "permohonan"
    return Problem(f"surel {notice.kind} {known}", None, message, mend)


def _values(notice: Notice, settings: Settings, *, attach: bool) -> Mapping[str, Any]:
    """What the placeholders of the templates stand for."""
    return {
        "nomor": notice.number,
        "tautan": notice.link or settings.situs.alamat,
        "instansi": {name: getattr(settings.instansi, name) for name in notices.AGENCY},
        "kekurangan": tuple(" ".join(_plain(item).split()) for item in notice.missing if item.strip()),
        "alasan": _plain(notice.reason),
        "dilampirkan": attach,
        "berlaku_sampai": _plain(notice.until),
        "permohonan": notice.numbers,
        "jumlah": len(notice.numbers),
    }


def _plain(text: str) -> str:
    """``text`` without control characters, its lines ended one way."""
    return _NO_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _tells(text: str, private: Sequence[str]) -> bool:
    """Whether one of ``private`` stands in ``text`` as words of its own."""
    text = " ".join(text.casefold().split())
    words = (" ".join(one.casefold().split()) for one in private)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words if len(word) > 3)


def _headers(made: EmailMessage, notice: Notice, mail: Mail, subject: str) -> None:
    made["From"] = Address(mail.nama_pengirim, addr_spec=mail.pengirim)
    made["To"] = Address(addr_spec=notice.to)
    made["Subject"] = subject
    made["Date"] = format_datetime(notice.time)
    made["Message-ID"] = message_id(notice.number, notice.event, mail)
    if notice.kind != "pengingat_petugas" and notice.event != _FIRST:
        made["In-Reply-To"] = made["References"] = message_id(notice.number, _FIRST, mail)
    made["Auto-Submitted"] = "auto-generated"


def _attach(made: EmailMessage, name: str, content: bytes) -> None:
    """Attach a document under a name that tells the number and nothing else."""
    main, _, sub = (guess_type(name)[0] or "application/octet-stream").partition("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)


def _fix_boundaries(made: EmailMessage) -> None:
    """Boundaries that do not change from one time to the next."""
    for count, part in enumerate(part for part in made.walk() if part.is_multipart()):
        digest = hashlib.sha256(f"{made['Message-ID']}|{count}".encode()).hexdigest()
        part.set_boundary(f"=_{digest[:40]}")
