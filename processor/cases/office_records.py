"""What an office writes about itself, beside its cases: events, risks, action plan, obstacles, monitoring. Pure forms.

Each entry may hold keys of the office's own. No identity stands there: the files are not sealed. How they are read:
``office_record_files``; what can be wrong: ``office_record_mistakes``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, RootModel, WithJsonSchema

from processor.cases.case_parts import CaseText, Day, ObstacleKind, Part, Texts
from processor.foundation import indonesian_dates

ActivityKind = Literal["sosialisasi", "pelatihan", "edukasi_netralitas"]
ActivityWay = Literal["tatap_muka", "daring", "apel", "whatsapp", "instagram", "jdih", "leaflet"]
TrainingKind = Literal["literasi_hukum", "sistem_elektronik", "sikap_layanan"]

_REVIEWED = 366
"""Days after which a risk is to be looked at again: the register of risks is reviewed every year."""


def _upper(value: Any) -> Any:
    """Read a unit's code as it was meant: in capitals."""
    return value.strip().upper() if isinstance(value, str) else value


Scale = Annotated[int, Field(ge=1, le=5)]
GivenDay = Annotated[date, BeforeValidator(indonesian_dates.read_date), WithJsonSchema({"type": "string"})]
UnitCode = Annotated[CaseText, BeforeValidator(_upper)]
UnitCodes = Annotated[
    Texts, AfterValidator(lambda codes: tuple(dict.fromkeys(one.strip().upper() for one in codes if one.strip())))
]


class Activity(Part):
    """Something that the office held or plans: to spread the word, to train its officers, or to keep ASN neutral."""

    jenis: ActivityKind = Field(description="sosialisasi, pelatihan (petugas), atau edukasi_netralitas")
    tanggal: GivenDay = Field(description="Kapan, misalnya 2026-07-02; yang belum tiba dihitung sebagai rencana")
    cara: ActivityWay | None = Field(default=None, description="Lewat apa")
    tempat: CaseText = Field(default="", description="Di mana, atau tautannya")
    sasaran: CaseText = Field(default="", description="Siapa yang dituju, tanpa nama orang")
    unit: UnitCodes = Field(default=(), description="Kode unit yang ikut, seperti di payung.yaml")
    hadir: int | None = Field(default=None, ge=0, description="Berapa orang yang hadir atau terjangkau")
    hadir_ppnpn: int | None = Field(default=None, ge=0, description="Berapa dari yang hadir bukan ASN (PPNPN)")
    materi: CaseText = Field(default="", description="Apa yang disampaikan")
    pelatihan: TrainingKind | None = Field(default=None, description="Bagi pelatihan petugas: yang mana dari tiga")
    umum: Day = Field(default=None, description="Sejak kapan tampil pada Kabar di situs; kosong: tidak tampil")


class Risk(Part):
    """Something that may go wrong in the service. The score is computed."""

    kode: CaseText = Field(description="Nama pendek, misalnya R1; tidak pernah diubah")
    uraian: CaseText = Field(default="", description="Apa yang dapat terjadi")
    kemungkinan: Scale = Field(description="1 (jarang) sampai 5 (hampir pasti)")
    dampak: Scale = Field(description="1 (kecil) sampai 5 (sangat besar)")
    penanganan: CaseText = Field(default="", description="Apa yang dilakukan terhadapnya")
    penanggung_jawab: CaseText = Field(default="", description="Jabatan atau tim yang mengerjakannya")
    ditinjau: Day = Field(default=None, description="Kapan terakhir ditinjau; setahun sekali")

    @property
    def skor(self) -> int:
        """Give likelihood times impact, 1 to 25."""
        return self.kemungkinan * self.dampak

    def review_due(self, today: date) -> bool:
        """Tell whether it was not reviewed within the last year."""
        return self.ditinjau is None or (today - self.ditinjau).days > _REVIEWED


class PlannedAction(Part):
    """What the office set itself to do after an evaluation, by aspect of the yearly report."""

    kode: CaseText = Field(description="Nama pendek, misalnya 2026-1; tidak pernah diubah")
    tahun: int = Field(description="Tahun rencana ini dikerjakan")
    aspek: int = Field(ge=1, le=6, description="Aspek laporan tahunan, 1 sampai 6")
    uraian: CaseText = Field(default="", description="Apa yang dikerjakan")
    penanggung_jawab: CaseText = Field(default="", description="Jabatan atau tim yang mengerjakannya")
    tenggat: Day = Field(default=None, description="Kapan harus selesai")
    selesai: Day = Field(default=None, description="Kapan selesai; kosong selama belum")
    hasil: CaseText = Field(default="", description="Apa hasilnya")

    def late(self, today: date) -> bool:
        """Tell whether it should be done by now and is not."""
        return self.selesai is None and self.tenggat is not None and self.tenggat < today


class OfficeObstacle(Part):
    """What hindered the whole office; what hindered one case stands in that case."""

    tanggal: GivenDay = Field(description="Kapan hambatan itu ada")
    jenis: ObstacleKind = Field(description="Jenis hambatan, untuk laporan")
    uraian: CaseText = Field(default="", description="Apa yang menghambat, tanpa nama orang")
    tindakan: CaseText = Field(default="", description="Apa yang dilakukan terhadapnya")
    selesai: Day = Field(default=None, description="Kapan teratasi; kosong selama belum")


class MonitoringNote(Part):
    """What the neutrality task force saw in a unit, without saying in whom."""

    tanggal: GivenDay = Field(description="Kapan dipantau")
    unit: UnitCode = Field(default="", description="Kode unit, seperti di payung.yaml")
    catatan: CaseText = Field(default="", description="Apa yang dipantau dan dilakukan, tanpa nama orang")


class Risks(RootModel[tuple[Risk, ...]]):
    """``risiko.yaml``."""


class PlannedActions(RootModel[tuple[PlannedAction, ...]]):
    """``rencana-aksi.yaml``."""


class OfficeObstacles(RootModel[tuple[OfficeObstacle, ...]]):
    """``hambatan.yaml``."""


class MonitoringNotes(RootModel[tuple[MonitoringNote, ...]]):
    """``pemantauan.yaml``."""


ASPECTS: tuple[str, ...] = (
    "jumlah dan jenis permohonan",
    "kecepatan",
    "mutu substansi",
    "kepuasan",
    "efektivitas sistem elektronik",
    "hambatan teknis dan substantif",
)
"""The six aspects of the yearly evaluation (Pedoman), the first of them number 1."""


@dataclass(frozen=True, slots=True)
class UnitEducation:
    """How often a unit took part in neutrality education, and how many came.

    Of those who came to an event of several units nobody knows how many were this unit's: such events are ``shared``,
    and their people are counted in none.
    """

    unit: str
    events: int
    shared: int
    people: int


def education_by_unit(activities: Iterable[Activity], today: date) -> tuple[UnitEducation, ...]:
    """Count the neutrality education that was held up to ``today``, by unit."""
    held = [one for one in activities if one.jenis == "edukasi_netralitas" and one.tanggal <= today]
    events = Counter(unit for one in held for unit in one.unit)
    shared = Counter(unit for one in held for unit in one.unit if len(one.unit) > 1)
    people = Counter[str]()
    for one in held:
        if len(one.unit) == 1:
            people[one.unit[0]] += one.hadir or 0
    return tuple(UnitEducation(unit, events[unit], shared[unit], people[unit]) for unit in sorted(events))
