"""The desk's page on which the study of a case is written: its parts as texts, what is wrong in them, the law beside.

It works without JavaScript: every button posts the whole form, and what was typed comes back in it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup

from processor.cases.case_file import NEEDED, CaseFile
from processor.cases.case_status import Derived, Status
from processor.cases.register import Filed
from processor.desk import officer_pages, search, study_parts, study_preview
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.law_catalogue import Catalogue
from processor.operations import overview, study_drafts, study_holders, study_saving, study_texts
from processor.operations.study_holders import Holder
from processor.operations.study_texts import Piece, Texts

WRITTEN_IN: tuple[Status, ...] = ("disusun", "dikembalikan")
"""The statuses in which the analyst of a case may write its study."""
_SHOWN_HITS = 8


@dataclass(frozen=True, slots=True)
class OpenedStudy:
    """A case whose study is looked at; ``mine`` tells whether the visitor may write it now."""

    filed: Filed
    case: CaseFile
    derived: Derived
    mine: bool

    @property
    def number(self) -> str:
        """Give the registration number."""
        return self.filed.number


@dataclass(frozen=True, slots=True)
class TypedStudy:
    """What a form holds: the texts of the parts that it has, the marks of those that it was shown, and what to say.

    ``clashes`` are parts that somebody changed meanwhile, as they stand now.
    """

    typed: Texts = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    clashes: Texts = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    preview: bool = False
    query: str = ""


def study_page(visit: Visit) -> str:
    """Make the page; whoever may write is noted as who does, unless somebody else is. Raises NoSuchPage, PayungError.

    Where a draft was left, it is offered with when it was kept, and what differs.
    """
    study = _study(visit)
    writer = _writer(visit, study)
    draft = study_drafts.left(visit.office, study.number, visit.me) if study.mine else None
    differs = study_texts.differences(study_texts.of_case(study.case), draft.texts) if draft else {}
    if draft and not differs:
        study_drafts.discard(visit.office, study.number, visit.me)
    return _page(visit, study, TypedStudy(), writer, (draft.moment, differs) if draft and differs else None)


def study_act(visit: Visit) -> Elsewhere | str:
    """Do what a button of the page asks; give the page again with what was typed, unless it was saved."""
    study, form = _study(visit), _posted(visit)
    if not study.mine:
        wrong = "Yang menulis kajian ini ialah analisnya, selama kajian disusun. Tulisan Anda tetap di bawah ini."
        return _page(visit, study, replace(form, wrong=(wrong,)), None)
    act = _ACTS.get(visit.posted.text("tindakan"), _show_again)
    return act(visit, study, form)


def draft_act(visit: Visit) -> Sent:
    """Keep what is being typed as a sealed draft, and tell the page when, and who else writes by now."""
    study, form = _study(visit), _posted(visit)
    if not study.mine:
        return _answer("", "Kajian ini tidak lagi dapat ditulis di sini. Salin tulisan Anda, lalu muat ulang.")
    writer = _writer(visit, study)
    if study_texts.differences(study_texts.of_case(study.case), form.typed):
        study_drafts.keep(visit.office, study.number, visit.me, form.typed, form.shown)
    else:
        study_drafts.discard(visit.office, study.number, visit.me)
    taken = f"{study_holders.in_words(visit.office, study.number, writer)} Draf Anda tetap tersimpan." if writer else ""
    return _answer(f"{visit.office.now():%H.%M.%S}", taken)


def preview_act(visit: Visit) -> Sent:
    """Show what is being typed as the letter will look."""
    return Sent(_preview(visit, _posted(visit).typed).encode(), "text/html; charset=utf-8")


def _answer(at: str, taken: str) -> Sent:
    return Sent(json.dumps({"disimpan": at, "pesan": taken}).encode(), "application/json")


def _study(visit: Visit) -> OpenedStudy:
    """Read the case of a page. Raises NoSuchPage, BrokenFiles."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    filed = visit.office.register.read(number)
    case, derived = study_saving.usable_case(filed), overview.derive_for(visit.office, filed)
    if derived is None:
        raise BrokenFiles(filed.problems)
    mine = bool(visit.me) and derived.status in WRITTEN_IN and visit.me in derived.holders
    return OpenedStudy(filed, case, derived, mine)


def _posted(visit: Visit) -> TypedStudy:
    """Read what a form sent."""
    parts = [key for key in study_parts.TITLES if key in visit.posted.texts]
    typed = {key: visit.posted.text(key) for key in parts}
    return TypedStudy(typed, {key: visit.posted.text(f"sidik-{key}") for key in parts}, query=visit.posted.text("cari"))


def _writer(visit: Visit, study: OpenedStudy) -> Holder | None:
    """Note that the visitor writes, where they may; tell who else does."""
    if study.mine:
        return study_holders.claim(visit.office, study.number, visit.person)
    return study_holders.holder(visit.office, study.number)


def _save(visit: Visit, study: OpenedStudy, form: TypedStudy) -> Elsewhere | str:
    """Write what was typed into the case, and forget the draft of it."""
    if writer := _writer(visit, study):
        return _page(visit, study, form, writer)
    try:
        found = study_saving.save(visit.office, study.number, form.typed, form.shown, visit.person)
    except PayungError as error:
        return _page(visit, study, replace(form, wrong=study_parts.sentences(error)), None)
    if found.clashes:
        now = {**form.shown, **study_texts.marks(found.clashes)}
        return _page(visit, _study(visit), replace(form, clashes=found.clashes, shown=now), None)
    study_drafts.discard(visit.office, study.number, visit.me)
    return Elsewhere(visit.link(f"{study.number}/kajian", "tersimpan"))


def _take_over(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    study_holders.claim(visit.office, study.number, visit.person, take_over=True)
    return _page(visit, study, form, None)


def _use_draft(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    """Put the draft into the form; what changed in the case since is compared when it is saved."""
    draft = study_drafts.left(visit.office, study.number, visit.me)
    given = TypedStudy(draft.texts, draft.shown) if draft else form
    return _page(visit, study, given, _writer(visit, study))


def _drop_draft(visit: Visit, study: OpenedStudy, _: TypedStudy) -> Elsewhere:
    study_drafts.discard(visit.office, study.number, visit.me)
    return Elsewhere(visit.link(f"{study.number}/kajian"))


def _leave(visit: Visit, study: OpenedStudy, _: TypedStudy) -> Elsewhere:
    """Let others write; what was typed and not saved stays a draft, where there is one."""
    study_holders.release(visit.office, study.number, visit.person)
    return Elsewhere(visit.link(study.number))


def _show_again(visit: Visit, study: OpenedStudy, form: TypedStudy) -> str:
    """Show the page with what was typed: with its preview, with what was found, or with a regulation added."""
    if added := visit.posted.text("tambah"):
        listed = study_texts.entries(form.typed.get("dasar_hukum", ""))
        entries = listed if added in listed else [*listed, added]
        form = replace(form, typed={**form.typed, "dasar_hukum": "\n".join(entries)})
    previewed = visit.posted.text("tindakan") == "pratinjau"
    return _page(visit, study, replace(form, preview=previewed), _writer(visit, study))


_ACTS: Mapping[str, Callable[[Visit, OpenedStudy, TypedStudy], Elsewhere | str]] = {
    "simpan": _save,
    "ambil-alih": _take_over,
    "pakai-draf": _use_draft,
    "buang-draf": _drop_draft,
    "selesai": _leave,
}


def _page(
    visit: Visit,
    study: OpenedStudy,
    form: TypedStudy,
    writer: Holder | None,
    draft: tuple[datetime, Mapping[str, tuple[Piece, ...]]] | None = None,
) -> str:
    """Make the page of a study with what its form holds."""
    now = study_texts.of_case(study.case)
    texts = {**now, **form.typed}
    shown = {**study_texts.marks(now), **form.shown}
    catalogue = _catalogue(visit)
    needed = NEEDED[study.case.bentuk] if study.case.bentuk else ()
    return rendered(
        "kajian.html",
        visit,
        number=study.number,
        status=study.derived.status,
        kind=study.case.bentuk or "",
        mine=study.mine,
        writer=study_holders.in_words(visit.office, study.number, writer) if writer else "",
        parts=[
            study_parts.view(key, texts[key], shown[key], form.clashes, catalogue, needed) for key in study_parts.TITLES
        ],
        draft=draft,
        wrong=form.wrong,
        clashes=form.clashes,
        preview=_preview(visit, texts) if form.preview or not study.mine else "",
        laws=study_parts.laws(catalogue),
        query=form.query,
        found=_found(visit, study, form.query),
    )


def _catalogue(visit: Visit) -> Catalogue | None:
    """Read the catalogue of law; None where it has mistakes, which ``payung periksa`` tells."""
    try:
        return law_catalogue.load(visit.office.settings.law_catalogue)
    except BrokenFiles:
        return None


def _preview(visit: Visit, texts: Texts) -> Markup:
    catalogue = _catalogue(visit)
    listed = study_texts.entries(texts.get("dasar_hukum", ""))
    citations = law_catalogue.resolve(listed, catalogue)[0] if catalogue else listed
    return study_preview.shown(texts, citations)


def _found(visit: Visit, study: OpenedStudy, query: str) -> tuple[search.SearchHit, ...]:
    """Find earlier answers that hold every word of ``query``."""
    if not query:
        return ()
    hits = search.find(visit.office.register, query).hits
    return tuple(hit for hit in hits if hit.number != study.number)[:_SHOWN_HITS]
