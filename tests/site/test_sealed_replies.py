"""Published answers: from their names, sizes and numbers nobody tells which is real, nor when one came."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.site import age_sealing, sealed_replies, sealed_statuses
from processor.site.age_sealing import SealedReply
from processor.site.sealed_replies import NONE_YET
from processor.site.sealed_statuses import DIVISIONS, StatusDivision
from tests.office import applicant_keys
from tests.opened_statuses import unsealed_bytes
from tests.site.test_sealed_statuses import locators

ALI, OFFICE = applicant_keys(), (applicant_keys().recipient, applicant_keys().recipient)
MB, MIB = 1_000_000, 1024 * 1024
USUAL = (10, 16, 4, 4)


def numbers(*lengths: int, had: Sequence[int] = NONE_YET, spare: bool = False) -> tuple[int, ...]:
    return sealed_replies.numbers_for(lengths, had, spare=spare)


def test_scans_of_one_two_and_four_megabytes_are_of_one_class_with_dummies_that_are_always_there() -> None:
    assert numbers() == USUAL
    assert [numbers(length) for length in (MB, 2 * MB, 4 * MB, 4 * MIB)] == [USUAL] * 4
    assert len({sealed_replies._class_of(length) for length in (MB, 2 * MB, 4 * MB, 4 * MIB)}) == 1


def test_what_a_small_office_publishes_stays_under_forty_megabytes_and_shows_a_class_alone() -> None:
    letters = {f"{n:032x}": SealedReply(ALI.recipient, random.randbytes(n)) for n in (9, 100_000, 2 * MB)}
    files = sealed_replies.seal_all(letters, OFFICE, USUAL)
    assert sum(map(len, files.values())) < 40 * MB
    assert Counter(len(content) // 1024 for content in files.values()) == {65: 10, 257: 16, 769: 4, 4162: 4}
    for name, one in letters.items():
        assert unsealed_bytes(files[f"balasan/{name}.age"], ALI.identity) == one.content


def test_a_very_large_answer_takes_the_place_of_a_dummy_and_shows_its_size_in_whole_mebibytes() -> None:
    files = sealed_replies.seal_all({"a" * 32: SealedReply(ALI.recipient, bytes(5 * MIB))}, OFFICE, (0, 0, 0, 2))
    assert Counter(len(content) // 1024 for content in files.values()) == {4162: 1, 6146: 1}


def test_numbers_wait_for_the_next_month_while_there_is_place_and_never_fall() -> None:
    full = (100_000,) * 16
    assert numbers(*full) == USUAL
    assert numbers(*full, spare=True) == (10, 32, 4, 4)
    assert [numbers(*[9] * count, spare=True)[0] for count in (5, 6, 15, 16)] == [10, 20, 20, 30], "half a step is free"
    assert numbers(*full, 100_000) == (10, 32, 4, 4), "it must have a place"
    assert numbers(spare=True, had=(10, 32, 4, 8)) == (10, 32, 4, 8)
    assert numbers(*[100_000] * 60, had=(10, 64, 4, 4), spare=True) == (10, 80, 4, 4), "a third of it is free"


@given(st.integers(0, 140_000))
def test_answers_of_a_class_are_of_one_size_and_come_back_whole(length: int) -> None:
    content = random.randbytes(length)
    sealed = alone(content)
    assert len(sealed) in {len(alone(b"")), len(alone(bytes(100_000)))}
    assert unsealed_bytes(sealed, ALI.identity) == content


def alone(content: bytes) -> bytes:
    return age_sealing.seal_to_size(sealed_replies._padded(content), age_sealing.recipients([ALI.recipient, *OFFICE]))


@pytest.mark.parametrize("kib", [64, 256, 768, 4160])
def test_a_class_has_one_size_however_often_it_is_sealed(kib: int) -> None:
    to = age_sealing.recipients([ALI.recipient, *OFFICE])
    assert len({len(age_sealing.seal_to_size(bytes(kib * 1024), to)) for _ in range(6)}) == 1


# A month of publications, given to an attacker


@dataclass(frozen=True)
class Observed:
    """What anybody can see of a publication: how statuses are divided, and how many files there are of each size."""

    division: StatusDivision
    numbers: tuple[int, ...]

    @property
    def features(self) -> tuple[int, ...]:
        return (self.division.files, self.division.entries, *self.numbers, sum(self.numbers))


def month(seed: int) -> tuple[list[Observed], list[bool]]:
    """Two publications a day from the middle of a month to that of the next, and whether an answer went out since."""
    chance, day = random.Random(seed), date(2026, 3, 16)
    open_cases, answered, seen, went = (
        25,
        [chance.randrange(70_000, 4 * MB) for _ in range(3)],
        list[Observed](),
        list[bool](),
    )
    division, had, before = DIVISIONS[0], NONE_YET, date.min
    for number in range(60):
        today = day + timedelta(days=number // 2)
        new = chance.choice([0, 0, 1]) if today.weekday() < 5 else 0
        kinds = ((60_000, 250_000), (250_000, 700_000), (MB, 4 * MB))
        answered += [chance.randrange(*chance.choices(kinds, (8, 1, 1))[0]) for _ in range(new)]
        if answered and chance.random() < 0.2:
            answered.pop(0)
        open_cases += chance.choice([-1, 0, 0, 1])
        spare = (today.year, today.month) != (before.year, before.month)
        division = sealed_statuses.division_for(locators(open_cases), division, spare=spare)
        had = sealed_replies.numbers_for(answered, had, spare=spare)
        seen.append(Observed(division, had))
        went.append(bool(new))
        before = today
    return seen, went


def guesses(seen: Sequence[Observed], went: Sequence[bool]) -> list[bool]:
    """An attacker's script: what changed since the publication before, and which change went best with what was true.

    It is told the truth of the first half, takes the rule that fits it best, and guesses the second.
    """
    changes = [
        tuple(b - a for a, b in zip(x.features, y.features, strict=True))
        for x, y in zip([seen[0], *seen], seen, strict=False)
    ]
    half = len(seen) // 2
    usual = sum(went[:half]) * 2 > half
    rules = [(part, sign) for part in range(len(changes[0])) for sign in (1, -1)]
    fits = {
        rule: sum((rule[1] * c[rule[0]] > 0) == w for c, w in zip(changes[:half], went, strict=False)) for rule in rules
    }
    part, sign = max(rules, key=fits.__getitem__)
    learned = fits[part, sign] > sum(one == usual for one in went[:half])
    return [sign * change[part] > 0 if learned else usual for change in changes[half:]]


def test_an_attacker_with_a_month_of_publications_does_no_better_than_guessing() -> None:
    right = guessed = 0
    for seed in range(12):
        seen, went = month(seed)
        truth = went[len(went) // 2 :]
        right += sum(a == b for a, b in zip(guesses(seen, went), truth, strict=True))
        guessed += max(sum(truth), len(truth) - sum(truth))
    assert right <= guessed


def test_the_attacker_does_better_where_numbers_follow_the_answers() -> None:
    """That the script above can see anything at all."""
    right = guessed = 0
    for seed in range(12):
        seen, went = month(seed)
        total = 0
        followed = []
        for one, new in zip(seen, went, strict=True):
            total += new
            followed.append(Observed(one.division, (*one.numbers[:3], one.numbers[3] + total)))
        truth = went[len(went) // 2 :]
        right += sum(a == b for a, b in zip(guesses(followed, went), truth, strict=True))
        guessed += max(sum(truth), len(truth) - sum(truth))
    assert right > guessed
