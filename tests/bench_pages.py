"""What applicants' pages weigh and how soon they stand: ``python -m tests.bench_pages [page/ ...]``.

Beside each page stands the same page in the stock theme with the same scripts. Both sites are served by ``payung
layani``, compressed. The line is slow 3G (400 kbit/s, 400 ms), the processor six times slower.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from processor.cli import web_server
from processor.site import pages
from tests import conftest, office

HEAVIEST: Final = {"reading": 0.5, "search": 0.5, "home": 0.5, "sheet": 0.5, "form": 0.6}
"""Of what the stock theme weighs with the same scripts, by the type of a page."""
_TYPES: Final = {
    "borang.css": "form",
    "cari.css": "search",
    "beranda.css": "home",
    "lembar.css": "sheet",
}
"""The type of a page by what it asks for; one that asks for none of these is read."""
SLOWEST: Final = 2000
"""Milliseconds until the largest content stands."""
MOST_SHIFT: Final = 0.1
"""Cumulative layout shift."""
_LINE: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
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


def measure(only: Sequence[str] = ()) -> dict[str, tuple[Seen, int]]:
    """Measure every page for applicants, or ``only`` these, in a browser that is started for it; see ``measure_in``."""
    with sync_playwright() as playwright:
        chromium = conftest.program("chromium", "chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        result = measure_in(browser, only)
        browser.close()
    return result


def measure_in(browser: Browser, only: Sequence[str] = ()) -> dict[str, tuple[Seen, int]]:
    """Measure every page for applicants, or ``only`` these; also printed.

    Returns:
        By page: what was seen of it, and the bytes of the stock theme's page.
    """
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = built(Path(folder), "ours"), built(Path(folder), "stock", _stock)
        paths = (path.parent.relative_to(ours).as_posix() + "/" for path in ours.rglob("index.html"))
        names = sorted(path.removeprefix("./") for path in paths)
        names = [name for name in names if _APPLICANTS.match(name) and (not only or name in only)]
        with web_server.serving(ours, 0) as here, web_server.serving(stock, 0) as there:
            print(f"{'':24} {'type':8} {'KB':>7} {'x stock':>8} {'LCP ms':>8} {'CLS':>7}")
            for name in names:
                kind = _type((ours / name / "index.html").read_text("utf-8"))
                seen, plain = _visited(browser, here + name), _visit(browser, there + name, slow=False).weight
                result[name] = (kind, seen, plain)
                print(_row(name, kind, seen, plain))
    for kind in HEAVIEST:
        _print_worst(kind, [one for one in result.values() if one[0] == kind])
    return {name: (seen, plain) for name, (_, seen, plain) in result.items()}


def _type(page: str) -> str:
    """Give the type of a page by what it asks for."""
    return next((kind for asked, kind in _TYPES.items() if f"assets/{asked}" in page), "reading")


def _row(name: str, kind: str, seen: Seen, plain: int) -> str:
    """Write what was seen of a page; an arrow points to what is beyond a limit."""
    over = seen.weight > HEAVIEST[kind] * plain or seen.lcp > SLOWEST or seen.cls > MOST_SHIFT
    figures = f"{seen.weight / 1000:7.1f} {seen.weight / plain:8.3f} {seen.lcp:8.0f} {seen.cls:7.3f}"
    return f"{name or '/':24} {kind:8} {figures}{' <-' * over}"


def _print_worst(kind: str, measured: Iterable[tuple[str, Seen, int]]) -> None:
    """Print the heaviest and the slowest page of a type beside the limits."""
    ratios = [seen.weight / plain for _, seen, plain in measured]
    times = [seen.lcp for _, seen, _ in measured]
    if ratios:
        print(
            f"{kind:8} {max(ratios):.3f} of the stock theme at most (wanted {HEAVIEST[kind]}), "
            f"LCP {max(times):.0f} ms at most (wanted {SLOWEST}); {len(ratios)} pages"
        )


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


def built(folder: Path, name: str, change: Callable[[Path], None] = lambda _: None) -> Path:
    """Build the site of the shipped office, which takes requests, from sources that ``change`` changed."""
    root = office.sources(_made(folder / name))
    for shared in ("deploy", "processor"):
        (root / shared).symlink_to(office.ROOT / shared)
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


def _visited(browser: Browser, address: str) -> Seen:
    """Visit a page; one that was late is visited twice more, and the middle one counts, as the machine may be busy."""
    seen = _visit(browser, address)
    if seen.lcp <= SLOWEST:
        return seen
    return replace(seen, lcp=median([seen.lcp, *(_visit(browser, address).lcp for _ in range(2))]))


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
