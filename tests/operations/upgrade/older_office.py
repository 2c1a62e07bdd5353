"""The folder that an office of version 0.1 left behind, without its register: settings, form, templates and texts."""

import shutil
from pathlib import Path

from processor.foundation import settings
from processor.foundation.settings import Settings
from tests.office import ROOT, everything

KEPT = ROOT / "tests" / "data" / "office-0.1"
NEWS = "docs/kabar/2026-11-layanan-dibuka.md"
"""A page that 0.1 shipped, and no later version does."""


def older_office(folder: Path) -> Settings:
    """A copy of the folder, free to change."""
    shutil.copytree(KEPT, folder, ignore=shutil.ignore_patterns("pribadi", "README.md"))
    shutil.copy(ROOT / "tests" / "data" / "layanan-dibuka-0.1.md", folder / NEWS)
    return settings.load(folder / settings.FILE_NAME)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the office by its name, but for what upgrades keep for themselves."""
    found = {path.relative_to(folder).as_posix(): content for path, content in everything(folder).items()}
    return {name: content for name, content in found.items() if not name.startswith(".payung/")}
