"""Responses + what the register knows -> a plan: what is new, what was edited, what is known already.

Decides and writes nothing. Two rows count as one request only when that is certain; when it may be so, both
are filed and each points at the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from processor.cases.records import Response
from processor.intake import damaged_copies, recognition
from processor.intake.damaged_copies import Difference
from processor.intake.known_cases import CandidateFinder, KnownCases
from processor.intake.recognition import (
    MOMENT,
    SUBSTANCE,
    Decision,
    Fingerprint,
    Fingerprints,
    Recognition,
    changed_fields,
    remember,
    same_answer,
    same_moment,
    substance_keys,
)

_NEVER = datetime.max.replace(tzinfo=UTC)


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
    rows = [_Row(response, recognition.recognise(response, fingerprint)) for response in ordered]
    matcher = _Matcher(known, rows, numbers, complete=any(response.batch for response in responses))
    matcher.match_listing(rows)
    return tuple(matcher.decide(row) for row in rows)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One response of the listing, with what can be compared of it."""

    response: Response
    mine: Recognition

    @property
    def marks(self) -> Fingerprints:
        """Give the fingerprints of its answers."""
        return self.mine.fingerprints[0]

    @property
    def moments(self) -> frozenset[datetime]:
        """Give the moments at which it can have been sent: a date of digits can be read in two ways."""
        other = self.response.other_reading
        return self.mine.times | ({other} if other else set())

    @property
    def precise(self) -> list[datetime]:
        """Give those of its moments that are known to the second."""
        return [moment for moment in self.moments if moment.second or moment.microsecond]

    @property
    def latest(self) -> datetime:
        """Give the last of its times; a moment after all others when it has none."""
        return max(self.mine.times, default=_NEVER)

    def is_before(self, moment: datetime) -> bool:
        """Tell whether it was sent before ``moment``."""
        return self.latest < moment and not same_moment(self.latest, moment)


class _Matcher:
    """The state of one plan: what is known, which of it this listing still holds, and which row took which case.

    Of the cases that share nothing with any row it only counts how many there are.
    """

    def __init__(self, known: KnownCases, rows: Sequence[_Row], numbers: Iterator[str], *, complete: bool) -> None:
        near = known.sharing([key for row in rows for key in recognition.lookup_keys(row.mine)])
        self._known = {one.number: one for one in near}
        self._sendings = known.sendings
        self._count = known.count
        self._numbers = numbers
        self._complete = complete
        self._find = CandidateFinder(self._known.values())
        self._holders = known.holders([key for row in rows for key in substance_keys(row.mine)])
        self._gone: set[str] = set()
        self._claims: Counter[str] = Counter()
        self._held: set[str] = set()
        self._taken: dict[str, Recognition] = {}
        self._compared: dict[tuple[_Row, str], Difference | None] = {}
        self._reach = _NEVER
        self._explained = False

    def match_listing(self, rows: Sequence[_Row]) -> None:
        """Note which cases the rows hold or could be edits of, and which a complete listing no longer holds."""
        self._held = {number for row in rows if (number := self._same(row))}
        changed_rows = [row for row in rows if not self._same(row)]
        self._claims.update(other.number for row in changed_rows for other in self._beside(row))
        certain = [self._certain(row) for row in rows]
        found = {number for number in certain if number}
        if self._complete:
            self._gone = set(self._known) - found
            moments = (
                min(row.mine.times) for row, number in zip(rows, certain, strict=True) if number and row.mine.times
            )
            self._reach = min(moments, default=_NEVER)
            self._explained = bool(found) and self._count() - len(found) <= certain.count("")
        for row, number in zip(rows, certain, strict=True):
            if not number:
                self._claims.update(other.number for other in self._vanished(row))

    def decide(self, row: _Row) -> Decision:
        """Decide what becomes of one response, given all that were decided before it."""
        other = self._known.get(self._certain(row)) or self._edited(row)
        if other is None:
            return self._new(row)
        taken = self._taken.get(other.number)
        if taken and not taken.keys & row.mine.keys and changed_fields(taken.fingerprints[0], row.marks):
            return self._new(row, also=other.number)  # two rows of one listing are two responses
        return self._again(row, other)

    def _certain(self, row: _Row) -> str:
        """Give the number of the case that ``row`` certainly is: by id, by moment and words, or by moment and person.

        Let BH-2026-0007 have come as ``google:r1`` on 2 July at 09.05.31, with a NIP and a telephone number:
            ``google:r1`` with other words is BH-2026-0007: the id decides.
            A row of an export with all its words, sent at 09.05.31, is BH-2026-0007 as well.
            A row of 09.05.31 with its NIP and another telephone is, if no other row and no other case fits as well.
            A row of 09.05 whose NIP is rounded and whose other words are its own is, on the same condition.
        """
        beside = self._beside(row)
        alone = len(beside) == 1 and self._claims[beside[0].number] == 1
        return self._same(row) or (beside[0].number if alone else "")

    def _same(self, row: _Row) -> str:
        """Give the number of the case with this id, or with these words at this moment."""
        near = self._near(row)
        for other in near:
            if row.mine.keys & other.keys:
                return other.number
        for other in near:
            timeless = not row.mine.times or not other.times
            if (
                not other.another_response(row.mine.keys)
                and other.holds(row.marks)
                and (timeless or other.sent_about(row.moments))
            ):
                return other.number
        return ""

    def _beside(self, row: _Row) -> list[Recognition]:
        """Give cases of this moment that no row holds as they are: those of these words, else those of this person."""
        near = [
            other
            for other in self._near(row)
            if other.number not in self._held
            and not other.another_response(row.mine.keys)
            and other.sent_about(row.moments)
        ]
        copies = [other for other in near if self._is_copy(row, other)]
        return copies or [other for other in near if other.sent_at(row.precise) and other.same_person(row.marks)]

    def _is_copy(self, row: _Row, other: Recognition) -> bool:
        """Tell whether one differs from the other by nothing but damage."""
        found = self._compare(row, other)
        return found is not None and not found.other

    def _compare(self, row: _Row, other: Recognition) -> Difference | None:
        """Compare the words of ``row`` with those filed of ``other`` up to its moment; None where it cannot be opened.

        Only asked for a case that has the id or the moment of the row, and other words.
        """
        if (row, other.number) not in self._compared:
            filed = self._sendings(other.number)
            until = [one for one in filed if not one.submitted or not row.is_before(one.submitted)]
            later = not _is_sent_again(row, other)
            found = damaged_copies.compare(until or filed, row.response, later=later) if filed else None
            self._compared[row, other.number] = found
        return self._compared[row, other.number]

    def _edited(self, row: _Row) -> Recognition | None:
        """Give the case of which ``row`` is certainly the edit.

        It is the only one of this person or code that is gone from the listing, it is beyond doubt, ``row`` is
        the only row that could have taken its place, and they share the code, or words that no other case has:
        the facts told, or the question where the listing is sure to reach back to it.

        Let a complete export have held rows of the cases A, B and C, and now hold A, B and a later row D:
            D with the NIP and the facts of C, and another question, is the edit of C.
            D with the NIP of C and other facts and another question is a new case that points at C.
            D and E, both with the NIP of C, are two new cases: either could have taken its place.
        """
        vanished = self._vanished(row)
        if len(vanished) != 1 or vanished[0].possible_duplicates or self._claims[vanished[0].number] != 1:
            return None
        other, marks = vanished[0], row.marks
        covered = self._explained or self._reach <= max(other.times)
        for key in SUBSTANCE if covered else SUBSTANCE[:1]:
            if same_answer(other.fingerprints[-1], marks, key) and self._holders[f"{key}={marks[key]}"] == 1:
                return other
        return other if other.same_code(marks) else None

    def _vanished(self, row: _Row) -> list[Recognition]:
        """Give older cases of the same person or code that the listing no longer holds."""
        return [
            other
            for other in self._near(row)
            if other.number in self._gone
            and not other.another_response(row.mine.keys)
            and (other.same_person(row.marks) or other.same_code(row.marks))
            and row.mine.times
            and max(other.times, default=_NEVER) < row.latest
        ]

    def _near(self, row: _Row) -> list[Recognition]:
        """Give cases that share something with ``row``, oldest first."""
        return [self._known[number] for number in self._find.near(row.mine)]

    def _new(self, row: _Row, also: str = "") -> Decision:
        """Decide on a case of its own, with the cases that may be the same request."""
        number = next(self._numbers)
        certain = {also, *(other.number for other in self._vanished(row))}
        near = [one for one in self._near(row) if one.number in certain or self._may_be(row, one)]
        duplicates = tuple(sorted(one.number for one in near))
        return self._learn(Decision(row.response, "baru", number, row.mine, possible_duplicates=duplicates))

    def _may_be(self, row: _Row, other: Recognition) -> bool:
        """Tell whether a case may be the same request: by words, code or moment; numbers may be damaged or shared."""
        if other.holds(row.marks) or other.same_code(row.marks):
            return True
        if other.another_response(row.mine.keys):
            return False
        same_person, last = other.same_person(row.marks), other.fingerprints[-1] if other.fingerprints else {}
        if not row.mine.times or not other.times:
            return same_person and any(same_answer(last, row.marks, key) for key in SUBSTANCE)
        return other.sent_at(row.precise) or (same_person and other.sent_about(row.moments))

    def _again(self, row: _Row, other: Recognition) -> Decision:
        """Decide on a known request: seen as it was, damaged, under a new id or time, read otherwise, or edited."""
        fields = changed_fields(other.fingerprints[-1] if other.fingerprints else {}, row.marks)
        newer = bool(row.mine.times) and all(moment < row.latest for moment in other.times)
        self._gone.discard(other.number)
        if not fields or (other.holds(row.marks) and not (newer and row.response.batch)):
            return self._known_again(row, other, Difference())  # a message may come twice, a row not
        found = self._compare(row, other)
        if _is_sent_again(row, other):
            return self._known_again(row, other, found or Difference(other=fields))
        worse = found.worse if found else ()
        changed = tuple(key for key in fields if key not in worse)
        if found and not changed:
            return self._known_again(row, other, found)
        mine = row.mine.without(worse)
        return self._learn(Decision(row.response, "diubah", other.number, mine, fields=changed, worse=worse))

    def _known_again(self, row: _Row, other: Recognition, found: Difference) -> Decision:
        """Decide on a request that was not edited, with what in its row is damaged, better or other than before."""
        superseded = any(row.is_before(moment) for moment in other.times)
        better = () if superseded else found.better
        fields = tuple(sorted({*better, *found.other, *([MOMENT] if _is_moved(row, other) else [])}))
        unseen = not row.mine.keys <= other.keys or any(not other.sent_at([moment]) for moment in row.mine.times)
        kind = "berbeda" if fields else "dikenali" if unseen else "sama"
        mine = row.mine.without(found.worse)
        return self._learn(
            Decision(row.response, kind, other.number, mine, fields=fields, better=better, worse=found.worse)
        )

    def _learn(self, outcome: Decision) -> Decision:
        """Let the following responses know of this one."""
        remember(self._known, outcome)
        self._taken.setdefault(outcome.number, outcome.recognition)
        self._find.add(self._known[outcome.number])
        return outcome


def _is_sent_again(row: _Row, other: Recognition) -> bool:
    """Tell whether the sending that ``row`` holds is one that was filed: an edit has a later time."""
    return other.sent_about(row.moments - row.mine.times | {row.latest})


def _is_moved(row: _Row, other: Recognition) -> bool:
    """Tell whether the case had no time, or day and month of its time read the other way round."""
    reading = row.response.other_reading
    as_before = not other.times or bool(reading and other.sent_about([reading]))
    return bool(row.mine.times) and not other.sent_about(row.mine.times) and as_before
