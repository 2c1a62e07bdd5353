"""``forms/survei.yaml`` -> SurveyForm: the nine elements of the satisfaction survey (PermenPANRB 14/2017) in words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from processor.foundation import yaml_reader
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.question_titles import comparable_title, plain_title
from processor.foundation.yaml_reader import Document, Written

ElementKey = Literal["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"]
Mark = Literal["1", "2", "3", "4"]
KEYS: tuple[ElementKey, ...] = get_args(ElementKey)
MARKS: tuple[Mark, ...] = get_args(Mark)


class SurveyElement(Written):
    """One element; ``pilihan`` has the words of each mark, from 1 (worst) to 4."""

    kunci: ElementKey
    judul: str
    bantuan: str = ""
    pilihan: dict[Mark, str]
    alias: tuple[str, ...] = Field(default=(), description="Judul lain pada formulir lama")


class SurveyWords(Written):
    """Where somebody may write what they suggest."""

    judul: str
    bantuan: str = ""
    maks: int = Field(default=1000, ge=1, le=1000, description="Banyaknya huruf paling banyak")
    alias: tuple[str, ...] = Field(default=(), description="Judul lain pada formulir lama")


class SurveyForm(Written):
    """The survey as code: the single source of its questions."""

    judul: str
    pengantar: str = ""
    unsur: tuple[SurveyElement, ...]
    saran: SurveyWords

    def element(self, title: str) -> SurveyElement | None:
        """Give the element that a column of this ``title`` answers; None for any other title."""
        wanted = (comparable_title(title), plain_title(title))
        return next((one for one in self.unsur if not _titles(one).isdisjoint(wanted)), None)

    def asks_for_words(self, title: str) -> bool:
        """Tell whether a column of this ``title`` holds what people suggest."""
        return not _titles(self.saran).isdisjoint((comparable_title(title), plain_title(title)))


def _titles(one: SurveyElement | SurveyWords) -> set[str]:
    """Give every spelling of a question's title and aliases by which a column is known."""
    return {spelt(title) for title in (one.judul, *one.alias) for spelt in (comparable_title, plain_title)}


def mark_of(element: SurveyElement, answer: str) -> int | None:
    """Give the mark, 1 to 4, that an answer in an export means: its words, its number, or both; None for neither."""
    words: Mapping[str, str] = {comparable_title(said): mark for mark, said in element.pilihan.items()}
    text = comparable_title(answer)
    found = words.get(text) or words.get(comparable_title(text.lstrip("1234").lstrip(" .)-–=")))
    number = text[:1] if text[:1] in MARKS and not text[1:2].isdigit() else ""
    if found and number and found != number:
        return None
    if found:
        return int(found)
    return int(number) if text == number and number else None


def load(path: Path) -> SurveyForm:
    """Read the definition. Raises BrokenFiles with every mistake in it, with its line."""
    document = yaml_reader.read(path)
    form, problems = yaml_reader.validate(SurveyForm, document)
    if form is not None:
        problems = tuple(_mistakes(form, document))
    if form is None or problems:
        raise BrokenFiles(problems)
    return form


def _mistakes(form: SurveyForm, document: Document) -> Iterator[Problem]:
    """Give what the regulation does not let be otherwise: the nine elements in their order, with all four marks."""
    if tuple(one.kunci for one in form.unsur) != KEYS:
        message = "Unsurnya bukan U1 sampai U9 berurutan, masing-masing sekali."
        mend = "Kesembilan unsur ditetapkan PermenPANRB 14/2017; kembalikan yang kurang."
        yield Problem(str(document.path), document.line(("unsur",)), message, mend)
    for number, one in enumerate(form.unsur):
        if {*one.pilihan} != {*MARKS}:
            line = document.line(("unsur", number, "pilihan"))
            message = f"Pilihan {one.kunci} tidak lengkap."
            yield Problem(str(document.path), line, message, "Tulis kata untuk nilai 1, 2, 3, dan 4.")
