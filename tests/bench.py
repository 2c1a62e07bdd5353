"""``make bench``: what the program costs beside the bare work, both in one run. Quote the ratios, not the times."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from processor.cases.records import Response
from processor.intake import recognition_index
from tests import (
    bench_browser,
    bench_bundle,
    bench_desk,
    bench_documents,
    bench_endpoint,
    bench_evaluation,
    bench_pages,
    bench_pdf,
    bench_register,
    bench_start,
    office,
)

_RESPONSES = 1000


def main() -> None:
    """Print every figure."""
    print("Starting")
    bench_start.measure()
    print("\nDocuments")
    bench_documents.measure()
    print("\nPDFs")
    bench_pdf.measure()
    print(f"\nFiling {_RESPONSES} responses in one batch")
    with tempfile.TemporaryDirectory() as folder:
        filing(Path(folder))
    print("\nThe applicant's browser")
    bench_browser.measure()
    print("\nApplicants' pages on a slow phone, beside the stock theme with the same scripts")
    bench_pages.measure()
    print("\nSealed packages, accepted durably")
    bench_endpoint.measure()
    print("\nStatuses and answers, sealed anew")
    bench_bundle.measure()
    print("\nFigures, audited before they are published")
    bench_evaluation.measure()
    print("\nThe desk, eight officers at once")
    bench_desk.measure()
    print("\nMany cases")
    bench_register.measure()


def filing(folder: Path) -> None:
    """Filing against a raw durable write of the very same bytes, batched and one flush a file."""
    made = office.register(folder)
    filed = _timed(lambda: office.file(made, *map(_response, range(_RESPONSES))))
    again = _timed(lambda: office.file(made, *map(_response, range(_RESPONSES))))
    folders = [[path.read_bytes() for path in made.path(n).iterdir()] for n in made.numbers()]
    batched = _timed(lambda: _raw(folder / "batched", folders, each=False))
    single = _timed(lambda: _raw(folder / "single", folders, each=True))
    first = _timed(lambda: recognition_index.load(made))
    for name, seconds in {
        "raw durable write of the same bytes, one flush for all": batched,
        "raw durable write, one flush a file": single,
        "filing: checks, sealing, composing, writing": filed,
        "the same responses again, all known": again,
        "reading the index": first,
    }.items():
        print(f"{seconds / _RESPONSES * 1000:9.3f}  ms a response: {name}")
    print(f"{filed / batched:9.1f}  times the raw batched write")
    print(f"{filed / single:9.1f}  times the raw write with one flush a file")


def _response(number: int) -> Response:
    words = {"uraian": f"Perkara {number}. " + "Kata demi kata. " * 60, "telepon": f"0813{number:08d}"}
    return office.response(number % 9, minute=number, nip="", email=f"orang{number}@example.org", **words)


def _raw(target: Path, folders: list[list[bytes]], *, each: bool) -> None:
    for number, contents in enumerate(folders):
        draft = target / f"{number}.tmp"
        draft.mkdir(parents=True)
        for name, content in enumerate(contents):
            with (draft / str(name)).open("xb") as file:
                file.write(content)
                if each:
                    file.flush()
                    os.fsync(file.fileno())
    os.sync()
    for number in range(len(folders)):
        (target / f"{number}.tmp").rename(target / str(number))
    os.sync()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
