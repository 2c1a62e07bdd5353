"""``payung periksa`` says beforehand what would keep figures and testimonials from being published."""

import sys
from pathlib import Path

import pytest

from processor.operations.figures import release_check
from processor.operations.office import open_office
from tests.cases.test_testimonials import TEXT, put
from tests.office import START, agency, register


def test_what_is_missing_is_told_before_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(tmp_path)
    quiet, publishing = (agency(tmp_path, evaluasi=said) for said in ({}, {"terbit": 15}))
    monkeypatch.setitem(sys.modules, "highspy", None)
    assert [*release_check.check(open_office(quiet, lambda: START))] == []
    [problem] = release_check.check(open_office(publishing, lambda: START))
    assert problem.message.startswith("Penerbitan berikutnya akan ditahan: Angka tidak diterbitkan: pustaka highspy")
    put(tmp_path / "register", TEXT.replace("penulis: pengelola\n", ""))
    [problem] = release_check.check(open_office(quiet, lambda: START))
    assert problem.message == "Testimoni tanpa penulis."
