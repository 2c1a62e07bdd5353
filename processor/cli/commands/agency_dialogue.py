"""Asks a new agency the ten questions at a terminal, shows what follows from the answers, and lets one change them."""

from collections.abc import Callable, Iterator
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
    if proposed:
        print(f"{_INDENT}[{'; '.join(proposed)}]" + (f" {_NOTHING}: kosongkan" if question.least == 0 else ""))
    lines: list[str] = []
    while typed := [line for line in ask_line(f"{_INDENT}> ").splitlines() if line.strip()]:
        if question.least == 0 and typed == [_NOTHING]:
            return ()
        lines += _readable(question, typed)
        if lines and not question.many:
            break
    return agency_answers.read_lines(question, tuple(lines)) if lines else proposed


def _readable(question: AgencyQuestion, typed: list[str]) -> Iterator[str]:
    """Pass on the lines that can be kept; say of each other what is wrong."""
    for line in typed if question.many else [" ".join(typed)]:
        try:
            yield agency_answers.read_line(question, line)
        except ValueError as error:
            print(f"{_INDENT}{error}")


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
