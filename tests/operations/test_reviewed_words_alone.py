"""Since when words are public, and what is kept of that: each rule on files and keys, without a gate."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from processor.cases.register import Register
from processor.operations.reviewed_words import ReviewedWords
from processor.site import leak_tokens
from tests.office import START, register

EARLY, LATE, LAST = (START + timedelta(days=days) for days in (-9, 9, 19))
ONE, OTHER = ("nama", "wulan rekawati"), ("nama", "dewi contohwati")


@pytest.fixture
def made(tmp_path: Path) -> Register:
    return register(tmp_path)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "halaman.md"
    written(path, "Wulan Rekawati")
    return path


def written(path: Path, text: str, since: datetime = EARLY) -> None:
    path.write_text(text)
    os.utime(path, (since.timestamp(),) * 2)


def noted(made: Register, now: datetime, *files: Path) -> None:
    ReviewedWords(made).note_sources(files, now)


def site_noted(made: Register, text: str, site: str, now: datetime) -> None:
    ReviewedWords(made).note_site(leak_tokens.text_keys(text), site, now)


def since(made: Register, hit: tuple[str, str], *moments: datetime) -> list[bool]:
    """Whether it was public a second before each of these moments, and at it."""
    earlier = [moment + timedelta(seconds=seconds) for moment in moments for seconds in (-1, 0)]
    return [ReviewedWords(made).held(hit, one) for one in earlier]


def kept(made: Register) -> bytes:
    return (made.state_folder / "umum.sqlite").read_bytes()


def test_where_nothing_is_noted_nothing_was_public(made: Register) -> None:
    assert since(made, ONE, LAST) == [False, False]


def test_what_is_there_at_the_first_look_counts_from_its_own_time_and_later_from_when_it_is_seen(
    made: Register, page: Path, tmp_path: Path
) -> None:
    noted(made, LATE, page)
    other = tmp_path / "lain.md"
    written(other, "Dewi Contohwati")
    noted(made, LATE, page, other)
    assert since(made, ONE, EARLY) == [False, True]
    assert since(made, OTHER, LATE) == [False, True]


def test_a_look_that_finds_no_file_is_the_first_one_too(made: Register, page: Path) -> None:
    noted(made, EARLY)
    noted(made, LATE, page)
    assert since(made, ONE, LATE) == [False, True]


def test_a_file_that_goes_away_holds_nothing_and_counts_anew_when_it_is_back(
    made: Register, page: Path, tmp_path: Path
) -> None:
    noted(made, LATE, page)
    page.rename(tmp_path / "disisihkan")
    assert since(made, ONE, EARLY) == [False, False]
    noted(made, LATE)
    (tmp_path / "disisihkan").rename(page)
    noted(made, LAST, page)
    assert since(made, ONE, LAST) == [False, True]


def test_other_words_count_from_when_they_are_seen_and_the_same_ones_as_before(made: Register, page: Path) -> None:
    noted(made, LATE, page)
    written(page, "Wulan Rekawati", LATE)
    noted(made, LATE, page)
    assert since(made, ONE, EARLY) == [False, True], "a touched file holds what it held"
    written(page, "Dewi Contohwati", LATE)  # of another size, at the same time
    noted(made, LAST, page)
    assert since(made, OTHER, LAST) == [False, True]
    written(page, "Wulan Rekawatiw", LAST)  # of the same size, at another time
    noted(made, LAST, page)
    assert since(made, ("nama", "wulan rekawatiw"), LAST) == [False, True]


def test_a_file_of_the_same_size_and_time_is_not_read_again(made: Register, page: Path) -> None:
    noted(made, LATE, page)
    written(page, "Dewi Rekawatix")
    noted(made, LAST, page)
    assert since(made, ("nama", "dewi rekawatix"), EARLY) == [False, True]


def test_in_one_look_a_file_is_read_once(made: Register, page: Path) -> None:
    noted(made, LATE, page)
    words = ReviewedWords(made)
    assert words.held(ONE, LATE)
    written(page, "Dewi Contohwati")
    assert words.held(ONE, LATE)
    assert not words.held(OTHER, LATE)


def test_the_words_of_every_site_stay_public_from_when_it_passed_first(made: Register, page: Path) -> None:
    site_noted(made, "wulan rekawati", "satu", EARLY)
    noted(made, LATE, page)
    site_noted(made, "dewi contohwati", "dua", LATE)
    site_noted(made, "wulan rekawati", "tiga", LAST)
    assert since(made, ONE, EARLY) == [False, True]
    assert since(made, OTHER, LATE) == [False, True]


def test_a_note_of_a_site_lets_sources_stay_as_they_were_noted(made: Register, page: Path) -> None:
    noted(made, LATE, page)
    site_noted(made, "dewi contohwati", "satu", LATE)
    assert since(made, ONE, EARLY) == [False, True]


def test_of_a_long_phrase_every_part_must_have_been_public(made: Register) -> None:
    site_noted(made, "gang melati rekaan kota lain", "satu", EARLY)
    assert since(made, ("alamat", "gang melati rekaan kota contoh"), EARLY) == [False, False]
    assert since(made, ("alamat", "gang melati rekaan kota lain"), EARLY) == [False, True]


@pytest.mark.parametrize("again", ["source", "site", "gone"])
def test_what_is_as_it_was_is_not_written_again(made: Register, page: Path, again: str) -> None:
    noted(made, EARLY, page)
    site_noted(made, "dewi contohwati", "satu", EARLY)
    before = kept(made)
    if again == "site":
        site_noted(made, "dewi contohwati", "satu", LATE)
    else:
        noted(made, LATE, *([page] if again == "source" else []))
    assert (kept(made) == before) is (again != "gone")


DIGESTS = [-5440366933325588470, -4657093401200915062, 6630972121740643549]


def test_words_are_kept_as_a_keyed_digest_that_stays_the_same(made: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it changed, what offices keep would be forgotten, and a site that stands would seem new."""
    monkeypatch.setattr(made.sealing, "_secret", b"lain" * 8)
    site_noted(made, "wulan rekawati", "satu", EARLY)
    with closing(sqlite3.connect(made.state_folder / "umum.sqlite")) as opened:
        rows = opened.execute("select sidik, sejak from kata order by sidik").fetchall()
    assert rows == [(digest, EARLY.timestamp()) for digest in DIGESTS]
