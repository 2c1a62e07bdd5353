"""How many requests of what kind came, and what became of them (first aspect), and by which way they came. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import get_args

from processor.cases.case_file import HelpKind
from processor.cases.case_parts import Channel, Rejection, UrgentMatter
from processor.evaluation import tally
from processor.evaluation.case_facts import CaseFacts, Outcome
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import REQUESTS, Figure, FigureRow, partition
from processor.evaluation.tally import Tally

_OUTCOMES = {
    "dijawab": "Dijawab",
    "ditolak": "Ditolak dengan alasan",
    "dibatalkan": "Ditarik pemohon",
    "terbuka": "Masih berjalan",
}
_NO_URGENCY = "tanpa_tanggal_dekat"
_NO_UNIT = "Belum diketahui"


def of(
    counted: CountedCases,
    units: Mapping[str, str],
    unit_names: Mapping[str, str],
    unit_above: Mapping[str, str] = {},
) -> Iterator[Figure]:
    """Count the requests of a period; ``units`` gives the code of each by its number, empty where none is kept."""
    yield _outcomes(counted)
    yield _followed_up(counted)
    yield from _by_words(counted)
    yield from _by_time(counted)
    yield _rejections(counted)
    yield _open(counted)
    yield _follow_up_questions(counted)
    if units:
        yield _units(counted, units, unit_names)
    if units and unit_above:
        yield _unit_tree(counted, units, unit_names, unit_above)


def _divided(
    counted: CountedCases,
    key: str,
    title: str,
    word: Callable[[CaseFacts], str],
    known: tuple[str, ...],
    definition: str,
    aspect: int = 1,
) -> Figure:
    """Divide all requests of the period by one word of each."""
    rows = partition(map(word, counted.cases), known)
    return Figure(f"permohonan.{key}", title, aspect, rows, len(counted.cases), REQUESTS, definition)


def _outcomes(counted: CountedCases) -> Figure:
    rows = partition((one.outcome for one in counted.cases), get_args(Outcome), labels=_OUTCOMES)
    definition = (
        f"Semua {counted.registered}, menurut {counted.as_of}. Dijawab: jawabannya sudah disampaikan. Ditolak: diputus "
        "ditolak pada verifikasi, juga bila pemberitahuannya belum disampaikan."
    )
    return Figure("permohonan.hasil", "Permohonan menurut hasilnya", 1, rows, len(counted.cases), REQUESTS, definition)


def _followed_up(counted: CountedCases) -> Figure:
    done = sum(1 for one in counted.cases if one.outcome in {"dijawab", "ditolak"})
    rows = (FigureRow("ditindaklanjuti", "Ditindaklanjuti", done, REQUESTS),)
    definition = f"Dari {counted.registered}, yang sudah dijawab atau diputus ditolak; {counted.as_of}."
    remark = "Sisanya masih berjalan atau ditarik pemohon."
    title = "Permohonan yang ditindaklanjuti"
    return Figure(
        "permohonan.tindak_lanjut", title, 1, rows, len(counted.cases), REQUESTS, definition, sums=False, remark=remark
    )


def _by_words(counted: CountedCases) -> Iterator[Figure]:
    """Divide by what the applicant chose and what the verification found."""
    lists, all_of_them = counted.counting.taxonomy, f"Semua {counted.registered}"
    found = "menurut hasil verifikasi; yang belum diverifikasi belum diisi."
    yield _divided(
        counted, "bentuk", "Menurut bentuk layanan", attrgetter("kind"), get_args(HelpKind),
        f"{all_of_them}, menurut bentuk layanan yang diminta.",
    )  # fmt: skip
    yield _divided(counted, "ranah", "Menurut ranah hukum", attrgetter("field"), lists.ranah, f"{all_of_them}, {found}")
    yield _divided(counted, "topik", "Menurut topik", attrgetter("topic"), lists.topik, f"{all_of_them}, {found}")
    yield _divided(
        counted, "posisi", "Menurut posisi pemohon", attrgetter("position"), lists.posisi_pemohon,
        f"{all_of_them}, {found}",
    )  # fmt: skip
    yield _divided(
        counted, "kanal", "Menurut kanal", attrgetter("channel"), get_args(Channel),
        f"{all_of_them}, menurut lewat apa permohonan datang.", 5,
    )  # fmt: skip
    yield _divided(
        counted, "mendesak", "Menurut tanggal dekat", lambda one: one.urgent or _NO_URGENCY,
        (*get_args(UrgentMatter), _NO_URGENCY), f"{all_of_them}, menurut tanggal dekat yang disebut pemohon.",
    )  # fmt: skip


def _by_time(counted: CountedCases) -> Iterator[Figure]:
    """Divide by months, by quarters where the period is a year, and count all years until then."""
    period, day = counted.period, "menurut hari didaftarkan, pada kalender kantor."
    months = dict(zip((f"{month:02}" for month in period.months), period.month_names(), strict=True))
    rows = partition((f"{one.received.month:02}" for one in counted.cases), months, labels=months)
    definition = f"Semua {counted.registered}, {day}"
    yield Figure("permohonan.bulan", "Menurut bulan", 1, rows, len(counted.cases), REQUESTS, definition)
    if not period.quarter:
        names = {str(one.quarter): one.title.partition(" Tahun")[0] for one in period.quarters}
        rows = partition((str((one.received.month + 2) // 3) for one in counted.cases), names, labels=names)
        yield Figure("permohonan.triwulan", "Menurut triwulan", 1, rows, len(counted.cases), REQUESTS, definition)
    rows = tuple(FigureRow(year, year, count, REQUESTS) for year, count in counted.years)
    until_then = f"Semua permohonan di register sampai akhir {period.year}, {day}"
    yield Figure("permohonan.tahun", "Menurut tahun", 1, rows, sum(n for _, n in counted.years), REQUESTS, until_then)


def _rejections(counted: CountedCases) -> Figure:
    reasons = [one.rejection for one in counted.cases if one.outcome == "ditolak"]
    definition = f"Permohonan yang diputus ditolak, dari {counted.registered}, menurut jenis alasannya."
    rows = partition(reasons, get_args(Rejection))
    return Figure("permohonan.penolakan", "Penolakan menurut alasannya", 1, rows, len(reasons), REQUESTS, definition)


def _open(counted: CountedCases) -> Figure:
    statuses = [str(one.status) for one in counted.cases if one.is_open]
    known = ("diajukan", "menunggu_kelengkapan", "diteruskan", "disusun", "diperiksa", "dikembalikan", "disetujui")
    definition = f"Yang masih berjalan dari {counted.registered}, menurut statusnya; {counted.as_of}."
    rows = partition(statuses, known)
    return Figure("permohonan.terbuka", "Yang masih berjalan", 1, rows, len(statuses), REQUESTS, definition)


def _follow_up_questions(counted: CountedCases) -> Figure:
    rows = partition(
        ("lanjutan" if one.follows else "baru" for one in counted.cases), ("baru", "lanjutan"),
        labels={"baru": "Persoalan baru", "lanjutan": "Pertanyaan lanjutan atas jawaban terdahulu"},
    )  # fmt: skip
    definition = f"Semua {counted.registered}; pertanyaan lanjutan berjalan sebagai permohonan sendiri."
    title = "Persoalan baru dan pertanyaan lanjutan"
    return Figure("permohonan.lanjutan", title, 1, rows, len(counted.cases), REQUESTS, definition)


def _units(counted: CountedCases, units: Mapping[str, str], names: Mapping[str, str]) -> Figure:
    codes = [units.get(one.number, "") for one in counted.cases]
    rows = partition(codes, names, labels={**names, "": _NO_UNIT})
    definition = f"Semua {counted.registered}, menurut perangkat daerah atau unit pemohon."
    return Figure("permohonan.unit", "Menurut unit pemohon", 1, rows, len(codes), REQUESTS, definition, inside=True)


def _unit_tree(
    counted: CountedCases, units: Mapping[str, str], names: Mapping[str, str], above: Mapping[str, str]
) -> Figure:
    """Count each unit with all below it, each right below the one that it belongs to."""
    codes = [units.get(one.number, "") for one in counted.cases]
    parents = {code: above.get(code, "") for code in names}
    found = tally.along(parents, {code: Tally(count) for code, count in Counter(codes).items()})
    place = {code: at for at, code in enumerate(names)}
    lines = {code: tally.line_of(parents, code)[-2::-1] for code in names}
    asked = [code for code in names if found[code].sum or not parents[code]]
    order = sorted(asked, key=lambda code: [place[one] for one in lines[code]])
    labels = {code: "· " * (len(lines[code]) - 1) + names[code] for code in order}
    rows = [FigureRow(code, labels[code], found[code].sum, REQUESTS) for code in order]
    rows.append(FigureRow("", _NO_UNIT, sum(1 for code in codes if code not in names), REQUESTS))
    definition = (
        f"Semua {counted.registered}, menurut unit pemohon; tiap unit memuat unit-unit di bawahnya. Unit "
        "bawahan tanpa permohonan tidak ditulis."
    )
    remark = "Baris tidak dijumlahkan begitu saja: unit teratas dan yang belum diketahui bersama-sama adalah semuanya."
    title = "Menurut susunan unit"
    return Figure(
        "permohonan.unit_bertingkat", title, 1, tuple(rows), len(codes), REQUESTS, definition, sums=False,
        remark=remark, inside=True,
    )  # fmt: skip
