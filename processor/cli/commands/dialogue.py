"""Asks a person at the terminal, or reads what a pipe brings; what is typed stands in no command and no history."""

from contextlib import suppress


def ask_line(prompt: str) -> str:
    """Ask for a line; what is pasted is one line, however long. Raises EOFError where nothing more comes."""
    with suppress(ImportError):  # Windows has none, and reads long lines by itself
        import readline  # noqa: PLC0415 -- only for a dialogue

        readline.set_auto_history(False)
        readline.parse_and_bind("set enable-bracketed-paste on")
    return input(prompt)
