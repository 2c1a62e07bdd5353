"""What a durable 201 costs beside the bare work on the same disk: ``measure()`` prints it. Quote the ratio."""

import http.client
import os
import random
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from tests.site.test_endpoint import TYPE, package, started

_PACKAGES = 1000
_SIZE = 64 * 1024  # a request with words alone, padded
_SENDERS = (1, 8, 32)


def measure() -> None:
    """Packages a second that a real endpoint accepts, beside the same bytes appended to one file with an fsync each."""
    with tempfile.TemporaryDirectory() as folder:
        for count in _SENDERS:
            contents = [package(random.getrandbits(60), _SIZE) for _ in range(_PACKAGES)]
            bare = _append(Path(folder) / "semua", contents)
            with started(Path(folder) / str(count), waiting=_PACKAGES + 1) as (_, address):
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


if __name__ == "__main__":
    measure()
