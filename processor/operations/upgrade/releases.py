"""What each released version shipped: the digest of every file, and the texts that offices edit key by key.

By these an older folder is known for what it is. ``make generated`` writes the table of the version that is released.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import processor
from processor.foundation import settings, shipped
from processor.site import news

TABLES = Path(__file__).with_name("releases")
_PICTURE = "beranda.png"  # of its home page, for README
MENU = "mkdocs.yml"
_MERGED = (settings.FILE_NAME, MENU, "opinions/dasar-hukum.yaml", "docs/.cetak.yaml")
_NOT_SHIPPED = ("~$", ".~lock.")


@dataclass(frozen=True, slots=True)
class Release:
    """What a version shipped: ``digests`` of all files by their names, ``texts`` of those that are merged."""

    version: str
    digests: Mapping[str, str]
    texts: Mapping[str, str]


def is_merged(name: str) -> bool:
    """Tell whether a shipped file is merged key by key: settings, forms, menu, law, words of prints."""
    return name in _MERGED or (name.startswith("forms/") and name.endswith(".yaml"))


def digest(content: bytes) -> str:
    """Give a file's digest; how the lines of a text end does not count, as git and editors change that."""
    text = content if b"\0" in content else content.replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()


@cache
def released() -> tuple[Release, ...]:
    """Give what every released version shipped, the oldest first."""
    tables = (json.loads(path.read_text("utf-8")) for path in TABLES.glob("*.json"))
    found = [Release(one["versi"], one["berkas"], one["teks"]) for one in tables]
    return tuple(sorted(found, key=lambda one: order(one.version)))


def of_program() -> Release:
    """Give what this program ships."""
    contents = {name: (shipped.sources() / name).read_bytes() for name in _names()}
    texts = {name: content.decode() for name, content in contents.items() if is_merged(name)}
    return Release(processor.__version__, {name: digest(one) for name, one in contents.items()}, texts)


def table(release: Release) -> str:
    """Write what a version shipped as the text of its table."""
    data = {"versi": release.version, "berkas": dict(release.digests), "teks": dict(release.texts)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def order(version: str) -> tuple[list[int], bool]:
    """Give what versions are sorted by; one that is still being written comes before itself."""
    numbers = version.partition(".dev")[0].split(".")
    return [int(one) for one in numbers if one.isdecimal()], ".dev" not in version


def is_the_shippers(path: Path) -> bool:
    """Tell whether a file is of the office that ships: news, official texts, a picture. No other gets these."""
    return path.name in {news.FILE_NAME, _PICTURE} or (path.parent.name == "resmi" and path.suffix != ".md")


def _names() -> list[str]:
    """Name every file that is shipped to an office."""
    root = shipped.sources()
    files = (path for name in shipped.PUBLIC for path in _files(root / name))
    names = [path.relative_to(root).as_posix() for path in files if not is_the_shippers(path)]
    return sorted(one for one in names if not one.endswith(".lock.json"))


def _files(path: Path) -> list[Path]:
    inside = path.rglob("*") if path.is_dir() else (path,)
    return [one for one in inside if one.is_file() and not one.name.startswith(_NOT_SHIPPED)]
