"""A plan -> filed cases: composes each case file, its sealed dossier, its findings and its first event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

from processor.cases import applicant_messages, staff_edits
from processor.cases.applicant_messages import MessageKind
from processor.cases.case_file import CaseFile, HelpKind, duplicate_finding
from processor.cases.case_file_text import new_case_text
from processor.cases.dossier import open_dossier, serialise
from processor.cases.journal_heads import MAIL_MARK, origin_of
from processor.cases.records import IDENTITY, SEALED_ANSWERS, Amendment, Applicant, Dossier, Event, NewCase, Response
from processor.cases.register import Register
from processor.cases.rules import BESIDE
from processor.foundation.errors import PayungError
from processor.foundation.form_definition import Form
from processor.foundation.yaml_writer import dump, visible_text
from processor.intake import response_parts
from processor.intake.recognition import MOMENT, OTHERS, Decision

ACTOR = "payung"
_BATCH = 500


def file(
    outcomes: Sequence[Decision],
    form: Form,
    register: Register,
    now: datetime,
    formerly: Mapping[str, str] | None = None,
) -> Mapping[str, PayungError | OSError]:
    """Write what ``planning.plan`` decided. Doing it again after a crash loses nothing and doubles nothing.

    Args:
        outcomes: What was decided.
        form: The form.
        register: The register.
        now: When that is, in the office's zone.
        formerly: The number that a new case had before the register was put back from a backup, by its number.

    Returns:
        What kept the later words of a known case from being taken in, by its number: it is damaged, others went on.
    """
    before = formerly or {}
    duplicates = _both_ways(outcomes)
    new = [outcome for outcome in outcomes if outcome.kind == "baru"]
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        register.add(
            [
                _case(one, form, duplicates.get(one.number, set()), register, now, before.get(one.number, ""))
                for one in batch
            ]
        )
    failed = dict[str, PayungError | OSError]()
    for outcome in outcomes:
        try:
            _follow(outcome, form, register, now)
        except (PayungError, OSError) as error:
            failed[outcome.number] = error
    return failed


def _follow(outcome: Decision, form: Form, register: Register, now: datetime) -> None:
    """Write what was decided of a response whose case is known."""
    if outcome.kind in {"diubah", "berbeda"}:
        _amend(outcome, form, register, now)
    elif outcome.kind == "dikenali":
        register.record(outcome.number, Event("dikenali", now, ACTOR, _sighting(outcome)))


def point_back(register: Register, one_sided: Iterable[tuple[str, str]], now: datetime) -> None:
    """Let cases point at those that point at them: also after a crash, also where the other was filed long ago.

    Args:
        register: The register.
        one_sided: Numbers of cases that point at another, each with the other.
        now: When that is said, in the office's zone.
    """
    for number, other in one_sided:
        with suppress(PayungError, OSError):  # of a damaged case; said again once it is mended
            register.record(other, Event("mungkin_sama", now, ACTOR, {"kembaran": [number]}))


def _both_ways(outcomes: Sequence[Decision]) -> dict[str, set[str]]:
    """Give possible duplicates by number, each pointing at the other; a question about an answer is none of that."""
    duplicates: dict[str, set[str]] = {}
    for outcome in outcomes:
        for other in (one for one in outcome.possible_duplicates if one != outcome.response.follows):
            duplicates.setdefault(outcome.number, set()).add(other)
            duplicates.setdefault(other, set()).add(outcome.number)
    return duplicates


def _case(
    outcome: Decision, form: Form, duplicates: set[str], register: Register, now: datetime, formerly: str
) -> NewCase:
    """Make the new case of a response that nobody has filed before, or that had the number ``formerly``."""
    response = outcome.response
    answers = {key: visible_text(text) for key, text in response.answers.items()}
    names = {f"{count}.age": attachment for count, attachment in enumerate(response.attachments, start=1)}
    service = answers.get("bentuk", "")
    known = service in get_args(HelpKind)
    case = CaseFile.model_validate(
        {
            "nomor_registrasi": outcome.number,
            "diajukan": response_parts.here(response.created or response.submitted, now),
            "diterima": now.replace(microsecond=0),
            "sumber": response.source,
            "lanjutan_dari": response.follows,
            "bentuk": service if known else None,
            "bentuk_lain": response_parts.other_kind(answers),
            "uraian": answers.get("uraian", ""),
            "pertanyaan": answers.get("pertanyaan", ""),
            "dokumen": [line for line in answers.get("dokumen", "").split("\n") if line.strip()],
            "lampiran": [f"lampiran/{name}" for name in names],
            "tidak_ditanyakan": [
                q.kunci for q in form.pertanyaan if q.kunci in response.not_asked and not q.made_by_site
            ],
            "persetujuan": response_parts.consent(answers, form, response, now),
            "balasan": response_parts.reply(answers),
            "mendesak": response_parts.urgency(answers),
            "temuan": [
                *response_parts.findings(response, form, now),
                *response_parts.unknown_terms(response, form),
                *(duplicate_finding(number) for number in sorted(duplicates)),
                *([_FORMERLY.format(formerly)] if formerly else []),
            ],
        }
    )
    told = _told(outcome, case, duplicates, register)
    event = Event("didaftar", now, ACTOR, told | ({"semula": formerly} if formerly else {}))
    dossier = Dossier(_applicant(response.answers), (response_parts.version(response),))
    contents = {name: attachment.content for name, attachment in names.items()}
    return NewCase(outcome.number, new_case_text(case), register.seal(serialise(dossier)), contents, (event,))


def _told(outcome: Decision, case: CaseFile, duplicates: set[str], register: Register) -> dict[str, Any]:
    """Give what the first event of a new case tells."""
    told = {**_sighting(outcome), **staff_edits.initial_record(staff_edits.fingerprints(case, register.fingerprint))}
    told |= {MAIL_MARK: register.fingerprint(MAIL_MARK, origin_of(outcome.recognition.data()))[:12]}
    return told | ({"kembaran": sorted(duplicates)} if duplicates else {})


def _applicant(answers: Mapping[str, str]) -> Applicant:
    """Give the identity in a set of answers."""
    return Applicant(**{key: response_parts.sound(answers.get(key, "")) for key in SEALED_ANSWERS})


_FORMERLY = (
    "Pernah terdaftar sebagai {}, yang hilang ketika register dipulihkan dari cadangan. Surat dan email yang telanjur "
    "keluar memakai nomor itu; beri tahu pemohon nomor yang sekarang."
)


def _sighting(outcome: Decision) -> dict[str, object]:
    """Give what the journal keeps of where and when a response was seen."""
    return {"sumber": outcome.response.source, **outcome.recognition.data()}


def _amend(outcome: Decision, form: Form, register: Register, now: datetime) -> None:
    """File an edited response, or one that reads otherwise than before, as an event.

    What the applicant changed of themselves counts from now on; of what only reads otherwise, what is better.
    """
    response, words = outcome.response, {key: outcome.response.answers.get(key, "") for key in outcome.fields}
    dossier = open_dossier(register, outcome.number)
    edited = outcome.kind == "diubah"
    unit = {key: text for key, text in response.answers.items() if key == "unit"}
    applicant = (
        _followed(dossier, words | unit) if edited else _mended(dossier, {key: words[key] for key in outcome.better})
    )
    event = Event(outcome.kind, now, ACTOR, {**_sighting(outcome), "kolom": list(outcome.fields)})
    findings = [*response_parts.findings(response, form, now), *([] if edited else _told_apart(outcome, form))]
    words.pop(OTHERS, None)
    if MOMENT in words:
        words[MOMENT] = response_parts.iso(response_parts.here(response.created or response.submitted, now))
    _beside(outcome.number, response, words, findings, event, replace(dossier, applicant=applicant), register)


def _told_apart(outcome: Decision, form: Form) -> Iterator[str]:
    """Say what became of a response that was sent once and reads otherwise now. No answer is repeated."""
    titles = {question.kunci: question.judul for question in form.pertanyaan}
    for key in outcome.fields:
        title = titles.get(key, key)
        if key == MOMENT:
            yield "Waktu pengajuan: terbaca lain daripada sewaktu didaftarkan. Cocokkan, lalu betulkan diajukan."
        elif key in outcome.better:
            yield f"{title}: yang didaftarkan dahulu rusak, yang ini lebih utuh."
        else:
            kept = "Identitas yang lama tetap dipakai; bila keliru, betulkan dengan payung identitas --betulkan."
            mend = kept if key in IDENTITY else "Tanyakan kepada pemohon mana yang benar."
            yield f"{title}: berbeda dari yang didaftarkan, padahal waktu kirimnya sama. {mend}"


def complete(
    response: Response,
    number: str,
    register: Register,
    now: datetime,
    message: MessageKind | None = None,
    *,
    in_time: bool = True,
) -> bool:
    """Take in what an applicant sent later for the case ``number``; give False when that was taken in before.

    Only the code ties it to the case, and a code can be lent: an identity in it changes nothing. ``message`` is what
    kind it is, None for an addition from an older page; one that is not ``in_time`` is kept, and changes nothing.
    """
    if any(event.data.get("kiriman") == response.key for event in register.read(number).events):
        return False
    told: dict[str, object] = {"sumber": response.source, "kiriman": response.key, "kolom": [OTHERS]}
    told |= {applicant_messages.KIND: message} if message else {}
    told |= {"kolom": _contact(response)} if message == "data" else {}
    told |= {} if in_time else {applicant_messages.COUNTS: "tidak"}
    event = Event(applicant_messages.EVENTS[message or "tambahan"], now, ACTOR, told)
    findings = [f"{problem.place}: {problem.sentence}" for problem in response.problems]
    _beside(number, response, response.others, findings, event, open_dossier(register, number), register)
    return True


def _contact(response: Response) -> list[str]:
    """Name the contact data that a message gives."""
    return [key for key in applicant_messages.CONTACT if response.others.get(key)]


def _beside(
    number: str,
    response: Response,
    words: Mapping[str, str],
    findings: Sequence[str],
    event: Event,
    dossier: Dossier,
    register: Register,
) -> None:
    """Put later words beside the case file, which is not ours to change; identities among them stay sealed."""
    count = 1 + sum(earlier.kind in BESIDE for earlier in register.read(number).events)
    name, version = f"perubahan-{count}.yaml", response_parts.version(response)
    versions = dossier.versions if version in dossier.versions else (*dossier.versions, version)
    before = sum(len(earlier["lampiran"]) for earlier in versions[: versions.index(version)])
    files = {f"{n}.age": one.content for n, one in enumerate(response.attachments, start=before + 1)}
    parts = {
        "kolom": event.data["kolom"],
        "menjadi": {visible_text(key): visible_text(text) for key, text in words.items() if key not in SEALED_ANSWERS},
        "lampiran": [f"lampiran/{file}" for file in files],
        "temuan": findings,
    }
    told = replace(event, data={**event.data, "berkas": name})
    text = _HEADS[event.kind].format(number) + dump(parts)
    sealed = register.seal(serialise(replace(dossier, versions=versions)))
    register.amend(Amendment(number, name, text, sealed, files, told))


_MESSAGE = (
    "# Pesan pemohon tentang permohonan {}, dikirim dengan kode lacaknya. permohonan.yaml tidak diubah.\n"
    "# Identitas yang disebut di dalamnya tetap tersegel.\n"
)
_HEADS = {
    **dict.fromkeys(applicant_messages.EVENTS.values(), _MESSAGE),
    "diubah": "# Pemohon mengubah permohonan {} sesudah didaftarkan. permohonan.yaml tidak diubah:\n"
    "# pindahkan sendiri yang perlu. Identitas yang berubah tetap tersegel.\n",
    "berbeda": "# Permohonan {} terbaca lain pada sumber yang datang kemudian. Kirimannya sama, jadi ini bukan\n"
    "# ubahan pemohon. permohonan.yaml tidak diubah: pindahkan sendiri yang perlu. Identitas tetap tersegel.\n",
    "dilengkapi": "# Kelengkapan permohonan {}, dikirim dengan kode lacaknya. permohonan.yaml tidak diubah:\n"
    "# pindahkan sendiri yang perlu. Identitas tidak diganti; bila disebut, cocokkan dahulu dengan pemohon.\n",
}


def _followed(dossier: Dossier, answers: Mapping[str, str]) -> Applicant:
    """Give the applicant after an edit: what they changed themselves counts, what the office corrected stays."""
    last = {key: text for version in dossier.versions for key, text in version["jawaban"].items()}
    new = {key: response_parts.sound(text) for key, text in answers.items() if key in SEALED_ANSWERS}
    return replace(dossier.applicant, **{key: text for key, text in new.items() if text != last.get(key, "")})


def _mended(dossier: Dossier, answers: Mapping[str, str]) -> Applicant:
    """Give the applicant with whole values in place of damaged ones, except where the office has corrected those."""
    new = {key: response_parts.sound(text) for key, text in answers.items() if key in IDENTITY}
    ours = {key for correction in dossier.corrections for key in correction["sesudah"]}
    return replace(dossier.applicant, **{key: text for key, text in new.items() if key not in ours})
