"""Letters that a program read in a wrong encoding are told as that; letters that people write are not."""

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from processor.intake.sources import spreadsheet
from processor.intake.sources.misread_letters import CODE_PAGES, code_page
from tests.office import FORM


@pytest.mark.parametrize("meant", ["Renée", "Uraian – dua", "“Baik.", "voilà ça", "Rp 5 €", "terima kasih 🙏"])
@pytest.mark.parametrize("page", ["cp437", "cp850", "mac-roman", "latin-1"])
def test_what_was_read_in_a_wrong_encoding_is_told(meant: str, page: str) -> None:
    assert code_page(meant.encode().decode(page)) in CODE_PAGES.values()


@pytest.mark.parametrize(
    ("page", "name"), [("cp1252", "Windows-1252"), ("cp437", "DOS 437"), ("cp1251", "Windows-1251")]
)
def test_the_encoding_is_named(page: str, name: str) -> None:
    assert code_page("Khayali Renée".encode().decode(page)) == name


@pytest.mark.parametrize(
    "text",
    ["", "Renée", "“É”", "CAFÉ” – “à”", "½–¾", "…”", "Привет", "中文", "Rp 1.000,–", "10°–20° ± 5 m²", "🙏🙏", "└─┘"],
)
def test_what_people_write_is_not(text: str) -> None:
    assert code_page(text) == ""


def test_an_answer_with_such_letters_is_a_finding_with_its_place_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["Cap waktu", "Nama lengkap", "NIP", "Pertanyaan hukum"],
                ["2026/07/02 9:05:31 AM GMT+7", "RenÃ©e", "198501012010012901", "Bolehkah?"],
            ]
        )
    (found,) = spreadsheet.read(path, FORM, ZoneInfo("Asia/Jakarta")).responses
    (problem,) = found.problems
    assert found.answers["nama"] == "RenÃ©e"
    assert problem.place == "Nama lengkap (sel B2)"
    assert "pernah dibuka sebagai Windows-1252" in problem.message
