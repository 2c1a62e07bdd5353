"""What the site's builder is handed of the register: frozen publications, approved testimonials, public events."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from processor.cases import testimonials
from processor.cases.published_files import PublishedFiles
from processor.foundation.settings import Settings
from processor.foundation.settings_agency import Evaluation
from processor.site import open_data, performance_page, public_events

RECAP = "rekap.json"
"""The file at the top of the site by which others add the office's figures up."""


def read(settings: Settings) -> list[Any]:
    """Give every frozen publication as data, oldest first, also one that only the site that stands still holds.

    One that is damaged is left out: the next publication is held back until a person settles that.
    """
    found = on_site(settings)
    for text in _files(settings).texts().values():
        with suppress(*_DAMAGED):
            one = json.loads(text)
            found |= {str(one["nama"]): one} if _usable(one) else {}
    return sorted(found.values(), key=lambda one: (str(one["terbit"]), str(one["nama"])))


def on_site(settings: Settings) -> dict[str, Any]:
    """Give the publications in the open data of the site that stands, by name; none where they cannot be read."""
    with suppress(OSError, *_DAMAGED):
        whole = json.loads((settings.site / open_data.FOLDER / open_data.WHOLE).read_bytes())
        return {str(one["nama"]): one for one in whole["terbitan"] if _usable(one)}
    return {}


_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What is raised where a page is to be made of a publication that somebody damaged."""


def _usable(one: Any) -> bool:
    """Tell whether a page and open data can be made of a publication: of a damaged one in ``_DAMAGED`` ways not."""
    if one["versi"] != 1:
        return False
    performance_page.performance({"terbitan": [one]}, Evaluation(), "")
    open_data.files([one], Evaluation().lisensi, "")
    return True


def mark(settings: Settings) -> str:
    """Give a text that differs once anything was published, or a public event changed, and not when a case does."""
    events = public_events.mark(settings)
    return f"{_files(settings).mark()} {testimonials.mark(settings.register)} {events}"


def voices(settings: Settings, publications: Sequence[Any]) -> list[Any]:
    """Give the testimonials that the site shows beside these publications."""
    days = [date.fromisoformat(str(one["terbit"])) for one in publications]
    return [*testimonials.on_site(settings.register, max(days, default=None))]


def _files(settings: Settings) -> PublishedFiles:
    return PublishedFiles(settings.register, settings.office_key.parent)


def hand_over(settings: Settings, publications: Sequence[Any], folder: Path) -> Path:
    """Write what the page shows into a ``folder`` of which the site's builder is told; give the file."""
    path = folder / "kinerja.json"
    events = public_events.read(settings)
    handed = {"terbitan": publications, "testimoni": voices(settings, publications), "kegiatan": events}
    path.write_text(json.dumps(handed), "utf-8")
    return path


def add_open_data(settings: Settings, site: Path, publications: Sequence[Any]) -> None:
    """Put the open data beside their page, where the site has one."""
    folder, agency = site / open_data.FOLDER, f"{settings.instansi.nama} {settings.instansi.pemerintah}"
    if folder.parent.is_dir():
        for name, text in open_data.files(publications, settings.evaluasi.lisensi, agency).items():
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8", newline="")
