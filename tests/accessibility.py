"""What axe finds on a page against the rules of WCAG 2.2 AA, as it stands in a real browser."""

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.effort import LONG

WCAG: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SEEN: Final = WCAG if LONG else ("color-contrast", "target-size")
"""What a page that was judged once is judged by in other colours and in another width."""
COLOURS: Final = "color-contrast"

# Judging colours takes axe most of its time, though a page has few: what comes together in the same way is judged once.
_RUN: Final = """async ({ rules, without }) => {
  const seen = new Set(), around = new Map();
  const behind = (one) => {
    if (!one) return "";
    if (!around.has(one)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
      const own = [one.localName, one.className, one.ariaDisabled, backgroundColor, backgroundImage, opacity, position];
      around.set(one, `${behind(one.parentElement)}/${own}`);
    }
    return around.get(one);
  };
  for (const one of without["color-contrast"] ? [] : document.body.querySelectorAll("*")) {
    const field = one.matches("input, textarea, select");
    const words = field || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words || !one.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const key = [behind(one), color, fontSize, fontWeight, textShadow, (one.control || one).disabled].join();
    one.toggleAttribute("data-warna", !seen.has(key));
    seen.add(key);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-warna]" }] });
  const { violations } = await axe.run({ runOnly: rules, rules: without, resultTypes: ["violations"], preload: false });
  for (const one of document.querySelectorAll("[data-warna]")) one.removeAttribute("data-warna");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}"""


def violations(tab: Page, rules: tuple[str, ...] = WCAG, *without: str) -> list[str]:
    """Each breach of ``rules``, axe's names for sets of them, ``without`` some, with the element that it is in."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    found: list[Any] = tab.evaluate(_RUN, {"rules": rules, "without": {one: {"enabled": False} for one in without}})
    return [*map(str, found)]
