"""What is typed comes back at its step while its tab lives, sealed, and goes with the tab: in real tabs."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import applicant_site
from tests.applicant_site import NOTHING, Served, traces, uploads
from tests.site.test_request_form import PDF, arrived, at, begun, opened, walk

SECRET: Final = "Rahasia rekaan."
STORED: Final = """(async () => {
  if (!(await indexedDB.databases()).length) return [];
  const done = (asked) => new Promise((good) => { asked.onsuccess = () => good(asked.result); });
  const base = await done(indexedDB.open("payung-isian"));
  const store = base.transaction("isian").objectStore("isian");
  const [places, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  base.close();
  return places.map((place, n) => [place[2], new TextDecoder("latin1").decode(values[n].isi || values[n])]);
})()"""
"""What lies in the store: the name of each part, and its bytes as letters."""
OLDER: Final = """async (days) => {
  const done = (asked) => new Promise((good) => { asked.onsuccess = () => good(asked.result); });
  const base = await done(indexedDB.open("payung-isian"));
  const store = base.transaction("isian", "readwrite").objectStore("isian");
  for (const place of await done(store.getAllKeys())) {
    const value = await done(store.get(place));
    if (value.saat) await done(store.put({ ...value, saat: value.saat - days * 86400000 }, place));
  }
  base.close();
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with applicant_site.serving(applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)) as served:
        yield served


def kept(tab: Page, parts: int = 1) -> None:
    """Wait until what was typed is kept, in so many parts."""
    tab.evaluate(f"(async () => {{ while ((await {STORED}).length !== {parts}); }})()")
    expect(tab.locator("#simpan-keadaan")).to_contain_text("terkunci")


def visit(context: BrowserContext, site: Served, session: str = "") -> Page:
    """A tab on the page of the form, with what the tab it is restored from or copied from had in its session.

    On a slow phone the page waits longer for what was kept than for the last key: here it waits for no key.
    """
    tab = context.new_page()
    tab.add_init_script("const later = setTimeout; window.setTimeout = (act, ms) => later(act, ms === 400 ? 0 : ms)")
    if session:
        tab.goto(f"{site.address}assets/ikon.svg")
        tab.evaluate("(kept) => Object.assign(sessionStorage, JSON.parse(kept))", session)
    tab.goto(f"{site.address}ajukan/")
    tab.wait_for_selector("#mulai:enabled", state="attached")
    return tab


def session_of(tab: Page) -> str:
    return json.dumps(tab.evaluate("({...sessionStorage})"))


def typed(tab: Page) -> str:
    return tab.input_value("#jawab-uraian")


@pytest.mark.slow
def test_answers_and_files_come_back_at_their_step_after_a_reload_a_link_back_and_a_tab_thrown_away(
    context: BrowserContext, site: Served
) -> None:
    tab = begun(context, site)
    walk(tab, "dokumen", uraian=SECRET)
    tab.set_input_files("#jawab-dokumen", uploads(("surat rekaan.pdf", PDF)))
    kept(tab, 2)
    stored = tab.evaluate(STORED)
    assert "jawaban" in dict(stored)
    assert not [part for part, text in stored if SECRET in text or "surat rekaan" in text or "%PDF" in text]
    assert tab.evaluate("[localStorage.length, sessionStorage.length]") == [0, 1]

    def is_back(tab: Page) -> None:
        at(tab, "dokumen")
        expect(tab.locator(".daftar-berkas li")).to_have_count(1)
        assert typed(tab) == SECRET

    tab.reload()
    is_back(tab)
    tab.goto(f"{site.address}syarat/")
    tab.go_back()
    is_back(tab)
    tab.goto(f"{site.address}ajukan/")
    is_back(tab)
    tab.click("#kembali")
    at(tab, "bentuk")
    tab.click("#lanjut")
    kept(tab, 2)
    thrown_away = session_of(tab)
    tab.close()
    again = visit(context, site, thrown_away)
    is_back(again)
    walk(again, uraian=SECRET)
    again.click("#lanjut")
    arrived(again)
    sent = opened(site)
    assert (sent["jawaban"]["uraian"], [one["nama"] for one in sent["lampiran"]]) == (SECRET, ["surat rekaan.pdf"])
    assert traces(again) == NOTHING


@pytest.mark.slow
def test_tabs_and_a_copy_of_one_keep_their_own_and_what_is_left_is_swept_after_a_week_and_by_quick_exit(
    context: BrowserContext, site: Served
) -> None:
    one, two = begun(context, site), begun(context, site)
    for tab, words in ((one, "Satu."), (two, "Dua.")):
        walk(tab, "pertanyaan", uraian=words)
    kept(two, 2)
    copy = visit(context, site, session_of(one))
    at(copy, "pertanyaan")
    assert typed(copy) == "Satu."
    copy.click("#kembali")
    copy.fill("#jawab-uraian", "Tiga.")
    copy.click("#lanjut")
    kept(copy, 3)
    for tab, words in ((one, "Satu."), (two, "Dua."), (copy, "Tiga.")):
        tab.reload()
        at(tab, "pertanyaan")
        assert typed(tab) == words
    for tab in (one, copy):
        tab.close()
    two.goto(f"{site.address}syarat/")
    later = visit(context, site)
    assert later.inner_text("#mulai") == "Mulai mengisi"
    two.go_back()
    at(two, "pertanyaan")
    assert typed(two) == "Dua.", "whose tab was on another page meanwhile"
    later.evaluate(OLDER, 8)
    later.reload()
    later.wait_for_selector("#mulai:enabled")
    kept(two, 1)
    two.click("#keluar")
    two.wait_for_url("about:blank")
    assert traces(later) == NOTHING


@pytest.mark.slow
@pytest.mark.long
def test_what_is_kept_for_longer_is_sealed_offered_to_one_tab_and_gone_after_a_week(
    context: BrowserContext, site: Served
) -> None:
    tab = begun(context, site)
    tab.click("#simpan summary")
    assert "siapa pun yang memakai peramban ini dapat membukanya" in tab.inner_text("#simpan")
    tab.click("#simpan-ya")
    walk(tab, "pertanyaan", uraian=SECRET)
    kept(tab, 2)
    stored: list[Any] = tab.evaluate(STORED)
    assert sorted(part for part, _ in stored) == ["jawaban", "kunci"]
    assert SECRET not in json.dumps(stored)
    tab.click("#keluar")
    tab.wait_for_url("about:blank")
    again = visit(context, site)
    again.click("text=Lanjutkan isian Anda")
    at(again, "pertanyaan")
    assert typed(again) == SECRET
    other = visit(context, site)
    assert other.inner_text("#mulai") == "Mulai mengisi"
    again.close()
    for days, offered in ((6, "Lanjutkan isian Anda"), (2, "Mulai mengisi")):
        other.evaluate(OLDER, days)
        other.reload()
        other.wait_for_selector("#mulai:enabled")
        assert other.inner_text("#mulai") == offered
    assert traces(other) == NOTHING


@pytest.mark.slow
@pytest.mark.long
def test_words_that_an_earlier_version_kept_without_a_seal_are_sealed_and_go_on(
    context: BrowserContext, site: Served
) -> None:
    tab = context.new_page()
    tab.goto(f"{site.address}assets/ikon.svg")
    draft = "JSON.stringify({ saat: Date.now() - 86400000, jawaban: { uraian: words } })"
    tab.evaluate(f"(words) => localStorage.setItem('payung-isian', {draft})", SECRET)
    tab.goto(f"{site.address}ajukan/")
    tab.click("text=Lanjutkan isian Anda")
    at(tab, "tanggal")
    assert typed(tab) == SECRET
    assert tab.evaluate("localStorage.length") == 0
    tab.click("#simpan summary")
    tab.click("#simpan-hapus")
    kept(tab, 1)
