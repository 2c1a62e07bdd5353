"""What a code opens in one publication, of a request as of a complaint: a status and, once delivered, the answer.

A status that is too long for its entry is there as versi, nomor and ``berkas``, the name of the file in ``balasan``
that has all of it. That file is one for each code. Its first 4 bytes, the most significant first, say how long the JSON
is that follows; behind it stand the answers' files, one after the other:

    versi        2
    jawaban      a list of {nomor, berlaku_sampai, berkas}; berkas is a list of {nama, sha256, ukuran in bytes}
    status       a list of statuses as ``applicant_status`` describes them
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from processor.foundation.indonesian_dates import tanggal
from processor.operations import status_words
from processor.site import sealed_files, sealed_statuses
from processor.site.age_sealing import SealedReply


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request or complaint: what is told of it, and its files' contents in that order."""

    told: Mapping[str, Any]
    contents: Sequence[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedByCode:
    """A status that the code of ``locator`` opens, sealed to its ``recipient``, and the answer of which it speaks.

    ``place`` is the name, in this publication, of the file that holds every answer for this code.
    """

    locator: str
    recipient: str
    status: Mapping[str, Any]
    place: str
    answer: Answer | None = None

    @property
    def fits(self) -> bool:
        """Whether the status fits its entry."""
        return len(status_words.as_json(self.status)) <= sealed_statuses.STATUS_SIZE


def answer(number: str, last: date | None, files: Mapping[str, bytes]) -> Answer:
    """Give the answer to a request or complaint, until the ``last`` day; ``files`` by the names to save them under."""
    given = [
        {"nama": name, "sha256": hashlib.sha256(content).hexdigest(), "ukuran": len(content)}
        for name, content in files.items()
    ]
    told = {"nomor": number, "berlaku_sampai": tanggal(last) if last else "", "berkas": given}
    return Answer(told, [*files.values()])


def statuses(opened: Iterable[OpenedByCode]) -> Iterator[tuple[str, SealedReply]]:
    """Give what goes into the entries of a publication, by locator."""
    for one in opened:
        pointer = {"versi": one.status["versi"], "nomor": one.status["nomor"], "berkas": one.place}
        yield one.locator, SealedReply(one.recipient, status_words.as_json(one.status if one.fits else pointer))


def replies(opened: Iterable[OpenedByCode]) -> dict[str, SealedReply]:
    """Give what goes into ``balasan``, by its name there."""
    at = defaultdict[str, list[OpenedByCode]](list)
    for one in opened:
        if one.answer or not one.fits:
            at[one.place].append(one)
    return {place: SealedReply(some[0].recipient, _joined(some)) for place, some in at.items()}


def _joined(some: Sequence[OpenedByCode]) -> bytes:
    """Join what one code opens in one file."""
    given = [one.answer for one in some if one.answer]
    told = status_words.as_json(
        {
            "versi": sealed_files.VERSION,
            "jawaban": [one.told for one in given],
            "status": [one.status for one in some if not one.fits],
        }
    )
    return b"".join((len(told).to_bytes(4), told, *(content for one in given for content in one.contents)))
