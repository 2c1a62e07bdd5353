"""An applicant's identity, opened or corrected by an officer who needs it: never without a reason, never unseen.

Old values stay sealed; the journal names fields, never values. The caller holds the register's lock, and ``now`` is
in the office's zone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from processor.cases import applicant_messages
from processor.cases.dossier import attachments, identities, open_dossier, responses_in, serialise
from processor.cases.records import SEALED, SEALED_ANSWERS, Applicant, Dossier, Event
from processor.cases.register import Filed, Register
from processor.foundation import form_definition
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.form_definition import Form
from processor.foundation.yaml_writer import visible_text
from processor.intake.recognition import Fingerprints, changed_fields, recognise
from processor.site import leak_gate

_MAY_BE_NONE = {"email", "telepon", "unit"}


def open_identity(register: Register, number: str, reason: str, who: str, now: datetime) -> Dossier:
    """Open the dossier of a case, once the journal says that ``who`` opened it and why.

    Raises:
        PayungError: When the reason is empty or holds the applicant's identity.
    """
    dossier = open_dossier(register, number)
    check_reason(reason, identities(register, number))
    register.record(number, Event("identitas_dibuka", now, who, {"alasan": reason}))
    return dossier


def opened_identity(register: Register, number: str) -> Dossier:
    """Open the dossier of a case again whose identity was opened just now, as its journal tells."""
    return open_dossier(register, number)


def correct(
    register: Register, form: Form, number: str, changes: Mapping[str, str], by: str, reason: str, now: datetime
) -> tuple[str, ...]:
    """Correct fields of an identity; an e-mail or telephone may become "".

    The dossier is sealed with its old values first; if a crash keeps the journal from saying so, doing it again does.

    Returns:
        The names of the fields that did change.

    Raises:
        PayungError: For an unknown field or a bad reason.
        BrokenFiles: For values that the form refuses.
    """
    new = {key: " ".join(visible_text(text).split()) for key, text in changes.items()}
    new |= _check(form, new, now)
    dossier = open_dossier(register, number)
    old = asdict(dossier.applicant)
    after = {key: text for key, text in new.items() if text != old[key]}
    applicant = replace(dossier.applicant, **after)
    check_reason(reason, [*identities(register, number), applicant])
    if after:
        before, moment = {key: old[key] for key in after}, now.isoformat(timespec="seconds")
        done = {"waktu": moment, "oleh": by, "alasan": reason, "sebelum": before, "sesudah": after}
        dossier = replace(dossier, applicant=applicant, corrections=(*dossier.corrections, done))
    told = register.read(number).events
    events = [event for one in dossier.corrections if (event := _event(register, one)) not in told]
    if events:
        register.replace_dossier(number, register.seal(serialise(dossier)), *events)
    return tuple(after)


def _check(form: Form, changes: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Raise for fields that are no identity, and for values that the form would hold against an applicant.

    Returns:
        The code of the unit, where that is changed and was named by its words.
    """
    if unknown := ", ".join(key for key in changes if key not in SEALED_ANSWERS):
        raise PayungError(f"Tidak ada kolom identitas “{unknown}”. Yang dapat dibetulkan: {', '.join(SEALED_ANSWERS)}.")
    checked = {key: text for key, text in changes.items() if text or key not in _MAY_BE_NONE}
    asked = [question for question in form.pertanyaan if question.kunci in checked]
    if "unit" in checked and all(question.kunci != "unit" for question in asked):
        raise PayungError("payung.yaml tidak memuat daftar unit, jadi tidak ada unit yang dapat dipilih.")
    if problems := [p for q in asked for p in form_definition.mistakes(q, checked[q.kunci], now.date())]:
        raise BrokenFiles(tuple(problems))
    return {q.kunci: form_definition.option_key(q, checked[q.kunci]) for q in asked if q.jenis == "unit"}


def check_reason_for(register: Register, number: str, reason: str) -> None:
    """Refuse a ``reason`` that the journal of a case could not keep in the open. Raises PayungError."""
    check_reason(reason, identities(register, number))


def named_in(register: Register, number: str, words: str) -> set[str]:
    """Tell of which kinds the identities of a case are that stand in ``words``."""
    return set(leak_gate.identity_in_text(words, identities(register, number)))


def correct_as_asked(register: Register, form: Form, number: str, message: Event, by: str, now: datetime) -> None:
    """Correct e-mail or telephone as the applicant asked in a ``message``. Raises as ``correct``."""
    asked = asked_contact(register, number, message)
    correct(register, form, number, asked, by, "diminta pemohon dengan kodenya, sudah dipastikan", now)


def asked_contact(register: Register, number: str, message: Event) -> dict[str, str]:
    """Give the contact data, by key, that the applicant asked for in a ``message``; it stays sealed elsewhere."""
    versions = open_dossier(register, number).versions
    said: Mapping[str, str] = next((one["lain"] for one in versions if one["kunci"] == message.data["kiriman"]), {})
    return {key: said[key] for key in applicant_messages.CONTACT if said.get(key)}


def open_attachments(register: Register, number: str) -> Iterator[tuple[str, bytes]]:
    """Open the attachments of a case whose identity was opened just now, under names that are safe in any folder."""
    return attachments(register, number)


def mistakes(register: Register, filed: Filed) -> list[Problem]:
    """Find that the sealed identity of a case is not its own, or older than its journal; shows nothing of it.

    The journal keeps keyed fingerprints of every response that came, and when a value was corrected.
    """
    place, mend = str(filed.folder / SEALED), f"Kembalikan {SEALED} permohonan ini dari cadangan yang terbaru."
    try:
        dossier = open_dossier(register, filed.number)
        sent = [*responses_in(dossier)]
    except (PayungError, OSError):
        return [Problem(place, None, "Berkas tersegelnya tidak terbuka.", f"Pulihkan {SEALED} dari cadangan.")]
    there = [recognise(one, register.fingerprint).fingerprints[-1] for one in sent]
    told = [event.data["sidik"] for event in filed.events if "sidik" in event.data and event.kind != "dikenali"]
    held = [any(_same(one, marks) for marks in there) for one in told]
    later = {event.data["kiriman"] for event in filed.events if "kiriman" in event.data} - {one.key for one in sent}
    corrected = sum(event.kind == "identitas_dibetulkan" for event in filed.events)
    if told and not any(held):
        return [Problem(place, None, f"{SEALED} ini bukan milik permohonan ini.", mend)]
    if all(held) and not later and corrected <= len(dossier.corrections):
        return []
    return [Problem(place, None, f"{SEALED} lebih lama daripada yang dicatat di riwayat.", mend)]


def _same(told: Fingerprints, marks: Fingerprints) -> bool:
    """Tell whether the journal's marks of a response are those of an answer set, in all that both have."""
    both = {key: told[key] for key in told if key in marks}
    return not changed_fields(both, {key: marks[key] for key in both})


def check_reason(reason: str, people: Iterable[Applicant]) -> None:
    """Refuse a ``reason`` that is empty or names one of ``people``. Raises PayungError."""
    if not reason.strip():
        raise PayungError("Alasan harus diisi: riwayat menyimpannya.")
    if kinds := leak_gate.identity_in_text(reason, people):
        raise PayungError(
            f"Alasan tidak boleh memuat identitas pemohon ({', '.join(sorted(kinds))}): riwayat menyimpannya terbuka. "
            "Tulis ulang tanpa itu."
        )


def _event(register: Register, correction: Mapping[str, Any]) -> Event:
    """Make what the journal keeps of a correction. The fingerprint of a NIP tells an officer's own request.

    It does not stand under ``sidik``: the applicant never sent it, so nothing that they send is compared with it.
    """
    after = correction["sesudah"]
    data = {"kolom": sorted(after), "alasan": correction["alasan"]}
    if "nip" in after:
        data["nip"] = register.fingerprint("nip", form_definition.nip_digits(after["nip"]))
    return Event("identitas_dibetulkan", datetime.fromisoformat(correction["waktu"]), correction["oleh"], data)
