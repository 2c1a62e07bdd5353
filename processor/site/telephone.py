"""A telephone number as a page shows it and a phone dials it."""

import re


def telephone_link(number: str) -> str:
    """Write ``number`` as a Markdown link that dials it."""
    return f"[{number}]({dialled(number)})"


def dialled(number: str) -> str:
    """Give the address by which a phone dials ``number``."""
    return f"tel:{re.sub(r'[^0-9+]', '', number)}"
