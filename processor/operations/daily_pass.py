"""One pass: collect, file, advance, render, publish, send. A source, file or case that fails stops only itself."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from processor.cases.records import Response
from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.foundation.progress import stage
from processor.intake import known_cases, planning, recognition_index
from processor.intake.recognition import Decision, remember
from processor.mail import composer, delivery
from processor.mail.message import Message, OutboxEntry
from processor.operations import (
    act_journal,
    advance,
    dropped_exports,
    google_source,
    heartbeat,
    leftovers,
    notices,
    office_clock,
    office_records,
    officer_mail,
    received_packages,
    register_watch,
    response_filing,
    site_publication,
)
from processor.operations.complaints import complaint_pass
from processor.operations.figures import figure_release
from processor.operations.google_source import AfterFiling
from processor.operations.office import Office
from processor.operations.office_clock import ClockDoubtful
from processor.operations.pass_report import PassReport, failure_of
from processor.operations.register_watch import RegisterWatch
from processor.operations.reporting import report_reminders
from processor.operations.survey import survey_votes
from processor.site import kept_packages
from processor.site.sealed_packages import OpenedPackage

_WAIT = 10.0  # seconds for another processor to finish


def run_pass(office: Office, *, force: bool = False) -> PassReport:
    """Run one pass over everything; ``force`` accepts a source that fell empty.

    No other pass runs meanwhile. The register is held only while something is written, so that nobody else waits for
    Google, a scanner, LibreOffice or the site.

    Raises:
        Busy: When it must not run now.
        RegisterRefused: When the register is older than this computer knows it, empty or another's.
    """
    report, register, marks = PassReport(), office.register, RegisterMarks(office.register)
    watch = RegisterWatch(register, office.memory, marks)
    register_watch.check(register, office.memory)
    with report.attempt((OSError,)):
        register.prepare()
    with register.pass_lock(_WAIT):
        with report.attempt((OSError,)):
            _reseal(office)
        begun = office.now()
        with report.attempt():
            _collect(office, report, marks, force=force)
        with report.attempt():
            report.news += watch.compare()
            report.problems += watch.held.values()
        _advance(office, report, marks={one: mark for one, mark in marks.all().items() if one not in watch.held})
        for part in (
            partial(advance.leave_alone, office, {one: marks.all()[one] for one in watch.held}),
            partial(_look_around, office, report),
            partial(complaint_pass.look, office, report),
            partial(survey_votes.count, office, report),
            partial(_brief, office, report),
            watch.remember,
            partial(figure_release.release_due, office, report),
            partial(site_publication.publish_due, office, report, marks=marks),
            partial(leftovers.sweep, office),
            partial(_end, office, begun),
            partial(_forget_packages, office),
        ):
            with report.attempt():
                part()
    with report.attempt():
        _send(office, report, watch)
    if not report.failures:
        report.problems += heartbeat.beat(office)
    report.problems[:] = dict.fromkeys(report.problems)
    return report


def _collect(office: Office, report: PassReport, marks: RegisterMarks, *, force: bool) -> None:
    """File what each source gives; one that fails stops only itself."""
    for responses, settle in _collected(office, report, marks, force=force):
        try:
            response_filing.take_in_turns(office, report, responses, marks, settle)
        except ClockDoubtful:
            marks.forget()  # it waits, and is told below
        except (PayungError, OSError) as error:
            report.failures.append(failure_of(error))
            marks.forget()


def _end(office: Office, begun: datetime) -> None:
    """Remember that a pass which ``begun`` then (aware) looked at every case, and compare the clock with the disk's.

    A disk that refuses has no time of its own to compare with.
    """
    looked = {"mulai": begun.isoformat(), "selesai": office.now().isoformat()}
    office.register.save_state(act_journal.LAST_LOOK, looked)
    office_clock.passed(office)


def _look_around(office: Office, report: PassReport) -> None:
    """Say that numbers wait, where the clock is in doubt, and what is wrong in what the office writes about itself."""
    report.problems += [*office_clock.problems(office), *office_records.mistakes_if_changed(office)]


def _forget_packages(office: Office) -> None:
    """Delete what was kept long enough, unless the clock that says so is in doubt, or votes wait to be counted."""
    if survey_votes.counted_today(office) and not office_clock.doubt(office):
        kept_packages.forget(office.settings.packages, office.now().date(), office.settings.sumber.simpan)


def _reseal(office: Office) -> None:
    """Seal everything to the recipients of today, where they have changed. Raises Busy."""
    with office.register.lock(_WAIT):
        if office.register.reseal(office.progress, office.now()):
            office.outbox.reseal()


def _advance(
    office: Office,
    report: PassReport,
    numbers: Collection[str] | None = None,
    marks: Mapping[str, str] | None = None,
) -> None:
    """Do what is due in every case, or in those of ``numbers``."""
    try:
        rendered, problems = advance.advance(office, numbers, marks)
    except (PayungError, OSError) as error:
        report.failures.append(failure_of(error))
    else:
        report.rendered += rendered
        report.problems += problems


def _brief(office: Office, report: PassReport) -> None:
    """Queue what officers are told, and say once what is wrong with the words of messages."""
    report.problems += composer.check_templates(office.settings.opinions / composer.FOLDER)
    for tell in (
        report_reminders.remind, officer_mail.daily_digest, officer_mail.tell_promise, officer_mail.merge_reminders
    ):  # fmt: skip
        try:
            tell(office)
        except BrokenFiles as error:
            report.problems += error.problems


def _send(office: Office, report: PassReport, watch: RegisterWatch) -> None:
    """Send what waits in the outbox, and let the journals know what became of it.

    Nobody waits for the mail server: the register is locked only afterwards. What cannot be journalled now is
    journalled by the next pass.
    """
    with stage(office.progress, "Mengirim email"):
        done = delivery.send_due(
            office.outbox,
            office.settings,
            office.now(),
            partial(_content, office, watch),
            heard=partial(office_clock.heard, office),
        )
    report.sent = sum(state == "dikirim" for _, state in done.tried)
    if not office.settings.email.server:
        report.note = done.trouble
    elif done.trouble:
        report.problems.append(Problem(office.settings.path.name, None, done.trouble))
    report.problems += [Problem("payung email", None, failure) for failure in done.failures]
    _journal_mail(office, report, watch)
    report.problems += notices.needing_a_person(office)
    report.waiting = len(office.outbox.entries())


def _content(office: Office, watch: RegisterWatch, entry: OutboxEntry) -> Message | None:
    """Write what to send, unless the case is to be left alone. Raises as ``notices.compose_now``."""
    if entry.number in watch.held:
        raise BrokenFiles((watch.held[entry.number],))
    return notices.compose_now(office, entry)


def _journal_mail(office: Office, report: PassReport, watch: RegisterWatch) -> None:
    """Let the journals know what was sent, and do what follows: an answer that arrived ends its case."""
    with suppress(Busy):
        with office.register.lock(_WAIT):
            numbers, problems = notices.journal_outcomes(office)
        report.problems += problems
        if numbers - watch.held.keys():
            _advance(office, report, numbers - watch.held.keys())
            with report.attempt():
                watch.remember()


def simulate(office: Office, *, force: bool = False) -> PassReport:
    """Tell what ``run_pass`` would file. Writes nothing, moves no cursor."""
    report = PassReport()
    known = {trace.number: trace for trace in recognition_index.load(office.register, keep=False)}
    in_memory = known_cases.KnownRecognitions(known, partial(recognition_index.filed_responses, office.register))
    numbers = office.numbers()
    for responses, _ in _collected(office, report, RegisterMarks(office.register), force=force, explain=False):
        for outcome in planning.plan(responses, in_memory, office.register.fingerprint, numbers):
            remember(known, outcome)
            report.filed.append(response_filing.told(outcome))
    return report


def _collected(
    office: Office, report: PassReport, marks: RegisterMarks, *, force: bool, explain: bool = True
) -> Iterator[tuple[Sequence[Response], AfterFiling]]:
    """Give the responses of each source with what to do once they are filed; what fails goes into the report."""
    if office.settings.sumber.google:
        try:
            with stage(office.progress, "Membaca Google Formulir"):
                found = google_source.fetched(office, office.settings.sumber.google, force=force)
            yield found
        except (PayungError, OSError) as error:
            report.failures.append(failure_of(error))
    for some, problems in received_packages.waiting(office, aside=explain):
        report.problems += problems
        yield [one.response for one in some if one.is_request], partial(_close, office, report, marks, some)
    yield from dropped_exports.waiting(office, report, explain=explain)


def _close(
    office: Office,
    report: PassReport,
    marks: RegisterMarks,
    some: Sequence[OpenedPackage],
    outcomes: Sequence[Decision],
) -> None:
    """Take away the packages that the register now holds, messages as well."""
    file = partial(response_filing.take_in, office, report, seen=marks)
    done = received_packages.finish_packages(office, some, outcomes, marks, file)
    report.filed += done.filed
    report.problems += done.problems
    report.failures += done.failures
