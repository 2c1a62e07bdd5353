"""Sealed packages through whole passes: filed once and taken away, completed later, whatever is killed on the way."""

import configparser
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from processor.cases import case_status, office_keys
from processor.cases.dossier import attachments, open_dossier
from processor.cli import parser
from processor.foundation import settings
from processor.operations import daily_pass, identity, office_check, overview, received_packages, steps
from processor.operations.office import Office
from processor.site import age_header, applicant_code, aside_cap, package_content, recipes, sealed_packages
from processor.site.endpoint import LIMITS
from tests import fake_clamd, office
from tests.effort import STRIDE
from tests.killing import done_until_killed
from tests.office import ROOT
from tests.operations.test_daily_pass import NOW, contents, opened
from tests.packages import PDF, dropped, said, sealed
from tests.site.test_endpoint import ask, package

PROOF = "0123456789abcdef" * 4
LOCATOR = applicant_code.locator_of(PROOF)
NUMBER = "BH-2026-0001"


@pytest.fixture
def open_office(tmp_path: Path) -> Office:
    """An office whose site counts as built already."""
    return opened(tmp_path)


def keys(of: Office) -> office_keys.OfficeKeys:
    return office_keys.load(of.settings.office_key, of.settings.recipients)


def sent(to: Office, name: str, person: int = 1, files: Mapping[str, bytes] | None = None, **changes: object) -> Path:
    """A package that waits for the next pass."""
    path = dropped(to.settings.packages, sealed(keys(to), said(person, files, **changes)), name)
    os.utime(path, (to.now().timestamp(), to.now().timestamp()))
    return path


def request(to: Office, name: str = "a", locator: str = LOCATOR, files: Mapping[str, bytes] | None = None) -> Path:
    """A request of its own with an applicant's code."""
    codes = {"kode_lacak": locator, "kunci_balasan": keys(to).public}
    return sent(to, name, 1, files, jawaban={**office.response(1).answers, **codes})


def addition(to: Office, name: str = "b", person: int = 2, untuk: str = PROOF, **answers: str) -> Path:
    """Something more for that request."""
    words = {"keterangan": "Ini surat panggilannya.", **answers}
    return sent(to, name, person, {"panggilan.pdf": PDF}, untuk=untuk, jawaban=words)


def test_a_pass_files_what_waits_takes_it_away_and_does_nothing_the_next_time(open_office: Office) -> None:
    request(open_office, files={"surat.pdf": PDF})
    report = daily_pass.run_pass(open_office)
    assert (report.count("baru"), report.problems, report.failures) == (1, [], [])
    assert sealed_packages.waiting_packages(open_office.settings.packages) == ()
    register = open_office.register
    assert dict(attachments(register, NUMBER)) == {"1-surat.pdf": PDF}
    case = register.read(NUMBER).case
    assert case is not None
    assert (case.sumber, case.balasan.kode_lacak) == ("situs", LOCATOR)
    daily_pass.run_pass(open_office)
    before = contents(register.folder)
    assert daily_pass.run_pass(open_office).filed == []
    assert contents(register.folder) == before


def test_a_package_that_comes_again_is_the_same_request(open_office: Office) -> None:
    request(open_office)
    daily_pass.run_pass(open_office)
    for again in ("c", "d"):
        request(open_office, again)
    report = daily_pass.run_pass(open_office)
    assert (report.count("baru"), open_office.register.numbers()) == (0, [NUMBER])
    assert sealed_packages.waiting_packages(open_office.settings.packages) == ()


def test_a_simulation_moves_and_writes_nothing(open_office: Office) -> None:
    request(open_office)
    dropped(open_office.settings.packages, b"bukan kiriman", "buruk")
    before = contents(open_office.settings.inbox)
    report = daily_pass.simulate(open_office)
    assert [kind for _, kind, _ in report.filed] == ["baru"]
    assert len(report.problems) == 1
    assert contents(open_office.settings.inbox) == before


def test_what_is_put_aside_is_told_by_the_pass_and_by_the_check_up(open_office: Office) -> None:
    dropped(open_office.settings.packages, b"bukan kiriman", "buruk")
    request(open_office)
    report = daily_pass.run_pass(open_office)
    assert report.count("baru") == 1
    assert [Path(problem.place).parent.name for problem in report.problems] == [sealed_packages.ASIDE]
    assert daily_pass.run_pass(open_office).problems == []
    assert any("buruk.alasan.txt" in problem.mend.replace("…", "") for problem in office_check.check(open_office))


def test_an_addition_completes_its_case(open_office: Office) -> None:
    request(open_office, files={"surat.pdf": PDF})
    daily_pass.run_pass(open_office)
    lacking = steps.verify("dilengkapi", "pengelola", NOW.date(), kekurangan=["Surat panggilan"])
    steps.apply(open_office, NUMBER, lacking)
    daily_pass.run_pass(open_office)
    assert overview.fresh_row(open_office, NUMBER).status == "menunggu_kelengkapan"
    addition(open_office)
    report = daily_pass.run_pass(open_office)
    assert [row[1:] for row in report.filed] == [("dilengkapi", NUMBER)]
    assert sealed_packages.waiting_packages(open_office.settings.packages) == ()
    register = open_office.register
    filed = register.read(NUMBER)
    assert filed.case is not None
    assert overview.fresh_row(open_office, NUMBER).status == "diajukan"
    text = (filed.folder / "perubahan-1.yaml").read_text("utf-8")
    assert "Ini surat panggilannya." in text
    assert "lampiran/2.age" in text
    assert dict(attachments(register, NUMBER)) == {"1-surat.pdf": PDF, "2-panggilan.pdf": PDF}
    assert "perubahan-1.yaml" in case_status.findings(filed.case, filed.events)[-1]


def test_who_only_reads_the_register_cannot_add_to_a_case(open_office: Office) -> None:
    request(open_office)
    daily_pass.run_pass(open_office)
    seen = (open_office.register.path(NUMBER) / "permohonan.yaml").read_text("utf-8")
    assert LOCATOR in seen
    for count, guess in enumerate((LOCATOR, LOCATOR * 2), start=2):
        addition(open_office, str(count), count, untuk=guess)
    assert daily_pass.run_pass(open_office).filed == []
    assert len(list((open_office.settings.packages / sealed_packages.ASIDE).glob("*.age"))) == 2
    assert len(open_dossier(open_office.register, NUMBER).versions) == 1


def test_what_proves_an_addition_is_kept_nowhere(open_office: Office) -> None:
    request(open_office)
    addition(open_office)
    assert daily_pass.run_pass(open_office).filed[-1][1] == "dilengkapi"
    kept = contents(open_office.settings.path.parent)
    assert not [path for path, content in kept.items() if PROOF.encode() in content]
    assert PROOF not in repr(open_dossier(open_office.register, NUMBER))


def test_an_addition_that_is_sent_twice_is_taken_in_once(open_office: Office) -> None:
    request(open_office)
    for name in ("b", "c"):
        addition(open_office, name)
    daily_pass.run_pass(open_office)
    addition(open_office, "d")
    daily_pass.run_pass(open_office)
    events = [event.kind for event in open_office.register.read(NUMBER).events]
    assert events.count("dilengkapi") == 1
    assert sealed_packages.waiting_packages(open_office.settings.packages) == ()


def test_nobody_who_knows_a_locator_can_change_whose_case_it_is(open_office: Office) -> None:
    request(open_office)
    daily_pass.run_pass(open_office)
    before = open_dossier(open_office.register, NUMBER).applicant
    addition(open_office, email="orang.lain@example.org", nama="Orang Lain")
    daily_pass.run_pass(open_office)
    case = open_office.register.path(NUMBER)
    assert open_dossier(open_office.register, NUMBER).applicant == before
    written = "".join(path.read_text("utf-8") for path in case.glob("*.*l"))
    assert "orang.lain" not in written
    assert "Orang Lain" not in written
    assert open_dossier(open_office.register, NUMBER).versions[1]["lain"]["nama"] == "Orang Lain", "sealed, not lost"


def test_a_second_request_under_a_known_locator_does_not_draw_its_additions(open_office: Office) -> None:
    request(open_office)
    daily_pass.run_pass(open_office)
    codes = {"kode_lacak": LOCATOR, "kunci_balasan": keys(open_office).public}
    sent(open_office, "lain", 3, jawaban={**office.response(3).answers, **codes})
    addition(open_office)
    report = daily_pass.run_pass(open_office)
    assert [number for _, kind, number in report.filed if kind == "dilengkapi"] == [NUMBER]


def test_an_addition_to_no_case_is_put_aside(open_office: Office) -> None:
    request(open_office, locator="f" * 32)
    addition(open_office)
    report = daily_pass.run_pass(open_office)
    assert ["kode lacak" in problem.message for problem in report.problems] == [True]
    assert (open_office.settings.packages / sealed_packages.ASIDE / "b.age").exists()


def test_additions_follow_a_new_code_and_the_lost_one_reaches_nothing(open_office: Office) -> None:
    request(open_office)
    daily_pass.run_pass(open_office)
    asked = [sys.executable, "-m", "processor", "kode", NUMBER, "--alasan", "kodenya hilang"]
    place, environment = open_office.settings.path.parent, {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(asked, cwd=place, env=environment, check=True, capture_output=True, text=True).stdout
    made = applicant_code.parse_code(told.split("\n\n")[1])
    addition(open_office, "lama", 2)
    addition(
        open_office,
        "baru",
        3,
        untuk=applicant_code.derive_keys(made, applicant_code.host_of(open_office.settings.situs.alamat)).proof,
    )
    report = daily_pass.run_pass(open_office)
    assert [row[1:] for row in report.filed] == [("dilengkapi", NUMBER)]
    assert [path.stem for path in (open_office.settings.packages / sealed_packages.ASIDE).glob("*.age")] == ["lama"]


def test_an_edit_after_an_addition_keeps_both_and_what_the_office_corrected(open_office: Office) -> None:
    os.utime(request(open_office), (1_700_000_000, 1_700_000_000))
    daily_pass.run_pass(open_office)
    register = open_office.register
    identity.correct(register, open_office.form, NUMBER, {"telepon": "0812 9999 9999"}, "pengelola", "salah ketik", NOW)
    addition(open_office)
    daily_pass.run_pass(open_office)
    changed = {**open_dossier(register, NUMBER).versions[0]["jawaban"], "uraian": "Uraian yang baru."}
    sent(open_office, "c", 1, jawaban=changed)
    daily_pass.run_pass(open_office)
    names = sorted(path.name for path in register.path(NUMBER).glob("perubahan-*"))
    assert names == ["perubahan-1.yaml", "perubahan-2.yaml"]
    assert open_dossier(register, NUMBER).applicant.telepon == "0812 9999 9999"
    assert len(dict(attachments(register, NUMBER))) == 1


def test_the_scanner_of_the_settings_is_asked(tmp_path: Path) -> None:
    place = tmp_path / "clamd.ctl"
    with_scanner = opened(tmp_path, pemindai={"soket": str(place)})
    request(with_scanner, files={"surat.txt": fake_clamd.EICAR})
    report = daily_pass.run_pass(with_scanner)
    assert ["clamd" in problem.message for problem in report.problems] == [True]
    assert with_scanner.register.numbers() == []
    with fake_clamd.running(place):
        assert daily_pass.run_pass(with_scanner).count("baru") == 1
    case = with_scanner.register.read(NUMBER).case
    assert case is not None
    assert any("Eicar" in finding for finding in case.temuan)


def test_a_scanner_that_is_disturbed_by_a_file_is_asked_in_five_passes(tmp_path: Path) -> None:
    place = tmp_path / "clamd.ctl"
    with_scanner = opened(tmp_path, pemindai={"soket": str(place)})
    request(with_scanner, files={"a.txt": fake_clamd.ANSWER + b"stream: Can't write to file ERROR\n"})
    looked, taken = list[int](), list[int]()
    with fake_clamd.running(place):
        for _ in range(5):
            looked += [len(some) for some, _ in received_packages.waiting(with_scanner, aside=False)]
            taken += [len(some) for some, _ in received_packages.waiting(with_scanner, aside=True)]
    assert looked == taken, "to look counts as no try"
    assert taken == [0, 0, 0, 0, 1]


def in_all(of: Office) -> list[bytes]:
    """Every attachment of every case."""
    register = of.register
    return sorted(content for number in register.numbers() for _, content in attachments(register, number))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_wherever_a_pass_is_killed_the_next_one_loses_and_doubles_nothing(tmp_path: Path) -> None:
    files = {"a.pdf": PDF + b"a", "b.pdf": PDF + b"b"}
    (tmp_path / "kantor").mkdir()
    kept = opened(tmp_path / "kantor")
    sent(kept, "a", files=files)
    shutil.copytree(tmp_path / "kantor", tmp_path / "semula")
    step, taken = 1, False
    while not taken:  # what a pass does once it has filed and taken away, others kill
        step += STRIDE
        done_until_killed(kept.settings.path.parent, step, partial(daily_pass.run_pass, kept))
        taken = not sealed_packages.waiting_packages(kept.settings.packages)
        daily_pass.run_pass(kept)
        assert not sealed_packages.waiting_packages(kept.settings.packages)
        assert in_all(kept) == sorted(files.values()), f"step {step}"
        shutil.rmtree(tmp_path / "kantor")
        shutil.copytree(tmp_path / "semula", tmp_path / "kantor")
    assert step > 20, "the kill switch saw too few steps"


@pytest.mark.long
def test_a_processor_that_is_killed_again_and_again_comes_to_the_end(open_office: Office) -> None:
    everything = [PDF + bytes([number]) for number in range(6)]
    for number, content in enumerate(everything):
        sent(open_office, str(number), number, {f"{number}.pdf": content})
    place, register, kills = open_office.settings.path.parent, str(open_office.settings.register), 0
    environment, ended = {**os.environ, "PYTHONPATH": str(ROOT)}, -9
    while ended == -9:
        command = [sys.executable, "-m", "tests.killing", register, str(60 * (kills + 1)), "jalankan"]
        ended = subprocess.run(command, cwd=place, env=environment, capture_output=True, check=False).returncode
        kills += ended == -9
    assert (ended, kills > 1) == (0, True)
    assert in_all(open_office) == everything


_HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.execv(sys.argv[2], sys.argv[2:])
"""


def test_the_endpoint_runs_alone_on_the_socket_that_systemd_hands_over(open_office: Office) -> None:
    for path in (open_office.settings.office_key, open_office.settings.recipients):
        path.unlink()  # it needs neither
    alone = [sys.executable, "-m", "processor", "layani", "--hanya-penerima", "--soket", "3"]
    handing = [sys.executable, "-c", _HAND_OVER]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        process = subprocess.Popen(
            [*handing, str(number), *alone],
            cwd=open_office.settings.path.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            pass_fds=(number,),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert ask(f"http://127.0.0.1:{listener.getsockname()[1]}", package())[0] == 201
        finally:
            process.terminate()
            said_all, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said_all
    assert said_all.startswith("Menerima kiriman di http://127.0.0.1:")
    assert len(sealed_packages.waiting_packages(open_office.settings.packages)) == 1


def recipe(name: str) -> configparser.ConfigParser:
    """A unit of systemd as the handbook shows it."""
    unit = configparser.ConfigParser(strict=False)  # systemd adds up what a unit says twice
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # its own way to keep capitals
    unit.read_string(recipes.recipe("contoh.go.id", f"systemd/{name}"))
    return unit


HANDBOOK = (ROOT / "docs" / "petugas" / "penerima.md").read_text("utf-8")


def test_the_handbook_starts_what_there_is_and_hides_the_key_from_it() -> None:
    unit = recipe("payung-penerima.service")["Service"]
    program, *words = unit["ExecStart"].split()
    args = parser.read_words(words)
    assert (Path(program).name, args.hanya_penerima, args.soket) == ("payung", True, 3)
    place = Path(unit["WorkingDirectory"])
    folders = settings.load(ROOT / settings.FILE_NAME).folder
    assert place / folders.masuk == Path(unit["ReadWritePaths"])
    assert unit["InaccessiblePaths"].split() == [f"-{place / folders.kunci}", f"-{place / folders.register_}"]
    web_server = recipes.recipe("contoh.go.id", "nginx/situs.conf")
    assert f"proxy_pass http://{recipe('payung-penerima.socket')['Socket']['ListenStream']};" in web_server


def test_the_handbook_names_the_limits_that_hold() -> None:
    for line in (
        f"lebih dari {LIMITS.size >> 20} MB, termasuk lampiran paling banyak "
        f"{package_content.MOST_BYTES >> 20} MB | 413",
        f"penerimanya lebih dari {age_header.MOST} | 415",
        f"tidak selesai dalam {LIMITS.seconds / 60:.0f} menit, atau {LIMITS.silence:.0f} detik tanpa sepatah pun | 408",
        f"tanpa bukti kerja: {LIMITS.small} kiriman belum diambil, atau sisa disk kurang dari "
        f"{LIMITS.spare + LIMITS.reserve >> 20} MB | 503",
        f"Sejak {LIMITS.small // 2} kiriman menunggu",
        f"paling banyak {aside_cap.FILES} kiriman atau {aside_cap.SIZE >> 20} MB",
        f"{LIMITS.waiting} kiriman belum diambil | 503",
        f"kurang dari {LIMITS.spare >> 20} MB | 507",
    ):
        assert line in HANDBOOK
    web_server = recipes.recipe("contoh.go.id", "nginx/situs.conf")
    assert f"client_max_body_size {LIMITS.size >> 20}m;" in web_server


def test_a_request_with_another_key_under_a_known_locator_draws_no_addition_though_it_waits(
    open_office: Office, tmp_path: Path
) -> None:
    """Who reads a locator somewhere can send a request under it; what the applicant adds goes to the applicant's."""
    request(open_office)
    daily_pass.run_pass(open_office)
    codes = {"kode_lacak": LOCATOR, "kunci_balasan": office.keys(tmp_path / "orang lain").public}
    sent(open_office, "lain", 3, jawaban={**office.response(3).answers, **codes})
    daily_pass.run_pass(open_office)
    steps.apply(open_office, "BH-2026-0002", steps.verify("dilengkapi", "pengelola", NOW.date(), kekurangan=["Surat"]))
    daily_pass.run_pass(open_office)
    assert overview.fresh_row(open_office, "BH-2026-0002").status == "menunggu_kelengkapan"
    addition(open_office)
    assert [row[1:] for row in daily_pass.run_pass(open_office).filed] == [("dilengkapi", NUMBER)]
