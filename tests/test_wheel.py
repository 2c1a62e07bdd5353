"""The wheel, installed where there is no checkout: it holds all that an office starts from."""

import importlib.util
import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from pathlib import Path

import pytest

import processor
from tests.cli.test_main import serving
from tests.office import ROOT

pytestmark = pytest.mark.slow


def ran(*words: object, folder: Path) -> str:
    """What a program prints, from ``folder``, where nothing leads to the checkout."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PAYUNG"))}
    done = subprocess.run(
        list(map(str, words)), cwd=folder, env=outside, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, and with the libraries that are here."""
    folder = tmp_path_factory.mktemp("terpasang")
    ran(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, folder=ROOT)
    (wheel,) = folder.glob("*.whl")
    ours = importlib.util.find_spec("pip") is not None  # to make another costs seconds
    venv.create(folder / "env", with_pip=not ours, symlinks=True)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = ["pip", "--python", programs / "python"] if ours else ["pip"]
    python = sys.executable if ours else programs / "python"
    ran(python, "-m", *pip, "install", "--quiet", "--no-index", "--no-deps", wheel, folder=folder)
    purelib = ran(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder)
    (Path(purelib.strip()) / "pustaka.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return programs


def shipped(programs: Path) -> Path:
    """Where the wheel's sources stand."""
    place = ran(programs / "python", "-c", "import processor; print(processor.__path__[0])", folder=programs)
    assert not Path(place.strip()).is_relative_to(ROOT)
    return Path(place.strip()) / "shipped"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_ships_what_stands_beside_the_program(installed: Path) -> None:
    held = contents(shipped(installed))
    assert {path.partition("/")[0] for path in held} == {
        "docs", "forms", "opinions", "mkdocs.yml", "payung.yaml", ".vscode", ".gitignore",
    }  # fmt: skip
    for name in ("docs", "forms", "opinions"):
        assert {f"{name}/{path}" for path in contents(ROOT / name) if "~$" not in path} <= {*held}
    assert all(content == (ROOT / path).read_bytes() for path, content in held.items())


def test_an_office_is_prepared_where_nothing_was(installed: Path, tmp_path: Path) -> None:
    before = contents(shipped(installed))
    payung = installed / "payung"
    assert ran(payung, "--version", folder=tmp_path) == f"payung {processor.__version__}\n"
    assert "Berkas awal disalin" in ran(payung, "siapkan", folder=tmp_path)
    assert "Register siap" in ran(payung, "siapkan", folder=tmp_path)
    assert contents(shipped(installed)) == before


@pytest.mark.long
def test_the_site_of_an_office_without_a_checkout_is_built(installed: Path, tmp_path: Path) -> None:
    payung = installed / "payung"
    for said, command in (("Berkas awal disalin", "siapkan"), ("Register", "siapkan"), ("Situs dibangun", "terbitkan")):
        assert said in ran(payung, command, folder=tmp_path)
    assert "Ajukan" in (tmp_path / "pribadi" / "situs" / "index.html").read_text("utf-8")


@pytest.mark.long
def test_the_example_runs_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    before = contents(shipped(installed))
    with serving(tmp_path, str(installed / "python"), "") as (address, said):
        assert "15 permohonan baru didaftarkan" in said
        assert "Ajukan" in urllib.request.urlopen(address).read().decode()
    assert [path.name for path in tmp_path.iterdir()] == ["contoh"]
    assert contents(shipped(installed)) == before
