"""One part of a study as the desk shows it: its text, what is wrong in it and on which line, and what clashes. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.law_catalogue import Catalogue
from processor.letters import markdown_slips
from processor.letters.study.study_document import LISTS, PARTS
from processor.operations import study_texts
from processor.operations.study_texts import Piece, Texts

TITLES = {key: heading.capitalize() for key, heading in PARTS.items()}
"""The parts of a study by their keys, with their names on the page."""
_HELP = {
    "isu_hukum": "Satu baris satu isu.",
    "dasar_hukum": "Satu baris satu dasar: kunci dari katalog, atau judul peraturannya.",
}
_WIDE, _LEAST, _MOST = 90, 3, 28
"""Letters of a line on the page, and the lines of a box."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in a text, on which of its lines (from 1), and the mend."""

    line: int
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a study on its page.

    ``mark`` tells which text was shown. ``clash`` is what differs between the case file and what was typed, where both
    changed, and ``theirs`` what the case file says.
    """

    key: str
    title: str
    help: str
    needed: bool
    text: str
    mark: str
    rows: int
    slips: tuple[Slip, ...]
    clash: tuple[Piece, ...]
    theirs: str


@dataclass(frozen=True, slots=True)
class LawLine:
    """A regulation of the catalogue: its key, title, and what is said of its status; "" where it may be cited."""

    key: str
    title: str
    gone: str


def view(
    key: str, text: str, mark: str, clashes: Texts, catalogue: Catalogue | None, needed: Collection[str]
) -> PartView:
    """Give a part as the page shows it; ``needed`` are the keys that the letter needs, as ``case_file.NEEDED``."""
    theirs = clashes.get(key, "")
    return PartView(
        key,
        TITLES[key],
        _HELP.get(key, ""),
        f"kajian.{key}" in needed,
        text,
        mark,
        _rows(text, key),
        tuple(_slips(key, text, catalogue)),
        study_texts.difference(theirs, text) if key in clashes else (),
        theirs,
    )


def _rows(text: str, key: str) -> int:
    """Give how many lines high a box is."""
    lines = sum(1 + len(line) // _WIDE for line in text.split("\n")) + (1 if key in LISTS else 2)
    return min(max(lines, _LEAST), _MOST)


def _slips(key: str, text: str, catalogue: Catalogue | None) -> Iterator[Slip]:
    """Find what is no Markdown of letters, or no law that a letter could cite."""
    if key not in LISTS:
        yield from (Slip(one.line + 1, one.message, one.mend) for one in markdown_slips.slips(text))
        return
    for at, line in enumerate(text.split("\n"), start=1):
        if key == "isu_hukum":
            yield from (Slip(at, one.message, one.mend) for one in markdown_slips.slips(line.strip()))
        elif catalogue:
            problems = law_catalogue.resolve([line], catalogue)[1]
            yield from (Slip(at, one.message, one.mend) for one in problems)


def laws(catalogue: Catalogue | None) -> Sequence[LawLine]:
    """List the regulations that the office knows, those that hold first."""
    if catalogue is None:
        return ()
    lines = [
        LawLine(key, one.citation, f"dicabut, pengganti: {catalogue.successor(one)}" if one.status == "dicabut" else "")
        for key, one in catalogue.peraturan.items()
    ]
    return sorted(lines, key=lambda one: bool(one.gone))


def sentences(error: PayungError) -> tuple[str, ...]:
    """Say what stopped a save."""
    if isinstance(error, BrokenFiles):
        return tuple(one.sentence for one in error.problems)
    return (str(error),)
