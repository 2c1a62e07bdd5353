"""What tells two responses apart without knowing whose they are: marks that registers hold for years."""

from datetime import datetime, timedelta

import pytest

from processor.cases import office_keys
from processor.cases.records import Event, Response
from processor.intake import recognition
from processor.intake.recognition import Decision, Recognition, recognise, remember
from tests.office import START

RESPONSE = Response(
    "google",
    "tanggapan abc",
    {
        "nama": "Orang Rekaan1",
        "nip": "19800101 200501 1 901",
        "email": "Orang1@Example.org",
        "telepon": "-",
        "unit": "",
    },
    {"Judul lain": "isi"},
    created=START,
    submitted=START + timedelta(minutes=9),
    key="abc",
)
MARKS = {
    "nama": "84f38e6dad02f56216b321d5",
    "nip": "5d0e1c935dc92a6ee832be7c",
    "email": "225ce6bf2cc55398286edaf5",
    "telepon": "?5095725b107a437971c116d6",
    "unit": "",
    "lain:7f5346fadfb95e5e8bbec222": "fb42aa6501543861d9f2542e",
}
"""What stands in the journals of offices: with other marks every response would be filed again."""
GOOD = {"nip": "a", "email": "b", "telepon": "c"}


def mark(kind: str, text: str) -> str:
    return office_keys.fingerprint(bytes(range(32)), kind, text)


def known(*versions: dict[str, str], times: tuple[datetime, ...] = (), keys: tuple[str, ...] = ()) -> Recognition:
    return Recognition("BH-2026-0001", frozenset(keys), frozenset(times), versions)


def test_what_the_journal_keeps_of_a_response_never_changes() -> None:
    assert recognise(RESPONSE, mark).data() == {
        "kunci": ["google:abc"],
        "waktu": ["2026-03-02T01:00:07+00:00", "2026-03-02T01:09:07+00:00"],
        "sidik": MARKS,
    }


def test_a_response_without_id_or_time_has_none() -> None:
    made = recognise(Response("ekspor", "baris 2", {}), mark)
    assert made.data() == {"kunci": [], "waktu": [], "sidik": {}}


def test_the_words_under_which_cases_are_found_never_change() -> None:
    answers = {**RESPONSE.answers, "kode_lacak": "0123456789abcdef" * 2, "uraian": "Sebuah persoalan."}
    made = recognise(Response("google", "", answers, key="abc"), mark)
    assert list(recognition.lookup_keys(made)) == [
        "google:abc",
        f"nip={MARKS['nip']}",
        f"email={MARKS['email']}",
        "kode_lacak=80e261b6b51287352a3edeb8",
        "uraian=d557d823140473e5a1670ccb",
    ]


@pytest.mark.parametrize(
    ("key", "text", "same"),
    [
        ("uraian", " a\r\n\tb  c\u00a0", "a b c"),
        ("uraian", "ﬁ Ａ", "fi A"),
        ("nip", "NIP. 19800101 200501-1:901", "198001012005011901"),
        ("email", " Orang@Example.ORG ", "orang@example.org"),
        ("telepon", "+62 (0)812-0000-0001", "81200000001"),
        ("telepon", "0062 812", "812"),
        ("telepon", "tidak punya", "tidak punya"),
        ("telepon", "0", "0"),
        ("dokumen", "https://a.example/open?id=zzzzzzzz\nhttps://a.example/d/abcdefg-_/x", "abcdefg-_ zzzzzzzz"),
        ("dokumen", "https://contoh.example.org/?a=1&id=12345678", "12345678"),
        ("dokumen", "https://contoh.example.org/d/1234567", "https://contoh.example.org/d/1234567"),
        ("uraian", "https://drive.google.com/open?id=abcdefgh1", "https://drive.google.com/open?id=abcdefgh1"),
        ("uraian", "Orang@Example.org", "Orang@Example.org"),
    ],
)  # fmt: skip
def test_what_differs_between_sources_is_evened_out(key: str, text: str, same: str) -> None:
    assert recognition.comparable_text(key, text) == same


@pytest.mark.parametrize(
    ("key", "text", "doubt"),
    [
        ("nip", "19800101 200501 1 901", ""),
        ("nip", "19800101200501190", "?"),
        ("nip", "1980010120050119010", "?"),
        ("nip", "198001012005011000", "?"),
        ("nip", "1" * 18, "?"),
        ("email", "a@b", ""),
        ("email", "ab", "?"),
        ("telepon", "12345678", ""),
        ("telepon", "1234567", "?"),
        ("telepon", "8,12345678E+10", "?"),
        ("uraian", "-", ""),
    ],
)
def test_an_answer_that_cannot_tell_a_person_is_marked(key: str, text: str, doubt: str) -> None:
    assert recognition.doubt_mark(key, text) == doubt


@pytest.mark.parametrize(
    ("marks", "same"),
    [
        (GOOD, True),
        ({"nip": "a"}, True),
        ({"email": "b"}, True),
        ({"telepon": "c"}, True),
        ({**GOOD, "nip": "lain"}, False),
        ({**GOOD, "nip": "?lain"}, True),
        ({**GOOD, "nip": ""}, True),
        ({"nip": "lain", "email": "lain"}, False),
        ({"uraian": "sama"}, False),
        ({}, False),
    ],
)
def test_two_different_good_nips_are_two_people_whatever_they_share(marks: dict[str, str], *, same: bool) -> None:
    assert known({**GOOD, "uraian": "sama"}).same_person(marks) is same


@pytest.mark.parametrize(("held", "sent", "same"), [("?a", "?a", False), ("?a", "b", False), ("", "", False)])
def test_what_cannot_tell_a_person_does_not(held: str, sent: str, *, same: bool) -> None:
    assert known({"nip": held}).same_person({"nip": sent}) is same


def test_a_nip_of_any_version_counts() -> None:
    """An applicant who mended their NIP is one person, with either."""
    both = known({"nip": "a"}, {"nip": "b"})
    assert both.same_person({"nip": "a"})
    assert both.same_person({"nip": "b"})


def test_one_code_is_the_same_in_any_version_and_no_code_is_none() -> None:
    assert known({"kode_lacak": "x"}, {"kode_lacak": "y"}).same_code({"kode_lacak": "x"})
    assert not known({"kode_lacak": "x"}).same_code({"kode_lacak": "z"})
    assert not known({"kode_lacak": ""}).same_code({"kode_lacak": ""})


@pytest.mark.parametrize(("apart", "same"), [(0, True), (1, True), (1.001, False), (-1, True), (-2, False)])
def test_a_moment_is_the_same_within_a_second_either_way(apart: float, *, same: bool) -> None:
    assert known(times=(START,)).sent_at([START + timedelta(seconds=apart)]) is same


@pytest.mark.parametrize(
    ("one", "other", "same"), [(7, 0, True), (0, 59, True), (0, 60, False), (7, 9, False), (7, 8, True), (-1, 0, True)]
)
def test_a_moment_without_its_seconds_is_the_same_within_its_minute(one: int, other: int, *, same: bool) -> None:
    minute = START.replace(second=0)
    first, second = minute + timedelta(seconds=one), minute + timedelta(seconds=other)
    assert known(times=(first,)).sent_about([second]) is same
    assert known(times=(second,)).sent_about([first]) is same


def test_no_moment_is_the_same_as_none() -> None:
    assert not known(times=(START,)).sent_at([])
    assert not known().sent_at([START])


@pytest.mark.parametrize(
    ("keys", "another"),
    [(["google:a"], False), (["google:b"], True), (["situs:b"], False), ([], False), (["situs:b", "google:b"], True)],
)
def test_another_id_of_the_same_source_is_another_response(keys: list[str], *, another: bool) -> None:
    assert known(keys=("google:a",)).another_response(keys) is another


def test_an_answer_that_an_older_version_doubted_less_is_the_same() -> None:
    assert recognition.changed_fields({"nip": "a"}, {"nip": "?a"}) == ()
    assert recognition.same_answer({"nip": "?a"}, {"nip": "a"}, "nip")
    assert not recognition.same_answer({"nip": "?a"}, {"nip": "b"}, "nip")
    assert not recognition.same_answer({"nip": "?a"}, {}, "nip")


def test_fields_that_do_not_count_are_taken_out_of_the_newest_version_only() -> None:
    both = known({"a": "1", "lain:x": "1"}, {"a": "2", "lain:x": "2", "b": "2"})
    assert both.without(["a", "isian lain"]).fingerprints == ({"a": "1", "lain:x": "1"}, {"b": "2"})
    assert both.without([]) is both


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, ("b",)),
        ({"a": "1"}, {}, ()),
        ({}, {"a": "1", "b": ""}, ("a",)),
        ({"a": "1"}, {"a": ""}, ("a",)),
        ({}, {"lain:x": "1"}, ()),
        ({"lain:x": "1", "lain:y": "1"}, {"lain:x": "2", "lain:y": "2"}, ("isian lain",)),
        ({"b": "1", "a": "1"}, {"b": "2", "a": "2"}, ("a", "b")),
    ],
)
def test_only_what_both_could_say_is_a_change(
    old: dict[str, str], new: dict[str, str], fields: tuple[str, ...]
) -> None:
    assert recognition.changed_fields(old, new) == fields
    assert known(old).holds(new) is (fields == ())
    assert known({"a": "9", "b": "9", "lain:x": "9"}, old).holds(new) is (fields == ())


def seen(kind: str, marks: dict[str, str], key: str, **more: object) -> Event:
    return Event(kind, START, "payung", {"kunci": [key], "waktu": [START.isoformat()], "sidik": marks, **more})


def test_all_sightings_of_a_journal_are_one_trace() -> None:
    events = [
        seen("didaftar", {"a": "1", "b": "2"}, "ekspor:1", kembaran=["BH-2026-0002"]),
        Event("status", START, "ani", {"menjadi": "diteruskan"}),
        seen("dikenali", {"a": "lain"}, "google:1"),
        seen("diubah", {"b": "3"}, "google:1"),
        Event("mungkin_sama", START, "payung", {"kembaran": ["BH-2026-0003"]}),
    ]
    assert Recognition.of_events("BH-2026-0001", iter(events)) == Recognition(
        "BH-2026-0001",
        frozenset({"ekspor:1", "google:1"}),
        frozenset({START}),
        ({"a": "1", "b": "2"}, {"a": "1", "b": "3"}),
        frozenset({"BH-2026-0002", "BH-2026-0003"}),
    )


@pytest.mark.parametrize(
    ("kind", "versions"),
    [("berbeda", ({"a": "1"}, {"a": "1", "b": "2"})),
     ("baru", ({"a": "1"}, {"a": "1", "b": "2"})), ("diubah", ({"a": "1"}, {"a": "1", "b": "2"})),
     ("dikenali", ({"a": "1"},)), ("sama", ({"a": "1"},))],
)  # fmt: skip
def test_a_plan_remembers_what_the_register_will_know(kind: str, versions: tuple[dict[str, str], ...]) -> None:
    one, two = "BH-2026-0001", "BH-2026-0002"
    cases = {one: known({"a": "1"}, times=(START,), keys=("ekspor:1",)), two: Recognition(two)}
    later = START + timedelta(hours=1)
    mine = Recognition("", frozenset({"google:1"}), frozenset({later}), ({"b": "2"},))
    remember(cases, Decision(RESPONSE, kind, one, mine, possible_duplicates=(two,)))
    assert cases == {
        one: Recognition(
            one, frozenset({"ekspor:1", "google:1"}), frozenset({START, later}), versions, frozenset({two})
        ),
        two: Recognition(two, possible_duplicates=frozenset({one})),
    }


def test_a_case_that_is_new_begins_with_its_first_version() -> None:
    cases: dict[str, Recognition] = {}
    mine = Recognition(fingerprints=({"a": "1"},))
    remember(cases, Decision(RESPONSE, "baru", "BH-2026-0009", mine))
    assert cases == {"BH-2026-0009": Recognition("BH-2026-0009", fingerprints=({"a": "1"},))}


def test_neither_a_decision_nor_a_response_shows_what_it_holds() -> None:
    shown = repr(Decision(RESPONSE, "baru", "BH-2026-0001", recognise(RESPONSE, mark)))
    assert "Rekaan1" not in shown
    assert MARKS["nip"] not in shown
