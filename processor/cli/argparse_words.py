"""argparse's own sentences in Indonesian; argparse marks each of them for gettext, and asks here for it."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "usage: ": "Pemakaian: ",
        "positional arguments": "isian",
        "options": "pilihan",
        "subcommands": "perintah",
        "%(heading)s:": "%(heading)s:",
        "show this help message and exit": "tampilkan bantuan ini",
        " (default: %(default)s)": " (bawaan %(default)s)",
        "%(prog)s: error: %(message)s\n": "payung: %(message)s. Lihat %(prog)s --help\n",
        "%(prog)s: warning: %(message)s\n": "payung: %(message)s\n",
        "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
        "argument '%(argument_name)s' is deprecated": "%(argument_name)s tidak dipakai lagi",
        "option '%(option)s' is deprecated": "%(option)s tidak dipakai lagi",
        "command '%(parser_name)s' is deprecated": "%(parser_name)s tidak dipakai lagi",
        "the following arguments are required: %s": "belum diisi: %s",
        "one of the arguments %s is required": "pilih salah satu: %s",
        "not allowed with argument %s": "tidak dapat bersama %s",
        "unrecognized arguments: %s": "tidak dikenal: %s",
        "ambiguous option: %(option)s could match %(matches)s": "%(option)s dapat berarti %(matches)s",
        "ignored explicit argument %r": "tidak memerlukan isian %r",
        "unexpected option string: %s": "tidak dikenal: %s",
        "expected one argument": "perlu satu isian",
        "expected at most one argument": "paling banyak satu isian",
        "expected at least one argument": "perlu paling sedikit satu isian",
        "expected %s argument": "perlu %s isian",
        "expected %s arguments": "perlu %s isian",
        "invalid choice: %(value)r (choose from %(choices)s)": "tidak dikenal: %(value)r (pilihannya %(choices)s)",
        "invalid choice: %(value)r, maybe you meant %(arg)r? (choose from %(choices)s)": (
            "tidak dikenal: %(value)r, mungkin maksud Anda %(arg)r? (pilihannya %(choices)s)"
        ),
        "unknown parser %(parser_name)r (choices: %(choices)s)": (
            "tidak dikenal: %(parser_name)r (pilihannya %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": "isian %(value)r tidak terbaca",
        "can't open '%(filename)s': %(error)s": "%(filename)s tidak dapat dibuka: %(error)s",
        "can't open '%s': %s": "%s tidak dapat dibuka: %s",
    }
)
"""What CPython's argparse, 3.11 and later, may say to whoever types a command."""


def translate(text: str) -> str:
    """Give the Indonesian for one of argparse's sentences; what it only says to programmers stays English."""
    return WORDS.get(text, text)


def _of_number(one: str, many: str, count: int) -> str:  # noqa: ARG001 -- gettext's signature
    """Give the Indonesian for a sentence with a number in it: the noun does not change."""
    return translate(many)


@contextmanager
def in_indonesian() -> Iterator[None]:
    """Let argparse speak Indonesian while the block runs; it looks these two names up at each sentence."""
    names: dict[str, Any] = vars(argparse)
    before = {name: names[name] for name in ("_", "ngettext")}
    names.update(_=translate, ngettext=_of_number)
    try:
        yield
    finally:
        names.update(before)
