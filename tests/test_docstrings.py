"""What a public function does for its caller stands first in its docstring, as a verb; and a class has its own name."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "processor"
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))

_WORDS = (
    "a all an any anything as at both but by each either every everybody everything for from here his how if in it its "
    "no nobody none nothing of on one only or other our some somebody such that the their there these they this those "
    "to two we what whatever when where whether which who whoever whom whose why with without"
)
NO_VERB = frozenset(_WORDS.split())
"""Words with which a description of the result begins, and no sentence about what is done."""


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give the functions and methods that others call, but properties, which are named like what they give."""
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                waiting.append(node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_free(node):
                yield node


def _is_free(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function is private, or a property."""
    return node.name.startswith("_") or any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


def without_verb(source: str) -> list[str]:
    """Give every docstring of ``source`` that does not begin with a verb in the imperative, with its function."""
    found = [(node.name, ast.get_docstring(node) or "") for node in functions(ast.parse(source))]
    return [f"{name}: {text.splitlines()[0]}" for name, text in found if text and not _is_verb(text)]


def _is_verb(text: str) -> bool:
    """Tell whether ``text`` may begin with a verb: no article or question word, no quoted name, no plural."""
    word = text.split(maxsplit=1)[0].strip(",.:;")
    return word.isalpha() and word.lower() not in NO_VERB and (not word.endswith("s") or word.endswith("ss"))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_docstring_begins_with_a_verb(package: str) -> None:
    found = {path.relative_to(ROOT): without_verb(path.read_text("utf-8")) for path in (ROOT / package).rglob("*.py")}
    assert found
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "text", ["The day.", "Whether it rained.", "``day`` in words.", "Days off.", "Counts the days.", "What, if at all."]
)
def test_a_docstring_that_describes_its_result_is_found(text: str) -> None:
    source = f'def f():\n    """{text}"""\nclass C:\n    async def m(self):\n        """{text}"""\n'
    assert without_verb(source) == [f"f: {text}", f"m: {text}"]


def test_properties_private_functions_and_verbs_pass() -> None:
    source = """
class C:
    @property
    def p(self):
        '''The day.'''
    def m(self):
        '''Pass the day.'''
class _D:
    def m(self):
        '''The day.'''
def _f():
    '''The day.'''
def f():
    '''Give the day.'''
"""
    assert without_verb(source) == []


def class_names(source: str) -> Iterator[str]:
    """Give the names of the classes of ``source``; a private one is no other word."""
    return (node.name.lstrip("_") for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef))


def shared(sources: list[str]) -> set[str]:
    """Give the names that several classes have."""
    counts = Counter(name for source in sources for name in class_names(source))
    return {name for name, count in counts.items() if count > 1}


def test_no_two_classes_share_a_name() -> None:
    assert shared([path.read_text("utf-8") for path in ROOT.rglob("*.py")]) == set()
    assert shared(["class Entry: ...", "class C:\n    class _Entry: ..."]) == {"Entry"}
