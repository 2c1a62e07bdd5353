"""Files what the counter was told, says where its receipt lies, and keeps the sealed answers as packages are kept."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from processor.cases.records import Event, Response, ShownTerms
from processor.cases.register import OUTGOING
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.intake.recognition import Decision
from processor.letters import pdf
from processor.operations import daily_pass
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
        done = daily_pass.take_in(office, report, [response])
        if not done:
            raise report.failures[0]
        (outcome,) = done
        if all(event.kind != _RECEIVED for event in register.read(outcome.number).events):
            register.record(outcome.number, Event(_RECEIVED, office.now(), by))
    return outcome


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
        file(office, draft.by, response)
    except (PayungError, OSError):
        atomic_files.move(waiting, path)
        raise
    put_away(office, drafts, draft.key)


def receipt_of(office: Office, number: str) -> str:
    """Say where the receipt lies, as PDF where LibreOffice can make one."""
    filed = office.register.read(number)
    letters = (event.data for event in filed.events if event.kind == "surat")
    names = [data["berkas"] for data in letters if data["jenis"] == "tanda_terima"]
    if not names:
        return "Tanda terimanya belum dapat dibuat. Lihat sebabnya dengan payung periksa."
    path, note = filed.folder / OUTGOING / names[-1], ""
    if pdf.is_available():
        try:
            path = pdf.ensure_pdf(path)
        except PayungError as error:
            note = f"\n{error}"
    return f"Tanda terima: {path}{note}\nCetak dan serahkan kepada pemohon."
