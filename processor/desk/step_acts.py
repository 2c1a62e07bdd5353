"""Takes a step of the workflow at the desk: shown first, then confirmed, and only on the text that was shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.cases import earlier_texts
from processor.cases.register import Filed
from processor.desk import message_lines, note_forms, officer_pages, step_forms, step_preview, wording
from processor.desk.step_forms import StepForm
from processor.desk.step_preview import Preview
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation import yaml_editor, yaml_reader
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.foundation.yaml_reader import Document
from processor.operations import edit_session, overview, steps

_NOT_NOW = (
    "Langkah ini tidak dapat diambil sekarang: status permohonannya sudah lain, atau langkah ini bukan bagian peran "
    "Anda. Lihat permohonannya lagi."
)
_CHANGED = (
    "Permohonan ini berubah sejak halaman tadi Anda buka; belum ada yang ditulis. Isian Anda masih ada: lanjutkan bila "
    "masih sesuai."
)
_BELOW, _UNKNOWN = "Perubahannya ada di bawah ini.", "Buka permohonannya di tab lain untuk melihat isinya sekarang."


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says beside the form: what is wrong by field and as a whole, what changed, what will come."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    stops: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    preview: Preview | None = None


def step_page(visit: Visit) -> str:
    """Make the page of one step, with its form. Raises NoSuchPage where there is no such case."""
    filed, form = _asked(visit)
    return _page(visit, filed, form, _Told() if form else _Told(stops=(_NOT_NOW,)))


def take_step(visit: Visit) -> Elsewhere | Sent | str:
    """Show what a step would do, or do it once that was confirmed; give the form again with what is wrong."""
    filed, form = _asked(visit)
    posted, today = visit.posted, visit.office.now().date()
    if form is None:
        return _page(visit, filed, None, _Told(stops=(_NOT_NOW,)))
    if posted.text("digest") != step_forms.digest(filed.document.text):
        changed = _changed_since(filed, posted.text("digest"))
        return _page(
            visit, filed, form, _Told(stops=(f"{_CHANGED} {_BELOW if changed else _UNKNOWN}",), changed=changed)
        )
    if wrong := step_forms.gaps(form, posted, today):
        return _page(visit, filed, form, _Told(wrong))
    if posted.text("tahap") == "ubah":
        return Sent(_page(visit, filed, form, _Told()).encode("utf-8", "replace"), "text/html; charset=utf-8")
    changes = form.write(posted, visit.me, today)
    try:
        done = _tried(visit, filed, changes, simulate=posted.text("tahap") != "pasti")
    except BrokenFiles as error:
        return _page(visit, filed, form, _beside_fields(filed, form, changes, error.problems))
    except Busy as error:
        return _page(visit, filed, form, _Told(stops=(str(error),)))
    if posted.text("tahap") == "pasti":
        return Elsewhere(visit.link(filed.number, "baru-saja"))
    told = _Told(preview=step_preview.of_step(filed, done, changes))
    return Sent(_page(visit, filed, form, told).encode("utf-8", "replace"), "text/html; charset=utf-8")


def _tried(visit: Visit, filed: Filed, changes: steps.StepChanges, *, simulate: bool) -> steps.Done:
    """Take a step on the very text that was shown, or only try it. Raises as ``steps.apply`` does."""
    edit_session.check_free(visit.office, filed.number)
    shown = filed.document.text
    return steps.apply(visit.office, filed.number, changes, by=visit.person, simulate=simulate, shown=shown)


def _asked(visit: Visit) -> tuple[Filed, StepForm | None]:
    """Read the case and find the form that are asked for. Raises NoSuchPage where there is no such case."""
    office, number = visit.office, visit.asked["number"]
    if not officer_pages.is_case(office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    filed = office.register.read(number)
    derived = overview.derive_for(office, filed)
    forms = (*step_forms.possible(visit, filed, derived), *note_forms.possible(visit, filed, derived))
    return filed, next((form for form in forms if form.name == visit.asked["step"]), None)


def _page(visit: Visit, filed: Filed, form: StepForm | None, told: _Told) -> str:
    """Make the page of a step."""
    return rendered(
        "langkah.html",
        visit,
        filed=filed,
        form=form,
        asked=message_lines.to_answer(visit, filed) if form and form.name == message_lines.REPLY else (),
        given=visit.posted,
        typed=bool(visit.posted.texts),
        wrong=told.wrong,
        stops=told.stops,
        changed=told.changed,
        preview=told.preview,
        digest=step_forms.digest(filed.document.text),
    )


def _changed_since(filed: Filed, seen: str) -> tuple[str, ...]:
    """Give the lines that changed since the text with the digest ``seen``; none where that text is not kept."""
    for earlier in reversed(earlier_texts.kept(filed.folder)):
        try:
            text = earlier.text()
        except (PayungError, OSError):
            continue
        if step_forms.digest(text) == seen:
            return steps.changed_lines(text, filed.document.text)
    return ()


def _beside_fields(filed: Filed, form: StepForm, changes: steps.StepChanges, problems: tuple[Problem, ...]) -> _Told:
    """Put each problem beside the field whose line it names; the rest above the form."""
    text = yaml_editor.apply(filed.document.text, changes)
    document = yaml_reader.parse(filed.document.path, text)
    lines = {line: one.name for one in reversed(form.fields) if (line := _line(document, one.place))}
    wrong: dict[str, str] = {}
    stops: list[str] = []
    for problem in problems:
        name = lines.get(problem.line or 0)
        if name and name not in wrong:
            wrong[name] = wording.in_desk_words(problem)
        else:
            stops.append(wording.in_desk_words(problem))
    return _Told(wrong, tuple(stops))


def _line(document: Document, place: tuple[str, str]) -> int:
    """Give the line on which a field stands, in a list that of its last entry; 0 where it stands nowhere."""
    section, name = place
    found = (line for key, line in document.lines.items() if key[:1] == (section,) and key[1:][-1:] == (name,))
    return document.lines.get(place) or max(found, default=0)
