"""What a publication of statuses and answers costs beside writing the same bytes: ``python -m tests.bench_bundle``."""

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyrage
from pyrage import x25519

from processor.operations import advance, applicant_status
from processor.operations.office import open_office
from processor.site import sealed_files, sealed_replies, sealed_statuses
from processor.site.age_sealing import SealedReply
from processor.site.sealed_replies import NONE_YET
from processor.site.sealed_statuses import DIVISIONS
from tests import office as offices

_LETTER = 75_000  # bytes: an opinion of two pages as PDF, in Base64
_STATUS = 250  # bytes: a long one
_CASES = 1000
_ANSWERED = 100


def measure() -> None:
    """Print the ratios for ``_CASES`` open cases, of which ``_ANSWERED`` have their answers published."""
    with tempfile.TemporaryDirectory() as folder:
        settings, register = offices.agency(Path(folder)), offices.register(Path(folder))
        keys = [str(x25519.Identity.generate().to_public()) for _ in range(_CASES)]
        cases = (
            offices.response(n, minute=n, uraian=f"Perkara {n}.", kode_lacak=f"{n:032x}", kunci_balasan=key)
            for n, key in enumerate(keys)
        )
        offices.file(register, *cases)
        office = open_office(settings, lambda: offices.START)
        advance.advance(office)
        (_, last), first = _timed(lambda: applicant_status.publication(office, office.now(), {}))
        (statuses, _), reading = _timed(lambda: applicant_status.publication(office, office.now(), last))
        letters = {f"{n:032x}": SealedReply(key, bytes(_LETTER)) for n, key in enumerate(keys[:_ANSWERED])}
        numbers = sealed_replies.numbers_for([_LETTER] * _ANSWERED, NONE_YET, spare=True)
        answers, sealing = _timed(lambda: sealed_replies.seal_all(letters, register.recipients, numbers))
        files, site, bare = {**statuses, **answers}, Path(folder) / "situs", Path(folder) / "polos"
        site.mkdir()
        bare.mkdir()
        _, writing = _timed(lambda: sealed_files.write(site, files, office.now()))
        _, raw = _timed(lambda: [(bare / str(n)).write_bytes(one) for n, one in enumerate(files.values())])
        entries = [(f"{n * 4_294_967:08x}{n:024x}", SealedReply(key, bytes(_STATUS))) for n, key in enumerate(keys)]
        division = sealed_statuses.division_for([locator for locator, _ in entries], DIVISIONS[0], spare=True)
        _, entering = _timed(lambda: sealed_statuses.seal_all(entries, division))
        _, least = _timed(lambda: _bare_sealing(files, 1 + len(register.recipients)))
    size = sum(map(len, files.values())) / 1e6
    print(f"{_CASES} open cases, {_ANSWERED} answers among {len(answers) - _ANSWERED} dummies: {size:.0f} MB")
    for name, seconds in {
        "the first statuses, which read every case": first,
        "the statuses again: finding what changed and sealing": reading,
        "sealing the answers": sealing,
        "putting all into the site": writing,
        "all of it but the first": reading + sealing + writing,
    }.items():
        print(f"{seconds / raw:9.1f}  times writing the same bytes: {name}")
    print(f"{(entering + sealing) / least:9.1f}  times the bare sealing: sealing statuses, answers and dummies")
    print(f"{(reading + sealing) / least:9.1f}  times the bare sealing: finding what changed as well")
    print(f"{reading + sealing + writing:9.1f}  seconds in all, once in every {settings.situs.status_tiap} minutes")


def _bare_sealing(files: Mapping[str, bytes], recipients: int) -> None:
    """Seal as much as a publication does, and nothing else."""
    to = [x25519.Identity.generate().to_public() for _ in range(recipients)]
    for name, content in files.items():
        for entry in sealed_statuses.entries(content) if name.endswith(".bin") else (content,):
            pyrage.encrypt(entry, to[:1] if name.endswith(".bin") else to)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


if __name__ == "__main__":
    measure()
