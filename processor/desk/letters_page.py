"""The letters of a case at the desk: what became of each, and what an officer decides about one that was edited."""

from collections.abc import Callable, Mapping
from typing import Any

from processor.desk import officer_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations import edit_session, letter_decisions, letter_list
from processor.operations.letter_decisions import TakenIn

_NOBODY = "Pilih dahulu nama Anda di halaman depan; yang memutuskan surat disebut di riwayat."
_DECIDES: Mapping[str, Callable[[Visit, str, str], object]] = {
    "ambil": lambda visit, number, shown: letter_decisions.take_in(visit.office, number, visit.person, shown),
    "pakai": lambda visit, number, shown: letter_decisions.keep(visit.office, number, visit.person, shown),
    "sisihkan": lambda visit, number, shown: letter_decisions.put_aside(visit.office, number, visit.person, shown),
}


def letters_page(visit: Visit) -> str:
    """Make the page. Raises NoSuchPage, BrokenFiles where the case cannot be used, PayungError."""
    return _page(visit)


def decide_letter(visit: Visit) -> Elsewhere | Sent | str:
    """Do what was decided about the very file that was shown, or show which lines it would change; else say why not.

    Raises NoSuchPage for a case or a decision that there is none of.
    """
    number, shown = _number(visit), visit.posted.text("sidik")
    decision = visit.posted.text("putusan")
    if not visit.me:
        return _page(visit, stops=[_NOBODY])
    if decision not in {*_DECIDES, "lihat"} or not shown:
        raise NoSuchPage("Tidak ada yang dapat diputuskan dengan nama itu di halaman ini.")
    try:
        edit_session.check_free(visit.office, number)
        if decision == "lihat":
            taken = letter_decisions.take_in(visit.office, number, visit.person, shown, simulate=True)
            return Sent(_page(visit, taken=taken, digest=shown).encode("utf-8", "replace"), "text/html; charset=utf-8")
        _DECIDES[decision](visit, number, shown)
    except BrokenFiles as error:
        return _page(visit, stops=[one.sentence for one in error.problems])
    except PayungError as error:
        return _page(visit, stops=[str(error)])
    return Elsewhere(visit.link(number, "baru-saja"))


def _number(visit: Visit) -> str:
    """Give the number of the case that is asked for. Raises NoSuchPage where there is none."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    return number


def _page(visit: Visit, taken: TakenIn | None = None, digest: str = "", **said: Any) -> str:
    """Make the page, with what taking the words of one letter in would change, or with what stops a decision."""
    number = _number(visit)
    return rendered(
        "surat.html",
        visit,
        number=number,
        letters=letter_list.letters(visit.office, number),
        states=letter_list.IN_WORDS,
        taken=taken,
        digest=digest,
        **{"stops": (), **said},
    )
