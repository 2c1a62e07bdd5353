"""What letters print, read once for the same bytes; as the journal knows it, and as a person sees a difference."""

import re
import zipfile
import zlib
from functools import lru_cache

from processor.cases.register import Register
from processor.letters import documents, letter_difference
from processor.letters.letter_difference import PrintedChange
from processor.letters.word import printed_letter, zip_package
from processor.letters.word.printed_letter import PrintedLetter

PRINT = "cetak"
"""The key of the event ``surat`` for the fingerprint of what the letter prints; older versions wrote none."""
ASIDE = "surat_disisihkan"
"""The event of a letter that was put aside."""
_MARK = re.compile(rb"<dc:identifier>([0-9a-f]{24})</dc:identifier>")


@lru_cache(maxsize=64)  # an edited letter is compared again in each pass, and at each look of a person
def read(content: bytes) -> PrintedLetter | None:
    """Read what a letter prints; the same bytes are read once."""
    return printed_letter.read(content)


@lru_cache(maxsize=64)
def differences(before: bytes, after: bytes) -> tuple[PrintedChange, ...]:
    """Find what one .docx prints otherwise than another; nothing where one of them is no whole Word file."""
    old, new = read(before), read(after)
    return letter_difference.changes(old, new) if old and new else ()


def print_mark(register: Register, printed: PrintedLetter) -> str:
    """Compute the keyed fingerprint of what a letter prints."""
    return register.fingerprint(PRINT, printed.digest)


def is_anothers(register: Register, number: str, content: bytes) -> bool:
    """Tell whether a Word file bears the mark of a letter of another case."""
    try:
        found = _MARK.search(zip_package.read(content)[zip_package.CORE])
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False  # a PDF, or damaged
    own = {register.fingerprint("naskah", f"{number}|{kind}") for kind in documents.KINDS}
    return found is not None and found[1].decode() not in own
