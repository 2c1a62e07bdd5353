"""Work on a study in Word and back at the desk: the file that is sent, what is asked of it, and what it changes."""

import base64
import binascii
from dataclasses import replace

from processor.desk import study_form
from processor.desk.study_form import TypedStudy, WordReading
from processor.desk.visit import Visit
from processor.foundation.errors import PayungError
from processor.operations import study_exchange, study_texts

ASKED_FILE = "word-ditanya"
"""The field of a file about which something is still asked."""
ANSWER = "jawab-"
"""What the name of a field begins with that answers a question."""
_LARGEST = 2_500_000
"""Bytes of a file that a form can send again with the answers; a larger one has to be chosen again."""


def content(visit: Visit, field: str = study_form.KEPT_FILE) -> bytes:
    """Give the Word file that a form carries because it holds more than the case will; b"" for none."""
    try:
        return base64.b64decode(visit.posted.text(field), validate=True)
    except binascii.Error:
        return b""


def read(visit: Visit, number: str, form: TypedStudy) -> TypedStudy:
    """Give a form with what a Word file says in its boxes, or with what is to be answered before.

    Raises:
        PayungError: No file was chosen, or it is none that can be read.
        BrokenFiles: The case file cannot be used.
    """
    chosen = visit.posted.files.get("berkas")
    file = chosen.content if chosen and chosen.content else content(visit, ASKED_FILE)
    name = chosen.name if chosen and chosen.content else visit.posted.text(study_form.FILE_NAME)
    if not file:
        raise PayungError("Belum ada berkas Word yang dipilih. Pilih berkasnya, lalu tekan Baca berkas Word.")
    given = {key.removeprefix(ANSWER): visit.posted.text(key) for key in visit.posted.texts if key.startswith(ANSWER)}
    found = study_exchange.read_back(visit.office, number, file, name, given)
    carried = base64.b64encode(file).decode() if len(file) <= _LARGEST else ""
    if found.questions:
        return replace(form, word=WordReading(name, carried, found.questions, given))
    texts = study_texts.of_changes(found.changes)
    reading = WordReading(
        name,
        carried if found.not_carried else "",
        changed=study_texts.differences(form.typed, texts),
        not_carried=found.not_carried,
        absent=found.absent,
    )
    return replace(form, typed={**form.typed, **texts}, word=reading)
