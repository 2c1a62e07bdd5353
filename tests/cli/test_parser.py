"""The table of commands: a row and its module agree, and a mistyped line imports nothing."""

import argparse
from pathlib import Path

import pytest

import processor
from processor.cli import main, parser
from processor.cli.commands import command_table
from processor.cli.commands.command_table import COMMANDS, Command


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_and_its_options_stand_in_the_module_of_its_row(command: Command) -> None:
    module = command._load()
    assert callable(getattr(module, command.function))
    command.add_options(argparse.ArgumentParser())


def test_every_module_of_commands_is_named_by_a_row() -> None:
    shared = {
        "__init__",
        "agency_dialogue",
        "case_choice",
        "command_table",
        "context",
        "dialogue",
        "options",
        "workbook_file",
    }
    modules = {path.stem for path in Path(str(command_table.__file__)).parent.glob("*.py")}
    assert modules - shared == {command.module for command in COMMANDS}


def test_the_settings_may_stand_before_or_after_the_command() -> None:
    for words in (["--pengaturan", "a.yaml", "daftar"], ["daftar", "--pengaturan", "a.yaml"]):
        assert parser.read_words(words).pengaturan == Path("a.yaml")


def test_a_command_that_is_also_a_value_keeps_its_options() -> None:
    args = parser.read_words(["--pengaturan", "daftar", "lihat", "surat", "--tenggat"])
    assert (args.command.name, args.nomor, args.tenggat) == ("lihat", "surat", True)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"payung {processor.__version__}\n")
