"""What a durable 201 costs beside the bare work on the same disk: ``measure()`` prints it. Quote the ratio.

``python -m tests.bench_endpoint flood [MINUTES [full]]`` sends 1000 pieces of rubbish a minute, of 1 kB and then of the
most that is taken, to an endpoint whose disk cannot hold that, and prints how long real packages waited for their 201;
with ``full`` the folder of damaged packages is full, of two thirds of that disk.
"""

import http.client
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from processor.site.endpoint import LARGEST
from tests.site.test_endpoint import HEADER, TYPE, ask, package, sent, started

_PACKAGES = 1000
_SIZE = 64 * 1024  # a request with words alone, padded
_SENDERS = (1, 8, 32)


def measure() -> None:
    """Packages a second that a real endpoint accepts, beside the same bytes appended to one file with an fsync each."""
    with tempfile.TemporaryDirectory() as folder:
        for count in _SENDERS:
            contents = [package(random.getrandbits(60), _SIZE) for _ in range(_PACKAGES)]
            bare = _append(Path(folder) / "semua", contents)
            with started(Path(folder) / str(count), waiting=_PACKAGES + 1, small=3 * _PACKAGES) as (_, address):
                spent = _send(address, contents, count)
            print(
                f"{_PACKAGES / spent:9.0f}  packages of {_SIZE >> 10} KiB a second from {count} senders; bare append "
                f"and fsync {_PACKAGES / bare:.0f}: {spent / bare:.1f} times the bare work"
            )


def _append(path: Path, contents: Sequence[bytes]) -> float:
    """Seconds that it takes to append every package with a flush of its own."""
    start = time.perf_counter()
    with path.open("ab") as file:
        for content in contents:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - start


def _send(address: str, contents: Sequence[bytes], count: int) -> float:
    """Seconds until all packages got their 201, from ``count`` senders that each keep one connection."""
    start = time.perf_counter()
    with ThreadPoolExecutor(count) as senders:
        list(senders.map(lambda first: _one_sender(address, contents[first::count]), range(count)))
    return time.perf_counter() - start


def _one_sender(address: str, contents: Sequence[bytes]) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    for content in contents:
        connection.request("POST", "/kirim", content, TYPE)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, answer.status
    connection.close()


_A_MINUTE = 1000
_FLOODING = 200  # each waits for its answer, which rubbish gets late
_DISK = 300  # MB of a disk of its own: less than a minute of the largest rubbish
_SPARE, _RESERVE = 16 << 20, 64 << 20


_FILL = """mkdir "$0/rusak" && for n in $(seq 1000); do head -c 200000 /dev/zero > "$0/rusak/$n.age"; done"""
"""Fills the folder of damaged packages to its cap."""


def flood(minutes: float, *, full: bool = False) -> None:
    """Print how long real packages wait for their 201 while rubbish comes, by the size of the rubbish."""
    for size in (1000, LARGEST - 4096):
        with tempfile.TemporaryDirectory() as folder:
            mount = f'mount -t tmpfs -o size={_DISK}m t "$0" && {_FILL if full else "true"} && exec "$@"'
            before = ("unshare", "--map-root-user", "--mount", "sh", "-c", mount, folder)
            with started(Path(folder), before=before, spare=_SPARE, reserve=_RESERVE) as (_, address):
                _print_flood(address, size, minutes * 60)


def _print_flood(address: str, size: int, seconds: float) -> None:
    """Send rubbish, and a real package every five seconds; print what became of both."""
    end, spent, refused = time.monotonic() + seconds, list[float](), Counter[int]()
    with ThreadPoolExecutor(_FLOODING) as senders:
        answers = [
            senders.submit(_rubbish, address, n, size, end - seconds) for n in range(int(_A_MINUTE * seconds / 60))
        ]
        while time.monotonic() < end:
            content, start = package(random.getrandbits(60), _SIZE), time.monotonic()
            status = sent(address, content)
            spent.append(time.monotonic() - start)
            assert status == 201, status
            time.sleep(max(0.0, 5 - spent[-1]))
        came = [one for one in answers if not one.cancel()]  # a slow machine sends less than was meant to come
        refused.update(one.result() for one in came)
    said = ", ".join(f"{count} got {status or 'a closed connection'}" for status, count in sorted(refused.items()))
    print(f"{max(spent):9.2f}  seconds at most until a real package had its 201 ({len(spent)} of them, work included),")
    print(f"{'':11}while {len(came)} pieces of rubbish of {size} bytes came in {seconds:.0f} s: {said}")


def _rubbish(address: str, number: int, size: int, start: float) -> int:
    """Send one piece at its moment; give the status, 0 for a connection that was closed."""
    time.sleep(max(0.0, start + number * 60 / _A_MINUTE - time.monotonic()))
    try:
        return ask(address, package(number, size - len(HEADER)))[0]
    except (OSError, http.client.HTTPException):
        return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["flood"]:
        flood(float(sys.argv[2]) if len(sys.argv) > 2 else 5, full=sys.argv[3:4] == ["full"])
    else:
        measure()
