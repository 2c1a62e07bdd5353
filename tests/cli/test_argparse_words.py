"""argparse speaks Indonesian: every sentence that it may say to a person, of the Python that runs."""

import argparse
import ast
import inspect
from collections.abc import Iterator

import pytest

from processor.cli import argparse_words, parser

TO_PROGRAMMERS = {
    ".__call__() not defined",
    "'required' is an invalid argument for positionals",
    "%r is not callable",
    'argument "-" with mode %r',
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
}
"""What argparse only says of a parser that was declared wrongly."""


def marked(source: str) -> Iterator[str]:
    """The sentences that a source marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            strings = (part for word in node.args for part in ast.walk(word) if isinstance(part, ast.Constant))
            yield from (part.value for part in strings if isinstance(part.value, str))


def test_every_sentence_of_this_python_has_a_translation() -> None:
    said = {*marked(inspect.getsource(argparse))} - {"title", "description"}  # names of arguments, read in passing
    assert len(said) > 30
    assert said - TO_PROGRAMMERS - {*argparse_words.WORDS} == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lihat"], "payung: belum diisi: NO. Lihat payung lihat --help\n"),
        (["lihat", "1", "--entah"], "payung: tidak dikenal: --entah. Lihat payung --help\n"),
        (
            ["susun", "1"],
            "payung: pilih salah satu: --selesai --belum --ke-word --dari-word. Lihat payung susun --help\n",
        ),
        (["susun", "1", "--selesai", "--belum"], "--belum: tidak dapat bersama --selesai. Lihat"),
        (["formulir", "kertas"], "jenis: tidak dikenal: 'kertas' (pilihannya"),
        (["layani", "--port"], "--port: perlu satu isian. Lihat"),
        (["layani", "--contoh=ya"], "--contoh: tidak memerlukan isian 'ya'. Lihat"),
        (["layani", "--soket", "tiga"], "--soket: isian 'tiga' tidak terbaca. Lihat"),
    ],
)
def test_a_mistake_is_told_in_indonesian(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.read_words(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.startswith("Pemakaian: payung")
    assert told.out == ""


def test_other_programs_keep_their_english() -> None:
    parser.read_words(["daftar"])
    assert argparse.ArgumentParser().format_usage().startswith("usage: ")
