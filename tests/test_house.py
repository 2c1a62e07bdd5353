"""The house stands: imports point down, no rings, identity has few doors, only the door speaks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import ROOT

HOUSE = ROOT / "processor"
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"show", "doctor", "usage"}),
    frozenset({"steps", "editing", "desk_server", "counter"}),
    frozenset({"pipeline", "serve", "desk", "setup", "example"}),
    frozenset({"advance", "packages"}),
    frozenset({"notify", "case_check"}),
    frozenset({"bundle"}),
    frozenset({"letters", "briefing"}),
    frozenset({"overview"}),
    frozenset({"reminders", "identity"}),
    frozenset({"deadlines", "desk_words", "picture", "additions"}),
    frozenset(
        {"intake", "filing", "workflow", "documents", "pdf", "mail", "publish", "google_form", "paper_form", "office"}
    ),
    frozenset(
        {
            "leakgate",
            "referrals",
            "pages",
            "placement",
            "index",
            "search",
            "google_items",
            "wordcheck",
            "worddraft",
            "dispatch",
            "rules",
            "edits",
        }
    ),
    frozenset({"own_form"}),
    frozenset({"sources", "register", "yamledit", "google_lock", "drafts", "wordtemplate", "outbox", "envelopes"}),
    frozenset({"sealing"}),
    frozenset({"trace", "law", "journal", "numbers", "wordpackage"}),
    frozenset({"casefile", "wordstyles", "smtp", "notices"}),
    frozenset({"settings", "forms", "seal", "endpoint", "code", "worktime", "wordtext", "clamd", "message"}),
    frozenset({"mailserver", "papers", "caseslips"}),
    frozenset({"yaml_writer", "durable", "yamltext", "words", "markdowntext", "leaktexts"}),
    frozenset({"case", "enumeration", "loopback", "yamlslips"}),
    frozenset({"errors"}),
)
"""From the door to the words. A room imports only from floors below its own; sources may import each other."""

IDENTITY_DOORS = {"case", "register", "filing", "identity", "documents", "leakgate", "publish"}
PRINTERS = {"cli"}
ENVIRONMENT = {"settings", "publish", "pdf"}
"""publish and pdf hand the environment on to another program; they read nothing from it."""


def rooms() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        if path.name != "__init__.py":
            parts = path.relative_to(HOUSE).with_suffix("").parts
            yield ".".join(parts), path, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and name of every import of ours, also those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((a.name.removeprefix("processor."), "") for a in node.names if a.name.startswith("processor"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("processor"):
            module = (node.module or "").removeprefix("processor").removeprefix(".")
            yield from ((module or alias.name, alias.name) for alias in node.names)


def floor(room: str) -> int:
    top = room.partition(".")[0]
    found = [number for number, names in enumerate(FLOORS) if top in names]
    assert found, f"{room} has no floor: give it one in FLOORS"
    return found[0]


@pytest.mark.parametrize(("room", "tree"), [(name, tree) for name, _, tree in rooms()])
def test_imports_point_down(room: str, tree: ast.Module) -> None:
    for target, _ in imported(tree):
        inside = "." in room and room.partition(".")[0] == target.partition(".")[0]
        assert inside or floor(target) > floor(room), f"{room} imports {target}, which is not below it"


def test_the_sources_form_no_ring() -> None:
    below = {
        name: {f"sources.{n}" if t == "sources" else t for t, n in imported(tree) if t.startswith("sources")}
        for name, _, tree in rooms()
        if name.startswith("sources")
    }
    done: set[str] = set()
    while len(done) < len(below):
        free = {name for name, needs in below.items() if name not in done and needs <= done}
        assert free, f"a ring among {set(below) - done}"
        done |= free


def test_identity_has_few_doors() -> None:
    touching = {name for name, _, tree in rooms() if ("case", "Applicant") in set(imported(tree))}
    assert touching <= IDENTITY_DOORS - {"case"}


@pytest.mark.parametrize(
    "blind",
    ["workflow", "rules", "overview", "reminders", "edits", "show", "trace", "intake", "index", "pages", "journal"],
)
def test_rooms_that_must_not_see_an_applicant_cannot(blind: str) -> None:
    trees = {name: tree for name, _, tree in rooms()}
    text = ast.unparse(trees[blind])
    assert "Applicant" not in text
    assert "dossier" not in text


def test_only_the_door_prints_or_exits() -> None:
    for name, _, tree in rooms():
        words = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        raised = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Raise)}
        if name.partition(".")[0] not in PRINTERS:
            assert not words & {"print", "exit", "quit", "input"}, name
            assert not any("SystemExit" in text for text in raised), name


def test_only_settings_reads_the_environment() -> None:
    for name, _, tree in rooms():
        reads = any(isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} for node in ast.walk(tree))
        assert not reads or name in ENVIRONMENT, name


def test_nothing_private_can_lie_where_the_site_is_made() -> None:
    kinds = {path.suffix for path in (ROOT / "opinions").rglob("*") if path.is_file()}
    assert kinds == {".docx", ".yaml", ".txt", ".html"}
    assert not [path for path in (ROOT / "docs").rglob("*") if path.suffix in {".age", ".jsonl", ".docx"}]
