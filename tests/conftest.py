"""What every test shares: the programs that open real files, golden files, and how missing tests are told."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_CI = bool(os.environ.get("CI"))
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--perbarui-golden", action="store_true", help="write the golden files anew; read them in review")


def program(name: str, package: str) -> str:
    """The path of an installed program; a test that needs a missing one is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}: apt-get install {package}")
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """A real browser."""
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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        reasons = {str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)}
        terminalreporter.write_line(f"{len(skipped)} tests were not run: {'; '.join(sorted(reasons))}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _CI and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own office must not leak into tests."""
    monkeypatch.delenv("PAYUNG_PENGATURAN", raising=False)
