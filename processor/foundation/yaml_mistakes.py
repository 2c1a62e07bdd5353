"""The usual slips in YAML of people who are not programmers: the line, what is wrong, the mend. Pure words."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import yaml

Slip = tuple[int | None, str, str]
"""Line (from 1; None where there is none), what is wrong, the mend."""

_GLUED = re.compile(r"\s*(?:- +)*([a-z][a-z0-9_]*):(?!//)[^\s:]")
_COLONLESS = re.compile(r"\s*([a-z][a-z0-9_]*)(?:\s(?!.*:(?:\s|$))|$)")
_INDENTED = re.compile(r"\s*[a-z][a-z0-9_]*:(?:\s|$)")
_BEYOND = re.compile(r"""\s*(?:- +)*(?:[a-z][a-z0-9_]*:\s+)?(?:"[^"]*"|'[^']*')\s*[^\s#:'"]""")
_CUT = re.compile(r"\s*[^\s#].*\s#\S")
_MERGE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_DEEPEST = 50

LONG = "Beri tanda | sesudah titik dua kuncinya, lalu tulis mulai baris berikutnya, menjorok 4 spasi."
QUOTE = 'Apit isian dengan tanda petik "…", atau pindahkan ke bawah tanda |.'
_MARKED = ("Isian diawali tanda yang punya arti khusus (misalnya *, &, @, %, atau `).", QUOTE)
_COLON = ("Ada titik dua di dalam isian.", QUOTE)
NOTED = ("Tulisan sesudah # tidak terbaca.", f"{QUOTE} Catatan? Tulis pada baris sendiri, diawali #.")
_QUOTED = ("Ada tulisan sesudah tanda petik penutup.", f"Isian yang diawali tanda petik ditutup di ujungnya. {LONG}")
_DISTANCE = (
    "Jarak kiri baris ini tidak sama dengan baris lain yang setingkat.",
    "Samakan jarak kirinya (2 spasi tiap tingkat). Bila isian diawali tanda petik, tutup di ujungnya.",
)
_UNREADABLE = (
    "Susunan YAML tidak terbaca di sekitar baris ini.",
    "Periksa jarak kiri (2 spasi), titik dua sesudah kunci, dan pasangan tanda petik pada baris ini dan di atasnya. "
    f"Tulisan panjang? {LONG}",
)


_MERGED = (
    "Ada tanda gabungan git (<<<<<<<, =======, >>>>>>>): dua orang mengubah bagian ini.",
    "Pilih tulisan yang benar di antara kedua tanda itu, atau gabungkan, lalu hapus baris-baris tandanya.",
)


def refused_feature(event: Any, depth: int) -> Slip | None:
    """Say why ``event``, which stands ``depth`` collections deep, is nothing that anybody here means, if so.

    YAML allows anchors, aliases, and nesting without end.
    """
    line: int = event.start_mark.line + 1
    if getattr(event, "anchor", None):
        return line, *_MARKED
    if depth >= _DEEPEST and isinstance(event, yaml.CollectionStartEvent):
        message = f"Isian bertingkat lebih dari {_DEEPEST}."
        return line, message, "Hapus kurung atau jarak kiri yang berlebih."
    return None


def explain(text: str, error: yaml.YAMLError) -> Slip:
    """Say why ``text`` cannot be parsed."""
    lines = text.splitlines()
    merged = [number for number, line in enumerate(lines, start=1) if _MERGE.match(line)]
    if merged and lines[merged[0] - 1][0] == "<":
        return merged[0], *_MERGED
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    where = [min(mark.line, len(lines) - 1) for mark in marks if mark and lines]
    if not where:
        return None, *_UNREADABLE
    for number in (*where, max(where[-1] - 1, 0)):
        if slip := _missing_blank(lines, number):
            return slip
    return _mistake_at(lines, where, str(getattr(error, "problem", "")))


def _mistake_at(lines: Sequence[str], where: Sequence[int], why: str) -> Slip:
    """Say what is wrong on the line where the parser stopped, or began what it could not end."""
    here, last = lines[where[-1]], where[-1] + 1
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return last, "Baris ini menjorok dengan tab.", "Ganti tab dengan spasi."
    if _BEYOND.match(here):
        return last, *_QUOTED
    cut = [number + 1 for number in {where[-1], max(where[-1] - 1, 0)} if _CUT.match(lines[number])]
    if cut and "mapping values" not in why:
        return cut[0], *NOTED
    if "mapping values" in why:
        return last, *(_DISTANCE if _INDENTED.match(here) and here.count(": ") < 2 else _COLON)
    if "expected key" in why:
        return last, *_DISTANCE
    if "alphabetic" in why or "cannot start" in why:
        return last, *_MARKED
    return where[0] + 1, *_UNREADABLE


def key_without_colon(text: str, line: int | None, keys: AbstractSet[str]) -> Slip | None:
    """Find one of ``keys`` without its colon, on ``line`` or on the nearest line above that stands no deeper."""
    lines = text.splitlines()
    if line is None or not lines:
        return None
    depth = [len(one) - len(one.lstrip()) for one in lines]
    above = (n for n in range(line - 2, -1, -1) if lines[n].strip() and depth[n] <= depth[line - 1])
    return next((slip for n in (line - 1, *[*above][:1]) if (slip := _missing_colon(lines, n, keys))), None)


def words_without_key(text: str, line: int, words: str, keys: AbstractSet[str]) -> Slip | None:
    """Say why ``words``, read from ``line`` on, are no keys: no blank after the colon, or no colon after a key."""
    lines = text.splitlines()
    numbers = range(line - 1, len(lines))
    if _GLUED.match(words):
        return next((slip for n in numbers if (slip := _missing_blank(lines, n))), None)
    if _COLONLESS.match(words):
        return next((slip for n in numbers if (slip := _missing_colon(lines, n, keys))), None)
    return None


def _missing_blank(lines: Sequence[str], number: int) -> Slip | None:
    """Find a key whose value follows its colon without a blank."""
    found = _GLUED.match(lines[number])
    message = "Tidak ada spasi sesudah titik dua pada “{}:”."
    return (number + 1, message.format(found[1]), "Beri satu spasi sesudah titik dua.") if found else None


def _missing_colon(lines: Sequence[str], number: int, keys: AbstractSet[str]) -> Slip | None:
    """Find a key without its colon."""
    found = _COLONLESS.match(lines[number])
    if not found or found[1] not in keys:
        return None
    return number + 1, f"Tidak ada titik dua sesudah “{found[1]}”.", f"Tulis “{found[1]}:”, lalu isinya."
