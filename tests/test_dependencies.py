"""Whatever is imported is declared: a library that only another one brings may be gone with its next release."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata, util
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.office import ROOT
from tests.size import pinned

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = {"processor", "tests"}


def imported(source: str) -> Iterator[str]:
    """Every module that a text imports, however deep."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@cache
def owners_by_package() -> Mapping[str, list[str]]:
    """The distributions that bring each top-level package; reading them all takes half a second."""
    return metadata.packages_distributions()


@cache
def distributions(module: str) -> frozenset[str]:
    """The distributions that hold a module; several where they share a package, as Google's do."""
    top, *rest = module.split(".")
    owners = frozenset(owners_by_package().get(top, ()))
    if len(owners) > 1 and rest:
        found = util.find_spec(module)
        where = Path(found.origin) if found and found.origin else None
        files = {owner: metadata.distribution(owner).files or () for owner in owners}
        owners = frozenset(owner for owner in owners if any(Path(str(f.locate())) == where for f in files[owner]))
    return frozenset(map(canonicalize_name, owners))


def undeclared(source: str, declared: set[str]) -> set[str]:
    """What a text imports from nothing that is declared."""
    foreign = {name for name in imported(source) if name.partition(".")[0] not in OURS | sys.stdlib_module_names}
    return {name for name in foreign if not distributions(name) & declared}


def names(*lists: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(one).name) for each in lists for one in each}


RUNNING = names(PROJECT["dependencies"])
PRINTING = names(PROJECT["dependencies"], PROJECT["optional-dependencies"]["cetak"])
EVALUATING = names(PROJECT["dependencies"], PROJECT["optional-dependencies"]["evaluasi"])
SIGNING = names(PROJECT["dependencies"], PROJECT["optional-dependencies"]["tte"])
DEVELOPING = PRINTING | EVALUATING | SIGNING | names(PROJECT["optional-dependencies"]["dev"])


@pytest.mark.parametrize(
    ("folder", "declared"), [("processor", PRINTING | EVALUATING | SIGNING), ("tests", DEVELOPING)]
)
def test_every_library_that_is_imported_is_declared(folder: str, declared: set[str]) -> None:
    files = (ROOT / folder).rglob("*.py")
    assert not {(file.name, one) for file in files for one in undeclared(file.read_text("utf-8"), declared)}


@pytest.mark.parametrize(
    "source",
    [
        "import anyio",
        "def later():\n    from anyio.to_thread import run_sync",
        "from google.protobuf import message",
        "import google.api_core.exceptions as gone",
        "import hal_yang_tidak_ada",
    ],
)
def test_a_library_that_only_another_one_brings_is_found(source: str) -> None:
    assert undeclared(source, RUNNING)


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements.txt", RUNNING),
        ("requirements-cetak.txt", PRINTING),
        ("requirements-evaluasi.txt", EVALUATING),
        ("requirements-tte.txt", SIGNING),
        ("requirements-dev.txt", DEVELOPING),
    ],
    ids=["run", "print", "evaluate", "sign", "develop"],
)
def test_every_library_that_is_declared_is_pinned(lock: str, declared: set[str]) -> None:
    assert not declared - {canonicalize_name(pin.name) for pin in pinned(ROOT / lock)}, "run: make lock"


def test_each_runtime_library_says_why_it_is_there_or_is_named_in_an_import() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").partition("[project.optional")[0].splitlines()
    silent = {canonicalize_name(m[1]) for line in lines if (m := re.match(r'  "([\w.-]+)>=[^"]+",$', line))}
    used = {one for file in (ROOT / "processor").rglob("*.py") for one in imported(file.read_text("utf-8"))}
    foreign = {name for name in used if name.partition(".")[0] not in OURS | sys.stdlib_module_names}
    assert silent <= {owner for name in foreign for owner in distributions(name)}
