"""The requests of a period, with what decides how they are counted. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from processor.evaluation.case_facts import CaseFacts, CountingRules
from processor.evaluation.periods import Period
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings_agency import ServiceHours


@dataclass(frozen=True, slots=True)
class CountedCases:
    """The ``cases`` of a period, and how many there were in each ``years`` up to its end."""

    cases: tuple[CaseFacts, ...]
    years: tuple[tuple[str, int], ...]
    period: Period
    moment: datetime
    counting: CountingRules

    @classmethod
    def of(cls, cases: Iterable[CaseFacts], period: Period, now: datetime, counting: CountingRules) -> "CountedCases":
        """Choose the requests that were registered in the period, from all of them."""
        first, last = period.first, period.last
        chosen, years = list[CaseFacts](), dict[int, int]()
        for one in cases:
            if one.received <= last:
                years[one.received.year] = years.get(one.received.year, 0) + 1
                if one.received >= first:
                    chosen.append(one)
        counts = tuple((str(year), years.get(year, 0)) for year in range(min([*years, period.year]), period.year + 1))
        return cls(tuple(chosen), counts, period, now, counting)

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
