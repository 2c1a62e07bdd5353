"""``forms/*.google.lock.json``: which Google Form and which question ids belong to a form definition."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from processor.cases.records import ShownTerms
from processor.foundation import atomic_files
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.form_definition import Form


@dataclass(frozen=True, slots=True)
class ShownForm:
    """What stood at Google from ``since`` (aware) on: the version of the form, and the terms."""

    since: datetime
    version: int
    terms: ShownTerms


@dataclass(frozen=True, slots=True)
class FormLock:
    """What is remembered of the form at Google.

    ``questions`` maps a question's key to its id, ``items`` a question's or section's key to its item's id. ``intent``
    is the document title of a form that Google was asked to make, until it is known that it did. ``shown`` is what the
    form showed, oldest first, as far as it was published from a definition.
    """

    form_id: str = ""
    revision: str = ""
    responder: str = ""
    intent: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[ShownForm, ...] = ()

    @property
    def keys_by_question_id(self) -> dict[str, str]:
        """Give the questions' keys by their ids, as ``form_responses.fetch`` wants them."""
        return {question_id: key for key, question_id in self.questions.items()}

    def shown_at(self, moment: datetime | None) -> ShownForm | None:
        """Give what the form showed at ``moment`` (aware); None when nobody knows."""
        return next((one for one in reversed(self.shown) if moment and one.since <= moment), None)

    def showing(self, form: Form, now: datetime) -> "FormLock":
        """Give the lock of a form that shows ``form`` as it is ``now`` (aware)."""
        newest = ShownForm(now, form.versi, ShownTerms.of(form.ketentuan))
        same = bool(self.shown) and replace(self.shown[-1], since=now) == newest
        return self if same else replace(self, shown=(*self.shown, newest))


def read(path: Path) -> FormLock:
    """Read the lock file in ``path``; an empty lock when there is none. Raises BrokenFiles when it is damaged."""
    try:
        data: Any = json.loads(path.read_bytes())
        form_id, revision, responder, intent = (str(data[name]) for name in ("formulir", "revisi", "tautan", "niat"))
        return FormLock(
            form_id,
            revision,
            responder,
            intent,
            questions={str(key): str(value) for key, value in data["pertanyaan"].items()},
            items={str(key): str(value) for key, value in data["butir"].items()},
            shown=tuple(_shown_form(one) for one in data.get("ditampilkan", ())),
        )
    except FileNotFoundError:
        return FormLock()
    except (ValueError, KeyError, TypeError, AttributeError):
        mend = "Kembalikan dari riwayat git; bila tidak ada, hapus berkas ini, isi sumber.google.formulir, lalu ulangi."
        raise BrokenFiles((Problem(str(path), None, "Berkas kunci formulir Google rusak.", mend),)) from None


def _shown_form(data: Mapping[str, Any]) -> ShownForm:
    """Read what the form showed once. Raises ValueError, KeyError or TypeError when that is damaged."""
    since = datetime.fromisoformat(data["sejak"])
    if since.tzinfo is None:
        raise ValueError("a time without its zone")
    return ShownForm(since, int(data["formulir"]), ShownTerms(str(data["versi"]), str(data["sidik"])))


def write(path: Path, lock: FormLock) -> None:
    """Write the lock whole or not at all; the same lock is the same bytes."""
    data: dict[str, Any] = {
        "formulir": lock.form_id,
        "revisi": lock.revision,
        "tautan": lock.responder,
        "niat": lock.intent,
        "pertanyaan": dict(lock.questions),
        "butir": dict(lock.items),
    }
    if lock.shown:
        data["ditampilkan"] = [
            {
                "sejak": one.since.isoformat(),
                "formulir": one.version,
                "versi": one.terms.versi,
                "sidik": one.terms.sidik,
            }
            for one in lock.shown
        ]
    atomic_files.replace_if_changed(path, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())


def made_id(name: str) -> str:
    """Make the id that we give to ``name`` at Google: 8 hex digits, always the same, never starting with 0."""
    digest = hashlib.sha256(f"payung/{name}".encode()).hexdigest()
    return f"{int(digest[0], 16) % 7 + 1}{digest[1:8]}"
