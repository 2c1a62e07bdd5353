"""Sealed packages in a pass: opened, each brought to where it belongs, then taken away.

Requests are filed with the rest, messages go to the case that they are about, complaints to a register of their own,
and what belongs to the survey is told nowhere but there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from processor.cases.case_status import Status
from processor.cases.register_marks import RegisterMarks
from processor.foundation import atomic_files, disk_errors
from processor.foundation.errors import PayungError, Problem
from processor.intake import recognition_index
from processor.intake.recognition import LOCATOR, Decision
from processor.operations import case_messages, overview
from processor.operations.case_messages import FileRequests
from processor.operations.complaints import complaint_packages
from processor.operations.complaints.complaint_packages import FiledSendings
from processor.operations.office import Office
from processor.operations.office_clock import ClockDoubtful
from processor.operations.survey import survey_intake
from processor.site import sealed_packages, virus_scanner
from processor.site.sealed_packages import OpenedPackage


@dataclass(frozen=True, slots=True)
class FinishedPackages:
    """What became of packages that are no requests, as place, outcome and number, and what went wrong."""

    filed: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failures: list[PayungError] = field(default_factory=list)


def waiting(office: Office, *, aside: bool) -> Iterator[tuple[Sequence[OpenedPackage], Sequence[Problem]]]:
    """Open the packages that wait, in batches that fit into memory; see ``sealed_packages.open_waiting``."""
    settings, register = office.settings, office.register
    scan = (
        partial(virus_scanner.scan, place=settings.pemindai.soket) if settings.pemindai else sealed_packages.unscanned
    )
    before, tries = register.state(_TRIES), dict[str, int]()

    def again(path: Path) -> bool:
        count = before.get(path.name, 0)
        tries[path.name] = 1 + (count if isinstance(count, int) else 0)
        return tries[path.name] < _MOST_TRIES

    yield from sealed_packages.open_waiting(
        settings.packages, register.unseal, office.form, scan, aside=aside, again=again
    )
    if aside and tries != before:
        register.save_state(_TRIES, tries)


_TRIES = "pemindaian"
_MOST_TRIES = 5  # passes in which the scanner may be disturbed before a file is left out


def finish_packages(
    office: Office,
    packages: Sequence[OpenedPackage],
    outcomes: Sequence[Decision],
    marks: RegisterMarks,
    file: FileRequests,
) -> FinishedPackages:
    """Bring messages to their cases, file complaints, and take away what is on disk. One fails alone.

    ``outcomes`` are what became of the requests; ``marks`` are the register's, which are kept up to date; ``file``
    files a message that is a request of its own. The caller holds the register's lock.
    """
    numbers = {outcome.response.key: outcome.number for outcome in outcomes}
    done, complaints = FinishedPackages(), FiledSendings(office.register)
    for one in packages:
        if one.is_request and one.response.key not in numbers:  # its case is damaged: it waits
            continue
        try:
            if one.survey:
                done.problems.extend(survey_intake.take(office, one.survey, partial(_opened_by, office, marks=marks)))
                atomic_files.remove(one.path)
                continue
            number = (
                numbers[one.response.key] if one.is_request else _brought(office, one, done, marks, complaints, file)
            )
            if number:
                sealed_packages.remove_package(one, number, office.now().date())
            else:
                done.problems.append(sealed_packages.put_aside(one.path, _NO_CASE))
        except ClockDoubtful:  # it waits for a number, and the pass says why
            continue
        except PayungError as error:
            done.failures.append(error)
        except OSError as error:
            done.failures.append(PayungError(disk_errors.sentence(error)))
    return done


_NO_CASE = "Pesan ini tidak menyebut kode lacak permohonan mana pun. Bila tidak Anda kenal, hapus."


def _brought(
    office: Office,
    package: OpenedPackage,
    done: FinishedPackages,
    marks: RegisterMarks,
    complaints: FiledSendings,
    file: FileRequests,
) -> str:
    """Bring what is no request where it belongs, and give the number there; "" when it belongs nowhere."""
    if package.completes:
        return _told(office, package, done, marks, file)
    outcome, number = complaint_packages.take(office, package.response, complaints)
    done.filed.append((package.response.place, outcome, number))
    return number


def _told(
    office: Office, package: OpenedPackage, done: FinishedPackages, marks: RegisterMarks, file: FileRequests
) -> str:
    """Bring a message to its case, and give the case's number; "" when its code opens none.

    One code may open several: then the one that its sender had before them. Where the page was older, or that number
    is nobody's since the register was put back, it is the one that waits for it, else the first.
    """
    cases = _opened_by(office, package.completes, marks)
    waiting = (number for number, status in cases.items() if status == "menunggu_kelengkapan")
    first = next(waiting, next(iter(cases), ""))
    elsewhere = package.about and office.register.has(package.about)
    number = package.about if package.about in cases else "" if elsewhere else first
    if number and (outcome := case_messages.take(office, package, number, marks, file)):
        done.filed.append((package.response.place, outcome, number))
    return number


def _opened_by(office: Office, locator: str, marks: RegisterMarks) -> dict[str, Status]:
    """Give number and status of the cases that the code of ``locator`` opens: those with the key that came first.

    Raises PayungError while the file of one cannot be used.
    """
    register, found = office.register, list[tuple[str, str, Status]]()
    mark = register.fingerprint(LOCATOR, locator)
    for one in recognition_index.update(register, marks).sharing([f"{LOCATOR}={mark}"]):
        if any(version.get(LOCATOR) == mark for version in one.fingerprints):
            filed = register.read(one.number)
            seen = overview.derive_for(office, filed)
            if filed.case is None or seen is None:
                raise PayungError(f"Kiriman menunggu sampai berkas {one.number} dibetulkan.")
            if filed.case.balasan.kode_lacak == locator:
                found.append((one.number, filed.case.balasan.kunci_balasan, seen.status))
    return {number: status for number, key, status in found if key == found[0][1]}
