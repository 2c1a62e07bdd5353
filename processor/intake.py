"""Responses + what the register knows -> a plan: what is new, what was edited, what is known already.

Decides and writes nothing. Two rows count as one request only when that is certain; when it may be so, both
are filed and each points at the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from processor import trace
from processor.case import Response
from processor.trace import LOCATOR, PERSON, Fingerprint, Outcome, Trace, changed, equal, learn

_SUBSTANCE = ("uraian", "pertanyaan")
_NEVER = datetime.max.replace(tzinfo=UTC)


def plan(
    responses: Sequence[Response], known: Iterable[Trace], fingerprint: Fingerprint, numbers: Iterator[str]
) -> tuple[Outcome, ...]:
    """What becomes of each of the ``responses`` of one source, in the order in which they were sent.

    ``known`` are the register's traces; ``numbers`` gives the next registration numbers.
    """
    ordered = sorted(responses, key=lambda response: response.submitted or _NEVER)
    traces = [trace.of(response, fingerprint) for response in ordered]
    desk = _Desk(known, numbers, complete=any(response.batch for response in responses))
    desk.look_over(traces)
    return tuple(desk.settle(response, mine) for response, mine in zip(ordered, traces, strict=True))


class _Desk:
    """The state of one plan: what is known, and which of it this listing still holds."""

    def __init__(self, known: Iterable[Trace], numbers: Iterator[str], *, complete: bool) -> None:
        self._known = {one.number: one for one in known}
        self._numbers = numbers
        self._complete = complete
        self._find = _Finder(self._known.values())
        self._gone: set[str] = set()
        self._claims: Counter[str] = Counter()

    def look_over(self, traces: Sequence[Trace]) -> None:
        """Which known cases a complete listing no longer holds, and how many of its rows could be their edits."""
        certain = [self._certain(mine) for mine in traces]
        if self._complete:
            self._gone = set(self._known) - {number for number in certain if number}
        for mine, number in zip(traces, certain, strict=True):
            if not number:
                self._claims.update(other.number for other in self._vanished(mine))

    def settle(self, response: Response, mine: Trace) -> Outcome:
        """What becomes of one response, given all that were settled before it."""
        other = self._known.get(self._certain(mine)) or self._edited(mine)
        return self._again(response, mine, other) if other else self._new(response, mine)

    def _certain(self, mine: Trace) -> str:
        """The number of the case that ``mine`` certainly is: by id, or by moment and person or content."""
        marks = mine.marks[0]
        for other in self._near(mine):
            if mine.keys & other.keys:
                return other.number
        for other in self._near(mine):
            if other.another(mine.keys):
                continue
            if other.at(mine.times) and (other.same_person(marks) or other.holds(marks)):
                return other.number
            if not mine.times and other.holds(marks):
                return other.number
        return ""

    def _edited(self, mine: Trace) -> Trace | None:
        """The case of which ``mine`` is certainly the edit.

        It is the only one of this person or code that is gone from the listing and is beyond doubt, ``mine`` is
        the only row that could have taken its place, and they share the code, the facts told or the question.
        """
        vanished = self._vanished(mine)
        if len(vanished) != 1 or vanished[0].doubtful or self._claims[vanished[0].number] != 1:
            return None
        marks, last = mine.marks[0], vanished[0].marks[-1]
        same = any(equal(last, marks, key) for key in (LOCATOR, *_SUBSTANCE))
        return vanished[0] if same else None

    def _vanished(self, mine: Trace) -> list[Trace]:
        """Older cases of the same person or code that the listing no longer holds."""
        marks = mine.marks[0]
        return [
            other
            for other in self._near(mine)
            if other.number in self._gone
            and not other.another(mine.keys)
            and (other.same_person(marks) or other.same_code(marks))
            and mine.times
            and max(other.times, default=_NEVER) < max(mine.times)
        ]

    def _near(self, mine: Trace) -> list[Trace]:
        """Cases that share something with ``mine``, oldest first."""
        return [self._known[number] for number in self._find.near(mine)]

    def _new(self, response: Response, mine: Trace) -> Outcome:
        """A case of its own, with the cases that may be the same request."""
        marks, number = mine.marks[0], next(self._numbers)
        vanished = {other.number for other in self._vanished(mine)}
        twins = [
            other.number
            for other in self._near(mine)
            if other.number in vanished or other.holds(marks) or other.same_code(marks)
        ]
        return self._learn(Outcome(response, "baru", number, mine, twins=tuple(sorted(twins))))

    def _again(self, response: Response, mine: Trace, other: Trace) -> Outcome:
        """A known request: seen as it was, under a new id or time, or edited."""
        marks = mine.marks[0]
        fields = changed(other.marks[-1], marks)
        newer = bool(mine.times) and all(moment < max(mine.times) for moment in other.times)
        unseen = not mine.keys <= other.keys or any(not other.at([moment]) for moment in mine.times)
        self._gone.discard(other.number)
        if fields and (newer or not other.holds(marks)):
            return self._learn(Outcome(response, "diubah", other.number, mine, fields=fields))
        return self._learn(Outcome(response, "dikenali" if unseen else "sama", other.number, mine))

    def _learn(self, outcome: Outcome) -> Outcome:
        """Let the following responses know of this one."""
        learn(self._known, outcome)
        self._find.add(self._known[outcome.number])
        return outcome


class _Finder:
    """Finds the cases that share an id, a person, a code or a moment, without looking at all of them."""

    def __init__(self, known: Iterable[Trace]) -> None:
        self._by: dict[str, dict[str, None]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Trace) -> None:
        """Make a trace findable."""
        for handle in self._handles(one):
            self._by.setdefault(handle, {})[one.number] = None

    def near(self, mine: Trace) -> list[str]:
        """Numbers in order of filing."""
        return sorted({number for handle in self._handles(mine) for number in self._by.get(handle, ())})

    @staticmethod
    def _handles(one: Trace) -> Iterator[str]:
        """The words under which a trace is found."""
        yield from one.keys
        for version in one.marks:
            yield from (f"{key}={version[key]}" for key in (*PERSON, LOCATOR, "uraian") if version.get(key))
