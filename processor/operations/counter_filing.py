"""Files what the counter was told, says where its receipt lies, and keeps the sealed answers as packages are kept."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from processor.cases.records import Event, Response, ShownTerms
from processor.cases.register import OUTGOING
from processor.foundation import atomic_files
from processor.foundation.errors import Busy, PayungError
from processor.intake.recognition import Decision
from processor.letters import pdf
from processor.operations import advance, response_filing, steps
from processor.operations.act_journal import Person
from processor.operations.counter_drafts import Draft, Drafts
from processor.operations.office import Office
from processor.operations.pass_report import PassReport
from processor.site import kept_packages

KEPT = ".loket"
"""How the name of a counter's entry ends that was filed and is kept."""
_WAIT = 60.0  # seconds for a pass that is under way, even one that builds the site: somebody stands at the counter
_RECEIVED = "diterima_petugas"


def response_of(draft: Draft, office: Office) -> Response:
    """Give the draft as a source gives its answers; paper counts from when the office opened on its day."""
    sent = datetime.fromisoformat(draft.sent)
    service = office.settings.layanan
    if draft.paper:
        sent = min(sent, datetime.combine(date.fromisoformat(draft.paper), service.mulai, service.zone))
    source = "kertas" if draft.paper else "loket"
    terms = ShownTerms.of(office.form.ketentuan)
    return Response(source, source, draft.answers, created=sent, submitted=sent, key=draft.key, terms=terms)


def file(office: Office, by: str, response: Response) -> Decision:
    """File a response and let the journal say who received it. Doing it again doubles nothing. Raises Busy."""
    register = office.register
    with register.lock(_WAIT):
        report = PassReport()
        done = response_filing.take_in(office, report, [response])
        if not done:
            raise report.failures[0]
        (outcome,) = done
        if not was_received(office, outcome.number):
            register.record(outcome.number, Event(_RECEIVED, office.now(), by))
    return outcome


def was_received(office: Office, number: str) -> bool:
    """Tell whether an officer received that request: told at the counter, or on paper."""
    return any(event.kind == _RECEIVED for event in office.register.read(number).events)


def take_in(office: Office, by: Person, draft: Draft) -> Decision:
    """File a draft that was found right, with the way by which it came, and let its receipt be made.

    The draft stays, to be ``put_away`` once the officer knows the number: doing it again doubles nothing. Raises Busy.
    """
    outcome = file(office, by.officer, response_of(draft, office))
    _note_channel(office, outcome.number, draft, by)
    with suppress(Busy):  # the receipt is then made by the next pass
        advance.advance(office, [outcome.number])
    return outcome


def _note_channel(office: Office, number: str, draft: Draft, by: Person) -> None:
    """Write by which way a request came, unless its file says so already."""
    case = office.register.read(number).case
    if draft.channel and case and not case.kanal:
        steps.apply(office, number, {("kanal",): draft.channel}, by=by)


def put_away(office: Office, drafts: Drafts, key: str) -> None:
    """Keep a draft that was filed, sealed as it is, as what came from the site is kept."""
    packages = office.settings.packages
    atomic_files.make_folder(packages)
    kept_packages.keep(drafts.path(key), packages, office.now().date(), KEPT)
    drafts.discard(key)


def file_again(office: Office, path: Path, drafts: Drafts) -> None:
    """File what was kept at ``path`` of the counter, unless the register holds it; it is kept from today on then.

    Raises PayungError when it cannot be opened or filed now, Busy when the register is in use; it is kept then.
    """
    waiting = drafts.path(path.stem)
    atomic_files.move(path, waiting)
    try:
        draft = drafts.read(path.stem)
        response = replace(response_of(draft, office), terms=None)  # the form may have others by now
        outcome = file(office, draft.by, response)
        _note_channel(office, outcome.number, draft, Person(draft.by))
    except (PayungError, OSError):
        atomic_files.move(waiting, path)
        raise
    put_away(office, drafts, draft.key)


def receipt_of(office: Office, number: str) -> str:
    """Say where the receipt lies, as PDF where LibreOffice can make one."""
    path, note = receipt_file(office, number)
    if path is None:
        return "Tanda terimanya belum dapat dibuat. Lihat sebabnya dengan payung periksa."
    return f"Tanda terima: {path}{note and chr(10)}{note}\nCetak dan serahkan kepada pemohon."


def receipt_file(office: Office, number: str) -> tuple[Path | None, str]:
    """Give where the receipt lies, as PDF where LibreOffice can make one, and why it is none; None before it is made.

    It holds no name.
    """
    filed = office.register.read(number)
    letters = (event.data for event in filed.events if event.kind == "surat")
    names = [data["berkas"] for data in letters if data["jenis"] == "tanda_terima"]
    path = filed.folder / OUTGOING / names[-1] if names else None
    if path and pdf.is_available():
        try:
            return pdf.ensure_pdf(path), ""
        except PayungError as error:
            return path, str(error)
    return path, ""
