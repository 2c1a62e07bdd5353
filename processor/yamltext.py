"""Reads the YAML that people write: every scalar as the text that stands there, each with its line.

YAML's own types are a trap (an unquoted NIP is a number, ``no`` is False, ``2026-13-45`` raises), so the
schema that reads the data decides the type. Mistakes come back as Problems in Indonesian.
"""

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from processor.errors import BrokenFiles, Problem

Key = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
_GLUED = re.compile(r"\s*(?:- +)*([a-z][a-z0-9_]*):(?!//)[^\s:]")
_INDENTED = re.compile(r"\s*[a-z][a-z0-9_]*:(?:\s|$)")
_DEEPEST = 50
_YES, _NO = {"ya", "yes", "true", "benar", "sudah"}, {"tidak", "no", "false", "belum"}


def _yes_or_no(value: object) -> object:
    word = value.strip().lower() if isinstance(value, str) else value
    if word in _YES:
        return True
    return False if word in _NO else value


YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""A truth written ``ya`` or ``tidak``."""


class Written(BaseModel):
    """Base of everything that people write in YAML: frozen, and a key that it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: plain data (dict, list, str, None), the line of each key, and the text it came from."""

    path: Path
    data: Any
    lines: dict[Key, int]
    text: str
    problems: tuple[Problem, ...] = field(default=())

    def line(self, key: Key) -> int | None:
        """Line (from 1) of ``key``, or of the nearest place above it that exists."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key)


def read(path: Path) -> Document:
    """Read ``path``. A file that cannot be parsed gives ``data=None`` and its Problem, never an exception."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return _broken(path, "", None, "Berkas tidak ada.", "Buat berkasnya, atau betulkan alamatnya.")
    except UnicodeDecodeError:
        return _broken(path, "", None, "Berkas bukan teks UTF-8.", "Simpan ulang dengan pengodean UTF-8.")
    except OSError as error:
        if path.is_dir():
            return _broken(path, "", None, "Ini folder, bukan berkas.", "Pindahkan foldernya, atau betulkan alamatnya.")
        why = "tidak ada izin" if isinstance(error, PermissionError) else type(error).__name__
        return _broken(path, "", None, f"Berkas tidak dapat dibaca ({why}).", "Periksa pemilik dan izin berkasnya.")
    return parse(path, text)


def parse(path: Path, text: str) -> Document:
    """Parse ``text`` as the content of ``path``; see ``read``."""
    try:
        refused = _refused(text)
        node = None if refused else yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return _broken(path, text, *_explain(text, error))
    if refused:
        return _broken(path, text, *refused)
    lines: dict[Key, int] = {}
    problems: list[Problem] = []
    data = None if node is None else _plain(node, (), lines, problems, path)
    return Document(path, data, lines, text, tuple(problems))


def _broken(path: Path, text: str, line: int | None, message: str, mend: str) -> Document:
    """A document that could not be parsed."""
    return Document(path, None, {}, text, (Problem(str(path), line, message, mend),))


def _refused(text: str) -> tuple[int, str, str] | None:
    """What YAML allows and nobody here means: anchors and aliases, and nesting without end."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None):
            return line, *_MARKED
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return line, f"Isian bertingkat lebih dari {_DEEPEST}.", "Hapus kurung atau jarak kiri yang berlebih."
    return None


_MARKED = (
    "Isian diawali tanda yang punya arti khusus (misalnya *, &, @, %, atau `).",
    'Apit isian dengan tanda petik "…", atau pindahkan ke bawah tanda |.',
)
_COLON = ("Ada titik dua di dalam isian.", 'Apit isian dengan tanda petik "…", atau pindahkan ke bawah tanda |.')
_DISTANCE = (
    "Jarak kiri baris ini tidak sama dengan baris lain yang setingkat.",
    "Samakan jarak kirinya (2 spasi tiap tingkat). Bila isian diawali tanda petik, tutup di ujungnya.",
)
_BLANK = ("Tidak ada spasi sesudah titik dua pada “{}:”.", "Beri satu spasi sesudah titik dua.")
_LONG = "Beri tanda | sesudah titik dua kuncinya, lalu tulis mulai baris berikutnya, menjorok 4 spasi."


def _explain(text: str, error: yaml.YAMLError) -> tuple[int | None, str, str]:
    """The usual slips of people who are not programmers: line, what is wrong, the mend."""
    lines = text.splitlines()
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    where = [min(mark.line, len(lines) - 1) for mark in marks if mark and lines]
    if not where:
        return None, *_UNREADABLE
    for number in (*where, max(where[-1] - 1, 0)):
        if glued := _GLUED.match(lines[number]):
            return number + 1, _BLANK[0].format(glued[1]), _BLANK[1]
    here, why = lines[where[-1]], str(getattr(error, "problem", ""))
    last = where[-1] + 1
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return last, "Baris ini menjorok dengan tab.", "Ganti tab dengan spasi."
    if "mapping values" in why:
        return last, *(_DISTANCE if _INDENTED.match(here) and here.count(": ") < 2 else _COLON)
    if "expected key" in why:
        return last, *_DISTANCE
    if "alphabetic" in why or "cannot start" in why:
        return last, *_MARKED
    return where[0] + 1, *_UNREADABLE


_UNREADABLE = (
    "Susunan YAML tidak terbaca di sekitar baris ini.",
    "Periksa jarak kiri (2 spasi), titik dua sesudah kunci, dan pasangan tanda petik pada baris ini dan di atasnya. "
    f"Tulisan panjang? {_LONG}",
)


def _plain(node: Any, key: Key, lines: dict[Key, int], problems: list[Problem], path: Path) -> Any:
    """A node as plain data; notes the line of every key, and keys that stand twice."""
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NULLS else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*key, i), lines, problems, path) for i, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for name_node, value in node.value:
        name, line = str(name_node.value), name_node.start_mark.line + 1
        if name in result:
            first = lines[(*key, name)]
            message = f"Kunci “{name}” tertulis dua kali (juga pada baris {first})."
            problems.append(Problem(str(path), line, message, "Sisakan satu."))
            continue
        lines[(*key, name)] = line
        result[name] = _plain(value, (*key, name), lines, problems, path)
    return result


def validate(model: type[M], document: Document) -> tuple[M | None, tuple[Problem, ...]]:
    """``document`` as ``model``, and every mistake found; the model is None when there is one."""
    if document.problems:
        return None, document.problems
    if document.data is None:
        return None, (Problem(str(document.path), None, "Berkas kosong.", "Pulihkan dari cadangan."),)
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        return None, tuple(_problem(model, document, detail) for detail in error.errors())


def load(model: type[M], path: Path) -> M:
    """Read ``path`` as ``model``. Raises BrokenFiles with every mistake at once."""
    result, problems = validate(model, read(path))
    if result is None:
        raise BrokenFiles(problems)
    return result


def _problem(model: type[BaseModel], document: Document, detail: Any) -> Problem:
    """A mistake that pydantic found, with its line."""
    key: Key = tuple(part for part in detail["loc"] if isinstance(part, int) or _in_data(document, detail["loc"], part))
    line = document.line(key)
    glued = _GLUED.match(detail["input"]) if isinstance(detail["input"], str) else None
    if detail["type"] == "model_type" and glued:
        beside = [number for number, text in enumerate(document.text.splitlines(), 1) if _GLUED.match(text)]
        line = next((number for number in beside if number >= (line or 1)), line)
        return Problem(str(document.path), line, _BLANK[0].format(glued[1]), _BLANK[1])
    return Problem(str(document.path), line, *_sentence(model, detail, _name(detail["loc"])))


def _name(loc: Key) -> str:
    """A place in the file as people count: “kajian.isu_hukum butir 1”."""
    words = "".join(f" butir {part + 1}" if isinstance(part, int) else f".{part}" for part in loc)
    return words.strip(". ")


def _in_data(document: Document, loc: Key, part: str) -> bool:
    """Whether ``part`` of a pydantic location is a key of the file (a union adds names of its own)."""
    return any(part in key for key in document.lines) or part == loc[-1]


def _sentence(model: type[BaseModel], detail: Any, name: str) -> tuple[str, str]:
    """A mistake that pydantic found, in Indonesian: what is wrong, and the mend."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return f"“{name}” belum diisi.", "Tambahkan."
    if kind == "extra_forbidden":
        return f"“{name}” tidak dikenal.", nearest(str(detail["loc"][-1]), sorted(_names(model)))
    if kind in {"literal_error", "enum"}:
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"“{name}” harus salah satu dari: {allowed}.", nearest(str(detail["input"]), allowed.split(", "))
    if kind.startswith("bool"):
        return f"“{name}” harus ya atau tidak.", "Tulis ya atau tidak."
    if kind.startswith(("date", "time")):
        return f"“{name}” bukan tanggal atau waktu yang sah.", "Tulis seperti 2026-07-02."
    if kind.startswith("int"):
        return f"“{name}” harus bilangan bulat.", "Tulis angka saja."
    if kind == "string_type":
        return _no_text(detail, name)
    if kind.endswith("_type"):
        return f"“{name or 'berkas ini'}” harus berupa {_SHAPES.get(kind, 'beberapa isian menjorok')}.", "Tulis ulang."
    if kind == "value_error":
        return f"“{name}”: {context['error']}", ""
    return f"“{name}” tidak sah ({detail['msg']}).", "Betulkan isian ini."


def _no_text(detail: Any, name: str) -> tuple[str, str]:
    """Words that YAML took for keys or a list, because of a colon or a dash in them."""
    if isinstance(detail["input"], dict):
        if detail["loc"] and isinstance(detail["loc"][-1], int):
            return f"Ada titik dua di dalam “{name}”.", 'Apit butir itu dengan tanda petik "…".'
        return f"Ada titik dua di dalam tulisan “{name}”.", _LONG
    return f"“{name}” harus berupa teks, bukan daftar.", _LONG


_SHAPES = {"list_type": "daftar (tiap butir diawali “- ”)"}
_SHAPES["tuple_type"] = _SHAPES["list_type"]


def nearest(word: str, allowed: list[str]) -> str:
    """A sentence that proposes the word nearest to a typo, or lists what is allowed."""
    close = difflib.get_close_matches(word, allowed, n=1, cutoff=0.6)
    if close:
        return f"Maksudnya “{close[0]}”?"
    return "Hapus, atau betulkan ejaannya."


def _names(model: type[BaseModel]) -> set[str]:
    """Every key that ``model`` and the models inside it know."""
    schema = model.model_json_schema()
    found = set(schema.get("properties", {}))
    for part in schema.get("$defs", {}).values():
        found |= set(part.get("properties", {}))
    return found
