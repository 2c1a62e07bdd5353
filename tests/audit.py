"""Checks what is pinned against known advisories: ``python -m tests.audit [FILE]``.

FILE is a JSON list of OSV records (osv.dev), for a computer without network; without it pip-audit asks PyPI. Exits with
0 when nothing is known, 1 when something is, 2 when nothing could be checked.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tests.size import ROOT, pinned

LOCK = ROOT / "requirements-dev.txt"
"""Holds all that ``requirements.txt`` does."""
_PYPI = "https://pypi.org/pypi/pip/json"
_UNCHECKED = (
    "Nothing was checked: PyPI cannot be reached, and no advisories were given.\n"
    "Fetch OSV records of PyPI elsewhere (osv.dev), then: make audit ADVISORIES=records.json"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A pinned version of which something is known."""

    package: str
    version: str
    advisory: str
    date: str


def find_hits(pins: Iterable[Requirement], advisories: Iterable[Mapping[str, Any]]) -> Iterator[Hit]:
    """Tell which pins an advisory names; one that was withdrawn names none."""
    known = [(canonicalize_name(pin.name), str(pin.specifier).removeprefix("==")) for pin in pins]
    for advisory in advisories:
        for affected in () if "withdrawn" in advisory else advisory.get("affected", ()):
            package = affected["package"]
            name = canonicalize_name(package["name"])
            if package["ecosystem"] == "PyPI":
                found = [version for own, version in known if own == name and _is_affected(Version(version), affected)]
                yield from (Hit(name, version, advisory["id"], advisory["modified"][:10]) for version in found)


def _is_affected(version: Version, affected: Mapping[str, Any]) -> bool:
    """Whether a version is one of the named ones or lies in a range."""
    named = {parsed for text in affected.get("versions", ()) if (parsed := _parsed(text))}
    ranges = (one["events"] for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM")
    return version in named or any(_in_range(version, events) for events in ranges)


def _parsed(text: str) -> Version | None:
    """A version; None for what pip would not install either."""
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _in_range(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Walk a range's events in the order of their versions, up to ``version`` (OSV schema, "Evaluation")."""
    inside = False
    for kind, text in sorted((pair for event in events for pair in event.items()), key=lambda pair: Version(pair[1])):
        if version > Version(text) or (version == Version(text) and kind != "last_affected"):
            inside = kind == "introduced"
    return inside


def check_offline(file: Path, lock: Path) -> int:
    """Check against the advisories in ``file`` and say of when they are."""
    advisories = json.loads(file.read_text("utf-8"))
    hits = sorted(set(find_hits(pinned(lock), advisories)), key=lambda hit: (hit.package, hit.advisory))
    for hit in hits:
        print(f"{hit.package} {hit.version}: {hit.advisory} ({hit.date})")
    newest = max((one["modified"][:10] for one in advisories), default="never")
    print(f"{len(hits)} known of what {lock.name} pins, by {len(advisories)} advisories, the newest of {newest}.")
    return 1 if hits else 0


def check_online(lock: Path) -> int:
    """Let pip-audit ask PyPI; it is fetched for this alone."""
    try:
        urllib.request.urlopen(_PYPI, timeout=10).close()
    except OSError:
        print(_UNCHECKED, file=sys.stderr)
        return 2
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    audit = ["-m", "uv", "tool", "run", "pip-audit", "--strict", "--disable-pip", "--require-hashes", "-r", str(lock)]
    return subprocess.run([sys.executable, *audit], check=False).returncode


if __name__ == "__main__":
    sys.exit(check_offline(Path(sys.argv[1]), LOCK) if sys.argv[1:] else check_online(LOCK))
