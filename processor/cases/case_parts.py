"""What stands in a case file beside the steps: urgency, obstacles, coordination, appointments, objection, publication.

Each may be missing: a file of before has none of them, and a new one gets what there is something to say of.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from processor.foundation import indonesian_dates, yaml_reader
from processor.foundation.yaml_reader import YesNo

CaseText = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Texts = Annotated[
    tuple[CaseText, ...],
    BeforeValidator(lambda value: [] if value is None else [value] if isinstance(value, str) else value),
]
Day = Annotated[date | None, BeforeValidator(indonesian_dates.read_date)]
Moment = Annotated[datetime, BeforeValidator(indonesian_dates.read_time)]

Channel = Literal["situs", "google", "ekspor", "loket", "kertas", "telepon", "whatsapp", "email", "surat"]
UrgentMatter = Literal["surat_panggilan", "sidang", "batas_jawaban", "lainnya"]
ObstacleKind = Literal["teknis", "substansi", "koordinasi", "sumber_daya", "pemohon"]
MeetingWay = Literal["telepon", "video", "tatap_muka"]
MeetingState = Literal["ya", "tidak", "batal"]
Ruling = Literal["dikabulkan", "ditolak"]
Rejection = Literal[
    "di_luar_kedinasan", "litigasi", "atas_nama_orang_lain", "bukan_asn_instansi", "tidak_lengkap", "lainnya"
]
KNOWN_OFFICES = ("BKD", "Inspektorat", "Diskominfo", "Biro Organisasi", "OPD lain")
"""Whom the bureau usually coordinates with; any other may be named too."""


def one_or_more(words: str) -> BeforeValidator:
    """Read a list of mappings as people write it: a single one without its dash, and plain words for the key ``words``.

    An empty item stays, so that it can be told on its line.
    """

    def read(value: Any) -> Any:
        given = [] if value is None else [value] if isinstance(value, (str, dict)) else value
        if not isinstance(given, (list, tuple)):
            return value
        return [{} if one is None else {words: one} if isinstance(one, str) else one for one in given]

    return BeforeValidator(read)


def _yes_no_or(value: object) -> object:
    """Read the words of ``YesNo`` as ya or tidak, and leave any other to the choice of words."""
    word = yaml_reader.yes_or_no(value)
    return {True: "ya", False: "tidak", None: "tidak"}.get(word, word) if isinstance(word, (bool, type(None))) else word


class Part(BaseModel):
    """A part of a case. Keys that we do not know are kept and passed over."""

    model_config = ConfigDict(frozen=True, extra="allow", str_strip_whitespace=True)


class Urgency(Part):
    """A near date that the applicant named. It changes no limit of the SOP; lists are sorted by it."""

    perihal: UrgentMatter | None = Field(default=None, description="Tanggal apa: surat panggilan, sidang, ...")
    tanggal: Day = Field(default=None, description="Tanggal itu, misalnya 2026-12-01")


class Obstacle(Part):
    """What hindered the work on a case."""

    tanggal: Day = Field(default=None, description="Kapan hambatan itu ada")
    jenis: ObstacleKind | None = Field(default=None, description="Jenis hambatan, untuk laporan")
    uraian: CaseText = Field(default="", description="Apa yang menghambat, tanpa nama pemohon")


class Coordination(Part):
    """What another office was asked."""

    kepada: CaseText = Field(default="", description=f"Kepada siapa, misalnya {', '.join(KNOWN_OFFICES[:3])}")
    perihal: CaseText = Field(default="", description="Apa yang diminta, tanpa nama pemohon")
    dikirim: Day = Field(default=None, description="Kapan dikirim")
    batas: Day = Field(default=None, description="Sampai kapan jawabannya diminta")
    dijawab: Day = Field(default=None, description="Kapan dijawab; kosong selama ditunggu")
    jeda: YesNo = Field(
        default=False, description="ya: waktu berhenti selama ditunggu; hanya bila payung.yaml membolehkan"
    )


class Appointment(Part):
    """When somebody of the office speaks with the applicant."""

    waktu: Annotated[Moment, WithJsonSchema({"type": "string"})] | None = Field(
        default=None, description="Hari dan jam, misalnya 2026-12-01 10.00; tanpa zona: zona kantor"
    )
    cara: MeetingWay | None = Field(default=None, description="telepon, video, atau tatap_muka")
    tempat: CaseText = Field(default="", description="Tautan atau tempat; nomor telepon pemohon jangan ditulis di sini")
    dengan: CaseText = Field(default="", description="Petugas yang ditemui pemohon")
    selesai: Annotated[MeetingState, BeforeValidator(_yes_no_or)] = Field(
        default="tidak", description="ya bila sudah berlangsung, batal bila tidak jadi"
    )

    def begins(self, zone: tzinfo) -> datetime | None:
        """Give when it begins, on the clock of ``zone``, which is the office's; None where nobody wrote that."""
        if self.waktu is None:
            return None
        return self.waktu.astimezone(zone) if self.waktu.tzinfo else self.waktu.replace(tzinfo=zone)

    @property
    def hourless(self) -> bool:
        """Tell whether only a day was written: nobody comes at midnight."""
        return self.waktu is not None and self.waktu.time() == time.min


class OfficeNote(Part):
    """What the office writes to the applicant on the page that their code opens. It is no answer."""

    tanggal: Day = Field(default=None, description="Kapan ditulis")
    oleh: CaseText = Field(default="", description="Siapa yang menulis: pengelola layanan atau kepala bagian")
    isi: CaseText = Field(default="", description="Kata-kata untuk pemohon, singkat, tanpa identitas siapa pun")


class Quality(Part):
    """Marks of a reviewed study, 1 (poor) to 4 (good). They belong to the yearly report and change no decision."""

    fakta: int | None = Field(default=None, ge=1, le=4, description="1-4: fakta lengkap")
    isu: int | None = Field(default=None, ge=1, le=4, description="1-4: isu hukum tepat")
    dasar_hukum: int | None = Field(default=None, ge=1, le=4, description="1-4: dasar hukum berlaku dan tepat")
    analisis: int | None = Field(default=None, ge=1, le=4, description="1-4: analisis runtut")
    saran: int | None = Field(default=None, ge=1, le=4, description="1-4: saran dapat dilaksanakan")

    @property
    def marks(self) -> Mapping[str, int]:
        """Give the marks that were given, by their names."""
        given = {name: getattr(self, name) for name in QUALITIES}
        return {name: mark for name, mark in given.items() if mark is not None}


QUALITIES = tuple(Quality.model_fields)
"""The names of the marks, in the order in which a command takes them."""


class PartRemarks(Part):
    """What the reviewer says of single parts of a study. It changes no decision; a return has its own notes."""

    kasus_posisi: CaseText = Field(default="", description="Komentar pemeriksa atas kasus posisi")
    isu_hukum: CaseText = Field(default="", description="Komentar pemeriksa atas isu hukum")
    dasar_hukum: CaseText = Field(default="", description="Komentar pemeriksa atas dasar hukum")
    analisis: CaseText = Field(default="", description="Komentar pemeriksa atas analisis")
    kesimpulan: CaseText = Field(default="", description="Komentar pemeriksa atas kesimpulan")
    saran: CaseText = Field(default="", description="Komentar pemeriksa atas saran")
    rujukan: CaseText = Field(default="", description="Komentar pemeriksa atas rujukan")

    @property
    def by_part(self) -> Mapping[str, str]:
        """Give the remarks that were made, by the key of their part."""
        given = {name: str(getattr(self, name)) for name in type(self).model_fields}
        return {name: words for name, words in given.items() if words}


class Objection(Part):
    """What an applicant says against a rejection, and what became of it."""

    tanggal: Day = Field(default=None, description="Kapan keberatan diterima")
    alasan: CaseText = Field(default="", description="Alasan keberatan, kata-kata pemohon")
    oleh: CaseText = Field(default="", description="Siapa yang memutus: kepala bagian, bukan yang menolak")
    putusan: Ruling | None = Field(default=None, description="dikabulkan atau ditolak")
    diputus: Day = Field(default=None, description="Kapan diputus")
    pertimbangan: CaseText = Field(default="", description="Pertimbangan putusan, untuk pemohon")
    nomor_surat: CaseText = Field(default="", description="Nomor surat dari sekretariat")
    tanggal_surat: Day = Field(default=None, description="Tanggal surat")
    disampaikan: Day = Field(default=None, description="Kapan surat disampaikan kepada pemohon")
    diterima: Day = Field(default=None, description="Kapan dipastikan sampai, bila diserahkan langsung")


class OverturnedRejection(Part):
    """The rejection that stood before its objection was granted. The command that grants it writes this."""

    oleh: CaseText = Field(default="", description="Siapa yang menolak")
    tanggal: Day = Field(default=None, description="Kapan ditolak")
    alasan_jenis: Rejection | None = Field(default=None, description="Jenis alasannya")
    alasan: CaseText = Field(default="", description="Alasannya")
    nomor_surat: CaseText = Field(default="", description="Nomor surat penolakan")
    tanggal_surat: Day = Field(default=None, description="Tanggal surat penolakan")
    disampaikan: Day = Field(default=None, description="Kapan penolakan disampaikan kepada pemohon")


class Retelling(Part):
    """Question and answer rewritten so that nobody is known by them, to be published by topic."""

    topik: CaseText = Field(default="", description="Topik tempat tanya jawab ini diterbitkan")
    pertanyaan: CaseText = Field(default="", description="Pertanyaan yang ditulis ulang")
    jawaban: CaseText = Field(default="", description="Jawaban yang ditulis ulang")
    penulis: CaseText = Field(default="", description="Siapa yang menulis ulang")
    penyetuju: CaseText = Field(
        default="", description="Siapa yang menyetujui, bukan penulisnya; ditulis oleh perintah"
    )
    tanggal: Day = Field(default=None, description="Kapan disetujui; ditulis oleh perintah")
    dicabut: Day = Field(default=None, description="Kapan dicabut dari situs")
