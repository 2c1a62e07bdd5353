"""What must hold in an office after each step, whatever happened: see DESIGN's invariants in ``docs/pengembang``."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path

from processor.cases import complaint_register, journal
from processor.cases.records import IDENTITY, Event
from processor.cases.register import Register
from processor.intake.recognition import Recognition
from processor.operations.complaints import complaint_intake
from tests.office import response

NUMBER = re.compile(r"BH-\d{4}-\d{4,}")
_SEALED = {".age", ".docx", ".pdf"}  # letters name their applicant; who may open the register may read them


class Broken(AssertionError):
    """Something that must always hold does not."""


def keys_by_number(register: Register) -> dict[str, frozenset[str]]:
    """The source ids of each case, as its journal tells; of one from an export, which has none, its NIP's mark."""
    recognised = {number: Recognition.of_events(number, _events(register, number)) for number in register.numbers()}
    return {
        n: one.keys or frozenset(f"nip={marks['nip']}" for marks in one.fingerprints[-1:])
        for n, one in recognised.items()
    }


def _events(register: Register, number: str) -> tuple[Event, ...]:
    return journal.read(register.path(number) / journal.FILE_NAME)[0]


def messages(register: Register, asked: Mapping[str, str]) -> Counter[str]:
    """How often each message stands in a journal, or is the request that the ``asked`` ones become."""
    found = (event.data.get("kiriman") for number in register.numbers() for event in _events(register, number))
    became = Counter(key for keys in keys_by_number(register).values() for key in keys)
    return Counter(str(key) for key in found if key) + Counter({key: became[case] for key, case in asked.items()})


def complaints_lost_or_doubled(register: Register, sent: Iterable[str], waiting: Iterable[str]) -> Iterator[str]:
    """What the complaints' page sent is one entry in their register or waits still, and is never two."""
    found = (complaint_register.read(register, number).events[:1] for number in complaint_register.numbers(register))
    counts = Counter(event.data.get(complaint_intake.KEY) for one in found for event in one)
    left = {*waiting}
    for key in sent:
        count = counts[register.fingerprint(complaint_intake.KEY, key)]
        if count > 1 or (not count and f"situs:{key}" not in left):
            yield f"the complaint {key} is there {count} times"


def lost_or_doubled(known: Mapping[str, frozenset[str]], sent: Iterable[str], waiting: Iterable[str]) -> Iterator[str]:
    """Whose receipt was given is one case or waits still, and is never two cases."""
    counts, left = Counter(key for keys in known.values() for key in keys), {*waiting}
    for key in sent:
        if counts[key] > 1:
            yield f"{key} is {counts[key]} cases"
        if not counts[key] and key not in left:
            yield f"{key} is lost"


def numbers_that_changed_hands(
    known: Mapping[str, frozenset[str]], before: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """A number that stood for one request never stands for another."""
    for number, keys in before.items():
        if not keys <= known.get(number, keys):
            yield f"{number} stood for {sorted(keys)} and now for {sorted(known.get(number, ()))}"


def damaged_journals(register: Register) -> Iterator[str]:
    """The chain of every journal is whole; a last line that a power cut tore counts for nothing."""
    for number in register.numbers():
        path = register.path(number) / journal.FILE_NAME
        content = path.read_bytes() if path.is_file() else b""
        _, wrong = journal.read(path)
        if wrong and not (len(wrong) == 1 and content and not content.endswith(b"\n")):
            yield f"{number}: {wrong[0].message}"


def mail_sent_twice(messages: Iterable[EmailMessage]) -> Iterator[str]:
    """The same words to the same person always bear the same Message-ID.

    Digests of two days may say the same, and messages by code of one minute are told alike.
    """
    ids: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in messages:
        body = one.get_body(("plain",))
        ids[str(one["To"]), str(one["Subject"]), str(body.get_content()) if body else ""].add(str(one["Message-ID"]))
    for (to, subject, _), found in ids.items():
        alike = subject.startswith("Ringkasan harian") or subject.endswith(("permohonan ditarik", "mengganti kontak"))
        if len(found) > 1 and not alike:
            yield f"{to} got “{subject}” under {len(found)} Message-IDs"


def message_ids_of_two(messages: Iterable[EmailMessage]) -> Iterator[str]:
    """No two people are ever sent the same Message-ID."""
    people = defaultdict[str, set[str]](set)
    for one in messages:
        people[str(one["Message-ID"])].add(str(one["To"]))
    yield from (f"{len(found)} people got {id_}" for id_, found in people.items() if len(found) > 1)


def mail_to_others(messages: Iterable[EmailMessage], owners: Mapping[str, str]) -> Iterator[str]:
    """What an applicant is sent names only numbers of their own; ``owners`` are the addresses by number."""
    for one in messages:
        for number in NUMBER.findall(str(one["Subject"])):
            to = str(one["To"])
            if to in owners.values() and owners.get(number, to) != to:
                yield f"{to} was told of {number}"


def identities_in_the_clear(folder: Path, people: Iterable[int]) -> Iterator[str]:
    """Nothing of an applicant can be read outside what is sealed."""
    keys = [key for key in IDENTITY if key not in {"jabatan", "unit_kerja"}]
    words = {response(person).answers[key].encode() for person in people for key in keys}
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in _SEALED:
            content = path.read_bytes()
            if any(word in content for word in words):
                yield f"{path} names somebody"
