"""Digests of decisions: by them a journal tells later whether what was decided still stands in the file. Pure.

What a digest is made of is a list of names, never a whole model: a field that a later version adds would otherwise
make every approval stale, or nothing match that the journals of offices hold.
"""

import hashlib
import json
from collections.abc import Sequence

from pydantic import BaseModel

from processor.cases.case_file import CaseFile

VERIFICATION = ("keputusan", "tanggal", "kekurangan", "alasan_jenis", "alasan")
"""What the applicant is told of a verification; topics for the reports may change without another notice."""
STUDY = ("kasus_posisi", "isu_hukum", "dasar_hukum", "analisis", "kesimpulan", "saran", "rujukan")
OBJECTION = ("putusan", "diputus", "pertimbangan")
REVIEW = ("keputusan", "oleh", "tanggal", "catatan", "naskah")


def digests(case: CaseFile) -> dict[str, str]:
    """Give the SHA-256 of the decisions and of the study that one of them is about: what the journal keeps of them.

    The lists stay as version 0.1.0 wrote them. A field that comes later and is part of a decision is named in
    ``when_filled``.
    """
    texts = {
        "verifikasi": digested_text(case.verifikasi, VERIFICATION),
        "kajian": f"{case.bentuk}|{digested_text(case.kajian, STUDY, own_keys=True)}",
        "pemeriksaan": digested_text(case.pemeriksaan, REVIEW, own_keys=True),
    }
    if case.keberatan and case.keberatan.putusan:
        texts["keberatan"] = digested_text(case.keberatan, OBJECTION)
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}


def digested_text(
    part: BaseModel, names: Sequence[str], when_filled: Sequence[str] = (), *, own_keys: bool = False
) -> str:
    """Write the fields of ``part`` as the JSON that is hashed, always with the same bytes for the same words.

    Args:
        part: The section of a case file.
        names: The fields that are always written, in this order.
        when_filled: The fields of later versions: where one is empty, the text is what it was before there was one.
        own_keys: Whether the keys that the office added to the section are written too.
    """
    values = part.model_dump(mode="json")
    chosen = [*names, *(name for name in when_filled if values[name])]
    added = (part.model_extra or {}) if own_keys else ()
    return json.dumps({name: values[name] for name in (*chosen, *added)}, ensure_ascii=False, separators=(",", ":"))


def reviewed_digest(case: CaseFile) -> str:
    """Give the short digest of what a reviewer approves: the study, and the form in which it goes out."""
    return digests(case)["kajian"][:16]
