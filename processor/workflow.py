"""case + journal + staff -> status, duty and what stops it. Pure: it reads no file and writes none.

A status is derived from what staff wrote, never typed. A step that breaks a rule does not count: the case stays
where it was, and a Problem says what to do.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from processor.case import Event
from processor.casefile import NEEDED, CaseFile, Letter, Service, at, twin_finding
from processor.errors import Problem
from processor.forms import nip_digits
from processor.settings import Officer, Role
from processor.yamltext import Document

Fingerprint = Callable[[str, str], str]
Status = Literal[
    "diajukan", "menunggu_kelengkapan", "ditolak", "diteruskan", "disusun", "diperiksa", "dikembalikan",
    "disetujui", "disampaikan", "dibatalkan", "diarsipkan",
]  # fmt: skip
Step = Literal["verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian"]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a status means: who does what next, and to which statuses that may lead."""

    duty: str
    leads_to: tuple[Status, ...] = ()


STAGES: Mapping[Status, Stage] = {
    "diajukan": Stage("pengelola layanan memverifikasi", ("menunggu_kelengkapan", "ditolak", "diteruskan")),
    "menunggu_kelengkapan": Stage("pemohon melengkapi", ("ditolak", "diteruskan")),
    "ditolak": Stage("pengelola layanan menyampaikan pemberitahuan penolakan", ("disampaikan",)),
    "diteruskan": Stage("kepala bagian menunjuk analis hukum", ("disusun",)),
    "disusun": Stage("analis hukum menyusun kajian", ("diperiksa",)),
    "diperiksa": Stage("kepala bagian memeriksa kajian", ("dikembalikan", "disetujui")),
    "dikembalikan": Stage("analis hukum memperbaiki kajian", ("disusun", "diperiksa")),
    "disetujui": Stage("pengelola layanan menyampaikan jawaban", ("disampaikan", "diperiksa")),
    "disampaikan": Stage("pengelola layanan mengarsipkan", ("diarsipkan",)),
    "dibatalkan": Stage("pengelola layanan mengarsipkan", ("diarsipkan",)),
    "diarsipkan": Stage("selesai"),
}
"""The whole way of a request. The applicant may withdraw from every status before ``disampaikan``."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in the service, and which of them sent this very request."""

    officers: Mapping[str, Officer]
    applicants: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, officers: Mapping[str, Officer], events: Sequence[Event], fingerprint: Callable[[str, str], str]
    ) -> "Staff":
        """``officers`` with those whose NIP is the applicant's, told by fingerprints: nothing is unsealed."""
        nips = {event.data["sidik"].get("nip") for event in events if "sidik" in event.data}
        own = {key for key, one in officers.items() if one.nip and fingerprint("nip", nip_digits(one.nip)) in nips}
        return cls(officers, frozenset(own))

    def key(self, word: str) -> str:
        """The short name of the officer that ``word`` means, by short or full name; ``word`` itself for a stranger."""
        same = (key for key, one in self.officers.items() if word.casefold() in {key.casefold(), one.nama.casefold()})
        return next(same, word.casefold())


@dataclass(frozen=True, slots=True)
class Look:
    """All that follows from a case."""

    status: Status
    actor: str
    problems: tuple[Problem, ...]
    letters: tuple[Letter, ...]

    @property
    def duty(self) -> str:
        """Who does what next."""
        return STAGES[self.status].duty


Broken = tuple[Step, tuple[str, ...], str, str]
"""The step that does not count, the key where the mend belongs, what is wrong, and the mend."""


def look(case: CaseFile, document: Document, events: Sequence[Event], staff: Staff) -> Look:
    """Everything that follows from what staff wrote, what the journal says and who they are."""
    broken = [
        *_verification(case),
        *_people(case, staff),
        *_study(case),
        *_review(case, events, staff),
        *_delivery(case),
    ]
    now = _status(case, events, {step for step, *_ in broken})
    problems = [Problem(str(document.path), document.line(key), message, mend) for _, key, message, mend in broken]
    return Look(now, _actor(case, now), tuple(problems), _letters(case, events, now))


def _status(case: CaseFile, events: Sequence[Event], broken: set[Step]) -> Status:
    """How far the case has come, by the steps that count."""
    if case.arsip.tanggal:
        return "diarsipkan"
    delivered = bool(case.penyampaian.tanggal) and "penyampaian" not in broken
    if case.pembatalan.tanggal and not delivered:
        return "dibatalkan"
    decision = case.verifikasi.keputusan
    if decision is None or "verifikasi" in broken:
        return "diajukan"
    if decision == "ditolak":
        return "disampaikan" if delivered else "ditolak"
    if decision == "dilengkapi":
        return "menunggu_kelengkapan"
    if not case.penugasan.analis or "penugasan" in broken:
        return "diteruskan"
    if not case.kajian.selesai or "kajian" in broken:
        return "disusun"
    if case.pemeriksaan.keputusan is None or "pemeriksaan" in broken or _stale(case, events):
        return "diperiksa"
    if case.pemeriksaan.keputusan == "dikembalikan":
        return "dikembalikan"
    return "disampaikan" if delivered else "disetujui"


def _verification(case: CaseFile) -> Iterator[Broken]:
    """What a decision of the intake must say."""
    check = case.verifikasi
    wanted: tuple[tuple[bool, tuple[str, ...], str, str], ...] = (
        (not check.oleh, ("verifikasi", "oleh"), "Belum ditulis siapa yang memverifikasi.", "Isi oleh."),
        (
            check.keputusan == "ditolak" and not check.alasan_jenis,
            ("verifikasi", "alasan_jenis"), "Penolakan tanpa jenis alasan.", "Pilih alasan_jenis, misalnya litigasi.",
        ),
        (
            check.keputusan == "ditolak" and not check.alasan,
            ("verifikasi", "alasan"), "Penolakan tanpa alasan.", "Tulis satu atau dua kalimat untuk pemohon.",
        ),
        (
            check.keputusan == "dilengkapi" and not check.kekurangan,
            ("verifikasi", "kekurangan"), "Permintaan kelengkapan tanpa isi.", "Tulis apa saja yang kurang.",
        ),
        (
            check.keputusan == "diteruskan" and case.bentuk is None,
            ("bentuk",), "Bentuk layanan belum dipilih.", f"Tulis: {', '.join(get_args(Service))}.",
        ),
        (
            check.keputusan == "diteruskan" and not case.persetujuan.versi,
            ("persetujuan",), "Pemohon belum menyetujui syarat dan ketentuan.",
            "Minta persetujuannya, lalu isi persetujuan: versi dan waktu.",
        ),
    )  # fmt: skip
    if check.keputusan:
        yield from (("verifikasi", key, message, mend) for broken, key, message, mend in wanted if broken)


_PEOPLE: tuple[tuple[Step, str, Role], ...] = (
    ("verifikasi", "oleh", "pengelola_layanan"),
    ("penugasan", "analis", "analis_hukum"),
    ("penugasan", "pemeriksa", "kepala_bagian"),
    ("pemeriksaan", "oleh", "kepala_bagian"),
)


def _people(case: CaseFile, staff: Staff) -> Iterator[Broken]:
    """Nobody acts outside their role, on their own request, or in a conflict of interest."""
    conflicts = {staff.key(word) for word in case.penugasan.benturan_kepentingan}
    for step, field, role in _PEOPLE:
        word = getattr(getattr(case, step), field)
        if not word:
            continue
        key = staff.key(word)
        officer = staff.officers.get(key)
        if key in conflicts or key in staff.applicants:
            yield step, (step, field), f"{word} tidak boleh menangani permohonan ini.", "Tulis petugas yang lain."
        elif staff.officers and officer is None:
            yield (
                step,
                (step, field),
                f"{word} bukan petugas yang terdaftar.",
                "Pakai nama di payung.yaml bagian petugas.",
            )
        elif officer and role not in officer.peran:
            mend = f"Tulis petugas dengan peran {role.replace('_', ' ')}."
            yield step, (step, field), f"{word} tidak berperan {role.replace('_', ' ')}.", mend
    if case.penugasan.analis and staff.key(case.penugasan.analis) == staff.key(case.penugasan.pemeriksa):
        yield (
            "penugasan",
            ("penugasan", "pemeriksa"),
            "Penyusun dan pemeriksa orang yang sama.",
            "Tulis pemeriksa lain.",
        )


def _study(case: CaseFile) -> Iterator[Broken]:
    """A study is ready when nothing is missing that its letter needs."""
    if case.kajian.selesai and case.bentuk:
        for path in NEEDED[case.bentuk]:
            if not at(case, path):
                message = f"{path} belum diisi, padahal kajian dinyatakan selesai."
                yield "kajian", tuple(path.split(".")), message, "Isi, atau tulis selesai: tidak."


def _review(case: CaseFile, events: Sequence[Event], staff: Staff) -> Iterator[Broken]:
    """A review is somebody else's, gives its notes, and is about the study as it stands."""
    check = case.pemeriksaan
    if check.keputusan is None:
        return
    if not check.oleh:
        yield "pemeriksaan", ("pemeriksaan", "oleh"), "Belum ditulis siapa yang memeriksa.", "Isi oleh."
    elif staff.key(check.oleh) == staff.key(case.penugasan.analis):
        message = "Kajian diperiksa oleh penyusunnya sendiri."
        yield "pemeriksaan", ("pemeriksaan", "oleh"), message, "Kajian harus diperiksa orang lain."
    if check.keputusan == "dikembalikan" and not check.catatan:
        message = "Kajian dikembalikan tanpa catatan."
        yield "pemeriksaan", ("pemeriksaan", "catatan"), message, "Tulis apa yang harus diperbaiki."
    if check.keputusan == "disetujui" and not case.kajian.selesai:
        message = "Kajian disetujui padahal belum selesai."
        yield "pemeriksaan", ("kajian", "selesai"), message, "Tulis selesai: ya bila memang selesai."
    elif check.keputusan == "disetujui" and _stale(case, events):
        mend = "Periksa lagi, lalu perbarui tanggal pemeriksaan."
        yield "pemeriksaan", ("pemeriksaan", "tanggal"), "Kajian berubah sesudah disetujui.", mend


def _delivery(case: CaseFile) -> Iterator[Broken]:
    """What leaves the office is decided and has a number."""
    if not case.penyampaian.tanggal:
        return
    if case.verifikasi.keputusan != "ditolak" and case.pemeriksaan.keputusan != "disetujui":
        mend = "Kosongkan tanggal penyampaian, atau selesaikan pemeriksaan."
        yield "penyampaian", ("penyampaian", "tanggal"), "Disampaikan sebelum disetujui.", mend
    if not case.penyampaian.nomor_surat:
        mend = "Tulis nomor dari sekretariat."
        yield "penyampaian", ("penyampaian", "nomor_surat"), "Disampaikan tanpa nomor surat.", mend


def digests(case: CaseFile) -> dict[str, str]:
    """SHA-256 of the study and of its review: what the journal keeps of a decision."""
    parts = {"kajian": case.kajian, "pemeriksaan": case.pemeriksaan}
    return {name: hashlib.sha256(part.model_dump_json().encode()).hexdigest() for name, part in parts.items()}


def _stale(case: CaseFile, events: Sequence[Event]) -> bool:
    """Whether the study has changed since the review that stands in the file was first seen."""
    now = digests(case)
    seen = (e.data for e in events if e.kind == "status" and e.data["menjadi"] in {"disetujui", "dikembalikan"})
    first = next((data for data in seen if data["pemeriksaan"] == now["pemeriksaan"]), None)
    return first is not None and first["kajian"] != now["kajian"]


def _actor(case: CaseFile, now: Status) -> str:
    """Who, by the case file, brought it to its status."""
    names = {
        "menunggu_kelengkapan": case.verifikasi.oleh,
        "ditolak": case.verifikasi.oleh,
        "diteruskan": case.verifikasi.oleh,
        "diperiksa": case.penugasan.analis,
        "dikembalikan": case.pemeriksaan.oleh,
        "disetujui": case.pemeriksaan.oleh,
    }
    return names.get(now) or "petugas"


def _letters(case: CaseFile, events: Sequence[Event], now: Status) -> tuple[Letter, ...]:
    """The documents that the case calls for: a receipt once, the study from the moment it is ready for review.

    What was delivered is never written again, whatever changes later.
    """
    if now in {"dibatalkan", "diarsipkan"}:
        return ()
    due: list[Letter] = ["tanda_terima"]
    if case.verifikasi.keputusan == "ditolak" and now in {"ditolak", "disampaikan"}:
        due.append("pemberitahuan_penolakan")
    elif now in {"diperiksa", "disetujui", "disampaikan"} and case.bentuk:
        due.append(case.bentuk)
    written = {event.data["jenis"] for event in events if event.kind == "surat"}
    final = written if now == "disampaikan" else written & {"tanda_terima"}
    return tuple(kind for kind in due if kind not in final)


def findings(case: CaseFile, events: Sequence[Event]) -> tuple[str, ...]:
    """What the verifier should look at: written at filing, and what the journal has told since."""
    later = [
        f"Pemohon mengubah isian sesudah didaftarkan ({', '.join(event.data['kolom'])}). Lihat {event.data['berkas']}."
        for event in events
        if event.kind == "diubah"
    ]
    twins = {number for event in events if event.kind == "mungkin_sama" for number in event.data["kembaran"]}
    later += [twin_finding(number) for number in sorted(twins)]
    return (*case.temuan, *later)
