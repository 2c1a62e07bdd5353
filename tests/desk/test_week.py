"""Officers of one office at the desk at once: the register ends as it does when the same is done with commands."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from processor.desk import network
from processor.foundation import loopback, yaml_editor
from processor.operations import daily_pass
from processor.operations.desk_accounts import Account
from processor.operations.office import Office, open_office
from tests.desk import week
from tests.desk.test_network import PUBLIC, SECRET, Served, Visitor
from tests.desk.week import OFFICERS, Taken
from tests.office import response
from tests.smtp_server import Server, certificate, running
from tests.story import Story

DAY = "2026-03-02"


@contextmanager
def desk_of(story: Story, key: Path | None = None) -> Iterator[Served]:
    """The desk of an office, by TLS where it has a ``key``; it opens it anew for every page. All have accounts."""

    def opened() -> Office:
        return open_office(story.settings, lambda: story.now, quiet=0)

    listener = loopback.bind(0, "payung meja")
    public = f"https://127.0.0.1:{listener.getsockname()[1]}" if key else PUBLIC
    desk = network.desk(opened, public, lambda: story.now)
    with network.serve(desk, listener, (key, key) if key else None):
        one = Served(desk, listener.getsockname()[1], story, [story.now])
        for name in story.settings.petugas:
            desk.accounts.change(name, lambda _: Account("$argon2id$", stamp="1", since=story.now.isoformat()))
        story.reopens()
        yield one


def day_of_three() -> list[list[Taken]]:
    """What three officers do with five cases on one day; what stands in one list is done at once."""
    a, b, c, d, e = numbers(5)
    to = {"analis": "analis1", "pemeriksa": "kabag1"}
    return [
        [
            Taken("pengelola1", a, "teruskan", {"topik": "pengadaan"}),
            Taken("pengelola1", b, "teruskan"),
            Taken("pengelola1", c, "tolak", {"alasan_jenis": "litigasi", "alasan": "Perkaranya sedang disidangkan."}),
            Taken("pengelola1", d, "batalkan", {"catatan": "Lewat telepon."}),
            Taken("pengelola1", e, "lengkapi", {"kekurangan": "Surat panggilan\nSK jabatan"}),
        ],
        [
            Taken("kabag1", a, "tugaskan", {**to, "benturan_kepentingan": ("analis2", "kabag2")}),
            Taken("kabag1", b, "tugaskan", to),
            Taken("pengelola1", c, "nomor", {"nomor_surat": "180/3/Huk", "tanggal_surat": DAY}),
            Taken("pengelola1", d, "arsipkan"),
        ],
        [Taken("analis1", a, "kajian"), Taken("analis1", b, "kajian", {"saran": "Tolak, lalu lapor."})],
        [Taken("analis1", a, "siap"), Taken("analis1", b, "siap")],
        [Taken("kabag1", a, "setujui"), Taken("kabag1", b, "kembalikan", {"catatan": "Tambah dasar hukum."})],
    ]


@pytest.mark.long
@pytest.mark.slow
def test_a_week_of_eight_officers_at_once_ends_as_by_commands(tmp_path: Path, browser: Browser, soffice: str) -> None:
    with running() as post_office, running() as another:
        typed = office_with(tmp_path / "perintah", 40, post_office)
        clicked = copied(typed, tmp_path / "meja", another)
        with desk_of(clicked) as served:
            for turn in range(max(len(week.life(serial)) for serial in range(1, 41))):
                together = [life[turn] for life in map(week.life, range(1, 41)) if turn < len(life)]
                for one in together:
                    week.by_command(typed, week.on(typed, one))
                visitors = {name: served.signed_in(name) for name in OFFICERS}
                done_at_once(visitors, [week.on(clicked, one) for one in together], beside=clicked.passes)
                for story in (typed, clicked):
                    story.passes()
                    story.later(hours=2 if turn % 3 else 22)
        assert week.told(clicked) == week.told(typed)
        for address in (f"orang{serial}@example.org" for serial in range(1, 41, 2)):
            assert clicked.mail(address) == typed.mail(address)[1:], "that it arrived was sent before they parted"


@pytest.mark.long
def test_conflicts_of_officers_in_their_browsers_lose_no_word_and_end_as_by_commands(
    tmp_path: Path, browser: Browser
) -> None:
    typed = office_with(tmp_path / "perintah", 5)
    a, b, c, d, e = numbers(5)
    to = {a: ("analis1", ()), b: ("analis3", ()), c: ("analis1", ("kabag2",)), d: ("kabag2", ()), e: ("analis4", ())}
    for number, (analyst, conflicts) in to.items():
        week.by_command(typed, Taken("pengelola1", number, "teruskan"))
        week.by_command(typed, Taken("kabag1", number, "tugaskan", week.assigned(analyst, "kabag1", *conflicts)))
    for number, analyst in {c: "analis1", d: "kabag2"}.items():
        week.by_command(typed, Taken(analyst, number, "kajian"))
        week.by_command(typed, Taken(analyst, number, "siap"))
    typed.passes()
    clicked = copied(typed, tmp_path / "meja")
    week.by_command(typed, Taken("kabag1", a, "tugaskan", week.assigned("analis2", "kabag1")))
    for number, words in {a: "Tulisan kedua.", b: "Milik saya dan milik editor.", e: "Awal. Lanjutan."}.items():
        advises(typed, number, words)
    for number in (c, d):
        week.by_command(typed, Taken("kabag1", number, "setujui"))
    with desk_of(clicked, certificate(tmp_path)) as served, ExitStack() as opened:
        tabs = {
            name: signed_in(served, opened.enter_context(browser.new_context(ignore_https_errors=True)), name)
            for name in ("analis1", "analis2", "analis3", "analis4", "kabag1", "kabag2")
        }
        the_second_takes_over_knowingly(tabs, a)
        a_save_over_an_edit_shows_both(tabs["analis3"], clicked, b)
        only_the_reviewer_without_conflict_approves(tabs, c, d)
        words_outlive_their_session(served, tabs["analis4"], clicked, e)
    for story in (typed, clicked):
        story.passes()
    assert week.told(clicked) == week.told(typed)


def advises(story: Story, number: str, words: str) -> None:
    """Somebody writes advice with an editor."""
    path = story.office.register.path(number) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("kajian", "saran"): words})


def signed_in(served: Served, context: BrowserContext, name: str) -> Page:
    """A tab of a browser of its own, in which an officer signed in."""
    served.account(name)
    tab = context.new_page()
    tab.goto(served.desk.public)
    signs_in(tab, name)
    return tab


def signs_in(tab: Page, name: str) -> None:
    tab.fill("#nama", name)
    tab.fill("#kata_sandi", SECRET)
    tab.click("main button:has-text('Masuk')")
    expect(tab.locator("h1")).to_contain_text(OFFICERS[name]["nama"])


def study(tab: Page, number: str) -> None:
    tab.goto(f"{origin(tab)}/{number}/kajian")


def origin(tab: Page) -> str:
    return str(tab.evaluate("location.origin"))


def saves(tab: Page, words: str) -> None:
    tab.fill("#saran", words)
    tab.click("button:has-text('Simpan ke permohonan')")


def the_second_takes_over_knowingly(tabs: Mapping[str, Page], number: str) -> None:
    """A case goes to another lawyer while the first has its study open."""
    first, second, head = tabs["analis1"], tabs["analis2"], tabs["kabag1"]
    study(first, number)
    first.fill("#saran", "Tulisan pertama.")
    head.goto(f"{origin(head)}/{number}")
    head.select_option("#tugaskan-analis", "analis2")
    head.click("button:has-text('Tunjuk penyusun dan pemeriksa…')")
    head.click("button.utama:has-text('Tunjuk penyusun dan pemeriksa')")
    expect(head.locator("main")).to_contain_text("Baru saja Anda kerjakan")
    study(second, number)
    expect(second.locator("#dipakai + p")).to_contain_text("Analis Contoh 1")
    second.click("button:has-text('Ambil alih')")
    saves(second, "Tulisan kedua.")
    expect(second.locator("#tersimpan")).to_be_visible()
    first.click("button:has-text('Simpan ke permohonan')")
    expect(first.locator("#belum ~ ul")).to_contain_text("Yang menulis kajian ini ialah analisnya")
    expect(first.locator("#saran")).to_have_value("Tulisan pertama.")


def a_save_over_an_edit_shows_both(tab: Page, story: Story, number: str) -> None:
    """Somebody writes into the file while its study is open."""
    study(tab, number)
    advises(story, number, "Milik editor.")
    saves(tab, "Milik saya.")
    expect(tab.locator("#bentrok")).to_be_visible()
    expect(tab.locator("#bagian-saran .kotak.awas")).to_contain_text("Milik editor.")
    expect(tab.locator("#saran")).to_have_value("Milik saya.")
    saves(tab, "Milik saya dan milik editor.")
    expect(tab.locator("#tersimpan")).to_be_visible()


def only_the_reviewer_without_conflict_approves(tabs: Mapping[str, Page], barred: str, own: str) -> None:
    """One head is in conflict with the first case, and drafted the second."""
    for number, why in {barred: "kabag2", own: "diperiksa oleh penyusunnya sendiri"}.items():
        for name in ("kabag2", "kabag1"):
            tab = tabs[name]
            tab.goto(f"{origin(tab)}/{number}")
            tab.click("button:has-text('Setujui kajian…')")
            if name == "kabag2":
                expect(tab.locator(".kotak-kabar.awas, .salah").first).to_contain_text(why)
            else:
                tab.click("button.utama:has-text('Setujui kajian')")
                expect(tab.locator("main")).to_contain_text("Baru saja Anda kerjakan")


def words_outlive_their_session(served: Served, tab: Page, story: Story, number: str) -> None:
    """A session ends while somebody types; the draft is there, and what came after it, too."""
    study(tab, number)
    tab.clock.install()
    tab.reload()
    tab.fill("#saran", "Awal.")
    tab.clock.run_for(5000)
    expect(tab.locator("#draf-kabar")).to_contain_text("Draf tersimpan")
    story.later(minutes=31)
    saves(tab, "Awal. Lanjutan.")
    expect(tab.locator("#tulisan-1")).to_have_value("Awal. Lanjutan.")
    signs_in(tab, "analis4")
    study(tab, number)
    tab.click("button:has-text('Lanjutkan draf')")
    expect(tab.locator("#saran")).to_have_value("Awal.")
    saves(tab, "Awal. Lanjutan.")
    expect(tab.locator("#tersimpan")).to_be_visible()
    assert served.desk.sessions.of("analis4")


def numbers(count: int) -> list[str]:
    return [f"BH-2026-{serial:04d}" for serial in range(1, count + 1)]


def office_with(folder: Path, count: int, server: Server | None = None) -> Story:
    """Every other applicant has an email address, to which the answer goes."""
    story = Story(made(folder), server, OFFICERS)
    by_mail = {1: {"cara_jawaban": "email"}, 0: {"email": ""}}
    sent = [response(serial, minute=serial, **by_mail[serial % 2], nip="") for serial in range(1, count + 1)]
    story.receives(*sent)
    return story


def copied(story: Story, folder: Path, server: Server | None = None) -> Story:
    """The same office in a folder of its own."""
    other = Story(made(folder), server, OFFICERS)
    shutil.copytree(story.settings.register, other.settings.register, dirs_exist_ok=True)
    shutil.copytree(story.settings.office_key.parent, other.settings.office_key.parent, dirs_exist_ok=True)
    other.reopens()
    return other


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_day_of_three_officers_at_once_ends_as_by_commands(tmp_path: Path) -> None:
    typed = office_with(tmp_path / "perintah", 5)
    clicked = copied(typed, tmp_path / "meja")
    for one in chain(*day_of_three()):
        week.by_command(typed, one)
    with desk_of(clicked) as served:
        visitors = {name: served.signed_in(name) for name in ("pengelola1", "analis1", "kabag1")}
        for together in day_of_three():
            done_at_once(visitors, together)
    for story in (typed, clicked):
        daily_pass.run_pass(story.office)
    assert week.told(clicked) == week.told(typed)
    ways = {number: way for number, (_, way, _) in week.told(clicked).items()}
    assert {way[-1] for way in ways.values()} == {
        "disetujui", "dikembalikan", "ditolak", "diarsipkan", "menunggu_kelengkapan"
    }  # fmt: skip


def done_at_once(
    visitors: Mapping[str, Visitor], together: Sequence[Taken], beside: Callable[[], object] = lambda: None
) -> None:
    """Each officer does their own, one after another, all of them at once, while something is done ``beside``."""

    def works(name: str) -> None:
        for one in together:
            if one.by == name:
                answer = week.at_desk(visitors[name], one)
                assert answer.status == 303, (one, week.said(answer.text))

    with ThreadPoolExecutor(len(visitors) + 1) as people:
        other = people.submit(beside)
        list(people.map(works, visitors))
        other.result()
