"""Tells an export of this form from one of another, and finds the unknown column that holds a question's answers.

A question without a column was not asked by that form: no reason to hold a file back. What is held back would otherwise
be filed as a request without its words, or as a request that nobody made.
"""

import difflib
import re
from collections.abc import Iterator, Sequence

from processor.foundation import form_definition
from processor.foundation.errors import Problem
from processor.foundation.form_definition import Form, Question
from processor.foundation.question_titles import comparable_title
from processor.intake.sources import answers
from processor.intake.sources.cell_check import column_name
from processor.intake.sources.columns import REQUEST, Columns, cells_of
from processor.intake.sources.tables import TableRow, text_of
from processor.intake.sources.timestamps import Cell

_FEWEST = 6  # questions of this form from which on an export is one of it, however many other columns it has
_LONG = 40  # letters of a cell from which on it tells a story
_TYPO = 0.85  # of difflib, from which on two titles are one misspelt

_GENERAL = {
    "anda", "apa", "atau", "bila", "dan", "dari", "data", "dengan", "hukum", "isi", "jenis", "layanan", "lengkap",
    "mohon", "nomor", "pada", "saudara", "sebutkan", "silakan", "tuliskan", "untuk", "yang",
}  # fmt: skip
"""Words that titles of any question may hold."""

_RATING = re.compile(
    r"(?:(?:sangat|cukup|kurang|tidak) )*(?:puas|baik|setuju|sesuai|mudah|cepat|ramah)|[1-5]", re.IGNORECASE
)
_RATES = {"kepuasan", "kritik", "penilaian", "rating", "saran"}
"""Words of titles under which somebody judges a service."""
_FEWEST_RATINGS = 2
_JUDGED = {"kepuasan", "layanan", "nilai", "pelayanan", "penilaian", "puas", "rating"}
"""Words of a title that make a single column of ratings enough."""

_PHONE = re.compile(r"(?:\+?62|0)?[ .\-]?8[\d .\-]{7,15}")
_WORD = re.compile(r"[a-z]{3,}")


def held_back(found: Columns, rows: Sequence[TableRow], form: Form, place: str, sheet: str) -> tuple[Problem, ...]:
    """Say why nothing of an export may be filed; nothing when it may.

    Args:
        found: its columns, at least one of which is a question's.
        rows: the rows below its header.
        form: the form that it should hold responses of.
        place: the name of the file.
        sheet: the name of its sheet; "" for a text.
    """
    unknown = [i for i in found.unknown if cells_of(rows, i) and not form.is_other_column(found.titles[i])]
    of_this_form = found.known >= _FEWEST or found.known >= len(unknown)
    mistaken = tuple(_mistaken(found, rows, form, unknown)) if of_this_form or not found.tells_a_request else ()
    if not found.tells_a_request and not any(question.kunci in REQUEST for _, question in mistaken):
        mistaken = ()
    if mistaken:
        return tuple(
            _unnamed(place, column_name(sheet, index, found.titles[index]), found.titles[index], question)
            for index, question in mistaken
        )
    ratings = [i for i in unknown if _rates(found.titles[i], cells_of(rows, i))]
    judged = len(ratings) >= _FEWEST_RATINGS or any(_judges(found.titles[i], cells_of(rows, i)) for i in ratings)
    survey = judged and not any(q.jenis == "persetujuan" and q.kunci in found.answers for q in form.pertanyaan)
    if found.tells_a_request and of_this_form and not survey:
        return ()
    missing = " atau ".join(f"“{q.judul}”" for q in form.pertanyaan if q.kunci in REQUEST)
    why = f"hanya {found.known} pertanyaannya yang dikenal" if found.tells_a_request else f"tidak ada kolom {missing}"
    if survey:
        why = "ada " + ", ".join(column_name(sheet, i, found.titles[i]) for i in ratings) + " yang menilai layanan"
    message = f"Tampaknya bukan tanggapan formulir permohonan: {why}. Tidak ada yang didaftarkan."
    mend = (
        "Survei atau daftar hadir? Pindahkan dari folder masuk. Memang permohonan? Tambahkan judul kolomnya sebagai "
        "alias pertanyaan itu di forms/permohonan.yaml, judul catatan petugas pada kolom_lain, lalu jalankan lagi."
    )
    return (Problem(place, None, message, mend),)


def _rates(title: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column judges a service, by its title or as every answer in it is a rating, no row number."""
    texts = [text_of(cell) for cell in cells]
    numbers = len(texts) > 1 and len(set(texts)) == len(texts) and not _judges(title, cells)
    rated = all(_RATING.fullmatch(text) for text in texts) and not numbers
    return rated or not _RATES.isdisjoint(_WORD.findall(title.casefold()))


def _judges(title: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column by itself shows a survey: ratings alone, of a service or of how content somebody is."""
    texts = [text_of(cell) for cell in cells]
    content = any(text.casefold().endswith("puas") for text in texts)
    named = not _JUDGED.isdisjoint(_WORD.findall(title.casefold()))
    return (named or content) and all(_RATING.fullmatch(text) for text in texts)


def _mistaken(
    found: Columns, rows: Sequence[TableRow], form: Form, unknown: Sequence[int]
) -> Iterator[tuple[int, Question]]:
    """Find unknown columns that hold what a required question without a column asks for."""
    missing = [question for question in form.pertanyaan if question.wajib and question.kunci not in found.answers]
    open_columns = list(unknown)
    for question in missing:
        there = [i for i in open_columns if _stands_for(question, i, found, form)]
        index = next((i for i in there if _tells(cells_of(rows, i), len(rows))), None)
        if index is None:
            index = next((i for i in open_columns if _fits(question, found.titles[i], cells_of(rows, i))), None)
        if index is not None:
            open_columns.remove(index)
            yield index, question


def _unnamed(place: str, column: str, title: str, question: Question) -> Problem:
    """Say that a column holds the answers to ``question``, it seems, and how to say so."""
    message = (
        f"{column[:1].upper()}{column[1:]} tidak dikenal, dan pertanyaan “{question.judul}” tidak ada kolomnya. "
        "Tidak ada yang didaftarkan."
    )
    mend = (
        f"Bila keduanya sama, tambahkan “{title}” pada alias pertanyaan {question.kunci} di forms/permohonan.yaml; "
        "bila bukan, pada kolom_lain di berkas itu. Lalu jalankan lagi."
    )
    return Problem(place, None, message, mend)


def _stands_for(question: Question, index: int, found: Columns, form: Form) -> bool:
    """Tell whether a column stands where the form has ``question``: right between those before and behind it."""
    order = [one.kunci for one in form.pertanyaan]
    place = order.index(question.kunci)
    before = [min(found.answers[key]) for key in order[:place] if key in found.answers]
    behind = [min(found.answers[key]) for key in order[place + 1 :] if key in found.answers]
    first = before[-1] if before else found.sent
    if first is None or not behind or not first < index < behind[0]:
        return False
    return not any(first < i < index for places in found.answers.values() for i in places)


def _tells(cells: Sequence[Cell], rows: int) -> bool:
    """Tell whether most of the rows hold words in this column, and more than one thing at that."""
    words = {text_of(cell) for cell in cells if isinstance(cell, str) and any(map(str.isalpha, cell))}
    said = [cell for cell in cells if text_of(cell) in words]
    return len(said) * 2 > rows and (len(words) > 1 or len(said) == 1) and not words <= {"TRUE", "FALSE"}


def _fits(question: Question, title: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column may hold the answers to ``question``: by its title, or by what stands in it."""
    texts = [text_of(cell) for cell in cells]
    titles = [comparable_title(one) for one in (question.judul, *question.alias)]
    if _names(comparable_title(title), titles, loosely=question.jenis in {"teks", "paragraf"}):
        return True
    if question.jenis == "paragraf":
        return any(_answers(question, text) for text in texts) and len(set(texts)) * 2 > len(texts)
    return sum(_answers(question, text) for text in texts) * 2 > len(texts)


def _names(title: str, known: Sequence[str], *, loosely: bool) -> bool:
    """Tell whether ``title`` says what one of the ``known`` titles says: all its words, or, loosely, one of them."""
    words = _words(title)
    for one in known:
        theirs = _words(one)
        same = {word for word in theirs if any(_alike(word, mine) for mine in words)}
        if same and (loosely or same == theirs):
            return True
    return bool(difflib.get_close_matches(title, known, n=1, cutoff=_TYPO))


def _alike(one: str, other: str) -> bool:
    """Tell whether two words are one, or one is made of the other: masalah, permasalahan."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 3 and short in long)


def _words(title: str) -> set[str]:
    return {word for word in _WORD.findall(title) if word not in _GENERAL}


def _answers(question: Question, text: str) -> bool:
    """Tell whether ``text`` can be nothing but an answer to a question of this kind."""
    match question.jenis:
        case "nip":
            nip = form_definition.nip_digits(text)
            return len(nip) == 18 and nip.isdecimal()
        case "email":
            return "@" in text
        case "telepon":
            return bool(_PHONE.fullmatch(text))
        case "pilihan":
            return set(answers.options(question, text).split("\n")) <= question.pilihan.keys()
        case "persetujuan":
            return any(word in text.casefold() for word in ("menyetujui", "saya setuju"))
        case "paragraf":
            return len(text) >= _LONG and " " in text and not text.startswith("http")
    return False
