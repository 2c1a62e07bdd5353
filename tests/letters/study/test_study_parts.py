"""Which words are which part: by our bookmarks, by the headings of a layout of one's own, or by asking."""

import pytest

from processor.letters.study import study_document, study_parts
from processor.letters.study.study_document import PARTS
from processor.letters.study.study_parts import StudyLayout
from processor.letters.study.word_blocks import WordParagraph
from tests.letters.study.word_files import paragraph, read, with_words, word_file

STUDY = {key: (f"Isi {key}.",) if key in study_document.LISTS else f"Isi {key}." for key in PARTS}


def layout(content: bytes) -> StudyLayout:
    return study_parts.layout(read(content).blocks)


def said(found: StudyLayout, **answers: str) -> dict[str, list[str]]:
    parts = study_parts.by_part(found, {key.replace("_", " "): answer for key, answer in answers.items()})
    return {key: [one.text for one in blocks if isinstance(one, WordParagraph)] for key, blocks in parts.items()}


def unplaced(found: StudyLayout) -> list[str]:
    return [study_parts.name_of(one) for one in found.sections if one.part is None]


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, f'<w:pStyle w:val="Heading{level}"/>')


def bold(text: str) -> str:
    return paragraph(text, run="<w:b/>")


def test_a_study_of_ours_is_known_by_its_bookmarks() -> None:
    found = layout(study_document.write("BH-2026-0001", STUDY, STUDY))
    assert found.case_mark == study_document.number_mark("BH-2026-0001")
    assert [(one.part, one.stamp) for one in found.sections] == [
        (key, study_document.stamp(STUDY[key])) for key in PARTS
    ]
    assert said(found) == {key: [f"Isi {key}."] for key in PARTS}


def test_a_heading_of_ours_may_be_reworded() -> None:
    content = study_document.write("BH-2026-0001", STUDY, STUDY)
    found = layout(with_words(content, "ANALISIS", "TELAAH HUKUM KAMI"))
    assert said(found)["analisis"] == ["Isi analisis."]


def test_words_that_were_joined_to_a_heading_of_ours_are_kept() -> None:
    content = study_document.write("BH-2026-0001", STUDY, STUDY)
    assert said(layout(with_words(content, "SARAN<", "SARAN Tolak perintah itu.<")))["saran"] == [
        "SARAN Tolak perintah itu.", "Isi saran."
    ]  # fmt: skip


def test_bold_lines_in_a_study_of_ours_are_no_headings() -> None:
    study = {**STUDY, "saran": "**Kesimpulan**\n\nTolak."}
    content = study_document.write("BH-2026-0001", study, study)
    for heading in study_document.PARTS.values():
        content = with_words(content, f">{heading}<", ">Bagian<")
    assert said(layout(content))["saran"] == ["Kesimpulan", "Tolak."]


def test_a_layout_of_ones_own_is_read_by_its_headings() -> None:
    body = (
        bold("NOTA DINAS") + paragraph("Yth. Kepala Biro") + heading("A. Duduk Perkara") + paragraph("Fakta.")
        + heading("B. Pembahasan") + heading("Kewenangan", 2) + paragraph("Analisis.") + heading("C. Simpulan")
        + paragraph("Jawab.") + heading("D. Lain-lain") + paragraph("Sisa.")
    )  # fmt: skip
    found = layout(word_file(body))
    assert unplaced(found) == ["awal", "lain-lain"]
    assert said(found) == {
        "kasus_posisi": ["Fakta."], "analisis": ["Kewenangan", "Analisis."], "kesimpulan": ["Jawab."]
    }  # fmt: skip
    joined = study_parts.by_part(found, {"lain-lain": study_parts.JOINED, "awal": "kasus_posisi"})
    assert [one.text for one in joined["kesimpulan"] if isinstance(one, WordParagraph)] == [
        "Jawab.", "D. Lain-lain", "Sisa."
    ]  # fmt: skip
    assert [one.text for one in joined["kasus_posisi"] if isinstance(one, WordParagraph)][:2] == [
        "NOTA DINAS", "Yth. Kepala Biro"
    ]  # fmt: skip


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    body = (
        bold("NOTA DINAS") + bold("I. PENDAHULUAN") + paragraph("Nol.") + bold("II. FAKTA") + paragraph("Satu.")
        + bold("Perhatian: ini penting.") + bold("III. ANALISIS HUKUM") + bold("1. Kewenangan") + paragraph("Dua.")
        + bold("IV. SARAN DAN RUJUKAN") + paragraph("Tiga.")
    )  # fmt: skip
    found = layout(word_file(body))
    assert unplaced(found) == ["awal", "pendahuluan"]
    assert said(found) == {
        "kasus_posisi": ["Satu.", "Perhatian: ini penting."],
        "analisis": ["1. Kewenangan", "Dua."],
        "saran": ["Tiga."],
    }


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("FAKTA DAN KASUS POSISI", "kasus_posisi"), ("II. Isu Hukum", "isu_hukum"), ("Dasar Hukum", "dasar_hukum"),
        ("b) Analisa", "analisis"), ("Kesimpulan", "kesimpulan"), ("SARAN DAN RUJUKAN", "saran"),
        ("Rekomendasi", "saran"), ("Kesimpulan dan Saran", None), ("Penutup", None),
        ("Fakta yang diuraikan di bawah ini kami terima", None),
    ],
)  # fmt: skip
def test_a_heading_is_a_part_where_its_words_say_so(words: str, part: str | None) -> None:
    assert study_parts.part_of(words) == part


def test_two_headings_of_one_part_are_both_kept() -> None:
    body = heading("Fakta") + paragraph("a") + heading("Kronologi") + paragraph("b")
    assert said(layout(word_file(body))) == {"kasus_posisi": ["a", "Kronologi", "b"]}


def test_a_document_without_headings_is_one_question() -> None:
    found = layout(word_file(paragraph("a") + paragraph("b")))
    assert [(one.title, one.part) for one in found.sections] == [("", None)]
    assert said(found, awal="saran") == {"saran": ["a", "b"]}
    assert said(found, awal="lewati") == {}


def test_an_empty_document_says_nothing() -> None:
    assert layout(word_file("<w:p/>")).sections == ()
