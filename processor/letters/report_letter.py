"""Makes a report, and the letter with which it is sent, from the office's own Word templates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from processor.foundation import shipped
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.settings import Settings
from processor.letters import attachments, documents, shared_values
from processor.letters.word import lone_tags, paragraphs, report_word, styles, template, template_check, template_notes
from processor.letters.word.report_blocks import Block
from processor.letters.word.template import TemplateSource

REPORT, COVER = "laporan.docx", "pengantar-laporan.docx"
_THROUGH = " melalui "
_PLACES = ("laporan.isi", "laporan.lampiran")
_HERE, _BEHIND = "—isi—", "—lampiran—"


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a report says of itself: its title, what it is about, and the day on which it is signed ("": by nobody)."""

    judul: str
    periode: str
    tanggal: str = ""

    @property
    def title(self) -> str:
        """Both in one line."""
        return f"{self.judul}, {self.periode}"


_OF_REPORT = ("judul", "periode", "tanggal", "isi", "lampiran")
_OF_COVER = (
    "judul", "periode", "kepada", "melalui", "nomor_surat", "tanggal_surat", "ringkasan", "jumlah_lampiran",
)  # fmt: skip


@cache
def placeholder_names(file_name: str) -> Mapping[str, template_check.ValueKind]:
    """List every name that the template ``REPORT`` or ``COVER`` may use, and what it holds."""
    own = _OF_REPORT if file_name == REPORT else _OF_COVER
    return {**shared_values.names(), **dict.fromkeys((f"laporan.{name}" for name in own), "teks")}


def check_templates(folder: Path) -> tuple[Problem, ...]:
    """Find every mistake in both templates of ``folder``, or of the shipped ones where it has none."""
    paths = {name: _path(folder, name) for name in (REPORT, COVER)}
    notes = (told for name, path in paths.items() for told in template_notes.of_file(path, placeholder_names(name)))
    return (*(problem for path in paths.values() for problem in _mistakes(path)), *notes)


def _path(folder: Path, name: str) -> Path:
    return shipped.own_or_shipped(folder / name, f"opinions/{name}")


def _mistakes(path: Path) -> tuple[Problem, ...]:
    try:
        source = template.read(template.opened(path))
    except BrokenFiles as error:
        return error.problems
    found = template_check.template_mistakes(source, placeholder_names(path.name))
    return (*found, *(_missing(source) if path.name == REPORT else ()))


def _missing(source: TemplateSource) -> Iterator[Problem]:
    """Find what a report is set in and by, and that the template lacks."""
    lost = [name for name in report_word.STYLES if name not in styles.names(source.parts)]
    if lost:
        mend = f"Ambil lagi gayanya dari {REPORT} bawaan; namanya jangan diganti."
        yield Problem(str(source.path), None, f"Gaya {', '.join(lost)} tidak ada.", mend)
    letter = next(one.source for one in source.texts if not one.where)
    for name in _PLACES:
        if f"{lone_tags.PARAGRAPH}({name}," not in letter:
            mend = f"Tulis {{{{ {name} }}}} sendirian dalam satu paragraf."
            yield Problem(str(source.path), None, f"Tempat {name} tidak ada.", mend)


def render(head: ReportHead, blocks: Sequence[Block], annex: Sequence[Block], settings: Settings) -> bytes:
    """Make a report as .docx; the same words give the same bytes.

    Args:
        head: What it says of itself.
        blocks: What stands before the signature.
        annex: What stands behind it.
        settings: Agency and signatory.

    Raises:
        BrokenFiles: With every mistake in the template.
    """
    own = {**asdict(head), "isi": _HERE, "lampiran": _BEHIND}
    base = _rendered(REPORT, own, head, settings)
    return report_word.set_blocks(base, {_HERE: blocks, _BEHIND: annex}, head.title)


def render_cover(head: ReportHead, summary: str, settings: Settings) -> bytes:
    """Make the letter with which a report is sent; number and day are gaps that the secretariat fills.

    Args:
        head: Of the report.
        summary: What it says, in a paragraph or several.
        settings: To whom it goes, agency and signatory.

    Raises:
        BrokenFiles: With every mistake in the template.
    """
    to, _, through = settings.layanan.laporan_kepada.partition(_THROUGH)
    own = {
        "judul": head.judul,
        "periode": head.periode,
        "kepada": to[:1].upper() + to[1:],
        "melalui": through,
        "nomor_surat": documents.NO_NUMBER.format(classification=settings.surat.klasifikasi),
        "tanggal_surat": documents.NO_DATE,
        "ringkasan": paragraphs.Paragraphs(summary),
        "jumlah_lampiran": attachments.counted([head.title]),
    }
    return _rendered(COVER, own, head, settings)


def _rendered(name: str, own: Mapping[str, str], head: ReportHead, settings: Settings) -> bytes:
    """Fill a template in. Raises BrokenFiles."""
    path = _path(settings.opinions, name)
    if problems := _mistakes(path):
        raise BrokenFiles(problems)
    compiled = template.compile_template(template.read(template.opened(path)), head.title)
    return compiled.render({**shared_values.values(settings), "laporan": own})
