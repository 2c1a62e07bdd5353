"""Settings that an office wrote for an earlier version go on being read."""

from pathlib import Path

import pytest

from processor.foundation.errors import BrokenFiles
from tests.office import agency

SOURCE = {"formulir": "F1", "kredensial": "kunci.json"}


def test_the_former_key_for_another_address_of_google_is_passed_over(tmp_path: Path) -> None:
    given = agency(tmp_path, sumber={"google": {**SOURCE, "layanan": "http://example.com"}}).sumber.google
    assert given == agency(tmp_path, sumber={"google": SOURCE}).sumber.google


def test_any_other_key_that_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenFiles, match="layan"):
        agency(tmp_path, sumber={"google": {**SOURCE, "layan": "x"}})
