"""Sealed packages in a pass: opened, filed with the rest or brought to the case that they complete, then taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from processor import clamd, filing, index
from processor.errors import PayungError, Problem
from processor.office import Office
from processor.sources import inbox
from processor.sources.inbox import Package
from processor.trace import LOCATOR, Outcome


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of packages besides new cases: additions as place, outcome and number, and what went wrong."""

    filed: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failures: list[PayungError] = field(default_factory=list)


def waiting(office: Office, *, aside: bool) -> Iterator[tuple[Sequence[Package], Sequence[Problem]]]:
    """The packages that wait, opened, as many at a time as fit into memory; see ``inbox.fetch``."""
    settings = office.settings
    scan = partial(clamd.scan, place=settings.pemindai.soket) if settings.pemindai else inbox.unscanned
    return inbox.fetch(settings.packages, office.register.opened, office.form, scan, aside=aside)


def close(office: Office, packages: Sequence[Package], outcomes: Sequence[Outcome]) -> Closed:
    """Bring additions to their cases, and take away what is on disk as a case (``outcomes``). One fails alone."""
    numbers = {outcome.response.key: outcome.number for outcome in outcomes}
    done = Closed()
    for one in packages:
        try:
            number = _completed(office, one, done) if one.completes else numbers[one.response.key]
            if number:
                inbox.settle(one, number)
            else:
                done.problems.append(inbox.put_aside(one.path, _NO_CASE))
        except PayungError as error:
            done.failures.append(error)
        except OSError as error:
            done.failures.append(
                PayungError(f"{error}. Periksa ruang disk dan izin folder; diulang putaran berikutnya.")
            )
    return done


_NO_CASE = "Kelengkapan ini tidak menyebut kode lacak permohonan mana pun. Bila tidak Anda kenal, hapus."


def _completed(office: Office, package: Package, done: Closed) -> str:
    """The number of the case to which an addition was brought; "" when none has its locator.

    Of several it is the first that was filed: whoever asks later under a locator that they saw gets nothing by it.
    """
    mark = office.register.fingerprint(LOCATOR, package.completes)
    known = (one for one in index.traces(office.register) if one.marks)
    number = next((one.number for one in known if one.marks[-1].get(LOCATOR) == mark), "")
    if number and filing.complete(package.response, number, office.register, office.now()):
        done.filed.append((package.response.place, "dilengkapi", number))
    return number
