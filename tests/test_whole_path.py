"""The whole path in a real browser: asked on the site, completed, answered, opened with the code, and found genuine."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from processor import pipeline, steps, yamledit
from processor.office import Office, open_office
from tests import applicant_site
from tests.applicant_site import uploads
from tests.office import register
from tests.story import NUMBER, STUDY
from tests.test_own_form import at, begun, walk

TODAY = date(2026, 11, 23)


class Day:
    """An office's clock, and what it does as time goes by."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        settings = applicant_site.built(folder)
        register(folder)
        self.office: Office = open_office(settings, lambda: self.now, quiet=0)

    def passes(self, *changes: steps.Changes) -> None:
        """Officers take steps, half an hour goes by, and a pass follows."""
        for one in changes:
            steps.take(self.office, NUMBER, one)
            pipeline.run(self.office)
        self.now += timedelta(minutes=30)
        report = pipeline.run(self.office)
        assert (report.failures, report.problems) == ([], [])

    def studies(self) -> None:
        """The analyst writes the study by hand."""
        path = self.office.register.path(NUMBER) / "permohonan.yaml"
        yamledit.write(path, path.read_text("utf-8"), STUDY)


def looks(tab: Page, address: str, typed: str) -> str:
    """What the status page says to who types the code."""
    tab.goto(f"{address}lacak/")
    tab.fill("#kode", typed)
    tab.click("#buka:enabled")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    return tab.inner_text("#status")


@pytest.mark.slow
def test_from_the_first_question_to_a_letter_that_is_genuine(tmp_path: Path, browser: Browser, soffice: str) -> None:
    day = Day(tmp_path)
    with applicant_site.serving(day.office.settings) as site, applicant_site.phone(browser, site) as context:
        tab = begun(context, site)
        walk(tab, "pengiriman")
        tab.check("[name=cara_jawaban][value=kode]")
        tab.click("#lanjut")
        at(tab, "periksa")
        tab.click("#lanjut")
        expect(tab.locator("#bukti h2")).to_be_focused()
        typed = tab.inner_text("#kode")

        day.passes()
        assert site.sent == []
        assert NUMBER in looks(tab, site.address, typed)

        day.passes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"]))
        assert "Surat panggilan" in looks(tab, site.address, typed)
        tab.fill("#keterangan", "Ini surat panggilannya.")
        tab.set_input_files("#dokumen", uploads(("panggilan.pdf", b"%PDF-1.7\npanggilan\n%%EOF\n")))
        tab.click("#kirim")
        expect(tab.locator("#susulan-kabar")).not_to_be_empty()
        expect(tab.locator("#susulan")).to_be_hidden()
        day.passes()
        folder = day.office.register.path(NUMBER)
        assert "Ini surat panggilannya." in (folder / "perubahan-1.yaml").read_text("utf-8")
        assert [content for _, content in day.office.register.attachments(NUMBER)] == [b"%PDF-1.7\npanggilan\n%%EOF\n"]

        day.passes(steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", []))
        day.studies()
        approved = steps.review("disetujui", "kabag", TODAY)
        day.passes(steps.finish(done=True), approved, steps.deliver("180/1/Huk-2026", TODAY, TODAY))
        assert "Sudah dijawab" in looks(tab, site.address, typed)
        with tab.expect_download() as download:
            tab.click("text=/^Unduh BH-/")
        letter = Path(download.value.path()).read_bytes()
        assert letter == (folder / "keluar" / "pendapat-hukum.pdf").read_bytes()

        tab.goto(f"{site.address}verifikasi/")
        tab.set_input_files("#surat", uploads(("surat.pdf", letter)))
        expect(tab.locator("#putusan li")).to_contain_text("Asli")
