"""What a complaint says, and who says it: the one module that opens ``isi.age``.

Who may import it is a list in ``tests/test_layers.py``. Whoever holds the office's key can open the file without this
program as well; nothing here can keep them from it.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from processor.cases.office_keys import OfficeKeys
from processor.cases.records import Applicant
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

SEALED_WORDS = "isi.age"
MARK = "sidik_isi"
"""Under this key the journal keeps the keyed fingerprint of what is sealed."""


class Sealing(Protocol):
    """What a register offers so that words can be sealed and opened."""

    def seal(self, content: bytes) -> bytes:
        """Seal ``content`` to the office."""

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to the office. Raises PayungError when it cannot."""

    def fingerprint(self, kind: str, text: str) -> str:
        """Compute the keyed fingerprint of ``text``."""


@dataclass(frozen=True, slots=True)
class ComplaintContent:
    """The words of a complaint, who complains (nobody: an empty ``Applicant``), the plan and the answer."""

    words: str = field(repr=False)
    complainant: Applicant = field(default=Applicant(), repr=False)
    plan: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)


def read(register: Sealing, folder: Path) -> ComplaintContent:
    """Open the words of the complaint in ``folder``. Raises PayungError or OSError when that cannot be done."""
    try:
        data = json.loads(register.unseal((folder / SEALED_WORDS).read_bytes()))
        return ComplaintContent(**{**data, "complainant": Applicant(**data["complainant"])})
    except (ValueError, LookupError, TypeError) as error:
        raise PayungError(f"Isi {SEALED_WORDS} milik {folder.name} rusak. Pulihkan dari cadangan.") from error


def seal(register: Sealing, content: ComplaintContent) -> bytes:
    """Seal the words of a complaint."""
    return register.seal(_plain(content).encode())


def mark(register: Sealing, content: ComplaintContent) -> dict[str, str]:
    """Give what the journal keeps of the words, by which they are known again: a keyed fingerprint."""
    return {MARK: register.fingerprint(MARK, _plain(content))}


def mark_of_file(register: Sealing, folder: Path) -> str:
    """Compute the fingerprint of what lies sealed in ``folder``, as ``mark`` gave it. Raises as ``read``."""
    return register.fingerprint(MARK, register.unseal((folder / SEALED_WORDS).read_bytes()).decode())


def _plain(content: ComplaintContent) -> str:
    return json.dumps(asdict(content), ensure_ascii=False, sort_keys=True)


def reseal(folder: Path, keys: OfficeKeys) -> bool:
    """Seal the words in ``folder`` to the recipients of today; tell whether they could be opened."""
    try:
        atomic_files.replace(folder / SEALED_WORDS, keys.seal(keys.open((folder / SEALED_WORDS).read_bytes())))
    except (PayungError, OSError):
        return False
    return True
