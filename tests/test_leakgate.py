"""Nothing of an applicant leaves with the site, in whatever dress."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

from processor import leakgate
from processor.case import Applicant

ONE = Applicant(
    nama="Dr. Ratna Contohwati, S.H.",
    nip="19850312 201001 2 901",
    alamat="Jalan Melati Rekaan Nomor 7, Kota Contoh",
    email="ratna.contohwati@example.org",
    telepon="0812-3456-7001",
)


def kinds(folder: Path, name: str, content: str | bytes, *others: Applicant, public: str = "") -> list[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [leak.partition(": ")[2] for leak in leakgate.leaks(folder, leakgate.sought([ONE, *others], public))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<p>ratna  contohwati</p>", "nama"),
        ("<b>Ratna</b> <i>CONTOHWATI</i>", "nama"),
        ("<title>Ratna&nbsp;Contohwati</title>", "nama"),
        ("198503122010012901", "NIP"),
        ("19850312&nbsp;201001 2 901", "NIP"),
        ("1985.0312-201001.2.901", "NIP"),
        ("<b>19850312</b>201001<b>2901</b>", "NIP"),
        ("+62 812 3456 7001", "telepon"),
        ("(0812) 3456-7001", "telepon"),
        ("6281234567001", "telepon"),
        ("mailto:Ratna.Contohwati@Example.org", "email"),
        ("ratna.contohwati&#64;example.org", "email"),
        ("jalan melati rekaan nomor 7 kota contoh", "alamat"),
        (json.dumps({"text": "Ratna\u00a0Contohwati"}), "nama"),
    ],
)
def test_text_in_any_dress(tmp_path: Path, text: str, kind: str) -> None:
    assert kind in kinds(tmp_path, "halaman/index.html", text)


def docx_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("Yth. Ratna Contohwati")
    return saved(document)


def docx_property() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Ratna Contohwati"
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def png(compressed: bool) -> bytes:  # noqa: FBT001 -- a parameter of the test
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Ratna Contohwati", zip=compressed)
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "png", pnginfo=info)
    return buffer.getvalue()


def jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Ratna Contohwati"
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "jpeg", exif=exif)
    return buffer.getvalue()


def pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Ratna Contohwati"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("surat.docx", docx_file())
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("surat.docx", docx_file()),
        ("surat.docx", docx_property()),
        ("gambar.png", png(compressed=False)),
        ("gambar.png", png(compressed=True)),
        ("foto.jpg", jpeg()),
        ("leaflet.pdf", pdf()),
        ("arsip.zip", zipped()),
        ("sitemap.xml.gz", gzip.compress(b"Ratna Contohwati")),
        ("search/search_index.json", json.dumps({"docs": [{"text": "Ratna Contohwati"}]}).encode()),
        ("data.bin", "\x00Ratna Contohwati".encode("utf-16-le")),
    ],
)
def test_every_kind_of_file(tmp_path: Path, name: str, content: bytes) -> None:
    assert kinds(tmp_path, name, content) == ["nama"]


def test_a_file_name_is_searched_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "kabar" / "ratna-contohwati.html"
    path.parent.mkdir()
    path.touch()
    assert leakgate.leaks(tmp_path, leakgate.sought([ONE], "")) == ("(nama berkas memuat identitas): nama",)


def test_the_answer_names_file_and_kind_never_the_value(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("Ratna Contohwati, 198503122010012901")
    assert leakgate.leaks(tmp_path, leakgate.sought([ONE], "")) == ("a.html: NIP", "a.html: nama")


def test_the_offices_own_published_facts_are_no_leak(tmp_path: Path) -> None:
    public = "Jalan Sudirman Nomor 51, Padang 25112\n(0751) 31458\nbiro@example.go.id"
    own = Applicant(alamat="Jalan Sudirman Nomor 51 Padang", telepon="0751-31458", email="biro@example.go.id")
    assert kinds(tmp_path, "a.html", public, own, public=public) == []


def test_ordinary_words_and_numbers_are_no_leak(tmp_path: Path) -> None:
    others = [Applicant(nama="Indah", alamat="Padang", telepon="123", nip="12"), Applicant(nama="Ratna Lain")]
    assert (
        kinds(tmp_path, "a.html", "Pemandangan indah di Padang, nomor 123. Ratna pergi, Contohwati lain", *others) == []
    )
