"""``permohonan.yaml``: what it holds and which mistakes it can have; how one is written stands in ``case_file_text``.

Made to be read by a lawyer: the order of work from top to bottom, long words as block text, a comment
where staff write next. Created once by the processor, owned by staff from then on.
"""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from processor.foundation import indonesian_dates, yaml_mistakes, yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_reader import Document, Key, YesNo

FILE_NAME = "permohonan.yaml"

CaseText = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Texts = Annotated[
    tuple[CaseText, ...],
    BeforeValidator(lambda value: [] if value is None else [value] if isinstance(value, str) else value),
]
Day = Annotated[date | None, BeforeValidator(indonesian_dates.read_date)]
Moment = Annotated[datetime, BeforeValidator(indonesian_dates.read_time)]
HelpKind = Literal["pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "informasi_hukum", "nasihat_hukum"]
Way = Literal["kode", "email", "loket"]
LetterKind = Literal[
    "pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "informasi_hukum", "nasihat_hukum",
    "pemberitahuan_penolakan", "tanda_terima",
]  # fmt: skip
Rejection = Literal[
    "di_luar_kedinasan", "litigasi", "atas_nama_orang_lain", "bukan_asn_instansi", "tidak_lengkap", "lainnya"
]


class _Part(BaseModel):
    """A part of a case. Keys that we do not know are kept and passed over."""

    model_config = ConfigDict(frozen=True, extra="allow", str_strip_whitespace=True)


UNKNOWN_TERMS = "tidak diketahui"
"""The version of terms that were accepted on a form of which nobody knows what it showed."""


class Consent(_Part):
    """Which terms the applicant accepted, and when: on paper a day is enough, as nothing is computed from it."""

    versi: CaseText = Field(default="", description="Versi syarat dan ketentuan yang disetujui")
    sidik: CaseText = Field(default="", description="SHA-256 naskah syarat itu")
    waktu: Annotated[Moment, WithJsonSchema({"type": "string"})] | None = Field(
        default=None, description="Kapan disetujui; tanggal saja cukup, misalnya 2026-07-02"
    )


class Reply(_Part):
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


class Verification(_Part):
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


class Assignment(_Part):
    """Step 2: who drafts, who reviews, who must not touch it."""

    analis: CaseText = Field(default="", description="Analis hukum yang menyusun")
    pemeriksa: CaseText = Field(default="", description="Kepala bagian yang memeriksa; bukan penyusunnya")
    benturan_kepentingan: Texts = Field(default=(), description="Petugas yang tidak boleh menangani permohonan ini")


class Study(_Part):
    """Step 3: the analyst's draft. Long answers are Markdown."""

    kasus_posisi: CaseText = Field(default="", description="Fakta yang menjadi dasar kajian")
    isu_hukum: Texts = Field(default=(), description="Pertanyaan hukum yang dijawab, satu butir satu pertanyaan")
    dasar_hukum: Texts = Field(default=(), description="Kunci dari opinions/dasar-hukum.yaml, atau tulisan bebas")
    analisis: CaseText = Field(default="", description="Analisis, boleh panjang (Markdown)")
    kesimpulan: CaseText = Field(default="", description="Jawaban singkat atas tiap isu")
    saran: CaseText = Field(default="", description="Apa yang sebaiknya dilakukan pemohon")
    rujukan: CaseText = Field(default="", description="Ke mana pemohon dapat melanjutkan")
    selesai: YesNo = Field(default=False, description="ya bila siap diperiksa")


class Review(_Part):
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


class Delivery(_Part):
    """Step 5: the letter number comes from the secretariat, never from Payung."""

    nomor_surat: CaseText = Field(default="", description="Nomor surat dari sekretariat")
    tanggal_surat: Day = Field(default=None, description="Tanggal surat")
    tanggal: Day = Field(default=None, description="Kapan disampaikan kepada pemohon")
    diterima: Day = Field(default=None, description="Kapan dipastikan sampai, bila diserahkan langsung")


class Withdrawal(_Part):
    """When the applicant takes the request back."""

    tanggal: Day = Field(default=None, description="Kapan pemohon menarik permohonannya")
    catatan: CaseText = Field(default="", description="Bagaimana pemohon menyampaikannya")


class Archive(_Part):
    """When nothing more is to be done."""

    tanggal: Day = Field(default=None, description="Kapan diarsipkan")


class CaseFile(_Part):
    """A request as staff see it. No identity stands here."""

    nomor_registrasi: str
    diajukan: Moment | None = Field(default=None, description="Kapan pemohon mengirim")
    diterima: Moment = Field(description="Kapan didaftarkan")
    sumber: str = Field(description="Dari mana permohonan datang")
    bentuk: HelpKind | None = Field(default=None, description="Bentuk layanan")
    bentuk_lain: CaseText = Field(default="", description="Tulisan pemohon bila bukan salah satu pilihan")
    uraian: CaseText = Field(default="", description="Uraian permasalahan, kata-kata pemohon")
    pertanyaan: CaseText = Field(default="", description="Pertanyaan hukum, kata-kata pemohon")
    dokumen: Texts = Field(default=(), description="Tautan dokumen pendukung")
    lampiran: Texts = Field(default=(), description="Berkas tersegel di folder lampiran")
    tidak_ditanyakan: Texts = Field(default=(), description="Pertanyaan yang tidak ada pada formulir pemohon")
    persetujuan: Consent = Consent()
    balasan: Reply = Reply()
    temuan: Texts = Field(default=(), description="Hal yang perlu dilihat pemverifikasi")
    verifikasi: Verification = Verification()
    penugasan: Assignment = Assignment()
    kajian: Study = Study()
    pemeriksaan: Review = Review()
    penyampaian: Delivery = Delivery()
    pembatalan: Withdrawal = Withdrawal()
    arsip: Archive = Archive()


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
}  # fmt: skip
"""What a letter cannot be written without."""


def value_at(case: CaseFile, path: str) -> Any:
    """Give what the case holds at ``path`` (``kajian.saran``); items of a list that hold no words are left out."""
    part, name = path.split(".")
    value = getattr(getattr(case, part), name)
    return tuple(filter(None, value)) if isinstance(value, tuple) else value


def check_document(document: Document, taxonomy: Taxonomy) -> tuple[CaseFile | None, tuple[Problem, ...]]:
    """Check a case file's text.

    Returns:
        The case, None when the file cannot be used, and every mistake in it.
    """
    case, problems = yaml_reader.validate(CaseFile, document)
    if case is None:
        return None, problems
    if problems := tuple(_zoneless(document, case)):
        return None, problems
    slips = (*_misspelt(document, case), *_lost_words(document, case))
    return case, (*slips, *_taxonomy(document, case, taxonomy), *_impossible(document, case))


def _zoneless(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find times that somebody wrote without their zone: nothing can be computed from such a time."""
    for key, time in {"diajukan": case.diajukan, "diterima": case.diterima}.items():
        if time and time.tzinfo is None:
            mend = "Tulis seperti 2026-07-02T08:00:00+07:00 (WITA +08:00, WIT +09:00)."
            yield Problem(str(document.path), document.line((key,)), f"“{key}” tanpa zona waktu.", mend)


DECIDED = (
    ("verifikasi", "tanggal"),
    ("pemeriksaan", "tanggal"),
    ("penyampaian", "tanggal_surat"),
    ("penyampaian", "tanggal"),
    ("penyampaian", "diterima"),
)
ENDED = (("pembatalan", "tanggal"), ("arsip", "tanggal"))


def _impossible(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find days before the request came, and decisions so long after it that their year must be a mistake."""
    first = min(time.date() for time in (case.diajukan, case.diterima) if time)
    for part, name in (*DECIDED, *ENDED):
        day: date | None = getattr(getattr(case, part), name)
        late = (part, name) in DECIDED and day and (day - case.diterima.date()).days > 366
        if day and (late or day < first):
            when = "lebih dari setahun sesudah" if late else "sebelum"
            message = f"“{part}.{name}” ({day}) {when} permohonannya ({case.diterima.date() if late else first})."
            yield Problem(str(document.path), document.line((part, name)), message, "Periksa tanggal dan tahunnya.")


def _taxonomy(document: Document, case: CaseFile, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Find words of the verification that the settings do not list; an archived case keeps the words of its time."""
    for name in type(taxonomy).model_fields:
        word, allowed = getattr(case.verifikasi, name), list(getattr(taxonomy, name))
        if word and word not in allowed and not case.arsip.tanggal:
            line = document.line(("verifikasi", name))
            message = f"“{word}” bukan {name} yang dikenal (pilihan: {', '.join(allowed)})."
            yield Problem(str(document.path), line, message, yaml_reader.nearest(word, allowed))


_WORDS_OF_LETTERS = {
    "uraian", "pertanyaan", "kekurangan", "alasan", "kasus_posisi", "isu_hukum", "dasar_hukum", "analisis",
    "kesimpulan", "saran", "rujukan", "catatan", "nomor_surat",
}  # fmt: skip
"""What goes into letters just as it is read. Any other value that a # cut short is told by its own check."""


def _misspelt(document: Document, part: BaseModel, key: Key = ()) -> Iterator[Problem]:
    """Find unknown keys that look like a known one misspelt; any other unknown key is the office's own."""
    known = sorted(type(part).model_fields)
    for name in part.model_extra or {}:
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
        if close:
            line = document.line((*key, name))
            yield Problem(str(document.path), line, f"Kunci “{name}” tidak dikenal.", f"Maksudnya “{close[0]}”?")
    for name in known:
        if isinstance(inner := getattr(part, name), BaseModel):
            yield from _misspelt(document, inner, (*key, name))


def _lost_words(document: Document, part: BaseModel, key: Key = ()) -> Iterator[Problem]:
    """Find words of staff that YAML reads otherwise than they were meant."""
    for name in type(part).model_fields:
        place, value = (*key, name), getattr(part, name)
        if isinstance(value, BaseModel):
            yield from _lost_words(document, value, place)
        elif name in _WORDS_OF_LETTERS and (noted := [one for one in document.noted if one[: len(place)] == place]):
            line = min(document.line(one) or 0 for one in noted)
            yield Problem(str(document.path), line, *yaml_mistakes.NOTED)
        elif isinstance(value, tuple) and (*place, 0) not in document.lines and _fills_several_lines(document, place):
            message = f"“{'.'.join(map(str, place))}” beberapa baris, tetapi bukan daftar."
            yield Problem(str(document.path), document.line(place), message, "Awali tiap butir dengan “- ”.")


def _fills_several_lines(document: Document, place: Key) -> bool:
    """Tell whether what stands at ``place`` fills more than one line."""
    line = document.lines.get(place)
    if line is None:
        return False
    head, *rest = document.text.splitlines()[line - 1 :]
    filled = [head.partition(":")[2].split("#")[0].strip(" |>-+0123456789")]
    for below in rest:
        if below.strip() and len(below) - len(below.lstrip()) <= len(head) - len(head.lstrip()):
            break
        filled.append(below.strip())
    return sum(bool(one) for one in filled) > 1


def duplicate_finding(number: str) -> str:
    """Say to the verifier that a case may be the same request as ``number``."""
    return f"Mungkin sama dengan {number}. Bandingkan keduanya sebelum diproses."
