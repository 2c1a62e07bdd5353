"""Derives status, duty and what stops a case from its file, its journal and the staff. Pure: reads and writes no file.

A status is derived from what staff wrote, never typed. A step that breaks a rule does not count: the case stays
where it was, and a Problem says what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from processor.cases import answers, applicant_messages, objections, office_notes, rules
from processor.cases.case_file import CaseFile, LetterKind, duplicate_finding, value_at
from processor.cases.case_parts import OfficeNote
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.foundation.errors import Problem
from processor.foundation.settings_agency import Role
from processor.foundation.yaml_reader import Document

Status = Literal[
    "diajukan", "menunggu_kelengkapan", "ditolak", "diteruskan", "disusun", "diperiksa", "dikembalikan",
    "disetujui", "disampaikan", "selesai", "dibatalkan", "diarsipkan", "keberatan", "keberatan_ditolak",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """What a status means: who does what next, and which statuses may follow.

    ``role`` is whose turn it is (None: the applicant's, or nobody's); ``named`` is the key of the case file that names
    one of them. ``step`` is the deadline that runs, "" where none does. ``back_to`` are the statuses to which a changed
    decision may bring it back.
    """

    duty: str
    role: Role | None = None
    named: str = ""
    step: str = ""
    leads_to: tuple[Status, ...] = ()
    back_to: tuple[Status, ...] = ()


_INTAKE: Role = "pengelola_layanan"
_HEAD: Role = "kepala_bagian"
_LAWYER: Role = "analis_hukum"

STAGES: Mapping[Status, Stage] = {
    "diajukan": Stage(
        "pengelola layanan memverifikasi", _INTAKE, step="verifikasi",
        leads_to=("menunggu_kelengkapan", "ditolak", "diteruskan"),
    ),
    "menunggu_kelengkapan": Stage("pemohon melengkapi", leads_to=("diajukan", "ditolak", "diteruskan")),
    "ditolak": Stage(
        "pengelola layanan menyampaikan pemberitahuan penolakan", _INTAKE, "verifikasi.oleh", "penyampaian",
        leads_to=("disampaikan",), back_to=("diteruskan", "menunggu_kelengkapan"),
    ),
    "diteruskan": Stage(
        "kepala bagian menunjuk analis hukum", _HEAD, "penugasan.pemeriksa", "kajian",
        leads_to=("disusun",), back_to=("menunggu_kelengkapan", "ditolak"),
    ),
    "disusun": Stage(
        "analis hukum menyusun kajian", _LAWYER, "penugasan.analis", "kajian",
        leads_to=("diperiksa",), back_to=("menunggu_kelengkapan", "ditolak"),
    ),
    "diperiksa": Stage(
        "kepala bagian memeriksa kajian", _HEAD, "penugasan.pemeriksa", "pemeriksaan",
        leads_to=("dikembalikan", "disetujui"), back_to=("disusun",),
    ),
    "dikembalikan": Stage(
        "analis hukum memperbaiki kajian", _LAWYER, "penugasan.analis", "kajian",
        leads_to=("disusun", "diperiksa"), back_to=("menunggu_kelengkapan",),
    ),
    "disetujui": Stage(
        "pengelola layanan menyampaikan jawaban", _INTAKE, "verifikasi.oleh", "penyampaian",
        leads_to=("disampaikan", "diperiksa"), back_to=("dikembalikan",),
    ),
    "disampaikan": Stage(
        "pengelola layanan memastikan surat sampai", _INTAKE, "verifikasi.oleh",
        leads_to=("selesai", "diarsipkan", "keberatan"),
    ),
    "selesai": Stage(
        "pengelola layanan mengarsipkan", _INTAKE, "verifikasi.oleh", leads_to=("diarsipkan", "keberatan")
    ),
    "dibatalkan": Stage("pengelola layanan mengarsipkan", _INTAKE, "verifikasi.oleh", leads_to=("diarsipkan",)),
    "diarsipkan": Stage("tidak ada lagi", leads_to=("keberatan",)),
    "keberatan": Stage(
        "kepala bagian memutus keberatan", _HEAD, step="keberatan", leads_to=("keberatan_ditolak", "diteruskan"),
        back_to=("disusun", "diperiksa"),
    ),
    "keberatan_ditolak": Stage(
        "pengelola layanan menyampaikan jawaban keberatan", _INTAKE, "verifikasi.oleh", "penyampaian",
        leads_to=("disampaikan",), back_to=("keberatan", "diteruskan"),
    ),
}  # fmt: skip
"""The whole way of a request. The applicant may withdraw from every status before ``disampaikan``."""

OBJECTED: frozenset[Status] = frozenset({"keberatan", "keberatan_ditolak"})
"""While an objection goes on: the rejection was delivered before, and what was delivered stays."""
DELIVERED: frozenset[Status] = frozenset({"disampaikan", "selesai"})
DECIDED_IN: Mapping[Status, str] = {
    "menunggu_kelengkapan": "verifikasi",
    "ditolak": "verifikasi",
    "disetujui": "pemeriksaan",
    "dikembalikan": "pemeriksaan",
    "keberatan_ditolak": "keberatan",
}
"""The part of the case file whose decision brought it to a status."""
WRITTEN_IN: Mapping[Status, str] = {**DECIDED_IN, "diteruskan": "verifikasi", "diperiksa": "kajian"}
"""The part of the case file by which somebody of a name brings it to a status."""
OVER: frozenset[Status] = frozenset({"dibatalkan", "diarsipkan"})


@dataclass(frozen=True, slots=True)
class Derived:
    """All that follows from a case.

    ``actor`` brought it to its status, by the case file. ``holders`` are the short names of the officers whose turn it
    is, ``heads`` of those who are told what is late. ``letters`` are the kinds of document that it calls for now.
    ``delivering`` says that its answer is to go out, and that no file is fixed yet which goes. ``notes`` are what the
    office wrote to the applicant and the applicant may read.
    """

    status: Status
    actor: str
    holders: tuple[str, ...]
    heads: tuple[str, ...]
    problems: tuple[Problem, ...]
    letters: tuple[LetterKind, ...]
    delivering: bool = False
    notes: tuple[OfficeNote, ...] = ()

    @property
    def duty(self) -> str:
        """Say who does what next."""
        return STAGES[self.status].duty

    @property
    def draft(self) -> bool:
        """Tell whether the study's letter is not approved yet."""
        return self.status not in {"disetujui", *DELIVERED}


def derive(
    case: CaseFile, document: Document, events: Sequence[Event], staff: Staff, *, signed_only: bool = False
) -> Derived:
    """Derive status, turn, mistakes and letters of a case from its file, its journal and who works in the service.

    Where ``signed_only``, an answer counts as delivered once the journal knows which file it was.
    """
    broken = tuple(rules.broken(case, events, staff))
    steps = {step for step, *_ in broken}
    written = bool(answers.answer_letter(case).sent) and "penyampaian" not in steps
    held = written and signed_only and not answers.answered(case, events)
    now = _status(case, events, steps | ({"penyampaian"} if held else set()))
    unfit = objections.rejecters(case, events, staff) if now == "keberatan" else frozenset[str]()
    heads, holders = (
        tuple(key for key in found if key not in unfit)
        for found in (_may_hold(case, _HEAD, staff), _holders(case, now, staff))
    )
    place = str(document.path)
    problems = tuple(Problem(place, document.line(key), message, mend) for _, key, message, mend in broken)
    delivering = held and now in {"disetujui", "ditolak", "keberatan_ditolak"}
    letters, notes = _letters_due(case, events, now), office_notes.shown(case, events, staff)
    return Derived(now, _actor(case, now), holders, heads, problems, letters, delivering, notes)


def _status(case: CaseFile, events: Sequence[Event], broken: set[rules.RuleStep]) -> Status:
    """Find how far the case has come, by the steps that count."""
    if case.arsip.tanggal and "arsip" not in broken:
        return "diarsipkan"
    if objected := _objection_status(case, events, broken):
        return objected
    delivered = bool(case.penyampaian.tanggal) and "penyampaian" not in broken
    if delivered and (case.verifikasi.keputusan == "ditolak" or answers.answered(case, events)):
        return _delivered_status(case, events)
    if _taken_back(case, events) and not delivered:
        return "dibatalkan"
    decision = case.verifikasi.keputusan
    if decision is None or "verifikasi" in broken:
        return "diajukan"
    if decision == "ditolak":
        return "ditolak"
    if decision == "dilengkapi":
        return "diajukan" if rules.completed(case, events) else "menunggu_kelengkapan"
    return _study_status(case, events, broken, delivered=delivered)


def _objection_status(case: CaseFile, events: Sequence[Event], broken: set[rules.RuleStep]) -> Status | None:
    """Find how far an objection has come; None where there is none that counts, and once the request goes on."""
    one = objections.recorded(case)
    if one is None or "keberatan" in broken:
        return None
    decided = one.putusan if "putusan" not in broken else None
    if decided == "dikabulkan":
        return None
    if decided == "ditolak" and one.disampaikan and "penyampaian" not in broken:
        return _delivered_status(case, events)
    if _taken_back(case, events):
        return "dibatalkan"
    return "keberatan_ditolak" if decided else "keberatan"


def _taken_back(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether the applicant took the request back: as an officer wrote down, or by code and for good."""
    return bool(case.pembatalan.tanggal or applicant_messages.withdrawn_at(events))


def _study_status(case: CaseFile, events: Sequence[Event], broken: set[rules.RuleStep], *, delivered: bool) -> Status:
    """Find how far the study of a forwarded case has come."""
    if not case.penugasan.analis or "penugasan" in broken:
        return "diteruskan"
    counts = case.pemeriksaan.keputusan and "pemeriksaan" not in broken and not rules.stale(case, events)
    reviewed = case.pemeriksaan.keputusan if counts else None
    if reviewed == "dikembalikan":
        return "dikembalikan"
    if not case.kajian.selesai or "kajian" in broken:
        return "disusun"
    if reviewed is None:
        return "diperiksa"
    return _delivered_status(case, events) if delivered else "disetujui"


def _delivered_status(case: CaseFile, events: Sequence[Event]) -> Status:
    """Give ``selesai`` once the letter is known to have arrived: by e-mail, or as an officer or the applicant says."""
    kind = answers.letter(case)
    sent = (index for index, event in enumerate(events) if event.kind == "jawaban" and event.data["jenis"] == kind)
    last = max(sent, default=len(events))
    notices = (event.data for event in events[last:] if event.kind == "email")
    arrived = any(data["jenis"] in ANSWERS and data["keadaan"] == "dikirim" for data in notices)
    by_itself = case.balasan.jalan != "loket" and arrived
    told = answers.answer_letter(case).received or applicant_messages.says_received(events[last:])
    return "selesai" if told or by_itself else "disampaikan"


ANSWERS = frozenset({"dijawab", "ditolak", "keberatan_dijawab"})
"""The notices that bring a decision."""


def _holders(case: CaseFile, now: Status, staff: Staff) -> tuple[str, ...]:
    """Find whose turn it is: the officer whom the case names, else all of the role; never one who must not touch it."""
    stage = STAGES[now]
    if stage.role is None:
        return ()
    named = staff.key(value_at(case, stage.named)) if stage.named and value_at(case, stage.named) else ""
    able = _may_hold(case, stage.role, staff)
    return (named,) if named in able else able


def _may_hold(case: CaseFile, role: Role, staff: Staff) -> tuple[str, ...]:
    """List the officers of a role who may touch the case."""
    barred = staff.barred(case)
    return tuple(
        key for key, one in staff.officers.items() if role in one.peran and not one.berhenti and key not in barred
    )


def _actor(case: CaseFile, now: Status) -> str:
    """Name who, by the case file, brought it to its status."""
    names = {
        "menunggu_kelengkapan": case.verifikasi.oleh,
        "ditolak": case.verifikasi.oleh,
        "diteruskan": case.verifikasi.oleh,
        "diperiksa": case.penugasan.analis,
        "dikembalikan": case.pemeriksaan.oleh,
        "disetujui": case.pemeriksaan.oleh,
        "keberatan_ditolak": case.keberatan.oleh if case.keberatan else "",
    }
    return names.get(now) or "petugas"


def _letters_due(case: CaseFile, events: Sequence[Event], now: Status) -> tuple[LetterKind, ...]:
    """List the documents that the case calls for: a receipt once, the study's letter from when it is ready for review.

    What was delivered is never written again, whatever changes later.
    """
    if now in OVER or (now in DELIVERED and any(rules.contradicted(case, events))):
        return ()
    due: list[LetterKind] = ["tanda_terima"]
    if now in {"ditolak", "keberatan_ditolak", *DELIVERED} and answers.letter(case) in _DECISIONS:
        due += [kind for kind in _DECISIONS if kind == answers.letter(case)]
    elif now in {"diperiksa", "disetujui", *DELIVERED} and case.bentuk:
        due.append(case.bentuk)
    final = {"tanda_terima"} & {event.data["jenis"] for event in events if event.kind == "surat"}
    if now in DELIVERED and answers.answered(case, events):
        final |= {*due}
    return tuple(kind for kind in due if kind not in final)


_DECISIONS: tuple[LetterKind, ...] = (answers.REJECTION, answers.OBJECTION_ANSWER)


def findings(case: CaseFile, events: Sequence[Event]) -> tuple[str, ...]:
    """List what the verifier should look at: found at filing, and told by the journal since."""
    later = [
        f"Pemohon mengubah isian sesudah didaftarkan ({', '.join(event.data['kolom'])}). Lihat {event.data['berkas']}."
        for event in events
        if event.kind == "diubah"
    ]
    later += [f"Pemohon melengkapi. Lihat {event.data['berkas']}." for event in events if event.kind == "dilengkapi"]
    later += [
        f"Sumber lain memuat isian yang berbeda untuk kiriman ini ({', '.join(event.data['kolom'])}). "
        f"Lihat {event.data['berkas']}."
        for event in events
        if event.kind == "berbeda"
    ]
    duplicates = {number for event in events if event.kind == "mungkin_sama" for number in event.data["kembaran"]}
    later += [duplicate_finding(number) for number in sorted(duplicates)]
    return (*case.temuan, *later)
