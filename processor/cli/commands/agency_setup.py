"""``payung siapkan``: asks a new agency what its settings need, makes its folder, and prepares keys and register."""

import argparse
import sys
from pathlib import Path

from processor.cli import setup, start_text
from processor.cli.commands.agency_dialogue import ask_agency, summary_text
from processor.cli.terminal_progress import progress_line
from processor.foundation import atomic_files, settings, shipped
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations.founding import agency_answers, agency_settings
from processor.operations.founding.agency_answers import Answers

KEPT = "jawaban-siapkan.yaml"
"""The file of answers, beside what is made of them."""
_LAW = "opinions/dasar-hukum.yaml"


def siapkan_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung siapkan`` takes."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="folder kerja instansi Anda (bawaan: folder ini, bila kosong)",
    )
    parser.add_argument("--jawaban", type=Path, metavar="BERKAS", help="jawaban atas sepuluh pertanyaan, dari berkas")
    parser.add_argument("--ya", action="store_true", help="jangan bertanya; yang belum dijawab memakai contohnya")
    parser.add_argument("--kunci-pemulihan", action="store_true", help="buat kunci kedua, untuk dicetak di kertas")


def siapkan(args: argparse.Namespace) -> int:
    """Run ``payung siapkan``."""
    path = _office_here(args)
    if path is None:
        path = _found_office(args)
    elif args.jawaban:
        raise PayungError(f"Kantor ini sudah ada: {path}. Jawaban tidak dipakai; ubah berkas itu.")
    program = start_text.typed_program(path.parent)
    for line in setup.prepare_office(
        path, recovery=args.kunci_pemulihan, progress=progress_line(sys.stderr), program=program
    ):
        print(line)
    return 0


def _office_here(args: argparse.Namespace) -> Path | None:
    """Find the settings of the office that is meant; None where there is none yet."""
    named: Path | None = args.pengaturan
    if args.folder:
        if named:
            raise PayungError("Sebutkan FOLDER atau --pengaturan, tidak keduanya.")
        named = args.folder / settings.FILE_NAME
        return named if named.is_file() else None
    try:
        found = named or settings.find(Path.cwd())
    except PayungError:
        return None
    return None if not named and _is_sample(found) else found


def _is_sample(path: Path) -> bool:
    """Tell whether these are the settings that come with the program, of which nobody has made an office yet."""
    if path.resolve() != (shipped.sources() / settings.FILE_NAME).resolve():
        return False
    found = settings.load(path)
    return "Contoh" in found.surat.penandatangan.nama and not (found.office_key.exists() or found.register.exists())


def _found_office(args: argparse.Namespace) -> Path:
    """Make the folder of a new office by its answers; give its settings file."""
    kept = Path.cwd() / KEPT
    asks = sys.stdin.isatty() and not args.ya
    answers = _known(args, kept, asks=asks)
    if asks:
        answers = _asked(args, answers, kept)
    whole = agency_answers.with_proposals(answers)
    folder = _folder(args, whole)
    if (folder / settings.FILE_NAME).is_file():
        raise PayungError(
            f"Di {folder} sudah ada kantor; tidak ada yang ditimpa. Sebutkan folder lain, sesudah siapkan."
        )
    if not asks:
        print(summary_text(whole, folder))
    setup.copy_sources(folder, _own_texts(whole))
    agency_answers.keep(folder / KEPT, whole)
    if folder != kept.parent:
        atomic_files.remove(kept)
    print(f"\nFolder kerja dibuat: {folder}")
    return folder / settings.FILE_NAME


def _own_texts(answers: Answers) -> dict[str, str]:
    """Give the files that are not the shipped ones, by their paths in the folder."""
    texts = {name: (shipped.sources() / name).read_text("utf-8") for name in (settings.FILE_NAME, _LAW)}
    return {
        settings.FILE_NAME: agency_settings.settings_text(texts[settings.FILE_NAME], answers),
        _LAW: agency_settings.law_text(texts[_LAW]),
    }


def _known(args: argparse.Namespace, kept: Path, *, asks: bool) -> Answers:
    """Give the answers that are there: those of ``--jawaban``, else what somebody answered before they left.

    Raises:
        BrokenFiles: With every mistake in the file where it was named or nobody can be asked, and then with every gap.
        PayungError: Where nobody can be asked, and there is no file.
    """
    if not (args.jawaban or args.ya or asks):
        raise PayungError(
            "Di sini tidak ada terminal untuk bertanya. Tulis jawabannya di sebuah berkas "
            "(contohnya di docs/petugas/instansi-lain.md), lalu: payung siapkan --jawaban BERKAS. "
            "Kantor contoh untuk dicoba: payung siapkan --ya."
        )
    path: Path = args.jawaban or kept
    answers, problems = agency_answers.read_file(path) if args.jawaban or kept.is_file() else ({}, ())
    if args.jawaban and not (args.ya or asks):
        problems = (*problems, *agency_answers.gaps(path, answers, problems))
    if problems and (args.jawaban or not asks):
        raise BrokenFiles(problems)
    for problem in problems:  # of which the question is asked again
        print(problem)
    if answers and not args.jawaban:
        print(f"Melanjutkan {path.name}: {len(answers)} pertanyaan sudah dijawab. Mulai dari awal: hapus berkas itu.")
    return answers


def _asked(args: argparse.Namespace, known: Answers, kept: Path) -> Answers:
    """Ask at the terminal. Raises KeyboardInterrupt when the person leaves, after saying where the answers are."""
    print(
        "Sepuluh pertanyaan, lalu folder kerja instansi Anda dibuat. Enter memakai yang di dalam kurung siku.\n"
        "Semuanya dapat diubah lagi. Ctrl+C: berhenti; yang sudah dijawab tersimpan."
    )
    try:
        return ask_agency(known, lambda now: agency_answers.keep(kept, now), lambda now: _folder(args, now))
    except (KeyboardInterrupt, EOFError):
        where = f" Jawaban Anda tersimpan di {kept}; lanjutkan dengan perintah yang sama." if kept.is_file() else ""
        print(f"\nBerhenti; belum ada yang dibuat.{where}")
        raise KeyboardInterrupt from None


def _folder(args: argparse.Namespace, answers: Answers) -> Path:
    """Give the folder of the new office: the one that is named, this one while it is empty, else one of its name."""
    if args.folder:
        return Path(args.folder).resolve()
    here, program = Path.cwd(), shipped.sources()
    name = agency_answers.names(answers).folder
    if here.is_relative_to(program):
        return program.parent / name
    given = {KEPT, args.jawaban.name if args.jawaban else KEPT}
    return here / name if any(one.name not in given and one.name[0] != "." for one in here.iterdir()) else here
