"""What reaches the simulated office: requests by site, export and counter, what is added to one later, complaints."""

import csv
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from processor.cases import office_keys
from processor.cases.applicant_messages import MessageKind
from processor.cases.office_keys import OfficeKeys
from processor.intake.recognition import recognise
from processor.operations.counter_drafts import FOLDER, Draft, Drafts
from processor.site import applicant_code
from tests import packages
from tests.office import FORM, response
from tests.story import Story

_ADDED = 1000  # what is added is a sending of its own; above the numbers of people
_COMPLAINED = 5000  # and so is a complaint
_EXPORT = "tanggapan.csv"


@dataclass
class Arrivals:
    """What was sent to an office.

    ``sent`` is who by the key that its case will have, ``added`` the messages about one, ``complained`` the complaints.
    ``asked`` are the messages that ask on, each with the key of the case that it becomes where there is an answer.
    """

    story: Story
    sent: dict[str, int] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    complained: set[str] = field(default_factory=set)
    _places: dict[Path, str] = field(default_factory=dict)
    _exported: dict[int, datetime] = field(default_factory=dict)

    @property
    def from_site(self) -> list[int]:
        """Who sent a package."""
        return [person for key, person in self.sent.items() if key.startswith("situs:")]

    def by_site(self, person: int, files: bool) -> None:  # noqa: FBT001  drawn by chance
        """Somebody sends the form; every second one gets a code."""
        codes = {"kode_lacak": applicant_code.locator_of(_proof(person)), "kunci_balasan": self._keys().public}
        answers = {**response(person).answers, **(codes if person % 2 else {})}
        said = packages.said(person, {"surat.pdf": packages.PDF} if files else None, jawaban=answers)
        self.sent[self._dropped(said)] = person

    def by_message(self, person: int, number: str, kind: MessageKind) -> None:
        """Somebody with a code sends what was lacking about their request, or any other message."""
        words = {"email": "baru@example.org"} if kind == "data" else {"keterangan": "Ini kekurangannya."}
        said = packages.said(_ADDED + len(self.added), {"surat.pdf": packages.PDF}, untuk=_proof(person), pesan=kind)
        key = self._dropped({**said, "nomor": number, "jawaban": words}).removeprefix("situs:")
        self.added.add(key)
        if kind == "lanjutan":
            self.asked[key] = f"situs:{hashlib.sha256(f'lanjutan {number} {key}'.encode()).hexdigest()[:32]}"

    def by_complaint(self, person: int) -> None:
        """Somebody complains about the analyst, or sends the same once more."""
        codes = {"kode_lacak": applicant_code.locator_of(_proof(_COMPLAINED)), "kunci_balasan": self._keys().public}
        words = {"uraian": "Saya dibentak.", "terhadap": "analis_hukum", "nama": response(person).answers["nama"]}
        said = packages.said(_COMPLAINED + person, macam="pengaduan", jawaban={**words, **codes})
        self.complained.add(self._dropped(said).removeprefix("situs:"))

    def by_export(self, person: int) -> None:
        """A form of another kind is exported, with one more response than the last time."""
        self._exported[person] = self.story.now.replace(microsecond=0)
        path = self.story.settings.inbox / _EXPORT
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [["Cap waktu", *(question.judul for question in FORM.pertanyaan)], *self._rows()]
            )
        os.utime(path, (self.story.now.timestamp(),) * 2)
        marks = recognise(response(person), self.story.office.register.fingerprint).fingerprints[0]
        self.sent[f"nip={marks['nip']}"] = person

    def _rows(self) -> Iterator[list[str]]:
        for person, moment in self._exported.items():
            said = response(person).answers
            texts = [question.pilihan.get(text := said.get(question.kunci, ""), text) for question in FORM.pertanyaan]
            yield [moment.isoformat(sep=" "), *texts]

    def at_counter(self, person: int) -> None:
        """An officer has asked everything; the draft lies sealed."""
        key, now = uuid.UUID(int=person).hex, self.story.now.isoformat()
        self.drafts().keep(Draft(key, "pengelola", now, "", dict(response(person).answers), {}, now))
        self.sent[f"loket:{key}"] = person

    def drafts(self) -> Drafts:
        """The drafts of the counter."""
        return Drafts(self.story.office.register.folder / FOLDER, self._keys())

    def waiting(self) -> Iterator[str]:
        """The keys of what is not filed yet, or of which at least a copy is kept."""
        yield from (key for path, key in self._places.items() if [*path.parent.rglob(path.name)])
        yield from (f"loket:{path.stem}" for path in self.story.settings.packages.rglob("*.loket"))
        yield from (f"loket:{key}" for key in self.drafts().left())
        if [*self.story.settings.inbox.glob("*.csv")]:  # put back under another name, too
            yield from (key for key in self.sent if key.startswith("nip="))

    def forget_lost_drafts(self, before: set[str]) -> None:
        """What only lay in a register that is gone is lost with it: drafts ``before`` of which no copy is kept."""
        for key in before - {*self.waiting()}:
            self.sent.pop(key, None)

    def _dropped(self, said: dict[str, object]) -> str:
        """Drop a package; its key."""
        key = f"situs:{said['kunci']}"
        path = packages.dropped(
            self.story.settings.packages, packages.sealed(self._keys(), said), f"{len(self._places):06d}"
        )
        os.utime(path, (self.story.now.timestamp(),) * 2)
        self._places[path] = key
        return key

    def _keys(self) -> OfficeKeys:
        return office_keys.load(self.story.settings.office_key, self.story.settings.recipients)


def _proof(person: int) -> str:
    return f"{person:064x}"
