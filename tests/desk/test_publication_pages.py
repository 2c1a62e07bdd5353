"""Published figures at the desk: what is out, what comes next with what is hidden, and what a person decides there."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from processor.cases import office_keys
from processor.cases.register import Register
from processor.desk import publication_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Visit
from processor.evaluation import frozen_publication
from processor.operations import side_journal
from processor.operations.figures import figure_release, next_publication
from processor.operations.office import Office, open_office
from tests.evaluation import published_samples
from tests.office import agency, file, response
from tests.story import OFFICERS

DUE = datetime(2026, 4, 15, 1, tzinfo=UTC)
KINDS = [*["pendapat_hukum"] * 9, *["nasihat_hukum"] * 5, "informasi_hukum"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with 15 requests of one quarter, on the day on which it publishes."""
    settings = agency(tmp_path_factory.mktemp("kantor"), evaluasi={"terbit": 15}, petugas=OFFICERS)
    office_keys.create_key_files(settings.office_key, settings.recipients)
    keys = office_keys.load(settings.office_key, settings.recipients)
    Register(settings.register, keys, settings.taksonomi).prepare()
    begun = open_office(settings, lambda: datetime(2026, 3, 3, 1, tzinfo=UTC))
    file(begun.register, *(response(n, minute=n, bentuk=kind) for n, kind in enumerate(KINDS, start=1)))
    figure_release.next_day(begun)
    return open_office(settings, lambda: DUE)


def visit(office: Office, me: str = "kabag", posted: Mapping[str, str] | None = None) -> Visit:
    return Visit(office, "/x/", me, {}, Posted({key: (text,) for key, text in (posted or {}).items()}), "t", "", True)


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_preview_shows_what_is_counted_what_is_hidden_and_why_and_publishes_nothing(office: Office) -> None:
    asks = visit(office)
    page = publication_pages.publication_page(asks)
    assert "Putaran berikutnya menerbitkan angka Triwulan I Tahun 2026." in words(page)
    assert publication_pages.begin_preview(asks) == Elsewhere("/x/kinerja/pratinjau")
    asks.work.wait(publication_pages.PREVIEW, 60)
    shown = words(str(publication_pages.preview_page(asks)))
    state = asks.work.state(publication_pages.PREVIEW)
    assert state
    assert isinstance(state.result, tuple)
    rows = [row for one in state.result for table in one.tables for row in table.rows]
    assert {why for _, _, why in rows} >= {"", "disembunyikan: kurang dari 3"}
    assert [row for row in rows if f"{row[0]} {row[1]} {row[2] or 'tampak'}" not in shown] == []
    assert next_publication.published(office) == []


def test_an_officer_who_sees_no_request_sees_no_way_to_what_is_hidden(office: Office) -> None:
    assert "kinerja/pratinjau" in publication_pages.publication_page(visit(office))
    assert "kinerja/pratinjau" not in publication_pages.publication_page(visit(office, "siapa"))


def test_a_published_period_is_asked_for_again_with_a_reason_by_who_may_decide_that(office: Office) -> None:
    one = published_samples.samples()[0]
    next_publication.files_of(office).add(one.name, frozen_publication.to_json(one), b"")
    asked = {"borang": "koreksi", "periode": str(one.period), "alasan": "Keliru bentuknya."}
    wrong = publication_pages.publication_act(visit(office, posted={**asked, "alasan": "Telepon 081234567890."}))
    assert "tanpa NIP, nomor telepon" in str(wrong)
    assert "Belum diisi." in str(publication_pages.publication_act(visit(office, posted={**asked, "alasan": " "})))
    stranger = replace(visit(office, posted=asked), me="", signed_in=False)
    assert "Pilih dahulu nama Anda" in str(publication_pages.publication_act(stranger))
    assert publication_pages.publication_act(visit(office, posted=asked)) == Elsewhere("/x/kinerja")
    assert f"Dihitung ulang pada penerbitan berikutnya: {one.period.title}." in words(
        publication_pages.publication_page(visit(office))
    )
    told = side_journal.read(office.register, next_publication.FOLDER)[0]
    assert [(event.kind, event.actor, event.data) for event in told] == [
        ("koreksi", "kabag", {"periode": str(one.period), "alasan": "Keliru bentuknya."})
    ]
    with pytest.raises(NoSuchPage):
        publication_pages.publication_act(visit(office, posted=asked))
    with pytest.raises(NoSuchPage):
        publication_pages.publication_act(visit(office, posted={"borang": "terima", "alasan": "x"}))
