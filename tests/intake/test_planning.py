"""What counts as one request: never a loss, never a silent merge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.cases.dossier import open_dossier, serialise
from processor.cases.records import Response
from processor.foundation import yaml_reader
from processor.intake import known_cases, planning
from processor.intake.recognition import Decision, Recognition, remember
from tests.office import START, edited, file, register, response


def plan(known: dict[str, Recognition], *responses: Response) -> list[Decision]:
    """Plan ``responses`` and let ``known`` learn the outcome, as the register would."""
    numbers = (f"BH-2026-{n:04d}" for n in count(len(known) + 1))
    outcomes = planning.plan(
        responses, known_cases.KnownRecognitions(known), lambda kind, text: f"{kind}:{text}", numbers
    )
    for one in outcomes:
        remember(known, one)
    return list(outcomes)


def kinds(outcomes: list[Decision]) -> list[tuple[str, str]]:
    return [(one.kind, one.number[-1]) for one in outcomes]


def test_the_same_export_read_twice_files_nothing_new() -> None:
    known: dict[str, Recognition] = {}
    rows = [response(1), response(2, minute=1)]
    assert kinds(plan(known, *rows)) == [("baru", "1"), ("baru", "2")]
    assert kinds(plan(known, *rows)) == [("sama", "1"), ("sama", "2")]


def test_export_and_api_are_one_case_either_way_round() -> None:
    row = response(1)
    api = replace(row, source="google", key="abc", created=row.submitted)
    for first, second in ((row, api), (api, row)):
        known: dict[str, Recognition] = {}
        plan(known, first)
        assert plan(known, second)[0].kind in {"dikenali", "sama"}
        assert plan(known, second)[0].kind == "sama"


def test_spelling_differences_between_sources_are_no_edit() -> None:
    known: dict[str, Recognition] = {}
    plan(known, response(1, dokumen="https://drive.google.com/open?id=abcdefgh1"))
    again = response(
        1,
        nip="19800101 200501 1 901",
        telepon="+62 812-0000-0001",
        email="Orang1@Example.org",
        uraian="Sebuah\r\npersoalan. ",
        dokumen="https://drive.google.com/u/0/open?usp=forms_web&id=abcdefgh1",
    )
    assert plan(known, again)[0].kind == "sama"


def test_an_edit_by_id_says_which_fields_changed() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="abc")
    plan(known, one)
    outcome = plan(known, edited(one, minute=9, uraian="Lain.", telepon="0812 9999 9999"))[0]
    assert (outcome.kind, outcome.fields) == ("diubah", ("telepon", "uraian"))


def test_an_export_after_an_edit_is_the_same_case() -> None:
    known: dict[str, Recognition] = {}
    one, other = response(1, uraian="Perkara satu."), response(2, minute=1)
    plan(known, one, other)
    outcomes = plan(known, other, edited(one, minute=30, pertanyaan="Lain?"))
    assert kinds(outcomes) == [("sama", "2"), ("diubah", "1")]
    assert kinds(plan(known, other, edited(one, minute=30, pertanyaan="Lain?"))) == [("sama", "2"), ("sama", "1")]


def test_an_old_export_after_an_edit_does_not_undo_it() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="abc")
    plan(known, one)
    plan(known, edited(one, minute=30, pertanyaan="Lain?"))
    assert kinds(plan(known, response(1))) == [("sama", "1")]


def test_an_edit_taken_back_is_an_edit_too() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="abc")
    for minute, text in ((5, "Lain?"), (9, "Apa hukumnya?")):
        plan(known, one)
        outcome = plan(known, edited(one, minute=minute, pertanyaan=text))[0]
        assert (outcome.kind, outcome.fields) == ("diubah", ("pertanyaan",))


def test_a_second_request_of_one_person_is_a_case_of_its_own() -> None:
    known: dict[str, Recognition] = {}
    outcomes = plan(known, response(1), response(1, minute=50, uraian="Hal lain.", pertanyaan="Apa itu?"))
    assert [(one.kind, one.possible_duplicates) for one in outcomes] == [("baru", ()), ("baru", ())]


def test_equal_words_at_two_moments_are_two_cases_that_point_at_each_other(tmp_path: Path) -> None:
    made = register(tmp_path)
    outcomes = file(made, response(1), response(1, minute=3))
    assert [one.kind for one in outcomes] == ["baru", "baru"]
    for number, other in (("BH-2026-0001", "BH-2026-0002"), ("BH-2026-0002", "BH-2026-0001")):
        case = made.read(number).case
        assert case is not None
        assert any(other in finding for finding in case.temuan)


def test_a_doubtful_row_points_at_a_case_filed_long_ago_and_back(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1))
    for _ in range(2):
        file(made, response(1, minute=3, uraian="Semuanya lain.", pertanyaan="Juga ini."))
    events = made.read("BH-2026-0001").events
    assert [event.data["kembaran"] for event in events if event.kind == "mungkin_sama"] == [["BH-2026-0002"]]
    case = made.read("BH-2026-0002").case
    assert case is not None
    assert any("BH-2026-0001" in finding for finding in case.temuan)


def test_the_only_row_with_the_same_facts_is_an_edit_and_with_others_is_doubtful() -> None:
    one = response(1)
    for change, kind in (({"pertanyaan": "Lain?"}, "diubah"), ({"uraian": "Lain."}, "baru")):
        known: dict[str, Recognition] = {}
        plan(known, one)
        outcome = plan(known, edited(one, minute=9, **change))[0]
        assert (outcome.kind, bool(outcome.possible_duplicates)) == (kind, kind == "baru")


def test_a_listing_of_another_month_edits_nothing() -> None:
    known: dict[str, Recognition] = {}
    plan(known, response(1, uraian="Perkara Maret."), response(2, minute=1))
    later = response(1, minute=9000, uraian="Perkara April.")
    assert [one.kind for one in plan(known, later, response(3, minute=9001))] == ["baru", "baru"]


@pytest.mark.parametrize("shared", [{"telepon": "-"}, {"telepon": "0751 31458"}, {"email": "kantor@example.org"}])
def test_two_people_are_never_one_whatever_they_share(shared: dict[str, str]) -> None:
    known: dict[str, Recognition] = {}
    one = edited(response(1), minute=0, uraian="Perkara satu.", **shared)
    plan(known, one, response(3, minute=1))
    other = {**response(2).answers, **shared, "pertanyaan": "Apa hukumnya?"}
    outcomes = plan(known, response(3, minute=1), replace(one, answers=other, submitted=START + timedelta(hours=3)))
    assert [outcome.kind for outcome in outcomes] == ["sama", "baru"]


@pytest.mark.parametrize("first", [0, 1])
def test_two_rows_of_one_minute_are_two_requests(first: int) -> None:
    known: dict[str, Recognition] = {}
    rows = [response(1, uraian="Satu."), response(1, uraian="Dua.")]
    assert [one.kind for one in plan(known, rows[first])] == ["baru"]
    assert sorted(one.kind for one in plan(known, *rows)) == ["baru", "sama"]
    assert [one.kind for one in plan(known, *rows)] == ["sama", "sama"]


def test_one_code_in_two_responses_of_the_source_is_doubtful_not_merged() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="a", kode_lacak="abc")
    two = response(1, minute=5, source="google", key="b", kode_lacak="abc", uraian="Lain.", pertanyaan="Lain.")
    outcomes = plan(known, one, two)
    assert (outcomes[1].kind, outcomes[1].possible_duplicates) == ("baru", ("BH-2026-0001",))


def test_one_id_twice_in_a_listing_is_one_request_and_its_edit() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="a")
    assert kinds(plan(known, one, edited(one, minute=9, uraian="Lain."))) == [("baru", "1"), ("diubah", "1")]


def test_two_ids_of_a_source_are_two_requests_though_words_and_moment_are_equal() -> None:
    known: dict[str, Recognition] = {}
    outcomes = [plan(known, response(1, source="google", key=key))[0] for key in "ab"]
    assert kinds(outcomes) == [("baru", "1"), ("baru", "2")]
    assert outcomes[1].possible_duplicates == ("BH-2026-0001",)


def test_a_sentence_that_somebody_else_wrote_too_makes_no_edit() -> None:
    known: dict[str, Recognition] = {}
    one, other = response(1, uraian="Mohon pendapat hukum."), response(2, minute=1, uraian="Mohon pendapat hukum.")
    plan(known, one, other)
    outcomes = plan(known, other, edited(one, minute=30, alamat="Jalan Lain Nomor 2"))
    assert kinds(outcomes) == [("sama", "2"), ("baru", "3")]
    assert outcomes[1].possible_duplicates == ("BH-2026-0001",)


def test_a_doubtful_case_takes_in_no_edit() -> None:
    known: dict[str, Recognition] = {}
    one, other = response(1, uraian="Perkara satu.", pertanyaan="Satu?"), response(2, minute=1)
    plan(known, one, other)
    doubtful = response(1, minute=20, uraian="Perkara dua.", pertanyaan="Dua?")
    assert plan(known, other, doubtful)[1].possible_duplicates == ("BH-2026-0001",), "it took the place of the first"
    outcomes = plan(known, other, doubtful, edited(one, minute=30, pertanyaan="Lain?"))
    assert kinds(outcomes) == [("sama", "2"), ("sama", "3"), ("baru", "4")]
    assert "BH-2026-0001" in outcomes[2].possible_duplicates


def test_a_column_that_one_source_lacks_is_no_edit() -> None:
    known: dict[str, Recognition] = {}
    one = response(1)
    plan(known, one)
    fewer = replace(one, answers={key: text for key, text in one.answers.items() if key != "jabatan"})
    assert plan(known, fewer)[0].kind == "sama"


@dataclass
class World:
    """What applicants really did: each submission with its versions, and which of them a source has shown."""

    versions: list[list[Response]] = field(default_factory=list)
    precise: bool = True
    events: Iterator[int] = field(default_factory=count)
    listed: int = 0

    def moment(self) -> datetime:
        """The time of the next event: 26 seconds later, or known to the minute only."""
        now = START + timedelta(seconds=26 * next(self.events))
        return now if self.precise else now.replace(second=0)

    def submit(self, person: int, facts: str, question: str) -> None:
        number = len(self.versions)
        words = {"uraian": facts, "pertanyaan": question, "jabatan": f"J{number}", "telepon": "-"}
        one = response(person)
        self.versions.append([replace(one, answers={**one.answers, **words}, submitted=self.moment())])

    def edit(self, which: int, key: str, text: str) -> None:
        if self.versions:
            versions = self.versions[which % len(self.versions)]
            answers = {**versions[-1].answers, key: text}
            versions.append(replace(versions[-1], answers=answers, submitted=self.moment()))

    def export(self) -> list[Response]:
        self.listed = len(self.versions)
        return [versions[-1] for versions in self.versions]

    def part(self) -> list[Response]:
        """An export of a sheet from which somebody took away what was exported before."""
        return [versions[-1] for versions in self.versions[self.listed :]]

    def api(self) -> list[Response]:
        return [
            replace(versions[-1], source="google", key=f"id{n}", created=versions[0].submitted)
            for n, versions in enumerate(self.versions)
        ]


texts = st.sampled_from(["A", "B", "C"])
actions = st.lists(
    st.one_of(
        st.tuples(st.just("submit"), st.integers(1, 2), texts, texts),
        st.tuples(st.just("edit"), st.integers(0, 5), st.sampled_from(["uraian", "pertanyaan", "alamat"]), texts),
        st.tuples(st.just("export")),
        st.tuples(st.just("part")),
        st.tuples(st.just("api")),
        st.tuples(st.just("staff"), st.integers(0, 5)),
    ),
    min_size=3,
    max_size=14,
)


def submission(one: Response) -> str:
    """Which submission a response is of: told by a field that nobody edits."""
    return one.answers["jabatan"]


@given(actions, st.booleans())
def test_no_history_loses_a_version_or_merges_two_requests(history: list[tuple[object, ...]], precise: bool) -> None:  # noqa: FBT001
    """Rows of one person with the very same facts may share a case; others never do."""
    world, known = World(precise=precise), dict[str, Recognition]()
    shown: dict[str, dict[str, str]] = {}
    twins: set[tuple[str, str]] = set()
    texts_of: dict[str, list[dict[str, str]]] = {}
    for name, *values in [*history, ("export",), ("api",)]:
        if name in {"submit", "edit"}:
            getattr(world, str(name))(*values)
        elif name in {"export", "part", "api"}:
            for one in plan(known, *getattr(world, str(name))()):
                facts, held = one.response.answers["uraian"], shown.setdefault(one.number, {})
                same = not held or submission(one.response) in held or facts in held.values()
                assert same, "one case holds two requests"
                held[submission(one.response)] = facts
                twins |= {(one.number, other) for other in one.possible_duplicates}
                kept = texts_of.setdefault(one.number, [])
                if one.kind in {"baru", "diubah", "berbeda"}:
                    kept.append(dict(one.response.answers))
                assert dict(one.response.answers) in kept, "a version that was shown is in no case"
    cases: dict[str, list[str]] = {}
    for number, held in shown.items():
        cases.setdefault(next(iter(held)), []).append(number if len(held) == 1 else "")
    linked = twins | {(b, a) for a, b in twins}
    for numbers in (numbers for numbers in cases.values() if "" not in numbers):
        assert all(any((one, other) in linked for other in numbers) for one in numbers if len(numbers) > 1)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions)
def test_the_register_agrees_with_the_plan_and_keeps_what_staff_wrote(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[object, ...]]
) -> None:
    world, made = World(), register(tmp_path_factory.mktemp("kantor"))
    written: dict[str, bytes] = {}
    known: dict[str, Recognition] = {}
    for name, *values in [*history, ("export",), ("api",), ("api",)]:
        if name in {"submit", "edit"}:
            getattr(world, str(name))(*values)
        elif name == "staff" and made.numbers():
            number = made.numbers()[int(str(values[0])) % len(made.numbers())]
            path = made.path(number) / "permohonan.yaml"
            text = path.read_text("utf-8").replace("  analis:\n", "  analis: Analis Contoh  # dari rapat\n", 1)
            path.write_text(text + "catatan_kantor: jangan hilang\n" * ("catatan_kantor" not in text), "utf-8")
            written[number] = path.read_bytes()
        elif name != "staff":
            listing = getattr(world, str(name))()
            assert [o.kind for o in file(made, *listing)] == [o.kind for o in plan(known, *listing)]
    assert all(not made.read(number).problems for number in made.numbers())
    assert made.numbers() == [f"BH-2026-{n:04d}" for n in range(1, len(known) + 1)]
    for number, content in written.items():
        path = made.path(number) / "permohonan.yaml"
        assert path.read_bytes() == content
        assert yaml_reader.read(path).data["catatan_kantor"] == "jangan hilang"


# What makes a row certain, and what leaves it in doubt


def test_rows_are_taken_in_the_order_in_which_they_were_sent_and_those_without_a_time_last() -> None:
    late, early, timeless = response(2, minute=5), response(1), replace(response(3), submitted=None)
    outcomes = plan({}, timeless, late, early)
    assert [one.response for one in outcomes] == [early, late, timeless]
    assert [one.number[-1] for one in outcomes] == ["1", "2", "3"]


def test_a_row_without_a_time_is_known_by_its_words() -> None:
    known: dict[str, Recognition] = {}
    one, other = response(1), response(2, minute=1)
    plan(known, one, other)
    assert kinds(plan(known, other, replace(one, submitted=None))) == [("sama", "2"), ("sama", "1")]


def test_other_words_of_one_person_at_one_second_are_the_same_sending_and_at_one_minute_a_doubt() -> None:
    for moment, kind in ((START, "berbeda"), (START.replace(second=0), "baru")):
        known: dict[str, Recognition] = {}
        one, other = replace(response(1), submitted=moment), response(2, minute=1)
        plan(known, one, other)
        words = {**one.answers, "uraian": "Lain.", "pertanyaan": "Lain?", "kode_lacak": ""}
        outcomes = {o.response.answers["nip"]: o for o in plan(known, replace(one, answers=words), other)}
        mine = outcomes[one.answers["nip"]]
        assert (mine.kind, mine.possible_duplicates) == (kind, () if kind == "berbeda" else ("BH-2026-0001",))


def test_two_rows_that_could_both_be_the_edit_are_two_requests() -> None:
    known: dict[str, Recognition] = {}
    one = response(1)
    plan(known, one, response(2, minute=1))
    rows = [replace(one, answers={**one.answers, "uraian": text, "pertanyaan": text}) for text in ("Dua.", "Tiga.")]
    outcomes = plan(known, *rows, response(2, minute=1))
    assert [outcome.kind for outcome in outcomes] == ["baru", "baru", "sama"]


def test_a_row_that_stands_twice_in_a_listing_is_one_request() -> None:
    known: dict[str, Recognition] = {}
    assert kinds(plan(known, response(1), response(1))) == [("baru", "1"), ("sama", "1")]
    assert kinds(plan(known, response(1), response(1))) == [("sama", "1"), ("sama", "1")]


def test_another_id_of_the_source_is_another_request_though_the_first_is_gone() -> None:
    known: dict[str, Recognition] = {}
    one, other = response(1, source="google", key="a", uraian="Perkara satu."), response(2, source="google", key="b")
    plan(known, one, other)
    later = replace(edited(one, minute=30, pertanyaan="Lain?"), key="c", created=None)
    assert kinds(plan(known, other, later)) == [("sama", "2"), ("baru", "3")]


def test_only_a_complete_listing_says_what_is_gone() -> None:
    one, other = response(1, uraian="Perkara satu."), response(2, minute=1)
    for batch, kind in (("contoh.csv", "diubah"), ("", "baru")):
        known: dict[str, Recognition] = {}
        plan(known, one, other)
        listing = [replace(row, batch=batch) for row in (other, edited(one, minute=30, pertanyaan="Lain?"))]
        assert [outcome.kind for outcome in plan(known, *listing)] == ["sama", kind]


def test_who_has_the_code_edits_though_all_that_told_the_person_is_new() -> None:
    known: dict[str, Recognition] = {}
    one, other = response(1, kode_lacak="abc", uraian="Perkara satu."), response(2, minute=1)
    plan(known, one, other)
    new = {key: response(3).answers[key] for key in ("nama", "nip", "email", "telepon")}
    assert kinds(plan(known, other, edited(one, minute=30, **new)))[-1] == ("diubah", "1")


def test_a_listing_from_between_two_edits_undoes_none_of_them() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="a")
    for row in (one, edited(one, minute=5, pertanyaan="Dua?"), edited(one, minute=30, pertanyaan="Tiga?")):
        plan(known, row)
    assert kinds(plan(known, response(1, minute=5, pertanyaan="Dua?"))) == [("sama", "1")]


def test_two_versions_of_a_case_in_one_listing_are_two_rows() -> None:
    known: dict[str, Recognition] = {}
    one = response(1, source="google", key="a")
    later = edited(one, minute=9, uraian="Lain.")
    plan(known, one)
    plan(known, later)
    rows = [replace(row, source="ekspor", key="", created=None) for row in (one, later)]
    outcomes = plan(known, *rows)
    assert [(o.kind, o.possible_duplicates) for o in outcomes] == [("sama", ()), ("baru", ("BH-2026-0001",))]


def test_the_question_makes_an_edit_only_where_the_listing_explains_what_is_gone() -> None:
    one, other, third = response(1, pertanyaan="Satu?"), response(2, minute=1), response(3, minute=2)
    changed = edited(one, minute=30, uraian="Lain.")
    known: dict[str, Recognition] = {}
    plan(known, one, other, third)
    assert kinds(plan(known, other, third, changed))[-1] == ("diubah", "1"), "one is gone, one is new"
    known = {}
    plan(known, one, other, third)
    assert kinds(plan(known, third, changed))[-1] == ("baru", "4"), "two are gone: a listing of later days"
    known = {}
    early, later = response(2), replace(one, submitted=START + timedelta(minutes=5))
    plan(known, early, later, response(3, minute=6))
    assert kinds(plan(known, early, changed))[-1] == ("diubah", "2"), "the listing reaches back before it"


def test_a_listing_that_knows_nothing_explains_nothing() -> None:
    known: dict[str, Recognition] = {}
    plan(known, response(1, pertanyaan="Satu?"))
    assert kinds(plan(known, response(1, minute=30, pertanyaan="Satu?", uraian="Lain."))) == [("baru", "2")]


@pytest.mark.parametrize(("minute", "kind"), [(30, "diubah"), (9, "baru"), (5, "baru"), (0, "baru")])
def test_who_has_the_code_edits_what_is_older_whatever_the_words(minute: int, kind: str) -> None:
    known: dict[str, Recognition] = {}
    start = START.replace(second=0)
    one = replace(response(1, kode_lacak="abc", source="google", key="a"), submitted=start)
    other = response(2, minute=1)
    plan(known, one)
    plan(known, replace(edited(one, minute=9, uraian="Dua."), submitted=start + timedelta(minutes=9)))
    plan(known, other)
    words = {**one.answers, "uraian": "Tiga.", "pertanyaan": "Tiga?"}
    row = replace(one, source="ekspor", key="", answers=words, submitted=start + timedelta(minutes=minute))
    outcomes = {o.response.answers["nip"]: o.kind for o in plan(known, other, row)}
    assert outcomes[one.answers["nip"]] == kind


def test_candidates_come_in_the_order_of_filing() -> None:
    numbers = [f"BH-{year}-{n:04d}" for year in (2025, 2026) for n in (*range(1, 12), 10000)]
    traces = [Recognition(number, fingerprints=({"nip": "a"},)) for number in numbers]
    finder = known_cases.CandidateFinder(reversed(traces))
    assert finder.near(Recognition(fingerprints=({"nip": "a"},))) == numbers
    assert finder.near(Recognition(fingerprints=({"nip": "b"},))) == []


# What became of a row on its way


ONE = "BH-2026-0001"
NIPS = ("198001012005011891", "198001012005011892")
DAMAGED = {
    "fifteen digits": [nip[:15] + "000" for nip in NIPS],
    "eighteen others": [str(int(float(nip))) for nip in NIPS],
    "exponent": ["1,98001E+17"] * 2,
    "emptied": ["", ""],
}


def with_nips(nips: Sequence[str], moment: datetime = START, phone: str = "0812 0000 0001") -> list[Response]:
    return [replace(response(n, nip=nip, telepon=phone), submitted=moment) for n, nip in enumerate(nips, 1)]


@pytest.mark.parametrize("moment", [START, START.replace(second=0)], ids=["second", "minute"])
@pytest.mark.parametrize("nips", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_copy_changes_nothing_and_is_told(tmp_path: Path, nips: list[str], moment: datetime) -> None:
    made = register(tmp_path)
    file(made, *with_nips(NIPS, moment))
    outcomes = file(made, *with_nips(nips, moment))
    told = [(one.kind, one.number[-1], one.worse, one.fields) for one in outcomes]
    assert told == [("sama", "1", ("nip",), ()), ("sama", "2", ("nip",), ())]
    assert [len(made.read(number).events) for number in made.numbers()] == [1, 1]


@pytest.mark.parametrize("nips", DAMAGED.values(), ids=DAMAGED)
def test_a_whole_copy_takes_the_place_of_a_damaged_one_and_is_no_edit(tmp_path: Path, nips: list[str]) -> None:
    made = register(tmp_path)
    file(made, *with_nips(nips))
    outcomes = file(made, *with_nips(NIPS, phone=""))
    assert [(one.kind, one.better, one.worse) for one in outcomes] == [("berbeda", ("nip",), ("telepon",))] * 2
    assert [open_dossier(made, number).applicant.nip for number in made.numbers()] == list(NIPS)
    assert "" not in [open_dossier(made, number).applicant.telepon for number in made.numbers()]
    assert [one.kind for one in file(made, *with_nips(NIPS))] == ["sama", "sama"]


@pytest.mark.parametrize("nip", [NIPS[0], "1,98001E+17"])
def test_a_copy_without_its_seconds_is_the_same_sending_either_way_round(tmp_path: Path, nip: str) -> None:
    whole, cut = with_nips(NIPS[:1]), with_nips([nip], START.replace(second=0))
    for folder, first, second in (("a", whole, cut), ("b", cut, whole)):
        (tmp_path / folder).mkdir()
        made = register(tmp_path / folder)
        file(made, *first)
        (outcome,) = file(made, *second)
        assert (outcome.kind, outcome.number) == ("dikenali" if nip == NIPS[0] or folder == "a" else "berbeda", ONE)
        assert open_dossier(made, ONE).applicant.nip == NIPS[0]
        assert [one.kind for one in (*file(made, *first), *file(made, *second))] == ["sama", "sama"]


@pytest.mark.parametrize("corrected", [False, True])
def test_a_whole_value_comes_back_through_any_damage_unless_the_office_has_corrected_it(
    tmp_path: Path, *, corrected: bool
) -> None:
    made = register(tmp_path)
    file(made, *with_nips(["198001012005011000"]))
    if corrected:
        dossier = open_dossier(made, ONE)
        right = replace(dossier.applicant, nip="198001012005011777")
        correction = {"sebelum": {}, "sesudah": {"nip": right.nip}}
        changed = replace(dossier, applicant=right, corrections=(correction,))
        made.replace_dossier(ONE, made.seal(serialise(changed)))
    for nip in ("1,98503E+17", "198001012005011999", NIPS[0]):
        file(made, *with_nips([nip]))
    assert open_dossier(made, ONE).applicant.nip == ("198001012005011777" if corrected else "198001012005011999")


def test_what_is_other_at_the_same_moment_is_told_and_takes_no_place(tmp_path: Path) -> None:
    made, one = register(tmp_path), response(1)
    file(made, one)
    other = replace(one, answers={**one.answers, "telepon": "0899 1111 2222", "uraian": "Lain."})
    (outcome,) = file(made, other)
    assert (outcome.kind, outcome.fields, outcome.better) == ("berbeda", ("telepon", "uraian"), ())
    assert open_dossier(made, outcome.number).applicant.telepon == one.answers["telepon"]
    assert [each.kind for each in (*file(made, other), *file(made, one))] == ["sama", "sama"]


def test_an_edit_in_a_damaged_export_changes_only_what_is_whole(tmp_path: Path) -> None:
    made, one = register(tmp_path), response(1)
    other = response(2, minute=1, uraian="Hal lain.")
    file(made, one, other)
    outcome = file(made, other, edited(one, minute=9, nip="1,98001E+17", pertanyaan="Lain?"))[1]
    assert (outcome.kind, outcome.fields, outcome.worse) == ("diubah", ("pertanyaan",), ("nip",))
    assert open_dossier(made, outcome.number).applicant.nip == one.answers["nip"]


def test_a_later_sending_that_is_damaged_and_changes_nothing_else_is_no_edit(tmp_path: Path) -> None:
    made, one = register(tmp_path), response(1, source="google", key="abc")
    file(made, one)
    (outcome,) = file(made, edited(one, minute=9, nip="1,98001E+17"))
    assert (outcome.kind, outcome.number, outcome.worse) == ("dikenali", ONE, ("nip",))
    assert open_dossier(made, ONE).applicant.nip == one.answers["nip"]


def test_an_old_damaged_export_undoes_no_edit(tmp_path: Path) -> None:
    made, one = register(tmp_path), response(1, source="google", key="abc", nama="Orang – Rekaan")
    file(made, one)
    file(made, edited(one, minute=30, pertanyaan="Lain?"))
    (outcome,) = file(made, response(1, nama="Orang ? Rekaan"))
    assert (outcome.kind, outcome.number, outcome.worse) == ("sama", "BH-2026-0001", ("nama",))


def test_a_case_that_cannot_be_opened_is_never_overwritten_by_the_same_sending() -> None:
    known: dict[str, Recognition] = {}
    plan(known, response(1))
    assert plan(known, response(1, nip="1,98001E+17"))[0].kind == "berbeda"


def test_people_of_one_address_and_second_point_at_each_other() -> None:
    known: dict[str, Recognition] = {}
    plan(known, response(1, email="kantor@example.org"))
    (outcome,) = plan(known, response(2, email="kantor@example.org", uraian="Lain."))
    assert (outcome.kind, outcome.possible_duplicates) == ("baru", ("BH-2026-0001",))


@pytest.mark.parametrize(("facts", "others"), [("Sebuah persoalan.", ("BH-2026-0001",)), ("Lain.", ())])
def test_a_row_without_a_time_points_at_the_same_facts_of_the_same_person(facts: str, others: tuple[str, ...]) -> None:
    known: dict[str, Recognition] = {}
    plan(known, response(1))
    (outcome,) = plan(known, replace(response(1, uraian=facts, pertanyaan="Lain?"), submitted=None))
    assert (outcome.kind, outcome.possible_duplicates) == ("baru", others)


@pytest.mark.parametrize("before", [datetime(2026, 11, 3, 8, 41, 17, tzinfo=UTC), None])
def test_a_time_that_reads_otherwise_now_is_the_same_sending_and_is_told(before: datetime | None) -> None:
    known: dict[str, Recognition] = {}
    plan(known, replace(response(1), submitted=before))
    now = replace(response(1), submitted=datetime(2026, 3, 11, 8, 41, 17, tzinfo=UTC), other_reading=before)
    (outcome,) = plan(known, now)
    assert (outcome.kind, outcome.number, outcome.fields) == ("berbeda", "BH-2026-0001", ("diajukan",))
    assert plan(known, now)[0].kind == "sama"


def test_two_readings_of_the_same_digits_are_not_one_moment_of_two_requests() -> None:
    known: dict[str, Recognition] = {}
    reading = datetime(2026, 11, 3, 8, 41, 17, tzinfo=UTC)
    plan(known, replace(response(1), submitted=reading))
    now = replace(response(2, uraian="Lain."), submitted=reading.replace(month=3, day=11), other_reading=reading)
    assert plan(known, now)[0].kind == "baru"
