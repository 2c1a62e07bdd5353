"""Makes the letter as .docx bytes from a case and a Word template. Says first, and all at once, what is missing.

Reads templates and the case; writes only through ``place_document``. The same case and template give the same bytes.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from processor.cases.case_file import FILE_NAME, NEEDED, CaseFile, LetterKind, number_and_day, value_at
from processor.cases.case_parts import Part
from processor.cases.promised_times import PromisedTimes, promised_times
from processor.cases.records import Applicant
from processor.foundation import law_catalogue, shipped
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.file_content import FileContent
from processor.foundation.indonesian_dates import tanggal, waktu
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.settings import Settings
from processor.foundation.yaml_reader import Document
from processor.letters import attachments
from processor.letters.placement import Placed, place_document
from processor.letters.word import draft_mark, template, template_check, template_notes, trial
from processor.letters.word.paragraphs import InlineMarkdown, Markdown, Paragraphs
from processor.letters.word.template import CompiledTemplate

__all__ = [
    "KINDS",
    "LetterKind",
    "Placed",
    "check_templates",
    "file_name",
    "missing",
    "place_document",
    "placeholder_names",
    "render",
    "template_mistakes",
    "templates",
]

KINDS: tuple[LetterKind, ...] = get_args(LetterKind)

NO_NUMBER = "{classification}/………/[nomor dari sekretariat]"
NO_DATE = "……… [tanggal dari sekretariat]"
_UNSET = "………"
NO_NAME = "Pemohon"

_STUDY = ("kasus_posisi", "analisis", "kesimpulan", "saran", "rujukan")
SETTINGS = ("instansi", "dasar", "layanan", "surat", "situs")
_NIP = re.compile(r"([0-9]{8})([0-9]{6})([0-9])([0-9]{3})")


def file_name(kind: LetterKind) -> str:
    """Give the file name of ``kind``, as a template and as a letter."""
    return f"{kind.replace('_', '-')}.docx"


def templates(folder: Path) -> dict[LetterKind, Path]:
    """Give the path of each kind's template: in ``folder``, else the shipped one."""
    return {kind: shipped.own_or_shipped(folder / file_name(kind), f"opinions/{file_name(kind)}") for kind in KINDS}


def check_templates(folder: Path) -> tuple[Problem, ...]:
    """Find every mistake in every template of ``folder``, and what is hardly meant, each with its place."""
    names = placeholder_names()
    notes = (problem for path in templates(folder).values() for problem in template_notes.of_file(path, names))
    return tuple(dict.fromkeys((*template_mistakes(folder), *notes)))


def template_mistakes(folder: Path) -> tuple[Problem, ...]:
    """Find what keeps letters from being made from the templates of ``folder``."""
    return tuple(problem for kind, path in templates(folder).items() for problem in _template_problems(kind, path))


def _template_problems(kind: LetterKind, path: Path) -> tuple[Problem, ...]:
    """Find what is wrong with one template."""
    try:
        _up_to_date(kind, path)
    except BrokenFiles as error:
        return error.problems
    return ()


def missing(
    case: CaseFile, kind: LetterKind, catalogue: Catalogue, document: Document | None = None
) -> tuple[Problem, ...]:
    """Find what ``kind`` still needs from ``case``, legal bases included; ``document`` gives path and lines."""
    found = [_unfilled_problem(path, kind, document) for path in NEEDED[kind] if not value_at(case, path)]
    if kind == "pemberitahuan_penolakan" and case.verifikasi.keputusan != "ditolak":
        message = "verifikasi.keputusan bukan ditolak, jadi tidak ada penolakan untuk diberitahukan."
        found.insert(0, _problem("verifikasi.keputusan", document, message, "Betulkan keputusannya lebih dahulu."))
    if "kajian.dasar_hukum" in NEEDED[kind]:
        found += law_catalogue.resolve(case.kajian.dasar_hukum, catalogue, document)[1]
    return tuple(found)


def _unfilled_problem(path: str, kind: LetterKind, document: Document | None) -> Problem:
    part, name = path.split(".")
    model = _model_of(CaseFile.model_fields[part].annotation)
    about = (model.model_fields[name].description if model else "") or ""
    message = f"{path} belum diisi, padahal diperlukan untuk {kind.replace('_', ' ')}."
    return _problem(path, document, message, f"Isi di {FILE_NAME}: {about[:1].lower()}{about[1:]}.")


def _problem(path: str, document: Document | None, message: str, mend: str) -> Problem:
    place = str(document.path) if document else FILE_NAME
    return Problem(place, document.line(tuple(path.split("."))) if document else None, message, mend)


def render(  # noqa: PLR0913  a letter is made of all this
    kind: LetterKind,
    case: CaseFile,
    applicant: Applicant,
    settings: Settings,
    catalogue: Catalogue,
    folder: Path,
    document: Document | None = None,
    *,
    draft: bool = False,
    mark: str = "",
) -> bytes:
    """Make the letter of ``kind``.

    Args:
        kind: which letter.
        case: what staff wrote.
        applicant: to whom it goes.
        settings: agency, signatory and office zone.
        catalogue: the legal bases that the study names by key.
        folder: where the templates lie.
        document: the case file as read, so that a Problem can name the line.
        draft: every page says that nobody has approved it.
        mark: stands among the document's properties. Everything else in a letter may be guessed; a mark that nobody can
            guess keeps its published digest from telling whose letter it is.

    Returns:
        The .docx.

    Raises:
        BrokenFiles: with everything that is missing in the case or wrong in the template.
    """
    problems = missing(case, kind, catalogue, document)
    if problems:
        raise BrokenFiles((*problems, *_template_problems(kind, templates(folder)[kind])))
    final = bool(number_and_day(case, kind)[0]) and kind != "tanda_terima"
    unsigned = draft_mark.UNSIGNED if final and settings.surat.tanda_tangan == "tidak_wajib" else ""
    compiled = _up_to_date(kind, templates(folder)[kind], draft_mark.MARK if draft else unsigned)
    return compiled.render(placeholder_values(case, applicant, settings, catalogue), mark)


def _up_to_date(kind: LetterKind, path: Path, line: str = "") -> CompiledTemplate:
    """Give the compiled template with ``line`` on every page, made again when it changed. Raises BrokenFiles."""
    return _compiled(kind, template.opened(path), line)


@lru_cache(maxsize=32)
def _compiled(kind: LetterKind, file: FileContent, line: str) -> CompiledTemplate:
    source = template.read(file)
    if problems := template_check.template_mistakes(source, placeholder_names()):
        raise BrokenFiles(problems)
    source = draft_mark.with_draft_mark(source, line) if line else source
    compiled = template.compile_template(source, kind.replace("_", " ").capitalize())
    trial.render_trials(compiled, source, placeholder_names())
    return compiled


@cache
def placeholder_names() -> Mapping[str, template_check.ValueKind]:
    """List every name that a template may use and what it holds."""
    found: dict[str, template_check.ValueKind] = dict(_names_of_model(CaseFile, ""))
    for section in SETTINGS:
        found |= _names_of_model(_inner_model(Settings, section), f"{section}.")
    found |= _names_of_model(_inner_model(_inner_model(Settings, "surat"), "penandatangan"), "penandatangan.")
    found |= {f"pemohon.{field.name}": "teks" for field in dataclasses.fields(Applicant)}
    found |= dict.fromkeys(("tanggal_diajukan", "tanggal_diterima", "layanan.zona_singkat"), "teks")
    found |= {f"janji.{field.name}": "teks" for field in dataclasses.fields(PromisedTimes)}
    found["tembusan"] = "daftar"
    found["penyampaian.jumlah_lampiran"] = "teks"
    return found | {f"kajian.{name}": "markdown" for name in _STUDY}


def _inner_model(model: type[BaseModel], name: str) -> type[BaseModel]:
    inner = model.model_fields[name].annotation
    assert isinstance(inner, type)
    return inner


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """Give the model of a section, also of a part of a case that may be missing; None for any other value."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    inner = get_args(annotation)[0] if get_origin(annotation) is UnionType else None
    return inner if isinstance(inner, type) and issubclass(inner, Part) else None


def _names_of_model(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, template_check.ValueKind]]:
    """List every placeholder under ``prefix`` and what it holds."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if part := _model_of(inner):
            yield from _names_of_model(part, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", "daftar" if get_origin(inner) is tuple else "teks"


def placeholder_values(
    case: CaseFile, applicant: Applicant, settings: Settings, catalogue: Catalogue
) -> dict[str, Any]:
    """Give what the placeholders of a template stand for, by the names of the YAML keys."""
    show = _LetterValues(settings)
    tree: dict[str, Any] = show.model(case)
    tree |= {section: show.model(getattr(settings, section)) for section in SETTINGS}
    tree["penandatangan"] = tree["surat"]["penandatangan"]
    tree["tembusan"] = tree["surat"]["tembusan"]
    tree["layanan"]["zona_singkat"] = settings.layanan.zona_singkat
    tree["janji"] = dataclasses.asdict(promised_times(settings.layanan))
    for decree in tree["dasar"].values():
        decree.update({name: decree[name] or _UNSET for name in ("nomor", "tanggal")})
    tree["pemohon"] = dataclasses.asdict(applicant)
    tree["pemohon"]["nama"] = applicant.nama or NO_NAME
    for person in (tree["pemohon"], tree["penandatangan"]):
        person["nip"] = _NIP.sub(r"\1 \2 \3 \4", person["nip"])
    tree["tanggal_diterima"] = show.day(case.diterima)
    tree["tanggal_diajukan"] = show.day(case.diajukan or case.diterima)
    tree["bentuk"] = (case.bentuk or "").replace("_", " ")
    for part in ("penyampaian", "keberatan"):
        _show_gaps(tree[part], settings)
    tree["penyampaian"]["jumlah_lampiran"] = attachments.counted(case.penyampaian.lampiran)
    _mark_long_texts(tree)
    tree["kajian"]["dasar_hukum"] = law_catalogue.resolve(case.kajian.dasar_hukum, catalogue, on=_day_of_letter(case))[
        0
    ]
    return tree


def _day_of_letter(case: CaseFile) -> date:
    """Give the day by which law is cited: the letter's own or, while it has none, that on which the request came."""
    return case.penyampaian.tanggal_surat or case.diterima.date()


def _show_gaps(delivery: dict[str, Any], settings: Settings) -> None:
    """Show a gap for a number and a date that the secretariat has not given yet; neither is ever invented."""
    delivery["nomor_surat"] = delivery["nomor_surat"] or NO_NUMBER.format(classification=settings.surat.klasifikasi)
    delivery["tanggal_surat"] = delivery["tanggal_surat"] or NO_DATE


def _mark_long_texts(tree: dict[str, Any]) -> None:
    """Mark how long texts are set: Markdown by staff, plain paragraphs for the applicant's words and a reason."""
    study = tree["kajian"]
    for name in _STUDY:
        study[name] = Markdown(study[name])
    study["isu_hukum"] = tuple(InlineMarkdown(issue) for issue in study["isu_hukum"] if issue)
    words = ((tree, "uraian"), (tree, "pertanyaan"), (tree["verifikasi"], "alasan"))
    objection = ((tree["keberatan"], "alasan"), (tree["keberatan"], "pertimbangan"))
    for part, name in (*words, *objection):
        part[name] = Paragraphs(part[name])


@dataclasses.dataclass(frozen=True, slots=True)
class _LetterValues:
    """Values as letters write them."""

    settings: Settings

    def model(self, model: BaseModel) -> dict[str, Any]:
        """Give every known field of ``model``; what staff added themselves stays out of letters."""
        return {name: self._part(getattr(model, name), field) for name, field in type(model).model_fields.items()}

    def _part(self, value: object, field: FieldInfo) -> Any:
        """Write one value; a part that is missing as one in which nothing is filled in."""
        part = _model_of(field.annotation) if value is None else None
        return self.model(part()) if part else self.value(value)

    def value(self, value: object) -> Any:
        """Write one value as text, or several."""
        if isinstance(value, str):
            return value
        if isinstance(value, BaseModel):
            return self.model(value)
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        if isinstance(value, datetime):
            return waktu(value, self.settings.layanan.zone, self.settings.layanan.zona_singkat)
        if isinstance(value, date):
            return tanggal(value)
        if isinstance(value, time):
            return f"{value:%H.%M}"
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        return "" if value is None else str(value)

    def day(self, moment: datetime) -> str:
        """Write the date of ``moment`` in the office's zone."""
        return tanggal(moment.astimezone(self.settings.layanan.zone) if moment.tzinfo else moment)
