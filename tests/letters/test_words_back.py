"""The words of an edited letter go back to the parts of the case that they came from; what cannot go is told."""

import io
from collections.abc import Callable
from random import Random

import docx
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from processor.cases.case_file import CaseFile, LetterKind
from processor.letters import documents, words_back
from processor.letters.word import printed_letter
from processor.letters.words_back import CarriedWords
from tests import effort, letter_samples
from tests.letters.study.generated_studies import StudyMaker


def render(kind: LetterKind, case: CaseFile) -> bytes:
    found = (letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue(), letter_samples.OPINIONS)
    return documents.render(kind, case, *found)


def carried(
    edit: Callable[[Document], object], kind: LetterKind = "pendapat_hukum", case: CaseFile | None = None
) -> CarriedWords:
    """What is read back once somebody did that to the letter."""
    used = case or letter_samples.sample_of(kind)
    opened, saved = docx.Document(io.BytesIO(render(kind, used))), io.BytesIO()
    edit(opened)
    opened.save(saved)
    printed = printed_letter.read(saved.getvalue())
    assert printed is not None
    return words_back.read_back(used, kind, lambda one: render(kind, one), printed)


def paragraph(opened: Document, words: str) -> Paragraph:
    return next(one for one in opened.paragraphs if words in one.text)


def say(opened: Document, words: str, instead: str) -> None:
    for run in paragraph(opened, words).runs:
        run.text = run.text.replace(words, instead)


def test_a_letter_that_nobody_edited_gives_nothing_back() -> None:
    assert carried(lambda _: None) == CarriedWords({}, ())


def test_words_go_back_to_their_part_and_everything_else_of_it_stays() -> None:
    found = carried(lambda one: say(one, "peringatan kedua pada hari ke-60", "peringatan kedua pada hari ke-61"))
    [(place, text)] = found.values.items()
    assert (place, found.lost) == (("kajian", "analisis"), ())
    before = letter_samples.case().kajian.analisis
    assert isinstance(text, str)
    assert text.count("hari ke-61") == 1
    for kept in (
        "## Kewenangan memutuskan kontrak",
        "> Pasal 52",
        "*Kewenangan.*",
        "**tidak ditemukan petunjuk ke arah",
    ):
        assert kept in text
        assert kept in before


def test_a_paragraph_that_was_added_goes_to_the_part_that_it_goes_on() -> None:
    def add(opened: Document) -> None:
        last = paragraph(opened, "Laporkan adanya somasi")
        last.insert_paragraph_before("Butir yang baru.", style=last.style)

    found = carried(add)
    assert found.lost == ()
    assert "- Butir yang baru.\n- Laporkan" in str(found.values["kajian", "saran"])


def test_bold_and_italic_words_come_back_as_markdown() -> None:
    def look(opened: Document) -> None:
        paragraph(opened, "Simpan asli").runs[0].bold = True
        paragraph(opened, "Laporkan adanya").runs[0].italic = True

    text = str(carried(look).values["kajian", "saran"])
    assert "- **Simpan asli surat peringatan" in text
    assert "- *Laporkan adanya somasi kepada atasan langsung.*" in text


def test_signs_that_a_person_typed_in_word_stay_signs() -> None:
    found = carried(lambda one: say(one, "62%", "62% * 1_000 [lihat] <b>"))
    assert found.lost == ()


def test_items_of_a_list_that_did_not_change_stay_as_the_file_has_them() -> None:
    def add(opened: Document) -> None:
        last = paragraph(opened, "Kontrak pekerjaan")
        last.insert_paragraph_before("Peraturan Gubernur Nomor 5 Tahun 2024", style=last.style)
        say(opened, "dapat digugat secara pribadi atas", "dapat digugat atas")

    values = carried(add).values
    assert values["kajian", "dasar_hukum"] == [
        "uu-30-2014", "uu-20-2023", "pp-94-2021", "Peraturan Gubernur Nomor 5 Tahun 2024",
        letter_samples.case().kajian.dasar_hukum[3],
    ]  # fmt: skip
    assert values["kajian", "isu_hukum"] == [
        letter_samples.case().kajian.isu_hukum[0],
        "Apakah pemohon dapat digugat atas keputusan yang diambil dalam jabatannya?",
    ]


@pytest.mark.parametrize(
    ("kind", "words", "place"),
    [
        ("pemberitahuan_penolakan", "Saudara meminta kami mendampingi", ("verifikasi", "alasan")),
        ("jawaban_keberatan", "Pertanyaan itu sudah menjadi pokok", ("keberatan", "pertimbangan")),
    ],
)
def test_reasons_go_back_as_they_are_typed(kind: LetterKind, words: str, place: tuple[str, str]) -> None:
    found = carried(lambda one: say(one, words, f"Sungguh, *{words}"), kind)
    assert found.lost == ()
    assert str(found.values[place]).startswith(f"Sungguh, *{words}")


def test_what_belongs_to_the_template_or_the_applicant_is_lost_and_told() -> None:
    def edit(opened: Document) -> None:
        say(opened, "Sehubungan dengan", "Menunjuk")
        say(opened, "Apakah pemutusan kontrak itu sah?", "Sahkah pemutusan itu?")

    found = carried(edit)
    assert found.values == {}
    assert [one.after.split()[0] for one in found.lost] == ["Menunjuk", "Sahkah"]


TABLE = "Lihat tabel.\n\n| a | b |\n|---|---|\n| satu | dua |\n\nKata[^1].\n\n[^1]: Catatan.\n"


def test_words_beside_a_table_and_a_note_go_back_and_both_stay() -> None:
    found = carried(
        lambda one: say(one, "Lihat tabel.", "Lihat tabel *ini*."), case=letter_samples.case(kajian__saran=TABLE)
    )
    text = str(found.values["kajian", "saran"])
    assert found.lost == ()
    assert text.startswith("Lihat tabel \\*ini\\*.\n\n| a | b |")
    assert "[^1]: Catatan." in text


def test_words_in_a_table_are_left_alone_and_told() -> None:
    def edit(opened: Document) -> None:
        opened.tables[-1].cell(1, 0).paragraphs[0].runs[0].text = "satu lagi"

    found = carried(edit, case=letter_samples.case(kajian__saran=TABLE))
    assert found.values == {}
    assert [one.shown() for one in found.lost] == ["(tabel) satu{+ lagi+}"]


@pytest.mark.parametrize("seed", range(effort.STUDIES // 10))
def test_no_word_that_was_typed_into_a_letter_disappears_in_silence(seed: int) -> None:
    said = {f"kajian__{key}": text or "Isi." for key, text in StudyMaker(seed).study().items() if isinstance(text, str)}
    case, chance = letter_samples.case(**said), Random(seed)

    def edit(opened: Document) -> None:
        chance.choice([one for one in opened.paragraphs if one.runs and one.text.strip()]).runs[-1].text += " sisipan"

    assert carried(lambda _: None, case=case) == CarriedWords({}, ())
    found = carried(edit, case=case)
    assert "sisipan" in f"{found.values}{[one.shown() for one in found.lost]}"


def test_a_part_of_which_every_word_was_deleted_is_left_alone_and_told() -> None:
    def delete(opened: Document) -> None:
        for words in ("secara sepihak, dan pemutusan itu", "Pemohon pada dasarnya tidak"):
            found = paragraph(opened, words)._p
            found.getparent().remove(found)

    found = carried(delete)
    assert found.values == {}
    assert len(found.lost) == 2
