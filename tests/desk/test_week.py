"""Officers of one office at the desk at once: the register ends as it does when the same is done with commands."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from processor.desk import network
from processor.foundation import loopback
from processor.operations.desk_accounts import Account
from processor.operations.office import Office, open_office
from tests.desk import week
from tests.desk.test_network import PUBLIC, Served, Visitor
from tests.desk.week import OFFICERS, Taken
from tests.office import response
from tests.story import Story

DAY = "2026-03-02"


@contextmanager
def desk_of(story: Story) -> Iterator[Served]:
    """The desk of an office, which opens it anew for every page; everybody has an account."""

    def opened() -> Office:
        return open_office(story.settings, lambda: story.now, quiet=0)

    desk = network.desk(opened, PUBLIC, lambda: story.now)
    listener = loopback.bind(0, "payung meja")
    with network.serve(desk, listener, None):
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


def numbers(count: int) -> list[str]:
    return [f"BH-2026-{serial:04d}" for serial in range(1, count + 1)]


def office_with(folder: Path, count: int) -> Story:
    story = Story(made(folder), officers=OFFICERS)
    story.receives(*(response(serial, minute=serial) for serial in range(1, count + 1)))
    return story


def copied(story: Story, folder: Path) -> Story:
    """The same office in a folder of its own."""
    other = Story(made(folder), officers=OFFICERS)
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
        story.passes()
    assert week.told(clicked) == week.told(typed)
    ways = {number: way for number, (_, way, _) in week.told(clicked).items()}
    assert {way[-1] for way in ways.values()} == {
        "disetujui", "dikembalikan", "ditolak", "diarsipkan", "menunggu_kelengkapan"
    }  # fmt: skip


def done_at_once(visitors: Mapping[str, Visitor], together: Sequence[Taken]) -> None:
    """Each officer does their own, one after another, all of them at once."""

    def works(name: str) -> None:
        for one in together:
            if one.by == name:
                answer = week.at_desk(visitors[name], one)
                assert answer.status == 303, (one, week.said(answer.text))

    with ThreadPoolExecutor(len(visitors)) as people:
        list(people.map(works, visitors))
