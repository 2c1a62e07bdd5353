"""Reads the responses of a Google Form by the Forms API: what is new, and once a day everything."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from processor.cases.records import Response
from processor.foundation.errors import Problem, SourceFailed
from processor.foundation.form_definition import Form, Question
from processor.foundation.settings import GoogleForm
from processor.intake.google import file_uploads
from processor.intake.google.client import PATIENCE, READ, Patience, connect, execute
from processor.intake.google.file_uploads import Upload
from processor.intake.sources import answers

PLACE = "Formulir Google"
BATCH = "google"
PAGE = 1000
"""Responses a page: 5000 would take 237 MiB (measured)."""
OVERLAP = timedelta(hours=2)
FULL_EVERY = timedelta(hours=24)
MANY = 5
"""From this many responses on, losing more than half of them is no accident of testing."""

_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})")


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


@dataclass(frozen=True, slots=True)
class _KnownQuestions:
    """What is needed to read a response: questions by id, the titles of ids that the form does not know."""

    questions: Mapping[str, Question]
    titles: Mapping[str, str]
    batch: str


def _every_response(_: Response) -> bool:
    return True


def fetch(  # noqa: PLR0913  a source is told everything; it reads no settings of its own
    settings: GoogleForm,
    credentials: Path,
    form: Form,
    questions: Mapping[str, str],
    cursor: Cursor,
    now: datetime,
    *,
    force: bool = False,
    wanted: Callable[[Response], bool] = _every_response,
    patience: Patience = PATIENCE,
) -> Fetched:
    """Read the responses sent since ``cursor`` (with an overlap), or all of them when a day has passed.

    Args:
        questions: the form's keys by question id (the lock file); other ids are matched by title.
        cursor: how far the form was read before.
        now: aware.
        force: read all, even where most responses are gone.
        wanted: tells whether a response's uploaded files are to be downloaded; those of a filed one need not be.

    Raises:
        SourceFailed: Google could not be used, or a complete listing has lost most of its responses.
    """
    full = force or cursor.since is None or cursor.full_at is None or now - cursor.full_at >= FULL_EVERY
    service = connect(credentials, READ, patience=patience)
    try:
        items = list(_listed_items(service, settings.formulir, None if full else cursor.since, patience))
        if full and not force:
            _refuse_sudden_loss(len(items), cursor.count)
        reading = _known_questions(service, settings.formulir, form, questions, items, patience)
    finally:
        service.close()
    read = [_response(item, replace(reading, batch=BATCH if full else "")) for item in items]
    responses = file_uploads.with_uploads(_each_once(read), wanted, credentials, patience)
    times = [response.submitted for response in responses if response.submitted]
    since = max([*times, *([cursor.since] if cursor.since else [])], default=None)
    return Fetched(responses, Cursor(since, now, len(items)) if full else replace(cursor, since=since))


def _listed_items(service: Any, form_id: str, since: datetime | None, patience: Patience) -> Iterator[Any]:
    """List the responses as Google gives them, page by page."""
    listing = service.forms().responses()
    options = {"formId": form_id, "pageSize": PAGE}
    if since is not None:
        stamp = (since - OVERLAP).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        options["filter"] = f"timestamp >= {stamp}"
    request = listing.list(**options)
    while request is not None:
        page = execute(request, patience)
        found = page.get("responses", []) if isinstance(page, dict) else None
        if not isinstance(found, list):
            raise SourceFailed("Daftar tanggapan dari Google tidak terbaca. Dicoba lagi pada putaran berikutnya.")
        yield from found
        request = listing.list_next(request, page)


def _refuse_sudden_loss(count: int, before: int) -> None:
    """Raise SourceFailed when most of what was there before is gone."""
    if before >= MANY and count * 2 < before:
        raise SourceFailed(
            f"Formulir Google tiba-tiba hanya memuat {count} tanggapan, sebelumnya {before}. Tidak ada yang "
            "diproses. Periksa apakah tanggapan terhapus atau kunci formulir di payung.yaml berubah. Bila memang "
            "benar, jalankan lagi dengan --paksa."
        )


def _known_questions(
    service: Any, form_id: str, form: Form, lock: Mapping[str, str], items: Sequence[Any], patience: Patience
) -> _KnownQuestions:
    """Match question ids to questions; asks for the form itself only when an id is not in ``lock``."""
    by_key = {question.kunci: question for question in form.pertanyaan}
    known = {question_id: by_key[key] for question_id, key in lock.items() if key in by_key}
    ids = {question_id for item in items for question_id in _object_in(item, "answers")}
    if ids <= known.keys():
        return _KnownQuestions(known, {}, "")
    titles = titles_of(execute(service.forms().get(formId=form_id), patience))
    by_title = {i: question for i, title in titles.items() if (question := form.question(title)) is not None}
    return _KnownQuestions(known | {i: question for i, question in by_title.items() if i not in known}, titles, "")


def titles_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Give the title of each question id in a form as Google gives it; a grid's row is titled ``Question [Row]``."""
    titles = {}
    for item in body.get("items", []):
        title = item.get("title", "")
        if question_id := _object_in(_object_in(item, "questionItem"), "question").get("questionId"):
            titles[question_id] = title
        for question in _object_in(item, "questionGroupItem").get("questions", []):
            titles[question.get("questionId", "")] = f"{title} [{_object_in(question, 'rowQuestion').get('title', '')}]"
    return titles


def _object_in(value: Any, name: str) -> Mapping[str, Any]:
    """Give the object ``name`` inside ``value``; empty when either is something else."""
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _response(item: Any, reading: _KnownQuestions) -> tuple[Response, tuple[Upload, ...]]:
    """Read one response and its uploads. What cannot be read becomes a Problem; nothing is raised, nothing dropped."""
    if not isinstance(item, dict):
        raw = {"Isi mentah": json.dumps(item, ensure_ascii=False)}
        return Response(
            "google", PLACE, {}, raw, batch=reading.batch, problems=(_problem("Tanggapan tidak terbaca."),)
        ), ()
    problems = [
        _problem(f"Bagian “{n}” tidak terbaca.")
        for n in ("createTime", "lastSubmittedTime")
        if _parse_time(item.get(n)) is None
    ]
    key = item.get("responseId")
    if not isinstance(key, str) or not key:
        problems.append(_problem("Tanggapan tanpa nomor dari Google.", "Dapat tercatat dua kali; bandingkan isinya."))
    answered, others, uploads = _answers(item, reading, problems)
    _add_account(item.get("respondentEmail"), answered, others)
    response = Response(
        source="google",
        place=PLACE,
        answers=answered,
        others=others,
        created=_parse_time(item.get("createTime")),
        submitted=_parse_time(item.get("lastSubmittedTime")) or _parse_time(item.get("createTime")),
        key=key if isinstance(key, str) else "",
        batch=reading.batch,
        problems=tuple(problems),
    )
    return response, tuple(uploads)


def _problem(message: str, mend: str = "Buka tanggapan ini di Google Formulir dan cocokkan.") -> Problem:
    return Problem(PLACE, None, message, mend)


def _parse_time(value: Any) -> datetime | None:
    """Read a time of Google's with 0 to 9 decimals, cut to microseconds; None when it is none."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return datetime.fromisoformat(
            f"{match[1]}.{(match[2] or '0')[:6].ljust(6, '0')}{match[3].replace('Z', '+00:00')}"
        )
    except ValueError:
        return None


def _answers(
    item: Mapping[str, Any], reading: _KnownQuestions, problems: list[Problem]
) -> tuple[dict[str, str], dict[str, str], list[Upload]]:
    """Read answers by key, answers to unknown questions by title, and uploads; mistakes are added to ``problems``."""
    others: dict[str, str] = {}
    uploads: list[Upload] = []
    if not isinstance(item.get("answers", {}), dict):
        problems.append(_problem("Jawaban tidak terbaca."))
        others["Isi mentah"] = json.dumps(item["answers"], ensure_ascii=False)
    given = _object_in(item, "answers")
    answered = {question.kunci: "" for i, question in reading.questions.items() if i not in given}
    order = [*(i for i in reading.questions if i in given), *sorted(given.keys() - reading.questions.keys())]
    for question_id in order:
        question = reading.questions.get(question_id)
        title = question.judul if question else reading.titles.get(question_id) or f"Pertanyaan {question_id}"
        text, files = _answer(question, given[question_id])
        uploads += files
        if text is None:
            problems.append(Problem(title, None, "Jawaban tidak terbaca.", "Buka tanggapan ini di Google Formulir."))
            others[_unused_title(title, others)] = json.dumps(given[question_id], ensure_ascii=False)
        elif question is None or (answered.get(question.kunci) and question.jenis != "berkas"):
            others[_unused_title(title, others)] = text
        elif text:
            answered[question.kunci] = "\n".join(part for part in (answered.get(question.kunci), text) if part)
    return answered, others, uploads


def _answer(question: Question | None, answer: Any) -> tuple[str | None, list[Upload]]:
    """Read the words of one answer, uploads as links; None when it is not what Google promises."""
    texts = _object_in(answer, "textAnswers").get("answers", [])
    files = _object_in(answer, "fileUploadAnswers").get("answers", [])
    if not isinstance(answer, dict) or not isinstance(texts, list) or not isinstance(files, list):
        return None, []
    values = [v for entry in texts if isinstance(entry, dict) and isinstance(v := entry.get("value", ""), str)]
    named = [f for f in files if isinstance(f, dict) and isinstance(f.get("fileId"), str)]
    if len(values) != len(texts) or len(named) != len(files):
        return None, []
    uploads = [Upload(f["fileId"], str(f.get("fileName") or f["fileId"])) for f in named]
    return _answer_text(question, [*values, *(upload.link for upload in uploads)]), uploads


def _answer_text(question: Question | None, values: Sequence[str]) -> str:
    """Write the values of an answer as one text, options as their keys."""
    if question is None:
        return "\n".join(values)
    return "\n".join(filter(None, (answers.normalised(question, value) for value in values)))


def _unused_title(title: str, taken: Mapping[str, str]) -> str:
    number = 2
    name = title
    while name in taken:
        name, number = f"{title} ({number})", number + 1
    return name


def _add_account(account: Any, answered: dict[str, str], others: dict[str, str]) -> None:
    """Keep the Google account that the form recorded: as the e-mail answer where that is empty, else beside it."""
    if not isinstance(account, str) or not account:
        return
    answered["email"] = answered.get("email") or account
    if answered["email"] != account:
        others["Akun Google pengirim"] = account


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
