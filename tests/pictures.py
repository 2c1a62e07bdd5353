"""``make pictures``: the pictures of the handbook and of README, taken from the real program at work.

They show the office of Kabupaten Contoh, which is fictional as every agency has them in its handbook. The clock stands
still, so what did not change looks the same again.
"""

import io
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from processor.cli import example, main, web_server
from processor.desk import server
from processor.letters import pdf
from processor.operations import advance, daily_pass
from processor.operations.office import Office, open_office
from tests.conftest import QUIET
from tests.office import ROOT

_NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)  # a working morning, the day after the last request of the example
_COLOURS = 32
_HOME = ROOT / "docs" / "pengembang" / "beranda.png"
_HANDBOOK = ROOT / "docs" / "petugas" / "gambar"
_PAGES = {
    "meja.png": "?petugas=pengelola",
    "meja-daftar.png": "daftar?petugas=kabag&urut=-nomor",
    "meja-permohonan.png": "BH-2026-0003?petugas=kabag",
    "meja-cari.png": "cari?q=penolakan",
}


def take_pictures() -> None:
    """Take every picture."""
    _HANDBOOK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = _office(Path(folder))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET.split())
        page = browser.new_page()
        for path, content in (*_screens(office, page), (_HANDBOOK / "konsep.png", _draft(office))):
            _save(content, path)
            print(path)
        browser.close()


def _office(folder: Path) -> Office:
    """The example beside the office that ``payung siapkan --ya`` makes, after its officers' work; its site is built."""
    main.main(["siapkan", str(folder / "kantor"), "--ya"])
    found = example.prepare_example(folder / "kantor" / "payung.yaml", folder)
    office = open_office(found, lambda: _NOW, quiet=0)
    daily_pass.run_pass(office)
    example.play_staff(office.register, office.settings.layanan.zone)
    advance.advance(office)
    example.sign_letters(office.register)
    advance.advance(office)
    example.play_voices(office)
    advance.advance(office)
    return office


def _screens(office: Office, page: Page) -> Iterator[tuple[Path, bytes]]:
    """The home page and the desk's pages as a browser shows them."""
    with web_server.serving(office.settings.site, 0) as address:
        page.set_viewport_size({"width": 1280, "height": 760})
        page.goto(address)
        yield _HOME, page.screenshot()
    with server.serve_desk(lambda: open_office(office.settings, office.clock), 0) as address:
        page.set_viewport_size({"width": 1100, "height": 760})
        for name, path in _PAGES.items():
            page.goto(address + path)
            yield _HANDBOOK / name, page.screenshot()


def _draft(office: Office) -> bytes:
    """The first page of a letter that is not approved yet."""
    letter = office.register.path("BH-2026-0003") / "keluar" / "rujukan-mekanisme.docx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "surat.pdf"
        path.write_bytes(pdf.convert([letter])[letter])
        page = ["pdftoppm", "-png", "-r", "70", "-l", "1", "-singlefile"]
        subprocess.run([*page, path, path.with_suffix("")], check=True)
        return path.with_suffix(".png").read_bytes()


def _save(content: bytes, path: Path) -> None:
    """Keep a picture with few colours: those of its areas, and as many that lie far apart, for letters and lines."""
    drawn = Image.open(io.BytesIO(content)).convert("RGB")
    areas = Counter(zip(*[iter(drawn.tobytes())] * 3, strict=True)).most_common(_COLOURS // 2)
    apart = drawn.quantize(_COLOURS // 2, Image.Quantize.MAXCOVERAGE).getpalette() or []
    kept = Image.new("P", (1, 1))
    kept.putpalette([*chain.from_iterable(colour for colour, _ in areas), *apart])
    drawn.quantize(palette=kept, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    take_pictures()
