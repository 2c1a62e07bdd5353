"""A form definition as items of a Google Form, and the requests that change a Google Form into it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from processor.foundation.form_definition import Form, Question
from processor.intake.google.form_ids import FormLock, made_id

SECTIONS = {
    "identitas": "Identitas Anda",
    "persoalan": "Persoalan hukum",
    "persetujuan": "Syarat dan ketentuan",
    "pengiriman": "Penyampaian jawaban",
}
_PARAGRAPHS = {"paragraf", "berkas"}
_CHOICES = {"pilihan": "RADIO", "unit": "DROP_DOWN", "persetujuan": "CHECKBOX"}
_KINDS = ("choiceQuestion", "textQuestion", "dateQuestion")

GoogleItem = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FormUpdate:
    """What to send in one batch, the lock afterwards, and what a person has to look at."""

    requests: tuple[dict[str, Any], ...]
    lock: FormLock
    notes: tuple[str, ...]


def build_requests(form: Form, body: Mapping[str, Any], lock: FormLock) -> FormUpdate:
    """List the requests that make a Google Form ask what ``form`` asks; ids are kept.

    Args:
        form: the definition.
        body: the Google Form, as forms.get gives it.
        lock: the ids known so far.
    """
    requests: list[dict[str, Any]] = []
    info = {"title": one_line(form.judul), "description": form.pengantar}
    if any(body.get("info", {}).get(name, "") != value for name, value in info.items()):
        requests.append({"updateFormInfo": {"info": info, "updateMask": "title,description"}})
    now: list[GoogleItem] = list(body.get("items", []))
    places = _places_at_google(form, now, lock)
    notes, after = [], -1
    for key, item in wanted_items(form, lock):
        place = places.get(key)
        if place is None:
            after += 1
            now.insert(after, item)
            places = {other: p + (p >= after) for other, p in places.items()} | {key: after}
            requests.append({"createItem": {"item": item, "location": {"index": after}}})
            continue
        request, note = _update_request(now[place], item, place)
        requests += [request] if request else []
        notes += [note] if note else []
        if place < after:
            notes.append(f"Urutan “{item['title']}” di Google berbeda dari berkas formulir; dibiarkan.")
        after = max(after, place)
    ours = set(places.values())
    unknown = [item.get("title") or "(tanpa judul)" for place, item in enumerate(now) if place not in ours]
    notes += [
        f"Butir “{title}” tidak ada di berkas formulir; dibiarkan, jawabannya masuk isian lain." for title in unknown
    ]
    return FormUpdate(tuple(requests), _lock_afterwards(lock, now, places), tuple(notes))


def wanted_items(form: Form, lock: FormLock) -> list[tuple[str, GoogleItem]]:
    """List every section and question as an item for Google, in order, each with its key."""
    result: list[tuple[str, GoogleItem]] = []
    group = form.pertanyaan[0].kelompok
    for question in form.pertanyaan:
        if question.kelompok != group:
            group = question.kelompok
            key = f"bagian.{group}"
            item_id = lock.items.get(key) or made_id(key)
            result.append((key, {"itemId": item_id, **_section_item(form, group), "pageBreakItem": {}}))
        result.append((question.kunci, _question_item(question, lock)))
    return result


def one_line(text: str) -> str:
    """Put ``text`` on one line: Google refuses a line break in what it displays as a title or an option."""
    return " ".join(text.split())


def _section_item(form: Form, group: str) -> GoogleItem:
    text = ""
    if group == "persetujuan":
        terms = "\n".join(f"{number}. {term}" for number, term in enumerate(form.ketentuan.butir, 1))
        text = f"{terms}\n(Versi {form.ketentuan.versi})"
    return {"title": SECTIONS[group], "description": text}


def _question_item(question: Question, lock: FormLock) -> GoogleItem:
    asked: GoogleItem = {
        "questionId": lock.questions.get(question.kunci) or made_id(question.kunci),
        "required": question.wajib and not question.kecuali,  # there, everybody is asked everything
    }
    if question.jenis in _CHOICES:
        options = [{"value": one_line(words)} for words in question.pilihan.values()]
        asked["choiceQuestion"] = {"type": _CHOICES[question.jenis], "options": options}
    elif question.jenis == "tanggal":
        asked["dateQuestion"] = {"includeYear": True}
    else:
        asked["textQuestion"] = {"paragraph": question.jenis in _PARAGRAPHS}
    return {
        "itemId": lock.items.get(question.kunci) or made_id(f"butir.{question.kunci}"),
        "title": one_line(question.judul),
        "description": question.bantuan,
        "questionItem": {"question": asked},
    }


def question_in(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what ``item`` asks; empty for a section or a picture."""
    question: Mapping[str, Any] = item.get("questionItem", {}).get("question", {})
    return question


def _places_at_google(form: Form, now: Sequence[Mapping[str, Any]], lock: FormLock) -> dict[str, int]:
    """Find each wanted item in ``now``: by question id, by item id, else by title (a question made by hand)."""
    by_question = {question_in(item).get("questionId"): place for place, item in enumerate(now) if question_in(item)}
    by_item = {item.get("itemId"): place for place, item in enumerate(now)}
    found: dict[str, int] = {}
    for key, item in wanted_items(form, lock):
        place = by_question.get(question_in(item).get("questionId")) if question_in(item) else None
        place = by_item.get(item["itemId"]) if place is None else place
        if place is not None:
            found[key] = place
    taken = set(found.values())
    for place, there in enumerate(now):
        known = form.question(there.get("title", "")) if question_in(there) else None
        if known is not None and known.kunci not in found and place not in taken:
            found[known.kunci] = place
    return found


def _update_request(now: Mapping[str, Any], item: GoogleItem, place: int) -> tuple[dict[str, Any] | None, str]:
    """Make the request that turns ``now`` into ``item``, None where they agree; and a note when a person must do it."""
    mask = [name for name in ("title", "description") if now.get(name, "") != item[name]]
    asked: Mapping[str, Any] = question_in(item)
    asks = question_in(now)
    if bool(asked.get("required")) != bool(asks.get("required")):
        mask.append("questionItem.question.required")
    kind = next((name for name in _KINDS if name in asked), "")
    note = ""
    if kind and kind not in asks and "fileUploadQuestion" not in asks:
        note = f"Jenis pertanyaan “{item['title']}” di Google berbeda; ubah dengan tangan bila perlu."
    elif kind in asks and _decided_part(asks[kind]) != _decided_part(asked[kind]):
        mask.append(f"questionItem.question.{kind}")
    if not mask:
        return None, note
    changed: GoogleItem = item | {"itemId": now.get("itemId", item["itemId"])}
    if asked:  # both ids go along: a blank one inside the mask would make a new question
        kept: GoogleItem = {"questionId": asks.get("questionId", asked["questionId"]), "required": asked["required"]}
        changed["questionItem"] = {"question": kept | ({kind: asked[kind]} if kind in asks else {})}
    return {"updateItem": {"item": changed, "location": {"index": place}, "updateMask": ",".join(mask)}}, note


def _decided_part(kind: Mapping[str, Any]) -> Any:
    """Give what this program decides of a question's kind: the options, a day's year, or whether it is a paragraph."""
    if "options" in kind:
        return [option.get("value") for option in kind["options"]]
    return bool(kind.get("paragraph") or kind.get("includeYear"))


def _lock_afterwards(lock: FormLock, now: Sequence[Mapping[str, Any]], places: Mapping[str, int]) -> FormLock:
    items = {key: str(now[place].get("itemId", "")) for key, place in places.items()}
    questions = {key: str(i) for key, place in places.items() if (i := question_in(now[place]).get("questionId"))}
    return replace(lock, items=items, questions=questions)
