"""What an agency starts from: pages, form, templates of letters and mails, settings with sample values."""

from pathlib import Path

import processor

PROGRAM = Path(processor.__file__).parent


def sources() -> Path:
    """Give the folder with ``docs``, ``forms``, ``opinions``, ``mkdocs.yml`` and ``payung.yaml`` as they are shipped.

    They stand beside the program in a checkout and inside it where a wheel was installed (pyproject.toml puts them
    there). Nothing is ever written into them.
    """
    inside = PROGRAM / "shipped"
    return inside if inside.is_dir() else PROGRAM.parent
