"""The desk: what officers see of their cases, in a real browser, and what nobody sees."""

import html
import http.client
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from processor.cases import case_status
from processor.cases.case_status import Derived, Status
from processor.cases.dossier import identities
from processor.cases.records import Event
from processor.cli import parser
from processor.desk import server, wording
from processor.foundation import settings, yaml_editor
from processor.foundation.errors import Busy
from processor.foundation.settings_agency import Officer
from processor.operations import counter, steps
from processor.operations.act_journal import Person
from processor.operations.complaints import complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from processor.operations.counter_drafts import Draft
from processor.operations.office import Office, open_office
from tests import accessibility
from tests.effort import LONG
from tests.office import ROOT, edited, response
from tests.story import OFFICERS, Story

STAFF = OFFICERS | {"analis2": {"nama": "Analis Kedua", "peran": ["analis_hukum"]}}
HOSTILE = "<script>window.hacked = 1</script><img src=x onerror=window.hacked=1>{{ 7 * 191 }}{% raw %}"
FRESH, SENT, STUDIED, READY, RETURNED, ASKED, REFUSED, ARCHIVED, BROKEN, NEW = (
    f"BH-2026-{serial:04d}" for serial in range(1, 11)
)
DRAFT = "0" * 32
PAGES = (
    "",
    "?petugas=pengelola",
    "?petugas=kabag",
    "daftar?petugas=kabag&topik=pengadaan&arsip=ya&urut=-nomor",
    FRESH,
    STUDIED,
    READY,
    BROKEN,
    f"{NEW}?petugas=pengelola",
    f"{NEW}/langkah/tolak?petugas=pengelola",
    f"{NEW}/identitas?petugas=pengelola",
    f"{NEW}/berkas?petugas=pengelola",
    f"{NEW}/kode?petugas=pengelola",
    "beberapa/tugaskan?petugas=kabag",
    "loket?petugas=pengelola",
    f"loket/{DRAFT}?petugas=pengelola",
    f"loket/{DRAFT}/baca?petugas=pengelola",
    "loket/rujukan?petugas=pengelola",
    "email?petugas=pengelola",
    "pengaduan/baru?petugas=pengelola",
    "pengaduan/PGD-2026-0001?petugas=pengelola",
    "arsip",
    "evaluasi",
    "pengaduan",
    "cari?q=penolakan",
    "cari",
)
Scheme = Literal["light", "dark"]
SIGHTS: tuple[tuple[Scheme, int], ...] = (("light", 360), ("dark", 1280))
WIDTHS = (320, 360, 1280)


def sent(serial: int) -> dict[str, str]:
    """What a fictional applicant sends: an identity that is like no officer's, and hostile words."""
    return {
        "nip": f"1980010120050119{serial:02d}",
        "jabatan": "Juru Andaian",
        "unit_kerja": "Dinas Andaian",
        "telepon": f"0812 0000 01{serial:02d}",
        "uraian": f"{HOSTILE} Perkara {serial}: pejabat menolak.",
        "pertanyaan": "Apakah penolakan itu sah?\nBila tidak, bagaimana?",
    }


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office on its second morning: a case in every status that waits for somebody, one put away, one spoilt."""
    told = Story(tmp_path_factory.mktemp("kantor"), officers=STAFF)
    told.receives(*(response(serial, minute=serial, **sent(serial)) for serial in range(1, 10)))
    monday = told.now.date()
    forward = steps.verify("diteruskan", "pengelola", monday, topik="pengadaan")
    staffed = steps.assign("analis", "kabag", [])
    ready = steps.set_study_ready(done=True)
    plot: dict[str, list[steps.StepChanges]] = {
        SENT: [forward],
        STUDIED: [forward, staffed],
        READY: [forward, staffed, ready],
        RETURNED: [forward, staffed, ready, steps.review("dikembalikan", "kabag", monday, "Perjelas.")],
        ASKED: [steps.verify("dilengkapi", "pengelola", monday, kekurangan=["Surat panggilan"])],
        REFUSED: [steps.verify("ditolak", "pengelola", monday, alasan_jenis="litigasi", alasan="Sudah di pengadilan.")],
        ARCHIVED: [steps.withdraw(monday, "Lewat telepon."), steps.archive(monday)],
    }
    for number, taken in plot.items():
        if number == READY:
            told.passes()
            told.at("2026-03-02T10:00")
        if ready in taken:
            told.studies(number, analisis=HOSTILE)
        for one in taken:
            steps.apply(told.office, number, one)
            if number == ARCHIVED:
                told.passes()  # it must be told before it is put away
    told.passes()
    shutil.copytree(ROOT / "processor" / "cli" / "sample" / "catatan", told.office.register.folder, dirs_exist_ok=True)
    (folder(told, BROKEN) / "permohonan.yaml").write_text("nomor_registrasi: [\n", "utf-8")
    told.at("2026-03-03T08:05")
    told.receives(response(10, minute=1500, **sent(10)))
    told.later(minutes=5)
    counter.drafts_of(told.office).keep(Draft(DRAFT, "pengelola", told.now.isoformat(), answers={"uraian": HOSTILE}))
    complaint_intake.record(told.office, Person("pengelola"), ComplaintHead("surat"), {"nama": HOSTILE}, HOSTILE)
    return told


def folder(story: Story, number: str) -> Path:
    return story.office.register.path(number)


@contextmanager
def sitting(story: Story) -> Iterator[str]:
    """The desk of a story's office; its address."""
    with server.serve_desk(lambda: opened(story), 0) as address:
        yield address


def opened(story: Story) -> Office:
    return open_office(settings.load(story.settings.path), lambda: story.now)


@pytest.fixture(scope="module")
def desk(story: Story) -> Iterator[str]:
    with sitting(story) as address:
        yield address


@dataclass(frozen=True)
class Answer:
    """What the server gave back."""

    status: int
    headers: http.client.HTTPMessage
    text: str


def ask(address: str, page: str = "", *, method: str = "GET", host: str = "") -> Answer:
    where = urlsplit(address)
    line = http.client.HTTPConnection(where.netloc, timeout=60)
    line.request(method, where.path + page, headers={"Host": host or where.netloc})
    got = line.getresponse()
    answer = Answer(got.status, got.headers, got.read().decode())
    line.close()
    return answer


def section(page: str, title: str) -> list[str]:
    """The numbers that stand under a title of the front page."""
    _, _, rest = page.partition(f">{title} <span")
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]*/(BH[^"?]*)', rest.partition("</section>")[0])


def test_what_waits_for_me_comes_first_and_each_case_stands_once(desk: str) -> None:
    page = ask(desk, "?petugas=pengelola").text
    assert section(page, "Menunggu Anda") == [FRESH, REFUSED, NEW]
    assert section(page, "Terlambat") == [SENT, STUDIED]
    assert section(page, "Segera jatuh tempo") == [READY, RETURNED]
    assert section(page, "Perlu dibetulkan") == [BROKEN]
    assert section(page, "Lainnya") == [ASKED]


def test_nobody_in_particular_sees_what_is_late_for_anybody(desk: str) -> None:
    page = ask(desk).text
    assert "Menunggu Anda" not in page
    assert section(page, "Terlambat") == [FRESH, REFUSED, SENT, STUDIED]
    assert section(page, "Segera jatuh tempo") == [NEW, READY, RETURNED]
    assert ask(desk, "?petugas=tidak-ada").text == page


def test_a_late_case_says_when_it_was_due_and_leads_to_how_that_was_found(desk: str) -> None:
    page = ask(desk).text
    assert re.search(
        rf'kemarin 15\.00</time> <span class="tahap">kajian</span>\s*<a [^>]*{SENT}#tenggat">terlambat', page
    )
    assert 'id="tenggat"' in ask(desk, SENT).text


def test_the_load_of_each_officer_is_counted(desk: str) -> None:
    page = ask(desk).text
    _, _, table = page.partition('id="beban"')
    loads = re.findall(r'\?petugas=(\w+)">.*?"angka">(\d+)<.*?"angka">(?:<[^>]*>)?(\d+)', table, re.DOTALL)
    assert loads == [("analis", "2", "1"), ("analis2", "0", "0"), ("kabag", "2", "1"), ("pengelola", "3", "2")]


def test_what_is_archived_is_only_counted_and_stands_on_a_page_of_its_own(desk: str) -> None:
    page = ask(desk).text
    assert ARCHIVED not in page
    assert "1 permohonan di arsip" in page
    assert ARCHIVED in ask(desk, "arsip").text
    assert [ask(desk, f"arsip?halaman={page}").status for page in ("2", "0", "x", "9" * 5000)] == [404] * 4


def test_a_case_shows_its_words_its_deadlines_and_its_life(desk: str) -> None:
    page = ask(desk, RETURNED).text
    for words in (
        "analis hukum memperbaiki kajian",
        "Tahap kajian",
        "Mulai: Senin, 2 Maret 2026",
        "Bila tidak, bagaimana?",
        "Pemohon boleh menolak.",
        "Perjelas.",
        "Status berubah dari diperiksa menjadi dikembalikan.",
        f"{RETURNED}/permohonan.yaml</span></code>",
    ):
        assert words in page, words
    assert f"{READY}/keluar/pendapat-hukum.docx</span></code>" in ask(desk, READY).text
    assert "Sudah di pengadilan." in ask(desk, REFUSED).text


def test_the_applicants_words_are_read_before_the_steps_that_decide_on_them(desk: str) -> None:
    page = ask(desk, f"{FRESH}?petugas=pengelola").text
    order = [page.index(f'id="{mark}"') for mark in ("permohonan", "langkah", "tenggat", "riwayat", "berkas")]
    assert order == sorted(order)


def test_what_the_applicant_changed_stands_right_below_their_first_words(tmp_path: Path) -> None:
    told = Story(tmp_path)
    first = response(1, source="google", key="a1", nip="123")
    told.receives(first)
    told.receives(edited(first, minute=9, nip=sent(1)["nip"], uraian=HOSTILE))
    with sitting(told) as address:
        page = ask(address, FRESH).text
    words, _, rest = page.partition("Datang kemudian")
    assert "Sebuah persoalan." in words
    assert "<dt>uraian menjadi</dt>" in rest.partition("</section>")[0]
    assert "&lt;script&gt;window.hacked" in rest
    assert "<script>window.hacked" not in page
    assert re.search(r"3 digit, seharusnya 18\..* \(Sudah diubah pemohon\.\)</li>", words)
    assert sent(1)["nip"] not in page


def test_mistakes_are_shown_with_their_line_and_mend(story: Story, desk: str) -> None:
    path = folder(story, STUDIED) / "permohonan.yaml"
    before = path.read_text("utf-8")
    yaml_editor.write(path, before, {("kajian", "selesai"): "ya"})
    line = path.read_text("utf-8").splitlines().index("  kasus_posisi:") + 1
    page = ask(desk, STUDIED).text
    path.write_text(before, "utf-8")
    assert f"permohonan.yaml, baris {line}:" in page
    assert "Isi, atau tulis selesai: tidak." in page


def test_a_page_is_made_fresh_at_each_load(story: Story, desk: str) -> None:
    path = folder(story, STUDIED) / "permohonan.yaml"
    before = path.read_text("utf-8")
    assert "Kesimpulan yang baru" not in ask(desk, STUDIED).text
    yaml_editor.write(path, before, {("kajian", "kesimpulan"): "Kesimpulan yang baru."})
    assert "Kesimpulan yang baru." in ask(desk, STUDIED).text
    assert "Kesimpulan yang <mark>baru</mark>." in ask(desk, "cari?q=baru").text
    path.write_text(before, "utf-8")
    assert "Kesimpulan yang baru" not in ask(desk, STUDIED).text


def test_a_spoilt_case_shows_what_it_can_and_hides_no_other(desk: str) -> None:
    broken = ask(desk, BROKEN)
    assert broken.status == 200
    assert "berkas rusak" in broken.text
    assert f"payung sunting {BROKEN}" in broken.text
    assert "Didaftarkan dari ekspor." in broken.text


def test_a_journal_that_was_changed_by_hand_hides_no_other_case(story: Story, desk: str) -> None:
    path = folder(story, NEW) / "riwayat.jsonl"
    before = path.read_bytes()
    for event in ({}, {"kolom": 7}, {"berkas": None}):
        story.office.register.record(NEW, Event("diubah", story.now, "payung", event))
        page = ask(desk)
        path.write_bytes(before)
        assert page.status == 200
        assert {FRESH, READY, NEW} <= set(re.findall(r"BH-2026-\d{4}", page.text))


def test_what_cannot_be_shown_says_why_and_nothing_reaches_the_terminal(
    story: Story, desk: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(desk, "BH-2026-9999").status == 404
    assert ask(desk, "../../etc/passwd").status == 404
    assert ask(desk, "%2e%2e/BH-2026-0001").status == 404
    path = story.settings.path
    before = path.read_text("utf-8")
    path.write_text("layanan: [", "utf-8")
    spoilt = ask(desk)
    path.write_text(before, "utf-8")
    assert (spoilt.status, "payung.yaml" in spoilt.text) == (500, True)
    assert ask(desk).status == 200

    def spoilt_program() -> Office:
        raise KeyError("kata pemohon")

    with server.serve_desk(spoilt_program, 0) as other:
        answer = ask(other, FRESH)
        assert (answer.status, "Kesalahan program (KeyError)" in answer.text) == (500, True)
        assert "kata pemohon" not in answer.text
        assert ask(other, "aset/meja.css").status == 200
    assert capfd.readouterr() == ("", "")


def test_words_of_an_applicant_are_text_on_every_page(desk: str) -> None:
    for page in (FRESH, RETURNED, "cari?q=window"):
        text = ask(desk, page).text
        assert "hacked" in text
        assert "<script>window" not in text
        assert "<img" not in text
        assert "1337" not in text
    echo = ask(desk, "cari?q=%22%3E%3Cscript%3E{{7*191}}").text
    assert "&#34;&gt;&lt;script&gt;{{7*191}}" in echo
    assert "191" not in echo.partition("</title>")[0], "what is sought may be a name, and a history keeps titles"


def test_no_page_holds_an_identity(story: Story, desk: str) -> None:
    shown = "\n".join(ask(desk, page).text for page in (*PAGES, *story.office.register.numbers(), "cari?q=andaian"))
    people = [person for n in story.office.register.numbers() for person in identities(story.office.register, n)]
    private = {value for person in people for value in astuple(person) if value}
    assert len(private) > 40
    assert not {value for value in private if value in shown}


def test_no_letter_and_no_sealed_file_is_served(desk: str) -> None:
    for name in ("keluar/pendapat-hukum.docx", "pemohon.age", "permohonan.yaml"):
        assert ask(desk, f"{READY}/{name}").status == 404
    assert ask(desk, "aset/../officer_pages.py").status == 404


def test_a_search_ranks_marks_and_leads_to_the_case(desk: str) -> None:
    page = ask(desk, "cari?q=ditolak+pejabat").text
    assert "9 permohonan memuat semua kata itu" in page
    assert "pejabat</mark> <mark>menolak</mark>" in page
    assert re.search(rf'<h2><a href="[^"]*/{NEW}">', page)
    assert "Tidak ada permohonan yang memuat semua kata itu" in ask(desk, "cari?q=zzz").text
    assert f'/{SENT}">Buka {SENT}</a>' in ask(desk, f"cari?q={SENT.lower()}").text


def test_links_narrow_every_list_without_a_script_and_lead_back(desk: str) -> None:
    front = ask(desk, "daftar?petugas=kabag").text
    link = re.search(r'<a href="([^"]*)">pengadaan <span class="hitung">4</span>', front)
    assert link is not None
    narrowed = ask(desk, html.unescape(link[1]).removeprefix(urlsplit(desk).path)).text
    shown = {*re.findall(r'scope="row">.*?<a href="[^"]*/(BH[^"?]*)', narrowed)}
    assert shown == {SENT, STUDIED, READY, RETURNED}
    assert "4 permohonan, cocok dengan semua saringannya." in narrowed
    back = re.search(r'<a href="([^"]*)" aria-current="true">pengadaan', narrowed)
    assert back is not None
    assert html.unescape(back[1]) == f"{urlsplit(desk).path}daftar?petugas=kabag", "the officer stays chosen"
    assert "Tidak ada permohonan yang cocok" in ask(desk, "daftar?topik=netralitas").text
    found = ask(desk, "cari?q=pejabat&topik=pengadaan").text
    assert "4 permohonan memuat semua kata itu dan cocok dengan saringannya" in found
    assert "0 permohonan di arsip cocok" in ask(desk, "arsip?topik=pengadaan").text
    assert (
        "<script>x"
        not in ask(desk, "daftar?topik=%3Cscript%3Ex&q=%3Cscript%3Ex&urut=%3Cscript%3Ex&arsip=%3Cscript%3Ex").text
    )


@pytest.mark.parametrize("query", ["%22", "a" * 10_000, "%00", "%ED%A0%80", "q=1&q=2", "AND+OR", "%"])
def test_any_query_gives_a_page(desk: str, query: str) -> None:
    assert ask(desk, f"cari?q={query}").status == 200


def test_a_stranger_gets_nothing(desk: str) -> None:
    where = urlsplit(desk)
    root = f"http://{where.netloc}"
    for path in ("/", "/salah/", where.path[:-2], "/favicon.ico", f"/x{where.path}", "/é"[:1], "//evil.example/"):
        answer = ask(root, path)
        assert answer.status == 404
        assert where.path not in answer.text
        assert "Payung</strong>" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example"])
def test_another_host_name_gets_nothing(desk: str, host: str) -> None:
    assert ask(desk, host=host).status == 404
    assert ask(desk, host=f"localhost:{urlsplit(desk).port}").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(desk: str, method: str) -> None:
    assert ask(desk, method=method).status == 405


def test_every_answer_forbids_other_pages_and_other_places(desk: str) -> None:
    for answer in (ask(desk), ask(desk, "salah"), ask(desk, method="POST"), ask(desk, host="evil.example")):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        names = ("Referrer-Policy", "X-Content-Type-Options", "Cache-Control")
        assert [answer.headers[name] for name in names] == ["same-origin", "nosniff", "no-store"]


def test_only_the_headers_answer_a_head(desk: str) -> None:
    answer = ask(desk, FRESH, method="HEAD")
    assert (answer.status, answer.text) == (200, "")
    assert int(answer.headers["Content-Length"]) > 1000


def test_each_start_has_an_address_of_its_own(story: Story, desk: str) -> None:
    with sitting(story) as other:
        assert urlsplit(other).path != urlsplit(desk).path
        assert len(urlsplit(other).path) > 20
        assert ask(f"http://{urlsplit(other).netloc}{urlsplit(desk).path}").status == 404


def test_a_port_that_is_taken_is_named_with_one_that_is_free(story: Story, desk: str) -> None:
    port = urlsplit(desk).port
    assert port is not None
    with (
        pytest.raises(Busy, match=rf"Port {port} .* payung meja --port \d+"),
        server.serve_desk(lambda: opened(story), port),
    ):
        pass


OFFICER = {key: Officer.model_validate(one) for key, one in STAFF.items()}


def looked(status: Status) -> Derived:
    """A look at a case with this status, the turn of the first of the role."""
    role = case_status.STAGES[status].role
    holders = tuple(key for key, one in OFFICER.items() if role in one.peran)[:1]
    return Derived(status, "petugas", holders, ("kabag",), (), ())


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("status", get_args(Status))
def test_the_next_commands_are_ones_that_payung_knows(status: Status, *, numbered: bool) -> None:
    words = {"jenis": "litigasi"}
    given = list(wording.commands(FRESH, looked(status), OFFICER, "", numbered=numbered))
    assert given or status == "diarsipkan"
    for _, command in given:
        program, *rest = shlex.split(re.sub(r"<(.+?)>", lambda found: words.get(found[1], "kata"), command))
        assert program == "payung"
        assert parser.read_words(rest).nomor in (FRESH, [FRESH])  # some steps take several


def test_a_command_names_whoever_is_known_and_leaves_a_gap_that_no_shell_runs() -> None:
    [(_, assign)] = wording.commands(FRESH, looked("diteruskan"), OFFICER, "kabag", numbered=False)
    assert assign == f"payung tugaskan {FRESH} --analis <analis> --pemeriksa kabag"
    approve, _ = wording.commands(FRESH, looked("diperiksa"), OFFICER, "", numbered=False)
    assert approve[1].endswith("--oleh kabag")
    assert list(wording.commands(FRESH, None, OFFICER, "", numbered=True)) == [
        ("menulis di permohonan.yaml, dengan pemeriksaan", f"payung sunting {FRESH}")
    ]


@pytest.mark.parametrize("status", ["disetujui", "ditolak"])
def test_a_letter_is_numbered_then_signed_and_then_delivered(status: Status) -> None:
    given = {
        numbered: [command for _, command in wording.commands(FRESH, looked(status), OFFICER, "", numbered=numbered)]
        for numbered in (False, True)
    }
    assert given == {
        False: [f"payung sampaikan {FRESH} --nomor-surat <nomor-surat>"],
        True: [f"payung sampaikan {FRESH}"],
    }


def test_the_desk_proposes_to_deliver_once_the_letter_has_its_number(story: Story, desk: str) -> None:
    path = folder(story, REFUSED) / "permohonan.yaml"
    before = path.read_text("utf-8")
    assert "--nomor-surat" in ask(desk, REFUSED).text
    yaml_editor.write(path, before, {("penyampaian", "nomor_surat"): "180/1/Huk-2026"})
    page = ask(desk, REFUSED).text
    path.write_text(before, "utf-8")
    assert f'data-salin="payung sampaikan {REFUSED}"' in page


def test_every_kind_of_event_that_is_written_has_a_sentence() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "processor").rglob("*.py"))
    kinds = set(re.findall(r'(?:\bEvent\(|\.record\(\w+, )"(\w+)"', source))
    assert len(kinds) > 6
    assert kinds <= wording._HAPPENED.keys()


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("hal_baru", {"a": 1}, "Hal baru."),
        ("{alasan!r}", {}, "{alasan!r}."),
        ("status", {"dari": "diajukan"}, "Status berubah dari diajukan menjadi –."),
        (
            "disunting",
            {"bagian": ["kajian.saran", "kajian.selesai", "bentuk"]},
            "Petugas menulis di permohonan.yaml: kajian, bentuk.",
        ),
        ("identitas_dibuka", {"alasan": "cek {kolom} a_b"}, "Identitas pemohon dibuka. Alasannya: cek {kolom} a_b"),
    ],
)
def test_an_event_is_a_sentence_whatever_it_lacks(kind: str, data: dict[str, object], sentence: str) -> None:
    assert wording.event_sentence(Event(kind, datetime(2026, 3, 2, tzinfo=UTC), "payung", data)) == sentence


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "hari ini 23.30"), (1, "besok 23.30"), (-1, "kemarin 23.30"), (2, "5 Juli 2026 23.30 WIB")],
)
def test_near_days_have_names_on_the_offices_clock(story: Story, days: int, words: str) -> None:
    now = datetime(2026, 7, 2, 17, 30, tzinfo=UTC)  # 00.30 on 3 July
    moment = datetime(2026, 7, 3, 16, 30, tzinfo=UTC) + timedelta(days=days)
    assert wording.in_service_time(moment, now, story.settings.layanan) == words


# ---- in a real browser ----


@dataclass(frozen=True)
class Visit:
    """What one page did, and how it looked in each colour scheme and window."""

    page: str
    title: str
    requests: tuple[str, ...]
    errors: tuple[str, ...]
    widths: dict[int, int]
    violations: tuple[str, ...]
    hacked: bool


@pytest.fixture(scope="module")
def visits(desk: str, browser: Browser) -> list[Visit]:
    with browser.new_page() as tab:
        return list(_walk(desk, tab))


def _walk(desk: str, tab: Page) -> Iterator[Visit]:
    requests: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: errors.append(str(error)))
    for number, page in enumerate(PAGES):
        tab.goto(desk + page)
        tab.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        sights = SIGHTS if LONG or number % 9 == 0 else SIGHTS[: number % 3 == 1]
        found = tuple(fault for sight in sights for fault in _violations(tab, *sight))
        hacked = tab.evaluate("'hacked' in window")
        widths = _widths(tab) if sights is SIGHTS else {}
        yield Visit(page, tab.title(), tuple(requests), tuple(errors), widths, found, hacked)
        requests.clear()
        errors.clear()


def _violations(tab: Page, scheme: Scheme, window: int) -> Iterator[str]:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": window, "height": 740})
    again = (scheme, window) != SIGHTS[0]
    for fault in accessibility.violations(tab, accessibility.SEEN if again else (*accessibility.WCAG, "best-practice")):
        yield f"{scheme}, {window} px: {fault}"


def _widths(tab: Page) -> dict[int, int]:
    """How wide the page is in windows of some widths."""
    widths = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 740})
        widths[width] = tab.evaluate("document.documentElement.scrollWidth")
    return widths


@pytest.mark.slow
def test_axe_finds_nothing_in_either_colour_scheme(visits: list[Visit]) -> None:
    assert not {(v.page, violation) for v in visits for violation in v.violations}


@pytest.mark.slow
def test_what_is_typed_at_the_counter_is_kept_while_one_types(story: Story, desk: str, browser: Browser) -> None:
    drafts = counter.drafts_of(story.office)
    key = drafts.keep(counter.begun(story.office, "pengelola")).key
    with browser.new_context() as context:
        tab = context.new_page()
        tab.clock.install()
        tab.goto(f"{desk}loket/{key}?petugas=pengelola")
        tab.fill("#loket-jabatan", "Juru Andaian")
        tab.clock.run_for(4000)
        tab.wait_for_selector("#draf-kabar:has-text('Tersimpan tersegel')")
        assert drafts.read(key).answers == {"jabatan": "Juru Andaian"}
        tab.fill("#loket-unit_kerja", "Dinas Andaian")
        tab.click("button[value=baca]")
        tab.wait_for_url("**/baca*")
    assert drafts.read(key).answers == {"jabatan": "Juru Andaian", "unit_kerja": "Dinas Andaian"}
    drafts.discard(key)


@pytest.mark.slow
def test_no_page_scrolls_sideways(visits: list[Visit]) -> None:
    assert not {(v.page, window) for v in visits for window, width in v.widths.items() if width > window}


@pytest.mark.slow
def test_no_page_asks_anybody_else_for_anything(desk: str, visits: list[Visit]) -> None:
    assert all(len(visit.requests) >= 3 for visit in visits)
    assert not {url for visit in visits for url in visit.requests if not url.startswith(desk)}


@pytest.mark.slow
def test_no_page_reports_an_error_or_runs_an_applicants_words(visits: list[Visit]) -> None:
    assert not {(visit.page, error) for visit in visits for error in visit.errors}
    assert not [visit.page for visit in visits if visit.hacked]


@pytest.mark.slow
def test_every_page_is_called_by_what_it_shows(visits: list[Visit]) -> None:
    titles = {visit.page: visit.title for visit in visits}
    assert len(set(titles.values())) == len(PAGES)
    assert titles["?petugas=pengelola"] == "3 menunggu Petugas Contoh - Meja Payung"
    assert titles[READY] == f"{READY}: diperiksa - Meja Payung"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 740})
    yield made
    made.close()


def press_until(tab: Page, there: str) -> None:
    """Press Tab until the focus is on what ``there`` (a selector) names."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate("there => document.activeElement.matches(there)", there):
            return
    pytest.fail(f"Tab never reaches {there}")


@pytest.mark.slow
def test_the_keyboard_alone_leads_to_a_case_its_trace_and_its_command(desk: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(desk)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Lewati ke isi"
    tab.keyboard.press("Enter")
    press_until(tab, "a[href$='?petugas=kabag']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?petugas=kabag")
    press_until(tab, f"tbody th a[href*='{READY}']")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{READY}?petugas=kabag")
    press_until(tab, "#lewat-perintah")
    tab.keyboard.press("Enter")
    press_until(tab, "button[data-salin*=setujui]")
    tab.keyboard.press("Enter")
    status = tab.get_by_role("status")
    status.filter(has_text="Disalin").wait_for(state="attached")
    assert tab.evaluate("navigator.clipboard.readText()") == f"payung setujui {READY} --oleh kabag"
    assert status.text_content() == f"Disalin: payung setujui {READY} --oleh kabag"
    press_until(tab, "summary")
    tab.keyboard.press("Enter")
    assert tab.get_by_text("Mulai: Senin, 2 Maret 2026 pukul 10.00 WIB").first.is_visible()


@pytest.mark.slow
def test_without_the_right_to_copy_the_words_are_selected(desk: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('ditolak'))")
    tab.goto(desk + READY)
    tab.get_by_text("Lewat perintah").click()
    tab.get_by_role("button", name="Salin perintah: menyetujui").click()
    tab.get_by_role("status").filter(has_text="Ctrl+C").wait_for(state="attached")
    assert tab.evaluate("getSelection().toString()") == f"payung setujui {READY} --oleh kabag"


@pytest.mark.slow
def test_a_search_goes_from_any_page_to_a_case(desk: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.goto(f"{desk}{REFUSED}?petugas=kabag")
    tab.get_by_label("Pernah dijawab?").fill("arisan")
    tab.get_by_role("button", name="Cari").click()
    tab.get_by_text("Tidak ada permohonan yang memuat semua kata itu").wait_for()
    tab.get_by_label("Pernah dijawab?").fill("di pengadilan")
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name=REFUSED).click()
    tab.wait_for_url(f"{desk}{REFUSED}?petugas=kabag")
