"""Finds which column of an export is which: questions by title, the sender's own columns by name or by shape."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from processor.foundation.form_definition import Form, Question
from processor.foundation.question_titles import comparable_title
from processor.intake.sources.tables import TableRow, text_of
from processor.intake.sources.timestamps import Cell, is_time_number, looks_like_time

SENT = {"cap waktu", "stempel waktu", "timestamp", "completion time", "waktu penyelesaian", "waktu selesai"}
"""Titles, in ``plain`` spelling, of the column that holds when a response was sent (Google, Microsoft)."""

REQUEST = frozenset({"uraian", "pertanyaan"})
"""The questions whose answers are the request itself."""

_TIME_WORDS = {"waktu", "tanggal", "time", "date", "timestamp", "submitted"}
_GOOGLE_EMAIL = {"alamat email", "nama pengguna", "email address", "username"}
_MICROSOFT = 5
_LOOSE = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read the rows below a header.

    ``titles`` names each column, no two alike; ``sent`` is the column of the time; ``answers`` maps each
    question to its columns, the best first; ``sender_email`` is the account that the form itself recorded; ``unknown``
    are the columns of no question.
    """

    titles: tuple[str, ...]
    sent: int | None
    answers: Mapping[str, tuple[int, ...]]
    sender_email: int | None = None
    questions: Mapping[str, Question] = field(default_factory=dict, repr=False)
    unknown: tuple[int, ...] = ()

    @property
    def known(self) -> int:
        """Count the questions that have a column."""
        return len(self.answers)

    @property
    def tells_a_request(self) -> bool:
        """Tell whether the words of a request have a column."""
        return not REQUEST.isdisjoint(self.answers)

    @property
    def not_asked(self) -> tuple[Question, ...]:
        """Give the questions without a column: the form that was filled in did not have them."""
        given = {*self.answers, *(("email",) if self.sender_email is not None else ())}
        return tuple(question for key, question in self.questions.items() if key not in given)


def find(header: TableRow, rows: Sequence[TableRow], form: Form) -> Columns:
    """Read ``header``; look at ``rows`` where its titles do not say enough."""
    titles = tuple(" ".join(text_of(cell).split()) for cell in header.cells)
    plains = [comparable_title(title) for title in titles]
    microsoft = _is_microsoft(plains, rows)
    sent = 2 if microsoft else _time_column(plains, rows, form)
    email = 3 if microsoft else _email_column(plains, sent)
    metadata = set(range(_MICROSOFT)) if microsoft else {i for i in (sent, email) if i is not None}
    answers = _answers(titles, metadata, form)
    questions = {question.kunci: question for question in form.pertanyaan}
    used = {*metadata, *(index for places in answers.values() for index in places)}
    unknown = tuple(index for index, title in enumerate(titles) if index not in used and not _is_score(title, titles))
    return Columns(_distinct_titles(titles), sent, answers, email, questions, unknown)


def cells_of(rows: Sequence[TableRow], index: int) -> list[Cell]:
    """Give the cells of a column in which something stands."""
    cells = (row.cells[index] for row in rows if index < len(row.cells))
    return [cell for cell in cells if text_of(cell)]


def _holds_times(rows: Sequence[TableRow], index: int) -> bool:
    cells = cells_of(rows, index)
    return bool(cells) and all(looks_like_time(cell) for cell in cells)


def _is_microsoft(plains: Sequence[str], rows: Sequence[TableRow]) -> bool:
    """Tell whether the first five columns are Microsoft Forms' own: a number, two times, an account, a name.

    Their titles are translated, so the shape decides, not the words.
    """
    if len(plains) < _MICROSOFT or any(not text_of(cell).isdigit() for cell in cells_of(rows, 0)):
        return False
    accounts = (text_of(cell) for cell in cells_of(rows, 3))
    return (
        _holds_times(rows, 1) and _holds_times(rows, 2) and all(a.lower() == "anonymous" or "@" in a for a in accounts)
    )


def _time_column(plains: Sequence[str], rows: Sequence[TableRow], form: Form) -> int | None:
    """Find the column of the time: by name, else by what stands in the columns that are no question's.

    The first one, or one that is titled as a time, may hold a few cells that are no time. Of several others none is it.
    """
    for index, title in enumerate(plains):
        if title in SENT:
            return index
    strange = [i for i, title in enumerate(plains) if title and form.question(title) is None]
    titled = [i for i in strange if not _TIME_WORDS.isdisjoint(plains[i].split())]
    for index in sorted({*titled, *(i for i in strange if i == 0)}):
        if _mostly_times(rows, index, numbers=index in titled):
            return index
    others = [index for index in strange if _holds_times(rows, index)]
    return others[0] if len(others) == 1 else None


def _mostly_times(rows: Sequence[TableRow], index: int, *, numbers: bool) -> bool:
    """Tell whether more than half of the filled cells hold a time; ``numbers`` may be times too."""
    cells = cells_of(rows, index)
    times = [cell for cell in cells if looks_like_time(cell) or (numbers and is_time_number(cell))]
    return len(times) * 2 > len(cells)


def _email_column(plains: Sequence[str], sent: int | None) -> int | None:
    """Find Google's own e-mail column, right behind the time or at the end of a linked sheet."""
    if sent is None:
        return None
    near = [i for i in (sent + 1, len(plains) - 1) if i < len(plains) and plains[i] in _GOOGLE_EMAIL]
    return near[0] if near else None


def _answers(titles: Sequence[str], metadata: set[int], form: Form) -> dict[str, tuple[int, ...]]:
    """Find each question's columns: its exact title before an alias, that before a title that Google numbered.

    A title that only means the same without its brackets counts where the question has no other column.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for index, title in enumerate(titles):
        question, rank = (None, 0) if index in metadata else _question(title, titles, form)
        if question is not None:
            found.setdefault(question.kunci, []).append((rank, index))
    best = {key: min(places)[0] for key, places in found.items()}
    return {
        key: tuple(index for rank, index in sorted(places) if rank < _LOOSE or best[key] == _LOOSE)
        for key, places in found.items()
    }


def _question(title: str, titles: Sequence[str], form: Form) -> tuple[Question | None, int]:
    """Find the question that a column answers, and how sure that is: 0 is its own title."""
    if (question := form.titled(title)) is not None:
        return question, int(comparable_title(title) != comparable_title(question.judul))
    if _unnumbered(title) in titles and (question := form.titled(_unnumbered(title))) is not None:
        return question, 2
    return form.question(title), _LOOSE


def _is_score(title: str, titles: Sequence[str]) -> bool:
    """Tell whether a quiz put this column beside the question whose title it repeats."""
    words, bracket, _ = title.rpartition(" [")
    return bool(bracket) and words in titles


def _unnumbered(title: str) -> str:
    """Take off the number that a sheet puts behind a second column of the same name."""
    words, _, last = title.rpartition(" ")
    return words if last.strip("()").isdigit() else title


def _distinct_titles(titles: Sequence[str]) -> tuple[str, ...]:
    """Change titles so that none is empty and no two are alike."""
    seen: Counter[str] = Counter()
    result = []
    for index, title in enumerate(titles, 1):
        name = title or f"Kolom {index}"
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(result)
