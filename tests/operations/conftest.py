"""An office in which a letter is approved, made once for all tests that copy it."""

from pathlib import Path

import pytest

from processor.operations import steps
from tests.office import response
from tests.operations.edited_letters import TODAY
from tests.story import Story


@pytest.fixture(scope="session")
def approved_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office with a letter that is approved and has no number yet, without LibreOffice; copied, never changed."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("PATH", "")
        made = Story(tmp_path_factory.mktemp("kantor"))
        made.receives(response(1))
        made.writes(steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", []))
        made.studies()
        made.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
    return made


@pytest.fixture
def approved(approved_office: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """That office, to be changed."""
    monkeypatch.setenv("PATH", "")
    return approved_office.copied(tmp_path)
