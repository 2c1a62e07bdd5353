"""``permohonan.yaml``: what it holds. How one is written stands in ``case_file_text``, its checks in ``case_mistakes``.

Made to be read by a lawyer: the order of work from top to bottom, long words as block text, a comment
where staff write next. Created once by the processor, owned by staff from then on.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, WithJsonSchema

from processor.cases.case_parts import (
    Appointment,
    CaseText,
    Channel,
    Coordination,
    Day,
    Moment,
    Objection,
    Obstacle,
    OfficeNote,
    OverturnedRejection,
    Part,
    PartRemarks,
    Quality,
    Rejection,
    Retelling,
    Texts,
    Urgency,
    one_or_more,
)
from processor.foundation.yaml_reader import YesNo

FILE_NAME = "permohonan.yaml"

HelpKind = Literal["pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "informasi_hukum", "nasihat_hukum"]
Way = Literal["kode", "email", "loket"]
LetterKind = Literal[
    "pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "informasi_hukum", "nasihat_hukum",
    "pemberitahuan_penolakan", "tanda_terima", "jawaban_keberatan",
]  # fmt: skip


UNKNOWN_TERMS = "tidak diketahui"
"""The version of terms that were accepted on a form of which nobody knows what it showed."""


class Consent(Part):
    """Which terms the applicant accepted, and when: on paper a day is enough, as nothing is computed from it."""

    versi: CaseText = Field(default="", description="Versi syarat dan ketentuan yang disetujui")
    sidik: CaseText = Field(default="", description="SHA-256 naskah syarat itu")
    waktu: Annotated[Moment, WithJsonSchema({"type": "string"})] | None = Field(
        default=None, description="Kapan disetujui; tanggal saja cukup, misalnya 2026-07-02"
    )


class Reply(Part):
    """How the applicant wants the answer, and the two public values of their code; these open nothing by themselves."""

    cara: Way | None = Field(default=None, description="Cara menerima jawaban yang dipilih pemohon")
    kode_lacak: CaseText = ""
    kunci_balasan: CaseText = ""

    @property
    def jalan(self) -> Way:
        """Give the way that the answer goes: as chosen, else by code; without a key for the code, the counter."""
        if self.cara in {"email", "loket"}:
            return self.cara
        return "kode" if self.kunci_balasan else "loket"


class Verification(Part):
    """Step 1, by the pengelola layanan."""

    keputusan: Literal["diteruskan", "dilengkapi", "ditolak"] | None = Field(
        default=None, description="diteruskan, dilengkapi (minta kelengkapan), atau ditolak"
    )
    oleh: CaseText = Field(default="", description="Siapa yang memverifikasi")
    tanggal: Day = Field(default=None, description="Kapan diputuskan, misalnya 2026-07-02")
    ranah: CaseText = Field(default="", description="Ranah hukum")
    topik: CaseText = Field(default="", description="Topik untuk laporan")
    posisi_pemohon: CaseText = Field(default="", description="Kedudukan pemohon dalam persoalan")
    kekurangan: Texts = Field(default=(), description="Bila dilengkapi: apa saja yang kurang")
    alasan_jenis: Rejection | None = Field(default=None, description="Bila ditolak: jenis alasannya")
    alasan: CaseText = Field(default="", description="Bila ditolak: alasan, satu atau dua kalimat untuk pemohon")


class Assignment(Part):
    """Step 2: who drafts, who reviews, who must not touch it."""

    analis: CaseText = Field(default="", description="Analis hukum yang menyusun")
    pemeriksa: CaseText = Field(default="", description="Kepala bagian yang memeriksa; bukan penyusunnya")
    benturan_kepentingan: Texts = Field(default=(), description="Petugas yang tidak boleh menangani permohonan ini")


class Study(Part):
    """Step 3: the analyst's draft. Long answers are Markdown."""

    kasus_posisi: CaseText = Field(default="", description="Fakta yang menjadi dasar kajian")
    isu_hukum: Texts = Field(default=(), description="Pertanyaan hukum yang dijawab, satu butir satu pertanyaan")
    dasar_hukum: Texts = Field(default=(), description="Kunci dari opinions/dasar-hukum.yaml, atau tulisan bebas")
    analisis: CaseText = Field(default="", description="Analisis, boleh panjang (Markdown)")
    kesimpulan: CaseText = Field(default="", description="Jawaban singkat atas tiap isu")
    saran: CaseText = Field(default="", description="Apa yang sebaiknya dilakukan pemohon")
    rujukan: CaseText = Field(default="", description="Ke mana pemohon dapat melanjutkan")
    selesai: YesNo = Field(default=False, description="ya bila siap diperiksa")


class Review(Part):
    """Step 4, by the kepala bagian."""

    keputusan: Literal["disetujui", "dikembalikan"] | None = Field(
        default=None, description="disetujui atau dikembalikan"
    )
    oleh: CaseText = Field(default="", description="Siapa yang memeriksa")
    tanggal: Day = Field(default=None, description="Kapan diperiksa")
    catatan: CaseText = Field(default="", description="Bila dikembalikan: apa yang harus diperbaiki")
    naskah: CaseText = Field(
        default="", description="Sidik naskah yang diperiksa; ditulis oleh perintah, jangan diubah"
    )
    mutu: Quality | None = Field(default=None, description="Nilai mutu kajian, boleh kosong")
    komentar_bagian: PartRemarks | None = Field(
        default=None, description="Komentar pemeriksa atas bagian kajian, boleh kosong"
    )


class Delivery(Part):
    """Step 5: the letter number comes from the secretariat, never from Payung."""

    nomor_surat: CaseText = Field(default="", description="Nomor surat dari sekretariat")
    tanggal_surat: Day = Field(default=None, description="Tanggal surat")
    tanggal: Day = Field(default=None, description="Kapan disampaikan kepada pemohon")
    diterima: Day = Field(default=None, description="Kapan dipastikan sampai, bila diserahkan langsung")
    lampiran: Texts = Field(default=(), description="Yang menyertai surat, satu butir satu berkas; suratnya menghitung")


class Withdrawal(Part):
    """When the applicant takes the request back."""

    tanggal: Day = Field(default=None, description="Kapan pemohon menarik permohonannya")
    catatan: CaseText = Field(default="", description="Bagaimana pemohon menyampaikannya")


class Archive(Part):
    """When nothing more is to be done."""

    tanggal: Day = Field(default=None, description="Kapan diarsipkan")


class CaseFile(Part):
    """A request as staff see it. No identity stands here."""

    nomor_registrasi: str
    diajukan: Moment | None = Field(default=None, description="Kapan pemohon mengirim")
    diterima: Moment = Field(description="Kapan didaftarkan")
    sumber: str = Field(description="Dari mana permohonan datang")
    kanal: Channel | None = Field(default=None, description="Lewat apa pemohon menghubungi, bila lain daripada sumber")
    lanjutan_dari: CaseText = Field(default="", description="Nomor permohonan yang jawabannya ditanyakan lebih lanjut")
    bentuk: HelpKind | None = Field(default=None, description="Bentuk layanan")
    bentuk_lain: CaseText = Field(default="", description="Tulisan pemohon bila bukan salah satu pilihan")
    uraian: CaseText = Field(default="", description="Uraian permasalahan, kata-kata pemohon")
    pertanyaan: CaseText = Field(default="", description="Pertanyaan hukum, kata-kata pemohon")
    dokumen: Texts = Field(default=(), description="Tautan dokumen pendukung")
    lampiran: Texts = Field(default=(), description="Berkas tersegel di folder lampiran")
    tidak_ditanyakan: Texts = Field(default=(), description="Pertanyaan yang tidak ada pada formulir pemohon")
    persetujuan: Consent = Consent()
    balasan: Reply = Reply()
    mendesak: Urgency | None = Field(default=None, description="Tanggal dekat yang disebut pemohon")
    temuan: Texts = Field(default=(), description="Hal yang perlu dilihat pemverifikasi")
    verifikasi: Verification = Verification()
    penugasan: Assignment = Assignment()
    kajian: Study = Study()
    pemeriksaan: Review = Review()
    penyampaian: Delivery = Delivery()
    pembatalan: Withdrawal = Withdrawal()
    arsip: Archive = Archive()
    hambatan: Annotated[tuple[Obstacle, ...], one_or_more("uraian")] = Field(
        default=(), description="Yang menghambat pengerjaannya"
    )
    koordinasi: Annotated[tuple[Coordination, ...], one_or_more("perihal")] = Field(
        default=(), description="Permintaan kepada instansi atau unit lain"
    )
    jadwal: Annotated[tuple[Appointment, ...], one_or_more("waktu")] = Field(
        default=(), description="Janji bertemu atau berbicara dengan pemohon"
    )
    pesan: Annotated[tuple[OfficeNote, ...], one_or_more("isi")] = Field(
        default=(), description="Pesan kantor kepada pemohon, yang dibaca dengan kodenya"
    )
    keberatan: Objection | None = Field(default=None, description="Keberatan pemohon atas penolakan")
    penolakan: OverturnedRejection | None = Field(
        default=None, description="Penolakan yang dahulu, sesudah keberatan atasnya dikabulkan"
    )
    publikasi: Retelling | None = Field(default=None, description="Tanya jawab yang ditulis ulang untuk situs")


NEEDED: Mapping[LetterKind, tuple[str, ...]] = {
    "pendapat_hukum": (
        "kajian.kasus_posisi", "kajian.isu_hukum", "kajian.dasar_hukum", "kajian.analisis", "kajian.kesimpulan",
        "kajian.saran",
    ),
    "penjelasan_peraturan": ("kajian.isu_hukum", "kajian.dasar_hukum", "kajian.analisis", "kajian.kesimpulan"),
    "rujukan_mekanisme": ("kajian.kasus_posisi", "kajian.dasar_hukum", "kajian.rujukan"),
    "informasi_hukum": ("kajian.isu_hukum", "kajian.dasar_hukum", "kajian.analisis"),
    "nasihat_hukum": (
        "kajian.kasus_posisi", "kajian.isu_hukum", "kajian.dasar_hukum", "kajian.analisis", "kajian.saran",
    ),
    "pemberitahuan_penolakan": ("verifikasi.alasan_jenis", "verifikasi.alasan"),
    "tanda_terima": (),
    "jawaban_keberatan": ("keberatan.alasan", "keberatan.pertimbangan"),
}  # fmt: skip
"""What a letter cannot be written without."""


def value_at(case: CaseFile, path: str) -> Any:
    """Give what the case holds at ``path`` (``kajian.saran``); items of a list that hold no words are left out."""
    part, name = path.split(".")
    value = getattr(getattr(case, part), name, None)
    return tuple(filter(None, value)) if isinstance(value, tuple) else value


def number_and_day(case: CaseFile, kind: LetterKind) -> tuple[str, date | None]:
    """Give number and day that the secretariat gave the letter of ``kind``; "" and None while it has not."""
    sent = case.keberatan if kind == "jawaban_keberatan" else case.penyampaian
    return (sent.nomor_surat, sent.tanggal_surat) if sent else ("", None)


def letter_numbers(case: CaseFile) -> tuple[str, ...]:
    """Give every number of a letter that stands in the case: each is spent."""
    found = (case.penyampaian, case.keberatan, case.penolakan)
    return tuple(part.nomor_surat for part in found if part and part.nomor_surat)


def channel_of(case: CaseFile) -> Channel | None:
    """Tell by which channel a request came: as staff wrote, else its source; None for a source of no channel."""
    return case.kanal or next((one for one in get_args(Channel) if one == case.sumber), None)


def duplicate_finding(number: str) -> str:
    """Say to the verifier that a case may be the same request as ``number``."""
    return f"Mungkin sama dengan {number}. Bandingkan keduanya sebelum diproses."
