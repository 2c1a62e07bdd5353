"""A telephone number as a page shows it and a phone dials it."""

import re


def telephone_link(number: str) -> str:
    """Write ``number`` as a Markdown link that dials it."""
    return f"[{number}](tel:{re.sub(r'[^0-9+]', '', number)})"
