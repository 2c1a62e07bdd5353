"""Merges a file that an office edits key by key with what a newer program ships, and asks where both changed it.

What another agency wrote about itself is no news for this one: it comes as a comment, or is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processor.foundation import (
    atomic_files,
    form_definition,
    law_catalogue,
    settings,
    survey_form,
    yaml_editor,
    yaml_merge,
    yaml_reader,
)
from processor.foundation.errors import PayungError
from processor.foundation.scratch_folders import scratch_folder
from processor.foundation.yaml_merge import ABSENT, Choice, KeyChange
from processor.foundation.yaml_transfer import Place

Answers = Mapping[tuple[str, Place], bool]
"""By file and place, whether the new value is to come."""
_CHECKS: Mapping[str, Callable[[Path], object]] = {
    settings.FILE_NAME: settings.load,
    "forms/permohonan.yaml": form_definition.load,
    "forms/pengaduan.yaml": form_definition.load,
    "forms/survei.yaml": survey_form.load,
    "opinions/dasar-hukum.yaml": law_catalogue.load,
}
_WHO = ("nama", "induk", "pemerintah")


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """A key of a file that a person decides about; until then the office's value stays."""

    name: str
    change: KeyChange


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What a file becomes, and what a person is asked about it."""

    content: bytes
    questions: tuple[KeyQuestion, ...]


def merge(name: str, own: bytes, texts: tuple[str, str], answers: Answers) -> MergedFile:
    """Merge the file ``name`` of an office, of this content, with its ``texts`` as shipped before and now.

    Raises:
        PayungError: When it has mistakes, cannot be changed safely, or would not be what the program reads.
    """
    base, new = texts
    try:
        text = own.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PayungError("Berkas bukan teks UTF-8. Simpan ulang dengan pengodean UTF-8.") from None
    asked: list[KeyQuestion] = []
    merged = yaml_merge.merge(base, text, new, _choose(name, _is_anothers(name, base, text), answers, asked))
    content = own if merged == text else yaml_editor.mark_of(own) + merged.encode()
    if content != own:
        _check(name, content)
    return MergedFile(content, tuple(asked))


def _choose(name: str, is_anothers: bool, answers: Answers, asked: list[KeyQuestion]) -> yaml_merge.Choose:  # noqa: FBT001 -- one of four that a closure needs
    """Give what decides about each key of a file, and notes in ``asked`` what a person is to be asked."""

    def choose(change: KeyChange) -> Choice:
        if not change.is_conflict and not is_anothers:
            return "baru"
        if not change.is_conflict and change.mine is ABSENT:
            return "contoh"
        if (name, change.place) in answers:
            return "baru" if answers[name, change.place] else "tetap"
        asked.append(KeyQuestion(name, change))
        return "tetap"

    return choose


def _is_anothers(name: str, base: str, own: str) -> bool:
    """Tell whether these are settings of another agency than the one whose settings are shipped."""
    return name == settings.FILE_NAME and _who(base) != _who(own)


def _who(text: str) -> list[Any]:
    """Give what tells an agency from others."""
    data = yaml_reader.parse(Path(settings.FILE_NAME), text).data
    agency = data.get("instansi") if isinstance(data, dict) else None
    return [agency.get(key) for key in _WHO] if isinstance(agency, dict) else []


def _check(name: str, content: bytes) -> None:
    """Raise PayungError where the program could not read a file of this content."""
    if name not in _CHECKS:
        return
    with scratch_folder() as folder:
        path = folder / Path(name).name
        atomic_files.write(path, content, sync=False)
        try:
            _CHECKS[name](path)
        except PayungError as error:
            first = str(error).partition("\n")[0].replace(f"{path}, ", "").replace(str(path), path.name)
            raise PayungError(f"Sesudah digabungkan berkas ini tidak sah: {first}") from error
