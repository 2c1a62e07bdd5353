"""How good the answers were (third aspect), and what hindered them (sixth). Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import get_args

from processor.cases.case_parts import KNOWN_OFFICES, QUALITIES, ObstacleKind, Ruling
from processor.evaluation.case_facts import OTHER, CaseFacts, CoordinationFacts
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import REQUESTS, Figure, FigureRow, label_of, middle, partition, rounded

_RETURNS = {"tidak": "Tidak pernah dikembalikan", "sekali": "Sekali dikembalikan", "lebih": "Lebih dari sekali"}
_UNDECIDED = "belum_diputus"
_COORDINATION = {
    "dijawab": "Dijawab dalam batas, atau tanpa batas",
    "dijawab_lewat": "Dijawab sesudah batas",
    "ditunggu": "Masih ditunggu",
    "ditunggu_lewat": "Ditunggu, sudah lewat batas",
}


def of(counted: CountedCases) -> Iterator[Figure]:
    """Judge the requests of a period."""
    given = [one for one in counted.cases if one.outcome == "dijawab"]
    yield _marks(counted, given)
    yield _returns(counted, given)
    yield _corrections(counted)
    yield from _objections(counted)
    yield from _obstacles(counted)
    yield from _coordination(counted)


def _marks(counted: CountedCases, given: Sequence[CaseFacts]) -> Figure:
    marked = [dict(one.marks) for one in given if one.marks]
    rows = [FigureRow("dinilai", "Kajian yang dinilai", len(marked), REQUESTS)]
    for name in QUALITIES:
        marks = [one[name] for one in marked if name in one]
        mean = rounded(Fraction(sum(marks), len(marks)), 2) if marks else None
        rows.append(FigureRow(name, label_of(name), mean, "nilai rata-rata (1–4)", len(marks)))
    definition = (
        f"Nilai mutu yang diberikan pemeriksa, dari {counted.registered} yang sudah dijawab: {len(marked)} dari "
        f"{len(given)} dinilai. Penilaian boleh dikosongkan, juga sebagian."
    )
    remark = "Nilai rata-rata tidak dijumlahkan."
    return Figure(
        "mutu.nilai", "Nilai mutu kajian", 3, tuple(rows), len(given), REQUESTS, definition, sums=False, remark=remark
    )


def _returns(counted: CountedCases, given: Sequence[CaseFacts]) -> Figure:
    words = (("tidak", "sekali", "lebih")[min(one.returns, 2)] for one in given)
    definition = f"Berapa kali kajiannya dikembalikan pemeriksa, dari {counted.registered} yang sudah dijawab."
    rows = partition(words, _RETURNS, labels=_RETURNS)
    return Figure("mutu.dikembalikan", "Kajian yang dikembalikan", 3, rows, len(given), REQUESTS, definition)


def _corrections(counted: CountedCases) -> Figure:
    answered = [one for one in counted.cases if one.worked is not None]
    labels = {"tetap": "Tidak diganti", "diganti": "Suratnya diganti sesudah disampaikan"}
    rows = partition(("diganti" if one.corrections else "tetap" for one in answered), labels, labels=labels)
    definition = f"Dari {counted.registered} yang sudah dijawab atau ditolak, apakah suratnya diganti surat yang baru."
    return Figure("mutu.koreksi", "Koreksi sesudah disampaikan", 3, rows, len(answered), REQUESTS, definition)


def _objections(counted: CountedCases) -> Iterator[Figure]:
    found = [one.objection for one in counted.cases if one.objection]
    rows = partition((one.ruling or _UNDECIDED for one in found), (*get_args(Ruling), _UNDECIDED), "keberatan")
    definition = f"Keberatan atas penolakan, dari {counted.registered}; {counted.as_of}."
    yield Figure("keberatan.putusan", "Keberatan atas penolakan", 3, rows, len(found), "keberatan", definition)
    days = [one.days for one in found if one.days is not None]
    definition = f"Hari kerja sejak keberatan diterima sampai diputus, dari keberatan atas {counted.registered}."
    yield _days("keberatan.lama", "Lama memutus keberatan", 3, days, "keberatan", definition, "hari kerja")


def _days(key: str, title: str, aspect: int, days: Sequence[int], counted: str, definition: str, unit: str) -> Figure:
    rows = (
        FigureRow("median", "Median", middle(days), unit),
        FigureRow("terlama", "Terlama", max(days, default=None), unit),
    )
    remark = "Lama tidak dijumlahkan."
    return Figure(key, title, aspect, rows, len(days), counted, definition, sums=False, remark=remark)


def _obstacles(counted: CountedCases) -> Iterator[Figure]:
    kinds = [kind for one in counted.cases for kind in one.obstacles]
    definition = f"Hambatan yang dicatat pada {counted.registered}; satu permohonan dapat memuat beberapa."
    rows = partition(kinds, get_args(ObstacleKind), "hambatan")
    yield Figure("hambatan.jenis", "Hambatan pada permohonan", 6, rows, len(kinds), "hambatan", definition)
    labels = {"ada": "Ada hambatan", "tidak": "Tanpa hambatan"}
    rows = partition(("ada" if one.obstacles else "tidak" for one in counted.cases), labels, labels=labels)
    definition = f"Semua {counted.registered}, menurut ada tidaknya hambatan yang dicatat."
    title = "Permohonan yang terhambat"
    yield Figure("hambatan.permohonan", title, 6, rows, len(counted.cases), REQUESTS, definition)


def _coordination(counted: CountedCases) -> Iterator[Figure]:
    asked = [asked for one in counted.cases for asked in one.coordination]
    known, unit = dict.fromkeys((*KNOWN_OFFICES, OTHER)), "koordinasi"
    labels = {name: name.replace("Biro", "Bagian atau Biro") for name in KNOWN_OFFICES}
    definition = f"Permintaan kepada instansi atau unit lain pada {counted.registered}."
    rows = partition((one.to for one in asked), known, unit, labels)
    yield Figure("koordinasi.kepada", "Koordinasi dengan pihak lain", 6, rows, len(asked), unit, definition)
    today = counted.moment.astimezone(counted.service.zone).date()
    rows = partition((_state(one, today) for one in asked), _COORDINATION, unit, _COORDINATION)
    definition = f"{definition[:-1]}, menurut jawabannya; {counted.as_of}."
    yield Figure("koordinasi.jawaban", "Jawaban atas koordinasi", 6, rows, len(asked), unit, definition)
    days = [(one.answered - one.sent).days for one in asked if one.answered and one.sent]
    definition = f"Hari kalender sejak permintaan dikirim sampai dijawab, pada {counted.registered}."
    yield _days("koordinasi.lama", "Lama jawaban koordinasi", 6, days, unit, definition, "hari")


def _state(one: CoordinationFacts, today: date) -> str:
    """Tell whether another office answered, and in time."""
    if one.answered:
        return "dijawab_lewat" if one.due and one.answered > one.due else "dijawab"
    return "ditunggu_lewat" if one.due and today > one.due else "ditunggu"
