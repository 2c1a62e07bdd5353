"""What is no Markdown of letters is told with its line; what is, never."""

import pytest

from processor.letters import markdown_slips
from tests.letters.markdown_examples import EXAMPLES, SLIPS, MarkdownExample, printed


@pytest.mark.parametrize(("text", "says"), SLIPS)
def test_what_the_handbook_calls_no_sign_of_letters_is_told(text: str, says: str) -> None:
    (slip,) = markdown_slips.slips(text)
    assert says in slip.message
    assert slip.mend


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\n```\nb", 1, "Pagar kode"),
        ("teks\n\n-Satu", 2, "spasi"),
        ("a\n\n[1]: https://a.id", 2, "Tautan"),
        ("satu<br>dua", 0, "HTML"),
        ("> a\n> > b", 1, "satu tingkat"),
        ("satu\n*miring", 1, "Tanda *"),
        ("1. a\n1. b", 1, "dua kali"),
        ("kata yang bersambung\n- kata\n7. kata", 2, "lanjutan kalimat"),
        ("kata \uf0a9 itu", 0, "U+F0A9"),
        ("a\n\n" + "|Rp62.000.000" * 14 + "|\n" + "|---" * 14 + "|", 2, "terlalu lebar"),
        ("Kata.[^1]\n\n[^1]: sumber\n\n    | a | b |\n    | 1 | 2 |", 2, "Tabel di dalam catatan kaki"),
        ("Dasar: kata\nb.dua\n\nc. tiga", 1, "seperti butir"),
        ("| a | b |\n|---|---|\n\n| c | d |", 3, "seperti baris tabel"),
        ("|a" * 64 + "|\n" + "|---" * 64 + "|", 0, "Word mengenal 63"),
    ],
)
def test_what_a_letter_does_not_know_is_told_with_its_line(text: str, line: int, says: str) -> None:
    (slip,) = markdown_slips.slips(text)
    assert slip.line == line
    assert says in slip.message
    assert slip.mend


@pytest.mark.parametrize(
    "text",
    [
        "a.satu\nb.dua",
        "a). satu\nb). dua",
        "1 . satu\n2 . dua",
        "1.1 Satu\n1.2 Dua",
        "-satu\n-dua",
        "No\tNama\n1\tSatu",
        "No | Nama\n1 | Satu",
    ],
)
def test_lines_that_would_run_together_are_each_told(text: str) -> None:
    assert [slip.line for slip in markdown_slips.slips(text)] == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "a.n. Kepala Biro\nu.p. Kabag\nb.d. itu",
        "pada 12.30 WIB\n12.31 WIB",
        "-5 derajat\n-6 derajat",
        "*kata* satu\n*kata* dua",
        "1.\tsatu\n2.\tdua",
        "Jum`at, 5 * 3, 1/1000*50*Rp2, catatan *) itu, Nama: ________",
        "a.n. Kepala Biro, S.H., M.H.",
        "H. Ahmad hadir.\nM. Ali juga.",
        "dimaksud pada ayat\n(1) itu",
        "[sic] dan [nama pemohon]",
        "| a | b<br>c |\n|---|---|\n| 1 | 2 |",
        "\uf0b7\tbutir dan 3 \uf0b3 2",
        "\\*bintang\\*",
        "1. *Kewenangan.* Kontrak\n2. **Prosedur.** Surat\n\n* *butir*\n- **butir**\n\na. *huruf*",
    ],
)
def test_what_people_write_in_letters_is_not_told(text: str) -> None:
    assert markdown_slips.slips(text) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_the_grammar_of_the_handbook_is_never_told(example: MarkdownExample) -> None:
    assert markdown_slips.slips(example.text) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_a_letter_shows_what_the_handbook_says(example: MarkdownExample) -> None:
    assert printed(example.text) == example.shown
