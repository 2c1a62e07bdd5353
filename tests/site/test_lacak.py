"""Status, answer, addition and the check of a letter, in a real browser under the strictest headers."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from processor.foundation import settings
from processor.foundation.working_time import Calendar
from processor.operations import applicant_status, sealed_answers, working_table
from processor.operations.sealed_answers import OpenedByCode
from processor.site import applicant_code, endpoint, sealed_files, sealed_replies, sealed_statuses
from processor.site.applicant_code import Keys
from processor.site.sealed_statuses import DIVISIONS, StatusDivision
from tests import applicant_site
from tests.applicant_site import NOTHING, Served, faults, traces, uploads
from tests.office import ROOT, applicant_keys
from tests.opened_statuses import read, unsealed, unsealed_statuses
from tests.site.test_kept_answers import STORED

HOST: Final = "payung.example.go.id"
SHOWN: Final = applicant_code.new_code()
LETTER: Final = b"%PDF-1.7 " + bytes(range(256)) * 400
SIGNED: Final = LETTER + b"<</Type /Sig /ByteRange [0 9 9 9]>>"
HOSTILE: Final = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"
HISTORY: Final = "aa29540300ab20bb15"
STATUS: Final[dict[str, Any]] = {
    "versi": 2,
    "nomor": "BH-2026-0001",
    "tahap": "menunggu_kelengkapan",
    "riwayat": HISTORY,
    "kekurangan": ["Surat panggilan.", "Halaman <i>dua</i>."],
    "kirim": ["tambahan", "tanya", "data", "tarik"],
    "pesan": [{"tanggal": "2 Maret 2026", "isi": "Surat yang mana?"}],
}
ANSWERED: Final[dict[str, Any]] = {
    "versi": 2,
    "nomor": "PGD-2026-0002",
    "macam": "pengaduan",
    "tahap": "pengaduan.selesai",
    "riwayat": "da29540300dg20",
    "selanjutnya": {"kode": "buka", "sampai": "2026-06-30"},
    "berkas": "a" * 32,
}
LONG: Final[dict[str, Any]] = {
    "versi": 2,
    "nomor": "BH-2026-0003",
    "tahap": "ditolak",
    "lanjutan": "BH-2026-0001",
    "riwayat": HISTORY,
    "alasan": HOSTILE + " Perkaranya sudah di pengadilan." * 20,
    "tenggat": {"kode": "sasaran", "sasaran": 29540720, "batas": 29543225},
    "jadwal": [{"kode": "video", "waktu": 29543225, "tempat": "https://rapat.example.go.id/1"}],
}
VECTORS: Final = ROOT / "tests" / "data" / "status.json"


@cache
def keys() -> Keys:
    """What the shown code gives."""
    return applicant_code.derive_keys(SHOWN, HOST)


def opened_by(keys: Keys, name: str) -> list[OpenedByCode]:
    """What a code opens: a request, a complaint with its answer, and a request of which there is much to say."""
    letter = sealed_answers.answer(ANSWERED["nomor"], date(2026, 6, 30), {"surat <b>.pdf": LETTER})
    return [
        OpenedByCode(keys.locator, keys.recipient, STATUS, name),
        OpenedByCode(keys.locator, keys.recipient, {**ANSWERED, "berkas": name}, name, letter),
        OpenedByCode(keys.locator, keys.recipient, LONG, name),
    ]


def publication(office: Sequence[str], name: str, division: StatusDivision = DIVISIONS[0]) -> dict[str, bytes]:
    """What a publication puts beside the pages: three statuses with one code, an answer, the list of digests."""
    opened, moment = opened_by(keys(), name), datetime.fromisoformat("2026-03-02T10:30:00+07:00")
    digests = sorted(hashlib.sha256(one).hexdigest() for one in (LETTER, SIGNED))
    return {
        **sealed_statuses.seal_all(sealed_answers.statuses(opened), division),
        **sealed_replies.seal_all(sealed_answers.replies(opened), office, (0, 2, 0, 0)),
        sealed_files.PUBLICATION: sealed_files.publication(moment, division.files),
        sealed_files.WORKING_HOURS: working_table.file(settings.load(ROOT / settings.FILE_NAME), Calendar(), moment),
        sealed_files.DIGESTS: "".join(f"{one}\n" for one in ("0" * 64, *digests)).encode(),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    found = applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)
    with applicant_site.serving(found) as served:
        files = publication(served.keys.recipients, "a" * 32)
        sealed_files.write(found.site, files, datetime(2026, 3, 2, tzinfo=UTC))
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
    shown = [read(one.status) for one in reversed(opened_by(keys(), "a" * 32))]
    shown.sort(key=lambda one: str(one["nomor"]), reverse=True)
    assert tab.locator("#status-isi h2").all_inner_texts() == [one["status"] for one in shown]
    assert lacking(words, shown) == []
    assert "Pengaduan PGD-2026-0002, keadaan pada 2 Maret 2026 pukul 10.30 WIB. Sesudah itu belum ada" in words
    assert "Tersedia di sini sampai 30 Juni 2026" in words
    assert "Lanjutan dari permohonan BH-2026-0001." in words
    assert tab.locator("#status :is(img, script, b, i)").count() == 0
    with tab.expect_download() as download:
        tab.click("text=Unduh surat")
    assert Path(download.value.path()).read_bytes() == LETTER
    assert {url.removeprefix(site.address).partition("/")[0] for url in requests} == {"lacak", "assets", "balasan"}
    assert not [url for url in requests if SHOWN.symbols[:5] in url.upper()]
    assert told == []
    assert tab.title() != "kena"
    assert traces(tab) == NOTHING


def lacking(words: str, statuses: Sequence[dict[str, Any]]) -> list[str]:
    """What of these statuses, as Python reads them, the page does not say."""
    said = " ".join(words.split())
    parts = [(one["nomor"], one["status"], one["selanjutnya"], one["tenggat"], one["alasan"]) for one in statuses]
    lines = [text for one in statuses for _, text in one["riwayat"]] + [
        text for one in statuses for text in one["kekurangan"]
    ]
    return [part for part in [*(text for some in parts for text in some), *lines] if " ".join(part.split()) not in said]


def vectors() -> dict[str, Any]:
    """A code, a file of statuses of which two are its own, and its answers."""
    made = applicant_code.new_code()
    mine = applicant_code.derive_keys(made, HOST)
    name, office = "0123456789abcdef" * 2, [applicant_keys().recipient]
    opened = opened_by(mine, name)
    [(_, statuses)] = sealed_statuses.seal_all(sealed_answers.statuses(opened), StatusDivision(1, 4)).items()
    answers = sealed_replies.seal_all(sealed_answers.replies(opened), office, (0, 0, 0, 0))
    return {
        "kode": made.shown,
        "lacak": mine.locator,
        "status": base64.b64encode(statuses).decode(),
        "balasan": base64.b64encode(answers[f"balasan/{name}.age"]).decode(),
        "isi_status": [one.status for one in opened],
    }


@pytest.mark.slow
def test_what_was_published_earlier_opens_as_it_did(
    context: BrowserContext, site: Served, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--perbarui-golden"):
        VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    known = json.loads(VECTORS.read_text("utf-8"))
    mine = applicant_code.derive_keys(applicant_code.parse_code(known["kode"]), HOST)
    sealed = {name: base64.b64decode(known[name]) for name in ("status", "balasan")}
    found = unsealed_statuses({"status.bin": sealed["status"]}, mine.identity)
    assert (mine.locator, len(found)) == (known["lacak"], 3)
    [place] = {one["berkas"] for one in found if "berkas" in one}
    told, contents = unsealed(sealed["balasan"], mine.identity) or ({}, [])
    whole = [*(one for one in found if "tahap" in one), *told["status"]]
    assert sorted(whole, key=lambda one: str(one["nomor"])) == sorted(
        known["isi_status"], key=lambda one: str(one["nomor"])
    )
    site.changed = {f"/{DIVISIONS[0].path(0)}": sealed["status"], f"/balasan/{place}.age": sealed["balasan"]}
    tab = visit(context, site, f"lacak/#{known['kode']}")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    assert lacking(tab.inner_text("#status"), [read(one) for one in known["isi_status"]]) == []
    with tab.expect_download() as download:
        tab.click("text=Unduh surat")
    assert [Path(download.value.path()).read_bytes()] == contents


@pytest.mark.slow
@pytest.mark.parametrize("overtaken", [pytest.param(1, marks=pytest.mark.long), 9])
def test_a_status_whose_publication_was_overtaken_is_read_once_more(
    overtaken: int, context: BrowserContext, site: Served
) -> None:
    older = publication(site.keys.recipients, "b" * 32)[DIVISIONS[0].path(0)]
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        if asked.count(route.request.url) <= overtaken:
            route.fulfill(body=older)
        else:
            route.continue_()

    context.route("**/status-*.bin", serve)
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


@pytest.mark.slow
def test_a_second_look_fetches_nothing_that_has_not_changed(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, "lacak/")
    answers: list[tuple[str, int]] = []
    tab.on("response", lambda one: answers.append((one.url.rpartition("/")[2], one.status)))
    for _ in range(2):
        answers.clear()
        tab.evaluate("code => location.hash = code", SHOWN.shown)
        expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
        expect(tab.locator("#buka")).to_be_enabled()
    names = ("jam.json", "status-1-000.bin", "terbitan.json", f"{'a' * 32}.age")
    assert sorted(answers) == [(name, 304) for name in sorted(names)]


@pytest.mark.slow
def test_a_page_that_was_opened_before_the_site_was_renewed_says_so(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, "lacak/")
    site.changed = {"/assets/brankas.js": b"export const lain = 1;"}  # what opens is of the new site, the page is not
    tab.fill("#kode", SHOWN.shown)
    tab.click("#buka:enabled")
    expect(tab.locator("#kabar")).to_contain_text("Masih begitu? Muat ulang halaman ini.")
    site.changed = {f"/{sealed_files.PUBLICATION}": b'{"versi":3,"saat":"","bagian":1}'}
    tab.click("#buka:enabled")
    expect(tab.locator("#kabar")).to_contain_text("Situs ini baru diperbarui. Muat ulang halaman ini")
    assert tab.title().startswith("Belum terbuka - Lacak permohonan")
    for other in (b"", b"<!doctype html><title>Masuk dahulu</title>"):
        site.changed = {f"/{sealed_files.PUBLICATION}": other}
        tab.click("#buka:enabled")
        expect(tab.locator("#kabar")).to_contain_text("Status tidak terbaca. Muat ulang halaman ini")
    site.changed = {f"/{sealed_files.PUBLICATION}": b'{"versi":2,"saat":"","bagian":16}'}
    tab.click("#buka:enabled")
    expect(tab.locator("#kabar")).to_contain_text("Status tidak dapat diambil. Muat ulang halaman ini")


@pytest.fixture(scope="module")
def words(browser: Browser, site: Served) -> Iterator[Page]:
    """An open page of the site, in which tests ask its modules."""
    with browser.new_page() as tab:
        tab.goto(f"{site.address}lacak/")
        yield tab


def asked(tab: Page, call: str, cases: Sequence[Any]) -> Any:
    """What a function of terbitan.js gives for each of ``cases``, which are its arguments."""
    script = f"async (cases) => {{ const m = await import('../assets/terbitan.js'); return cases.map({call}); }}"
    return tab.evaluate(script, cases)


@pytest.mark.slow
def test_a_code_looks_where_its_status_lies(words: Page) -> None:
    locators = [f"{n * 0x04010203 % 2**32:08x}{'0' * 24}" for n in range(1, 40)] + ["0" * 32, "f" * 32]
    for one in DIVISIONS:
        found = asked(
            words, "([bagian, lacak]) => m.berkasStatus({bagian}, lacak)", [[one.files, at] for at in locators]
        )
        assert [f"balasan/{name}" for name in found] == [one.path(one.place(at)) for at in locators]


@pytest.mark.slow
def test_the_next_publication_is_counted_from_midnight_where_the_office_is(words: Page) -> None:
    moments = [datetime.fromisoformat(f"2026-03-02T{clock}:30+07:00") for clock in ("10:29", "23:50", "00:00", "12:00")]
    cases = [(every, moment) for every in (1, 30, 45, 240, 1440) for moment in moments]
    zone = {"zona": "Asia/Jakarta", "zona_singkat": "WIB"}
    told = asked(
        words, "([jam, kini]) => m.terbitBerikutnya(jam, new Date(kini))",
        [[{**zone, "tiap": every}, moment.timestamp() * 1000] for every, moment in cases],
    )  # fmt: skip
    for (every, moment), said in zip(cases, told, strict=True):
        midnight = applicant_status.last_slot(moment, 1440) + timedelta(days=1)
        later = applicant_status.last_slot(moment, every) + timedelta(minutes=every)
        assert said == f"pukul {min(later, midnight):%H.%M} WIB"


TIMES: Final = (
    ("2026-03-02T20:14", "20:00", "sekitar pukul 20.30 WIB"),
    ("2026-03-02T20:03", "19:30", "dalam beberapa menit"),
    ("2026-03-02T20:14", "19:10", "sesudah kantor kami buka: Selasa, 3 Maret 2026 pukul 08.00 WIB"),
    ("2026-03-06T16:00", "10:00", "sesudah kantor kami buka: Senin, 9 Maret 2026 pukul 08.00 WIB"),
    ("2026-03-02T10:14", "08:00", "pada jam layanan"),
    ("2026-03-02T07:30", "06:00", "sesudah kantor kami buka: hari ini pukul 08.00 WIB"),
)


@pytest.mark.slow
def test_what_is_sent_is_promised_what_the_office_promises_and_no_status_while_none_is_published(
    words: Page, site: Served
) -> None:
    now = datetime.fromisoformat("2026-03-02T20:14:00+07:00")
    jam = json.loads((site.settings.site / sealed_files.WORKING_HOURS).read_text("utf-8"))
    cases = [
        [{"saat": f"{clock[:10]}T{last}:00+07:00"}, jam, datetime.fromisoformat(f"{clock}:00+07:00").timestamp() * 1000]
        for clock, last, _ in TIMES
    ]
    assert asked(words, "([terbit, jam, kini]) => m.terbitLagi(terbit, jam, new Date(kini))", cases) == [
        said for *_, said in TIMES
    ]
    every_minute = [{"saat": "2026-03-02T20:07:00+07:00"}, {**jam, "tiap": 1}, now.timestamp() * 1000]
    assert asked(words, "([terbit, jam, kini]) => m.terbitLagi(terbit, jam, new Date(kini))", [every_minute]) == [
        "dalam beberapa menit"
    ]
    promised = asked(
        words, "([jam, macam, kini]) => m.janji(jam, macam, new Date(kini))",
        [[jam, kind, now.timestamp() * 1000] for kind in ("", "pengaduan")]
        + [[{**jam, "jarak": jam["jarak"][:4]}, "", now.timestamp() * 1000]],
    )  # fmt: skip
    request, complaint, beyond = promised
    assert request[0] == "Kami memeriksa kelengkapannya paling lambat Selasa, 3 Maret 2026 pukul 08.30 WIB."
    assert request[1].startswith(
        "Kami berusaha menjawab paling lambat Selasa, 3 Maret 2026 pukul 15.00 WIB. "
        "Batas akhirnya Kamis, 5 Maret 2026 pukul 08.45 WIB."
    )
    assert complaint == ["Kami menjawab secara tertulis paling lambat Jumat, 27 Maret 2026."]
    assert beyond == []
    sent = words.evaluate(
        "async (kini) => (await import('../assets/terbitan.js')).sesudahKirim('', new Date(kini))",
        datetime.fromisoformat("2026-03-02T10:59:00+07:00").timestamp() * 1000,
    )
    assert sent[:2] == ["Sudah sampai pukul 10.59 WIB.", "Status pertama Anda terbit sekitar pukul 11.30 WIB."]


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
    expect(tab.locator("#galat-kode")).to_have_text(wrong)
    assert tab.get_attribute("#kode", "aria-invalid") == "true"
    assert tab.input_value("#kode") == typed
    assert tab.title().startswith("Kode belum benar - ")
    assert [url for url in requests if not url.endswith((".svg", "/brankas.js"))] == []


@pytest.mark.slow
def test_a_code_that_opens_nothing_yet_is_told_when_it_will(context: BrowserContext, site: Served) -> None:
    tab = visit(context, site, "lacak/")
    tab.fill("#kode", applicant_code.new_code().shown)
    tab.click("#buka:enabled")
    expect(tab.locator("#kosong h2")).to_be_focused()
    words = tab.inner_text("#kosong")
    assert tab.title().startswith("Status Anda belum terbit - ")
    assert "Status terakhir terbit 2 Maret 2026 pukul 10.30 WIB, dan terbit lagi " in words
    assert "Kami berusaha menjawab paling lambat " in words
    assert all(part in words for part in ("sudah sampai", site.settings.situs.alamat, "Sudah lewat masanya"))
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
    context.route("**/kirim", lambda _: None)
    tab.click("#pesan-coba")
    expect(tab.locator("#kemajuan p")).to_contain_text("Terkirim")
    assert faults(tab) == []
    tab.click("text=Berhenti mengirim")
    expect(tab.locator("#pesan-coba")).to_be_focused()
    expect(tab.locator("#pesan-tertunda-kabar")).to_contain_text("Anda hentikan")
    assert "setiap menit" not in tab.inner_text("#pesan-tertunda-kabar")
    expect(tab.locator("#kemajuan")).to_be_hidden()
    context.unroute("**/kirim")
    site.lost = False
    tab.evaluate("dispatchEvent(new Event('online'))")
    assert site.sent == []
    tab.click("#pesan-coba")
    expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    unlock(tab, site)
    tab.check("#susulan")
    tab.fill("#keterangan", "Satu lagi.")
    tab.click("#kirim:enabled")
    expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    promised = "Tidak perlu mengirim lagi. Pesan itu tampak pada riwayat "
    assert re.search(f"{promised}(sesudah kantor kami buka|pada jam layanan)", tab.inner_text("#pesan-kabar"))
    told = sealed_files.publication(datetime.now(UTC), 1)
    site.changed = {f"/{sealed_files.PUBLICATION}": told}
    assert re.fullmatch(r"sekitar pukul \d\d\.\d\d WIB", words_of_times(tab))
    package = max(site.sent, key=lambda path: path.stat().st_size)
    said: Any = json.loads(applicant_code.unpad(site.keys.open(package.read_bytes())))
    assert (len(site.sent), said["pesan"], said["nomor"]) == (2, "tambahan", STATUS["nomor"])
    assert (applicant_code.locator_of(said["untuk"]), said["jawaban"]) == (keys().locator, {"keterangan": HOSTILE})
    assert [(file["nama"], base64.b64decode(file["isi"])) for file in said["lampiran"]] == [("panggilan.pdf", LETTER)]
    assert package.stat().st_size < endpoint.LARGEST
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_a_message_that_was_typed_comes_back_with_the_code_and_goes_once_it_is_sent_or_by_quick_exit(
    context: BrowserContext, site: Served
) -> None:
    tab = opened(context, site)
    tab.check("#susulan")
    tab.fill("#keterangan", HOSTILE)
    tab.set_input_files("#dokumen", uploads(("panggilan.pdf", LETTER)))
    expect(tab.locator("#pesan .daftar-berkas li")).to_have_count(1)
    wait_kept(tab, 2)
    tab.goto(f"{site.address}syarat/")
    tab.go_back()
    expect(tab.locator("#tujuan")).to_contain_text("masih ada di perangkat ini, terkunci")
    assert HOSTILE not in tab.content()
    unlock(tab, site)
    expect(tab.locator("#pesan-kabar")).to_contain_text("kembali seperti tadi")
    assert (tab.input_value("#keterangan"), tab.locator("#susulan").is_checked()) == (HOSTILE, True)
    expect(tab.locator("#pesan .daftar-berkas li")).to_have_count(1)
    tab.click("#kirim")
    expect(tab.locator("#pesan-kabar")).to_contain_text("sudah sampai")
    assert (traces(tab), len(site.sent)) == (NOTHING, 1)
    unlock(tab, site)
    tab.check("#susulan")
    tab.fill("#keterangan", "Lagi.")
    wait_kept(tab, 1)
    tab.evaluate("address => (document.body.dataset.keluar = address)", f"{site.address}leaflet/")
    tab.click("#keluar")
    tab.wait_for_url(f"{site.address}leaflet/")
    assert traces(tab) == NOTHING


def wait_kept(tab: Page, parts: int) -> None:
    """Until what was typed lies on the device, sealed, in so many parts."""
    tab.evaluate(f"(async () => {{ while ((await {STORED}).length !== {parts}); }})()")
    assert HOSTILE not in str(tab.evaluate(STORED))


def words_of_times(tab: Page) -> str:
    """When the page says that what is sent now will show."""
    return str(tab.evaluate("import('../assets/terbitan.js').then(({ tampakNanti }) => tampakNanti())"))


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
    next_up = (
        "(one, name) => one.getBoundingClientRect().top < document.getElementById(name).getBoundingClientRect().top"
    )
    assert tab.locator("#kirim").evaluate(next_up, "tarik"), "what belongs to a choice stands right below it"
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
    tab.evaluate("address => (document.body.dataset.keluar = address)", f"{site.address}leaflet/")
    for key in ("Escape", "Escape", "a", "Escape", "Escape"):
        tab.keyboard.press(key)
    assert tab.url.endswith("/lacak/")
    tab.keyboard.press("Escape")
    tab.wait_for_url(f"{site.address}leaflet/")


@pytest.mark.slow
def test_the_status_and_the_check_fit_a_small_phone_and_are_open_to_everyone(
    context: BrowserContext, site: Served
) -> None:
    tab = visit(context, site, "lacak/")
    expect(tab.locator("#buka")).to_be_enabled()
    wrong = faults(tab)
    unlock(tab, site)
    tab.check("#susulan")
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
