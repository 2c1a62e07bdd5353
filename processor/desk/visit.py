"""Somebody at the desk, and the page that they are shown: every word in it is escaped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from processor.desk import menu, permissions, wording
from processor.desk.background_work import BackgroundWork
from processor.desk.permissions import VIEWS, Act, View
from processor.desk.tickets import Tickets
from processor.foundation.errors import PayungError
from processor.operations import case_filters
from processor.operations.act_journal import Person
from processor.operations.office import Office

FOLDER = Path(__file__).parent


class NoSuchPage(PayungError):
    """No page stands under that address."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the browser goes once an act is done: a full path of the desk, as ``Visit.link`` gives it."""

    address: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What is answered where it is no page: a file to keep, where it has a ``name``, else what the browser shows.

    ``headers`` go with it.
    """

    content: bytes = field(repr=False)
    media_type: str
    name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that was sent with a form: its name as the browser gave it, never a path, and its content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form sent: the texts of its fields, each as often as it was sent, and its files."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, FormFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give the first text of a field with its ends stripped; "" when it was not sent."""
        return self.texts.get(name, ("",))[0].replace("\r\n", "\n").strip()

    def secret(self, name: str) -> str:
        """Give the first text of a field just as it was typed; "" when it was not sent."""
        return self.texts.get(name, ("",))[0]

    def each(self, name: str) -> list[str]:
        """Give every text of a field that holds one."""
        return [text.strip() for text in self.texts.get(name, ()) if text.strip()]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the desk, and what they ask.

    ``office`` is the office as it is now, ``base`` the path under which all pages stand, ``me`` the short name of the
    officer that they are ("" for nobody in particular), ``asked`` what stands in the address, ``posted`` what a form
    sent, ``token`` what each form must send back, ``account`` the computer's, where nobody signed in. Where they
    ``signed_in``, no address says who they are. ``work`` is what the desk does beside answering,
    ``tickets`` are its own for what is sealed.
    """

    office: Office
    base: str
    me: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    posted: Posted = Posted()
    token: str = ""
    account: str = ""
    signed_in: bool = False
    work: BackgroundWork = field(default_factory=BackgroundWork)
    tickets: Tickets = field(default_factory=Tickets)

    @property
    def person(self) -> Person:
        """Give who acts: a signed-in officer, or whoever uses the computer's account."""
        return Person(self.me, self.account, at_desk=self.signed_in)

    @property
    def asking(self) -> str:
        """Give what addresses say of who asks: nothing where they signed in."""
        return "" if self.signed_in else self.me

    def may(self, what: View | Act) -> bool:
        """Tell whether they may see or do that; on this computer alone, everything is shown to whoever opened it."""
        if not self.signed_in and what in VIEWS:
            return True
        officer = self.office.settings.petugas.get(self.me)
        return officer is not None and not officer.berhenti and permissions.may(officer.peran, what)

    def link(self, page: str = "", mark: str = "") -> str:
        """Give the address of a page for the same officer, and of a place on it."""
        return f"{self.base}{page}{wording.asking(self.asking)}{mark and '#'}{mark}"


def error_page(base: str, title: str, sentence: str) -> str:
    """Make the page that says why there is no other."""
    return open_page("gagal.html", base, title=title, sentence=sentence)


def open_page(template: str, base: str = "/", **content: Any) -> str:
    """Make a page for somebody who may be anybody."""
    return _environment().get_template(template).render(base=base, me="", visit=None, **content)


def rendered(template: str, visit: Visit, **content: Any) -> str:
    """Make a page with what all of them show."""
    settings, now = visit.office.settings, visit.office.now()
    names = {key: one.nama for key, one in settings.petugas.items()} | {"payung": "Payung", "petugas": "Petugas"}
    return (
        _environment()
        .get_template(template)
        .render(
            base=visit.base,
            me=visit.asking,
            visit=visit,
            menu=[*menu.links(visit.may, visit.link)],
            now=now,
            agency=settings.instansi.nama,
            officers=settings.petugas,
            named=lambda key: names.get(key, key),
            remarks=case_filters.remarks,
            when=partial(wording.in_service_time, now=now, service=settings.layanan),
            **content,
        )
    )


@cache
def _environment() -> Environment:
    """Make the template engine; every word in a template is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"], made.filters["hari"] = wording.in_words, wording.day
    return made
