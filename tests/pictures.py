"""``make pictures``: the pictures of the staff handbook, taken from the real program at work in the example office."""

import io
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from processor.cli import example
from processor.desk import server
from processor.foundation import settings
from processor.letters import pdf
from processor.operations import advance, daily_pass
from processor.operations.office import Office, open_office
from tests.conftest import QUIET
from tests.office import ROOT, agency

TARGET = ROOT / "docs" / "petugas" / "gambar"
_PAGES = {
    "meja.png": "?petugas=pengelola",
    "meja-daftar.png": "daftar?petugas=kabag&urut=-nomor",
    "meja-permohonan.png": "BH-2026-0003?petugas=kabag",
    "meja-cari.png": "cari?q=penolakan",
}


def main() -> None:
    """Take every picture."""
    TARGET.mkdir(exist_ok=True)
    with _office() as office:
        for name, content in (*_desk(office), ("konsep.png", _draft(office))):
            _save(content, TARGET / name)
            print(TARGET / name)


@contextmanager
def _office() -> Iterator[Office]:
    """The example office after its officers' work."""
    with tempfile.TemporaryDirectory() as folder:
        found = example.prepare_example(agency(Path(folder)).path, Path(folder))
        office = open_office(found, lambda: datetime.now(UTC), quiet=0)
        daily_pass.run_pass(office)
        example.play_staff(office.register, office.settings.layanan.zone)
        advance.advance(office)
        example.sign_letters(office.register)
        advance.advance(office)
        example.play_voices(office)
        advance.advance(office)
        yield office


def _desk(office: Office) -> Iterator[tuple[str, bytes]]:
    """The desk's pages as a browser shows them."""
    found = settings.load(office.settings.path)
    with (
        server.serve_desk(lambda: open_office(found, office.clock), 0) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET.split())
        page = browser.new_page(viewport={"width": 1100, "height": 760})
        for name, path in _PAGES.items():
            page.goto(address + path)
            yield name, page.screenshot()
        browser.close()


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
    """Keep a picture with as few colours as it needs."""
    Image.open(io.BytesIO(content)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
