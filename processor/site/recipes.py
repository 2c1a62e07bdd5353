"""The recipes of ``deploy/`` as the handbook shows them: each stands there once, and pages show that."""

import re

from processor.foundation import shipped

_SAMPLE = "situs.kantor.go.id"
"""The host of the site in recipes; a page shows the agency's own."""


def recipe(host: str, name: str) -> str:
    """Give a file of ``deploy/`` for the site at ``host``. Raises OSError where there is none of that ``name``."""
    text = (shipped.sources() / "deploy" / name).read_text("utf-8")
    return text.replace(_SAMPLE, host).rstrip("\n")


def site_headers() -> list[tuple[str, str]]:
    """Give the headers, with their values, that the recipe for nginx sends with every answer."""
    return re.findall(r'^    add_header (\S+) "(.+)" always;$', recipe("", "nginx/situs.conf"), re.MULTILINE)
