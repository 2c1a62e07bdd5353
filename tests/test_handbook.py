"""What the handbook, README and the program's own sentences say of commands, settings and states is so, and whole."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from processor.cases.case_status import STAGES
from processor.cli.commands.command_table import COMMANDS
from processor.foundation import settings
from processor.letters import complaint_letter, documents
from processor.site import pages
from tests import handbook_reference
from tests.office import ROOT

HANDBOOK = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PROGRAM = [path for kind in ("*.py", "*.html") for path in sorted((ROOT / "processor").rglob(kind))]
OPTIONS = {
    one.name: {word for _, action in handbook_reference.options(one) for word in action.option_strings}
    for one in COMMANDS
}
EVERYWHERE = {"--pengaturan", "--help", "--version"}
FOREIGN = {
    "--wait", "--checksum", "--delete-after", "--exclude", "--fsync", "--userns",
}  # fmt: skip
"""Options of other programs that stand alone in a sentence."""
_FILE = re.compile(r"\.(?:bin|csv|docx|exe|json|md|pdf|pem|py|sqlite|xlsx|yaml)$")
SETTINGS = {re.sub(r": butir |\.NAMA\.", ".", one.key) for one in handbook_reference.every_setting()}


def commands(text: str) -> Iterator[str]:
    """Every command as it is written to be typed: in code, or in a sentence of the program."""
    for found in re.finditer(
        r"(?:`|^(?:[\w./\\]*[/\\])?|: |atau |dengan |lalu )payung +([a-z][^`\n\"']*)", text, re.MULTILINE
    ):
        yield found[1]


def unknown_commands(text: str) -> list[str]:
    """Commands, and options of theirs, that are written somewhere and do not exist."""
    found = []
    for words in commands(text):
        name = re.split(r"[^a-z-]", words, maxsplit=1)[0]
        if name not in OPTIONS:
            found.append(f"payung {name}")
            continue
        given = re.findall(r"(?<![\w-])--[a-z][a-z-]*", re.split(r"\bpayung\b|#", words)[0])
        found += [f"payung {name} {one}" for one in given if one not in OPTIONS[name] | EVERYWHERE]
    alone = re.findall(r"`(--[a-z][a-z-]*)", text)
    return [
        *found,
        *(one for one in alone if not any(one in known for known in (*OPTIONS.values(), EVERYWHERE, FOREIGN))),
    ]


def unknown_settings(text: str) -> list[str]:
    """Settings that are named, or stand in an example of ``payung.yaml``, and do not exist."""
    sections = settings.Settings.model_fields
    placeholders = {*documents.placeholder_names(), *complaint_letter.placeholder_names(), *SETTINGS}
    known = {*placeholders, *(one[: one.index(".", at)] for one in placeholders for at in _dots(one))}
    named = [
        f"{first}.{rest}"
        for first, rest in re.findall(r"`([a-z_]+)\.([a-z_]+(?:\.[a-z_]+)*)`", text)
        if first in sections
    ]
    named += [f"{first}.{rest}" for first, rest in re.findall(r"`([a-z_]+): ([a-z_]+):", text) if first in sections]
    for block in re.findall(r"^ *```yaml\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE):
        data = yaml.load(textwrap.dedent(re.sub("{{.*?}}|{%.*?%}", "x", block)), Loader=yaml.BaseLoader)
        if isinstance(data, dict) and data.keys() <= sections.keys():
            named += [one for key, value in data.items() for one in _keys(key, value)]
    named = [one for one in named if not _FILE.search(one)]
    return [one for one in named if re.sub(r"^petugas\.[a-z0-9]+\.", "petugas.", one) not in known]


def _dots(key: str) -> list[int]:
    return [at for at, letter in enumerate(key) if letter == "."]


def _keys(before: str, value: object) -> Iterator[str]:
    """Give the places of everything that is written in an example."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _keys(f"{before}.{key}", inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for one in value:
            yield from _keys(before, one)
    else:
        yield before


@pytest.mark.parametrize("paths", [HANDBOOK, PROGRAM], ids=["handbook", "program"])
def test_every_command_and_option_that_is_written_anywhere_exists(paths: list[Path]) -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}
    assert sum(1 for text in texts.values() for _ in commands(text)) > 150
    assert {path: wrong for path, text in texts.items() for wrong in [unknown_commands(text)] if wrong} == {}


def test_every_setting_that_the_handbook_names_exists() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in HANDBOOK}
    assert {path: wrong for path, text in texts.items() for wrong in [unknown_settings(text)] if wrong} == {}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Lihat dengan `payung dafter`.", ["payung dafter"]),
        ("```text\npayung daftar --semuanya\n```", ["payung daftar --semuanya"]),
        ("    .venv/bin/payung layani --kontoh", []),
        (".venv/bin/payung layani --kontoh", ["payung layani --kontoh"]),
        ("`payung daftar --semua`, lalu `payung lihat 1 --tenggat`", []),
        ('message = "Jalankan: payung jalankan --paksakan"', ["payung jalankan --paksakan"]),
        ("Dengan `--simulasikan` tidak ada yang ditulis.", ["--simulasikan"]),
    ],
)
def test_a_planted_command_or_option_is_found(text: str, wrong: list[str]) -> None:
    assert unknown_commands(text) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Isi `situs.alamatnya`.", ["situs.alamatnya"]),
        ("Isi `situs: alamatnya:`.", ["situs.alamatnya"]),
        ("Isi `situs.alamat`, `layanan.batas.kajian`, `dasar.pedoman`, `petugas.analis.akun`.", []),
        ("```yaml\nlayanan:\n  batas: {kajiann: 2 hari}\n```\n", ["layanan.batas.kajiann"]),
        ("```yaml\nunit:\n  - {kode: A, nama: B, atasan: C}\n```\n", ["unit.atasan"]),
    ],
)
def test_a_planted_setting_is_found(text: str, wrong: list[str]) -> None:
    assert unknown_settings(text) == wrong


def test_every_option_and_every_setting_says_what_it_is_for() -> None:
    mute = [
        f"{one.name} {action.dest}"
        for one in COMMANDS
        for _, action in handbook_reference.options(one)
        if not action.help
    ]
    assert mute == []
    assert [one.key for one in handbook_reference.every_setting() if not one.about] == []


def test_the_exit_codes_of_both_pages_are_those_of_the_program() -> None:
    table = (
        (ROOT / "docs" / "pengembang" / "index.md").read_text("utf-8").partition("## Exit codes")[2].partition("##")[0]
    )
    codes = handbook_reference.raised_codes()
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == codes
    assert handbook_reference.EXIT_CODES.keys() == codes


def test_every_state_stands_on_the_page_of_commands_and_every_field_of_a_form_on_that_of_settings() -> None:
    assert all(f"| `{state}` |" in handbook_reference.commands_page() for state in STAGES)
    assert "| `tanggal_mendesak` |" in handbook_reference.settings_page()


def test_the_guide_for_writers_names_every_word_that_a_page_may_use() -> None:
    page = (ROOT / "docs" / "petugas" / "templat.md").read_text("utf-8").partition("## Mengubah kata pada situs")[2]
    named = set(re.findall(r"`([a-z_]+)", page.partition("\n## ")[0]))
    words = pages.context(settings.load(ROOT / settings.FILE_NAME)).keys()
    assert words - named == set()
