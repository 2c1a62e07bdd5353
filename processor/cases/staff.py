"""Who works in the service, and who of them must not touch a case. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from processor.cases.case_file import CaseFile
from processor.cases.records import Event
from processor.foundation.form_definition import nip_digits
from processor.foundation.settings_agency import Officer


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in the service, and which of them sent this very request.

    ``confirmed_since`` is since when what they decide counts only once it is confirmed at the desk (aware), None where
    it need not be; see ``confirmations``.
    """

    officers: Mapping[str, Officer]
    applicants: frozenset[str] = frozenset()
    confirmed_since: datetime | None = None

    @classmethod
    def of(
        cls,
        officers: Mapping[str, Officer],
        events: Sequence[Event],
        fingerprint: Callable[[str, str], str],
        confirmed_since: datetime | None = None,
    ) -> "Staff":
        """Note which officers have the applicant's NIP, told by fingerprints: nothing is unsealed."""
        marks = {(event.data.get("sidik") or event.data).get("nip") for event in events}
        nips = {mark.lstrip("?") for mark in marks if isinstance(mark, str)}  # a doubtful one is theirs all the same
        own = {key for key, one in officers.items() if one.nip and fingerprint("nip", nip_digits(one.nip)) in nips}
        return cls(officers, frozenset(own), confirmed_since)

    def key(self, word: str) -> str:
        """Give the short name of the officer that ``word``, a short or full name, means; ``word`` for a stranger."""
        same = (key for key, one in self.officers.items() if word.casefold() in {key.casefold(), one.nama.casefold()})
        return next(same, word.casefold())

    def barred(self, case: CaseFile) -> frozenset[str]:
        """List short names of those who must not touch ``case``: the applicant, and who has a conflict of interest."""
        return self.applicants | {self.key(word) for word in case.penugasan.benturan_kepentingan}


def meant(word: str, staff: Staff) -> str:
    """Propose whom the name of a stranger may mean."""
    plain = word.strip("“”„‘’\"' ")
    if staff.key(plain) in staff.officers:
        return f"Hapus tanda petik: tulis {plain}."
    names = {name.casefold(): key for key, one in staff.officers.items() for name in (one.nama, key)}
    begun = {key for name, key in names.items() if plain and name.startswith(plain.casefold())}
    near = begun if len(begun) == 1 else {names[name] for name in get_close_matches(plain.casefold(), names, n=1)}
    if near:
        (key,) = near
        return f"Maksudnya {key} ({staff.officers[key].nama})? {_LEFT}"
    return f"Pakai salah satu: {', '.join(k for k, one in staff.officers.items() if not one.berhenti)}. {_LEFT}"


_LEFT = "Sudah tidak bertugas? Tulis kembali di payung.yaml bagian petugas, dengan berhenti: ya."
