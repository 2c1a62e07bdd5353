"""Lets an officer who signed in stand by what was written in their name, on the page of its case."""

from processor.desk import officer_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Visit
from processor.operations import confirming


def confirm_act(visit: Visit) -> Elsewhere:
    """Confirm the decision that was shown. Raises NoSuchPage, PayungError, Busy."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    confirming.confirm(visit.office, number, visit.posted.text("sidik"), visit.person)
    return Elsewhere(visit.link(number))
