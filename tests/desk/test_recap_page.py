"""Recaps at the desk: the office's own task force, and what other agencies published, by the acts of the command."""

import io
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import openpyxl  # type: ignore[import-untyped]  # only read with here
import pytest

from processor.desk import recap_page
from processor.desk.background_work import BackgroundWork
from processor.desk.visit import Elsewhere, NoSuchPage, Visit
from processor.foundation.settings_recap import GatheredAgency, Gathering
from tests.cli.commands.test_recap_command import FIRST, SECOND, Quiet, write
from tests.story import Story


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An office that adds up the figures of two others, of which one has no file."""
    folder: Path = tmp_path_factory.mktemp("kantor")
    made, site = Story(folder), folder / "situs-lain"
    made.at("2026-11-20T08:00")
    site.mkdir()
    write(site / "rekap.json", "Biro A", FIRST, SECOND)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        asked = (
            GatheredAgency(kode="A", nama="Biro A", alamat=f"http://127.0.0.1:{server.server_port}/rekap.json"),
            GatheredAgency(kode="B", nama="Biro B", alamat=f"http://127.0.0.1:{server.server_port}/lain.json"),
        )
        made.reopens(made.settings.model_copy(update={"rekap": Gathering(instansi=asked)}))
        yield made
        server.shutdown()
        thread.join()


def test_what_others_published_is_fetched_beside_the_desk_and_added_up_with_what_was_refused(story: Story) -> None:
    work = BackgroundWork()

    def visit(**asked: str) -> Visit:
        return Visit(story.office, "/x/", "kabag", asked, token="t", signed_in=True, work=work)

    before = recap_page.recap_page(visit())
    assert "Himpun sekarang" in str(before)
    with pytest.raises(NoSuchPage, match="Belum ada yang dijumlahkan"):
        recap_page.recap_file(visit(berkas="instansi.xlsx"))
    assert recap_page.begin_recap(visit()) == Elsewhere("/x/rekap")
    work.wait(recap_page.WORK, 60)
    page = unescape(str(recap_page.recap_page(visit())))
    for said in ("Rekap Triwulan III Tahun 2026: 1 dari 2 instansi", "kode 404", "diingat mulai sekarang"):
        assert said in page
    assert recap_page.recap_file(visit(berkas="instansi.xlsx")).name == "rekap-2026-3.xlsx"


def test_the_task_force_is_shown_for_a_period_and_taken_away_as_a_workbook(story: Story) -> None:
    visit = partial(Visit, story.office, "/x/", "analis", token="t", signed_in=True)
    page = str(recap_page.recap_page(visit({"periode": "2026-1"})))
    assert "Gugus tugas netralitas, Triwulan I Tahun 2026" in page
    assert "belum ada; kunci dibuat" in page
    assert "Himpun sekarang" not in page, "an analyst fetches none"
    sent = recap_page.recap_file(visit({"periode": "2026-1", "berkas": "netralitas.xlsx"}))
    assert openpyxl.load_workbook(io.BytesIO(sent.content)).sheetnames[0] == "Unit"
    for asked in ({"berkas": "../kantor.txt"}, {"berkas": "netralitas.xlsx", "periode": "2099-1"}):
        with pytest.raises(NoSuchPage):
            recap_page.recap_file(visit(asked))
