"""Opens the office that a command is for, and prints what it gives."""

import argparse
import getpass
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from processor.cli.terminal_progress import progress_line
from processor.foundation import settings
from processor.foundation.errors import PayungError
from processor.foundation.progress import Progress
from processor.foundation.settings import Settings
from processor.operations import confirming
from processor.operations.act_journal import Person
from processor.operations.office import Office, open_office

MENDS_NEEDED = 2
WAIT = 10.0  # seconds for a pass that is under way


def chosen_settings(args: argparse.Namespace) -> Settings:
    """Read the settings that ``--pengaturan`` names, or that are found upward of the working folder."""
    return settings.load(args.pengaturan or settings.find(Path.cwd()))


def open_chosen(args: argparse.Namespace) -> Office:
    """Open the office of these settings. Raises PayungError where ``--oleh`` names whose account this is not."""
    office = open_found(chosen_settings(args))
    confirming.refuse_anothers_name(office.settings, person(getattr(args, "oleh", None) or ""))
    return office


def open_found(found: Settings, progress: Progress | None = None, *, any_register: bool = False) -> Office:
    """Open the office of ``found``; long work shows on the terminal, or as ``progress`` says. See ``open_office``."""
    _check_prepared(found)
    shown = progress or progress_line(sys.stderr)
    return open_office(found, lambda: datetime.now(UTC), progress=shown, any_register=any_register)


def _check_prepared(found: Settings) -> None:
    """Say early, and not as a lost key, that this office has never been prepared. Raises PayungError."""
    if not found.office_key.exists() and not found.register.exists():
        raise PayungError(
            "Kantor ini belum disiapkan. Jalankan: payung siapkan. Pindah dari komputer lain? "
            "Salin dahulu folder kunci dan register dari cadangan."
        )


def print_text_or_json(text: str, data: Any, args: argparse.Namespace) -> None:
    """Print ``data`` as JSON when the command was asked for it, else ``text``."""
    print(json.dumps(data, ensure_ascii=False, indent=1) if args.json else text)


def person(officer: str = "") -> Person:
    """Say who runs this command: the officer whom it names, and the account of this computer."""
    try:
        return Person(officer, getpass.getuser())
    except (OSError, KeyError):  # an account without a name, as containers have
        return Person(officer)
