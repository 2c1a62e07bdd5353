"""The command line as ``argparse`` reads it: every command by its row, and the options of the one that was typed."""

import argparse
from collections.abc import Sequence
from typing import Any

import processor
from processor.cli.argparse_words import in_indonesian
from processor.cli.commands.command_table import COMMANDS, Command
from processor.cli.commands.options import add_settings


def read_words(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of a command line; the command stands in ``command``.

    Raises:
        SystemExit: After help, a version or a mistake.
    """
    with in_indonesian():
        return _command_parser(words).parse_args(words)


def _command_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Make the parser of every command; only a command among ``words`` can be meant, and has its module imported."""
    top = argparse.ArgumentParser(
        prog="payung",
        description="Layanan bantuan hukum secara elektronik bagi ASN.",
        epilog="Contoh: payung layani --contoh",
        allow_abbrev=False,
    )
    version = f"payung {processor.__version__}"
    top.add_argument("--version", action="version", version=version, help="tampilkan versi program")
    add_settings(top, default=None)
    group = top.add_subparsers(title="perintah", metavar="PERINTAH", required=True)
    for command in COMMANDS:
        made = _add_command(group, command)
        if command.name in words:
            command.add_options(made)
    return top


def _add_command(group: Any, command: Command) -> argparse.ArgumentParser:
    """Add one command with its help and an example."""
    one: argparse.ArgumentParser = group.add_parser(
        command.name,
        help=command.help,
        description=command.help[0].upper() + command.help[1:] + ".",
        epilog=f"Contoh: {command.example}",
        allow_abbrev=False,
    )
    add_settings(one)
    one.set_defaults(command=command)
    return one
