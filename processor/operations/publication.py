"""Publishes the pages when what they are made of has changed, and at fixed times what codes open."""

from datetime import datetime

from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import LeakFound, PayungError
from processor.foundation.progress import stage
from processor.operations import applicant_status, leak_exceptions
from processor.operations.identity_index import IdentityIndex
from processor.operations.office import Office
from processor.operations.pass_report import PassReport, failure_of
from processor.site import publish, sealed_files

_STATUSES = "status"
_WAIT = 10.0  # seconds for another processor to finish


def publish_due(
    office: Office, report: PassReport, *, always: bool = False, marks: RegisterMarks | None = None
) -> None:
    """Publish the pages when their sources have changed, or ``always``, and at fixed times what codes open.

    ``marks`` are the register's if they were looked at already. An identity that is corrected after that look is
    looked for by the next pass.
    """
    _release_pages(office, report, always=always, marks=marks)
    _release_statuses(office, report)


def look_again(office: Office) -> None:
    """Let the next pass look through the site for everybody. The caller holds the register's locks."""
    IdentityIndex(office.register).look_again()
    office.register.save_state("terbit", {**office.register.state("terbit"), "orang": ""})


def _release_pages(office: Office, report: PassReport, *, always: bool, marks: RegisterMarks | None) -> None:
    """Build the pages anew where that is due.

    When only the register has changed, the site that stands is looked through for its new identities.
    """
    settings, register = office.settings, office.register
    seen = IdentityIndex(register, marks, office.now)
    made, state, people = publish.inputs_digest(settings), register.state("terbit"), seen.digest()
    fresh = always or state.get("dari") != made or not settings.site.is_dir()
    if not fresh and state.get("orang") == people:
        return
    try:
        with stage(office.progress, "Membangun dan memeriksa situs" if fresh else "Memeriksa situs"):
            publish.check_place(settings, settings.site)
            seen.reviewed.note_sources(publish.reviewed_sources(settings), office.now())
            if fresh:
                anew = IdentityIndex(register, clock=office.now)
                publish.publish_site(settings, anew, settings.site, register.lock(_WAIT))
            else:
                publish.inspect(settings, seen, settings.site)
    except (PayungError, OSError) as error:
        report.failures.append(failure_of(error))
        if isinstance(error, LeakFound):
            leak_exceptions.remember(register, error.found)
    else:
        leak_exceptions.remember(register, {})
        hosts = publish.code_hosts(state.get("alamat", []), settings, office.now())
        register.save_state("terbit", {"dari": made, "orang": people, "alamat": hosts})
        report.published = fresh


def _release_statuses(office: Office, report: PassReport) -> None:
    """Publish what applicants open with their codes, sealed anew at fixed times even if nothing happened."""
    now, site = office.now(), office.settings.situs
    last = office.register.state(_STATUSES).get("saat")
    published = datetime.fromisoformat(last) if last and sealed_files.is_published(office.settings.site) else None
    if not publish.is_our_site(office.settings.site) or not applicant_status.slot_begun(
        published, now, site.status_tiap
    ):
        return
    try:
        with stage(office.progress, "Menyegel status permohonan"):
            sealed_files.write(
                office.settings.site,
                applicant_status.publication_files(office, now),
                applicant_status.last_slot(now, site.status_tiap),
            )
        office.register.save_state(_STATUSES, {"saat": now.isoformat()})
    except (PayungError, OSError) as error:
        report.failures.append(failure_of(error))
