"""What a step must not break: the rules of each, who may take it, and which approvals no longer hold. Pure.

A rule that is broken says which step does not count, where the mend belongs, what is wrong and what to do.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from processor.cases import answers, applicant_messages, confirmations, objections, office_notes
from processor.cases.case_file import NEEDED, CaseFile, HelpKind, value_at
from processor.cases.decision_digests import digests, reviewed_digest
from processor.cases.records import Event
from processor.cases.staff import Staff, meant
from processor.foundation.settings_agency import Role

RuleStep = Literal[
    "verifikasi", "penugasan", "kajian", "pemeriksaan", "penyampaian", "arsip", "keberatan", "putusan", "pesan"
]

Broken = tuple[RuleStep, tuple[str, ...], str, str]
"""The step that does not count, the key where the mend belongs, what is wrong, and the mend."""
STALE = "Kajian berubah sesudah disetujui."
"""What is wrong where the words are no longer those that were approved; nothing is lost by it but the approval."""


def broken(case: CaseFile, events: Sequence[Event], staff: Staff) -> Iterator[Broken]:
    """Find every rule that the case breaks, in the order of the steps."""
    unfinished = tuple(_archive(case, events))
    yield from _verification(case)
    if unfinished or not case.arsip.tanggal:  # officers come and go; of what is put away nobody asks who they were
        yield from _people(case, staff)
    yield from _study(case)
    yield from _review(case, events, staff)
    yield from _delivery(case, events)
    yield from objections.faults(case, events, staff)
    yield from _answer_to_objection(case)
    yield from contradicted(case, events)
    yield from confirmations.unconfirmed(case, events, staff)
    yield from (("pesan", ("pesan",), message, mend) for _, message, mend in office_notes.faults(case, staff))
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


_PEOPLE: tuple[tuple[RuleStep, tuple[str, str], Role], ...] = (
    ("verifikasi", ("verifikasi", "oleh"), "pengelola_layanan"),
    ("penugasan", ("penugasan", "analis"), "analis_hukum"),
    ("penugasan", ("penugasan", "pemeriksa"), "kepala_bagian"),
    ("pemeriksaan", ("pemeriksaan", "oleh"), "kepala_bagian"),
    ("putusan", ("keberatan", "oleh"), "kepala_bagian"),
)


def _people(case: CaseFile, staff: Staff) -> Iterator[Broken]:
    """Check that nobody acts outside their role, on their own request, or in a conflict of interest."""
    barred = staff.barred(case)
    if staff.officers:
        for word in case.penugasan.benturan_kepentingan:
            if word and staff.key(word) not in staff.officers:
                message = f"{word} bukan petugas yang terdaftar, jadi benturan kepentingannya tidak dapat dijaga."
                yield "penugasan", ("penugasan", "benturan_kepentingan"), message, meant(word, staff)
    for step, place, usual in _PEOPLE:
        word = value_at(case, ".".join(place))
        if not word:
            continue
        role: Role = "kepala_bagian" if place == _VERIFIER and _forwarded_by_objection(case, staff) else usual
        key = staff.key(word)
        officer = staff.officers.get(key)
        if key in barred:
            yield step, place, f"{word} tidak boleh menangani permohonan ini.", "Tulis petugas yang lain."
        elif staff.officers and officer is None:
            yield step, place, f"{word} bukan petugas yang terdaftar.", meant(word, staff)
        elif officer and role not in officer.peran:
            mend = f"Tulis petugas dengan peran {role.replace('_', ' ')}."
            yield step, place, f"{word} tidak berperan {role.replace('_', ' ')}.", mend
    if case.penugasan.analis and staff.key(case.penugasan.analis) == staff.key(case.penugasan.pemeriksa):
        message = "Penyusun dan pemeriksa orang yang sama."
        yield "penugasan", ("penugasan", "pemeriksa"), message, "Tulis pemeriksa lain."


_VERIFIER = ("verifikasi", "oleh")


def _forwarded_by_objection(case: CaseFile, staff: Staff) -> bool:
    """Tell whether who granted the objection decided by it that the request goes on."""
    decided = case.keberatan.oleh if case.keberatan and objections.granted(case) else ""
    return bool(decided) and staff.key(case.verifikasi.oleh) == staff.key(decided)


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
        yield "pemeriksaan", ("pemeriksaan", "tanggal"), STALE, mend


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
    elif case.verifikasi.keputusan != "ditolak" and stale(case, events) and not answers.answered(case, events):
        mend = "Periksa lagi, baru sampaikan."
        yield "penyampaian", ("penyampaian", "tanggal"), "Kajian yang disampaikan bukan yang disetujui.", mend
    if not sent.nomor_surat:
        mend = "Tulis nomor dari sekretariat."
        yield "penyampaian", ("penyampaian", "nomor_surat"), "Disampaikan tanpa nomor surat.", mend


def _answer_to_objection(case: CaseFile) -> Iterator[Broken]:
    """Check that a letter that answers an objection was decided, and has a number."""
    one = case.keberatan
    if one is None:
        return
    if one.putusan != "ditolak" and (one.nomor_surat or one.disampaikan):
        place = ("keberatan", "nomor_surat" if one.nomor_surat else "disampaikan")
        mend = "Surat menjawab keberatan yang ditolak. Kosongkan, atau tulis putusannya dahulu."
        yield "penyampaian", place, "Surat keberatan dicatat, padahal keberatannya tidak ditolak.", mend
    elif one.disampaikan and not one.nomor_surat:
        message, mend = "Jawaban keberatan disampaikan tanpa nomor surat.", "Tulis nomor dari sekretariat."
        yield "penyampaian", ("keberatan", "disampaikan"), message, mend
    elif one.diterima and not one.disampaikan:
        message, mend = "Jawaban keberatan diterima sebelum disampaikan.", "Isi keberatan.disampaikan lebih dahulu."
        yield "penyampaian", ("keberatan", "diterima"), message, mend


def contradicted(case: CaseFile, events: Sequence[Event]) -> Iterator[Broken]:
    """Find where the file says another thing than the answer that was delivered under its number."""
    yield from (("arsip", *told) for told in answers.contradictions(case, events))


def _archive(case: CaseFile, events: Sequence[Event]) -> Iterator[Broken]:
    """Check that only what is over is archived: its answer delivered, or its withdrawal in the journal.

    No message may wait then; what the journal has as archived stays so, whatever the applicant sends later.
    """
    withdrawn = any(event.kind == "status" and event.data["menjadi"] == "dibatalkan" for event in events)
    one = objections.recorded(case)
    final = answers.answered(case, events) and not (one and one.putusan is None)
    taken_back = case.pembatalan.tanggal or applicant_messages.withdrawn_at(events)
    over = (case.penyampaian.tanggal and final) or (taken_back and withdrawn)
    if case.arsip.tanggal and not over:
        mend = "Selesaikan permohonannya; sesudah disampaikan atau dibatalkan, tunggu satu putaran (payung jalankan)."
        yield "arsip", ("arsip", "tanggal"), "Diarsipkan sebelum selesai.", mend
        return
    statuses = [event.data["menjadi"] for event in events if event.kind == "status"]
    fresh = case.arsip.tanggal and statuses[-1:] != ["diarsipkan"]
    if fresh and (message := applicant_messages.unarchivable(case, events)):
        yield "arsip", ("arsip", "tanggal"), message, "Pesannya: payung pesan NOMOR"


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
BESIDE = COMPLETIONS | {"berbeda", *applicant_messages.EVENTS.values()}
"""The events of which a file beside the case file says more: any message, and that a source reads otherwise."""


def stale(case: CaseFile, events: Sequence[Event]) -> bool:
    """Tell whether the study changed after it was reviewed, so that the review no longer counts.

    ``payung setujui`` writes the study's digest into the review (``naskah``); of a review written by hand, the journal
    knows what the study was when the review was first seen.

    Example:
        Monday: saran "Ajukan banding", keputusan disetujui; the journal notes both digests.
        Tuesday: saran "Cabut banding", the review untouched -> True, the case is back at ``diperiksa``.
        Wednesday: the reviewer writes a new tanggal: another review, first seen with this study -> False.
    """
    if _reviewed_before_objection(case):
        return True
    if case.pemeriksaan.naskah:
        return case.pemeriksaan.naskah != reviewed_digest(case)
    now = digests(case)
    seen = (e.data for e in events if e.kind == "status" and e.data["menjadi"] in {"disetujui", "dikembalikan"})
    first = next((data for data in seen if data["pemeriksaan"] == now["pemeriksaan"]), None)
    return first is not None and first["kajian"] != now["kajian"]


def _reviewed_before_objection(case: CaseFile) -> bool:
    """Tell whether a review is older than the decision by which the request goes on."""
    reviewed, decided = case.pemeriksaan.tanggal, case.keberatan.diputus if case.keberatan else None
    return objections.granted(case) and bool(reviewed and decided and reviewed < decided)
