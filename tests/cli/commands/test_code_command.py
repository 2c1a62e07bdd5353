"""``payung kode``: a code for an applicant whose identity was checked again; shown once, kept nowhere."""

import getpass
import re
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from processor.cases.register import Register
from processor.cli import main
from processor.foundation.errors import Busy
from processor.foundation.settings import Settings
from processor.operations import applicant_status
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from processor.operations.office import Office, open_office
from processor.site import applicant_code
from processor.site.applicant_code import Keys
from tests.office import agency, applicant_keys, file, register, response
from tests.opened_statuses import statuses

NUMBER = "BH-2026-0001"
REASON = "kode hilang, kartu pegawai diperiksa"
SHOWN = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}\b")
OLD = applicant_keys()


@pytest.fixture
def found(tmp_path: Path) -> Settings:
    """An office with a case whose applicant lost the code, and with one who never had any."""
    made = agency(tmp_path)
    file(
        register(tmp_path),
        response(1, kode_lacak=OLD.locator, kunci_balasan=OLD.recipient),
        response(2, minute=1, cara_jawaban="loket"),
    )
    return made


def payung(found: Settings, *words: object, ends: int = 0) -> None:
    assert main.main(["kode", *map(str, words), "--pengaturan", str(found.path)]) == ends


def office(found: Settings) -> Office:
    return open_office(found, lambda: datetime.now(UTC))


def shown(text: str) -> str:
    [one] = SHOWN.findall(text)
    return str(one)


def keys(text: str) -> Keys:
    return applicant_code.derive_keys(applicant_code.parse_code(shown(text)), "payung.example.go.id")


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", [NUMBER, "BH-2026-0002"])
def test_the_new_code_opens_the_case_and_the_old_one_no_longer(
    found: Settings, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    payung(found, number, "--alasan", REASON)
    new = keys(capsys.readouterr().out)
    opened = office(found)
    files = [*applicant_status.openings(opened, opened.now())]
    assert [one["nomor"] for one in statuses(files, new)] == [number]
    assert number not in [one["nomor"] for one in statuses(files, OLD)]


def test_the_code_is_nowhere_in_the_office(found: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    payung(found, NUMBER, "--alasan", REASON)
    made = shown(capsys.readouterr().out)
    secret = applicant_code.derive_keys(applicant_code.parse_code(made), "payung.example.go.id").identity
    for path, content in everything(found.path.parent).items():
        assert not [one for one in (made, made.replace("-", ""), secret) if one.encode() in content], path


def test_the_journal_says_who_made_a_code_and_why_and_nothing_of_it(found: Settings) -> None:
    payung(found, NUMBER, "--alasan", REASON)
    event, edit = office(found).register.read(NUMBER).events[-2:]
    assert (event.kind, event.actor, event.data["alasan"]) == ("kode_dibuat", getpass.getuser(), REASON)
    assert (edit.kind, edit.actor) == ("disunting", getpass.getuser())
    assert set(event.data) == {"alasan", "kunci", "waktu", "sidik"}, "and a keyed fingerprint of its locator"


def test_the_officer_who_makes_a_code_can_be_named_and_must_be_one(
    found: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    payung(found, NUMBER, "--alasan", REASON, "--oleh", "pengolah", ends=2)
    told = capsys.readouterr()
    assert ("pengolah bukan petugas yang terdaftar" in told.err, SHOWN.search(told.out)) == (True, None)
    payung(found, NUMBER, "--alasan", REASON, "--oleh", "pengelola")
    assert [event.actor for event in office(found).register.read(NUMBER).events[-2:]] == ["pengelola"] * 2


def test_a_complaint_gets_a_new_code_too(found: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    lines = iter(("Wulan Rekaan", "", "", "", "Lambat.", "."))
    head = ComplaintHead("loket", "waktu", "loket")
    number = complaint_intake.take(office(found), Person("pengelola"), head, lambda _: next(lines))
    payung(found, number, "--alasan", REASON, "--oleh", "pengelola")
    told = capsys.readouterr().out
    assert "pengadu yang identitasnya sudah diperiksa" in told
    assert "status pengaduan, tanpa suratnya" in told
    opened = office(found)
    files = [*applicant_status.openings(opened, opened.now())]
    assert [one["nomor"] for one in statuses(files, keys(told))] == [number]


def test_two_lines_of_the_case_file_change(found: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    path = office(found).register.path(NUMBER) / "permohonan.yaml"
    path.write_text(path.read_text("utf-8") + "\n# catatan saya\nmilik_kantor: ya\n", "utf-8")
    before = path.read_text("utf-8")
    payung(found, NUMBER, "--alasan", REASON)
    new = keys(capsys.readouterr().out)
    assert path.read_text("utf-8") == before.replace(OLD.locator, new.locator).replace(OLD.recipient, new.recipient)


@pytest.mark.parametrize("reason", ["", "  ", "Orang Rekaan1 kehilangan kode", "NIP 198001012005011901"])
def test_a_reason_is_given_and_names_nobody(found: Settings, capsys: pytest.CaptureFixture[str], reason: str) -> None:
    before = everything(found.register)
    payung(found, NUMBER, "--alasan", reason, ends=1)
    told = capsys.readouterr()
    assert told.err.startswith("payung: Alasan ")
    assert not SHOWN.search(told.out)
    assert everything(found.register) == before


def test_a_case_that_needs_mending_gets_no_code(found: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    path = office(found).register.path(NUMBER) / "permohonan.yaml"
    path.write_text("balasan: [", "utf-8")
    payung(found, NUMBER, "--alasan", REASON, ends=2)
    told = capsys.readouterr()
    assert "permohonan.yaml" in told.err
    assert not SHOWN.search(told.out)
    assert path.read_text("utf-8") == "balasan: ["


def test_an_unknown_number_gets_no_code(found: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    payung(found, "BH-2026-0009", "--alasan", REASON, ends=1)
    assert not SHOWN.search(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("number", "opens"),
    [(NUMBER, ": status dan jawaban permohonan."), ("2", ": status permohonan; jawabannya diambil di loket.")],
)
def test_the_officer_reads_what_to_do_with_it(
    found: Settings, capsys: pytest.CaptureFixture[str], number: str, opens: str
) -> None:
    payung(found, number, "--alasan", REASON)
    told = capsys.readouterr().out
    assert opens in told
    assert "https://payung.example.go.id/lacak/" in told
    assert re.search(r"Berlaku sejak penerbitan berikutnya, pukul \d\d\.[03]0 WIB", told)


def test_a_receipt_is_written_only_when_asked_for_and_only_for_its_owner(
    found: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    text = found.path.read_text("utf-8").replace("nama: Biro Hukum", "nama: Biro <b>Hukum</b> & Rekan")
    found.path.write_text(text, "utf-8")
    page = found.path.parent / "bukti.html"
    payung(found, NUMBER, "--alasan", REASON, "--cetak", page)
    told = capsys.readouterr().out
    html = page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o600
    assert shown(html) == shown(told)
    assert NUMBER in html
    assert "Biro <b>Hukum</b> & Rekan" in unescape(html)
    assert "<b>" not in html
    assert not re.search(r"<script|<img|<link|url\(|src=", html)
    assert "hapus berkas itu" in told


def test_a_file_of_somebody_is_not_written_over(found: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    page, before = found.path.parent / "bukti.html", everything(found.register)
    page.write_text("milik orang")
    payung(found, NUMBER, "--alasan", REASON, "--cetak", page, ends=1)
    assert "sudah ada" in capsys.readouterr().err
    assert (page.read_text(), everything(found.register)) == ("milik orang", before)


def test_a_code_that_cannot_be_shown_is_not_made_and_the_old_one_still_opens(
    found: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process takes the register as soon as this one has let it go for the first time."""
    locked, before = Register.lock, everything(found.register)
    held: list[str] = []

    def once(self: Register, wait: float) -> AbstractContextManager[None]:
        if held:
            raise Busy("Register sedang dipakai proses Payung yang lain.")
        held.append("")
        return locked(self, wait)

    monkeypatch.setattr(Register, "lock", once)
    ends = main.main(["kode", NUMBER, "--alasan", REASON, "--pengaturan", str(found.path)])
    made = SHOWN.findall(capsys.readouterr().out)
    changed = {path for path, content in everything(found.register).items() if before.get(path) != content}
    assert bool(made) == (ends == 0) == bool({path for path in changed if path.name == "permohonan.yaml"})
