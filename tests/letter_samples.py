"""The fictional case, applicant and agency from which the letters of the tests are made."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.case_parts import Objection
from processor.cases.records import Applicant
from processor.foundation import law_catalogue, yaml_reader
from processor.foundation import settings as settings_file
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.settings import Settings
from processor.foundation.yaml_reader import Document

ROOT = Path(__file__).parents[1]
OPINIONS = ROOT / "opinions"
LETTERS = Path(__file__).parent / "data" / "letters"
APPLICANT = Applicant(
    nama="Siti Contoh, S.T.",
    nip="198501012010012001",
    jabatan="Pejabat Pembuat Komitmen",
    unit_kerja="Dinas Contoh Provinsi Sumatera Barat",
)


def settings() -> Settings:
    """The shipped settings."""
    return settings_file.load(ROOT / "payung.yaml")


def catalogue() -> Catalogue:
    """The shipped catalogue of law."""
    return law_catalogue.load(OPINIONS / law_catalogue.FILE_NAME)


def document() -> Document:
    """The case file of a threatened official, as staff filled it."""
    return yaml_reader.read(LETTERS / "permohonan.yaml")


def case(**changes: Any) -> CaseFile:
    """That case; ``kajian__saran="x"`` changes one value in a part, ``uraian="x"`` one of its own."""
    found, problems = yaml_reader.validate(CaseFile, document())
    assert found is not None, problems
    for path, value in changes.items():
        part, _, name = path.partition("__")
        new = getattr(found, part).model_copy(update={name: value}) if name else value
        found = found.model_copy(update={part: new})
    return found


def rejected(kind: str = "litigasi") -> CaseFile:
    """The same case, turned down."""
    reason = "Saudara meminta kami mendampingi sidang pertama pada 20 Juli 2026."
    return case(verifikasi__keputusan="ditolak", verifikasi__alasan_jenis=kind, verifikasi__alasan=reason)


def objected() -> CaseFile:
    """The same case, turned down and delivered, and its objection turned down as well."""
    made = rejected()
    sent = made.penyampaian.model_copy(update={"nomor_surat": "180/12/Huk-2026", "tanggal_surat": date(2026, 7, 3)})
    words = "Saya tidak meminta didampingi di sidang.\nSaya bertanya tentang kewenangan saya menandatangani kontrak."
    grounds = "Pertanyaan itu sudah menjadi pokok perkara yang diperiksa pengadilan."
    one = Objection(tanggal=date(2026, 7, 6), alasan=words, putusan="ditolak", diputus=date(2026, 7, 9))
    one = one.model_copy(update={"oleh": "kabag", "pertimbangan": grounds})
    return made.model_copy(update={"penyampaian": sent, "keberatan": one})


def sample_of(kind: LetterKind) -> CaseFile:
    """The case to which a letter of ``kind`` belongs."""
    return {"pemberitahuan_penolakan": rejected, "jawaban_keberatan": objected}.get(kind, case)()


def repacked(content: bytes) -> bytes:
    """The same parts, put into a .docx as an older Payung or another Python would."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    return made.getvalue()
