"""The PDFs that a pass wants from LibreOffice: made while nobody holds the register, for letters that still stand."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from processor.foundation.errors import PayungError
from processor.letters import pdf


@dataclass
class LetterPdfs:
    """Letters of which a PDF is wanted, with their case; and what LibreOffice made of them."""

    wanted: dict[Path, str] = field(default_factory=dict)
    _made: dict[Path, tuple[str, bytes]] = field(default_factory=dict)
    _failed: dict[Path, PayungError] = field(default_factory=dict)

    def make(self) -> Iterator[str]:
        """Make all that is wanted, in one start of LibreOffice; give the number of each case that can now go on."""
        wanted, digests = dict(self.wanted), dict[Path, str]()
        self.wanted.clear()
        for letter in wanted:
            try:
                digests[letter] = _digest(letter)
            except OSError as error:
                self._failed[letter] = PayungError(f"{letter.name} tidak terbaca ({error.strerror}).")
        made, failed = pdf.convert_each(list(digests))
        self._made |= {letter: (digests[letter], content) for letter, content in made.items()}
        self._failed |= failed
        yield from dict.fromkeys(wanted.values())

    def of_letter(self, letter: Path) -> bytes:
        """Give the PDF of ``letter`` as it stands now; b"" where there is none yet, or the letter was changed since.

        Raises PayungError when LibreOffice could not make one.
        """
        if letter in self._failed:
            raise self._failed[letter]
        digest, content = self._made.pop(letter, ("", b""))
        return content if content and digest == _digest(letter) else b""


def _digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
