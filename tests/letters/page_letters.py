"""The letters of which every page is looked at: each shipped template, short and long, in letters of three widths."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.complaint import Complaint, WrittenAnswer
from processor.cases.records import Applicant
from processor.foundation.settings import Settings
from processor.letters import complaint_letter, documents, report_letter
from processor.letters.report_letter import ReportHead
from processor.letters.word import zip_package
from processor.letters.word.report_blocks import Block, Column, Heading, ReportTable, Text
from tests import letter_samples
from tests.effort import LONG

STUDIES: Final[tuple[LetterKind, ...]] = (
    "pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "informasi_hukum", "nasihat_hukum",
)  # fmt: skip
REASONS: Final = (
    "di_luar_kedinasan", "litigasi", "atas_nama_orang_lain", "bukan_asn_instansi", "tidak_lengkap", "lainnya",
)  # fmt: skip
FONTS: Final = ("Arial", "DejaVu Sans", "Liberation Sans Narrow")
"""That of the templates, and a wider and a narrower one that may stand in for it."""
ONE: Final = ("Kepala Biro Hukum (sebagai laporan)",)
SEVERAL: Final = ("Gubernur Sumatera Barat (sebagai laporan)", "Sekretaris Daerah Provinsi Sumatera Barat", "Arsip")
LONG_NAME: Final = Applicant(
    nama="Prof. Dr. H. Muhammad Contoh Panjang Sekali Namanya Sutan Rajo Nan Sati, S.H., M.Hum., Ph.D., CLA., CPM.",
    nip="198501012010012001",
    jabatan="Kepala Subbagian Penyelesaian Sengketa Tata Usaha Negara dan Perlindungan Hukum Aparatur Sipil Negara",
    unit_kerja="Dinas Pekerjaan Umum, Penataan Ruang, Perumahan Rakyat dan Kawasan Permukiman Provinsi Sumatera Barat",
)
LONG_SIGNER: Final = {
    "jabatan": "Kepala Bagian Bantuan Hukum, Dokumentasi, dan Penyuluhan Hukum",
    "nama": "Prof. Dr. Contoh Pejabat Bernama Panjang Sekali, S.H., M.Hum., Ph.D.",
}
LAWS: Final = (
    "uu-30-2014", "uu-20-2023", "pp-94-2021", "uu-23-2014", "uu-25-2009", "uu-14-2008", "pp-38-2016", "pp-49-2018",
    "perpres-16-2018", "permendagri-12-2014", "perda-sumbar-8-2016", "pergub-sumbar-29-2023",
)  # fmt: skip
AMOUNTS: Final = tuple(f"Rp{row * 12}.500.000" for row in range(1, 13))
HEAD: Final = ReportHead("Laporan Evaluasi Layanan Bantuan Hukum secara Elektronik", "Tahun 2026", "1 Desember 2026")
NOTE: Final = "Dari 6 permohonan."

_SENTENCE = "Tindakan itu diuji menurut kewenangan, prosedur, dan substansinya, sebagaimana ditentukan undang-undang. "
_TABLE = "\n\n| No. | Peristiwa | Kerugian |\n|---|---|---:|\n" + "".join(
    f"| {row} | Surat peringatan ke-{row}, disertai berita acara rapat pembuktian | {amount} |\n"
    for row, amount in enumerate(AMOUNTS, 1)
)


@dataclass(frozen=True, slots=True)
class PageLetter:
    """A letter whose pages are looked at, and what a reader must find on them."""

    content: bytes
    copies: Sequence[str] = ()
    amounts: Sequence[str] = ()
    attached: str = "-"
    """What stands behind ``Lampiran``; "" where a document has no such line."""
    signed: bool = True


def letters() -> Iterator[tuple[str, PageLetter]]:
    """Give the letters by their names: a few by default, the lengths one by one in the long profile."""
    lengths = range(1, 40, 3) if LONG else (12,)
    for kind, length in zip(STUDIES, (0, 22, 7, 3, 12), strict=True):
        yield f"{kind}-{length}", _studied(kind, length, bare=length < 7)
    for length in lengths if LONG else ():
        yield from ((f"{kind}-{length}-panjang", _studied(kind, length)) for kind in STUDIES)
        yield f"pengantar-{length}-panjang", _cover(length, SEVERAL, LONG_SIGNER)
    for reason in REASONS if LONG else REASONS[1:2]:
        yield f"penolakan-{reason}", _rejection(1, reason)
    for length in lengths:
        yield f"keberatan-{length}", _objection(length)
        yield f"laporan-{length}", _report(length)
    yield "pengaduan", _complaint(18)
    yield "pengantar", _cover(12, ONE)
    yield "tanda-terima", PageLetter(_made("tanda_terima", _sent(letter_samples.case())), attached="", signed=False)


def in_fonts() -> Iterator[tuple[str, PageLetter]]:
    """Give the letters in each font; by default in Arial, and two of them in the others."""
    for name, one in letters():
        for font in FONTS if LONG or name.startswith(("nasihat", "tanda")) else FONTS[:1]:
            yield f"{name}, {font}", replace(one, content=_with_font(one.content, font))


def _with_font(content: bytes, font: str) -> bytes:
    """Set a letter in another font, as a computer does that has no Arial."""
    parts = zip_package.read(content).items()
    given = {name: part.replace(b"Arial", font.encode()) if name.endswith(".xml") else part for name, part in parts}
    return zip_package.write(given)


def _settings(copies: Sequence[str], signer: Mapping[str, str]) -> Settings:
    found = letter_samples.settings()
    who = found.surat.penandatangan.model_copy(update=signer)
    surat = found.surat.model_copy(update={"tembusan": tuple(copies), "penandatangan": who})
    return found.model_copy(update={"surat": surat})


def _made(
    kind: LetterKind,
    case: CaseFile,
    who: Applicant = letter_samples.APPLICANT,
    copies: Sequence[str] = (),
    signer: Mapping[str, str] | None = None,
) -> bytes:
    inside = (who, _settings(copies, signer or {}), letter_samples.catalogue(), letter_samples.OPINIONS)
    return documents.render(kind, case, *inside)


def _prose(sentences: int) -> str:
    """Give as many sentences, three a paragraph."""
    return "\n\n".join((_SENTENCE * min(3, sentences - done)).strip() for done in range(0, sentences, 3))


def _studied(kind: LetterKind, sentences: int, *, bare: bool = False) -> PageLetter:
    """Make a letter with an analysis that long: bare, or with long names, many laws and a table."""
    analysis = _prose(sentences) or "Sah."
    if bare:
        case = letter_samples.case(kajian__analisis=analysis, kajian__dasar_hukum=LAWS[:1], pertanyaan="Sah?")
        parts = dict.fromkeys(("kasus_posisi", "kesimpulan", "saran", "rujukan"), _SENTENCE)
        short = case.kajian.model_copy(update={**parts, "isu_hukum": ("Sah?",)})
        return PageLetter(_made(kind, _sent(case.model_copy(update={"kajian": short})), copies=ONE), ONE)
    attached = ("Salinan keputusan", "Kontrak")
    case = letter_samples.case(kajian__analisis=analysis + _TABLE, kajian__dasar_hukum=LAWS)
    case = case.model_copy(update={"penyampaian": case.penyampaian.model_copy(update={"lampiran": attached})})
    return PageLetter(_made(kind, _sent(case), LONG_NAME, SEVERAL, LONG_SIGNER), SEVERAL, AMOUNTS, "2 (dua) berkas")


def _sent(case: CaseFile) -> CaseFile:
    """Give the case with number and day of its letter."""
    sent = case.penyampaian.model_copy(update={"nomor_surat": "180/1062/Huk-2026", "tanggal_surat": date(2026, 7, 3)})
    return case.model_copy(update={"penyampaian": sent})


def _rejection(sentences: int, reason: str) -> PageLetter:
    case = _sent(letter_samples.rejected(reason))
    why = case.verifikasi.model_copy(update={"alasan": _prose(sentences)})
    return PageLetter(_made("pemberitahuan_penolakan", case.model_copy(update={"verifikasi": why})))


def _objection(sentences: int) -> PageLetter:
    case = letter_samples.objected()
    assert case.keberatan
    said = {"pertimbangan": _prose(sentences), "nomor_surat": "180/9/Huk-2026", "tanggal_surat": date(2026, 7, 9)}
    decided = case.model_copy(update={"keberatan": case.keberatan.model_copy(update=said)})
    return PageLetter(_made("jawaban_keberatan", decided, LONG_NAME, (), LONG_SIGNER))


def _complaint(sentences: int) -> PageLetter:
    answer = WrittenAnswer(nomor_surat="180/1064/Huk-2026", tanggal_surat=date(2026, 7, 9))
    day = datetime.fromisoformat("2026-07-02T08:05:00+07:00")
    found = Complaint(nomor_pengaduan="P-2026-0001", diterima=day, kanal="loket", jawaban=answer)
    said = (replace(LONG_NAME, alamat="Jalan Contoh 1"), _SENTENCE, _prose(sentences))
    return PageLetter(complaint_letter.render(found, *said, _settings((), LONG_SIGNER)))


def _report(sentences: int) -> PageLetter:
    """Make a report of text, and of tables whose notes belong to them."""
    rows = tuple((f"Rincian {row}", "1") for row in range(6))
    table = ReportTable("Menurut hasilnya", (Column("Rincian"), Column("Jumlah", numbers=True)), rows, NOTE)
    texts: list[Block] = [Text(text) for text in _prose(sentences).split("\n\n")]
    blocks = [one for part in range(3) for one in (Heading(f"Bagian {part}"), table, *texts)]
    made = report_letter.render(HEAD, blocks, [Heading("Lampiran: angka", 0), Text("1")], _settings((), {}))
    return PageLetter(made, attached="")


def _cover(sentences: int, copies: Sequence[str], signer: Mapping[str, str] | None = None) -> PageLetter:
    made = report_letter.render_cover(HEAD, _prose(sentences), _settings(copies, signer or {}))
    return PageLetter(made, copies, attached="1 (satu) berkas")
