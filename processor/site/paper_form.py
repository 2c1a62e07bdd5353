"""A form definition -> the same form on paper: HTML for print, two sides of A4, nothing loaded from elsewhere."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from processor.foundation.form_definition import Form, Question
from processor.foundation.settings import Settings

TEMPLATE = Path(__file__).with_name("paper_form.html")
_FROM_PAGE = {"kode_lacak", "kunci_balasan"}
_WITH_CODE = "kode"
_LEAD = (
    "Tulis dengan huruf cetak. Layanan ini gratis dan rahasia, untuk persoalan hukum yang timbul dari tugas kedinasan "
    "Anda. Yang bertanda “(opsional)” boleh dikosongkan."
)


def render(form: Form, settings: Settings) -> str:
    """Render the printable form as one HTML page with the letterhead of ``settings``; every word in it is escaped.

    What only the page can fill in or open is left out: paper carries no code.
    """
    asked = [question for question in form.pertanyaan if question.jenis not in _FROM_PAGE]
    matter = [question for question in asked if question.kelompok == "persoalan"]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(TEMPLATE.read_text("utf-8")).render(
        form=form,
        agency=settings.instansi,
        service=settings.layanan,
        lead=_LEAD,
        identity=[q for q in asked if q.kelompok == "identitas"],
        short=[q for q in matter if q.jenis not in {"paragraf", "berkas"}],
        long=[q for q in matter if q.jenis == "paragraf"],
        files=[q for q in matter if q.jenis == "berkas"],
        consent=[q for q in asked if q.jenis == "persetujuan"],
        delivery=[_without_code(q) for q in asked if q.kelompok == "pengiriman"],
    )


def _without_code(question: Question) -> Question:
    """Give ``question`` without the option that needs a code."""
    options = {key: words for key, words in question.pilihan.items() if key != _WITH_CODE}
    return question.model_copy(update={"pilihan": options})
