"""``payung survei``: how the survey stands, without a single vote to be seen."""

import json
from datetime import date
from pathlib import Path

import pytest

from processor.cases import survey_store
from processor.cases.survey_store import SurveyAnswers, Vote
from tests.commands import payung
from tests.office import agency, register

MARKS = (4, 3, 4, 3, 4, 3, 4, 3, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    agency(tmp_path)
    votes = [Vote(date(2025, 2, 1), "surat_suara", MARKS)] * 5 + [Vote(date(2025, 5, 1), "tanpa", MARKS)] * 4
    survey_store.write_answers(register(tmp_path), SurveyAnswers((*votes,), ("Lebih cepat.",)))
    return tmp_path


def test_ended_quarters_are_shown_from_five_answers_on(folder: Path) -> None:
    said = payung("survei", folder=folder)
    assert (
        "Triwulan I Tahun 2025, dengan kartu survei: 5 jawaban, IKM 88,89 (A, sangat baik); sasaran 0 jawaban" in said
    )
    assert "Triwulan II Tahun 2025, tanpa kartu survei: kurang dari 5 jawaban, tidak ditampilkan" in said
    assert payung("survei", "saran", folder=folder).strip() == "Lebih cepat."
    [second, first] = json.loads(payung("survei", "--json", folder=folder))["triwulan"]
    assert (first["jawaban"], first["ikm"], second["jawaban"], second["ikm"]) == (5, 88.89, None, None)


def test_of_a_running_quarter_nothing_is_computed(folder: Path) -> None:
    votes = (Vote(date(2999, 1, 1), "surat_suara", MARKS),) * 9
    survey_store.write_answers(register(folder), SurveyAnswers(votes))
    assert "masih berjalan" in payung("survei", folder=folder)
    [only] = json.loads(payung("survei", "--json", folder=folder))["triwulan"]
    assert (only["berjalan"], only["jawaban"], only["ikm"]) == (True, None, None)


def test_the_old_survey_is_taken_in_and_nonsense_is_refused(folder: Path) -> None:
    path = folder / "lama.csv"
    path.write_text("Nama,a,b,c,d,e,f\n" + "Orang Rekaan1,5,5,5,5,5,4\n" * 5, "utf-8")
    assert "5 jawaban tanpa nama, 96,67 %" in payung("survei", "impor", path, "--lama", "2025", folder=folder)
    assert "Survei lama: 2025" in payung("survei", folder=folder)
    for words, said in (
        (("impor",), "Sebutkan berkasnya"),
        (("impor", path), "sembilan unsur"),
        (("impor", folder / "tidak-ada.csv"), "Tidak ada berkas"),
        (("impor", path, "--lama", "25"), "bukan tahun"),
    ):
        assert said in payung("survei", *words, folder=folder, code=1)
