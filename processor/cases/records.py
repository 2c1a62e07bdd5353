"""The nouns of the register: what a source gives, who asks, what happened. Frozen data, no I/O.

The case itself, as staff write it, is ``case_file.CaseFile``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from processor.foundation.errors import Problem
from processor.foundation.form_definition import Terms

IDENTITY = ("nama", "nip", "jabatan", "unit_kerja", "alamat", "email", "telepon")
"""The keys of an applicant's identity: in a form, in the sealed file, nowhere else."""
SEALED_ANSWERS = (*IDENTITY, "unit")
"""The answers that stand in the sealed file only: the identity, and the code of the applicant's unit. That names
nobody, but with the words of a case it may tell who asked."""

SEALED = "pemohon.age"
"""The sealed file of a case, which ``dossier`` alone opens."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a response: its name is data, never a path."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShownTerms:
    """The terms that a form showed beside the question of consent: their version and SHA-256 (hex)."""

    versi: str
    sidik: str

    @classmethod
    def of(cls, terms: Terms) -> "ShownTerms":
        """Give the terms as a definition holds them."""
        return cls(terms.versi, terms.digest)


@dataclass(frozen=True, slots=True)
class Response:
    """One answer set as a source gave it.

    ``answers`` maps the form's keys to text (several values stand one a line); ``others`` maps titles
    that the form does not know. ``created`` and ``submitted`` are aware times of the first and of this
    sending, None where the source does not say. ``key`` is the source's own response id, "" where it has
    none. ``batch`` names the complete listing that held it ("" when the source gave only what is new):
    what an older listing had and this one has not was edited or deleted. ``row`` is the line of a table, from 1.
    ``unread`` are questions of which a damaged cell keeps the answer from being known; ``problems`` say so.
    ``other_reading`` is the time that ``submitted`` would be with day and month the other way round, where the source
    writes only digits.
    ``not_asked`` are those that the form which was filled in did not have. ``terms`` are what stood beside its question
    of consent; None when nobody knows. ``follows`` is the number of the case about whose answer it asks, "" for none.
    """

    source: str
    place: str
    answers: Mapping[str, str] = field(repr=False)
    others: Mapping[str, str] = field(default_factory=dict, repr=False)
    created: datetime | None = None
    submitted: datetime | None = None
    key: str = ""
    batch: str = ""
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()
    row: int = 0
    unread: frozenset[str] = frozenset()
    other_reading: datetime | None = None
    not_asked: frozenset[str] = frozenset()
    terms: ShownTerms | None = None
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, and the code of their unit. Lives only in ``pemohon.age``; its repr shows nothing."""

    nama: str = field(default="", repr=False)
    nip: str = field(default="", repr=False)
    jabatan: str = field(default="", repr=False)
    unit_kerja: str = field(default="", repr=False)
    alamat: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    telepon: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's journal: what happened, when (aware), by whom; ``data`` holds no identity."""

    kind: str
    time: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What ``pemohon.age`` holds: the applicant, and every version of the answers exactly as it came.

    A version is plain data: sumber, kunci, waktu, dibuat, jawaban, lain, lampiran (file -> original name).
    A correction, by an officer, is plain data too: waktu, oleh, alasan, sebelum, sesudah (key -> value each).
    """

    applicant: Applicant
    versions: tuple[Mapping[str, Any], ...] = field(repr=False)
    corrections: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that is about to be filed; ``sealed`` is its dossier, ``attachments`` are still to be sealed."""

    number: str
    text: str
    sealed: bytes = field(repr=False)
    attachments: Mapping[str, bytes] = field(repr=False)
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """An edited response about to be taken in: what staff read (``name``, ``text``) and what is sealed."""

    number: str
    name: str
    text: str
    sealed: bytes = field(repr=False)
    attachments: Mapping[str, bytes] = field(repr=False)
    event: Event
