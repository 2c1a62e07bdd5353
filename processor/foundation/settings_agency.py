"""The agency as payung.yaml describes it: who gives the help and when, by which decrees, and what letters carry."""

import re
from datetime import date, time
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from processor.foundation.indonesian_dates import tanggal
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
Role = Literal["pengelola_layanan", "analis_hukum", "kepala_bagian", "kepala_biro"]
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class Agency(Written):
    """The office that gives the help."""

    nama: str = Field(description="Nama satuan kerja, misalnya Bagian Hukum")
    induk: str = Field(description="Bagian dari apa, misalnya Sekretariat Daerah Kabupaten Contoh")
    pemerintah: str = Field(description="Pemerintah daerah atau kementerian, seperti disebut dalam kalimat")
    kop: tuple[str, ...] = Field(description="Kepala surat, satu baris satu butir")
    alamat: str = Field(description="Alamat kantor")
    kota: str = Field(description="Kota di samping tanggal surat")
    telepon: str = Field(description="Telepon yang diangkat pada jam layanan")
    email: EmailAddress = Field(description="Alamat email layanan")
    email_pengaduan: str = Field(description="Alamat email bagi pengaduan tentang layanan")
    instagram: str = Field(default="", description="Nama akun Instagram; kosong: tidak disebut")
    jdih: str = Field(default="", description="Alamat situs JDIH; kosong: tidak disebut")
    alamat_pengaduan: str = Field(default="", description="Alamat surat pengaduan, bila lain dari alamat")
    daerah: YesNo = Field(default=True, description="tidak, bagi kementerian atau lembaga")
    logo: str = Field(
        default="",
        description="Berkas lambang instansi (SVG, PNG, atau JPG), dihitung dari payung.yaml: untuk cetakan, dan untuk "
        "situs bila letaknya di dalam docs",
    )


class DayHours(Written):
    """The hours of a day; ``istirahat`` is a break that does not count, from and to."""

    mulai: Clock = Field(description="Jam buka, misalnya 08.00")
    selesai: Clock = Field(description="Jam tutup")
    istirahat: tuple[Clock, Clock] | None = Field(
        default=None, description="Istirahat yang tidak dihitung, misalnya [12.00, 13.00]"
    )

    @property
    def menit(self) -> int:
        """The minutes that count on such a day: 7.30 to 16.00 with an hour's break is 450."""
        spans = [(self.mulai, self.selesai), *([self.istirahat] if self.istirahat else [])]
        whole, *rest = (60 * (end.hour - begin.hour) + end.minute - begin.minute for begin, end in spans)
        return whole - sum(rest)


class SpecialHours(DayHours):
    """Other hours for some days, such as Ramadan; both days are included."""

    nama: str = Field(description="Nama masa itu, misalnya Ramadan")
    dari: date = Field(description="Hari pertamanya")
    sampai: date = Field(description="Hari terakhirnya")
    jumat: DayHours | None = None


Minutes = Annotated[
    int,
    Field(description="Menit jam layanan, atau hari layanan, misalnya 2 hari"),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "hari$"}]}),
]
_DAYS = re.compile(r"\s*([0-9]+)\s*hari\s*")


class StepLimits(Written):
    """Working minutes for each step and the target for the whole (SOP), or days: "1 hari" is the office's own day."""

    verifikasi: Minutes = 30
    kajian: Minutes = 420
    pemeriksaan: Minutes = 420
    penyampaian: Minutes = 15
    sasaran: Minutes = 420


class StepActors(Written):
    """Who does each step, as the SOP names them."""

    verifikasi: str = Field(
        default="Pokja dokumentasi dan digitalisasi", description="Pelaksana langkah itu menurut SOP"
    )
    kajian: str = Field(default="Pokja layanan konsultasi", description="Pelaksana langkah itu menurut SOP")
    pemeriksaan: str = Field(default="Kepala bagian", description="Pelaksana langkah itu menurut SOP")
    penyampaian: str = Field(
        default="Pokja dokumentasi dan digitalisasi", description="Pelaksana langkah itu menurut SOP"
    )

    @property
    def pemeriksa(self) -> str:
        """Who reviews, as it is written inside a sentence."""
        return self.pemeriksaan[:1].lower() + self.pemeriksaan[1:]


class ServiceHours(DayHours):
    """When the service is open and how many work in it."""

    hari: str = Field(description="Hari layanan dalam kata")
    zona: Zone = Field(default="Asia/Jakarta", description="Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura")
    petugas: int = Field(description="Banyaknya petugas layanan")
    jumat: DayHours | None = None
    jam_khusus: tuple[SpecialHours, ...] = ()
    batas: StepLimits = StepLimits()
    batas_keberatan: int = Field(
        default=5, ge=1, le=60, description="Hari kerja untuk memutus dan menjawab keberatan atas penolakan"
    )
    pelaksana: StepActors = StepActors()
    dasar_hukum: tuple[str, ...] = Field(
        default=(), description="Dasar hukum standar pelayanan: kunci dasar-hukum.yaml"
    )
    laporan_kepada: str = Field(
        default="kepala daerah melalui sekretaris daerah", description="Kepada siapa laporan tahunan disampaikan"
    )
    jeda_koordinasi: YesNo = Field(
        default=False, description="ya: waktu berhenti selama instansi lain diminta (jeda: ya pada koordinasi)"
    )
    batas_kelengkapan: int | None = Field(
        default=None, ge=1, le=365, description="Hari kerja bagi pemohon untuk melengkapi; kosong: tidak dibatasi"
    )
    pemetaan_triwulan: YesNo = Field(default=True, description="Kebiasaan kantor: permohonan dipetakan tiap triwulan")

    @model_validator(mode="before")
    @classmethod
    def _days_into_minutes(cls, written: Any) -> Any:
        """Turn limits in days into minutes of the office's own day; what is not written so stays as it is."""
        limits = written.get("batas") if isinstance(written, dict) else None
        if not isinstance(limits, dict) or not any(
            isinstance(one, str) and _DAYS.fullmatch(one) for one in limits.values()
        ):
            return written
        try:
            day = DayHours.model_validate({name: written[name] for name in DayHours.model_fields if name in written})
        except ValueError:  # told in its own place
            return written
        return {**written, "batas": {name: _minutes(one, day.menit) for name, one in limits.items()}}

    @property
    def zona_singkat(self) -> str:
        """WIB, WITA or WIT; another zone keeps its own name."""
        return ZONE_NAMES.get(self.zona, self.zona)

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zona)


def _minutes(limit: object, day: int) -> object:
    """Turn "2 hari" into minutes; anything else stays as it is."""
    days = _DAYS.fullmatch(limit) if isinstance(limit, str) else None
    return int(days[1]) * day if days else limit


class ComplaintLimits(Written):
    """By when a complaint about the service is forwarded, planned for and answered, in working days from its receipt.

    The day of receipt is not counted.
    """

    diteruskan: int = Field(default=3, ge=1, le=365, description="Hari kerja sampai pengaduan diteruskan")
    rencana: int = Field(default=5, ge=1, le=365, description="Hari kerja sampai ada rencana tindak lanjut")
    dijawab: int = Field(default=14, ge=1, le=365, description="Hari kerja sampai jawaban tertulis disampaikan")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse limits of which a later step's ends first. Raises ValueError."""
        if not self.diteruskan <= self.rencana <= self.dijawab:
            raise ValueError("diteruskan, rencana, dan dijawab tidak berurutan. Tulis dari yang paling sedikit.")
        return self


class Evaluation(Written):
    """What the evaluation of the service says by the office's own word."""

    penghematan_per_kasus: int | None = Field(
        default=None,
        ge=0,
        description="Perkiraan kantor sendiri: rupiah yang dihemat tiap permohonan yang dijawab",
    )
    terbit: int | None = Field(
        default=None,
        ge=1,
        le=28,
        description="Tanggal terbit angka di situs, pada bulan sesudah tiap triwulan; kosong: tidak diterbitkan",
    )
    lisensi: Literal["CC BY 4.0", "CC0 1.0"] = Field(
        default="CC BY 4.0", description="Lisensi data terbuka yang terbit di situs"
    )
    terbit_unit: YesNo = Field(default=False, description="ya: angka yang terbit juga menurut unit pemohon")


class Officer(Written):
    """Somebody who works in the service. ``nip`` tells when an officer is the applicant."""

    nama: str = Field(description="Nama lengkap")
    peran: tuple[Role, ...] = Field(
        description="pengelola_layanan, analis_hukum, kepala_bagian; kepala_biro, pimpinan di atasnya, melihat "
        "angka dan daftar"
    )
    nip: str = Field(default="", description="Agar ia tidak menangani permohonannya sendiri")
    email: OptionalAddress = Field(default="", description="Alamat untuk pengingat dan ringkasan")
    akun: str = Field(default="", description="Akun komputer kantor yang hanya dipakai petugas ini")
    berhenti: YesNo = Field(default=False, description="ya: tidak bertugas lagi; namanya di berkas lama tetap dikenal")


class Taxonomy(Written):
    """The words by which requests are counted."""

    ranah: tuple[str, ...] = Field(
        default=("administrasi", "perdata", "pidana", "tun", "lainnya"), description="Ranah hukum pada laporan"
    )
    topik: tuple[str, ...] = Field(
        default=(
            "kepegawaian_disiplin", "netralitas", "pengadaan", "keuangan_aset", "pelayanan_publik",
            "kontrak_perjanjian", "data_informasi", "lainnya",
        ),
        description="Topik pada laporan",
    )  # fmt: skip
    posisi_pemohon: tuple[str, ...] = Field(
        default=("potensi", "saksi", "terlapor", "tersangka", "tergugat", "lainnya"),
        description="Kedudukan pemohon dalam persoalannya, pada laporan",
    )


class Decree(Written):
    """An official text that the site explains; without a number it is a draft."""

    nama: str = Field(description="Nama naskahnya, misalnya Keputusan Bupati Contoh")
    nomor: str = Field(default="", description="Kosong selama naskahnya belum ditetapkan")
    tanggal: date | None = Field(default=None, description="Hari ditetapkan, misalnya 2026-07-02")
    dibuat: date | None = Field(default=None, description="Bagi SOP: hari dibuat")
    pengesah: str = Field(default="", description="Bagi SOP: jabatan yang mengesahkan")
    dasar_hukum: tuple[str, ...] = Field(default=(), description="Dasar hukum naskah itu: kunci dasar-hukum.yaml")
    susunan: tuple[str, ...] = Field(default=(), description="Bagi keputusan tim: siapa saja, dengan jumlahnya")

    @property
    def sebutan(self) -> str:
        """How pages cite it: with number and day, or as the draft that it still is."""
        if not self.nomor:
            return f"rancangan {self.nama} (belum ditetapkan)"
        return f"{self.nama} Nomor {self.nomor}" + (f" tanggal {tanggal(self.tanggal)}" if self.tanggal else "")


class Decrees(Written):
    """The texts on which the service stands."""

    pedoman: Decree
    sop: Decree
    tim: Decree


class Signer(Written):
    """Who signs letters."""

    atas_nama: str = Field(default="", description="Misalnya a.n. Kepala Bagian Contoh; kosong bila atas nama sendiri")
    jabatan: str = Field(description="Jabatan penanda tangan; halaman Privasi menyebutnya")
    nama: str = Field(description="Nama penanda tangan, dengan gelar")
    nip: str = Field(description="NIP penanda tangan")
    pangkat: str = Field(default="", description="Pangkat penanda tangan; kosong: tidak ditulis")


class Letters(Written):
    """What every letter carries."""

    awalan: str = Field(pattern=r"^[A-Z]{1,6}$", description="Awalan nomor registrasi, misalnya BH")
    klasifikasi: str = Field(description="Kode klasifikasi arsip pada nomor surat")
    sifat: str = Field(default="Rahasia", description="Sifat surat")
    tanda_tangan: Literal["wajib", "tidak_wajib"] | None = Field(
        default=None,
        description="wajib: surat disampaikan sesudah ada PDF yang ditandatangani; tidak_wajib: Payung membuat PDF "
        "akhirnya, dan suratnya menyebut bahwa ia tanpa tanda tangan",
    )
    penandatangan: Signer
    tembusan: tuple[str, ...] = Field(
        default=(), description="Penerima tembusan surat jawaban; halaman Privasi menyebutnya"
    )


Trouble = Literal["dipanggil", "pengadaan", "disiplin", "digugat", "keuangan", "data"]


class OtherPlace(Written):
    """Where else an officer in trouble may turn to; ``untuk`` are the pages that name it, all of them by default."""

    nama: str = Field(description="Nama tempat itu")
    untuk: tuple[Trouble, ...] = Field(default=(), description="Halaman yang menyebutnya; kosong: semua")
    keterangan: str = Field(default="", description="Untuk apa ke sana")
    telepon: str = Field(default="", description="Nomor yang sudah Anda hubungi sendiri")
    alamat: str = Field(default="", description="Alamatnya")
    jam: str = Field(default="", description="Kapan dapat dihubungi, misalnya 24 jam")


class DataProtection(Written):
    """What the privacy notice must say (UU 27/2022): who protects the data (Art 53), and how long it is kept."""

    jabatan: str = Field(default="", description="Pejabat atau petugas pelindungan data pribadi")
    kontak: str = Field(default="", description="Email atau telepon pejabat itu")
    retensi: str = Field(default="", description="Lamanya menurut jadwal retensi arsip instansi")
