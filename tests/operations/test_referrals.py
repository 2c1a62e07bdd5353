"""Referrals: counted by kind and year, chained, and never with a word that could tell a person."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from processor.cases.case_parts import Rejection
from processor.cases.register import Register
from processor.foundation.errors import PayungError
from processor.operations import referrals
from tests.office import ROOT, register

NEW_YEAR = datetime(2027, 1, 1, 0, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
POSBAKUM = "Posbakum Pengadilan Negeri, Jalan Rekaan Nomor 12-14"


@pytest.fixture
def made(tmp_path: Path) -> Register:
    return register(tmp_path)


def record(made: Register, kind: str, place: str = POSBAKUM, now: datetime = NEW_YEAR) -> None:
    with made.lock(5):
        referrals.record(made, kind, place, "pengelola", now)


def test_kinds_are_those_of_rejections_that_lie_outside_the_service() -> None:
    assert {*referrals.PLACES, "tidak_lengkap"} == set(get_args(Rejection))


def test_the_usual_places_are_those_of_the_site() -> None:
    page = (ROOT / "docs" / "faq.md").read_text("utf-8")
    assert referrals.PLACES["litigasi"] in page
    assert referrals.PLACES["di_luar_kedinasan"] in page
    assert referrals.PLACES["atas_nama_orang_lain"].removeprefix("Yang bersangkutan") in page


def test_the_handbook_explains_every_kind() -> None:
    section = (ROOT / "docs" / "petugas" / "loket.md").read_text("utf-8").partition("{ #rujukan }")[2]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(referrals.PLACES)


def counts(made: Register, year: int) -> Mapping[str, int]:
    return referrals.yearly_counts(made, year)


def test_each_year_has_its_own_count_by_the_offices_clock(made: Register) -> None:
    assert counts(made, 2027) == {}
    for kind in ("litigasi", "litigasi", "lainnya"):
        record(made, kind)
    record(made, "litigasi", now=NEW_YEAR - timedelta(minutes=10))
    assert counts(made, 2027) == {"litigasi": 2, "lainnya": 1}
    assert counts(made, 2026) == {"litigasi": 1}


def test_a_referral_keeps_who_sent_it_where(made: Register) -> None:
    record(made, "litigasi", " Posbakum\n\x1b[2J Pengadilan ")
    (event,), problems = referrals.read(made)
    assert (event.kind, event.time, event.actor) == ("dirujuk", NEW_YEAR, "pengelola")
    assert (event.data, problems) == ({"jenis": "litigasi", "ke": "Posbakum \ufffd[2J Pengadilan"}, ())


@pytest.mark.parametrize(
    "place",
    [
        "Advokat, hubungi wulan@example.org",
        "Advokat, hubungi wulan＠example.org",
        "Posbakum untuk NIP 19910402 201503 2 911",
        "Posbakum untuk 199104022015032911",
        "Advokat, telepon 0812 0000 0099",
        "Advokat, telepon +62-812-0000-099",
        "Advokat, telepon (0751) 31458",
        "Advokat, telepon ０８１２ ００００ ００９９",
        "x" * 201,
        " ",
    ],
)
def test_what_could_tell_a_person_is_refused_and_not_recorded(made: Register, place: str) -> None:
    with pytest.raises(PayungError, match="Belum ada yang dicatat"):
        record(made, "litigasi", place)
    assert referrals.read(made) == ((), ())


def test_a_line_that_was_changed_afterwards_is_told(made: Register, tmp_path: Path) -> None:
    record(made, "litigasi")
    record(made, "litigasi")
    moved = made.folder.rename(tmp_path / "pindah")
    made = Register(moved, made._office, made._taxonomy)
    assert referrals.read(made)[1] == ()
    path = moved / "rujukan" / "riwayat.jsonl"
    path.write_text(path.read_text("utf-8").replace("litigasi", "lainnya", 1), "utf-8")
    assert "Rantai riwayat putus" in str(referrals.read(made)[1][0])


def test_a_line_cut_short_by_a_crash_is_not_counted_and_ends_nothing(made: Register) -> None:
    record(made, "litigasi")
    path = made.folder / "rujukan" / "riwayat.jsonl"
    path.write_bytes(path.read_bytes() + b'{"waktu":"2027')
    record(made, "lainnya")
    assert counts(made, 2027) == {"litigasi": 1, "lainnya": 1}
    assert referrals.read(made)[1] == ()
