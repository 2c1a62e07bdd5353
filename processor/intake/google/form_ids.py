"""``forms/*.google.lock.json``: which Google Form and which question ids belong to a form definition."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processor.foundation import atomic_files
from processor.foundation.errors import BrokenFiles, Problem


@dataclass(frozen=True, slots=True)
class FormLock:
    """What is remembered of the form at Google.

    ``questions`` maps a question's key to its id, ``items`` a question's or section's key to its item's id. ``intent``
    is the document title of a form that Google was asked to make, until it is known that it did.
    """

    form_id: str = ""
    revision: str = ""
    responder: str = ""
    intent: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys_by_question_id(self) -> dict[str, str]:
        """Give the questions' keys by their ids, as ``form_responses.fetch`` wants them."""
        return {question_id: key for key, question_id in self.questions.items()}


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
        )
    except FileNotFoundError:
        return FormLock()
    except (ValueError, KeyError, TypeError, AttributeError):
        mend = "Kembalikan dari riwayat git; bila tidak ada, hapus berkas ini, isi sumber.google.formulir, lalu ulangi."
        raise BrokenFiles((Problem(str(path), None, "Berkas kunci formulir Google rusak.", mend),)) from None


def write(path: Path, lock: FormLock) -> None:
    """Write the lock whole or not at all; the same lock is the same bytes."""
    data = {
        "formulir": lock.form_id,
        "revisi": lock.revision,
        "tautan": lock.responder,
        "niat": lock.intent,
        "pertanyaan": dict(lock.questions),
        "butir": dict(lock.items),
    }
    atomic_files.replace_if_changed(path, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())


def made_id(name: str) -> str:
    """Make the id that we give to ``name`` at Google: 8 hex digits, always the same, never starting with 0."""
    digest = hashlib.sha256(f"payung/{name}".encode()).hexdigest()
    return f"{int(digest[0], 16) % 7 + 1}{digest[1:8]}"
