"""What every test shares: the programs that open real files, golden files, and how missing tests are told."""

import gc
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.letters.signed_letters import SignedLetters
from tests.simulation import disk

_CI = bool(os.environ.get("CI"))
# Where a container says so, each worker and each program that a test starts would compile every library anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if memory := disk.quick():  # thousands of small offices are made and thrown away
    os.environ.setdefault("TMPDIR", str(memory))
    tempfile.tempdir = None  # it may have been asked for before
expect.set_options(timeout=60_000)  # on a busy machine, and on a phone that is slowed as much as cheap ones are
gc.set_threshold(100_000, 50, 100)  # a worker lives for minutes: looking for cycles so often costs it a twentieth
# The first is the same examples on every run, however slow the machine; the second, `make test-long`, finds new ones.
settings.register_profile("short", max_examples=50, derandomize=True, database=None, deadline=None)
settings.register_profile("long", max_examples=2000, derandomize=False, database=None, deadline=None)
settings.load_profile("short")
_LONG = (
    "test_wheel", "test_request_form", "test_site", "test_lives", "test_years", "test_suppression", "test_endpoint",
    "test_register_seal", "test_whole_path", "test_lacak",
    "test_main", "test_daily_pass", "test_slips", "test_officer_pages", "test_case_letters", "test_applicant_status",
    "test_received_packages", "test_reminders", "test_scenarios", "test_advance", "test_mutate", "test_hosting",
    "test_browser_seal", "test_office_0_1", "test_leak_gate", "test_pdf", "test_publish", "test_shipped",
)  # fmt: skip
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --force-prefers-reduced-motion --js-flags=--no-opt,--single-threaded"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--perbarui-golden", action="store_true", help="write the golden files anew; read them in review")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests wait for browsers and other programs."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no worker is left alone with one at the end."""
    from tests import effort  # noqa: PLC0415 -- only now the profile is known

    if (settings.get_current_profile_name() == "long") != effort.LONG:
        raise pytest.UsageError("a conftest.py imports tests.effort before the profile is known")
    if not effort.LONG:
        later = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    items.sort(key=lambda item: _LONG.index(item.path.stem) if item.path.stem in _LONG else len(_LONG))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: those of an archive hold the second in which it was made, and the workers of
    one run must agree on every test's name."""
    return argname if isinstance(val, bytes) else None


def program(name: str, package: str) -> str:
    """The path of an installed program; a test that needs a missing one is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}: apt-get install {package}")
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """A real browser, built to run without a window: a page in it costs a third."""
    return program("chromium-headless-shell", "chromium-headless-shell")


@pytest.fixture(scope="session")
def whole_chromium() -> str:
    """The browser as people have it, with a profile of their own and pages that come back as they were."""
    return program("chromium", "chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The same browser, driven; one for the whole run, as Playwright allows no second."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(scope="session")
def soffice() -> str:
    """A real office suite."""
    return program("soffice", "libreoffice-writer")


@pytest.fixture(scope="session")
def signed_letters() -> SignedLetters:
    """Letters signed electronically, well and badly; pyHanko is imported here only, as that takes a second."""
    from tests.letters import letter_signing  # noqa: PLC0415 -- see above

    with ThreadPoolExecutor(1) as aside:  # pyHanko starts an event loop; a browser of this worker has one already
        return aside.submit(letter_signing.make).result()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        reasons = {str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)}
        terminalreporter.write_line(f"{len(skipped)} tests were not run: {'; '.join(sorted(reasons))}")
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed") if _CI else ():
        for _, table in (one for one in report.user_properties if one[0] == "table"):
            terminalreporter.write_line(f"\n{table}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _CI and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own office must not leak into tests."""
    monkeypatch.delenv("PAYUNG_PENGATURAN", raising=False)


def _without_flushing(connect: Callable[..., sqlite3.Connection], *args: Any, **kwargs: Any) -> sqlite3.Connection:
    opened = connect(*args, **kwargs)
    opened.execute("pragma synchronous = off")
    return opened


@pytest.fixture(autouse=True, scope="session")
def _flushing_waits_for_no_disk() -> Iterator[None]:
    """No test cuts the power, and waiting for disks would take half of the time; a bad descriptor is still told."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(os, "fsync", os.fstat)
        here.setattr(os, "sync", lambda: None)
        here.setattr(sqlite3, "connect", partial(_without_flushing, sqlite3.connect))
        yield
