"""Deals with the messages that applicants sent with their code, from the page of their case."""

from processor.desk import officer_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Visit
from processor.foundation.errors import PayungError
from processor.operations import message_acts, step_advice


def read_act(visit: Visit) -> Elsewhere:
    """Let the journal say that the officer dealt with a message. Raises NoSuchPage, PayungError, Busy."""
    number = _number(visit)
    message_acts.mark_read(visit.office, number, visit.posted.text("berkas"), visit.person)
    return Elsewhere(visit.link(number))


def data_act(visit: Visit) -> Elsewhere:
    """Correct contact data as a message asks, or let the journal say that they stay. Raises as ``read_act``."""
    number, apply = _number(visit), visit.posted.text("putusan") == "diterapkan"
    message_acts.decide_data(visit.office, number, visit.posted.text("berkas"), visit.person, apply=apply)
    return Elsewhere(visit.link(number))


def _number(visit: Visit) -> str:
    """Give the number of the case. Raises NoSuchPage where there is none, PayungError where it is not theirs."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    if barred := step_advice.strangers(visit.office, visit.office.register.read(number), visit.me):
        raise PayungError(barred[0].sentence)
    return number
