"""Tells whether a PDF bears an electronic signature; whether that is good, ``signature_check`` says."""

import io
import logging
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pypdf import PdfReader

Traces = Literal["tanpa", "bertanda", "sisa"]
"""No signature; one, and all its fields are filled; what is left of one, or a place where somebody has yet to sign."""

_RANGE = b"/ByteRange"  # stands in every signature, and can be in no compressed part


def traces(content: bytes) -> Traces:
    """Tell whether a PDF bears an electronic signature; one that cannot be read by what its bytes say."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints what it mends
    try:
        catalogue: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
        fields = [*_signature_fields(catalogue.get("/AcroForm", {}).get("/Fields", []))]
        left = "/DSS" in catalogue or "/Perms" in catalogue
    except Exception:  # noqa: BLE001 -- whatever a damaged or forged file does to a parser, its bytes still tell
        fields, left = [], False
    if fields and all(fields):
        return "bertanda"
    return "sisa" if fields or left or _RANGE in content else "tanpa"


def _signature_fields(fields: Iterable[Any]) -> Iterator[bool]:
    """Tell of each field for a signature whether it is signed; a field is looked at once, however they are tied."""
    waiting, seen = list(fields), set[int]()
    while waiting:
        one = waiting.pop()
        number = getattr(one, "idnum", 0)
        if number and number in seen:
            continue
        seen.add(number)
        field = one.get_object()
        if field.get("/FT") == "/Sig":
            yield "/V" in field
        waiting += field.get("/Kids", [])
