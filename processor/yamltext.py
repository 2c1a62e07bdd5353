"""Reads the YAML that people write: every scalar as the text that stands there, each with its line.

YAML's own types are a trap (an unquoted NIP is a number, ``no`` is False, ``2026-13-45`` raises), so the
schema that reads the data decides the type. Mistakes come back as Problems in Indonesian.
"""

import difflib
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
    return parse(path, text)


def parse(path: Path, text: str) -> Document:
    """Parse ``text`` as the content of ``path``; see ``read``."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return _broken(path, text, mark.line + 1 if mark else None, *_explain(text, mark))
    lines: dict[Key, int] = {}
    problems: list[Problem] = []
    data = None if node is None else _plain(node, (), lines, problems, path)
    return Document(path, data, lines, text, tuple(problems))


def _broken(path: Path, text: str, line: int | None, message: str, mend: str) -> Document:
    """A document that could not be parsed."""
    return Document(path, None, {}, text, (Problem(str(path), line, message, mend),))


def _explain(text: str, mark: Any) -> tuple[str, str]:
    """The usual slips of people who are not programmers, each with its mend."""
    lines = text.splitlines()
    here = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "Baris ini menjorok dengan tab.", "Ganti tab dengan spasi."
    if here.count(": ") > 1:
        return "Ada titik dua di dalam isian.", 'Apit isian dengan tanda petik "…", atau pindahkan ke bawah tanda |.'
    return (
        "Susunan YAML tidak terbaca di sekitar baris ini.",
        "Periksa jorokan (2 spasi), titik dua sesudah kunci, dan pasangan tanda petik pada baris ini dan di atasnya.",
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
    try:
        return model.model_validate(document.data or {}), ()
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
    name = ".".join(str(part) for part in detail["loc"])
    message, mend = _sentence(model, detail, name)
    return Problem(str(document.path), document.line(key), message, mend)


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
    if kind.endswith("_type"):
        return f"“{name or 'berkas ini'}” harus berupa {_SHAPES.get(kind, 'beberapa isian menjorok')}.", "Tulis ulang."
    if kind == "value_error":
        return f"“{name}”: {context['error']}", ""
    return f"“{name}” tidak sah ({detail['msg']}).", "Betulkan isian ini."


_SHAPES = {"string_type": "teks", "list_type": "daftar (tiap butir diawali “- ”)"}
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
