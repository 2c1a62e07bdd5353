"""The rules of the layout: which package may import which, and which modules may do what no other may.

``breaches`` judges any set of modules by the tables below, so that each rule can be shown to find what is planted.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from functools import cache

import pytest

from tests.office import ROOT

PROGRAM = ROOT / "processor"

LAYERS = ("cli", "desk", "operations", "intake letters mail site evaluation", "cases", "foundation")
"""A package imports only from lines below its own; packages on one line do not know each other."""

OPENS_IDENTITY = {
    "cases.register_seal", "intake.filing", "intake.recognition_index", "operations.case_letters",
    "operations.follow_up_request", "operations.identity", "operations.identity_index", "operations.letter_sources",
    "operations.notices",
    "operations.retelling.retelling_check", "operations.unit_index",
}  # fmt: skip
"""May import ``cases.dossier``, the one module that opens ``pemohon.age``."""
HANDED_AN_APPLICANT = {
    "cli.commands.identity_command", "desk.sealed_pages", "letters.complaint_letter", "letters.documents",
    "letters.shared_values",
    "operations.study_print", "site.leak_gate",
    "site.leak_targets", "site.publish",
}  # fmt: skip
"""Work with an identity that somebody above opened."""
OPENS_COMPLAINTS = {
    "cases.complaint_register", "cases.register_seal", "operations.complaints.complaint_acts",
    "operations.complaints.complaint_intake",
    "operations.complaints.complaint_letters", "operations.complaints.complaint_notices",
    "operations.complaints.complaint_people",
    "operations.complaints.complaint_check", "operations.complaints.complaint_packages", "cli.complaint_output",
}  # fmt: skip
"""May import ``cases.complaint_content``, the one module that opens what a complaint says and who says it."""
OPENS_SEALED = {
    "cases.complaint_content", "cases.dossier", "cases.published_files", "cases.register", "cases.register_seal",
    "cases.survey_store", "mail.outbox", "operations.counter_drafts", "operations.identity", "operations.study_drafts",
    "operations.figures.next_publication", "operations.received_packages", "operations.survey.survey_votes",
    "operations.complaints.complaint_drafts", "operations.unit_index", "operations.backups.restore_drill",
}  # fmt: skip
"""Open what is sealed to the office: identities and attachments, messages, counter drafts, packages from the site,
answers to the survey, which unit an applicant is of, and what was counted of figures."""
LOADS_KEYS = {
    "cli.example", "cli.setup", "operations.backups.putting_back", "operations.backups.restore_drill",
    "operations.counter", "operations.office", "operations.restoring", "site.publish",
}  # fmt: skip
"""Read the office's key files; ``site.publish`` for the public ones."""
SIGNS = {"operations.figures.aggregate_files"}
"""Use the key by which other agencies know this office."""
SEALS = {"cases.office_keys", "site.age_sealing", "site.applicant_code", "site.sealed_files"}
"""Use age itself; of these only ``cases.office_keys`` opens anything."""
PRINTS = ("cli.main", "cli.commands", "cli.terminal_progress")
SILENCES = {
    "site.leak_readers",
    "site.official_texts",
    "letters.signature_check",
    "letters.signature_traces",
    "letters.signed_words",
}
"""Quieten the log of a library that prints."""
READS_ENVIRONMENT = {"foundation.settings"}
HANDS_ENVIRONMENT_ON = {"letters.pdf", "site.publish"}
"""Give it to the program that they start, and read nothing from it."""
PURE = {
    "evaluation.aggregate", "evaluation.recap_text", "evaluation.rollup", "evaluation.tally", "evaluation.task_force",
    "cases.answers", "cases.applicant_messages", "cases.case_labels", "cases.objections", "cases.office_notes",
    "cases.sendable_messages", "cases.retelling_marks", "cases.retellings",
    "cases.complaint", "cases.confirmations", "cases.staff",
    "cases.rules", "cases.case_status", "cases.decision_digests", "cases.deadlines", "cases.promised_times",
    "cases.reminders", "evaluation.interval_audit", "evaluation.linear_model", "evaluation.linked_tables",
    "evaluation.kept_counts", "evaluation.publication_tables", "evaluation.skm", "evaluation.suppression",
    "evaluation.beside_figures", "evaluation.case_facts", "evaluation.counted_cases", "evaluation.figure",
    "evaluation.frozen_publication", "evaluation.publication_values", "evaluation.published_counts",
    "evaluation.release_days", "evaluation.later_counts",
    "evaluation.figure_text", "evaluation.figures", "evaluation.office_facts", "evaluation.periods",
    "evaluation.quality_figures", "evaluation.recommendations", "evaluation.report_words",
    "evaluation.unit_publications", "evaluation.request_figures",
    "evaluation.step_times", "evaluation.survey_figures", "evaluation.time_figures",
}  # fmt: skip
"""What follows from what, by data and the moment they are given: no file, no program, no clock of their own."""
NEEDED_BY_PURE = {
    "cases.case_file", "cases.case_parts", "cases.office_records", "cases.records", "foundation.errors",
    "foundation.form_definition", "foundation.indonesian_dates", "foundation.settings_agency",
    "foundation.word_stems", "foundation.working_days", "foundation.working_time", "foundation.yaml_reader",
}  # fmt: skip
"""What of ours the pure ones build on: forms of data, and sums of working hours."""
WRITES_ITSELF = {
    "foundation.derived_database", "desk.search",  # SQLite, which flushes for itself: made anew from the cases
    "site.answer_pages", "site.publish", "site.published_figures", "site.sealed_files",  # made anew from sources
    "site.jdih_feed", "site.news_feed",  # the same
    "site.endpoint",  # what streams in, on another computer at times
    "site.package_pieces",  # the same
    "site.site_prints",  # made anew from sources
    "site.guidance",  # the same
    "letters.pdf", "foundation.scratch_folders", "site.printing",  # folders that are thrown away
    "cli.setup", "cli.web_server", "cli.commands.identity_command", "cli.commands.office_setup",
    "cli.commands.print_command",  # as somebody asked
}  # fmt: skip
"""Write files otherwise than by ``foundation.atomic_files``, under which the tests' disk loses power."""
IMPORTS_BY_NAME = {"cli.commands.command_table"}
"""Brings in the module of the command that was chosen, and no other."""
FLAT = {"__init__", "__main__", "pages"}
"""``pages`` is the name under which offices' ``mkdocs.yml`` asks for our Markdown extension."""

Modules = Mapping[str, ast.Module]
_SEALED_WORDS = {
    ".applicant", ".dossier", ".identities", "records.Applicant", "records.Dossier", "records.SEALED",
    "identity.open_identity", "identity.opened_identity", "identity.open_attachments",
}  # fmt: skip
_OUTSIDE = {"os", "io", "pathlib", "shutil", "subprocess", "socket", "tempfile", "time", "random", "secrets"}
_WRITES = {
    ".write_text", ".write_bytes", ".touch", ".mkdir", ".makedirs", ".rename", ".renames", ".unlink", ".rmdir",
    ".truncate", ".symlink_to", ".hardlink_to", ".link_to", "os.open", "os.link", "os.symlink", "os.write", "os.remove",
    "os.replace", "shutil.rmtree", "shutil.move", "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree",
    "shutil.copyfileobj", "sqlite3.connect", "tempfile.mkstemp", "tempfile.NamedTemporaryFile",
}  # fmt: skip
_CLOCKS = {".now", ".utcnow", ".today"}
_FILES = {
    "open", ".open", ".read_text", ".read_bytes", ".write_text", ".write_bytes", ".exists", ".is_file", ".is_dir",
    ".iterdir", ".glob", ".rglob", ".stat", ".unlink", ".mkdir", ".touch",
}  # fmt: skip
_TELLS = {
    "sys.exit",
    "sys.stdout",
    "sys.stderr",
    "os._exit",
    "builtins.print",
    "traceback.print_exc",
    "warnings.warn",
    "pprint.pprint",
}


@cache
def program() -> Modules:
    """Every module of ours by its dotted name without ``processor``; a package's own file ends in ``__init__``."""
    return {
        ".".join(path.relative_to(PROGRAM).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for path in sorted(PROGRAM.rglob("*.py"))
    }


def breaches(modules: Modules, judged: Collection[str] = ()) -> list[str]:
    """Everything against the tables, each as a sentence that begins with the module's name.

    Of all ``modules``, or of those that are ``judged``; a ring is one wherever it lies.
    """
    found = [breach for name in judged or modules for rule in RULES for breach in rule(modules, name)]
    waiting = {name: imported(modules, name) for name in modules}
    while free := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in free}
    return [*found, *([f"{min(waiting)} is in a ring among {sorted(waiting)}"] if waiting else [])]


def layer(name: str) -> int:
    """The line of the table on which a module's package stands; -1 for none."""
    package = name.partition(".")[0]
    return next((number for number, line in enumerate(LAYERS) if package in line.split()), -1)


@cache
def names(tree: ast.Module) -> Collection[str]:
    """The dotted name of everything that is imported, also inside functions, ``processor.`` taken off."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += (alias.name.removeprefix("processor.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = f"{node.module or ''}.".removeprefix("processor.")
            found += (f"{package}{alias.name}" for alias in node.names)
            found += (".relative",) * bool(node.level)
    return found


def imported(modules: Modules, name: str) -> set[str]:
    """The modules of ours that the module ``name`` imports."""
    candidates = {one for full in names(modules[name]) for one in (full, full.rpartition(".")[0], f"{full}.__init__")}
    return {one for one in candidates if one in modules and one != name}


def mentioned(modules: Modules, name: str) -> set[str]:
    """What the module ``name`` mentions."""
    return _mentioned(modules[name])


@cache
def _mentioned(tree: ast.Module) -> set[str]:
    """What is imported, and every dotted name and ``getattr`` by a word, whole and by each of its ends: b.c and .c."""
    nodes = [*ast.walk(tree)]
    said = {*names(tree), *(ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute))}
    said |= {".".join(one.split(".")[-2:]) for one in said} | {
        f".{one.rpartition('.')[2]}" for one in said if "." in one
    }
    asked = (node.args[1] for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr")
    return said | {f".{one.value}" for one in asked if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def used(modules: Modules, name: str) -> set[str]:
    """What is called, raised or handed on by a plain name."""
    return {node.id for node in ast.walk(modules[name]) if isinstance(node, ast.Name)}


def imports_point_down(modules: Modules, name: str) -> Iterator[str]:
    if name in FLAT:
        return
    if layer(name) < 0:
        yield f"{name} lies in no package of the table"
    for target in imported(modules, name):
        inside = target.partition(".")[0] == name.partition(".")[0]
        if not inside and layer(target) <= layer(name):
            yield f"{name} imports {target}, which is not below it"
    by_word = mentioned(modules, name) & {"importlib.import_module"} and name not in IMPORTS_BY_NAME
    if ".relative" in names(modules[name]) or by_word:
        yield f"{name} does not say the whole name of what it imports"


def a_packages_own_file_holds_words_only(modules: Modules, name: str) -> Iterator[str]:
    if name.endswith(".__init__") and (not ast.get_docstring(modules[name]) or len(modules[name].body) != 1):
        yield f"{name} holds something else than two sentences"


def identities_are_opened_by_few(modules: Modules, name: str) -> Iterator[str]:
    said = mentioned(modules, name)
    if name not in OPENS_IDENTITY and "cases.dossier" in imported(modules, name):
        yield f"{name} opens identities"
    if name not in OPENS_COMPLAINTS and "cases.complaint_content" in imported(modules, name):
        yield f"{name} opens complaints"
    openers = {"cases.complaint_content", "cases.dossier", "cases.register"}
    knows = name in OPENS_IDENTITY | OPENS_COMPLAINTS | HANDED_AN_APPLICANT | openers
    if not knows and (found := said & _SEALED_WORDS):
        yield f"{name} comes by an identity: {sorted(found)}"
    if name not in OPENS_SEALED | {"cases.office_keys"} and (found := said & {".unseal", "office_keys.OfficeKeys"}):
        yield f"{name} opens what is sealed: {sorted(found)}"
    if name not in LOADS_KEYS and "office_keys.load" in said:
        yield f"{name} reads the office's keys"
    if name not in SIGNS and said & {"aggregate_key.create", "aggregate_key.load", "aggregate_key.sign"}:
        yield f"{name} signs for the office"
    if name not in SEALS and "pyrage" in {full.partition(".")[0] for full in names(modules[name])}:
        yield f"{name} uses age itself"


def only_the_commands_print_or_exit(modules: Modules, name: str) -> Iterator[str]:
    found = used(modules, name) & {"print", "exit", "quit", "input", "SystemExit"}
    found |= mentioned(modules, name) & _TELLS
    if name not in SILENCES and "logging" in {full.partition(".")[0] for full in names(modules[name])}:
        yield f"{name} writes a log, which could hold an applicant's words"
    if found and name != "__main__" and not name.startswith(PRINTS):
        yield f"{name} prints or exits: {sorted(found)}"


def only_the_settings_read_the_environment(modules: Modules, name: str) -> Iterator[str]:
    found = mentioned(modules, name) & {"os.environ", "os.environb", "os.getenv"}
    if found and name not in READS_ENVIRONMENT | HANDS_ENVIRONMENT_ON:
        yield f"{name} reads the environment"


def what_follows_from_data_asks_nothing_else(modules: Modules, name: str) -> Iterator[str]:
    if name not in PURE:
        return
    if others := imported(modules, name) - PURE - NEEDED_BY_PURE:
        yield f"{name} is no longer pure: it imports {sorted(others)}"
    packages = {full.partition(".")[0] for full in names(modules[name])} & _OUTSIDE
    if found := packages | mentioned(modules, name) & (_CLOCKS | _FILES) | used(modules, name) & _FILES:
        yield f"{name} is no longer pure: {sorted(found)}"


def files_are_written_in_one_place(modules: Modules, name: str) -> Iterator[str]:
    if name in WRITES_ITSELF | {"foundation.atomic_files"}:
        return
    found = mentioned(modules, name) & _WRITES
    calls = [node for node in ast.walk(modules[name]) if isinstance(node, ast.Call)]
    found |= {"open" for call in calls if ast.unparse(call.func).rpartition(".")[2] == "open" and _opens_to_write(call)}
    found |= {".replace" for call in calls if ast.unparse(call.func).endswith(".replace") and _has_one_word(call)}
    if found:
        yield f"{name} writes files itself: {sorted(found)}"


def _opens_to_write(call: ast.Call) -> bool:
    modes = [
        one.value for one in (*call.args, *(word.value for word in call.keywords)) if isinstance(one, ast.Constant)
    ]
    return any(isinstance(mode, str) and len(mode) <= len("rb+") and {*mode} & {*"wax+"} for mode in modes)


def _has_one_word(call: ast.Call) -> bool:
    """A text's ``replace`` has two, a path's has one."""
    return len(call.args) == 1 and not call.keywords


RULES = (
    files_are_written_in_one_place,
    imports_point_down,
    a_packages_own_file_holds_words_only,
    identities_are_opened_by_few,
    only_the_commands_print_or_exit,
    only_the_settings_read_the_environment,
    what_follows_from_data_asks_nothing_else,
)


def test_the_program_keeps_the_rules() -> None:
    assert breaches(program()) == []


BREACHES = [
    # imports, in every spelling
    ("cases.rules", "from processor.intake import filing"),
    ("cases.rules", "from processor.intake.filing import file"),
    ("cases.rules", "import processor.intake.filing"),
    ("cases.rules", "import processor.intake.filing as filing"),
    ("cases.rules", "def late():\n    from processor.intake import filing"),
    ("cases.rules", "from ..intake import filing"),
    ("cases.rules", "import importlib\nimportlib.import_module('processor.intake.filing')"),
    ("foundation.errors", "from processor.cases import journal"),
    ("operations.steps", "from processor.desk import search"),
    ("mail.smtp", "from processor.letters import pdf"),
    ("letters.pdf", "from processor.mail import smtp"),
    ("site.pages", "from processor.intake import filing"),
    ("extra.module", "x = 1"),
    ("extra", "x = 1"),
    # rings inside a package
    ("cases.journal", "from processor.cases import register"),
    ("foundation.errors", "from processor.foundation import settings"),
    ("letters.word.styles", "from processor.letters import documents"),
    # packages' own files
    ("cases.__init__", "from processor.cases.register import Register"),
    ("mail.__init__", "LIMIT = 3"),
    # identities
    ("desk.officer_pages", "from processor.cases import dossier"),
    ("desk.search", "from processor.cases.dossier import open_dossier"),
    ("desk.search", "import processor.cases.dossier"),
    ("desk.search", "from processor.cases import complaint_content"),
    ("operations.complaints.complaint_duties", "from processor.cases.complaint_content import read"),
    ("desk.officer_pages", "def who(register, number):\n    return register.dossier(number).applicant.nama"),
    ("desk.search", "def who(found):\n    return found.applicant"),
    ("desk.search", "def who(found):\n    return getattr(found, 'applicant')"),
    ("site.pages", "from processor.cases.records import Applicant"),
    ("site.pages", "from processor.cases.office_keys import OfficeKeys"),
    ("desk.search", "def read(register, path):\n    return register.unseal(path.read_bytes())"),
    ("desk.search", "from processor.cases.records import SEALED"),
    (
        "desk.search",
        "from processor.cases import office_keys\ndef read(a, b, c):\n    return office_keys.load(a, b).open(c)",
    ),
    ("desk.search", "from processor.cases.office_keys import load"),
    ("operations.steps", "import pyrage"),
    ("site.publish", "from processor.cases import aggregate_key\nSIGN = aggregate_key.sign"),
    ("site.publish", "from processor.cases.aggregate_key import load"),
    ("desk.search", "from processor.operations import identity\nREAD = identity.open_attachments"),
    ("desk.search", "from processor.operations.identity import open_identity"),
    # printing
    ("operations.steps", "print('x')"),
    ("operations.steps", "raise SystemExit(1)"),
    ("operations.steps", "def ask():\n    return input('?')"),
    ("operations.steps", "import sys\nsys.exit(1)"),
    ("operations.steps", "import sys\nsys.stderr.write('x')"),
    ("operations.steps", "def ask(dialogue):\n    return dialogue(input, print)"),
    ("operations.steps", "import traceback\ntraceback.print_exc()"),
    ("operations.steps", "import logging\nlogging.getLogger(__name__).warning('x')"),
    ("cli.output", "print('x')"),
    # the environment
    ("cases.rules", "import os\nHOME = os.environ['HOME']"),
    ("operations.steps", "from os import getenv"),
    # files
    ("operations.steps", "def keep(path):\n    path.write_text('x')"),
    ("operations.steps", "def keep(path):\n    with path.open('ab') as file:\n        file.write(b'x')"),
    ("operations.steps", "def keep(path):\n    return open(path, mode='w')"),
    ("operations.steps", "def move(path, to):\n    path.replace(to)"),
    ("operations.steps", "import os\ndef move(path, to):\n    os.replace(path, to)"),
    ("operations.steps", "from os import replace"),
    ("cases.journal", "def clear(path):\n    path.unlink()"),
    ("mail.outbox", "import shutil\ndef clear(path):\n    shutil.rmtree(path)"),
    ("operations.row_store", "import sqlite3\nFILE = sqlite3.connect('x')"),
    ("evaluation.suppression", "from processor.site import publish"),
    # what is pure
    ("evaluation.suppression", "import time"),
    ("cases.rules", "from pathlib import Path"),
    ("cases.case_status", "import subprocess"),
    ("cases.deadlines", "from datetime import datetime\nNOW = datetime.now()"),
    ("cases.deadlines", "from datetime import datetime as moment\nNOW = moment.now()"),
    ("cases.rules", "def delivered(filed):\n    return (filed.folder / 'surat.pdf').exists()"),
    ("cases.rules", "from processor.foundation import atomic_files"),
    ("cases.rules", "from processor.cases.journal import read"),
    ("cases.reminders", "def read(path):\n    return path.read_text()"),
    ("cases.rules", "def read(path):\n    return open(path)"),
]


@pytest.mark.parametrize(("name", "source"), BREACHES)
def test_a_planted_breach_is_found(name: str, source: str) -> None:
    known = program()
    body = [*(known[name].body if name in known else ()), *ast.parse(source).body]
    planted = {**known, name: ast.Module(body, [])}
    assert any(name in breach for breach in breaches(planted, [name]))


TABLES = (
    OPENS_IDENTITY,
    HANDED_AN_APPLICANT,
    OPENS_SEALED,
    LOADS_KEYS,
    SEALS,
    SIGNS,
    NEEDED_BY_PURE,
    SILENCES,
    READS_ENVIRONMENT,
    HANDS_ENVIRONMENT_ON,
    PURE,
    FLAT,
    IMPORTS_BY_NAME,
    WRITES_ITSELF,
)


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_name_modules_that_there_are(table: set[str]) -> None:
    assert table <= program().keys()


def test_whoever_may_open_identities_does() -> None:
    assert {name for name in program() if "cases.dossier" in imported(program(), name)} == OPENS_IDENTITY


def test_nothing_private_can_lie_where_the_site_is_made() -> None:
    kinds = {path.suffix for path in (ROOT / "opinions").rglob("*") if path.is_file()}
    assert kinds == {".docx", ".yaml", ".txt", ".html"}
    assert not [path for path in (ROOT / "docs").rglob("*") if path.suffix in {".age", ".jsonl", ".docx"}]
