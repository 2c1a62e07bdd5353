"""What of a case stands in its retold words is marked on its line; what everybody writes is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.cases.retelling_marks import Usual, marks

PAGE = "surat apakah boleh menolak menandatangani berita acara itu oleh pada dengan menurut"
USUAL = Usual.of([f"{PAGE} ASN", "Pemerintah ASN", "ASN Pemerintah", "ASN Pemerintah"])


def marked(line: str, own: str, others: str = "") -> list[str]:
    return [one.words for one in marks({"jawaban": line}, own, others, USUAL)]


@pytest.mark.parametrize(
    ("line", "own", "words"),
    [
        ("Pada 3 Juli 2026 boleh.", "Terjadi 3/7/2026.", ["3 Juli 2026"]),
        ("Pada 3 Juli boleh.", "Terjadi 2026-07-03.", ["3 Juli"]),
        ("Pada Juli boleh.", "Terjadi 03-07-2026.", ["Juli"]),
        ("Pada 4 Agustus boleh.", "Terjadi 3/7/2026.", []),
        ("Oleh Rp12.500.000 itu.", "Nilainya 12,5 juta.", ["Rp12.500.000"]),
        ("Oleh 1.5 jt itu.", "Nilainya Rp 1.500.000,00 saja.", ["1.5 jt"]),
        ("Oleh Rp13 juta itu.", "Nilainya 12,5 juta.", []),
        ("Menurut Pasal 5 UU Nomor 30 Tahun 2014 boleh.", "UU Nomor 30 Tahun 2014 Pasal 5.", []),
        ("Surat 800/123 itu.", "Surat nomor 800/77 dan 123.", ["800", "123"]),
        ("Itu di Nagari Khayal boleh.", "saya di nagari khayal", ["Nagari", "Khayal"]),
        ("Itu oleh ASN Pemerintah.", "ASN Pemerintah.", []),
        ("Apakah bendahara boleh?", "Saya bendahara.", ["bendahara"]),
        ("Apakah penandatanganan boleh?", "Ada penandatanganan.", []),
        ("Apakah itu boleh?", "Bukan itu.", []),
    ],
)
def test_days_sums_names_and_rare_words_of_the_case_are_marked(line: str, own: str, words: list[str]) -> None:
    assert marked(line, own) == words
    assert marked(line, "", own) == words, "also where the office wrote them"
    assert marked(line, "") == []


def test_a_passage_in_the_applicants_own_words_is_marked_whole_and_on_its_line() -> None:
    own = "Saya boleh menolak menandatangani berita acara itu pada sore."
    found = marks({"pertanyaan": "Apakah?\nApakah boleh menolak menandatangani berita acara itu?"}, own, "", USUAL)
    assert [(one.part, one.line, one.words) for one in found] == [
        ("pertanyaan", 2, "boleh menolak menandatangani berita acara itu")
    ]
    assert marked("Apakah boleh menolak menandatangani berita acara itu?", "", own) == [], "the office's words may stay"


@given(st.text(alphabet="0123456789.,/- \nJuliRpjtabcAB²٣", max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    for one in marks({"jawaban": text}, text, text, USUAL):
        assert 1 <= one.line <= len(text.splitlines())


def test_a_number_without_end_is_read_all_the_same() -> None:
    assert marked("9" * 10_000, "9" * 10_000) == ["9" * 10_000]
