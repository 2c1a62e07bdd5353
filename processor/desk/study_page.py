"""The desk's page on which the study of a case is written: its parts as texts, what is wrong in them, the law beside.

It works without JavaScript: every button posts the whole form, and what was typed comes back in it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from processor.desk import study_form, study_parts, study_word
from processor.desk.study_form import OpenedStudy, TypedStudy
from processor.desk.visit import Elsewhere, Sent, Visit
from processor.foundation.errors import PayungError
from processor.operations import (
    study_drafts,
    study_exchange,
    study_holders,
    study_print,
    study_remarks,
    study_saving,
    study_texts,
)
from processor.operations.study_holders import Holder

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def study_page(visit: Visit) -> str:
    """Make the page; whoever may write is noted as who does, unless somebody else is. Raises NoSuchPage, PayungError.

    Where a draft was left, it is offered with when it was kept, and what differs.
    """
    study = study_form.opened(visit)
    writer = study_form.writer_of(visit, study)
    draft = study_drafts.left(visit.office, study.number, visit.me) if study.mine else None
    differs = study_texts.differences(study_texts.of_case(study.case), draft.texts) if draft else {}
    if draft and not differs:
        study_drafts.discard(visit.office, study.number, visit.me)
    return study_form.page(visit, study, TypedStudy(), writer, (draft.moment, differs) if draft and differs else None)


def study_act(visit: Visit) -> Elsewhere | str:
    """Do what a button of the page asks; give the page again with what was typed, unless it was saved."""
    study, form = study_form.opened(visit), study_form.sent(visit)
    if study.reviewed and form.remarks is not None:
        return _remark(visit, study, form, form.remarks)
    if not study.mine:
        wrong = "Yang menulis kajian ini ialah analisnya, selama kajian disusun. Tulisan Anda tetap di bawah ini."
        return study_form.page(visit, study, replace(form, wrong=(wrong,)), None)
    act = _ACTS.get(visit.posted.text("tindakan"), _show_again)
    return act(visit, study, form)


def draft_act(visit: Visit) -> Sent:
    """Keep what is being typed as a sealed draft, and tell the page when, who else writes by now and what changed.

    A page on which nothing was typed only says that it is still open.
    """
    study, form = study_form.opened(visit), study_form.sent(visit)
    if not study.mine:
        return _answer("", "Kajian ini tidak lagi dapat ditulis di sini. Salin tulisan Anda, lalu muat ulang.")
    writer = study_form.writer_of(visit, study)
    if visit.posted.text("tindakan") != "detak":
        _keep(visit, study, form)
    taken = f"{study_holders.in_words(visit.office, study.number, writer)} Draf Anda tetap tersimpan." if writer else ""
    return _answer(f"{visit.office.now():%H.%M.%S}", taken or _changed_meanwhile(study, form))


def _changed_meanwhile(study: OpenedStudy, form: TypedStudy) -> str:
    """Tell that a part in which somebody types was written elsewhere since, at the desk, in the file or from Word."""
    changed = study_texts.joined(study_texts.of_case(study.case), form.typed, form.shown).clashes
    if not changed:
        return ""
    names = ", ".join(study_parts.TITLES[key] for key in changed)
    return f"Berubah di permohonan sementara Anda menulis: {names}. Draf Anda tersimpan; simpan untuk melihat keduanya."


def preview_act(visit: Visit) -> Sent:
    """Show what is being typed as the letter will look."""
    return Sent(study_form.preview(visit, study_form.sent(visit).typed).encode(), "text/html; charset=utf-8")


def _keep(visit: Visit, study: OpenedStudy, form: TypedStudy) -> None:
    """Keep what was typed as a draft, as far as the case does not say it already."""
    if study_texts.differences(study_texts.of_case(study.case), form.typed):
        study_drafts.keep(visit.office, study.number, visit.me, form.typed, form.shown)
    else:
        study_drafts.discard(visit.office, study.number, visit.me)


def _again(visit: Visit, study: OpenedStudy, form: TypedStudy, writer: Holder | None = None) -> str:
    """Show the page with what its form holds by now, which is a draft, too."""
    _keep(visit, study, form)
    return study_form.page(visit, study, form, writer)


def _answer(at: str, taken: str) -> Sent:
    return Sent(json.dumps({"disimpan": at, "pesan": taken}).encode(), "application/json")


def _save(visit: Visit, study: OpenedStudy, form: TypedStudy) -> Elsewhere | str:
    """Write what was typed into the case, and forget the draft of it; a Word file with more is kept beside."""
    if writer := study_form.writer_of(visit, study):
        return _again(visit, study, form, writer)
    try:
        found = study_saving.save_with_file(
            visit.office, study.number, form.typed, form.shown, visit.person, study_word.content(visit)
        )
    except PayungError as error:
        return _again(visit, study, replace(form, wrong=study_parts.sentences(error)))
    if found.clashes:
        now = {**form.shown, **study_texts.marks(found.clashes)}
        return _again(visit, study_form.opened(visit), replace(form, clashes=found.clashes, shown=now))
    study_drafts.discard(visit.office, study.number, visit.me)
    return Elsewhere(visit.link(f"{study.number}/kajian", "tersimpan"))


def _remark(visit: Visit, study: OpenedStudy, form: TypedStudy, remarks: Mapping[str, str]) -> Elsewhere | str:
    """Write what the reviewer says of single parts; where somebody changed that meanwhile, show both."""
    shown = visit.posted.text("sidik-komentar")
    try:
        study_remarks.save(visit.office, study.number, remarks, shown, visit.person)
    except PayungError as error:
        again = replace(form, wrong=study_parts.sentences(error))
        return study_form.page(visit, study_form.opened(visit), again, None)
    return Elsewhere(visit.link(f"{study.number}/kajian", "tersimpan"))


def _take_over(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    study_holders.claim(visit.office, study.number, visit.person, take_over=True)
    return _again(visit, study, form)


def _use_draft(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    """Put the draft into the form; what changed in the case since is compared when it is saved."""
    draft = study_drafts.left(visit.office, study.number, visit.me)
    given = TypedStudy(draft.texts, draft.shown) if draft else form
    return study_form.page(visit, study, given, study_form.writer_of(visit, study))


def _drop_draft(visit: Visit, study: OpenedStudy, _: TypedStudy) -> Elsewhere:
    study_drafts.discard(visit.office, study.number, visit.me)
    return Elsewhere(visit.link(f"{study.number}/kajian"))


def _leave(visit: Visit, study: OpenedStudy, form: TypedStudy) -> Elsewhere:
    """Let others write; what was typed and not saved stays a draft."""
    _keep(visit, study, form)
    study_holders.release(visit.office, study.number, visit.person)
    return Elsewhere(visit.link(study.number))


def _show_again(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    """Show the page with what was typed: with its preview, with what was found, or with a regulation added."""
    if added := visit.posted.text("tambah"):
        listed = study_texts.entries(form.typed.get("dasar_hukum", ""))
        entries = listed if added in listed else [*listed, added]
        form = replace(form, typed={**form.typed, "dasar_hukum": "\n".join(entries)})
    previewed = visit.posted.text("tindakan") == "pratinjau"
    return _again(visit, study, replace(form, preview=previewed), study_form.writer_of(visit, study))


def _from_word(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    """Put what a Word file says into the form, once what only a person can decide is answered."""
    writer = study_form.writer_of(visit, study)
    try:
        form = study_word.read(visit, study.number, form)
    except PayungError as error:
        form = replace(form, wrong=study_parts.sentences(error))
    return _again(visit, study, form, writer)


_ACTS: Mapping[str, Callable[[Visit, OpenedStudy, TypedStudy], Elsewhere | str]] = {
    "simpan": _save,
    "ambil-alih": _take_over,
    "pakai-draf": _use_draft,
    "buang-draf": _drop_draft,
    "selesai": _leave,
    "dari-word": _from_word,
}


def word_page(visit: Visit) -> Sent:
    """Send the study as a Word file. Raises NoSuchPage, BrokenFiles."""
    study = study_form.opened(visit)
    return Sent(study_exchange.to_word(visit.office, study.number), _DOCX, f"kajian-{study.number}.docx")


def pdf_act(visit: Visit) -> Sent | str:
    """Send what is being typed as the PDF of its letter, without the applicant; say what it lacks."""
    study, form = study_form.opened(visit), study_form.sent(visit)
    try:
        made = study_print.as_pdf(visit.office, study.number, form.typed)
    except PayungError as error:
        given = replace(form, wrong=study_parts.sentences(error))
        return study_form.page(visit, study, given, study_form.writer_of(visit, study))
    return Sent(made, "application/pdf", f"pratinjau-{study.number}.pdf")
