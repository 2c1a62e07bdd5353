"""What is known of the filed cases, as ``planning`` asks for it: by look-up, never by walking through all of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from processor.cases import registration_numbers
from processor.cases.records import Response
from processor.intake import recognition
from processor.intake.recognition import Recognition, substance_keys


class KnownCases(Protocol):
    """What is known of the filed cases: a ``recognition_index.RecognitionIndex`` or ``KnownRecognitions``."""

    def count(self) -> int:
        """Give how many cases there are."""

    def sharing(self, keys: Iterable[str]) -> Iterable[Recognition]:
        """Give the cases that stand under one of the ``keys`` (``recognition.lookup_keys``)."""

    def holders(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Count the cases that ever stood under each of the ``keys`` (``substance_keys``), at least up to two."""

    def sendings(self, number: str) -> Sequence[Response]:
        """Give what was filed of a case, opened, oldest first; nothing where that cannot be opened."""


class KnownRecognitions:
    """All recognitions in memory, by number; ``sendings`` opens what was filed of a case."""

    def __init__(
        self, recognitions: Mapping[str, Recognition], sendings: Callable[[str], Sequence[Response]] = lambda _: ()
    ) -> None:
        self._recognitions = recognitions
        self.sendings = sendings

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
