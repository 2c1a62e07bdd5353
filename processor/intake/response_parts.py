"""What a response becomes: its parts in the open case file, and those that are sealed. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import get_args

from processor.cases.case_file import UNKNOWN_TERMS, HelpKind, Way
from processor.cases.case_parts import UrgentMatter
from processor.cases.records import Response
from processor.foundation import form_definition
from processor.foundation.form_definition import Form

UNDECIDED = "belum_tahu"
"""The choice of whoever does not know which kind of help they need."""


def findings(response: Response, form: Form, now: datetime) -> list[str]:
    """Give what the verifier should look at in a response."""
    found = form.findings(response.answers, now.date(), response.unread | response.not_asked)
    undecided = [_TO_DECIDE] if response.answers.get("bentuk") == UNDECIDED else []
    return [*(f"{p.place}: {p.sentence}" for p in (*response.problems, *found)), *undecided]


_TO_DECIDE = (
    "Bentuk layanan: pemohon belum tahu bentuk mana yang ia perlukan. Tentukan dari uraian dan pertanyaannya saat "
    "verifikasi."
)


def other_kind(answers: Mapping[str, str]) -> str:
    """Give the applicant's words for a kind of help that is none of ours; "" where they chose one, or none yet."""
    chosen = answers.get("bentuk", "")
    return "" if chosen == UNDECIDED or chosen in get_args(HelpKind) else chosen


def here(moment: datetime | None, now: datetime) -> datetime | None:
    """Give a moment on the office's clock; None without one, or when it is so far off that no calendar holds it."""
    try:
        return moment.astimezone(now.tzinfo) if moment else None
    except OverflowError:
        return None


def consent(answers: Mapping[str, str], form: Form, response: Response, now: datetime) -> dict[str, object]:
    """Give the terms that were accepted; nobody is said to have accepted a text that nobody knows was shown."""
    if not _agreed(answers, form):
        return {}
    terms = response.terms
    shown = {"versi": terms.versi, "sidik": terms.sidik} if terms else {"versi": UNKNOWN_TERMS}
    return {**shown, "waktu": here(response.submitted, now)}


def _agreed(answers: Mapping[str, str], form: Form) -> bool:
    """Tell whether the answers accept the terms."""
    question = next((q for q in form.pertanyaan if q.jenis == "persetujuan"), None)
    return question is not None and answers.get(question.kunci) in question.pilihan


def unknown_terms(response: Response, form: Form) -> Iterator[str]:
    """Say what to do where somebody agreed to terms of which nobody knows the version."""
    if _agreed(response.answers, form) and (response.terms is None or response.terms.versi == UNKNOWN_TERMS):
        yield (
            f"Persetujuan: tidak diketahui versi ketentuan mana yang disetujui ({response.source}). Kirimkan ketentuan "
            f"versi {form.ketentuan.versi} dan minta persetujuannya sebelum diteruskan, lalu tulis versi dan waktunya "
            "pada persetujuan; atau tulis versi yang memang ditampilkan formulirnya, bila Anda mengetahuinya."
        )


def reply(answers: Mapping[str, str]) -> dict[str, object]:
    """Give how the answer is wanted. Other words than an option stay sealed: they may be an address."""
    way = answers.get("cara_jawaban", "")
    codes = {key: answers.get(key, "") for key in ("kode_lacak", "kunci_balasan")}
    return {"cara": way if way in get_args(Way) else None, **codes}


def urgency(answers: Mapping[str, str]) -> dict[str, object] | None:
    """Give the near date that the applicant named, and what it is of; None where they named neither."""
    matter, day = answers.get("mendesak", ""), form_definition.day_in(answers.get("tanggal_mendesak", ""))
    known = matter if matter in get_args(UrgentMatter) else None
    return {"perihal": known, "tanggal": day} if known or day else None


def version(response: Response) -> dict[str, object]:
    """Give the response exactly as it came, as plain data for the sealed file."""
    return {
        "sumber": response.source,
        "kunci": response.key,
        "dibuat": iso(response.created),
        "waktu": iso(response.submitted),
        "jawaban": {key: sound(text) for key, text in response.answers.items()},
        "lain": {sound(title): sound(text) for title, text in response.others.items()},
        "lampiran": [sound(attachment.name) for attachment in response.attachments],
    }


def sound(text: str) -> str:
    """Make half surrogate pairs, which no file can hold, visible in ``text``."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def iso(moment: datetime | None) -> str:
    """Write a moment in ISO form; "" for none."""
    return moment.isoformat() if moment else ""
