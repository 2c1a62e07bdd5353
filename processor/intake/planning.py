"""Responses + what the register knows -> a plan: what is new, what was edited, what is known already.

Decides and writes nothing. Two rows count as one request only when that is certain; when it may be so, both
are filed and each points at the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from processor.cases import registration_numbers
from processor.cases.records import Response
from processor.intake import recognition
from processor.intake.recognition import (
    SUBSTANCE,
    Decision,
    Fingerprint,
    Recognition,
    changed_fields,
    remember,
    same_answer,
    substance_keys,
)

_NEVER = datetime.max.replace(tzinfo=UTC)


class KnownCases(Protocol):
    """What is known of the filed cases: a ``recognition_index.RecognitionIndex`` or ``KnownRecognitions``."""

    def count(self) -> int:
        """Give how many cases there are."""

    def sharing(self, keys: Iterable[str]) -> Iterable[Recognition]:
        """Give the cases that stand under one of the ``keys`` (``recognition.lookup_keys``)."""

    def holders(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Count the cases that ever stood under each of the ``keys`` (``substance_keys``), at least up to two."""


class KnownRecognitions:
    """All recognitions in memory, by number."""

    def __init__(self, recognitions: Mapping[str, Recognition]) -> None:
        self._recognitions = recognitions

    def count(self) -> int:
        """Give how many cases there are."""
        return len(self._recognitions)

    def sharing(self, keys: Iterable[str]) -> list[Recognition]:
        """Give the cases that stand under one of the ``keys``."""
        wanted = frozenset(keys)
        return [one for one in self._recognitions.values() if not wanted.isdisjoint(recognition.lookup_keys(one))]

    def holders(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Count the cases that ever stood under each of the ``keys``."""
        counts = Counter(key for one in self._recognitions.values() for key in frozenset(substance_keys(one)))
        return {key: counts[key] for key in keys}


def plan(
    responses: Sequence[Response], known: KnownCases, fingerprint: Fingerprint, numbers: Iterator[str]
) -> tuple[Decision, ...]:
    """Decide what becomes of each of the ``responses`` of one source, in the order in which they were sent.

    Args:
        responses: The responses; those of an export carry its ``batch``, and then are a complete listing.
        known: What the register knows.
        fingerprint: Gives the keyed fingerprint of an answer.
        numbers: Gives the next registration numbers.
    """
    ordered = sorted(responses, key=lambda response: response.submitted or _NEVER)
    recognitions = [recognition.recognise(response, fingerprint) for response in ordered]
    matcher = _Matcher(known, recognitions, numbers, complete=any(response.batch for response in responses))
    matcher.match_listing(recognitions)
    return tuple(matcher.decide(response, mine) for response, mine in zip(ordered, recognitions, strict=True))


class _Matcher:
    """The state of one plan: what is known, which of it this listing still holds, and which row took which case.

    Of the cases that share nothing with any row it only counts how many there are.
    """

    def __init__(
        self, known: KnownCases, recognitions: Sequence[Recognition], numbers: Iterator[str], *, complete: bool
    ) -> None:
        near = known.sharing([key for mine in recognitions for key in recognition.lookup_keys(mine)])
        self._known = {one.number: one for one in near}
        self._count = known.count()
        self._numbers = numbers
        self._complete = complete
        self._find = CandidateFinder(self._known.values())
        self._holders = known.holders([key for mine in recognitions for key in substance_keys(mine)])
        self._gone: set[str] = set()
        self._claims: Counter[str] = Counter()
        self._held: set[str] = set()
        self._taken: dict[str, Recognition] = {}
        self._reach = _NEVER
        self._explained = False

    def match_listing(self, recognitions: Sequence[Recognition]) -> None:
        """Note which cases the rows hold or could be edits of, and which a complete listing no longer holds."""
        self._held = {number for mine in recognitions if (number := self._same(mine))}
        changed_rows = [mine for mine in recognitions if not self._same(mine)]
        self._claims.update(other.number for mine in changed_rows for other in self._beside(mine))
        certain = [self._certain(mine) for mine in recognitions]
        found = {number for number in certain if number}
        if self._complete:
            self._gone = set(self._known) - found
            moments = (
                min(mine.times) for mine, number in zip(recognitions, certain, strict=True) if number and mine.times
            )
            self._reach = min(moments, default=_NEVER)
            self._explained = bool(found) and self._count - len(found) <= certain.count("")
        for mine, number in zip(recognitions, certain, strict=True):
            if not number:
                self._claims.update(other.number for other in self._vanished(mine))

    def decide(self, response: Response, mine: Recognition) -> Decision:
        """Decide what becomes of one response, given all that were decided before it."""
        other = self._known.get(self._certain(mine)) or self._edited(mine)
        if other is None:
            return self._new(response, mine)
        row = self._taken.get(other.number)
        if row and not row.keys & mine.keys and changed_fields(row.fingerprints[0], mine.fingerprints[0]):
            return self._new(response, mine, also=other.number)  # two rows of one listing are two responses
        return self._again(response, mine, other)

    def _certain(self, mine: Recognition) -> str:
        """Give the number of the case that ``mine`` certainly is: by id, by moment and words, or by moment and person.

        Let BH-2026-0007 have come as ``google:r1`` on 2 July at 09.05.31, with a NIP and a telephone number:
            ``google:r1`` with other words is BH-2026-0007: the id decides.
            A row of an export with all its words, sent at 09.05.31, is BH-2026-0007 as well.
            A row of 09.05.31 with its NIP and another telephone is, if no other row and no other case fits as well.
        """
        beside = self._beside(mine)
        alone = len(beside) == 1 and self._claims[beside[0].number] == 1
        return self._same(mine) or (beside[0].number if alone else "")

    def _same(self, mine: Recognition) -> str:
        """Give the number of the case with this id, or with these words at this moment."""
        marks, near = mine.fingerprints[0], self._near(mine)
        for other in near:
            if mine.keys & other.keys:
                return other.number
        for other in near:
            if (
                not other.another_response(mine.keys)
                and other.holds(marks)
                and (other.sent_at(mine.times) or not mine.times)
            ):
                return other.number
        return ""

    def _beside(self, mine: Recognition) -> list[Recognition]:
        """Give cases of this person and moment that no row holds as they are; a moment without seconds is none."""
        moments = [moment for moment in mine.times if moment.second or moment.microsecond]
        return [
            other
            for other in self._near(mine)
            if other.number not in self._held
            and not other.another_response(mine.keys)
            and other.sent_at(moments)
            and other.same_person(mine.fingerprints[0])
        ]

    def _edited(self, mine: Recognition) -> Recognition | None:
        """Give the case of which ``mine`` is certainly the edit.

        It is the only one of this person or code that is gone from the listing, it is beyond doubt, ``mine`` is
        the only row that could have taken its place, and they share the code, or words that no other case has:
        the facts told, or the question where the listing is sure to reach back to it.

        Let a complete export have held rows of the cases A, B and C, and now hold A, B and a later row D:
            D with the NIP and the facts of C, and another question, is the edit of C.
            D with the NIP of C and other facts and another question is a new case that points at C.
            D and E, both with the NIP of C, are two new cases: either could have taken its place.
        """
        vanished = self._vanished(mine)
        if len(vanished) != 1 or vanished[0].possible_duplicates or self._claims[vanished[0].number] != 1:
            return None
        other, marks = vanished[0], mine.fingerprints[0]
        covered = self._explained or self._reach <= max(other.times)
        for key in SUBSTANCE if covered else SUBSTANCE[:1]:
            if same_answer(other.fingerprints[-1], marks, key) and self._holders[f"{key}={marks[key]}"] == 1:
                return other
        return other if other.same_code(marks) else None

    def _vanished(self, mine: Recognition) -> list[Recognition]:
        """Give older cases of the same person or code that the listing no longer holds."""
        marks = mine.fingerprints[0]
        return [
            other
            for other in self._near(mine)
            if other.number in self._gone
            and not other.another_response(mine.keys)
            and (other.same_person(marks) or other.same_code(marks))
            and mine.times
            and max(other.times, default=_NEVER) < max(mine.times)
        ]

    def _near(self, mine: Recognition) -> list[Recognition]:
        """Give cases that share something with ``mine``, oldest first."""
        return [self._known[number] for number in self._find.near(mine)]

    def _new(self, response: Response, mine: Recognition, also: str = "") -> Decision:
        """Decide on a case of its own, with the cases that may be the same request."""
        marks, number = mine.fingerprints[0], next(self._numbers)
        vanished = {other.number for other in self._vanished(mine)}
        duplicates = [
            other.number
            for other in self._near(mine)
            if other.number in {*vanished, also}
            or other.holds(marks)
            or other.same_code(marks)
            or (other.sent_at(mine.times) and other.same_person(marks) and not other.another_response(mine.keys))
        ]
        return self._learn(Decision(response, "baru", number, mine, possible_duplicates=tuple(sorted(duplicates))))

    def _again(self, response: Response, mine: Recognition, other: Recognition) -> Decision:
        """Decide on a known request: seen as it was, under a new id or time, or edited."""
        marks = mine.fingerprints[0]
        fields = changed_fields(other.fingerprints[-1] if other.fingerprints else {}, marks)
        newer = bool(mine.times) and all(moment < max(mine.times) for moment in other.times)
        unseen = not mine.keys <= other.keys or any(not other.sent_at([moment]) for moment in mine.times)
        self._gone.discard(other.number)
        if fields and (not other.holds(marks) or (newer and response.batch)):  # a message may come twice, a row not
            return self._learn(Decision(response, "diubah", other.number, mine, fields=fields))
        return self._learn(Decision(response, "dikenali" if unseen else "sama", other.number, mine))

    def _learn(self, outcome: Decision) -> Decision:
        """Let the following responses know of this one."""
        remember(self._known, outcome)
        self._taken.setdefault(outcome.number, outcome.recognition)
        self._find.add(self._known[outcome.number])
        return outcome


class CandidateFinder:
    """Finds the cases that share an id, a person, a code or the facts told, without looking at all of them."""

    def __init__(self, known: Iterable[Recognition]) -> None:
        self._by: dict[str, dict[str, None]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Recognition) -> None:
        """Make a case findable by its recognition."""
        for handle in recognition.lookup_keys(one):
            self._by.setdefault(handle, {})[one.number] = None

    def near(self, mine: Recognition) -> list[str]:
        """Give the numbers of cases that share something with ``mine``, in order of filing."""
        return sorted(
            {n for handle in recognition.lookup_keys(mine) for n in self._by.get(handle, ())},
            key=registration_numbers.order,
        )
