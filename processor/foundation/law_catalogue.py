"""The catalogue of law, ``opinions/dasar-hukum.yaml``: a short key -> the official title, and whether it still holds.

A repealed or unknown regulation is stopped here, before a letter cites it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from processor.foundation import law_citations, yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.file_content import FileContent
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.law_citations import RegulationNumber
from processor.foundation.yaml_reader import Document, Written

FILE_NAME = "dasar-hukum.yaml"
_PLACE = f"opinions/{FILE_NAME}"

STALE_AFTER = timedelta(days=90)
"""So long after a regulation was compared with its official source, somebody should compare it again."""

_KEY = re.compile(r"[a-z0-9-]+")


class Regulation(Written):
    """One regulation: its official title, and what became of it."""

    judul: str = Field(min_length=1, description="Judul resmi selengkapnya")
    tahun: int = Field(ge=1945, le=2100)
    status: Literal["berlaku", "dicabut"]
    perubahan: str = Field(default="", description="Kata-kata sesudah “sebagaimana telah”")
    dicabut_oleh: str = Field(default="", description="Kunci pengganti, atau sebutannya")
    berlaku_mulai: date | None = Field(default=None, description="Hari pertama berlakunya")
    putusan_mk: tuple[str, ...] = Field(
        default=(), description="Putusan Mahkamah Konstitusi yang mengubah pasalnya: nomor, lalu pasal mana"
    )
    pasal: Mapping[str, str] = Field(
        default_factory=dict, description="Pasal yang sudah dibaca dan boleh dikutip halaman, lalu di mana dibaca"
    )
    sumber: str = Field(default="", description="Di mana naskah atau statusnya dilihat")
    diperiksa: date | None = Field(default=None, description="Kapan terakhir dicocokkan dengan sumbernya")
    dipastikan_oleh: str = Field(default="", description="Petugas hukum kantor yang mencocokkannya dengan naskah resmi")

    @model_validator(mode="after")
    def _consistent(self) -> "Regulation":
        if self.status == "dicabut" and not self.dicabut_oleh:
            raise ValueError("Peraturan ini dicabut; sebutkan penggantinya pada dicabut_oleh.")
        if self.status == "berlaku" and self.dicabut_oleh:
            raise ValueError("dicabut_oleh terisi, tetapi statusnya berlaku. Betulkan salah satunya.")
        if not re.search(rf"\b{self.tahun}\b", self.judul):
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
        """Lead every kind of regulation by the name that titles give it to the one in keys."""
        names = {kind: kind for kind in law_citations.USUAL}
        for key, regulation in self.peraturan.items():
            for short in law_citations.cited(key):
                names |= {long[0]: short[0] for long in law_citations.cited(regulation.judul)} | {short[0]: short[0]}
        return names

    @cached_property
    def _keys(self) -> Mapping[RegulationNumber, str]:
        return {found: key for key in self.peraturan for found in law_citations.cited(key)}

    def keys_of(self, text: str) -> tuple[str, ...]:
        """Give the keys of the regulations that ``text`` cites, however it is written; "" for one that has none.

        Only the very number and year count: one digit away is another law.
        """
        found = law_citations.cited(text, self._kinds.keys())
        return tuple(self._keys.get((self._kinds.get(kind, kind), number, year), "") for kind, number, year in found)

    def key_of(self, text: str) -> str:
        """Give the key of the regulation that ``text`` cites first; "" when none has it."""
        return next(iter(self.keys_of(text)), "")

    def repealed(self, text: str) -> Regulation | None:
        """Give the first repealed regulation that ``text`` cites; None when all that it cites may hold."""
        known = (self.peraturan[key] for key in self.keys_of(text) if key)
        return next((one for one in known if one.status == "dicabut"), None)

    def successor(self, regulation: Regulation) -> str:
        """Name what replaced ``regulation``: its title, with its key where the catalogue has one."""
        after = self.peraturan.get(regulation.dicabut_oleh)
        return f"{after.judul} ({regulation.dicabut_oleh})" if after else regulation.dicabut_oleh


def load(path: Path) -> Catalogue:
    """Read the catalogue, anew only once its words have changed.

    Raises BrokenFiles with every mistake in it, each with its line.
    """
    with suppress(OSError):
        return _understood(FileContent.of(path))
    return yaml_reader.load(Catalogue, path)  # which says why it cannot be read


@lru_cache(maxsize=2)
def _understood(file: FileContent) -> Catalogue:
    return yaml_reader.load(Catalogue, file.path, file.content)


def resolve(
    entries: Sequence[str], catalogue: Catalogue, document: Document | None = None, on: date | None = None
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Turn the legal bases of a case into the words of a letter, and say what is wrong with them.

    Args:
        entries: Keys of the catalogue, or a regulation in words.
        catalogue: The regulations that the office knows.
        document: The case file that holds ``entries``, for the place and line of a Problem.
        on: The day of the letter: what begins to hold only later is cited with that day.

    Returns:
        The citations: a key becomes its citation, other words pass as they are. And the Problems: an unknown key, and
        a repealed regulation, whether cited by key or in words.
    """
    texts: list[str] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        key = entry.strip().lower()
        regulation = catalogue.peraturan.get(key)
        if regulation is not None and regulation.status == "berlaku":
            texts.append(regulation.citation + _not_yet(regulation, on))
        elif gone := catalogue.repealed(key):
            problems.append(_repealed(entry.strip(), gone, catalogue, _place(document, number)))
        elif _KEY.fullmatch(key) or (catalogue.key_of(key) and len(key.split()) == 1):
            problems.append(_unknown(key, catalogue, _place(document, number)))
        elif key:
            texts.append(entry)
    return tuple(texts), tuple(problems)


def _not_yet(regulation: Regulation, on: date | None) -> str:
    """Give the words that tell when a regulation begins to hold, where that is after the day of the letter."""
    begins = regulation.berlaku_mulai
    return f" (mulai berlaku {tanggal(begins)})" if begins and on and begins > on else ""


def _place(document: Document | None, number: int) -> tuple[str, int | None]:
    if document is None:
        return "dasar_hukum", None
    return str(document.path), document.line(("kajian", "dasar_hukum", number))


def _repealed(entry: str, regulation: Regulation, catalogue: Catalogue, place: tuple[str, int | None]) -> Problem:
    mend = f"Penggantinya: {catalogue.successor(regulation)}."
    return Problem(*place, f"Dasar hukum “{entry}” sudah dicabut ({regulation.judul}).", mend)


def _unknown(key: str, catalogue: Catalogue, place: tuple[str, int | None]) -> Problem:
    known = catalogue.key_of(key)
    mend = f"Maksudnya “{known}”?" if known else f"Tulis judul lengkapnya, atau tambahkan pada {_PLACE}."
    return Problem(*place, f"Dasar hukum “{key}” tidak ada di katalog.", mend)


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Find what somebody should compare with its official source: last done over 90 days ago, or never.

    A catalogue in which nothing has ``diperiksa`` is not judged: older ones know no such key.
    """
    checked = {key: one.diperiksa for key, one in catalogue.peraturan.items()}
    found = {
        f"terakhir dicocokkan lebih dari {STALE_AFTER.days} hari lalu": [
            key for key, day in checked.items() if day and today - day > STALE_AFTER
        ],
        "belum pernah dicocokkan": [key for key, day in checked.items() if not day] if any(checked.values()) else [],
    }
    mend = "Buka naskah resminya (JDIH, peraturan.go.id), betulkan bila berubah, lalu tulis harinya pada diperiksa."
    for what, keys in found.items():
        if keys:
            yield Problem(_PLACE, None, f"{len(keys)} peraturan {what}: {listed(keys)}.", mend)


def unconfirmed(catalogue: Catalogue) -> tuple[str, ...]:
    """Give the keys of the regulations that no lawyer of the office has confirmed."""
    return tuple(key for key, one in catalogue.peraturan.items() if not one.dipastikan_oleh)


def overtaken(own: Catalogue, shipped: Catalogue) -> Iterator[Problem]:
    """Find the regulations that the program knows to be repealed, and the office's own catalogue does not."""
    gone = [key for key, one in shipped.peraturan.items() if one.status == "dicabut" and _holds(own, one.judul)]
    if gone:
        message = f"Katalog bawaan mencatat sudah dicabut, katalog Anda belum: {listed(gone)}."
        yield Problem(_PLACE, None, message, f"Periksa, lalu salin butirnya dari {_PLACE} bawaan.")


def _holds(catalogue: Catalogue, title: str) -> bool:
    """Tell whether a letter could cite ``title`` without being stopped."""
    return catalogue.repealed(title) is None


def listed(keys: Collection[str]) -> str:
    """List the first eight keys, and say how many more there are."""
    shown = list(keys)[:8]
    return ", ".join(shown) + (f", dan {len(keys) - len(shown)} lagi" if len(keys) > len(shown) else "")
