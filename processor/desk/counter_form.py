"""The counter's form: its questions as fields, what was typed as a draft, and the page on which that is read over."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from processor.desk import wording
from processor.desk.step_fields import AskedField, Kind
from processor.desk.visit import NoSuchPage, Visit, rendered
from processor.foundation import form_definition
from processor.foundation.errors import PayungError
from processor.foundation.form_definition import Question, QuestionKind
from processor.foundation.yaml_writer import visible_text
from processor.operations import counter, counter_answers
from processor.operations.counter_drafts import Draft
from processor.operations.office import Office

_KINDS: Mapping[QuestionKind, Kind] = {
    "paragraf": "words", "pilihan": "choice", "unit": "choice", "persetujuan": "choice", "tanggal": "day",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypedDraft:
    """What stands in the form: the draft as it would be sealed, and what is sealed otherwise meanwhile, by question.

    ``seal`` is the mark of what was sealed when the form is shown.
    """

    draft: Draft
    seal: str
    clashes: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class LeftDraft:
    """A draft in the list: never whose it is. One that cannot be opened has only why."""

    key: str
    begun: datetime | None = None
    by: str = ""
    paper: str = ""
    channel: str = ""
    done: int = 0
    asked: int = 0
    ready: bool = False
    wrong: str = ""


def begin_fields() -> tuple[AskedField, ...]:
    """Ask how the request came, before its questions."""
    ways: dict[str, str] = {key: wording.in_words(key) for key in counter_answers.CHANNELS}
    came = "Kosongkan bila pemohon sendiri ada di depan Anda."
    return (
        AskedField(("loket", "kanal"), "Datang lewat", "choice", choices=ways, note=came),
        AskedField(
            ("loket", "kertas"), "Bila di atas kertas: kapan diterima", "day", note="Waktunya dihitung dari hari itu."
        ),
    )


def key_of(visit: Visit, gone: str) -> str:
    """Give the key of the draft that is asked for. Raises NoSuchPage, saying ``gone``, where there is none."""
    key = visit.asked["key"]
    if key not in counter.drafts_of(visit.office).left():
        raise NoSuchPage(gone)
    return key


def opened(visit: Visit, gone: str) -> Draft:
    """Open the draft that is asked for. Raises NoSuchPage as ``key_of``, PayungError where it cannot be opened."""
    return counter.drafts_of(visit.office).read(key_of(visit, gone))


def left(visit: Visit) -> Iterator[LeftDraft]:
    """List the drafts that were not filed, the one longest untouched first."""
    drafts, questions = counter.drafts_of(visit.office), _questions(visit.office)
    for key in drafts.left():
        try:
            one = drafts.read(key)
        except PayungError as error:
            yield LeftDraft(key, wrong=str(error))
            continue
        done = sum(bool(_given(one, question)) for question in questions)
        begun = datetime.fromisoformat(one.begun)
        yield LeftDraft(key, begun, one.by, one.paper, one.channel, done, len(questions), bool(one.sent))


def mark(draft: Draft) -> str:
    """Give what tells one state of a draft from another; each form carries that of what it was shown with."""
    answers = {key: text for key, text in draft.answers.items() if text}
    about = [draft.key, draft.paper, draft.channel, draft.sent, answers, dict(draft.half)]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def sent(visit: Visit, draft: Draft) -> TypedDraft:
    """Read what a form sent into the draft; where that was changed since it was shown, say by what it differs."""
    questions = _questions(visit.office)
    typed = {
        one.kunci: counter_answers.in_order(one, visit.posted.text(one.kunci))
        for one in questions
        if one.kunci in visit.posted.texts
    }
    known = {key: text for key, text in {**draft.answers, **typed}.items() if text or key in draft.answers}
    half = {key: text for key, text in draft.half.items() if key not in typed}
    differs = {
        one.kunci: _given(draft, one) for one in questions if typed.get(one.kunci) not in {None, _given(draft, one)}
    }
    changed = visit.posted.text("sidik") != mark(draft)
    return TypedDraft(replace(draft, answers=known, half=half), mark(draft), differs if changed else {})


def complete(office: Office, draft: Draft) -> Draft:
    """Give a draft that was read over as one to be filed; questions that nobody answered are answered by nothing."""
    answers = {one.kunci: _given(draft, one) for one in _questions(office)}
    return replace(draft, answers=answers, half={}, sent=draft.sent or office.now().isoformat(timespec="seconds"))


def page(visit: Visit, typed: TypedDraft, *, stops: Sequence[str] = (), discards: bool = False) -> str:
    """Make the page of the questions, each with its answer so far and what is wrong with that."""
    questions = _questions(visit.office)
    answers = {one.kunci: _given(typed.draft, one) for one in questions}
    return rendered(
        "loket-isi.html",
        visit,
        draft=typed.draft,
        mark=typed.seal,
        fields=[(one, _field(one, answers[one.kunci])) for one in questions],
        terms=visit.office.form.ketentuan.butir,
        wrong={
            one.kunci: wrong
            for one in questions
            if answers[one.kunci] and (wrong := _wrong(visit, one, answers[one.kunci]))
        },
        clashes=typed.clashes,
        stops=stops,
        discards=discards,
    )


def read_over(visit: Visit, draft: Draft, *, stops: Sequence[str] = ()) -> str:
    """Make the page of everything that was answered, with what the verifier will find in it."""
    lines = [
        (one, one.pilihan.get(text, text), _wrong(visit, one, text))
        for one in _questions(visit.office)
        for text in (visible_text(_given(draft, one)),)
    ]
    return rendered("loket-baca.html", visit, draft=draft, mark=mark(draft), lines=lines, stops=stops)


def _questions(office: Office) -> tuple[Question, ...]:
    return tuple(counter_answers.asked(office.form.pertanyaan))


def _given(draft: Draft, question: Question) -> str:
    """Give the answer to a question so far, also one that a terminal left half written."""
    return draft.half.get(question.kunci, "").strip() or draft.answers.get(question.kunci, "")


def _field(question: Question, answer: str) -> AskedField:
    """Give the field of a question; an answer that is no option, or no day, stands in it as it was typed."""
    kind = _KINDS.get(question.jenis, "line")
    unknown = {answer: answer} if kind == "choice" and answer and answer not in question.pilihan else {}
    if kind == "day" and answer and not _is_day(answer):
        kind = "line"
    note = "" if question.jenis == "persetujuan" else question.bantuan
    choices = {**unknown, **question.pilihan}
    return AskedField(
        ("loket", question.kunci), question.judul, kind, required=question.wajib, choices=choices, note=note,
        given=answer,
    )  # fmt: skip


def _is_day(text: str) -> bool:
    found = form_definition.day_in(text)
    return found is not None and found.isoformat() == text


def _wrong(visit: Visit, question: Question, answer: str) -> str:
    """Say what the verifier will find in an answer, by the form's own check; "" where that is nothing."""
    found = form_definition.mistakes(question, answer, visit.office.now().date())
    return " ".join(wording.in_desk_words(one) for one in found)
