"""The report on a unit tells of its requests only what was published, and what the office did and saw there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from processor.cases import office_keys
from processor.cases.register import Register
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError
from processor.operations.act_journal import Person
from processor.operations.figures import figure_release
from processor.operations.office import Office, open_office
from processor.operations.pass_report import PassReport
from processor.operations.reporting import unit_report
from tests.office import START, agency, file, response

BEGUN, DAY = datetime(2026, 3, 3, 1, tzinfo=UTC), datetime(2026, 4, 15, 1, tzinfo=UTC)
BY = Person("kabag", "akun")
TREE = [
    {"kode": "DISDIK", "nama": "Dinas Pendidikan"},
    {"kode": "GURU", "nama": "Bidang Umum", "induk": "DISDIK"},
    {"kode": "SMK", "nama": "Bidang Umum", "induk": "DISDIK"},
    {"kode": "DISKES", "nama": "Dinas Kesehatan"},
]
_ASKED = {"GURU": 9, "SMK": 6, "DISDIK": 4, "DISKES": 8, "": 5}


def opened(folder: Path, now: datetime, *, day: int | None = 15) -> Office:
    evaluation = {"terbit": day, "terbit_unit": True} if day else {}
    return open_office(agency(folder, unit=TREE, evaluasi=evaluation), lambda: now, any_register=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that published its first quarter by units, and wrote of what it did there."""
    made = tmp_path_factory.mktemp("kantor")
    found = agency(made, unit=TREE)
    office_keys.create_key_files(found.office_key, found.recipients)
    Register(found.register, office_keys.load(found.office_key, found.recipients), found.taksonomi).prepare()
    units = [unit for unit, count in _ASKED.items() for _ in range(count)]
    file(opened(made, START).register, *(response(n, minute=n, unit=unit) for n, unit in enumerate(units, start=1)))
    (found.register / "kegiatan").mkdir()
    for name, unit, day in (("a", "GURU", "2026-03-05"), ("b", "DISKES", "2026-03-06"), ("c", "SMK", "2026-12-01")):
        text = f"jenis: edukasi_netralitas\ntanggal: {day}\nunit: [{unit}]\nsasaran: pegawai {unit}\ncara: apel\n"
        (found.register / "kegiatan" / f"{name}.yaml").write_text(text, "utf-8")
    notes = (
        "- {tanggal: 2026-03-09, unit: SMK, catatan: spanduk diturunkan}\n"
        "- {tanggal: 2026-03-09, unit: DISKES, catatan: lain}\n"
    )
    (found.register / "pemantauan.yaml").write_text(notes, "utf-8")
    for moment in (BEGUN, DAY):
        figure_release.release_due(opened(made, moment), PassReport())
    return made


def said(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in document.paragraphs), *cells))


def rows(office: Office, code: str, period: Period) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    yield from unit_report.material(office, code, period).published.rows


def test_a_unit_is_told_what_was_published_of_it_and_of_those_below_it(folder: Path) -> None:
    office = opened(folder, DAY)
    found = [*rows(office, "disdik", Period(2026))]
    assert [name for name, _ in found] == ["Dinas Pendidikan", "Bidang Umum", "Bidang Umum"]
    for (_, counts), true in zip(found, (19, 9, 6), strict=True):
        assert counts in {(true,), (None,)}
    assert found[0][1] == (19,)
    assert [*rows(office, "DISKES", Period(2026, 1))] == [("Dinas Kesehatan", (8,))]


def test_the_report_says_what_the_office_did_and_saw_there_and_nothing_of_other_units(folder: Path) -> None:
    path = unit_report.make(opened(folder, DAY), BY, "DISDIK", Period(2026)).path
    text = said(path)
    assert path.name == "unit-DISDIK-2026.docx"
    assert "Laporan Unit Dinas Pendidikan" in text
    assert "menurut angka yang diterbitkan pada 15 April 2026." in text
    assert {"pegawai GURU", "spanduk diturunkan", "19"} <= {*text.split("\n")}
    assert "DISKES" not in text
    assert "pegawai SMK" not in text  # that is still to come
    again = unit_report.make(opened(folder, DAY), BY, "DISDIK", Period(2026))
    assert not again.changed


def test_what_was_not_published_is_not_told(folder: Path, tmp_path: Path) -> None:
    office = opened(folder, DAY)
    assert [*rows(office, "DISDIK", Period(2026, 2))] == []
    assert "Belum ada angka permohonan unit ini yang diterbitkan" in said(
        unit_report.make(office, BY, "DISDIK", Period(2026, 2)).path
    )


def test_a_unit_that_is_none_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(PayungError, match=r"Tidak ada unit “DISDK” di payung\.yaml\. Maksudnya “DISDIK”"):
        unit_report.make(opened(folder, DAY), BY, "DISDK", Period(2026))
    with pytest.raises(PayungError, match="belum dimulai"):
        unit_report.make(opened(folder, DAY), BY, "DISDIK", Period(2027))
