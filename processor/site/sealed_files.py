"""Published files that tell nothing from outside: age files of fixed sizes, among dummies, all new every time.

``lacak/status.bin`` holds everybody's status. Numbers are 4 bytes, the most significant first: the size of an entry,
then entries of that size, 50 of them or a multiple, shuffled. An entry is the length of an age file, that file, and
zeros. In the age file stands the status, padded to 4 KiB by ``applicant_code.pad``. A code is tried on all.

``balasan/<name>.age`` is an age file with an answer, under a name that only its status says. Every publication gives
every file a new one, so that nothing ties it to a file of another publication, nor does a web server's log.

It is padded by ``applicant_code.pad`` and by some zeros more: age writes headers of random length, and all files of a
class are to be of one size. Of every 50 files 10 are of 64 KiB, 35 of 256 KiB and 5 of 1 MiB, as letters made here take
some 80 KiB and signed or scanned ones more. What is missing to that are dummies. So sizes and numbers tell one thing:
which class has outgrown its share. Only an answer above 1 MiB, in whole MiB, takes a dummy's place and shows its size.

``verifikasi/sidik.txt`` holds the SHA-256 of every delivered file, one a line, and is neither sealed nor padded: it
tells how many answers there were, and when another one went out.

``survei/kunci.txt`` is the modulus of the key that signs ballots of the survey, in hexadecimal digits: one for
all, and there from the first answer on.

A dummy is sealed to keys that nobody has. All files get one time, that of the publication; a web server's ETag and
rsync see by it that they are new.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import SystemRandom

import pyrage
from pyrage import x25519

from processor.foundation import atomic_files
from processor.site import applicant_code

STATUS = "lacak/status.bin"
DIGESTS = "verifikasi/sidik.txt"
SURVEY_KEY = "survei/kunci.txt"
STATUS_SIZE = 4095
"""Bytes that a status may have."""

_BALASAN = "balasan"
_MANY = 50
_MIB = 1024 * 1024
_SHARES = {64 * 1024: 10, 256 * 1024: 35, _MIB: 5}
_MAGIC = b"age-encryption.org/v1\n"
_NAME = re.compile(r"[0-9a-f]{32}")
_DIGEST_LINES = re.compile(rb"(?:[0-9a-f]{64}\n)*")
_MODULUS = re.compile(rb"[0-9a-f]{256,2048}\n")
_STANZA = 98  # bytes of a header for each recipient; what else a header holds is up to 300 bytes


@dataclass(frozen=True, slots=True)
class SealedReply:
    """Words for one applicant: ``recipient`` is the public half (``age1...``) of the key that comes of their code."""

    recipient: str
    content: bytes


def valid_code_values(locator: str, recipient: str) -> bool:
    """Tell whether these two public values can have come of a code; with others nothing can be sealed."""
    try:
        x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        return False
    return bool(_NAME.fullmatch(locator))


def statuses(letters: Sequence[SealedReply], office: Sequence[str]) -> bytes:
    """Make the content of ``STATUS``.

    Args:
        letters: A status for each applicant.
        office: The public keys that the office keeps for itself.

    Raises:
        ValueError: When a status is longer than ``STATUS_SIZE`` bytes.
    """
    size = 4096 + 768 + _STANZA * len(office)
    sealed = [_seal(applicant_code.pad(one.content), [one.recipient, *office]) for one in letters]
    sealed += [
        _seal(applicant_code.pad(b""), _lost_recipients(len(office)))
        for _ in range(_dummies_needed(len(letters), _MANY))
    ]
    if max(map(len, sealed)) + 4 > size:
        raise ValueError("a status does not fit its entry")
    SystemRandom().shuffle(sealed)
    return frame(sealed, size)


def frame(files: Iterable[bytes], size: int) -> bytes:
    """Join age files as entries of ``size`` bytes each."""
    return size.to_bytes(4) + b"".join((len(file).to_bytes(4) + file).ljust(size, b"\0") for file in files)


def entries(content: bytes) -> Iterator[bytes]:
    """Give the age files that ``frame`` put into ``content``."""
    size = max(int.from_bytes(content[:4]), 4)
    for start in range(4, len(content), size):
        begin = start + 4
        yield content[begin : begin + int.from_bytes(content[start:begin])]


def _dummies_needed(count: int, many: int) -> int:
    """Count the dummies that make ``count`` a multiple of ``many``, and not none at all."""
    return -count % many if count else many


def new_name() -> str:
    """Make a name for a file in ``balasan``, for one publication: 32 random hex digits."""
    return secrets.token_hex(16)


def replies(letters: Mapping[str, SealedReply], office: Sequence[str]) -> dict[str, bytes]:
    """Seal the answers, and as many dummies as make their sizes and number tell nothing.

    Args:
        letters: The answers by their names in this publication.
        office: The public keys that the office keeps for itself.

    Returns:
        The files in ``balasan`` by their paths in the site.
    """
    least = min(_SHARES)
    files = {
        name: (applicant_code.pad(one.content).ljust(least, b"\0"), [one.recipient, *office])
        for name, one in letters.items()
    }
    classes = [_class_of(content) for content, _ in files.values()]
    blocks = max(1, *(-(-classes.count(size) // share) for size, share in _SHARES.items()))
    for size, share in _SHARES.items():
        for _ in range(blocks * share - classes.count(size)):
            files[new_name()] = applicant_code.pad(bytes(size - 1)), _lost_recipients(len(office))
    return {_reply_path(name): _sealed_to_size(content, to) for name, (content, to) in files.items()}


def _class_of(content: bytes) -> int:
    """Give the class whose share a padded answer uses up."""
    return next((size for size in _SHARES if len(content) <= size), _MIB)


def _reply_path(name: str) -> str:
    """Give the path of an answer of this name in the site."""
    return f"{_BALASAN}/{name}.age"


def _lost_recipients(office: int) -> list[str]:
    """Make as many recipients as an applicant and the office are; their secret halves are thrown away at once."""
    return [str(x25519.Identity.generate().to_public()) for _ in range(1 + office)]


def _seal(content: bytes, to: Sequence[str]) -> bytes:
    """Seal ``content``, its applicant first."""
    return bytes(pyrage.encrypt(content, [x25519.Recipient.from_str(key) for key in to]))


_CHUNK, _TAG, _NONCE, _MAC_LINE = 64 * 1024, 16, 16, 48  # bytes; see age-encryption.org/v1


def _sealed_to_size(content: bytes, to: Sequence[str]) -> bytes:
    """Seal ``content`` (64 KiB or more) with zeros, in as many bytes for every content of this length."""
    size = len(content) + len(content) // _CHUNK * _TAG + 1024 + _STANZA * len(to)
    file = _PaddedFile(content, size)
    pyrage.encrypt_io(file, file, [x25519.Recipient.from_str(key) for key in to])
    return bytes(file.written)


class _PaddedFile:
    """What age reads from and writes to: the content, then zeros until the file will have ``size`` bytes."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self._given = 0
        self.written = bytearray()

    def read(self, most: int) -> bytes:
        """Give the next bytes to seal, at most ``most``."""
        part = self._content[self._given : self._given + most] or bytes(min(most, self._bytes_to_seal() - self._given))
        self._given += len(part)
        return part

    def _bytes_to_seal(self) -> int:
        """Say how many bytes to seal in all, so that the file has ``size`` bytes whatever its header's length is.

        The header comes with the first chunk, so until then one byte more than was given is asked for. Two sealings of
        64 KiB for two recipients, both of 66 772 bytes in the end (header to its last line, nonce, chunks and tags):
            header 285: space 66 772 - 285 - 48 - 16 = 66 423, in 2 chunks, so 66 391 to seal, 855 of them zeros
            header 365: space 66 772 - 365 - 48 - 16 = 66 343, in 2 chunks, so 66 311 to seal, 775 of them zeros
        """
        header = self.written[:_CHUNK].find(b"\n--- ") + 1
        if not header:
            return self._given + 1
        space = self._size - header - _MAC_LINE - _NONCE
        return space - -(-space // (_CHUNK + _TAG)) * _TAG

    def write(self, part: bytes) -> int:
        """Take a part of the file."""
        self.written += part
        return len(part)

    def flush(self) -> None:
        """Do nothing: no part is held back."""


def write(site: Path, files: Mapping[str, bytes], moment: datetime) -> None:
    """Write ``files``, which are all there are to be, into the standing site, all with the time ``moment``.

    Each appears whole; answers before the statuses that speak of them. After a crash, doing it again mends it.
    """
    for name, content in sorted(files.items()):
        path = site / name
        path.parent.mkdir(exist_ok=True)
        beside = atomic_files.temporary(path)
        beside.write_bytes(content)  # readable for the web server; nothing that a crash takes is lost
        os.utime(beside, (moment.timestamp(),) * 2)
        beside.replace(path)
    wanted = {site / name for name in files}
    for path in {*_published_files(site), *_half_written(site)} - wanted:
        path.unlink()


def _half_written(site: Path) -> Iterator[Path]:
    """Give what a crash has left half written."""
    return (path for name in _FOLDERS for path in (site / name).glob(".*.tmp"))


_FOLDERS = frozenset(name.partition("/")[0] for name in (STATUS, DIGESTS, SURVEY_KEY, _reply_path("")))


def _published_files(site: Path) -> Iterator[Path]:
    """Give the files that ``write`` wrote; pages may stand beside them."""
    yield from (path for name in (STATUS, DIGESTS, SURVEY_KEY) if (path := site / name).is_file())
    yield from (site / _BALASAN).glob("*.age")


def copy_to_draft(old: Path, new: Path) -> None:
    """Copy the files from the standing site into the one that will take its place, with their time."""
    for path in _published_files(old):
        (new / path.relative_to(old)).parent.mkdir(exist_ok=True)
        shutil.copy2(path, new / path.relative_to(old))


def is_published(site: Path) -> bool:
    """Tell whether a publication stands in the site."""
    return (site / STATUS).is_file()


def sealed_paths(site: Path) -> frozenset[Path]:
    """Give the files in which nobody can read anything: sealed from beginning to end, or only digests or a key."""
    return frozenset(
        path for path in _published_files(site) if _is_opaque(path.relative_to(site).as_posix(), path.read_bytes())
    )


def _is_opaque(name: str, content: bytes) -> bool:
    """Tell whether a file is what its place promises."""
    if name == DIGESTS:
        return bool(_DIGEST_LINES.fullmatch(content))
    if name == SURVEY_KEY:
        return bool(_MODULUS.fullmatch(content))
    if name == STATUS:
        files = list(entries(content))
        whole = frame(files, int.from_bytes(content[:4])) == content
        return whole and all(file.startswith(_MAGIC) for file in files)
    return (
        name == _reply_path(Path(name).stem) and bool(_NAME.fullmatch(Path(name).stem)) and content.startswith(_MAGIC)
    )
