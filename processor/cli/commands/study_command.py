"""``payung susun``: how far a study is, the study as a Word document, and one read back after questions."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from processor.cli import output
from processor.cli.commands import context, workflow_steps
from processor.cli.commands.context import MENDS_NEEDED
from processor.cli.commands.dialogue import ask_line
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.foundation.yaml_writer import visible_text
from processor.letters.study import word_opening
from processor.operations import edit_session, steps, study_exchange, study_holders
from processor.operations.office import Office
from processor.operations.study_exchange import ReadBack, StudyQuestion

_OWN_NAME = Path()


def susun_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung susun`` takes."""
    workflow_steps.add_step(parser)
    state = parser.add_mutually_exclusive_group(required=True)
    state.add_argument("--selesai", action="store_true", help="siap diperiksa")
    state.add_argument("--belum", action="store_true", help="masih disusun")
    state.add_argument(
        "--ke-word", nargs="?", type=Path, const=_OWN_NAME, metavar="BERKAS",
        help="tulis kajian sebagai berkas Word (bawaan: kajian-NOMOR.docx di folder ini)",
    )  # fmt: skip
    state.add_argument("--dari-word", type=Path, metavar="BERKAS", help="baca kajian dari berkas Word")
    parser.add_argument(
        "--jawab", action="append", default=[], type=_answer, metavar="HAL=JAWABAN",
        help="dengan --dari-word: jawaban atas pertanyaan tentang berkas itu; boleh berulang",
    )  # fmt: skip


def _answer(text: str) -> tuple[str, str]:
    """Read an answer as it is written with the command. Raises ArgumentTypeError."""
    key, sign, answer = text.rpartition("=")
    if not sign or not key.strip():
        raise argparse.ArgumentTypeError(f"“{text}” bukan jawaban. Tulis seperti perubahan=terima")
    return key.strip().casefold(), answer.strip().casefold()


def susun(args: argparse.Namespace) -> int:
    """Run ``payung susun``: say how far the study is, write it as a Word document, or read one back."""
    if args.ke_word is None and args.dari_word is None:
        return workflow_steps.run_step(args, lambda _: steps.set_study_ready(done=args.selesai))
    if len(args.nomor) > 1:
        raise PayungError("Satu berkas Word untuk satu permohonan. Ulangi untuk tiap permohonan.")
    office = context.open_chosen(args)
    number = office.register.number_meant(args.nomor[0])
    return _write(office, number, args.ke_word) if args.ke_word is not None else _take_in(office, number, args)


def _write(office: Office, number: str, given: Path) -> int:
    path = Path(f"kajian-{number}.docx") if given == _OWN_NAME else given
    content = study_exchange.to_word(office, number)
    try:
        atomic_files.write(path, content)
    except FileExistsError:
        raise PayungError(f"{path} sudah ada dan tidak ditimpa. Pindahkan, atau sebutkan nama lain.") from None
    except OSError as error:
        raise PayungError(f"{path} tidak dapat ditulis. Periksa folder dan namanya.") from error
    print(f"{number}: kajian ditulis ke {path}. Judul bagiannya jangan dihapus. Sesudah disunting:")
    print(f"  payung susun {number} --dari-word {path}")
    return 0


def _take_in(office: Office, number: str, args: argparse.Namespace) -> int:
    edit_session.check_free(office, number)
    if writer := study_holders.holder(office, number):
        print(f"{study_holders.in_words(office, number, writer)} Tulisannya tidak hilang, dan akan dibandingkan.")
    content = _content(args.dari_word)
    answers = dict(args.jawab)
    while (found := study_exchange.read_back(office, number, content, args.dari_word.name, answers)).questions:
        given = _ask(found.questions[0])
        if given is None:
            _print_open(found.questions)
            return MENDS_NEEDED
        answers[found.questions[0].key] = given
    _print_not_taken(found)
    if not found.changes:
        print(f"{number}: tidak ada yang berubah.")
        return 0
    by = context.person(args.oleh)
    if args.simulasi or not found.not_carried:
        done = steps.apply(office, number, found.changes, by=by, simulate=args.simulasi)
    else:
        with study_exchange.kept(office, number, content, by) as told:
            done = steps.apply(office, number, found.changes, by=by, told=told)
        print(f"Berkas Word-nya disimpan di samping permohonan: keluar/{told.data['berkas']}")
    print(output.step_text(number, done, simulated=args.simulasi))
    return 0


def _content(path: Path) -> bytes:
    """Read a file that a person names. Raises PayungError."""
    try:
        with path.open("rb") as file:
            return file.read(word_opening.MOST_BYTES + 1)
    except OSError as error:
        raise PayungError(f"{path} tidak dapat dibaca. Periksa nama dan foldernya.") from error


def _ask(question: StudyQuestion) -> str | None:
    """Ask one question at the terminal; None where nobody answers."""
    print(visible_text(question.words))
    listed = " / ".join(question.choices)
    try:
        while (given := ask_line(f"Jawab ({listed}): ").strip().casefold()) not in question.choices:
            print(f"“{given}” bukan salah satu jawaban.")
    except EOFError:
        return None
    return given


def _print_open(questions: Sequence[StudyQuestion]) -> None:
    """Say how to answer with the command itself what nobody answered."""
    print("\nBelum ada yang ditulis. Jawab dengan menambahkan pada perintah ini:")
    for one in questions:
        answer = visible_text(f"{one.key}={one.choices[0]}")
        others = f" (atau {', '.join(one.choices[1:])})" if one.choices[1:] else ""
        print(f'  --jawab "{answer}"{others}')


def _print_not_taken(found: ReadBack) -> None:
    """Say what a document holds that the case file will not, and what the case file keeps."""
    if found.not_carried:
        print("Tidak terbawa dari berkas Word:")
        print("\n".join(f"  - {visible_text(one)}" for one in found.not_carried))
    if found.absent:
        print(f"Tidak ada di berkas Word, jadi dibiarkan seperti semula: {', '.join(found.absent)}.")
