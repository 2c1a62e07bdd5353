"""What axe cannot find on a page: where the keyboard goes, whether one may paste, how large targets are, 400 % zoom."""

from typing import Any, Final

from playwright.sync_api import Page, ViewportSize

from tests.effort import LONG

ZOOMED: Final[ViewportSize] = {"width": 320, "height": 256}
"""A screen of 1280 by 1024 pixels at 400 % (WCAG 1.4.10)."""
PRESSES: Final = 500 if LONG else 12
"""How often Tab is pressed on a page, at most."""

# 24 px (WCAG 2.5.8) without the exceptions of the rule, but for links in running text; a label belongs to its field.
_SMALL: Final = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const found = [];
  for (const one of document.querySelectorAll("button, summary, input, select, textarea, nav a, .tombol, .keluar a")) {
    const target = one.matches("[type=radio], [type=checkbox]") ? one.closest("label") || one : one;
    const { width, height } = target.getBoundingClientRect();
    if (shown(one) && Math.min(width, height) < 24) {
      found.push(`${Math.round(width)} x ${Math.round(height)} px: ${one.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}"""
_PASTE: Final = """() => {
  const fields = document.querySelectorAll("input:not([type=radio], [type=checkbox], [type=file]), textarea");
  const refused = (one) => !one.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true }));
  return [...fields].filter(refused).map((one) => `refuses what is pasted: ${one.outerHTML.slice(0, 80)}`);
}"""
_ZOOMED: Final = """() => {
  const found = [], over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) found.push(`${over} px too wide at 400 %`);
  let covered = 0;
  for (const one of document.body.querySelectorAll("*")) {
    if (!["fixed", "sticky"].includes(getComputedStyle(one).position) || !one.checkVisibility()) continue;
    const { top, bottom } = one.getBoundingClientRect();
    covered += Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
  }
  if (covered > innerHeight / 2) found.push(`${Math.round(covered)} px stay covered at 400 %`);
  return found;
}"""
_CROSSED: Final = """() => {
  const found = [], words = document.createRange();
  for (const one of document.querySelectorAll("section")) {
    const drawn = getComputedStyle(one, "::before");
    if (drawn.position !== "absolute" || drawn.backgroundImage === "none") continue;
    const { left, top } = one.getBoundingClientRect();
    const x = left + parseFloat(drawn.left), y = top + parseFloat(drawn.top);
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      words.selectNodeContents(texts.currentNode);
      const under = (at) => at.right > x && at.left < x + parseFloat(drawn.width)
        && at.bottom > y && at.top < y + parseFloat(drawn.height);
      if ([...words.getClientRects()].some(under)) found.push(`drawn over: ${words.toString().trim().slice(0, 80)}`);
    }
  }
  return found;
}"""
_FOCUSED: Final = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const box = one.getClientRects()[0] || one.getBoundingClientRect();
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    place: [...document.querySelectorAll("*")].indexOf(one),
    parts: one.matches("[type=date], [type=time], [type=datetime-local]"), // day, month, calendar: the browser's own
    html: one.outerHTML.slice(0, 80),
    ringed: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none",
    free: Boolean(above) && (one.contains(above) || above.contains(one)),
  };
}"""


def faults(tab: Page) -> list[str]:
    """Find small targets, fields that refuse what is pasted, and what does not fit at 400 %; leaves the page zoomed."""
    found: list[Any] = [*tab.evaluate(_SMALL), *tab.evaluate(_PASTE)]
    tab.set_viewport_size(ZOOMED)
    return [*map(str, found), *map(str, tab.evaluate(_ZOOMED))]


def crossed_words(tab: Page) -> list[str]:
    """Find words on which an ornament lies, at the width that the page has."""
    return [*map(str, tab.evaluate(_CROSSED))]


def focus_faults(tab: Page) -> list[str]:
    """Find where Tab leads that is out of order, not marked, or covered by something, from the page's beginning."""
    found, last = [], -1
    for _ in range(PRESSES):
        tab.keyboard.press("Tab")
        at = tab.evaluate(_FOCUSED)
        if at is None:
            break
        if at["parts"] and at["place"] == last:
            continue
        told = {"before what came first": at["place"] <= last, "unmarked": not at["ringed"], "covered": not at["free"]}
        found += [f"the focus is {what}: {at['html']}" for what, wrong in told.items() if wrong]
        last = at["place"]
    return found if last >= 0 else ["Tab leads nowhere"]
