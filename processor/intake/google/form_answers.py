"""Reads one response of a Google Form as its API gives it: answers by question id, uploads, times."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processor.cases.records import Response
from processor.foundation.errors import Problem
from processor.foundation.form_definition import Form, Question
from processor.intake.google.file_uploads import Upload
from processor.intake.google.form_ids import ShownForm
from processor.intake.sources import answers

PLACE = "Formulir Google"

_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """What is needed to read a response.

    ``questions`` are those of ``form`` by their ids at Google, ``titles`` those of ids that it does not know. ``shown``
    tells what of the form stood at Google at a moment, None where nobody knows.
    """

    form: Form
    questions: Mapping[str, Question]
    titles: Mapping[str, str]
    shown: Callable[[datetime | None], ShownForm | None]
    batch: str = ""

    def not_asked(self, answered: Mapping[str, str], shown: ShownForm | None) -> frozenset[str]:
        """Give the questions that the form did not have when it was ``shown``; what was answered was asked."""
        asked = {question.kunci for question in self.questions.values()}
        later = {q.kunci for q in self.form.pertanyaan if shown and q.sejak > shown.version}
        missing = ({q.kunci for q in self.form.pertanyaan} - asked) | later
        return frozenset(key for key in missing if not answered.get(key))


def titles_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Give the title of each question id in a form as Google gives it; a grid's row is titled ``Question [Row]``."""
    titles = {}
    for item in body.get("items", []):
        title = item.get("title", "")
        if question_id := object_in(object_in(item, "questionItem"), "question").get("questionId"):
            titles[question_id] = title
        for question in object_in(item, "questionGroupItem").get("questions", []):
            titles[question.get("questionId", "")] = f"{title} [{object_in(question, 'rowQuestion').get('title', '')}]"
    return titles


def object_in(value: Any, name: str) -> Mapping[str, Any]:
    """Give the object ``name`` inside ``value``; empty when either is something else."""
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def read(item: Any, reading: KnownQuestions) -> tuple[Response, tuple[Upload, ...]]:
    """Read one response and its uploads. What cannot be read becomes a Problem; nothing is raised, nothing dropped."""
    if not isinstance(item, dict):
        raw = {"Isi mentah": json.dumps(item, ensure_ascii=False)}
        wrong = (_problem("Tanggapan tidak terbaca."),)
        every = frozenset(question.kunci for question in reading.form.pertanyaan)
        return Response("google", PLACE, {}, raw, batch=reading.batch, problems=wrong, unread=every), ()
    problems = [
        _problem(f"Bagian “{n}” tidak terbaca.")
        for n in ("createTime", "lastSubmittedTime")
        if _parse_time(item.get(n)) is None
    ]
    key = item.get("responseId")
    if not isinstance(key, str) or not key:
        problems.append(_problem("Tanggapan tanpa nomor dari Google.", "Dapat tercatat dua kali; bandingkan isinya."))
    answered, others, uploads = _answers(item, reading, problems)
    unread = {question.kunci for question in reading.questions.values()} - answered.keys()
    _add_account(item.get("respondentEmail"), answered, others)
    submitted = _parse_time(item.get("lastSubmittedTime")) or _parse_time(item.get("createTime"))
    shown = reading.shown(submitted)
    response = Response(
        source="google",
        place=PLACE,
        answers=answered,
        others=others,
        created=_parse_time(item.get("createTime")),
        submitted=submitted,
        key=key if isinstance(key, str) else "",
        batch=reading.batch,
        problems=tuple(problems),
        unread=frozenset(unread - {key for key, text in answered.items() if text}),
        not_asked=reading.not_asked(answered, shown),
        terms=shown.terms if shown else None,
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
    item: Mapping[str, Any], reading: KnownQuestions, problems: list[Problem]
) -> tuple[dict[str, str], dict[str, str], list[Upload]]:
    """Read answers by key, answers to unknown questions by title, and uploads; mistakes are added to ``problems``."""
    others: dict[str, str] = {}
    uploads: list[Upload] = []
    whole = isinstance(item.get("answers", {}), dict)
    if not whole:
        problems.append(_problem("Jawaban tidak terbaca."))
        others["Isi mentah"] = json.dumps(item["answers"], ensure_ascii=False)
    given = object_in(item, "answers")
    answered = {question.kunci: "" for i, question in reading.questions.items() if whole and i not in given}
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
        else:
            answered[question.kunci] = "\n".join(part for part in (answered.get(question.kunci), text) if part)
    return answered, others, uploads


def _answer(question: Question | None, answer: Any) -> tuple[str | None, list[Upload]]:
    """Read the words of one answer, uploads as links; None when it is not what Google promises."""
    texts = object_in(answer, "textAnswers").get("answers", [])
    files = object_in(answer, "fileUploadAnswers").get("answers", [])
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
