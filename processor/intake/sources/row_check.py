"""Tells the rows of an export that are nobody's response: sums, signatures, titles again, what staff filled down."""

from collections.abc import Mapping, Sequence

from processor.foundation.form_definition import comparable_title
from processor.intake.sources.columns import REQUEST, Columns

_MEND = "Bila ini permohonan, daftarkan dengan payung terima."


def no_response(found: Columns, texts: Sequence[str], answered: Mapping[str, str], *, timed: bool) -> str:
    """Say why a row is no response; "" for one that is.

    With a time, an answer of its own is enough; without one, the row must tell a request and answer half of the form.

    Args:
        found: The columns.
        texts: The cells of the row, as a person sees them.
        answered: The answers by the questions' keys.
        timed: Whether the row says when it was sent.
    """
    given = [key for key, text in answered.items() if text]
    if _repeats_titles(found, texts):
        return "Judul kolom yang terulang."
    if not given:
        return "Tidak ada satu pun jawaban formulir di baris ini."
    if timed and (len(given) > 1 or given[0] in REQUEST):
        return ""
    told = any(letter.isalpha() for key in REQUEST for letter in answered.get(key, ""))
    if told and len(given) * 2 >= len(found.answers):
        return ""
    return f"Tanpa waktu atau jawaban yang cukup: baris jumlah, tanda tangan, atau catatan. {_MEND}"


def _repeats_titles(found: Columns, texts: Sequence[str]) -> bool:
    """Tell whether most filled cells hold the title above them."""
    filled = [(comparable_title(text), index) for index, text in enumerate(texts) if text]
    same = sum(index < len(found.titles) and text == comparable_title(found.titles[index]) for text, index in filled)
    return same > 1 and same * 2 > len(filled)
