"""Short forms of what officers do for the office itself, beside its cases: what one asks, and what is wrong in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from processor.desk import step_fields
from processor.desk.step_fields import AskedField
from processor.desk.visit import Posted, Visit
from processor.foundation.errors import BrokenFiles, PayungError

WHO = "Pilih dahulu nama Anda di halaman depan. Belum ada yang dicatat."
asked = partial(AskedField, required=True)
"""Makes a field that has to be filled in."""
GENERAL = ""
"""Under this name stands what is wrong with a form and belongs to none of its fields."""


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """Something that can be done: its name among the forms of its page, what its button says, and what it asks.

    ``act`` does it with what was posted, once no field lacks anything. ``seen`` tells what it was shown beside from
    anything else that may stand there by then; it is posted as ``sidik``.
    """

    name: str
    title: str
    fields: tuple[AskedField, ...]
    act: Callable[[Visit, Posted], None]
    note: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form that was posted and not done: what was typed, and what is wrong, by field."""

    name: str
    given: Posted
    wrong: Mapping[str, str]


def submit(visit: Visit, form: OfficeForm) -> TypedForm | None:
    """Do what a form asks, or give it with what is wrong; nothing was written then."""
    posted = visit.posted
    today = visit.office.now().date()
    wrong = {one.name: said for one in form.fields if (said := step_fields.gap(one, posted, today))}
    if wrong:
        return TypedForm(form.name, posted, wrong)
    try:
        form.act(visit, posted)
    except BrokenFiles as error:
        return TypedForm(form.name, posted, _by_field(form, error))
    except PayungError as error:
        return TypedForm(form.name, posted, {GENERAL: str(error)})
    return None


def _by_field(form: OfficeForm, error: BrokenFiles) -> dict[str, str]:
    """Put each mistake beside the field that its sentence names, else its place; what names none, above the form."""
    wrong: dict[str, str] = {}
    for problem in error.problems:
        of_field = {one.name for one in form.fields} & {problem.place}
        name = next(iter(of_field), "") or _named(form, problem.sentence) or _named(form, problem.place)
        wrong[name] = f"{wrong.get(name, '')} {problem.sentence}".strip()
    return wrong


def _named(form: OfficeForm, words: str) -> str:
    """Find the field that words name as it is written in files; ``GENERAL`` for none."""
    return next((one.name for one in form.fields if re.search(rf"“(?:[^”]*\.)?{one.name}”", words)), GENERAL)
