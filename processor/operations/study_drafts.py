"""What an officer typed into a study and has not saved: sealed beside the register's state, one an officer and case."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from processor.cases.case_status import DELIVERED, OVER
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.operations import overview
from processor.operations.office import Office
from processor.operations.study_texts import Texts

FOLDER = "draf-kajian"


@dataclass(frozen=True, slots=True)
class StudyDraft:
    """The texts that were typed, the marks of those from which they were, and when they were last kept (ISO 8601)."""

    at: str
    texts: Texts = field(repr=False)
    shown: Mapping[str, str]

    @property
    def moment(self) -> datetime:
        """Give when the draft was last kept (aware)."""
        return datetime.fromisoformat(self.at)


def path(office: Office, number: str, officer: str) -> Path:
    """Give where a draft lies, or would; the name tells the case, and the officer only to this office."""
    name = f"{number}.{office.register.fingerprint('draf', officer)}.age"
    return office.register.state_folder / FOLDER / name


def keep(office: Office, number: str, officer: str, texts: Texts, shown: Mapping[str, str]) -> StudyDraft:
    """Seal a draft in the place of what it was."""
    draft = StudyDraft(office.now().isoformat(), dict(texts), dict(shown))
    place = path(office, number, officer)
    atomic_files.make_folder(place.parent)
    atomic_files.replace(place, office.register.seal(json.dumps(asdict(draft)).encode()))
    return draft


def left(office: Office, number: str, officer: str) -> StudyDraft | None:
    """Open the draft of an officer; None where there is none, or it cannot be opened any more."""
    try:
        draft = StudyDraft(**json.loads(office.register.unseal(path(office, number, officer).read_bytes())))
        draft.moment.isoformat()
    except (OSError, PayungError, ValueError, TypeError):
        return None
    return draft


def discard(office: Office, number: str, officer: str) -> None:
    """Take a draft away, with what an interrupted write may have left of it."""
    place = path(office, number, officer)
    for one in (place, *place.parent.glob(f".{place.name}.*")):
        atomic_files.remove(one)


def sweep(office: Office) -> None:
    """Take away the drafts of cases that are answered or over, or gone, with what an interrupted write left of them."""
    for one in (office.register.state_folder / FOLDER).glob("*"):
        number = one.name.lstrip(".").partition(".")[0]
        if not office.register.has(number) or _is_over(office, number):
            atomic_files.remove(one)


def _is_over(office: Office, number: str) -> bool:
    """Tell whether nothing is to be written in a case any more; no, where its file cannot be read."""
    derived = overview.derive_for(office, office.register.read(number))
    return derived is not None and derived.status in DELIVERED | OVER
