"""Tells the rows of an export that are nobody's response: sums, signatures, titles again, what staff filled down."""

from collections.abc import Collection, Mapping, Sequence

from processor.foundation.form_definition import Question, digits
from processor.foundation.question_titles import comparable_title
from processor.intake.sources.columns import REQUEST, Columns

_KINDS = {"nip", "email", "telepon", "pilihan", "persetujuan"}
_CHOICES = {"pilihan", "persetujuan"}
_FEW = 2  # answers that may be alike by chance
_MEND = "Bila ini permohonan, daftarkan dengan payung terima."


_FEWEST_DIGITS = 8  # of a NIP or a telephone number; a row of sums has fewer


def no_response(
    found: Columns, texts: Sequence[str], answered: Mapping[str, str], unread: Collection[str], *, timed: bool
) -> str:
    """Say why a row is no response; "" for one that is.

    With a time, an answer in words is enough; without one, the row must tell a request and answer half of the form,
    some question of it (NIP, e-mail, consent) as only an applicant would. A damaged answer was one.

    Args:
        found: The columns.
        texts: The cells of the row, as a person sees them.
        answered: The answers by the questions' keys.
        unread: The questions whose cell is damaged.
        timed: Whether the row says at what time of which day it was sent; a signature has its day alone.
    """
    given = [key for key, text in answered.items() if text]
    if _repeats_titles(found, texts):
        return "Judul kolom yang terulang."
    if not given:
        return "Tidak ada satu pun jawaban formulir di baris ini."
    if not unread and all(found.questions[key].jenis in _CHOICES for key in given):
        return f"Hanya pilihan dan persetujuan, tanpa kata-kata permohonan. {_MEND}"
    alike = len(given) > _FEW and len({answered[key] for key in given}) == 1
    if timed and not alike and (len(given) + len(unread) > 1 or given[0] in REQUEST):
        return ""
    told = any(letter.isalpha() for key in REQUEST for letter in answered.get(key, "")) or REQUEST & set(unread)
    if (
        told
        and not alike
        and (len(given) + len(unread)) * 2 >= len(found.answers)
        and (found.sent is None or _is_filled_in(found, answered))
    ):
        return ""
    return f"Tanpa waktu atau jawaban yang cukup: baris jumlah, tanda tangan, atau catatan. {_MEND}"


def _is_filled_in(found: Columns, answered: Mapping[str, str]) -> bool:
    """Tell whether some answer is of its question's kind, where any question has a kind: a title again is none."""
    kinds = {key: found.questions[key] for key in answered if found.questions[key].jenis in _KINDS}
    return not kinds or any(_is_of_its_kind(question, answered[key]) for key, question in kinds.items())


def _is_of_its_kind(question: Question, text: str) -> bool:
    if question.jenis == "email":
        return "@" in text
    if question.pilihan:
        return set(text.split("\n")) <= question.pilihan.keys()
    return len(digits(text)) >= _FEWEST_DIGITS


def _repeats_titles(found: Columns, texts: Sequence[str]) -> bool:
    """Tell whether most filled cells hold the title above them."""
    filled = [(comparable_title(text), index) for index, text in enumerate(texts) if text]
    same = sum(index < len(found.titles) and text == comparable_title(found.titles[index]) for text, index in filled)
    return same > 1 and same * 2 > len(filled)
