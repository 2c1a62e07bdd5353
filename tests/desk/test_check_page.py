"""The check of everything at the desk: begun when somebody asks, told as it goes, what it found by how grave it is."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from threading import Event

import pytest

from processor.desk import check_page
from processor.desk.check_page import OfficeChecked
from processor.desk.visit import Elsewhere, Sent, Visit
from processor.foundation.errors import Problem
from processor.operations.office import Office
from processor.operations.office_check import Finding
from tests.office import response
from tests.story import NUMBER, Story


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office with a case that cannot be read."""
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.receives(response(1))
    (told.office.register.path(NUMBER) / "permohonan.yaml").write_text("salah: [\n", "utf-8")
    return told


@pytest.fixture
def visit(story: Story) -> Visit:
    return Visit(story.office, "/x/", "kabag", account="akun")


def sections(page: Sent | str) -> dict[str, str]:
    """What stands under each title."""
    assert isinstance(page, str)
    found = re.findall(r"<h2[^>]*>(.*?) <span.*?</h2>(.*?)</section>", page, re.DOTALL)
    return {title: " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()) for title, text in found}


def test_nothing_is_checked_until_somebody_asks(visit: Visit) -> None:
    page = check_page.check_page(visit)
    assert isinstance(page, str)
    assert "Periksa sekarang" in page
    assert sections(page) == {}


def test_what_is_found_stands_by_how_grave_it_is_with_its_place_and_its_mend(visit: Visit) -> None:
    assert check_page.begin_check(visit) == Elsewhere("/x/periksa?petugas=kabag")
    visit.work.wait(check_page.WORK, 60)
    page = check_page.check_page(visit)
    found = sections(page)
    assert [*found] == ["Data atau layanan terancam", "Perlu dibetulkan", "Untuk diketahui"]
    assert "Jalankan: payung siapkan --kunci-pemulihan" in found["Data atau layanan terancam"]
    assert f"{NUMBER}/permohonan.yaml, baris " in found["Perlu dibetulkan"]
    assert f'<a href="/x/{NUMBER}?petugas=kabag">buka {NUMBER}</a>' in str(page)
    assert "1 permohonan" in str(page)


def test_work_under_way_is_told_as_far_as_it_is_and_begun_once(visit: Visit) -> None:
    told, go_on, begun = Event(), Event(), list[str]()

    def slow(office: Office) -> None:
        begun.append("sekali")
        office.progress("Memeriksa permohonan", 3, 10)
        told.set()
        assert go_on.wait(60)

    for _ in range(2):
        visit.work.begin(check_page.WORK, visit.office, "kabag", slow)
    assert told.wait(60)
    page = check_page.check_page(visit)
    go_on.set()
    visit.work.wait(check_page.WORK, 60)
    assert isinstance(page, Sent)
    assert page.headers == {"Refresh": "5; url=/x/periksa?petugas=kabag"}
    assert "Memeriksa permohonan: 3 dari 10." in page.content.decode()
    assert begun == ["sekali"]


def test_work_that_fails_says_so_without_a_word_of_what_it_read(visit: Visit) -> None:
    def fails(_: Office) -> Iterator[None]:
        raise ValueError("kata pemohon")

    visit.work.begin(check_page.WORK, visit.office, "", fails)
    visit.work.wait(check_page.WORK, 60)
    page = check_page.check_page(visit)
    assert "Pemeriksaan tidak selesai: Kesalahan program (ValueError)." in str(page)
    assert "kata pemohon" not in str(page)
    assert "baik." not in str(page)


def test_a_finding_about_a_complaint_that_the_officer_must_not_see_is_only_counted(visit: Visit) -> None:
    folder = visit.office.register.folder / "pengaduan" / "PGD-2026-0001"
    folder.mkdir(parents=True)
    (folder / "pengaduan.yaml").write_text("salah: [\n", "utf-8")
    found = Finding(Problem(str(folder / "pengaduan.yaml"), 1, "Susunan YAML tidak terbaca."), grave=False)
    visit.work.begin(check_page.WORK, visit.office, "kabag", lambda _: OfficeChecked((found,), 1, ()))
    visit.work.wait(check_page.WORK, 60)
    page = str(check_page.check_page(visit))
    shutil.rmtree(folder)
    assert "PGD-2026-0001" not in page
    assert "1 temuan tentang pengaduan yang tidak boleh Anda lihat" in page
    assert "PGD-2026-0001" in str(check_page.check_page(visit))
