"""Makes PDF of letters with LibreOffice, placed beside the .docx and never over what a person put there.

LibreOffice works unseen on copies that name nobody, with a profile that lives as long as the conversion: it runs no
macro, fetches nothing from outside and does not meet the one that a person may have open.
"""

import os
import shutil
import signal
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

from processor.foundation.errors import PayungError
from processor.foundation.scratch_folders import scratch_folder
from processor.letters.placement import place_document
from processor.letters.word import zip_package

SECONDS = 60.0
"""How long one start of LibreOffice may take; it takes a second, and a tenth more for each further letter."""


class TooSlow(PayungError):
    """LibreOffice did not end in time: it hangs, and may hang at the next letter as well."""


_PLACES = (
    *("soffice", "libreoffice"),
    *(rf"{folder}\LibreOffice\program\soffice.com" for folder in (r"C:\Program Files", r"C:\Program Files (x86)")),
)
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
        for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks")
    )
    + "</oor:items>"
)


def is_available() -> bool:
    """Tell whether this computer has LibreOffice."""
    return _program() is not None


def _program() -> str | None:
    """Find LibreOffice on the search path, or where Windows has it."""
    return next(filter(None, map(shutil.which, _PLACES)), None)


def pdf_beside(letter: Path) -> Path | None:
    """Find the PDF beside ``name.docx``, perhaps one that a person signed: ``name.pdf`` in any case of letters.

    Raises:
        PayungError: it is no whole PDF.
    """
    for path in sorted(letter.parent.iterdir()):
        if path.suffix.casefold() == ".pdf" and path.stem.casefold() == letter.stem.casefold():
            if not _is_whole_pdf(path):
                raise PayungError(f"{path.name} bukan PDF yang utuh. Simpan atau pindai lagi sebagai PDF, atau hapus.")
            return path
    return None


def ensure_pdf(letter: Path) -> Path:
    """Find the PDF beside ``letter``, or make it there. Raises as ``pdf_beside`` and ``convert``, and OSError."""
    return pdf_beside(letter) or place_document(letter.parent, f"{letter.stem}.pdf", convert([letter])[letter], {}).path


def _is_whole_pdf(path: Path) -> bool:
    """Tell whether a file begins and ends as a PDF does."""
    content = path.read_bytes() if path.is_file() else b""
    return b"%PDF-" in content[:1024] and b"%%EOF" in content[-1024:]


def convert(letters: Sequence[Path]) -> dict[Path, bytes]:
    """Convert ``letters`` (.docx, only read) to PDF in one start of LibreOffice.

    Returns:
        The PDF of each. Two runs give different bytes: LibreOffice writes the time into a PDF.

    Raises:
        TooSlow: it took longer than ``SECONDS``.
        PayungError: there is no LibreOffice, or it cannot read every letter.
    """
    program = _program()
    if program is None:
        mend = "Pasang LibreOffice Writer, atau simpan suratnya sebagai PDF di folder yang sama."
        raise PayungError(f"LibreOffice tidak ada di komputer ini, jadi PDF tidak dibuat. {mend}")
    with scratch_folder() as folder:
        copies = {letter: folder / f"{number}.docx" for number, letter in enumerate(letters)}
        for letter, copy in copies.items():
            _copy_anonymous(letter, copy)
        _run_within_limit([program, *_options(folder), *map(str, copies.values())], folder)
        made = {letter: copy.with_suffix(".pdf") for letter, copy in copies.items()}
        if unread := [letter.name for letter, path in made.items() if not _is_whole_pdf(path)]:
            mend = "Buka di Word, simpan sebagai Dokumen Word (*.docx), lalu ulangi."
            raise PayungError(f"LibreOffice tidak dapat membuat PDF dari {', '.join(unread)}. {mend}")
        return {letter: path.read_bytes() for letter, path in made.items()}


def _copy_anonymous(letter: Path, copy: Path) -> None:
    """Copy a letter without its subject and the names that Word notes in it; what is no Word file is not copied."""
    try:
        parts = zip_package.read(letter.read_bytes())
    except (BadZipFile, zlib.error):
        return
    copy.write_bytes(zip_package.write(zip_package.anonymous(parts, "Surat")))


def _options(folder: Path) -> list[str]:
    """List the words with which LibreOffice starts; its profile and its results go into ``folder``."""
    settings = folder / "profil" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    return ["--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", str(folder)]


def _run_within_limit(command: Sequence[str], temporary: Path) -> None:
    """Run a program that keeps its own copies in ``temporary``; after ``SECONDS`` end it with all that it started."""
    quiet, folders = subprocess.DEVNULL, dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(temporary))
    with subprocess.Popen(  # noqa: S603 -- LibreOffice, fixed words and our own paths
        command, env=os.environ | folders, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            mend = "Ulangi; bila terjadi lagi, buka suratnya di LibreOffice dan periksa isinya."
            message = f"LibreOffice belum selesai membuat PDF setelah {SECONDS:g} detik, jadi dihentikan. {mend}"
            raise TooSlow(message) from None
        finally:
            if process.poll() is None:
                _end_process_tree(process.pid)


def _end_process_tree(leader: int) -> None:
    """End a program and all that it started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(leader)], check=False, capture_output=True)  # noqa: S603, S607
    else:
        os.killpg(leader, signal.SIGKILL)
