"""What somebody who was helped says of the service, for the site: with written consent, and approved by two officers.

Each is a YAML file in ``testimoni/`` that officers write; a journal beside them says who approved which words. Words
that were changed since are not approved. No name stands there: the files are not sealed.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from processor.cases import case_file_text, case_mistakes, journal, office_record_mistakes
from processor.cases.case_parts import CaseText, Day, Part
from processor.cases.records import Event
from processor.foundation import yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.yaml_reader import Document

FOLDER = "testimoni"
PATTERN = f"**/{FOLDER}/*.yaml"
APPROVED, WITHDRAWN = "disetujui", "dicabut"
"""The events of the journal by which a testimonial may stand on the site, or no longer."""
_LONGEST = 600


class WrittenConsent(Part):
    """The written consent of whoever speaks."""

    tanggal: Day = Field(default=None, description="Tanggal surat persetujuan ditandatangani")
    naskah: CaseText = Field(default="", description="Di mana naskahnya disimpan, misalnya Map 2026, nomor 3")


class Testimonial(Part):
    """What somebody says of the service, with the consent that it may be published."""

    kutipan: CaseText = Field(default="", description="Kata-katanya, tanpa nama, perkara, tempat, atau tanggal")
    sebagai: CaseText = Field(default="", description="Siapa dia secara umum, misalnya Seorang guru")
    persetujuan: WrittenConsent = Field(default=WrittenConsent(), description="Persetujuan tertulisnya")
    penulis: CaseText = Field(default="", description="Nama pendek petugas yang mencatatnya")

    @property
    def digest(self) -> str:
        """Digest all that is approved: the words, whose they are, the consent, and who wrote them down."""
        consent = self.persetujuan
        words = (self.kutipan, self.sebagai, str(consent.tanggal), consent.naskah, self.penulis)
        return hashlib.sha256("\0".join(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FiledTestimonial:
    """A file with its ``name``, what is wrong in it, and the last decision on just these words (None: none)."""

    name: str
    testimonial: Testimonial | None
    problems: tuple[Problem, ...]
    decided: Event | None

    @property
    def approved_on(self) -> date | None:
        """The day, as its approver's clock had it, on which a second officer approved these words; None where not."""
        one, event = self.testimonial, self.decided
        if one is None or self.problems or event is None or event.kind != APPROVED:
            return None
        if event.data.get("sidik") != one.digest or event.actor == one.penulis:
            return None
        return event.time.date()


def read(register: Path, today: date | None = None) -> tuple[FiledTestimonial, ...]:
    """Read every testimonial, by name.

    Args:
        register: The register's folder.
        today: The office's day, after which no consent can be; None to pass that over.

    Raises:
        OSError: The disk refuses.
    """
    folder = register / FOLDER
    if not folder.is_dir():
        return ()
    decided = {event.data.get("nama"): event for event in _events(folder)}
    paths = (path for path in sorted(folder.glob("*.yaml")) if not path.name.startswith((".", "~")))
    return tuple(_filed(path, decided.get(path.stem), today) for path in paths)


def _events(folder: Path) -> tuple[Event, ...]:
    """Give the decisions; none where the journal was changed, as nobody then knows who approved what."""
    path = folder / journal.FILE_NAME
    events, breaks = journal.read(path) if path.is_file() else ((), ())
    return () if breaks else events


def journal_problems(register: Path) -> tuple[Problem, ...]:
    """Give every place where the journal of decisions was damaged or changed."""
    path = register / FOLDER / journal.FILE_NAME
    return journal.read(path)[1] if path.is_file() else ()


def _filed(path: Path, decided: Event | None, today: date | None) -> FiledTestimonial:
    document = yaml_reader.read(path)
    one, problems = yaml_reader.validate(Testimonial, document)
    if one is not None:
        problems = (*problems, *mistakes(document, one, today))
    return FiledTestimonial(path.stem, one, problems, decided)


def mistakes(document: Document, one: Testimonial, today: date | None) -> Iterator[Problem]:
    """Find what is wrong with a testimonial: without consent and its paper nobody may publish it."""
    yield from case_mistakes.misspelt(document, one)
    yield from case_mistakes.lost_words(document, one)
    yield from office_record_mistakes.personal_data(document)
    path, consent = str(document.path), one.persetujuan
    missing = [name for name in ("kutipan", "sebagai", "penulis") if not getattr(one, name)]
    if missing:
        yield Problem(path, None, f"Testimoni tanpa {', '.join(missing)}.", "Tambahkan.")
    if consent.tanggal is None or not consent.naskah:
        mend = "Tulis tanggal dan naskah: di mana surat persetujuannya disimpan. Tanpa itu tidak terbit."
        yield Problem(path, document.line(("persetujuan",)), "Persetujuan tertulisnya belum lengkap.", mend)
    elif today and consent.tanggal > today:
        message = f"Persetujuan bertanggal {consent.tanggal} belum tiba."
        yield Problem(path, document.line(("persetujuan", "tanggal")), message, "Periksa tanggalnya.")
    if len(one.kutipan) > _LONGEST:
        message = f"Kutipan {len(one.kutipan)} huruf; paling banyak {_LONGEST}."
        yield Problem(path, document.line(("kutipan",)), message, "Pendekkan.")


def on_site(register: Path, published: date | None) -> list[Mapping[str, str]]:
    """Give the words that the site shows: those approved before figures were published last, and so in batches.

    Args:
        register: The register's folder.
        published: When figures were published last; None: never.
    """
    found = ((one.testimonial, one.approved_on) for one in read(register) if published)
    return [
        {"kutipan": one.kutipan, "sebagai": one.sebagai}
        for one, day in found
        if one and day and published and day < published
    ]


def mark(register: Path) -> str:
    """Give a text that differs once a testimonial or a decision changed: names, sizes and times."""
    folder = register / FOLDER
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    stats = ((path.name, path.stat()) for path in paths if path.is_file())
    return " ".join(f"{name}.{stat.st_size}.{stat.st_mtime_ns}" for name, stat in stats)


def schema() -> Mapping[str, Any]:
    """Make the JSON Schema with which an editor completes and explains the keys."""
    relaxed: Mapping[str, Any] = case_file_text.relaxed(Testimonial.model_json_schema())
    return relaxed
