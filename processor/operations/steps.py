"""The workflow's steps as commands: each writes the very YAML that staff may write by hand, and nothing else."""

import difflib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from processor.cases import answers, case_mistakes, earlier_texts, rules
from processor.cases.case_status import DELIVERED, OVER, STAGES, Derived, Status
from processor.cases.decision_digests import STUDY, reviewed_digest
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.foundation import law_catalogue, yaml_editor, yaml_reader
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.letters import study_slips
from processor.operations import (
    act_journal,
    case_letters,
    case_row,
    confirming,
    letter_delivery,
    letter_sources,
    message_stops,
    objection_steps,
    overview,
    step_advice,
)
from processor.operations.act_journal import NOBODY, Person
from processor.operations.complaints import complaint_letters
from processor.operations.office import Office

_WAIT = 10.0
StepChanges = yaml_editor.SectionChanges


def verify(decision: str, by: str, today: date, **more: Any) -> StepChanges:
    """Write the intake's decision.

    Args:
        decision: ``diteruskan``, ``dilengkapi`` or ``ditolak``.
        by: The officer's short name.
        today: The day of the decision, in the office's zone.
        more: Other keys of the section; empty ones are left alone.
    """
    given = {key: value for key, value in more.items() if value}
    return _section("verifikasi", {"keputusan": decision, "oleh": by, "tanggal": today.isoformat(), **given})


def assign(analyst: str, reviewer: str, conflicts: Sequence[str]) -> StepChanges:
    """Write who drafts, who reviews, and who must not touch the case."""
    people: dict[str, Any] = {"analis": analyst, "pemeriksa": reviewer}
    return _section("penugasan", people | ({"benturan_kepentingan": list(conflicts)} if conflicts else {}))


def set_study_ready(*, done: bool) -> StepChanges:
    """Write that the study is ready for review, or not yet."""
    return _section("kajian", {"selesai": "ya" if done else "tidak"})


def review(decision: str, by: str, today: date, notes: str = "", marks: Mapping[str, int] | None = None) -> StepChanges:
    """Write that the reviewer approves, or returns with notes; ``marks`` are those of ``case_parts.Quality``.

    A study that was returned is ready again only once its drafter says so. An approval without notes leaves those that
    stand there.
    """
    check = {"keputusan": decision, "oleh": by, "tanggal": today.isoformat(), **({"catatan": notes} if notes else {})}
    given = {"mutu": dict(marks)} if marks else {}
    return {
        **_section("pemeriksaan", {**check, **given}),
        **(set_study_ready(done=False) if decision == "dikembalikan" else {}),
    }


def take_back_return() -> StepChanges:
    """Write that a study was returned by mistake: it waits for its review again; the notes stay where they are."""
    return {**_section("pemeriksaan", {"keputusan": None, "tanggal": None}), **set_study_ready(done=True)}


def record_letter_number(given: str, dated: date) -> StepChanges:
    """Write the number that the secretariat gave the letter, which is made now, to be signed."""
    return _section("penyampaian", {"nomor_surat": given, "tanggal_surat": dated.isoformat()})


def deliver(today: date) -> StepChanges:
    """Write that the letter goes to the applicant."""
    return _section("penyampaian", {"tanggal": today.isoformat()})


def confirm_receipt(today: date) -> StepChanges:
    """Write that the letter is known to have reached the applicant."""
    return _section("penyampaian", {"diterima": today.isoformat()})


def set_code(locator: str, recipient: str) -> StepChanges:
    """Write the two public values of the applicant's new code; what it opens is sealed anew from them."""
    return _section("balasan", {"kode_lacak": locator, "kunci_balasan": recipient})


def withdraw(today: date, notes: str) -> StepChanges:
    """Write that the applicant takes the request back."""
    return _section("pembatalan", {"tanggal": today.isoformat(), "catatan": notes})


def archive(today: date) -> StepChanges:
    """Write that nothing more is to be done."""
    return _section("arsip", {"tanggal": today.isoformat()})


def _section(name: str, values: Mapping[str, Any]) -> StepChanges:
    """Give values of one section as changes."""
    return {(name, key): value for key, value in values.items()}


@dataclass(frozen=True, slots=True)
class Done:
    """What a step came to: the status before and after, the lines that it changed, and what else to look at."""

    before: Derived
    after: Derived
    lines: tuple[str, ...]
    slips: tuple[Problem, ...] = ()


def apply(
    office: Office,
    number: str,
    changes: StepChanges,
    *,
    by: Person = NOBODY,
    simulate: bool = False,
    told: Event | None = None,
    shown: str | None = None,
) -> Done:
    """Write ``changes`` into a case, unless a rule is against it; its journal says at once who did, and when.

    Args:
        office: The open office.
        number: The case's registration number.
        changes: What the step writes.
        by: Who runs the command.
        simulate: Whether only to tell what would come of it.
        told: What the journal is to say of the step; it says so just before, so that nothing is written untold.
        shown: The text of the file that ``changes`` were decided on, where they hold only for that.

    Raises:
        BrokenFiles: With everything that stops the step; then nothing was written.
        Busy: When the file changed meanwhile; then nothing was written either.
    """
    _look_at_signature(office, number, changes)
    with office.register.lock(_WAIT):
        filed, unknown = _with_hand_edits(office, office.register.read(number))
        if shown is not None and filed.document.text != shown:
            raise Busy(f"{number} berubah sejak ditampilkan; tidak ada yang ditulis. Lihat lagi, lalu ulangi.")
        before = _seen(office, filed)
        changes = _completed(office, filed, changes)
        text = yaml_editor.apply(filed.document.text, changes)
        then = case_with(office, filed, text)
        confirmed = confirming.by_step(office, then, {place[0] for place in changes}, by)
        then = replace(then, events=(*then.events, *confirmed))
        after = _seen(office, then)
        broken = [problem for problem in after.problems if problem.message not in _messages(before, changes)]
        stops = _closed(office, filed, before, changes) or step_advice.stops(filed, before, after, changes) or broken
        stops = stops or _forbidden(filed, before, after, changes) or step_advice.strangers(office, then, by.officer)
        stops = stops or _unwritable(office, then, after, changes) or _undeliverable(office, then, after, changes)
        if stops:
            raise BrokenFiles(tuple(stops))
        then, told_of_answer = _answered(office, then, changes)
        after = _seen(office, then)
        if not simulate:
            office.register.record(number, *unknown, *([told] if told else ()))
            earlier_texts.keep(filed.folder, filed.document.text, office.now())
            yaml_editor.replace_text(filed.document.path, filed.document.text, text)
            earlier_texts.keep(filed.folder, text, office.now(), sync=False)
            office.register.record(number, *confirmed, *told_of_answer)
            act = act_journal.by_command(by, office.now())
            office.register.record(number, *act_journal.fresh_events(office, then, after, act.time, lambda: act))
    look = (*study_slips.of_step(then, changes), *message_stops.unanswered(then, changes))
    return Done(before, after, changed_lines(filed.document.text, text), look)


def _look_at_signature(office: Office, number: str, changes: StepChanges) -> None:
    """Look at the PDF that is to go out while nobody holds the register; what comes of it is kept for a minute."""
    if not changes.keys() & {("penyampaian", "tanggal"), ("keberatan", "disampaikan")}:
        return
    with suppress(PayungError, OSError):
        filed = office.register.read(number)
        if filed.case and changes.get(answers.answer_letter(filed.case).sent_key):
            letter_delivery.missing(office.settings, filed, filed.case, office.now())


def _with_hand_edits(office: Office, filed: Filed) -> tuple[Filed, Sequence[Event]]:
    """Give a case as its journal will tell it once it knows what was written by hand before this step, and that."""
    now = office.now()
    unknown = act_journal.fresh_events(
        office, filed, _seen(office, filed), now, lambda: act_journal.by_hand(office, filed, now)
    )
    return replace(filed, events=(*filed.events, *unknown)), unknown


def _completed(office: Office, filed: Filed, changes: StepChanges) -> StepChanges:
    """Add to ``changes`` what a step writes besides what was asked: what a review is about, what an objection moves."""
    case = filed.case
    if case is None:
        return changes
    changes = objection_steps.completed(case, changes, office.now().date())
    decided = changes.get(("pemeriksaan", "keputusan"))
    about = {("pemeriksaan", "naskah"): reviewed_digest(case)} if decided else {}
    return {**about, **changes}


_AFTERWARDS = {
    ("penyampaian", "diterima"),
    ("arsip", "tanggal"),
    ("keberatan", "diterima"),
    ("balasan", "kode_lacak"),
    ("balasan", "kunci_balasan"),
}
"""What a step may still write once the answer is out or the request withdrawn."""
_NOTED = {"hambatan", "koordinasi", "jadwal", "publikasi", "pesan"}
"""What may be noted of a case whenever it is; none of it decides anything about the request."""


def _closed(office: Office, filed: Filed, before: Derived, changes: StepChanges) -> list[Problem]:
    """Say why a case takes no such step now: for its objection, its end, or a message of either side."""
    stops = objection_steps.stops(filed, before, changes) or already_over(filed, before, changes)
    return stops or message_stops.stops(office, filed, changes)


def already_over(filed: Filed, before: Derived, changes: StepChanges) -> list[Problem]:
    """Give what is wrong with a step that comes when nothing is to be decided any more."""
    later = {place for place in changes if place not in _AFTERWARDS and place[0] not in _NOTED}
    if before.status not in DELIVERED | OVER or not later or objection_steps.records(changes):
        return []
    message = f"Permohonan ini sudah {before.status}; langkah ini tidak berlaku lagi."
    return [Problem(str(filed.document.path), None, message, "Periksa nomornya. Salah tulis? payung sunting.")]


_GOES_ON: frozenset[Status] = frozenset({"disusun", "dikembalikan", "diperiksa"})
"""Where a request that is forwarded goes on where a study was begun: it lacked something, or was assigned too soon."""


def _forbidden(filed: Filed, before: Derived, after: Derived, changes: StepChanges) -> list[Problem]:
    """Give what is wrong with a step that the workflow's table does not know."""
    if changes.get(("verifikasi", "keputusan")) == "dilengkapi" and after.status != "menunggu_kelengkapan":
        message = "Pemohon sudah mengirim tambahan sesudah permintaan yang sama ini."
        mend = "Tulis apa yang masih kurang dengan kata-kata lain, atau --teruskan."
        return [Problem(str(filed.document.path), None, message, mend)]
    withdrawn = after.status == "dibatalkan" and before.status not in DELIVERED | OVER
    stage = STAGES[before.status]
    follows = {before.status, *stage.leads_to, *stage.back_to}
    if changes.get(("verifikasi", "keputusan")) == "diteruskan" and "diteruskan" in follows:
        follows |= _GOES_ON
    if after.status in follows or withdrawn:
        return []
    message = (
        f"Permohonan ini {before.status.replace('_', ' ')}, jadi tidak dapat menjadi {after.status.replace('_', ' ')}."
    )
    mend = "Periksa nomornya. Bila memang harus, sunting berkasnya: payung sunting."
    return [Problem(str(filed.document.path), None, message, mend)]


def _unwritable(office: Office, filed: Filed, after: Derived, changes: StepChanges) -> list[Problem]:
    """Give what keeps the letters from being written that are to be reviewed, approved, numbered or delivered."""
    readying = {("kajian", "selesai"): "ya", ("pemeriksaan", "keputusan"): "disetujui"}.items() & changes.items()
    if filed.case is None or not (readying or any(place[0] in {"penyampaian", "keberatan"} for place in changes)):
        return []
    return case_letters.missing_for_letters(
        filed.case, after, law_catalogue.load(office.settings.law_catalogue), filed.document
    )


def _undeliverable(office: Office, filed: Filed, after: Derived, changes: StepChanges) -> list[Problem]:
    """Give what keeps a letter from its number, or from going out."""
    case = filed.case
    if case is None:
        return []
    answer = answers.answer_letter(case)
    numbered, sent = changes.get(answer.number_key), changes.get(answer.sent_key)
    if numbered and after.status not in {"disetujui", "ditolak", "keberatan_ditolak", *DELIVERED}:
        message = f"Permohonan ini {after.status.replace('_', ' ')}, jadi suratnya belum boleh bernomor."
        mend = "Nomor surat dipakai sekali, sesudah kajiannya disetujui atau permohonannya ditolak."
        return [Problem(str(filed.document.path), filed.document.line(answer.number_key), message, mend)]
    if numbered:
        letter = case_row.plain_number(answer.number)
        cases = overview.KnownRows.load(office).bearing_now(office, letter)
        if used := letter_delivery.spent(filed, case, cases, complaint_letters.bearing(office, letter)):
            return used
    if not sent:
        return []
    catalogue = law_catalogue.load(office.settings.law_catalogue)
    undecided = letter_sources.unsettled(office, filed, case, after, catalogue)
    return undecided or letter_delivery.missing(office.settings, filed, case, office.now())


def _answered(office: Office, filed: Filed, changes: StepChanges) -> tuple[Filed, tuple[Event, ...]]:
    """Give a case with the event of the signed letter that goes out by this step, and that event."""
    if filed.case is None or not changes.get(answers.answer_letter(filed.case).sent_key):
        return filed, ()
    told = letter_delivery.signed_answer(office.settings, filed, filed.case, office.now())
    return replace(filed, events=(*filed.events, *told)), told


def _seen(office: Office, filed: Filed) -> Derived:
    """Derive what follows from a case. Raises BrokenFiles when its file cannot be used."""
    seen = overview.derive_for(office, filed)
    if seen is None or filed.problems:
        raise BrokenFiles(filed.problems)
    return seen


def case_with(office: Office, filed: Filed, text: str) -> Filed:
    """Give the case as it would be with ``text`` in its file."""
    document = yaml_reader.parse(filed.document.path, text)
    case, problems = case_mistakes.check_document(document, office.settings.taksonomi)
    return Filed(filed.number, filed.folder, document, case, filed.events, problems)


def _messages(seen: Derived, changes: StepChanges) -> set[str]:
    """Give what was wrong already, and what a study that changed asks for as after any edit: no fault of this step."""
    rewritten = any(("kajian", name) in changes for name in STUDY)
    return {problem.message for problem in seen.problems} | ({rules.STALE} if rewritten else set())


def changed_lines(old: str, new: str) -> tuple[str, ...]:
    """Give the lines that differ, each behind - or +."""
    return tuple(line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:1] in "+-")
