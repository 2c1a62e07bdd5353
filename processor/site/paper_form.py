"""A form definition -> the same form on paper: HTML for print, two sides of A4, nothing loaded from elsewhere."""

from pathlib import Path
from typing import Any

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
_NOTE = (
    "Serahkan formulir ini dalam amplop tertutup ke {}, {}, pukul {:%H.%M}–{:%H.%M} {}. Minta tanda terima dengan "
    "nomor registrasi. Layanan ini gratis. Isi formulir ini rahasia dan hanya dibaca petugas layanan."
)
_WORDS = {
    "petugas": "Diisi petugas",
    "isian_petugas": ("Nomor registrasi", "Tanggal dan jam terima", "Nama dan paraf petugas"),
    "nomor": "Nomor registrasi (diisi petugas)",
    "kelompok": ("A. Identitas pemohon", "B. Persoalan hukum", "C. Syarat dan ketentuan", "D. Penyampaian jawaban"),
    "opsional": "(opsional)",
    "lanjutan": "(lanjutan; bila kurang, tambahkan lembar dan beri nomor)",
    "berkas": ("Tidak ada", "Terlampir, ........ lembar, yaitu:"),
    "tempat": "...................., ................................ 20....",
    "pemohon": "Pemohon,",
    "nama_jelas": "Nama jelas dan tanda tangan",
    "ruang_tulis": "Ruang tulis",
    "kotak_nip": "18 kotak angka",
}
"""What stands on the form beside the questions."""


def content(form: Form, settings: Settings) -> dict[str, Any]:
    """Give what the form on paper holds, whatever sets it: questions by group, the letterhead and the words.

    What only the page can fill in or open is left out: paper carries no code.
    """
    asked = [question for question in form.pertanyaan if question.jenis not in _FROM_PAGE]
    matter = [question for question in asked if question.kelompok == "persoalan"]
    agency, service = settings.instansi, settings.layanan
    return {
        "form": form,
        "agency": agency,
        "kop": f"{agency.alamat} · Telepon {agency.telepon} · {agency.email}",
        "judul": f"Formulir {form.judul}",
        "lead": _LEAD,
        "note": _NOTE.format(agency.nama, service.hari, service.mulai, service.selesai, service.zona_singkat),
        "kaki": f"{form.judul} · ketentuan versi {form.ketentuan.versi} · {agency.nama}, {agency.induk}",
        "kata": _WORDS,
        "identity": [q for q in asked if q.kelompok == "identitas"],
        "short": [q for q in matter if q.jenis not in {"paragraf", "berkas"}],
        "long": [q for q in matter if q.jenis == "paragraf"],
        "files": [q for q in matter if q.jenis == "berkas"],
        "consent": [q for q in asked if q.jenis == "persetujuan"],
        "delivery": [_without_code(q) for q in asked if q.kelompok == "pengiriman"],
    }


def render(form: Form, settings: Settings) -> str:
    """Render the printable form as one HTML page with the letterhead of ``settings``; every word in it is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(TEMPLATE.read_text("utf-8")).render(content(form, settings))


def _without_code(question: Question) -> Question:
    """Give ``question`` without the option that needs a code."""
    options = {key: words for key, words in question.pilihan.items() if key != _WITH_CODE}
    return question.model_copy(update={"pilihan": options})
