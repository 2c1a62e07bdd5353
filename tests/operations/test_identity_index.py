"""The gate's index: a new case costs its own names, a new site its own text, and nobody's name lies in it."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.cases import journal
from processor.cases.records import IDENTITY, SEALED
from processor.cases.register import Register
from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import LeakFound, PayungError
from processor.foundation.settings import Settings
from processor.operations import identity_index
from processor.operations.identity_index import IdentityIndex
from processor.site import leak_targets, leak_tokens, publish
from processor.site.leak_tokens import SiteKeys
from tests.intake.test_recognition_index import SPOILED
from tests.office import agency, edited, file, register, response

PEOPLE = [response(1, nama="Ratna Contohwati"), response(2, minute=1, nama="Budi Khayali Rekaan", telepon="0752 41499")]
CLEAN = "<p>Layanan bagi pegawai. Hubungi kami.</p>"


@pytest.fixture
def made(tmp_path: Path) -> Register:
    result = register(tmp_path)
    file(result, *PEOPLE)
    return result


@pytest.fixture
def settings(tmp_path: Path, made: Register) -> Settings:
    found = agency(tmp_path)
    found.site.mkdir()
    page(found, CLEAN)
    return found


def page(settings: Settings, text: str) -> None:
    (settings.site / "index.html").write_text(text)


def leaks(settings: Settings, made: Register) -> str:
    """What the gate says, "" where it lets the site out."""
    try:
        publish.inspect(settings, IdentityIndex(made), settings.site)
    except LeakFound as error:
        return str(error)
    return ""


def unopenable(made: Register, number: str) -> None:
    """Make an identity that nobody can open, with size and time as before."""
    path = made.path(number) / SEALED
    stat = path.stat()
    path.write_bytes(b"x" * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


FOUND = [
    ("<p>Ratna Contohwati</p>", "BH-2026-0001"),
    ("<p>budi rekaan</p>", "BH-2026-0002"),
    ("#BudiKhayaliRekaan", "BH-2026-0002"),
    ("<p>198001012005011902</p>", "BH-2026-0002"),
    ("<p>(0752) 41499</p>", "BH-2026-0002"),
    ("<p>Jl. Rekaan No. 1</p>", "BH-2026-0001"),
    ("<p>Jl. Rekaan 2, Kota Contoh</p>", "BH-2026-0002"),
    ("<p>orang1 [at] example [dot] org</p>", "BH-2026-0001"),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_who_stands_in_a_new_site_is_found_by_the_index(
    settings: Settings, made: Register, text: str, number: str
) -> None:
    assert leaks(settings, made) == ""
    page(settings, text)
    for _ in range(2):  # a leak is found again until it is mended
        said = leaks(settings, made)
        assert [one for one in made.numbers() if one in said] == [number]
    page(settings, CLEAN)
    assert leaks(settings, made) == ""


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_who_is_filed_later_is_looked_for_in_the_standing_site(tmp_path: Path, text: str, number: str) -> None:
    made, settings = register(tmp_path), agency(tmp_path)
    settings.site.mkdir()
    page(settings, text)
    assert leaks(settings, made) == ""
    file(made, *PEOPLE)
    for _ in range(2):
        assert number in leaks(settings, made)


def test_only_identities_that_are_new_or_suspect_are_opened(settings: Settings, made: Register) -> None:
    assert leaks(settings, made) == ""
    unopenable(made, "BH-2026-0001")
    file(made, *PEOPLE, response(3, minute=2, nama="Sari Contohan"))
    assert leaks(settings, made) == ""
    page(settings, "<p>Sari Contohan</p>")
    assert "BH-2026-0003" in leaks(settings, made)
    page(settings, "<p>Ratna Contohwati</p>")
    with pytest.raises(PayungError, match="tidak terbuka"):
        leaks(settings, made)


def test_a_case_that_was_taken_away_is_sought_no_more(settings: Settings, made: Register) -> None:
    assert leaks(settings, made) == ""
    page(settings, "<p>Ratna Contohwati</p>")
    made.path("BH-2026-0001").rename(made.folder / "disisihkan")
    assert leaks(settings, made) == ""


def test_a_word_that_the_office_no_longer_calls_nobodys_is_sought_again(tmp_path: Path, settings: Settings) -> None:
    made = register(tmp_path)
    page(settings, "<p>Ratna Contohwati</p>")
    site = settings.situs.model_copy(update={"bukan_identitas": ("ratna contohwati",)})
    assert leaks(settings.model_copy(update={"situs": site}), made) == ""
    assert "BH-2026-0001" in leaks(settings, made)


def test_who_was_filed_while_another_looked_is_not_called_clear(settings: Settings, made: Register) -> None:
    page(settings, "<p>Sari Contohan</p>")
    first, second = IdentityIndex(made), IdentityIndex(made)
    asked = (SiteKeys(frozenset({"f sari contohan"})), SiteKeys(), "situs")
    assert first.suspects(*asked) == []
    file(made, *PEOPLE, response(3, minute=2, nama="Sari Contohan"))
    assert second.suspects(*asked) == ["BH-2026-0003"]
    first.clear("situs", SiteKeys())
    assert IdentityIndex(made).suspects(*asked) == ["BH-2026-0003"]


NIP = "198001012005011902"
STREET = frozenset({"f jalan rekaan 1", "f 1 kota contoh"})
"""The beginning and the end of the first applicant's address, which has five words."""
NAME = SiteKeys(frozenset({"f ratna contohwati"}))
NUMBER = SiteKeys(runs=frozenset({(NIP, (0, 18))}))
NOTHING = SiteKeys()
ASKED = [
    (NOTHING, NOTHING, []),
    (NAME, NOTHING, ["BH-2026-0001"]),
    (NAME, NAME, []),
    (NUMBER, NOTHING, ["BH-2026-0002"]),
    (NUMBER, NUMBER, []),
    (SiteKeys(STREET), NOTHING, ["BH-2026-0001"]),
    (SiteKeys(STREET - {"f 1 kota contoh"}), SiteKeys(STREET), []),
    (SiteKeys(STREET - {"f jalan rekaan 1"}), NOTHING, []),
    (SiteKeys(STREET), SiteKeys(STREET), ["BH-2026-0001"]),  # the agency may say both ends and not what is between
]


@pytest.mark.parametrize(("keys", "public", "suspects"), ASKED)
def test_who_shares_keys_with_a_new_site_is_suspect_unless_the_agency_says_the_same(
    made: Register, keys: SiteKeys, public: SiteKeys, suspects: list[str]
) -> None:
    assert IdentityIndex(made).suspects(NOTHING, NOTHING, "lain") == []
    assert IdentityIndex(made).suspects(keys, public, "situs") == suspects


@pytest.mark.parametrize(("keys", "public", "suspects"), ASKED)
def test_who_is_new_and_shares_keys_with_a_standing_site_is_suspect_unless_the_agency_says_the_same(
    tmp_path: Path, keys: SiteKeys, public: SiteKeys, suspects: list[str]
) -> None:
    made = register(tmp_path)
    assert looked_at(made, keys, public) == []
    file(made, *PEOPLE)
    assert IdentityIndex(made).suspects(keys, public, "situs") == suspects


def looked_at(made: Register, keys: SiteKeys, public: SiteKeys = NOTHING, site: str = "situs") -> list[str]:
    """The suspects of a site that is cleared afterwards."""
    index = IdentityIndex(made)
    found = index.suspects(keys, public, site)
    index.clear(site, keys)
    return found


def test_nothing_is_written_when_site_and_cases_are_as_they_were(made: Register) -> None:
    assert looked_at(made, NAME) == ["BH-2026-0001"]
    kept = made.state_folder / "penjaga.sqlite"
    before = kept.read_bytes()
    assert IdentityIndex(made).suspects(NAME, NOTHING, "situs") == []
    assert kept.read_bytes() == before


def test_of_a_cleared_site_only_new_cases_are_suspect(made: Register) -> None:
    assert looked_at(made, NAME) == ["BH-2026-0001"]
    file(made, *PEOPLE, response(3, minute=2, nama="Ratna Contohwati"), response(4, minute=3, nama="Sari Contohan"))
    assert IdentityIndex(made).suspects(NAME, NOTHING, "situs") == ["BH-2026-0003"]


def test_a_site_is_not_clear_of_who_was_taken_in_for_another_site(made: Register) -> None:
    keys = SiteKeys(frozenset({"f sari contohan"}))
    assert looked_at(made, keys) == []
    file(made, *PEOPLE, response(3, minute=2, nama="Sari Contohan"))
    assert looked_at(made, NOTHING, site="lain") == []
    assert IdentityIndex(made).suspects(keys, NOTHING, "situs") == ["BH-2026-0003"]


def test_who_edits_a_request_is_sought_by_what_is_new(tmp_path: Path) -> None:
    made, one = register(tmp_path), response(1, source="google", key="a")
    file(made, one)
    keys = SiteKeys(frozenset({"f wulan contohan"}))
    before = IdentityIndex(made).digest()
    assert looked_at(made, keys) == []
    assert IdentityIndex(made).digest() == before
    file(made, edited(one, minute=9, nama="Wulan Contohan"))
    assert IdentityIndex(made).digest() != before
    seen = IdentityIndex(made, RegisterMarks(made))
    assert seen.digest() == IdentityIndex(made).digest()
    file(made, response(2, minute=20))
    assert seen.digest() != IdentityIndex(made).digest(), "what was looked at is what counts"
    assert IdentityIndex(made).suspects(keys, NOTHING, "situs") == ["BH-2026-0001"]


def test_of_a_long_phrase_both_ends_must_stand_in_a_new_site(made: Register) -> None:
    file(made, *PEOPLE, response(3, minute=2, alamat="Gang Melati Contoh 5"))
    begin, end = "f gang melati contoh", "f melati contoh 5"
    assert IdentityIndex(made).suspects(NOTHING, NOTHING, "lain") == []
    assert IdentityIndex(made).suspects(SiteKeys(frozenset({begin})), NOTHING, "satu") == []
    assert IdentityIndex(made).suspects(SiteKeys(frozenset({begin, end})), NOTHING, "dua") == ["BH-2026-0003"]


def test_suspects_are_given_oldest_first_also_past_four_digits(made: Register) -> None:
    file(made, *(response(turn, minute=turn, nama="Ratna Contohwati") for turn in range(3, 9)))
    made.path("BH-2026-0001").rename(made.folder / "2026" / "BH-2026-10000")
    numbers = [*(f"BH-2026-000{turn}" for turn in range(3, 9)), "BH-2026-10000"]
    assert IdentityIndex(made).suspects(leak_tokens.text_keys("ratna contohwati"), NOTHING, "situs") == numbers


def test_of_all_that_was_found_in_a_site_a_case_leaks_only_what_is_its_own(made: Register) -> None:
    found = frozenset({("nama", "ratna contohwati"), ("nama", "budi khayali rekaan")})
    leaked = IdentityIndex(made).leaked("BH-2026-0001", lambda one: leak_targets.targets([one], ""), found)
    assert leaked == {("nama", "ratna contohwati")}


def test_a_case_whose_journal_is_gone_is_sought_all_the_same(settings: Settings, made: Register) -> None:
    (made.path("BH-2026-0001") / journal.FILE_NAME).unlink()
    page(settings, "<p>Ratna Contohwati</p>")
    assert "BH-2026-0001" in leaks(settings, made)


def test_nobody_is_given_where_no_case_is_named(made: Register) -> None:
    assert list(IdentityIndex(made).people()) == []
    assert {one.nama for one in IdentityIndex(made).people("BH-2026-0002")} == {"Budi Khayali Rekaan"}


@pytest.mark.parametrize("spoil", SPOILED)
@pytest.mark.parametrize("name", [identity_index.FILE_NAME, "situs.sqlite"])
def test_an_index_that_is_gone_or_damaged_is_made_anew(
    settings: Settings, made: Register, spoil: Callable[[Path], None], name: str
) -> None:
    assert leaks(settings, made) == ""
    spoil(made.state_folder / name)
    page(settings, "<p>Ratna Contohwati</p>")
    assert "BH-2026-0001" in leaks(settings, made)
    spoil(made.state_folder / name)
    assert "BH-2026-0001" in leaks(settings, made)


def test_the_index_holds_no_identity(settings: Settings, made: Register) -> None:
    assert leaks(settings, made) == ""
    content = (made.state_folder / identity_index.FILE_NAME).read_bytes().lower()
    assert b"bh-2026-0001" in content
    words = {word.lower().encode() for one in PEOPLE for key in IDENTITY for word in one.answers[key].split()}
    assert not [word for word in words if len(word) > 7 and word in content]


def another_program(made: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leak_tokens, "reader", lambda: "lain")


def another_secret(made: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made.sealing, "_secret", b"lain" * 8)


@pytest.mark.parametrize("other", [another_program, another_secret])
def test_what_another_program_or_secret_kept_of_identities_is_read_anew(
    settings: Settings, made: Register, monkeypatch: pytest.MonkeyPatch, other: Callable[..., None]
) -> None:
    assert leaks(settings, made) == ""
    with sqlite3.connect(made.state_folder / identity_index.FILE_NAME) as kept:
        kept.execute("delete from cari")  # as if it had not sought, or had sealed otherwise, what is sought today
    other(made, monkeypatch)
    page(settings, "<p>Ratna Contohwati</p>")
    assert "BH-2026-0001" in leaks(settings, made)
