"""Pages for applicants stay easy to read; the table is printed at the end of a run in CI."""

from collections.abc import Callable

import pytest

from tests import applicant_site, reading_level

WORDS, LONGEST, SYLLABLES = 12, 30, 175
"""At most: words a sentence, words of the longest one, syllables in a hundred words on Fry's axis."""
FRIGHTENED = ("./", "ajukan/", "lacak/", "pengaduan/", "cara-kerja/", "faq/", "persoalan/", "leaflet/", "survei/")
SHORT = 10
"""Words a sentence at most, where somebody reads who is in trouble now."""


@pytest.mark.slow
def test_no_page_for_applicants_is_hard_to_read(
    tmp_path_factory: pytest.TempPathFactory, record_property: Callable[[str, str], None]
) -> None:
    found = reading_level.levels(applicant_site.published(tmp_path_factory.mktemp("baca"), tmp_path_factory).site)
    record_property("table", reading_level.table(found))
    assert set(FRIGHTENED) - {"persoalan/"} < set(found)
    lengthy = {name: one.per_sentence for name, one in found.items() if one.per_sentence > WORDS}
    lengthy |= {
        name: one.per_sentence
        for name, one in found.items()
        if name.startswith(FRIGHTENED) and one.per_sentence > SHORT
    }
    assert lengthy == {}
    assert {name: one.longest for name, one in found.items() if one.most > LONGEST} == {}
    assert {name: one.syllables for name, one in found.items() if one.syllables > SYLLABLES} == {}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("mulai", 2),
        ("sesuai", 3),
        ("pegawai", 3),
        ("atau", 2),
        ("dimulainya", 5),
        ("keadaan", 4),
        ("BPK", 3),
        ("15", 2),
    ],
)
def test_syllables_are_counted_as_one_says_them(word: str, count: int) -> None:
    assert reading_level.syllables(word) == count


PAGE = """<nav><p>Menu ini tidak dihitung.</p></nav>
<main><h1>Judul yang panjang sekali</h1>
<p>Baca suratnya pukul 08.30 sampai habis. Lalu tanyakan “kapan”! <code>payung</code></p>
<ul><li>Simpan amplopnya <a href="#">dahulu</a> (UU 20/2025 Pasal 22 ayat (1)).
<ul><li>Yang di dalam pun.</li></ul></li></ul>
<p>Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin.</p>
<table><tr><td>Sel tabel tidak dihitung.</td></tr></table>
<section class="istilah-arti"><p>Arti kata.</p></section></main>"""


def test_only_running_text_is_counted_sentence_by_sentence() -> None:
    said = [*reading_level.sentences(PAGE)]
    assert said[:2] == ["Baca suratnya pukul 08.30 sampai habis.", "Lalu tanyakan “kapan”!"]
    assert said[2:] == ["Simpan amplopnya dahulu.", "Yang di dalam pun."]
    assert (reading_level.level(PAGE).most, reading_level.level(PAGE).words) == (6, 16)
