"""What is said to a mail server, and what its answers and silences mean."""

from pathlib import Path
from socket import socket

import pytest

from processor.mail import smtp
from processor.mail.delivery import send_due
from processor.mail.outbox import Outbox
from tests.mail.samples import PAUSE, message, server_at
from tests.office import START, agency
from tests.smtp_server import PASSWORD, USER, Server, certificate, running


def test_lines_that_begin_with_a_dot_stay_as_they_were(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    assert server.received == [message().content]


@pytest.mark.parametrize("implicit", [False, True])
def test_a_secured_connection_with_a_login(
    tmp_path: Path, box: Outbox, monkeypatch: pytest.MonkeyPatch, *, implicit: bool
) -> None:
    path = certificate(tmp_path)
    secured = {
        "keamanan": "tls" if implicit else "starttls", "pengguna": USER, "sandi_dari": "SANDI", "sertifikat": path.name,
    }  # fmt: skip
    box.queue(message(), START)
    with running(path, implicit=implicit, login=True) as server:
        settings = agency(tmp_path, email={"server": "127.0.0.1", "port": str(server.port), **secured})
        report = send_due(box, settings, START)
        assert "Variabel lingkungan pada email.sandi_dari kosong" in report.trouble
        monkeypatch.setenv("SANDI", "salah")
        report = send_due(box, settings, START + PAUSE)
        assert "menolak nama masuk atau sandi (535)" in report.trouble
        assert (report.waiting, box.entries()[0].state, box.entries()[0].tries) == (1, "ditunda", 0)
        monkeypatch.setenv("SANDI", PASSWORD)
        send_due(box, settings, START + 2 * PAUSE)
        assert len(server.received) == 1
    assert PASSWORD not in "".join(p.read_text("utf-8", "replace") for p in box.folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_a_certificate_that_cannot_be_trusted_stops_before_anything_is_said(
    tmp_path: Path, box: Outbox, host: str
) -> None:
    path = certificate(tmp_path, host)
    box.queue(message(), START)
    with running(path) as server:
        trusted = {"sertifikat": path} if host != "127.0.0.1" else {}
        report = send_due(box, server_at(server.port, keamanan="starttls", **trusted), START)
        assert not server.offered
    assert "tidak dapat dipercaya" in report.trouble
    assert (box.entries()[0].state, box.entries()[0].reason) == ("ditunda", report.trouble)


def test_a_server_without_starttls_gets_nothing(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    report = send_due(box, server_at(server.port, keamanan="starttls"), START)
    assert "tidak mengenal STARTTLS" in report.trouble
    assert not server.offered


def test_a_server_that_says_nothing_is_told(box: Outbox) -> None:
    box.queue(message(), START)
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        report = send_due(box, server_at(silent.getsockname()[1]), START, timeout=0.2)
    assert "tidak menjawab" in report.trouble
    assert box.entries()[0].state == "ditunda"


def test_what_cannot_be_recorded_at_the_last_moment_is_not_sent(box: Outbox, server: Server) -> None:
    line = smtp.Connection(server_at(server.port))

    def full() -> None:
        raise OSError(28, "penuh")

    with pytest.raises(OSError, match="penuh"):
        line.send(message().content, "orang1@example.org", full)
    assert line.send(message(2).content, "orang2@example.org", lambda: None).kind == "terkirim"
    line.close()
    assert server.received == [message(2).content]
