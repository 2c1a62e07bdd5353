"""Talks to the mail server: one connection, one message at a time, and says truly how far each one came.

Nothing here tells a content, an address or a server's own words (which repeat the address): only codes and causes.
"""

import os
import re
import smtplib
import socket
import ssl
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from processor.errors import PayungError
from processor.yamltext import Written

ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)(?=.{6,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
"""An e-mail address as every server takes it: ASCII, no quotes, no comments, no line ends."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


class Mail(Written):
    """The agency's mail server, ``surel`` in payung.yaml. Holds no secret, only where one lies."""

    server: str = Field(pattern=r"^[A-Za-z0-9.:-]+$", description="Nama server surat keluar (SMTP)")
    port: int = Field(default=587, ge=1, le=65535, description="587 untuk starttls, 465 untuk tls")
    keamanan: Literal["starttls", "tls", "tanpa"] = Field(default="starttls", description="tanpa: hanya di 127.0.0.1")
    pengguna: str = Field(default="", description="Nama masuk ke server; kosongkan bila tidak diminta")
    sandi_dari: str = Field(default="", description="NAMA variabel lingkungan, atau alamat berkas sandi. Bukan sandi")
    pengirim: str = Field(description="Alamat surel pengirim")
    nama_pengirim: str = Field(pattern=r"^[^\x00-\x1f\x7f]+$", description="Nama pengirim yang dilihat penerima")
    jeda: int = Field(default=5, ge=1, le=1440, description="Menit sebelum dicoba lagi")
    sertifikat: Path | None = Field(default=None, description="Sertifikat CA instansi sendiri, bila ada")

    @field_validator("keamanan")
    @classmethod
    def _safe(cls, value: str, info: ValidationInfo) -> str:
        if value == "tanpa" and info.data.get("server") not in _LOOPBACK:
            raise ValueError("tanpa hanya untuk server di komputer ini (127.0.0.1). Pakai starttls atau tls.")
        return value

    @field_validator("sandi_dari")
    @classmethod
    def _told(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("pengguna")):
            raise ValueError("pengguna dan sandi_dari diisi keduanya atau dikosongkan keduanya.")
        return value

    @field_validator("pengirim")
    @classmethod
    def _address(cls, value: str) -> str:
        if not ADDRESS.fullmatch(value):
            raise ValueError("Bukan alamat surel. Tulis seperti layanan@biro.example.go.id.")
        return value

    @property
    def domain(self) -> str:
        """The agency's mail domain."""
        return self.pengirim.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Secret:
    """A password that shows itself only to who asks for ``text``."""

    text: str = field(default="", repr=False)


def secret(mail: Mail, environment: Mapping[str, str], base: Path) -> Secret:
    """The password that ``mail`` names; ``base`` is what a relative path counts from.

    Raises PayungError when there is none, or when others than its owner can read it. What stands in ``sandi_dari``
    is never repeated: it may be the password itself, by mistake.
    """
    if not mail.pengguna:
        return Secret()
    if _VARIABLE.fullmatch(mail.sandi_dari):
        text = environment.get(mail.sandi_dari, "")
        if not text:
            raise PayungError("Variabel lingkungan pada surel.sandi_dari kosong. Isi sebelum menjalankan Payung.")
        return Secret(text)
    path = base / Path(mail.sandi_dari).expanduser()
    try:
        mode, text = path.stat().st_mode, path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        raise PayungError("Berkas sandi pada surel.sandi_dari tidak terbaca. Betulkan alamat atau izinnya.") from None
    if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
        raise PayungError("Berkas sandi pada surel.sandi_dari terbaca orang lain. Jalankan chmod 600 pada berkas itu.")
    if not text:
        raise PayungError("Berkas sandi pada surel.sandi_dari kosong. Tulis sandinya di baris pertama.")
    return Secret(text)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, and why, in a sentence for staff.

    ``terkirim``: the server has it. ``sementara``: refused for now (4xx). ``tetap``: refused for good (5xx).
    ``putus``: the connection broke when the server may have it or not. ``gangguan``: not about this message.
    """

    kind: Literal["terkirim", "sementara", "tetap", "putus", "gangguan"]
    reason: str = ""


class Trouble(PayungError):
    """The mail server cannot be used at all now."""


class Line:
    """A connection to the mail server, made when it is first needed and again after it broke."""

    def __init__(self, mail: Mail, password: Secret, timeout: float = 30.0) -> None:
        self._mail = mail
        self._password = password
        self._timeout = timeout
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """The connection, secured and logged in. Raises Trouble with cause and mend."""
        if self._smtp is None:
            try:
                self._smtp = self._connect()
            except (OSError, smtplib.SMTPException, ValueError) as error:
                raise Trouble(_trouble(error, self._mail)) from None  # it may hold the password
        return self._smtp

    def close(self) -> None:
        """Hang up, politely when the server is still there."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _drop(self) -> None:
        """Hang up without a word: whatever was not finished must not count."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        mail = self._mail
        if mail.keamanan == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.server, mail.port, mail.domain, timeout=self._timeout, context=_context(mail)
            )
        else:
            smtp = smtplib.SMTP(mail.server, mail.port, mail.domain, timeout=self._timeout)
        try:
            if mail.keamanan == "starttls":
                smtp.starttls(context=_context(mail))
            smtp.ehlo_or_helo_if_needed()
            if mail.pengguna:
                smtp.login(mail.pengguna, self._password.text)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def send(self, content: bytes, recipient: str, commit: Callable[[], object]) -> Outcome:
        """Hand over one message. ``commit`` is called at the last moment at which it surely was not sent.

        Raises Trouble when there is no connection, and whatever ``commit`` raises; nothing was sent then.
        """
        smtp = self.open()
        refused = self._offer(smtp, recipient)
        if refused:
            return refused
        try:
            commit()
        except BaseException:
            self._drop()
            raise
        return self._hand_over(smtp, content)

    def _offer(self, smtp: smtplib.SMTP, recipient: str) -> Outcome | None:
        """Ask whether the server would take a message; None when it waits for its content."""
        try:
            code, said = smtp.mail(self._mail.pengirim)
            if code != 250:
                self._drop()
                return Outcome("sementara" if code < 500 else "gangguan", _REFUSED_SENDER.format(_code(code, said)))
            code, said = smtp.rcpt(recipient)
            if code in {250, 251}:
                code, said = smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Outcome("sementara", "Sambungan ke server surat putus sebelum isi dikirim. Dicoba lagi sendiri.")
        if code == 354:
            return None
        self._reset(smtp, code)
        return _answer(code, said)

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes) -> Outcome:
        """Send the content; from here on a broken connection tells nothing about what arrived."""
        stuffed = re.sub(rb"(?m)^\.", b"..", content.rstrip(b"\r\n") + b"\r\n") + b".\r\n"
        try:
            smtp.send(stuffed)
            code, said = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Outcome("putus", UNCERTAIN)
        if code == 421:  # the server hangs up
            self._drop()
        return _answer(code, said)

    def _reset(self, smtp: smtplib.SMTP, code: int) -> None:
        """After a refusal with ``code``: make the connection ready for the next message, or give it up."""
        try:
            if code == 421 or smtp.rset()[0] != 250:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()


UNCERTAIN = (
    "Terputus ketika isi sedang dikirim: mungkin sampai, mungkin tidak. Tanyakan kepada penerima; bila tidak sampai, "
    "kirim ulang."
)
_REFUSED_SENDER = (
    "Server surat menolak pengirim ({}). Periksa surel.pengirim, surel.pengguna, dan sandinya di payung.yaml."
)


def _context(mail: Mail) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(mail.sertifikat) if mail.sertifikat else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _answer(code: int, said: bytes) -> Outcome:
    """What the server's answer to a message means. Its words stay out: they repeat the address."""
    shown = _code(code, said)
    if 200 <= code < 300:
        return Outcome("terkirim")
    if 400 <= code < 500:
        return Outcome("sementara", f"Server surat belum mau menerima ({shown}). Dicoba lagi sendiri.")
    if code < 400:
        return Outcome("sementara", f"Server surat menjawab yang tidak dikenal ({shown}). Dicoba lagi sendiri.")
    if " 5.2." in shown or code == 552:
        why = "kotak surat penerima penuh, tidak aktif, atau pesannya terlalu besar"
    elif " 5.7." in shown or code == 554:
        why = "pesan ditolak oleh kebijakannya. Tanyakan kepada pengelola server"
    else:
        why = "alamat penerima tidak dikenal atau tidak menerima"
    return Outcome("tetap", f"Ditolak server surat ({shown}): {why}. Betulkan, lalu kirim ulang, atau sampaikan lain.")


def _code(code: int, said: bytes) -> str:
    """The reply's code, with the enhanced one (RFC 3463) where the server gives it."""
    enhanced = re.match(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)", said or b"")
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)


def _trouble(error: Exception, mail: Mail) -> str:
    """Why there is no connection, and what to do."""
    where = f"{mail.server}:{mail.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"Sertifikat server surat {where} tidak dapat dipercaya (kode {error.verify_code}). Periksa surel.server "
            "dan jam komputer; bila instansi memakai CA sendiri, isi surel.sertifikat."
        )
    if isinstance(error, ssl.SSLError):
        return f"Sambungan aman ke {where} gagal. Periksa surel.keamanan (starttls 587, tls 465) dan surel.port."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"Server surat {where} menolak nama masuk atau sandi ({error.smtp_code}). Periksa surel.pengguna dan sandi."
        )
    if isinstance(error, smtplib.SMTPNotSupportedError) or type(error) is smtplib.SMTPException:
        return f"Server surat {where} tidak mengenal STARTTLS atau cara masuk ini. Periksa surel.keamanan."
    if isinstance(error, socket.gaierror):
        return f"Server surat {where} tidak ditemukan. Periksa surel.server dan sambungan internet."
    if isinstance(error, ConnectionRefusedError):
        return f"Tidak ada server surat di {where}. Periksa surel.server dan surel.port."
    if isinstance(error, (TimeoutError, smtplib.SMTPServerDisconnected)):
        return f"Server surat {where} tidak menjawab. Periksa jaringan, dinding api, surel.port, dan surel.keamanan."
    if isinstance(error, FileNotFoundError):
        return "Berkas surel.sertifikat tidak ada. Betulkan alamatnya di payung.yaml."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Server surat {where} belum melayani ({error.smtp_code}). Tunggu, atau tanyakan kepada pengelolanya."
    return f"Sambungan ke server surat {where} gagal ({type(error).__name__}). Periksa jaringan dan surel.port."
