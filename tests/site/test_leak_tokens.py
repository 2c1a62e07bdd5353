"""Keys of a site and of identities: what stands somewhere shares its keys with it, and no file is read twice."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from processor.site import leak_tokens
from processor.site.leak_targets import Targets
from processor.site.leak_tokens import SiteKeys, joined, pairs, read_site, text_keys

RUN = "123456789012", (0, 4, 12)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "situs"
    (folder / "kabar").mkdir(parents=True)
    (folder / "index.html").write_text("<p>Ratna Contohwati</p>")
    (folder / "kabar" / "surat.txt").write_text("Nomor 0812-345678")
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    (tmp_path / "keadaan").mkdir()
    return tmp_path / "keadaan" / "situs.sqlite"


def rows(kept: Path) -> list[str]:
    with closing(sqlite3.connect(kept)) as file:
        return [text for (text,) in file.execute("select kunci from isi order by kunci")]


def overwrite(kept: Path, text: str) -> None:
    with closing(sqlite3.connect(kept)) as file, file:
        file.execute("update isi set kunci = ?", (text,))


def test_a_text_has_keys_for_its_words_addresses_and_neighbours() -> None:
    assert text_keys("Ratna Ayu Contohwati r@a.id") == SiteKeys(
        frozenset(
            {
                *("k ratna", "k ayu", "k contohwati", "k r", "k a", "k id", "e r@a.id"),
                *("f ratna ayu", "f ayu contohwati", "f contohwati r", "f r a", "f a id"),
                *("f ratna ayu contohwati", "f ayu contohwati r", "f contohwati r a", "f r a id"),
                *("f contohwati id", "f ayu contohwati id"),  # without what may be initials
            }
        )
    )
    assert text_keys("0812-345678").runs == {("0812345678", (0, 1, 4, 10))}


def test_keys_of_several_texts_are_put_together() -> None:
    one, other = SiteKeys(frozenset({"k a"}), frozenset({RUN})), SiteKeys(frozenset({"k b"}), unread=True)
    assert joined([one, other]) == SiteKeys(frozenset({"k a", "k b"}), frozenset({RUN}), unread=True)
    assert joined([one, one]) == one
    assert joined([]) == SiteKeys()


@pytest.mark.parametrize(
    ("size", "numbers"),
    [
        (8, {"12345678", "56789012"}),  # a short one only where a number begins
        (10, {"1234567890", "2345678901", "3456789012"}),
        (11, {"12345678901", "23456789012"}),
        (12, {"123456789012"}),
        (13, set()),
    ],
)
def test_the_numbers_that_a_run_of_digits_could_hold(size: int, numbers: set[str]) -> None:
    assert set(SiteKeys(runs=frozenset({RUN})).numbers([size])) == {f"n {number}" for number in numbers}


@pytest.mark.parametrize(
    ("pair", "may"),
    [
        (("n 345678", "n 345678"), True),
        (("n 9345678", "n 9345678"), False),
        (("f a b c", "f b c d"), True),
        (("f a b c", "f x y z"), False),
        (("f x y z", "f b c d"), False),
        (("n", "n"), False),
    ],
)
def test_both_keys_stand_where_the_thing_could_stand(pair: tuple[str, str], *, may: bool) -> None:
    keys = SiteKeys(frozenset({"f a b c", "f b c d"}), frozenset({RUN, ("99999999", (0, 8))}))
    assert keys.may_hold(pair) is may


def test_everything_that_is_sought_has_a_pair_of_keys() -> None:
    phrases = {("a", "b", "c", "d"): "alamat", ("a", "b"): "nama"}
    names, glued, initials = frozenset({"sukarsih"}), {"tutiabadim": ("tuti", "abadim")}, frozenset({("x", "y", "z")})
    what = Targets(phrases, {}, names, glued, initials, {"81234567": "telepon"}, frozenset({8}), frozenset({"a@b.id"}))
    same = ("f a b", "k sukarsih", "k tutiabadim", "e a@b.id", "n 81234567")
    assert sorted(pairs(what)) == sorted([("f a b c", "f b c d"), ("k x", "k z"), *((key, key) for key in same)])


@pytest.mark.parametrize("digits", ["271828182845604571"[:size] for size in range(8, 19)])
def test_what_is_asked_of_a_number_stands_where_it_does_and_not_where_another_begins_so(digits: str) -> None:
    asked = set(leak_tokens.needed_keys(("telepon", digits)))
    there, other = (text_keys(f"Nomor {text}.") for text in (digits, f"{digits[:-1]}9"))
    assert asked <= leak_tokens.asked_keys(there)
    assert there.holds(asked)
    assert not asked <= leak_tokens.asked_keys(other)
    assert not other.holds(asked)


def test_a_site_has_the_keys_of_its_files_and_of_their_names(site: Path, kept: Path) -> None:
    for _ in range(2):  # read, and then remembered
        keys = read_site(site, (), kept).keys
        assert {"f ratna contohwati", "k contohwati", "k kabar", "f surat txt"} <= keys.words
        assert ("0812345678", (0, 1, 4, 10)) in keys.runs
        assert not keys.unread
    (site / "rusak.pdf").write_bytes(b"bukan pdf")
    for _ in range(2):
        assert read_site(site, (), kept).keys.unread


def test_words_that_a_mark_divides_are_single_words_too(site: Path, kept: Path) -> None:
    (site / "index.html").write_text("Jl. Sukarsih no 5")
    assert {"k jalan", "k jl", "k no", "k sukarsih"} <= read_site(site, (), kept).keys.words


def test_of_a_sealed_file_only_the_name_counts(site: Path, kept: Path) -> None:
    sealed = site / "jawaban-rahasia.age"
    before = read_site(site, (), kept)
    sealed.write_text("Budi Khayali")
    after = read_site(site, {sealed}, kept)
    assert after.mark == before.mark
    assert "k rahasia" in after.keys.words
    assert "k khayali" not in after.keys.words
    assert len(rows(kept)) == 2


def test_the_mark_changes_with_every_content_and_every_name(site: Path, kept: Path) -> None:
    marks = [read_site(site, (), kept).mark]
    (site / "index.html").write_text("<p>Lain</p>")
    marks.append(read_site(site, (), kept).mark)
    (site / "index.html").rename(site / "lain.html")
    marks.append(read_site(site, (), kept).mark)
    (site / "kosong").mkdir()
    assert read_site(site, (), kept).mark == marks[-1], "an empty folder is nothing to read"
    (site / "lain.html").unlink()
    marks.append(read_site(site, (), kept).mark)
    assert len(set(marks)) == 4


def test_the_same_site_has_the_same_mark_wherever_and_in_whatever_order_it_was_written(
    tmp_path: Path, kept: Path
) -> None:
    names = [f"{letter}.html" for letter in "dbfaec"]
    for folder, order in (("satu", names), ("dua", names[::-1])):
        (tmp_path / folder).mkdir()
        for name in order:
            (tmp_path / folder / name).write_text(f"<p>{name}</p>")
    assert read_site(tmp_path / "satu", (), kept).mark == read_site(tmp_path / "dua", (), kept).mark


def test_what_was_read_is_not_read_again(site: Path, kept: Path) -> None:
    read_site(site, (), kept)
    overwrite(kept, '[["k tersimpan"],[["12345678",[0,8]]],true]')
    keys = read_site(site, (), kept).keys
    assert "k tersimpan" in keys.words
    assert "k ratna" not in keys.words
    assert keys.runs == {("12345678", (0, 8))}
    assert keys.unread


def test_a_new_page_is_kept_beside_the_others_and_one_that_is_gone_is_forgotten(site: Path, kept: Path) -> None:
    read_site(site, (), kept)
    (site / "baru.html").write_text("<p>Sari Contohan</p>")
    read_site(site, (), kept)
    assert len(rows(kept)) == 3
    (site / "index.html").unlink()
    assert "k ratna" not in read_site(site, (), kept).keys.words
    (site / "baru.html").write_text("<p>Wulan Contohan</p>")
    read_site(site, (), kept)
    assert ["wulan" in text for text in rows(kept)].count(True) == 1
    assert not [text for text in rows(kept) if "ratna" in text or "sari" in text]


def test_the_same_bytes_are_read_once_for_each_way_of_reading_them(site: Path, kept: Path) -> None:
    for name in ("a.txt", "b.TXT", "a.html", "a.tar.gz", "a.svg.gz"):
        (site / name).write_bytes(b"sama")
    (site / "c.txt").write_bytes(b".html|sama")
    (site / "c.html.txt").write_bytes(b"|sama")
    read_site(site, (), kept)
    assert len(rows(kept)) == 2 + 4 + 2


def test_what_another_program_read_does_not_count(site: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_site(site, (), kept).mark
    overwrite(kept, '[["k tersimpan"],[],false]')
    monkeypatch.setattr(leak_tokens, "reader", lambda: "lain")
    after = read_site(site, (), kept)
    assert after.mark != before
    assert "k tersimpan" not in after.keys.words
    assert "f ratna contohwati" in after.keys.words


def test_without_a_folder_to_keep_it_in_a_site_is_read_all_the_same(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "tidak" / "ada.sqlite"
    assert "f ratna contohwati" in read_site(site, (), kept).keys.words
    assert not kept.parent.exists()
