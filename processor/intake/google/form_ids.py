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
class Lock:
    """The form at Google. ``intent`` is the document title of a form whose making was begun and not confirmed.

    ``questions`` maps a question's key to its id, ``items`` a question's or section's key to its item's id.
    """

    form_id: str = ""
    revision: str = ""
    responder: str = ""
    intent: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> dict[str, str]:
        """Question ids to keys, as ``google_forms.fetch`` wants them."""
        return {question_id: key for key, question_id in self.questions.items()}


def read(path: Path) -> Lock:
    """The lock in ``path``; an empty one when there is none. Raises BrokenFiles when it cannot be read."""
    try:
        data: Any = json.loads(path.read_bytes())
        form_id, revision, responder, intent = (str(data[name]) for name in ("formulir", "revisi", "tautan", "niat"))
        return Lock(
            form_id,
            revision,
            responder,
            intent,
            questions={str(key): str(value) for key, value in data["pertanyaan"].items()},
            items={str(key): str(value) for key, value in data["butir"].items()},
        )
    except FileNotFoundError:
        return Lock()
    except (ValueError, KeyError, TypeError, AttributeError):
        mend = "Kembalikan dari riwayat git; bila tidak ada, hapus berkas ini, isi sumber.google.formulir, lalu ulangi."
        raise BrokenFiles((Problem(str(path), None, "Berkas kunci formulir Google rusak.", mend),)) from None


def write(path: Path, lock: Lock) -> None:
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
    """The id that we give to ``name`` at Google: 8 hexadecimal digits, always the same, never starting with 0."""
    digest = hashlib.sha256(f"payung/{name}".encode()).hexdigest()
    return f"{int(digest[0], 16) % 7 + 1}{digest[1:8]}"
