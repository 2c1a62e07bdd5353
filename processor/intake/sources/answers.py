"""Turns answers as exports and the Google API write them into those of a case: option keys, one value a line."""

import re

from processor.foundation.form_definition import Question, day_in, option_key
from processor.foundation.question_titles import comparable_title

_LINK_AHEAD = re.compile(r"\s*[;,]?\s+(?=https?://)|[;,](?=https?://)")
_AS_TEXT = re.compile(r'=\s*"(.*)"')
_FRACTION = re.compile(r"(\+?\d{8,})[.,]0{1,2}")
_ROUNDED = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+|\d{15}000")


def normalised(question: Question, text: str) -> str:
    """Write ``text`` as ``Response.answers`` keeps it. What is not recognised stays as the applicant wrote it."""
    text = without_number_format(text) if question.jenis in {"nip", "telepon"} else text
    if question.jenis in {"pilihan", "persetujuan"}:
        return options(question, text)
    if question.jenis == "unit":
        return option_key(question, " ".join(text.split()))
    if question.jenis == "tanggal":
        day = day_in(text)
        return day.isoformat() if day else text.strip()
    if question.jenis == "berkas":
        return "\n".join(part.strip(" ,;") for part in _LINK_AHEAD.split(text.strip()) if part.strip(" ,;"))
    return text.strip()


def options(question: Question, text: str) -> str:
    """Find the keys of the chosen options, one a line.

    Google joins boxes by ``;`` in a CSV and by ``, `` in a sheet, Microsoft ends with ``;``; an option's own
    words may hold either, so known options are matched before anything is cut.
    """
    whole = " ".join(text.split()).strip(" ;")
    if (key := option_key(question, whole)) in question.pilihan or not whole:
        return key
    if keys := _only_known(question, whole):
        return "\n".join(keys)
    return "\n".join(option_key(question, part.strip()) for part in text.split(";") if part.strip())


def without_number_format(text: str) -> str:
    """Take off what keeps a number a text in a spreadsheet (``="0812"``, ``'0812``) or makes it a fraction (``.0``)."""
    text = text.strip()
    inner = _AS_TEXT.fullmatch(text)
    text = inner[1] if inner else text.removeprefix("'")
    fraction = _FRACTION.fullmatch(text)
    return fraction[1] if fraction else text


def is_fraction(text: str) -> bool:
    """Tell whether ``text`` is a whole number that a program wrote as a fraction: ``81200000001.0``."""
    return bool(_FRACTION.fullmatch(text.strip()))


def lost_digits(text: str) -> bool:
    """Tell whether ``text`` is a number that a spreadsheet rounded: ``1.98501E+17``, 18 digits of which it kept 15."""
    return bool(_ROUNDED.fullmatch(text.strip()))


def _only_known(question: Question, text: str) -> list[str]:
    """List the options of which ``text`` is made; empty when it holds anything else."""
    names = {comparable_title(words): key for key, words in question.pilihan.items() if comparable_title(words)}
    rest, keys = text.casefold(), []
    while rest:
        fits = [n for n in names if rest.startswith(n) and re.match(r"[.:?]?\s*(?:[;,]|$)", rest[len(n) :])]
        if not fits:
            return []
        name = max(fits, key=len)
        keys.append(names[name])
        rest = rest[len(name) :].lstrip(".:? ;,")
    return keys
