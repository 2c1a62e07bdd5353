"""Talks to the mail server: one connection, one message at a time, and says truly how far each one came.

Nothing here tells a content, an address or a server's own words (which repeat the address): only codes and causes.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable

from processor.foundation import settings_mail
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings
from processor.foundation.settings_mail import Mail
from processor.mail.retries import Outcome


class ServerUnusable(PayungError):
    """The mail server cannot be used now for any message."""


class Connection:
    """A connection to the mail server, made when it is first needed and again after it broke."""

    def __init__(self, settings: Settings, timeout: float = 30.0, heard: Callable[[str], object] = str) -> None:
        self._settings = settings
        self._timeout = timeout
        self._heard = heard
        self._smtp: smtplib.SMTP | None = None

    def connect(self) -> smtplib.SMTP:
        """Connect securely and log in, unless that was done. Raises ServerUnusable with cause and mend."""
        if self._smtp is None:
            try:
                self._smtp = self._new_connection()
            except PayungError as error:
                raise ServerUnusable(str(error)) from None
            except (OSError, smtplib.SMTPException, ValueError) as error:
                raise ServerUnusable(_connection_problem(error, self._settings)) from None  # it may hold the password
        return self._smtp

    def close(self) -> None:
        """Hang up, politely when the server is still there."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _hang_up(self) -> None:
        """Hang up without a word, so that nothing unfinished counts."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _new_connection(self) -> smtplib.SMTP:
        mail, password = self._settings.email, self._settings.mail_password()
        here = settings_mail.domain(self._settings.sender)
        if mail.keamanan == "tls":
            context = _tls_context(self._settings)
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=here, timeout=self._timeout, context=context)
        else:
            smtp = smtplib.SMTP(local_hostname=here, timeout=self._timeout)
        smtp._host = mail.server  # type: ignore[attr-defined]  # noqa: SLF001 -- its certificate is checked against that
        try:
            self._heard(_greeting(smtp, mail))
            if mail.keamanan == "starttls":
                smtp.starttls(context=_tls_context(self._settings))
            smtp.ehlo_or_helo_if_needed()
            if mail.pengguna:
                smtp.login(mail.pengguna, password.text)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def send(self, content: bytes, recipient: str, commit: Callable[[], object]) -> Outcome:
        """Hand over one message.

        Args:
            content: the message (RFC 5322).
            recipient: its address.
            commit: called at the last moment at which the message surely was not sent.

        Returns:
            What became of it.

        Raises:
            ServerUnusable: there is no connection. Whatever ``commit`` raises, too; nothing was sent then.
        """
        smtp = self.connect()
        refused = self._ask_to_take(smtp, recipient)
        if refused:
            return refused
        try:
            commit()
        except BaseException:
            self._hang_up()
            raise
        return self._send_content(smtp, content)

    def _ask_to_take(self, smtp: smtplib.SMTP, recipient: str) -> Outcome | None:
        """Ask whether the server would take a message (MAIL, RCPT, DATA); None when it waits for the content."""
        try:
            code, said = smtp.mail(self._settings.sender)
            if code != 250:
                self._hang_up()
                return Outcome(
                    "sementara" if code < 500 else "gangguan", _REFUSED_SENDER.format(_reply_code(code, said))
                )
            code, said = smtp.rcpt(recipient)
            if code in {250, 251}:
                code, said = smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib hides it
                return Outcome("gangguan", _connection_problem(TimeoutError(), self._settings))
            return Outcome("sementara", "Sambungan ke server email putus sebelum isi dikirim. Dicoba lagi sendiri.")
        if code == 354:
            return None
        self._reset(smtp, code)
        return _outcome_of_reply(code, said)

    def _send_content(self, smtp: smtplib.SMTP, content: bytes) -> Outcome:
        """Send the content; from here on a broken connection tells nothing about what arrived."""
        stuffed = re.sub(rb"(?m)^\.", b"..", content.rstrip(b"\r\n") + b"\r\n") + b".\r\n"
        try:
            smtp.send(stuffed)
            code, said = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            return Outcome("putus", UNCERTAIN)
        if code == 421:  # the server hangs up
            self._hang_up()
        return _outcome_of_reply(code, said)

    def _reset(self, smtp: smtplib.SMTP, code: int) -> None:
        """Make the connection ready for the next message after a refusal with ``code``, or give it up."""
        try:
            if code == 421 or smtp.rset()[0] != 250:
                self._hang_up()
        except (OSError, smtplib.SMTPException):
            self._hang_up()


def _greeting(smtp: smtplib.SMTP, mail: Mail) -> str:
    """Connect, and give what the server greets with."""
    code, greeting = smtp.connect(mail.server, mail.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, greeting)
    return greeting.decode("ascii", "replace")


UNCERTAIN = (
    "Terputus ketika isi sedang dikirim: mungkin sampai, mungkin tidak. Tanyakan kepada penerima; bila tidak sampai, "
    "kirim ulang."
)
_REFUSED_SENDER = (
    "Server email menolak pengirim ({}). Periksa email.pengirim, email.pengguna, dan sandinya di payung.yaml."
)


def _tls_context(settings: Settings) -> ssl.SSLContext:
    own = settings.email.sertifikat
    context = ssl.create_default_context(cafile=str(settings.resolve(own)) if own else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _outcome_of_reply(code: int, said: bytes) -> Outcome:
    """Tell what the server's answer to a message means. Its words stay out: they repeat the address."""
    shown = _reply_code(code, said)
    if 200 <= code < 300:
        return Outcome("terkirim")
    if 400 <= code < 500:
        return Outcome("sementara", f"Server email belum mau menerima ({shown}). Dicoba lagi sendiri.")
    if code < 400:
        return Outcome("sementara", f"Server email menjawab yang tidak dikenal ({shown}). Dicoba lagi sendiri.")
    if " 5.2." in shown or code == 552:
        why = "kotak email penerima penuh, tidak aktif, atau pesannya terlalu besar"
    elif " 5.7." in shown or code == 554:
        why = "pesan ditolak oleh kebijakannya. Tanyakan kepada pengelola server"
    else:
        why = "alamat penerima tidak dikenal atau tidak menerima"
    return Outcome("tetap", f"Ditolak server email ({shown}): {why}. Betulkan, lalu kirim ulang, atau sampaikan lain.")


def _reply_code(code: int, said: bytes) -> str:
    """Write the reply's code, with the enhanced one (RFC 3463) where the server gives it."""
    enhanced = re.match(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)", said or b"")
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)


def _connection_problem(error: Exception, settings: Settings) -> str:
    """Say why there is no connection, and what to do."""
    where = f"{settings.email.server}:{settings.email.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"Sertifikat server email {where} tidak dapat dipercaya (kode {error.verify_code}). Periksa email.server "
            "dan jam komputer; bila instansi memakai CA sendiri, isi email.sertifikat."
        )
    if isinstance(error, ssl.SSLError):
        return f"Sambungan aman ke {where} gagal. Periksa email.keamanan (starttls 587, tls 465) dan email.port."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"Server email {where} menolak nama masuk atau sandi ({error.smtp_code}). Periksa email.pengguna dan sandi."
        )
    if isinstance(error, smtplib.SMTPNotSupportedError) or type(error) is smtplib.SMTPException:
        return f"Server email {where} tidak mengenal STARTTLS atau cara masuk ini. Periksa email.keamanan."
    if isinstance(error, socket.gaierror):
        return f"Server email {where} tidak ditemukan. Periksa email.server dan sambungan internet."
    if isinstance(error, ConnectionRefusedError):
        return f"Tidak ada server email di {where}. Periksa email.server dan email.port."
    if isinstance(error, (TimeoutError, smtplib.SMTPServerDisconnected)):
        return f"Server email {where} tidak menjawab. Periksa jaringan, dinding api, email.port, dan email.keamanan."
    if isinstance(error, FileNotFoundError):
        return "Berkas email.sertifikat tidak ada. Betulkan alamatnya di payung.yaml."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Server email {where} belum melayani ({error.smtp_code}). Tunggu, atau tanyakan kepada pengelolanya."
    return f"Sambungan ke server email {where} gagal ({type(error).__name__}). Periksa jaringan dan email.port."
