"""The requests of a period, with what decides how they are counted. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from processor.evaluation.case_facts import CaseFacts, CountingRules
from processor.evaluation.periods import Period
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings_agency import ServiceHours


@dataclass(frozen=True, slots=True)
class CountedCases:
    """The ``cases`` of a period, and how many there were in each of the ``years`` up to its own."""

    cases: tuple[CaseFacts, ...]
    years: tuple[tuple[str, int], ...]
    period: Period
    moment: datetime
    counting: CountingRules

    @classmethod
    def of(
        cls,
        cases: Iterable[CaseFacts],
        period: Period,
        now: datetime,
        counting: CountingRules,
        years: Mapping[int, int] | None = None,
    ) -> "CountedCases":
        """Choose the requests that were registered in the period; ``years`` are counted where they are not given."""
        first, last, given = period.first, period.last, tuple(cases)
        chosen = tuple(one for one in given if first <= one.received <= last)
        counts = years or Counter(one.received.year for one in given)
        begun = min([*counts, period.year])
        until = tuple((str(year), counts.get(year, 0)) for year in range(begun, period.year + 1))
        return cls(chosen, until, period, now, counting)

    @property
    def service(self) -> ServiceHours:
        """The office's hours and limits."""
        return self.counting.service

    @property
    def registered(self) -> str:
        """Say, as the subject of a sentence, which requests are counted."""
        return f"permohonan yang didaftarkan pada {self.period.title}"

    @property
    def as_of(self) -> str:
        """Say as of which day."""
        return f"keadaan pada {tanggal(self.moment.astimezone(self.service.zone))}"
