"""The catalogue of law, ``opinions/dasar-hukum.yaml``: a short key -> the official title, and whether it still holds.

A repealed or unknown regulation is stopped here, before a letter cites it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from processor.foundation import yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document, Written

FILE_NAME = "dasar-hukum.yaml"

_KEY = re.compile(r"[a-z0-9-]+")
_CITED = re.compile(
    r"(?P<part>(?:pasal|ayat|huruf|angka|bab|penjelasan|lampiran|ketentuan)\b[^;]*?)?"
    r"(?P<kind>[a-z](?:[a-z .\-]*[a-z])?)\.?[\s_\-/]*(?:\b(?:nomor|no|nr)\b[\s.:]*)?"
    r"(?P<number>[0-9]+)(?:[\s_\-/.]+|[\s,]*\b(?:tahun|thn|th)\b[\s.]*)(?P<year>[0-9]{4})\b"
)
_LONGEST = 400
_OF_THE_STATE = re.compile(r"\s+(?:republik\s+indonesia|r\.?i)\.?$")

RegulationNumber = tuple[str, int, int]
"""What makes a regulation this one and no other: its kind (letters only), number and year."""


class Regulation(Written):
    """One regulation: its official title, and what became of it."""

    judul: str = Field(min_length=1, description="Judul resmi selengkapnya")
    tahun: int = Field(ge=1945, le=2100)
    status: Literal["berlaku", "dicabut"]
    perubahan: str = Field(default="", description="Kata-kata sesudah “sebagaimana telah”")
    dicabut_oleh: str = Field(default="", description="Kunci pengganti, atau sebutannya")

    @model_validator(mode="after")
    def _consistent(self) -> "Regulation":
        if self.status == "dicabut" and not self.dicabut_oleh:
            raise ValueError("Peraturan ini dicabut; sebutkan penggantinya pada dicabut_oleh.")
        if self.status == "berlaku" and self.dicabut_oleh:
            raise ValueError("dicabut_oleh terisi, tetapi statusnya berlaku. Betulkan salah satunya.")
        if f"Tahun {self.tahun}" not in self.judul:
            raise ValueError(f"tahun {self.tahun} tidak sama dengan tahun pada judul. Betulkan salah satunya.")
        return self

    @property
    def citation(self) -> str:
        """The title as a letter cites it, with its amendments."""
        return f"{self.judul} sebagaimana telah {self.perubahan}" if self.perubahan else self.judul


class Catalogue(Written):
    """Every regulation that the office cites by a key."""

    peraturan: Mapping[str, Regulation]

    @model_validator(mode="after")
    def _successors_known(self) -> "Catalogue":
        for key, regulation in self.peraturan.items():
            if not _KEY.fullmatch(key):
                raise ValueError(f"kunci “{key}” hanya boleh berisi huruf kecil, angka, dan tanda hubung.")
            after = regulation.dicabut_oleh
            if _KEY.fullmatch(after) and after not in self.peraturan:
                known = self.key_of(after)
                mend = f"Maksudnya “{known}”?" if known else "Tambahkan, atau tulis sebutannya."
                raise ValueError(f"dicabut_oleh pada {key} menunjuk “{after}”, yang tidak ada di katalog. {mend}")
        return self

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """Lead every name of a kind of regulation, letters only, to the one in keys ("undangundang" to "uu")."""
        names: dict[str, str] = {}
        for key, regulation in self.peraturan.items():
            short, long = _regulation_cited(key), _regulation_cited(regulation.judul)
            if short and long:
                names[long[0]] = short[0]
        return names

    @cached_property
    def _keys(self) -> Mapping[RegulationNumber, str]:
        return {found: key for key in self.peraturan if (found := _regulation_cited(key))}

    def key_of(self, text: str) -> str:
        """Give the key of the regulation that ``text`` cites, however it is written; "" when none has it.

        Only the very number and year count: one digit away is another law.
        """
        found = _regulation_cited(text, tuple(self._kinds) + tuple(self._kinds.values()))
        return self._keys.get((self._kinds.get(found[0], found[0]), *found[1:]), "") if found else ""

    def successor(self, regulation: Regulation) -> str:
        """Name what replaced ``regulation``: its title, with its key where the catalogue has one."""
        after = self.peraturan.get(regulation.dicabut_oleh)
        return f"{after.judul} ({regulation.dicabut_oleh})" if after else regulation.dicabut_oleh


def load(path: Path) -> Catalogue:
    """Read the catalogue. Raises BrokenFiles with every mistake in it, each with its line."""
    return yaml_reader.load(Catalogue, path)


def resolve(
    entries: Sequence[str], catalogue: Catalogue, document: Document | None = None
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Turn the legal bases of a case into the words of a letter, and say what is wrong with them.

    Args:
        entries: Keys of the catalogue, or a regulation in words.
        catalogue: The regulations that the office knows.
        document: The case file that holds ``entries``, for the place and line of a Problem.

    Returns:
        The citations: a key becomes its citation, other words pass as they are. And the Problems: an unknown key, and
        a repealed regulation, whether cited by key or in words.
    """
    texts: list[str] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        key = entry.strip().lower()
        regulation = catalogue.peraturan.get(key)
        known = catalogue.peraturan.get(catalogue.key_of(key))
        if regulation is not None and regulation.status == "berlaku":
            texts.append(regulation.citation)
        elif known is not None and known.status == "dicabut":
            problems.append(_repealed(entry.strip(), known, catalogue, _place(document, number)))
        elif _KEY.fullmatch(key) or (known is not None and len(key.split()) == 1):
            problems.append(_unknown(key, catalogue, _place(document, number)))
        elif key:
            texts.append(entry)
    return tuple(texts), tuple(problems)


def _regulation_cited(text: str, kinds: Sequence[str] = ()) -> RegulationNumber | None:
    """Read which regulation ``text`` cites first: "uu-5-2014", "UU No. 5 Tahun 2014" and its title are one.

    ``kinds`` are the names by which a kind is told from "Pasal 5 huruf a" before it.
    """
    found = _CITED.match(" ".join(text[:_LONGEST].lower().split()))
    if not found:
        return None
    words = _OF_THE_STATE.sub("", re.sub(r"[\s.]+\b(?:nomor|no|nr)$", "", found["kind"])).split()
    names = [re.sub("[^a-z]", "", "".join(words[start:])) for start in range(len(words) if found["part"] else 1)]
    kind = next((name for name in names if name in kinds), names[0])
    return kind, int(found["number"]), int(found["year"])


def _place(document: Document | None, number: int) -> tuple[str, int | None]:
    if document is None:
        return "dasar_hukum", None
    return str(document.path), document.line(("kajian", "dasar_hukum", number))


def _repealed(entry: str, regulation: Regulation, catalogue: Catalogue, place: tuple[str, int | None]) -> Problem:
    mend = f"Penggantinya: {catalogue.successor(regulation)}."
    return Problem(*place, f"Dasar hukum “{entry}” sudah dicabut ({regulation.judul}).", mend)


def _unknown(key: str, catalogue: Catalogue, place: tuple[str, int | None]) -> Problem:
    known = catalogue.key_of(key)
    mend = f"Maksudnya “{known}”?" if known else f"Tulis judul lengkapnya, atau tambahkan pada opinions/{FILE_NAME}."
    return Problem(*place, f"Dasar hukum “{key}” tidak ada di katalog.", mend)
