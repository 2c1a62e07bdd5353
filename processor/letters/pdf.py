"""Makes PDF of letters with LibreOffice, placed beside the .docx and never over what a person put there.

They are PDF/A-2 to be kept and PDF/UA to be read aloud: with title, language, headings, lists and tables. LibreOffice
works unseen on copies that name nobody, with a profile that lives as long as the conversion: it runs no macro, fetches
nothing from outside and does not meet the one that a person may have open.
"""

import json
import os
import shutil
import signal
import subprocess
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args
from zipfile import BadZipFile

from processor.cases.case_file import LetterKind
from processor.foundation.errors import PayungError
from processor.foundation.scratch_folders import scratch_folder
from processor.letters.placement import place_document
from processor.letters.word import export_copy

SECONDS = 60.0
"""How long LibreOffice may take for one letter; it takes a second, and a tenth more for each further letter."""
_FURTHER = 0.05  # of SECONDS, for each further letter
_AT_ONCE = 100  # letters a start: Windows lets no command be longer than 8 191 characters


_PLACES = (
    *("soffice", "libreoffice"),
    *(rf"{folder}\LibreOffice\program\soffice.com" for folder in (r"C:\Program Files", r"C:\Program Files (x86)")),
)
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SET = (
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "id-ID"),  # of words that no language is marked for
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SET
    )
    + "</oor:items>"
)
FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
        "PDFUACompliance": {"type": "boolean", "value": "true"},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
    }
)
_TITLES = {kind.replace("_", "-"): kind.replace("_", " ").capitalize() for kind in get_args(LetterKind)} | {
    "jawaban-pengaduan": "Jawaban atas pengaduan",
    "laporan": "Laporan",
}


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
    """Convert ``letters`` (.docx, only read) to PDF; see ``convert_each``.

    Raises:
        PayungError: there is no LibreOffice, it hangs, or it cannot read every letter.
    """
    made, failed = convert_each(letters)
    if len({str(error) for error in failed.values()}) > 1:
        raise _unreadable(letter for letter in letters if letter in failed)
    for error in failed.values():
        raise error
    return made


def convert_each(letters: Sequence[Path]) -> tuple[dict[Path, bytes], dict[Path, PayungError]]:
    """Convert ``letters`` (.docx, only read) to PDF in as few starts of LibreOffice as can be: one for 100 sound ones.

    A letter at which LibreOffice ends is left out of the next start. Where it hangs, no further letter waits for it.

    Returns:
        The PDF of each, and what is in the way of the others. Two runs give different bytes: LibreOffice writes the
        time into a PDF.
    """
    program = _program()
    if program is None:
        mend = "Pasang LibreOffice Writer, atau simpan suratnya sebagai PDF di folder yang sama."
        none = PayungError(f"LibreOffice tidak ada di komputer ini, jadi PDF tidak dibuat. {mend}")
        return {}, dict.fromkeys(letters, none)
    made, failed, waiting = dict[Path, bytes](), dict[Path, PayungError](), list(letters)
    while waiting:
        copies, unread = _copies(waiting[:_AT_ONCE])
        done, hung = _start(program, copies) if copies else ({}, None)
        ended = [letter for letter in copies if letter not in done][:1]
        made |= done
        failed |= unread | {letter: hung or _unreadable([letter]) for letter in ended}
        waiting = [letter for letter in waiting if letter not in made and letter not in failed]
        if hung:
            failed |= dict.fromkeys(waiting, hung)
            break
    return made, failed


def _unreadable(letters: Iterable[Path]) -> PayungError:
    """Say of which letters LibreOffice makes no PDF."""
    mend = "Buka di Word, simpan sebagai Dokumen Word (*.docx), lalu ulangi."
    return PayungError(f"LibreOffice tidak dapat membuat PDF dari {', '.join(one.name for one in letters)}. {mend}")


def _copies(letters: Iterable[Path]) -> tuple[dict[Path, bytes], dict[Path, PayungError]]:
    """Give a copy of each letter that names nobody, and what is wrong with the others."""
    copies, wrong = dict[Path, bytes](), dict[Path, PayungError]()
    for letter in letters:
        try:
            copies[letter] = export_copy.export_copy(letter.read_bytes(), _title(letter))
        except (BadZipFile, zlib.error, NotImplementedError, RuntimeError):  # no zip, damaged, foreign or encrypted
            wrong[letter] = _unreadable([letter])
        except OSError as error:
            wrong[letter] = PayungError(f"{letter.name} tidak terbaca ({error.strerror}).")
    return copies, wrong


def _title(letter: Path) -> str:
    """Give the title of a letter, by the name that it has from Payung; never what a person wrote."""
    found = (title for stem, title in _TITLES.items() if letter.stem == stem or letter.stem.startswith(f"{stem}-"))
    return next(found, "Surat")


def _start(program: str, copies: Mapping[Path, bytes]) -> tuple[dict[Path, bytes], PayungError | None]:
    """Start LibreOffice once; give the PDF of each letter that it made, and whether it hung."""
    with scratch_folder() as folder:
        places = {letter: folder / f"{number}.docx" for number, letter in enumerate(copies)}
        for letter, place in places.items():
            place.write_bytes(copies[letter])
        seconds = SECONDS * (1 + _FURTHER * (len(copies) - 1))
        hung = _run_within(seconds, [program, *_options(folder), *map(str, places.values())], folder)
        made = {letter: place.with_suffix(".pdf") for letter, place in places.items()}
        return {letter: path.read_bytes() for letter, path in made.items() if _is_whole_pdf(path)}, hung


def _options(folder: Path) -> list[str]:
    """List the words with which LibreOffice starts; its profile and its results go into ``folder``."""
    settings = folder / "profil" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    return ["--headless", "--norestore", profile, "--convert-to", FILTER, "--outdir", str(folder)]


def _run_within(seconds: float, command: Sequence[str], temporary: Path) -> PayungError | None:
    """Run a program that keeps its own copies in ``temporary``; after ``seconds`` end it with all that it started."""
    quiet, folders = subprocess.DEVNULL, dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(temporary))
    with subprocess.Popen(  # noqa: S603 -- LibreOffice, fixed words and our own paths
        command, env=os.environ | folders, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            mend = "Ulangi; bila terjadi lagi, buka suratnya di LibreOffice dan periksa isinya."
            return PayungError(
                f"LibreOffice belum selesai membuat PDF setelah {seconds:g} detik, jadi dihentikan. {mend}"
            )
        finally:
            if process.poll() is None:
                _end_process_tree(process.pid)
    return None


def _end_process_tree(leader: int) -> None:
    """End a program and all that it started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(leader)], check=False, capture_output=True)  # noqa: S603, S607
    else:
        os.killpg(leader, signal.SIGKILL)
