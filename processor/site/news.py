"""The office's news, newest first: ``docs/.kabar.yaml``, and events of its own that it made public.

An office without either has no news. Of events see ``public_events``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from processor.cases.case_parts import CaseText, Day
from processor.foundation import yaml_reader
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings import Settings
from processor.foundation.yaml_reader import Written
from processor.site.plain_markdown import plain

FILE_NAME = ".kabar.yaml"
PAGE = "kabar/"


class Announcement(Written):
    """One thing that happened on a day."""

    tanggal: date
    judul: str = Field(min_length=1, description="Apa yang terjadi, satu kalimat tanpa titik")
    isi: CaseText = Field(default="", description="Keterangannya; alinea dipisahkan baris kosong")
    diperbarui: Day = Field(default=None, description="Kapan isinya terakhir diubah sesudah terbit")


class News(Written):
    """The whole file."""

    kabar: Annotated[tuple[Announcement, ...], BeforeValidator(lambda written: written or ())] = ()


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What the page shows of one piece of news; ``mark`` names it for good, on the page and in the feed."""

    mark: str
    day: date
    updated: date
    title: str
    text: str

    def shared(self, address: str) -> str:
        """Give the text by which people hand it on; ``address`` is the site's."""
        words = (f"*{self.title}*\n{tanggal(self.day)}", self.text, f"{address}{PAGE}#{self.mark}")
        return "\n\n".join(filter(None, words))


def items(docs: Path, events: Sequence[Mapping[str, Any]] = ()) -> tuple[NewsItem, ...]:
    """Give the news of the pages in ``docs`` and of public ``events``, newest first.

    Raises BrokenFiles with every mistake in the file.
    """
    found = [*_announced(_written(docs / FILE_NAME)), *(_event(one) for one in events)]
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def _written(path: Path) -> tuple[Announcement, ...]:
    """Read what was announced; nothing where there is no file, or one of notes alone. Raises BrokenFiles."""
    document = yaml_reader.read(path) if path.is_file() else None
    if document is None or (document.data is None and not document.problems):
        return ()
    found, problems = yaml_reader.validate(News, document)
    if found is None:
        raise BrokenFiles(problems)
    return found.kabar


def early(office: Settings) -> Iterator[Problem]:
    """Find news of a day that is still to come: it stands above all other until then. Not in a file with mistakes."""
    path, today = office.root / "docs" / FILE_NAME, datetime.now(office.layanan.zone).date()
    document = yaml_reader.read(path) if path.is_file() else None
    written = yaml_reader.validate(News, document)[0] if document else None
    for at, one in enumerate(written.kabar if written else ()):
        if document and one.tanggal > today:
            message = f"Kabar bertanggal {tanggal(one.tanggal)}, yang belum tiba, sudah tampil, paling atas."
            line = document.line(("kabar", at, "tanggal"))
            yield Problem(str(path), line, message, "Periksa tahunnya, atau tulis tanggal kabar itu terbit.")


def _announced(written: Sequence[Announcement]) -> Iterator[NewsItem]:
    """Give what was announced, each named by its day and its number of that day, so that its words may be mended."""
    count = Counter[date]()
    for one in written:
        count[one.tanggal] += 1
        mark = f"{one.tanggal.isoformat()}-{count[one.tanggal]}"
        yield NewsItem(mark, one.tanggal, max(one.diperbarui or one.tanggal, one.tanggal), one.judul, one.isi.strip())


def _event(one: Mapping[str, Any]) -> NewsItem:
    day = date.fromisoformat(one["umum"])
    return NewsItem(f"kegiatan-{one['tanda']}", day, day, one["judul"], one["isi"])


def for_page(found: Sequence[NewsItem], address: str) -> list[dict[str, Any]]:
    """Give the news as pages show them: words that are safe in Markdown, and the text to hand on as HTML."""
    return [
        {
            "tanda": one.mark,
            "tanggal": one.day,
            "judul": plain(one.title),
            "isi": [plain(part) for part in one.text.split("\n\n") if part.strip()],
            "bagikan": escape(one.shared(address)).replace("\n", "&#10;"),
        }
        for one in found
    ]
