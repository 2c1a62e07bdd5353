"""Requests as offices might have them, made by a seed: files and journals, of every way, with slips of a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, get_args

from processor.cases.case_file import CaseFile, HelpKind
from processor.cases.case_parts import Channel, ObstacleKind, Rejection
from processor.cases.case_status import Derived, Status
from processor.cases.complaint import ComplaintFacts, ComplaintKind, ComplaintStatus
from processor.cases.complaint import Outcome as ComplaintOutcome
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.evaluation import case_facts
from processor.evaluation.case_facts import CaseFacts, CountingRules
from processor.evaluation.office_facts import ActivityFacts, ObstacleFacts, OfficeFacts
from processor.foundation.settings_agency import Officer
from processor.foundation.working_time import Calendar, OwnDay
from tests.evaluation.test_case_facts import SETTINGS

OFF = (date(2025, 12, 25), date(2026, 1, 1), date(2026, 3, 19), date(2026, 5, 1), date(2026, 8, 17), date(2026, 12, 25))
CALENDAR = Calendar(
    {day: OwnDay(tanggal=day, nama="Libur", dasar="SK") for day in OFF}, frozenset(range(2025, 2029))
)  # fmt: skip
COUNTING = CountingRules(SETTINGS.layanan.model_copy(update={"jeda_koordinasi": True}), CALENDAR, SETTINGS.taksonomi)
ZONE = SETTINGS.layanan.zone
STAFF = Staff({key: Officer(nama=f"Petugas {key}", peran=()) for key in ("ani", "budi", "cici", "dedi")})
UNITS = {"BKD": "Badan Kepegawaian", "DISDIK": "Dinas Pendidikan"}
_WAYS: tuple[tuple[Status, ...], ...] = (
    ("diteruskan", "disusun", "diperiksa", "disetujui", "disampaikan", "selesai", "diarsipkan"),
    ("diteruskan", "disusun", "diperiksa", "dikembalikan", "diperiksa", "disetujui", "disampaikan", "selesai"),
    (
        "diteruskan",
        "disusun",
        "diperiksa",
        "dikembalikan",
        "dikembalikan",
        "disusun",
        "diperiksa",
        "dikembalikan",
        "diperiksa",
        "disetujui",
        "disampaikan",
    ),
    ("menunggu_kelengkapan", "diajukan", "diteruskan", "disusun", "diperiksa", "disetujui", "disampaikan"),
    ("menunggu_kelengkapan", "menunggu_kelengkapan", "diajukan", "menunggu_kelengkapan", "ditolak", "disampaikan"),
    ("dibatalkan", "diajukan", "diteruskan", "disusun", "dibatalkan", "diarsipkan"),
    ("ditolak", "disampaikan", "diteruskan", "disusun", "diperiksa", "disetujui", "disampaikan"),
)


@dataclass(frozen=True, slots=True)
class GeneratedCase:
    """One request: its file, its journal, and the status that follows."""

    case: CaseFile
    events: tuple[Event, ...]
    seen: Derived

    @property
    def facts(self) -> CaseFacts:
        return case_facts.facts_of(self.case, self.seen, self.events, STAFF, COUNTING)


def register(seed: int) -> tuple[tuple[GeneratedCase, ...], OfficeFacts]:
    """A register of up to a dozen requests, and what its office counts beside them."""
    random = Random(seed)
    cases = tuple(_case(random, serial) for serial in range(1, random.randint(1, 13)))
    numbers = [one.case.nomor_registrasi for one in cases]
    office = OfficeFacts(
        activities=tuple(
            ActivityFacts(
                _day(random),
                random.choice(("sosialisasi", "pelatihan")),
                "daring",
                random.choice((None, 0, 7)),
                random.choice(("", "sikap_layanan")),
            )
            for _ in range(random.randint(0, 4))
        ),
        complaints=tuple(_complaint(random) for _ in range(random.randint(0, 4))),
        obstacles=tuple(
            ObstacleFacts(_day(random), random.choice(get_args(ObstacleKind)), solved=False)
            for _ in range(random.randint(0, 4))
        ),
        units={number: random.choice((*UNITS, "LAIN")) for number in numbers if random.random() < 0.8} | {"": ""},
        unit_names=UNITS,
        saving=random.choice((None, 0, 1_200_000)),
    )
    return cases, office


def _complaint(random: Random) -> ComplaintFacts:
    day = _day(random)
    outcome: ComplaintOutcome | None = random.choice((None, "terbukti"))
    status: ComplaintStatus = "dijawab" if outcome else random.choice(("diterima", "diteruskan"))
    late = random.choice((frozenset[str](), frozenset({"rencana"})))
    return ComplaintFacts(
        "PGD-2026-0001", day, "situs", random.choice(get_args(ComplaintKind)), anonymous=True, about_officer=False,
        status=status, outcome=outcome, forwarded=None, planned=None, answered=day if outcome else None, days={},
        late=late,
    )  # fmt: skip


def _day(random: Random) -> date:
    return date(2025, 12, 1) + timedelta(days=random.randrange(420))


def _case(random: Random, serial: int) -> GeneratedCase:
    received = datetime(2025, 12, 1, tzinfo=ZONE) + timedelta(minutes=random.randrange(400 * 1440), seconds=7)
    way = random.choice(_WAYS)
    way = way if random.random() < 0.6 else way[: random.randint(0, len(way))]
    events = tuple(_journal(random, received, way))
    status: Status = way[-1] if way else "diajukan"
    rejected = "ditolak" in way and "diteruskan" not in way
    kind = random.choice(get_args(HelpKind))
    parts = {
        "nomor_registrasi": f"BH-{received.year}-{serial:04}",
        "diterima": received,
        "sumber": random.choice((*get_args(Channel), "lama")),
        "bentuk": kind if "disampaikan" in way or random.random() < 0.8 else None,
        "verifikasi": _verification(random, rejected=rejected),
        "penugasan": {"analis": random.choice(("", "ani", "orang luar")), "pemeriksa": random.choice(("", "dedi"))},
        "pemeriksaan": {"mutu": random.choice((None, {}, {"fakta": 4, "saran": random.randint(1, 4)}))},
        "hambatan": [{"jenis": random.choice((None, "teknis", "pemohon"))} for _ in range(random.randint(0, 2))],
        "koordinasi": [_coordination(random, received.date()) for _ in range(random.randint(0, 2))],
        "jadwal": [{"cara": "video", "selesai": random.choice(("ya", "batal"))}] * random.randint(0, 1),
        "lanjutan_dari": random.choice(("", "", "BH-2025-0001")),
        "mendesak": random.choice((None, {"perihal": "sidang", "tanggal": received.date()}, {"perihal": "sidang"})),
        "pembatalan": {"tanggal": received.date() if status == "dibatalkan" else None},
    }
    if random.random() < 0.8:
        parts["diajukan"] = received + timedelta(minutes=random.randint(-3000, 90))
    if any(event.kind == "jawaban" for event in events):
        letter = next(event for event in reversed(events) if event.kind == "jawaban").data
        parts["penyampaian"] = {"nomor_surat": letter["nomor"], "tanggal": received.date()}
        parts["bentuk"] = kind
        events = tuple(_with_kind(event, "pemberitahuan_penolakan" if rejected else kind) for event in events)
    if "ditolak" in way:
        parts["keberatan"] = random.choice((None, _objection(random, received.date())))
    holders = ("ani", "budi") if random.random() < 0.5 else ()
    return GeneratedCase(CaseFile.model_validate(parts), events, Derived(status, "", holders, (), (), ()))


def _verification(random: Random, *, rejected: bool) -> dict[str, Any]:
    lists = SETTINGS.taksonomi
    words = {
        "ranah": random.choice(("", *lists.ranah)),
        "topik": random.choice(("", "entah", *lists.topik)),
        "posisi_pemohon": random.choice(lists.posisi_pemohon),
        "oleh": random.choice(("", "budi", "Petugas cici")),
    }
    decided = {"keputusan": "ditolak", "alasan_jenis": random.choice(get_args(Rejection))} if rejected else {}
    return words | decided


def _coordination(random: Random, received: date) -> dict[str, Any]:
    sent = received + timedelta(days=random.randint(0, 5))
    return {
        "kepada": random.choice(("BKD", "bkd", "inspektorat", "Pak Rekaan")),
        "dikirim": sent,
        "jeda": random.random() < 0.3,
        "batas": random.choice((None, sent + timedelta(days=3))),
        "dijawab": random.choice((None, sent + timedelta(days=random.randint(0, 9)))),
    }


def _objection(random: Random, received: date) -> dict[str, Any]:
    day = received + timedelta(days=random.randint(1, 20))
    ruling = random.choice((None, "dikabulkan", "ditolak"))
    return {
        "tanggal": day,
        "putusan": ruling,
        "diputus": day + timedelta(days=random.randint(0, 12)) if ruling else None,
    }


def _journal(random: Random, received: datetime, way: tuple[Status, ...]) -> Iterator[Event]:
    """The journal of a way; now and then a clock stands still or goes back, and a letter is sent twice."""
    time, before = received, "diajukan"
    yield Event("didaftar", received, "payung", {})
    for status in way:
        step = random.choice((0, 5, 60, 200, 1440, 3000, -600 if random.random() < 0.2 else 30))
        time += timedelta(minutes=step, seconds=random.randint(0, 50))
        yield Event("status", time, "petugas", {"dari": before, "menjadi": status})
        if status == "disampaikan":
            for _ in range(random.choice((1, 1, 2))):
                yield Event("jawaban", time, "payung", {"jenis": "", "nomor": "180/1"})
        before = status


def _with_kind(event: Event, kind: str) -> Event:
    if event.kind != "jawaban":
        return event
    return Event(event.kind, event.time, event.actor, {**event.data, "jenis": kind})
