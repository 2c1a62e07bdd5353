"""The own form in a real browser, from the first key to the stored package, with everything that goes wrong between."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from processor.foundation import form_definition, indonesian_dates
from processor.site import (
    applicant_code,
    attachment_types,
    endpoint,
    form_steps,
    package_content,
    request_form,
    sealed_packages,
)
from tests import applicant_site
from tests.applicant_site import DRAFT, NOTHING, Served, faults, traces, uploads
from tests.conftest import QUIET
from tests.effort import LONG
from tests.office import FORM, response

PDF: Final = b"%PDF-1.4 rekaan"
HOSTILE: Final = (
    "</textarea><script>document.title='kena'</script><img src=x onerror=alert(1)>\nBaris \u201ckedua\u201d \U0001f600"
)
FILES: Final = (("surat <b>1</b>.pdf", PDF), ("../../foto.JPG", b"\xff\xd8\xff" + bytes(range(256)) * 999))
TYPED: Final = {
    question.kunci: response().answers[question.kunci]
    for question in FORM.pertanyaan
    if question.kelompok == "identitas"
}
ANSWERS: Final = {
    **TYPED,
    "mendesak": "tidak",
    "bentuk": "pendapat_hukum",
    "uraian": "Sebuah persoalan.",
    "pertanyaan": "Apa hukumnya?",
    "persetujuan": "setuju",
    "cara_jawaban": "kode",
}
LINK: Final = "https://docs.google.com/forms/d/e/1/viewform?entry.1={kode_lacak}&entry.2={kunci_balasan}"
STEPS: Final = (*(step.name for step, _ in form_steps.placed(FORM.pertanyaan, form_steps.REQUEST_STEPS)), "periksa")
FIRST: Final = STEPS[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with applicant_site.serving(applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)) as served:
        yield served


@pytest.fixture(scope="module")
def google_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site of an office without keys, which asks by a Google Form."""
    with applicant_site.serving(applicant_site.by_google(tmp_path_factory.mktemp("google"), LINK)) as served:
        yield served


@pytest.fixture
def new_phone(browser: Browser, site: Served) -> Iterator[BrowserContext]:
    """A phone of which the clock may be moved: that cannot be taken back."""
    with applicant_site.phone(browser, site) as context:
        yield context


@pytest.fixture
def tab(context: BrowserContext, site: Served) -> Page:
    return begun(context, site)


@pytest.fixture(scope="module")
def still(browser: Browser, site: Served) -> Iterator[Page]:
    """The form at the step of files, in a tab of its own, from which nothing is sent: several tests look at it."""
    with browser.new_context(viewport=applicant_site.PHONE) as own:
        tab = begun(own, site)
        walk(tab, "dokumen")
        yield tab


@pytest.fixture(scope="module")
def unscripted(browser: Browser) -> Iterator[Page]:
    """A phone of which JavaScript is switched off."""
    with browser.new_context(viewport=applicant_site.PHONE, java_script_enabled=False) as own:
        yield own.new_page()


def begun(context: BrowserContext, site: Served) -> Page:
    """The form, at its first step."""
    tab = context.new_page()
    tab.goto(f"{site.address}ajukan/")
    tab.click("#mulai:enabled")
    at(tab, FIRST)
    return tab


def at(tab: Page, step: str) -> None:
    expect(tab.locator(f"#langkah-{step}")).to_be_visible()


ANSWER: Final = """(answers) => {
  for (const [name, answer] of Object.entries(answers)) {
    for (const field of document.querySelectorAll(`.langkah-isi:not([hidden]) [name=${name}]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === answer;
      else field.value = answer;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}"""
WALK: Final = """({ answers, until }) => {
  const step = () => document.querySelector(".langkah-isi:not([hidden])");
  while (step().id !== `langkah-${until}`) {
    const { id } = step();
    (ANSWER)(answers);
    document.getElementById("lanjut").click();
    if (step().id === id) throw new Error(`${id} does not let go on`);
  }
}""".replace("ANSWER", ANSWER)


def walk(tab: Page, until: str = "periksa", **other: str) -> None:
    """Answer and go on, from the step that is shown up to ``until``, at once, without typing."""
    expect(tab.locator("#borang")).to_be_visible()
    tab.evaluate(WALK, {"answers": {**ANSWERS, **other}, "until": until})
    at(tab, until)


def opened(site: Served) -> Any:
    """What the one package that was sent says."""
    (said,) = all_opened(site)
    return said


def all_opened(site: Served) -> list[Any]:
    return [json.loads(applicant_code.unpad(site.keys.open(package.read_bytes()))) for package in site.sent]


AS_EARLIER: Final = """(async () => {
  const [place] = await caches.keys();
  const waits = await caches.match("./", { cacheName: place });
  await (await caches.open("payung-belum-terkirim")).put("./", waits);
  await caches.delete(place);
})()"""
"""Puts one of the packages that wait where an earlier version kept the only one."""


def arrived(tab: Page) -> None:
    """Wait until the page says that the request is there."""
    expect(tab.locator("#bukti h2")).to_have_text("Permohonan Anda sedang diproses")


def heading(tab: Page) -> str:
    return tab.locator("#bukti h2").inner_text()


def tab_to(tab: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def by_keyboard(tab: Page) -> None:
    """The whole form with nothing but keys, two files included."""

    def go_on(step: str) -> None:
        tab_to(tab, "#lanjut")
        tab.keyboard.press("Enter")
        at(tab, step)

    tab_to(tab, "[name=mendesak]")
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    at(tab, "segera")
    assert "(UU 20/2025 Pasal 154)" in tab.inner_text("#langkah-segera")
    go_on("uraian")
    tab_to(tab, "#jawab-uraian")
    tab.keyboard.insert_text(HOSTILE)
    go_on("pertanyaan")
    tab_to(tab, "#jawab-pertanyaan")
    tab.keyboard.type("Apa hukumnya?")
    go_on("bentuk")
    tab_to(tab, "[name=bentuk]")
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowUp")
    go_on("dokumen")
    tab_to(tab, "#jawab-dokumen")
    tab.keyboard.press("Space")
    expect(tab.locator(".daftar-berkas li")).to_have_count(len(FILES))
    go_on("identitas")
    for key in ("nama", "nip"):
        tab_to(tab, f"#jawab-{key}")
        tab.keyboard.type(TYPED[key])
    tab.keyboard.press("Enter")
    for key in ("jabatan", "unit_kerja"):
        tab_to(tab, f"#jawab-{key}")
        tab.keyboard.type(TYPED[key])
    go_on("jawaban")
    tab_to(tab, "[name=cara_jawaban]")
    tab.keyboard.press("Space")
    go_on("kontak")
    expect(tab.locator("#jawab-alamat")).to_be_hidden()
    for key in ("email", "telepon"):
        tab_to(tab, f"#jawab-{key}")
        tab.keyboard.type(TYPED[key])
    go_on("persetujuan")
    tab_to(tab, "[name=persetujuan]")
    tab.keyboard.press("Space")
    go_on("periksa")
    tab_to(tab, "#lanjut")
    tab.keyboard.press("Enter")


@pytest.mark.slow
def test_the_keyboard_alone_leads_from_the_page_to_a_package_that_says_what_was_typed(
    context: BrowserContext, site: Served
) -> None:
    requests: list[str] = []
    told: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("filechooser", lambda chooser: chooser.set_files(uploads(*FILES)))
    tab.goto(f"{site.address}ajukan/")
    tab.wait_for_selector("#mulai:enabled")
    tab_to(tab, "#mulai")
    tab.keyboard.press("Enter")
    at(tab, FIRST)
    by_keyboard(tab)
    arrived(tab)
    expect(tab.locator("#bukti h2")).to_be_focused()
    expect(tab.locator("#sesudah")).to_contain_text(
        re.compile(r"Sudah sampai pukul \d\d\.\d\d WIB\.Status pertama Anda terbit ")
    )

    (package,) = site.sent
    assert package.stem in (tab.text_content("#bukti-sidik") or "")
    made = applicant_code.derive_keys(
        applicant_code.parse_code(tab.inner_text("#kode")), applicant_code.host_of(site.settings.situs.alamat)
    )
    read = sealed_packages.open_package(package, site.keys.open, FORM)
    assert read.response.answers == {
        **TYPED,
        "alamat": "",
        "bentuk": "belum_tahu",
        "mendesak": "surat_panggilan",
        "tanggal_mendesak": "",
        "uraian": HOSTILE,
        "pertanyaan": "Apa hukumnya?",
        "dokumen": "",
        "persetujuan": "setuju",
        "cara_jawaban": "kode",
        "kode_lacak": made.locator,
        "kunci_balasan": made.recipient,
    }
    assert read.response.not_asked == {"alamat"}
    assert [file.content for file in read.response.attachments] == [content for _, content in FILES]
    assert {url.removeprefix(site.address).partition("/")[0] for url in requests} == {
        "ajukan",
        "assets",
        "balasan",
        "sehat",
        "kirim",
    }
    assert {url for url in requests if url.endswith("/kirim")} == {f"{site.address}kirim"}
    assert told == []
    assert tab.title().startswith("Permohonan Anda sedang diproses")
    assert tab.locator("article script:not([src])").count() == 0
    assert traces(tab) == NOTHING


JUDGED: Final = STEPS if LONG else ("tanggal", "dokumen", "periksa")
"""The steps that are judged as they are: of those with the same kinds of fields, one."""


@pytest.mark.slow
def test_every_step_fits_a_small_phone_and_is_open_to_everyone(tab: Page, site: Served) -> None:
    wrong = {}
    phone = site.settings.instansi.telepon
    for step in STEPS:
        walk(tab, step, telepon="12")
        assert phone in tab.inner_text(".keluar"), step
        expect(tab.locator("#keluar")).to_be_in_viewport()
        if step == "tanggal":
            tab.check("[name=mendesak][value=surat_panggilan]")
            tab.click("#lanjut")
            wrong["segera"] = faults(tab)
            tab.go_back()
        if step == "dokumen":
            tab.set_input_files("#jawab-dokumen", uploads((f"{'surat' * 30}.pdf", PDF)))
            tab.click("#simpan summary")
        if step in JUDGED:
            wrong[step] = faults(tab)
        if step == "kontak":
            tab.click("#lanjut")
            wrong["kosong"] = faults(tab) if LONG else []
            tab.evaluate(ANSWER, {**ANSWERS, "telepon": "12"})
            tab.click("#lanjut")
            wrong["diragukan"] = faults(tab)
    tab.click("#lanjut")
    arrived(tab)
    wrong["bukti"] = faults(tab)
    assert tab.eval_on_selector(".keluar", "bar => getComputedStyle(bar).position") == "static", "never over the code"
    assert {step: found for step, found in wrong.items() if found} == {}


@pytest.mark.slow
def test_what_was_chosen_doubted_and_not_asked_is_read_over_and_arrives(tab: Page, site: Served) -> None:
    day = datetime.now(UTC).date() + timedelta(days=20)
    other = {"mendesak": "sidang", "tanggal_mendesak": day.isoformat(), "unit": "DISDIK", "nip": "1234"}
    walk(tab, "identitas", **other)
    tab.evaluate(ANSWER, {**ANSWERS, **other})
    tab.click("#lanjut")
    doubts = ["Tulis NIP dengan 18 digit; di sini ada 4."]
    assert tab.locator("#galat-ringkas a").all_inner_texts() == doubts
    tab.click("#lanjut")
    walk(tab, **other, alamat="")
    shown = tab.inner_text("#jawaban")
    assert all(
        words in shown for words in ("Dinas Pendidikan Rekaan", "Ada sidang", indonesian_dates.tanggal(day), *doubts)
    )
    assert "Alamat" not in shown
    tab.get_by_role("link", name="Ubah Cara menerima jawaban").click()
    tab.check("[name=cara_jawaban][value=email]")
    tab.click("#lanjut")
    at(tab, "kontak")
    tab.fill("#jawab-alamat", TYPED["alamat"])
    tab.click("#lanjut")
    at(tab, "periksa")
    tab.click("#lanjut")
    arrived(tab)
    assert opened(site)["jawaban"].items() >= {**other, "alamat": TYPED["alamat"], "cara_jawaban": "email"}.items()


@pytest.mark.slow
def test_what_is_missing_is_told_at_once_back_leads_back_and_the_quick_exit_leaves_nothing(
    tab: Page, site: Served
) -> None:
    tab.click("#lanjut")
    at(tab, "uraian")
    tab.click("#lanjut")
    expect(tab.locator("#galat-ringkas")).to_be_focused()
    assert tab.title().startswith("Kesalahan: Apa yang terjadi?")
    assert tab.locator("#galat-ringkas a").all_inner_texts() == ["Isi dahulu: Uraian permasalahan hukum."]
    tab.click("#galat-ringkas a")
    expect(tab.locator("#jawab-uraian")).to_be_focused()
    assert tab.get_attribute("#jawab-uraian", "aria-invalid") == "true"
    assert "galat-uraian" in (tab.get_attribute("#jawab-uraian", "aria-describedby") or "")
    walk(tab, "identitas")
    for length, step in ((301, "identitas"), (151, "pekerjaan")):
        tab.fill("#jawab-nama", "a" * length)
        tab.fill("#jawab-nip", TYPED["nip"])
        for _ in range(2):
            tab.click("#lanjut")
            told = tab.locator("#galat-ringkas a").all_inner_texts()
        assert told == [
            f"Ringkaslah “Nama lengkap”: {length} huruf, paling banyak 150. Selebihnya lampirkan sebagai berkas."
        ]
        at(tab, step)
    walk(tab)
    tab.go_back()
    at(tab, "persetujuan")
    tab.go_forward()
    at(tab, "periksa")
    tab.get_by_role("link", name="Ubah Jabatan").click()
    at(tab, "pekerjaan")
    expect(tab.locator("#jawab-jabatan")).to_be_focused()
    assert tab.input_value("#jawab-jabatan") == TYPED["jabatan"]
    tab.fill("#jawab-jabatan", "Auditor Contoh")
    tab.click("#lanjut")
    at(tab, "periksa")
    assert "Auditor Contoh" in tab.inner_text("#jawaban")
    tab.click("#keluar")
    tab.wait_for_url("about:blank")
    tab.go_back()
    assert "ajukan" not in tab.url
    for _ in range(3):
        tab.go_forward()
    assert TYPED["nip"] not in tab.content()
    held = "[...document.querySelectorAll('input[type=text], textarea')].map(field => field.value).filter(Boolean)"
    assert tab.evaluate(held) == []
    tab.goto(f"{site.address}faq/")
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_offline_no_form_begins_and_a_sealed_package_waits_and_leaves_by_itself_when_the_network_is_back(
    context: BrowserContext, site: Served
) -> None:
    tab = context.new_page()
    tab.goto(f"{site.address}ajukan/")
    tab.wait_for_selector("#mulai:enabled")
    context.set_offline(True)
    tab.click("#mulai")
    expect(tab.locator("#mulai-kabar")).to_contain_text("sedang tidak dapat dihubungi")
    expect(tab.locator("#borang")).to_be_hidden()
    context.set_offline(False)
    tab.click("#mulai")
    walk(tab, uraian="Rahasia rekaan.")
    context.set_offline(True)
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    assert heading(tab) == "Permohonan belum terkirim"
    shown = tab.inner_text("#kode")
    kept = tab.evaluate(
        "(async () => { const gudang = await caches.open((await caches.keys())[0]);"
        " const isi = await gudang.match((await gudang.keys())[0]);"
        " return Array.from(new Uint8Array(await isi.arrayBuffer())) })()"
    )
    assert json.loads(applicant_code.unpad(site.keys.open(bytes(kept))))["jawaban"]["uraian"] == "Rahasia rekaan."
    assert b"Rahasia" not in bytes(kept)
    assert traces(tab) == ["", 0, 0, 1, 0]
    context.set_offline(False)
    expect(tab.locator("#tertunda")).to_be_hidden()
    assert heading(tab) == "Permohonan Anda sedang diproses"
    assert tab.inner_text("#kode") == shown
    assert [path.read_bytes() for path in site.sent] == [bytes(kept)]
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_a_request_whose_answer_was_lost_is_stored_once_however_often_it_is_sent_again(tab: Page, site: Served) -> None:
    tab.click("#simpan summary")
    tab.click("#simpan-ya")
    site.lost = True
    walk(tab)
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    tab.click("#coba:enabled")
    expect(tab.locator("#coba")).to_be_enabled()
    key = opened(site)["kunci"]
    tab.click("#ubah-lagi")
    at(tab, "periksa")
    expect(tab.locator("#simpan-keadaan")).to_contain_text("tujuh hari")
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    assert traces(tab) == ["", 0, 0, 1, 0]
    site.lost = False
    tab.click("#coba:enabled")
    expect(tab.locator("#tertunda")).to_be_hidden()
    assert {json.loads(applicant_code.unpad(site.keys.open(path.read_bytes())))["kunci"] for path in site.sent} == {key}
    assert traces(tab) == NOTHING


@pytest.mark.long
@pytest.mark.slow
def test_words_changed_after_a_failure_are_the_same_request_with_the_same_code(tab: Page, site: Served) -> None:
    site.lost = True
    walk(tab)
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    shown, first = tab.inner_text("#kode"), opened(site)
    assert (first["formulir"], first["ketentuan"]) == (FORM.versi, FORM.ketentuan.digest)
    site.forget()
    tab.click("#ubah-lagi")
    at(tab, "periksa")
    applicant_site.keeps(tab, DRAFT)
    tab.get_by_role("link", name="Ubah Jabatan").click()
    tab.fill("#jawab-jabatan", "Auditor Contoh")
    tab.click("#lanjut")
    tab.click("#lanjut")
    arrived(tab)
    assert traces(tab) == NOTHING
    second = opened(site)
    assert tab.inner_text("#kode") == shown
    assert second["kunci"] == first["kunci"]
    assert second["jawaban"] == {**first["jawaban"], "jabatan": "Auditor Contoh"}


@pytest.mark.long
@pytest.mark.slow
def test_a_package_that_waited_is_deleted_in_place_with_all_that_was_saved_and_what_follows_is_another_request(
    tab: Page, context: BrowserContext, site: Served
) -> None:
    tab.click("#simpan summary")
    tab.click("#simpan-ya")
    site.lost = True
    walk(tab)
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    first, shown = opened(site), tab.inner_text("#kode")
    site.forget()
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", agree)
    context.set_offline(True)
    tab.click("#buang")
    expect(tab.locator("#mulai")).to_be_focused()
    assert asked == ["confirm"]
    assert tab.url == f"{site.address}ajukan/"
    assert traces(tab) == NOTHING
    assert shown not in tab.content()
    context.set_offline(False)
    tab.click("text=Mulai mengisi")
    assert tab.input_value("#jawab-nama") == ""
    walk(tab)
    tab.click("#lanjut")
    arrived(tab)
    second, anew = opened(site), tab.inner_text("#kode")
    assert anew != shown
    assert second["kunci"] != first["kunci"]
    host = applicant_code.host_of(site.settings.situs.alamat)
    assert second["jawaban"]["kode_lacak"] == applicant_code.derive_keys(applicant_code.parse_code(anew), host).locator


@pytest.mark.slow
def test_pages_that_are_lost_while_they_send_have_shown_their_codes_and_leave_a_package_each_and_no_draft(
    tab: Page, context: BrowserContext, site: Served
) -> None:
    context.route("**/kirim", lambda _: None)
    other = begun(context, site)
    walk(other, nama="Orang Lain Rekaan")
    other.click("#lanjut")
    expect(other.locator("#bukti h2")).to_have_text("Permohonan sedang dikirim")
    walk(tab)
    tab.click("#lanjut")
    expect(tab.locator("#bukti h2")).to_have_text("Permohonan sedang dikirim")
    applicant_code.parse_code(tab.inner_text("#kode"))
    assert "Simpan kodenya selagi menunggu" in tab.inner_text("#bukti-kabar")
    expect(tab.locator("#tertunda")).to_be_hidden()
    assert traces(tab) == ["", 0, 0, 2, 0]
    begun(context, site).close()  # and is not offered what other tabs have in hand
    tab.evaluate(AS_EARLIER)
    tab.close()
    other.close()
    context.unroute("**/kirim")
    later = context.new_page()
    later.goto(f"{site.address}ajukan/")
    expect(later.locator("#bukti h2")).to_have_text("Ada permohonan yang belum terkirim")
    expect(later.locator("#kode-kotak")).to_be_hidden()
    words = later.inner_text("#bukti")
    assert "Belum menyimpan kodenya? Kirim saja, lalu mintalah kode baru kepada petugas." in words
    assert "dengan kode itu" not in words
    later.click("#coba")
    arrived(later)
    assert sorted(said["jawaban"]["nama"] for said in all_opened(site)) == sorted([TYPED["nama"], "Orang Lain Rekaan"])
    assert traces(later) == NOTHING


@pytest.mark.long
@pytest.mark.slow
def test_a_server_that_failed_is_tried_again_every_minute_and_the_page_says_so(
    new_phone: BrowserContext, site: Served
) -> None:
    tab = new_phone.new_page()
    tab.clock.install()
    tab.goto(f"{site.address}ajukan/")
    tab.click("#mulai:enabled")
    walk(tab)
    site.lost = True
    tab.click("#lanjut")
    expect(tab.locator("#tertunda")).to_be_visible()
    said = tab.inner_text("#bukti-kabar")
    assert "mencoba lagi setiap menit" in said
    assert "Bila halaman ini ditutup, buka lagi halaman Ajukan untuk mengirimnya." in said
    tab.focus("#salin")
    with tab.expect_response("**/kirim"):
        site.lost = False
        tab.clock.fast_forward(61_000)
    arrived(tab)
    assert len(site.sent) == 1


@pytest.mark.slow
def test_a_browser_that_keeps_nothing_fills_in_and_sends_all_the_same(
    tmp_path: Path, browser: Browser, whole_chromium: str, site: Served
) -> None:
    profile = tmp_path / "Default" / "Preferences"
    profile.parent.mkdir()
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    profile.write_text(json.dumps(blocked), "utf-8")
    start = browser.browser_type.launch_persistent_context
    with start(tmp_path, executable_path=whole_chromium, args=QUIET.split()) as context:
        tab = begun(context, site)
        assert tab.evaluate("(() => { try { return !localStorage } catch { return true } })()")
        expect(tab.locator("#simpan")).to_be_hidden()
        assert "isian Anda hilang" in tab.inner_text("#tak-tersimpan")
        site.lost = True
        walk(tab)
        tab.click("#lanjut")
        expect(tab.locator("#tertunda")).to_be_visible()
        assert "biarkan halaman ini terbuka" in tab.inner_text("#bukti-kabar")
        site.lost = False
        tab.click("#coba")
        arrived(tab)
    assert len(site.sent) == 1
    site.forget()


REMEMBER: Final = """
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) sessionStorage.setItem("kembali", document.body.innerText + document.documentElement.outerHTML);
});
"""


def brought_back(tab: Page, site: Served) -> str:
    """What stands in the page at the moment at which the browser brings it back as it was."""
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.evaluate(REMEMBER)
    tab.goto(f"{site.address}faq/")
    tab.evaluate("sessionStorage.removeItem('kembali')")
    tab.go_back()
    tab.wait_for_function("sessionStorage.getItem('kembali') !== null")
    return str(tab.evaluate("sessionStorage.getItem('kembali')"))


@pytest.fixture(scope="module")
def remembering(browser: Browser, whole_chromium: str) -> Iterator[Browser]:
    """A browser that brings pages back as they were, as those of applicants do."""
    kept = ["--disable-back-forward-cache"]
    started = browser.browser_type.launch(executable_path=whole_chromium, args=QUIET.split(), ignore_default_args=kept)
    yield started
    started.close()


@pytest.mark.slow
def test_a_page_that_is_brought_back_holds_neither_code_nor_answers(remembering: Browser, site: Served) -> None:
    with applicant_site.phone(remembering, site) as context:
        tab = begun(context, site)
        walk(tab)
        expect(tab.locator("#simpan-keadaan")).to_contain_text("terkunci")
        assert TYPED["nama"] in tab.content()
        assert TYPED["nama"] not in brought_back(tab, site)
        at(tab, "periksa")
        tab.click("#lanjut")
        arrived(tab)
        shown = tab.inner_text("#kode")
        assert shown not in brought_back(tab, site)


def test_the_page_itself_says_what_is_asked_and_how_to_ask_otherwise(site: Served) -> None:
    page = (site.settings.site / "ajukan" / "index.html").read_text("utf-8")
    assert not [question.judul for question in request_form.asked_questions(FORM) if question.judul not in page]
    agency = site.settings.instansi
    ways = ("tanpa-skrip", agency.email, agency.telepon, agency.alamat, "Formulir cetak")
    assert all(way in page for way in ways)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["ajukan", "lacak", "pengaduan", "survei", "verifikasi"])
def test_without_scripts_a_page_says_what_to_do_instead_and_shows_nothing_that_does_not_work(
    page: str, unscripted: Page, site: Served
) -> None:
    tab = unscripted
    tab.goto(f"{site.address}{page}/")
    assert tab.locator("button, input, select, textarea").filter(visible=True).all() == []
    said = tab.locator(".tanpa-skrip")
    expect(said).to_contain_text("sedang mati di peramban ini")
    assert tab.evaluate("document.documentElement.scrollWidth") <= applicant_site.PHONE["width"]
    if site.settings.instansi.telepon not in said.inner_text():
        said.locator("a").click()
        expect(tab.locator(":target")).to_be_in_viewport()
        assert site.settings.instansi.telepon in tab.inner_text("article")


@pytest.mark.slow
@pytest.mark.parametrize(
    "script", ["isian.js", *(pytest.param(one, marks=pytest.mark.long) for one in ("kiriman.js", "formulir.js"))]
)
def test_a_script_that_somebody_has_changed_does_not_run(script: str, context: BrowserContext, site: Served) -> None:
    path = site.settings.site / "assets" / script
    site.changed[f"/assets/{script}"] = path.read_bytes() + b"\nwindow.kena = true;\n"
    tab = context.new_page()
    with tab.expect_console_message(lambda message: "integrity" in message.text):
        tab.goto(f"{site.address}ajukan/")
    expect(tab.locator("#mulai")).to_be_disabled()
    assert tab.evaluate("window.kena") is None


@pytest.mark.slow
def test_what_seals_is_loaded_by_whoever_begins_and_only_as_it_was_published(
    context: BrowserContext, site: Served
) -> None:
    tab, asked = context.new_page(), []
    tab.on("request", lambda one: asked.append(one.url))
    tab.goto(f"{site.address}ajukan/")
    tab.wait_for_selector("#mulai:enabled")
    assert not [url for url in asked if "brankas" in url]
    path = site.settings.site / "assets" / "brankas.js"
    site.changed["/assets/brankas.js"] = path.read_bytes() + b"\nwindow.kena = true;\n"
    tab.click("#mulai")
    expect(tab.locator("#mulai-kabar")).to_contain_text("Coba lagi nanti")
    expect(tab.locator("#borang")).to_be_hidden()
    assert tab.evaluate("window.kena") is None
    site.changed.clear()
    tab.click("#mulai")
    expect(tab.locator("#borang")).to_be_visible()
    assert [url.partition("/assets/")[2] for url in asked if "brankas" in url] == ["brankas.js", "brankas.js?1"]


@pytest.mark.slow
def test_files_beyond_the_limits_stay_out_and_are_told(still: Page, tmp_path: Path) -> None:
    tab = still

    told, going_on = tab.locator("#galat-dokumen"), tab.locator("#lanjut")

    def add(words: str, *files: tuple[str, bytes]) -> None:
        tab.set_input_files("#jawab-dokumen", uploads(*files))
        expect(told).to_contain_text(words) if words else expect(told).to_be_empty()
        expect(going_on).to_be_enabled()

    large = tmp_path / "besar.pdf"
    with large.open("wb") as file:
        file.write(PDF)
        file.truncate((8 << 20) + 1)

    add("“nol.pdf” tidak ikut: berkas ini kosong", ("nol.pdf", b""))
    add("“tagihan.pdf” tidak ikut: isinya bukan foto", ("tagihan.pdf", b"MZ\x90\0"), ("susulan.pdf", PDF))
    assert "tagihan.pdf" not in tab.inner_text(".daftar-berkas")
    tab.get_by_role("button", name="Hapus susulan.pdf").click()
    tab.set_input_files("#jawab-dokumen", large)
    expect(told).to_contain_text(
        "“besar.pdf” (8,0 MB) tidak ikut: berkas sekali kirim bersama-sama paling besar 8 MB. Di"
    )
    add("", *((f"{n}.pdf", PDF) for n in range(20)))
    add("“21.pdf” tidak ikut: sekali kirim paling banyak 20 berkas", ("21.pdf", PDF))
    assert tab.locator(".daftar-berkas li").count() == 20
    tab.get_by_role("button", name="Hapus 0.pdf").click()
    add("", ("21.pdf", PDF))
    assert "21.pdf" in tab.inner_text(".daftar-berkas")


def warnings(tab: Page) -> list[str]:
    """The questions that the page asks whoever leaves it, from now on; each is answered by staying."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    with tab.expect_event("dialog"):
        tab.evaluate("setTimeout(() => location.reload())")
    return asked


@pytest.mark.slow
def test_the_code_can_be_copied_and_saved_and_the_page_warns_until_it_is(tab: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk(tab)
    tab.click("#lanjut")
    arrived(tab)
    shown = tab.inner_text("#kode")
    warned = warnings(tab)
    assert warned == ["beforeunload"]
    tab.evaluate("window.print = () => document.body.setAttribute('data-cetak', '')")
    tab.click("#cetak")
    tab.wait_for_selector("[data-cetak]")
    with tab.expect_event("dialog"):
        tab.evaluate("setTimeout(() => location.reload())")
    assert warned == ["beforeunload"] * 2
    screen = tab.title()
    assert tab.evaluate("(dispatchEvent(new Event('beforeprint')), document.title)") == "Catatan"
    assert tab.evaluate("(dispatchEvent(new Event('afterprint')), document.title)") == screen
    assert "Jangan memakai pencetak kantor" in tab.inner_text("#kode-kotak")
    tab.click("#salin")
    expect(tab.locator("#kode-kabar")).to_contain_text("sudah disalin")
    assert tab.evaluate("navigator.clipboard.readText()") == shown
    with tab.expect_download() as download:
        tab.click("#unduh")
    receipt = Path(download.value.path()).read_text("utf-8")
    assert shown in receipt
    assert "sedang diproses" in receipt
    assert re.search(r"[0-9a-f]{64}", receipt)
    tab.reload()
    assert warned == ["beforeunload"] * 2


@pytest.mark.slow
def test_the_browser_doubts_what_the_office_would_doubt(still: Page) -> None:
    today = datetime.now(UTC).date()
    nips = [
        "198001012005011001",
        "19800101 200501 1 001",
        "NIP. 198001012005011001",
        "198002302005011001",
        "1980",
        "x1",
    ]
    nips += [
        "197001012005211001",
        "197001012005311001",
        "200001012005011001",
        "198001012005011000",
        "１98001012005011001",
    ]
    nips += [f"19800101{today.year + 1}01{sex}001" for sex in "123"] + ["194001012005011001", "19800101200501100١"]
    answers = {
        "nip": nips,
        "email": ["a@b.id", "a@b", "a b@c.id", "@b.id", "a@b.", "a@@b.id", "a@b.c.id"],
        "telepon": ["0812 3456 7890", "+62-812", "1234567", "12345678", "1" * 15, "1" * 16, "telepon"],
        "nama": ["", "a" * 150, "a" * 151, "😀" * 150],
        "cara_jawaban": ["", "kode"],
        "persetujuan": ["", "setuju"],
        "tanggal_mendesak": ["", *((today + timedelta(days)).isoformat() for days in (-400, -30, 30, 400))],
    }
    browser = still.evaluate(
        """async (diberi) => {
          const { temuan } = await import(document.querySelector('script[src$="formulir.js"]').src);
          return Object.entries(diberi).flatMap(([nama, semua]) => semua.map((jawab) => {
            const salah = temuan(nama, jawab.trim());
            return [nama, jawab, Boolean(salah), Boolean(salah && salah.tahan)];
          }));
        }""",
        answers,
    )
    questions = {question.kunci: question for question in FORM.pertanyaan}
    office = [
        [key, text, bool(found := [*form_definition.mistakes(questions[key], text, today)]), bool(found) and not text]
        for key, texts in answers.items()
        for text in texts
    ]
    assert browser == office


def test_the_largest_request_fits_what_the_endpoint_takes() -> None:
    longest = {question.kunci: "😀" * question.maks for question in request_form.asked_questions(FORM)}
    files = [
        {"nama": "n" * 300, "isi": "A" * (package_content.MOST_BYTES * 4 // 3 // package_content.MOST_FILES + 4)}
    ] * package_content.MOST_FILES
    package = json.dumps({"jawaban": longest, "lampiran": files}, ensure_ascii=False).encode()
    assert len(applicant_code.pad(package)) + 64 * 1024 <= endpoint.LARGEST


def test_the_page_offers_every_ending_that_the_office_keeps_and_no_other() -> None:
    starts = (PDF, b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBP", b"0000ftypheic", b"teks")
    parts = (
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("word/document.xml", ""),
        ("xl/workbook.xml", ""),
    )
    kept = {
        ending for content in (*starts, *map(document, parts)) for ending in attachment_types.accepted_endings(content)
    }
    assert kept == set(request_form.ATTACHMENTS["jenis"])


@pytest.mark.slow
def test_the_browser_knows_by_their_first_bytes_the_files_that_the_office_keeps(still: Page) -> None:
    contents = [PDF, b"\r\n %PDF-1.7", b" " * 59 + PDF, b" " * 60 + b"%PD\0", b"\xff\xd8\xff", b"\xff\xd8\0"]
    contents += [
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\n\0",
        b"RIFF\0\n\xff0WEBP",
        b"RIFF0000WAVE",
        b"MZ\x90\0",
        b"\x7fELF",
        b"\0",
    ]
    contents += [
        b"\0\0\0\x18ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"mp42", b"avif")
    ]
    contents += [
        "Kata é 😀\n\t\r\x0c".encode(),
        b"kata\x0b",
        b"a\x1fb",
        b"\xff\xfek\0",
        document(("word/document.xml", "")),
    ]
    known = still.evaluate(
        """(semua) => {
          const { lampiran } = JSON.parse(document.getElementById("borang").dataset.isi);
          return semua.map((teks) => lampiran.awal.some(([pola]) => new RegExp(`^(?:${pola})`).test(teks)));
        }""",
        [content[:64].decode("latin-1") for content in contents],
    )
    assert known == [bool(attachment_types.accepted_endings(content)) for content in contents]


def document(part: tuple[str, str]) -> bytes:
    """The least that is taken for an office document with that part first."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(*part)
        archive.writestr("[Content_Types].xml", "")
    return made.getvalue()


@pytest.mark.slow
def test_under_load_the_page_does_the_work_that_is_asked_for_and_the_package_is_let_in(tab: Page, site: Served) -> None:
    for number in range(600):  # more than packages without proof may be
        (site.packages / f"{number}.age").touch()
    asked = []
    tab.on("request", lambda request: asked.append(request.headers.get("payung-bukti")))
    walk(tab)
    tab.click("#lanjut")
    arrived(tab)
    assert len([proof for proof in asked if proof]) == 1
    assert len(site.sent) == 601


@pytest.mark.slow
@pytest.mark.long
def test_with_a_google_form_the_code_is_made_first_and_only_its_public_halves_travel(
    google_site: Served, browser: Browser
) -> None:
    with browser.new_page() as tab:
        asked: list[str] = []

        def answer(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill()

        tab.context.route("https://docs.google.com/**", answer)
        tab.goto(f"{google_site.address}ajukan/")
        tab.dblclick("text=Isi formulir permohonan")
        expect(tab.locator("#google")).to_have_text("Buka formulir Google")
        tab.dispatch_event("#google", "click", {"detail": 2, "cancelable": True, "bubbles": True})  # came late
        assert (asked, len(tab.context.pages)) == ([], 1)
        shown = applicant_code.parse_code(tab.inner_text("#kode"))
        made = applicant_code.derive_keys(shown, "payung.example.go.id")
        wanted = LINK.replace("{kode_lacak}", made.locator).replace("{kunci_balasan}", made.recipient)
        assert tab.get_attribute("#google", "href") == wanted
        assert shown.symbols not in wanted
        assert faults(tab) == []
        with tab.expect_popup() as form:
            tab.click("#google")
        assert (form.value.url, asked) == (wanted, [wanted])
        assert form.value.evaluate("opener === null && document.referrer === ''")
        warned = warnings(tab)
        tab.click("#unduh")
        tab.reload()
        assert warned == ["beforeunload"]


@pytest.mark.slow
def test_a_browser_that_cannot_make_a_code_gets_the_button_to_google_back(
    google_site: Served, browser: Browser
) -> None:
    with browser.new_page() as tab:
        tab.add_init_script("Crypto.prototype.getRandomValues = () => { throw new Error() }")
        tab.goto(f"{google_site.address}ajukan/")
        before = tab.get_attribute("#google", "href")
        tab.click("#google")
        expect(tab.locator("#google-kabar")).to_contain_text("Kode tidak dapat dibuat")
        expect(tab.locator("#google")).to_have_text("Isi formulir permohonan")
        assert tab.get_attribute("#google", "href") == before


@pytest.mark.long
@pytest.mark.slow
def test_with_a_google_form_the_code_is_gone_once_the_page_is_left(google_site: Served, remembering: Browser) -> None:
    with remembering.new_page() as tab:
        tab.goto(f"{google_site.address}ajukan/")
        tab.click("text=Isi formulir permohonan")
        expect(tab.locator("#kode")).not_to_be_empty()
        shown = tab.inner_text("#kode")
        assert shown not in brought_back(tab, google_site)
        expect(tab.locator("#google")).to_have_text("Isi formulir permohonan")
