"""The judge of pages is itself judged: it finds what is planted, though it looks at equal colours once."""

import pytest
from playwright.sync_api import Browser

from tests import accessibility

PAGE = """<!doctype html><html lang="id"><title>Uji</title><main><h1>Uji</h1>
<p>Terbaca.</p><p>Terbaca juga.</p><p class="pudar">Pudar.</p><p class="pudar">Pudar juga.</p>
<div style="background: #333"><p>Gelap.</p></div><p hidden style="color: #eee">Tidak terlihat.</p>
<p style="color: #eee">Terlihat.</p><input></main>
<style>.pudar { color: #aaa }</style>"""


@pytest.mark.slow
def test_each_way_in_which_colours_come_together_is_judged_once(browser: Browser) -> None:
    with browser.new_page() as tab:
        tab.set_content(PAGE)
        found = [accessibility.violations(tab) for _ in range(2)]
        left = tab.locator("[data-warna]").count()
    assert [fault.partition(":")[0] for fault in found[0]] == ["color-contrast"] * 3 + ["label"]
    for words in ("Pudar.", "Gelap.", "Terlihat."):
        assert [words in fault for fault in found[0]].count(True) >= 1, words
    assert (found[1], left) == (found[0], 0)
