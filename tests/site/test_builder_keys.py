"""The program that builds the site is handed public keys and opens no private one, whichever builder it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.foundation import settings
from processor.site import pages
from tests.office import ROOT, agency, keys, sources

_NOTES_WHAT_IS_OPENED = """
import sys

def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        with_slash = arguments[0].replace(chr(92), "/")
        if "/kunci/" in with_slash or with_slash.endswith("payung.yaml"):
            sys.stderr.write("OPENED " + with_slash + chr(10))

sys.addaudithook(note)
"""


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["mkdocs", pytest.param("zensical", marks=pytest.mark.long)])
def test_the_builder_opens_no_key_and_its_pages_seal_to_the_office(tmp_path: Path, builder: str) -> None:
    office = sources(tmp_path / "kantor")
    found = agency(office, office)
    own = keys(office / "kunci")
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(_NOTES_WHAT_IS_OPENED)
    environment = {**os.environ, **pages.builder_environment(found, own.recipients), "NO_MKDOCS_2_WARNING": "1"}
    environment["PYTHONPATH"] = os.pathsep.join((str(watch), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-m", builder, "build", "--strict"],
        cwd=office, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    opened = {line.partition(" ")[2] for line in done.stderr.splitlines() if line.startswith("OPENED ")}
    assert any(one.endswith(settings.FILE_NAME) for one in opened), "the watch saw what the builder opens"
    assert not [one for one in opened if "/kunci/" in one]
    shown = (office / "site" / "ajukan" / "index.html").read_text("utf-8")
    assert own.public in shown


def test_a_builder_that_is_handed_nothing_takes_no_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = keys(tmp_path / "kunci")
    assert isinstance(own, office_keys.OfficeKeys)
    monkeypatch.delenv(settings.RECIPIENTS, raising=False)
    assert pages.context(agency(tmp_path), settings.builder_recipients())["penerima"] == ()
