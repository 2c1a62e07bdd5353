"""``make mutate``: plants small faults into the modules that guard something, and lists those that no test notices.

Each fault is tried in a copy of the tree, by the tests of its module, with a time limit. ``mutants-accepted.txt`` holds
those that change nothing anybody could see, each with its reason.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Final

from tests import mutant_worker
from tests.mutants import mutants

ROOT: Final = Path(__file__).parents[1]
ACCEPTED: Final = ROOT / "tests" / "mutants-accepted.txt"
WANTED: Final = 0.9
MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "processor/cases/journal.py": ("cases/test_journal",),
    "processor/cases/office_keys.py": ("cases/test_office_keys",),
    "processor/cases/register_seal.py": (
        "cases/test_survey_store",
        "cases/test_register_seal",
        "operations/complaints/test_complaint_check",
    ),
    "processor/cases/rules.py": ("cases/test_rules", "cases/test_case_status"),
    "processor/cases/decision_digests.py": ("cases/test_decision_digests",),
    "processor/cases/case_status.py": ("cases/test_case_status", "cases/test_objection_status", "cases/test_deadlines"),
    "processor/foundation/working_time.py": ("foundation/test_working_time", "cases/test_deadlines"),
    "processor/foundation/yaml_merge.py": ("foundation/test_yaml_merge",),
    "processor/foundation/yaml_transfer.py": ("foundation/test_yaml_merge",),
    "processor/intake/filing.py": ("intake/test_filing", "cases/test_register"),
    "processor/intake/planning.py": ("intake/test_planning",),
    "processor/intake/recognition.py": ("intake/test_recognition", "intake/test_planning"),
    "processor/mail/outbox.py": ("mail/test_outbox", "mail/test_delivery"),
    "processor/operations/applicant_status.py": ("operations/test_applicant_status",),
    "processor/operations/status_words.py": ("operations/test_status_words", "operations/test_applicant_status"),
    "processor/operations/upgrade/upgrade_steps.py": ("operations/upgrade/test_upgrade_steps",),
    "processor/site/sealed_statuses.py": ("site/test_sealed_statuses", "operations/test_applicant_status"),
    "processor/site/sealed_replies.py": ("site/test_sealed_replies", "operations/test_applicant_status"),
    "processor/site/leak_gate.py": ("site/test_leak_gate", "site/test_publish"),
    "processor/site/leak_targets.py": (
        "site/test_leak_targets",
        "site/test_leak_gate",
        "site/test_leak_false_alarms",
    ),
    "processor/site/leak_text.py": ("site/test_leak_text", "site/test_leak_gate", "site/test_leak_tokens"),
    "processor/site/leak_tokens.py": (
        "site/test_leak_tokens",
        "site/test_leak_gate",
        "operations/test_identity_index",
        "operations/test_reviewed_words",
    ),
    "processor/operations/identity_index.py": (
        "operations/test_identity_index",
        "operations/test_reviewed_words",
        "operations/complaints/test_complaint_people",
    ),
    "processor/intake/recognition_index.py": ("intake/test_recognition_index",),
    "processor/intake/damaged_copies.py": ("intake/test_damaged_copies",),
    "processor/cases/evidence.py": ("cases/test_evidence",),
    "processor/cases/promised_times.py": ("cases/test_promised_times",),
    "processor/cases/journal_heads.py": (
        "cases/test_journal_heads",
        "intake/test_filing",
        "operations/test_register_watch",
    ),
    "processor/foundation/clock_doubts.py": ("foundation/test_clock_doubts",),
    "processor/site/aside_cap.py": ("site/test_aside_cap",),
    "processor/site/age_header.py": ("site/test_age_header",),
    "processor/site/proof_of_work.py": ("site/test_proof_of_work",),
    "processor/site/kept_packages.py": ("site/test_kept_packages",),
    "processor/operations/reviewed_words.py": (
        "operations/test_reviewed_words_alone",
        "operations/test_reviewed_words",
    ),
    "processor/operations/restoring.py": ("operations/test_restoring_alone", "operations/test_restoring"),
    "processor/operations/register_watch.py": ("operations/test_register_watch_alone",),
    "processor/cases/head_index.py": ("cases/test_head_index",),
    "processor/cases/register_marks.py": ("cases/test_register_marks",),
    "processor/cases/earlier_texts.py": ("cases/test_earlier_texts",),
    "processor/operations/act_journal.py": ("operations/test_act_journal_alone",),
    "processor/operations/letter_evidence.py": ("operations/test_letter_evidence",),
    "processor/operations/leak_exceptions.py": ("operations/test_leak_exceptions",),
    "processor/evaluation/periods.py": ("evaluation/test_periods",),
    "processor/cases/aggregate_key.py": ("cases/test_aggregate_key",),
    "processor/evaluation/aggregate.py": ("evaluation/test_aggregate",),
    "processor/evaluation/rollup.py": ("evaluation/test_rollup", "evaluation/test_tally"),
    "processor/operations/figures/file_owners.py": ("operations/figures/test_recap_sources",),
    "processor/operations/figures/recap_sources.py": (
        "operations/figures/test_recap_sources",
        "cli/commands/test_recap_command",
    ),
    "processor/evaluation/interval_audit.py": ("evaluation/test_interval_audit", "evaluation/test_suppression"),
    "processor/evaluation/linked_tables.py": ("evaluation/test_linked_tables", "evaluation/test_suppression"),
    "processor/evaluation/suppression.py": ("evaluation/test_suppression",),
    "processor/evaluation/skm.py": ("evaluation/test_skm",),
}
"""A module, and the tests that must notice when it goes wrong, the quickest first."""
_LEFT_OUT: Final = (".git", ".venv", ".*_cache", ".hypothesis", "node_modules", "__pycache__", "*.egg-info")


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault and what became of it: killed, survived or timed out."""

    module: str
    line: int
    was: str
    now: str
    ending: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}\n  - {self.was}\n  + {self.now}"


def killed_share(trials: Sequence[Trial]) -> float:
    """The part of the faults that some test noticed, from 0 to 1."""
    return sum(one.ending != "survived" for one in trials) / max(1, len(trials))


@dataclass(frozen=True, slots=True)
class _Job:
    """One mutant that waits: ``source`` is the whole module with the fault."""

    module: str
    line: int
    was: str
    now: str
    source: str


def run(
    root: Path,
    modules: Mapping[str, Sequence[str]],
    *,
    count: int,
    seed: int,
    workers: int,
    accepted: Path,
    patience: float = 30,
) -> tuple[Trial, ...]:
    """Try ``count`` faults of each module, drawn by ``seed``; all of them where there are fewer.

    A mutant that takes ``patience`` seconds and four times as long as the sound module loops, and is killed. Raises
    RuntimeError when the tests of a module fail without any fault or take over half an hour.
    """
    sources = {module: (root / module).read_text("utf-8") for module in modules}  # as they are when the tree is copied
    with ExitStack() as stack:
        free = SimpleQueue[_Worker]()
        for _ in range(workers):
            free.put(stack.enter_context(_worker(root, sorted({one for tests in modules.values() for one in tests}))))
        trials: list[Trial] = []
        for module, tests in modules.items():
            source = sources[module]
            sound = _tried(free, module, source, tests, 1800)
            if sound["ending"] != "survived":
                raise RuntimeError(f"{module}: its tests fail without any fault, or take over half an hour")
            limit = patience + 4 * sound["seconds"]
            jobs = drawn(module, source, accepted_faults(accepted), count, seed)
            trials += _all(free, workers, jobs, tests, limit)
            ours = [one for one in trials if one.module == module]
            print(
                _line(module, ours),
                *(f"survived: {one}" for one in ours if one.ending == "survived"),
                sep="\n",
                flush=True,
            )
    return tuple(trials)


def _all(
    free: "SimpleQueue[_Worker]", workers: int, jobs: Sequence[_Job], tests: Sequence[str], limit: float
) -> Iterator[Trial]:
    """Every fault of one module, tried side by side."""

    def trial(job: _Job) -> Trial:
        ending = _tried(free, job.module, job.source, tests, limit)["ending"]
        return Trial(job.module, job.line, job.was, job.now, ending)

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(trial, jobs)


def drawn(
    module: str, source: str, accepted: frozenset[tuple[str, str, str]], count: int, seed: int
) -> tuple[_Job, ...]:
    """The faults to try, in the order of the source; the same for the same seed."""
    found = mutants(source)
    random.Random(f"{seed} {module}").shuffle(found)
    jobs: list[_Job] = []
    for one in found:
        was, now = one.lines(source)
        if len(jobs) < count and (module, was, now) not in accepted and one.compiles(source):
            jobs.append(_Job(module, one.line, was, now, one.of(source)))
    return tuple(sorted(jobs, key=lambda job: job.line))


def accepted_faults(path: Path) -> frozenset[tuple[str, str, str]]:
    """The survivors that are accepted: module, line as it is and with the fault.

    Four lines each: the module, ``- `` and the line, ``+ `` and the line with its fault, ``= `` and the reason. Raises
    ValueError for one that has no reason.
    """
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    found = set[tuple[str, str, str]]()
    for module, was, now, reason in zip(*(lines[n::4] for n in range(4)), strict=True):
        if not (was.startswith("- ") and now.startswith("+ ") and reason.startswith("= ") and reason[2:].strip()):
            raise ValueError(f"{path.name}: {module}, {was}")
        found.add((module, was[2:], now[2:]))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process in its own copy of the tree."""

    asks: IO[str]
    answers: IO[str]


@contextmanager
def _worker(root: Path, tests: Sequence[str]) -> Iterator[_Worker]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / "tree"
        shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        command = [sys.executable, "-P", mutant_worker.__file__, *map(_path, tests)]
        environment = {**os.environ, "PYTHONPATH": str(copy), "TMPDIR": folder}
        with subprocess.Popen(
            command, cwd=copy, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            if process.stdin and process.stdout:
                yield _Worker(process.stdin, process.stdout)
                process.stdin.close()


def _path(test: str) -> str:
    return f"tests/{test}.py"


def _tried(
    free: "SimpleQueue[_Worker]", module: str, source: str, tests: Sequence[str], limit: float
) -> dict[str, Any]:
    """What the next free worker answers."""
    worker = free.get()
    try:
        asked = {"module": module, "source": source, "tests": [*map(_path, tests)], "limit": limit}
        print(json.dumps(asked), file=worker.asks, flush=True)
        answer: dict[str, Any] = json.loads(worker.answers.readline())
        return answer
    finally:
        free.put(worker)


def _line(name: str, trials: Sequence[Trial]) -> str:
    """One line of figures."""
    late = sum(one.ending == "timed out" for one in trials)
    left = sum(one.ending == "survived" for one in trials)
    shown = f"{name:44}{len(trials) - left:5} of {len(trials):4} killed, {killed_share(trials):6.1%}"
    return f"{shown}, {late} by the time limit" if late else shown


def main() -> int:
    """Run, print what survived, and tell by the exit code whether enough was killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="parts of module paths; all modules without any")
    parser.add_argument(
        "--count",
        type=int,
        default=20,
        help=f"faults a module; {len(MODULES)} modules of 20 take some 40 minutes on two free cores",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    modules = {
        name: tests
        for name, tests in MODULES.items()
        if not asked.modules or any(map(name.__contains__, asked.modules))
    }
    begun_at = time.monotonic()
    trials = run(ROOT, modules, count=asked.count, seed=asked.seed, workers=asked.workers, accepted=ACCEPTED)
    print(f"\n{_line('together', trials)}; seed {asked.seed}, {(time.monotonic() - begun_at) / 60:.0f} minutes")
    return 0 if killed_share(trials) >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
