"""What staff changed in a case file since the journal last noted it, and who did; by fingerprints, never by words."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from processor.cases.case_file import CaseFile
from processor.cases.records import Event

_FINGERPRINTS_KEY = "isi"
_OURS = {"nomor_registrasi", "diajukan", "diterima", "sumber"}


def fingerprints(case: CaseFile, fingerprint: Callable[[str, str], str]) -> dict[str, str]:
    """Compute a keyed fingerprint of everything that is filled in, by its place (``kajian.saran``)."""
    return {place: fingerprint("isi", text) for place, text in _filled_places(case)}


def _filled_places(part: BaseModel, above: str = "") -> Iterator[tuple[str, str]]:
    """Give place and text of all that is filled in; keys of staff are one place, as their names may be anybody's."""
    for name, field in type(part).model_fields.items():
        place, value = above + name, getattr(part, name)
        if isinstance(value, BaseModel):
            yield from _filled_places(value, f"{place}.")
        elif isinstance(value, tuple) and any(isinstance(one, BaseModel) for one in value):
            yield place, str([[*_filled_places(one)] for one in value])
        elif value and value != field.default and place not in _OURS:  # nobody wrote what a later version presumes
            yield place, str(value)
    if added := sorted((name, value) for name, value in (part.model_extra or {}).items() if value):
        yield f"{above}lain", str(added)


def changed_fields(
    case: CaseFile, events: Sequence[Event], fingerprint: Callable[[str, str], str]
) -> Mapping[str, str]:
    """Find the places that changed since the journal last noted them; their new fingerprints ("" where emptied)."""
    known: dict[str, str] = {}
    for event in events:
        known |= event.data.get(_FINGERPRINTS_KEY, {})
    now = fingerprints(case, fingerprint)
    changed = {place for place in known.keys() | now.keys() if known.get(place, "") != now.get(place, "")}
    return {place: now.get(place, "") for place in sorted(changed)}


def edit_record(changed: Mapping[str, str]) -> dict[str, object]:
    """Give what the journal keeps of an edit: which places, and the fingerprints to compare with next time."""
    return {"bagian": list(changed), **initial_record(changed)}


def initial_record(filled: Mapping[str, str]) -> dict[str, object]:
    """Give what the journal keeps of a new case file, to compare with later."""
    return {_FINGERPRINTS_KEY: dict(filled)}


def author(register: Path, path: Path) -> str:
    """Name who last committed ``path``, where the register is under git and holds it just as it is; else ""."""
    git = shutil.which("git")
    if git is None or not (register / ".git").exists():
        return ""
    asked = [git, "-C", str(register)]
    try:
        state = _git_output([*asked, "status", "--porcelain", "--", str(path)])
        return "" if state else _git_output([*asked, "log", "-1", "--format=%an", "--", str(path)])
    except (OSError, subprocess.SubprocessError):
        return ""


def _git_output(command: Sequence[str]) -> str:
    """Give what a command of git prints. Raises OSError or SubprocessError when it fails or takes too long."""
    done = subprocess.run(command, capture_output=True, check=True, timeout=10)  # noqa: S603 -- fixed words and our paths
    return done.stdout.decode("utf-8", "replace").strip()
