"""Reads the YAML that people write: every scalar as the text that stands there, each with its line.

YAML's own types are a trap (an unquoted NIP is a number, ``no`` is False, ``2026-13-45`` raises), so the
schema that reads the data decides the type. Mistakes come back as Problems in Indonesian.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from processor.foundation import yaml_mistakes
from processor.foundation.errors import BrokenFiles, Problem

Key = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
_NOTE = re.compile(r"[ \t]+#")
_ITEM = re.compile(r"[\w ./-]+")
_YES, _NO = {"ya", "yes", "true", "benar", "sudah"}, {"tidak", "no", "false", "belum"}


def yes_or_no(value: object) -> object:
    """Read a word for yes or no, in Indonesian or English, as a truth; any other value stays as it is."""
    word = value.strip().lower() if isinstance(value, str) else value
    if word in _YES:
        return True
    return False if word in _NO else value


YesNo = Annotated[bool, BeforeValidator(yes_or_no)]
"""A truth written ``ya`` or ``tidak``."""


class Written(BaseModel):
    """Base of everything that people write in YAML: frozen, and a key that it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: plain data (dict, list, str, None), the line of each key, and the text it came from.

    ``noted`` holds the places whose value, written without quotes, is followed by a note (``# …``) on its line.
    """

    path: Path
    data: Any
    lines: dict[Key, int]
    text: str
    problems: tuple[Problem, ...] = ()
    noted: frozenset[Key] = frozenset()

    def line(self, key: Key) -> int | None:
        """Line (from 1) of ``key``, or of the nearest place above it that exists."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key)


def read(path: Path, content: bytes | None = None) -> Document:
    """Read ``path``, or the ``content`` that was read from it.

    A file that cannot be parsed gives ``data=None`` and its Problem, never an exception.
    """
    try:
        text = (path.read_bytes() if content is None else content).decode("utf-8-sig")
    except FileNotFoundError:
        return _unparsed(path, "", None, "Berkas tidak ada.", "Buat berkasnya, atau betulkan alamatnya.")
    except UnicodeDecodeError:
        return _unparsed(path, "", None, "Berkas bukan teks UTF-8.", "Simpan ulang dengan pengodean UTF-8.")
    except OSError as error:
        if path.is_dir():
            return _unparsed(
                path, "", None, "Ini folder, bukan berkas.", "Pindahkan foldernya, atau betulkan alamatnya."
            )
        why = "tidak ada izin" if isinstance(error, PermissionError) else type(error).__name__
        return _unparsed(path, "", None, f"Berkas tidak dapat dibaca ({why}).", "Periksa pemilik dan izin berkasnya.")
    return parse(path, text)


def parse(path: Path, text: str) -> Document:
    """Parse ``text`` as the content of ``path``; see ``read``."""
    seen = _Seen(path, text)
    try:
        data = _only_document(yaml.parse(text, Loader=_Loader), seen)
    except yaml.YAMLError as error:
        return _unparsed(path, text, *yaml_mistakes.explain(text, error))
    except _RefusedFeature as error:
        return _unparsed(path, text, *error.slip)
    return Document(path, data, seen.lines, text, tuple(seen.problems), frozenset(seen.noted))


def _unparsed(path: Path, text: str, line: int | None, message: str, mend: str) -> Document:
    """Make the document of a text that could not be parsed."""
    return Document(path, None, {}, text, (Problem(str(path), line, message, mend),))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is noticed on the way through a document; see ``Document``."""

    path: Path
    text: str
    lines: dict[Key, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    noted: set[Key] = field(default_factory=set)


class _RefusedFeature(Exception):
    """What YAML allows and ``yaml_mistakes.refused_feature`` does not."""

    def __init__(self, slip: yaml_mistakes.Slip) -> None:
        super().__init__(slip)
        self.slip = slip


def _only_document(events: Iterator[Any], seen: _Seen) -> Any:
    """Give the one document of a stream as plain data, None for an empty stream. Raises _Refused and YAMLError."""
    data = begun = None
    for event in events:
        mark: Any = event.start_mark
        if isinstance(event, yaml.DocumentStartEvent):
            if begun:
                raise yaml.composer.ComposerError(None, begun, "found another document", mark)
            first = next(events)
            begun, data = first.start_mark, _as_data(first, events, (), seen)
    return data


def _as_data(event: Any, events: Iterator[Any], key: Key, seen: _Seen) -> Any:
    """Give what begins with ``event`` as plain data, taking the rest of it from ``events``.

    Sees the line of every key, keys that stand twice, and values with a note behind.
    """
    if slip := yaml_mistakes.refused_feature(event, len(key)):
        raise _RefusedFeature(slip)
    seen.lines.setdefault(key, event.start_mark.line + 1)
    end: int = event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        if not event.style and event.value and _NOTE.match(seen.text, end):
            seen.noted.add(key)
        return None if not event.style and event.value in _NULLS else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return [_as_data(item, events, (*key, i), seen) for i, item in enumerate(_inside(events))]
    return _mapping(events, key, seen)


def _mapping(events: Iterator[Any], key: Key, seen: _Seen) -> dict[str, Any]:
    """Give the rest of a mapping; of a key that stands twice the first value counts."""
    result: dict[str, Any] = {}
    for event in _inside(events):
        line: int = event.start_mark.line + 1
        name = _key_name(event, events, key, seen)
        place = (*key, name)
        if name in result:
            message = f"Kunci “{name}” tertulis dua kali (juga pada baris {seen.lines[place]})."
            seen.problems.append(Problem(str(seen.path), line, message, "Sisakan satu."))
            _as_data(next(events), events, place, _Seen(seen.path, seen.text))
        else:
            seen.lines[place] = line
            result[name] = _as_data(next(events), events, place, seen)
    return result


def _key_name(event: Any, events: Iterator[Any], key: Key, seen: _Seen) -> str:
    """Give the key that begins with ``event`` as it stands there; one that is no word as Python would write it."""
    words = _as_data(event, events, (*key, ""), _Seen(seen.path, seen.text))
    return event.value if isinstance(event, yaml.ScalarEvent) else str(words)


def _inside(events: Iterator[Any]) -> Iterator[Any]:
    """Give what stands in the collection that has begun, up to its end."""
    while not isinstance(event := next(events), yaml.CollectionEndEvent):
        yield event


def validate(model: type[M], document: Document) -> tuple[M | None, tuple[Problem, ...]]:
    """Read ``document`` as ``model``, and find every mistake; the model is None when there is one."""
    if document.problems:
        return None, tuple(_or_missing_colon(model, document, one) for one in document.problems)
    if document.data is None:
        return None, (Problem(str(document.path), None, "Berkas kosong.", "Pulihkan dari cadangan."),)
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        return None, tuple(_problem(model, document, detail) for detail in error.errors())


def load(model: type[M], path: Path, content: bytes | None = None) -> M:
    """Read ``path``, or the ``content`` that was read from it, as ``model``. Raises BrokenFiles with every mistake."""
    result, problems = validate(model, read(path, content))
    if result is None:
        raise BrokenFiles(problems)
    return result


def _or_missing_colon(model: type[BaseModel], document: Document, told: Problem) -> Problem:
    """Pass on the problem ``told``, unless what is wrong there is that a key of the model has no colon."""
    found = (
        yaml_mistakes.key_without_colon(document.text, told.line, _keys_of_model(model))
        if document.data is None
        else None
    )
    return Problem(told.place, *found) if found else told


def _problem(model: type[BaseModel], document: Document, detail: Any) -> Problem:
    """Put a mistake that pydantic found in words, with its line."""
    key: Key = tuple(part for part in detail["loc"] if isinstance(part, int) or _in_data(document, detail["loc"], part))
    line = document.line(key)
    if detail["type"] == "model_type" and isinstance(detail["input"], str):
        found = yaml_mistakes.words_without_key(document.text, line or 1, detail["input"], _keys_of_model(model))
        if found:
            return Problem(str(document.path), *found)
    return Problem(str(document.path), line, *_sentence(model, detail, place_in_words(detail["loc"])))


def place_in_words(loc: Key) -> str:
    """Name a place in the file as people count: “kajian.isu_hukum butir 1”."""
    words = "".join(f" butir {part + 1}" if isinstance(part, int) else f".{part}" for part in loc)
    return words.strip(". ")


def _in_data(document: Document, loc: Key, part: str) -> bool:
    """Tell whether ``part`` of a pydantic location is a key of the file (a union adds names of its own)."""
    return any(part in key for key in document.lines) or part == loc[-1]


def _sentence(model: type[BaseModel], detail: Any, name: str) -> tuple[str, str]:
    """Put a mistake that pydantic found in Indonesian: what is wrong, and the mend."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in {"missing", "string_too_short"}:
        return f"“{name}” belum diisi.", "Tambahkan."
    if kind == "extra_forbidden":
        return f"“{name}” tidak dikenal.", nearest(str(detail["loc"][-1]), sorted(_keys_of_model(model)))
    if kind in {"literal_error", "enum"}:
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"“{name}” harus salah satu dari: {allowed}.", nearest(str(detail["input"]), allowed.split(", "))
    for start, (wrong, mend) in _KINDS.items():
        if kind.startswith(start):
            return f"“{name}” {wrong}.", mend
    if kind == "string_type":
        return _not_text(detail, name)
    if kind.endswith("_type"):
        alone = kind in _SHAPES and isinstance(detail["input"], str) and _ITEM.fullmatch(detail["input"])
        shape = _SHAPES.get(kind, "beberapa isian menjorok")
        mend = f"Tulis: [{detail['input']}]." if alone else "Tulis ulang."
        return f"“{name or 'berkas ini'}” harus berupa {shape}.", mend
    if bound := _BOUNDS.get(kind):
        return f"“{name}” {bound} {next(iter(context.values()))}.", "Betulkan angkanya."
    if kind == "value_error":
        return f"“{name}”: {context['error']}", ""
    return f"“{name}” tidak sah ({detail['msg']}).", "Betulkan isian ini."


def _not_text(detail: Any, name: str) -> tuple[str, str]:
    """Explain words that YAML took for keys or a list, because of a colon or a dash in them."""
    if isinstance(detail["input"], dict):
        if detail["loc"] and isinstance(detail["loc"][-1], int):
            return f"Ada titik dua di dalam “{name}”.", 'Apit butir itu dengan tanda petik "…".'
        return f"Ada titik dua di dalam tulisan “{name}”.", yaml_mistakes.LONG
    return f"“{name}” harus berupa teks, bukan daftar.", yaml_mistakes.LONG


_KINDS = {
    "bool": ("harus ya atau tidak", "Tulis ya atau tidak."),
    "time": ("bukan jam yang sah", "Tulis seperti 08.00."),
    "date": ("bukan tanggal atau waktu yang sah", "Tulis seperti 2026-07-02."),
    "int": ("harus bilangan bulat", "Tulis angka saja."),
}
_BOUNDS = {"greater_than_equal": "paling sedikit", "less_than_equal": "paling banyak"}
_SHAPES = {"list_type": "daftar (tiap butir diawali “- ”)"}
_SHAPES["tuple_type"] = _SHAPES["list_type"]


def nearest(word: str, allowed: list[str]) -> str:
    """Propose the word of ``allowed`` nearest to a typo in a sentence, or say what to do else."""
    close = difflib.get_close_matches(word, allowed, n=1, cutoff=0.6)
    if close:
        return f"Maksudnya “{close[0]}”?"
    return "Hapus, atau betulkan ejaannya."


def _keys_of_model(model: type[BaseModel]) -> set[str]:
    """Give every key that ``model`` and the models inside it know."""
    schema = model.model_json_schema()
    found = set(schema.get("properties", {}))
    for part in schema.get("$defs", {}).values():
        found |= set(part.get("properties", {}))
    return found
