"""Words of an office as Markdown that shows them as they were typed: none of their signs is one of Markdown or HTML."""

import re
from html import escape

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|~])")


def plain(text: str) -> str:
    """Write words on one line so that neither Markdown nor HTML finds anything in them."""
    return _SIGNS.sub(r"\\\1", escape(" ".join(text.split())))
