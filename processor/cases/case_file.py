"""``permohonan.yaml``: what it holds, how a new one is written, which mistakes it can have.

Made to be read by a lawyer: the order of work from top to bottom, long words as block text, a comment
where staff write next. Created once by the processor, owned by staff from then on.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from processor.cases import case_file_mistakes
from processor.foundation import yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_reader import Document, YesNo
from processor.foundation.yaml_writer import dump

FILE_NAME = "permohonan.yaml"
SCHEMA_FROM_CASE = "../../.payung/permohonan.schema.json"

CaseText = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Texts = Annotated[
    tuple[CaseText, ...],
    BeforeValidator(lambda value: [] if value is None else [value] if isinstance(value, str) else value),
]
HelpKind = Literal["pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme"]
Way = Literal["kode", "email", "loket"]
LetterKind = Literal[
    "pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "pemberitahuan_penolakan", "tanda_terima"
]
Rejection = Literal[
    "di_luar_kedinasan", "litigasi", "atas_nama_orang_lain", "bukan_asn_instansi", "tidak_lengkap", "lainnya"
]


class _Part(BaseModel):
    """A part of a case. Keys that we do not know are kept and passed over."""

    model_config = ConfigDict(frozen=True, extra="allow", str_strip_whitespace=True)


class Consent(_Part):
    """Which terms the applicant accepted, and when: on paper a day is enough, as nothing is computed from it."""

    versi: CaseText = Field(default="", description="Versi syarat dan ketentuan yang disetujui")
    sidik: CaseText = Field(default="", description="SHA-256 naskah syarat itu")
    waktu: Annotated[datetime, WithJsonSchema({"type": "string"})] | None = Field(
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
    tanggal: date | None = Field(default=None, description="Kapan diputuskan, misalnya 2026-07-02")
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
    tanggal: date | None = Field(default=None, description="Kapan diperiksa")
    catatan: CaseText = Field(default="", description="Bila dikembalikan: apa yang harus diperbaiki")
    naskah: CaseText = Field(
        default="", description="Sidik naskah yang diperiksa; ditulis oleh perintah, jangan diubah"
    )


class Delivery(_Part):
    """Step 5: the letter number comes from the secretariat, never from Payung."""

    nomor_surat: CaseText = Field(default="", description="Nomor surat dari sekretariat")
    tanggal_surat: date | None = Field(default=None, description="Tanggal surat")
    tanggal: date | None = Field(default=None, description="Kapan disampaikan kepada pemohon")
    diterima: date | None = Field(default=None, description="Kapan dipastikan sampai, bila diserahkan langsung")


class Withdrawal(_Part):
    """When the applicant takes the request back."""

    tanggal: date | None = Field(default=None, description="Kapan pemohon menarik permohonannya")
    catatan: CaseText = Field(default="", description="Bagaimana pemohon menyampaikannya")


class Archive(_Part):
    """When nothing more is to be done."""

    tanggal: date | None = Field(default=None, description="Kapan diarsipkan")


class CaseFile(_Part):
    """A request as staff see it. No identity stands here."""

    nomor_registrasi: str
    diajukan: datetime | None = Field(default=None, description="Kapan pemohon mengirim")
    diterima: datetime = Field(description="Kapan didaftarkan")
    sumber: str = Field(description="Dari mana permohonan datang")
    bentuk: HelpKind | None = Field(default=None, description="Bentuk layanan")
    bentuk_lain: CaseText = Field(default="", description="Tulisan pemohon bila bukan salah satu pilihan")
    uraian: CaseText = Field(default="", description="Uraian permasalahan, kata-kata pemohon")
    pertanyaan: CaseText = Field(default="", description="Pertanyaan hukum, kata-kata pemohon")
    dokumen: Texts = Field(default=(), description="Tautan dokumen pendukung")
    lampiran: Texts = Field(default=(), description="Berkas tersegel di folder lampiran")
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
    slips = (*case_file_mistakes.misspelt(document, case), *case_file_mistakes.lost_words(document, case))
    return case, (*slips, *_taxonomy(document, case, taxonomy), *_impossible(document, case))


def _zoneless(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find times that somebody wrote without their zone: nothing can be computed from such a time."""
    for key, time in {"diajukan": case.diajukan, "diterima": case.diterima}.items():
        if time and time.tzinfo is None:
            mend = "Tulis seperti 2026-07-02T08:00:00+07:00 (WITA +08:00, WIT +09:00)."
            yield Problem(str(document.path), document.line((key,)), f"“{key}” tanpa zona waktu.", mend)


_DECIDED = (
    ("verifikasi", "tanggal"),
    ("pemeriksaan", "tanggal"),
    ("penyampaian", "tanggal_surat"),
    ("penyampaian", "tanggal"),
    ("penyampaian", "diterima"),
)
_ENDED = (("pembatalan", "tanggal"), ("arsip", "tanggal"))


def _impossible(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find days before the request came, and decisions so long after it that their year must be a mistake."""
    first = min(time.date() for time in (case.diajukan, case.diterima) if time)
    for part, name in (*_DECIDED, *_ENDED):
        day: date | None = getattr(getattr(case, part), name)
        late = (part, name) in _DECIDED and day and (day - case.diterima.date()).days > 366
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


def schema(taxonomy: Taxonomy) -> dict[str, Any]:
    """Make the JSON Schema with which an editor completes and explains the keys of a case."""
    result = CaseFile.model_json_schema()
    verification = result["$defs"]["Verification"]["properties"]
    for name in type(taxonomy).model_fields:
        verification[name] |= {"type": ["string", "null"], "enum": [*getattr(taxonomy, name), None]}
    relaxed: dict[str, Any] = _relaxed(result)
    return relaxed


def _relaxed(node: Any) -> Any:
    """Let empty keys and the words ya/tidak pass in the editor, as they do in ``check_document``."""
    if isinstance(node, list):
        return [_relaxed(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _relaxed(value) for key, value in node.items() if key != "title" or not isinstance(value, str)}
    if node.get("type") == "string" and "enum" not in node:
        node["type"] = ["string", "null", "number", "boolean"]
    elif node.get("type") == "boolean":
        node.pop("type"), node.pop("default", None)
        node["enum"] = ["ya", "tidak", True, False, None]
    elif node.get("type") == "array":
        node["type"] = ["array", "string", "null"]
    return node


def duplicate_finding(number: str) -> str:
    """Say to the verifier that a case may be the same request as ``number``."""
    return f"Mungkin sama dengan {number}. Bandingkan keduanya sebelum diproses."


_STEPS: tuple[tuple[str, str], ...] = (
    (
        "verifikasi",
        "1. VERIFIKASI (pengelola layanan)\n"
        "keputusan: diteruskan, dilengkapi (tulis kekurangan), atau ditolak (tulis alasan_jenis dan alasan).",
    ),
    ("penugasan", "2. PENUGASAN (kepala bagian): siapa menyusun, siapa memeriksa. Penyusun bukan pemeriksa."),
    (
        "kajian",
        "3. KAJIAN (analis hukum)\n"
        "Untuk tulisan panjang: beri tanda | sesudah titik dua, lalu tulis di baris bawahnya, menjorok 4 spasi.\n"
        "dasar_hukum: kunci dari opinions/dasar-hukum.yaml atau tulisan bebas. Bila siap diperiksa: selesai: ya",
    ),
    ("pemeriksaan", "4. PEMERIKSAAN (kepala bagian): disetujui, atau dikembalikan dengan catatan."),
    ("penyampaian", "5. PENYAMPAIAN (pengelola layanan): nomor surat dari sekretariat, lalu kapan disampaikan."),
    ("pembatalan", "Hanya bila pemohon menarik permohonannya."),
    ("arsip", "6. ARSIP (pengelola layanan): setelah semuanya selesai."),
)


def new_case_text(case: CaseFile) -> str:
    """Write the text of a new ``permohonan.yaml``, all parts of staff still empty. Parsing it gives ``case`` back."""
    data = case.model_dump(mode="json", exclude={name for name, _ in _STEPS})
    head = {key: data.pop(key) for key in ("nomor_registrasi", "diajukan", "diterima", "sumber")}
    findings = data.pop("temuan")
    words = {key: data.pop(key) or None for key in _WORDS} | _filled(data)
    return (
        f"# yaml-language-server: $schema={SCHEMA_FROM_CASE}\n"
        "# Isi dari atas ke bawah, simpan, lalu jalankan: payung jalankan\n"
        "# Identitas pemohon tersegel di pemohon.age, tidak di berkas ini.\n\n"
        + dump(head)
        + "\n# PERMOHONAN: kata-kata pemohon\n"
        + dump(words)
        + ("" if "persetujuan" in words else _NO_CONSENT)
        + ("\n# TEMUAN pemeriksaan otomatis: lihat saat verifikasi\n" + dump({"temuan": findings}) if findings else "")
        + _blank_steps()
    )


@cache
def _blank_steps() -> str:
    """Write the part of the file that staff fill in."""
    text = ""
    for name, comment in _STEPS:
        lines = "".join(f"# {line}\n" for line in comment.split("\n"))
        blank = CaseFile.model_fields[name].default.model_dump(mode="json")
        text += f"\n{lines}" + dump({name: {key: "tidak" if value is False else None for key, value in blank.items()}})
    return text


_NO_CONSENT = (
    "\n# PERSETUJUAN syarat dan ketentuan belum ada. Disetujui di atas kertas? Tulis versi syarat dan waktunya.\n"
    "persetujuan:\n  versi:\n  waktu:\n"
)
_WORDS = ("bentuk", "uraian", "pertanyaan")


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out of ``data`` what is empty, at every depth."""
    inner = {key: _filled(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in inner.items() if value not in ("", [], {}, None)}
