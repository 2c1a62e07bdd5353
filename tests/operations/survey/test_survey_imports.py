"""Exports of the survey's Google Form are told apart, counted without a ballot, and never twice."""

from datetime import date
from pathlib import Path

import pytest

from processor.cases import survey_store
from processor.cases.survey_store import Vote
from processor.foundation import survey_form
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import daily_pass, office_check
from processor.operations.office import Office
from processor.operations.survey import survey_imports, survey_overview
from tests.office import ROOT
from tests.operations.test_daily_pass import opened

FORM = survey_form.load(ROOT / "forms" / "survei.yaml")
HEADER = ["Cap waktu", "Nama", *(f"{n}. {one.judul}" for n, one in enumerate(FORM.unsur, 1)), FORM.saran.judul]
GOOD = ["Sangat sesuai", "4", "3 - Cepat", "Tidak, gratis", "Sesuai", "Mampu", "Sopan", "Baik", "3"]
MARKS = (4, 4, 3, 4, 3, 3, 3, 3, 3)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return opened(tmp_path)


def row(moment: str, *marks: str, words: str = "") -> list[str]:
    return [moment, "Orang Rekaan1", *(marks or GOOD), words]


def drop(office: Office, *rows: list[str], name: str = "survei.csv") -> Path:
    office.settings.inbox.mkdir(parents=True, exist_ok=True)
    path = office.settings.inbox / name
    path.write_text("\n".join("\t".join(one) for one in (HEADER, *rows)) + "\n", "utf-8")
    return path


def votes(office: Office) -> list[Vote]:
    return sorted(survey_store.answers(office.register).votes, key=str)


def test_an_export_of_the_survey_is_counted_and_files_no_request(office: Office) -> None:
    wrong = row("2026/03/01 9:00:00 AM", "Lumayan", *GOOD[1:])
    drop(office, row("2026/03/01 9:05:31 AM", words="Lebih cepat."), wrong, row(""), name="survei.tsv")
    assert not [one for one in office_check.check(office) if "survei.tsv" in one.place]
    report = daily_pass.run_pass(office)
    assert (report.problems, report.failures, office.register.numbers()) == ([], [], [])
    assert votes(office) == [Vote(date(2026, 3, 1), "tanpa", MARKS)]
    assert survey_overview.suggestions(office) == ("Lebih cepat.",)
    assert [one for one in report.remarks if "1 jawaban baru tanpa kartu survei" in one and "2 baris dilewati" in one]
    assert "Rekaan" not in "\n".join(report.remarks)
    result = (office.settings.inbox / "selesai" / "survei.hasil.csv").read_text("utf-8-sig")
    assert "U1" in result
    assert "Lumayan" not in result


def test_what_is_suggested_in_an_export_moves_no_terminals_cursor(office: Office) -> None:
    drop(office, row("2026/03/01 9:05:31 AM", words="Baik \x1b[2J sekali."))
    daily_pass.run_pass(office)
    assert survey_overview.suggestions(office) == ("Baik \ufffd[2J sekali.",)


def test_a_later_export_adds_only_what_is_new(office: Office) -> None:
    first, second = row("2026/03/01 9:05:31 AM"), row("2026/03/01 9:06:00 AM")
    drop(office, first)
    daily_pass.run_pass(office)
    for name in ("b.tsv", "c.tsv"):
        drop(office, first, second, row("2026/03/02 7:59:00 AM", *["1"] * 9), name=name)
        daily_pass.run_pass(office)
        assert [one.marks[0] for one in votes(office)] == [4, 4, 1]


def test_an_answer_from_the_future_is_none(office: Office) -> None:
    drop(office, row("2026/12/01 9:05:31 AM"))
    daily_pass.run_pass(office)
    assert votes(office) == []


def test_a_file_that_is_no_survey_is_refused_with_what_to_do(office: Office) -> None:
    path = drop(office, row("2026/03/01 9:05:31 AM"))
    path.write_text(path.read_text("utf-8").replace(FORM.unsur[8].judul, "Lainnya"), "utf-8")
    with pytest.raises(PayungError, match="sembilan unsur"):
        survey_imports.take_file(office, path)


def test_the_first_survey_is_taken_in_without_names(office: Office) -> None:
    answers = ([4, 4, 4, 4, 4, 5], [4, 4, 4, 4, 5, 5], [4, 5, 5, 5, 5, 5], [5] * 6, [3, 4, 4, 4, 4, 4])
    lines = [f"{n};Orang Rekaan{n};{';'.join(map(str, one))}" for n, one in enumerate(answers, 1)]
    path = office.settings.inbox / "lama.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["No;Nama;a;b;c;d;e;f", *lines]), "utf-8")
    assert survey_imports.take_old(office, path, 2025) == 5
    assert survey_overview.old_survey(office, 2025) == "88,67 %"
    assert survey_overview.old_survey(office, 2024) == ""
    assert survey_imports.take_old(office, path, 2025) == 5
    assert [sum(one) for one in sorted(survey_store.answers(office.register).old[2025])] == [23, 25, 26, 29, 30]
    path.write_text("No;Nama;a;b;c;d;e\n1;Orang Rekaan1;4;4;4;4;4\n", "utf-8")
    with pytest.raises(BrokenFiles, match="6 kolom"):
        survey_imports.take_old(office, path, 2025)
