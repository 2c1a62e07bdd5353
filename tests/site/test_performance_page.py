"""The page shows what was published, says what is not shown, and computes from shown figures only."""

import json
import re
from typing import Any

from processor.evaluation import frozen_publication, suppression
from processor.foundation.settings_agency import Evaluation
from processor.site import performance_page
from processor.site.performance_page import Performance
from tests.evaluation import published_samples

DATA: list[Any] = [frozen_publication.to_data(one) for one in published_samples.samples()]
CHOSEN = Evaluation(terbit=15)


def shown(*publications: Any) -> Performance:
    return performance_page.performance({"terbitan": publications}, CHOSEN, "data")


def changed(one: Any, old: str, new: str) -> Any:
    return json.loads(json.dumps(one).replace(old, new))


def rows(html: str) -> dict[str, list[str]]:
    """The cells of every row of every table by its first one, without marks."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        first, *rest = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        found[first] = rest
    return found


def test_where_nothing_is_published_there_is_nothing_to_show() -> None:
    assert shown() == Performance(15, "CC BY 4.0", "data")


def test_words_of_those_who_were_helped_stand_beside_figures_only() -> None:
    voices = [{"kutipan": "Cepat & <b>jelas</b>.\n\nSekali.", "sebagai": "Seorang guru"}]
    page = performance_page.performance({"terbitan": DATA, "testimoni": voices}, CHOSEN, "data")
    words = "Cepat &amp; &lt;b&gt;jelas&lt;/b&gt;. Sekali."
    assert page.suara == f"<blockquote><p>{words}</p><p>Seorang guru</p></blockquote>"
    assert performance_page.performance({"testimoni": voices}, CHOSEN, "data") == shown()


def test_every_period_stands_in_a_row_and_the_newest_quarter_and_year_whole() -> None:
    page = shown(*DATA)
    assert [*rows(page.ringkasan)][1:] == [
        "Triwulan I Tahun 2026", "Tahun 2025", "Triwulan IV Tahun 2025", "Triwulan III Tahun 2025",
        "Triwulan II Tahun 2025", "Triwulan I Tahun 2025",
    ]  # fmt: skip
    assert rows(page.ringkasan)["Triwulan I Tahun 2026"] == [
        "62",
        "39 dari 48 (81,3&nbsp;%)",
        "1 hari kerja lebih 4 jam",
    ]
    assert [one.judul for one in page.bagian] == ["Triwulan I Tahun 2026", "Tahun 2025"]
    assert shown(*reversed(DATA)) == page


def test_the_limits_stand_beside_what_they_were_kept_by() -> None:
    found = rows(shown(*DATA).bagian[0].html)
    assert found["Batas waktu sejak pemohon mengirim"] == ["2 hari kerja lebih 45 menit"]
    assert found["Dijawab terlambat"] == ["9 dari 48 (18,8&nbsp;%)"]
    assert found["Median sejak didaftarkan"] == ["1 hari kerja"]


def test_every_table_says_how_it_is_counted_and_what_is_not_shown() -> None:
    html = shown(*DATA).bagian[0].html
    assert html.count("<summary>Cara menghitung</summary>") == html.count("<h3>") == 8
    assert suppression.HIDDEN in html
    assert any(first.startswith("Tidak ditampilkan: Pidana, TUN") for first in rows(html))
    assert 'class="tersembunyi"> tidak ditampilkan</span>' in html


def test_every_table_but_that_of_the_promise_is_folded_below_its_heading() -> None:
    html = shown(*DATA).bagian[0].html
    assert html.count('<details class="rincian"><summary><h3>') == html.count("<h3>") - 1
    before, _, promise = html.partition("<h3>Janji dan kenyataan</h3>")
    assert "<details" not in before
    assert promise.startswith("\n<table")


def test_what_is_held_back_gives_its_reason_and_no_table() -> None:
    held = frozen_publication.to_data(published_samples.samples()[0])
    held["angka"]["tabel"] = [
        {**one, "angka": [], "keterangan": suppression.HELD_BACK} for one in held["angka"]["tabel"]
    ]
    held["nilai"] = []
    html = shown(held).bagian[0].html
    assert html.count(suppression.HELD_BACK) == 6
    assert "dari" not in rows(html)["Dijawab tepat waktu"][0]


def test_a_second_count_takes_the_place_of_the_first_unless_it_shows_nothing() -> None:
    again = {**DATA[-1], "nama": "2026-1~2", "hitungan": 2, "terbit": "2026-07-15"}
    moved = str(again["angka"]).replace("'2026/1'", "'2026/1~2'")
    again["angka"] = eval(moved)
    assert "hitungan ke-2" in shown(*DATA, again).bagian[0].html
    empty = {**again, "angka": {**again["angka"], "tabel": [{**t, "angka": []} for t in again["angka"]["tabel"]]}}
    assert shown(*DATA, empty).bagian[0] == shown(*DATA).bagian[0]


def test_words_of_the_settings_are_no_markup() -> None:
    html = shown(changed(DATA[-1], "Netralitas", "<b>Netral</b>")).bagian[0].html
    assert "&lt;b&gt;Netral&lt;/b&gt;" in html
    assert "<b>" not in html
