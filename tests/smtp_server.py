"""A real mail server on 127.0.0.1 that can refuse, break off, ask for a login and show a self-made certificate."""

import ssl
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "layanan", "rahasia-sekali"
DROP, DROP_UNKEPT = "putus", "putus tanpa disimpan"


@lru_cache(maxsize=256)
def _parsed(content: bytes) -> EmailMessage:
    """The same message each time: stories ask again and again what arrived."""
    return message_from_bytes(content, policy=POLICY)


@dataclass
class Server:
    """What arrived, and what to answer: by address at RCPT, in turn at MAIL and after the content."""

    port: int
    received: list[bytes] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    senders: deque[str] = field(default_factory=deque)
    contents: deque[str] = field(default_factory=deque)

    def messages(self) -> list[EmailMessage]:
        return [_parsed(content) for content in self.received]

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.senders:
            return self.senders.popleft()
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.offered.append(address)
        answer = self.recipients.get(address, "250 2.1.5 OK")
        if answer == DROP:
            transport(server).abort()
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.contents.popleft() if self.contents else "250 2.0.0 OK"
        if answer.startswith("250") or answer == DROP:
            self.received.append(bytes(cast("bytes", envelope.content)))
        if answer in {DROP, DROP_UNKEPT}:
            transport(server).abort()
        return answer


def transport(server: SMTP) -> Any:
    assert server.transport is not None
    return server.transport


@contextmanager
def running(certificate: Path | None = None, *, implicit: bool = False, login: bool = False) -> Iterator[Server]:
    """A server while the block runs: plain, STARTTLS (``certificate``) or TLS from the start (``implicit``)."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(port)
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    options: dict[str, Any] = {"auth_required": login, "authenticator": check} if login else {}
    if implicit:
        options |= {"ssl_context": context, "auth_require_tls": False}
    elif context:
        options |= {"tls_context": context, "require_starttls": True}
    controller = Controller(server, hostname="127.0.0.1", port=port, server_hostname="surat.example.go.id", **options)
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "Requiring AUTH while not requiring TLS"
        )  # it does not see TLS from the start
        controller.start()
        try:
            yield server
        finally:
            controller.stop()


def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    given = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=given, handled=False)


def certificate(folder: Path, host: str = "127.0.0.1") -> Path:
    """A self-made certificate with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server surat rekaan")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
