"""Asks a new agency the ten questions at a terminal, shows what follows from the answers, and lets one change them."""

from collections.abc import Callable
from pathlib import Path

from processor.cli.commands.dialogue import ask_line
from processor.operations.founding import agency_answers
from processor.operations.founding.agency_answers import QUESTIONS, AgencyQuestion, Answers

_NOTHING = "-"
_INDENT = " " * 7


def ask_agency(known: Answers, keep: Callable[[Answers], None], place: Callable[[Answers], Path]) -> Answers:
    """Ask what is not ``known`` yet, until the person agrees with the summary.

    Args:
        known: Answers from before, or from a file.
        keep: Called after each answer, so that whoever leaves can go on later.
        place: Gives the folder that answers lead to.

    Raises:
        KeyboardInterrupt: When the person leaves; what was answered is kept.
        EOFError: Likewise.
    """
    answers = dict(known)
    for number, question in enumerate(QUESTIONS, start=1):
        if question.key not in answers:
            answers[question.key] = _ask(number, question, answers)
            keep(answers)
    while True:
        print(f"\n{summary_text(answers, place(answers))}\n")
        chosen = ask_line(
            f"Enter: buat foldernya. Angka 1-{len(QUESTIONS)}: ubah jawaban itu. t: berhenti.  > "
        ).strip()
        if not chosen:
            return answers
        if chosen.lower() in {"t", "tidak", "q"}:
            raise KeyboardInterrupt
        if chosen.isdecimal() and 1 <= int(chosen) <= len(QUESTIONS):
            question = QUESTIONS[int(chosen) - 1]
            answers[question.key] = _ask(int(chosen), question, answers)
            keep(answers)
        else:
            print(f"“{chosen}” tidak dikenal. Tekan Enter, atau tulis angka, atau t.")


def _ask(number: int, question: AgencyQuestion, answers: Answers) -> tuple[str, ...]:
    """Ask one question until its answer can be kept; Enter alone takes what stands in brackets."""
    proposed = answers.get(question.key) or question.propose(answers)
    print(f"\n{number:2}/{len(QUESTIONS)}  {question.asks}\n{_INDENT}{question.hint}")
    if question.many and proposed:
        print(f"{_INDENT}Baris kosong: selesai." + ("" if question.least else f" Tanda {_NOTHING}: kosongkan."))
    while True:
        typed = _typed(question, proposed)
        if question.least == 0 and typed == (_NOTHING,):
            return ()
        try:
            return agency_answers.read_lines(question, typed) if typed else proposed
        except ValueError as error:
            print(f"{_INDENT}{error}")


def _typed(question: AgencyQuestion, proposed: tuple[str, ...]) -> tuple[str, ...]:
    """Take what is typed, a line or, for an answer of many, lines up to an empty one."""
    shown = f"[{'; '.join(proposed)}] " if proposed else ""
    lines: list[str] = []
    while True:
        words = [line for line in ask_line(f"{_INDENT}{'' if lines else shown}> ").splitlines() if line.strip()]
        lines += words
        if not words or not question.many:
            return tuple(lines)


def summary_text(answers: Answers, folder: Path) -> str:
    """Write the answers with their numbers, and what follows from them."""
    names = agency_answers.names(answers)
    lines = ["Ringkasan"]
    for number, question in enumerate(QUESTIONS, start=1):
        first, *others = answers[question.key] or ("(tidak ditanyakan)",)
        lines += [f"{number:2}  {question.key:9} {first}", *(f"{'':13} {line}" for line in others)]
    lines += [
        "",
        f"Kepala surat   {' / '.join(names.letterhead)}",
        f"Surat          {agency_answers.town(answers['alamat'][0])}, ditandatangani {names.leader}",
        f"Laporan        kepada {names.head} melalui {names.secretary}",
        f"Nomor          {names.prefix}-2026-0001, dan seterusnya",
        f"Folder         {folder}",
    ]
    if found := agency_answers.samples(answers):
        lines.append(f"Masih contoh   {', '.join(found)}")
    return "\n".join(lines)
