"""The agency as payung.yaml describes it: who gives the help and when, by which decrees, and what letters carry."""

from datetime import date, time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from processor.foundation.settings_mail import EmailAddress, OptionalAddress
from processor.foundation.yaml_reader import Written, YesNo


def _zone(name: str) -> str:
    """Pass on the IANA name of a time zone. Raises ValueError for an unknown one."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("Zona waktu tidak dikenal. Pakai Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura.") from None
    return name


def _clock(value: object) -> object:
    """Read ``08.00``, as Indonesians write it, like ``08:00``."""
    return value.replace(".", ":") if isinstance(value, str) else value


Zone = Annotated[str, AfterValidator(_zone)]
Clock = Annotated[time, BeforeValidator(_clock)]
Role = Literal["pengelola_layanan", "analis_hukum", "kepala_bagian"]
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class Agency(Written):
    """The office that gives the help."""

    nama: str
    induk: str
    pemerintah: str
    kop: tuple[str, ...] = Field(description="Kepala surat, satu baris satu butir")
    alamat: str
    kota: str
    telepon: str
    email: EmailAddress
    email_pengaduan: str
    instagram: str = ""
    jdih: str = ""


class DayHours(Written):
    """The hours of a day; ``istirahat`` is a break that does not count, from and to."""

    mulai: Clock
    selesai: Clock
    istirahat: tuple[Clock, Clock] | None = None


class SpecialHours(DayHours):
    """Other hours for some days, such as Ramadan; both days are included."""

    nama: str
    dari: date
    sampai: date
    jumat: DayHours | None = None


class StepLimits(Written):
    """Working minutes for each step and the target for the whole (SOP; a day is 420 minutes)."""

    verifikasi: int = 30
    kajian: int = 420
    pemeriksaan: int = 420
    penyampaian: int = 15
    sasaran: int = 420


class ServiceHours(DayHours):
    """When the service is open and how many work in it."""

    hari: str
    zona: Zone = "Asia/Jakarta"
    petugas: int
    jumat: DayHours | None = None
    jam_khusus: tuple[SpecialHours, ...] = ()
    batas: StepLimits = StepLimits()

    @property
    def zona_singkat(self) -> str:
        """WIB, WITA or WIT; another zone keeps its own name."""
        return ZONE_NAMES.get(self.zona, self.zona)

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zona)


class Officer(Written):
    """Somebody who works in the service. ``nip`` tells when an officer is the applicant."""

    nama: str
    peran: tuple[Role, ...] = Field(description="pengelola_layanan, analis_hukum, kepala_bagian")
    nip: str = ""
    email: OptionalAddress = ""
    berhenti: YesNo = Field(default=False, description="ya: tidak bertugas lagi; namanya di berkas lama tetap dikenal")


class Taxonomy(Written):
    """The words by which requests are counted."""

    ranah: tuple[str, ...] = ("administrasi", "perdata", "pidana", "tun", "lainnya")
    topik: tuple[str, ...] = (
        "kepegawaian_disiplin", "netralitas", "pengadaan", "keuangan_aset", "pelayanan_publik",
        "kontrak_perjanjian", "data_informasi", "lainnya",
    )  # fmt: skip
    posisi_pemohon: tuple[str, ...] = ("potensi", "saksi", "terlapor", "tersangka", "tergugat", "lainnya")


class Decree(Written):
    """An official text that the site explains."""

    nama: str
    nomor: str
    tanggal: date
    dibuat: date | None = None
    pengesah: str = ""


class Decrees(Written):
    """The texts on which the service stands."""

    pedoman: Decree
    sop: Decree
    tim: Decree


class Signer(Written):
    """Who signs letters."""

    atas_nama: str = ""
    jabatan: str
    nama: str
    nip: str
    pangkat: str = ""


class Letters(Written):
    """What every letter carries."""

    awalan: str = Field(pattern=r"^[A-Z]{1,6}$", description="Awalan nomor registrasi, misalnya BH")
    klasifikasi: str
    sifat: str = "Rahasia"
    penandatangan: Signer
    tembusan: tuple[str, ...] = ()
