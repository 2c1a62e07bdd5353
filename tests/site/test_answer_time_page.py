"""The page that tells by when an answer comes, in a real browser under the strictest headers."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from processor.foundation.working_time import Calendar
from processor.operations import working_table
from processor.site import sealed_files
from tests import applicant_site
from tests.applicant_site import NOTHING, Served, traces

MONDAY = datetime.fromisoformat("2026-03-02T14:45+07:00")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)
    told = {
        sealed_files.PUBLICATION: sealed_files.publication(MONDAY, 1),
        sealed_files.WORKING_HOURS: working_table.file(settings, Calendar(), MONDAY),
    }
    sealed_files.write(settings.site, told, MONDAY)
    with applicant_site.serving(settings) as served:
        yield served


def visit(context: BrowserContext, site: Served, now: datetime = MONDAY) -> Page:
    tab = context.new_page()
    tab.clock.set_fixed_time(now)
    tab.goto(f"{site.address}kapan-dijawab/")
    expect(tab.locator("#dikirim")).to_be_enabled()
    return tab


def told(tab: Page) -> list[str]:
    return tab.locator("#jawaban dd").all_inner_texts()


def test_who_opens_the_page_reads_by_when_what_is_sent_now_is_answered_and_how_that_is_counted(
    context: BrowserContext, site: Served
) -> None:
    tab = visit(context, site)
    assert told(tab)[0] == "Hari ini pukul 14.45 WIB"
    assert told(tab)[-3:] == [
        "Selasa, 3 Maret 2026 pukul 08.15 WIB",
        "Selasa, 3 Maret 2026 pukul 14.45 WIB",
        "Kamis, 5 Maret 2026 pukul 08.30 WIB",
    ]
    tab.click("#rincian summary")
    steps = tab.locator("#langkah li").all_inner_texts()
    assert steps[0] == "Senin, 2 Maret 2026, 14.45–15.00: 15 menit, sisa 870 menit."
    assert len(steps) == 4
    assert traces(tab) == NOTHING


def test_another_moment_can_be_chosen_and_now_comes_back(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site)
    tab.fill("#dikirim", "2026-03-17T14:50")
    assert told(tab)[-1] == "Jumat, 27 Maret 2026 pukul 08.35 WIB"
    expect(tab.locator("#langkah")).to_contain_text("Jumat, 20 Maret 2026: dilewati")
    listed = tab.locator("[data-hari] >> nth=-1")  # of whichever year
    listed.evaluate("row => { row.dataset.hari = '2026-03-20' }")
    named = tab.locator("[data-hari='2026-03-20'] td").last.text_content()
    tab.fill("#dikirim", "2026-03-17T14:51")
    expect(tab.locator("#langkah")).to_contain_text(f"Jumat, 20 Maret 2026: dilewati, {named}.")
    tab.fill("#dikirim", "2026-02-27T10:00")
    expect(tab.locator("#kabar")).to_contain_text("hanya dari Minggu, 1 Maret 2026 sampai")
    assert told(tab) == []
    expect(tab.locator("#rincian")).to_be_hidden()
    tab.fill("#dikirim", "2031-01-02T10:00")
    expect(tab.locator("#kabar")).to_contain_text("kami tidak dapat menghitungnya")
    tab.fill("#dikirim", "")
    expect(tab.locator("#kabar")).to_have_text("Pilih hari dan jamnya.")
    tab.click("#sekarang")
    assert told(tab)[0] == "Hari ini pukul 14.45 WIB"
    expect(tab.locator("#kabar")).to_be_empty()


def test_a_table_that_nobody_renews_and_one_that_is_gone_are_told(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, datetime.fromisoformat("2026-03-09T09:00+07:00"))
    assert told(tab)[0] == "Hari ini pukul 09.00 WIB"
    expect(tab.locator("#kabar")).to_contain_text("Jadwal ini terbit Senin, 2 Maret 2026 pukul 14.45 WIB dan belum")
    site.changed = {f"/{sealed_files.WORKING_HOURS}": b"<html>"}
    tab.reload()
    expect(tab.locator("#kabar")).to_contain_text("Jadwal kantor kami tidak dapat diambil")
    expect(tab.locator("#dikirim")).to_be_disabled()


def test_without_scripts_the_rule_stands_there_and_nothing_that_does_not_work(
    site: Served, context: BrowserContext
) -> None:
    browser = context.browser
    assert browser
    with browser.new_context(java_script_enabled=False) as plain:
        tab = plain.new_page()
        tab.goto(f"{site.address}kapan-dijawab/")
        expect(tab.locator(".tanpa-skrip")).to_contain_text("memerlukan JavaScript")
        expect(tab.locator("#dikirim")).to_be_hidden()
        expect(tab.locator("article")).to_contain_text(
            "Batas akhirnya dua hari kerja dan 45 menit sejak permohonan dikirim"
        )
