"""Every figure once more, counted slowly from files and journals, by the definitions and minute by minute.

It shares nothing with what it checks but the words for codes.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from processor.cases.records import Event
from processor.evaluation.office_facts import OfficeFacts
from tests.evaluation.generated_registers import OFF, STAFF, ZONE, GeneratedCase
from tests.evaluation.test_case_facts import SETTINGS

Found = Mapping[str, tuple[int, Mapping[str, Any]]]
"""By key of a figure: from how many it comes, and its rows that are neither zero nor empty."""
_BEGIN = datetime(2025, 11, 1, tzinfo=ZONE)


def _minute(moment: datetime) -> int:
    return int((moment - _BEGIN).total_seconds() // 60)


def _is_open(minute: int) -> bool:
    here = _BEGIN + timedelta(minutes=minute)
    return here.weekday() < 5 and here.date() not in OFF and 8 <= here.hour < 15


@cache
def _open() -> list[int]:
    return [minute for minute in range(800 * 1440) if _is_open(minute)]


LIMITS = {"verifikasi": 30, "kajian": 420, "pemeriksaan": 420, "penyampaian": 15}
WHOLE, TARGET = 885, 420
STEP_OF = {
    "diajukan": "verifikasi", "diteruskan": "kajian", "disusun": "kajian", "dikembalikan": "kajian",
    "diperiksa": "pemeriksaan", "disetujui": "penyampaian", "ditolak": "penyampaian", "dibatalkan": "tanpa_tahap",
}  # fmt: skip


class Slow:
    """One request, walked through by its journal."""

    def __init__(self, made: GeneratedCase) -> None:
        self.case, self.status, self.events = made.case, made.seen.status, made.events
        self.holders = made.seen.holders
        self.received = self.case.diterima.astimezone(ZONE)
        self.letters = [event for event in self.events if event.kind == "jawaban"]
        self.walk()
        self.outcome = self.became()

    def walk(self) -> None:
        """Give every minute from registration to the first answer to a status; the latest clock counts."""
        self.at: list[tuple[int, int, str]] = []
        status, since, self.answered = "diajukan", self.received, None
        for event in self.moves():
            until = max(since, event.time)
            if self.answered is None:
                self.at.append((_minute(since), _minute(until), status))
                if event.data["menjadi"] in {"disampaikan", "selesai"}:
                    self.answered = until
            status, since = event.data["menjadi"], until
        if self.answered and not self.letters and self.status not in {"disampaikan", "selesai"}:
            self.answered = None
        self.waiting_since = _minute(since) if self.status == "menunggu_kelengkapan" else None

    def moves(self) -> list[Event]:
        return [event for event in self.events if event.kind == "status"]

    def became(self) -> str:
        if self.status == "dibatalkan" or (self.status == "diarsipkan" and not self.letters):
            return "dibatalkan"
        if self.status not in {"ditolak", "disampaikan", "selesai", "diarsipkan"}:
            return "terbuka"
        return "ditolak" if self.case.verifikasi.keputusan == "ditolak" else "dijawab"

    def open_minutes(self, begin: int, end: int, *, waiting: bool = False) -> list[int]:
        """The minutes of the office between two; those of waiting, or all but those."""
        waits = [(a, b) for a, b, status in self.at if status == "menunggu_kelengkapan"]
        span = _open()[bisect_left(_open(), begin) : bisect_left(_open(), end)]
        waited = [minute for minute in span if any(a <= minute < b for a, b in waits)]
        return waited if waiting else sorted({*span} - {*waited} - {*self.asked(span)})

    def asked(self, span: list[int]) -> list[int]:
        """Those of these minutes that lie on a day between a question to another office and its answer."""
        asked = [one for one in self.case.koordinasi if one.jeda and one.dikirim]
        days = {minute: (_BEGIN + timedelta(minutes=minute)).date() for minute in (span if asked else ())}
        return [
            minute
            for minute, day in days.items()
            if any(one.dikirim and one.dikirim < day < (one.dijawab or date.max) for one in asked)
        ]

    @property
    def since(self) -> int:
        sent = self.case.diajukan
        return min(_minute(sent), _minute(self.received)) if sent else _minute(self.received)

    def spent(self, since: int) -> int | None:
        return None if self.answered is None else len(self.open_minutes(since, _minute(self.answered)))

    @property
    def steps(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        for begin, end, status in self.at if self.answered else ():
            if status != "menunggu_kelengkapan":
                found[STEP_OF[status]] += len(self.open_minutes(begin, end))
        return found

    def promise(self, now: datetime) -> str:
        spent = self.spent(self.since)
        if spent is not None:
            return "terlambat" if spent > WHOLE else "tepat_waktu"
        if self.outcome == "dibatalkan":
            return "dibatalkan"
        if self.status in {"disampaikan", "selesai", "diarsipkan"}:
            return "tanpa_waktu"
        if self.waiting_since is not None:
            return "menunggu_pemohon"
        left = self.open_minutes(self.since, self.since + 200 * 1440)
        late = len(left) >= WHOLE and _BEGIN + timedelta(minutes=left[WHOLE - 1] + 1) < now
        return "berjalan_terlambat" if late else "berjalan"


def count(made: Iterable[GeneratedCase], office: OfficeFacts, first: date, last: date, now: datetime) -> Found:
    """Count every figure of the days from ``first`` to ``last``."""
    everyone = [Slow(one) for one in made]
    cases = [one for one in everyone if first <= one.received.date() <= last]
    found: dict[str, tuple[int, Mapping[str, Any]]] = {}
    _requests(found, cases, everyone, office, last, quarter=(last - first).days < 100)
    _times(found, cases, now)
    _quality(found, cases)
    _obstacles(found, cases, now)
    _beside(found, cases, office, lambda day: first <= day <= last)
    return {
        key: (of, {name: value for name, value in rows.items() if value not in (0, None)})
        for key, (of, rows) in found.items()
    }


def _tally(words: Iterable[Any]) -> tuple[int, Counter[Any]]:
    found = Counter(words)
    return sum(found.values()), found


def _known(word: str, words: Iterable[str]) -> str:
    return word if word in {"", *words} else "di_luar_daftar"


def _requests(
    found: dict[str, Any], cases: list[Slow], everyone: list[Slow], office: OfficeFacts, last: date, *, quarter: bool
) -> None:
    lists = SETTINGS.taksonomi
    found["permohonan.hasil"] = _tally(one.outcome for one in cases)
    done = sum(one.outcome in {"dijawab", "ditolak"} for one in cases)
    found["permohonan.tindak_lanjut"] = len(cases), {"ditindaklanjuti": done}
    found["permohonan.bentuk"] = _tally(one.case.bentuk or "" for one in cases)
    found["permohonan.ranah"] = _tally(_known(one.case.verifikasi.ranah, lists.ranah) for one in cases)
    found["permohonan.topik"] = _tally(_known(one.case.verifikasi.topik, lists.topik) for one in cases)
    found["permohonan.posisi"] = _tally(one.case.verifikasi.posisi_pemohon for one in cases)
    found["permohonan.kanal"] = _tally("" if one.case.sumber == "lama" else one.case.sumber for one in cases)
    near = [one.case.mendesak for one in cases]
    found["permohonan.mendesak"] = _tally("sidang" if one and one.tanggal else "tanpa_tanggal_dekat" for one in near)
    found["permohonan.bulan"] = _tally(one.received.strftime("%m") for one in cases)
    if not quarter:
        found["permohonan.triwulan"] = _tally(str(-(-one.received.month // 3)) for one in cases)
    found["permohonan.tahun"] = _tally(str(one.received.year) for one in everyone if one.received.year <= last.year)
    found["permohonan.penolakan"] = _tally(
        one.case.verifikasi.alasan_jenis or "" for one in cases if one.outcome == "ditolak"
    )
    found["permohonan.terbuka"] = _tally(one.status for one in cases if one.outcome == "terbuka")
    found["permohonan.lanjutan"] = _tally("lanjutan" if one.case.lanjutan_dari else "baru" for one in cases)
    found["permohonan.unit"] = _tally(office.units.get(one.case.nomor_registrasi, "") for one in cases)


def _spread(minutes: list[int], **limits: int) -> tuple[int, dict[str, Any]]:
    """Median and 90th percentile, by putting one beside the other instead of an index."""
    rows: dict[str, Any] = {name: len([one for one in minutes if one <= limit]) for name, limit in limits.items()}
    if minutes:
        high = [one for one in minutes if 10 * sum(other <= one for other in minutes) >= 9 * len(minutes)]
        rows |= {"median": _median(minutes), "persentil_90": min(high)}
    return len(minutes), rows


def _median(values: list[int]) -> float:
    left = sorted(values)
    while len(left) > 2:
        left = left[1:-1]
    return sum(left) / len(left)


def _times(found: dict[str, Any], cases: list[Slow], now: datetime) -> None:
    found["kecepatan.janji"] = _tally(one.promise(now) for one in cases)
    answered = [one for one in cases if one.answered]
    spans = {"dalam_batas": WHOLE, "dalam_sasaran": TARGET}
    sent = [one.spent(one.since) or 0 for one in answered if one.case.diajukan]
    found["kecepatan.sejak_dikirim"] = _spread(sent, **spans)
    worked = [one.spent(_minute(one.received)) or 0 for one in answered]
    found["kecepatan.sejak_didaftarkan"] = _spread(worked, **spans)
    for step, limit in LIMITS.items():
        walked = [one for one in answered if step in {STEP_OF.get(status) for *_, status in one.at}]
        found[f"kecepatan.{step}"] = _spread([one.steps.get(step, 0) for one in walked], dalam_batas=limit)
    total: Counter[str] = Counter()
    for one in answered:
        total.update(one.steps)
    found["kecepatan.menit"] = sum(worked), total
    asked = [sum(e.data["menjadi"] == "menunggu_kelengkapan" != e.data["dari"] for e in one.moves()) for one in cases]
    waited = sum(
        len(one.open_minutes(_minute(one.received), _minute(one.answered), waiting=True))
        for one in answered
        if one.answered
    )
    rows = {"diminta_melengkapi": sum(map(bool, asked)), "permintaan": sum(asked), "menit_menunggu": waited}
    all_of_it = sum(
        bisect_left(_open(), _minute(one.answered)) - bisect_left(_open(), _minute(one.received))
        for one in answered
        if one.answered
    )
    rows["menit_koordinasi"] = all_of_it - waited - sum(worked)
    found["kecepatan.jeda"] = len(cases), rows


def _quality(found: dict[str, Any], cases: list[Slow]) -> None:
    given = [one for one in cases if one.outcome == "dijawab"]
    marks = [one.case.pemeriksaan.mutu for one in given]
    marked = [one for one in marks if one and (one.fakta or one.saran)]
    rows: dict[str, Any] = {"dinilai": len(marked)}
    if marked:
        rows["fakta"] = 4
        mean = Fraction(sum(one.saran or 0 for one in marked), len(marked))
        rows["saran"] = Decimal(int(mean * 100 + Fraction(1, 2))) / 100
    found["mutu.nilai"] = len(given), rows
    counts = [sum(e.data["menjadi"] == "dikembalikan" != e.data["dari"] for e in one.moves()) for one in given]
    found["mutu.dikembalikan"] = _tally({0: "tidak", 1: "sekali"}.get(number, "lebih") for number in counts)
    found["mutu.koreksi"] = _tally(
        "diganti" if len(one.letters) > len({letter.data["jenis"] for letter in one.letters}) else "tetap"
        for one in cases
        if one.answered
    )
    objections = [one.case.keberatan for one in cases if one.case.keberatan]
    found["keberatan.putusan"] = _tally(one.putusan or "belum_diputus" for one in objections)
    days = []
    for one in objections:
        if one.tanggal and one.diputus:
            span = (one.tanggal + timedelta(days=number) for number in range(1, (one.diputus - one.tanggal).days + 1))
            days.append(sum(day.weekday() < 5 and day not in OFF for day in span))
    found["keberatan.lama"] = len(days), {"median": _median(days), "terlama": max(days)} if days else {}


def _obstacles(found: dict[str, Any], cases: list[Slow], now: datetime) -> None:
    found["hambatan.jenis"] = _tally(obstacle.jenis or "" for one in cases for obstacle in one.case.hambatan)
    found["hambatan.permohonan"] = _tally("ada" if one.case.hambatan else "tidak" for one in cases)
    asked = [coordination for one in cases for coordination in one.case.koordinasi]
    names = {"BKD": "BKD", "bkd": "BKD", "inspektorat": "Inspektorat", "Pak Rekaan": "lainnya"}
    found["koordinasi.kepada"] = _tally(names[one.kepada] for one in asked)
    states = []
    for one in asked:
        late = one.batas is not None and (one.dijawab or now.date()) > one.batas
        states.append(("dijawab" if one.dijawab else "ditunggu") + ("_lewat" if late else ""))
    found["koordinasi.jawaban"] = _tally(states)
    days = [(one.dijawab - one.dikirim).days for one in asked if one.dijawab and one.dikirim]
    found["koordinasi.lama"] = len(days), {"median": _median(days), "terlama": max(days)} if days else {}


def _beside(found: dict[str, Any], cases: list[Slow], office: OfficeFacts, within: Callable[[date], bool]) -> None:
    found["kepuasan.skm"] = found["kepuasan.tanpa_surat_suara"] = 0, {}
    served = sum(1 for one in cases if one.outcome == "dijawab")
    asked = 3.841 * served * 0.25 / (0.0025 * (served - 1) + 3.841 * 0.25) if served else 0
    found["kepuasan.sasaran"] = served, {"sasaran": int(asked + 0.5)} if served else {}
    complaints = [one for one in office.complaints if within(one.received)]
    found["pengaduan.tahap"] = _tally(one.status for one in complaints)
    found["pengaduan.jenis"] = _tally(one.kind for one in complaints)
    found["pengaduan.hasil"] = _tally(one.outcome for one in complaints if one.outcome is not None)
    late = [bool(one.late) for one in complaints]
    ended = [one.answered is not None for one in complaints]
    found["pengaduan.waktu"] = _tally(
        "tidak" if slow else "ya" if over else "" for slow, over in zip(late, ended, strict=True)
    )
    meetings = [meeting for one in cases for meeting in one.case.jadwal]
    found["jadwal.cara"] = _tally(one.cara for one in meetings)
    found["jadwal.keadaan"] = _tally(one.selesai for one in meetings)
    found["hambatan.kantor"] = _tally(one.kind for one in office.obstacles if within(one.day))
    activities = [one for one in office.activities if within(one.day)]
    found["kegiatan.jenis"] = _tally(one.kind for one in activities)
    found["kegiatan.cara"] = _tally(one.way for one in activities)
    found["kegiatan.pelatihan"] = _tally(one.training for one in activities if one.kind == "pelatihan")
    people: Counter[str] = Counter()
    for one in activities:
        people[one.kind] += one.people or 0
    found["kegiatan.hadir"] = sum(people.values()), people
    names = {"": "", "ani": "ani", "budi": "budi", "dedi": "dedi", "Petugas cici": "cici"}
    assert {*names.values()} - {""} == {*STAFF.officers}
    stranger = "di_luar_daftar"
    found["beban.pengelola_layanan"] = _tally(names[one.case.verifikasi.oleh] for one in cases)
    found["beban.analis_hukum"] = _tally(names.get(one.case.penugasan.analis, stranger) for one in cases)
    found["beban.kepala_bagian"] = _tally(names[one.case.penugasan.pemeriksa] for one in cases)
    waiting = [one for one in cases if one.outcome == "terbuka"]
    found["beban.giliran"] = len(waiting), Counter(key for one in waiting for key in one.holders)
    if office.saving is not None:
        done = sum(one.outcome == "dijawab" for one in cases)
        found["penghematan"] = done, {"rupiah": done * office.saving}
