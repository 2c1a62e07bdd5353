"""Makes a YAML text say other data, with entries taken from another text as they stand there; no other byte changes.

A comment stays, also that of an entry that goes, unless it is one that came with the program.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from processor.foundation.yaml_places import Entry, Places, Unplaceable
from processor.foundation.yaml_writer import dump

_NAMES = ("kunci", "kode", "nama")
"""Keys that name an item of a list of mappings."""
Place = tuple[str, ...]
Keyed = Mapping[str, Any]


def by_key(*values: Any) -> list[Keyed] | None:
    """Give mappings, or lists whose items have names, by their keys; None where one of them is neither.

    Items are named by one of ``_NAMES``, or by their only key.
    """
    if all(isinstance(value, dict) for value in values):
        return list(values)
    if not all(isinstance(value, list) for value in values):
        return None
    for name in (*_NAMES, None):
        found = [_named(value, name) for value in values]
        if all(one is not None for one in found):
            return [one or {} for one in found]
    return None


def _named(items: Sequence[Any], name: str | None) -> dict[str, Any] | None:
    """Give the items of a list by what each has at ``name``, or by the one key that each has; None where not all do."""
    if not all(isinstance(item, dict) and (name in item if name else len(item) == 1) for item in items):
        return None
    names = [item[name] if name else next(iter(item)) for item in items]
    unique = all(isinstance(one, str) for one in names) and len({*names}) == len(names)
    return dict(zip(names, items, strict=True)) if unique else None


def transfer(
    mine: Places, have: Keyed, want: Keyed, donor: Places, given: Keyed, examples: Collection[Place], known: set[str]
) -> str:
    """Give the text of ``mine``, changed so that it says ``want``.

    Args:
        mine: The text to change.
        have: What it says.
        want: What it is to say.
        donor: The text from which entries are taken.
        given: What that says.
        examples: Entries of ``donor`` that become comments.
        known: Comments that need not stay where their entry goes.

    Raises:
        Unplaceable: When the text as a whole is written in a way that allows no change.
    """
    work = _Transfer(mine, donor, examples, known)
    work.collection((), mine.root, (have, want), donor.root, given)
    return work.text()


class _Transfer:
    """The changes to one text, collected in the order of its entries."""

    def __init__(self, mine: Places, donor: Places, examples: Collection[Place], known: set[str]) -> None:
        self._mine, self._donor, self._known = mine, donor, known
        self._examples = examples
        self._lines = {line.strip() for line in mine.text.split("\n")}
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """Give the changed text."""
        parts, at = [], 0
        for begin, end, words in sorted(self._edits, key=lambda one: one[:2]):
            begin = begin if words else max(begin, at)  # noqa: PLW2901 -- two that go may share a line break
            if begin < at:
                raise Unplaceable
            parts += [self._mine.text[at:begin], words]
            at = end
        return "".join([*parts, self._mine.text[at:]])

    def collection(self, place: Place, node: Any, data: tuple[Keyed, Keyed], donor_node: Any, given: Keyed) -> None:
        """Let a mapping or list say something else. Raises Unplaceable."""
        have, want = data
        entries = dict(zip(have, self._mine.entries(node), strict=True))
        try:
            donors = dict(zip(given, self._donor.entries(donor_node), strict=True))
        except Unplaceable:
            donors = {}
        if not want:
            raise Unplaceable
        first = min(one.head for one in entries.values())
        for key in [*want, *(have.keys() - want.keys())]:
            if key not in want:
                self._delete(entries[key], is_first=entries[key].head == first)
            elif key in have:
                self._change((*place, key), entries[key], (have[key], want[key]), donors.get(key), given.get(key))
        self._add(place, entries, want, donors)

    def _add(self, place: Place, entries: Mapping[str, Entry], want: Keyed, donors: Mapping[str, Entry]) -> None:
        """Add what is wanted and not there, and examples, each behind the entry that it follows where it is taken."""
        before: Entry | None = None
        first = next(iter(entries.values()))
        for key, value in want.items():
            if key in entries:
                before = entries[key]
            elif key in donors:
                self._insert(before, first, donors[key], self._fragment(donors[key], first.column))
            else:
                self._insert(before, first, None, _written(first, key, value))
        before = None
        for key, donor in donors.items():
            if key in entries:
                before = entries[key]
            elif (*place, key) in self._examples:
                lines = [_as_comment(line, first.column) for line in self._fragment(donor, first.column)]
                if not {line.strip() for line in lines} <= self._lines:
                    self._insert(before, first, donor, lines)

    def _insert(self, before: Entry | None, first: Entry, donor: Entry | None, lines: Sequence[str]) -> None:
        """Put lines behind the entry ``before``, or above the ``first`` one, apart where they are so in the donor."""
        there = self._donor
        if before:
            gap = [""] if donor and there.is_blank_above(there.lead(donor)) else []
            at = self._mine.foot(before)
            self._edits.append((at, at, "".join(f"\n{line}" for line in (*gap, *lines))))
        elif not self._mine.stands_alone(first):
            raise Unplaceable
        else:
            gap = [""] if donor and there.is_blank_below(there.foot(donor)) else []
            self._above(self._mine.lead(first), (*lines, *gap))

    def _above(self, begin: int, lines: Sequence[str]) -> None:
        """Put lines above the line that begins there."""
        words = "\n".join(lines)
        at = max(begin - 1, 0)
        self._edits.append((at, at, f"\n{words}" if begin else f"{words}\n"))

    def _fragment(self, donor: Entry, column: int, *, alone: bool = True) -> list[str]:
        """Give an entry of the donor as lines, so far in; ``alone`` with the comments above and below it."""
        text = self._donor
        end = text.foot(donor) if alone else text.line_end(donor.end)
        above = text.text[text.lead(donor) : text.line_start(donor.head)] if alone else ""
        whole = above + " " * donor.column + text.text[donor.head : end]
        return [_moved(line, column - donor.column) for line in whole.split("\n")]

    def _delete(self, entry: Entry, *, is_first: bool) -> None:
        """Take an entry out, with the comments that came with it from the program; others stay in its place."""
        mine = self._mine
        if not mine.stands_alone(entry):
            raise Unplaceable
        begin, end = mine.lead(entry), mine.foot(entry)
        if kept := self._orphans(begin, end, ()):
            self._edits.append((begin, end, "\n".join(" " * entry.column + words for words in kept)))
            return
        if not is_first and mine.is_blank_above(begin) and mine.is_blank_below(end):
            begin = mine.line_start(begin - 1)
        self._edits.append((begin - 1, end, "") if begin else (0, min(end + 1, len(mine.text)), ""))

    def _change(self, place: Place, entry: Entry, data: tuple[Any, Any], donor: Entry | None, given: Any) -> None:
        """Let an entry say something else, with as little change as its way of writing allows."""
        have, want = data
        inside = any(one[: len(place)] == place for one in self._examples)
        if have == want and not inside:
            return
        done = len(self._edits)
        if both := by_key(have, want):
            try:
                [given_keyed] = by_key(given) or [{}]
                self.collection(place, entry.value, (both[0], both[1]), donor.value if donor else None, given_keyed)
            except Unplaceable:
                del self._edits[done:]
            else:
                return
        if have == want:
            return
        if donor and given == want:
            self._replace(entry, donor)
        else:
            self._put(entry, _written(entry, place[-1], want))

    def _replace(self, entry: Entry, donor: Entry) -> None:
        """Put a value of the donor in the place of one here."""
        here, there = (source.text[one.colon : one.end] for source, one in ((self._mine, entry), (self._donor, donor)))
        single = "\n" not in here + there and not there.lstrip().startswith(("|", ">"))
        if single and not entry.is_item:
            blank = len(here) - len(here.lstrip())
            words = there.strip() if here.strip() else there
            begin = entry.colon + blank if words else entry.colon
            self._edits.append((begin, entry.end, words))
        else:
            self._put(entry, self._fragment(donor, entry.column, alone=False))

    def _put(self, entry: Entry, lines: Sequence[str]) -> None:
        """Put lines in the place of an entry; what was noted in it comes to stand above."""
        mine = self._mine
        end = mine.foot(entry) if len(lines) > 1 else mine.line_end(entry.end)  # a block would swallow what is below
        kept = self._orphans(entry.head, end, lines)
        if kept:
            self._above(mine.line_start(entry.head), [" " * entry.column + words for words in kept])
        self._edits.append((entry.head, end, "\n".join(lines)[entry.column :]))

    def _orphans(self, begin: int, end: int, lines: Sequence[str]) -> list[str]:
        """Give the comments between two places that would go, and are not the program's."""
        new = "\n".join(lines)
        there = (one.words for one in self._mine.comments if begin <= one.start < end)
        return [words for words in there if words not in self._known and words not in new]


def _written(like: Entry, key: str, value: Any) -> list[str]:
    """Write an entry as lines, of the same kind as another and as far in."""
    lines = dump({"x": [value]} if like.is_item else {key: value}).rstrip("\n").split("\n")
    entry = [line.removeprefix("  ") for line in lines[1:]] if like.is_item else lines
    return [_moved(line, like.column) for line in entry]


def _moved(line: str, by: int) -> str:
    """Give a line ``by`` columns further in, or out."""
    if by >= 0:
        return " " * by + line if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _as_comment(line: str, column: int) -> str:
    """Give a line as a comment; one that is a comment stays."""
    return line if not line.strip() or line.lstrip().startswith("#") else f"{line[:column]}# {line[column:]}"
