"""The whole night of somebody summoned for tomorrow, as one story on a cheap phone with a slow line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from processor.cases.applicant_messages import MessageKind
from processor.cases.dossier import attachments
from tests import applicant_site
from tests.applicant_site import Served, uploads
from tests.site.test_attachment_picker import photo
from tests.site.test_request_form import at, walk
from tests.story import NUMBER
from tests.test_whole_path import Day, looks

LINE: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s, in bytes a second; latency in milliseconds."""
PATIENCE: Final = 60_000
"""Milliseconds that a step may take on such a phone."""
STORY: Final = "Surat panggilan polisi datang hari ini; saya diminta hadir besok."
PHOTOS: Final = 3


class Phone:
    """A phone of 360 px whose processor and line are slow."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        context.set_default_timeout(PATIENCE)
        self.opens()

    def opens(self) -> None:
        """A new tab."""
        self.tab: Page = self.context.new_page()
        self.wire: CDPSession = self.context.new_cdp_session(self.tab)
        self.wire.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        self.line(holds=True)

    def line(self, *, holds: bool) -> None:
        """The line breaks, or is there again."""
        self.wire.send("Network.emulateNetworkConditions", {**LINE, "offline": not holds})

    def loses_its_tab(self) -> None:
        """The tab is closed."""
        self.tab.close()
        self.opens()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    with browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as context:
        yield Phone(context)


@pytest.mark.slow
@pytest.mark.long
def test_a_night_from_the_summons_to_the_answer_and_the_question_after_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, phone: Phone, soffice: str
) -> None:
    day = Day(applicant_site.published(tmp_path, tmp_path_factory))
    with applicant_site.serving(day.office.settings) as site:
        day.passes()
        reads_what_to_do_tonight(phone, site)
        tells_what_happened(phone, site)
        code = sends_over_a_line_that_breaks(phone, site)
        asks_at_once(phone, site, code)
        gets_an_answer(day, phone, site, code)
        asks_again(day, phone, site, code)


def reads_what_to_do_tonight(phone: Phone, site: Served) -> None:
    """From the home page, with one tap, and from there to the form."""
    phone.tab.goto(site.address)
    expect(phone.tab.locator("main a", has_text="Lacak").first).to_be_in_viewport()
    phone.tab.tap("main >> text=Malam ini")
    expect(phone.tab.locator("#malam-ini")).to_be_visible()
    phone.tab.tap("main >> text=ajukan permohonan")
    phone.tab.tap("#mulai:enabled")
    phone.tab.check("[name=mendesak][value=surat_panggilan]")
    phone.tab.tap("#lanjut")
    expect(phone.tab.locator("#langkah-segera")).to_contain_text("Hubungi advokat")
    phone.tab.tap("#lanjut")


def tells_what_happened(phone: Phone, site: Served) -> None:
    """A reload, Back and a closed tab cost nothing that was typed, nor a photo."""
    phone.tab.fill("#jawab-uraian", STORY)
    phone.tab.tap("#lanjut")
    at(phone.tab, "pertanyaan")
    phone.tab.reload()
    at(phone.tab, "pertanyaan")
    expect(phone.tab.locator("#kembali-kabar")).to_be_in_viewport()
    phone.tab.go_back()
    at(phone.tab, "uraian")
    expect(phone.tab.locator("#jawab-uraian")).to_have_value(STORY)
    walk(phone.tab, "dokumen", uraian=STORY, mendesak="surat_panggilan")
    pages = [(f"surat-{page}.jpg", photo(1200, 800)) for page in range(PHOTOS)]
    phone.tab.set_input_files("#jawab-dokumen", uploads(*pages))
    expect(phone.tab.locator("#isian-dokumen .daftar-berkas > li")).to_have_count(PHOTOS)
    phone.tab.tap("#simpan summary")
    phone.tab.tap("#simpan-ya")
    expect(phone.tab.locator("#simpan-kabar")).to_have_text("Tersimpan untuk tujuh hari.")
    phone.loses_its_tab()
    phone.tab.goto(f"{site.address}ajukan/")
    phone.tab.tap("text=Lanjutkan isian Anda")
    at(phone.tab, "dokumen")
    expect(phone.tab.locator("#isian-dokumen .daftar-berkas > li")).to_have_count(PHOTOS)
    walk(phone.tab, uraian=STORY, mendesak="surat_panggilan")


def sends_over_a_line_that_breaks(phone: Phone, site: Served) -> str:
    """Give the code, which is there before anything has arrived; what waited goes on by itself."""
    phone.tab.tap("#lanjut")
    expect(phone.tab.locator("#kemajuan")).to_contain_text("Terkirim")
    phone.line(holds=False)
    expect(phone.tab.locator("#kode")).not_to_be_empty()
    expect(phone.tab.locator("#bukti h2")).to_have_text("Permohonan belum terkirim")
    assert site.sent == []
    phone.line(holds=True)
    expect(phone.tab.locator("#bukti h2")).to_have_text("Permohonan Anda sedang diproses", timeout=3 * PATIENCE)
    assert len(site.sent) == 1
    expect(phone.tab.locator("#sesudah")).to_contain_text("Harus hadir, atau menjawab surat, sebelum kami menjawab?")
    return phone.tab.inner_text("#kode")


def asks_at_once(phone: Phone, site: Served, code: str) -> None:
    """Before any publication the page with the status says the same as the page after sending."""
    phone.tab.goto(f"{site.address}lacak/")
    phone.tab.fill("#kode", code)
    phone.tab.tap("#buka:enabled")
    expect(phone.tab.locator("#kosong")).to_contain_text("kiriman Anda ada pada kami")


def says(phone: Phone, kind: MessageKind, words: str = "") -> None:
    """Write into the box under the status; the page then shows that it has arrived."""
    phone.tab.check(f"[name=macam][value={kind}]")
    if kind == "lanjutan":
        phone.tab.check("[data-jawab=setuju]")
    if words:
        phone.tab.fill("#keterangan", words)
    phone.tab.tap("#kirim")
    expect(phone.tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    expect(phone.tab.locator("#pesan-kabar")).to_be_in_viewport()


def gets_an_answer(day: Day, phone: Phone, site: Served, code: str) -> None:
    """A question while the case lives, what the office writes back, and the letter."""
    day.passes()
    assert len(list(attachments(day.office.register, NUMBER))) == PHOTOS
    assert "Diterima" in looks(phone.tab, site.address, code)
    says(phone, "tanya", "Bolehkah saya minta penundaan?")
    day.passes()
    message = day.office.register.path(NUMBER) / "perubahan-1.yaml"
    assert "Bolehkah saya minta penundaan?" in message.read_text("utf-8")
    day.answers()
    assert "Sudah dijawab" in looks(phone.tab, site.address, code)
    with phone.tab.expect_download() as download:
        phone.tab.tap("text=/^Unduh BH-/")
    assert Path(download.value.path()).read_bytes()


def asks_again(day: Day, phone: Phone, site: Served, code: str) -> None:
    """The letter is there, and what is not clear in it becomes a request of its own that the same code opens."""
    says(phone, "terima")
    day.passes()
    looks(phone.tab, site.address, code)
    says(phone, "lanjutan", "Apa yang saya katakan bila ditanya tentang atasan?")
    day.passes()
    assert "BH-2026-0002" in looks(phone.tab, site.address, code)
