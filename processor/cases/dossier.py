"""Who asked: the one module that opens ``pemohon.age``. Who may import it is a list in ``tests/test_layers.py``.

The attachments, sealed beside it, are opened here too. What else is sealed is opened by whoever keeps it: drafts of the
counter by ``operations.counter_drafts``, messages by ``mail.outbox``, packages from the site by
``site.sealed_packages``, the fingerprints' secret by ``cases.register_seal``. ``perubahan-N.yaml`` is not sealed: what
an applicant changed of themselves stays out of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import yaml

from processor.cases import evidence, journal
from processor.cases.office_keys import OfficeKeys
from processor.cases.records import SEALED, SEALED_ANSWERS, Applicant, Dossier, Event, Response
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

_UNSAFE = re.compile(r"[^\w.-]|^\.+")
_LONGEST = 80  # bytes of an attachment's name; file systems hold 255, and letters have up to four
_RESEALED = "disegel_ulang"
_SITE = "situs"  # the source whose unknown answers no form of the office asked for


class Cases(Protocol):
    """What a register offers so that its cases can be opened here; it opens none itself."""

    def numbers(self) -> list[str]:
        """Give every registration number, oldest first."""

    def path(self, number: str) -> Path:
        """Give the folder of a case. Raises PayungError where there is none."""

    def unseal(self, sealed: bytes) -> bytes:
        """Open what was sealed to the office. Raises PayungError when it cannot."""


def open_dossier(cases: Cases, number: str) -> Dossier:
    """Open the sealed identity and answers of a case. Raises PayungError or OSError when that cannot be done."""
    return read(cases.path(number), cases.unseal)


def read(folder: Path, unseal: Callable[[bytes], bytes]) -> Dossier:
    """Open the dossier in a case's ``folder``; raises as ``unseal``, and OSError; PayungError where it is none."""
    content = unseal((folder / SEALED).read_bytes())
    try:
        data = yaml.load(content, Loader=_Loader)  # noqa: S506 -- a safe loader, the C one where there is one
        return Dossier(Applicant(**data["identitas"]), tuple(data["tanggapan"]), tuple(data.get("perbaikan", ())))
    except (yaml.YAMLError, LookupError, TypeError, AttributeError) as error:
        raise PayungError(f"Isi {SEALED} milik {folder.name} rusak. Pulihkan berkas itu dari cadangan.") from error


def serialise(dossier: Dossier) -> bytes:
    """Write ``dossier`` as the content of ``pemohon.age``, still to be sealed."""
    identity = {key: text for key, text in asdict(dossier.applicant).items() if text or key != "unit"}
    data = {
        "identitas": identity,
        "tanggapan": list(dossier.versions),
        "perbaikan": list(dossier.corrections),
    }
    return bytes(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False).encode())


def can_open(folder: Path, unseal: Callable[[bytes], bytes]) -> bool:
    """Tell whether the dossier in a case's ``folder`` can be opened and read."""
    try:
        read(folder, unseal)
    except (PayungError, OSError):
        return False
    return True


def reseal(folder: Path, keys: OfficeKeys, now: datetime) -> bool:
    """Seal the dossier and the attachments of one case to the recipients of today; tell whether all could be opened.

    The journal tells the new digests first, so that after a crash both are known; nothing of what was not as it said
    before.
    """
    try:
        paths = {f"{evidence.ATTACHMENTS}/{one.name}": one for one in (folder / evidence.ATTACHMENTS).glob("*.age")}
        before = {name: path.read_bytes() for name, path in sorted(paths.items())}
        after = {name: keys.seal(keys.open(content)) for name, content in before.items()}
        dossier = keys.seal(keys.open((folder / SEALED).read_bytes()))
        events, _ = journal.read(folder / journal.FILE_NAME)
        if known := evidence.sealed_anew(events, before, after):
            event = evidence.with_digests(Event(_RESEALED, now, "payung"), known)
            journal.append(folder / journal.FILE_NAME, [event])
        for name, content in {SEALED: dossier, **after}.items():
            atomic_files.replace(folder / name, content)
    except (PayungError, OSError):
        return False
    return True


def responses(cases: Cases, number: str) -> Iterator[Response]:
    """Give the sealed versions of a case as the responses that they were, oldest first."""
    yield from responses_in(open_dossier(cases, number))


def responses_in(dossier: Dossier) -> Iterator[Response]:
    """Give the versions of an opened dossier as the responses that they were, oldest first."""
    for version in dossier.versions:
        created, sent = (datetime.fromisoformat(version[k]) if version[k] else None for k in ("dibuat", "waktu"))
        yield Response(version["sumber"], "", version["jawaban"], version["lain"], created, sent, version["kunci"])


def attachments(cases: Cases, number: str) -> Iterator[tuple[str, bytes]]:
    """Open the attachments of a case, under names that are safe in any folder.

    Raises PayungError where one is not what the journal says, or cannot be opened.
    """
    events, _ = journal.read(cases.path(number) / journal.FILE_NAME)
    names = [name for version in open_dossier(cases, number).versions for name in version["lampiran"]]
    for count, name in enumerate(names, start=1):
        path = cases.path(number) / evidence.ATTACHMENTS / f"{count}.age"
        sealed = path.read_bytes()
        evidence.check_before_it_goes_out(path, sealed, events)
        ending = _UNSAFE.sub("_", name).encode()[-_LONGEST:].decode(errors="ignore")
        yield f"{count}-{ending}", cases.unseal(sealed)


def identities(cases: Cases, *numbers: str) -> Iterator[Applicant]:
    """Give everybody who ever stood in these cases (in all, where none is named), as often as they stand there."""
    for number in numbers or cases.numbers():
        dossier = open_dossier(cases, number)
        yield dossier.applicant
        for version in dossier.versions:
            yield from _named_in(version)
        for one in dossier.corrections:  # what stood before is in a version or an earlier correction
            yield Applicant(**one["sesudah"])


def arrivals(cases: Cases, number: str) -> Iterator[tuple[datetime | None, Applicant]]:
    """Give everybody who ever stood in a case with when that came (aware; None where no source said).

    A correction, by an officer, counts from when the case came.
    """
    dossier = open_dossier(cases, number)
    came = [_moment(version) for version in dossier.versions]
    first = came[0] if came else None
    for moment, version in zip(came, dossier.versions, strict=True):
        yield from ((moment, one) for one in _named_in(version))
    corrected = (Applicant(**one["sesudah"]) for one in dossier.corrections)
    sent = [_answering(version) for version in dossier.versions]
    yield from ((first, one) for one in (dossier.applicant, *corrected) if one not in sent)


def _moment(version: Mapping[str, Any]) -> datetime | None:
    said = version["waktu"] or version["dibuat"]
    return datetime.fromisoformat(said) if said else None


def _named_in(version: Mapping[str, Any]) -> Iterator[Applicant]:
    """Give who stands in one version of the answers."""
    yield _answering(version)
    for title, text in version["lain"].items():
        named = "nam" in title.casefold() and version["sumber"] != _SITE
        yield Applicant(nama=text if named else "", email=text, telepon=text if title == "telepon" else "")


def _answering(version: Mapping[str, Any]) -> Applicant:
    """Give who answered the form's own questions in one version."""
    return Applicant(**{key: version["jawaban"].get(key, "") for key in SEALED_ANSWERS})


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
