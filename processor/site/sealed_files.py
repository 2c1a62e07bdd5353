"""Published files that tell nothing from outside: age files of fixed sizes, among dummies, all new every time.

``balasan/status-*.bin`` hold the statuses (``sealed_statuses``), ``balasan/*.age`` the answers and what of a status is
too long for it (``sealed_replies``). In the open stand:

``balasan/terbitan.json``: ``versi`` of all this, ``saat`` of the publication (ISO 8601), ``bagian``: into how many
files the statuses are divided. A page reads it first; one that knows another ``versi`` asks to be loaded again.

``balasan/jam.json``: when the office works and by when it answers (``operations.working_table``).

``verifikasi/sidik.txt``: the SHA-256 of every delivered file, one a line, neither sealed nor padded: it tells how many
answers there were, and when another one went out.

``survei/kunci.txt``: the modulus of the key that signs ballots of the survey, in hexadecimal digits: one for all, and
there from the first answer on.

A dummy is sealed to keys that nobody has. All files get one time, that of the publication; a web server's ETag and
rsync see by it that they are new.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pyrage
from pyrage import x25519

from processor.foundation import atomic_files
from processor.site import age_sealing, sealed_replies, sealed_statuses

PUBLICATION = "balasan/terbitan.json"
WORKING_HOURS = "balasan/jam.json"
DIGESTS = "verifikasi/sidik.txt"
SURVEY_KEY = "survei/kunci.txt"
VERSION = 2
"""Of all that codes open: a page that knows another one asks to be loaded again."""

_OPEN = {
    PUBLICATION: re.compile(rb'\{"versi":\d+,"saat":"[0-9T:+-]{25}","bagian":\d{1,4}\}'),
    WORKING_HOURS: re.compile(
        rb'\{"awal":\d+,"jarak":\[[\d,]*\],"tiap":\d+,"zona":"[\w/+-]{1,40}","zona_singkat":"[\w/+-]{1,40}",'
        rb'"batas":\{("(verifikasi|sasaran|seluruhnya|dijawab)":\d+,?){4}\}\}'
    ),
    DIGESTS: re.compile(rb"(?:[0-9a-f]{64}\n)*"),
    SURVEY_KEY: re.compile(rb"[0-9a-f]{256,2048}\n"),
}
"""What stands in the open, and what it may look like."""
_OLDER = "lacak/status.bin"
"""Where statuses stood until version 2."""
_NAME = re.compile(r"[0-9a-f]{32}")
_STATUS_FILE = re.compile(r"balasan/status-\d{1,4}-[0-9a-f]{3}\.bin")


def valid_code_values(locator: str, recipient: str) -> bool:
    """Tell whether these two public values can have come of a code; with others nothing can be sealed."""
    try:
        x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        return False
    return bool(_NAME.fullmatch(locator))


def publication(moment: datetime, files: int) -> bytes:
    """Make the content of ``PUBLICATION``: when it was, and into how many ``files`` statuses are divided."""
    told = {"versi": VERSION, "saat": moment.isoformat(timespec="seconds"), "bagian": files}
    return json.dumps(told, separators=(",", ":")).encode()


def write(site: Path, files: Mapping[str, bytes], moment: datetime) -> None:
    """Write ``files``, which are all there are to be, into the standing site, all with the time ``moment``.

    Each appears whole; answers before the statuses that speak of them, and these before ``PUBLICATION``. After a crash,
    doing it again mends it.
    """
    for name, content in sorted(files.items()):
        path = site / name
        path.parent.mkdir(exist_ok=True)
        beside = atomic_files.temporary(path)
        beside.write_bytes(content)  # readable for the web server; nothing that a crash takes is lost
        os.utime(beside, (moment.timestamp(),) * 2)
        beside.replace(path)
    wanted = {site / name for name in files}
    for path in {*_published_files(site), *_half_written(site), *_older(site)} - wanted:
        path.unlink()


def _older(site: Path) -> Iterator[Path]:
    """Give what an older version has published."""
    yield from (path for path in (site / _OLDER,) if path.is_file())


def _half_written(site: Path) -> Iterator[Path]:
    """Give what a crash has left half written."""
    return (path for name in _FOLDERS for path in (site / name).glob(".*.tmp"))


_FOLDERS = frozenset(name.partition("/")[0] for name in _OPEN)


def _published_files(site: Path) -> Iterator[Path]:
    """Give the files that ``write`` wrote; pages may stand beside them."""
    yield from (path for name in _OPEN if (path := site / name).is_file())
    for pattern in ("*.age", "status-*.bin"):
        yield from (site / "balasan").glob(pattern)


def copy_to_draft(old: Path, new: Path) -> None:
    """Copy the files from the standing site into the one that will take its place, with their time."""
    for path in _published_files(old):
        (new / path.relative_to(old)).parent.mkdir(exist_ok=True)
        shutil.copy2(path, new / path.relative_to(old))


def is_published(site: Path) -> bool:
    """Tell whether a publication as this version makes it stands in the site."""
    return (site / PUBLICATION).is_file()


def sealed_paths(site: Path) -> frozenset[Path]:
    """Give the files in which nobody can read anything: sealed from beginning to end, or only digests and times."""
    return frozenset(
        path for path in _published_files(site) if _is_opaque(path.relative_to(site).as_posix(), path.read_bytes())
    )


def _is_opaque(name: str, content: bytes) -> bool:
    """Tell whether a file is what its place promises."""
    if looks_like := _OPEN.get(name):
        return bool(looks_like.fullmatch(content))
    if _STATUS_FILE.fullmatch(name):
        return sealed_statuses.is_whole(content)
    named = Path(name).stem
    return name == sealed_replies.path(named) and bool(_NAME.fullmatch(named)) and content.startswith(age_sealing.MAGIC)
