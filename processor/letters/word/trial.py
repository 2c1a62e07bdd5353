"""Tries a compiled template with no, one and three items: what breaks only with some values is found before a case."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from processor.foundation.errors import BrokenFiles, Problem
from processor.letters.word import styles, zip_package
from processor.letters.word.paragraphs import Markdown
from processor.letters.word.template import CompiledTemplate

_TRIALS = ((1, "kata"), (3, "kata\n\nkata\tkata"), (0, "kata"), (0, ""))
"""How many items lists hold, and what every other value is."""


def render_trials(compiled: CompiledTemplate, path: Path, names: Mapping[str, str]) -> None:
    """Render with sample words. Raises BrokenFiles when a document would be broken.

    Args:
        compiled: the template.
        path: where it lies.
        names: every name that it may use and what it holds (``template_check.ValueKind``).
    """
    for items, words in _TRIALS:
        parts = zip_package.read(compiled.render(sample_values(names, items, words)))
        try:
            for name, _ in compiled.texts:
                styles.parse_part(parts[name])
        except SyntaxError:
            message = "Pasangan {% if %} … {% endif %} atau {% for %} … {% endfor %} memotong susunan surat."
            mend = (
                "Letakkan pembuka dan penutupnya sama-sama sendirian dalam paragraf, atau sama-sama dalam satu kalimat."
            )
            raise BrokenFiles((Problem(str(path), None, message, mend),)) from None


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
