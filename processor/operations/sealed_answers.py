"""What a code opens in one publication, of a request as of a complaint: a status and, once delivered, the answer.

The answers that one code opens are one JSON, in one file:

    versi        1
    jawaban      a list of {nomor, berlaku_sampai, berkas}; berkas is a list of {nama, sha256, isi: Base64}
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from processor.foundation.indonesian_dates import tanggal
from processor.operations import status_words
from processor.site.sealed_files import SealedReply


@dataclass(frozen=True, slots=True)
class OpenedByCode:
    """A status that the code of ``locator`` opens, and the answer of which it speaks; "" and nothing without one.

    ``place`` is the name, in this publication, of the file that holds every answer for this code.
    """

    locator: str
    status: SealedReply
    place: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict, repr=False)


def stays(last: date | None) -> dict[str, str]:
    """Say until when an answer can be opened: the ``last`` day, or without an end."""
    return {"berlaku_sampai": tanggal(last) if last else ""}


def answer(number: str, last: date | None, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Give the answer to one request or complaint: its files by the names to save them under."""
    given = [
        {"nama": name, "sha256": hashlib.sha256(content).hexdigest(), "isi": base64.b64encode(content).decode()}
        for name, content in files.items()
    ]
    return {"nomor": number, **stays(last), "berkas": given}


def replies(opened: Iterable[OpenedByCode]) -> dict[str, SealedReply]:
    """Give what goes into ``balasan``, by its name there."""
    answers_at = defaultdict[str, list[OpenedByCode]](list)
    for one in opened:
        if one.answer:
            answers_at[one.place].append(one)
    said = {place: {"versi": 1, "jawaban": [one.answer for one in some]} for place, some in answers_at.items()}
    return {
        place: SealedReply(answers_at[place][0].status.recipient, status_words.as_json(data))
        for place, data in said.items()
    }
