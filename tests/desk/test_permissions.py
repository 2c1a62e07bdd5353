"""Who may see and do what at the desk: each cell of the table, by what the desk answers to who posts directly."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from processor.desk import permissions, server
from processor.desk.page_table import PAGES, Page
from processor.desk.permissions import TABLE, Act, View
from processor.desk.server import Visitor
from processor.desk.visit import Elsewhere
from processor.foundation import loopback
from tests.desk.test_server import post
from tests.office import response
from tests.story import NUMBER, OFFICERS, Story

MAY = {
    "daftar": "P A K B", "laporan": "P A K B", "pengaduan": "P A K B", "akun": "P A K B",
    "permohonan": "P A K", "identitas": "P A K", "catatan": "P A K", "periksa": "P A K", "angka_kantor": "P A K",
    "buat_laporan": "P K", "catatan_kantor": "P A K", "terbitan": "K",
    "testimoni": "P A K", "tanya_jawab": "P A K",
    "verifikasi": "P", "sampaikan": "P", "batalkan": "P", "arsipkan": "P", "keberatan": "P",
    "loket": "P", "terima": "P", "lanjutan": "P", "kode": "P", "email": "P A K", "urus_email": "P K",
    "tindak_pengaduan": "P A K", "baca_pesan": "P A K", "tulis_pesan": "P K", "terapkan_data": "P",
    "susun": "A", "impor_survei": "P K",
    "tugaskan": "K", "setujui": "K", "kembalikan": "K", "putusan": "K",
}  # fmt: skip
WHO = {"P": "pengelola", "A": "analis", "K": "kabag", "B": "biro"}
TOKEN = "tanda"
BUREAU = {"biro": {"nama": "Kepala Biro Contoh", "peran": ["kepala_biro"]}}
WORDS = "Persoalan yang rahasia."


def page(what: Any) -> Page:
    """A page that does nothing, and asks to be allowed ``what``."""
    needed = {"view": what} if what in permissions.VIEWS else {"view": "akun", "does": what}
    return Page(f"uji/{what}", None, lambda visit: Elsewhere(visit.link()), **needed)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    story = Story(tmp_path_factory.mktemp("kantor"), officers={**OFFICERS, **BUREAU})
    story.receives(response(1, uraian=WORDS))

    def signed_in(request: Request) -> Visitor:
        return Visitor(request.path_params["who"], TOKEN, signed_in=True)

    pages = (*map(page, TABLE), *PAGES)
    app = Starlette(
        routes=[Mount("/meja/{who}", routes=server.routes(lambda: story.office, "/meja/", signed_in, pages))]
    )
    with loopback.answering(app, loopback.bind(0, "payung meja")) as found:
        yield found


def opened(address: str, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"{address}/meja/{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_table_names_everything_that_is_seen_or_done() -> None:
    assert TABLE.keys() == {*get_args(View), *get_args(Act)} == MAY.keys()


@pytest.mark.parametrize("what", MAY)
@pytest.mark.parametrize("who", WHO)
def test_only_the_roles_of_the_table_post_it(address: str, what: str, who: str) -> None:
    status = post(address, f"{WHO[who]}/uji/{what}", tanda=TOKEN)[0]
    assert status == (303 if who in MAY[what].split() else 403)


def test_a_kepala_biro_sees_lists_and_figures_and_no_word_of_an_applicant(address: str) -> None:
    assert WORDS in opened(address, f"analis/{NUMBER}")[1]
    for path, status in {
        "": 200,
        "arsip": 200,
        "evaluasi": 200,
        "laporan": 200,
        "kegiatan": 200,
        "mutu": 200,
        "kinerja": 200,
        "kinerja/pratinjau": 403,
        "periksa": 403,
        "testimoni": 403,
        f"{NUMBER}/tanya-jawab": 403,
        "pengaduan": 200,
        NUMBER: 403,
        "cari?q=rahasia": 403,
    }.items():
        found, text = opened(address, f"biro/{path}")
        assert (found, WORDS in text) == (status, False)


@pytest.mark.parametrize("path", [one.path for one in PAGES if one.act])
def test_what_a_kepala_biro_posts_to_a_case_is_not_done(address: str, path: str) -> None:
    assert post(address, f"biro/{path.replace('{number}', NUMBER)}", tanda=TOKEN)[0] == 403
