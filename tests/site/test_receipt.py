"""What an applicant keeps after sending, in a real browser: also so that its face says nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, expect

from processor.site import applicant_code
from tests import accessibility, applicant_site
from tests.applicant_site import Served

CODE: Final = applicant_code.new_code().shown
SHOW: Final = """async (kode) => {
  const { tampilkanBukti } = await import(document.querySelector('script[src$="bukti.js"]').src);
  document.body.classList.add("mengisi");
  const bukti = { judul: "Permohonan Anda sampai", kabar: "Tersegel.", kode, isi: [["Dikirim", "hari ini"]] };
  tampilkanBukti({ ...bukti, sidik: "ab12" }, () => (window.aman = true));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with applicant_site.serving(applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)) as served:
        yield served


@pytest.mark.slow
def test_a_masked_receipt_shows_neither_matter_nor_office_and_opens_with_the_code_alone(
    context: BrowserContext, site: Served, tmp_path: Path
) -> None:
    tab = context.new_page()
    tab.goto(f"{site.address}ajukan/")
    tab.wait_for_selector("#mulai:enabled")
    tab.evaluate(SHOW, CODE)
    expect(tab.locator("#bukti-sidik p")).to_be_hidden()
    tab.check("#samar")
    with tab.expect_download() as download:
        tab.click("#unduh")
    kept = tmp_path / "catatan.html"
    download.value.save_as(kept)
    expect(tab.locator("#kode-kabar")).to_contain_text("Kodenya tidak ada di dalamnya")
    assert tab.evaluate("window.aman") is None, "the code itself is not kept yet"
    tab.emulate_media(media="print")
    assert tab.inner_text("body").split() == [CODE], "what is printed is the code alone"
    face = re.sub(r'data-isi="[^"]*"', "", kept.read_text("utf-8"))
    told = [site.settings.instansi.nama, "ermohonan", "hukum", "acak", "127.0.0.1", CODE, "ab12"]
    assert [words for words in told if words in face] == []

    page = context.new_page()
    page.goto(kept.as_uri())
    assert page.inner_text("h1") == page.title() == "Catatan"
    assert accessibility.violations(page, accessibility.WCAG) == []
    page.get_by_label("Kode").fill(applicant_code.new_code().shown)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Tidak terbuka")
    page.get_by_label("Kode").fill(CODE.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    page.click("button")
    expect(page.locator("dl")).to_have_text(
        f"Permohonan Anda sampaiTersegel.Dikirimhari iniSidik paket (SHA-256)ab12Status dan jawaban{site.address}lacak/"
    )
