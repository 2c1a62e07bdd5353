"""What is sealed of a case, for an officer who says why: the identity on a page of its own, attachments one by one.

The journal tells of it before anything is shown, and each opens once, by a ticket of this session and case; so neither
a page that is asked for again nor an address that somebody else has shows anything. Nothing of it stands in an address,
a title or a file of the desk's.
"""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from processor.cases import applicant_messages
from processor.cases.applicant_messages import KIND
from processor.cases.records import Dossier
from processor.cases.register import Filed
from processor.desk import officer_pages
from processor.desk.tickets import Opening
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import PayungError
from processor.operations import identity, message_acts, step_advice
from processor.site import attachment_types

_WAIT = 10.0  # seconds
_SHOWN = timedelta(minutes=1)
_CLOSED = "Ini sudah pernah dibuka, atau waktunya sudah lewat. Tulis alasannya untuk membukanya lagi."
_VIEWED = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
"""What is shown, by the ending that the content calls for: its media type."""
_FORBIDS = {"Content-Security-Policy": "sandbox"}
"""Lets what is shown run nothing, send nothing and reach no other page, whatever is in it."""


def reason_page(visit: Visit) -> str:
    """Make the page that asks why an identity is to be opened. Raises NoSuchPage where there is no such case."""
    return _page(visit, _read(visit).number)


def open_identity(visit: Visit) -> Elsewhere | str:
    """Let the journal say who opens the identity of a case and why, and lead to where it is shown once; else ask."""
    filed, office, reason = _read(visit), visit.office, visit.posted.text("alasan")
    register, number, now = office.register, filed.number, office.now()
    if barred := _barred(visit, filed):
        return barred
    try:
        with register.lock(_WAIT):
            identity.open_identity(register, number, reason, _who(visit), now)
    except PayungError as error:
        return _page(visit, number, typed=reason, wrong=str(error))
    ticket = visit.tickets.issue(Opening(number, visit.token, _who(visit), reason, now + _SHOWN), now)
    return Elsewhere(visit.link(f"{number}/identitas/{ticket}"))


def identity_page(visit: Visit) -> Sent | str:
    """Show the identity of a case, once, to whom the ticket was given; it stands there for what is left of a minute."""
    filed, opening = _read(visit), _redeemed(visit, visit.asked["tiket"])
    if opening is None or opening.attachment:
        return _page(visit, filed.number, wrong=_CLOSED)
    if barred := _barred(visit, filed):
        return barred
    dossier = identity.opened_identity(visit.office.register, filed.number)
    asked = [*_asked_for(visit, filed)]
    last = [one for one in _said_last(filed, dossier) if one[1] not in {text for _, text in asked}]
    page = _page(
        visit,
        filed.number,
        fields=[*asdict(dossier.applicant).items(), *asked, *last],
        names=_attachment_tickets(visit, opening, dossier),
        reason=opening.reason,
        seconds=_seconds_left(visit, opening),
    )
    return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8", headers=_hiding(visit, opening))


def open_attachment(visit: Visit) -> Sent | str:
    """Send one attachment for its ticket, once: shown where that is safe, else to be kept."""
    filed, opening = _read(visit), _redeemed(visit, visit.posted.text("tiket"))
    if opening is None or not opening.attachment:
        return _page(visit, filed.number, wrong=_CLOSED)
    if barred := _barred(visit, filed):
        return barred
    found = islice(identity.open_attachments(visit.office.register, filed.number), opening.attachment - 1, None)
    content = next((content for _, content in found), None)
    if content is None:
        raise NoSuchPage("Lampiran itu tidak ada.")
    ending = next(iter(attachment_types.accepted_endings(content)), ".bin")
    name = f"{filed.number}-lampiran-{opening.attachment}{ending}"
    if opening.kept or ending not in _VIEWED:
        return Sent(content, "application/octet-stream", name, _FORBIDS)
    shown = {"Content-Disposition": f'inline; filename="{name}"', **_FORBIDS, **_hiding(visit, opening)}
    return Sent(content, _VIEWED[ending], headers=shown)


def _asked_for(visit: Visit, filed: Filed) -> Iterator[tuple[str, str]]:
    """Give the contact data that the applicant asks for and nobody has decided about."""
    for message in filter(message_acts.asks_for_data, message_acts.waiting(filed)):
        for key, text in identity.asked_contact(visit.office.register, filed.number, message).items():
            yield f"{key} yang diminta pemohon", text


def _said_last(filed: Filed, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Give what is sealed of the answers that came last; words of a message are called that."""
    version = dossier.versions[-1]
    kinds = (one.data[KIND] for one in filed.events if KIND in one.data and one.data.get("kiriman") == version["kunci"])
    of_message = f" pada pesan terakhir ({applicant_messages.in_words(kind)})" if (kind := next(kinds, "")) else ""
    yield from ((f"{key}{of_message}", text) for key, text in version["lain"].items())


def _attachment_tickets(visit: Visit, opening: Opening, dossier: Dossier) -> list[tuple[str, str, str]]:
    """Give the name of each attachment, and a ticket to see it and one to keep it."""
    now = visit.office.now()
    names = [name for version in dossier.versions for name in version["lampiran"]]
    found = []
    for place, name in enumerate(names, start=1):
        seen, kept = (replace(opening, attachment=place, kept=kept) for kept in (False, True))
        found.append((name, visit.tickets.issue(seen, now), visit.tickets.issue(kept, now)))
    return found


def _redeemed(visit: Visit, ticket: str) -> Opening | None:
    """Use up a ticket; give what it opens where it is of this session, this person and the case that is asked for."""
    found = visit.tickets.redeem(ticket, visit.office.now())
    mine = found and (found.number, found.session, found.who) == (visit.asked["number"], visit.token, _who(visit))
    return found if mine else None


def _seconds_left(visit: Visit, opening: Opening) -> int:
    return max(1, int((opening.until - visit.office.now()).total_seconds()))


def _hiding(visit: Visit, opening: Opening) -> dict[str, str]:
    """Give the header by which a browser, without any script, leaves what it shows when its time is over."""
    return {"Refresh": f"{_seconds_left(visit, opening)}; url={visit.link(opening.number)}"}


def _barred(visit: Visit, filed: Filed) -> str:
    """Make the page that says why this officer may open nothing of a case; "" where they may."""
    found = step_advice.strangers(visit.office, filed, visit.me)
    return _page(visit, filed.number, stops=[problem.message for problem in found]) if found else ""


def _read(visit: Visit) -> Filed:
    """Read the case that is asked for. Raises NoSuchPage where there is none."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    return visit.office.register.read(number)


def _who(visit: Visit) -> str:
    """Give who the journal names: the officer who signed in, else the computer's account, as the command does."""
    return visit.me if visit.signed_in else visit.account or "petugas"


def _page(visit: Visit, number: str, **content: Any) -> str:
    """Make the page with the identity, or with the question why."""
    empty: dict[str, Any] = {
        "fields": (),
        "names": (),
        "stops": (),
        "typed": "",
        "wrong": "",
        "reason": "",
        "seconds": 0,
    }
    return rendered("identitas.html", visit, number=number, **empty | content)
