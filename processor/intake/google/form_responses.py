"""Reads the responses of a Google Form by the Forms API: what is new, and once a day everything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from processor.cases.records import Response
from processor.foundation.errors import SourceFailed
from processor.foundation.form_definition import Form
from processor.foundation.settings import GoogleForm
from processor.intake.google import file_uploads, form_answers, form_listing
from processor.intake.google.client import PATIENCE, READ, Patience, connect, execute
from processor.intake.google.file_uploads import Upload
from processor.intake.google.form_answers import KnownQuestions, object_in
from processor.intake.google.form_ids import FormLock

BATCH = "google"
FULL_EVERY = timedelta(hours=24)
MANY = 5
"""From this many responses on, losing more than half of them is no accident of testing."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the form was read: newest sending seen, last complete listing, how many it held."""

    since: datetime | None = None
    full_at: datetime | None = None
    count: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON."""
        times = {"since": self.since, "full_at": self.full_at}
        return {name: time.isoformat() if time else None for name, time in times.items()} | {"count": self.count}

    def is_old(self, now: datetime) -> bool:
        """Tell whether all is to be listed again: never done, a day ago, or after ``now`` by a clock once wrong."""
        if self.since is None or self.full_at is None:
            return True
        return not timedelta(0) <= now - self.full_at < FULL_EVERY

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Cursor":
        """Read what ``to_dict`` gave; from damaged data a new cursor, which only costs one complete listing more."""
        try:
            since, full_at = (datetime.fromisoformat(t) if (t := data.get(n)) else None for n in ("since", "full_at"))
            aware = all(time is None or time.tzinfo for time in (since, full_at))
            return cls(since, full_at, int(data.get("count", 0))) if aware else cls()
        except (TypeError, ValueError, AttributeError):
            return cls()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, oldest first, and the cursor to save when all of it is filed."""

    responses: tuple[Response, ...]
    cursor: Cursor


def _every_response(_: Response) -> bool:
    return True


def fetch(  # noqa: PLR0913  a source is told everything; it reads no settings of its own
    settings: GoogleForm,
    credentials: Path,
    form: Form,
    lock: FormLock,
    cursor: Cursor,
    now: datetime,
    *,
    force: bool = False,
    wanted: Callable[[Response], bool] = _every_response,
    patience: Patience = PATIENCE,
) -> Fetched:
    """Read the responses sent since ``cursor`` (with an overlap), or all of them when a day has passed.

    Args:
        lock: which question has which id, and what the form showed since when; other ids are matched by title.
        cursor: how far the form was read before.
        now: aware.
        force: read all, even where most responses are gone.
        wanted: tells whether a response's uploaded files are to be downloaded; those of a filed one need not be.

    Raises:
        SourceFailed: Google could not be used, or a complete listing has lost most of its responses.
    """
    full = force or cursor.is_old(now)
    service = connect(credentials, READ, patience=patience)
    try:
        listed = form_listing.read(service, settings.formulir, None if full else cursor.since, patience)
        items, full = listed.items, full and listed.complete
        if full and not force:
            _refuse_sudden_loss(len(items), cursor.count)
        reading = _known_questions(service, settings.formulir, form, lock, items, patience)
    finally:
        service.close()
    read = [form_answers.read(item, replace(reading, batch=BATCH if full else "")) for item in items]
    responses = file_uploads.with_uploads(_each_once(read), wanted, credentials, patience)
    if not listed.complete:
        return Fetched(tuple(responses), cursor)
    times = [response.submitted for response in responses if response.submitted]
    since = max([*times, *([cursor.since] if cursor.since else [])], default=None)
    return Fetched(responses, Cursor(since, now, len(items)) if full else replace(cursor, since=since))


def _refuse_sudden_loss(count: int, before: int) -> None:
    """Raise SourceFailed when most of what was there before is gone."""
    if before >= MANY and count * 2 < before:
        raise SourceFailed(
            f"Formulir Google tiba-tiba hanya memuat {count} tanggapan, sebelumnya {before}. Tidak ada yang "
            "diproses. Periksa apakah tanggapan terhapus atau kunci formulir di payung.yaml berubah. Bila memang "
            "benar, jalankan lagi dengan --paksa."
        )


def _known_questions(
    service: Any, form_id: str, form: Form, lock: FormLock, items: Sequence[Any], patience: Patience
) -> KnownQuestions:
    """Match question ids to questions; asks for the form itself only when an id is not in ``lock``."""
    by_key = {question.kunci: question for question in form.pertanyaan}
    known = {question_id: by_key[key] for question_id, key in lock.keys_by_question_id.items() if key in by_key}
    ids = {question_id for item in items for question_id in object_in(item, "answers")}
    if ids <= known.keys():
        return KnownQuestions(form, known, {}, lock.shown_at)
    titles = form_answers.titles_of(execute(service.forms().get(formId=form_id), patience))
    by_title = {i: question for i, title in titles.items() if (question := form.question(title)) is not None}
    later = {i: question for i, question in by_title.items() if i not in known}
    return KnownQuestions(form, known | later, titles, lock.shown_at)


def _each_once(read: Sequence[tuple[Response, tuple[Upload, ...]]]) -> list[tuple[Response, tuple[Upload, ...]]]:
    """Keep each response once (an edit while pages are read lists it twice); oldest first, unknown times last."""
    by_key: dict[str, tuple[Response, tuple[Upload, ...]]] = {}
    for number, pair in enumerate(read):
        key = pair[0].key or f"#{number}"
        if key not in by_key or _sending_order(pair[0]) >= _sending_order(by_key[key][0]):
            by_key[key] = pair
    return sorted(by_key.values(), key=lambda pair: (pair[0].submitted is None, _sending_order(pair[0]), pair[0].key))


def _sending_order(response: Response) -> float:
    return response.submitted.timestamp() if response.submitted else 0.0
