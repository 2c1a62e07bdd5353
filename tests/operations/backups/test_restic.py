"""The handbook's recipe for restic: what it brings back passes the drill, and what was changed in it does not."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.commands import payung
from tests.conftest import program
from tests.office import ROOT
from tests.operations.backups.conftest import Backed


@pytest.mark.slow
@pytest.mark.long  # restic takes half a second each time, so that nobody guesses its password
def test_what_restic_brings_back_passes_the_drill(own: Backed, tmp_path: Path) -> None:
    restic, office = program("restic", "restic"), own.story.settings.path.parent
    own.story.later(days=1)
    page = (ROOT / "docs" / "petugas" / "instansi-lain.md").read_text("utf-8")
    making, restoring = re.findall(r"^```sh\n(payung cadangkan.*?|restic -r.*?)^```$", page, re.DOTALL | re.MULTILINE)
    known = {**os.environ, "RESTIC_PASSWORD": "rekaan", "RESTIC_CACHE_DIR": str(tmp_path / "tembolok")}
    subprocess.run([restic, "-r", tmp_path / "media/restic", "init"], env=known, check=True, capture_output=True)
    (tmp_path / "srv").mkdir()
    own.place.rename(tmp_path / "srv" / "cadangan")
    own.keys_place.rename(tmp_path / "srv" / "cadangan-kunci")
    back = tmp_path / "srv" / "kembali"
    places = {"/srv/kembali/srv": f"{back}{tmp_path}/srv", "/srv/": f"{tmp_path}/srv/", "/media/": f"{tmp_path}/media/"}
    said = ""
    for line in (making + restoring).splitlines():
        placed = re.sub("|".join(places), lambda match: places[match[0]], line)
        name, *words = shlex.split(placed)
        if name == "payung":
            said = payung(*words, folder=office)
        else:
            assert name == "restic"
            subprocess.run([restic, *words], env=known, check=True, capture_output=True)
    assert "Cadangan ini dapat dipulihkan." in said
    assert f"{back}{tmp_path}/srv/cadangan/payung-register-BH-" in said
    for changed in back.rglob("pemohon.age"):
        changed.write_bytes(changed.read_bytes()[:-1])
    restored = f"{back}{tmp_path}/srv/cadangan"
    assert "pemohon.age" in payung("pulihkan", "--latihan", restored, folder=office, code=1)
