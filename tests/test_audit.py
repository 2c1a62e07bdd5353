"""The check of what is pinned: a planted weakness is found, and what could not be checked is not called good."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests import audit
from tests.office import ROOT
from tests.size import pinned

LOCK = """\
contoh-pustaka==1.4.2 ; sys_platform != "win32" \\
    --hash=sha256:00
    # via payung
lain==2.0 \\
    --hash=sha256:11
"""


def advisory(*events: dict[str, str], versions: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    affected = {
        "package": {"ecosystem": "PyPI", "name": "Contoh_Pustaka"},
        "ranges": ranges,
        "versions": list(versions),
    }
    return {"id": "OSV-1", "modified": "2026-11-20T01:02:03Z", "affected": [affected], **more}


@pytest.mark.parametrize(
    ("known", "hits"),
    [
        (advisory({"introduced": "0"}, {"fixed": "1.4.3"}), 1),
        (advisory({"introduced": "0"}, {"fixed": "1.4.2"}), 0),
        (advisory({"introduced": "0"}, {"fixed": "1.3"}, {"introduced": "1.4"}), 1),
        (advisory({"introduced": "1.4.10"}), 0),
        (advisory({"introduced": "1.0"}, {"last_affected": "1.4.2"}), 1),
        (advisory({"introduced": "1.0"}, {"last_affected": "1.4.1"}), 0),
        (advisory(versions=("bukan versi", "1.4.2")), 1),
        (advisory(versions=("1.4",)), 0),
        (advisory({"introduced": "0"}, withdrawn="2026-11-21T00:00:00Z"), 0),
    ],
)
def test_a_pinned_version_is_found_where_an_advisory_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], known: dict[str, Any], hits: int
) -> None:
    lock, file = tmp_path / "requirements.txt", tmp_path / "advisories.json"
    lock.write_text(LOCK)
    file.write_text(json.dumps([known]))
    assert audit.check_offline(file, lock) == hits
    said = capsys.readouterr().out
    assert ("contoh-pustaka 1.4.2: OSV-1 (2026-11-20)" in said) == bool(hits)
    assert "1 advisories, the newest of 2026-11-20." in said


def test_an_advisory_about_another_language_is_passed_over() -> None:
    other = advisory({"introduced": "0"})
    other["affected"][0]["package"]["ecosystem"] = "npm"
    assert not list(audit.find_hits([Requirement("contoh-pustaka==1.4.2")], [other]))


def test_without_network_and_advisories_it_says_that_nothing_was_checked() -> None:
    nowhere = os.environ | {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "no_proxy": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.audit"], cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Nothing was checked: ")


def test_the_lock_for_developing_holds_the_one_for_running_and_more() -> None:
    locks = ("requirements.txt", *(f"requirements-{extra}.txt" for extra in ("cetak", "evaluasi", "tte", "dev")))
    run, *extras, develop = (set(map(str, pinned(ROOT / name))) for name in locks)
    assert all(run < extra < develop for extra in extras)
    assert not {name for name in ("pytest", "mypy", "playwright") if any(pin.startswith(f"{name}==") for pin in run)}
