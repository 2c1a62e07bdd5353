"""Which page of the site's own form asks what: one thing a page, in the order in which a frightened person can answer.

The order on paper, at Google and in exports is that of the form definition, and another matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from processor.foundation.form_definition import Group, Question


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form.

    ``title`` is "" where the first question is the title; ``keys`` are its questions, and ``rest`` the group whose
    questions no step names, as an office may ask more; ``lead`` is said before them.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    rest: Group | None = None
    lead: str = ""


REQUEST_STEPS: Final = (
    Step("tanggal", "", ("mendesak", "tanggal_mendesak")),
    Step(
        "uraian", "Apa yang terjadi?", ("uraian",),
        lead="Tidak harus indah. Urutkan saja menurut waktu. Sebut orang lain dengan jabatannya, bukan namanya, dan "
        "jangan menulis nama Anda sendiri di sini.",
    ),
    Step("pertanyaan", "Apa yang ingin Anda ketahui?", ("pertanyaan",)),
    Step("bentuk", "Bantuan apa yang Anda perlukan?", ("bentuk",), rest="persoalan"),
    Step(
        "dokumen", "Surat atau foto yang berkaitan", ("dokumen",),
        lead="Belum ada? Lanjut saja. Bila ada yang diperlukan, petugas memintanya.",
    ),
    Step(
        "identitas", "Siapa Anda?", ("nama", "nip"),
        lead="Untuk memastikan Anda ASN yang kami layani. Disimpan terpisah dari cerita Anda.",
    ),
    Step("pekerjaan", "Pekerjaan Anda", ("jabatan", "unit_kerja", "unit"), rest="identitas"),
    Step("jawaban", "Bagaimana jawaban sampai kepada Anda?", ("cara_jawaban",), rest="pengiriman"),
    Step(
        "kontak", "Ke mana kami mengabari Anda?", ("email", "telepon", "alamat"),
        lead="Pemberitahuan kami tidak memuat nama Anda, dan judulnya tidak memuat persoalannya.",
    ),
    Step("persetujuan", "Persetujuan", ("persetujuan",), rest="persetujuan"),
)  # fmt: skip
"""The pages of a request. Between the first two stands what can be done at once, where a date is near."""

COMPLAINT_STEPS: Final = (
    Step("uraian", "Apa yang terjadi?", ("uraian", "kapan")),
    Step("jenis", "Tentang apa?", ("jenis",)),
    Step("terhadap", "Tentang siapa?", ("terhadap", "petugas"), rest="persoalan"),
    Step(
        "identitas", "Siapa Anda?", ("nama", "email", "telepon"), rest="identitas", lead="Semuanya boleh dikosongkan."
    ),
)
"""The pages of a complaint about the service."""


def placed(questions: Sequence[Question], steps: Sequence[Step]) -> Iterator[tuple[Step, Sequence[Question]]]:
    """Give each step with the questions that it asks; one that has none is left out."""
    named = {key for step in steps for key in step.keys}
    for step in steps:
        known = [question for key in step.keys for question in questions if question.kunci == key]
        others = [one for one in questions if one.kunci not in named and one.kelompok == step.rest]
        if known or others:
            yield step, (*known, *others)
