"""Figures come out on fixed days, once, and are frozen; what keeps them back is told, and a person settles it."""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from processor.cases import case_file, office_keys, survey_store, testimonials
from processor.cases.published_files import PublishedFiles
from processor.cases.records import Event
from processor.cases.register import Register
from processor.evaluation import frozen_publication
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError
from processor.operations import daily_pass, side_journal
from processor.operations.act_journal import Person
from processor.operations.figures import fact_store, figure_release, next_publication
from processor.operations.office import Office, open_office
from processor.operations.pass_report import PassReport
from processor.site import publish, published_figures
from tests.cases import test_testimonials
from tests.office import agency, everything, file, response

BEGUN = datetime(2026, 3, 3, 1, tzinfo=UTC)
DAY = datetime(2026, 4, 15, 1, tzinfo=UTC)
BY = Person("kabag", "akun")


def kinds(*counts: int) -> Iterator[str]:
    for kind, count in zip(("pendapat_hukum", "nasihat_hukum", "informasi_hukum"), counts, strict=False):
        yield from [kind] * count


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in March with 15 requests that publishes on the 15th, and has met that setting."""
    folder = tmp_path_factory.mktemp("kantor")
    settings = agency(folder, evaluasi={"terbit": 15})
    office_keys.create_key_files(settings.office_key, settings.recipients)
    keys = office_keys.load(settings.office_key, settings.recipients)
    Register(settings.register, keys, settings.taksonomi).prepare()
    office = open_office(settings, lambda: BEGUN)
    responses = [response(n, minute=n, bentuk=kind) for n, kind in enumerate(kinds(9, 5, 1), start=1)]
    file(office.register, *responses)
    assert released(office).news == []
    return folder


@pytest.fixture
def office(begun: Path, tmp_path: Path) -> Office:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return at(tmp_path, DAY)


def at(folder: Path, now: datetime, **evaluation: object) -> Office:
    return open_office(agency(folder, evaluasi={"terbit": 15, **evaluation}), lambda: now, any_register=True)


def released(office: Office) -> PassReport:
    report = PassReport()
    figure_release.release_due(office, report)
    return report


def names(office: Office) -> list[str]:
    return [one.name for one in figure_release.state_of(office).published]


def kinds_shown(office: Office, name: str) -> dict[str, int]:
    text = next_publication.files_of(office).texts()[name]
    shown = {key: n for table in frozen_publication.from_json(text).figures.tables for key, n in table.shown.items()}
    return {
        dict(key).get("bentuk", ""): n for key, n in shown.items() if {axis for axis, _ in key} <= {"periode", "bentuk"}
    }


def test_an_office_that_set_no_day_publishes_nothing_and_keeps_nothing(tmp_path: Path, begun: Path) -> None:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    before = everything(tmp_path / "register")
    office = open_office(agency(tmp_path), lambda: DAY)
    assert released(office) == PassReport()
    assert everything(tmp_path / "register") == before


def test_on_the_fixed_day_the_ended_quarter_is_published_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert released(at(office.settings.path.parent, datetime(2026, 4, 14, 1, tzinfo=UTC))).news == []
    [said] = released(office).news
    assert said.startswith("Kinerja layanan: angka Triwulan I Tahun 2026 diterbitkan")
    assert kinds_shown(office, "2026-1") == {"": 15, "pendapat_hukum": 9}
    before = everything(office.register.folder)
    monkeypatch.setattr(PublishedFiles, "texts", None)
    assert released(office) == PassReport(), "nothing is due, so nothing but the state is read"
    assert everything(office.register.folder) == before
    assert figure_release.next_day(office) == date(2026, 7, 15)


def test_a_pass_publishes_figures_and_a_late_case_changes_nothing_of_them(office: Office) -> None:
    files, site = next_publication.files_of(office), office.settings.site
    site.mkdir()
    (site / "lain.html").touch()  # no place for a site, so none is built
    assert "angka Triwulan I Tahun 2026 diterbitkan" in " ".join(daily_pass.run_pass(office).news)
    text = files.texts()["2026-1"]
    file(office.register, response(20, minute=20))
    later = at(office.settings.path.parent, datetime(2026, 7, 15, 1, tzinfo=UTC))
    released(later)
    assert names(later) == ["2026-1", "2026-2"]
    assert files.texts()["2026-1"] == text


def test_what_the_site_is_made_of_moves_when_figures_are_published_and_not_when_a_case_comes(office: Office) -> None:
    def made_of() -> tuple[str, list[object]]:
        return publish.inputs_digest(office.settings), published_figures.read(office.settings)

    before = made_of()
    assert before[1] == []
    released(office)
    frozen = made_of()
    assert frozen[0] != before[0]
    file(office.register, response(20, minute=20))
    path = office.register.path("BH-2026-0003") / case_file.FILE_NAME
    path.write_text(path.read_text("utf-8").replace("  topik:", "  topik: netralitas"), "utf-8")
    shutil.rmtree(office.register.path("BH-2026-0004"))
    assert released(office) == PassReport()
    assert made_of() == frozen


def test_a_testimonial_that_two_officers_approved_comes_with_the_publication(office: Office) -> None:
    def voices() -> list[str]:
        found = published_figures.voices(office.settings, published_figures.read(office.settings))
        return [one["sebagai"] for one in found]

    test_testimonials.put(office.register.folder)
    test_testimonials.decide(office.register.folder)
    assert voices() == []
    released(office)
    assert voices() == ["Seorang guru"]
    made_of = publish.inputs_digest(office.settings)
    test_testimonials.decide(office.register.folder, testimonials.WITHDRAWN, day=6)
    assert voices() == []
    assert publish.inputs_digest(office.settings) != made_of


def test_a_year_fits_its_quarters_though_cases_moved_meanwhile_and_can_be_counted_again(office: Office) -> None:
    released(office)
    file(office.register, response(20, minute=20), response(21, minute=21))
    january = at(office.settings.path.parent, datetime(2027, 1, 20, 1, tzinfo=UTC))
    assert len(released(january).news) == 4
    assert names(january) == ["2026-1", "2026-2", "2026-3", "2026-4", "2026"]
    assert kinds_shown(january, "2026")[""] == 15
    file(office.register, *(response(n, minute=n) for n in range(22, 25)))
    figure_release.ask_again(office, BY, "2026", "lima permohonan tercecer")
    april = at(office.settings.path.parent, datetime(2027, 4, 20, 1, tzinfo=UTC))
    assert released(april).problems == []
    assert kinds_shown(april, "2026~2")[""] == 20


def test_what_was_counted_is_sealed_and_a_damaged_count_is_as_if_lost(office: Office) -> None:
    released(office)
    path = office.register.folder / "kinerja" / "2026-1.hitungan.age"
    files, counting = next_publication.files_of(office), fact_store.counting_rules(office)
    counted = next_publication._Counted(files, office.register.unseal, (), None, (), (), counting, DAY, ())
    kept = counted.kept(Period(2026, 1))
    assert kept is not None
    assert kept[1].counts["2026/1", "informasi_hukum"] == 1
    assert b"informasi_hukum" not in path.read_bytes()
    path.write_bytes(b"rusak")
    assert counted.kept(Period(2026, 1)) is None


def test_the_same_register_on_the_same_day_gives_the_same_bytes(office: Office) -> None:
    first, again = (
        [frozen_publication.to_json(one.publication) for one in next_publication.prepare(office, DAY.date())]
        for _ in range(2)
    )
    assert first == again != []


def test_without_the_extra_nothing_is_published_and_every_pass_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    for _ in range(2):
        [problem] = released(office).problems
        assert "jatuh terbit 15 April 2026 ditahan" in problem.message
        assert "payung[evaluasi]" in problem.message
    assert names(office) == []
    monkeypatch.undo()
    assert released(office).problems == []
    assert names(office) == ["2026-1"]


def test_a_request_that_cannot_be_read_holds_its_quarter_back_and_is_not_read_at_every_pass(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.register.path("BH-2026-0003") / case_file.FILE_NAME
    text = path.read_text("utf-8")
    path.write_text("bukan: [yaml", "utf-8")
    [problem] = released(office).problems
    assert "tidak terbaca" in problem.message
    monkeypatch.setattr(fact_store, "facts_of", None)
    assert released(office).problems == [problem]
    monkeypatch.undo()
    path.write_text(text, "utf-8")
    released(at(office.settings.path.parent, datetime(2026, 4, 16, 1, tzinfo=UTC)))
    assert names(office) == ["2026-1"]


def test_a_damaged_survey_holds_the_figures_back_and_they_are_not_counted_at_every_pass(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey_store.write_answers(office.register, survey_store.SurveyAnswers())
    path = office.register.folder / "survei" / "jawaban.age"
    content = path.read_bytes()
    path.write_bytes(content[:-9])
    [problem] = released(office).problems
    assert "jawaban.age" in problem.message
    monkeypatch.setattr(fact_store, "facts_of", None)
    assert released(office).problems == [problem]
    monkeypatch.undo()
    path.write_bytes(content)
    released(at(office.settings.path.parent, datetime(2026, 4, 16, 1, tzinfo=UTC)))
    assert names(office) == ["2026-1"]


def forget_register(office: Office) -> None:
    shutil.rmtree(office.register.folder / "kinerja")


def forget_memory(office: Office) -> None:
    (office.settings.office_key.parent / "ingatan-kinerja.json").unlink()


def forget_both(office: Office) -> None:
    """All but what the site shows."""
    (office.settings.site / "kinerja").mkdir(parents=True)
    published_figures.add_open_data(office.settings, office.settings.site, published_figures.read(office.settings))
    forget_register(office)
    forget_memory(office)


@pytest.mark.parametrize(
    ("lose", "said"),
    [
        (forget_register, "register lebih lama"),
        (forget_memory, "ingatan komputer ini hilang"),
        (forget_both, "register dan ingatan lebih lama daripada situs"),
    ],
)
def test_what_only_one_place_remembers_holds_the_next_publication_until_a_person_settles_it(
    office: Office, lose: Callable[[Office], None], said: str
) -> None:
    released(office)
    text = next_publication.files_of(office).texts()["2026-1"]
    before = published_figures.read(office.settings)
    lose(office)
    assert published_figures.read(office.settings) == before, "the page goes on by what is left"
    july = at(office.settings.path.parent, datetime(2026, 7, 16, 1, tzinfo=UTC))
    [problem] = released(july).problems
    assert said in problem.message
    assert "2026-1" in problem.message
    assert figure_release.state_of(july).held in problem.message
    released_by_it = figure_release.settle(july, BY, "register dipulihkan dari cadangan")
    assert [str(one) for one in released_by_it] == ["2026-2"]
    assert released(july).problems == []
    assert names(july) == ["2026-1", "2026-2"]
    assert next_publication.files_of(july).texts()["2026-1"] == text


def test_a_publication_that_was_changed_is_not_settled(office: Office) -> None:
    released(office)
    path = office.register.folder / "kinerja" / "2026-1.json"
    path.write_text(path.read_text("utf-8").replace("15", "16"), "utf-8")
    july = at(office.settings.path.parent, datetime(2026, 7, 15, 1, tzinfo=UTC))
    assert "kinerja/2026-1.json" in released(july).problems[0].message
    with pytest.raises(PayungError, match="dari cadangan"):
        figure_release.settle(july, BY, "entah")


@pytest.mark.parametrize(
    ("name", "said"),
    [("catatan", "kinerja/catatan.json: Terbitan"), ("2026-4", "kinerja/2026-4.json memuat terbitan 2026-1")],
)
def test_a_file_that_is_no_publication_is_named_and_not_taken(office: Office, name: str, said: str) -> None:
    released(office)
    text = next_publication.files_of(office).texts()["2026-1"]
    (office.register.folder / "kinerja" / f"{name}.json").write_text("[]" if name == "catatan" else text, "utf-8")
    july = at(office.settings.path.parent, datetime(2026, 7, 15, 1, tzinfo=UTC))
    assert name in released(july).problems[0].message
    with pytest.raises(PayungError, match=said):
        figure_release.settle(july, BY, "entah")


def test_a_correction_waits_for_the_next_publication_and_is_audited_with_it(office: Office) -> None:
    with pytest.raises(PayungError, match="belum pernah diterbitkan"):
        figure_release.ask_again(office, BY, "2026-1", "salah catat")
    released(office)
    file(office.register, *(response(n, minute=n) for n in range(20, 24)))
    first = next_publication.files_of(office).texts()["2026-1"]
    assert figure_release.ask_again(office, BY, "2026-1", "empat permohonan tercecer") == Period(2026, 1)
    with pytest.raises(PayungError, match="sudah menunggu"):
        figure_release.ask_again(office, BY, "2026-1", "lagi")
    for decide in (partial(figure_release.ask_again, office, BY, "2026-1"), partial(figure_release.settle, office, BY)):
        with pytest.raises(PayungError, match="tanpa NIP"):
            decide("milik 198001012005011901")
    assert released(office).news == []
    july = at(office.settings.path.parent, datetime(2026, 7, 15, 1, tzinfo=UTC))
    assert "hitungan ke-2" in released(july).news[0]
    assert names(july) == ["2026-1", "2026-1~2", "2026-2"]
    assert kinds_shown(july, "2026-1~2")[""] == 19
    assert next_publication.files_of(office).texts()["2026-1"] == first
    assert figure_release.state_of(july).asked == ()


def test_a_correction_by_one_request_is_not_shown(office: Office) -> None:
    released(office)
    file(office.register, response(20, minute=20))
    figure_release.ask_again(office, BY, "2026-1", "satu permohonan tercecer")
    july = at(office.settings.path.parent, datetime(2026, 7, 15, 1, tzinfo=UTC))
    released(july)
    assert kinds_shown(july, "2026-1~2") == {}


def test_an_office_that_was_off_on_the_day_publishes_when_it_is_back(office: Office) -> None:
    october = at(office.settings.path.parent, datetime(2026, 10, 20, 1, tzinfo=UTC))
    assert len(released(october).news) == 3
    assert figure_release.next_day(october) == date(2027, 1, 15)


@pytest.mark.parametrize(
    "left", ["{", "[]", '{"hari": 15}', '{"hari": 15, "berikut": 7}', '{"hari": 3, "berikut": "2026-01-03"}']
)
def test_a_state_that_is_lost_or_of_another_day_publishes_nothing_early(office: Office, left: str) -> None:
    released(office)
    (office.register.state_folder / "kinerja.json").write_text(left)
    assert released(office) == PassReport()
    assert figure_release.next_day(office) == date(2026, 7, 15)


def test_units_are_published_only_where_the_office_says_so(begun: Path, tmp_path: Path) -> None:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    office = at(tmp_path, DAY)
    units = [{"kode": "DISDIK", "nama": "Dinas Pendidikan"}]
    for wanted in ("tidak", "ya"):
        found = agency(tmp_path, evaluasi={"terbit": 15, "terbit_unit": wanted}, unit=units)
        [one] = next_publication.prepare(replace(office, settings=found), DAY.date())
        assert ("unit" in [table.name for table in one.counts]) == (wanted == "ya")


def test_the_journal_of_publications_holds_digests_and_who_asked(office: Office) -> None:
    released(office)
    figure_release.ask_again(office, BY, "2026-1", "salah catat")
    lines = (office.register.folder / "kinerja" / "riwayat.jsonl").read_text("utf-8").splitlines()
    kinds = [json.loads(line)["peristiwa"] for line in lines]
    assert kinds == ["terbit", "koreksi"]
    assert json.loads(lines[1])["pelaku"] == "kabag"
    text = next_publication.files_of(office).texts()["2026-1"]
    assert json.loads(lines[0])["rincian"] == {"2026-1": hashlib.sha256(text.encode()).hexdigest()}


def test_a_line_of_the_journal_without_a_period_keeps_nothing_back(office: Office) -> None:
    released(office)
    damaged = Event(next_publication.CORRECTION, office.now(), "kabag", {})
    side_journal.append(office.register, next_publication.FOLDER, damaged)
    assert figure_release.state_of(office).asked == ()
