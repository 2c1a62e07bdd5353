"""The links of a page lead to what they say, count what would be shown, and take away what was chosen."""

from datetime import UTC, datetime

from processor.desk import filters
from processor.desk.filters import FilteredPage
from processor.operations import case_filters
from processor.operations.case_row import CaseRow

ROWS = [
    CaseRow("BH-2026-0001", topic="pengadaan", channel="loket", urgent="2026-03-20"),
    CaseRow("BH-2026-0002", topic="pengadaan", channel="situs", obstacles="koordinasi teknis"),
    CaseRow("BH-2026-0003", topic="netralitas", channel="situs", objection="belum_diputus", follows="BH-2026-0001"),
    CaseRow("BH-2026-0004"),
]


def shown(chosen: dict[str, str], **kept: str) -> dict[str, list[tuple[str, int, str]]]:
    groups = filters.links(ROWS, chosen, FilteredPage("/a/", kept)).groups
    return {title: [(one.words, one.count, one.address) for one in some] for title, some in groups.items()}


def test_every_word_of_a_row_is_offered_with_what_it_would_show() -> None:
    found = shown({}, petugas="")
    assert found["Topik"] == [("netralitas", 1, "/a/?topik=netralitas"), ("pengadaan", 2, "/a/?topik=pengadaan")]
    assert [words for words, *_ in found["Hambatan"]] == ["koordinasi", "teknis"]
    assert found["Tanggal dekat"] == [("tanggal dekat", 1, "/a/?mendesak=ya")]
    assert found["Keberatan"] == [("belum diputus", 1, "/a/?keberatan=belum_diputus")]
    assert found["Pertanyaan lanjutan"] == [("pertanyaan lanjutan", 1, "/a/?lanjutan=ya")]
    assert filters.links(ROWS, {}, FilteredPage("/a/", {})).cleared == ""


def test_what_was_chosen_leads_back_and_narrows_all_else() -> None:
    found = shown({"topik": "pengadaan"}, q="a b&c", petugas="kabag")
    kept = "q=a+b%26c&petugas=kabag"
    assert found["Topik"][1] == ("pengadaan", 2, f"/a/?{kept}")
    assert found["Topik"][0] == ("netralitas", 1, f"/a/?{kept}&topik=netralitas"), "another topic instead"
    assert ("loket", 1, f"/a/?{kept}&topik=pengadaan&kanal=loket") in found["Datang lewat"]
    assert "Keberatan" not in found, "none of these cases has one"
    assert (
        filters.links(ROWS, {"topik": "pengadaan"}, FilteredPage("/a/", {"petugas": "kabag"})).cleared
        == "/a/?petugas=kabag"
    )


def test_what_no_case_has_can_be_taken_away_all_the_same() -> None:
    assert shown({"kanal": "surat"})["Datang lewat"][-1] == ("surat", 0, "/a/")


def test_an_address_asks_for_filters_only() -> None:
    page = FilteredPage("/a/", {}, me="kabag")
    assert page.chosen_in({"topik": "x", "kanal": "", "unit": "DISDIK", "q": "a"}) == {"topik": "x"}


def test_no_address_names_whose_turn_it_is_where_that_is_who_looks() -> None:
    page = FilteredPage("/a/", {}, me="kabag", named={"kabag": "Kepala Bagian", "analis": "Analis"}.__getitem__)
    chosen = page.chosen_in({"giliran": "saya"})
    assert chosen == {"giliran": "kabag"}
    rows = [CaseRow("BH-2026-0001", holders=("kabag",)), CaseRow("BH-2026-0002", holders=("kabag", "analis"))]
    turns = [(one.words, one.count, one.address) for one in filters.links(rows, {}, page).groups["Giliran"]]
    assert turns == [("Analis", 1, "/a/?giliran=analis"), ("Kepala Bagian", 2, "/a/?giliran=saya")]
    assert filters.links(rows, chosen, page).groups["Giliran"][1].address == "/a/"


def test_a_row_is_late_or_near_or_awaited_by_the_clock_that_is_handed_in() -> None:
    at = [datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (1, 2, 3)]
    by = case_filters.of_moment(at[1], at[2])
    due = [CaseRow("", due=moment.isoformat(), promise="2026-03-09T01:00+00:00") for moment in (*at, *at[2:])]
    assert [by["keadaan"](row) for row in due] == [("terlambat",), ("segera",), ("segera",), ("segera",)]
    assert by["keadaan"](CaseRow("", due="2026-03-02T03:01+00:00")) == ()
    assert [by["keadaan"](CaseRow("", awaited=day)) for day in ("2026-03-01", "2026-03-02")] == [
        ("koordinasi_lewat",),
        (),
    ]
