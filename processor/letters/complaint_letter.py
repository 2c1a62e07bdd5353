"""Makes the letter that answers a complaint from its own Word template, like the office's other letters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from processor.cases.complaint import Complaint
from processor.cases.records import Applicant
from processor.foundation import shipped
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings import Settings
from processor.letters import documents, shared_values
from processor.letters.word import draft_mark, template, template_check
from processor.letters.word.paragraphs import Paragraphs
from processor.letters.word.template import CompiledTemplate

FILE_NAME = "jawaban-pengaduan.docx"
_OWN = (
    "nomor_pengaduan", "tanggal_diterima", "nomor_surat", "tanggal_surat", "rencana", "jawaban", "hasil", "nama",
    "alamat", "anonim",
)  # fmt: skip


def check_template(folder: Path) -> tuple[Problem, ...]:
    """Find every mistake in the template of ``folder``, or of the shipped one where there is none."""
    return template_check.template_mistakes(template.read(template.opened(_path(folder))), placeholder_names())


@cache
def placeholder_names() -> Mapping[str, template_check.ValueKind]:
    """List every name that the template may use, and what it holds."""
    return {**shared_values.names(), **dict.fromkeys((f"pengaduan.{name}" for name in _OWN), "teks")}


def render(found: Complaint, complainant: Applicant, plan: str, answer: str, settings: Settings) -> bytes:
    """Make the letter.

    Args:
        found: The complaint.
        complainant: To whom it goes; without a name it goes to the complainant.
        plan: What the office planned to do.
        answer: What it answers.
        settings: Agency, signatory and office zone.

    Returns:
        The .docx; without a number every page says that it is a draft.

    Raises:
        BrokenFiles: With every mistake in the template.
    """
    if problems := check_template(settings.opinions):
        raise BrokenFiles(problems)
    numbered = bool(found.jawaban.nomor_surat)
    unsigned = draft_mark.UNSIGNED if settings.surat.tanda_tangan == "tidak_wajib" else ""
    compiled = _compiled(_path(settings.opinions), unsigned if numbered else draft_mark.MARK)
    day = found.diterima.astimezone(settings.layanan.zone).date()
    own = {
        "nomor_pengaduan": found.nomor_pengaduan,
        "tanggal_diterima": tanggal(day),
        "nomor_surat": found.jawaban.nomor_surat
        or documents.NO_NUMBER.format(classification=settings.surat.klasifikasi),
        "tanggal_surat": tanggal(found.jawaban.tanggal_surat) if found.jawaban.tanggal_surat else documents.NO_DATE,
        "rencana": Paragraphs(plan),
        "jawaban": Paragraphs(answer),
        "hasil": (found.jawaban.hasil or "").replace("_", " "),
        "nama": complainant.nama or "Pengadu",
        "alamat": complainant.alamat,
        "anonim": "ya" if found.anonim else "tidak",
    }
    return compiled.render({**shared_values.values(settings), "pengaduan": own})


def _path(folder: Path) -> Path:
    return shipped.own_or_shipped(folder / FILE_NAME, f"opinions/{FILE_NAME}")


def _compiled(path: Path, line: str) -> CompiledTemplate:
    source = template.read(template.opened(path))
    return template.compile_template(draft_mark.with_draft_mark(source, line) if line else source, "Jawaban pengaduan")
