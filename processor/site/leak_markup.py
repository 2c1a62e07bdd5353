"""Every reading of a name or a text in which an identity could stand: as it is, without markup, resolved, decoded."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote, unquote_to_bytes

TextKind = Literal["prose", "code", "bytes", "unread"]


class ReadableText(NamedTuple):
    """Text that a file holds. Code is written for machines, bytes may be no text at all."""

    text: str
    kind: TextKind = "prose"


UNREAD = ReadableText("", "unread")


def read_name(name: str) -> Iterator[ReadableText]:
    """Read a file's or folder's name: as it is, with blanks for its marks, with its CamelCase taken apart."""
    apart = re.sub(r"[-_/\\.+,]", " ", unquote(name))
    humps = re.sub(r"(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z])(?=[A-Z][a-z])", " ", apart)
    yield from (ReadableText(text, "code") for text in dict.fromkeys((name, unquote(name), apart, humps)))


def read_text(text: str, kind: TextKind = "prose") -> Iterator[ReadableText]:
    """Read text as it is and without tags, its entities, escapes and percent signs resolved."""
    text = _ESCAPE.sub(_character, _FONT.sub("", text))
    yield from _markup(text, kind)
    resolved = html.unescape(text)
    if resolved.count("<") > text.count("<"):
        yield from _markup(resolved, kind)


_FONT = re.compile(r"<a:font [^<>]*>")
"""A font for a script in every Word file's theme: one of them is called Kartika."""
_ESCAPE = re.compile(r"\\(?:u\{?([0-9a-fA-F]{4})\}?|x([0-9a-fA-F]{2})|[nrt])")
_TAG = re.compile(r"<[^<>]*>")
_INDENT = re.compile(r">\s+<")
_BLOCK = re.compile(
    r"</?(?:\w+:)?(?:p|div|li|ul|ol|dl|dt|dd|t[dhrc]|h[1-6]|h|br|hr|tab|cr|section|article|header|footer|nav|main|aside"
    r"|title|option|label|button|table|caption|figcaption|summary|details|blockquote|pre|address|text|tspan|desc|si|row"
    r"|url|loc|script|style|head|body)\b[^<>]*>",
    re.IGNORECASE,
)
"""The tags of HTML, SVG, sitemaps, Word, Excel and ODF that end a word."""


def _character(match: re.Match[str]) -> str:
    """Give the character that a JavaScript escape stands for."""
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else " "


def _markup(text: str, kind: TextKind) -> Iterator[ReadableText]:
    """Give text with its tags; without them, as a word runs on through inline tags; and with a blank for each."""
    tagged = "<" in text
    raw = html.unescape(text)
    raw_kind: TextKind = "code" if tagged and kind == "prose" else kind
    yield ReadableText(raw, raw_kind)
    if "%" in raw:
        yield ReadableText(unquote(raw), raw_kind)
    if tagged:
        yield ReadableText(html.unescape(_TAG.sub("", _BLOCK.sub(" ", text))), kind)
        yield ReadableText(html.unescape(_TAG.sub(" ", text)), kind)
    if "<tspan" in text:  # SVG: a word may stand letter by letter, each in its place
        yield ReadableText(html.unescape(_TAG.sub("", _INDENT.sub("><", text))), kind)


def json_strings(data: Any) -> tuple[list[str], list[str]]:
    """Give all values and all keys of parsed JSON, in their order."""
    values: list[str] = []
    keys: list[str] = []
    waiting = [data]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            keys += thing
            waiting += reversed(thing.values())
        elif isinstance(thing, list):
            waiting += reversed(thing)
        else:
            values.append(str(thing))
    return values, keys


_DATA = re.compile(r"data:[\w/+.;=-]{0,100};base64,\s*([\w+/%-][\w+/%=\s-]{7,})", re.IGNORECASE)
"""An address that is a file by itself, as pages and styles carry pictures."""


def carried_files(text: str) -> Iterator[bytes]:
    """Give the files that a text carries in addresses of its own, as far as they can be decoded."""
    for found in _DATA.findall(html.unescape(text)):
        letters = b"".join(unquote_to_bytes(found).translate(bytes.maketrans(b"-_", b"+/")).split()).rstrip(b"=")
        with suppress(binascii.Error):
            yield base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
