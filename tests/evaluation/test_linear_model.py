"""The solver of linear programs, where its surroundings differ."""

import multiprocessing
import os
from random import Random

import pytest

from tests.evaluation.registers import made, publications


@pytest.mark.skipif(os.name == "nt", reason="there is no fork")
def test_a_forked_child_solves_what_its_parent_began_to() -> None:
    publications(made(Random(0)))
    child = multiprocessing.get_context("fork").Process(target=_solve)
    child.start()
    child.join(30)
    child.kill()
    child.join()
    assert child.exitcode == 0


def _solve() -> None:
    publications(made(Random(14)))  # tables for which the solver divides its work
