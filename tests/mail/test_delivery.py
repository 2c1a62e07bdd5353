"""Delivery loses nothing and doubles nothing, whatever the server does and whenever it is killed."""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Thread

import pytest

from processor.foundation.errors import BrokenFiles, Problem
from processor.mail import delivery, smtp
from processor.mail.composer import compose
from processor.mail.delivery import as_queued, send_due
from processor.mail.message import Message, OutboxEntry
from processor.mail.outbox import Outbox, cancel, hold, release, send_again
from tests.effort import STRIDE
from tests.killing import done_until_killed
from tests.mail.samples import NUMBER, OFFICE, PAUSE, SHIPPED, message, notice, server_at
from tests.office import START, keys
from tests.smtp_server import DROP, DROP_UNKEPT, USER, Server, running


def test_what_is_due_is_sent_once_and_arrives_whole(box: Outbox, server: Server) -> None:
    made = compose(notice(), OFFICE)
    assert box.queue(made, START)
    assert not box.queue(replace(made, content=b"lain"), START)
    for _ in range(2):
        report = send_due(box, server_at(server.port), START)
    assert (report.tried, report.waiting, report.failures) == ((), 0, ())
    (arrived,) = server.messages()
    assert arrived["Subject"] == "BH-2026-0001: permohonan diterima"
    assert server.received == [made.content]
    assert [(one.state, one.tries, one.number) for one in box.entries()] == [("dikirim", 1, NUMBER)]


def test_a_refusal_for_now_is_tried_again_after_the_pause_also_after_a_restart(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "451 4.7.1 <orang1@example.org> greylisted"
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    again = Outbox(box.folder, box._keys)
    (entry,) = again.entries()
    assert (entry.state, entry.tries, entry.next) == ("ditunda", 1, START + PAUSE)
    assert "451 4.7.1" in entry.reason
    assert "orang1" not in entry.reason
    send_due(again, server_at(server.port), START + PAUSE - timedelta(seconds=1))
    assert again.entries()[0].tries == 1
    send_due(again, server_at(server.port), START + PAUSE)
    assert again.entries()[0].tries == 2
    server.recipients.clear()
    send_due(again, server_at(server.port), START + 2 * PAUSE)
    assert (again.entries()[0].state, again.entries()[0].tries, len(server.received)) == ("dikirim", 3, 1)


def test_a_refusal_for_good_is_told_and_not_repeated(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "550 5.1.1 <orang1@example.org> unknown"
    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START)
    assert report.tried == (("BH-2026-0001.diterima", "gagal"), ("BH-2026-0002.diterima", "dikirim"))
    send_due(box, server_at(server.port), START + PAUSE)
    assert server.offered.count("orang1@example.org") == 1
    assert "alamat penerima tidak dikenal" in box.entries()[0].reason
    assert "orang1" not in box.entries()[0].reason


@pytest.mark.parametrize(
    ("answer", "state"), [("451 4.3.0 x", "ditunda"), ("550 5.7.1 x", "gagal"), ("421 x", "ditunda")]
)
def test_a_refusal_of_the_content_is_no_doubt(box: Outbox, server: Server, answer: str, state: str) -> None:
    server.contents.append(answer)
    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START)
    assert [state for _, state in report.tried] == [state, "dikirim"]


@pytest.mark.parametrize(("answer", "arrived"), [(DROP, 1), (DROP_UNKEPT, 0)])
def test_a_drop_after_the_content_is_uncertain_and_never_sent_again_by_itself(
    box: Outbox, server: Server, answer: str, arrived: int
) -> None:
    server.contents.append(answer)
    for count in (1, 2):
        box.queue(message(count), START)
    for day in range(3):
        send_due(box, server_at(server.port), START + timedelta(days=day))
    assert [entry.state for entry in box.entries()] == ["tidak_pasti", "dikirim"]
    assert server.offered.count("orang1@example.org") == 1
    assert len(server.received) == arrived + 1
    assert "mungkin sampai, mungkin tidak" in box.entries()[0].reason
    send_again(box, "BH-2026-0001.diterima", START)
    send_due(box, server_at(server.port), START)
    assert (box.entries()[0].state, len(server.received)) == ("dikirim", arrived + 2)


def test_a_drop_before_the_content_is_tried_again(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = DROP
    for count in (1, 2):
        box.queue(message(count), START)
    send_due(box, server_at(server.port), START)
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 1), ("dikirim", 1)]


def test_a_sender_that_the_server_refuses_uses_up_no_tries(box: Outbox, server: Server) -> None:
    server.senders.append("553 5.7.1 <layanan@biro.example.go.id> not yours")
    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START)
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 0)] * 2
    assert "email.pengirim" in report.trouble
    assert not server.received


def test_no_server_at_the_address_is_told_once_and_everything_waits(box: Outbox) -> None:
    with running() as server:
        gone = server_at(server.port)
    for count in (1, 2):
        box.queue(message(count), START)
    for turn in range(60):
        report = send_due(box, gone, START + turn * PAUSE)
    assert "Tidak ada server email di 127.0.0.1" in report.trouble
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 0)] * 2


def test_with_no_server_set_everything_waits_visibly(box: Outbox) -> None:
    assert send_due(box, SHIPPED, START) == delivery.DeliveryReport()
    assert not box.folder.exists()
    box.queue(message(), START)
    report = send_due(box, SHIPPED, START)
    assert (report.waiting, report.trouble) == (1, delivery.NO_SERVER)
    assert box.entries()[0].state == "antre"


def test_when_nothing_is_due_nothing_is_written_and_nobody_called(box: Outbox) -> None:
    with running() as server:
        gone = server_at(server.port, pengguna=USER, sandi_dari="SANDI_TIDAK_ADA")
    box.queue(message(), START)
    send_due(box, gone, START)
    before = {path: path.stat().st_mtime_ns for path in box.folder.rglob("*")}
    report = send_due(box, gone, START + PAUSE - timedelta(seconds=1))
    assert report == delivery.DeliveryReport(waiting=1)
    assert {path: path.stat().st_mtime_ns for path in box.folder.rglob("*")} == before


def test_what_is_held_while_a_round_runs_is_not_sent(box: Outbox, server: Server) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    line = smtp.Connection(server_at(server.port))
    round_ = delivery._Round(box, line, START, PAUSE, partial(as_queued, box))
    round_.try_message(message(1).name)
    hold(box, message(2).name, START)
    round_.try_message(message(2).name)
    round_.connection.close()
    assert server.offered == ["orang1@example.org"]


def test_what_goes_out_is_what_is_right_at_that_moment(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    mended = replace(message(), content=b"Isi baru.\r\n", recipient="baru@example.org")
    report = send_due(box, server_at(server.port), START, lambda _: mended)
    assert (server.offered, server.received) == (["baru@example.org"], [mended.content])
    assert report.tried[0][1] == "dikirim"


def test_what_need_not_be_said_any_more_is_not_sent(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    report = send_due(box, server_at(server.port), START, lambda _: None)
    assert (report.tried, report.failures, server.offered) == (((message().name, "usang"),), (), [])
    box.remove(message().name)


def test_what_cannot_be_written_now_waits_without_using_up_a_try(box: Outbox, server: Server) -> None:
    def broken(one: OutboxEntry) -> Message:
        if one.number == NUMBER:
            raise BrokenFiles((Problem("naskah", 1, "Rusak.", "Betulkan."),))
        return as_queued(box, one)

    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START, broken)
    assert [(one.state, one.tries) for one in box.entries()] == [("ditunda", 0), ("dikirim", 1)]
    assert "Rusak. Betulkan." in report.failures[0]
    send_due(box, server_at(server.port), START + PAUSE)
    assert box.entries()[0].state == "dikirim"


def test_messages_go_out_in_the_order_in_which_they_came(box: Outbox, server: Server) -> None:
    for count in (3, 1, 2):
        box.queue(message(count), START + timedelta(minutes=10 - count))
    hold(box, message(3).name, START + timedelta(minutes=20))
    release(box, message(3).name, START + timedelta(minutes=20))
    send_due(box, server_at(server.port), START + timedelta(hours=1))
    assert server.offered == ["orang3@example.org", "orang2@example.org", "orang1@example.org"]


def test_a_message_that_does_not_open_fails_and_stops_only_itself(box: Outbox, server: Server) -> None:
    for count in (1, 2, 3):
        box.queue(message(count), START)
    (box.folder / message(1).name / "pesan.age").write_bytes(b"rusak")
    (box.folder / message(2).name / "pesan.age").unlink()
    send_due(box, server_at(server.port), START)
    assert [one.state for one in box.entries()] == ["gagal", "gagal", "dikirim"]


def test_an_attempt_that_cannot_be_recorded_is_not_made(box: Outbox, server: Server) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    full = [str(box.folder / message().name)]

    def disk(name: str, args: tuple[object, ...]) -> None:
        if name == "open" and full and re.fullmatch(rf"{full[0]}.*\.tmp", str(args[0])):
            raise OSError(28, "penuh")

    sys.addaudithook(disk)
    report = send_due(box, server_at(server.port), START)
    full.clear()
    assert server.offered == ["orang2@example.org"]
    assert "Periksa ruang disk" in report.failures[0]
    send_due(box, server_at(server.port), START)
    assert [one.state for one in box.entries()] == ["dikirim", "dikirim"]


def test_a_disk_that_is_full_after_the_content_went_out_leaves_it_uncertain(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    written = [0, 3]  # attempt, uncertain, and the outcome that finds the disk full

    def disk(name: str, args: tuple[object, ...]) -> None:
        if name == "open" and args[1] is None and re.fullmatch(rf"{box.folder}.*\.tmp", str(args[0])):
            written[0] += 1
            if written[0] == written[1]:
                raise OSError(28, "penuh")

    sys.addaudithook(disk)
    send_due(box, server_at(server.port), START)
    assert (box.entries()[0].state, len(server.received)) == ("tidak_pasti", 1)


@dataclass(frozen=True)
class Hanging:
    """A server that stays silent: its port, every word it heard, and who connected."""

    port: int
    heard: list[bytes]
    connections: list[socket]


@contextmanager
def hanging(answers: int) -> Iterator[Hanging]:
    """A server that greets, answers so many words, then stays silent until it hangs up."""
    heard: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                open_.append(connection)
                connection.sendall(b"220 x\r\n")
                for _ in range(answers):
                    heard.append(connection.recv(999))
                    connection.sendall(b"354 x\r\n" if heard[-1].upper().startswith(b"DATA") else b"250 x\r\n")

    open_: list[socket] = []
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        Thread(target=serve, daemon=True).start()
        yield Hanging(listening.getsockname()[1], heard, open_)
        listening.shutdown(SHUT_RDWR)
        for connection in open_:
            connection.close()


@pytest.mark.parametrize(("answers", "states"), [
    (0, ["ditunda"] * 4), (1, ["ditunda"] * 4), (2, ["ditunda"] * 4), (3, ["ditunda"] * 4),
    (4, ["tidak_pasti", "ditunda", "ditunda", "ditunda"]),
])  # fmt: skip
def test_a_server_that_hangs_costs_one_timeout_a_round(box: Outbox, answers: int, states: list[str]) -> None:
    for count in range(1, 5):
        box.queue(message(count), START)
    with hanging(answers) as server:
        report = send_due(box, server_at(server.port), START, timeout=1.0)
        assert len(server.connections) == 1, "four messages, one timeout"
    assert [one.state for one in box.entries()] == states
    assert ("tidak menjawab" if answers < 4 else "putus ketika mengirim") in report.trouble


def test_nothing_is_locked_while_the_server_thinks(box: Outbox) -> None:
    box.queue(message(), START)
    with hanging(3) as server:
        sending = Thread(target=send_due, args=(box, server_at(server.port), START))
        sending.start()
        while len(server.heard) < 3:
            time.sleep(0.01)
        with Outbox(box.folder, box._keys).lock(0.1):
            pass
    sending.join()


@pytest.mark.parametrize(("change", "left"), [(hold, "ditahan"), (cancel, "dibatalkan")])
def test_what_is_held_or_called_off_at_the_last_moment_is_not_sent(
    box: Outbox, server: Server, change: Callable[[Outbox, str, datetime], OutboxEntry], left: str
) -> None:
    for count in (1, 2):
        box.queue(message(count), START)

    def content(one: OutboxEntry) -> Message:
        if one.number == NUMBER:
            change(box, one.name, START)
        return as_queued(box, one)

    report = send_due(box, server_at(server.port), START, content)
    assert [one.state for one in box.entries()] == [left, "dikirim"]
    assert (report.failures, len(server.received)) == ((), 1)


def queue_and_send(box: Outbox, port: int) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    send_due(box, server_at(port), START)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_every_step_nothing_is_lost_and_nothing_is_sent_twice(tmp_path: Path, server: Server) -> None:
    step, through, uncertain = 0, False, []
    office = keys(tmp_path / "kunci")
    while not through:
        step += STRIDE
        server.received.clear()
        box = Outbox(tmp_path / str(step), office)
        through = done_until_killed(box.folder, step, partial(queue_and_send, box, server.port))
        for count in (1, 2):
            box.queue(message(count), START)
        for day in range(1, 4):
            send_due(box, server_at(server.port), START + timedelta(days=day))
        assert [one.name for one in box.entries()] == [message(1).name, message(2).name]
        for count, one in enumerate(box.entries(), start=1):
            arrived = server.received.count(message(count).content)
            assert one.state in {"dikirim", "tidak_pasti"}, f"step {step}"
            assert arrived == 1 or (one.state == "tidak_pasti" and arrived == 0), f"step {step}"
            uncertain += [arrived] if one.state == "tidak_pasti" else []
        assert not list(box.folder.glob(".sementara-*"))
    assert step > 30, "the kill switch saw too few steps"
    assert set(uncertain) == {0, 1}, "killed on both sides of the moment that nobody can see"
    assert len(uncertain) < step / 3
