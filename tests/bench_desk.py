"""How long pages and acts of the desk take eight officers while passes run beside, over many cases of different people.

``python -m tests.bench_desk [CASES [MINUTES]]``: by default 10 000 cases and 3 minutes; 5 000 cases at least. The desk
and the passes are processes of their own, as in an office; every pass finds new responses, letters of which it makes
PDFs, and a site that is to be built. Officers begin one after another, not all in one moment. Times are those of a
clock on the wall: quote them from a quiet machine, and the ratios from any.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from html import unescape
from itertools import count, islice
from pathlib import Path
from typing import TypeVar

import yaml

from processor.cases import office_keys
from processor.foundation import settings, yaml_editor
from processor.foundation.yaml_editor import SectionChanges
from processor.operations import daily_pass, desk_accounts, desk_sign_in, row_store, steps
from tests import bench_register, packages
from tests.desk.test_network import PUBLIC, SECRET, Answer, Visitor
from tests.desk.week import OFFICERS
from tests.story import STUDY, Story

_COUNT, _MINUTES = 10_000, 3.0
_EVERY = 3.0  # seconds from one act of an officer to the next
_RESPONSES, _LETTERS = 20, 4
"""What is new for each pass."""
_IN_WORK = 25
"""How many of the open cases each officer works on."""
_BUSY = "sedang dipakai"


@dataclass
class Times:
    """Seconds by what was asked, and how often the desk said that something is in use, or anything else but done."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    busy: int = 0
    refused: list[str] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        """Lines of what was found."""
        for what, seconds in sorted(self.taken.items()):
            ranked = sorted(seconds)
            median, most = ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.95)]
            yield f"{median * 1000:9.1f} {most * 1000:9.1f} {ranked[-1] * 1000:9.1f}  ms: {what} ({len(ranked)})"

    def median(self, what: str) -> float:
        """The middle of the seconds."""
        return sorted(self.taken[what])[len(self.taken[what]) // 2]


def measure(cases: int = _COUNT, minutes: float = _MINUTES) -> None:
    """Print p50, p95 and the most of pages and acts, without passes and beside them, and how often it was busy."""
    with tempfile.TemporaryDirectory() as folder:
        of_story(bench_register.office_of(Path(folder), cases), minutes)


def of_story(story: Story, minutes: float) -> None:
    """The same for an office whose cases no pass has seen."""
    work = _prepared(story)
    with _desk(story) as port:
        visitors = {name: _signed_in(port, name) for name in OFFICERS}
        _print(*_phase(story, visitors, work, minutes / 3, passes=False))
        _print(*_phase(story, visitors, work, minutes, passes=True))


def _phase(
    story: Story, visitors: Mapping[str, Visitor], work: Mapping[str, list[str]], minutes: float, *, passes: bool
) -> tuple[Times, str]:
    """Let all officers work for so many minutes; give their times, and what is told of the passes."""
    times, ended, until = Times(), threading.Event(), time.monotonic() + minutes * 60
    with ThreadPoolExecutor(len(visitors) + 1) as people:
        beside = people.submit(_passes, story, ended) if passes else None
        working = [
            people.submit(_works, story, visitors[name], name, work[name], (turn * _EVERY / len(work), until), times)
            for turn, name in enumerate(work)
        ]
        wait(working)
        ended.set()
        for one in working:
            one.result()
        return times, beside.result() if beside else "without a pass"


def _print(times: Times, told: str) -> None:
    print(f"{len(OFFICERS)} officers, {60 / _EVERY:.0f} acts a minute each, {told}")
    print("      p50       p95       max")
    print(*times.told(), sep="\n")
    for page in ("home", "case"):
        ratio = times.median(f"page: {page}") / times.median(f"bare: {page}")
        print(f"{ratio:9.1f}  times the bare read of the same files: {page}")
    print(f"{times.busy:9}  times “{_BUSY}”; {len(times.refused)} not done {sorted(set(times.refused))[:3]}")


def _prepared(story: Story) -> dict[str, list[str]]:
    """Let an office have eight officers with accounts, each with open cases for what they do."""
    path = story.settings.path
    data = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    data |= {"petugas": dict(OFFICERS), "meja": {"alamat": PUBLIC, "peneguhan": "tidak"}}
    path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True), "utf-8")
    story.reopens(settings.load(path))
    accounts = desk_accounts.of(story.settings)
    for name in OFFICERS:
        desk_sign_in.set_passphrase(accounts, accounts.invite(name, datetime.now(UTC)), SECRET, datetime.now(UTC))
    register, work = story.office.register, dict[str, list[str]]()
    _archive_the_withdrawn(story)
    numbers = iter([n for n in register.numbers() if not _withdrawn(story, n)])
    for name, officer in OFFICERS.items():
        work[name] = [*islice(numbers, _IN_WORK)]
        if "pengelola_layanan" not in officer["peran"]:
            for number in work[name]:
                _edits(story, number, _forwarded(name if "analis_hukum" in officer["peran"] else "analis1"))
    with bench_register.no_flushes():
        daily_pass.run_pass(story.office)
    return work


def _archive_the_withdrawn(story: Story) -> None:
    """Put away what is over, as offices do."""
    for number in filter(partial(_withdrawn, story), story.office.register.numbers()):
        path = story.office.register.path(number) / "permohonan.yaml"
        path.write_text(
            path.read_text("utf-8").replace("\narsip:\n  tanggal:\n", f"\narsip:\n  tanggal: {story.now:%Y-%m-%d}\n"),
            "utf-8",
        )


def _withdrawn(story: Story, number: str) -> bool:
    return "\npembatalan:\n  tanggal: 2" in (story.office.register.path(number) / "permohonan.yaml").read_text("utf-8")


def _forwarded(analyst: str) -> SectionChanges:
    """A request is forwarded, and its study begun."""
    today = datetime.now(UTC).date()
    verified = steps.verify("diteruskan", "pengelola1", today, topik="pengadaan")
    return {**verified, **steps.assign(analyst, "kabag1", []), **STUDY}


def _edits(story: Story, number: str, changes: SectionChanges) -> None:
    """Somebody writes into a case file."""
    path = story.office.register.path(number) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), changes)


@contextmanager
def _desk(story: Story) -> Iterator[int]:
    """The desk in a process of its own, behind what would be a web server; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "processor", "meja", "--di-belakang-proxy", "--port", str(port)]
    with subprocess.Popen(command, env=_environment(story), stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout
        desk.stdout.readline()
        try:
            yield port
        finally:
            desk.terminate()


def _environment(story: Story) -> dict[str, str]:
    return {**os.environ, "PAYUNG_PENGATURAN": str(story.settings.path)}


def _signed_in(port: int, name: str) -> Visitor:
    visitor = Visitor(port)
    assert visitor.signs_in(name).to == "/", name
    visitor.ask("/akun")
    return visitor


def _passes(story: Story, ended: threading.Event) -> str:
    """Passes one after another, each with something new of every kind; says how many there were, and how long."""
    ready = iter([n for n in story.office.register.numbers() if not _withdrawn(story, n)][_IN_WORK * len(OFFICERS) :])
    serials, taken, codes = count(1_000_000), list[float](), set[int]()
    command = [sys.executable, "-m", "processor", "jalankan"]
    while not ended.is_set():
        _brings(story, [next(serials) for _ in range(_RESPONSES)], [*islice(ready, _LETTERS)])
        start = time.monotonic()
        codes.add(subprocess.run(command, check=False, env=_environment(story), capture_output=True).returncode)
        taken.append(time.monotonic() - start)
    return f"beside {len(taken)} passes of {max(taken):.0f} s at most, which ended with {sorted(codes)}"


def _brings(story: Story, serials: Sequence[int], numbers: Sequence[str]) -> None:
    """Let there be new responses, letters that go out, and a site that is to be built."""
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    for serial in serials:
        said = packages.said(serial, jawaban=dict(bench_register.response(serial).answers))
        packages.dropped(story.settings.packages, packages.sealed(keys, said), f"p{serial}")
    for number in numbers:
        _edits(story, number, _answered(number))
    (story.office.register.state_folder / "terbit.json").unlink(missing_ok=True)


def _answered(number: str) -> SectionChanges:
    """A letter is approved, numbered, and goes out."""
    today = datetime.now(UTC).date()
    approved = {**steps.set_study_ready(done=True), **steps.review("disetujui", "kabag1", today)}
    numbered = steps.record_letter_number(f"180/{number}/Huk", today)
    return {**_forwarded("analis1"), **approved, **numbered, **steps.deliver(today)}


def _works(
    story: Story, visitor: Visitor, name: str, numbers: list[str], hours: tuple[float, float], times: Times
) -> None:
    """One officer acts, now on one case, now on the next, every few seconds, a little after the one before them."""
    act = _ACTS[OFFICERS[name]["peran"][0]]
    turn, (wait_first, until) = 0, hours
    time.sleep(wait_first)
    while time.monotonic() < until:
        next_act = time.monotonic() + _EVERY
        number = numbers[turn % len(numbers)]
        if name == "kabag1":  # once for all
            _timed(times, "bare: home", lambda: _bare_home(story))
        _timed(times, "page: home", lambda: _asked(visitor, "/", None, times))
        _timed(times, "bare: case", partial(_bare_case, story, number))
        page = _timed(times, "page: case", partial(_asked, visitor, f"/{number}", None, times))
        act(visitor, number, page.text, turn, times)
        turn += 1
        time.sleep(max(0.0, next_act - time.monotonic()))


def _verifies(visitor: Visitor, number: str, page: str, turn: int, times: Times) -> None:
    """Ask for what is missing: shown first, then confirmed."""
    given = {"digest": _found(page, "digest"), "kekurangan": f"Surat tugas ke-{turn}"}
    path = f"/{number}/langkah/lengkapi"
    _timed(times, "act:  step, shown", lambda: _asked(visitor, path, given, times))
    _timed(times, "act:  step, done", lambda: _asked(visitor, path, {**given, "tahap": "pasti"}, times))


def _writes_study(visitor: Visitor, number: str, _: str, turn: int, times: Times) -> None:
    """Open the study, let a draft be kept, and save it."""
    path = f"/{number}/kajian"
    page = _timed(times, "page: study", lambda: _asked(visitor, path, None, times)).text
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    typed = {name: unescape(text) for name, text in (*texts, *re.findall(r'name="(sidik-\w+)" value="(\w+)"', page))}
    typed["saran"] = f"Tolak secara tertulis, cara ke-{turn}."
    _timed(times, "act:  draft", lambda: _asked(visitor, f"{path}/draf", typed, times))
    _timed(times, "act:  save", lambda: _asked(visitor, path, {**typed, "tindakan": "simpan"}, times))


def _assigns(visitor: Visitor, number: str, page: str, turn: int, times: Times) -> None:
    """Give a request to another analyst."""
    given = {"digest": _found(page, "digest"), "analis": f"analis{turn % 4 + 1}", "pemeriksa": "kabag1"}
    path = f"/{number}/langkah/tugaskan"
    _timed(times, "act:  step, shown", lambda: _asked(visitor, path, given, times))
    _timed(times, "act:  step, done", lambda: _asked(visitor, path, {**given, "tahap": "pasti"}, times))


_ACTS: Mapping[str, Callable[[Visitor, str, str, int, Times], None]] = {
    "pengelola_layanan": _verifies,
    "analis_hukum": _writes_study,
    "kepala_bagian": _assigns,
}


def _asked(visitor: Visitor, path: str, form: dict[str, str] | None, times: Times) -> Answer:
    """What the desk answers; anything but done is counted."""
    answer = visitor.ask(path, form)
    times.busy += _BUSY in answer.text
    if answer.status not in {200, 303}:
        times.refused.append(f"{answer.status} {path}")
    return answer


def _found(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    return found[1] if found else ""


def _bare_home(story: Story) -> None:
    """Look at case file and journal of every case, and read what passes kept of them."""
    (story.office.register.state_folder / row_store.FILE_NAME).read_bytes()
    for number in story.office.register.numbers():
        folder = f"{story.settings.register}/{number[3:7]}/{number}"
        os.stat(f"{folder}/permohonan.yaml")  # noqa: PTH116 -- as bare as can be
        os.stat(f"{folder}/riwayat.jsonl")  # noqa: PTH116


def _bare_case(story: Story, number: str) -> None:
    folder = story.office.register.path(number)
    for name in ("permohonan.yaml", "riwayat.jsonl"):
        (folder / name).read_bytes()


_T = TypeVar("_T")


def _timed(times: Times, what: str, work: Callable[[], _T]) -> _T:
    start = time.perf_counter()
    done = work()
    times.taken[what].append(time.perf_counter() - start)
    return done


if __name__ == "__main__":
    given = sys.argv[1:]
    measure(int(given[0]) if given else _COUNT, float(given[1]) if given[1:] else _MINUTES)
