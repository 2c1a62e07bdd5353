"""The catalogue of law, ``opinions/dasar-hukum.yaml``: a short key -> the official title, and whether it still holds.

A repealed or unknown regulation is stopped here, before a letter cites it.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from processor import yamltext
from processor.errors import Problem
from processor.yamltext import Document, Written

FILE_NAME = "dasar-hukum.yaml"

_KEY = re.compile(r"[a-z0-9-]+")


class Regulation(Written):
    """One regulation: its official title, and what became of it."""

    judul: str = Field(min_length=1, description="Judul resmi selengkapnya")
    tahun: int = Field(ge=1945, le=2100)
    status: Literal["berlaku", "dicabut"]
    perubahan: str = Field(default="", description="Kata-kata sesudah “sebagaimana telah”")
    dicabut_oleh: str = Field(default="", description="Kunci pengganti, atau sebutannya")

    @model_validator(mode="after")
    def _whole(self) -> "Regulation":
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
                near = yamltext.nearest(after, list(self.peraturan))
                raise ValueError(f"dicabut_oleh pada {key} menunjuk “{after}”, yang tidak ada di katalog. {near}")
        return self

    def successor(self, regulation: Regulation) -> str:
        """What replaced ``regulation``: its title, with its key where the catalogue has one."""
        after = self.peraturan.get(regulation.dicabut_oleh)
        return f"{after.judul} ({regulation.dicabut_oleh})" if after else regulation.dicabut_oleh


def load(path: Path) -> Catalogue:
    """Read the catalogue. Raises BrokenFiles with every mistake in it, each with its line."""
    return yamltext.load(Catalogue, path)


def resolve(
    entries: Sequence[str], catalogue: Catalogue, document: Document | None = None
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The legal bases of a case as a letter lists them, and what is wrong with them.

    A key becomes its citation; an unknown key and a repealed regulation are Problems; other words pass as they
    are. ``document`` is the case file that holds ``entries``, for the Problems' place and line.
    """
    texts: list[str] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        key = entry.strip().lower()
        regulation = catalogue.peraturan.get(key)
        if regulation is not None and regulation.status == "berlaku":
            texts.append(regulation.citation)
        elif regulation is not None or _KEY.fullmatch(entry):
            problems.append(_problem(key, regulation, catalogue, _place(document, number)))
        elif key:
            texts.append(entry)
    return tuple(texts), tuple(problems)


def _place(document: Document | None, number: int) -> tuple[str, int | None]:
    if document is None:
        return "dasar_hukum", None
    return str(document.path), document.line(("kajian", "dasar_hukum", number))


def _problem(key: str, regulation: Regulation | None, catalogue: Catalogue, place: tuple[str, int | None]) -> Problem:
    if regulation is not None:
        mend = f"Penggantinya: {catalogue.successor(regulation)}."
        return Problem(*place, f"Dasar hukum “{key}” sudah dicabut ({regulation.judul}).", mend)
    near = yamltext.nearest(key, list(catalogue.peraturan))
    if not near.startswith("Maksudnya"):
        near = f"Tulis judul lengkapnya, atau tambahkan pada opinions/{FILE_NAME}."
    return Problem(*place, f"Dasar hukum “{key}” tidak ada di katalog.", near)
