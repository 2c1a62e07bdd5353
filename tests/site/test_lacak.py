"""Status, answer, addition and the check of a letter, in a real browser under the strictest headers."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from processor.operations import applicant_status
from processor.site import applicant_code, endpoint, sealed_files
from processor.site.sealed_files import SealedReply
from tests import applicant_site
from tests.applicant_site import NOTHING, Served, faults, traces, uploads
from tests.office import ROOT

HOST: Final = "payung.example.go.id"
SHOWN: Final = applicant_code.new_code()
LETTER: Final = b"%PDF-1.7 " + bytes(range(256)) * 400
SIGNED: Final = LETTER + b"<</Type /Sig /ByteRange [0 9 9 9]>>"
HOSTILE: Final = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"
STATUS: Final[dict[str, Any]] = {
    "versi": 1,
    "nomor": "BH-2026-0001",
    "status": "Perlu Anda lengkapi",
    "diperbarui": "2026-03-02T10:30:00+07:00",
    "riwayat": [
        {"waktu": "2026-03-02T08:00:00+07:00", "kalimat": "Permohonan Anda diterima dan terdaftar."},
        {"waktu": "2026-03-02T08:20:00+07:00", "kalimat": HOSTILE},
    ],
    "selanjutnya": "Kirim yang kurang.",
    "tenggat": "Paling lambat 4 Maret 2026.",
    "kekurangan": ["Surat panggilan.", "Halaman kedua <i>keputusan</i>."],
    "susulan": True,
    "kirim": ["tambahan", "tanya", "data", "tarik"],
    "pesan": [{"tanggal": "2 Maret 2026", "isi": "Surat yang mana?"}],
    "alasan": "",
    "jawaban": None,
}
ANSWERED: Final[dict[str, Any]] = {
    **STATUS,
    "nomor": "PGD-2026-0002",
    "macam": "pengaduan",
    "status": "Sudah dijawab",
    "kekurangan": [],
    "susulan": False,
    "kirim": [],
    "pesan": [],
    "jawaban": {"berlaku_sampai": "30 Juni 2026"},
}
VECTORS: Final = json.loads((ROOT / "tests" / "data" / "status.json").read_text("utf-8"))


@cache
def keys() -> applicant_code.Keys:
    """What the shown code gives."""
    return applicant_code.derive_keys(SHOWN, HOST)


def publication(office: Sequence[str], name: str) -> dict[str, bytes]:
    """What a publication puts beside the pages: a request and a complaint with one code, the answer to that, a list."""
    digest = hashlib.sha256(LETTER).hexdigest()
    file = {"nama": "surat <b>.pdf", "sha256": digest, "isi": base64.b64encode(LETTER).decode()}
    answer = {"versi": 1, "jawaban": [{"nomor": "PGD-2026-0002", "berlaku_sampai": "30 Juni 2026", "berkas": [file]}]}
    answered = {**ANSWERED, "jawaban": {**ANSWERED["jawaban"], "berkas": name}}
    letters = [SealedReply(keys().recipient, json.dumps(status).encode()) for status in (STATUS, answered)]
    return {
        sealed_files.STATUS: sealed_files.statuses(letters, office),
        sealed_files.DIGESTS: f"{'0' * 64}\n{digest}\n{hashlib.sha256(SIGNED).hexdigest()}\n".encode(),
        **sealed_files.replies({name: SealedReply(keys().recipient, json.dumps(answer).encode())}, office),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)
    with applicant_site.serving(settings) as served:
        files = publication(served.keys.recipients, "a" * 32)
        sealed_files.write(settings.site, files, datetime(2026, 3, 2, tzinfo=UTC))
        yield served


def visit(context: BrowserContext, site: Served, page: str) -> Page:
    tab = context.new_page()
    tab.goto(f"{site.address}{page}")
    return tab


def opened(context: BrowserContext, site: Served) -> Page:
    """The status, opened with the code as a tired person types it."""
    tab = context.new_page()
    unlock(tab, site)
    return tab


def unlock(tab: Page, site: Served) -> None:
    tab.goto(f"{site.address}lacak/")
    tab.fill("#kode", SHOWN.shown.lower().replace("-", " ").replace("0", "o"))
    tab.click("#buka:enabled")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()


@pytest.mark.slow
def test_a_code_opens_the_status_and_the_answer_and_asks_nobody_else(context: BrowserContext, site: Served) -> None:
    requests: list[str] = []
    told: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    unlock(tab, site)
    words = tab.inner_text("#status")
    assert tab.locator("#status-isi h2").all_inner_texts() == [ANSWERED["status"], STATUS["status"]]
    numbers = ("Permohonan BH-2026-0001", "Pengaduan PGD-2026-0002")
    said = ("2 Maret 2026 pukul 08.20 WIB", HOSTILE, "30 Juni 2026", "4 Maret 2026")
    assert [part for part in (*numbers, *said, *STATUS["kekurangan"], STATUS["selanjutnya"]) if part not in words] == []
    assert tab.locator("#status :is(img, script, b, i)").count() == 0
    with tab.expect_download() as download:
        tab.click("text=Unduh surat")
    assert Path(download.value.path()).read_bytes() == LETTER
    assert {url.removeprefix(site.address).partition("/")[0] for url in requests} == {"lacak", "assets", "balasan"}
    assert not [url for url in requests if SHOWN.symbols[:5] in url.upper()]
    assert told == []
    assert tab.title() != "kena"
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_what_a_publication_really_holds_is_told_word_for_word(context: BrowserContext, site: Served) -> None:
    site.changed = {
        f"/{sealed_files.STATUS}": base64.b64decode(VECTORS["status"]),
        f"/balasan/{VECTORS['isi_status'][0]['jawaban']['berkas']}.age": base64.b64decode(VECTORS["balasan"]),
    }
    tab = visit(context, site, f"lacak/#{VECTORS['kode']}")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    words = tab.inner_text("#status")
    for status in VECTORS["isi_status"]:
        told = [status["nomor"], status["status"], status["selanjutnya"], status["tenggat"], status["alasan"]]
        told += [line["kalimat"] for line in status["riwayat"]] + status["kekurangan"]
        assert [part for part in told if part not in words] == []
    files = [file for answer in VECTORS["isi_balasan"]["jawaban"] for file in answer["berkas"]]
    for file in files:
        with tab.expect_download() as download:
            tab.click(f"text=Unduh {file['nama']}")
        assert hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest() == file["sha256"]
    assert files


@pytest.mark.slow
@pytest.mark.parametrize("overtaken", [pytest.param(1, marks=pytest.mark.long), 9])
def test_a_status_whose_publication_was_overtaken_is_read_once_more(
    overtaken: int, context: BrowserContext, site: Served
) -> None:
    older = publication(site.keys.recipients, "b" * 32)[sealed_files.STATUS]
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        if asked.count(route.request.url) <= overtaken:
            route.fulfill(body=older)
        else:
            route.continue_()

    context.route("**/status.bin", serve)
    tab = opened(context, site)
    assert len(asked) == 2
    expect(tab.locator("text=Unduh surat")).to_have_count(1 if overtaken == 1 else 0)
    assert ("Coba lagi beberapa menit lagi" in tab.inner_text("#kabar")) == (overtaken > 1)


@pytest.mark.slow
def test_a_code_in_the_address_is_used_and_gone(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, f"lacak/#{SHOWN.shown}")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    assert tab.url == f"{site.address}lacak/"


@pytest.mark.slow
@pytest.mark.parametrize("before", ["status", pytest.param("kode", marks=pytest.mark.long)])
def test_a_code_put_into_the_address_of_the_open_page_is_used_and_gone(
    before: str, context: BrowserContext, site: Served
) -> None:
    tab = opened(context, site) if before == "status" else visit(context, site, "lacak/")
    tab.wait_for_selector("#buka:enabled", state="attached")
    tab.evaluate("location.hash = 'ABCDE-U'")
    expect(tab.locator("#kode")).to_be_focused()
    assert (tab.url, tab.input_value("#kode")) == (f"{site.address}lacak/", "ABCDE-U")
    expect(tab.locator("#galat-kode")).not_to_be_empty()
    tab.evaluate("code => location.hash = code", SHOWN.shown)
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    assert tab.url == f"{site.address}lacak/"
    tab.evaluate("location.hash = 'isi'")
    expect(tab.locator("#status")).to_be_visible()
    assert tab.url == f"{site.address}lacak/#isi"


@pytest.fixture(scope="module")
def fixed_clock(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of which tests set the clock: that cannot be taken back."""
    with applicant_site.handed_on(browser) as context:
        yield context


@pytest.mark.slow
@pytest.mark.parametrize(
    ("every", "clock"),
    [
        (30, "10:29"),
        (45, "23:50"),
        *(pytest.param(*one, marks=pytest.mark.long) for one in ((240, "00:00"), (1440, "12:00"))),
    ],
)
def test_the_next_publication_is_counted_from_midnight_where_the_office_is(
    every: int, clock: str, fixed_clock: BrowserContext, site: Served
) -> None:
    now = datetime.fromisoformat(f"2026-03-02T{clock}:30+07:00")

    def serve(route: Route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=page.text().replace('data-menit="30"', f'data-menit="{every}"'))

    tab = fixed_clock.new_page()
    tab.route("**/lacak/", serve)
    tab.clock.set_fixed_time(now)
    tab.goto(f"{site.address}lacak/#{applicant_code.new_code().shown}")
    expect(tab.locator("#kosong h2")).to_be_focused()
    midnight = applicant_status.last_slot(now, 1440) + timedelta(days=1)
    assert (
        tab.inner_text("#berikutnya")
        == f"pukul {min(applicant_status.last_slot(now, every) + timedelta(minutes=every), midnight):%H.%M} WIB"
    )
    tab.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    ["", "BH-2026-0001", SHOWN.shown[:-1] + ("2" if SHOWN.shown[-1] != "2" else "3")],
    ids=["nothing", "a number", "a slip"],
)
def test_what_is_no_code_is_told_at_once_and_nothing_is_fetched(
    typed: str, context: BrowserContext, site: Served
) -> None:
    tab = visit(context, site, "lacak/")
    tab.wait_for_selector("#buka:enabled")
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.fill("#kode", typed)
    tab.keyboard.press("Enter")
    expect(tab.locator("#kode")).to_be_focused()
    wrong = applicant_code._mistake("".join(filter(str.isalnum, typed))) if typed else "Tulis kode Anda."
    assert tab.inner_text("#galat-kode") == wrong
    assert tab.get_attribute("#kode", "aria-invalid") == "true"
    assert tab.input_value("#kode") == typed
    assert [url for url in requests if not url.endswith(".svg")] == []


@pytest.mark.slow
def test_a_code_that_opens_nothing_is_told_what_that_can_mean(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, "lacak/")
    tab.fill("#kode", applicant_code.new_code().shown)
    tab.click("#buka:enabled")
    expect(tab.locator("#kosong h2")).to_be_focused()
    words = tab.inner_text("#kosong")
    assert all(part in words for part in ("Belum terbit", "pukul", site.settings.situs.alamat, "Sudah lewat masanya"))
    assert faults(tab) == []


@pytest.mark.slow
def test_an_addition_is_sealed_to_the_office_and_proves_to_which_case_it_belongs(
    context: BrowserContext, site: Served
) -> None:
    tab = opened(context, site)
    assert "Surat yang mana?" in tab.inner_text("#status-isi")
    tab.check("#susulan")
    tab.click("#kirim")
    expect(tab.locator("#keterangan")).to_be_focused()
    tab.fill("#keterangan", HOSTILE)
    tab.set_input_files("#dokumen", uploads(("panggilan.pdf", LETTER)))
    site.lost = True
    tab.click("#kirim")
    expect(tab.locator("#pesan-tertunda-kabar")).to_contain_text("tidak tercatat dua kali")
    tab.reload()  # the code is gone with the page, and what was sealed waits
    site.lost = False
    tab.click("#pesan-coba")
    expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    unlock(tab, site)
    tab.check("#susulan")
    tab.fill("#keterangan", "Satu lagi.")
    tab.click("#kirim:enabled")
    expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    assert re.search(r"sekitar pukul \d\d\.\d\d WIB\. Tidak perlu mengirim lagi\.$", tab.inner_text("#pesan-kabar"))
    package = max(site.sent, key=lambda path: path.stat().st_size)
    said: Any = json.loads(applicant_code.unpad(site.keys.open(package.read_bytes())))
    assert (len(site.sent), said["pesan"], said["nomor"]) == (2, "tambahan", STATUS["nomor"])
    assert (applicant_code.locator_of(said["untuk"]), said["jawaban"]) == (keys().locator, {"keterangan": HOSTILE})
    assert [(file["nama"], base64.b64decode(file["isi"])) for file in said["lampiran"]] == [("panggilan.pdf", LETTER)]
    assert package.stat().st_size < endpoint.LARGEST
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_an_address_opens_its_box_and_only_what_the_status_allows_is_offered(
    context: BrowserContext, site: Served
) -> None:
    tab = visit(context, site, "lacak/#data")
    expect(tab.locator("#tujuan")).to_have_text(
        "Untuk mengganti email atau telepon saya: buka dahulu dengan kode Anda."
    )
    tab.fill("#kode", SHOWN.shown)
    tab.click("#buka:enabled")
    expect(tab.locator("#data")).to_be_focused()
    assert tab.locator("#data").is_checked()
    shown = [one.get_attribute("value") for one in tab.locator("[name=macam]").all() if one.is_visible()]
    assert sorted(filter(None, shown)) == sorted(STATUS["kirim"])
    tab.keyboard.press("ArrowUp")
    expect(tab.locator("#keterangan")).to_be_visible()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("#keterangan")).to_be_hidden()
    tab.fill("#email-baru", "bukan email")
    tab.click("#kirim")
    expect(tab.locator("#email-baru")).to_be_focused()
    tab.fill("#email-baru", "baru@example.org")
    tab.click("#kirim")
    expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    (package,) = site.sent
    said: Any = json.loads(applicant_code.unpad(site.keys.open(package.read_bytes())))
    assert (said["pesan"], said["jawaban"], said["lampiran"]) == ("data", {"email": "baru@example.org"}, [])
    tab.evaluate("location.hash = 'keberatan'")
    expect(tab.locator("#pesan-kabar")).to_contain_text("Pada keadaan ini Anda tidak dapat mengajukan keberatan")


@pytest.mark.slow
def test_leaving_clears_the_page(context: BrowserContext, site: Served) -> None:
    tab = opened(context, site)
    tab.goto(f"{site.address}faq/")
    tab.go_back()
    tab.wait_for_selector("#buka:enabled")
    assert tab.input_value("#kode") == ""
    assert "BH-2026-0001" not in tab.content()
    tab = opened(context, site)
    tab.click("#keluar")
    tab.wait_for_url("about:blank")


@pytest.mark.slow
def test_the_status_and_the_check_fit_a_small_phone_and_are_open_to_everyone(
    context: BrowserContext, site: Served
) -> None:
    tab = visit(context, site, "lacak/")
    expect(tab.locator("#buka")).to_be_enabled()
    wrong = faults(tab)
    unlock(tab, site)
    wrong += faults(tab)
    tab.goto(f"{site.address}verifikasi/")
    choose(tab, ("asli.pdf", LETTER), ("s" * 80 + ".pdf", b"lain"))
    wrong += faults(tab)
    assert wrong == []


def choose(tab: Page, *files: tuple[str, bytes]) -> None:
    """Choose letters to be checked."""
    tab.wait_for_selector("#surat:enabled")
    tab.set_input_files("#surat", uploads(*files))
    expect(tab.locator("#putusan li")).to_have_count(len(files))


@pytest.mark.slow
def test_a_letter_is_genuine_only_to_its_last_byte_and_never_leaves_the_device(
    context: BrowserContext, site: Served
) -> None:
    sent: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}"))
    tab.goto(f"{site.address}verifikasi/")
    choose(tab, ("surat <b>.pdf", LETTER), ("diubah.pdf", LETTER[:-1] + b"\0"), ("kosong.pdf", b""))
    shown = tab.locator("#putusan li").all_inner_texts()
    assert [text.partition("\n")[0] for text in shown] == ["Asli", "Tidak dikenal atau sudah diubah", "Berkas kosong"]
    assert "surat <b>.pdf" in shown[0]
    assert "Tanpa tanda tangan elektronik, seperti surat yang dipindai" in shown[0]
    assert not [text for text in shown[1:] if "tanda tangan" in text]
    assert "unduh lagi" in shown[2]
    assert {line.partition(site.address)[2].rstrip() for line in sent if "/assets/" not in line} == {
        "verifikasi/",
        "verifikasi/sidik.txt",
    }
    assert {line.partition(" ")[0] for line in sent} == {"GET"}
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_a_letter_that_was_signed_electronically_is_told_from_a_scan(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, "verifikasi/")
    choose(tab, ("surat.pdf", SIGNED), ("diubah.pdf", SIGNED + b"\n"))
    genuine, changed = tab.locator("#putusan li").all_inner_texts()
    assert "Bertanda tangan elektronik. Siapa yang menandatangani tampil di pembaca PDF" in genuine
    assert "anda tangan" not in changed
    assert faults(tab) == []


@pytest.mark.slow
def test_a_list_that_cannot_be_had_is_no_verdict(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, "verifikasi/")
    tab.wait_for_selector("#surat:enabled")
    context.set_offline(True)
    tab.set_input_files("#surat", uploads(("surat.pdf", LETTER)))
    expect(tab.locator("#kabar")).to_contain_text("Pemeriksaan gagal")
    assert tab.locator("#putusan li").count() == 0
