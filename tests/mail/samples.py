"""Notices and messages of a fictional office, for the tests of mail."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

from processor.cases.records import Attachment
from processor.foundation import settings as settings_module
from processor.foundation.settings import Settings
from processor.foundation.settings_mail import Mail
from processor.mail.calendar_file import Meeting
from processor.mail.composer import FOLDER, Notice, NoticeKind, NoticeLine
from processor.mail.message import Message
from tests.office import ROOT, START

TEMPLATES = ROOT / "opinions" / FOLDER
PAUSE = timedelta(minutes=5)
TO = "orang1@example.org"
NUMBER = "BH-2026-0001"


def server_at(port: int = 25, **changes: Any) -> Settings:
    """The shipped settings with a mail server on this computer."""
    given = {"server": "127.0.0.1", "port": port, "keamanan": "tanpa", "pengirim": "layanan@biro.example.go.id"}
    return SHIPPED.model_copy(update={"email": Mail(**{**given, "nama_pengirim": "Biro Hukum", **changes})})


SHIPPED = settings_module.load(ROOT / "payung.yaml")
OFFICE = server_at()


MEETING = Meeting(START + timedelta(days=2), "lewat video", "https://rapat.example.go.id/x")


def notice(kind: NoticeKind = "diterima", **changes: Any) -> Notice:
    lines = (NoticeLine(NUMBER, "kajian", START), NoticeLine("BH-2026-0002", "kelengkapan dari pemohon"))
    staff = {"number": "", "lists": {"terlambat": lines[:1], "menjelang": lines}, "mark": "2026-03-02-kabag"}
    said: dict[str, dict[str, Any]] = {
        "perlu_dilengkapi": {"missing": ("Surat tugas",)},
        "ditolak": {"cara": "email", "reason": "Perkara sudah di pengadilan."},
        "jadwal": {"meeting": MEETING, "mark": "20260304-1030"},
        "pengingat_petugas": staff,
        "ringkasan_petugas": staff,
    }
    return Notice(**{"kind": kind, "number": NUMBER, "to": TO, "time": START, **said.get(kind, {}), **changes})


def message(count: int = 1) -> Message:
    number = f"BH-2026-{count:04d}"
    content = f"To: orang{count}@example.org\r\nMessage-ID: <{count}>\r\n\r\nIsi.\r\n.titik\r\n"
    return Message(number, "diterima", "diterima", content.encode())


def parsed(made: Message) -> Any:
    return message_from_bytes(made.content, policy=SMTP)


def bodies(made: Message) -> tuple[str, str]:
    text, html = (parsed(made).get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    return text, html


LETTER = Attachment("../Pendapat tentang cerai.docx", b"isi")
