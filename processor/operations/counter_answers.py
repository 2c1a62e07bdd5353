"""What the counter asks, and how what is typed there becomes an answer, at a terminal and at the desk alike. Pure."""

from collections.abc import Iterable, Iterator

from processor.cases.case_parts import Channel
from processor.foundation import form_definition
from processor.foundation.form_definition import Question

CHANNELS: tuple[Channel, ...] = ("telepon", "whatsapp", "email", "surat")
"""The ways by which a request reaches the counter when nobody comes there."""
_NOT_ASKED = {"berkas", "kode_lacak", "kunci_balasan"}  # papers go to the closed archive; a code is the browser's
_WITH_CODE = "kode"


def asked(questions: Iterable[Question]) -> Iterator[Question]:
    """Give the questions of the paper form; what only the site's page can fill in or open is left out."""
    for question in questions:
        if _WITH_CODE in question.pilihan:
            options = {key: text for key, text in question.pilihan.items() if key != _WITH_CODE}
            yield question.model_copy(update={"pilihan": options, "bantuan": ""})
        elif question.jenis not in _NOT_ASKED:
            yield question


def in_order(question: Question, text: str) -> str:
    """Give the answer that was typed: of an option its key, a day as ISO 8601, else the words with their ends stripped.

    Only a long answer has lines.
    """
    if question.jenis == "paragraf":
        return text.strip()
    words = " ".join(text.split("\n")).strip()
    if words in question.pilihan:  # a unit's code may be a number
        return words
    if question.jenis == "tanggal" and (day := form_definition.day_in(words)):
        return day.isoformat()
    return form_definition.option_key(question, words)
