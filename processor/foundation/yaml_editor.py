"""Changes single values, and adds entries to lists, in a YAML file that belongs to a person; no other byte changes.

Splices at the marks of the parsed text, then parses again and compares the data: an edit that would say
anything else than what was asked is refused.
"""

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from processor.foundation import atomic_files, yaml_reader
from processor.foundation.errors import Busy, PayungError
from processor.foundation.yaml_writer import dump

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SectionChanges = Mapping[tuple[Any, ...], Any]
"""What to write where: (section, key) -> text, list of texts, mapping, or None for empty.

(key,) -> a text of the file itself. (section, key, key) -> the same as (section, key), one mapping deeper. Of a list:
(section,) -> a mapping that is added to it; (section, position from 0, key) -> a text in one of its items.
"""


def write(path: Path, read: str, changes: SectionChanges) -> None:
    """Apply ``changes`` to the file ``path``, whose text was ``read`` when somebody decided on them.

    Raises:
        Busy: When the file has changed since.
        PayungError: When the text cannot be edited safely.
    """
    replace_text(path, read, apply(read, changes))


def replace_text(path: Path, read: str, edited: str) -> None:
    """Put the text ``edited`` into the file ``path``, whose text was ``read``. Raises Busy when that has changed."""
    content = path.read_bytes()
    if content.decode("utf-8-sig", "replace") != read:
        raise Busy(f"{path.name} berubah sejak dibaca; tidak ada yang ditulis. Lihat lagi, lalu ulangi perintah ini.")
    atomic_files.replace(path, mark_of(content) + edited.encode())


def mark_of(content: bytes) -> bytes:
    """Give the byte order mark with which a file begins that some editors write; b"" for none."""
    return codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""


def apply(text: str, changes: SectionChanges) -> str:
    """Give ``text`` with ``changes``, every other character as it was. Raises PayungError when that cannot be done."""
    wanted = _parsed(text)
    edited = text
    for place, value in changes.items():
        section = str(place[0])
        if len(place) == 1 and not isinstance(value, Mapping):
            edited = _with_key(edited, yaml.compose(edited, Loader=_Loader), section, value)
            wanted[section] = _as_read_back(value)
        elif len(place) == 1:
            edited = with_entry(edited, value, section)
            wanted[section] = [*(wanted.get(section) or []), _as_read_back(value)]
        elif len(place) == 2:
            edited = _with_value(edited, section, str(place[1]), value)
            wanted[section] = {**(wanted.get(section) or {}), place[1]: _as_read_back(value)}
        elif isinstance(place[1], str):
            edited = _with_key(edited, _inner_mapping(edited, section, place[1]), place[2], value)
            inner = {**wanted[section][place[1]], place[2]: _as_read_back(value)}
            wanted[section] = {**wanted[section], place[1]: inner}
        else:
            edited = with_changed_entry(edited, place[1], {place[2]: value}, section)
            wanted[section] = _entries(edited, section)
    if _data(edited) != wanted:
        raise PayungError(_UNSAFE)
    return edited


def _inner_mapping(text: str, section: str, key: str) -> Any:
    """Give the node of a mapping in a section. Raises PayungError where there is none."""
    outer = _find_pair(yaml.compose(text, Loader=_Loader), section)[1]
    node = _find_pair(outer, key)[1] if isinstance(outer, yaml.MappingNode) else None
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise PayungError(_UNSAFE)
    return node


def with_entry(text: str, entry: Mapping[str, Any], section: str = "") -> str:
    """Give ``text`` with ``entry`` at the end of the list ``section``, or of the one that the file is without it.

    Raises PayungError when that cannot be done safely.
    """
    before = _entries(text, section)
    node = _list_node(text, section)
    if before and node.flow_style is False:
        edited = _insert(text, _last_written(text, node), "", _entry_lines(entry, node.start_mark.column))
    elif before:
        raise PayungError(_UNSAFE)
    else:
        edited = _with_first_entry(text, node, entry, section)
    return _checked(text, edited, section, [*before, _mapping_read_back(entry)])


def with_changed_entry(text: str, at: int, changes: Mapping[str, Any], section: str = "") -> str:
    """Give ``text`` with values of the entry at position ``at`` (from 0) of a list changed. See ``with_entry``."""
    wanted = _entries(text, section)
    if at >= len(wanted):  # somebody took one out since it was counted
        raise PayungError(_UNSAFE)
    wanted[at] = {**wanted[at], **_mapping_read_back(changes)}
    edited = text
    for key, value in changes.items():
        edited = _with_key(edited, _list_node(edited, section).value[at], key, value)
    return _checked(text, edited, section, wanted)


def _entries(text: str, section: str) -> list[Any]:
    """Give the list that a text holds, empty where it holds nothing. Raises PayungError for anything else."""
    found = _parsed(text).get(section) if section else _document(text).data
    if not isinstance(found, list | None):
        raise PayungError(_UNSAFE)
    return [*(found or ())]


def _list_node(text: str, section: str) -> Any:
    """Give the node of a list, or of what stands in its place; None where nothing does."""
    root = yaml.compose(text, Loader=_Loader)
    return _find_pair(root, section)[1] if section else root


def _with_first_entry(text: str, node: Any, entry: Mapping[str, Any], section: str) -> str:
    """Give ``text`` with the first entry of a list, where so far nothing stands, or []."""
    if node is None:
        gap = "" if not text or text.endswith("\n") else _newline(text)
        lines = [f"{section}:", *_entry_lines(entry, 2)] if section else _entry_lines(entry, 0)
        return text + gap + "".join(line + _newline(text) for line in lines)
    begin = node.start_mark.index
    emptied = text[:begin].rstrip(" ") + text[node.end_mark.index :]
    if not section:  # the line on which [] stood begins with the entry
        return text[:begin] + _newline(text).join(_entry_lines(entry, 0)) + text[node.end_mark.index :]
    return _insert(emptied, len(text[:begin].rstrip(" ")), "", _entry_lines(entry, 2))


def _last_written(text: str, node: Any) -> int:
    """Find where the last word of a list or a mapping stands; its own end mark lies behind the notes that follow it."""
    while isinstance(node, yaml.CollectionNode) and node.flow_style is False and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return _content_end(text, node)


def _entry_lines(entry: Mapping[str, Any], indent: int) -> list[str]:
    """Write an entry of a list as lines."""
    _, *lines = dump({"butir": [dict(entry)]}).rstrip("\n").split("\n")
    return [" " * indent + line.removeprefix("  ") if line else line for line in lines]


def _mapping_read_back(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _as_read_back(value) for key, value in entry.items()}


def _checked(before: str, edited: str, section: str, wanted: list[Any]) -> str:
    """Pass on an edited text that says what was asked, and nothing else. Raises PayungError for another."""
    expected = {**_parsed(before), section: wanted} if section else wanted
    if _document(edited).data != expected:
        raise PayungError(_UNSAFE)
    return edited


def _parsed(text: str) -> dict[str, Any]:
    """Parse a text. Raises PayungError when it has mistakes, which must be mended first."""
    data = _document(text).data
    if not isinstance(data, dict):
        raise PayungError(_BROKEN)
    return data


def _document(text: str) -> yaml_reader.Document:
    """Parse a text. Raises PayungError when it has mistakes."""
    document = yaml_reader.parse(Path("berkas"), text)
    if document.problems:
        raise PayungError(_BROKEN)
    return document


_BROKEN = "Berkas memuat kesalahan YAML. Betulkan dulu: payung periksa menunjukkan barisnya."
_UNSAFE = "Berkas tidak dapat diubah dengan aman di tempat ini. Ubah sendiri di penyunting teks."


def _data(text: str) -> dict[str, Any] | None:
    """Give the mapping that a text holds; None when it has mistakes."""
    document = yaml_reader.parse(Path("berkas"), text)
    return document.data if not document.problems and isinstance(document.data, dict) else None


def _as_read_back(value: Any) -> Any:
    """Give a value in the form in which it is read back."""
    if isinstance(value, Mapping):
        return {key: _as_read_back(one) for key, one in value.items()}
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else value if value is None else str(value)


def _with_value(text: str, section: str, key: str, value: Any) -> str:
    """Give ``text`` with one value in place."""
    root = yaml.compose(text, Loader=_Loader)
    node = _find_pair(root, section)[1]
    if node is None:
        gap = "" if not text or text.endswith("\n") else _newline(text)
        return text + gap + _joined_lines(text, f"{section}:", _value_lines(key, value, 2, whole=True))
    if not isinstance(node, yaml.MappingNode):
        return _insert(text, node.start_mark.index, "", _value_lines(key, value, 2, whole=True))
    if not node.value:  # {} stands for nothing yet
        begin = node.start_mark.index
        emptied = text[:begin].rstrip(" ") + text[node.end_mark.index :]
        return _insert(emptied, len(text[:begin].rstrip(" ")), "", _value_lines(key, value, 2, whole=True))
    return _with_key(text, node, key, value)


def _with_key(text: str, node: Any, key: str, value: Any) -> str:
    """Give ``text`` with one value in place, in a mapping that holds others."""
    name, old = _find_pair(node, key)
    if old is None and node.flow_style:
        end = node.end_mark.index - 1
        return f"{text[:end].rstrip()}, {key}: {value}{text[end:]}"
    if old is None:
        last = node.value[-1][1]
        end = _content_end(text, last) if last.end_mark.index > last.start_mark.index else last.start_mark.index
        return _insert(text, end, "", _value_lines(key, value, node.value[0][0].start_mark.column, whole=True))
    colon = text.index(":", name.end_mark.index) + 1
    between = text[colon : old.start_mark.index]
    kept = between.rstrip() if "\n" in between else ""  # a comment before a list on the lines below
    head, *below = _value_lines(key, value, name.start_mark.column, whole=False)
    return _insert(text[:colon] + kept + text[_last_written(text, old) :], colon, head, below)


def _find_pair(node: Any, key: str) -> tuple[Any, Any]:
    """Find the nodes of ``key`` and of its value in a mapping; None twice where it is not."""
    return next(((name, value) for name, value in node.value if name.value == key), (None, None))


def _content_end(text: str, node: Any) -> int:
    """Find where a value really ends: a block's own end mark lies behind the blank lines that follow it."""
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


def _value_lines(key: str, value: Any, indent: int, *, whole: bool) -> list[str]:
    """Write ``key`` with ``value`` as lines; without ``whole``, what follows the colon and the lines below it."""
    written = dict(value) if isinstance(value, Mapping) else _as_read_back(value)
    first, *rest = dump({key: written}).rstrip("\n").split("\n")
    pad = " " * indent
    below = [pad + line if line else line for line in rest]
    return [pad + first, *below] if whole else [first.removeprefix(f"{key}:"), *below]


def _insert(text: str, index: int, head: str, below: list[str]) -> str:
    """Put ``head`` at ``index`` of ``text``, and the lines ``below`` after the line that holds it."""
    line_end = text.find("\n", index)
    line_end = len(text) if line_end < 0 else line_end - (text[line_end - 1 : line_end] == "\r")
    tail = "".join(_newline(text) + line for line in below)
    return text[:index] + head + text[index:line_end] + tail + text[line_end:]


def _joined_lines(text: str, first: str, below: list[str]) -> str:
    """Join lines that are to be added at the end of ``text``."""
    return "".join(line + _newline(text) for line in (first, *below))


def _newline(text: str) -> str:
    """Tell how lines end in ``text``."""
    return "\r\n" if "\r\n" in text else "\n"
