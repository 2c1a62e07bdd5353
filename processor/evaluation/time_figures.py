"""How fast requests were answered (second aspect): by the promise, by the work, by step, and what paused. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from processor.cases import deadlines
from processor.cases.case_status import DELIVERED
from processor.cases.promised_times import in_words
from processor.evaluation.case_facts import CaseFacts
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import MINUTES, REQUESTS, Figure, FigureRow, partition, spread
from processor.evaluation.step_times import NO_STEP, STEPS, WAITING

_PROMISE = {
    "tepat_waktu": "Dijawab tepat waktu",
    "terlambat": "Dijawab terlambat",
    "berjalan": "Berjalan, belum lewat batas",
    "berjalan_terlambat": "Berjalan, sudah lewat batas",
    "menunggu_pemohon": "Menunggu kelengkapan dari pemohon",
    "dibatalkan": "Ditarik pemohon sebelum dijawab",
    "tanpa_waktu": "Waktu jawabannya tidak tercatat",
}
_STEP_TITLES = {**{step: f"Tahap {step}" for step in STEPS}, NO_STEP: "Sempat ditarik pemohon"}
_MEASURES = (
    "Separuh selesai dalam waktu median atau kurang, sembilan dari sepuluh dalam waktu persentil ke-90 atau kurang."
)


def of(counted: CountedCases) -> Iterator[Figure]:
    """Measure the requests of a period."""
    answered = [one for one in counted.cases if one.worked is not None]
    yield _promise(counted)
    yield _since_sent(counted, answered)
    yield _since_registered(counted, answered)
    spent: dict[str, list[int]] = {step: [] for step in (*STEPS, NO_STEP)}
    for one in answered:
        for step, minutes in one.steps:
            spent[step].append(minutes)
    yield from (_step(counted, step, spent[step]) for step in STEPS)
    yield _all_minutes(counted, answered, spent)
    yield _pauses(counted, answered)


def standing(one: CaseFacts, whole: int, now: datetime) -> str:
    """Tell how a request stands by the promise to the applicant: a key of the figure ``kecepatan.janji``.

    Args:
        one: The request.
        whole: The promise in working minutes.
        now: The moment (aware) as of which it is late.
    """
    if one.promised is not None:
        return "tepat_waktu" if one.promised <= whole else "terlambat"
    if one.outcome == "dibatalkan":
        return "dibatalkan"
    if one.status in DELIVERED or one.status == "diarsipkan":
        return "tanpa_waktu"
    if one.status == WAITING:
        return "menunggu_pemohon"
    return "berjalan_terlambat" if one.promise_due and one.promise_due < now else "berjalan"


def _limits(counted: CountedCases) -> dict[str, int]:
    limits = counted.service.batas
    return {"dalam_batas": deadlines.overall_limit(limits), "dalam_sasaran": limits.sasaran}


def _promise(counted: CountedCases) -> Figure:
    whole = deadlines.overall_limit(counted.service.batas)
    rows = partition((standing(one, whole, counted.moment) for one in counted.cases), _PROMISE, labels=_PROMISE)
    definition = (
        f"Semua {counted.registered}; {counted.as_of}. Batasnya {in_words(whole, counted.service.menit)} sejak pemohon "
        "mengirim sampai jawaban pertama disampaikan, tanpa jeda; bila sumbernya tidak menyebut waktu mengirim, sejak "
        "didaftarkan."
    )
    return Figure("kecepatan.janji", "Janji waktu kepada pemohon", 2, rows, len(counted.cases), REQUESTS, definition)


def _spread(counted: CountedCases, key: str, title: str, minutes: Sequence[int], said: str) -> Figure:
    """Tell how long the whole took."""
    limits, day = _limits(counted), counted.service.menit
    definition = (
        f"{said}, dalam menit kerja (sehari {day} menit), tanpa jeda. {_MEASURES} Batas SOP "
        f"{in_words(limits['dalam_batas'], day)}, sasaran {in_words(limits['dalam_sasaran'], day)}."
    )
    return Figure(
        f"kecepatan.{key}", title, 2, spread(minutes, limits), len(minutes), REQUESTS, definition,
        sums=False, remark="Yang dalam sasaran juga dalam batas.",
    )  # fmt: skip


def _since_sent(counted: CountedCases, answered: Sequence[CaseFacts]) -> Figure:
    minutes = [one.promised for one in answered if one.sent_known and one.promised is not None]
    unknown = sum(1 for one in answered if not one.sent_known)
    left = (
        f"; {unknown} permohonan tidak ikut, sebab sumbernya tidak menyebut kapan pemohon mengirim" if unknown else ""
    )
    said = f"Sejak pemohon mengirim sampai jawaban pertama disampaikan, dari {counted.registered}{left}"
    return _spread(counted, "sejak_dikirim", "Waktu sejak pemohon mengirim", minutes, said)


def _since_registered(counted: CountedCases, answered: Sequence[CaseFacts]) -> Figure:
    minutes = [one.worked for one in answered if one.worked is not None]
    said = f"Sejak didaftarkan sampai jawaban pertama disampaikan, dari {counted.registered}"
    return _spread(counted, "sejak_didaftarkan", "Waktu sejak didaftarkan", minutes, said)


def _step(counted: CountedCases, step: str, minutes: Sequence[int]) -> Figure:
    limit = int(getattr(counted.service.batas, step))
    definition = (
        f"Menit kerja pada tahap {step} sampai jawaban pertama, termasuk putaran sesudah dikembalikan, dari "
        f"{counted.registered} yang sudah dijawab atau ditolak dan melalui tahap itu. {_MEASURES} Batas SOP "
        f"{in_words(limit, counted.service.menit)}; yang dikembalikan mendapat batas itu lagi, di sini dihitung sekali."
    )
    return Figure(
        f"kecepatan.{step}", _STEP_TITLES[step], 2, spread(minutes, {"dalam_batas": limit}), len(minutes), REQUESTS,
        definition, sums=False, remark="Yang lewat batas tidak berbaris sendiri.",
    )  # fmt: skip


def _all_minutes(counted: CountedCases, answered: Sequence[CaseFacts], spent: Mapping[str, Sequence[int]]) -> Figure:
    """Add up the minutes of all steps: what all answered requests took."""
    totals = {step: sum(minutes) for step, minutes in spent.items()}
    rows = tuple(
        FigureRow(step, _STEP_TITLES[step], total, MINUTES)
        for step, total in totals.items()
        if total or step != NO_STEP
    )
    worked = sum(one.worked or 0 for one in answered)
    definition = (
        f"Menit kerja menurut tahap, dari {len(answered)} {counted.registered} yang sudah dijawab atau ditolak; "
        "jumlahnya waktu sejak didaftarkan sampai jawaban pertama, tanpa jeda."
    )
    return Figure("kecepatan.menit", "Waktu kerja menurut tahap", 2, rows, worked, MINUTES, definition)


def _pauses(counted: CountedCases, answered: Sequence[CaseFacts]) -> Figure:
    asked, many = sum(1 for one in counted.cases if one.completions), len(answered)
    rows = (
        FigureRow("diminta_melengkapi", "Pernah diminta melengkapi", asked, REQUESTS),
        FigureRow("permintaan", "Permintaan kelengkapan", sum(one.completions for one in counted.cases), "kali"),
        FigureRow("menit_menunggu", "Waktu menunggu pemohon", sum(one.waited for one in answered), MINUTES, many),
        FigureRow("menit_koordinasi", "Waktu jeda koordinasi", sum(one.coordinated for one in answered), MINUTES, many),
    )
    definition = (
        f"Semua {counted.registered}. Menitnya dari yang sudah dijawab atau ditolak, sampai jawaban pertama; jeda "
        "tidak dihitung dalam waktu layanan."
    )
    remark = "Satu permohonan dapat diminta melengkapi lebih dari sekali."
    return Figure(
        "kecepatan.jeda", "Jeda", 2, rows, len(counted.cases), REQUESTS, definition, sums=False, remark=remark
    )
