"""Gathers what the letters of a case are made of, the applicant among it, and compares those that lie there with it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict

from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.case_status import Derived
from processor.cases.dossier import open_dossier
from processor.cases.records import Applicant
from processor.cases.register import Filed
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.law_catalogue import Catalogue
from processor.letters import documents
from processor.operations import letter_states
from processor.operations.letter_states import RENDERED_ONCE, LetterSource, StandingLetter
from processor.operations.office import Office
from processor.site import sealed_files

_PRINTED = frozenset({"bentuk_lain", "uraian", "pertanyaan", "dokumen", "diajukan"})
"""What letters print of a case beside decisions, number and day."""


def source_of(
    office: Office,
    catalogue: Catalogue,
    applicant: Applicant,
    filed: Filed,
    case: CaseFile,
    kind: LetterKind,
    *,
    draft: bool,
) -> LetterSource:
    """Gather what a letter of the case is made of now."""
    settings, register = office.settings, office.register
    mark = register.fingerprint("naskah", f"{filed.number}|{kind}")

    def make(used: CaseFile, as_draft: bool) -> bytes:  # noqa: FBT001 -- parameters of a Callable have no names
        inputs = (kind, _without_broken_code(used), applicant, settings, catalogue, settings.opinions)
        return documents.render(*inputs, draft=as_draft, mark=mark)

    chosen = {
        name: getattr(settings, name).model_dump(mode="json", exclude_defaults=True) for name in documents.SETTINGS
    }
    who = {name: value for name, value in asdict(applicant).items() if value}
    told = [chosen, who, case.model_dump(mode="json", include=set(_PRINTED))]
    sources = register.fingerprint("bahan", json.dumps(told, ensure_ascii=False, sort_keys=True))
    return LetterSource(register, filed, case, kind, draft, make, sources)


def _without_broken_code(case: CaseFile) -> CaseFile:
    """Give a case as its letters may tell of it: no code is named that cannot open anything."""
    code = case.balasan
    if sealed_files.valid_code_values(code.kode_lacak, code.kunci_balasan):
        return case
    return case.model_copy(update={"balasan": code.model_copy(update={"kode_lacak": "", "kunci_balasan": ""})})


def compared(
    office: Office, filed: Filed, case: CaseFile, seen: Derived, catalogue: Catalogue
) -> Iterator[tuple[LetterSource, StandingLetter]]:
    """Compare each letter that the case calls for, and that lies there, with how it would be made now.

    One of which nothing can be made is left out. Raises as ``open_dossier``, and OSError.
    """
    for kind in seen.letters:
        if kind in RENDERED_ONCE or not letter_states.last_told(filed, kind):
            continue
        applicant = open_dossier(office.register, filed.number).applicant
        draft = seen.draft and kind == case.bentuk
        with suppress(BrokenFiles):
            source = source_of(office, catalogue, applicant, filed, case, kind, draft=draft)
            if one := letter_states.standing(source):
                yield source, one


def unsettled(office: Office, filed: Filed, case: CaseFile, seen: Derived, catalogue: Catalogue) -> list[Problem]:
    """Give the letters about which a person must decide before they are written again or go out.

    Raises as ``compared``.
    """
    found = (one for _, one in compared(office, filed, case, seen, catalogue))
    return [letter_states.finding(one, filed.number) for one in found if one.stops]


def without_identity(office: Office, number: str) -> Callable[[str], str]:
    """Give what takes the applicant's identity out of words of a letter: nobody opened it for these eyes.

    Raises as ``open_dossier``.
    """
    applicant = asdict(open_dossier(office.register, number).applicant)
    values = {str(value).strip(): name for name, value in applicant.items() if value and str(value).strip()}
    if nip := applicant["nip"]:
        values[re.sub(r"^(\d{8})(\d{6})(\d)(\d{3})$", r"\1 \2 \3 \4", nip)] = "nip"
    longest_first = sorted(values, key=len, reverse=True)

    def hidden(words: str) -> str:
        for value in longest_first:
            words = words.replace(value, f"[{values[value].replace('_', ' ')}]")
        return words

    return hidden
