from pathlib import Path

import pytest

from processor.evaluation import skm
from processor.foundation import survey_form
from processor.foundation.errors import BrokenFiles
from tests.office import ROOT

SHIPPED = ROOT / "forms" / "survei.yaml"
FORM = survey_form.load(SHIPPED)


def test_the_shipped_survey_asks_the_nine_elements() -> None:
    assert [one.kunci for one in FORM.unsur] == list(skm.ELEMENTS)
    assert [len(one.pilihan) for one in FORM.unsur] == [skm.BEST] * 9


def test_a_column_is_known_by_its_title_number_and_alias() -> None:
    first = FORM.unsur[0]
    for title in (first.judul, f"1. {first.judul} *", "U1. Persyaratan", "persyaratan", "Persyaratan (wajib diisi)"):
        assert FORM.element(title) == first, title
    assert FORM.element("Nama lengkap") is None
    assert FORM.asks_for_words("Kritik dan saran")
    assert not FORM.asks_for_words(first.judul)


@pytest.mark.parametrize(
    ("answer", "mark"),
    [
        ("Sangat mudah", 4), ("sangat mudah ", 4), ("3", 3), ("3 - Mudah", 3), ("1. Tidak mudah", 1),
        ("2) Kurang mudah", 2),
        ("Lumayan", None), ("5", None), ("0", None), ("", None), ("3 - Sangat mudah", None), ("44", None),
        ("4,5", None),
    ],
)  # fmt: skip
def test_an_answer_means_a_mark_or_nothing(answer: str, mark: int | None) -> None:
    assert survey_form.mark_of(FORM.unsur[1], answer) == mark


def test_a_survey_without_an_element_or_a_mark_is_refused_with_the_line(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    path = tmp_path / "survei.yaml"
    for wrong, said in (
        (text.replace("kunci: U9", "kunci: U8"), "U1 sampai U9"),
        (text.replace("3: Cepat, ", ""), "Pilihan U3"),
    ):
        path.write_text(wrong, "utf-8")
        with pytest.raises(BrokenFiles, match=said) as raised:
            survey_form.load(path)
        assert raised.value.problems[0].line
