"""Which version of the program an office's folder is of: by its mark, else by the files in it.

``.payung/bahan.json`` in the folder is the mark. Version 0.1 wrote none.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import processor
from processor.foundation import atomic_files, shipped
from processor.foundation.settings import Settings
from processor.operations.upgrade import releases
from processor.operations.upgrade.releases import Release

MARK = ".payung/bahan.json"
EXAMPLE = "contoh"
"""The folder of the example office, which uses the files of the one above."""
_ENOUGH = 3  # files that must be as a version shipped them: a single one may be alike by chance


def marked(root: Path) -> str:
    """Give the version that is marked in the folder; "" for none that can be read."""
    try:
        found = json.loads((root / MARK).read_bytes())["versi"]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    return found if isinstance(found, str) else ""


def mark_text() -> bytes:
    """Give what the mark of this program's version says."""
    return json.dumps({"versi": processor.__version__}).encode() + b"\n"


def mark(root: Path) -> None:
    """Mark the folder, whose files were just copied from this program."""
    atomic_files.replace_if_changed(root / MARK, mark_text())


def is_apart(settings: Settings) -> bool:
    """Tell whether an office has a folder of its own; a checkout's is the program's, the example's is another's."""
    here = settings.path.parent
    is_example = here.name == EXAMPLE and here != settings.root
    return settings.root != shipped.sources().resolve() and not is_example


def differences(settings: Settings) -> Iterator[str]:
    """Say in a sentence that the office's folder is of another version than this program, if it is."""
    found, here = marked(settings.root), processor.__version__
    if not is_apart(settings) or found == here:
        return
    if found and releases.order(found) > releases.order(here):
        yield NEWER.format(found, here)
    else:
        yield f"Folder Anda masih menurut Payung {found or '0.1'}; program ini {here}. Lihat yang baru: payung perbarui"


NEWER = "Folder Anda sudah menurut Payung {}, lebih baru daripada program ini ({}). Perbarui programnya."


def base_of(contents: Mapping[str, str], version: str, candidates: tuple[Release, ...]) -> Release | None:
    """Find the version from which a folder began; None where nothing tells.

    Args:
        contents: The digests of the folder's files by their names.
        version: What is marked there; where no table has it, the files tell.
        candidates: What versions shipped, the oldest first. Of two that fit alike the older one counts: then the
            office is asked rather than passed over.
    """
    if known := [one for one in candidates if one.version == version]:
        return known[0]
    fits = {one.version: len(contents.items() & one.digests.items()) for one in candidates}
    best = max(candidates, key=lambda one: fits[one.version], default=None)
    return best if best and fits[best.version] >= _ENOUGH else None
