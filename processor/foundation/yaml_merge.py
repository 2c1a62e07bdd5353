"""Merges key by key what an office made of a YAML file with what a newer program ships, since an older one.

The office's text stays as it is, comments and order included, but for the entries that the merge changes, and for
comments of the program that it ships otherwise now.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from processor.foundation import yaml_comments, yaml_reader
from processor.foundation.errors import PayungError
from processor.foundation.yaml_places import Places, Unplaceable
from processor.foundation.yaml_transfer import Keyed, Place, by_key, transfer


class _Absent(Enum):
    ABSENT = "tidak ada"


ABSENT = _Absent.ABSENT
"""Stands for the value of a key that is not there."""
Choice = Literal["tetap", "baru", "contoh"]
"""What becomes of a key: the office's value stays, the new one comes, or it comes as a comment where none was."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A key that the program ships otherwise than before, and not as the office has it; values may be ``ABSENT``."""

    place: Place
    base: Any
    mine: Any
    new: Any

    @property
    def is_conflict(self) -> bool:
        """Tell whether the office has changed it as well."""
        return bool(self.mine != self.base)


Choose = Callable[[KeyChange], Choice]


def take_what_is_new(change: KeyChange) -> Choice:
    """Choose the new value where the office has the old one, and the office's where both changed it."""
    return "tetap" if change.is_conflict else "baru"


def merge(base: str, mine: str, new: str, choose: Choose = take_what_is_new) -> str:
    """Give the office's text with what the program changed since; a text in which nothing is to change comes back.

    Args:
        base: The text from which the office began.
        mine: The office's text.
        new: The text that is shipped now.
        choose: Says what becomes of each key that the program changed.

    Raises:
        PayungError: When one of the texts has mistakes, or the office's cannot be changed safely.
    """
    lines = "\r\n" if "\r\n" in mine else "\n"
    unified = mine.replace("\r\n", "\n")
    if "\r" in unified or unified.replace("\n", lines) != mine:
        raise PayungError(_UNSAFE)
    merged = _merged_text(base.replace("\r\n", "\n"), unified, new.replace("\r\n", "\n"), choose)
    return merged.replace("\n", lines)


def _merged_text(base: str, mine: str, new: str, choose: Choose) -> str:
    """Merge texts whose lines end in the same way. See ``merge``."""
    old, have, given = (_data(text) for text in (base, mine, new))
    merging = _Merging(choose)
    want = merging.keyed((), old, have, given)
    if want == have and not merging.examples:
        return _with_new_comments(base, mine, new, want)
    known = {one.words for one in Places(base).comments}
    here = Places(mine)
    try:
        merged = transfer(here, have, want, Places(new), given, merging.examples, known)
    except Unplaceable:
        raise PayungError(_UNSAFE) from None
    ours = Counter(one.words for one in here.comments if one.words not in known)
    if _data(merged) != want or ours - Counter(one.words for one in Places(merged).comments):
        raise PayungError(_UNSAFE)
    return _with_new_comments(base, merged, new, want)


def _with_new_comments(base: str, merged: str, new: str, want: Keyed) -> str:
    """Give the text with the comments that the program ships now, unless it would say something else then."""
    told = yaml_comments.renewed(base, merged, new)
    try:
        return told if _data(told) == want else merged
    except PayungError:
        return merged


_UNSAFE = "Berkas tidak dapat digabungkan dengan aman. Bandingkan sendiri dengan yang baru."


def _data(text: str) -> Keyed:
    """Give what a text says. Raises PayungError when it has mistakes, or holds no keys."""
    document = yaml_reader.parse(Path("berkas"), text)
    if document.problems or not isinstance(document.data, dict):
        raise PayungError("Berkas memuat kesalahan YAML. Betulkan dahulu: payung periksa menunjukkan barisnya.")
    return document.data


class _Merging:
    """Merges data, and collects which entries are to come as examples."""

    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self.examples: set[Place] = set()

    def keyed(self, place: Place, base: Keyed, mine: Keyed, new: Keyed) -> dict[str, Any]:
        """Merge mappings: keys in the office's order, each new one behind the key that it follows in ``new``."""
        order, before = [*mine], -1
        for key in new:
            if key in mine:
                before = order.index(key)
            else:
                order.insert(before := before + 1, key)
        values = ((key, self._value((*place, key), *_three(key, base, mine, new))) for key in order)
        return {key: value for key, value in values if value is not ABSENT}

    def _value(self, place: Place, base: Any, mine: Any, new: Any) -> Any:
        """Merge what stands at one place."""
        if new in (base, mine):
            return mine
        if pair := by_key(mine, new):
            both = by_key(base, mine, new)
            merged = self.keyed(place, *(both or ({}, *pair)))
            return merged if isinstance(mine, dict) else [*merged.values()]
        choice = self._choose(KeyChange(place, base, mine, new))
        if choice == "contoh":
            self.examples.add(place)
        return new if choice == "baru" else mine


def _three(key: str, *versions: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(one.get(key, ABSENT) for one in versions)
