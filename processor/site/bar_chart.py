"""Horizontal bars as SVG, made as text: readable in black and white, and on a phone as wide as on a desk. Pure."""

from collections.abc import Sequence
from html import escape

_WIDTH, _ROW, _BAR = 320, 40, 12
_FRAME = 'fill="none" stroke="currentColor"'
"""So that bars can be read also where an office's own style sheet does not know them."""
_LONGEST = 38
"""Letters of a label that fit beside its number."""


def chart(title: str, bars: Sequence[tuple[str, int]]) -> str:
    """Draw bars from zero on, each below its label and beside its number; "" where there is nothing to compare.

    Args:
        title: What the bars show; a screen reader hears it, and that the numbers stand in the table.
        bars: Label and number of each, in their order.
    """
    if len(bars) < 2:
        return ""
    most = max(number for _, number in bars) or 1
    drawn = "".join(_bar(place * _ROW, label, number, most) for place, (label, number) in enumerate(bars))
    return (
        f'<svg class="grafik" role="img" viewBox="0 0 {_WIDTH} {len(bars) * _ROW}" '
        f'aria-label="{escape(title)}: diagram batang, angkanya ada dalam tabel">{drawn}</svg>'
    )


def _bar(top: int, label: str, number: int, most: int) -> str:
    short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    long, amount = round((_WIDTH - 2) * number / most), f"{number:,}".replace(",", ".")
    return (
        f'<text x="0" y="{top + 14}" fill="currentColor" font-size="13">{escape(short)}</text>'
        f'<text x="{_WIDTH}" y="{top + 14}" fill="currentColor" font-size="13" text-anchor="end">{amount}</text>'
        f'<rect class="alas" x="1" y="{top + 19}" width="{_WIDTH - 2}" height="{_BAR}" {_FRAME}></rect>'
        f'<rect class="batang" x="1" y="{top + 19}" width="{long}" height="{_BAR}" fill="currentColor"></rect>'
    )
