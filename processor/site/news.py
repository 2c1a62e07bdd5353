"""``docs/.kabar.yaml``: what the office announced, newest first. An office without such a file has no news."""

from datetime import date
from pathlib import Path

from pydantic import Field

from processor.foundation import yaml_reader
from processor.foundation.yaml_reader import Written

FILE_NAME = ".kabar.yaml"


class Announcement(Written):
    """One thing that happened on a day."""

    tanggal: date
    judul: str = Field(min_length=1, description="Apa yang terjadi, satu kalimat tanpa titik")


class News(Written):
    """The whole file."""

    kabar: tuple[Announcement, ...] = ()


def announcements(docs: Path) -> tuple[Announcement, ...]:
    """Read the news of the pages in ``docs``, newest first. Raises BrokenFiles with every mistake in it."""
    path = docs / FILE_NAME
    found = yaml_reader.load(News, path).kabar if path.is_file() else ()
    return tuple(sorted(found, key=lambda one: one.tanggal, reverse=True))
