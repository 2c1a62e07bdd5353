"""The way of a request as a picture, drawn from the workflow's own table for the developers' page."""

from collections.abc import Iterator
from html import escape

from processor.cases.case_status import STAGES, Status

_PLACES: dict[Status, tuple[int, int]] = {
    "diajukan": (0, 1),
    "menunggu_kelengkapan": (1, 0),
    "ditolak": (1, 2),
    "diteruskan": (2, 1),
    "disusun": (3, 1),
    "diperiksa": (4, 1),
    "dikembalikan": (4, 0),
    "disetujui": (5, 1),
    "disampaikan": (6, 1),
    "selesai": (7, 1),
    "dibatalkan": (7, 3),
    "keberatan": (6, 2),
    "keberatan_ditolak": (5, 2),
    "diarsipkan": (8, 1),
}
"""Column and row of each status."""

_WIDE, _HIGH, _COLUMN, _ROW, _APART = 152, 40, 184, 84, 7
_WIDTH_HALF = _WIDE // 2


def svg() -> str:
    """The statuses as boxes and what each may become as arrows."""
    width, height = 9 * _COLUMN, 3 * _ROW + _HIGH + 24
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            ' font-family="sans-serif" font-size="13">',
            "<title>The statuses of a request and what each may become</title>",
            '<defs><marker id="p" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            '<path d="M0 0L8 4L0 8z" fill="#2f6f5e"/></marker></defs>',
            *_arrows(),
            *_boxes(),
            "</svg>\n",
        ]
    )


def _centre(status: Status) -> tuple[int, int]:
    """The middle of a status's box."""
    column, row = _PLACES[status]
    return column * _COLUMN + _COLUMN // 2, row * _ROW + _HIGH // 2 + 12


def _boxes() -> Iterator[str]:
    """A box for each status."""
    for status in STAGES:
        x, y = _centre(status)
        yield (
            f'<rect x="{x - _WIDTH_HALF}" y="{y - _HIGH // 2}" width="{_WIDE}" height="{_HIGH}" rx="8"'
            ' fill="#eef6f1" stroke="#2f6f5e"/>'
            f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="#123c31">{escape(status.replace("_", " "))}</text>'
        )


def _arrows() -> Iterator[str]:
    """An arrow for each change that the table allows; there and back run beside each other."""
    for status, stage in STAGES.items():
        for after in stage.leads_to:
            shift = _APART if status in STAGES[after].leads_to else 0
            yield f'<path d="{_path(status, after, shift)}" fill="none" stroke="#2f6f5e" marker-end="url(#p)"/>'


def _path(status: Status, after: Status, shift: int) -> str:
    """From box to box: along the row, or up the column, or round one corner."""
    (x, y), (to_x, to_y) = _centre(status), _centre(after)
    if y == to_y:
        way = 1 if to_x > x else -1
        return f"M{x + way * _WIDTH_HALF} {y - way * shift}L{to_x - way * _WIDTH_HALF} {to_y - way * shift}"
    down = 1 if to_y > y else -1
    end = to_y - down * _HIGH // 2
    if x == to_x:
        return f"M{x + down * shift} {y + down * _HIGH // 2}L{x + down * shift} {end}"
    way = 1 if to_x > x else -1
    return f"M{x + way * _WIDTH_HALF} {y}L{to_x - way * 2 * shift} {y}L{to_x - way * 2 * shift} {end}"
