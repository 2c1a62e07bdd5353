"""What ``payung layani`` says once it is up: where everything is, and commands as they can be typed there."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from processor.foundation.settings import Settings


def addresses_text(settings: Settings, address: str, pause: float, beside: str = "") -> str:
    """Write where to look, once the service is up.

    Args:
        settings: The office's settings.
        address: The site's.
        pause: Seconds between two passes.
        beside: Further lines, such as where the desk is.
    """
    lines = [
        f"Situs        {address}",
        *([beside] if beside else []),
        f"Permohonan   {settings.register}",
        "Surat        folder keluar di tiap permohonan",
        f"Masuk        {settings.inbox}  (taruh ekspor formulir di sini)",
        f"Perintah     {typed_program()} daftar --pengaturan {shlex.quote(_from_here(settings.path))}",
        "",
        f"Diperiksa lagi setiap {pause:.0f} detik. Berhenti dengan Ctrl+C.",
    ]
    return "\n".join(lines)


def example_text(address: str, number: str, code: str) -> str:
    """Write how to open the answered request of the example with its ``code``; nothing where none is."""
    if not number:
        return ""
    lines = (
        f"Lacak        {address}lacak/  dengan kode {code}",
        f"             membuka {number}, yang sudah dijawab (terbit sekitar satu menit sesudah ini)",
        f"Verifikasi   {address}verifikasi/  mengenali surat yang Anda unduh di sana",
    )
    return "\n".join(lines)


def typed_program(here: Path | None = None) -> str:
    """Give what is typed to run this program: its name where the shell finds it, else where it lies.

    In the present folder, or in the one that is ``here``.
    """
    program = Path(sys.argv[0])
    found = shutil.which("payung")
    if program.stem != "payung":
        return f"{shlex.quote(_from_here(Path(sys.executable), here))} -m processor"
    return "payung" if found and Path(found).samefile(program) else shlex.quote(_from_here(program, here))


def _from_here(path: Path, here: Path | None = None) -> str:
    """Write a path as it is typed in a folder, by default the present one: relative where it lies in there."""
    here, whole = here or Path.cwd(), Path(os.path.abspath(path))  # noqa: PTH100 -- a link in .venv must stay one
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
