"""Tries a compiled template with no, one and three items: what breaks only with some values is found before a case."""

import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateError

from processor.foundation.errors import BrokenFiles, Problem
from processor.letters.word import styles, template_places, zip_package
from processor.letters.word.paragraphs import Markdown
from processor.letters.word.template import CompiledTemplate, TemplateSource

_CUT = (
    "Pasangan {% if %} … {% endif %} atau {% for %} … {% endfor %} memotong susunan surat.",
    "Letakkan pembuka dan penutupnya sama-sama sendirian dalam paragraf, atau sama-sama dalam satu kalimat.",
)
_TRIALS = ((1, "kata"), (3, "kata\n\nkata\tkata"), (0, "kata"), (0, ""))
"""How many items lists hold, and what every other value is."""


def render_trials(compiled: CompiledTemplate, source: TemplateSource, names: Mapping[str, str]) -> None:
    """Render with sample words. Raises BrokenFiles when a document could not be made, or would be broken.

    Args:
        compiled: the template.
        source: what it was compiled from.
        names: every name that it may use and what it holds (``template_check.ValueKind``).
    """
    for items, words in _TRIALS:
        try:
            parts = zip_package.read(compiled.render(sample_values(names, items, words)))
            for name, _ in compiled.texts:
                styles.parse_part(parts[name])
        except SyntaxError:
            raise BrokenFiles((Problem(str(source.path), None, *_CUT),)) from None
        except (TemplateError, TypeError, ValueError) as error:
            raise BrokenFiles((_unfillable(source, error, items),)) from None


def _unfillable(source: TemplateSource, error: Exception, items: int) -> Problem:
    """Say at which line of the template no document could be made, and with which values."""
    stack = traceback.walk_tb(error.__traceback__)
    number = max((line for frame, line in stack if frame.f_code.co_filename == "<template>"), default=1)
    places = (_place(text.source.split("\n"), text.where, number) for text in source.texts)
    when = "bila sebuah daftar atau isian kosong" if items == 0 else "dengan isi percobaan"
    message = f"Tempat isian di sini tidak dapat diisi {when}"
    mend = "Lindungi dengan {% if … %} … {% endif %}, atau tulis lebih sederhana."
    return template_places.problem(source, message, next(filter(None, places), "di dalam suratnya"), mend)


def _place(lines: list[str], where: str, number: int) -> str:
    """Say where a line with a tag stands; "" for a line without, or for none: then it is another part's."""
    tagged = template_places.BRACES.search("".join(lines[number - 1 : number]))
    return template_places.place(lines, where, number) if tagged else ""


def sample_values(names: Mapping[str, str], items: int, word: str) -> dict[str, Any]:
    """Make a value for every name: ``word`` each, and ``items`` of it where there are several."""
    tree: dict[str, Any] = {}
    for path, kind in names.items():
        *groups, name = path.split(".")
        inside = tree
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[name] = (word,) * items if kind == "daftar" else Markdown(word) if kind == "markdown" else word
    return tree
