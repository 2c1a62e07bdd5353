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
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
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
def test_a_signature_is_never_parted_where_libreoffice_guesses_a_page(tmp_path: Path, soffice: str) -> None:
    places = [tmp_path / f"{fewer}.docx" for fewer in (0, 4)]
    for fewer, path in zip((0, 4), places, strict=True):
        document = docx.Document(io.BytesIO(of_objection()))
        closing = next(at for at, one in enumerate(document.paragraphs) if one.text.startswith("Demikian"))
        document.paragraphs[closing - 1].paragraph_format.space_before = Pt(17 * fewer + 5)
        for one in document.paragraphs[1 : 1 + fewer]:
            one._p.getparent().remove(one._p)
        document.save(str(path))
    for made in pdf.convert(places).values():
        _, last = PdfReader(io.BytesIO(made)).pages
        assert squeezed(last.extract_text()).startswith("IsipermohonandankeberatanSaudara")


def of_objection() -> bytes:
    """A letter whose last sentence is its 25th paragraph, and takes the one before along; its signature does not fit on
    the first page."""
    inside = (letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue(), letter_samples.OPINIONS)
    return documents.render("jawaban_keberatan", letter_samples.objected(), *inside)


class _Outside(BaseHTTPRequestHandler):
    """Notes who asks for a picture."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 -- the base class's signature
        return


@pytest.fixture(scope="module")
def outside() -> Iterator[ThreadingHTTPServer]:
    """A server from which a letter would fetch a picture."""
    _Outside.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Outside) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, soffice: str, outside: ThreadingHTTPServer) -> PdfReader:
    """The PDF of a letter to which a person with an English Word added a table, pictures and their name."""
    document = docx.Document(io.BytesIO(content()))
    document.core_properties.author = document.core_properties.keywords = letter_samples.APPLICANT.nama
    document.core_properties.last_modified_by = document.core_properties.subject = "Budi Rekaan"
    table = document.add_table(rows=2, cols=2)
    for cell in (*table.rows[0].cells, *table.rows[1].cells):
        cell.text = "1"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    english = OxmlElement("w:lang")
    english.set(qn("w:val"), "en-US")
    document.add_paragraph().add_run("Diketik di Word berbahasa Inggris").element.get_or_add_rPr().append(english)
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    document.add_picture(picture)
    document.add_picture(picture)
    blip = list(document.element.body.iter(qn("a:blip")))[1]
    address = f"http://127.0.0.1:{outside.server_port}/a.png"
    blip.set(qn("r:link"), document.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True))
    del blip.attrib[qn("r:embed")]
    (defaults,) = document.styles.element.iter(qn("w:lang"))
    defaults.getparent().remove(defaults)
    path = tmp_path_factory.mktemp("keluar") / "pendapat-hukum-2.docx"
    document.save(str(path))
    return PdfReader(io.BytesIO(pdf.convert([path])[path]))


def catalogue_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def elements(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """Every element of a PDF's structure tree, its parents first; styles by what they stand for."""
    root = catalogue_of(reader)["/StructTreeRoot"]
    roles, waiting = root["/RoleMap"], [root["/K"]]
    while waiting:
        one = waiting.pop(0).get_object()
        if isinstance(one, list):
            waiting = [*one, *waiting]
        elif isinstance(one, dict) and "/S" in one:
            yield {**one, "/S": roles.get(one["/S"], one["/S"])}
            waiting = [one["/K"], *waiting] if "/K" in one else waiting


@pytest.mark.slow
def test_a_pdf_has_title_language_headings_lists_and_tables(edited: PdfReader) -> None:
    tree, root = list(elements(edited)), catalogue_of(edited)
    kinds = [one["/S"] for one in tree]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("id-ID", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert kinds.count("/H1") == 8  # the headings of a legal opinion
    headings = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert 2 in headings
    assert all(after - before <= 1 for before, after in pairwise([0, *headings]))  # no level is skipped
    assert kinds.count("/L") > 5
    assert kinds[kinds.index("/Table") :][:4] == ["/Table", "/TR", "/TH", "/P"]
    assert {one["/Alt"] for one in tree if one["/S"] == "/Figure"} == {"Gambar"}
    assert set(kinds) <= {
        *("/Document", "/P", "/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody"),
        *("/Table", "/TR", "/TH"),
        *("/TD", "/Figure"),
    }
    assert [one["/Lang"] for one in tree if "/Lang" in one] == []


@pytest.mark.slow
def test_a_linked_picture_is_not_fetched(edited: PdfReader) -> None:
    assert _Outside.asked == []


@pytest.mark.slow
def test_a_pdf_says_that_it_can_be_kept_and_read_aloud_and_names_nobody(edited: PdfReader) -> None:
    assert edited.metadata is not None
    assert set(edited.metadata) == {"/Title", "/Creator", "/Producer", "/CreationDate"}
    assert (edited.metadata.title, edited.metadata.creator) == ("Pendapat hukum", "Writer")
    said = catalogue_of(edited)["/Metadata"].get_data().decode()
    assert re.findall(r"<(pdfaid:part|pdfaid:conformance|pdfuaid:part)>(\w+)<", said) == [
        ("pdfaid:part", "2"),
        ("pdfaid:conformance", "B"),
        ("pdfuaid:part", "1"),
    ]
    assert not re.search(f"dc:creator|dc:subject|Rekaan|{letter_samples.APPLICANT.nama}", said)


# What fails


@pytest.mark.slow
def test_what_is_no_word_file_is_named_and_never_printed_as_something_else(letter: Path, soffice: str) -> None:
    broken = {"kosong.docx": b"", "teks.docx": b"bukan Word", "terpotong.docx": content()[:5000], "lain.docx": zipped()}
    broken["terkunci.docx"] = encrypted(zipped())
    for name, bytes_ in broken.items():
        (letter.parent / name).write_bytes(bytes_)
    with pytest.raises(PayungError, match=re.escape(f"dari {', '.join(broken)}. Buka di Word")):
        pdf.convert([letter, *(letter.parent / name for name in broken)])


def encrypted(archive: bytes) -> bytes:
    """The same zip file, whose entry says that it needs a password."""
    changed = bytearray(archive)
    changed[6] |= 1
    changed[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def zipped() -> bytes:
    """A zip file that is no Word file."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr("catatan.txt", "bukan Word")
    return result.getvalue()


MAKES_ONE = """#!/bin/sh
echo $$ >> "{noted}"
for last; do :; done
printf '%%PDF-1.7\\n%%%%EOF\\n' > "$(dirname "$last")/0.pdf"
{end}
"""


def stands_for_libreoffice(folder: Path, end: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that makes the first PDF of each start and then does ``end``; where it notes its process number."""
    program, noted = folder / "bin" / "soffice", folder / "starts"
    program.parent.mkdir()
    program.write_text(MAKES_ONE.format(noted=noted, end=end))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return noted


def three(letter: Path) -> list[Path]:
    letters = [letter, *(letter.with_name(f"pendapat-hukum-{serial}.docx") for serial in (2, 3))]
    for other in letters[1:]:
        other.write_bytes(content())
    return letters


def test_where_libreoffice_hangs_what_it_made_is_kept_and_all_that_it_started_is_ended(
    letter: Path, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, letters = stands_for_libreoffice(tmp_path, "sleep 1000", monkeypatch), three(letter)
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    made, failed = pdf.convert_each(letters)
    assert (list(made), list(failed)) == (letters[:1], letters[1:])
    assert all("belum selesai membuat PDF setelah 0.55 detik, jadi dihentikan" in str(one) for one in failed.values())
    (leader,) = map(int, noted.read_text().split())
    until = time.monotonic() + 60
    while running(leader) and time.monotonic() < until:
        time.sleep(0.05)
    assert not running(leader)
    assert names(temporary) == []


def test_a_letter_at_which_libreoffice_ends_harms_no_other(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, letters = stands_for_libreoffice(tmp_path, "exit 1", monkeypatch), three(letter)
    letters.append(letter.with_name("hilang.docx"))
    made, failed = pdf.convert_each(letters)
    assert (list(made), set(failed)) == ([letters[0], letters[2]], {letters[1], letters[3]})
    assert "tidak dapat membuat PDF dari pendapat-hukum-2.docx. Buka di Word" in str(failed[letters[1]])
    assert "hilang.docx tidak terbaca" in str(failed[letters[3]])
    assert len(noted.read_text().split()) == 2


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
