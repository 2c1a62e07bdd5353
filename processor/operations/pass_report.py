"""What a pass did, and what kept it from doing more, for whoever tells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from processor.foundation import disk_errors
from processor.foundation.errors import PayungError, Problem


@dataclass
class PassReport:
    """What a pass did, in the order in which it did it."""

    filed: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, outcome (baru, diubah, dikenali, dilengkapi, pengaduan, sama) and number of each response."""
    rendered: list[tuple[str, str, str]] = field(default_factory=list)
    """Number, file name and note of each document that was written."""
    sent: int = 0
    waiting: int = 0
    """Messages that went out, and that wait for a mail server or a person; ``note`` says why."""
    note: str = ""
    remarks: list[str] = field(default_factory=list)
    """What was skipped or doubted in exports."""
    news: list[str] = field(default_factory=list)
    """What happened besides that a person should hear of and need not mend."""
    problems: list[Problem] = field(default_factory=list)
    failures: list[PayungError] = field(default_factory=list)
    published: bool = False

    def add(self, later: "PassReport") -> None:
        """Take in what a following pass did."""
        self.filed += [row for row in later.filed if row[1] != "sama"]
        self.rendered += later.rendered
        self.remarks += later.remarks
        self.sent, self.waiting, self.note = self.sent + later.sent, later.waiting, later.note
        self.news += later.news
        self.problems[:], self.failures[:] = later.problems, later.failures
        self.published |= later.published

    @contextmanager
    def attempt(self, kinds: tuple[type[Exception], ...] = (PayungError, OSError)) -> Iterator[None]:
        """Do a part of the pass; where it fails, that goes into the report, and the rest goes on.

        ``kinds`` are the failures of which that is true: by default all that the program or the disk refuses.
        """
        try:
            yield
        except kinds as error:
            self.failures.append(failure_of(error))

    def count(self, kind: str) -> int:
        """Count the responses that had the outcome ``kind``."""
        return sum(outcome == kind for _, outcome, _ in self.filed)


def failure_of(error: Exception) -> PayungError:
    """Give what failed as an error that carries its sentence."""
    if isinstance(error, PayungError):
        return error
    return PayungError(disk_errors.sentence(error) if isinstance(error, OSError) else str(error))
