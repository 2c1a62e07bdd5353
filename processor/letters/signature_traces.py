"""Tells whether a PDF bears an electronic signature; whether that is good, ``signature_check`` says."""

import io
import logging
from collections.abc import Iterator
from typing import Any, Literal

from pypdf import PdfReader
from pypdf.errors import PyPdfError

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
    except (PyPdfError, LookupError, ValueError, TypeError, AttributeError, RecursionError, OSError):
        fields, left = [], False
    if fields and all(fields):
        return "bertanda"
    return "sisa" if fields or left or _RANGE in content else "tanpa"


def _signature_fields(fields: Any, deep: int = 0) -> Iterator[bool]:
    """Tell of each field for a signature whether it is signed."""
    for one in fields if deep < 10 else ():
        field = one.get_object()
        if field.get("/FT") == "/Sig":
            yield "/V" in field
        yield from _signature_fields(field.get("/Kids", []), deep + 1)
