"""What counts as one request: never a loss, never a silent merge."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor import intake, yamltext
from processor.case import Response
from processor.trace import Outcome, Trace, learn
from tests.office import START, edited, file, register, response


def plan(known: dict[str, Trace], *responses: Response) -> list[Outcome]:
    """Plan ``responses`` and let ``known`` learn the outcome, as the register would."""
    numbers = (f"BH-2026-{n:04d}" for n in count(len(known) + 1))
    outcomes = intake.plan(responses, known.values(), lambda kind, text: f"{kind}:{text}", numbers)
    for one in outcomes:
        learn(known, one)
    return list(outcomes)


def kinds(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(one.kind, one.number[-1]) for one in outcomes]


def test_the_same_export_read_twice_files_nothing_new() -> None:
    known: dict[str, Trace] = {}
    rows = [response(1), response(2, minute=1)]
    assert kinds(plan(known, *rows)) == [("baru", "1"), ("baru", "2")]
    assert kinds(plan(known, *rows)) == [("sama", "1"), ("sama", "2")]


def test_export_and_api_are_one_case_either_way_round() -> None:
    row = response(1)
    api = replace(row, source="google", key="abc", created=row.submitted)
    for first, second in ((row, api), (api, row)):
        known: dict[str, Trace] = {}
        plan(known, first)
        assert plan(known, second)[0].kind in {"dikenali", "sama"}
        assert plan(known, second)[0].kind == "sama"


def test_spelling_differences_between_sources_are_no_edit() -> None:
    known: dict[str, Trace] = {}
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
    known: dict[str, Trace] = {}
    one = response(1, source="google", key="abc")
    plan(known, one)
    outcome = plan(known, edited(one, minute=9, uraian="Lain.", telepon="0812 9999 9999"))[0]
    assert (outcome.kind, outcome.fields) == ("diubah", ("telepon", "uraian"))


def test_an_export_after_an_edit_is_the_same_case() -> None:
    known: dict[str, Trace] = {}
    one, other = response(1), response(2, minute=1)
    plan(known, one, other)
    outcomes = plan(known, other, edited(one, minute=30, pertanyaan="Lain?"))
    assert kinds(outcomes) == [("sama", "2"), ("diubah", "1")]
    assert kinds(plan(known, other, edited(one, minute=30, pertanyaan="Lain?"))) == [("sama", "2"), ("sama", "1")]


def test_an_old_export_after_an_edit_does_not_undo_it() -> None:
    known: dict[str, Trace] = {}
    one = response(1, source="google", key="abc")
    plan(known, one)
    plan(known, edited(one, minute=30, pertanyaan="Lain?"))
    assert kinds(plan(known, response(1))) == [("sama", "1")]


def test_an_edit_taken_back_is_an_edit_too() -> None:
    known: dict[str, Trace] = {}
    one = response(1, source="google", key="abc")
    for minute, text in ((5, "Lain?"), (9, "Apa hukumnya?")):
        plan(known, one)
        outcome = plan(known, edited(one, minute=minute, pertanyaan=text))[0]
        assert (outcome.kind, outcome.fields) == ("diubah", ("pertanyaan",))


def test_a_second_request_of_one_person_is_a_case_of_its_own() -> None:
    known: dict[str, Trace] = {}
    outcomes = plan(known, response(1), response(1, minute=50, uraian="Hal lain.", pertanyaan="Apa itu?"))
    assert [(one.kind, one.twins) for one in outcomes] == [("baru", ()), ("baru", ())]


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


def test_one_code_in_two_responses_of_the_source_is_doubtful_not_merged() -> None:
    known: dict[str, Trace] = {}
    one = response(1, source="google", key="a", kode_lacak="abc")
    two = response(1, minute=5, source="google", key="b", kode_lacak="abc", uraian="Lain.", pertanyaan="Lain.")
    outcomes = plan(known, one, two)
    assert (outcomes[1].kind, outcomes[1].twins) == ("baru", ("BH-2026-0001",))


def test_a_column_that_one_source_lacks_is_no_edit() -> None:
    known: dict[str, Trace] = {}
    one = response(1)
    plan(known, one)
    fewer = replace(one, answers={key: text for key, text in one.answers.items() if key != "jabatan"})
    assert plan(known, fewer)[0].kind == "sama"


@dataclass
class World:
    """What applicants really did: each submission with its versions, and which of them a source has shown."""

    versions: list[list[Response]] = field(default_factory=list)
    clock: Iterator[int] = field(default_factory=lambda: count(0, 7))

    def submit(self, person: int, facts: str, question: str) -> None:
        number = len(self.versions)
        one = response(person, minute=next(self.clock), uraian=facts, pertanyaan=question, jabatan=f"J{number}")
        self.versions.append([one])

    def edit(self, which: int, key: str, text: str) -> None:
        if self.versions:
            versions = self.versions[which % len(self.versions)]
            moment = START + timedelta(minutes=next(self.clock))
            versions.append(replace(versions[-1], answers={**versions[-1].answers, key: text}, submitted=moment))

    def export(self) -> list[Response]:
        return [versions[-1] for versions in self.versions]

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
        st.tuples(st.just("api")),
        st.tuples(st.just("staff"), st.integers(0, 5)),
    ),
    min_size=3,
    max_size=14,
)


def submission(one: Response) -> str:
    """Which submission a response is of: told by a field that nobody edits."""
    return one.answers["jabatan"]


@settings(max_examples=1000, deadline=None)
@given(actions)
def test_no_history_loses_a_version_or_merges_two_requests(history: list[tuple[object, ...]]) -> None:
    world, known = World(), dict[str, Trace]()
    shown: dict[str, set[str]] = {}
    twins: set[tuple[str, str]] = set()
    texts_of: dict[str, list[dict[str, str]]] = {}
    for name, *values in [*history, ("export",), ("api",)]:
        if name in {"submit", "edit"}:
            getattr(world, str(name))(*values)
        elif name in {"export", "api"}:
            for one in plan(known, *getattr(world, str(name))()):
                shown.setdefault(one.number, set()).add(submission(one.response))
                twins |= {(one.number, other) for other in one.twins}
                kept = texts_of.setdefault(one.number, [])
                if one.kind in {"baru", "diubah"}:
                    kept.append(dict(one.response.answers))
                assert dict(one.response.answers) in kept, "a version that was shown is in no case"
    assert all(len(of) == 1 for of in shown.values()), "one case holds two requests"
    cases: dict[str, list[str]] = {}
    for number, of in shown.items():
        cases.setdefault(next(iter(of)), []).append(number)
    linked = twins | {(b, a) for a, b in twins}
    for numbers in cases.values():
        assert all(any((one, other) in linked for other in numbers) for one in numbers if len(numbers) > 1)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions)
def test_the_register_agrees_with_the_plan_and_keeps_what_staff_wrote(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[object, ...]]
) -> None:
    world, made = World(), register(tmp_path_factory.mktemp("kantor"))
    written: dict[str, bytes] = {}
    known: dict[str, Trace] = {}
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
        assert yamltext.read(path).data["catatan_kantor"] == "jangan hilang"
