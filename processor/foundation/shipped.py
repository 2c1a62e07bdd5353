"""What an agency starts from: pages, form, templates of letters and mails, settings with sample values.

An agency changes its own copies. Where an older folder lacks a file of a later version, the shipped one counts.
"""

import os
import re
from functools import cache
from pathlib import Path

import processor

PROGRAM = Path(processor.__file__).parent
PUBLIC = ("docs", "forms", "opinions", "mkdocs.yml", "payung.yaml", ".vscode", ".gitignore")
"""What of ``sources`` an agency gets its own copies of."""
_LISTS = ("docs/.cetak.yaml", "docs/.sinonim.yaml")
_PAGE = re.compile(r"[\w./-]+\.md\b")


def sources() -> Path:
    """Give the folder with ``docs``, ``forms``, ``opinions``, ``mkdocs.yml`` and ``payung.yaml`` as they are shipped.

    They stand beside the program in a checkout and inside it where a wheel was installed (pyproject.toml puts them
    there). Nothing is ever written into them.
    """
    inside = PROGRAM / "shipped"
    return inside if inside.is_dir() else PROGRAM.parent


def own_or_shipped(own: Path, name: str) -> Path:
    """Give the office's file ``own`` or, where there is none, the shipped one of this ``name`` under ``sources``.

    Where neither is there, it is ``own``: whoever reads it says what is missing.
    """
    kept = sources() / name
    return own if own.exists() or not kept.is_file() else kept


def lacking(root: Path) -> tuple[str, ...]:
    """Name every shipped file that the office whose folder is ``root`` uses and has none of its own for."""
    shipped = sources()
    menu = own_or_shipped(root / "mkdocs.yml", "mkdocs.yml")
    pages = [f"docs/{page.lstrip('/')}" for page in _PAGE.findall(menu.read_text("utf-8", "replace"))]
    forms = ("forms/permohonan.yaml", "forms/pengaduan.yaml")
    names = dict.fromkeys(("mkdocs.yml", *forms, *_LISTS, *_needed(), *pages))
    here = f"{root}{os.sep}"  # every pass asks for a hundred files: a Path of each would take longer than looking
    return tuple(name for name in names if not os.path.exists(here + name) and (shipped / name).is_file())  # noqa: PTH110


@cache
def _needed() -> tuple[str, ...]:
    """Name the shipped templates, frames and scripts, which stay the same while the program runs."""
    folders = (sources() / name for name in ("opinions", "docs/.tema", "docs/assets"))
    files = (path for folder in folders for path in sorted(folder.rglob("*.*")))
    return tuple(path.relative_to(sources()).as_posix() for path in files)
