"""PDF of letters: what the .docx says, in one start, in time, and never over what a person put there."""

import hashlib
import io
import os
import re
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from processor.foundation.errors import PayungError
from processor.letters import documents, pdf
from tests import letter_samples

HOSTILE = "<w:p/> & {{ 7 * 7 }} {% if x %} ]]> &lt; ../../etc/passwd =cmd|' /C calc'!A0 “kutip” %s \\n €"
SIGNED = b"%PDF-1.7\nbertanda tangan\n%%EOF\n"


@cache
def content(question: str = HOSTILE) -> bytes:
    inside = (letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue(), letter_samples.OPINIONS)
    return documents.render("pendapat_hukum", letter_samples.case(pertanyaan=question), *inside)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter in a case's folder."""
    path = tmp_path / "keluar" / "pendapat-hukum.docx"
    path.parent.mkdir()
    path.write_bytes(content())
    return path


@pytest.fixture
def starts(tmp_path: Path, soffice: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real LibreOffice started by a script that notes its process number."""
    script, noted = tmp_path / "bin" / "soffice", tmp_path / "starts"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho $$ >> "{noted}"\nexec "{soffice}" "$@"\n')
    script.chmod(0o755)
    noted.touch()
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    return noted


@pytest.fixture
def none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own for what is temporary."""
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sementara"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "sementara"))
    return tmp_path / "sementara"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed(made: bytes) -> str:
    """The words of a PDF without blanks and without the foot of its pages."""
    text = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    return re.sub(r"BH-2026-0007,RahasiaHalaman\ddari\d", "", text)


# What LibreOffice makes


@pytest.mark.slow
def test_two_letters_in_one_start_say_what_their_docx_say(letter: Path, starts: Path, temporary: Path) -> None:
    other = letter.parent.parent / "lain" / letter.name  # another case's letter has the same name
    other.parent.mkdir()
    other.write_bytes(content("Apakah saya dapat digugat?"))
    before = letter.read_bytes()
    made = pdf.convert([letter, other])
    assert list(made) == [letter, other]
    for path, result in made.items():
        text, at = printed(result), 0
        for words in (squeezed(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs):
            assert words in text[at:]
            at = text.index(words, at) + len(words)
    assert squeezed(HOSTILE) in printed(made[letter])
    assert len(starts.read_text().split()) == 1
    assert (letter.read_bytes(), names(letter.parent), names(temporary)) == (before, [letter.name], [])


@pytest.mark.slow
def test_no_property_of_a_pdf_names_anybody(letter: Path, soffice: str) -> None:
    document = docx.Document(str(letter))
    document.core_properties.author = document.core_properties.keywords = letter_samples.APPLICANT.nama
    document.core_properties.last_modified_by = "Budi Rekaan"
    saved = letter.with_name("pendapat-&-saran.docx")
    document.save(str(saved))
    (made,) = pdf.convert([saved]).values()
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert set(reader.metadata) == {"/Title", "/Creator", "/Producer", "/CreationDate"}
    assert (reader.metadata.title, reader.metadata.creator) == ("Surat", "Writer")
    assert reader.xmp_metadata is None


class _Outside(BaseHTTPRequestHandler):
    """Notes who asks for a picture."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 -- the base class's signature
        return


@pytest.fixture
def outside() -> Iterator[ThreadingHTTPServer]:
    """A server from which a letter would fetch a picture."""
    _Outside.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Outside) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.slow
def test_a_linked_picture_is_not_fetched(letter: Path, soffice: str, outside: ThreadingHTTPServer) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    document = docx.Document(str(letter))
    document.add_picture(picture)
    (blip,) = document.element.body.iter(qn("a:blip"))
    address = f"http://127.0.0.1:{outside.server_port}/a.png"
    blip.set(qn("r:link"), document.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True))
    del blip.attrib[qn("r:embed")]
    document.save(str(letter))
    pdf.convert([letter])
    assert _Outside.asked == []


# What fails


@pytest.mark.slow
def test_what_is_no_word_file_is_named_and_never_printed_as_something_else(letter: Path, soffice: str) -> None:
    broken = {"kosong.docx": b"", "teks.docx": b"bukan Word", "terpotong.docx": content()[:5000], "lain.docx": zipped()}
    for name, bytes_ in broken.items():
        (letter.parent / name).write_bytes(bytes_)
    with pytest.raises(PayungError, match=re.escape(f"dari {', '.join(broken)}. Buka di Word")):
        pdf.convert([letter, *(letter.parent / name for name in broken)])


def zipped() -> bytes:
    """A zip file that is no Word file."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr("catatan.txt", "bukan Word")
    return result.getvalue()


@pytest.mark.slow
def test_a_conversion_that_takes_too_long_is_ended_with_all_that_it_started(
    letter: Path, starts: Path, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "soffice"
    program.write_text(program.read_text("utf-8").replace("exec ", "") + "sleep 1000\n", "utf-8")
    monkeypatch.setattr(pdf, "SECONDS", 3.0)
    with pytest.raises(pdf.TooSlow, match="belum selesai membuat PDF setelah 3 detik, jadi dihentikan"):
        pdf.convert([letter])
    (leader,) = map(int, starts.read_text().split())
    until = time.monotonic() + 60
    while running(leader) and time.monotonic() < until:
        time.sleep(0.05)
    assert not running(leader)
    assert names(temporary) == []


def running(leader: int) -> bool:
    """Whether a process of the group that ``leader`` led still works."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(group) == leader and state not in "ZX":
            return True
    return False


def test_a_computer_without_libreoffice_says_so(letter: Path, none: None) -> None:
    assert not pdf.is_available()
    with pytest.raises(PayungError, match="Pasang LibreOffice Writer, atau simpan suratnya sebagai PDF"):
        pdf.ensure_pdf(letter)


# Beside the letter


@pytest.mark.slow
def test_a_pdf_is_made_once(letter: Path, starts: Path) -> None:
    assert pdf.is_available()
    assert pdf.ensure_pdf(letter) == pdf.ensure_pdf(letter) == letter.with_suffix(".pdf")
    assert len(starts.read_text().split()) == 1
    assert names(letter.parent) == ["pendapat-hukum.docx", "pendapat-hukum.pdf"]


@pytest.mark.parametrize("name", ["pendapat-hukum.pdf", "Pendapat-Hukum.PDF"])
def test_a_pdf_that_a_person_put_there_stands(letter: Path, none: None, name: str) -> None:
    signed = letter.with_name(name)
    signed.write_bytes(SIGNED)
    assert pdf.ensure_pdf(letter) == signed
    assert signed.read_bytes() == SIGNED


def test_a_pdf_of_another_name_is_not_taken_for_the_letters(letter: Path, none: None) -> None:
    letter.with_name("pendapat-hukum-bertanda-tangan.pdf").write_bytes(SIGNED)
    assert pdf.pdf_beside(letter) is None


@pytest.mark.parametrize("wrong", [b"", SIGNED[:-8], b"PK\3\4 surat Word yang diganti namanya %%EOF"])
def test_what_a_person_put_there_must_be_a_whole_pdf(letter: Path, none: None, wrong: bytes) -> None:
    letter.with_suffix(".pdf").write_bytes(wrong)
    with pytest.raises(PayungError, match=r"pendapat-hukum\.pdf bukan PDF yang utuh\. Simpan atau pindai lagi"):
        pdf.ensure_pdf(letter)
    assert letter.with_suffix(".pdf").read_bytes() == wrong
