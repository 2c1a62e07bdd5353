"""The Google Form as a source of a pass: fetched from where the last pass ended, its cursor saved last."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from processor.cases.records import Response
from processor.foundation.settings import GoogleForm
from processor.intake import recognition_index
from processor.intake.google import form_ids, form_responses
from processor.intake.google.client import PATIENCE
from processor.intake.google.form_responses import Cursor
from processor.intake.recognition import Decision
from processor.operations import office_clock
from processor.operations.office import Office

AfterFiling = Callable[[Sequence[Decision]], None]
"""What a source does once its responses are on disk: move its cursor, or put its file aside."""


def fetched(office: Office, google: GoogleForm, *, force: bool) -> tuple[Sequence[Response], AfterFiling]:
    """Fetch the responses of the Google Form; its cursor is saved last."""
    lock = form_ids.read(office.settings.google_lock)
    state = office.register.state("google")
    cursor = Cursor.from_dict(state) if state.get("formulir") == google.formulir else Cursor()

    def wanted(response: Response) -> bool:
        known = recognition_index.seen(office.register, f"{response.source}:{response.key}")
        return response.submitted not in known

    found = form_responses.fetch(
        google,
        office.settings.resolve(google.kredensial),
        office.form,
        lock,
        cursor,
        office.now(),
        force=force,
        wanted=wanted,
        patience=replace(PATIENCE, heard=partial(office_clock.heard, office)),
    )
    state = {"formulir": google.formulir, **found.cursor.to_dict()}
    return found.responses, if_whole(len(found.responses), lambda _: office.register.save_state("google", state))


def if_whole(count: int, settle: AfterFiling) -> AfterFiling:
    """Do what a source does afterwards only if all of its ``count`` responses are on disk: else they come again."""

    def settled(outcomes: Sequence[Decision]) -> None:
        if len(outcomes) == count:
            settle(outcomes)

    return settled
