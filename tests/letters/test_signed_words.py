"""A signed PDF with other words than its letter is told; a picture, and what two programs set differently, are not."""

import pytest

from processor.letters import signed_words
from tests.letters.signed_letters import scan, typed

LETTER = (
    "Nomor 180/1/Huk-2026",
    "Sehubungan dengan permohonan BH-2026-0001 yang kami terima, dengan hormat kami sampaikan pendapat hukum berikut.",
    "Pemohon berwenang menolak perintah untuk menandatangani berita acara yang tidak sesuai dengan kenyataan.",
    *["Undang-Undang Nomor 30 Tahun 2014 mengatur bahwa setiap pejabat berhak mempertimbangkan perintah atasan."] * 3,
    "Penolakan disampaikan tertulis kepada atasan langsung beserta alasannya.",
)
STAMP = (
    "Dokumen ini ditandatangani secara elektronik dengan sertifikat yang diterbitkan oleh penerbit rekaan untuk contoh."
)
NUMBERS = ("180/1/Huk-2026", "BH-2026-0001", "")


def difference(*lines: str, letter: str = "\n".join(LETTER)) -> str:
    return signed_words.difference(typed(*lines), letter, NUMBERS)


def test_the_letter_itself_lacks_nothing_however_its_lines_are_parted() -> None:
    assert difference(*LETTER) == ""
    assert difference(*"\n".join(LETTER).replace("kenyataan", "kenya-\ntaan").replace(" ", "  ").split("\n")) == ""
    assert difference(*LETTER, letter="{NUMPAGES}\n[gambar 0123abcd]\n" + "\n".join(LETTER)) == ""


@pytest.mark.parametrize(
    ("typed_otherwise", "says"),
    [
        ((LETTER[0].replace("/1/", "/2/"), *LETTER[1:]), "tidak memuat nomor 180/1/Huk-2026"),
        ((LETTER[0], LETTER[1].replace("0001", "0002"), *LETTER[2:]), "tidak memuat nomor BH-2026-0001"),
        (
            (
                *LETTER[:2],
                *["Pemohon wajib patuh dan bekerja seperti biasa sampai nanti ada keputusan lain."] * 6,
            ),
            r"tidak memuat 26 dari 39 kata surat",
        ),
    ],
)
def test_other_words_are_told(typed_otherwise: tuple[str, ...], says: str) -> None:
    assert difference(*typed_otherwise) == says


@pytest.mark.parametrize("content", [scan(), b"%PDF-1.7\nrusak", typed(*[STAMP] * 2), typed("\x81" * 300)])
def test_of_what_shows_no_words_nothing_is_said(content: bytes) -> None:
    assert signed_words.difference(content, "\n".join(LETTER), NUMBERS) == ""
