"""One pass: collect, file, advance, render, publish. A source, file or case that fails stops only itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from processor import advance, filing, forms, google_lock, index, intake, publish, seal
from processor.case import Response
from processor.errors import BrokenFiles, PayungError, Problem
from processor.forms import Form
from processor.register import Register
from processor.settings import GoogleForm, Settings
from processor.sources import google_forms, spreadsheet
from processor.sources.google_forms import Cursor
from processor.trace import Outcome, learn

_WAIT = 10.0  # seconds for another processor to finish

Settle = Callable[[Sequence[Outcome]], None]
"""What a source does once its responses are on disk: move its cursor, or put its file aside."""


@dataclass
class Report:
    """What a pass did, in the order in which it did it."""

    filed: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, outcome (baru, diubah, dikenali, sama) and number of each response."""
    rendered: list[tuple[str, str, str]] = field(default_factory=list)
    """Number, file name and note of each document that was written."""
    problems: list[Problem] = field(default_factory=list)
    failures: list[PayungError] = field(default_factory=list)
    published: bool = False

    def add(self, later: "Report") -> None:
        """Take in what a following pass did."""
        self.filed += [row for row in later.filed if row[1] != "sama"]
        self.rendered += later.rendered
        self.problems[:], self.failures[:] = later.problems, later.failures
        self.published |= later.published

    def count(self, kind: str) -> int:
        """How many responses had the outcome ``kind``."""
        return sum(outcome == kind for _, outcome, _ in self.filed)


@dataclass(frozen=True)
class Office:
    """What every step of a pass works with."""

    settings: Settings
    form: Form
    register: Register
    now: Callable[[], datetime]

    def numbers(self) -> Iterator[str]:
        """The registration numbers to give out next."""
        year = self.now().astimezone(self.settings.layanan.zone).year
        return self.register.next_numbers(self.settings.surat.awalan, year)


def open_office(settings: Settings, now: Callable[[], datetime]) -> Office:
    """The office's form, keys and register. Raises BrokenFiles or PayungError with what to mend."""
    keys = seal.load(settings.office_key, settings.recipients)
    form = forms.load(settings.form)
    register = Register(settings.register, keys, settings.taksonomi)
    register.prepare()
    return Office(settings, form, register, now)


def run(office: Office, *, force: bool = False) -> Report:
    """One pass over everything; ``force`` accepts a source that fell empty. Raises Busy when it must not run now."""
    report = Report()
    with office.register.lock(_WAIT):
        for responses, settle in _collected(office, report, force=force):
            known = index.traces(office.register)
            outcomes = intake.plan(responses, known, office.register.fingerprint, office.numbers())
            filing.file(outcomes, office.form, office.register, office.now())
            report.filed += [_told(outcome) for outcome in outcomes]
            try:
                settle(outcomes)
            except PayungError as error:
                report.failures.append(error)
        report.rendered, problems = advance.advance(office.register, office.settings, office.now())
        report.problems += problems
        release(office, report)
        office.register.save_state("putaran", {"selesai": office.now().isoformat()})
    return report


def simulate(office: Office, *, force: bool = False) -> Report:
    """What ``run`` would file. Writes nothing, moves no cursor."""
    report = Report()
    known = {trace.number: trace for trace in index.traces(office.register, keep=False)}
    numbers = office.numbers()
    for responses, _ in _collected(office, report, force=force, explain=False):
        for outcome in intake.plan(responses, known.values(), office.register.fingerprint, numbers):
            learn(known, outcome)
            report.filed.append(_told(outcome))
    return report


def _told(outcome: Outcome) -> tuple[str, str, str]:
    """A line of the report."""
    return outcome.response.place, outcome.kind, outcome.number


def _collected(
    office: Office, report: Report, *, force: bool, explain: bool = True
) -> Iterator[tuple[Sequence[Response], Settle]]:
    """The responses of each source with what to do once they are filed; what fails goes into the report."""
    if office.settings.sumber.google:
        try:
            yield _from_google(office, office.settings.sumber.google, force=force)
        except PayungError as error:
            report.failures.append(error)
    for path in spreadsheet.waiting(office.settings.inbox):
        try:
            seen = spreadsheet.fingerprint(path)
            rows = spreadsheet.read(path, office.form, office.settings.sumber.ekspor.zone)
            yield rows, partial(_put_aside, path, seen)
        except BrokenFiles as error:
            report.problems += error.problems
            if explain:
                spreadsheet.explain(path, error.problems)
        except PayungError as error:
            report.failures.append(error)


def _from_google(office: Office, google: GoogleForm, *, force: bool) -> tuple[Sequence[Response], Settle]:
    """Responses of the Google Form; its cursor is saved last."""
    lock = google_lock.read(office.settings.google_lock)
    cursor = Cursor.from_dict(office.register.state("google"))
    seen = {(key, time) for one in index.traces(office.register) for key in one.keys for time in one.times}
    found = google_forms.fetch(
        google,
        office.settings.at(google.kredensial),
        office.form,
        lock.keys,
        cursor,
        office.now(),
        force=force,
        wanted=lambda response: (f"{response.source}:{response.key}", response.submitted) not in seen,
    )
    return found.responses, lambda _: office.register.save_state("google", found.cursor.to_dict())


def _put_aside(path: Path, seen: str, outcomes: Sequence[Outcome]) -> None:
    """Tell what became of each row, and move the export out of the way."""
    results = [
        spreadsheet.Result(_line(one.response), one.kind, one.number, "; ".join(_notes(one))) for one in outcomes
    ]
    spreadsheet.put_aside(path, sorted(results, key=lambda result: result.line), seen)


def _line(response: Response) -> int:
    """The row's number, which ends the place of a response from an export."""
    return int(response.place.rpartition(" ")[2])


def _notes(outcome: Outcome) -> Iterator[str]:
    """What the person who dropped the file should know of a row: no answer is repeated."""
    if outcome.fields:
        yield f"berubah: {', '.join(outcome.fields)}"
    for number in outcome.twins:
        yield f"mungkin sama dengan {number}"
    for problem in outcome.response.problems:
        yield f"{problem.place}: {problem.sentence}"


def release(office: Office, report: Report) -> None:
    """Build and publish the site when something that it is made of has changed since the last time."""
    target, stamp = office.settings.site, publish.stamp(office.settings)
    if target.is_dir() and office.register.state("terbit").get("dari") == stamp:
        return
    try:
        publish.publish(office.settings, office.register.identities, target)
    except PayungError as error:
        report.failures.append(error)
    else:
        office.register.save_state("terbit", {"dari": stamp})
        report.published = True
