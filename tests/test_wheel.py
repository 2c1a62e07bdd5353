"""The wheel, installed where there is no checkout: it holds all that an office starts from."""

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import processor
from processor.cases import case_status
from processor.desk.complaints_page import complaints_page
from processor.desk.visit import Visit
from processor.foundation import settings as settings_file
from processor.operations import applicant_status
from processor.operations.office import open_office
from processor.site import applicant_code, news
from tests.commands import payung
from tests.office import ROOT, small_sources

pytestmark = pytest.mark.slow

NEWS = f"docs/{news.FILE_NAME}"


def ran(*words: object, folder: Path, code: int = 0) -> str:
    """What a program prints, from ``folder``, where nothing leads to the checkout."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PAYUNG"))}
    done = subprocess.run(
        list(map(str, words)), cwd=folder, env=outside, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr * bool(code)


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
        "deploy", "docs", "forms", "opinions", "mkdocs.yml", "payung.yaml", ".vscode", ".gitignore",
    }  # fmt: skip
    for name in ("deploy", "docs", "forms", "opinions"):
        assert {f"{name}/{path}" for path in contents(ROOT / name) if "~$" not in path} - {NEWS} <= {*held}
    assert NEWS not in held, "one office's news is no other's"
    assert all(content == (ROOT / path).read_bytes() for path, content in held.items())


@pytest.mark.long
def test_an_office_is_prepared_where_nothing_was(installed: Path, tmp_path: Path) -> None:
    before = contents(shipped(installed))
    program = installed / "payung"
    assert ran(program, "--version", folder=tmp_path) == f"payung {processor.__version__}\n"
    assert "Register siap" in ran(program, "siapkan", "--ya", folder=tmp_path)
    assert "sudah ada" in ran(program, "siapkan", folder=tmp_path)
    assert contents(shipped(installed)) == before


@pytest.mark.long
def test_the_example_runs_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    before = contents(shipped(installed))
    with serving(tmp_path, installed) as (address, said):
        assert "15 permohonan baru didaftarkan" in said
        assert "Ajukan" in urllib.request.urlopen(address).read().decode()
    assert [path.name for path in tmp_path.iterdir()] == ["contoh"]
    assert contents(shipped(installed)) == before


@pytest.mark.long
def test_the_site_of_an_office_without_a_checkout_is_built(installed: Path, tmp_path: Path) -> None:
    program = installed / "payung"
    for said, *words in (("Folder kerja dibuat", "siapkan", "--ya"), ("Situs dibangun", "terbitkan")):
        assert said in ran(program, *words, folder=tmp_path)
    assert "Ajukan" in (tmp_path / "pribadi" / "situs" / "index.html").read_text("utf-8")


@contextmanager
def serving(folder: Path, programs: Path) -> Iterator[tuple[str, str]]:
    """``payung layani --contoh`` on a free port; its address and what it printed until it was up."""
    process = subprocess.Popen(
        [programs / "python", "-m", "processor", "layani", "--contoh", "--port", "0", "--tiap", "1s"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while "Berhenti dengan Ctrl+C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        match = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert match
        yield match[0], said
    finally:
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=30)[0]
        assert process.returncode == 0, rest


def test_the_first_ten_minutes(installed: Path, tmp_path: Path) -> None:
    small_sources(tmp_path)  # a site of all pages takes its time, and nothing here asks for them
    for name in ("forms", "opinions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "payung.yaml", tmp_path)
    example = tmp_path / "contoh"
    with serving(tmp_path, installed) as (address, said):
        assert "15 permohonan baru didaftarkan" in said
        assert said.startswith("Menyiapkan kantor contoh")
        assert "python -m processor daftar --pengaturan contoh/payung.yaml" in said
        desk = re.search(r"^Meja +(http://127\.0\.0\.1:\d+/\S+/)", said, re.MULTILINE)
        assert desk
        assert "BH-2026-" in urllib.request.urlopen(desk[1]).read().decode()
        code = re.search(r"dengan kode (\S+)", said)
        assert code
        assert "Ajukan" in urllib.request.urlopen(address).read().decode()
        busy = ["layani", "--contoh", "--port", address.rsplit(":", 1)[1].strip("/")]
        assert "--port " in ran(installed / "payung", *busy, folder=tmp_path, code=3)
        statuses = {row["status"] for row in json.loads(payung("daftar", "--semua", "--json", folder=example))}
        assert statuses == case_status.STAGES.keys(), "the example has fictional cases in every status"
        [complaint] = json.loads(payung("pengaduan", "--json", folder=example))
        assert (complaint["status"], complaint["perlu_dibetulkan"]) == ("diterima", 0)
        opened = open_office(settings_file.load(example / "payung.yaml"), lambda: datetime.now(UTC))
        keys = applicant_code.derive_keys(
            applicant_code.parse_code(code[1]), applicant_code.host_of(opened.settings.situs.alamat)
        )
        now = opened.now().astimezone(opened.settings.layanan.zone)
        mine = [one for one in applicant_status.openings(opened, now) if one.recipient == keys.recipient]
        assert [(one.status["nomor"], bool(one.answer)) for one in mine] == [("BH-2026-0001", True)]
        assert opened.settings.situs.status_tiap == 1
        assert complaint["nomor"] in complaints_page(Visit(opened, ""))
        shutil.copy(ROOT / "tests" / "data" / "exports" / "google-id.csv", example / "masuk")
        for _ in range(1200):
            if (example / "masuk" / "selesai" / "google-id.csv").exists():
                break
            time.sleep(0.1)
        assert len(json.loads(payung("daftar", "--json", folder=example))) > 12
    anew = {".payung", "balasan", "verifikasi"}  # what is published each minute
    kept = (path for path in example.rglob("*") if path.is_file() and not anew & {*path.parts})
    before = {path: path.stat().st_mtime_ns for path in kept if path.name != "ingatan-jam.json"}
    with serving(tmp_path, installed) as (_, said):
        assert "\n0 permohonan baru didaftarkan" in said
        assert "Situs tidak berubah." in said
    assert {p: p.stat().st_mtime_ns for p in before} == before
    letters = sorted({path.name for path in example.rglob("*.docx")})
    assert letters == [
        "jawaban-keberatan.docx",
        "pemberitahuan-penolakan.docx",
        "pendapat-hukum.docx",
        "penjelasan-peraturan.docx",
        "rujukan-mekanisme.docx",
        "tanda-terima.docx",
    ]
