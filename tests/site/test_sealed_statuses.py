"""Published statuses: a look costs little whatever the office holds, and nobody tells what is real from what is not."""

import hashlib
from collections.abc import Sequence

import pyrage
import pytest

from processor.site import sealed_statuses
from processor.site.age_sealing import SealedReply
from processor.site.sealed_statuses import DIVISIONS, STATUS_SIZE, StatusDivision
from tests.office import applicant_keys
from tests.opened_statuses import unsealed_bytes

ALI, BUDI = applicant_keys(), applicant_keys()
FIRST = DIVISIONS[0]
KIB = 1024


def locators(count: int) -> list[str]:
    """As many locators as ``count`` codes give, the same ones each time."""
    return [hashlib.sha256(str(number).encode()).hexdigest()[:32] for number in range(count)]


@pytest.mark.parametrize(
    ("count", "files", "kib"),
    [(0, 1, 256), (64, 1, 256), (300, 16, 256), (1000, 16, 256), (4000, 16, 256), (9000, 256, 64), (60_000, 1024, 64)],
)
def test_a_look_costs_little_whatever_the_office_holds(count: int, files: int, kib: int) -> None:
    found = sealed_statuses.division_for(locators(count), FIRST, spare=False)
    assert found.files == files
    assert found.size <= kib * KIB


def test_every_file_holds_fifty_entries_or_more_and_no_division_less_than_the_one_before() -> None:
    assert min(one.entries for one in DIVISIONS) >= 50
    assert [*DIVISIONS] == sorted(DIVISIONS, key=lambda one: one.files * one.entries)


def test_a_division_is_left_early_at_the_beginning_of_a_month_and_otherwise_only_when_it_is_full() -> None:
    for count, at_once, with_spare in ((48, 64, 64), (49, 64, 128), (64, 64, 128), (65, 128, 128)):
        found = [sealed_statuses.division_for(locators(count), FIRST, spare=spare).entries for spare in (False, True)]
        assert found == [at_once, with_spare], count


def test_a_division_never_gives_way_to_a_smaller_one() -> None:
    for spare in (False, True):
        assert sealed_statuses.division_for(locators(3), StatusDivision(16, 320), spare=spare) == StatusDivision(
            16, 320
        )
        assert sealed_statuses.division_for([], StatusDivision(1024, 186), spare=spare) == StatusDivision(1024, 186)


def test_beyond_the_last_division_entries_are_doubled() -> None:
    assert sealed_statuses.division_for(locators(90_000), DIVISIONS[-1], spare=True) == StatusDivision(1024, 186)


@pytest.mark.parametrize(("count", "division"), [(400, StatusDivision(16, 320)), (5000, StatusDivision(1024, 93))])
def test_who_chooses_locators_makes_no_publication_larger_than_so_many_others_would(
    count: int, division: StatusDivision
) -> None:
    flood = [*locators(40), *(f"{'0' * 8}{n:024x}" for n in range(count))]
    for spare in (False, True):
        assert sealed_statuses.division_for(flood, FIRST, spare=spare) == division
    assert sealed_statuses.surplus(flood, division) >= count - division.entries > 0


def test_a_few_chosen_locators_fill_one_file_and_enlarge_nothing_though_a_month_begins() -> None:
    flood = [*locators(40), *(f"{'0' * 8}{n:024x}" for n in range(80))]
    for division in (StatusDivision(16, 64), StatusDivision(256, 93)):
        assert sealed_statuses.division_for(flood, division, spare=True) == division


def test_what_came_first_to_a_full_file_stays() -> None:
    [content] = sealed(
        [(ALI.locator, b"satu"), (BUDI.locator, b"dua"), (ALI.locator, b"tiga")], StatusDivision(1, 2)
    ).values()
    opened = [unsealed_bytes(one, ALI.identity) for one in sealed_statuses.entries(content)]
    assert sorted(filter(None, opened)) == [b"satu"]


def sealed(pairs: Sequence[tuple[str, bytes]], division: StatusDivision) -> dict[str, bytes]:
    keys = {one.locator: one for one in (ALI, BUDI)}
    letters = [(locator, SealedReply(keys[locator].recipient, content)) for locator, content in pairs]
    return sealed_statuses.seal_all(letters, division)


def test_a_status_lies_once_in_the_file_of_its_locator_and_all_files_look_alike() -> None:
    division = StatusDivision(16, 50)
    files = sealed([(ALI.locator, b"satu"), (ALI.locator, b"dua"), (BUDI.locator, b"tiga")], division)
    assert [*files] == [f"balasan/status-16-{place:03x}.bin" for place in range(16)]
    assert {len(content) for content in files.values()} == {division.size}
    every = {name: [*sealed_statuses.entries(content)] for name, content in files.items()}
    assert {len(entries) for entries in every.values()} == {50}
    assert {entry.count(b"-> X25519 ") for entries in every.values() for entry in entries} == {1}
    mine = f"balasan/status-16-{int(ALI.locator[0], 16):03x}.bin"
    opened = [(name, found) for name in every for one in every[name] if (found := unsealed_bytes(one, ALI.identity))]
    assert sorted(opened) == [(mine, b"dua"), (mine, b"satu")]
    assert not [one for one in every if not sealed_statuses.is_whole(files[one])]


def test_the_order_of_the_entries_is_another_one_each_time() -> None:
    places = set()
    for _ in range(10):
        [content] = sealed([(ALI.locator, b"{}")], StatusDivision(1, 20)).values()
        opened = [unsealed_bytes(one, ALI.identity) is not None for one in sealed_statuses.entries(content)]
        places.add(opened.index(True))
    assert len(places) > 3


def test_what_pages_of_earlier_offices_read_keeps_its_sizes() -> None:
    assert (sealed_statuses.ENTRY, STATUS_SIZE) == (704, 303)
    sizes = [(1, 64), (1, 128), (1, 256), (16, 64), (16, 128), (16, 320), (256, 93), (1024, 93)]
    assert [(one.files, one.entries) for one in DIVISIONS] == sizes
    [content] = sealed([(ALI.locator, b"{}")], StatusDivision(1, 1)).values()
    [entry] = sealed_statuses.entries(content)
    assert len(pyrage.decrypt(entry, [pyrage.x25519.Identity.from_str(ALI.identity)])) == STATUS_SIZE + 1


def test_with_how_many_statuses_a_larger_division_may_be_taken() -> None:
    assert [round(one.outgrown) for one in DIVISIONS] == [48, 96, 192, 156, 360, 1024, 3943, 15771]


def test_a_status_that_does_not_fit_is_none() -> None:
    sealed([(ALI.locator, b"x" * STATUS_SIZE)], FIRST)
    with pytest.raises(ValueError, match="does not fit"):
        sealed([(ALI.locator, b"x" * (STATUS_SIZE + 1))], FIRST)


def test_every_header_fits_an_entry_of_less_than_a_kibibyte() -> None:
    assert sealed_statuses.ENTRY <= KIB
    longest = max(
        map(len, (one for c in sealed([], StatusDivision(1, 300)).values() for one in sealed_statuses.entries(c)))
    )
    assert longest <= sealed_statuses.ENTRY - 4


@pytest.mark.parametrize("spoil", [b"", b"\0\0\0\4", b"halaman", b"\0\0\2\xc0" + b"\0" * 704])
def test_what_is_no_file_of_entries_is_not_taken_for_one(spoil: bytes) -> None:
    [content] = sealed([], StatusDivision(1, 2)).values()
    assert not sealed_statuses.is_whole(spoil)
    assert not sealed_statuses.is_whole(content + b"x")
