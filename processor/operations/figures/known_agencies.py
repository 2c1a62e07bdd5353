"""Remembers by which key each agency signs, beside the office's own keys: a key that changed is noticed.

What is remembered is public. An agency is met for the first time once; its key is then compared by telephone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

FILE_NAME = "ingatan-rekap.json"


@dataclass(frozen=True, slots=True)
class KnownAgencies:
    """The memory in ``folder``."""

    folder: Path

    def load(self) -> dict[str, str]:
        """Give the public key of every agency that was met, by what it is known as.

        Raises:
            PayungError: The memory cannot be read; who is met for the first time could not be told.
        """
        path = self.folder / FILE_NAME
        if not path.exists():
            return {}
        try:
            return {str(name): str(key) for name, key in json.loads(path.read_bytes())["kunci"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise PayungError(
                f"Ingatan kunci instansi lain pada {path} tidak dapat dibaca. Pulihkan dari cadangan, atau hapus lalu "
                "cocokkan lagi sidik kunci semua instansi."
            ) from error

    def save(self, keys: Mapping[str, str]) -> None:
        """Remember these keys. Raises OSError."""
        text = json.dumps({"kunci": dict(keys)}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
        atomic_files.replace_if_changed(self.folder / FILE_NAME, text.encode())
