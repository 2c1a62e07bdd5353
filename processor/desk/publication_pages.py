"""The desk's pages of published figures: what is published, what comes next, and what a person decides about that."""

from dataclasses import dataclass

from processor.desk import office_forms, work_pages
from processor.desk.office_forms import OfficeForm, TypedForm, asked
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit, rendered
from processor.evaluation import figure_text
from processor.evaluation.frozen_publication import FrozenPublication
from processor.operations.figures import figure_release, next_publication, publication_lists, publication_preview
from processor.operations.figures.figure_release import ReleaseState
from processor.operations.figures.publication_preview import PreviewTable
from processor.operations.office import Office

PREVIEW = "kinerja/pratinjau"
"""The page of the preview, and the name of its work among what the desk does beside answering."""


@dataclass(frozen=True, slots=True)
class PreviewedFigures:
    """What the next publication would hold of one period: the publication, and what was counted for its tables."""

    publication: FrozenPublication
    tables: tuple[PreviewTable, ...]


def publication_page(visit: Visit) -> str:
    """Make the page of what is published and what comes next. Raises PayungError where a publication is damaged."""
    return _page(visit)


def publication_act(visit: Visit) -> Elsewhere | str:
    """Do what one of the forms asks; give the page again with what is wrong."""
    forms = _forms(figure_release.state_of(visit.office))
    form = next((one for one in forms if one.name == visit.posted.text("borang")), None)
    if form is None:
        raise NoSuchPage("Borang itu tidak ada lagi di halaman ini. Muat ulang halamannya.")
    if not visit.may("terbitan"):
        return _page(visit, TypedForm(form.name, visit.posted, {office_forms.GENERAL: office_forms.WHO}))
    typed = office_forms.submit(visit, form)
    return _page(visit, typed) if typed else Elsewhere(visit.link("kinerja"))


def preview_page(visit: Visit) -> Sent | str:
    """Make the page of the last preview, or of how far the one under way is; the browser then asks again by itself."""
    state = visit.work.state(PREVIEW)
    result = state.result if state and isinstance(state.result, tuple) else None
    made = rendered("pratinjau.html", visit, state=state, previews=result, number=figure_text.number)
    return work_pages.shown(visit, PREVIEW, made)


def begin_preview(visit: Visit) -> Elsewhere:
    """Begin to count what is published next, unless that is under way; nothing is published by it."""
    return work_pages.begin(visit, PREVIEW, _previewed)


def _previewed(office: Office) -> tuple[PreviewedFigures, ...]:
    prepared = publication_preview.prepare(office)
    return tuple(PreviewedFigures(one.publication, tuple(publication_preview.tables(one))) for one in prepared)


def _forms(state: ReleaseState) -> tuple[OfficeForm, ...]:
    """Give what can be decided now."""
    why = asked(("", "alasan"), "Mengapa", "words", note="Masuk riwayat. Tanpa NIP, nomor telepon, dan alamat email.")
    waiting = {str(one) for one in state.asked}
    again = {str(one.period): one.period.title for one in state.published if str(one.period) not in waiting}
    forms = []
    if state.held:
        note = "Hanya bila register dan folder kunci memang yang terbaru. Yang lalu terbit tidak dapat ditarik."
        forms.append(OfficeForm("terima", "Terima terbitan yang ada", (why,), _settle, note))
    if again:
        which = asked(("", "periode"), "Periode", "choice", choices=dict(reversed(again.items())))
        note = (
            "Betulkan dahulu permohonannya. Hitungan ulangnya terbit pada penerbitan berikutnya, di samping yang lama."
        )
        forms.append(OfficeForm("koreksi", "Minta dihitung ulang", (which, why), _ask_again, note))
    return tuple(forms)


def _settle(visit: Visit, posted: Posted) -> None:
    figure_release.settle(visit.office, visit.person, posted.text("alasan"))


def _ask_again(visit: Visit, posted: Posted) -> None:
    figure_release.ask_again(visit.office, visit.person, posted.text("periode"), posted.text("alasan"))


def _page(visit: Visit, typed: TypedForm | None = None) -> str:
    """Make the page, with the form that was posted and not done as it was typed."""
    office = visit.office
    state = figure_release.state_of(office)
    today = office.now().date()
    return rendered(
        "kinerja.html",
        visit,
        state=state,
        next_words=publication_lists.next_words(state),
        listed=publication_lists.publications(office),
        coming=[*next_publication.due_on(office, today)] if state.due and state.due <= today else [],
        forms=_forms(state) if visit.may("terbitan") or typed else (),
        typed=typed,
        nothing_typed=Posted(),
    )
