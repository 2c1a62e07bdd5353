"""The agency's units: every mistake on its line, no two with the same words, a thousand as easily as three."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from processor.foundation import form_definition, settings, unit_tree, yaml_reader
from processor.foundation.errors import BrokenFiles
from processor.foundation.form_definition import Form, option_key
from processor.foundation.unit_tree import Unit
from tests.office import FORM, ROOT, agency

THREE = """unit:
  - {kode: DISDIK, nama: Dinas Pendidikan}
  - {kode: DISKES, nama: Dinas Kesehatan}
  - {kode: DISDIK.1, nama: Bidang Guru, induk: DISDIK}
"""


class _Listed(BaseModel):
    unit: tuple[Unit, ...]


def told(text: str) -> list[tuple[int | None, str]]:
    document = yaml_reader.parse(Path("payung.yaml"), text)
    found, problems = yaml_reader.validate(_Listed, document)
    assert found is not None, problems
    return [(one.line, one.sentence) for one in unit_tree.mistakes(found.unit, document)]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("DISKES", "DISDIK", 3, "Kode unit “DISDIK” dipakai dua kali (juga pada baris 2). Beri kode lain."),
        ("induk: DISDIK", "induk: DISDIC", 4, "Induk “DISDIC” tidak ada pada daftar unit. Maksudnya “DISDIK”?"),
        ("Pendidikan}", "Pendidikan, induk: DISDIK}", 2, "Unit “DISDIK” menjadi bawahan dirinya sendiri."),
        ("Pendidikan}", "Pendidikan, induk: DISDIK.1}", 2, "Unit “DISDIK” menjadi bawahan dirinya sendiri."),
    ],
)
def test_a_mistake_in_the_tree_is_told_on_its_line(old: str, new: str, line: int, said: str) -> None:
    assert told(THREE) == []
    [(where, sentence)] = told(THREE.replace(old, new, 1))
    assert (where, said in sentence) == (line, True)


def test_settings_with_a_broken_tree_are_refused_and_codes_are_short_and_plain(tmp_path: Path) -> None:
    for code, parent, said in (("A", "B", "Induk “B” tidak ada"), ("dinas pendidikan", "", "unit butir 1.kode")):
        with pytest.raises(BrokenFiles, match=said):
            agency(tmp_path, unit=[{"kode": code, "nama": "Dinas", "induk": parent}])
    assert agency(tmp_path).unit == ()


def test_every_unit_stands_above_its_own_and_none_has_the_words_of_another() -> None:
    units = [
        Unit(kode="A", nama="Dinas A"),
        Unit(kode="B", nama="Dinas B"),
        Unit(kode="A.1", nama="Sekretariat", induk="A"),
        Unit(kode="B.1", nama="sekretariat", induk="B"),
        Unit(kode="B.2", nama="Sekretariat", induk="B"),
    ]
    assert unit_tree.options(units) == {
        "A": "Dinas A",
        "A.1": "Sekretariat (Dinas A)",
        "B": "Dinas B",
        "B.1": "sekretariat (B.1)",
        "B.2": "Sekretariat (B.2)",
    }


def test_a_thousand_units_one_below_the_other_are_a_tree_like_any() -> None:
    lines = "".join(f"  - {{kode: U{n}, nama: Unit {n}, induk: {f'U{n - 1}' if n else ''}}}\n" for n in range(1000))
    assert told(f"unit:\n{lines}") == []
    found, _ = yaml_reader.validate(_Listed, yaml_reader.parse(Path("a.yaml"), f"unit:\n{lines}"))
    assert found is not None
    assert list(unit_tree.options(found.unit)) == [f"U{n}" for n in range(1000)]


def form_with(tmp_path: Path, text: str) -> Form:
    found = agency(tmp_path, unit=yaml_reader.parse(Path("a.yaml"), text).data["unit"])
    return form_definition.load(ROOT / "forms" / "permohonan.yaml", found.unit_options)


def test_the_form_asks_for_the_unit_only_where_there_is_a_tree(tmp_path: Path) -> None:
    assert all(question.jenis != "unit" for question in FORM.pertanyaan)
    [asked] = [question for question in form_with(tmp_path, THREE).pertanyaan if question.jenis == "unit"]
    assert (asked.kelompok, asked.wajib, list(asked.pilihan)) == ("identitas", False, ["DISDIK", "DISDIK.1", "DISKES"])
    for answer in ("DISDIK", "disdik", " Dinas  Pendidikan"):
        assert option_key(asked, answer) == "DISDIK"
    assert option_key(asked, "Dinas Lain") == "Dinas Lain"
    assert settings.load(ROOT / "payung.yaml").unit_options == {}
