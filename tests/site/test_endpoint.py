"""The endpoint over real HTTP: what got a 201 is on the disk, whatever is sent beside it and whatever kills it."""

import asyncio
import hashlib
import http.client
import json
import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import compress, count, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.types import Receive

from processor.foundation import loopback
from processor.site.age_header import LONGEST
from processor.site.endpoint import SEND, Endpoint
from processor.site.package_lanes import EndpointLimits
from tests.effort import MANY
from tests.office import ROOT, agency
from tests.site.test_proof_of_work import solved

HEADER = b"age-encryption.org/v1\n-> X25519 %b\n%b\n--- %b\n" % ((b"a" * 43,) * 3)
TYPE = {"Content-Type": "application/octet-stream"}
ANY_DISK = EndpointLimits(spare=0, reserve=0)


def package(number: int = 0, size: int = 5000) -> bytes:
    """Something that looks sealed from outside, which is all that the endpoint can see."""
    return HEADER + random.Random(number).randbytes(size)


@contextmanager
def receiving(folder: Path, limits: EndpointLimits = ANY_DISK) -> Iterator[str]:
    with loopback.answering(Endpoint(folder, limits), loopback.bind(0, "")) as address:
        yield address


def ask(
    address: str, body: Any = None, method: str = "POST", path: str = "/kirim", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer; ``body`` is bytes, or pieces to be sent in chunks."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        connection.connect()
        with suppress(ConnectionError):  # it may stop reading before everything is sent, and has answered then
            connection.request(method, path, body, TYPE if headers is None else headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def stored(folder: Path) -> dict[str, bytes]:
    """Everything in ``folder`` by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def started(
    folder: Path, before: tuple[str, ...] = (), after: tuple[str, ...] = (), **limits: int
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The endpoint in a process of its own, and its address."""
    command = [
        *before,
        sys.executable,
        "-m",
        "tests.packages",
        str(folder),
        json.dumps({"spare": 0, "reserve": 0, **limits}),
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, process.communicate(timeout=60)
        yield process, address
    finally:
        process.kill()
        process.communicate(timeout=60)


def test_a_package_is_stored_whole_under_its_hash(tmp_path: Path) -> None:
    content = package(size=300_000)
    with receiving(tmp_path / "kiriman") as address:
        status, headers, text = ask(address, content)
    assert (status, json.loads(text)) == (201, {"sidik": named(content)})
    assert stored(tmp_path / "kiriman") == {f"{named(content)}.age": content}
    assert (headers["content-type"], headers["cache-control"]) == ("application/json; charset=utf-8", "no-store")
    assert "server" not in headers
    if os.name != "nt":
        assert {p.stat().st_mode & 0o077 for p in [tmp_path / "kiriman", *(tmp_path / "kiriman").iterdir()]} == {0}


def test_nobody_is_told_201_before_file_and_name_are_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        happened.append(Path(f"/proc/self/fd/{handle}").resolve().name + (".age there" if names() else ""))
        real(handle)

    def names() -> list[str]:
        return [name for name in stored(tmp_path) if name.endswith(".age")]

    monkeypatch.setattr(os, "fsync", fsync)
    with receiving(tmp_path) as address:
        assert ask(address, package())[0] == 201
    content, folder = happened
    assert content.startswith(".paket.")
    assert content.endswith(".tmp"), "flushed before it has its name"
    assert folder == f"{tmp_path.name}.age there"


def test_fifty_parallel_sends_of_one_package_are_one_file(tmp_path: Path) -> None:
    content = package(size=200_000)
    with receiving(tmp_path) as address, ThreadPoolExecutor(50) as people:
        answers = list(people.map(lambda _: ask(address, content)[::2], range(50)))
    assert answers == [(201, json.dumps({"sidik": named(content)}))] * 50
    assert stored(tmp_path) == {f"{named(content)}.age": content}


def test_a_package_that_is_sent_again_keeps_the_time_of_its_arrival(tmp_path: Path) -> None:
    with receiving(tmp_path) as address:
        ask(address, package())
        (path,) = tmp_path.iterdir()
        os.utime(path, (1_000_000, 1_000_000))
        assert ask(address, package())[0] == 201
    assert [p.stat().st_mtime for p in tmp_path.iterdir()] == [1_000_000]


def chunks(piece: bytes, count: int, sent: list[int]) -> Iterator[bytes]:
    for _ in range(count):
        sent.append(len(piece))
        yield piece


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (415, package(), {"Content-Type": "text/plain"}),
        (415, package(), {}),
        (415, b"", TYPE),
        (415, b"age-encryption.org/v1\n", TYPE),
        (415, b"-----BEGIN AGE ENCRYPTED FILE-----\n" * 400, TYPE),
        (415, b"PK\x03\x04" + b"x" * 9000, TYPE),
        (415, b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * 400 + b"--- mac\n", TYPE),
        (413, package(size=100_000), TYPE),
    ],
)
def test_what_is_no_package_is_refused_and_leaves_nothing(
    tmp_path: Path, status: int, body: bytes, headers: dict[str, str]
) -> None:
    with receiving(tmp_path, EndpointLimits(size=50_000, spare=0, reserve=0)) as address:
        answer = ask(address, body, headers=headers)
    assert answer[0] == status
    assert json.loads(answer[2])["pesan"].endswith(".")
    assert stored(tmp_path) == {}


def test_a_stream_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    sent: list[int] = []
    with receiving(tmp_path, EndpointLimits(size=1 << 20, spare=0, reserve=0)) as address:
        status, _, _ = ask(address, chunks(HEADER + bytes(60_000), 5000, sent))
    assert status == 413
    assert sum(sent) < 50 << 20, "300 MB were to be sent"
    assert stored(tmp_path) == {}


def open_request(address: str, headers: str, body: bytes) -> socket.socket:
    """A request that was begun by hand."""
    host, port = urlsplit(address).netloc.split(":")
    connection = socket.create_connection((host, int(port)), timeout=120)
    head = f"POST /kirim HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/octet-stream\r\n{headers}\r\n\r\n"
    connection.sendall(head.encode() + body)
    return connection


def test_a_body_that_never_ends_is_given_up(tmp_path: Path) -> None:
    with receiving(tmp_path, EndpointLimits(seconds=0.5, spare=0, reserve=0)) as address:
        with open_request(address, "Content-Length: 9000", HEADER) as slow:
            assert slow.recv(1000).startswith(b"HTTP/1.1 408 ")
        assert stored(tmp_path) == {}


def test_a_body_shorter_than_it_says_is_not_stored(tmp_path: Path) -> None:
    with receiving(tmp_path) as address:
        open_request(address, "Content-Length: 9000", package(size=1000)).close()
        until(lambda: not stored(tmp_path))
        assert ask(address, method="GET", path="/sehat")[0] == 200
    assert stored(tmp_path) == {}


def test_a_body_longer_than_it_says_is_what_it_says(tmp_path: Path) -> None:
    content = package(size=1000)
    with receiving(tmp_path) as address:
        with open_request(address, f"Content-Length: {len(content)}", content + b"lebih") as longer:
            assert longer.recv(1000).startswith(b"HTTP/1.1 201 ")
        assert stored(tmp_path) == {f"{named(content)}.age": content}


def until(true: Callable[[], object]) -> None:
    """Wait for what must come about."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


def test_slow_senders_hold_nobody_up(tmp_path: Path) -> None:
    with receiving(tmp_path) as address:
        slow = [open_request(address, "Content-Length: 9000", package(n, 1000)) for n in range(100)]
        assert ask(address, package())[0] == 201, "while a hundred are under way"
        for connection in slow:
            connection.close()


def test_a_hundred_people_behind_one_address_are_all_served(tmp_path: Path) -> None:
    with receiving(tmp_path) as address, ThreadPoolExecutor(100) as people:
        answers = list(people.map(lambda n: ask(address, package(n))[0], range(200)))
    assert answers == [201] * 200
    assert set(stored(tmp_path)) == {f"{named(package(n))}.age" for n in range(200)}


def test_too_many_waiting_packages_are_told_to_come_back(tmp_path: Path) -> None:
    with receiving(tmp_path, EndpointLimits(waiting=2, spare=0, reserve=0)) as address:
        assert [ask(address, package(n))[0] for n in range(3)] == [201, 201, 503]
        assert int(ask(address, package(3))[1]["retry-after"]) > 0
        status, headers, _ = ask(address, method="GET", path="/sehat")
        assert (status, headers["retry-after"]) == (503, "60")
        next(tmp_path.iterdir()).unlink()
        assert ask(address, package(3))[0] == 201


def test_the_last_space_on_the_disk_is_the_registers(tmp_path: Path) -> None:
    with receiving(tmp_path, EndpointLimits(spare=shutil.disk_usage(tmp_path).total)) as address:
        assert ask(address, package())[0] == 507
        assert ask(address, method="GET", path="/sehat")[0] == 503
    assert stored(tmp_path) == {}


def test_a_full_disk_keeps_what_it_has_and_nothing_half(tmp_path: Path) -> None:
    mount = ("unshare", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs -o size=1m t "$0" && exec "$@"')
    try:
        subprocess.run([*mount, tmp_path, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a user who may mount in a namespace of their own")
    contents = [package(n, 300_000) for n in range(5)]
    with started(tmp_path, before=(*mount, str(tmp_path))) as (process, address):
        answers = [ask(address, content)[0] for content in contents]
        assert answers == [201, 201, 201, 507, 507]
        assert stored(Path(f"/proc/{process.pid}/root{tmp_path}")) == {f"{named(c)}.age": c for c in contents[:3]}
        assert ask(address, package(size=1000))[0] == 201, "what fits is taken"


def test_what_got_a_201_outlives_a_kill_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(4)
    accepted: dict[str, bytes] = {}
    left = {f"{named(content)}.age": content for content in (package(n, 20_000) for n in range(100))}
    kills = 0
    while left:
        with started(tmp_path) as (process, address), ThreadPoolExecutor(8) as people:
            last = chance.randrange(5, 40)
            answers = list(people.map(partial(told, address, process, count(1), last), left.values()))
            kills += not all(answers)
        accepted |= dict(compress(left.items(), answers))
        left = {name: content for name, content in left.items() if name not in accepted}
        packages = {name: content for name, content in stored(tmp_path).items() if name.endswith(".age")}
        assert accepted.items() <= packages.items()
        assert all(name == f"{named(content)}.age" for name, content in packages.items()), "half a package"
    assert kills > 2


def told(address: str, process: subprocess.Popen[str], said: Iterator[int], last: int, content: bytes) -> bool:
    """Whether the endpoint said 201 before it died; it is killed as soon as it ``said`` it to the ``last``."""
    try:
        accepted = ask(address, content)[0] == 201
    except (OSError, http.client.HTTPException):
        return False
    if accepted and next(said) == last:
        process.kill()
    return accepted


def test_what_a_killed_endpoint_left_half_written_goes_when_it_cannot_be_anothers(tmp_path: Path) -> None:
    with started(tmp_path) as (process, address):
        half = open_request(address, "Content-Length: 9000", package(size=1000))
        until(lambda: stored(tmp_path))
        process.kill()
        process.wait()
        half.close()
    (draft,) = tmp_path.iterdir()
    with receiving(tmp_path, EndpointLimits(waiting=1, spare=0, reserve=0)) as address:
        assert ask(address, method="GET", path="/sehat")[0] == 200, "half a package is none that waits"
        assert draft.exists()
        os.utime(draft, (0, 0))
        assert ask(address, package(1))[0] == 201
    assert not draft.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_alone_it_makes_folders_for_their_owner_and_leaves_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "kantor").mkdir(mode=0o755)
    path = agency(tmp_path).path
    path.write_text(path.read_text("utf-8").replace(f"{tmp_path}/masuk", f"{tmp_path}/kantor/pribadi/masuk"), "utf-8")
    packages = tmp_path / "kantor" / "pribadi" / "masuk" / "kiriman"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        handed = listener.fileno()
        command = [sys.executable, "-m", "processor", "layani", "--hanya-penerima", "--soket", str(handed)]
        process = subprocess.Popen(
            command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, pass_fds=(handed,), umask=0o022
        )
        try:
            assert ask(f"http://127.0.0.1:{listener.getsockname()[1]}", package())[0] == 201
        finally:
            process.terminate()
            process.wait(timeout=60)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (packages, *packages.parents[:3])]
    assert [oct(mode) for mode in modes] == ["0o700", "0o700", "0o700", "0o755"]


def test_told_to_stop_it_finishes_what_is_under_way(tmp_path: Path) -> None:
    content = package(size=20_000)
    with started(tmp_path) as (process, address):
        with open_request(address, f"Content-Length: {len(content)}", content[:10_000]) as slow:
            until(lambda: stored(tmp_path))
            process.terminate()
            until(lambda: not listening(address))
            slow.sendall(content[10_000:])
            assert slow.recv(1000).startswith(b"HTTP/1.1 201 ")
        assert process.wait(timeout=60) == 0
    assert stored(tmp_path) == {f"{named(content)}.age": content}


def listening(address: str) -> bool:
    """Whether the endpoint takes new connections."""
    host, port = urlsplit(address).netloc.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def test_it_writes_nothing_about_anybody(tmp_path: Path) -> None:
    with started(tmp_path) as (process, address):
        ask(address, package())
        ask(address, b"bukan", headers={**TYPE, "X-Forwarded-For": "203.0.113.7"})
        ask(address, method="GET", path="/rahasia?nip=123")
        open_request(address, "Content-Length: 9000", package(size=1000)).close()
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)) as broken:
            broken.sendall(b"ini bukan HTTP 198001012005011901\r\n\r\n")
            broken.recv(100)
        process.terminate()
        assert process.communicate(timeout=60) == ("", "")
    assert set(stored(tmp_path)) == {f"{named(package())}.age"}


def test_thousands_of_generated_requests_stop_nothing(tmp_path: Path) -> None:
    chance = random.Random(2026)
    app = Endpoint(tmp_path, EndpointLimits(size=9000, waiting=20_000, small=40_000, spare=0, reserve=0))

    async def all_of_them() -> Counter[int]:
        requests = (generated(chance) for _ in range(MANY))
        return Counter([await asked(app, scope, partial(cut, pieces)) for scope, pieces in requests])

    with ThreadPoolExecutor(1) as aside:  # the browser's own loop may be running in this thread
        counts = aside.submit(lambda: asyncio.run(all_of_them())).result()
    assert set(counts) == {201, 400, 404, 405, 413, 415}
    packages = stored(tmp_path)
    assert len(packages) > MANY // 100
    assert all(name == f"{named(content)}.age" for name, content in packages.items())


async def cut(pieces: list[dict[str, Any]]) -> dict[str, Any]:
    """The next piece of a request; it hangs up after its ``pieces``."""
    return pieces.pop(0) if pieces else {"type": "http.disconnect"}


async def asked(app: Endpoint, scope: dict[str, Any], receive: Receive) -> int:
    """The status that a request gets, which is answered whole and once."""
    said: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    await app(scope, receive, send)
    start, *bodies = said
    assert dict(start["headers"])[b"content-length"] == b"%d" % sum(len(body["body"]) for body in bodies)
    assert [body.get("more_body", False) for body in bodies][-1] is False
    return int(start["status"])


def generated(chance: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A request that may be wrong in its path, method, headers, content, cutting and end."""
    length = chance.choice([b"", b"0", b"-1", b"9" * 50, b"\xb2", b"300"])
    kind = chance.choice([b"application/octet-stream"] * 9 + [b"text/plain", b"\xff"])
    content = chance.choice([HEADER] * 6 + [HEADER[:-9], b"", b"\x00" * 30]) + chance.randbytes(
        chance.randrange(12_000)
    )
    cuts = sorted(chance.randrange(len(content) + 1) for _ in range(chance.randrange(4)))
    bodies = [content[a:b] for a, b in pairwise([0, *cuts, len(content)])]
    pieces = [{"type": "http.request", "body": body, "more_body": True} for body in bodies]
    pieces[-1]["more_body"] = chance.random() < 0.1
    scope = {
        "method": chance.choice(["POST"] * 9 + ["GET", "", "POST "]),
        "path": chance.choice(["/kirim"] * 9 + ["/", "", "/kirim/../x", "/\x00", "//kirim"]),
        "headers": [(b"content-type", kind), *([(b"content-length", length)] if chance.random() < 0.2 else [])],
    }
    return scope, pieces


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/kirim", 405, "POST"),
        ("PUT", "/kirim", 405, "POST"),
        ("OPTIONS", "/kirim", 405, "POST"),
        ("POST", "/sehat", 405, "GET, HEAD"),
        ("POST", "/", 404, None),
        ("GET", "/kirim/../../etc/passwd", 404, None),
        ("GET", f"/{named(package())}.age", 404, None),
        ("GET", "/sehat", 200, None),
        ("HEAD", "/sehat", 200, None),
    ],
)
def test_only_two_things_can_be_asked_and_by_no_other_site(
    tmp_path: Path, method: str, path: str, status: int, allow: str | None
) -> None:
    with receiving(tmp_path) as address:
        ask(address, package())
        answer = ask(address, method=method, path=path, headers={"Origin": "https://lain.example"})
    assert (answer[0], answer[1].get("allow")) == (status, allow)
    assert not [name for name in answer[1] if name.startswith("access-control")]


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    with loopback.bind(0, "") as listener:
        assert listener.proto == socket.IPPROTO_TCP, "else asyncio leaves Nagle's algorithm on: 40 ms an answer"


def test_it_answers_on_a_socket_that_it_was_handed(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "kirim.sock"))
        listener.listen()
        with (
            loopback.answering(Endpoint(tmp_path / "kiriman", ANY_DISK), listener),
            socket.socket(socket.AF_UNIX) as client,
        ):
            client.settimeout(30)
            client.connect(str(tmp_path / "kirim.sock"))
            client.sendall(b"GET /sehat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            said = b"".join(iter(lambda: client.recv(1000), b""))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"\r\n\r\nok")


def test_the_endpoint_has_no_means_to_open_anything() -> None:
    asked = "import sys, processor.site.endpoint; print(*sorted(name for name in sys.modules if 'processor' in name))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "processor",
        "processor.foundation",
        "processor.foundation.atomic_files",
        "processor.site",
        "processor.site.age_header",
        "processor.site.endpoint",
        "processor.site.endpoint_answers",
        "processor.site.package_lanes",
        "processor.site.package_pieces",
        "processor.site.proof_of_work",
    ]


def proof(address: str, content: bytes) -> dict[str, str]:
    """The headers of a package for which the work was done that the endpoint asks for."""
    asked = ask(address, method="GET", path="/sehat")[1].get("payung-soal", "")
    return {**TYPE, **({"Payung-Bukti": solved(asked, named(content)).decode()} if asked else {})}


def sent(address: str, content: bytes) -> int:
    """The status that the page gets, which does the work as soon as it is asked for."""
    headers = proof(address, content)
    status, said, _ = ask(address, content, headers=headers)
    if status == 503 and "payung-soal" in said and headers == TYPE:
        made = solved(said["payung-soal"], named(content)).decode()
        return ask(address, content, headers={**TYPE, "Payung-Bukti": made})[0]
    return status


SMALL = EndpointLimits(spare=0, reserve=0, small=2, waiting=5, pause=0.01)


def test_under_load_work_is_asked_for_and_whoever_does_it_is_let_in(tmp_path: Path) -> None:
    with receiving(tmp_path, SMALL) as address:
        first = ask(address, method="GET", path="/sehat")
        assert (first[0], "payung-soal" in first[1]) == (200, False), "nothing is asked where there is no load"
        assert [ask(address, package(n))[0] for n in range(3)] == [201, 201, 503], "one without proof is let in slowly"
        status, headers, text = ask(address, package(2))
        assert (status, headers["retry-after"], "payung-soal" in headers) == (503, "60", True)
        assert "Coba lagi" in text
        status, headers, text = ask(address, method="GET", path="/sehat")
        assert (status, text, "payung-soal" in headers) == (200, "ok", True)
        proven = [ask(address, package(n), headers=proof(address, package(n)))[0] for n in range(3, 7)]
    assert proven == [201, 201, 201, 503]
    assert len(stored(tmp_path)) == 5


def test_who_is_refused_before_the_last_byte_still_gets_the_answer(tmp_path: Path) -> None:
    async def refused() -> list[str]:
        waiting = [{"type": "http.request", "body": b"x", "more_body": True}] * 2
        order: list[str] = []

        async def receive() -> dict[str, Any]:
            order.append("dibaca")
            return waiting.pop() if waiting else {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            order.append("selesai" if message["type"].endswith("body") and not message.get("more_body") else "dijawab")

        scope = {"type": "http", "method": "POST", "path": "/kirim", "headers": []}
        await Endpoint(tmp_path)(scope, receive, send)
        return order

    with ThreadPoolExecutor(1) as aside:  # where a browser is driven, this thread has a loop of its own
        order = aside.submit(lambda: asyncio.run(refused())).result()
    assert order == ["dijawab", "dijawab", "dibaca", "dibaca", "dibaca", "selesai"]


def test_a_proof_for_another_package_is_worth_nothing(tmp_path: Path) -> None:
    with receiving(tmp_path, SMALL) as address:
        for n in range(2):
            ask(address, package(n))
        headers = proof(address, package(7))
        status, _, text = ask(address, package(8), headers=headers)
        assert (status, "tidak utuh" in text) == (400, True)
        assert ask(address, package(7), headers={**headers, "Payung-Bukti": "karangan"})[0] == 503
        assert ask(address, package(7), headers=headers)[0] == 201
    assert len(stored(tmp_path)) == 3


def test_one_proof_opens_no_two_connections_at_a_time(tmp_path: Path) -> None:
    with receiving(tmp_path, SMALL) as address:
        for n in range(2):
            ask(address, package(n))
        headers = proof(address, package(7))
        half = open_request(address, f"Content-Length: 9000\r\nPayung-Bukti: {headers['Payung-Bukti']}", HEADER)
        until(lambda: len(stored(tmp_path)) == 3)
        assert ask(address, package(7), headers=headers)[0] == 503
        half.close()
        until(lambda: len(stored(tmp_path)) == 2)
        assert ask(address, package(7), headers=headers)[0] == 201


def test_packages_without_proof_leave_space_on_the_disk_for_others(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    with receiving(tmp_path, EndpointLimits(spare=0, reserve=free * 2)) as address:
        assert ask(address, package())[0] == 503
        assert ask(address, package(), headers=proof(address, package()))[0] == 201


def test_rubbish_takes_nobodys_turn_in_the_slower_lane(tmp_path: Path) -> None:
    limits = EndpointLimits(spare=0, reserve=0, small=4, pause=60)
    with receiving(tmp_path, limits) as address:
        assert [ask(address, package(n))[0] for n in range(2)] == [201, 201]
        assert [ask(address, b"bukan" * n)[0] for n in range(1, 9)] == [415] * 8, "none of them waits a minute"


def test_who_was_let_in_has_a_place_before_the_last_byte_is_there(tmp_path: Path) -> None:
    app = Endpoint(tmp_path, EndpointLimits(spare=0, reserve=0, small=1, pause=0))
    scope = {"path": SEND, "method": "POST", "headers": [(b"content-type", b"application/octet-stream")]}
    begun, others = [{"type": "http.request", "body": HEADER + bytes(LONGEST), "more_body": True}], list[int]()

    async def receive() -> dict[str, Any]:
        if begun:
            return begun.pop()
        others.append(await asked(app, scope, partial(cut, [{"type": "http.request", "body": package()}])))
        return {"type": "http.request", "body": b"-"}

    with ThreadPoolExecutor(1) as aside:  # the browser's own loop may be running in this thread
        assert aside.submit(lambda: asyncio.run(asked(app, scope, receive))).result() == 201
    assert others == [503]


@pytest.mark.parametrize("size", [pytest.param(1000, marks=pytest.mark.long), 300_000])
def test_a_flood_of_rubbish_closes_the_endpoint_to_nobody(tmp_path: Path, size: int) -> None:
    """The whole of it, as large as it may be and for minutes, is ``python -m tests.bench_endpoint flood``."""
    limits = EndpointLimits(spare=0, reserve=0, small=10, waiting=40, size=size + 5000, pause=0.01, many=4)
    real = [package(n, 5000) for n in range(1000, 1020)]
    with receiving(tmp_path, limits) as address, ThreadPoolExecutor(8) as people:
        flood = [people.submit(ask, address, package(n, size)) for n in range(150)]
        answers = [sent(address, content) for content in real]
        refused = Counter(one.result()[0] for one in flood)
    assert answers == [201] * len(real)
    assert set(refused) == {201, 503}
    assert refused[201] <= 10


@pytest.mark.parametrize(
    "said", [b"", b"POST /kirim HTTP/1.1\r\nHost: a\r\n", b"GET /sehat HTTP/1.1\r\nHost: a\r\n\r\nGET"]
)
def test_a_connection_on_which_nothing_whole_is_asked_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(loopback, "_SILENCE", 0.2)
    with (
        receiving(tmp_path) as address,
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=60) as silent,
    ):
        silent.sendall(said)
        while silent.recv(1000):
            pass


def test_a_body_of_which_nothing_comes_any_more_is_given_up(tmp_path: Path) -> None:
    limits = EndpointLimits(silence=0.3, spare=0, reserve=0)
    with receiving(tmp_path, limits) as address, open_request(address, "Content-Length: 9000", HEADER) as slow:
        assert slow.recv(1000).startswith(b"HTTP/1.1 408 ")
    assert stored(tmp_path) == {}
