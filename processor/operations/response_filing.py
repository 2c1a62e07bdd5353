"""Files the responses of one source; many of them in turns, between which whoever waits for the register has it.

All are planned together, as a listing is understood only as a whole. Where somebody else filed a request between two
turns, what is not filed yet is planned anew.
"""

import time
from collections.abc import Callable, Sequence
from itertools import islice

from processor.cases.records import Response
from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import PayungError
from processor.foundation.progress import stage
from processor.intake import filing, planning, recognition_index
from processor.intake.recognition import Decision
from processor.intake.recognition_index import RecognitionIndex
from processor.operations import office_clock, register_watch
from processor.operations.google_source import AfterFiling
from processor.operations.office import Office
from processor.operations.pass_report import PassReport, failure_of

_WAIT = 10.0  # seconds for another process to finish
_TURN = 100  # responses that are written before the register is let go
_PAUSE = 0.03  # seconds: whoever waits for a lock tries again within a third of that


def _pause() -> None:
    """Let whoever waits for the register have it."""
    time.sleep(_PAUSE)


def take_in(
    office: Office, report: PassReport, responses: Sequence[Response], seen: RegisterMarks | None = None
) -> Sequence[Decision]:
    """File the responses of one source; give what became of each. The caller holds the register's lock.

    One whose case is damaged is left out, and told as a failure. ``seen`` are the register's marks if they were looked
    at already; they are kept up to date.
    """
    if not responses:
        return ()
    marks = seen or RegisterMarks(office.register)
    index = recognition_index.update(office.register, marks)
    return _filed(office, report, _planned(office, index, responses, marks), index, marks)


def take_in_turns(
    office: Office,
    report: PassReport,
    responses: Sequence[Response],
    marks: RegisterMarks,
    settle: AfterFiling,
    *,
    turn: int = _TURN,
    pause: Callable[[], object] = _pause,
) -> None:
    """File the responses of one source as ``take_in``, then ``settle`` it, still under the register's lock.

    The lock is let go after each ``turn`` of responses that were written, for a ``pause``. What was filed until
    something fails stands, and is known when the source is read again.

    Raises:
        Busy: Somebody else keeps the register.
        ClockDoubtful, PayungError, OSError: What is not filed must wait.
    """
    done, tried, known = list[Decision](), 0, -1
    planned: Sequence[Decision] = ()
    while True:
        with office.register.lock(_WAIT):
            index = RecognitionIndex(office.register)
            if responses and (not tried or index.count() != known):
                index = recognition_index.update(office.register, marks)
                planned = _planned(office, index, responses, marks)  # in the same order each time
            some = _turn(planned[tried:], turn)
            done += _filed(office, report, some, index, marks) if some else ()
            tried += len(some)
            if tried == len(planned):
                settle(done)
                return
            known = index.count()
        pause()


def _turn(planned: Sequence[Decision], most: int) -> Sequence[Decision]:
    """Give the first decisions, up to ``most`` of which something is written."""
    writing = (at for at, one in enumerate(planned) if one.kind != "sama")
    return planned[: next(islice(writing, most, None), len(planned))]


def _planned(
    office: Office, index: RecognitionIndex, responses: Sequence[Response], marks: RegisterMarks
) -> tuple[Decision, ...]:
    """Decide what becomes of each response."""
    return planning.plan(responses, index, office.register.fingerprint, office.numbers(marks.all()))


def _filed(
    office: Office, report: PassReport, outcomes: Sequence[Decision], index: RecognitionIndex, marks: RegisterMarks
) -> tuple[Decision, ...]:
    """Write what was decided; give what is on disk."""
    register = office.register
    new = [outcome.number for outcome in outcomes if outcome.kind == "baru"]
    if new:
        office_clock.check(office)
        office.memory.note_numbers(register.folder, register_watch.identity_of(register), new)
    formerly = register_watch.former_numbers(office.memory, outcomes)
    with stage(office.progress, f"Mendaftarkan {len(outcomes)} tanggapan"):
        failed = filing.file(outcomes, office.form, register, office.now(), formerly)
    office.memory.note_filed_again({before: now for now, before in formerly.items()})
    written = {outcome.number for outcome in outcomes if outcome.kind != "sama"}
    index.refresh(written)
    one_sided = index.one_sided()
    filing.point_back(register, one_sided, office.now())
    marks.look_again({*written, *(other for _, other in one_sided)})
    report.failures += [PayungError(_WAITS.format(number, failure_of(error))) for number, error in failed.items()]
    done = tuple(outcome for outcome in outcomes if outcome.number not in failed)
    report.filed += map(told, done)
    report.news += [f"{now} didaftarkan lagi; sebelum pemulihan: {before}." for now, before in formerly.items()]
    return done


_WAITS = "{}: {} Kiriman untuk permohonan ini menunggu sampai foldernya dibetulkan."


def told(outcome: Decision) -> tuple[str, str, str]:
    """Give what a report says of a response: its place, what became of it, and the number of its case."""
    return outcome.response.place, outcome.kind, outcome.number
