"""The whole path in a real browser: asked on the site or by Google, answered, opened with the code, found genuine."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from processor.cases.dossier import attachments
from processor.foundation import form_definition, yaml_editor
from processor.foundation.settings import Settings
from processor.intake.google import form_ids, form_publisher
from processor.intake.google.client import WRITE, connect
from processor.intake.google.form_ids import FormLock
from processor.operations import daily_pass, steps
from processor.operations.office import Office, open_office
from processor.site import publish
from tests import applicant_site, fake_google
from tests.applicant_site import uploads
from tests.fake_google import FakeGoogle
from tests.office import Everybody, agency, register, response, sources
from tests.site.test_request_form import arrived, begun, walk
from tests.story import NUMBER, STUDY, delivered

TODAY = date(2026, 11, 23)


class Day:
    """An office's clock, and what it does as time goes by."""

    def __init__(self, settings: Settings) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        register(settings.register.parent)
        self.office: Office = open_office(settings, lambda: self.now, quiet=0)
        self.office.register.save_state("terbit", {"dari": publish.inputs_digest(settings)})  # its site stands

    def passes(self, *changes: steps.StepChanges) -> None:
        """Officers take steps, half an hour goes by, and a pass follows."""
        for one in changes:
            steps.apply(self.office, NUMBER, one)
            daily_pass.run_pass(self.office)
        self.now += timedelta(minutes=30)
        report = daily_pass.run_pass(self.office)
        assert (report.failures, report.problems) == ([], [])

    def answers(self) -> None:
        """The request is forwarded, studied, approved and delivered."""
        self.passes(steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", []))
        path = self.office.register.path(NUMBER) / "permohonan.yaml"
        yaml_editor.write(path, path.read_text("utf-8"), STUDY)
        approved = steps.review("disetujui", "kabag", TODAY)
        self.passes(steps.set_study_ready(done=True), approved, delivered("180/1/Huk-2026", TODAY, TODAY))


def looks(tab: Page, address: str, typed: str) -> str:
    """What the status page says to who types the code."""
    tab.goto(f"{address}lacak/")
    tab.fill("#kode", typed)
    tab.click("#buka:enabled")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    return tab.inner_text("#status")


@pytest.mark.slow
def test_from_the_first_question_to_a_letter_that_is_genuine(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser, soffice: str
) -> None:
    day = Day(applicant_site.published(tmp_path, tmp_path_factory))
    with applicant_site.serving(day.office.settings) as site, applicant_site.phone(browser, site) as context:
        tab = begun(context, site)
        walk(tab)
        tab.click("#lanjut")
        arrived(tab)
        typed = tab.inner_text("#kode")

        day.passes()
        assert site.sent == []
        assert NUMBER in looks(tab, site.address, typed)

        day.passes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"]))
        assert "Surat panggilan" in looks(tab, site.address, typed)
        tab.check("#susulan")
        tab.fill("#keterangan", "Ini surat panggilannya.")
        tab.set_input_files("#dokumen", uploads(("panggilan.pdf", b"%PDF-1.7\npanggilan\n%%EOF\n")))
        tab.click("#kirim")
        expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
        expect(tab.locator("#pesan")).to_be_hidden()
        day.passes()
        folder = day.office.register.path(NUMBER)
        assert "Ini surat panggilannya." in (folder / "perubahan-1.yaml").read_text("utf-8")
        assert [content for _, content in attachments(day.office.register, NUMBER)] == [b"%PDF-1.7\npanggilan\n%%EOF\n"]

        day.answers()
        opened(day, tab, site.address, typed)


@pytest.mark.slow
@pytest.mark.long
def test_the_same_code_opens_what_was_asked_in_a_prefilled_google_form(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    applicant_site.share_reading(tmp_path, tmp_path_factory)
    with fake_google.serve() as google:
        settings, form = by_google(tmp_path, google)
        day = Day(settings)
        with applicant_site.serving(settings) as site, applicant_site.phone(browser, site) as context:
            tab = context.new_page()
            tab.goto(f"{site.address}ajukan/")
            tab.click("text=Isi formulir permohonan")
            expect(tab.locator("#google")).to_have_text("Buka formulir Google")
            typed = tab.inner_text("#kode")
            link = parse_qs(urlsplit(tab.get_attribute("#google", "href") or "").query)

            prefilled = {
                f"{int(name.removeprefix('entry.')):08x}": value for name, [value] in link.items() if "." in name
            }
            words = {"cara_jawaban": "Saya buka di situs dengan kode saya", "persetujuan": "Saya setuju"}
            typed_in = {form.questions[key]: text for key, text in {**response().answers, **words}.items()}
            google.responses[form.form_id] = [
                fake_google.response(1, {**typed_in, **prefilled}, "2026-11-23T01:59:00Z")
            ]
            day.passes()
            assert NUMBER in looks(tab, site.address, typed)


def by_google(folder: Path, google: FakeGoogle) -> tuple[Settings, FormLock]:
    """An office on a host that takes no packages, and its form at Google, as the program published it."""
    root = sources(Path(folder / "sumber"))
    key = fake_google.user_token(google, folder / "token.json")
    given = {"formulir": "BUATAN1", "kredensial": str(key)}
    settings = agency(folder, root, sumber={"google": given})
    service = connect(key, WRITE)
    done = form_publisher.publish(
        service, form_definition.load(settings.form), settings.google_lock, now=datetime(2026, 11, 1, tzinfo=UTC)
    )
    service.close()
    site = {"alamat": settings.situs.alamat, "formulir_google": done.prefilled, "formulir_sendiri": "tidak"}
    settings = agency(folder, root, sumber={"google": given}, situs=site)
    publish.publish_site(settings, Everybody(), settings.site)
    return settings, form_ids.read(settings.google_lock)


def opened(day: Day, tab: Page, address: str, typed: str) -> None:
    """The code opens the answer; it is the letter that was delivered, and the site says that it is genuine."""
    assert "Sudah dijawab" in looks(tab, address, typed)
    with tab.expect_download() as download:
        tab.click("text=/^Unduh BH-/")
    letter = Path(download.value.path()).read_bytes()
    assert letter == (day.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.pdf").read_bytes()
    tab.goto(f"{address}verifikasi/")
    tab.set_input_files("#surat", uploads(("surat.pdf", letter)))
    expect(tab.locator("#putusan li")).to_contain_text("Asli")
