"""``forms/*.yaml`` -> Form: the questions, the terms, the checks on a response and the matching of titles."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from processor.foundation import indonesian_dates, yaml_reader
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.question_titles import BREAK, comparable_title, plain_title
from processor.foundation.yaml_reader import Document, Written, YesNo

QuestionKind = Literal[
    "teks", "paragraf", "nip", "email", "telepon", "pilihan", "unit", "tanggal", "berkas", "persetujuan", "kode_lacak",
    "kunci_balasan",
]  # fmt: skip
Group = Literal["identitas", "persoalan", "persetujuan", "pengiriman"]


class Question(Written):
    """One question; ``pilihan`` maps an option's key to the words that the applicant sees.

    Those of a ``unit`` are the units of ``payung.yaml``, by their codes.
    """

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
    keterangan: dict[str, str] = Field(
        default_factory=dict, description="Arti tiap pilihan dengan kata sehari-hari, menurut kuncinya; tampil di situs"
    )
    kecuali: dict[str, str] = Field(
        default_factory=dict,
        description="Tidak ditanyakan bila pertanyaan lain dijawab begini: kuncinya, lalu kunci pilihannya",
    )

    @property
    def made_by_site(self) -> bool:
        """Tell whether the site's page fills it in by itself, so that no person is asked."""
        return self.jenis in _MADE_BY_SITE

    def needed_after(self, answers: Mapping[str, str]) -> bool:
        """Tell whether it is asked of somebody who gave these ``answers``."""
        return not any(answers.get(key) == choice for key, choice in self.kecuali.items())


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
        plains = (plain_title(title), plain_title(BREAK.split(title.strip(), maxsplit=1)[0]))
        return self.titled(title) or next(
            (self._plain_titles[one] for one in plains if one in self._plain_titles), None
        )

    def is_other_column(self, title: str) -> bool:
        """Tell whether the office says of a column of this title that it answers no question."""
        return comparable_title(title) in map(comparable_title, self.kolom_lain)

    def findings(self, answers: Mapping[str, str], today: date, left_out: Collection[str] = ()) -> tuple[Problem, ...]:
        """Give what the verifier should look at in ``answers``, by the questions' keys; never repeats an answer.

        Questions that are ``left_out``, or not needed after other answers, have no answer for a reason of their own.
        """
        asked = (question for question in self.pertanyaan if question.kunci not in left_out)
        given = ((q, answers.get(q.kunci, "")) for q in asked)
        return tuple(p for q, text in given if text or q.needed_after(answers) for p in mistakes(q, text, today))


def load(path: Path, units: Mapping[str, str] | None = None) -> Form:
    """Read a form definition. Raises BrokenFiles with every mistake in it, with its line.

    Args:
        path: The file.
        units: What may be chosen where the form asks for a unit, by its code; without any, it does not ask.
    """
    document = yaml_reader.read(path)
    form, problems = yaml_reader.validate(Form, document)
    if form is not None:
        problems = (*_duplicates(form, document), *_unknown_conditions(form, document))
    if form is None or problems:
        raise BrokenFiles(problems)
    asked = [_offering(question, units or {}) for question in form.pertanyaan if units or question.jenis != "unit"]
    return form.model_copy(update={"pertanyaan": tuple(asked)})


def _offering(question: Question, units: Mapping[str, str]) -> Question:
    """Give a question with the units to choose from, where it asks for one."""
    return question.model_copy(update={"pilihan": dict(units)}) if question.jenis == "unit" else question


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


def _unknown_conditions(form: Form, document: Document) -> Iterator[Problem]:
    """Give the conditions that name no option of a question; one of a question that is not asked never holds."""
    options = {question.kunci: question.pilihan for question in form.pertanyaan}
    for number, question in enumerate(form.pertanyaan):
        for key, choice in question.kecuali.items():
            if key in options and choice not in options[key]:
                line = document.line(("pertanyaan", number, "kecuali"))
                message = f"kecuali pada “{question.kunci}” menyebut {key}: {choice}, yang tidak ada."
                yield Problem(str(document.path), line, message, "Tulis kunci salah satu pilihannya.")


def option_key(question: Question, answer: str) -> str:
    """Give the key of the option that ``answer`` chose; an answer that matches none stays as it is."""
    key = _keys_by_words(tuple(question.pilihan.items())).get(comparable_title(answer))
    if key is not None:
        return key
    if question.pilihan and comparable_title(answer) in {comparable_title(alias) for alias in question.alias_pilihan}:
        return next(iter(question.pilihan))
    return answer


@lru_cache(maxsize=32)
def _keys_by_words(options: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Give the key of each option by its words and by the key itself, in ``comparable_title`` spelling."""
    by_key = {comparable_title(key): key for key, _ in options}
    return by_key | {comparable_title(words): key for key, words in reversed(options)}


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
    if wrong := _wrong_kind(question, answer, today):
        yield problem(*wrong)


def _wrong_kind(question: Question, answer: str, today: date) -> tuple[str, str] | None:
    """Say why an answer is none to a question of this kind, and the mend."""
    kind, ask = question.jenis, "Tanyakan kepada pemohon."
    if kind in _NO_OPTION:
        return None if option_key(question, answer) in question.pilihan else _NO_OPTION[kind]
    if kind == "nip" and (why := nip_problem(answer, today)):
        return why, "Cocokkan dengan data kepegawaian; jangan ditebak."
    if kind == "email" and not _EMAIL.match(answer):
        return "Bukan alamat email yang lengkap.", ask
    if kind == "telepon" and not 8 <= len(digits(answer)) <= 15:
        return f"{len(digits(answer))} digit; nomor telepon 8 sampai 15 digit.", ask
    if kind == "tanggal" and (why := _day_problem(answer, today)):
        return why, "Cocokkan dengan suratnya, atau tanyakan kepada pemohon."
    if kind in _MADE_BY_SITE and not _MADE_BY_SITE[kind].fullmatch(answer):
        made = "Bukan yang dibuat situs, jadi kode pemohon tidak membuka apa pun."
        return made, "Buatkan kode yang baru dengan payung kode."
    return None


def day_in(answer: str) -> date | None:
    """Read the day in an answer, as a browser or a person writes it; None where there is none."""
    found = indonesian_dates.read_date(answer.strip())
    return found if isinstance(found, date) else None


def _day_problem(answer: str, today: date) -> str:
    """Say why ``answer`` is no day that can be near, or "" when it is one."""
    day = day_in(answer)
    if day is None:
        return "Bukan tanggal yang dikenal."
    return "Lebih dari setahun dari hari ini." if abs(day - today) > _FAR else ""


_FAR = timedelta(days=366)
_NO_OPTION: Mapping[QuestionKind, tuple[str, str]] = {
    "unit": ("Bukan unit pada payung.yaml.", "Tentukan bersama pemohon dengan payung identitas, atau biarkan."),
    "pilihan": ("Bukan salah satu pilihan formulir.", "Tentukan saat verifikasi, bila perlu bersama pemohon."),
    "persetujuan": ("Jawaban bukan persetujuan yang dikenal.", "Minta persetujuan sebelum diproses."),
}
_MADE_BY_SITE: Mapping[QuestionKind, re.Pattern[str]] = {
    "kode_lacak": re.compile("[0-9a-f]{32}"),
    "kunci_balasan": re.compile("age1[02-9ac-hj-np-z]{58}"),
}
"""What the site fills in by itself, and an applicant may have changed in a Google Form."""
