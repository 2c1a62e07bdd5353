"""Forms of one word meet, words that differ keep apart, and no word takes forever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.foundation import word_stems


@pytest.mark.parametrize(
    "forms",
    [
        "tagih menagih ditagih penagihan tagihan",
        "periksa memeriksa diperiksa pemeriksaan pemeriksa",
        "kosong mengosongkan dikosongkan pengosongan",
        "tetap menetapkan ditetapkan penetapan",
        "susun menyusun disusun penyusunan",
        "pinjam meminjam dipinjam peminjaman",
        "hukum menghukum dihukum hukuman",
        "langgar melanggar dilanggar pelanggaran",
        "adu mengadukan diadukan pengaduan",
        "janji diperjanjikan perjanjian",
        "lambat terlambat melambat keterlambatan",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({word_stems.stem(form) for form in forms.split()}) == 1


def test_words_that_differ_keep_apart() -> None:
    words = "tolak bayar pinjam susun hukum langgar janji adu periksa kosong sidik selidik saksi sanksi"
    assert len({word_stems.stem(word) for word in words.split()}) == len(words.split())


@given(st.text(max_size=60))
def test_a_stem_has_itself_as_stem(word: str) -> None:
    assert word_stems.stem(word_stems.stem(word)) == word_stems.stem(word)


def test_a_word_without_end_is_not_taken_apart() -> None:
    assert word_stems.stem("kan" * 400_000) == "kan" * 400_000
