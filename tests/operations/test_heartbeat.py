"""The watcher is asked after a good pass, learns nothing, and holds no pass up."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from processor.foundation.settings_running import Watcher
from processor.operations import daily_pass, heartbeat
from processor.operations.office import Office
from tests.story import Story


@dataclass
class Watched:
    """A watcher on this computer: what it was asked, and what it answers."""

    address: str = ""
    status: int = 200
    asked: list[str] = field(default_factory=list)


@contextmanager
def watching() -> Iterator[Watched]:
    seen = Watched()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.asked.append(f"{self.requestline}\n{self.headers}{body.decode()}")
            self.send_response(seen.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        running = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        running.start()
        seen.address = f"http://127.0.0.1:{server.server_address[1]}/ping/a1b2"
        try:
            yield seen
        finally:
            server.shutdown()
            running.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's proxy, if this computer has one, leads to no watcher on this computer."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path)


def watched_by(story: Story, address: str) -> Office:
    story.reopens(story.settings.model_copy(update={"pemantau": Watcher(alamat=address)}))
    return story.office


def test_a_good_pass_asks_once_and_says_nothing_of_anybody(story: Story) -> None:
    with watching() as watcher:
        report = daily_pass.run_pass(watched_by(story, watcher.address))
        assert (report.problems, report.failures) == ([], [])
        [asked] = watcher.asked
    line, *headers = asked.splitlines()
    assert line == "GET /ping/a1b2 HTTP/1.1"
    names = {one.partition(": ")[0]: one.partition(": ")[2] for one in headers if one}
    assert names.keys() == {"Accept-Encoding", "Host", "User-Agent", "Connection"}
    assert names["User-Agent"] == "Payung"


def test_a_pass_that_failed_in_part_does_not_ask(story: Story) -> None:
    with watching() as watcher:
        office = watched_by(story, watcher.address)
        (office.register.state_folder / "putaran.json").mkdir()
        assert daily_pass.run_pass(office).failures
        assert watcher.asked == []


def test_what_the_watcher_answers_stops_nothing_and_is_told(story: Story) -> None:
    with watching() as watcher:
        watcher.status = 404
        report = daily_pass.run_pass(watched_by(story, watcher.address))
    assert not report.failures
    assert [one.message for one in report.problems] == ["pemantau.alamat menjawab 404."]


def test_where_nobody_listens_that_is_told(story: Story) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        [told] = heartbeat.beat(watched_by(story, f"http://127.0.0.1:{nobody.getsockname()[1]}/"))
    assert "tidak dapat dihubungi" in told.message


def test_a_watcher_that_never_comes_to_an_end_is_left_alone(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_LONGEST", 0.5)
    enough = threading.Event()

    def trickles(listening: socket.socket) -> None:
        with listening.accept()[0] as asked, suppress(OSError):
            asked.sendall(b"HTTP/1.1 200 OK\r\nX-Panjang: ")
            while not enough.wait(0.05):
                asked.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        slow = threading.Thread(target=trickles, args=(listening,), daemon=True)
        slow.start()
        [told] = heartbeat.beat(watched_by(story, f"http://127.0.0.1:{listening.getsockname()[1]}/"))
        enough.set()
        slow.join()
    assert "tidak menjawab" in told.message


@pytest.mark.parametrize("address", ["ftp://contoh.id/x", "file:///etc/passwd", "https://nama@contoh.id/", "contoh.id"])
def test_only_plain_web_addresses_without_a_name_are_taken(address: str) -> None:
    with pytest.raises(ValueError, match="alamat"):
        Watcher(alamat=address)
