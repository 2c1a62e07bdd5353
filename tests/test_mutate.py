"""The runner of mutants is believed only because it finds the fault that no test notices, and only that one."""

from pathlib import Path

import pytest

from tests import mutate
from tests.mutants import mutants
from tests.mutate import Trial

MODULE = """
def grown(age: int) -> bool:
    return age >= 18


def told(word: str) -> str:
    return word.strip()


def emptied(words: list[str]) -> list[str]:
    while words:
        words.pop()
    return words
"""
TESTS = """
from tiny import emptied, grown, told

def test_grown():
    assert [grown(17), grown(18), grown(19)] == [False, True, True]

def test_told():
    assert told("a") == "a"

def test_emptied():
    assert emptied(["a", "b"]) == []
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tiny.py").write_text(MODULE)
    (tmp_path / "tests" / "test_tiny.py").write_text(TESTS)
    (tmp_path / "accepted.txt").write_text("# nothing\n")
    return tmp_path


def tried(tree: Path, workers: int = 2) -> dict[str, str]:
    """How each line with its fault ended."""
    modules, accepted = {"tiny.py": ["test_tiny"]}, tree / "accepted.txt"
    found = mutate.run(tree, modules, count=99, seed=1, workers=workers, accepted=accepted, patience=0.5)
    return {one.now: one.ending for one in found}


@pytest.mark.long
def test_a_fault_that_no_test_notices_is_told_with_its_line(tree: Path) -> None:
    endings = tried(tree)
    assert [now for now, ending in endings.items() if ending == "survived"] == ["return (word)"]
    assert endings["return (age > 18)"] == endings["return age >= 19"] == endings["return None"] == "killed"
    assert endings["pass"] == "timed out", "a loop without an end is killed and counted so"
    assert (tree / "tiny.py").read_text() == MODULE


def test_an_accepted_survivor_is_not_tried_again(tree: Path) -> None:
    (tree / "accepted.txt").write_text("tiny.py\n- return word.strip()\n+ return (word)\n= Nobody writes blanks.\n")
    found = mutate.drawn("tiny.py", MODULE, mutate.accepted_faults(tree / "accepted.txt"), 99, 1)
    assert len(found) == len(mutate.drawn("tiny.py", MODULE, frozenset(), 99, 1)) - 1
    assert "return (word)" not in [one.now for one in found]


def test_tests_that_fail_without_any_fault_say_nothing_about_faults(tree: Path) -> None:
    (tree / "tests" / "test_tiny.py").write_text("def test_a():\n    assert False\n")
    with pytest.raises(RuntimeError, match="fail without any fault"):
        tried(tree, workers=1)


def test_a_survivor_is_not_accepted_without_a_reason(tree: Path) -> None:
    (tree / "accepted.txt").write_text("tiny.py\n- a\n+ b\n= \n")
    with pytest.raises(ValueError, match="tiny"):
        mutate.accepted_faults(tree / "accepted.txt")


def test_every_accepted_survivor_still_is_a_fault_of_its_module() -> None:
    possible = {
        (module, *one.lines(source))
        for module in mutate.MODULES
        for source in [(mutate.ROOT / module).read_text("utf-8")]
        for one in mutants(source)
    }
    assert mutate.accepted_faults(mutate.ACCEPTED) <= possible


def test_the_table_names_modules_and_tests_that_are_there() -> None:
    named = [*mutate.MODULES, *(f"tests/{one}.py" for tests in mutate.MODULES.values() for one in tests)]
    assert [name for name in named if not (mutate.ROOT / name).is_file()] == []


def test_the_same_seed_draws_the_same_faults() -> None:
    first, again, other = (mutate.drawn("tiny.py", MODULE, frozenset(), 5, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_the_share_counts_what_was_killed_or_looped() -> None:
    trials = [Trial("a", 1, "", "", ending) for ending in ("killed", "timed out", "survived", "killed")]
    assert mutate.killed_share(trials) == 0.75


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a = b < c", {"a = (b <= c)", "a = (b >= c)"}),
        ("a = b and not c", {"a = (b or not c)", "a = (b)", "a = (not c)", "a = b and (c)"}),
        ("a = b if c else d", {"a = b if True else d", "a = b if False else d"}),
        ("a = [b for b in c if b]", {"a = ([b for b in c])"}),
        ("a = sorted(b, key=c)", {"a = (list(b))"}),
        ("a = f'{b}|{c}'", {"a = f'|{c}'", "a = f'{b}{c}'", "a = f'{b}|'"}),
        ("raise a", {"pass"}),
        ('"""Words."""\na: Literal["b"] = "kata untuk orang"', set()),
    ],
)
def test_the_faults_of_a_line(source: str, changed: set[str]) -> None:
    assert {one.of(source) for one in mutants(source)} == changed
