"""An office with a case, and a backup of it, made once; whoever changes one takes a copy."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from processor.operations.act_journal import Person
from processor.operations.backups import backing_up
from processor.operations.backups.backing_up import BackedUp
from tests import office as offices
from tests.packages import PDF, dropped, said, sealed
from tests.story import Story

BY = Person("", "petugas")


@dataclass(frozen=True)
class Backed:
    """An office, its backup, and where backups go; ``arrived`` is when its package came."""

    story: Story
    made: BackedUp
    place: Path
    keys_place: Path
    arrived: float


@pytest.fixture(scope="session")
def backed(tmp_path_factory: pytest.TempPathFactory) -> Backed:
    folder = tmp_path_factory.mktemp("cadangan")
    for name in ("kantor", "cadangan", "kunci"):
        (folder / name).mkdir()
    root = offices.small_sources(folder / "bahan")
    shutil.copytree(offices.ROOT / "forms", root / "forms")
    story = Story(folder / "kantor", root=root)
    subprocess.run(["git", "init", "--quiet", story.settings.register], check=True)
    arrives(story, 1)
    place, keys_place = folder / "cadangan", folder / "kunci"
    made = backing_up.back_up(story.office, place, keys_place, BY)
    return Backed(story, made, place, keys_place, story.now.timestamp())


@pytest.fixture
def own(backed: Backed, tmp_path: Path) -> Backed:
    """The same office with a backup of its own, free to change."""
    (tmp_path / "k").mkdir()
    shutil.copytree(backed.story.settings.root, tmp_path / "b")
    story = backed.story.copied(tmp_path / "k", root=tmp_path / "b")
    for name in ("c", "y"):
        (tmp_path / name).mkdir()
    made = backing_up.back_up(story.office, tmp_path / "c", tmp_path / "y", BY)
    return Backed(story, made, tmp_path / "c", tmp_path / "y", backed.arrived)


def arrives(story: Story, person: int) -> None:
    """A package with a file arrives from the site, and a pass files it."""
    package = sealed(offices.keys(story.settings.office_key.parent), said(person, {"a.pdf": PDF}))
    path = dropped(story.settings.packages, package, str(person))
    os.utime(path, (story.now.timestamp(), story.now.timestamp()))
    story.passes()
