"""What the register keeps of the satisfaction survey, sealed: the answers, the ballots given, the key that signs them.

An answer has its day and its marks: no hour, no case, no token beside it. Every file is written whole and the answers
shuffled, so that their order tells nothing. A ballot is kept as it was signed: blinded.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import Any, Literal, Protocol, TypeVar, get_args

from processor.cases.office_keys import OfficeKeys
from processor.foundation import atomic_files
from processor.foundation.blind_signatures import SigningKey
from processor.foundation.errors import PayungError

FOLDER = "survei"
_ANSWERS, _KEY, _BALLOT = "jawaban.age", "kunci.age", "surat-suara/{}.age"

Way = Literal["surat_suara", "tanpa"]
"""How somebody voted: with a ballot that only who was answered can have, or without, as in a Google Form."""


class SurveySealing(Protocol):
    """What a register offers so that the survey can be kept."""

    folder: Path

    def seal(self, content: bytes) -> bytes:
        """Seal ``content`` to the office."""

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to the office. Raises PayungError when it cannot."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person answered on a day: nine marks from 1 to 4."""

    day: date
    way: Way
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SurveyAnswers:
    """Everything that was answered: ``words`` are suggestions, tied to no vote; ``spent`` are digests of used tokens.

    ``old`` are the answers to the survey of six items that the bureau once held, by its year.
    """

    votes: tuple[Vote, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    spent: frozenset[str] = frozenset()
    old: Mapping[int, tuple[tuple[int, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot that was given for a case: what was ``blinded``, and the signature of that (hex)."""

    blinded: str
    signature: str


def answers(register: SurveySealing) -> SurveyAnswers:
    """Read the answers; none where there are none yet. Raises PayungError for a damaged file."""
    return _read(register, _ANSWERS, _answers_from) or SurveyAnswers()


def write_answers(register: SurveySealing, found: SurveyAnswers) -> None:
    """Write all answers anew, shuffled. Raises PayungError or OSError when the disk refuses."""
    shuffle = SystemRandom().sample
    votes = [[one.day.isoformat(), one.way, list(one.marks)] for one in shuffle(found.votes, len(found.votes))]
    data = {
        "suara": votes,
        "saran": shuffle(found.words, len(found.words)),
        "terpakai": sorted(found.spent),
        "lama": {str(year): shuffle(rows, len(rows)) for year, rows in sorted(found.old.items())},
    }
    _write(register, _ANSWERS, data)


def ballot(register: SurveySealing, number: str) -> Ballot | None:
    """Read the ballot of a case; None where none was given. Raises PayungError for a damaged file."""
    return _read(register, _BALLOT.format(number), lambda data: Ballot(data["buta"], data["tanda"]))


def write_ballot(register: SurveySealing, number: str, given: Ballot) -> None:
    """Keep the one ballot of a case. Raises PayungError or OSError when the disk refuses."""
    _write(register, _BALLOT.format(number), {"buta": given.blinded, "tanda": given.signature})


def ballots_given(register: SurveySealing) -> int:
    """Count the cases for which a ballot was given."""
    return sum(1 for _ in (register.folder / FOLDER).glob(_BALLOT.format("*")))


def signing_key(register: SurveySealing) -> SigningKey | None:
    """Read the key that signs ballots; None where there is none yet. Raises PayungError for a damaged file."""
    return _read(register, _KEY, lambda data: SigningKey(int(data["n"], 16), int(data["d"], 16)))


def has_signing_key(register: SurveySealing) -> bool:
    """Tell whether there is a key, which may be damaged."""
    return (register.folder / FOLDER / _KEY).exists()


def write_signing_key(register: SurveySealing, key: SigningKey) -> None:
    """Keep a new key. Raises PayungError or OSError when the disk refuses."""
    _write(register, _KEY, {"n": f"{key.modulus:x}", "d": f"{key.private:x}"})


def reseal(folder: Path, keys: OfficeKeys) -> None:
    """Seal what a register in ``folder`` keeps to the recipients of today; what is damaged stays as it is."""
    for path in sorted((folder / FOLDER).rglob("*.age")):
        try:
            atomic_files.replace(path, keys.seal(keys.open(path.read_bytes())))
        except (PayungError, OSError):
            continue


def damage(register: SurveySealing) -> Iterator[str]:
    """Say what is wrong with the answers and the key where they cannot be read."""
    for read in (answers, signing_key):
        try:
            read(register)
        except PayungError as error:
            yield str(error)


_Read = TypeVar("_Read")


def _read(register: SurveySealing, name: str, made: Callable[[Any], _Read]) -> _Read | None:
    """Open a file and make of it what it is; None where it does not exist."""
    path = register.folder / FOLDER / name
    if not path.exists():
        return None
    try:
        return made(json.loads(register.unseal(path.read_bytes())))
    except (PayungError, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise PayungError(f"Berkas {FOLDER}/{name} di register rusak. Pulihkan berkas itu dari cadangan.") from error


def _write(register: SurveySealing, name: str, data: Mapping[str, Any]) -> None:
    path = register.folder / FOLDER / name
    atomic_files.make_folder(path.parent)
    atomic_files.replace(path, register.seal(json.dumps(data).encode()))


def _answers_from(data: Mapping[str, Any]) -> SurveyAnswers:
    """Make answers of what was kept. Raises ValueError, LookupError or TypeError for anything else."""
    votes = tuple(Vote(date.fromisoformat(day), way, tuple(map(int, marks))) for day, way, marks in data["suara"])
    if any(one.way not in get_args(Way) or not _nine_marks(one.marks) for one in votes):
        raise ValueError(len(votes))
    old = {int(year): tuple(tuple(map(int, row)) for row in rows) for year, rows in data["lama"].items()}
    return SurveyAnswers(votes, tuple(map(str, data["saran"])), frozenset(map(str, data["terpakai"])), old)


def _nine_marks(marks: tuple[int, ...]) -> bool:
    return len(marks) == 9 and all(1 <= mark <= 4 for mark in marks)
