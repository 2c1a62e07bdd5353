"""A letter that somebody opens in Word: what is done to it there, and what it says then."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
from docx.document import Document

from processor.operations import letter_prints
from tests.story import NUMBER, Story

TODAY = date(2026, 3, 2)
GIVEN = "180/1/Huk-2026"
LETTER = "pendapat-hukum.docx"
PDF = b"%PDF-1.7\nditandatangani\n%%EOF\n"


def outgoing(story: Story, name: str = LETTER) -> Path:
    return story.office.register.path(NUMBER) / "keluar" / name


def edit(path: Path, words: Callable[[Document], object] = lambda _: None) -> None:
    """Somebody opens the letter, does that, and saves."""
    opened, saved = docx.Document(str(path)), io.BytesIO()
    words(opened)
    opened.save(saved)
    path.write_bytes(saved.getvalue())


def rewrite(opened: Document) -> None:
    found = next(one for one in opened.paragraphs if "secara tertulis" in one.text)
    found.runs[0].text = "Tolak secara lisan saja."


def text(path: Path) -> str:
    found = letter_prints.read(path.read_bytes())
    assert found is not None
    return found.text
