"""The figures of an office are made from all that its register holds."""

from datetime import date
from pathlib import Path

from processor.cases import office_keys, survey_store
from processor.cases.register import Register
from processor.cases.survey_store import SurveyAnswers, Vote
from processor.evaluation import figure_text, recommendations, report_words
from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from processor.operations.figures import register_figures
from processor.operations.office import open_office
from tests.office import START, agency, file, response

TREE = [{"kode": "DISDIK", "nama": "Dinas Pendidikan"}, {"kode": "RSUD", "nama": "Rumah Sakit", "induk": "DISDIK"}]


def test_cases_units_events_and_obstacles_of_the_period_are_counted(tmp_path: Path) -> None:
    found = agency(tmp_path, unit=TREE)
    office_keys.create_key_files(found.office_key, found.recipients)
    keys = office_keys.load(found.office_key, found.recipients)
    Register(found.register, keys, found.taksonomi).prepare()
    (found.register / "kegiatan").mkdir()
    for name, day in {"a": "2026-03-01", "b": "2026-03-03", "c": "2025-12-31"}.items():
        text = f"jenis: pelatihan\ntanggal: {day}\nhadir: 7\npelatihan: sikap_layanan\n"
        (found.register / "kegiatan" / f"{name}.yaml").write_text(text, "utf-8")
    (found.register / "hambatan.yaml").write_text("- {tanggal: 2026-02-01, jenis: teknis, uraian: listrik}\n", "utf-8")
    office = open_office(found, lambda: START)
    units = ["DISDIK", "RSUD", ""]
    file(office.register, *(response(n, minute=n, unit=unit) for n, unit in enumerate(units, start=1)))
    made = register_figures.figures_of(office, Period(2026, 1))
    assert made.made == date(2026, 3, 2)
    assert {row.key: row.value for row in made["permohonan.unit"].rows} == {"DISDIK": 1, "RSUD": 1, "": 1}
    assert made["permohonan.unit"].rows[0].label == "Dinas Pendidikan"
    assert (made["kegiatan.pelatihan"].of, made["kegiatan.hadir"].of) == (1, 7)  # the one of 3 March is still to come
    assert made["hambatan.kantor"].value("teknis") == 1
    assert register_figures.running_year(office) == Period(2026)


def test_of_the_quarter_that_is_under_way_no_vote_counts_in_any_figure(tmp_path: Path) -> None:
    found = agency(tmp_path)
    office_keys.create_key_files(found.office_key, found.recipients)
    keys = office_keys.load(found.office_key, found.recipients)
    Register(found.register, keys, found.taksonomi).prepare()
    office = open_office(found, lambda: START)
    votes = [Vote(day, "surat_suara", (4,) * 9) for day in [date(2025, 12, 31)] * 5 + [date(2026, 1, 1)] * 6]
    survey_store.write_answers(office.register, SurveyAnswers((*votes,)))
    asked = [Period(2025, 4), Period(2026, 1), Period(2026)]
    made = register_figures.figures_of_each(office, asked, date(2025, 1, 1))[1]
    assert [one["kepuasan.skm"].of for one in made] == [5, 0, 0]


def test_a_damaged_survey_leaves_out_its_own_figures_alone_and_says_so(tmp_path: Path) -> None:
    found = agency(tmp_path)
    office_keys.create_key_files(found.office_key, found.recipients)
    keys = office_keys.load(found.office_key, found.recipients)
    Register(found.register, keys, found.taksonomi).prepare()
    office = open_office(found, lambda: START)
    file(office.register, response(1))
    whole = register_figures.figures_of(office, Period(2026))
    path = found.register / "survei" / "jawaban.age"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"rusak")
    rest = register_figures.figures_of(office, Period(2026))
    assert [one for one in whole if not one.key.startswith("kepuasan.")] == [*rest]
    said = figure_text.unread_sentence(rest)
    assert "survei/jawaban.age di register rusak. Pulihkan berkas itu dari cadangan." in said
    assert (figure_text.data(rest)["tidak_dihitung"], "tidak_dihitung" in figure_text.data(whole)) == (said, False)
    compared = Compared.of(rest, rest)
    assert report_words.of_aspect(compared, 4)[0] == "Survei kepuasan tidak terbaca."
    assert not [one for one in recommendations.recommendations(compared).get(4, ()) if "survei" in one]
