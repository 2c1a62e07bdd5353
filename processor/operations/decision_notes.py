"""Says of rows of an export what became of them and what is damaged. Pure; no answer is repeated."""

from collections.abc import Iterable, Iterator, Sequence

from processor.cases.records import IDENTITY
from processor.foundation.errors import Problem
from processor.foundation.form_definition import Form
from processor.intake.recognition import MOMENT, Decision

_MOST_ROWS = 10


def notes(outcome: Decision, form: Form) -> Iterator[str]:
    """Say what the person who dropped the file should know of a row: no answer is repeated."""
    if outcome.better:
        yield f"lebih utuh daripada yang terdaftar: {_titles(outcome.better, form)}"
    if other := [key for key in outcome.fields if outcome.kind == "berbeda" and key not in outcome.better]:
        yield f"berbeda dari yang terdaftar, bukan ubahan pemohon: {_titles(other, form)}"
    elif outcome.kind != "berbeda" and outcome.fields:
        yield f"berubah: {', '.join(outcome.fields)}"
    if outcome.worse:
        yield f"rusak di berkas ini, isian yang terdaftar tetap dipakai: {_titles(outcome.worse, form)}"
    for number in outcome.possible_duplicates:
        yield f"mungkin sama dengan {number}"
    for problem in outcome.response.problems:
        yield f"{problem.place}: {problem.sentence}"


def doubts(name: str, outcomes: Sequence[Decision], form: Form) -> Iterator[Problem]:
    """Say that an export is damaged, and where it reads otherwise than what is filed."""
    if worse := [one for one in outcomes if one.worse]:
        fields = dict.fromkeys(field for one in worse for field in one.worse)
        message = f"Ekspor rusak di kolom {_titles(fields, form)} ({_rows(worse)}). Isian yang terdaftar tetap dipakai."
        yield Problem(name, None, message, "Unduh lagi dari formulir; jangan disimpan ulang di aplikasi lembar kerja.")
    for one in outcomes:
        if one.kind == "berbeda" and not set(one.fields) <= set(one.better) & set(IDENTITY):
            yield _otherwise(name, one, form)


def _otherwise(name: str, outcome: Decision, form: Form) -> Problem:
    """Say that a row reads otherwise than what is filed, where a person has to decide or to write it."""
    message = f"{_titles(outcome.fields, form)} berbeda dari {outcome.number}, padahal kirimannya sama."
    mend = f"Lihat keduanya: payung lihat {outcome.number}."
    if MOMENT in outcome.fields:
        mend = f"Cocokkan, lalu betulkan diajukan: payung sunting {outcome.number}."
    return Problem(name, outcome.response.row or None, message, mend)


def _titles(fields: Iterable[str], form: Form) -> str:
    """Name columns as the form does."""
    titles = {question.kunci: question.judul for question in form.pertanyaan} | {MOMENT: "Waktu pengajuan"}
    return ", ".join(titles.get(field, field) for field in fields)


def _rows(outcomes: Sequence[Decision]) -> str:
    """Name the rows of an export, not more than a person reads."""
    lines = sorted(one.response.row for one in outcomes)
    more = f" dan {len(lines) - _MOST_ROWS} baris lain" if len(lines) > _MOST_ROWS else ""
    return f"baris {', '.join(map(str, lines[:_MOST_ROWS]))}{more}"
