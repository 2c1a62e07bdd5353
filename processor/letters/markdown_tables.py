"""Finds the tables among the lines of staff's Markdown, with every word that stands in them.

A table has a row of dashes below its head, or at the least two rows with a bar at each end. Rows of unlike length are
filled up to the longest.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

Cell = tuple[tuple[str, int], ...]
"""The words of a cell, as ``markdown.Pieces``."""
Side = Literal["", "left", "center", "right"]

RULE_OF_TABLE = re.compile(r"(?=.*\|)(?=.*-)[ \t|:-]+")
_LATER_RULE = re.compile(r"(?=.*\|)(?=.*--)[ \t|:-]+")  # single dashes are a row of their own
_BARS = re.compile(r"\|.*\|[ \t]*")
_BETWEEN = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"[ \t]*<br[ \t]*/?>[ \t]*", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[\w.-]+\]")
# A number as Indonesians write it: 1., 62.000.000, Rp62.000.000,00, (12,5), 40 %, or a dash for none.
_NUMBER = re.compile(r"(?:Rp\.?\s?)?\(?[-+−]?\d[\d.,]*\)?(?:\s?%|-)?|[-–—]")


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """Rows of cells, all of one length; ``header`` tells whether the first is the head. ``sides`` align the columns.

    A side is that of the colons in the row of dashes; without any, "right" for numbers and else "".
    """

    rows: tuple[tuple[Cell, ...], ...]
    header: bool
    sides: tuple[Side, ...]


def may_begin(line: str, below: str) -> bool:
    """Tell whether a table may begin in ``line``: bars at its ends, or a row of dashes there or ``below``."""
    return bool(_BARS.fullmatch(line) or RULE_OF_TABLE.fullmatch(line) or RULE_OF_TABLE.fullmatch(below))


def is_row(line: str) -> bool:
    """Tell whether a line has a bar at each end, and words between bars."""
    return bool(_BARS.fullmatch(line)) and len(_cells(line)) > 1


def end_of_table(lines: Sequence[str], at: int) -> int:
    """Give the line after the table that begins at line ``at``; ``at`` itself where none does."""
    ruled = any(map(RULE_OF_TABLE.fullmatch, lines[at : at + 2])) and "|" in lines[at]
    end = at
    while end < len(lines) and ("|" in lines[end] if ruled else _BARS.fullmatch(lines[end])):
        if not ruled and end + 1 < len(lines) and _LATER_RULE.fullmatch(lines[end + 1]):
            break  # the head of a table of its own
        end += 1
    rows = any(not _is_rule(row, line) for row, line in enumerate(lines[at:end]))
    return end if rows and (ruled or end - at > 1) else at


def _is_rule(row: int, line: str) -> bool:
    """Tell whether a line of a table is its row of dashes."""
    return bool((RULE_OF_TABLE if row < 2 else _LATER_RULE).fullmatch(line))


def read_table(lines: Sequence[str], inline: Callable[[str], Cell]) -> MarkdownTable:
    """Read a table from its lines.

    Args:
        lines: the table, without the indent of its lines.
        inline: reads the Markdown of a cell, in which two spaces and a line end are a line break.
    """
    rules = [at for at, line in enumerate(lines) if _is_rule(at, line)]
    written = [_cells(line) for at, line in enumerate(lines) if at not in rules]
    header = rules[:1] == [1]
    if header and len(written) > 1 and not any(written[0]):  # how Markdown writes a table without a head
        header, written = False, written[1:]
    columns = list(zip_longest(*written, fillvalue=""))
    rule = _cells(lines[rules[0]]) if rules else []
    sides = (
        side_of(mark, column[header:]) for mark, column in zip_longest(rule[: len(columns)], columns, fillvalue="")
    )
    rows = tuple(tuple(inline(_BREAK.sub("  \n", cell)) for cell in row) for row in zip(*columns, strict=True))
    return MarkdownTable(rows, header, tuple(sides))


def _cells(row: str) -> list[str]:
    """Split a row at its bars; those at its ends only frame it."""
    row = row.strip().removeprefix("|")
    row = row.removesuffix("|") if not row.endswith("\\|") else row
    return [cell.strip().replace("\\|", "|") for cell in _BETWEEN.split(row)]


def side_of(mark: str, cells: Sequence[str]) -> Side:
    """Give the side to which a column's cells keep: as its colons say, else the right one for numbers."""
    if mark.endswith(":"):
        return "center" if mark.startswith(":") else "right"
    if mark.startswith(":"):
        return "left"
    filled = [_FOOTNOTE.sub("", cell).strip("*_ ") for cell in cells if cell]
    return "right" if filled and all(map(_NUMBER.fullmatch, filled)) else ""
