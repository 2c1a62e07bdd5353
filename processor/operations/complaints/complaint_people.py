"""Who complained, as the leak gate looks for them: beside the applicants, whose index is ``identity_index``.

Complaints are few, so each is opened for a new site. Of a site that was cleared for all of them, none is.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from processor.cases import complaint_content, complaint_register, journal
from processor.cases.records import Applicant, Event
from processor.cases.register import Register
from processor.site import leak_targets, leak_tokens
from processor.site.leak_targets import GateHit, Targets
from processor.site.leak_tokens import KeyPair

_STATE = "penjaga_pengaduan"
Stands = Callable[[KeyPair], bool]
Held = Callable[[Targets, GateHit, datetime], bool]


@dataclass(frozen=True, slots=True)
class Complainants:
    """Everybody who complained, in one look at a site, which has a ``turn`` of its own."""

    register: Register
    turn: str

    def digest(self) -> str:
        """Give a digest that changes when a complaint comes, goes or is sealed anew; "" where there is none."""
        numbers = complaint_register.numbers(self.register)
        marks = (f"{one} {complaint_register.sealed_mark(self.register, one)}" for one in numbers)
        return hashlib.sha256("\n".join(marks).encode()).hexdigest() if numbers else ""

    def arrivals(self, number: str) -> Iterator[tuple[datetime, Applicant]]:
        """Give who complained, with when that was filed (aware)."""
        times = [event.time for event in self.events(number)]
        folder = complaint_register.path(self.register, number)
        yield (
            min(times, default=datetime.min.replace(tzinfo=UTC)),
            complaint_content.read(self.register, folder).complainant,
        )

    def events(self, number: str) -> tuple[Event, ...]:
        """Give the journal of a complaint."""
        return journal.read(complaint_register.path(self.register, number) / journal.FILE_NAME)[0]

    def suspects(self, site: str, stands: Stands, held: Held) -> list[str]:
        """Give the numbers of the complaints of whose makers something may stand in a site.

        Args:
            site: Its mark.
            stands: Tells whether what is sought may stand there, and is not what the agency itself says.
            held: Tells whether it was public before the complaint came.
        """
        digest = self.digest()
        if not digest or self._state == {"situs": site, "tanda": digest, "bersih": True}:
            return []
        self.register.save_state(_STATE, {"situs": site, "tanda": digest, "bersih": False, "giliran": self.turn})
        return [one for one in complaint_register.numbers(self.register) if self._may_stand(one, stands, held)]

    def _may_stand(self, number: str, stands: Stands, held: Held) -> bool:
        return any(
            stands(pair) and not held(what, hit, came)
            for came, one in self.arrivals(number)
            for what in [leak_targets.targets([one], "")]
            for hit, pair in leak_tokens.keyed(what)
        )

    def clear(self, site: str) -> None:
        """Remember that nobody who complained stands in the site, unless somebody else has compared meanwhile."""
        state = self._state
        if (state.get("situs"), state.get("giliran")) == (site, self.turn):
            self.register.save_state(_STATE, {"situs": site, "tanda": state["tanda"], "bersih": True})

    def forget(self) -> None:
        """Forget which site was cleared."""
        if self._state:
            self.register.save_state(_STATE, {})

    @property
    def _state(self) -> dict[str, object]:
        return self.register.state(_STATE)
