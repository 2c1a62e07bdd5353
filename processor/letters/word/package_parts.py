"""Finds the parts of a Word file by their relationships and content types, never by the names of its files.

Word 365, Google Docs and others name parts as they like (``word/document2.xml``). ``with_usual_names`` gives the parts
that letters are made of the names that the rest of the program knows.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from processor.letters.word import styles

TYPES = "[Content_Types].xml"
LETTER, CORE, APP, CUSTOM = "word/document.xml", "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace of a letter that was saved as "Strict Open XML"."""

_USUAL = ("styles", "numbering", "settings", "footnotes", "endnotes", "comments")
_PROPERTIES = {"core-properties": CORE, "extended-properties": APP, "custom-properties": CUSTOM}


@dataclass(frozen=True, slots=True)
class Relationship:
    """How one part uses another: ``kind`` is the last word of its type; ``target`` is a part, or an address outside."""

    id: str
    kind: str
    target: str
    external: bool


def relationships(parts: Mapping[str, bytes], source: str = "") -> tuple[Relationship, ...]:
    """List what the part ``source`` uses; "" is the file as a whole. Raises SyntaxError when the list is damaged."""
    name = _list_of(source)
    if name not in parts:
        return ()
    return tuple(_relationship(source, entry) for entry in styles.parse_part(parts[name]).iter("{*}Relationship"))


def _list_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relationship(source: str, entry: styles.Element) -> Relationship:
    kind = str(entry.get("Type", "")).rpartition("/")[2]
    target, external = str(entry.get("Target", "")), entry.get("TargetMode") == "External"
    inside = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), unquote(target)))[1:]
    return Relationship(str(entry.get("Id", "")), kind, target if external else inside.lstrip("/"), external)


def related(parts: Mapping[str, bytes], source: str, kind: str) -> tuple[str, ...]:
    """Name the parts that ``source`` uses as ``kind`` (``header``) and that the file really holds."""
    found = (one.target for one in relationships(parts, source) if one.kind == kind and not one.external)
    return tuple(dict.fromkeys(target for target in found if target in parts))


def letter(parts: Mapping[str, bytes]) -> str:
    """Name the part that is the letter itself. Raises KeyError when there is none, SyntaxError when it is damaged."""
    found = related(parts, "", "officeDocument")
    if not found or "word" not in content_types(parts)[found[0]]:
        raise KeyError(TYPES)
    return found[0]


def require_whole(parts: Mapping[str, bytes]) -> None:
    """Raise SyntaxError when a part of the letter, or a list of what parts use, is damaged."""
    for name, content in parts.items():
        if name.endswith(".rels") or (name.startswith("word/") and name.endswith(".xml")):
            styles.parse_part(content)


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give the content type of every part; "" where the file does not say it. Raises KeyError where it says none."""
    entries = [entry.attrib for entry in styles.parse_part(parts[TYPES]) if entry.get("ContentType")]
    by_name = {one["PartName"].lstrip("/"): one["ContentType"] for one in entries if "PartName" in one}
    by_ending = {one["Extension"].lower(): one["ContentType"] for one in entries if "Extension" in one}
    return {name: by_name.get(name) or by_ending.get(name.rpartition(".")[2].lower(), "") for name in parts}


def users(parts: Mapping[str, bytes], target: str) -> tuple[tuple[str, str], ...]:
    """List which parts use ``target``, each with the id of the relationship."""
    found = ((source, one) for source in ("", *parts) for one in relationships(parts, source))
    return tuple((source, one.id) for source, one in found if one.target == target and not one.external)


def with_usual_names(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the letter and the parts it is made of their usual names, in whatever folder they lie.

    Raises KeyError when there is no letter, SyntaxError when a list of parts is damaged.
    """
    main = letter(parts)
    new = {main: LETTER}
    for kind in _USUAL:
        new |= dict.fromkeys(related(parts, main, kind)[:1], f"word/{kind}.xml")
    for kind, usual in _PROPERTIES.items():
        new |= dict.fromkeys(related(parts, "", kind)[:1], usual)
    new = {old: name for old, name in new.items() if old != name}
    if not new:
        return dict(parts)
    sources = {_list_of(source): source for source in ("", *parts)}
    moved = {name: new.get(name, name) for name in parts} | {
        listed: _list_of(new.get(source, source)) for listed, source in sources.items() if listed in parts
    }
    taken = set(new.values()) | {_list_of(name) for name in new.values()}
    result = {}
    for name, content in parts.items():
        if name == moved[name] and name in taken:
            continue  # of no use to the letter, and in the way
        if name in sources:
            content = _retargeted(content, sources[name], new)  # noqa: PLW2901  the same part, told anew
        result[moved[name]] = content
    result[TYPES] = _retyped(parts[TYPES], new)
    return result


def _retargeted(content: bytes, source: str, new: Mapping[str, str]) -> bytes:
    """Let a list of relationships name the parts by their new names, from where the list now lies."""
    root, folder = styles.parse_part(content), posixpath.dirname(new.get(source, source))
    for entry in root.iter("{*}Relationship"):
        found = _relationship(source, entry)
        if not found.external:
            entry.set("Target", posixpath.relpath(new.get(found.target, found.target), folder or "."))
    return styles.serialise(root).encode()


def _retyped(content: bytes, new: Mapping[str, str]) -> bytes:
    """Let the list of content types name the parts by their new names, and none twice."""
    root = styles.parse_part(content)
    for entry in root.findall("{*}Override"):
        name = str(entry.get("PartName", "")).lstrip("/")
        if name in new:
            entry.set("PartName", f"/{new[name]}")
        elif name in new.values():
            root.remove(entry)
    return styles.serialise(root).encode()


def without(parts: Mapping[str, bytes], unwanted: Callable[[str, Relationship], bool]) -> dict[str, bytes]:
    """Take the relationships out that are ``unwanted`` (given the source), and every part that nothing uses any more.

    Raises SyntaxError when a list of parts is damaged.
    """
    result = dict(parts)
    for source in ("", *parts):
        if found := relationships(parts, source):
            gone = {one.id for one in found if unwanted(source, one)}
            result[_list_of(source)] = _without_entries(parts[_list_of(source)], "Id", gone)
    used = _reachable(result)
    kept = {TYPES, "_rels/.rels", *used, *map(_list_of, used)}
    result[TYPES] = _without_entries(parts[TYPES], "PartName", {f"/{name}" for name in parts if name not in used})
    return {name: content for name, content in result.items() if name in kept}


def _without_entries(content: bytes, attribute: str, values: Collection[str]) -> bytes:
    """Take the entries whose ``attribute`` is one of ``values`` out of a list of the package, written anew."""
    root = styles.parse_part(content)
    for entry in [entry for entry in root if entry.get(attribute) in values]:
        root.remove(entry)
    return styles.serialise(root).encode()


def _reachable(parts: Mapping[str, bytes]) -> set[str]:
    """Name the parts that the file or a part of it uses."""
    found: set[str] = set()
    waiting: Iterable[str] = _used_by(parts, "")
    while new := set(waiting) - found:
        found |= new
        waiting = [target for name in new for target in _used_by(parts, name)]
    return found


def _used_by(parts: Mapping[str, bytes], source: str) -> list[str]:
    return [one.target for one in relationships(parts, source) if not one.external and one.target in parts]


def with_entry(content: bytes, name: str, **attributes: str) -> bytes:
    """Add an entry to a list of the package: a ``Relationship``, or an ``Override`` of a content type."""
    root = styles.parse_part(content)
    root.append(root.makeelement(f"{root.tag.rpartition('}')[0]}}}{name}", attributes))
    return styles.serialise(root).encode()
