"""The agency's units as ``payung.yaml`` lists them (``unit:``): which there are, and which belongs to which. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Protocol

from pydantic import BeforeValidator, Field

from processor.foundation.errors import PayungError, Problem
from processor.foundation.word_choice import proposal
from processor.foundation.yaml_reader import Document, Written, nearest


class Unit(Written):
    """A unit; ``induk`` is the code of the one that it belongs to, "" at the top."""

    kode: str = Field(pattern=r"^[A-Z0-9.-]{1,16}$", description="Kode pendek, misalnya DISDIK; tidak pernah diubah")
    nama: str = Field(min_length=1, description="Nama yang dibaca pemohon")
    induk: Annotated[str, BeforeValidator(lambda value: "" if value is None else value)] = Field(
        default="", description="Kode unit di atasnya; kosong bila paling atas"
    )


class _InTree(Protocol):
    """Whatever has a code of its own and the code of what it belongs to."""

    @property
    def kode(self) -> str:
        """Its own."""

    @property
    def induk(self) -> str:
        """That of the one above, "" at the top."""


def chosen(units: Sequence[Unit], code: str) -> Unit:
    """Find the unit that an officer names; small letters are as good as large ones.

    Raises PayungError, with the code that is nearest, or with the codes that there are.
    """
    listed = {unit.kode: unit for unit in units}
    if code.upper() in listed:
        return listed[code.upper()]
    mend = proposal(code.upper(), list(listed)) or "Tulis daftar unit di sana, bagian unit."
    raise PayungError(f"Tidak ada unit “{code}” di payung.yaml. {mend}")


def mistakes(
    units: Sequence[_InTree], document: Document, place: tuple[str, ...] = ("unit",), what: str = "unit"
) -> Iterator[Problem]:
    """Find codes that stand twice, parents that are none, and units that belong to themselves, each on its line.

    Args:
        units: The units, or others that stand in a tree.
        document: Where they are written.
        place: The keys above them there.
        what: What one of them is called.
    """
    first: dict[str, int] = {}
    for at, unit in enumerate(units):
        if unit.kode in first:
            line = document.line((*place, first[unit.kode], "kode"))
            message = f"Kode {what} “{unit.kode}” dipakai dua kali (juga pada baris {line})."
            yield Problem(str(document.path), document.line((*place, at, "kode")), message, "Beri kode lain.")
        first.setdefault(unit.kode, at)
    for at, unit in enumerate(units):
        if unit.induk and unit.induk not in first:
            message = f"Induk “{unit.induk}” tidak ada pada daftar {what}."
            mend = nearest(unit.induk, list(first))
            yield Problem(str(document.path), document.line((*place, at, "induk")), message, mend)
    for code in _in_rings({unit.kode: unit.induk for unit in units}):
        message = f"{what.capitalize()} “{code}” menjadi bawahan dirinya sendiri."
        yield Problem(str(document.path), document.line((*place, first[code], "induk")), message, "Betulkan induknya.")


def _in_rings(parents: Mapping[str, str]) -> Iterator[str]:
    """Give one unit of every ring of parents; each unit is looked at once."""
    done: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        code = start
        while code in parents and code not in done and code not in way:
            way[code] = None
            code = parents[code]
        if code in way:
            yield code
        done |= way.keys()


def options(units: Sequence[Unit]) -> dict[str, str]:
    """Give the words that an applicant chooses by, by the units' codes, each unit right above those that belong to it.

    No two have the same words: a name that is not the only one of its kind says what it belongs to, or its code.
    """
    names = {unit.kode: unit.nama for unit in units}
    words = {unit.kode: unit.nama for unit in units}
    for more in ("induk", "kode"):
        often = Counter(text.casefold() for text in words.values())
        for unit in units:
            if often[words[unit.kode].casefold()] > 1:
                added = names.get(unit.induk, unit.kode) if more == "induk" else unit.kode
                words[unit.kode] = f"{unit.nama} ({added})"
    return {code: words[code] for code in in_order(units)}


def below(units: Sequence[_InTree], code: str) -> frozenset[str]:
    """Give the code of a unit, and those of all that belong to it, at whatever depth."""
    parents, found = {unit.kode: unit.induk for unit in units}, {code}
    for one in in_order(units):
        if parents[one] in found:
            found.add(one)
    return frozenset(found)


def in_order(units: Sequence[_InTree]) -> Iterator[str]:
    """Give the codes, each followed by those of the units that belong to it."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for unit in units:
        below[unit.induk].append(unit.kode)
    waiting = below[""][::-1]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += below[code][::-1]
