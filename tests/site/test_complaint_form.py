"""A complaint by the page, in a real browser under the strictest headers: by keyboard, on a small phone, sealed."""

from collections.abc import Iterator
from typing import get_args

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from processor.cases.complaint import ComplaintKind
from processor.foundation import form_definition, settings
from processor.operations.complaints import complaint_packages
from processor.site import applicant_code, sealed_packages
from tests import applicant_site
from tests.applicant_site import NOTHING, Served, faults, traces
from tests.effort import LONG
from tests.office import FORM, ROOT
from tests.site.test_request_form import at, tab_to

WORDS = "Petugas membentak saya.\nSaya <b>malu</b>."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with applicant_site.serving(applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)) as served:
        yield served


@pytest.fixture
def tab(context: BrowserContext, site: Served) -> Page:
    """The form, at its first step."""
    tab = context.new_page()
    tab.goto(f"{site.address}pengaduan/")
    tab.click("#mulai:enabled")
    at(tab, "uraian")
    return tab


def fill(tab: Page) -> None:
    """Tell what is needed, and go on to the check."""
    tab.fill("#jawab-uraian", WORDS)
    for step in ("jenis", "terhadap"):
        tab.click("#lanjut")
        at(tab, step)
    tab.check("[name=terhadap][value=analis_hukum]")
    for step in ("identitas", "periksa"):
        tab.click("#lanjut")
        at(tab, step)


def arrived(tab: Page) -> None:
    expect(tab.locator("#bukti h2")).to_have_text("Pengaduan Anda sedang diproses")


@pytest.mark.slow
def test_the_keyboard_alone_sends_an_anonymous_complaint_that_only_the_office_opens(tab: Page, site: Served) -> None:
    requests: list[str] = []
    told: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab_to(tab, "#jawab-uraian")
    tab.keyboard.insert_text(WORDS)

    def go_on(step: str) -> None:
        tab_to(tab, "#lanjut")
        tab.keyboard.press("Enter")
        at(tab, step)

    go_on("jenis")
    go_on("terhadap")
    tab_to(tab, "[name=terhadap]")
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    go_on("identitas")
    go_on("periksa")
    tab_to(tab, "#lanjut")
    tab.keyboard.press("Enter")
    arrived(tab)
    expect(tab.locator("#bukti h2")).to_be_focused()
    code = applicant_code.parse_code(tab.inner_text("#kode"))
    keys = applicant_code.derive_keys(code, applicant_code.host_of(site.settings.situs.alamat))
    (package,) = site.sent
    read = sealed_packages.open_package(package, site.keys.open, FORM)
    assert (read.complains, read.is_request) == (True, False)
    assert read.response.answers == {
        "uraian": WORDS, "terhadap": "pengelola_layanan", "kode_lacak": keys.locator, "kunci_balasan": keys.recipient,
    }  # fmt: skip
    assert {url.removeprefix(site.address).partition("/")[0] for url in requests} <= {
        "assets",
        "balasan",
        "sehat",
        "kirim",
    }
    assert (told, traces(tab)) == ([], NOTHING)


@pytest.mark.slow
def test_every_step_fits_a_small_phone_and_is_open_to_everyone(tab: Page) -> None:
    tab.click("#lanjut")
    assert tab.locator("#galat-ringkas a").all_inner_texts() == ["Isi dahulu: Apa yang terjadi."]
    wrong = {"kosong": faults(tab)}
    fill(tab)
    wrong["periksa"] = faults(tab) if LONG else []
    assert {step: found for step, found in wrong.items() if found} == {}


@pytest.mark.slow
def test_a_complaint_that_could_not_leave_waits_sealed_on_its_own_page_only(
    tab: Page, context: BrowserContext, site: Served
) -> None:
    fill(tab)
    site.lost = True
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    (place,) = tab.evaluate("caches.keys()")
    assert place.startswith("payung-belum-terkirim-pengaduan:")
    site.forget()
    other = context.new_page()
    other.goto(f"{site.address}ajukan/")
    other.wait_for_selector("#mulai:enabled")
    expect(other.locator("#tertunda")).to_be_hidden()
    other.close()
    tab.click("#coba:enabled")
    arrived(tab)
    assert (len(site.sent), traces(tab)) == (1, NOTHING)


@pytest.mark.slow
def test_kept_words_stay_with_the_complaint_and_are_no_request(tab: Page, site: Served) -> None:
    tab.fill("#jawab-uraian", WORDS)
    expect(tab.locator("#simpan-keadaan")).to_contain_text("terkunci")
    tab.goto(f"{site.address}ajukan/")
    tab.wait_for_selector("#mulai:enabled")
    assert tab.inner_text("#mulai") == "Mulai mengisi"
    tab.goto(f"{site.address}pengaduan/")
    at(tab, "uraian")
    assert tab.input_value("#jawab-uraian") == WORDS


def test_the_office_understands_every_choice_of_the_form() -> None:
    form = form_definition.load(settings.load(ROOT / "payung.yaml").complaint_form)
    asked = {question.kunci: question for question in form.pertanyaan}
    assert set(asked) == {"uraian", "kapan", "jenis", "terhadap", "petugas", "nama", "email", "telepon"}
    assert set(asked["jenis"].pilihan) == set(get_args(ComplaintKind))
    assert set(asked["terhadap"].pilihan) == set(complaint_packages._ABOUT)
