"""Asks a person at the terminal, or reads what a pipe brings; what is typed stands in no command and no history."""

import sys
from contextlib import suppress

from processor.foundation.errors import PayungError
from processor.foundation.yaml_writer import visible_text

_END = "."


def ask_line(prompt: str) -> str:
    """Ask for a line; what is pasted is one line, however long. Raises EOFError where nothing more comes."""
    with suppress(ImportError):  # Windows has none, and reads long lines by itself
        import readline  # noqa: PLC0415 -- only for a dialogue

        readline.set_auto_history(False)
        readline.parse_and_bind("set enable-bracketed-paste on")
    return input(prompt)


def read_words(title: str) -> str:
    """Read somebody's words, of one line or many: as they are typed at a terminal, else all that a pipe brings.

    Raises PayungError where nothing was written, KeyboardInterrupt when the person leaves.
    """
    if sys.stdin.isatty():
        print(f"{title}\nBoleh beberapa baris. Selesai: ketik titik ({_END}) sendirian, lalu Enter.")
        lines = []
        try:
            while (line := ask_line("| ")).strip() != _END:
                lines.append(line)
        except EOFError:
            raise KeyboardInterrupt from None  # whoever closes the input has left, as with Ctrl+C
        words = "\n".join(lines)
    else:
        words = sys.stdin.read()
    if not words.strip():
        raise PayungError("Tidak ada yang ditulis, jadi tidak ada yang dicatat.")
    return visible_text(words).strip()


def ask_yes(question: str) -> bool:
    """Ask ``question``; whoever presses Enter says yes, and where nobody is there the answer is no."""
    try:
        return input(f"{question} [Y/t] ").strip().lower() in {"", "y", "ya"}
    except EOFError:
        return False
