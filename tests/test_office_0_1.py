"""A whole office that version 0.1.0 left behind, opened by today's program: see tests/data/office-0.1/README.md.

Whatever an office holds is never lost, done twice or read otherwise by a later version. Where one of these tests
fails, the program is wrong and not the kept office.
"""

import hashlib
import hmac
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from processor.cases import decision_digests, dossier, office_keys
from processor.cases.register import Register
from processor.foundation import settings as settings_file
from processor.foundation.settings_agency import Taxonomy
from processor.intake import recognition_index
from processor.operations import counter, daily_pass, overview, referrals, steps
from processor.operations.identity_index import IdentityIndex
from processor.operations.office import Office, open_office
from processor.operations.pass_report import PassReport
from processor.operations.upgrade import folder_version, upgrade_plan, upgrade_steps
from processor.site import applicant_code, publish
from tests import fake_google
from tests.office import ROOT
from tests.opened_statuses import unsealed, unsealed_statuses
from tests.smtp_server import Server, running

KEPT = Path(__file__).parent / "data" / "office-0.1"
EXPECTED = json.loads(KEPT.with_name("office-0.1.expected.json").read_text("utf-8"))
CASES: dict[str, dict[str, Any]] = EXPECTED["cases"]
NOW = datetime.fromisoformat(EXPECTED["now"])
"""Just after the last thing that happened there."""
REGISTER, INBOX, KEYS = Path("pribadi/register"), Path("pribadi/masuk"), Path("pribadi/kunci")
DERIVED = ("indeks", "ringkas", "sidik")
STATUSES = {
    *("diajukan", "menunggu_kelengkapan", "diteruskan", "ditolak", "disusun", "diperiksa", "dikembalikan"),
    *("disetujui", "disampaikan", "selesai", "dibatalkan", "diarsipkan"),
}


def copied(to: Path, port: int) -> Path:
    """The kept office in ``to``, with the times and rights that git does not keep, and its mail server at ``port``."""
    shutil.copytree(KEPT, to)
    (to / "README.md").unlink()
    for name, kept in EXPECTED["files"].items():
        os.utime(to / name, ns=(kept["time"], kept["time"]))
    for path in (to / "pribadi").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    settings = to / "payung.yaml"
    settings.write_text(settings.read_text("utf-8").replace("port: 2525", f"port: {port}"), "utf-8")
    return to


@dataclass
class Kept:
    """The copied office at work; its clock is moved by hand, its mail server is real."""

    folder: Path
    server: Server
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.office: Office = self.opened()

    def opened(self) -> Office:
        """Open the office, its site counting as built: these tests are about what it holds."""
        office = open_office(settings_file.load(self.folder / "payung.yaml"), lambda: self.now, quiet=0)
        office.settings.site.mkdir(exist_ok=True)
        (office.settings.site / ".payung-situs").touch()
        built = {**office.register.state("terbit"), "dari": publish.inputs_digest(office.settings)}
        office.register.save_state("terbit", built)
        return office

    def passes(self) -> PassReport:
        return daily_pass.run_pass(self.office)

    def path(self, number: str) -> Path:
        return case_in(self.folder, number)

    def rows(self) -> dict[str, dict[str, Any]]:
        """What the list of cases says of each."""
        return {
            row.number: {"status": row.status, "holders": [*row.holders], "due": row.due, "whole": row.whole}
            for row in overview.rows(self.office)
        }

    def outbox(self) -> dict[str, str]:
        return {entry.name: entry.state for entry in self.office.outbox.entries()}

    def mails(self) -> list[tuple[str, str]]:
        return [(str(mail["To"]), str(mail["Subject"])) for mail in self.server.messages()]

    def complaints(self) -> dict[str, set[str]]:
        """What somebody must mend in each case."""
        found = {number: self.office.register.read(number) for number in self.office.register.numbers()}
        looks = {number: overview.derive_for(self.office, filed) for number, filed in found.items()}
        said = {n: {*found[n].problems, *(look.problems if look else ())} for n, look in looks.items()}
        return {number: {problem.message for problem in problems} for number, problems in said.items() if problems}


def case_in(office: Path, number: str) -> Path:
    return office / REGISTER / number.split("-")[1] / number


def journal(folder: Path) -> list[dict[str, Any]]:
    """Every line of the journal in ``folder``, as anybody would read it."""
    return [json.loads(line) for line in (folder / "riwayat.jsonl").read_bytes().splitlines()]


def chained(folder: Path) -> str:
    """The last link of the journal in ``folder``, from its bytes and SHA-256 alone; fails where the chain is broken."""
    link = folder.name
    for line in (folder / "riwayat.jsonl").read_bytes().splitlines():
        body, mark, said = line.rpartition(b',"rantai":"')
        link = hashlib.sha256(link.encode() + body + b"}").hexdigest()
        assert (mark, said) == (b',"rantai":"', f'{link}"}}'.encode()), folder.name
    return link


def letters(folder: Path) -> dict[str, str]:
    """Name and SHA-256 of every letter in a case's folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "keluar").iterdir())}


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file that a pass with nothing to do leaves alone; all but what the program keeps for itself.

    For how long the computer has run is something new in each.
    """
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix != ".lock"
        and path.parent.name != ".payung"
        and path.name != "ingatan-jam.json"
    }


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """The office as it was kept, for a test that does something of its own with it."""
    with running() as server:
        yield Kept(copied(tmp_path / "kantor", server.port), server)


@dataclass
class Passed:
    """The office after two passes at the moment at which it was kept."""

    office: Kept
    before: dict[str, dict[str, Any]]
    first: PassReport
    sent: list[tuple[str, str]]
    files: dict[Path, bytes]
    second: PassReport


@pytest.fixture(
    scope="module", params=["as it was kept", pytest.param("without its derived indexes", marks=pytest.mark.long)]
)
def passed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Passed]:
    with running() as server:
        folder = copied(tmp_path_factory.mktemp("lama") / "kantor", server.port)
        if request.param != "as it was kept":
            for name in DERIVED:
                (folder / REGISTER / ".payung" / f"{name}.json").unlink()
        office = Kept(folder, server)
        before, first = office.rows(), office.passes()
        sent, files = office.mails(), contents(folder)
        yield Passed(office, before, first, sent, files, office.passes())


# What is kept


def test_every_kept_file_is_what_version_0_1_0_wrote() -> None:
    files = {path.relative_to(KEPT).as_posix(): path for path in KEPT.rglob("*") if path.is_file()}
    files.pop("README.md")
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert digests == {name: kept["sha256"] for name, kept in EXPECTED["files"].items()}
    assert {case["status"] for case in CASES.values()} == STATUSES


# Before a pass


def test_every_case_has_its_status_its_deadlines_and_its_holders(passed: Passed) -> None:
    told = {n: {key: case[key] for key in ("status", "holders", "due", "whole")} for n, case in CASES.items()}
    assert passed.before == told


def test_the_commands_see_the_same_office(kept: Kept) -> None:
    def payung(*words: str, ends: int) -> Any:
        command = [sys.executable, "-m", "processor", *words, "--json"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=kept.folder, env=environment, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (ends, "")
        return json.loads(done.stdout)

    listed = {row["nomor"]: row for row in payung("daftar", "--semua", ends=0)}
    names = {"status": "status", "petugas": "holders", "tenggat": "due", "tenggat_seluruhnya": "whole"}
    told = {n: {name: case[key] for name, key in names.items()} for n, case in CASES.items()}
    assert {n: {name: row[name] for name in names} for n, row in listed.items()} == told
    wrong = [one for one in payung("periksa", ends=2) if "BH-2026-" in one["tempat"]]
    assert [(Path(one["tempat"]).parent.name, one["masalah"]) for one in wrong if "email" not in one["tempat"]] == [
        (number, STALE) for number, case in CASES.items() if case["approval"] == "stale"
    ]
    waiting = {one["nama"]: one["keadaan"] for one in payung("surat", ends=0)}
    assert waiting == EXPECTED["outbox"]


STALE = "Kajian berubah sesudah disetujui."


# The first pass, and the second


FILED = {
    ("w30.age", "baru", "BH-2026-0027"),
    ("w6lagi.age", "dikenali", "BH-2026-0006"),
    ("w31lama.age", "baru", "BH-2026-0028"),
    ("w6tambahan.a", "dilengkapi", "BH-2026-0006"),
    *((f"baris {row}", "sama", f"BH-2026-000{case}") for row, case in ((2, 1), (3, 2), (4, 3), (6, 5))),
    ("baris 5", "diubah", "BH-2026-0004"),
    ("baris 7", "baru", "BH-2026-0029"),
}
"""What becomes of each package and row that waited: one comes a second time, one row was edited."""
NEW = ("BH-2026-0027", "BH-2026-0028", "BH-2026-0029")
TOLD = {
    "BH-2026-0004": [("diubah", "perubahan-1.yaml")],
    "BH-2026-0006": [("dikenali", ""), ("dilengkapi", "perubahan-1.yaml"), ("status", "diajukan")],
    "BH-2026-0020": [("email", "diterima")],
    "BH-2026-0024": [("email", "diterima")],
    "BH-2026-0025": [("email", "diterima")],
    "BH-2026-0026": [("email", "diterima"), ("email", "dibatalkan")],
    **{number: [("didaftar", ""), ("surat", "tanda-terima.docx"), ("email", "diterima")] for number in NEW},
}
"""What the journals learn: what waited in the inbox, and what had become of mail before the pass was cut off."""


def test_everything_that_waits_is_filed_once(passed: Passed) -> None:
    places = [(place.removeprefix("kiriman ").rpartition(", ")[2], *rest) for place, *rest in passed.first.filed]
    assert (len(places), set(places)) == (len(FILED), FILED)
    assert (passed.first.failures, passed.second.filed, passed.second.failures) == ([], [], [])
    inbox = passed.office.folder / INBOX
    kept = sorted(path.stem for path in inbox.glob("kiriman/terdaftar/*/*.age"))
    assert kept == ["w30", "w31lama", "w6lagi", "w6tambahan"]
    assert sorted(path.name for path in inbox.rglob("*") if path.is_file() and path.stem not in kept) == [
        *("a9.age", "a9.alasan.txt", "sampah.age", "sampah.alasan.txt"),
        *("tanggapan (1).csv", "tanggapan (1).hasil.csv", "tanggapan.csv", "tanggapan.hasil.csv"),
    ]
    register = passed.office.office.register
    assert [name for name, _ in dossier.attachments(register, "BH-2026-0006")][2:] == ["3-surat_tugas.pdf"]
    assert [name for name, _ in dossier.attachments(register, "BH-2026-0027")] == ["1-undangan.pdf"]
    assert dossier.open_dossier(register, "BH-2026-0028").versions[0]["lain"] == {"golongan": "III/c"}, (
        "of an older form, kept"
    )


def test_the_statuses_stay_but_for_the_request_that_was_completed(passed: Passed) -> None:
    now = passed.office.rows()
    statuses = {number: row["status"] for number, row in now.items()}
    completed = {**dict.fromkeys(NEW, "diajukan"), "BH-2026-0006": "diajukan"}
    assert statuses == {number: case["status"] for number, case in CASES.items()} | completed
    assert {n: row for n, row in now.items() if n not in completed} == {
        n: row for n, row in passed.before.items() if n not in completed
    }


def test_only_what_honestly_waited_is_sent(passed: Passed) -> None:
    assert passed.sent == [
        ("orang24@example.org", "BH-2026-0024: permohonan diterima"),
        ("orang30@example.org", "BH-2026-0027: permohonan diterima"),
        ("orang31@example.org", "BH-2026-0028: permohonan diterima"),
        ("orang32@example.org", "BH-2026-0029: permohonan diterima"),
        ("kabag@kantor.example", "Ringkasan harian: 2 permohonan"),  # late only since the promise runs from sending
    ]
    assert passed.office.mails() == passed.sent, "and nothing by the second pass"
    ids = {str(one["Message-ID"]).partition("@")[0] for one in passed.office.server.messages()}
    assert "<bh-2026-0024.diterima" in ids, "what waited keeps the Message-ID that it may have gone out with"
    assert not any(one.startswith("<bh-2026-0027.diterima") for one in ids), "a case of today has one of its own"


def test_what_is_held_failed_uncertain_or_put_off_stays_so(passed: Passed) -> None:
    staying = {name: state for name, state in EXPECTED["outbox"].items() if state in STAYING}
    assert sorted(staying.values()) == sorted(STAYING)
    assert passed.office.outbox() == staying
    for name in staying:
        state = REGISTER / "email" / name / "keadaan.json"
        assert (passed.office.folder / state).read_bytes() == (KEPT / state).read_bytes()


STAYING = ("ditahan", "gagal", "tidak_pasti", "ditunda")


def test_the_second_pass_does_nothing(passed: Passed) -> None:
    assert (passed.second.filed, passed.second.rendered, passed.second.sent) == ([], [], 0)
    assert contents(passed.office.folder) == passed.files


def test_every_journal_goes_on_where_it_ended_and_tells_nothing_twice(passed: Passed) -> None:
    told = {}
    for number in passed.office.office.register.numbers():
        old = case_in(KEPT, number) / "riwayat.jsonl"
        whole, begun = (
            (passed.office.path(number) / old.name).read_bytes(),
            old.read_bytes() if number in CASES else b"",
        )
        assert whole.startswith(begun)
        events = [
            (one["peristiwa"], one.get("rincian", {})) for one in map(json.loads, whole[len(begun) :].splitlines())
        ]
        keys = {"status": "menjadi", "email": "pesan"}
        told[number] = [(kind, data.get(keys.get(kind, "berkas"), "")) for kind, data in events]
        chained(passed.office.path(number))
    assert {number: events for number, events in told.items() if events} == TOLD


def test_nothing_is_called_edited_that_nobody_edited(passed: Passed) -> None:
    for number, case in CASES.items():
        now, then = journal(passed.office.path(number)), journal(case_in(KEPT, number))
        assert len(then) == case["events"]
        count, before = (Counter(one["peristiwa"] for one in some) for some in (now, then))
        assert count["disunting"] == before["disunting"]
        assert count["diubah"] - before["diubah"] == (number == "BH-2026-0004")


def test_no_pass_writes_a_case_file(passed: Passed) -> None:
    for number in CASES:
        file = passed.office.path(number) / "permohonan.yaml"
        assert file.read_bytes() == (case_in(KEPT, number) / file.name).read_bytes()


def test_no_number_is_given_twice(passed: Passed) -> None:
    assert passed.office.office.register.numbers() == [*CASES, *NEW]
    assert json.loads((KEPT / REGISTER / "nomor.json").read_bytes()) == EXPECTED["highest"] == {"BH-2026": len(CASES)}
    assert json.loads((passed.office.folder / REGISTER / "nomor.json").read_bytes()) == {"BH-2026": len(CASES) + 3}


def test_a_letter_that_is_numbered_delivered_or_edited_in_word_stays_as_it_is(passed: Passed) -> None:
    for number, case in CASES.items():
        now = letters(passed.office.path(number))
        fixed = {*case["fixed"], *(["pendapat-hukum.docx"] if number == "BH-2026-0012" else [])}
        assert {name: now[name] for name in fixed} == {name: case["letters"][name] for name in fixed}
    assert sum(len(case["fixed"]) for case in CASES.values()) == 12


def test_no_other_letter_is_made_anew_either_approved_or_draft(passed: Passed) -> None:
    assert {number: letters(passed.office.path(number)) for number in CASES} == {
        number: case["letters"] for number, case in CASES.items()
    }
    assert passed.first.rendered == [(number, "tanda-terima.docx", "") for number in NEW]


def test_approvals_hold_and_stale_ones_stay_stale(passed: Passed) -> None:
    kinds = Counter((case["approval"], case["names_its_digest"]) for case in CASES.values() if case["approval"])
    assert kinds.keys() == {(state, by) for state in ("valid", "stale") for by in (True, False)}
    stale = {number: {STALE} for number, case in CASES.items() if case["approval"] == "stale"}
    assert passed.office.complaints() == stale


def test_what_was_taken_already_is_not_filed_again_when_it_lies_there_once_more(kept: Kept) -> None:
    kept.passes()
    numbers = kept.office.register.numbers()
    shutil.copytree(KEPT / INBOX / "kiriman", kept.folder / INBOX / "kiriman", dirs_exist_ok=True)
    for path in (KEPT / INBOX / "tanggapan (1).csv", KEPT / INBOX / "selesai" / "tanggapan.csv"):
        shutil.copy(path, kept.folder / INBOX / f"lagi {path.name}")
    report = kept.passes()
    assert kept.office.register.numbers() == numbers
    assert {kind for _, kind, _ in report.filed} <= {"sama", "dikenali"}


# Later


def test_days_later_officers_are_reminded_and_an_applicant_is_told_only_what_was_put_off(kept: Kept) -> None:
    kept.passes()
    kept.server.received.clear()
    for days, applicants in ((3, ["orang22@example.org"]), (7, [])):
        kept.now = NOW + timedelta(days=days)
        kept.passes()
        to = [address for address, _ in kept.mails()]
        assert [address for address in to if not address.endswith("@kantor.example")] == applicants
        assert "kabag@kantor.example" in to
        kept.server.received.clear()
        assert kept.passes().sent == 0
    assert {number: letters(kept.path(number)) for number in CASES} == {n: one["letters"] for n, one in CASES.items()}


def test_a_command_changes_its_line_and_keeps_comments_and_the_office_s_own_keys(kept: Kept) -> None:
    kept.passes()
    file = kept.path("BH-2026-0012") / "permohonan.yaml"
    before = file.read_text("utf-8")
    assert ("konsep_ke: 2   # kunci milik kantor" in before, "# --- catatan kantor" in before) == (True, True)
    steps.apply(kept.office, "BH-2026-0012", steps.set_study_ready(done=True))
    assert file.read_text("utf-8") == before.replace("  selesai: tidak\n", "  selesai: ya\n")
    kept.passes()
    assert letters(kept.path("BH-2026-0012")) == CASES["BH-2026-0012"]["letters"], "both letters are there already"


def test_a_signed_letter_that_waits_is_delivered_as_it_was_signed(kept: Kept) -> None:
    kept.passes()
    number = "BH-2026-0015"
    steps.apply(kept.office, number, steps.deliver(kept.now.date()))
    kept.passes()
    [answer] = [one["rincian"] for one in journal(kept.path(number)) if one["peristiwa"] == "jawaban"]
    signed = CASES[number]["letters"]["pendapat-hukum.pdf"]
    assert (answer["berkas"], answer["nomor"], answer["sha256"]) == ("pendapat-hukum.pdf", "180/115/Huk-2026", signed)


def test_the_counter_goes_on_with_the_request_that_it_left_unfinished(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(kept.folder))  # no LibreOffice is needed for this
    heard: list[str] = []
    replies = ["y", ".", "Apa hukumnya?", ".", "ya", "Saya ambil di loket", "y"]

    def ask(said: str) -> str:
        heard.append(said)
        return replies.pop(0)

    number = counter.receive(kept.office, "pengelola", ask, heard.append)
    assert (number, replies) == ("BH-2026-0027", [])
    assert "(pengelola, 3 Maret 2026" in heard[0]
    text = (kept.path(number) / "permohonan.yaml").read_text("utf-8")
    assert "Persoalan rekaan ke-50, di loket." in text, "also the answer that was only half written"
    assert dossier.open_dossier(kept.office.register, number).applicant.nama == "Orang Rekaan 50"


def test_referrals_are_still_counted(kept: Kept) -> None:
    assert referrals.yearly_counts(kept.office.register, 2026) == {"litigasi": 1}
    assert chained(KEPT / REGISTER / "rujukan")


def test_what_google_lists_again_is_known(kept: Kept) -> None:
    with fake_google.serve() as google:
        key = fake_google.user_token(google, kept.folder / KEYS / "google.json")
        key.chmod(0o600)
        section = f"\nsumber:\n  google:\n    formulir: BUATAN1\n    kredensial: {key}\n    layanan: {google.url}\n"
        with (kept.folder / "payung.yaml").open("a", encoding="utf-8") as file:
            file.write(section)
        google.new_form("BUATAN1")
        asked = json.loads((KEPT / "forms/permohonan.google.lock.json").read_bytes())["pertanyaan"]
        fresh = fake_google.response(3, {asked["nama"]: "Orang Rekaan 33"}, "2026-03-03T05:00:00Z")
        google.responses["BUATAN1"] = [*(listed(kept, number, asked) for number in GOOGLE), fresh]
        kept.office = kept.opened()
        report = kept.passes()
        assert (report.failures, kept.office.register.numbers()) == ([], [*CASES, *NEW, "BH-2026-0030"])
        assert not {kind for _, kind, number in report.filed if number in GOOGLE} - {"sama"}


GOOGLE = ("BH-2026-0012", "BH-2026-0013")


def listed(kept: Kept, number: str, questions: dict[str, str]) -> dict[str, Any]:
    """The last version of a request as Google lists it."""
    last = dossier.open_dossier(kept.office.register, number).versions[-1]
    texts = {questions[key]: text for key, text in last["jawaban"].items() if text and key in questions}
    sent = {"lastSubmittedTime": last["waktu"].replace("+00:00", "Z")}
    created = (last["dibuat"] or last["waktu"]).replace("+00:00", "Z")
    return fake_google.response(int(last["kunci"].removeprefix("T")), texts, created, **sent)


# What is sealed


def opener(of: str) -> office_keys.OfficeKeys:
    """The kept key of the office, or the one that lies on paper."""
    if of == "recovery":
        return office_keys.OfficeKeys([EXPECTED["recovery_key"]], [])
    return office_keys.load(KEPT / KEYS / "kantor.txt", KEPT / KEYS / "penerima.txt")


@pytest.mark.parametrize("key", ["office", "recovery"])
def test_identities_attachments_messages_and_drafts_open_with_either_key(key: str) -> None:
    keys = opener(key)
    register = Register(KEPT / REGISTER, keys, Taxonomy())
    for number, case in CASES.items():
        sealed = dossier.open_dossier(register, number)
        found = (sealed.applicant.nama, sealed.applicant.nip, len(sealed.versions), len(sealed.corrections))
        assert found == tuple(case[name] for name in ("name", "nip", "versions", "corrections"))
        files = {name: hashlib.sha256(content).hexdigest() for name, content in dossier.attachments(register, number)}
        assert files == case["attachments"]
    assert json.loads(keys.open(next((KEPT / REGISTER / "loket").glob("*.age")).read_bytes()))["by"] == "pengelola"
    assert b"orang22@example.org" in keys.open((KEPT / REGISTER / "email/BH-2026-0022.diterima/pesan.age").read_bytes())
    assert Counter(case["versions"] for case in CASES.values()) == {1: len(CASES) - 2, 2: 2}


@cache
def keys_of(name: str) -> applicant_code.Keys:
    """The keys that an applicant's code gives, derived once: that is slow on purpose."""
    known = EXPECTED["codes"][name]
    return applicant_code.derive_keys(applicant_code.parse_code(known["code"]), known["host"])


def test_a_code_gives_the_keys_that_it_gave() -> None:
    for name, one in EXPECTED["codes"].items():
        keys = keys_of(name)
        assert (keys.locator, keys.recipient, keys.proof) == (one["locator"], one["recipient"], one["proof"])


def test_codes_still_open_their_statuses_and_the_answer(passed: Passed) -> None:
    site = passed.office.office.settings.site
    published = {path.name: path.read_bytes() for path in (site / "balasan").iterdir()}
    opens = {name: [name] for name in EXPECTED["codes"]} | {"waiting": [NEW[0]]}
    opens["BH-2026-0008"].append("BH-2026-0010")
    for name, numbers in opens.items():
        identity = keys_of(name).identity
        statuses = unsealed_statuses(published, identity)
        assert sorted(status["nomor"] for status in statuses) == numbers
        if name == "BH-2026-0007":
            _, letters = unsealed(published[f"{statuses[0]['berkas']}.age"], identity) or ({}, [])
            assert [hashlib.sha256(one).hexdigest() for one in letters] == [
                CASES[name]["letters"]["pendapat-hukum-2.pdf"]
            ], "the one under the newer number"


# Formats that stand on disk


def test_the_fingerprint_of_an_answer_is_what_the_journal_keeps() -> None:
    secret = bytes.fromhex(json.loads(opener("office").open((KEPT / REGISTER / "segel.age").read_bytes()))["sidik"])
    register = Register(KEPT / REGISTER, opener("office"), Taxonomy())
    for number in ("BH-2026-0003", "BH-2026-0012", "BH-2026-0014"):
        nip = dossier.open_dossier(register, number).versions[0]["jawaban"]["nip"]
        told = journal(case_in(KEPT, number))[0]["rincian"]["sidik"]["nip"]
        assert told == hmac.new(secret, f"nip|{nip}".encode(), hashlib.sha256).hexdigest()[:24]
        assert told == register.fingerprint("nip", nip) == office_keys.fingerprint(secret, "nip", nip)


def test_every_journal_ends_in_the_link_that_its_lines_give() -> None:
    register = Register(KEPT / REGISTER, opener("office"), Taxonomy())
    for number, case in CASES.items():
        assert chained(case_in(KEPT, number)) == case["head"]
        filed = register.read(number)
        assert ([event.kind for event in filed.events], filed.problems) == (
            [line["peristiwa"] for line in journal(filed.folder)],
            (),
        )


def test_an_entry_of_the_index_says_what_it_said(passed: Passed) -> None:
    with closing(sqlite3.connect(passed.office.folder / REGISTER / ".payung" / recognition_index.FILE_NAME)) as index:
        now = {number: json.loads(entry) for number, entry in index.execute("select nomor, isi from kasus")}
    same = CASES.keys() - {"BH-2026-0004", "BH-2026-0006"}
    assert {number: now[number] for number in same} == {number: EXPECTED["index"][number] for number in same}
    assert now["BH-2026-0008"]["kembaran"], "the twins point at each other"
    assert [now[n]["kembaran"] for n in ("BH-2026-0008", "BH-2026-0010")] == [["BH-2026-0010"], ["BH-2026-0008"]]


def test_the_digest_of_a_decision_is_what_was_approved() -> None:
    register = Register(KEPT / REGISTER, opener("office"), Taxonomy())
    for number, kept in CASES.items():
        case = register.read(number).case
        assert case is not None
        assert decision_digests.digests(case) == kept["digests"]
        if kept["approval"] and kept["names_its_digest"]:
            assert (case.pemeriksaan.naskah == kept["digests"]["kajian"][:16]) == (kept["approval"] == "valid")


def test_an_entry_of_the_outbox_says_how_far_a_message_came(kept: Kept) -> None:
    assert kept.outbox() == EXPECTED["outbox"]
    entry = kept.office.outbox.entry("BH-2026-0022.diterima")
    assert (entry.number, entry.event, entry.kind, entry.state, entry.tries, entry.items) == (
        *("BH-2026-0022", "diterima", "diterima", "ditunda", 1, ()),
    )
    said = json.loads((KEPT / REGISTER / "email" / entry.name / "keadaan.json").read_bytes())
    times = [moment.isoformat() if moment else None for moment in (entry.next, entry.changed, entry.queued)]
    assert times == [said["berikutnya"], said["diubah"], said["masuk"]]
    assert (entry.reason, "451 4.3.0" in entry.reason) == (said["alasan"], True)


# Upgraded


def upgraded(kept: Kept) -> Kept:
    """The office after `payung perbarui`, which leaves the register alone, opened anew."""
    register = {path: path.read_bytes() for path in (kept.folder / REGISTER).rglob("*") if path.is_file()}
    upgrade_steps.carry_out(kept.office.settings, upgrade_plan.make_plan(kept.office.settings))
    assert {path: path.read_bytes() for path in register} == register
    kept.office = kept.opened()
    return kept


def test_an_upgraded_office_goes_on_as_one_that_was_not(kept: Kept) -> None:
    [told] = folder_version.differences(kept.office.settings)
    assert told.startswith("Folder Anda masih menurut Payung 0.1")
    office = upgraded(kept)
    told_before = {n: {key: case[key] for key in ("status", "holders", "due", "whole")} for n, case in CASES.items()}
    assert office.rows() == told_before
    report = office.passes()
    places = {(place.removeprefix("kiriman ").rpartition(", ")[2], *rest) for place, *rest in report.filed}
    assert (report.failures, places) == ([], FILED), "its own form accepts packages of the old one"
    fixed = {n: {name: letters(office.path(n))[name] for name in case["fixed"]} for n, case in CASES.items()}
    assert fixed == {n: {name: case["letters"][name] for name in case["fixed"]} for n, case in CASES.items()}
    stale = {number: {STALE} for number, case in CASES.items() if case["approval"] == "stale"}
    assert office.complaints() == stale
    assert [*folder_version.differences(office.office.settings)] == []


@pytest.mark.slow
@pytest.mark.long
def test_the_site_of_an_upgraded_office_is_built(kept: Kept) -> None:
    office = upgraded(kept).office
    publish.publish_site(office.settings, IdentityIndex(office.register), office.settings.site)
    assert "Persoalan Anda" in (office.settings.site / "kabar" / "2026-03-jam-layanan" / "index.html").read_text(
        "utf-8"
    )


@pytest.mark.slow
def test_the_site_is_built_from_the_office_s_own_list_of_pages(kept: Kept) -> None:
    publish.publish_site(kept.office.settings, IdentityIndex(kept.office.register), kept.office.settings.site)
    page = (kept.office.settings.site / "kabar" / "2026-03-jam-layanan" / "index.html").read_text("utf-8")
    assert "Biro Hukum melayani pada hari Senin sampai Jumat" in page
    assert (kept.office.settings.site / "cetak" / "sop.pdf").read_bytes().startswith(b"%PDF"), "of its own page"
