"""The recipes in ``deploy/``: the handbook shows each, what they name is there, and their programs judge them."""

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from processor.cli import parser
from processor.foundation import settings as settings_file
from processor.site import pages
from tests.conftest import program
from tests.office import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
RECIPES = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file() and path.name != "README.md"]
CONTAINERFILE = DEPLOY / "container" / "Containerfile"


def name(path: Path) -> str:
    return path.name


def test_the_handbook_shows_every_recipe_whole_and_once() -> None:
    context = pages.context(settings_file.load(ROOT / settings_file.FILE_NAME))
    handbook = sorted((ROOT / "docs" / "petugas").glob("*.md"))
    shown = "".join(pages.fill(page.read_text("utf-8"), context) for page in handbook)
    for path in RECIPES:
        text = path.read_text("utf-8").replace("situs.kantor.go.id", "payung.example.go.id")
        assert shown.count(text.rstrip("\n")) == 1, path
    readme = (DEPLOY / "README.md").read_text("utf-8")
    assert {f"`{path.name}/`" for path in DEPLOY.iterdir() if path.is_dir()} == set(re.findall(r"`\w+/`", readme))


def commands() -> Iterator[tuple[Path, list[str]]]:
    """What each recipe lets ``payung`` do."""
    for path in RECIPES:
        text = path.read_text("utf-8")
        for line in re.findall(r"/bin/payung (.+?)(?: >.*)?$", text, re.MULTILINE):
            yield path, shlex.split(line.replace("${CREDENTIALS_DIRECTORY}", "/run"))
        for words in re.findall(r"^CMD (\[.+\])$", text, re.MULTILINE):
            yield path, yaml.safe_load(words)
        for line in re.findall(r'-Argument "(.+?)"', text):
            yield path, line.split()


def test_every_command_of_a_recipe_is_one() -> None:
    found = list(commands())
    assert {path for path, _ in found} == {*SERVICES, CONTAINERFILE, *(DEPLOY / "forge").iterdir(),
                                          *(DEPLOY / "windows").iterdir()}  # fmt: skip
    for path, words in found:
        assert parser.read_words(words).command, path


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    """The units with places of this computer."""
    payung = tmp_path / ".venv" / "bin" / "payung"
    payung.parent.mkdir(parents=True)
    payung.write_text("#!/bin/sh\n", "utf-8")
    payung.chmod(0o755)
    (tmp_path / "unit").mkdir()
    for path in UNITS:
        text = path.read_text("utf-8").replace("/srv/payung", str(tmp_path))
        (tmp_path / "unit" / path.name).write_text(text, "utf-8")
    return tmp_path / "unit"


def test_systemd_understands_every_unit(placed: Path) -> None:
    judge = [program("systemd-analyze", "systemd"), "verify", "--man=no", *sorted(map(str, placed.iterdir()))]
    done = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVICES, ids=name)
def test_a_service_may_do_no_more_than_it_needs(service: Path) -> None:
    judge = [program("systemd-analyze", "systemd"), "security", "--offline=true", "--threshold=15", str(service)]
    done = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_service_writes_only_where_its_work_is() -> None:
    own = {path.stem: re.findall(r"^ReadWritePaths=(.+)$", path.read_text("utf-8"), re.MULTILINE) for path in SERVICES}
    assert own == {
        "payung-putaran": ["/srv/payung/pribadi"],
        "payung-meja": ["/srv/payung/pribadi"],
        "payung-penerima": ["/srv/payung/pribadi/masuk"],
        "payung-cadangan": ["/srv/payung/pribadi/register /media/cadangan /media/kunci"],
        "payung-latihan": ["/srv/payung/pribadi/register"],
    }


def test_what_needs_the_office_key_gets_it_and_what_stands_on_the_internet_does_not() -> None:
    key = settings_file.load(ROOT / settings_file.FILE_NAME).office_key.name
    handed = {path.stem for path in SERVICES if f"LoadCredential={key}:" in path.read_text("utf-8")}
    assert handed == {path.stem for path in SERVICES} - {"payung-penerima"}
    assert {f"{path.stem}.service" for path in UNITS if path.suffix in {".timer", ".socket"}} <= set(map(name, UNITS))


def steps(instruction: str) -> list[str]:
    joined = CONTAINERFILE.read_text("utf-8").replace("\\\n", "")
    return re.findall(rf"^{instruction} (.+)$", joined, re.MULTILINE)


def test_the_container_holds_what_the_program_is_built_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {one.strip("/") for one in wheel["include"]} | {*wheel["force-include"]}
    needed |= {"pyproject.toml", "LICENSE", project["project"]["readme"], "requirements.txt"}
    copied = {source for line in steps("COPY") for source in line.split()[:-1]}
    assert copied == needed
    assert all((ROOT / one).exists() for one in copied)


def test_the_container_runs_the_program_as_nobody_with_pinned_libraries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert steps("USER") == ["payung"]
    assert steps("ENTRYPOINT") == [f'["{next(iter(project["scripts"]))}"]']
    assert "--require-hashes -r /payung/requirements.txt" in "\n".join(steps("RUN"))
    [base] = steps("FROM")
    version = re.search(r"python:(3\.\d+)-slim", base)
    assert version
    assert project["requires-python"] == f">={version[1]}"


@pytest.mark.slow
@pytest.mark.long
def test_the_container_is_built_where_a_builder_is(tmp_path: Path) -> None:
    builders = [one for one in ("podman", "buildah", "docker") if _works(one)]
    if not builders:
        pytest.skip("needs podman, buildah or a running docker: apt-get install podman")
    tag = "payung-uji"
    subprocess.run([builders[0], "build", "-t", tag, "-f", CONTAINERFILE, ROOT], check=True, timeout=3000)
    if builders[0] != "buildah":
        subprocess.run([builders[0], "run", "--rm", tag, "--version"], check=True, timeout=60)


def _works(builder: str) -> bool:
    try:
        return subprocess.run([builder, "info"], capture_output=True, timeout=60, check=False).returncode == 0
    except OSError:
        return False


def test_forges_run_passes_on_the_offices_own_computer_and_get_nothing() -> None:
    github = yaml.safe_load((DEPLOY / "forge" / "github.yml").read_text("utf-8"))
    [job] = github["jobs"].values()
    assert (job["runs-on"], github["permissions"]) == (["self-hosted", "payung"], {})
    assert not [step for step in job["steps"] if "uses" in step or "secrets" in str(step)]
    gitlab = yaml.safe_load((DEPLOY / "forge" / "gitlab.yml").read_text("utf-8"))["putaran"]
    assert (gitlab["tags"], gitlab["variables"]["GIT_STRATEGY"]) == (["payung"], "none")
    assert gitlab["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}]


@pytest.mark.parametrize(("code", "good"), [(0, True), (1, False), (2, True), (3, False), (5, False)])
def test_a_forge_learns_how_a_pass_ended_and_nothing_else(code: int, *, good: bool, tmp_path: Path) -> None:
    payung = tmp_path / ".venv" / "bin" / "payung"
    payung.parent.mkdir(parents=True)
    (tmp_path / "pribadi").mkdir()
    payung.write_text(f"#!/bin/sh\necho Orang Rekaan >&2\necho BH-2026-0001\nexit {code}\n", "utf-8")
    payung.chmod(0o755)
    github = yaml.safe_load((DEPLOY / "forge" / "github.yml").read_text("utf-8"))["jobs"]["putaran"]["steps"][0]["run"]
    [gitlab] = yaml.safe_load((DEPLOY / "forge" / "gitlab.yml").read_text("utf-8"))["putaran"]["script"]
    for script in (github, gitlab.replace("/srv/payung", str(tmp_path))):
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, check=False)
        assert (done.returncode == 0) is good
        said = (done.stdout + done.stderr).decode()
        assert f"kode {code};" in said
        assert "Rekaan" not in said
        assert "BH-" not in said
    assert "BH-2026-0001" in (tmp_path / "pribadi" / "putaran.txt").read_text("utf-8")
