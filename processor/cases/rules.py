"""What a step must not break: the rules of each, who may take it, and which approvals no longer hold. Pure.

A rule that is broken says which step does not count, where the mend belongs, what is wrong and what to do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from processor.cases.case_file import NEEDED, CaseFile, HelpKind, value_at
from processor.cases.decision_digests import digests, reviewed_digest
from processor.cases.records import Event
from processor.foundation.form_definition import nip_digits
from processor.foundation.settings_agency import Officer, Role

RuleStep = Literal["verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian", "arsip"]

Broken = tuple[RuleStep, tuple[str, ...], str, str]
"""The step that does not count, the key where the mend belongs, what is wrong, and the mend."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in the service, and which of them sent this very request."""

    officers: Mapping[str, Officer]
    applicants: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, officers: Mapping[str, Officer], events: Sequence[Event], fingerprint: Callable[[str, str], str]
    ) -> "Staff":
        """Note which officers have the applicant's NIP, told by fingerprints: nothing is unsealed."""
        marks = {(event.data.get("sidik") or event.data).get("nip") for event in events}
        nips = {mark.lstrip("?") for mark in marks if isinstance(mark, str)}  # a doubtful one is theirs all the same
        own = {key for key, one in officers.items() if one.nip and fingerprint("nip", nip_digits(one.nip)) in nips}
        return cls(officers, frozenset(own))

    def key(self, word: str) -> str:
        """Give the short name of the officer that ``word``, a short or full name, means; ``word`` for a stranger."""
        same = (key for key, one in self.officers.items() if word.casefold() in {key.casefold(), one.nama.casefold()})
        return next(same, word.casefold())

    def barred(self, case: CaseFile) -> frozenset[str]:
        """List short names of those who must not touch ``case``: the applicant, and who has a conflict of interest."""
        return self.applicants | {self.key(word) for word in case.penugasan.benturan_kepentingan}


def broken(case: CaseFile, events: Sequence[Event], staff: Staff) -> Iterator[Broken]:
    """Find every rule that the case breaks, in the order of the steps."""
    unfinished = tuple(_archive(case, events))
    yield from _verification(case)
    if unfinished or not case.arsip.tanggal:  # officers come and go; of what is put away nobody asks who they were
        yield from _people(case, staff)
    yield from _study(case)
    yield from _review(case, events, staff)
    yield from _delivery(case, events)
    yield from contradicted(case, events)
    yield from unfinished


def _verification(case: CaseFile) -> Iterator[Broken]:
    """Check that a decision of the intake says what it must."""
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
            check.keputusan == "dilengkapi" and not any(map(str.strip, check.kekurangan)),
            ("verifikasi", "kekurangan"), "Permintaan kelengkapan tanpa isi.", "Tulis apa saja yang kurang.",
        ),
        (
            check.keputusan == "diteruskan" and case.bentuk is None,
            ("bentuk",), _not_asked(case, "bentuk", "bentuk layanan", "Bentuk layanan belum dipilih."),
            f"Tulis: {', '.join(get_args(HelpKind))}.",
        ),
        (
            check.keputusan == "diteruskan" and not case.persetujuan.versi,
            ("persetujuan",), _not_asked(case, "persetujuan", _TERMS, f"Pemohon belum menyetujui {_TERMS}."),
            "Minta persetujuannya, lalu isi persetujuan: versi dan waktu.",
        ),
    )  # fmt: skip
    if check.keputusan:
        yield from (("verifikasi", key, message, mend) for broken, key, message, mend in wanted if broken)


_TERMS = "syarat dan ketentuan"


def _not_asked(case: CaseFile, key: str, name: str, message: str) -> str:
    """Give ``message``, or that the applicant's form did not ask: then nothing was left out."""
    return f"Formulir pemohon tidak menanyakan {name}." if key in case.tidak_ditanyakan else message


_LEFT = "Sudah tidak bertugas? Tulis kembali di payung.yaml bagian petugas, dengan berhenti: ya."
_PEOPLE: tuple[tuple[RuleStep, str, Role], ...] = (
    ("verifikasi", "oleh", "pengelola_layanan"),
    ("penugasan", "analis", "analis_hukum"),
    ("penugasan", "pemeriksa", "kepala_bagian"),
    ("pemeriksaan", "oleh", "kepala_bagian"),
)


def _people(case: CaseFile, staff: Staff) -> Iterator[Broken]:
    """Check that nobody acts outside their role, on their own request, or in a conflict of interest."""
    barred = staff.barred(case)
    if staff.officers:
        for word in case.penugasan.benturan_kepentingan:
            if word and staff.key(word) not in staff.officers:
                message = f"{word} bukan petugas yang terdaftar, jadi benturan kepentingannya tidak dapat dijaga."
                yield "penugasan", ("penugasan", "benturan_kepentingan"), message, meant(word, staff)
    for step, field, role in _PEOPLE:
        word = getattr(getattr(case, step), field)
        if not word:
            continue
        key = staff.key(word)
        officer = staff.officers.get(key)
        if key in barred:
            yield step, (step, field), f"{word} tidak boleh menangani permohonan ini.", "Tulis petugas yang lain."
        elif staff.officers and officer is None:
            yield step, (step, field), f"{word} bukan petugas yang terdaftar.", meant(word, staff)
        elif officer and role not in officer.peran:
            mend = f"Tulis petugas dengan peran {role.replace('_', ' ')}."
            yield step, (step, field), f"{word} tidak berperan {role.replace('_', ' ')}.", mend
    if case.penugasan.analis and staff.key(case.penugasan.analis) == staff.key(case.penugasan.pemeriksa):
        message = "Penyusun dan pemeriksa orang yang sama."
        yield "penugasan", ("penugasan", "pemeriksa"), message, "Tulis pemeriksa lain."


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


def _study(case: CaseFile) -> Iterator[Broken]:
    """Check that nothing is missing in a finished study that its letter needs."""
    if case.kajian.selesai and case.bentuk:
        for path in NEEDED[case.bentuk]:
            if not value_at(case, path):
                message = f"{path} belum diisi, padahal kajian dinyatakan selesai."
                yield "kajian", tuple(path.split(".")), message, "Isi, atau tulis selesai: tidak."


def _review(case: CaseFile, events: Sequence[Event], staff: Staff) -> Iterator[Broken]:
    """Check that a review is somebody else's, gives its notes, and is about the study as it stands."""
    check = case.pemeriksaan
    if check.keputusan is None:
        return
    if not check.oleh:
        yield "pemeriksaan", ("pemeriksaan", "oleh"), "Belum ditulis siapa yang memeriksa.", "Isi oleh."
    elif staff.key(check.oleh) in drafters(case, events, staff):
        message = "Kajian diperiksa oleh penyusunnya sendiri."
        yield "pemeriksaan", ("pemeriksaan", "oleh"), message, "Kajian harus diperiksa orang lain."
    if check.keputusan == "dikembalikan" and not check.catatan:
        message = "Kajian dikembalikan tanpa catatan."
        yield "pemeriksaan", ("pemeriksaan", "catatan"), message, "Tulis apa yang harus diperbaiki."
    if check.keputusan == "dikembalikan" and not stale(case, events) and _ready_since_return(events):
        mend = "Perbaiki menurut catatannya. Sudah benar begitu? Minta pemeriksa: payung kembalikan NOMOR --tarik."
        yield (
            "kajian",
            ("kajian", "selesai"),
            "Kajian dinyatakan selesai, tetapi belum berubah sejak dikembalikan.",
            mend,
        )
    if check.keputusan == "disetujui" and not case.kajian.selesai:
        message = "Kajian disetujui padahal belum selesai."
        yield "pemeriksaan", ("kajian", "selesai"), message, "Tulis selesai: ya bila memang selesai."
    elif check.keputusan == "disetujui" and stale(case, events):
        mend = "Periksa lagi: payung setujui, atau perbarui tanggal pemeriksaan dan kosongkan naskah."
        yield "pemeriksaan", ("pemeriksaan", "tanggal"), "Kajian berubah sesudah disetujui.", mend


def _ready_since_return(events: Sequence[Event]) -> bool:
    """Tell whether the journal has somebody declare the study ready after it was last returned."""
    moved = [index for index, event in enumerate(events) if event.kind == "status"]
    if not moved or events[moved[-1]].data["menjadi"] != "dikembalikan":
        return False
    return any(event.data.get("isi", {}).get("kajian.selesai") for event in events[moved[-1] + 1 :])


def drafters(case: CaseFile, events: Sequence[Event], staff: Staff) -> set[str]:
    """List everybody who drafts, or by the journal has drafted, this study: none of them may review it."""
    before = {event.actor for event in events if event.kind == "status" and event.data["menjadi"] == "diperiksa"}
    return {staff.key(word) for word in (case.penugasan.analis, *before) if word}


def _delivery(case: CaseFile, events: Sequence[Event]) -> Iterator[Broken]:
    """Check that what leaves the office was decided, is what was decided, and has a number."""
    sent = case.penyampaian
    if sent.diterima and not sent.tanggal:
        mend = "Isi tanggal penyampaian lebih dahulu."
        yield "penyampaian", ("penyampaian", "diterima"), "Diterima sebelum disampaikan.", mend
    decided = case.verifikasi.keputusan == "ditolak" or case.pemeriksaan.keputusan == "disetujui"
    if sent.nomor_surat and not decided and not sent.tanggal:
        message = "Nomor surat sudah ditulis, padahal belum ada yang disetujui atau ditolak."
        yield "penyampaian", ("penyampaian", "nomor_surat"), message, "Kosongkan sampai kajiannya disetujui."
    if not sent.tanggal:
        return
    if not decided or case.verifikasi.keputusan == "dilengkapi":
        mend = "Kosongkan tanggal penyampaian, atau selesaikan pemeriksaan."
        yield "penyampaian", ("penyampaian", "tanggal"), "Disampaikan sebelum disetujui.", mend
    elif case.verifikasi.keputusan != "ditolak" and stale(case, events) and not answered(case, events):
        mend = "Periksa lagi, baru sampaikan."
        yield "penyampaian", ("penyampaian", "tanggal"), "Kajian yang disampaikan bukan yang disetujui.", mend
    if not sent.nomor_surat:
        mend = "Tulis nomor dari sekretariat."
        yield "penyampaian", ("penyampaian", "nomor_surat"), "Disampaikan tanpa nomor surat.", mend


def contradicted(case: CaseFile, events: Sequence[Event]) -> Iterator[Broken]:
    """Find where the file says another thing than the answer that was delivered under its number.

    That answer is with the applicant and cannot be called back.
    """
    answer = next((event.data for event in reversed(events) if event.kind == "jawaban"), None)
    if answer is None or answer["nomor"] != case.penyampaian.nomor_surat:
        return
    mend, now = "Kembalikan seperti semula; persoalan lain adalah permohonan baru.", digests(case)["verifikasi"]
    if answer["jenis"] != letter(case):
        yield "arsip", ("verifikasi", "keputusan"), "Jawaban lain sudah disampaikan kepada pemohon.", mend
    elif answer["jenis"] == "pemberitahuan_penolakan" and answer.get("verifikasi", now) != now:
        yield "arsip", ("verifikasi", "alasan"), "Alasan berubah sesudah suratnya disampaikan.", mend


def letter(case: CaseFile) -> HelpKind | Literal["pemberitahuan_penolakan"] | None:
    """Tell which letter answers the request; None before that is decided."""
    return "pemberitahuan_penolakan" if case.verifikasi.keputusan == "ditolak" else case.bentuk


def answered(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether, by the journal, the letter that stands in the file was delivered under its number."""
    now = {"jenis": letter(case), "nomor": case.penyampaian.nomor_surat}
    return any(event.kind == "jawaban" and now.items() <= event.data.items() for event in events)


def _archive(case: CaseFile, events: Sequence[Event]) -> Iterator[Broken]:
    """Check that only what is over is archived: its answer delivered, or its withdrawal in the journal."""
    withdrawn = any(event.kind == "status" and event.data["menjadi"] == "dibatalkan" for event in events)
    over = (case.penyampaian.tanggal and answered(case, events)) or (case.pembatalan.tanggal and withdrawn)
    if case.arsip.tanggal and not over:
        mend = "Selesaikan permohonannya; sesudah disampaikan atau dibatalkan, tunggu satu putaran (payung jalankan)."
        yield "arsip", ("arsip", "tanggal"), "Diarsipkan sebelum selesai.", mend


def completed(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether the applicant has sent something since the journal first saw the file's request for more."""
    now = digests(case)["verifikasi"]
    asked = (
        index
        for index, event in enumerate(events)
        if event.kind == "status"
        and event.data["menjadi"] == "menunggu_kelengkapan"
        and event.data.get("verifikasi", now) == now
    )
    first = next(asked, None)
    return first is not None and any(event.kind in COMPLETIONS for event in events[first:])


COMPLETIONS = frozenset({"diubah", "dilengkapi"})
"""What an applicant does to complete a request: an edited form, an addition."""
BESIDE = COMPLETIONS | {"berbeda"}
"""The events of which a file beside the case file says more: also that a source reads otherwise than before."""


def stale(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether the study changed after it was reviewed, so that the review no longer counts.

    ``payung setujui`` writes the study's digest into the review (``naskah``); of a review written by hand, the journal
    knows what the study was when the review was first seen.

    Example:
        Monday: saran "Ajukan banding", keputusan disetujui; the journal notes both digests.
        Tuesday: saran "Cabut banding", the review untouched -> True, the case is back at ``diperiksa``.
        Wednesday: the reviewer writes a new tanggal: another review, first seen with this study -> False.
    """
    if case.pemeriksaan.naskah:
        return case.pemeriksaan.naskah != reviewed_digest(case)
    now = digests(case)
    seen = (e.data for e in events if e.kind == "status" and e.data["menjadi"] in {"disetujui", "dikembalikan"})
    first = next((data for data in seen if data["pemeriksaan"] == now["pemeriksaan"]), None)
    return first is not None and first["kajian"] != now["kajian"]
