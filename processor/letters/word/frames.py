"""How a placeholder's paragraph looks in its template, and how wide the text is where it stands."""

from processor.letters.word import styles
from processor.letters.word.paragraphs import Frame
from processor.letters.word.styles import Element, TextSizes, W

_LOOKS = {"b": ("b", "bCs"), "i": ("i", "iCs")}
_PAGE = 9355  # twips: A4 between margins of 2.5 and 2 cm
_CELL_MARGINS = 216  # twips, as Word sets them


def frame_of(root: Element, paragraph: Element, sizes: TextSizes) -> Frame:
    """Give the look of ``paragraph``, which holds nothing but a placeholder, and how much stands on its lines.

    Args:
        root: the part in which it stands.
        paragraph: the paragraph.
        sizes: how large the template's styles are.
    """
    run = next(text for text in paragraph.iter(f"{W}t") if text.text).getparent()
    look = run.find(f"{W}rPr")
    properties = _fragment(root, paragraph.find(f"{W}pPr"))
    boxed = next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None
    size, notes = _size(paragraph, look, sizes), root.tag == f"{W}document" and not boxed
    return Frame(properties, _four_looks(root, look), _width(root, paragraph), size, notes)


def _size(paragraph: Element, look: Element | None, sizes: TextSizes) -> int:
    """Give the size of the letters (half points)."""
    own = None if look is None else look.find(f"{W}sz")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return _number(own, "val") or sizes.of("" if style is None else style.get(f"{W}val", ""))


def _width(root: Element, paragraph: Element) -> int:
    """Give the width of the text where ``paragraph`` stands (twips): of its table cell, else of its page's column."""
    for cell in paragraph.iterancestors(f"{W}tc"):
        width = _number(cell.find(f"{W}tcPr/{W}tcW[@{W}type='dxa']"), "w")
        return (width or _PAGE // 2) - _CELL_MARGINS
    page = next((part for part in paragraph.itersiblings() for part in part.iter(f"{W}sectPr")), None)
    page = root.find(f"{W}body/{W}sectPr") if page is None else page
    if page is None:
        return _PAGE
    edges = page.find(f"{W}pgMar")
    inside = _number(page.find(f"{W}pgSz"), "w") - sum(_number(edges, name) for name in ("left", "right", "gutter"))
    columns = page.find(f"{W}cols")
    many = max(_number(columns, "num"), 1)
    return max((inside - (many - 1) * _number(columns, "space")) // many, 0) or _PAGE


def _number(element: Element | None, name: str) -> int:
    """Read an attribute in twips; 0 where there is none, or one with a unit of its own."""
    value = "" if element is None else element.get(f"{W}{name}", "")
    return int(value) if value.isdecimal() else 0


def _four_looks(root: Element, look: Element | None) -> tuple[str, str, str, str]:
    """Make the run properties for plain, bold, italic and both, from those of the placeholder."""
    ahead, behind, own = "", "", set()
    for child in () if look is None else look:
        name = str(child.tag).removeprefix(W)
        if name in {"b", "bCs", "i", "iCs"}:
            own |= {name[0]} if child.get(f"{W}val") not in {"0", "false"} else set()
        elif name in {"rStyle", "rFonts"}:
            ahead += _fragment(root, child)
        else:
            behind += _fragment(root, child)
    plain, bold, italic, both = (
        _run_properties(ahead, behind, own | extra) for extra in (set(), {"b"}, {"i"}, {"b", "i"})
    )
    return plain, bold, italic, both


def _run_properties(ahead: str, behind: str, marks: set[str]) -> str:
    inner = ahead + "".join(f"<w:{tag}/>" for mark in sorted(marks) for tag in _LOOKS[mark]) + behind
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _fragment(root: Element, element: Element | None) -> str:
    """Write ``element`` as text to stand inside ``root``, which already declares its namespaces."""
    if element is None:
        return ""
    text = styles.serialise(element)
    for prefix, uri in root.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"', "")
    return text
