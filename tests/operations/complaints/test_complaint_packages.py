"""A complaint from the site's page: an entry in its own register exactly once, and away from whom it may mean."""

import os
import shutil
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from processor.cases import complaint_content, complaint_register
from processor.cases.complaint import Complaint
from processor.cases.complaint_content import ComplaintContent
from processor.cases.staff import Staff
from processor.foundation.settings_agency import Officer
from processor.operations import daily_pass, restoring
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_check, complaint_duties, complaint_intake, complaint_packages
from processor.operations.complaints.complaint_intake import ComplaintHead
from processor.site import kept_packages, sealed_packages
from tests.office import applicant_keys, everything
from tests.operations.complaints.test_complaint_acts import typed
from tests.operations.test_received_packages import keys
from tests.packages import dropped, said, sealed
from tests.story import Story

NUMBER = "PGD-2026-0001"
CODE = applicant_keys()
SAID = {
    "uraian": "Saya dibentak di depan antrean.", "kapan": "Senin pagi", "terhadap": "analis_hukum", "jenis": "sikap",
    "nama": "Wulan Andaiannya", "email": "wulan@example.org", "kode_lacak": CODE.locator,
    "kunci_balasan": CODE.recipient,
}  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path, publishes=True)


def sends(story: Story, name: str = "a", person: int = 1, **changes: Any) -> Path:
    """A complaint that waits for the next pass."""
    holds = said(person, **{"macam": "pengaduan", "jawaban": SAID, **changes})
    path = dropped(story.settings.packages, sealed(keys(story.office), holds), name)
    os.utime(path, (story.now.timestamp(), story.now.timestamp()))
    return path


def found(story: Story, number: str = NUMBER) -> Complaint:
    read = complaint_register.read(story.office.register, number)
    assert (read.problems, list(read.broken(Staff(story.settings.petugas)))) == ((), [])
    assert read.complaint is not None
    return read.complaint


def words(story: Story, number: str = NUMBER) -> ComplaintContent:
    register = story.office.register
    return complaint_content.read(register, complaint_register.path(register, number))


def numbers(story: Story) -> list[str]:
    return complaint_register.numbers(story.office.register)


def test_a_complaint_is_filed_sealed_with_its_code_and_is_no_request(story: Story) -> None:
    sends(story)
    report = daily_pass.run_pass(story.office)
    assert [row[1:] for row in report.filed] == [("pengaduan", NUMBER)]
    assert (report.problems, report.failures, story.office.register.numbers()) == ([], [], [])
    one, content = found(story), words(story)
    assert (one.kanal, one.jenis, one.anonim, one.jawaban_lewat) == ("situs", "sikap", False, "kode")
    assert (one.kode_lacak, one.kunci_balasan, one.diadukan) == (CODE.locator, CODE.recipient, ("analis",))
    assert one.diterima == story.now.replace(microsecond=0)
    assert content.words == f"{SAID['uraian']}\n\nKapan: Senin pagi\n\nYang diadukan: analis hukum"
    assert (content.complainant.nama, content.complainant.email) == (SAID["nama"], SAID["email"])
    clear = b"".join(everything(story.settings.register).values())
    assert not [text for text in ("dibentak", "Senin pagi", "Andaiannya", "wulan@") if text.encode() in clear]
    assert sealed_packages.waiting_packages(story.settings.packages) == ()
    assert [row.number for row in complaint_duties.visible(story.office, "analis")] == []


def test_what_comes_again_is_filed_once_and_other_words_point_at_the_first(story: Story) -> None:
    for name in ("a", "b"):
        sends(story, name)
    daily_pass.run_pass(story.office)
    sends(story, "c")
    again = daily_pass.run_pass(story.office)
    assert ([row[1:] for row in again.filed], numbers(story)) == ([("sama", NUMBER)], [NUMBER])
    sends(story, "d", jawaban={**SAID, "uraian": "Saya dibentak, dan diminta uang."})
    daily_pass.run_pass(story.office)
    assert numbers(story) == [NUMBER, "PGD-2026-0002"]
    assert NUMBER in words(story, "PGD-2026-0002").words
    assert NUMBER not in words(story).words


def test_a_register_from_a_backup_gets_what_it_lacks_and_nothing_twice(story: Story, tmp_path: Path) -> None:
    sends(story, "a", 1)
    daily_pass.run_pass(story.office)
    shutil.copytree(story.settings.register, tmp_path / "cadangan")
    sends(story, "b", 2, jawaban={**SAID, "uraian": "Pengaduan yang kedua."})
    daily_pass.run_pass(story.office)
    shutil.rmtree(story.settings.register)
    shutil.copytree(tmp_path / "cadangan", story.settings.register)
    assert len(kept_packages.kept(story.settings.packages)) == 2
    restoring.accept(story.office, "akun")
    daily_pass.run_pass(story.office)
    assert [words(story, number).words.partition("\n")[0] for number in numbers(story)] == [
        SAID["uraian"], "Pengaduan yang kedua.",
    ]  # fmt: skip


def test_where_a_journal_is_damaged_the_complaint_waits_rather_than_being_filed_twice(story: Story) -> None:
    sends(story)
    daily_pass.run_pass(story.office)
    (complaint_register.path(story.office.register, NUMBER) / "riwayat.jsonl").write_bytes(b"")
    sends(story, "b")
    report = daily_pass.run_pass(story.office)
    assert [NUMBER in str(one) for one in report.failures] == [True]
    assert (len(sealed_packages.waiting_packages(story.settings.packages)), numbers(story)) == (1, [NUMBER])


def test_in_doubt_about_the_clock_a_complaint_gets_no_number(story: Story) -> None:
    daily_pass.run_pass(story.office)
    story.later(days=-400)
    sends(story)
    report = daily_pass.run_pass(story.office)
    assert (numbers(story), report.failures) == ([], [])
    assert any("Jam komputer" in one.message for one in report.problems)


def test_an_anonymous_one_with_half_an_address_loses_nothing_and_waits_for_no_mail(story: Story) -> None:
    given = {"uraian": "Lambat.", "terhadap": "layanan", "email": "wulan@", "jenis": "entah", "tambahan": "Lain."}
    sends(story, jawaban=given)
    daily_pass.run_pass(story.office)
    one, content = found(story), words(story)
    assert (one.anonim, one.jawaban_lewat, one.kode_lacak, one.jenis) == (True, "tidak_ada", "", "lainnya")
    assert content.words == "Lambat.\n\nemail: wulan@\n\ntambahan: Lain."
    assert [one for one in story.office.outbox.entries() if one.number] == []


@pytest.mark.parametrize(
    "changes",
    [{"jawaban": {"uraian": " "}}, {"lampiran": [{"nama": "a.pdf", "isi": ""}]}, {"untuk": "a" * 64}, {"macam": "x"}],
    ids=lambda changes: str(next(iter(changes))),
)
def test_what_the_page_does_not_send_is_put_aside(story: Story, changes: dict[str, Any]) -> None:
    sends(story, **changes)
    report = daily_pass.run_pass(story.office)
    assert (numbers(story), story.office.register.numbers(), len(report.problems)) == ([], [], 1)
    assert (story.settings.packages / sealed_packages.ASIDE / "a.age").exists()


PEOPLE = {
    "budi": Officer(nama="Budi Hartono, S.H.", peran=("pengelola_layanan",)),
    "sari": Officer(nama="Sari Rekaan", peran=("analis_hukum", "pengelola_layanan")),
    "kabag": Officer(nama="Ujang Contoh", peran=("kepala_bagian",)),
}


@pytest.mark.parametrize(
    ("chosen", "named", "told", "barred"),
    [
        ("layanan", "", "Terlalu lama.", ()),
        ("layanan", "", "Pak BUDI lama sekali.", ("budi",)),
        ("analis_hukum", "", "Keliru.", ("sari",)),
        ("pengelola_layanan", "", "Kasar.", ("budi", "sari")),
        ("analis_hukum", "bu Sary", "Keliru.", ("sari",)),
        ("kepala_bagian", "Budy", "Kasar.", ("budi", "kabag")),
        ("tidak_tahu", "", "Kasar.", ("budi", "sari")),
        ("layanan", "yang berkacamata", "Kasar.", ("budi", "sari")),
        ("analis_hukum", "mas Jo", "Kasar.", ("budi", "sari")),
        ("kepala_bagian", "mas Jo", "Kasar.", ("budi", "sari", "kabag")),
        ("tidak_tahu", "hartono", "Kasar.", ("budi",)),
        ("", "", "Kasar.", ("budi", "sari")),
        ("layanan", "yang berkacamata", "Pak Ujang diam saja.", ("budi", "sari", "kabag")),
    ],
)
def test_whoever_may_be_meant_is_kept_away(chosen: str, named: str, told: str, barred: tuple[str, ...]) -> None:
    asked = {"terhadap": chosen, "petugas": named, "uraian": told}
    assert complaint_packages.possibly_about(asked, Staff(PEOPLE)) == barred


def test_a_complaint_about_everybody_is_told_as_one_that_nobody_may_handle(story: Story) -> None:
    sends(story, jawaban={**SAID, "petugas": "pengelola, kabag"})
    report = daily_pass.run_pass(story.office)
    assert [one.message for one in report.problems] == [
        "Semua petugas diadukan, jadi tidak ada yang boleh menanganinya."
    ]


def test_a_number_that_a_lost_register_gave_out_is_not_given_to_another_complaint(story: Story, tmp_path: Path) -> None:
    sends(story, "a", 1)
    daily_pass.run_pass(story.office)
    shutil.copytree(story.settings.register, tmp_path / "cadangan")
    told = complaint_intake.take(
        story.office, Person("pengelola"), ComplaintHead("loket"), typed("", "", "", "", "Lambat.")
    )
    shutil.rmtree(story.settings.register)
    shutil.copytree(tmp_path / "cadangan", story.settings.register)
    sends(story, "b", 2, jawaban={**SAID, "uraian": "Pengaduan yang lain."})
    report = daily_pass.run_pass(story.office)
    assert (told, [row[2] for row in report.filed]) == ("PGD-2026-0002", ["PGD-2026-0003"])
    assert [told in one.message for one in complaint_check.check(story.office)] == [True]


class Died(BaseException):
    """The computer lost power."""


def test_power_lost_while_a_complaint_is_filed_leaves_no_gap_and_its_number_to_nobody_else(
    story: Story, tmp_path: Path
) -> None:
    sends(story, "a", 1)
    shutil.copytree(story.settings.register, tmp_path / "cadangan")
    folder = story.settings.register / "pengaduan"

    def lost(_handle: int) -> None:
        if (folder / NUMBER).exists():
            raise Died

    with pytest.raises(Died), mock.patch("os.fsync", lost):
        daily_pass.run_pass(story.office)
    story.settings.register.rename(tmp_path / "sesudah")
    shutil.copytree(tmp_path / "cadangan", story.settings.register)
    with story.office.register.lock(1):
        assert complaint_intake.next_number(story.office, 2026) == "PGD-2026-0002"
    shutil.rmtree(story.settings.register)
    (tmp_path / "sesudah").rename(story.settings.register)
    daily_pass.run_pass(story.office)
    assert numbers(story) == [NUMBER]
    assert [*complaint_check.check(story.office)] == []


def test_a_file_that_does_not_say_any_more_whom_it_is_about_is_hidden_from_everybody(story: Story) -> None:
    sends(story)
    daily_pass.run_pass(story.office)
    path = complaint_register.path(story.office.register, NUMBER) / "pengaduan.yaml"
    path.write_text(path.read_text("utf-8").replace("diadukan:\n", "diadukkan:\n"), "utf-8")
    assert [complaint_duties.visible(story.office, one) for one in ("analis", "kabag")] == [[], []]
    assert any("Kunci diadukan hilang" in one.message for one in daily_pass.run_pass(story.office).problems)
