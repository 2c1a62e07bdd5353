"""The desk's page of the outbox: what waits, what failed and why, and what a person decides about a message.

No message is opened: neither its words nor its address stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from processor.desk import officer_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import PayungError
from processor.mail.message import OutboxEntry, State
from processor.operations import outbox_decisions
from processor.operations.complaints import complaint_notices
from processor.operations.outbox_decisions import MailDecision

_NOT_YOURS = "Yang memutuskan tentang email ialah pengelola layanan atau kepala bagian. Pilih dahulu nama Anda."
_NOT_NOW = "Keadaan email itu sudah lain, jadi tidak ada yang diubah. Lihat lagi di bawah ini."


@dataclass(frozen=True, slots=True)
class _Choice:
    """A decision: what its button says, and what comes of it."""

    title: str
    follows: str


_CHOICES: Mapping[MailDecision, _Choice] = {
    "ulang": _Choice("Kirim ulang", "Email itu dikirim lagi pada putaran berikutnya, dengan isi dan alamat saat itu."),
    "tahan": _Choice("Tahan", "Email itu tidak dikirim sampai seorang petugas melepaskannya."),
    "lepas": _Choice("Lepaskan", "Email itu dikirim pada putaran berikutnya, dengan isi dan alamat saat itu."),
    "batal": _Choice(
        "Tidak usah dikirim",
        "Email itu tidak pernah dikirim lagi. Pilih ini bila penerimanya sudah diberi tahu dengan cara lain.",
    ),
}
_UNCERTAIN = "Email itu mungkin sudah sampai. Tanyakan dahulu kepada penerimanya, supaya ia tidak menerimanya dua kali."
_OFFERED: Mapping[State, tuple[MailDecision, ...]] = {
    "gagal": ("ulang", "batal"),
    "tidak_pasti": ("ulang", "batal"),
    "ditahan": ("lepas", "batal"),
    "ditunda": ("ulang", "tahan", "batal"),
    "antre": ("tahan", "batal"),
}
_SECTIONS: Mapping[str, tuple[State, ...]] = {
    "Menunggu keputusan": ("gagal", "tidak_pasti", "ditahan"),
    "Menunggu dikirim": ("antre", "ditunda"),
    "Baru saja selesai": ("dikirim", "dibatalkan", "usang"),
}


def outbox_page(visit: Visit) -> str:
    """Make the page: what waits for a decision first."""
    return _page(visit)


def decide_act(visit: Visit) -> Elsewhere | Sent | str:
    """Show what a decision about a message does, or take it once that was confirmed. Raises NoSuchPage."""
    posted = visit.posted
    entry = next((one for one in _seen(visit) if one.name == posted.text("nama")), None)
    if entry is None:
        raise NoSuchPage("Email itu tidak ada lagi: sudah selesai, atau tidak tampil bagi Anda.")
    if not visit.may("urus_email"):
        return _page(visit, stops=[_NOT_YOURS])
    decision = next((one for one in _OFFERED.get(entry.state, ()) if one == posted.text("tindakan")), None)
    if decision is None or posted.text("keadaan") != entry.state:
        return _page(visit, stops=[_NOT_NOW])
    if posted.text("tahap") != "pasti":
        follows = [_CHOICES[decision].follows, *([_UNCERTAIN] if (entry.state, decision) == _TWICE else ())]
        page = rendered(
            "email-putusan.html", visit, entry=entry, decision=decision, choice=_CHOICES[decision], follows=follows
        )
        return Sent(page.encode("utf-8", "replace"), "text/html; charset=utf-8")
    try:
        outbox_decisions.decide(visit.office, entry.name, decision, visit.person)
    except PayungError as error:
        return _page(visit, stops=[str(error)])
    return Elsewhere(visit.link("email", "tercatat"))


_TWICE: tuple[State, MailDecision] = ("tidak_pasti", "ulang")


def _seen(visit: Visit) -> list[OutboxEntry]:
    return outbox_decisions.visible(visit.office, visit.me)


def _page(visit: Visit, *, stops: list[str] | None = None) -> str:
    entries = _seen(visit)
    sections = {title: [one for one in entries if one.state in states] for title, states in _SECTIONS.items()}
    return rendered(
        "email.html",
        visit,
        sections={title: some for title, some in sections.items() if some},
        about={one.name: about for one in entries if (about := _about(visit, one))},
        offered=_OFFERED if visit.may("urus_email") else {},
        choices=_CHOICES,
        stops=stops or [],
        configured=visit.office.settings.email is not None,
    )


def _about(visit: Visit, entry: OutboxEntry) -> str:
    """Give the page of what a message is about; "" where it is about no one case or complaint."""
    if complaint_notices.concerns(entry):
        return visit.link(f"pengaduan/{entry.number}")
    known = bool(entry.number) and officer_pages.is_case(visit.office, entry.number)
    return visit.link(entry.number) if known else ""
