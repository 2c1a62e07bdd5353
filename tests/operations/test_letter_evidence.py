"""Letters that are gone, emptied, changed or another case's: each by the journal and the folder, without an office."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from processor.cases import evidence
from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.records import Event
from processor.cases.register import Filed, Register
from processor.foundation.yaml_reader import Document
from processor.letters.word import zip_package
from processor.operations import letter_evidence
from tests.cases import test_case_status as cases
from tests.office import START, register

NUMBER = "BH-2026-0001"
LETTER = "pendapat-hukum.docx"
NUMBERED = {**cases.APPROVED, "penyampaian": {"nomor_surat": "180/1"}}


@pytest.fixture
def made(tmp_path: Path) -> Register:
    result = register(tmp_path)
    (result.folder / NUMBER / "keluar").mkdir(parents=True)
    return result


def path_of(made: Register, name: str) -> Path:
    return made.folder / NUMBER / "keluar" / name


def put(made: Register, content: bytes, *names: str) -> None:
    for name in names:
        path_of(made, name).write_bytes(content)


def letter(made: Register, number: str, kind: str = "pendapat_hukum") -> bytes:
    """A Word file with the mark of a case's letter."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        mark = made.fingerprint("naskah", f"{number}|{kind}")
        archive.writestr(zip_package.CORE, zip_package.core_properties("Surat", mark))
    return content.getvalue()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wrote(name: str, content: bytes, *, number: str | None = None, kind: str = "pendapat_hukum") -> Event:
    """The event of a letter that was written, with a number or without."""
    data = {"jenis": kind, "berkas": name, "sha256": sha(content), "bernomor": number is not None}
    return Event("surat", START, "payung", data | ({"nomor": number} if number else {}))


def answered(name: str, content: bytes, **beside: bytes) -> Event:
    """The event of an answer that went out, with what lay beside it."""
    data = {"jenis": "pendapat_hukum", "nomor": "180/1", "berkas": name, "sha256": sha(content)}
    found = {f"keluar/{one.replace('_', '-')}.docx": what for one, what in beside.items()}
    return evidence.with_digests(Event("jawaban", START, "payung", data), found)


def case(made: Register, *events: Event, used: CaseFile | None = None) -> Filed:
    folder = made.folder / NUMBER
    document = Document(folder / "permohonan.yaml", {}, {}, "")
    return Filed(NUMBER, folder, document, used or cases.case(**NUMBERED), events, ())


def told(made: Register, *events: Event, due: tuple[LetterKind, ...] = (), used: CaseFile | None = None) -> list[str]:
    """The file, the sentence and the first word of the mend of each mistake."""
    found = letter_evidence.mistakes(made, case(made, *events, used=used), due)
    return [f"{Path(one.place).name}: {one.message} {one.mend.split(maxsplit=1)[0]}" for one in found]


LOST = f"{LETTER}: Surat {LETTER} hilang. Riwayat mencatat %s surat yang bernomor atau disampaikan. Pulihkan"


def test_a_letter_that_is_as_the_journal_says_is_no_mistake(made: Register) -> None:
    put(made, b"satu", LETTER)
    assert told(made, wrote(LETTER, b"satu", number="180/1")) == []
    assert told(made, wrote(LETTER, b"lama", number="180/1"), wrote(LETTER, b"satu")) == [], "any of its states"


def test_the_only_numbered_letter_is_missed_unless_it_is_written_anew_now(made: Register) -> None:
    one = wrote(LETTER, b"satu", number="180/1")
    assert told(made, one) == [LOST % 1]
    assert told(made, one, due=("pendapat_hukum",)) == []
    assert told(made, one, due=("tanda_terima",)) == [LOST % 1]
    assert told(made, wrote(LETTER, b"satu")) == [], "a draft may go"
    assert told(made, wrote(LETTER, b"satu", number="180/2")) == [], "of another number than the file's"
    assert told(made, wrote(LETTER, b"satu", number="180/1", kind="tanda_terima")) == [], "that does not answer"
    assert told(made, one, used=cases.case(**cases.APPROVED)) == [], "the file has no number any more"
    put(made, b"dua", "pendapat-hukum-2.docx")
    assert told(made, one, wrote("pendapat-hukum-2.docx", b"dua", number="180/1")) == [], "one of both is there"


def test_of_a_case_file_that_cannot_be_used_only_delivered_letters_are_missed(made: Register) -> None:
    one = case(made, wrote(LETTER, b"satu", number="180/1"), answered("surat.pdf", b"x"))
    unused = Filed(one.number, one.folder, one.document, None, one.events, ())
    assert [*letter_evidence.mistakes(made, unused, ())] == []


def test_a_numbered_letter_of_an_older_journal_bears_the_number_of_the_file(made: Register) -> None:
    event = wrote(LETTER, b"satu", number="180/1")
    old = Event(event.kind, event.time, event.actor, {k: v for k, v in event.data.items() if k != "nomor"})
    assert told(made, old) == [LOST % 1]


def test_what_lay_beside_an_answer_is_missed_and_the_last_answer_is_left_to_others(made: Register) -> None:
    event = answered("pendapat-hukum.pdf", b"pdf", pendapat_hukum=b"satu", tanda_terima=b"dua")
    missing = told(made, event, due=("pendapat_hukum", "tanda_terima"))
    assert missing == [LOST % 3, (LOST % 3).replace("pendapat-hukum", "tanda-terima")]
    before = answered(LETTER, b"satu")
    assert told(made, before, answered("tanda-terima.docx", b"dua")) == [LOST % 2]
    assert told(made, before) == []
    beside = evidence.with_digests(
        Event("diubah", START, "payung", {}), {"lampiran/1.age": b"x", "perubahan-1.yaml": b""}
    )
    assert told(made, beside) == []


def test_a_letter_that_was_delivered_is_brought_back_and_one_that_was_edited_is_compared(made: Register) -> None:
    put(made, b"lain", LETTER, "tanda-terima.docx")
    numbered = wrote(LETTER, b"satu", number="180/1")
    said = f"{LETTER}: Isi surat {LETTER} bukan yang dicatat di riwayat."
    assert told(made, numbered, wrote("tanda-terima.docx", b"dua")) == [f"{said} Yang"], "a draft may be edited"
    assert told(made, wrote("tanda-terima.docx", b"lain"), answered("x.pdf", b"pdf", pendapat_hukum=b"satu")) == [
        f"{said} Pulihkan"
    ]


@pytest.mark.parametrize(("later", "fine"), [(-1, False), (0, True), (1, True)])
def test_a_numbered_letter_that_was_signed_after_its_edit_is_no_mistake(
    made: Register, *, later: int, fine: bool
) -> None:
    put(made, b"lain", LETTER, "pendapat-hukum.pdf")
    for name, time in ((LETTER, 100), ("pendapat-hukum.pdf", 100 + later)):
        os.utime(path_of(made, name), (time, time))
    assert (told(made, wrote(LETTER, b"satu", number="180/1")) == []) is fine


def test_a_pdf_does_not_sign_itself(made: Register) -> None:
    put(made, b"lain", "pendapat-hukum.pdf")
    event = answered("x.pdf", b"x")
    beside = evidence.with_digests(event, {"keluar/pendapat-hukum.pdf": b"pdf"})
    assert told(made, beside) == [
        "pendapat-hukum.pdf: Isi surat pendapat-hukum.pdf bukan yang dicatat di riwayat. Pulihkan"
    ]


def test_letters_that_are_missed_are_told_in_order_also_under_names_of_older_programs(made: Register) -> None:
    names = [LETTER.replace("hukum", f"hukum-{n}") for n in range(2, 8)] + ["surat-lama.docx"]
    found = told(made, *(answered(name, b"x") for name in names[::-1]), answered(LETTER, b"x"))
    assert [one.partition(":")[0] for one in found] == names
    assert told(made, wrote("surat-lama.docx", b"satu", number="180/1"))[0].startswith("surat-lama.docx: Surat")


def test_what_is_empty_or_no_file_is_told_of_every_letter(made: Register) -> None:
    put(made, b"", LETTER)
    path_of(made, "tanda-terima.docx").mkdir()
    found = told(made, wrote(LETTER, b"satu"), wrote("tanda-terima.docx", b"dua"))
    assert found == [
        f"{LETTER}: Surat {LETTER} kosong. Pulihkan",
        "tanda-terima.docx: Surat tanda-terima.docx bukan berkas. Pulihkan",
    ]
    first = next(letter_evidence.mistakes(made, case(made, wrote(LETTER, b"satu")), ()))
    assert first.mend.endswith("dibuat lagi.")


def test_a_letter_of_another_case_is_told_whether_the_journal_knows_its_name_or_not(made: Register) -> None:
    other, own = letter(made, "BH-2026-0002"), letter(made, NUMBER, "tanda_terima")
    put(made, other, LETTER, "tanda-terima-12.docx")
    put(made, own, "tanda-terima.docx")
    assert told(made, wrote(LETTER, b"satu"), wrote("tanda-terima.docx", b"dua")) == [
        f"{LETTER}: {LETTER} adalah surat permohonan lain. Yang",
        "tanda-terima-12.docx: tanda-terima-12.docx adalah surat permohonan lain. Pindahkan",
    ]


def test_what_is_named_like_a_letter_and_nobody_knows_is_told_in_order(made: Register) -> None:
    unknown = [f"pendapat-hukum-{n}.docx" for n in (2, 3, 4, 5, 6)]
    put(made, b"x", *unknown[::-1], "catatan.docx", "pendapat-hukum.txt", "tanda-terima.pdf", "pendapat-hukum.pdf")
    put(made, letter(made, NUMBER), LETTER)
    assert told(made, wrote(LETTER, letter(made, NUMBER))) == [
        f"{name}: Riwayat tidak mengenal surat {name}. Pindahkan" for name in [*unknown, "tanda-terima.pdf"]
    ]


def test_a_case_without_letters_has_no_mistakes_in_them(made: Register) -> None:
    path_of(made, "").rmdir()
    assert told(made) == []


def test_beside_an_answer_lie_all_letters_and_nothing_else(made: Register) -> None:
    put(made, b"satu", LETTER, "pendapat-hukum-2.pdf", "catatan.docx")
    path_of(made, "tanda-terima.docx").mkdir()
    names = ("pendapat-hukum-2.pdf", LETTER)
    assert letter_evidence.beside(path_of(made, LETTER)) == {f"keluar/{name}": b"satu" for name in names}


def test_the_digest_is_of_the_file_as_it_is_now(made: Register) -> None:
    path = path_of(made, LETTER)
    assert (letter_evidence.digest_now(path), letter_evidence.digest_now(path.parent)) == ("", "")
    for content in (b"satu", b"dua!", b"tiga"):
        put(made, content, LETTER)
        assert letter_evidence.digest_now(path) == sha(content)
