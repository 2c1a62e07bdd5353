"""An empty outbox, and a real mail server on this computer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.mail import outbox
from processor.mail.outbox import Outbox
from tests.office import keys
from tests.smtp_server import Server, running


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "register" / outbox.FOLDER, keys(tmp_path / "kunci"))


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started
