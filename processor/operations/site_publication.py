"""Publishes the pages when what they are made of has changed, and at fixed times what codes open."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import datetime

from processor.cases.register_marks import RegisterMarks
from processor.foundation.errors import LeakFound, PayungError, Problem
from processor.foundation.progress import stage
from processor.operations import applicant_status, leak_exceptions
from processor.operations.figures import aggregate_files
from processor.operations.identity_index import IdentityIndex
from processor.operations.office import Office
from processor.operations.pass_report import PassReport, failure_of
from processor.operations.retelling import retold_answers
from processor.operations.retelling.retold_answers import ShownAnswers
from processor.site import answer_pages, official_texts, publish, sealed_files
from processor.site.answer_pages import RetoldAnswer
from processor.site.leak_targets import GateHit

Held = Mapping[str, Sequence[str]]
"""The cases whose retold answers are held back, and the cases whose identity stands there."""
Finds = Mapping[str, Collection[GateHit]]
"""What the gate found, by the case whose identity it is."""
_HELD = "ditahan"
_UNPRINTED = "tak_tercetak"
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
    report.problems += [*official_texts.problems(office.settings), *unprinted(office)]
    _release_statuses(office, report)


def look_again(office: Office) -> None:
    """Let the next pass look through the site for everybody. The caller holds the register's locks."""
    IdentityIndex(office.register).look_again()
    office.register.save_state("terbit", {**office.register.state("terbit"), "orang": ""})


def unprinted(office: Office) -> Iterator[Problem]:
    """Tell what of the site that was published last could not be printed."""
    yield from (Problem(*one) for one in office.register.state("terbit").get(_UNPRINTED, ()))


def _release_pages(office: Office, report: PassReport, *, always: bool, marks: RegisterMarks | None) -> None:
    """Build the pages anew where that is due.

    When only the register has changed, the site that stands is looked through for its new identities.
    """
    settings, register = office.settings, office.register
    marks = marks or RegisterMarks(register)
    answers, told = _answers(office, report, marks)
    seen = IdentityIndex(register, marks, office.now)
    made, state, people = publish.inputs_digest(settings), register.state("terbit"), seen.digest()
    held: Held = state.get(_HELD, {})
    problems: Sequence[Problem] = [*unprinted(office)]
    fresh = always or (state.get("dari"), state.get("tanya", "")) != (made, told) or not settings.site.is_dir()
    fresh = fresh or bool(held and not state.get("orang"))  # somebody excepted what was found
    if not fresh and state.get("orang") == people:
        answers.remember()
        report.problems += _told_of(held)
        return
    found: Finds = {}
    try:
        with stage(office.progress, "Membangun dan memeriksa situs" if fresh else "Memeriksa situs"):
            publish.check_place(settings, settings.site)
            seen.reviewed.note_sources(publish.reviewed_sources(settings), office.now())
            if fresh:
                recap, shown = _recap(office, report), answers.read() if told else {}
                made = publish.inputs_digest(settings)  # what signs the recap may just have been made
                held, found, problems = _build(office, shown, recap)
            else:
                publish.inspect(settings, seen, settings.site)
    except (PayungError, OSError) as error:
        report.failures.append(failure_of(error))
        if isinstance(error, LeakFound):
            leak_exceptions.remember(register, error.found)
    else:
        leak_exceptions.remember(register, found)
        answers.remember()
        hosts = publish.code_hosts(state.get("alamat", []), settings, office.now())
        kept = {"dari": made, "orang": people, "alamat": hosts, "tanya": told, **({_HELD: held} if held else {})}
        kept |= {_UNPRINTED: [*map(astuple, problems)]} if problems else {}
        register.save_state("terbit", kept)
        report.problems += _told_of(held)
        report.published = fresh


def _build(
    office: Office, shown: Mapping[str, RetoldAnswer], recap: bytes | None
) -> tuple[Held, Finds, Sequence[Problem]]:
    """Publish the site; an answer that is a leak is left out, and nothing else of the site waits for it.

    Returns:
        The cases whose answers are held back, each with the cases whose identity stands there; the finds; and what
        could not be printed.
    """
    settings, site = office.settings, office.settings.site
    anew = IdentityIndex(office.register, clock=office.now)
    try:
        problems = publish.publish_site(settings, anew, site, office.register.lock(_WAIT), [*shown.values()], recap)
    except LeakFound as error:
        leaking = publish.leaking_answers(settings, anew, error, shown)
        if not leaking:
            raise
        found, rest = error.found, [one for number, one in shown.items() if number not in leaking]
    else:
        return {}, {}, problems
    anew = IdentityIndex(office.register, clock=office.now)
    problems = publish.publish_site(settings, anew, site, office.register.lock(_WAIT), rest, recap)
    return {number: sorted(found) for number in leaking}, found, problems


def _told_of(held: Held) -> Iterator[Problem]:
    """Say which answers are held back, and what can be done."""
    for number, cases in held.items():
        message = (
            f"Tanya jawab dari permohonan ini ditahan: di dalamnya ada yang tertulis sebagai identitas di "
            f"{', '.join(cases)}. Halaman lain tetap terbit."
        )
        mend = (
            "Tulis ulang, lalu setujui lagi: payung publikasikan. Bukan identitas siapa pun? "
            f'payung kecualikan {cases[0]} --oleh PETUGAS --alasan "..."'
        )
        yield Problem(number, None, message, mend)


def _answers(office: Office, report: PassReport, marks: RegisterMarks) -> tuple[ShownAnswers, str]:
    """Give the answers that the site shows, and their digest: "" for none, or where the menu has no page of them."""
    answers = retold_answers.look(office, marks)
    if not answers.digest or answer_pages.in_menu(office.settings.root):
        return answers, answers.digest
    report.problems.append(Problem(str(office.settings.root / "mkdocs.yml"), None, *_NOT_IN_MENU))
    return answers, ""


def _recap(office: Office, report: PassReport) -> bytes | None:
    """Give the signed file of published figures; without it the site is published all the same."""
    try:
        return aggregate_files.signed(office)
    except PayungError as error:
        report.problems.append(aggregate_files.problem(error))
        return None


_NOT_IN_MENU = (
    f"Menu situs ini belum memuat {answer_pages.INDEX}, jadi tanya jawab yang disetujui tidak diterbitkan.",
    f"Tambahkan di bawah nav, satu baris: - Tanya jawab menurut topik: {answer_pages.INDEX}",
)


_CROWDED = (
    "{} status tidak termuat: terlalu banyak kode lacak berawalan sama, dan itu bukan kebetulan. Kode lacak dapat "
    "dipilih pengirimnya, jadi mungkin ada yang sengaja membanjiri."
)
_CALL = "Periksa permohonan dan pengaduan terbaru. Yang statusnya tidak termuat tetap dapat dijawab lewat telepon."


def _release_statuses(office: Office, report: PassReport) -> None:
    """Publish what applicants open with their codes, sealed anew at fixed times even if nothing happened."""
    now, site = office.now(), office.settings.situs
    last = office.register.state(_STATUSES)
    published = (
        datetime.fromisoformat(last["saat"]) if last and sealed_files.is_published(office.settings.site) else None
    )
    if not publish.is_our_site(office.settings.site) or not applicant_status.slot_begun(
        published, now, site.status_tiap
    ):
        return
    try:
        with stage(office.progress, "Menyegel status permohonan"):
            files, done = applicant_status.publication(office, now, last)
            sealed_files.write(office.settings.site, files, applicant_status.last_slot(now, site.status_tiap))
        office.register.save_state(_STATUSES, done)
        if done["terlewat"]:
            report.problems.append(Problem(str(office.settings.site), None, _CROWDED.format(done["terlewat"]), _CALL))
    except (PayungError, OSError) as error:
        report.failures.append(failure_of(error))
