"""The ten questions that a new agency is asked: what an answer must be like, what is proposed, and where it is kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from processor.foundation import atomic_files, yaml_reader, yaml_writer
from processor.foundation.errors import Problem
from processor.foundation.settings_agency import ZONE_NAMES
from processor.foundation.settings_mail import ADDRESS, domain
from processor.operations.founding import agency_names
from processor.operations.founding.agency_names import AgencyNames

Answers = Mapping[str, tuple[str, ...]]
"""What was answered, by the questions' keys: a line, or several."""
_HEAD = "# Jawaban atas payung siapkan. Dengan jawaban yang sama: payung siapkan --jawaban berkas-ini FOLDER\n"
_LONGEST = 200
_NIP = re.compile(r"\s*\b(?:NIP[ .:]*)?(\d(?:[ .]?\d){17})\s*$", re.IGNORECASE)
_SITE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/[\w.~-]+)*/")
_HOURS = re.compile(
    r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?\s*(?:-|–|sampai|s\.?/?d\.?)\s*([01]?\d|2[0-3])(?:[.:]([0-5]\d))?\s*([a-z]+)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[-*•–]|[0-9]{1,3}[.)]) ")
"""What stands before each line of a list that somebody pastes."""
ZONES: Final = {short: zone for zone, short in ZONE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class AgencyQuestion:
    """A question; ``read`` gives a line of the answer as it is kept, or raises ValueError with what is wrong.

    ``propose`` gives the answer that stands where nobody gives one, by those before it. An answer of ``many`` lines has
    at least ``least``.
    """

    key: str
    asks: str
    hint: str
    read: Callable[[str], str]
    propose: Callable[[Answers], tuple[str, ...]]
    many: bool = False
    least: int = 1


@dataclass(frozen=True, slots=True)
class NamedOfficer:
    """An officer, by name and NIP."""

    name: str
    nip: str


def names(answers: Answers) -> AgencyNames:
    """Give the agency that the first two answers name."""
    return AgencyNames(answers["instansi"][0], answers["satuan"][0])


def person(line: str) -> NamedOfficer:
    """Read an officer, the name before the NIP. Raises ValueError."""
    nip = _NIP.search(line)
    name = line[: nip.start()].strip(" ,;|") if nip else ""
    if not nip or not re.search(r"[^\W\d_]", name):
        raise ValueError("Tulis nama, lalu NIP 18 angka, misalnya: Contoh Nama, S.H. 197001011998031003.")
    return NamedOfficer(name, re.sub(r"\D", "", nip[1]))


def town(address: str) -> str:
    """Give the town with which an address ends, without its postcode. Raises ValueError."""
    before, _, last = address.rpartition(",")
    found = re.sub(r"\s*\d{5}$", "", last).strip(" .")
    if not before.strip() or not re.fullmatch(r"[^\W\d_][^\d]*", found):
        raise ValueError("Akhiri dengan koma dan nama kotanya, misalnya Jalan Contoh Nomor 1, Kotacontoh 12345.")
    return found


def hours(line: str) -> tuple[str, str, str]:
    """Read when the service opens and closes, and in which zone (WIB, WITA, WIT). Raises ValueError."""
    found = _HOURS.fullmatch(line.strip(" ."))
    if not found or found[5].upper() not in ZONES:
        raise ValueError("Tulis jam buka, jam tutup, dan WIB, WITA, atau WIT, misalnya 08.00-16.00 WIB.")
    begin, end = (f"{int(hour):02}.{minute or '00'}" for hour, minute in (found.group(1, 2), found.group(3, 4)))
    if end <= begin:
        raise ValueError("Jam tutup harus sesudah jam buka, misalnya 08.00-16.00 WIB.")
    return begin, end, found[5].upper()


def _address(text: str) -> str:
    town(text)
    return text


def _telephone(text: str) -> str:
    if len(re.sub(r"\D", "", text)) < 8 or re.search(r"[^\d ()+/.,-]", text):
        raise ValueError("Tulis nomor dengan kode wilayahnya, hanya angka, misalnya (0000) 123456.")
    return text


def _email(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise ValueError("Bukan alamat email. Tulis seperti hukum@contoh.example.go.id.")
    return text


def _site(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    address = f"{address.rstrip('/')}/"
    if not _SITE.fullmatch(address):
        raise ValueError(
            "Tulis alamat lengkap yang memakai https, misalnya https://bantuanhukum.contoh.example.go.id/."
        )
    return address


def _own_domain(email: str) -> str:
    """Give the domain of a government's address; a mailbox elsewhere says nothing of where the site will be."""
    found = domain(email)
    return found if found.endswith(".go.id") else "contoh.example.go.id"


def _hours(text: str) -> str:
    begin, end, zone = hours(text)
    return f"{begin}-{end} {zone}"


def _person(text: str) -> str:
    found = person(text)
    return f"{found.name} {found.nip}"


QUESTIONS: tuple[AgencyQuestion, ...] = (
    AgencyQuestion(
        "instansi", "Nama daerah, kementerian, atau lembaga Anda",
        "Contoh: Provinsi Contoh, Kabupaten Contoh, Kota Contoh, Kementerian Contoh.",
        agency_names.government_name, lambda _: ("Kabupaten Contoh",),
    ),
    AgencyQuestion(
        "satuan", "Satuan kerja yang memberi bantuan hukum", "Contoh: Bagian Hukum, Biro Hukum, Subbagian Hukum.",
        agency_names.unit_name,
        lambda known: (f"{'Bagian' if known['instansi'][0].startswith(('Kab', 'Kota ')) else 'Biro'} Hukum",),
    ),
    AgencyQuestion(
        "alamat", "Alamat kantor, diakhiri koma dan nama kotanya",
        "Kota itu juga yang tertulis di samping tanggal surat.",
        _address, lambda _: ("Jalan Contoh Nomor 1, Kotacontoh 12345",),
    ),
    AgencyQuestion(
        "telepon", "Telepon yang sungguh diangkat pada jam layanan",
        "Pemohon yang dipanggil besok menelepon nomor ini.",
        _telephone, lambda _: ("(0000) 123456",),
    ),
    AgencyQuestion(
        "email", "Alamat email layanan", "Tampil di situs, juga untuk pengaduan tentang layanan.",
        _email, lambda _: ("hukum@contoh.example.go.id",),
    ),
    AgencyQuestion(
        "situs", "Alamat situs layanan nanti",
        "Tetapkan sebelum permohonan pertama: kode pemohon terikat pada alamat ini. Belum ada? Tekan Enter.",
        _site, lambda known: (f"https://bantuanhukum.{_own_domain(known['email'][0])}/",),
    ),
    AgencyQuestion(
        "jam", "Jam layanan pada hari kerja, dengan zona waktunya",
        "Jam Jumat, istirahat, dan Ramadan ditambahkan nanti di payung.yaml.", _hours, lambda _: ("08.00-16.00 WIB",),
    ),
    AgencyQuestion(
        "kepala", "Yang memeriksa kajian dan menandatangani surat: nama, lalu NIP",
        "Contoh: Contoh Nama, S.H., M.H. 197001011998031003.",
        _person, lambda _: ("Contoh Kepala, S.H., M.H. 197001011998031003",),
    ),
    AgencyQuestion(
        "petugas", "Petugas lain, satu baris satu orang: nama, lalu NIP",
        "Yang pertama menerima permohonan, yang lain menyusun kajian. Satu orang saja? Ia mengerjakan keduanya.",
        _person, lambda _: ("Petugas Contoh 199001012015032001", "Analis Contoh 198802022014031002"), many=True,
    ),
    AgencyQuestion(
        "unit", "Perangkat daerah atau unit yang dilayani, satu baris satu nama",
        "Formulir menanyakannya kepada pemohon. Enter: tidak ditanyakan; dapat ditambahkan nanti.",
        lambda text: text, lambda _: (), many=True, least=0,
    ),
)  # fmt: skip
"""Everything that an agency is asked, in order."""


def read_line(question: AgencyQuestion, text: str) -> str:
    """Give a line of an answer as it is kept. Raises ValueError with what is wrong and how it should be."""
    words = " ".join(text.split())
    if question.many:
        words = _BULLET.sub("", words)
    if not words:
        raise ValueError("Belum dijawab.")
    if len(words) > _LONGEST or not words.isprintable():
        raise ValueError(f"Tulis paling banyak {_LONGEST} huruf, tanpa tanda yang tidak tampak.")
    return question.read(words)


def read_lines(question: AgencyQuestion, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Give an answer as it is kept, each line once. Raises ValueError with what is wrong and how it should be."""
    read = tuple(dict.fromkeys(read_line(question, line) for line in lines))
    if len(read) < question.least or (not question.many and len(read) > 1):
        raise ValueError("Tulis satu jawaban." if read else "Belum dijawab.")
    return read


def with_proposals(answers: Answers) -> Answers:
    """Give ``answers`` with what is proposed where there is none."""
    whole = dict(answers)
    for question in QUESTIONS:
        whole.setdefault(question.key, question.propose(whole))
    return {question.key: whole[question.key] for question in QUESTIONS}


def samples(answers: Answers) -> list[str]:
    """Name the questions whose answers are those of no real agency."""
    return [
        key
        for key, lines in answers.items()
        if any(re.search("contoh|[(]0000[)]", line, re.IGNORECASE) for line in lines)
    ]


def read_file(path: Path) -> tuple[Answers, tuple[Problem, ...]]:
    """Read the answers that stand in a file, and find every mistake in them; what has one is left out."""
    document = yaml_reader.read(path)
    data: Any = {} if document.data is None else document.data
    if document.problems or not isinstance(data, dict):
        return {}, document.problems or (
            Problem(str(path), 1, "Bukan jawaban.", "Tulis seperti: satuan: Bagian Hukum"),
        )
    answers: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    known = {question.key: question for question in QUESTIONS}
    for key, value in data.items():
        try:
            answers[key] = read_lines(known[key], _lines(value))
        except KeyError:
            mend = yaml_reader.nearest(key, list(known))
            problems.append(Problem(str(path), document.line((key,)), f"“{key}” tidak dikenal.", mend))
        except ValueError as error:
            problems.append(Problem(str(path), document.line((key,)), f"“{key}”:", str(error)))
    return answers, tuple(problems)


def gaps(path: Path, answers: Answers, told: Sequence[Problem]) -> tuple[Problem, ...]:
    """Name the questions that a file leaves open, but those of which a mistake is ``told``.

    Where nothing at all could be read of it, only that is wrong with it.
    """
    if told and not answers:
        return ()
    wrong = " ".join(problem.message for problem in told)
    return tuple(
        Problem(str(path), None, f"“{question.key}” belum dijawab.", f"{question.asks}. {question.hint}")
        for question in QUESTIONS
        if question.least and question.key not in answers and f"“{question.key}”" not in wrong
    )


def _lines(value: object) -> tuple[str, ...]:
    """Give what stands in a file as lines. Raises ValueError where it is something else than text, or a list of it."""
    lines = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(line, str) for line in lines):
        raise ValueError("Tulis sebagai teks. Bila memuat titik dua, apit dengan tanda kutip.")
    return tuple(lines)


def keep(path: Path, answers: Answers) -> None:
    """Write answers to a file that ``read_file`` reads."""
    many = {question.key for question in QUESTIONS if question.many}
    data = {key: list(lines) if key in many else lines[0] for key, lines in answers.items()}
    atomic_files.replace_if_changed(path, (_HEAD + yaml_writer.dump(data)).encode())
