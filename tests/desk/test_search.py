"""Searching what was asked and answered: word forms, order, any query at all, and an index that may be lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from processor.cases.register import Register
from processor.desk import search
from processor.foundation import yaml_editor
from tests.office import file, register, response

ONE, TWO, THREE = "BH-2026-0001", "BH-2026-0002", "BH-2026-0003"


@pytest.fixture
def cases(tmp_path: Path) -> Register:
    """Three cases of which the first two have a study."""
    made = register(tmp_path)
    file(made, *(response(n, minute=n, uraian="Surat keterangan.", pertanyaan="Apa akibatnya?") for n in (1, 2, 3)))
    write(made, ONE, analisis="Pejabat berwenang menolak permohonan itu.")
    write(made, TWO, kesimpulan="Permohonan dapat ditolak dengan alasan tertulis.")
    return made


def write(made: Register, number: str, **study: object) -> None:
    path = made.path(number) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("kajian", key): value for key, value in study.items()})


def index(made: Register) -> Path:
    return made.folder / ".payung" / search.FILE_NAME


def numbers(made: Register, query: str) -> list[str]:
    found = search.find(made, query)
    assert found.count == len(found.hits)
    return [hit.number for hit in found.hits]


@pytest.mark.parametrize("query", ["penolakan", "menolak", "ditolak", "TOLAK", "penolakannya"])
def test_any_form_of_a_word_finds_every_other(cases: Register, query: str) -> None:
    assert sorted(numbers(cases, query)) == [ONE, TWO]


def test_every_word_must_stand_in_the_case(cases: Register) -> None:
    assert numbers(cases, "penolakan tertulis") == [TWO]
    assert numbers(cases, "penolakan lisan") == []


def test_words_that_tell_nothing_are_left_out_unless_there_is_no_other(cases: Register) -> None:
    assert numbers(cases, "bagaimana yang ditolak") == [TWO, ONE]
    assert sorted(numbers(cases, "apa")) == [ONE, TWO, THREE]


def test_a_conclusion_counts_more_than_a_remark(cases: Register) -> None:
    assert numbers(cases, "penolakan") == [TWO, ONE]


def test_the_passage_shows_the_words_as_they_were_written_and_where(cases: Register) -> None:
    first, second = search.find(cases, "penolakan").hits
    assert first.place == "Kesimpulan"
    assert first.passage == (
        ("Permohonan dapat ", False),
        ("ditolak", True),
        (" dengan alasan tertulis.", False),
    )
    assert second.place == "Analisis"


def test_a_long_text_shows_the_passage_where_most_words_stand(cases: Register) -> None:
    filler = "Kalimat pengisi yang panjang. " * 40
    write(cases, THREE, analisis=f"Denda saja. {filler}Denda wajib dikenakan bila terlambat. {filler}")
    [hit] = search.find(cases, "denda wajib keterlambatan").hits
    shown = "".join(text for text, _ in hit.passage)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 600
    assert [text for text, marked in hit.passage if marked] == ["Denda", "wajib", "terlambat"]


def test_a_text_without_a_space_is_cut_all_the_same(cases: Register) -> None:
    write(cases, THREE, analisis="x-" * 5000 + "denda" + "-x" * 5000)
    [hit] = search.find(cases, "denda").hits
    assert len("".join(text for text, _ in hit.passage)) < 600


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80))
@example(query="ditolak " * 1250)
@example(query="a" * 10_000)
@example(query=" ".join(f"kata{n}" for n in range(2000)))
@example(query="\ufdfa ﬁ İ ß ² \U0001f33a \ud800")
def test_a_query_is_only_words_whatever_it_holds(cases: Register, query: str) -> None:
    found = search.find(cases, query)
    assert found.count >= len(found.hits)


@pytest.mark.parametrize("sign", ['"', "'", "*", "^", ":", "(", ")", "{", "-", "; --", "\x00"])
def test_signs_of_a_query_language_mean_nothing(cases: Register, sign: str) -> None:
    assert numbers(cases, f"{sign}penolakan{sign}") == [TWO, ONE]


@pytest.mark.parametrize(
    "query", ["penolakan OR tertulis", "penolakan NOT lisan", "NEAR(penolakan tertulis)", "isi:tolak"]
)
def test_words_of_a_query_language_are_words_like_any_other(cases: Register, query: str) -> None:
    assert numbers(cases, query) == []


@pytest.mark.parametrize("query", ["", "   ", "…!?", "_"])
def test_no_word_finds_nothing(cases: Register, query: str) -> None:
    assert search.find(cases, query) == search.SearchResult(0, ())


def test_a_changed_case_is_found_by_its_new_words_alone(cases: Register) -> None:
    assert numbers(cases, "berwenang") == [ONE]
    write(cases, ONE, analisis="Pejabat harus mengabulkan.")
    assert numbers(cases, "dikabulkan") == [ONE]
    assert numbers(cases, "berwenang") == []


def test_only_changed_cases_are_read_again(cases: Register) -> None:
    numbers(cases, "penolakan")
    with closing(sqlite3.connect(index(cases))) as db, db:
        db.execute("update kata set pokok = 'sengaja'")
    write(cases, ONE, saran="Tulis surat.")
    assert sorted(numbers(cases, "sengaja")) == [TWO, THREE]


def test_a_case_that_is_gone_leaves_no_word_behind(cases: Register) -> None:
    write(cases, THREE, kesimpulan="Perkara zakat keluarga.")
    assert numbers(cases, "zakat") == [THREE]
    assert b"zakat" in index(cases).read_bytes()
    cases.path(THREE).rename(cases.folder / "dipindahkan")
    assert numbers(cases, "zakat") == []
    assert b"zakat" not in index(cases).read_bytes()


def test_a_word_that_was_taken_out_of_a_case_stays_nowhere(cases: Register) -> None:
    write(cases, THREE, kesimpulan="Perkara zakat keluarga.")
    assert numbers(cases, "zakat") == [THREE]
    write(cases, THREE, kesimpulan="Perkara lain.")
    assert numbers(cases, "zakat") == []
    assert b"zakat" not in index(cases).read_bytes()


def test_the_index_may_be_deleted(cases: Register) -> None:
    before = search.find(cases, "penolakan")
    index(cases).unlink()
    assert search.find(cases, "penolakan") == before


def test_a_damaged_index_is_made_again(cases: Register) -> None:
    before = search.find(cases, "penolakan")
    content = index(cases).read_bytes()
    for damaged in (b"bukan basis data " * 300, content[:5000], content[:4096] + bytes(len(content) - 4096)):
        index(cases).write_bytes(damaged)
        assert search.find(cases, "penolakan") == before


def test_an_index_of_another_version_is_made_again(cases: Register) -> None:
    before = search.find(cases, "penolakan")
    with closing(sqlite3.connect(index(cases))) as db, db:
        db.execute("pragma user_version = 77")
        db.execute("update kata set isi = '', pokok = ''")
    assert search.find(cases, "penolakan") == before


@pytest.fixture
def held(cases: Register) -> Iterator[Register]:
    """A register whose index another process keeps locked."""
    numbers(cases, "penolakan")
    with closing(sqlite3.connect(index(cases), isolation_level=None)) as db:
        db.execute("begin exclusive")
        yield cases


def test_an_index_that_is_not_let_go_is_made_again(held: Register) -> None:
    assert numbers(held, "penolakan") == [TWO, ONE]


def test_a_broken_case_hides_no_other(cases: Register) -> None:
    (cases.path(ONE) / "permohonan.yaml").write_text("kajian: [", "utf-8")
    assert numbers(cases, "penolakan") == [TWO]
    (cases.path(TWO) / "permohonan.yaml").unlink()
    assert numbers(cases, "penolakan") == []


def test_the_index_is_the_offices_alone_and_holds_no_identity(cases: Register) -> None:
    numbers(cases, "penolakan")
    assert index(cases).stat().st_mode & 0o077 == 0
    content = index(cases).read_bytes().lower()
    assert b"rekaan" not in content
    assert b"example.org" not in content
