"""What the site is made of when it shows figures: the frozen publications, and nothing else of the register."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from processor.cases.published_files import PublishedFiles
from processor.foundation.settings import Settings
from processor.site import open_data


def read(settings: Settings) -> list[Any]:
    """Give every frozen publication as data, oldest first.

    One that is damaged is left out: the next publication is held back until a person settles that.
    """
    found: dict[tuple[str, str], Any] = {}
    for text in _files(settings).texts().values():
        with suppress(ValueError, LookupError, TypeError):
            one = json.loads(text)
            found[str(one["terbit"]), str(one["nama"])] = one
    return [found[key] for key in sorted(found)]


def mark(settings: Settings) -> str:
    """Give a text that differs once anything was published, and not when a case changes."""
    return _files(settings).mark()


def _files(settings: Settings) -> PublishedFiles:
    return PublishedFiles(settings.register, settings.office_key.parent)


def hand_over(publications: Sequence[Any], folder: Path) -> Path:
    """Write the publications into a ``folder`` of which the site's builder is told; give their file."""
    path = folder / "kinerja.json"
    path.write_text(json.dumps(publications), "utf-8")
    return path


def add_open_data(settings: Settings, site: Path, publications: Sequence[Any]) -> None:
    """Put the open data beside their page, where the site has one."""
    folder, agency = site / open_data.FOLDER, f"{settings.instansi.nama} {settings.instansi.pemerintah}"
    if folder.parent.is_dir():
        for name, text in open_data.files(publications, settings.evaluasi.lisensi, agency).items():
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8", newline="")
