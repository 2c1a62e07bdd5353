"""What every test shares: the option that refreshes golden files."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--perbarui-golden", action="store_true", help="write the golden files anew; read them in review")
