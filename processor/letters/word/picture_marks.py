"""Takes out of pictures what cameras and drawing programs note beside them: names, places, times, paths.

What is seen stays as it is, byte for byte.
"""

import struct
from collections.abc import Iterator

from processor.letters.word import styles

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_NOTES = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_JPEG = b"\xff\xd8"
# Comments and all application segments but JFIF's, the colour profile and Adobe's: those say how colours are read.
_JPEG_NOTES = {0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF}
_SCAN = 0xDA
_DRAWING_PROGRAMS = ("inkscape", "sodipodi", "adobe.com")


def without_notes(content: bytes) -> bytes:
    """Give a picture without notes; one of another kind than PNG, JPEG and SVG, or damaged, as it is."""
    try:
        if content.startswith(_PNG):
            return _PNG + b"".join(_png_chunks(content))
        if content.startswith(_JPEG):
            return _JPEG + b"".join(_jpeg_segments(content))
        if b"<svg" in content[:2000]:
            return _svg(content)
    except (struct.error, SyntaxError):
        pass
    return content


def _png_chunks(content: bytes) -> Iterator[bytes]:
    """Give the chunks of a PNG that say what is seen. Raises struct.error when it breaks off."""
    at = len(_PNG)
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _PNG_NOTES:
            yield content[at : at + size + 12]
        at += size + 12


def _jpeg_segments(content: bytes) -> Iterator[bytes]:
    """Give the segments of a JPEG that say what is seen. Raises struct.error when it breaks off."""
    at = len(_JPEG)
    while True:
        start, kind, size = struct.unpack_from(">BBH", content, at)
        if start != 0xFF or kind == _SCAN:
            yield content[at:]
            return
        if kind not in _JPEG_NOTES:
            yield content[at : at + 2 + size]
        at += 2 + size


def _svg(content: bytes) -> bytes:
    """Write a drawing anew, without what the program that drew it noted. Raises SyntaxError when it is damaged."""
    root = styles.parse_part(content)
    for element in [one for one in root.iter() if not isinstance(one.tag, str) or _is_note(one.tag)]:
        if element.getparent() is not None:
            element.getparent().remove(element)
    for element in root.iter():
        for name in [name for name in element.attrib if _is_note(name)]:
            del element.attrib[name]
    return styles.serialise(root).encode()


def _is_note(name: str) -> bool:
    """Tell whether an element or attribute is a program's own, or metadata."""
    space, _, local = name.rpartition("}")
    return local == "metadata" or any(program in space for program in _DRAWING_PROGRAMS)
