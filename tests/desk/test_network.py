"""The desk on the office's network: who signed in is let in, as long as they may, and nobody else."""

import http.client
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyotp
import pytest
from playwright.sync_api import Browser, Route

from processor.desk import account_pages, network, step_forms
from processor.desk.network import NetworkDesk
from processor.desk.page_table import PAGES
from processor.desk.sessions import Sessions
from processor.desk.visit import Visit
from processor.foundation import loopback, yaml_editor
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.settings import Settings
from processor.operations import act_journal, confirming, desk_accounts, desk_sign_in, steps
from processor.operations.act_journal import Person
from processor.operations.desk_accounts import Accounts
from tests import accessibility
from tests.office import response
from tests.smtp_server import certificate
from tests.story import NUMBER, Story

SECOND = "BH-2026-0002"
PUBLIC = "https://meja.kantor.example"
SECRET = "empat kata yang tenang"
BEGUN = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass
class Answer:
    """What the desk sent."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def to(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Visitor:
    """A browser as far as the desk sees it: it keeps a cookie, and posts what the last page's form gave it."""

    port: int
    cookie: str = ""
    token: str = ""

    def ask(self, path: str, form: Mapping[str, str | Sequence[str]] | None = None, **headers: str) -> Answer:
        sent = {"Host": "meja.kantor.example", "Origin": PUBLIC, "Cookie": self.cookie, **headers}
        body = None if form is None else urlencode({"tanda": self.token, **form}, doseq=True)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET" if body is None else "POST", path, body, {**kind, **sent})
            got = connection.getresponse()
            answer = Answer(got.status, got.headers, got.read().decode("utf-8", "replace"))
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        if found := re.search(r'name="tanda" value="([^"]+)"', answer.text):
            self.token = found[1]
        return answer

    def signs_in(self, name: str = "analis", secret: str = SECRET, code: str = "") -> Answer:
        return self.ask("/masuk", {"nama": name, "kata_sandi": secret, "kode": code})


@dataclass
class Served:
    """A desk as a web server in front of it reaches it, with a clock that is moved by hand."""

    desk: NetworkDesk
    port: int
    story: Story
    now: list[datetime] = field(default_factory=list)

    def visitor(self) -> Visitor:
        return Visitor(self.port)

    def account(self, name: str = "analis", by: str = "kabag") -> None:
        token = self.desk.accounts.reset(name, self.now[0], by, "pc-kantor")
        assert desk_sign_in.set_passphrase(self.desk.accounts, token, SECRET, self.now[0]) == name

    def signed_in(self, name: str = "analis") -> Visitor:
        """A browser in which an officer is signed in, without the time that a passphrase takes."""
        visitor, account = self.visitor(), self.desk.accounts.all()[name]
        visitor.cookie = f"{network.COOKIE}={self.desk.sessions.begin(name, account.stamp, 'Peramban Contoh')}"
        visitor.ask("/akun")
        return visitor


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    story = Story(tmp_path_factory.mktemp("kantor"))
    story.receives(response(1))
    now = [BEGUN]
    desk = network.desk(lambda: story.office, PUBLIC, lambda: now[0])
    listener = loopback.bind(0, "payung meja")
    with network.serve(desk, listener, None):
        one = Served(desk, listener.getsockname()[1], story, now)
        one.account()
        yield one


def test_a_one_time_link_sets_a_passphrase_once_and_for_a_day(served: Served) -> None:
    token = served.desk.accounts.invite("kabag", served.now[0])
    kept = (served.desk.accounts.folder / "akun-meja.json").read_text()
    visitor, path = served.visitor(), f"/undangan/{token}"
    assert token not in kept
    assert "Kepala Bagian Contoh" in visitor.ask(path).text
    assert "tidak sama" in visitor.ask(path, {"kata_sandi": SECRET, "ulangi": "lain"}).text
    assert "12 sampai" in visitor.ask(path, {"kata_sandi": "pendek", "ulangi": "pendek"}).text
    assert visitor.ask(path, {"kata_sandi": SECRET, "ulangi": SECRET}).to == "/masuk"
    assert visitor.ask(path, {"kata_sandi": "sandi yang lain lagi", "ulangi": "sandi yang lain lagi"}).status == 404
    assert visitor.signs_in("kabag").to == "/"
    with pytest.raises(PayungError, match="atur-ulang kabag"):
        served.desk.accounts.invite("kabag", served.now[0])
    late = served.desk.accounts.invite("pengelola", served.now[0] - timedelta(hours=24))
    assert visitor.ask(f"/undangan/{late}").status == 404


def test_an_officer_is_told_every_time_who_reset_their_account_and_from_which_account(served: Served) -> None:
    served.desk.accounts.reset("analis", served.now[0], "kabag", "pc-kantor")
    served.account(by="pengelola")
    page = served.signed_in().ask("/akun").text
    assert "diatur ulang 2 Maret 2026 di komputer kantor oleh Petugas Contoh, dengan akun komputer pc-kantor." in page
    assert "2 Maret 2026 oleh Kepala Bagian Contoh, akun komputer pc-kantor" in page


def test_the_file_of_accounts_is_its_owners_alone(served: Served) -> None:
    path = served.desk.accounts.folder / "akun-meja.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert SECRET not in path.read_text()
    assert "$argon2id$" in path.read_text()


def test_whoever_signs_in_is_shown_their_pages_and_no_address_names_them(served: Served) -> None:
    visitor = served.visitor()
    assert visitor.ask("/").to == "/masuk"
    done = visitor.signs_in()
    assert (done.status, done.to) == (303, "/")
    flags = {part.strip().lower() for part in done.headers["Set-Cookie"].split(";")[1:]}
    assert flags == {"httponly", "secure", "samesite=strict", "path=/"}
    page = visitor.ask("/")
    assert "<h1>Analis Contoh</h1>" in page.text
    assert NUMBER in page.text
    assert page.headers["Cache-Control"] == "no-store"
    for path in ("/", "/arsip", f"/{NUMBER}", "/cari?q=persoalan", "/evaluasi", "/pengaduan", "/akun"):
        assert "petugas=" not in visitor.ask(path).text
    assert "<h1>Analis Contoh</h1>" in visitor.ask("/?petugas=kabag").text


def test_a_wrong_try_tells_nothing_and_slows_only_the_next(served: Served) -> None:
    visitor, tries = served.visitor(), served.desk.tries
    said = {visitor.signs_in(name, secret).text for name, secret in (("analis", "salah"), ("siapa-pun", SECRET))}
    assert len(said) == 1
    assert tries.delay("analis") == tries.delay("siapa-pun") == 0.5
    for _ in range(20):
        tries.failed("siapa-pun")
    assert tries.delay("siapa-pun") == 8.0
    assert visitor.signs_in().status == 303
    assert tries.delay("analis") == 0


@pytest.mark.parametrize("end", ["keluar", "sendiri", "semua", "lama", "diatur ulang", "berhenti"])
def test_an_ended_session_opens_nothing_though_somebody_kept_its_cookie(served: Served, end: str) -> None:
    visitor = served.signed_in()
    assert visitor.ask("/").status == 200
    ended: dict[str, Callable[[], object]] = {
        "keluar": lambda: visitor.ask("/keluar", {}),
        "sendiri": lambda: [
            visitor.ask("/akun", {"lakukan": "akhiri", "sesi": one.key}) for one in served.desk.sessions.of("analis")
        ],
        "semua": lambda: visitor.ask("/akun", {"lakukan": "akhiri-semua"}),
        "lama": lambda: served.now.insert(0, served.now[0] + timedelta(minutes=30)),
        "diatur ulang": served.account,
        "berhenti": lambda: served.story.reopens(_stopped(served.story)),
    }
    before = served.story.settings
    ended[end]()
    try:
        assert visitor.ask("/").status in {303, 403}
        assert NUMBER not in visitor.ask(f"/{NUMBER}").text
        assert visitor.ask("/akun", {"lakukan": "akhiri-semua"}).status in {401, 403}
    finally:
        served.story.reopens(before)


def _stopped(story: Story, name: str = "analis") -> Settings:
    officer = story.settings.petugas[name].model_copy(update={"berhenti": True})
    return story.settings.model_copy(update={"petugas": {**story.settings.petugas, name: officer}}).located_at(
        story.settings.path
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 404),
        ({"Host": "127.0.0.1"}, 404),
        ({"Host": "meja.kantor.example:444"}, 404),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://meja.kantor.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_another_host_or_origin_gets_nothing_done(served: Served, headers: dict[str, str], status: int) -> None:
    visitor = served.signed_in()
    for path in ("/akun", "/masuk", "/undangan/apa-pun"):
        assert visitor.ask(path, {"lakukan": "akhiri-semua"}, **headers).status == status
    assert visitor.ask("/").status == 200


def test_a_page_that_posts_without_what_the_desk_gave_it_does_nothing(served: Served) -> None:
    visitor = served.signed_in()
    for other in ("lain", served.signed_in().token):
        visitor.token = other
        assert visitor.ask("/keluar", {}).status == 403
    assert visitor.ask("/").status == 200


def test_no_answer_is_kept_and_no_title_address_or_log_names_an_applicant(
    served: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    visitor = served.signed_in()
    asked = [re.sub(r"{\w+}", NUMBER, one.path) for one in (*account_pages.pages(*_of(served)), *PAGES)]
    for path in (*asked, "masuk", "undangan/x", "aset/meja.css", "tidak-ada", "%00"):
        answer = visitor.ask(f"/{path}")
        head = answer.text.partition("</head>")[0] if "<head>" in answer.text else ""
        assert answer.headers["Cache-Control"] == "no-store", path
        assert "Rekaan1" not in f"{head}{answer.to}", path
    assert visitor.ask("/akun", {}, Origin="https://evil.example").headers["Cache-Control"] == "no-store"
    assert capfd.readouterr() == ("", "")


def _of(served: Served) -> tuple[Accounts, Sessions]:
    return served.desk.accounts, served.desk.sessions


@pytest.mark.parametrize(
    "path", ["/aset/../akun-meja.json", "/aset/%2e%2e/server.py", "/..%2f..%2fetc/passwd", "//akun"]
)
def test_no_path_leads_to_a_file_of_the_office(served: Served, path: str) -> None:
    assert served.visitor().ask(path).status in {303, 404}
    assert served.signed_in().ask(path).status == 404


def test_words_that_are_posted_after_a_session_ended_come_back_and_no_passphrase_does(served: Served) -> None:
    visitor = served.signed_in()
    served.now.insert(0, served.now[0] + timedelta(minutes=30))
    typed = "Boleh <b>menolak</b>.\n\nSebab isinya keliru."
    again = visitor.ask(f"/{NUMBER}/kajian", {"tindakan": "simpan", "analisis": typed, "sidik-analisis": "1"})
    assert again.status == 401
    assert f'<textarea id="tulisan-1" rows="4" readonly>\n{escape(typed)}</textarea>' in again.text
    assert "Sesi Anda sudah berakhir" in again.text
    own = visitor.ask("/akun", {"kata_sandi": SECRET, "baru": "sandi lain yang panjang", "ulangi": "sandi lain lagi"})
    assert own.status == 401
    assert "sandi lain" not in own.text
    assert SECRET not in own.text


def test_a_second_factor_is_asked_for_once_it_is_set_up_and_each_code_counts_once(served: Served) -> None:
    served.account("pengelola")
    visitor = served.signed_in("pengelola")
    assert visitor.ask("/akun/faktor-kedua.svg").status == 404
    assert visitor.ask("/akun", {"lakukan": "faktor-kedua"}).to == "/akun/faktor-kedua"
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", visitor.ask("/akun/faktor-kedua").text)[0]
    picture = visitor.ask("/akun/faktor-kedua.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
    code = pyotp.TOTP(secret).at(int(served.story.now.timestamp()))
    assert "tidak cocok" in visitor.ask("/akun/faktor-kedua", {"kode": "abcdef"}).text
    shown = re.findall(r"<code>(\w{6}-\w{6})</code>", visitor.ask("/akun/faktor-kedua", {"kode": code}).text)
    assert len(shown) == 8

    def opens(given: str) -> bool:
        at = served.story.now
        return bool(desk_sign_in.sign_in(served.desk.accounts, "pengelola", SECRET, given, at))

    assert not opens("")
    assert not opens(code)
    later = pyotp.TOTP(secret).at(int(served.story.now.timestamp()) + 30)
    assert (opens(later), opens(later)) == (True, False)
    assert (opens(shown[0].upper()), opens(shown[0])) == (True, False)


def test_an_opened_identity_is_shown_once_to_its_session_and_kept_nowhere(served: Served) -> None:
    visitor, other = served.signed_in(), served.signed_in()
    first, second = (visitor.ask(f"/{NUMBER}/identitas", {"alasan": "Memeriksa surat."}).to for _ in range(2))
    shown = visitor.ask(first)
    assert "Orang Rekaan1" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Rekaan" not in shown.text.partition("</title>")[0] + first
    for answer in (visitor.ask(first), other.ask(second), visitor.ask(second)):
        assert "Rekaan1" not in answer.text


@pytest.mark.slow
def test_axe_finds_nothing_on_the_pages_of_an_account_and_on_what_is_shown_once(
    served: Served, browser: Browser
) -> None:
    visitor = served.signed_in()

    def answer(route: Route) -> None:
        """Let a page come as whoever signed in gets it, by its own address."""
        path = urlsplit(route.request.url).path
        if path.endswith(".woff2"):
            return route.abort()
        got = visitor.ask(path)
        return route.fulfill(status=got.status, headers=dict(got.headers.items()), body=got.text)

    with browser.new_page(viewport={"width": 360, "height": 740}) as tab:
        tab.route("**/*", answer)
        tab.clock.install()
        for path in ("masuk", "akun", "akun/faktor-kedua", f"{NUMBER}/identitas"):
            if path == "akun/faktor-kedua":
                visitor.ask("/akun", {"lakukan": "faktor-kedua"})
            shown = visitor.ask(f"/{path}", {"alasan": "Memeriksa surat."}).to if "identitas" in path else f"/{path}"
            tab.goto(PUBLIC + shown)
            assert accessibility.violations(tab) == [], path
            assert tab.evaluate("document.documentElement.scrollWidth") == 360, path
        assert tab.get_by_text("Orang Rekaan1").is_visible()
        tab.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        assert not tab.get_by_text("Orang Rekaan1").is_visible()
        tab.clock.run_for(60_000)
        tab.wait_for_url(f"{PUBLIC}/{NUMBER}")


def test_a_drafter_approves_neither_by_post_nor_by_file_nor_by_command_and_nothing_goes_out(served: Served) -> None:
    served.desk.accounts.reset("kabag", served.now[0], "pengelola")
    story = served.story
    story.receives(response(2))
    story.writes(
        steps.verify("diteruskan", "pengelola", BEGUN.date(), topik="pengadaan"),
        steps.assign("analis", "kabag", []),
        number=SECOND,
    )
    story.studies(SECOND, selesai="ya")
    story.passes()
    story.later(minutes=1)
    story.reopens()
    path = story.office.register.path(SECOND) / "permohonan.yaml"
    text = path.read_text("utf-8")
    before, approval = story.outgoing(SECOND), steps.review("disetujui", "kabag", BEGUN.date())
    drafter = served.signed_in()
    assert len(drafter.token) > 20
    posted = drafter.ask(f"/{SECOND}/langkah/setujui", {"digest": step_forms.digest(text), "tahap": "pasti"})
    assert (posted.status, path.read_text("utf-8")) == (422, text)
    with pytest.raises(BrokenFiles, match="perlu diteguhkan di meja oleh Kepala Bagian Contoh"):
        steps.apply(story.office, SECOND, approval, by=Person("kabag", "komputer-analis"))
    yaml_editor.write(path, text, approval)
    assert any("perlu diteguhkan di meja" in one.message for one in story.passes().problems)
    [waiting] = confirming.waiting(story.office, story.office.register.read(SECOND))
    drafter.ask(f"/{SECOND}/teguhkan", {"sidik": waiting.mark})
    story.passes()
    assert (story.status(SECOND), story.outgoing(SECOND)) == ("diperiksa", before)
    assert served.signed_in("kabag").ask(f"/{SECOND}/teguhkan", {"sidik": waiting.mark}).status == 303
    assert story.status(SECOND) == "disetujui"


def test_a_calendar_program_reads_numbers_and_dates_by_an_address_that_its_officer_renews_and_ends(
    served: Served,
) -> None:
    served.account("pengelola")
    officer, program, other = served.signed_in("pengelola"), served.visitor(), served.signed_in()

    def opened() -> str:
        made = officer.ask("/akun/kalender", {"lakukan": "buat"})
        [address] = re.findall(rf"{PUBLIC}(/kalender/[\w-]{{40,}}\.ics)", made.text)[:1]
        assert made.status == 200
        return str(address)

    first = opened()
    assert (
        first.removeprefix("/kalender/").removesuffix(".ics")
        not in (served.desk.accounts.folder / "akun-meja.json").read_text()
    )
    got = program.ask(first)
    assert (got.status, got.headers["Content-Type"], got.headers["Cache-Control"]) == (
        200,
        "text/calendar; charset=utf-8",
        "no-store",
    )
    assert f"SUMMARY:Tenggat {NUMBER}\r\n" in got.text
    assert program.ask(first, Host="lain.example").status == 404
    assert program.ask(first, {}).status == 405
    assert program.ask("/akun").status == 303, "the address opens nothing else"
    second = opened()
    assert [program.ask(one).status for one in (first, second, second.replace(".ics", ""), second[:-6] + ".ics")] == [
        404,
        200,
        404,
        404,
    ]
    other.ask("/akun/kalender", {"lakukan": "cabut"})
    assert program.ask(second).status == 200, "another officer ends only their own"
    before = served.story.settings
    served.story.reopens(_stopped(served.story, "pengelola"))
    gone = program.ask(second).status
    served.story.reopens(before)
    assert (gone, program.ask(second).status) == (404, 200)
    assert officer.ask("/akun/kalender", {"lakukan": "cabut"}).to == "/akun#kalender"
    assert program.ask(second).status == 404
    third = opened()
    served.account("pengelola")
    assert program.ask(third).status == 404, "a reset ends it too"


def test_silent_connections_keep_nobody_out(served: Served) -> None:
    with ExitStack() as held:
        for _ in range(300):
            held.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        assert served.signed_in().ask("/akun").status == 200


def test_the_desk_speaks_tls_itself_and_nothing_else(served: Served, tmp_path: Path) -> None:
    key = certificate(tmp_path)
    listener = loopback.bind(0, "payung meja")
    port = listener.getsockname()[1]
    desk = network.desk(lambda: served.story.office, f"https://127.0.0.1:{port}")
    with ExitStack() as held, network.serve(desk, listener, (key, key)):
        for _ in range(300):  # who begin no TLS, and neither keep an officer out nor are waited for in the end
            held.enter_context(socket.create_connection(("127.0.0.1", port)))
        trusted = ssl.create_default_context(cafile=key)
        with closing(http.client.HTTPSConnection("127.0.0.1", port, context=trusted, timeout=60)) as connection:
            connection.request("GET", "/masuk")
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
        with socket.create_connection(("127.0.0.1", port), timeout=60) as plain:
            plain.sendall(b"GET /masuk HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert not plain.recv(100).startswith(b"HTTP")


@pytest.mark.long
def test_who_begins_no_tls_is_hung_up_on_and_nothing_is_written_of_it(
    served: Served, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    key, listener = certificate(tmp_path), loopback.bind(0, "payung meja")
    with ExitStack() as held, network.serve(served.desk, listener, (key, key)):
        silent = [held.enter_context(socket.create_connection(listener.getsockname())) for _ in range(30)]
        assert [one.recv(1) for one in silent] == [b""] * 30
    assert capfd.readouterr() == ("", "")


def test_a_certificate_that_cannot_be_used_is_told(served: Served, tmp_path: Path) -> None:
    broken = tmp_path / "sertifikat.pem"
    broken.write_text("bukan sertifikat")
    with (
        pytest.raises(PayungError, match="berkas PEM"),
        network.serve(served.desk, loopback.bind(0, "payung meja"), (broken, broken)),
    ):
        pass


def test_a_damaged_file_of_accounts_lets_nobody_in_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "akun-meja.json").write_text("{", "utf-8")
    with pytest.raises(PayungError, match="undang lagi"):
        desk_accounts.Accounts(tmp_path).all()


def test_who_signed_in_is_known_and_a_command_only_says(served: Served) -> None:
    office, now = served.story.office, served.story.office.now()
    signed_in = Visit(office, "/", "analis", signed_in=True).person
    assert act_journal.by_command(signed_in, now).data == {"waktu_dari": "meja"}
    on_this_computer = Visit(office, "/", "analis", account="mesin").person
    assert act_journal.by_command(on_this_computer, now).data == {"waktu_dari": "perintah", "akun": "mesin"}


def test_only_who_is_named_confirms_at_the_desk_what_was_written_by_hand(served: Served) -> None:
    served.account("pengelola")
    served.story.later(minutes=1)
    served.story.reopens()
    path = served.story.office.register.path(NUMBER) / "permohonan.yaml"
    no = steps.verify("ditolak", "pengelola", BEGUN.date(), alasan_jenis="litigasi", alasan="Sedang disidangkan.")
    yaml_editor.write(path, path.read_text("utf-8"), no)
    drafter, named = served.signed_in(), served.signed_in("pengelola")
    page = named.ask(f"/{NUMBER}").text
    assert "Penolakan ini perlu diteguhkan di meja oleh Petugas Contoh." in page
    mark = re.findall(r'name="sidik" value="(\w+)"', page)[0]
    assert "/teguhkan" not in drafter.ask(f"/{NUMBER}").text
    assert "diteguhkan oleh Petugas Contoh" in drafter.ask(f"/{NUMBER}/teguhkan", {"sidik": mark}).text
    assert served.story.status() == "diajukan"
    assert named.ask(f"/{NUMBER}/teguhkan", {"sidik": mark}).to == f"/{NUMBER}"
    assert served.story.status() == "ditolak"
    assert "Diteguhkan oleh petugasnya: verifikasi." in named.ask(f"/{NUMBER}").text
