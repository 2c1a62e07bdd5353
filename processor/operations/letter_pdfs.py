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
        """Make what is wanted, one after another; give the number of each case that can now go on.

        Where LibreOffice hung once, no further letter waits for it.
        """
        hung: pdf.TooSlow | None = None
        for letter, number in tuple(self.wanted.items()):
            del self.wanted[letter]
            try:
                if hung:
                    raise hung
                digest = _digest(letter)
                self._made[letter] = digest, pdf.convert([letter])[letter]
            except pdf.TooSlow as error:
                hung = self._failed[letter] = error
            except PayungError as error:
                self._failed[letter] = error
            except OSError as error:
                self._failed[letter] = PayungError(f"{letter.name} tidak terbaca ({error.strerror}).")
            yield number

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
