"""How much faster a compiled letter is than plain docxtpl, in the same run: ``python -m tests.bench_documents``.

Both render the shipped opinion with the same values to the bytes of a .docx, with autoescape on; docxtpl with a new
object each time. docxtpl cannot set Markdown, so both get it set beforehand; then both pay for setting it anew.
"""

import io
import re
import statistics
import time
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from processor.foundation import settings as settings_file
from processor.letters import documents, markdown, report_letter
from processor.letters.report_letter import ReportHead
from processor.letters.study import study_document, study_parts, study_text
from processor.letters.word import paragraphs
from processor.letters.word import template as word_template
from processor.letters.word.lone_tags import PARAGRAPH
from processor.letters.word.paragraphs import Frame, Numbering
from processor.letters.word.template import CompiledTemplate, TemplateSource
from processor.operations.reporting import report_sections
from processor.operations.reporting.report_sections import ReportMaterial
from processor.site import site_prints
from processor.site.print_content import FACES
from tests import letter_samples
from tests.evaluation.test_figures import computed
from tests.letters.study import word_files
from tests.office import ROOT

_BLOCKS = ("pertanyaan", "uraian", "isu")


def measure(rounds: int = 30) -> dict[str, float]:
    """Milliseconds a document (medians) and the ratios; also printed."""
    path = letter_samples.OPINIONS / "pendapat-hukum.docx"
    source = word_template.read(word_template.opened(path))
    compiled, plain = word_template.compile_template(source, "Pendapat hukum"), plain_template(path.read_bytes())
    case, settings, law = letter_samples.case(), letter_samples.settings(), letter_samples.catalogue()
    values = documents.placeholder_values(case, letter_samples.APPLICANT, settings, law)
    ready = set_markdown(values, source, compiled)

    def letter() -> bytes:
        return documents.render(
            "pendapat_hukum", case, letter_samples.APPLICANT, settings, law, letter_samples.OPINIONS
        )

    def anew() -> bytes:
        markdown.blocks.cache_clear()
        return compiled.render(values)

    def anew_by_docxtpl() -> bytes:
        markdown.blocks.cache_clear()
        return plain_docxtpl(plain, set_markdown(values, source, compiled))

    result = {
        "plain docxtpl, ms a document": _median(rounds, lambda: plain_docxtpl(plain, ready)),
        "compiled, ms a document": _median(rounds * 20, lambda: compiled.render(ready)),
        "plain docxtpl and setting the Markdown, ms": _median(rounds, anew_by_docxtpl),
        "compiled and setting the Markdown, ms": _median(rounds * 10, anew),
        "compiled, the same answers again, from case to bytes with all checks, ms": _median(rounds * 10, letter),
        "compiling, once, ms": _median(
            5, lambda: word_template.compile_template(word_template.read(word_template.opened(path)), "")
        ),
    }
    result["reading a study back from Word, ms"] = _median(rounds, study_reader())
    result["a yearly report with every figure, from figures to bytes, ms"] = _median(5, yearly_report)
    plain_ms, compiled_ms, plain_markdown_ms, compiled_markdown_ms, *_ = result.values()
    result["all prints, from words to PDF and PNG, the first time, ms"] = all_prints()
    result["times faster"] = plain_ms / compiled_ms
    result["times faster, setting the Markdown as well"] = plain_markdown_ms / compiled_markdown_ms
    for name, value in result.items():
        print(f"{value:9.2f}  {name}")
    return result


def study_reader() -> Callable[[], object]:
    """Reads the study of the case, which was written to Word before."""
    study = letter_samples.case().kajian
    said = {key: getattr(study, key) for key in study_document.PARTS}
    content = study_document.write("BH-2026-0007", said, said)

    def read() -> object:
        found = word_files.read(content)
        return study_text.values(study_parts.by_part(study_parts.layout(found.blocks), {}), found.notes)

    return read


def yearly_report() -> bytes:
    """The yearly report of an office in whose two years much happened."""
    now, before = (computed(7, Period(year)) for year in (2026, 2025))
    found = Compared(now.outside, before.outside)
    given = ReportMaterial(found, {now.period: 1}, (), (), (), (), letter_samples.settings(), now.made)
    blocks = [*report_sections.yearly(given)]
    head = ReportHead("Laporan", now.period.title, "1 Desember 2026")
    return report_letter.render(head, blocks, report_sections.annex(given), letter_samples.settings())


def all_prints() -> float:
    """Milliseconds that every leaflet, poster, slide and picture takes in a process that has printed none before."""
    started = time.perf_counter()
    site_prints.printed(settings_file.load(ROOT / settings_file.FILE_NAME), ("age1rekaan",), FACES)
    return (time.perf_counter() - started) * 1000


def _median(rounds: int, work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def plain_template(content: bytes) -> bytes:
    """The shipped template in docxtpl's own dialect: ``{%p``, and ``{{p`` where paragraphs are put in."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = re.sub(r"(<w:t[^>]*>)\{% ", r"\1{%p ", data.decode())
                blocks = rf"(<w:t[^>]*>)\{{\{{ ((?:{'|'.join(_BLOCKS)}|kajian\.\w+) \}}\}}</w:t>)"
                data = re.sub(blocks, r"\1{{p \2", text).encode()
            new.writestr(name, data)
    return result.getvalue()


def plain_docxtpl(template: bytes, values: Mapping[str, Any]) -> bytes:
    """What everybody does: a new object for each document."""
    made = DocxTemplate(io.BytesIO(template))
    made.render(dict(values), Environment(undefined=StrictUndefined), autoescape=True)
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def set_markdown(values: Mapping[str, Any], source: TemplateSource, compiled: CompiledTemplate) -> dict[str, Any]:
    """``values`` with every long answer as the paragraphs that the compiled template would put in."""
    frames = {
        name: source.frames[int(number)]
        for text in source.texts
        for name, number in re.findall(rf"{PARAGRAPH}\(([\w.]+), (\d+)\)", text.source)
    }
    numbering = Numbering(compiled.numbering.next if compiled.numbering else 1)

    def put(value: str, frame: Frame) -> Markup:
        return Markup(paragraphs.paragraphs(value, frame, compiled.styles, numbering))

    study = {
        name: put(value, frames[f"kajian.{name}"]) if f"kajian.{name}" in frames else value
        for name, value in values["kajian"].items()
    }
    study["isu_hukum"] = [put(issue, frames["isu"]) for issue in study["isu_hukum"]]
    long = {name: put(values[name], frames[name]) for name in ("pertanyaan", "uraian")}
    return {**values, **long, "kajian": study}


if __name__ == "__main__":
    measure()
