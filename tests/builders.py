"""Builds the shipped site with the newest builders there are: ``make builders``, or ``python -m tests.builders``.

MkDocs, Material and Zensical are installed as new as they come, beside what ``requirements.txt`` pins. Exits with 1,
and with what the builder said, when one refuses the site, when the two differ in their pages, or when a page needs
Material.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from processor.foundation import settings
from processor.site import pages
from tests.office import ROOT, sources

NEWEST: Final = ("mkdocs", "mkdocs-material", "zensical")
BUILDERS: Final[Mapping[str, tuple[str, ...]]] = {"mkdocs": ("--strict",), "zensical": ("--strict", "--clean")}


class Refused(Exception):
    """A builder did not build the site; holds what it said."""


def newest(folder: Path) -> Path:
    """Make an environment in ``folder`` with the newest builders and what the program needs, and return its Python."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for command in (
        (sys.executable, "-m", "venv", str(folder)),
        (*install, "--require-hashes", "-r", str(ROOT / "requirements.txt")),
        (*install, "--upgrade", *NEWEST),
        (*install, "--no-deps", "-e", str(ROOT)),
    ):
        subprocess.run(command, check=True)
    return python


def build(python: Path, builder: str, office: Path, config: str = "mkdocs.yml") -> dict[str, bytes]:
    """Build an office's site and return its pages by their paths. Raises Refused."""
    environment = {**os.environ, **pages.builder_environment(settings.load(ROOT / settings.FILE_NAME), ())}
    command = (str(python), "-m", builder, "build", "-f", config, *BUILDERS[builder])
    done = subprocess.run(
        command, cwd=office, env=environment | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{builder}:\n{done.stdout}{done.stderr}")
    site = (office / "site").rename(office / f"{builder}-{config}")
    return {str(page.relative_to(site)): page.read_bytes() for page in site.rglob("*.html")}


def without_material(office: Path) -> str:
    """Write an office's site configuration anew with no theme but its own templates; return the file's name."""
    name = "tanpa-material.yml"
    lines = (office / "mkdocs.yml").read_text("utf-8").splitlines()
    own = (line for line in lines if not line.startswith(("  language:", "  font:")))
    text = "\n".join("  name: null" if line.startswith("  name: material") else line for line in own)
    (office / name).write_text(text, "utf-8")
    return name


def check(python: Path, office: Path) -> str:
    """Build the site by both builders and without Material, and say how many pages there are. Raises Refused."""
    built = {builder: build(python, builder, office) for builder in BUILDERS}
    if odd := built["mkdocs"].keys() ^ built["zensical"].keys():
        raise Refused(f"only one of the two makes: {', '.join(sorted(odd))}")
    if built["mkdocs"] != build(python, "mkdocs", office, without_material(office)):
        raise Refused("pages change when Material is gone")
    return f"{len(built['mkdocs'])} pages, the same set by both, and the same bytes by MkDocs without Material"


def main() -> int:
    """Try the newest builders and print what came of it."""
    with tempfile.TemporaryDirectory() as scratch:
        python = newest(Path(scratch) / "venv")
        versions = (f"import importlib.metadata as m; print(*(f'{{one}} {{m.version(one)}}' for one in {NEWEST}))",)
        subprocess.run((str(python), "-c", *versions), check=True)
        try:
            print(check(python, sources(Path(scratch) / "office")))
        except Refused as refusal:
            print(refusal, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
