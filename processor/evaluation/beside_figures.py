"""What stands beside the requests: survey, complaints, appointments, activities, load, savings. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from processor.cases.case_parts import MeetingState, MeetingWay, ObstacleKind
from processor.cases.complaint import ComplaintKind, ComplaintStatus
from processor.cases.complaint import Outcome as ComplaintOutcome
from processor.cases.office_records import ActivityKind, ActivityWay, TrainingKind
from processor.evaluation import survey_figures
from processor.evaluation.case_facts import UNLISTED
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import REQUESTS, Figure, FigureRow, label_of, partition
from processor.evaluation.office_facts import ActivityFacts, OfficeFacts
from processor.foundation.settings_agency import Role

_STATES = {"ya": "Sudah berlangsung", "tidak": "Belum berlangsung", "batal": "Tidak jadi"}
_ROLES: Mapping[Role, str] = {
    "pengelola_layanan": "verifikasi",
    "analis_hukum": "penyusunan",
    "kepala_bagian": "pemeriksaan",
}
_KINDS = get_args(ActivityKind)
_PUNCTUAL = {"ya": "Dijawab, semua dalam batas", "tidak": "Ada yang lewat batas", "": "Berjalan dalam batas"}


def of(counted: CountedCases, office: OfficeFacts) -> Iterator[Figure]:
    """Count what belongs to the period."""
    yield from survey_figures.of(counted, office)
    yield from _complaints(counted, office)
    yield from _appointments(counted)
    yield _office_obstacles(counted, office)
    yield from _activities(counted, office)
    yield from _load(counted)
    if office.saving is not None:
        yield _savings(counted, office.saving)


def _complaints(counted: CountedCases, office: OfficeFacts) -> Iterator[Figure]:
    found, unit = [one for one in office.complaints if counted.period.holds(one.received)], "pengaduan"
    said = f"Pengaduan tentang layanan yang diterima pada {counted.period.title}"
    rows = partition((one.status for one in found), get_args(ComplaintStatus), unit)
    definition = f"{said}, menurut tahapnya; {counted.as_of}. Pengaduan tidak dihitung sebagai permohonan."
    yield Figure("pengaduan.tahap", "Pengaduan tentang layanan", 4, rows, len(found), unit, definition)
    rows = partition((one.kind for one in found), get_args(ComplaintKind), unit)
    yield Figure("pengaduan.jenis", "Pengaduan menurut isinya", 4, rows, len(found), unit, f"{said}, menurut jenisnya.")
    results = [one.outcome for one in found if one.outcome]
    rows = partition(results, get_args(ComplaintOutcome), unit)
    definition = f"{said} dan sudah dijawab, menurut hasil pemeriksaannya."
    yield Figure("pengaduan.hasil", "Pengaduan menurut hasilnya", 4, rows, len(results), unit, definition)
    words = ("tidak" if one.late else "ya" if one.answered else "" for one in found)
    rows = partition(words, _PUNCTUAL, unit, _PUNCTUAL)
    definition = f"{said}: apakah tiap tahapnya selesai dalam batas waktunya; {counted.as_of}."
    yield Figure("pengaduan.waktu", "Pengaduan menurut waktunya", 4, rows, len(found), unit, definition)


def _appointments(counted: CountedCases) -> Iterator[Figure]:
    met, unit = [pair for one in counted.cases for pair in one.appointments], "janji temu"
    definition = f"Janji bertemu atau berbicara dengan pemohon pada {counted.registered}"
    rows = partition((way for way, _ in met), get_args(MeetingWay), unit)
    yield Figure("jadwal.cara", "Janji temu", 5, rows, len(met), unit, f"{definition}, menurut caranya.")
    rows = partition((state for _, state in met), get_args(MeetingState), unit, _STATES)
    definition = f"{definition}; {counted.as_of}."
    yield Figure("jadwal.keadaan", "Janji temu menurut keadaannya", 5, rows, len(met), unit, definition)


def _office_obstacles(counted: CountedCases, office: OfficeFacts) -> Figure:
    kinds = [one.kind for one in office.obstacles if counted.period.holds(one.day)]
    definition = f"Hambatan kantor sendiri yang dicatat pada {counted.period.title}, di luar yang ada pada permohonan."
    rows = partition(kinds, get_args(ObstacleKind), "hambatan")
    return Figure("hambatan.kantor", "Hambatan kantor", 6, rows, len(kinds), "hambatan", definition)


def _activities(counted: CountedCases, office: OfficeFacts) -> Iterator[Figure]:
    found = [one for one in office.activities if counted.period.holds(one.day)]
    said, unit = f"Kegiatan pada {counted.period.title}", "kegiatan"
    rows = partition((one.kind for one in found), _KINDS, unit)
    yield Figure("kegiatan.jenis", "Kegiatan", 0, rows, len(found), unit, f"{said}, menurut jenisnya.")
    rows = partition((one.way for one in found), get_args(ActivityWay), unit)
    yield Figure("kegiatan.cara", "Kegiatan menurut caranya", 0, rows, len(found), unit, f"{said}, menurut caranya.")
    subjects = [one.training for one in found if one.kind == "pelatihan"]
    rows = partition(subjects, get_args(TrainingKind), unit)
    definition = f"Pelatihan petugas pada {counted.period.title}, menurut pokoknya."
    yield Figure("kegiatan.pelatihan", "Pelatihan petugas", 0, rows, len(subjects), unit, definition)
    yield _people(found, said)


def _people(found: Iterable[ActivityFacts], said: str) -> Figure:
    counted = [one for one in found if one.people is not None]
    reached = dict.fromkeys((*_KINDS, *sorted({one.kind for one in counted})), 0)
    for one in counted:
        reached[one.kind] += one.people or 0
    rows = tuple(FigureRow(kind, label_of(kind), people, "orang") for kind, people in reached.items())
    definition = (
        f"Yang hadir menurut catatan {len(counted)} kegiatan. {said} yang hadirnya tidak dihitung tidak ikut; seorang "
        "yang hadir dua kali dihitung dua kali."
    )
    return Figure("kegiatan.hadir", "Orang yang dijangkau", 0, rows, sum(reached.values()), "orang", definition)


def _load(counted: CountedCases) -> Iterator[Figure]:
    """Count requests by who handled them, for each role, and by whose turn it is."""
    labels = {"": "Belum ada petugasnya"}
    handled = [dict(one.officers) for one in counted.cases]
    for role, work in _ROLES.items():
        keys = [one.get(role, "") for one in handled]
        labels |= {key: key for key in keys if key not in {"", UNLISTED}}
        definition = f"Semua {counted.registered}, menurut petugas yang mengerjakan {work}."
        rows = partition(keys, (), labels=labels)
        yield Figure(f"beban.{role}", f"Beban {work}", 0, rows, len(keys), REQUESTS, definition, inside=True)
    waiting = [one for one in counted.cases if one.is_open]
    keys = [key for one in waiting for key in one.holders]
    definition = f"Yang masih berjalan dari {counted.registered}, menurut giliran siapa; {counted.as_of}."
    remark = "Satu permohonan dapat menjadi giliran beberapa petugas, atau giliran pemohon."
    rows = partition(keys, (), labels={key: key for key in keys})
    yield Figure(
        "beban.giliran", "Giliran petugas", 0, rows, len(waiting), REQUESTS, definition, sums=False, remark=remark,
        inside=True,
    )  # fmt: skip


def _savings(counted: CountedCases, saving: int) -> Figure:
    done = sum(1 for one in counted.cases if one.outcome == "dijawab")
    rupiah = f"{saving:,}".replace(",", ".")
    rows = (FigureRow("rupiah", "Perkiraan penghematan", done * saving, "rupiah"),)
    definition = (
        f"Perkiraan kantor sendiri: {done} permohonan yang dijawab kali Rp{rupiah} per permohonan, menurut payung.yaml "
        "bagian evaluasi. Angka itu tidak diukur."
    )
    remark = "Hanya satu angka."
    return Figure(
        "penghematan", "Perkiraan penghematan", 0, rows, done, REQUESTS, definition, sums=False, remark=remark
    )
