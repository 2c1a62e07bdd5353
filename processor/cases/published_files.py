"""What was published of figures, kept twice: in the register, and beside the office's keys.

Nobody can be found in a new figure only when all that were ever published are known. An older register, or an older
memory of it, is told apart by the other; a person settles it. Published texts are public; what was counted for them is
not: it lies in the register alone, sealed.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from processor.cases.office_keys import OfficeKeys
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

FOLDER = "kinerja"
_MEMORY = "ingatan-kinerja.json"
_COUNTS = ".hitungan.age"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Names of publications that only the register or only the memory holds, and of those that differ."""

    register_only: tuple[str, ...] = ()
    memory_only: tuple[str, ...] = ()
    different: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.register_only or self.memory_only or self.different)


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """The publications in ``register``, and the memory of them in ``keys``, the folder of the office's keys."""

    register: Path
    keys: Path

    def texts(self) -> dict[str, str]:
        """Give the JSON of every publication that either knows, by name; where they differ, what is remembered.

        Raises:
            OSError: A file cannot be read.
        """
        return {**self._filed(), **self._remembered()}

    def mark(self) -> str:
        """Give a text that differs once anything was published: names, sizes and times of the files."""
        paths = [*self._paths(), self.keys / _MEMORY]
        stats = ((path.name, path.stat()) for path in paths if path.is_file())
        return " ".join(f"{name}.{stat.st_size}.{stat.st_mtime_ns}" for name, stat in stats)

    def disagreement(self) -> Disagreement:
        """Compare the register with the memory. Raises as ``texts``."""
        filed, remembered = self._filed(), self._remembered()
        return Disagreement(
            tuple(sorted(filed.keys() - remembered.keys())),
            tuple(sorted(remembered.keys() - filed.keys())),
            tuple(sorted(name for name in filed.keys() & remembered.keys() if filed[name] != remembered[name])),
        )

    def add(self, name: str, text: str, counts: bytes) -> None:
        """Keep a publication and the sealed ``counts`` it was made from. To be called under the register's lock.

        The memory comes last: a crash in between is a disagreement, and never a figure that nobody remembers.
        """
        atomic_files.make_folder(self.register / FOLDER)
        atomic_files.replace(self.register / FOLDER / f"{name}{_COUNTS}", counts)
        atomic_files.replace(self._path(name), text.encode())
        self._remember({**self._remembered(), name: text})

    def settle(self, more: Mapping[str, str] = {}) -> None:
        """Let register and memory both hold all that either does. To be called under the register's lock.

        Args:
            more: Publications that neither knows, by name.

        Raises:
            ValueError: A publication differs in the two; nothing was written.
        """
        texts, found = {**more, **self.texts()}, self.disagreement()
        if found.different:
            raise ValueError(", ".join(found.different))
        atomic_files.make_folder(self.register / FOLDER)
        for name in (*found.memory_only, *more):
            atomic_files.replace(self._path(name), texts[name].encode())
        self._remember(texts)

    def counts(self, name: str) -> bytes | None:
        """Read what was counted for a publication, sealed; None where that is gone."""
        path = self.register / FOLDER / f"{name}{_COUNTS}"
        return path.read_bytes() if path.is_file() else None

    def _path(self, name: str) -> Path:
        return self.register / FOLDER / f"{name}.json"

    def _paths(self) -> list[Path]:
        folder = self.register / FOLDER
        paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
        return [path for path in paths if not path.name.startswith(".")]

    def _filed(self) -> dict[str, str]:
        return {path.stem: path.read_text("utf-8", "replace") for path in self._paths()}

    def _remembered(self) -> Mapping[str, str]:
        """Read the memory; one that cannot be read is lost, and so disagrees with a register that holds any."""
        try:
            data = json.loads((self.keys / _MEMORY).read_bytes())
            return {str(name): str(text) for name, text in data["terbitan"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def _remember(self, texts: Mapping[str, str]) -> None:
        data = json.dumps({"terbitan": dict(texts)}, ensure_ascii=False, sort_keys=True)
        atomic_files.replace_if_changed(self.keys / _MEMORY, data.encode())


def reseal(register: Path, keys: OfficeKeys) -> None:
    """Seal what was counted to the recipients of today; what is damaged stays as it is, and is counted again."""
    for path in sorted((register / FOLDER).glob(f"*{_COUNTS}")):
        with suppress(PayungError, OSError):
            atomic_files.replace(path, keys.seal(keys.open(path.read_bytes())))
