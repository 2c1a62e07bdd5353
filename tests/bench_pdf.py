"""What a pass pays for its PDFs beside one bare call of LibreOffice: ``python -m tests.bench_pdf``."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from processor.letters import documents, pdf
from processor.operations.letter_pdfs import LetterPdfs
from tests import letter_samples

LETTERS = 50


def measure(rounds: int = 3) -> float:
    """How many times a bare call a pass takes, by the quickest of ``rounds`` of each; also printed."""
    program = shutil.which("soffice")
    if program is None:
        print("        -  no LibreOffice here")
        return 0.0
    with tempfile.TemporaryDirectory() as folder:
        letters = _letters(Path(folder))
        taken = [(_pass(letters), _bare(program, letters, Path(folder) / str(turn))) for turn in range(rounds)]
    ours, bare = min(ours for ours, _ in taken), min(bare for _, bare in taken)
    for name, value in {
        f"one bare call of LibreOffice for {LETTERS} letters, s": bare,
        f"{LETTERS} PDFs of a pass: anonymous, tagged, to be kept, s": ours,
        "times a bare call": ours / bare,
    }.items():
        print(f"{value:9.2f}  {name}")
    return ours / bare


def _letters(folder: Path) -> list[Path]:
    inside = (letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue(), letter_samples.OPINIONS)
    content = documents.render("pendapat_hukum", letter_samples.case(), *inside)
    letters = [folder / f"{serial}.docx" for serial in range(LETTERS)]
    for letter in letters:
        letter.write_bytes(content)
    return letters


def _pass(letters: list[Path]) -> float:
    pdfs, start = LetterPdfs({letter: letter.stem for letter in letters}), time.perf_counter()
    for _ in pdfs.make():
        pass
    assert all(pdfs.of_letter(letter) for letter in letters)
    return time.perf_counter() - start


def _bare(program: str, letters: list[Path], folder: Path) -> float:
    """Seconds of one call with the same export, a fresh profile, and nothing else."""
    words = ["--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", pdf.FILTER]
    start = time.perf_counter()
    subprocess.run(
        [program, *words, "--outdir", str(folder), *map(str, letters)], check=True, capture_output=True, timeout=600
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    measure()
