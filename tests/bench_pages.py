"""What applicants' pages weigh and how soon they stand: ``python -m tests.bench_pages [page/ ...]``.

Beside each page stands the same page in the stock theme with the same scripts. Both sites are served with gzip, as the
recipes of docs/petugas/hosting.md do. The line is slow 3G (400 kbit/s, 400 ms), the processor six times slower.
"""

import functools
import gzip
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from processor.site import pages
from tests import conftest, office

HEAVIEST: Final = 0.6
"""Of what the stock theme weighs with the same scripts."""
SLOWEST: Final = 2000
"""Milliseconds until the largest content stands."""
MOST_SHIFT: Final = 0.1
"""Cumulative layout shift."""
_LINE: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_TEXT: Final = (".html", ".css", ".js", ".svg", ".json", "/")
_APPLICANTS: Final = re.compile(r"^(?!petugas|pengembang|404)")
_MEASURE: Final = """() => new Promise((done) => {
  const told = { lcp: 0, cls: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (told.lcp = one.startTime)))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) =>
    list.getEntries().forEach((one) => (told.cls += one.hadRecentInput ? 0 : one.value)),
  ).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(told), 1500);
})"""


@dataclass(frozen=True)
class Seen:
    """One visit with an empty cache: bytes over the line, milliseconds to the largest content, layout shift."""

    weight: int
    lcp: float
    cls: float


class _Zipped(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, text of it compressed."""
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        if path.suffix in _TEXT:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name in the standard library)
        """Say nothing."""


def measure(only: Sequence[str] = ()) -> dict[str, tuple[Seen, int]]:
    """Measure every page for applicants, or ``only`` these; also printed.

    Returns:
        By page: what was seen of it, and the bytes of the stock theme's page.
    """
    result = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, stock = _built(Path(folder), "ours", _as_is), _built(Path(folder), "stock", _stock)
        browser = playwright.chromium.launch(
            executable_path=conftest.program("chromium", "chromium"), args=["--no-sandbox"]
        )
        names = sorted(str(path.parent.relative_to(ours)) + "/" for path in ours.rglob("index.html"))
        names = [name.removeprefix("./") for name in names if _APPLICANTS.match(name) and (not only or name in only)]
        with _served(ours) as here, _served(stock) as there:
            print(f"{'':24} {'KB':>7} {'x stock':>8} {'LCP ms':>8} {'CLS':>7}")
            for name in names:
                seen, plain = _visit(browser, here + name), _visit(browser, there + name, slow=False).weight
                result[name] = (seen, plain)
                print(_row(name, seen, plain))
        browser.close()
    return result


def _row(name: str, seen: Seen, plain: int) -> str:
    """Write what was seen of a page; an arrow points to what is beyond a limit."""
    over = seen.weight > HEAVIEST * plain or seen.lcp > SLOWEST or seen.cls > MOST_SHIFT
    figures = f"{seen.weight / 1000:7.1f} {seen.weight / plain:8.3f} {seen.lcp:8.0f} {seen.cls:7.3f}"
    return f"{name or '/':24} {figures}{' <-' * over}"


def _as_is(_: Path) -> None:
    """Leave the sources as they are."""


def _stock(root: Path) -> None:
    """Turn the sources into those of a site in the stock theme: none of our templates and styles, all our scripts."""
    menu = root / "mkdocs.yml"
    text = (
        menu.read_text("utf-8")
        .replace("  custom_dir: docs/.tema\n", "")
        .replace("  static_templates: [404.html]\n", "")
    )
    menu.write_text(text.replace("extra_css: [assets/payung.css]\n", ""), "utf-8")
    shutil.rmtree(root / "docs" / ".tema")
    for page in (root / "docs").rglob("*.md"):
        page.write_text(re.sub(r"^template: .*\n", "", page.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def _built(folder: Path, name: str, change: Callable[[Path], None]) -> Path:
    """Build the site of the shipped office, which takes requests, from sources that ``change`` changed."""
    root = office.sources(_made(folder / name))
    (root / "processor").symlink_to(office.ROOT / "processor")
    change(root)
    found = office.agency(root, root)
    keys = office.keys(root / "kunci")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **pages.builder_environment(found, keys.recipients)}
    target = folder / f"{name}-site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    subprocess.run(command, cwd=root, env=environment, check=True)
    return target


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Zipped, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _visit(browser: Browser, address: str, *, slow: bool = True) -> Seen:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    weight: list[float] = []
    session.on("Network.loadingFinished", lambda one: weight.append(one["encodedDataLength"]))
    session.send("Network.enable")
    if not slow:
        tab.route("**/search_index.json", lambda route: route.abort())  # ours asks for it only where one searches
    if slow:
        session.send("Network.emulateNetworkConditions", _LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    tab.goto(address, wait_until="load")
    told = tab.evaluate(_MEASURE) if slow else {"lcp": 0, "cls": 0}
    if not slow:
        tab.wait_for_timeout(500)
    context.close()
    return Seen(int(sum(weight)), told["lcp"], told["cls"])


if __name__ == "__main__":
    measure(sys.argv[1:])
