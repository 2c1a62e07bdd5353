"""What is sealed of a case, for an officer who says why: the identity on a page of its own, attachments one by one.

The journal tells of it before anything is shown. Nothing of it stands in an address, a title or a file of the desk's.
"""

from dataclasses import asdict
from datetime import timedelta
from itertools import islice
from typing import Any

from processor.cases.register import Filed
from processor.desk import officer_pages
from processor.desk.visit import NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import PayungError
from processor.operations import identity, step_advice
from processor.site import attachment_types

_WAIT, _SHOWN = 10.0, 60  # seconds
_OPEN = timedelta(minutes=2)
_TOO_LATE = "Identitas permohonan ini belum atau tidak lagi terbuka bagi Anda. Tulis alasannya, lalu buka lagi."
_VIEWED = {
    ".pdf": ("application/pdf", {}),  # a browser shows none in a sandbox; it runs nothing in ours, whatever is in it
    ".jpg": ("image/jpeg", {"Content-Security-Policy": "sandbox"}),
    ".png": ("image/png", {"Content-Security-Policy": "sandbox"}),
    ".webp": ("image/webp", {"Content-Security-Policy": "sandbox"}),
}
"""What is shown, by the ending that the content calls for: its media type, and what more forbids it to act."""


def reason_page(visit: Visit) -> str:
    """Make the page that asks why an identity is to be opened. Raises NoSuchPage where there is no such case."""
    return _page(visit, _read(visit).number)


def open_identity(visit: Visit) -> Sent | str:
    """Show the identity of a case for a minute, once the journal says who opened it and why; else ask again."""
    filed, office, reason = _read(visit), visit.office, visit.posted.text("alasan")
    register, number = office.register, filed.number
    if barred := step_advice.strangers(office, filed, visit.me):
        return _page(visit, number, stops=[problem.message for problem in barred])
    try:
        with register.lock(_WAIT):
            dossier = identity.open_identity(register, number, reason, _who(visit), office.now())
    except PayungError as error:
        return _page(visit, number, typed=reason, wrong=str(error))
    names = [name for version in dossier.versions for name in version["lampiran"]]
    fields = [*asdict(dossier.applicant).items(), *dossier.versions[-1]["lain"].items()]
    page = _page(visit, number, fields=fields, names=names)
    hides = {"Refresh": f"{_SHOWN}; url={visit.link(number)}"}
    return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8", headers=hides)


def open_attachment(visit: Visit) -> Sent | str:
    """Send one attachment to whoever opened the identity just now: shown where that is safe, else to be kept."""
    filed, office = _read(visit), visit.office
    if not _opened_just_now(visit, filed) or step_advice.strangers(office, filed, visit.me):
        return _page(visit, filed.number, wrong=_TOO_LATE)
    order = visit.posted.text("urutan")
    place = int(order) - 1 if order.isascii() and order.isdecimal() and len(order) < len("1000") else -1
    found = islice(identity.open_attachments(office.register, filed.number), max(place, 0), None)
    content = next((content for _, content in found), None) if place >= 0 else None
    if content is None:
        raise NoSuchPage("Lampiran itu tidak ada.")
    ending = next(iter(attachment_types.accepted_endings(content)), ".bin")
    name = f"{filed.number}-lampiran-{place + 1}{ending}"
    if visit.posted.text("cara") != "lihat" or ending not in _VIEWED:
        return Sent(content, "application/octet-stream", name)
    media_type, more = _VIEWED[ending]
    return Sent(content, media_type, headers={"Content-Disposition": f'inline; filename="{name}"', **more})


def _read(visit: Visit) -> Filed:
    """Read the case that is asked for. Raises NoSuchPage where there is none."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    return visit.office.register.read(number)


def _who(visit: Visit) -> str:
    """Give who the journal names: the officer who signed in, else the computer's account, as the command does."""
    return visit.me if visit.signed_in else visit.account or "petugas"


def _opened_just_now(visit: Visit, filed: Filed) -> bool:
    """Tell whether the journal says that this very person opened the identity a moment ago."""
    now, who = visit.office.now(), _who(visit)
    mine = [one.time for one in filed.events if one.kind == "identitas_dibuka" and one.actor == who]
    return bool(mine) and now - mine[-1] <= _OPEN


def _page(visit: Visit, number: str, **content: Any) -> str:
    """Make the page with the identity, or with the question why."""
    empty: dict[str, Any] = {"fields": (), "names": (), "stops": (), "typed": "", "wrong": ""}
    return rendered("identitas.html", visit, number=number, **empty | content)
