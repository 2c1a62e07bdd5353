"""What a newer version would change in an office's folder, file by file, before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import processor
from processor.foundation import settings as settings_file
from processor.foundation import shipped
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings
from processor.operations.upgrade import file_differences, folder_version, merged_files, releases
from processor.operations.upgrade.merged_files import Answers, KeyQuestion
from processor.operations.upgrade.releases import MENU, Release

ASIDE = "pembaruan"
"""The folder in the office's own where new versions lie that a person is to take over."""
DIFFERENCES = f"{ASIDE}/perbedaan.txt"
Kind = Literal["ganti", "gabung", "tambah", "hapus", "samping", "usang", "tidak_dikenal"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """What becomes of one file, how the new one differs, and why it is not merged.

    ``ganti``: as shipped before, so the new one takes its place. ``gabung``: merged key by key. ``tambah``: new.
    ``hapus``: as shipped before, and no longer shipped. ``samping``: the office's own, so the new one is put aside.
    ``usang``: the office's own, and no longer shipped. ``tidak_dikenal``: nobody knows from what it began.
    """

    name: str
    kind: Kind
    difference: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file to write: its name in the folder, and its content before and after; None for no file."""

    name: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What is to be done, in its order.

    ``base`` is the version from which the folder began, "" for an unknown one: then nothing is written. ``lacking``
    counts shipped files that the office does not have; the program's own serve.
    """

    base: str
    changes: tuple[FileChange, ...]
    writes: tuple[FileWrite, ...]
    questions: tuple[KeyQuestion, ...]
    lacking: int


def place(settings: Settings, name: str) -> Path:
    """Give where a file of an office's folder stands; its settings may stand elsewhere, under another name.

    Links are followed: what they point to is upgraded, and they stay.
    """
    return settings.path if name == settings_file.FILE_NAME else (settings.root / name).resolve()


def content(settings: Settings, name: str) -> bytes | None:
    """Give what a file of an office's folder holds; None for no file."""
    path = place(settings, name)
    return path.read_bytes() if path.is_file() else None


def make_plan(settings: Settings, answers: Answers | None = None, begun_from: str = "") -> UpgradePlan:
    """Compare an office's folder with what this program ships.

    Args:
        settings: The office's.
        answers: What a person decided about keys that both changed.
        begun_from: The version from which an upgrade began that was broken off; "" for none.

    Raises:
        PayungError: When the folder is the program's own or another's, or of a newer version.
    """
    _refuse(settings)
    program = releases.of_program()
    older = tuple(one for one in releases.released() if one.version != program.version)
    names = dict.fromkeys((MENU, *program.digests, *(name for one in older for name in one.digests)))
    own = {name: found for name in names if (found := content(settings, name)) is not None}
    digests = {name: releases.digest(found) for name, found in own.items()}
    version = begun_from or folder_version.marked(settings.root)
    base = folder_version.base_of(digests, version, (*older, program))
    if base is None:
        return UpgradePlan("", tuple(_unknown(own, digests, program)), (), (), 0)
    work = _Planning(own, digests, base, (*older, program), answers or {})
    for name in names:
        work.look_at(name)
    return work.plan(settings)


def _refuse(settings: Settings) -> None:
    """Raise PayungError where there is nothing to upgrade by this program."""
    if not folder_version.is_apart(settings):
        raise PayungError(
            "Folder ini bagian dari program atau kantor contoh, jadi tidak ada yang diperbarui di sini. Salinan git "
            "diperbarui dengan git pull; kantor contoh dimulai lagi dengan menghapus foldernya."
        )
    found = folder_version.marked(settings.root)
    if found and releases.order(found) > releases.order(processor.__version__):
        raise PayungError(folder_version.NEWER.format(found, processor.__version__))


def _shipped(name: str) -> bytes:
    return (shipped.sources() / name).read_bytes()


def _unknown(own: Mapping[str, bytes], digests: Mapping[str, str], program: Release) -> Iterator[FileChange]:
    """Tell of every file that is not as shipped, where nobody knows from what it began."""
    for name, found in own.items():
        if name in program.digests and digests[name] != program.digests[name]:
            yield FileChange(name, "tidak_dikenal", file_differences.lines(name, found, _shipped(name)))


@dataclass
class _Planning:
    """The plan as it grows, file by file, the menu first."""

    own: Mapping[str, bytes]
    digests: Mapping[str, str]
    base: Release
    versions: tuple[Release, ...]
    answers: Answers
    changes: list[FileChange] = field(default_factory=list)
    writes: list[FileWrite] = field(default_factory=list)
    aside: dict[str, bytes] = field(default_factory=dict)
    questions: list[KeyQuestion] = field(default_factory=list)
    lacking: int = 0
    menu: str = ""

    def look_at(self, name: str) -> None:
        """Decide what becomes of one file."""
        ships = name in self.versions[-1].digests
        if ships and name in self.own:
            self._compare(name)
        elif ships:
            self._missing(name)
        elif name in self.own:
            self._no_longer_shipped(name)
        if name == MENU:
            found = next((one.after for one in self.writes if one.name == name), self.own.get(name))
            self.menu = (found or _shipped(name)).decode("utf-8", "replace")

    def plan(self, settings: Settings) -> UpgradePlan:
        """Give the whole plan."""
        if told := [one for one in self.changes if one.kind == "samping"]:
            text = "\n\n".join("\n".join((f"== {one.name}", one.reason, *one.difference)) for one in told) + "\n"
            self.aside[DIFFERENCES] = text.encode()
        marked = {**self.aside, folder_version.MARK: folder_version.mark_text()}
        writes = [FileWrite(name, content(settings, name), after) for name, after in marked.items()]
        changed = tuple(one for one in (*self.writes, *writes) if one.before != one.after)
        return UpgradePlan(self.base.version, tuple(self.changes), changed, tuple(self.questions), self.lacking)

    def _compare(self, name: str) -> None:
        """Decide about a file that the office has and this version ships."""
        own, new = self.own[name], _shipped(name)
        if self.digests[name] == self.versions[-1].digests[name]:
            return
        if self._is_untouched(name):
            self._write(name, "ganti", new)
        elif releases.is_merged(name) and name in self.base.texts:
            self._merge(name)
        elif self.base.digests.get(name) != self.versions[-1].digests[name]:
            self._put_aside(name, file_differences.lines(name, own, new))

    def _merge(self, name: str) -> None:
        own, new = self.own[name], self.versions[-1].texts[name]
        try:
            merged = merged_files.merge(name, own, (self.base.texts[name], new), self.answers)
        except PayungError as error:
            self._put_aside(name, file_differences.lines(name, own, new.encode()), str(error))
            return
        self.questions += merged.questions
        if merged.content != own:
            self._write(name, "gabung", merged.content, file_differences.lines(name, own, merged.content))

    def _missing(self, name: str) -> None:
        """Add a file that is new where the office has copies of its neighbours; else the program's own serves."""
        top = name.partition("/")[0]
        neighbours = any(one in self.own for one in self.base.digests if one.partition("/")[0] == top)
        if name not in self.base.digests and neighbours and self.base is not self.versions[-1]:
            self._write(name, "tambah", _shipped(name))
        else:
            self.lacking += 1

    def _no_longer_shipped(self, name: str) -> None:
        """Take away a file that is as it was shipped, unless the menu still names it."""
        if name not in self.base.digests:
            return
        if self._is_untouched(name) and name.removeprefix("docs/") not in self.menu:
            self._write(name, "hapus", None)
        else:
            self.changes.append(FileChange(name, "usang"))

    def _is_untouched(self, name: str) -> bool:
        """Tell whether a file is as some version shipped it."""
        return any(one.digests.get(name) == self.digests[name] for one in self.versions)

    def _write(self, name: str, kind: Kind, after: bytes | None, difference: tuple[str, ...] = ()) -> None:
        self.writes.append(FileWrite(name, self.own.get(name), after))
        self.changes.append(FileChange(name, kind, difference))

    def _put_aside(self, name: str, difference: tuple[str, ...], reason: str = "") -> None:
        self.aside[f"{ASIDE}/{name}"] = _shipped(name)
        self.changes.append(FileChange(name, "samping", difference, reason))
