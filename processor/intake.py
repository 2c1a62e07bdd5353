"""Responses + what the register knows -> a plan (new, edited, known), and the plan -> filed cases.

``plan`` decides and writes nothing. Two rows count as one request only when that is certain; when it may be
so, both are filed and each points at the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import get_args

from processor import trace
from processor.case import IDENTITY, Applicant, Dossier, Event, NewCase, Response
from processor.casefile import CaseFile, Service, compose, dump, readable
from processor.forms import Form
from processor.register import Register
from processor.trace import LOCATOR, PERSON, Fingerprint, Trace, changed, equal

_SUBSTANCE = ("uraian", "pertanyaan")
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one response.

    ``kind`` is baru (a new case), diubah (an edit of ``number`` in ``fields``), dikenali (seen under a new
    key or time) or sama (nothing to do). ``twins`` are cases that may be the same request.
    """

    response: Response = field(repr=False)
    kind: str
    number: str
    trace: Trace = field(repr=False)
    fields: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()


def plan(
    responses: Sequence[Response], known: Iterable[Trace], fingerprint: Fingerprint, numbers: Iterator[str]
) -> tuple[Outcome, ...]:
    """What becomes of each of the ``responses`` of one source, in the order in which they were sent.

    ``known`` are the register's traces; ``numbers`` gives the next registration numbers.
    """
    ordered = sorted(responses, key=lambda response: response.submitted or _NEVER)
    traces = [trace.of(response, fingerprint) for response in ordered]
    desk = _Desk(known, numbers, complete=any(response.batch for response in responses))
    desk.look_over(traces)
    return tuple(desk.settle(response, mine) for response, mine in zip(ordered, traces, strict=True))


class _Desk:
    """The state of one plan: what is known, and which of it this listing still holds."""

    def __init__(self, known: Iterable[Trace], numbers: Iterator[str], *, complete: bool) -> None:
        self._known = {one.number: one for one in known}
        self._numbers = numbers
        self._complete = complete
        self._find = _Finder(self._known.values())
        self._gone: set[str] = set()
        self._claims: Counter[str] = Counter()

    def look_over(self, traces: Sequence[Trace]) -> None:
        """Which known cases a complete listing no longer holds, and how many of its rows could be their edits."""
        certain = [self._certain(mine) for mine in traces]
        if self._complete:
            self._gone = set(self._known) - {number for number in certain if number}
        for mine, number in zip(traces, certain, strict=True):
            if not number:
                self._claims.update(other.number for other in self._vanished(mine))

    def settle(self, response: Response, mine: Trace) -> Outcome:
        """What becomes of one response, given all that were settled before it."""
        other = self._known.get(self._certain(mine)) or self._edited(mine)
        return self._again(response, mine, other) if other else self._new(response, mine)

    def _certain(self, mine: Trace) -> str:
        """The number of the case that ``mine`` certainly is: by id, or by moment and person or content."""
        marks = mine.marks[0]
        for other in self._near(mine):
            if mine.keys & other.keys:
                return other.number
        for other in self._near(mine):
            if other.another(mine.keys):
                continue
            if other.at(mine.times) and (other.same_person(marks) or other.holds(marks)):
                return other.number
            if not mine.times and other.holds(marks):
                return other.number
        return ""

    def _edited(self, mine: Trace) -> Trace | None:
        """The case of which ``mine`` is certainly the edit.

        It is the only one of this person or code that is gone from the listing, ``mine`` is the only row that
        could have taken its place, and they share the code, the account of the facts or the question.
        """
        vanished = self._vanished(mine)
        if len(vanished) != 1 or self._claims[vanished[0].number] != 1:
            return None
        marks, last = mine.marks[0], vanished[0].marks[-1]
        same = any(equal(last, marks, key) for key in (LOCATOR, *_SUBSTANCE))
        return vanished[0] if same else None

    def _vanished(self, mine: Trace) -> list[Trace]:
        """Older cases of the same person or code that the listing no longer holds."""
        marks = mine.marks[0]
        return [
            other
            for other in self._near(mine)
            if other.number in self._gone
            and not other.another(mine.keys)
            and (other.same_person(marks) or other.same_code(marks))
            and mine.times
            and max(other.times, default=_NEVER) < max(mine.times)
        ]

    def _near(self, mine: Trace) -> list[Trace]:
        return [self._known[number] for number in self._find.near(mine)]

    def _new(self, response: Response, mine: Trace) -> Outcome:
        marks, number = mine.marks[0], next(self._numbers)
        vanished = {other.number for other in self._vanished(mine)}
        twins = [
            other.number
            for other in self._near(mine)
            if other.number in vanished or other.holds(marks) or other.same_code(marks)
        ]
        return self._learn(Outcome(response, "baru", number, mine, twins=tuple(sorted(twins))))

    def _again(self, response: Response, mine: Trace, other: Trace) -> Outcome:
        marks = mine.marks[0]
        fields = changed(other.marks[-1], marks)
        newer = bool(mine.times) and all(moment < max(mine.times) for moment in other.times)
        unseen = not mine.keys <= other.keys or any(not other.at([moment]) for moment in mine.times)
        self._gone.discard(other.number)
        if fields and (newer or not other.holds(marks)):
            return self._learn(Outcome(response, "diubah", other.number, mine, fields=fields))
        return self._learn(Outcome(response, "dikenali" if unseen else "sama", other.number, mine))

    def _learn(self, outcome: Outcome) -> Outcome:
        one = joined(self._known.get(outcome.number, Trace(outcome.number)), outcome)
        self._known[outcome.number] = one
        self._find.add(one)
        return outcome


def joined(known: Trace, outcome: Outcome) -> Trace:
    """What is known of a case once ``outcome`` is filed."""
    mine, versions = outcome.trace, known.marks
    if outcome.kind in {"baru", "diubah"}:
        versions = (*versions, {**(versions[-1] if versions else {}), **mine.marks[-1]})
    return Trace(known.number, known.keys | mine.keys, known.times | mine.times, versions)


class _Finder:
    """Finds the cases that share an id, a person, a code or a moment, without looking at all of them."""

    def __init__(self, known: Iterable[Trace]) -> None:
        self._by: dict[str, dict[str, None]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Trace) -> None:
        for handle in self._handles(one):
            self._by.setdefault(handle, {})[one.number] = None

    def near(self, mine: Trace) -> list[str]:
        """Numbers in order of filing."""
        return sorted({number for handle in self._handles(mine) for number in self._by.get(handle, ())})

    @staticmethod
    def _handles(one: Trace) -> Iterator[str]:
        yield from one.keys
        for version in one.marks:
            yield from (f"{key}={version[key]}" for key in (*PERSON, LOCATOR, *_SUBSTANCE) if version.get(key))


_BATCH = 500


def file(outcomes: Sequence[Outcome], form: Form, register: Register, now: datetime) -> None:
    """Write what ``plan`` decided. Doing it again after a crash loses nothing and doubles nothing.

    Raises PayungError when a sealed file cannot be opened.
    """
    twins = _both_ways(outcomes)
    new = [outcome for outcome in outcomes if outcome.kind == "baru"]
    fresh = {outcome.number for outcome in new}
    for number in sorted(set(twins) - fresh):
        _point(register, number, twins[number], now)
    for start in range(0, len(new), _BATCH):
        register.add([_case(one, form, twins.get(one.number, set()), now) for one in new[start : start + _BATCH]])
    for outcome in outcomes:
        if outcome.kind == "diubah":
            _amend(outcome, register, now)
        elif outcome.kind == "dikenali":
            register.record(outcome.number, Event("dikenali", now, ACTOR, _sighting(outcome)))


ACTOR = "payung"


def _both_ways(outcomes: Sequence[Outcome]) -> dict[str, set[str]]:
    twins: dict[str, set[str]] = {}
    for outcome in outcomes:
        for other in outcome.twins:
            twins.setdefault(outcome.number, set()).add(other)
            twins.setdefault(other, set()).add(outcome.number)
    return twins


def _point(register: Register, number: str, others: set[str], now: datetime) -> None:
    """Let the journal of a filed case point at its possible twins, once."""
    said = {other for event in register.read(number).events for other in event.data.get("kembaran", ())}
    if others - said:
        register.record(number, Event("mungkin_sama", now, ACTOR, {"kembaran": sorted(others - said)}))


def _case(outcome: Outcome, form: Form, twins: set[str], now: datetime) -> NewCase:
    response = outcome.response
    answers = {key: readable(text) for key, text in response.answers.items()}
    names = {f"{count}.age": attachment for count, attachment in enumerate(response.attachments, start=1)}
    service = answers.get("bentuk", "")
    known = service in get_args(Service)
    findings = [*response.problems, *form.check(response.answers, now.date())]
    case = CaseFile.model_validate(
        {
            "nomor_registrasi": outcome.number,
            "diajukan": response.created or response.submitted,
            "diterima": now.replace(microsecond=0),
            "sumber": response.source,
            "bentuk": service if known else None,
            "bentuk_lain": "" if known else service,
            "uraian": answers.get("uraian", ""),
            "pertanyaan": answers.get("pertanyaan", ""),
            "dokumen": answers.get("dokumen", "").split(),
            "lampiran": [f"lampiran/{name}" for name in names],
            "persetujuan": _consent(answers, form, response),
            "balasan": {key: answers.get(key, "") for key in ("kode_lacak", "kunci_balasan")},
            "temuan": [f"{p.place}: {p.sentence}" for p in findings] + [_twin_sentence(n) for n in sorted(twins)],
        }
    )
    event = Event("didaftar", now, ACTOR, _sighting(outcome) | ({"kembaran": sorted(twins)} if twins else {}))
    dossier = Dossier(_applicant(response.answers), (_version(response),))
    contents = {name: attachment.content for name, attachment in names.items()}
    return NewCase(outcome.number, compose(case), dossier, contents, (event,))


def _twin_sentence(number: str) -> str:
    return f"Mungkin sama dengan {number}. Bandingkan keduanya sebelum diproses."


def _consent(answers: Mapping[str, str], form: Form, response: Response) -> dict[str, object]:
    """Which terms were accepted: those of the form as it is now, as a response does not say its version."""
    question = next((q for q in form.pertanyaan if q.jenis == "persetujuan"), None)
    if question is None or answers.get(question.kunci) not in question.pilihan:
        return {}
    terms = form.ketentuan
    return {"versi": terms.versi, "sidik": terms.fingerprint, "waktu": response.submitted}


def _applicant(answers: Mapping[str, str]) -> Applicant:
    return Applicant(**{key: _sound(answers.get(key, "")) for key in IDENTITY})


def _version(response: Response) -> dict[str, object]:
    """The response exactly as it came, as plain data for the sealed file."""
    return {
        "sumber": response.source,
        "kunci": response.key,
        "dibuat": _iso(response.created),
        "waktu": _iso(response.submitted),
        "jawaban": {key: _sound(text) for key, text in response.answers.items()},
        "lain": {_sound(title): _sound(text) for title, text in response.others.items()},
        "lampiran": [_sound(attachment.name) for attachment in response.attachments],
    }


def _sound(text: str) -> str:
    """``text`` with half surrogate pairs, which no file can hold, made visible."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _sighting(outcome: Outcome) -> dict[str, object]:
    return {"sumber": outcome.response.source, **outcome.trace.data()}


def _amend(outcome: Outcome, register: Register, now: datetime) -> None:
    """An edited response becomes an event; the new words stand beside the case file, which is not ours to change."""
    count = 1 + sum(event.kind == "diubah" for event in register.read(outcome.number).events)
    dossier, version = register.dossier(outcome.number), _version(outcome.response)
    answers = {key: text for key, text in outcome.response.answers.items() if key in outcome.fields}
    words = {key: readable(text) for key, text in answers.items() if key not in IDENTITY}
    identity = replace(dossier.applicant, **{key: _sound(text) for key, text in answers.items() if key in IDENTITY})
    versions = dossier.versions if version in dossier.versions else (*dossier.versions, version)
    name = f"perubahan-{count}.yaml"
    text = (
        f"# Pemohon mengubah permohonan {outcome.number} sesudah didaftar. permohonan.yaml tidak diubah:\n"
        "# pindahkan sendiri yang perlu. Identitas yang berubah tetap tersegel.\n"
        + dump({"kolom": list(outcome.fields), "menjadi": words})
    )
    data = {**_sighting(outcome), "kolom": list(outcome.fields), "berkas": name}
    register.amend(
        outcome.number, Dossier(identity, versions), {name: text.encode()}, Event("diubah", now, ACTOR, data)
    )
