"""``forms/*.yaml`` -> Form: the questions, the terms, the checks on a response and the matching of titles."""

import hashlib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from processor.foundation import yaml_reader
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.yaml_reader import Document, Written, YesNo

QuestionKind = Literal[
    "teks", "paragraf", "nip", "email", "telepon", "pilihan", "berkas", "persetujuan", "kode_lacak", "kunci_balasan"
]
Group = Literal["identitas", "persoalan", "persetujuan", "pengiriman"]


class Question(Written):
    """One question; ``pilihan`` maps an option's key to the words that the applicant sees."""

    kunci: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Nama pendek, tidak pernah diubah")
    judul: str = Field(description="Judul yang dibaca pemohon")
    jenis: QuestionKind
    kelompok: Group
    bantuan: str = ""
    wajib: YesNo
    maks: int = Field(default=1000, description="Banyaknya huruf paling banyak")
    pilihan: dict[str, str] = Field(default_factory=dict)
    alias: tuple[str, ...] = Field(default=(), description="Judul lain pada formulir lama")
    alias_pilihan: tuple[str, ...] = Field(
        default=(), description="Jawaban lama yang sama artinya dengan pilihan pertama"
    )
    sejak: int = Field(default=1, ge=1, description="Versi formulir yang pertama menanyakannya")

    @property
    def made_by_site(self) -> bool:
        """Tell whether the site's page fills it in by itself, so that no person is asked."""
        return self.jenis in _MADE_BY_SITE


class Terms(Written):
    """What the applicant accepts; ``digest`` changes with any word of it."""

    versi: str
    butir: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the terms, one a line."""
        return hashlib.sha256("\n".join(self.butir).encode()).hexdigest()


class Form(Written):
    """A form as code: the single source of its questions."""

    judul: str
    pengantar: str = ""
    pertanyaan: tuple[Question, ...]
    ketentuan: Terms
    versi: int = Field(default=1, ge=1, description="Versi formulir: naikkan bila pertanyaan bertambah")
    kolom_lain: tuple[str, ...] = Field(
        default=(), description="Judul kolom pada ekspor yang bukan pertanyaan, misalnya catatan petugas"
    )

    @cached_property
    def titles(self) -> Mapping[str, Question]:
        """Every title and alias, in ``comparable_title`` spelling, to its question."""
        return {comparable_title(t): q for q in self.pertanyaan for t in (q.judul, *q.alias)}

    @cached_property
    def _plain_titles(self) -> Mapping[str, Question]:
        """Every title and alias in ``plain_title`` spelling to its question; what two questions share is left out."""
        pairs = {(plain_title(title), question.kunci): question for title, question in self.titles.items()}
        shared = Counter(plain for plain, _ in pairs)
        return {plain: question for (plain, _), question in pairs.items() if shared[plain] == 1}

    def titled(self, title: str) -> Question | None:
        """Give the question with this title or alias; None for an unknown title."""
        return self.titles.get(comparable_title(title))

    def question(self, title: str) -> Question | None:
        """Give the question that a column or item titled ``title`` answers; None for an unknown title.

        Numbers before a title, brackets and lines behind it, asterisks and HTML make no difference.
        """
        plains = (plain_title(title), plain_title(_BREAK.split(title.strip(), maxsplit=1)[0]))
        return self.titled(title) or next(
            (self._plain_titles[one] for one in plains if one in self._plain_titles), None
        )

    def is_other_column(self, title: str) -> bool:
        """Tell whether the office says of a column of this title that it answers no question."""
        return comparable_title(title) in map(comparable_title, self.kolom_lain)

    def findings(self, answers: Mapping[str, str], today: date, left_out: Collection[str] = ()) -> tuple[Problem, ...]:
        """Give what the verifier should look at in ``answers``, by the questions' keys; never repeats an answer.

        Questions that are ``left_out`` have no answer for a reason of their own.
        """
        asked = (question for question in self.pertanyaan if question.kunci not in left_out)
        return tuple(p for q in asked for p in mistakes(q, answers.get(q.kunci, ""), today))


def load(path: Path) -> Form:
    """Read a form definition. Raises BrokenFiles with every mistake in it, with its line."""
    document = yaml_reader.read(path)
    form, problems = yaml_reader.validate(Form, document)
    if form is not None:
        problems = tuple(_duplicates(form, document))
    if form is None or problems:
        raise BrokenFiles(problems)
    return form


def _duplicates(form: Form, document: Document) -> Iterator[Problem]:
    """Give the keys that stand twice, and the titles that would lead to two questions."""
    titles: dict[str, str] = {}
    keys: set[str] = set()
    for number, question in enumerate(form.pertanyaan):
        if question.kunci in keys:
            line = document.line(("pertanyaan", number, "kunci"))
            yield Problem(str(document.path), line, f"Kunci “{question.kunci}” dipakai dua kali.", "Beri kunci lain.")
        keys.add(question.kunci)
        for title in (question.judul, *question.alias):
            other = titles.setdefault(comparable_title(title), question.kunci)
            if other != question.kunci:
                place = "judul" if title == question.judul else "alias"
                message = f"Judul “{title}” dipakai oleh dua pertanyaan ({other} dan {question.kunci})."
                line = document.line(("pertanyaan", number, place))
                yield Problem(str(document.path), line, message, "Sisakan pada satu pertanyaan.")


def comparable_title(title: str) -> str:
    """Give a title in the form in which titles are compared: lower case, single blanks, no marks around it."""
    text = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"\s+", " ", text).strip(" *:.?")


_BREAK = re.compile(r"\n|<br\b[^<>]*>", re.IGNORECASE)  # what follows is a hint
_TAG = re.compile(r"<[^<>]{1,500}>")
_NUMBER = re.compile(
    r"^\(?(?:(?:q|no|nomor|soal|butir|pertanyaan)?\.?\s*\d{1,3}(?:\.\d{1,2})*|[a-z]|\d{0,2}[a-z]|[a-z]\.?\d{1,2}|[ivx]{2,4})[.)]\s*(?=[^\W\d])"
    r"|^(?:(?:q|no|nomor|soal|butir|pertanyaan)\.?\s*)?\d{1,3}\s*[-–:]\s*(?=[^\W\d])"
    r"|^(?:[a-z]\.)?\d{1,2}[\ufe0f\u20e3]*\s+(?=[^\W\d])"
)
_HINT = re.compile(r"\s*[-–,/]\s*(?:wajib|opsional|harus)\b.*$")
_BRACKETS = re.compile(
    r"\((?:[^()]|\([^()]*\))*\)|\{[^{}]*\}|\[(?:wajib|opsional|required|optional|harus|sesuai|isi|diisi|contoh)\b[^\[\]]*\]"
)


def plain_title(title: str) -> str:
    """Give a title as people say it: without the number before it, brackets, hints, marks and HTML."""
    text = _edges_off(comparable_title(_TAG.sub(" ", html.unescape(title)).replace("_", " ")), "(")
    bare = _edges_off(comparable_title(_HINT.sub("", _BRACKETS.sub(" ", _NUMBER.sub("", text)))))
    return bare or text


def _edges_off(text: str, kept: str = "") -> str:
    """Take off what is no letter and no digit at both ends, but for a mark that is ``kept`` before it."""
    start = next((i for i, letter in enumerate(text) if letter.isalnum() or letter in kept), len(text))
    end = next((i for i in range(len(text), 0, -1) if text[i - 1].isalnum() or text[i - 1] in ")]}"), start)
    return text[start:end]


def option_key(question: Question, answer: str) -> str:
    """Give the key of the option that ``answer`` chose; an answer that matches none stays as it is."""
    for key, words in question.pilihan.items():
        if comparable_title(answer) in {comparable_title(words), key}:
            return key
    if question.pilihan and comparable_title(answer) in {comparable_title(alias) for alias in question.alias_pilihan}:
        return next(iter(question.pilihan))
    return answer


_NIP = re.compile(r"^(19|20)[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2]|2[1-9])[12](?!000)[0-9]{3}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")


def digits(text: str) -> str:
    """Keep only the digits 0 to 9 of ``text``."""
    return re.sub(r"[^0-9]", "", text)


def nip_digits(text: str) -> str:
    """Strip the word NIP, dots, colons, hyphens and spaces from a NIP; other characters stay, as they are wrong."""
    return re.sub(r"(?i)nip|[.:\-\s\u00a0\u2010-\u2015']", "", text)


def nip_problem(text: str, today: date) -> str:
    """Say why ``text`` is no NIP, or "" when it is one.

    18 digits: birth date, year and month of appointment (PNS 01-12, PPPK 21-29), sex, serial; no check digit.
    """
    nip = nip_digits(text)
    if not nip.isascii() or not nip.isdigit():
        return "Memuat huruf atau tanda lain; seharusnya 18 digit."
    if len(nip) != 18:
        return f"{len(nip)} digit, seharusnya 18."
    if not _NIP.match(nip):
        return "Susunannya bukan susunan NIP (tanggal lahir, pengangkatan, jenis kelamin, nomor urut)."
    try:
        born = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return "Delapan digit pertama bukan tanggal lahir yang ada."
    appointed = int(nip[8:12])
    if appointed > today.year:
        return "Tahun pengangkatan belum tiba."
    if not 16 <= appointed - born.year <= 58:
        return f"Usia saat pengangkatan {appointed - born.year} tahun; tidak lazim."
    return ""


def mistakes(question: Question, answer: str, today: date) -> Iterator[Problem]:
    """Give what is wrong with one answer, without ever repeating it. ``today`` bounds the years of a NIP."""
    answer = answer.strip()

    def problem(message: str, mend: str) -> Problem:
        return Problem(question.judul, None, message, mend)

    if not answer:
        if question.wajib:
            mend = (
                "Minta pemohon melengkapi."
                if question.jenis != "persetujuan"
                else "Minta persetujuan sebelum diproses."
            )
            yield problem("Belum diisi.", mend)
        return
    if len(answer) > question.maks:
        yield problem(
            f"{len(answer)} huruf, paling banyak {question.maks}.", "Tidak ada yang dipotong; periksa isinya."
        )
    if question.jenis == "nip" and (why := nip_problem(answer, today)):
        yield problem(why, "Cocokkan dengan data kepegawaian; jangan ditebak.")
    elif question.jenis == "email" and not _EMAIL.match(answer):
        yield problem("Bukan alamat email yang lengkap.", "Tanyakan kepada pemohon.")
    elif question.jenis == "telepon" and not 8 <= len(digits(answer)) <= 15:
        yield problem(f"{len(digits(answer))} digit; nomor telepon 8 sampai 15 digit.", "Tanyakan kepada pemohon.")
    elif (wrong := _NO_OPTION.get(question.jenis)) and option_key(question, answer) not in question.pilihan:
        yield problem(*wrong)
    elif (made := _MADE_BY_SITE.get(question.jenis)) and not made.fullmatch(answer):
        message = "Bukan yang dibuat situs, jadi kode pemohon tidak membuka apa pun."
        yield problem(message, "Buatkan kode yang baru dengan payung kode.")


_NO_OPTION = {
    "pilihan": ("Bukan salah satu pilihan formulir.", "Tentukan saat verifikasi, bila perlu bersama pemohon."),
    "persetujuan": ("Jawaban bukan persetujuan yang dikenal.", "Minta persetujuan sebelum diproses."),
}
_MADE_BY_SITE = {"kode_lacak": re.compile("[0-9a-f]{32}"), "kunci_balasan": re.compile("age1[02-9ac-hj-np-z]{58}")}
"""What the site fills in by itself, and an applicant may have changed in a Google Form."""
