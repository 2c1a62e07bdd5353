"""A form definition -> the same form on paper: HTML for print, two sides of A4, nothing loaded from elsewhere."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from processor.forms import Form
from processor.settings import Settings

TEMPLATE = Path(__file__).with_name("paper_form.html")
_FROM_PAGE = {"kode_lacak", "kunci_balasan"}
_LEAD = (
    "Tulis dengan huruf cetak. Layanan ini gratis dan rahasia, untuk persoalan hukum yang timbul dari tugas kedinasan "
    "Anda. Yang bertanda “(opsional)” boleh dikosongkan."
)


def render(form: Form, settings: Settings) -> str:
    """The printable form as one HTML page with the letterhead of ``settings``; every word in it is escaped.

    Questions that only the page fills in are left out: on paper the office gives the code at the counter.
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
    )
