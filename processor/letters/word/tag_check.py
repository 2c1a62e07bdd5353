"""Finds placeholders and commands that are not written as they must be, in the words that Word shows."""

import difflib
import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError

from processor.foundation.errors import Problem
from processor.letters.word import lone_tags, template, template_places
from processor.letters.word.template import TemplateSource
from processor.letters.word.template_places import BRACES, WordPart

_LEFT_OPEN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FOREIGN = re.compile(r"\{\{(?:r|tr|tc)\s[^}]*\}\}|\{%(?:r|tc)\s[^%]*%\}|\{%\s*(?:colspan|cellbg|vm|hm)\b[^%]*%\}")
_WHOLE_ONLY = re.compile(r"\{[{%](?:p|tr)\s[^{}]*[}%]\}")
_PARTS = re.compile(r"\{([{%])(?:(?:p|tr)\s)?[-+]?\s*(.*?)\s*[-+]?[%}]\}", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_COMMANDS = {
    "if": "{{% {} %}}{{% endif %}}",
    "for": "{{% {} %}}{{% endfor %}}",
    "elif": "{{% if uraian %}}{{% {} %}}{{% endif %}}",
    "else": "{{% if uraian %}}{{% {} %}}{{% endif %}}",
    "endif": "{{% if uraian %}}{{% {} %}}",
    "endfor": "{{% for satu in uraian %}}{{% {} %}}",
}
_MEANT = {"jika": "if", "bila": "if", "untuk": "for", "setiap": "for", "selesai": "endif", "akhir": "endif"}
_WHOLE = "Tempat isian dibuka dan ditutup dalam satu paragraf: {{ … }} atau {% … %}."
_REASONS = {
    "end of print statement": ("berisi lebih dari satu nama", "Tulis satu nama saja, tanpa spasi di dalamnya."),
    "end of statement block": ("berisi kata yang berlebih", "Tulis seperti {% if uraian %} atau {% endif %}."),
    "'in'": ("tidak berisi “in”", "Tulis seperti {% for isu in kajian.isu_hukum %}."),
}


def mistakes(source: TemplateSource, words: WordPart, markdown: Mapping[str, object]) -> Iterator[Problem]:
    """Find what is wrong with the tags of one part.

    Args:
        source: the template.
        words: the part.
        markdown: the names that fill paragraphs of their own.
    """
    for number, (paragraph, line) in enumerate(zip(words.paragraphs, words.lines, strict=True), start=1):
        found = [*_line_mistakes(line), *_crowded(paragraph, line, markdown)]
        for message, mend in found or [*_unreadable(line)]:
            where = template_places.place(words.lines, words.where, number)
            yield template_places.problem(source, message, where, mend)


def _line_mistakes(line: str) -> Iterator[tuple[str, str]]:
    """Find tags that are foreign, broken off or hold what nobody sees, with their mends."""
    for tag in _FOREIGN.findall(line):
        yield (
            f"“{tag}” tidak dapat dipakai",
            "Pakai {{ … }}, {% if … %}, {% for … %}, atau {%tr for … %} pada baris tabel.",
        )
    visible = lone_tags.INVISIBLE.sub("", line)
    hidden = set(BRACES.findall(visible)) - set(BRACES.findall(line))
    for tag in sorted(hidden):
        mend = "Hapus tempat isian itu, lalu ketik ulang sekali jalan; jangan menyalinnya dari halaman web."
        yield f"Di dalam “{tag}” ada huruf yang tidak terlihat", mend
    left = _LEFT_OPEN.search(BRACES.sub("", visible))
    if left:
        yield f"Tanda “{left[0]}” tidak berpasangan", _WHOLE


def _crowded(paragraph: object, line: str, markdown: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Find what stands beside a tag that must be alone in its paragraph."""
    visible = lone_tags.INVISIBLE.sub("", line)
    for tag in _WHOLE_ONLY.findall(visible):
        if tag != visible.strip():
            mend = "Pindahkan kata dan tanda lain di paragraf itu ke paragraf lain: dari sana ikut hilang."
            yield f"“{tag}” harus sendirian dalam paragrafnya, tetapi di sana ada kata atau tanda lain", mend
    if lone_tags.command_alone(line) or lone_tags.value_alone(line) in markdown:
        tag = " ".join(lone_tags.INVISIBLE.sub("", line).split())
        for obstacle, mend in lone_tags.in_the_way(paragraph):
            yield f"“{tag}” harus sendirian dalam paragrafnya, tetapi di sana ada {obstacle}", mend


def _unreadable(line: str) -> Iterator[tuple[str, str]]:
    """Find tags that the template language cannot read, one by one."""
    for tag in BRACES.findall(line):
        parts = _PARTS.fullmatch(tag)
        if not parts:
            continue
        kind, inside = parts[1], parts[2].translate(_QUOTES)
        word = re.match(r"\w*", inside)
        command = word[0] if word else ""
        if kind == "%" and command not in _COMMANDS:
            yield _unknown_command(tag, command)
        elif wrong := _why_unreadable(_COMMANDS[command].format(inside) if kind == "%" else f"{{{{ {inside} }}}}"):
            yield f"“{tag}” {wrong[0]}", wrong[1]


def _unknown_command(tag: str, command: str) -> tuple[str, str]:
    if not command:
        return f"“{tag}” tidak berisi perintah", "Hapus, atau tulis seperti {% if uraian %}."
    close = difflib.get_close_matches(command.lower(), list(_COMMANDS), n=1, cutoff=0.6)
    meant = _MEANT.get(command.lower()) or (close[0] if close else "")
    known = "Yang dikenal: if, elif, else, endif, for, endfor."
    return f"Perintah “{command}” pada “{tag}” tidak dipakai di naskah", f"Maksudnya “{meant}”?" if meant else known


def _why_unreadable(tag: str) -> tuple[str, str] | None:
    """Say why the template language cannot read a tag; None when it can."""
    try:
        template.environment().parse(tag)
    except TemplateSyntaxError as error:
        words = error.message or ""
        if words.startswith("Expected an expression"):
            return "tidak berisi nama", "Hapus, atau isi dengan satu nama dari daftar isian di docs/petugas/templat.md."
        found = (
            reason for known, reason in _REASONS.items() if f"token {known!r}" in words or f"token {known}" in words
        )
        return next(found, ("tidak terbaca", "Hapus, lalu ketik ulang seperti contoh di docs/petugas/templat.md."))
    return None
