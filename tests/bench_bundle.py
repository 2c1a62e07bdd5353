"""How long a publication takes, and how large it is: ``python -m tests.bench_bundle``."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyrage import x25519

from processor import bundle, envelopes
from processor.envelopes import Letter
from processor.office import open_office
from tests import office as offices

_LETTER = 75_000  # bytes: an opinion of two pages as PDF, in Base64


def measure(count: int = 1000) -> None:
    """Print time and size of a publication with ``count`` open cases, and with a tenth of them answered as well."""
    with tempfile.TemporaryDirectory() as folder:
        settings, register = offices.agency(Path(folder)), offices.register(Path(folder))
        keys = [str(x25519.Identity.generate().to_public()) for _ in range(count)]
        cases = (offices.response(n, minute=n, kode_lacak=f"{n:032x}", kunci_balasan=key) for n, key in enumerate(keys))
        offices.file(register, *cases)
        office = open_office(settings, lambda: offices.START)
        made, seconds = _timed(lambda: bundle.make(office, office.now()))
        print(f"{count} open cases")
        print(f"{seconds:9.2f}  s to read the register and make a publication")
        print(f"{len(made[envelopes.STATUS]) / 1e6:9.2f}  MB of statuses")
        letters = {f"{n:032x}": Letter(key, bytes(_LETTER)) for n, key in enumerate(keys[: count // 10])}
        replies, seconds = _timed(lambda: envelopes.replies(letters, register.recipients, "{:016x}{:016x}".format))
        print(f"{seconds:9.2f}  s to seal {len(letters)} answers among {len(replies) - len(letters)} dummies")
        print(f"{sum(map(len, replies.values())) / 1e6:9.2f}  MB of answers")
        site = Path(folder) / "situs"
        site.mkdir()
        _, seconds = _timed(lambda: envelopes.put(site, {**made, **replies}, office.now()))
        print(f"{seconds:9.2f}  s to write them")


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


if __name__ == "__main__":
    measure()
