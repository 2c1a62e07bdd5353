"""Lets LibreOffice keep together what a letter keeps together, as its signature with the sentence above it.

LibreOffice begins a page after every 25 paragraphs before it measures any, and where such a page parts paragraphs that
are kept together, it never looks at them again, unless they hold a field: so the copy that it prints gets hidden ones.
Where such a page ends below the head and the first row of a table whose rows may not be parted, it prints none of the
others: so in that copy the first row stays with the second. Both seen in LibreOffice 7.4.
"""

from collections.abc import Mapping
from itertools import takewhile

from lxml import etree

from processor.letters.word import styles
from processor.letters.word.styles import STYLES_PART, Element, W

_LETTER = "word/document.xml"
_W = W.strip("{}")
_OFF = {"0", "false", "off"}
_FIELD = f'<w:fldSimple xmlns:w="{_W}" w:instr="PAGE"><w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
_BLANK = f'<w:r xmlns:w="{_W}"><w:t xml:space="preserve"> </w:t></w:r>'
"""What an empty paragraph gets besides: one with hidden words alone is hidden whole."""


def kept_together(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give a letter of which LibreOffice keeps together what is kept together, and prints every row.

    A damaged one comes back as it is.
    """
    try:
        known = _keeping_styles(styles.parse_part(parts[STYLES_PART])) if STYLES_PART in parts else frozenset()
        letter = styles.parse_part(parts[_LETTER])
    except (KeyError, etree.XMLSyntaxError):
        return dict(parts)
    kept = [one for one in letter.iterfind(f"{W}body/{W}p") if _is_kept(one, known)]
    for one in kept:
        if not "".join(one.itertext()).strip():
            one.append(etree.fromstring(_BLANK))
        one.append(etree.fromstring(_FIELD))
    cells = [one for table in letter.iterfind(f"{W}body/{W}tbl") for one in _below_head(table)]
    for one in cells:
        _keep(one)
    return {**parts, _LETTER: styles.serialise(letter).encode()} if kept or cells else dict(parts)


def _below_head(table: Element) -> list[Element]:
    """Find the paragraphs of the row below the head of a table; none where it has no head."""
    rows = table.findall(f"{W}tr")
    heads = len([*takewhile(lambda row: row.find(f"{W}trPr/{W}tblHeader") is not None, rows)])
    return [*rows[heads].iterfind(f"{W}tc/{W}p")] if 0 < heads < len(rows) else []


def _keep(paragraph: Element) -> None:
    """Keep a paragraph with the next, unless it says itself what it wants."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{W}keepNext") is None:
        styled = properties.find(f"{W}pStyle") is not None
        properties.insert(int(styled), etree.Element(f"{W}keepNext"))  # Word's schema wants it just there


def _keeping_styles(root: Element) -> frozenset[str]:
    """Name the paragraph styles that keep a paragraph with the next, of their own or from the one they are based on."""
    own, based = dict[str, bool | None](), dict[str, str]()
    for one in root.iterfind(f"{W}style"):
        name = _value(one, "styleId")
        own[name] = _keeps(one)
        based[name] = _value(one.find(f"{W}basedOn"), "val")
    return frozenset(name for name in own if _inherited(name, own, based))


def _inherited(name: str, own: Mapping[str, bool | None], based: Mapping[str, str]) -> bool:
    seen = set[str]()
    while name in own and name not in seen:
        if (keeps := own[name]) is not None:
            return keeps
        seen.add(name)
        name = based[name]
    return False


def _is_kept(paragraph: Element, known: frozenset[str]) -> bool:
    """Tell whether a paragraph is kept with the next, by itself or by its style."""
    own = _keeps(paragraph)
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return _value(style, "val") in known if own is None else own


def _keeps(one: Element) -> bool | None:
    """Tell what a paragraph or a style says of itself; None where it says nothing."""
    found = one.find(f"{W}pPr/{W}keepNext")
    return None if found is None else _value(found, "val") not in _OFF


def _value(one: Element | None, name: str) -> str:
    return "" if one is None else str(one.get(f"{W}{name}", ""))
