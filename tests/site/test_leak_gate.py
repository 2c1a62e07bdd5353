"""Nothing of an applicant leaves with the site, in whatever dress."""

import gzip
import io
import json
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

from processor.cases.records import Applicant
from processor.site import leak_gate, leak_markup, leak_readers, leak_targets, leak_text, leak_tokens

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
    found = [leak.kind for leak in leak_gate.find_leaks(folder, leak_targets.targets([ONE, *others], public))]
    told_by_keys(folder, public, *others, ONE)
    return found


def told_by_keys(folder: Path, public: str, *people: Applicant) -> None:
    """Whoever the gate finds, the keys of the site would have made it look for."""
    site = leak_tokens.read_site(folder, (), folder / "tidak" / "disimpan")
    for one in people:
        leaks = leak_gate.find_leaks(folder, leak_targets.targets([one], public))
        assert site.keys.unread == any(leak.kind == leak_gate.UNREADABLE for leak in leaks)
        pairs = [*leak_tokens.pairs(leak_targets.targets([one], ""))]
        numbers = set(site.keys.numbers({len(first) - 2 for first, _ in pairs if first.startswith("n ")}))
        found = [pair for pair in pairs if site.keys.may_hold(pair)]
        assert found or all(leak.kind == leak_gate.UNREADABLE for leak in leaks)
        assert [first for first, _ in found if first.startswith("n ") and first not in numbers] == [] or not any(
            leak.kind in {"NIP", "telepon"} for leak in leaks
        )


def told(folder: Path) -> list[str]:
    return [str(leak) for leak in leak_gate.find_leaks(folder, leak_targets.targets([ONE], ""))]


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
        ("Rat\u00adna Contoh\u200bwati", "nama"),
        ("Rátna Contohwati", "nama"),
        ("<a href='/kabar/Ratna%20Contohwati'>kabar</a>", "nama"),
        ("#RatnaContohwati", "nama"),
        ("<p>R<b>atna</b> Contohwati</p><p>Kepala</p>", "nama"),
        ("<td>Ratna</td><td>Contohwati</td>", "nama"),
        ("<p>Dari Ratna</p><p>Contohwati hadir</p>", "nama"),
        ("<description>&lt;b&gt;Rat&lt;/b&gt;na Contohwati</description>", "nama"),
        ("var a = 'Ratna\\u0020Contohwati'", "nama"),
        ("<td>199001012015031001</td>\n<td>199001012015031002</td>\n<td>198503122010012901</td>", "NIP"),
        ("1" * 30 + "198503122010012901", "NIP"),
        ("812-3456-7001", "telepon"),
        ("ratna.contohwati%40example.org", "email"),
        ("ratna.contohwati [at] example [dot] org", "email"),
        ("ratna.contohwati(at)example(titik)org", "email"),
        ("surel: ...ratna.contohwati@example.org-", "email"),
        ("Jl. Melati Rekaan No. 7, Kota Contoh", "alamat"),
        ("tinggal di jln melati rekaan 7", "alamat"),
        ("<p>Menurut Ratna A. Contohwati hadir</p>", "nama"),
        ("<td>CONTOHWATI RATNA</td>", "nama"),
        ("<p>Contohwati, Ratna</p>", "nama"),
        ("<p>Saudari Ratna Con-\n   tohwati hadir</p>", "nama"),
        ("<p>Saudari Ratna Contoh-<br>wati hadir</p>", "nama"),
        ("<p>R A T N A C O N T O H W A T I</p>", "nama"),
        (
            "<svg><text>" + "".join(f"<tspan x='{x}'>{one}</tspan>\n" for x, one in enumerate("Ratna Contohwati")),
            "nama",
        ),
        ("<svg><text>" + "".join(f"<tspan>{one}</tspan>" for one in ("Ra", "tna", " Con", "tohwati")), "nama"),
        ("<img src='data:text/plain;charset=utf-8;base64,UmF0bmEgQ29udG9od2F0aQ=='>", "nama"),
        (".a { background: url(data:image/svg+xml;base64,PHRleHQ+UmF0bmEgQ29udG9od2F0aTwvdGV4dD4) }", "nama"),
        ("<a href='data:;base64,UmF0%62mEgQ29udG9od2F0aQ%3D%3D'>unduh</a>", "nama"),
        ("| 19850312 | 201001 | 2 | 901 |", "NIP"),
        ("**19850312** 201001 2 901", "NIP"),
        ("0812,3456,7001", "telepon"),
        ("0812 \u00b7 3456 \u00b7 7001", "telepon"),
        ("ratna.contohwati at example dot org", "email"),
        ("ratna titik contohwati @ example titik org", "email"),
        ("No. 7, Jalan Melati Rekaan", "alamat"),
        ("Kota Contoh, Jalan Melati Rekaan Nomor 7", "alamat"),
        ("rumah di Melati Rekaan 7", "alamat"),
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


def docx_runs() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in ("Rat", "na Con", "tohwati"):
        paragraph.add_run(run)
    document.add_paragraph("Kepala Bagian")
    return saved(document)


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


def pdf(author: str = "Ratna Contohwati", password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author})
    if password:
        writer.encrypt(password)
    return pdf_bytes(writer)


def pdf_carrying(name: str, content: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(name, content)
    return pdf_bytes(writer)


def pdf_bytes(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zipped(
    name: str, content: bytes, *, before: bytes = b"", comment: bytes = b"", member_comment: bytes = b""
) -> bytes:
    buffer = io.BytesIO(before)
    buffer.seek(len(before))
    with zipfile.ZipFile(buffer, "a" if before else "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        member = zipfile.ZipInfo(name)
        member.comment, member.compress_type = member_comment, zipfile.ZIP_DEFLATED
        archive.writestr(member, content)
    return buffer.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def picture(kind: str, profile: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind, icc_profile=profile)
    return buffer.getvalue()


def with_named_profile() -> bytes:
    """A PNG whose colour profile has a person's name for its own."""
    data = b"Ratna Contohwati\x00\x00" + zlib.compress(b"profil")
    chunk = len(data).to_bytes(4, "big") + b"iCCP" + data + zlib.crc32(b"iCCP" + data).to_bytes(4, "big")
    content = picture("png", b"")
    return content[:33] + chunk + content[33:]


def locked_zip() -> bytes:
    content = bytearray(zipped("a.txt", b"isi"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("surat.docx", docx_file()),
        ("surat.docx", docx_property()),
        ("gambar.png", png(compressed=False)),
        ("gambar.png", png(compressed=True)),
        ("foto.jpg", jpeg()),
        ("foto.jpg", picture("jpeg", b"desc\x00\x00\x00\x11Ratna Contohwati\x00XYZ curv")),
        ("foto.png", picture("png", b"desc" + b"mluc".ljust(12, b"\x00") + "Ratna Contohwati".encode("utf-16-be"))),
        ("foto.png", with_named_profile()),
        ("leaflet.pdf", pdf()),
        ("arsip.zip", zipped("surat.docx", docx_file())),
        ("sitemap.xml.gz", gzip.compress(b"Ratna Contohwati")),
        ("search/search_index.json", json.dumps({"docs": [{"text": "Ratna Contohwati"}]}).encode()),
        ("data.bin", "\x00Ratna Contohwati".encode("utf-16-le")),
        ("data.bin", b"\x01" + "Ratna Contohwati".encode("utf-16-le")),
        ("data.bin", b"\x01\x02\x03" + "Ratna Contohwati".encode("utf-16-be")),
        ("data.txt", "Ratna Contohwati".encode("utf-16")),
        ("surat.docx", docx_runs()),
        ("leaflet.pdf", pdf_carrying("catatan.docx", docx_file())),
        ("leaflet.pdf", pdf_carrying("ratna_contohwati.txt", b"")),
        ("arsip.zip", zipped("surat.docx", docx_file(), before=b"#!/bin/sh\n")),
        ("arsip.zip", zipped("RatnaContohwati.txt", b"")),
        ("arsip.zip", zipped("kosong.txt", b"", comment=b"Ratna Contohwati")),
        ("arsip.zip", zipped("kosong.txt", b"", member_comment=b"ratna-contohwati")),
        ("arsip.tgz", gzip.compress(tarred("surat.docx", docx_file()))),
        ("arsip", gzip.compress(zipped("surat.docx", docx_file()))),
        ("rusak.json", b'{"a": "Ratna Contohwati'),
        ("data.json", b'[{"a": "Ratna\\nContohwati"}]'),
    ],
)
def test_every_kind_of_file(tmp_path: Path, name: str, content: bytes) -> None:
    assert kinds(tmp_path, name, content) == ["nama"]


def test_packed_pixels_are_no_letters_but_what_hangs_behind_them_is(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 16, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0Ratna Contohwati", 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held)) for kind, held in chunks
    ]
    drawn = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    assert b"Ratna Contohwati" in drawn
    assert kinds(tmp_path, "gambar.png", drawn) == []
    assert kinds(tmp_path, "gambar.png", drawn + b" Ratna Contohwati") == ["nama"]


def test_a_file_name_is_searched_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "kabar" / "ratna-contohwati.html"
    path.parent.mkdir()
    path.touch()
    assert told(tmp_path) == ["(nama berkas memuat identitas): nama"]


def test_the_answer_names_file_and_kind_never_the_value(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("Ratna Contohwati, 198503122010012901")
    assert told(tmp_path) == ["a.html: NIP", "a.html: nama"]


def test_the_offices_own_published_facts_are_no_leak(tmp_path: Path) -> None:
    public = "Jalan Sudirman Nomor 51, Padang 25112\n(0751) 31458\nbiro@example.go.id"
    own = Applicant(alamat="Jalan Sudirman Nomor 51 Padang", telepon="0751-31458", email="biro@example.go.id")
    assert kinds(tmp_path, "a.html", public, own, public=public) == []


def test_ordinary_words_and_numbers_are_no_leak(tmp_path: Path) -> None:
    others = [Applicant(nama="Indah", alamat="Padang", telepon="123", nip="12"), Applicant(nama="Ratna Lain")]
    assert (
        kinds(tmp_path, "a.html", "Pemandangan indah di Padang, nomor 123. Ratna pergi, Contohwati lain", *others) == []
    )


@pytest.mark.parametrize(
    "name",
    [
        "Budi Santoso SH MH",
        "Budi Santoso, S.H., M.H.",
        "Prof. Dr. Budi Santoso",
        "dr. H. Budi Santoso Sp.OG",
        "Drs Budi Santoso S.Sos M.Si",
        "BUDI SANTOSO SH.MH",
        "Budi Rahmat Santoso",
        "Budi Santoso Wijaya, S.E.",
        "Wahyu Budi Santoso",
        "Budi Santoso, Camat Rekaan",
    ],
)
def test_a_name_is_known_without_its_titles_and_by_two_of_its_words(tmp_path: Path, name: str) -> None:
    assert kinds(tmp_path, "a.html", "<p>Menurut budi santoso.</p>", Applicant(nama=name)) == ["nama"]


@pytest.mark.parametrize(
    ("page", "found"), [("Ratna Ayu Contohwati", True), ("Ratna A. Contohwati", True), ("Ratna Budi Contohwati", False)]
)
def test_an_initial_may_be_written_out(tmp_path: Path, page: str, *, found: bool) -> None:
    assert kinds(tmp_path, "a.html", f"<p>Kata {page}.</p>", Applicant(nama="Ratna A. Contohwati")) == ["nama"] * found


@pytest.mark.parametrize(("name", "shown"), [("Tini Sari", "T I N I S A R I"), ("Sukarsih", "S U K A R S I H")])
def test_a_short_name_is_sought_letter_by_letter(tmp_path: Path, name: str, shown: str) -> None:
    assert kinds(tmp_path, "a.html", f"<p>{shown}</p>", Applicant(nama=name)) == ["nama"]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("Camat Contoh, Kecamatan Rekaan, hadir", True),
        ("camat contoh pada Kecamatan Rekaan", True),
        ("Kecamatan Rekaan (Camat Contoh)", True),
        ("Camat Contoh hadir di Kecamatan Rekaan", False),
    ],
)
def test_a_position_is_sought_together_with_its_unit(tmp_path: Path, page: str, *, found: bool) -> None:
    other = Applicant(jabatan="Camat Contoh", unit_kerja="Kecamatan Rekaan")
    assert kinds(tmp_path, "a.html", f"<p>{page}</p>", other) == ["jabatan"] * found


@pytest.mark.parametrize("position", ["Guru", "Staf Pelaksana", ""])
def test_a_position_that_many_have_tells_nobody(tmp_path: Path, position: str) -> None:
    other = Applicant(jabatan=position, unit_kerja="SMP Negeri Rekaan")
    assert kinds(tmp_path, "a.html", f"<p>{position} SMP Negeri Rekaan</p>", other) == []


def test_an_office_behind_a_name_is_no_part_of_it(tmp_path: Path) -> None:
    other = Applicant(nama="Budi Santoso, Camat Padang Rekaan, Ph.D in Law")
    assert kinds(tmp_path, "a.html", "Camat Padang hadir. Padang Rekaan, Ph.D in Law", other) == []


def test_a_name_of_one_word_is_sought_with_a_capital(tmp_path: Path) -> None:
    other = Applicant(nama="Sukarsih, S.H.")
    assert kinds(tmp_path, "a.html", "<p>Menurut Sukarsih, perkara itu selesai.</p>", other) == ["nama"]
    assert kinds(tmp_path, "a.html", "<p>Menurut sukarsih, perkara itu selesai.</p>", other) == []
    assert kinds(tmp_path, "a.html", "<p>Menurut Sukar Sih dan Sukarsihan.</p>", other) == []


def test_a_word_that_a_page_writes_in_lower_case_is_no_name(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text("<p>Pemandangan yang indah.</p>")
    assert kinds(tmp_path, "a.html", "<p>Indah sekali.</p>", Applicant(nama="Indah")) == []


def test_an_address_of_a_page_or_a_class_does_not_make_a_name_ordinary(tmp_path: Path) -> None:
    page = "<h2 id='sukarsih' class='sukarsih'>Surat Sukarsih</h2><a href='/kabar/surat-sukarsih/'>kabar/sukarsih/</a>"
    (tmp_path / "index.json").write_text(json.dumps({"location": "kabar/sukarsih/"}))
    (tmp_path / "a.css").write_text(".a { font: sukarsih }")
    assert kinds(tmp_path, "a.html", page, Applicant(nama="Sukarsih")) == ["nama"]


def test_a_name_that_is_also_the_agencys_or_a_month_is_not_sought(tmp_path: Path) -> None:
    others = [Applicant(nama="Padang"), Applicant(nama="Juni"), Applicant(nama="Ani")]
    assert kinds(tmp_path, "a.html", "Padang, 2 Juni. Ani", *others, public="Kota Padang") == []


@pytest.mark.parametrize(
    "name", ["Tanpa Nama", "tidak ada.", "Bapak Hamba Allah", "PEGAWAI NEGERI SIPIL", "Negeri Kata"]
)
def test_words_that_are_nobodys_name_are_not_sought(tmp_path: Path, name: str) -> None:
    page = "<p>Pegawai Negeri Sipil tanpa nama, Hamba Allah, tidak ada. Negeri Kata.</p>"
    (tmp_path / "a.html").write_text(page)
    what = leak_targets.targets([Applicant(nama=name)], "", ["negeri  kata"])
    assert leak_gate.find_leaks(tmp_path, what) == ()


def test_who_is_called_more_than_a_word_for_nobody_is_sought(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Menurut Rahasia Contohwati.</p>")
    assert (
        leak_gate.find_leaks(tmp_path, leak_targets.targets([Applicant(nama="Rahasia Contohwati")], "", ["contohwati"]))
        != ()
    )


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("Ratna Contohwati", "nama"),
        ("#RatnaContohwati", "nama"),
        ("Sukarsih", "nama"),
        ("NIP 198503122010012901", "NIP"),
        ("0812 3456 7001", "telepon"),
        ("Jalan Melati Rekaan 7", "alamat"),
        ("rc77@example.org", "email"),
    ],
)
def test_what_was_found_tells_whose_it_is_and_is_not_shown(tmp_path: Path, page: str, kind: str) -> None:
    owners = [ONE, Applicant(nama="Sukarsih", email="rc77@example.org")]
    other = leak_targets.targets(
        [Applicant("Budi Khayali", "198001012005011901", "", "", "Jalan Lain 3", "b@example.org")], ""
    )
    (tmp_path / "a.html").write_text(page)
    (leak,) = leak_gate.find_leaks(tmp_path, leak_targets.targets(owners, ""))
    assert leak.kind == kind
    assert leak.hits <= leak_targets.targets(owners, "").hits
    assert not leak.hits & other.hits
    assert str(leak) == f"a.html: {kind}"
    assert not [value for _, value in leak.hits if value in repr(leak)]


@pytest.mark.parametrize("name", ["RatnaContohwati.html", "ratna_contohwati/a.html", "Ratna%20Contohwati.pdf.txt"])
def test_names_of_files_and_folders_in_any_dress(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert told(tmp_path) == ["(nama berkas memuat identitas): nama"]


@pytest.mark.parametrize("nip", ["1985031220", "19850312201001290", "1985031220100129011", "NIP. 19850312 2010 01 2 9"])
def test_a_mistyped_nip_counts(tmp_path: Path, nip: str) -> None:
    assert kinds(tmp_path, "a.html", f"no 7 / {nip} /", Applicant(nip=nip)) == ["NIP"]


@pytest.mark.parametrize("nip", ["0000000000", "1234567890", "123"])
def test_a_filler_is_no_number(tmp_path: Path, nip: str) -> None:
    assert kinds(tmp_path, "a.html", "0000000000 0123456789", Applicant(nip=nip)) == []


@pytest.mark.parametrize("between", [", ", " / ", "/", "; ", " atau ", " dan ", "\n", " (kantor) "])
@pytest.mark.parametrize("shown", ["0813 1111 2222", "(0751) 314589"])
def test_every_telephone_of_an_answer_is_sought(tmp_path: Path, between: str, shown: str) -> None:
    other = Applicant(telepon=f"0813-1111-2222{between}0751/314589")
    assert kinds(tmp_path, "a.html", f"Hubungi {shown}.", other) == ["telepon"]


def test_slashes_may_also_stand_within_a_telephone(tmp_path: Path) -> None:
    assert kinds(tmp_path, "a.html", "0813 1111 2222", Applicant(telepon="0813/1111/2222")) == ["telepon"]


def test_a_short_number_counts_only_where_a_number_begins_and_ends(tmp_path: Path) -> None:
    other = Applicant(telepon="0751-31458")
    assert kinds(tmp_path, "a.html", "<path d='17.513145812'/> 75131458123", other) == []
    assert kinds(tmp_path, "a.html", "12 (0751) 31458 99", other) == ["telepon"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf("Lain", password="rahasia")),
        ("a.pdf", pdf("Lain")[:200]),
        ("a.pdf", b"bukan pdf"),
        ("a.docx", docx_file()[:-40]),
        ("a.zip", zipped("a.txt", b"isi" * 99)[:60]),
        ("a.zip", locked_zip()),
        ("a.zip", zipped("dalam.zip", locked_zip())),
        ("a.gz", b"bukan gzip"),
        ("a.txt", gzip.compress(b"isi" * 99)[:-4]),
        ("a.png", png(compressed=True)[:60]),
        ("a.jpg", b"bukan gambar"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
    ],
)
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    assert leak_gate.UNREADABLE in kinds(tmp_path, name, content)


def test_one_locked_member_does_not_hide_the_others(tmp_path: Path) -> None:
    buffer = io.BytesIO(locked_zip())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", "Ratna Contohwati")
    assert kinds(tmp_path, "a.zip", buffer.getvalue()) == ["nama", leak_gate.UNREADABLE]


@pytest.mark.parametrize("content", [zipped("a.txt", bytes(50_000)), gzip.compress(bytes(50_000)), bytes(50_000)])
def test_unpacking_has_a_limit(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    assert leak_markup.UNREAD in leak_readers.read_file(path, limit=40_000)
    assert leak_markup.UNREAD not in leak_readers.read_file(path, limit=200_000)


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    content = b"isi"
    for _ in range(30):
        content = gzip.compress(content)
    assert kinds(tmp_path, "a.gz", content) == [leak_gate.UNREADABLE]


def test_sound_files_can_be_checked(tmp_path: Path) -> None:
    image = io.BytesIO()
    Image.new("RGB", (4, 4)).save(image, "png")
    for name, content in {"a.pdf": pdf("Lain"), "a.png": image.getvalue(), "a.zip": zipped("a.txt", b"isi")}.items():
        assert kinds(tmp_path, name, content) == [], name


def test_a_free_text_can_be_checked() -> None:
    found = leak_gate.identity_in_text("Ratna Contohwati menelepon dari 0812 3456 7001", [ONE])
    assert {kind.lower() for kind in found} == {"nama", "telepon"}
    assert leak_gate.identity_in_text("Pemohon menelepon", [ONE]) == set()


@pytest.mark.parametrize(
    "text", ["<", "a", "1", "1 ", "a@", "<p", "{", "&amp;lt;", "Aa ", "%", "[at", "a.", "\\u", "\xad"]
)
def test_long_texts_come_to_an_end(text: str) -> None:
    """A pattern that tries every way through one of these would be stopped by the time limit of all tests."""
    assert not leak_gate.identity_in_text(text * (400_000 // len(text)), [ONE])


def test_an_identity_across_two_windows_is_found(tmp_path: Path) -> None:
    for count, shift in enumerate((0, 8, 16), 1):
        long = "x" * 999_979 + " " * (1 + shift) + "Ratna Contohwati lain"
        assert kinds(tmp_path, f"{shift}.txt", long) == ["nama"] * count


@pytest.mark.parametrize(("text", "named"), [
    ("Perkara Dr. Ratna  Contohwati, S.H. lain.", True), ("Lihat NIP 19850312 201001 2 901.", True),
    ("Perkara sudah di pengadilan.", False), ("", False),
])  # fmt: skip
def test_words_for_a_letter_that_name_the_applicant_are_known(text: str, *, named: bool) -> None:
    assert bool(leak_gate.identity_in_text(text, [ONE])) is named
    assert not leak_gate.identity_in_text(text, [Applicant(nama="-", jabatan="Tun")])


def test_a_position_and_a_unit_are_part_of_an_identity() -> None:
    one = Applicant(jabatan="Pranata Contoh", unit_kerja="Dinas Rekaan")
    assert leak_gate.identity_in_text("Sebagai  pranata contoh pada Dinas Rekaan.", [one]) == {"jabatan", "unit_kerja"}
    assert not leak_gate.identity_in_text("Pranata Contohan pada dinas.", [one])


def test_other_answers_are_no_identity_but_for_addresses_in_them() -> None:
    assert not leak_gate.identity_in_text("Bukti tidak ada.", [Applicant(email="Tidak ada")])
    said = Applicant(email="tidak, hubungi saja wulan@example.org")
    assert not leak_gate.identity_in_text("Pemohon tidak datang.", [said])
    assert leak_gate.identity_in_text("Sudah ditulis ke wulan@example.org.", [said]) == {"email"}


def test_where_nobody_is_known_any_address_or_long_number_counts() -> None:
    for text in ("Hubungi 0812-3456-7001", "tulis ke a@b", "NIP １９８５０３１２ ２０１００１"):
        assert leak_gate.identity_in_text(text, None), text
    assert not leak_gate.identity_in_text("Pos bantuan hukum, Jalan Rekaan 12", None)


@pytest.mark.parametrize(
    ("text", "applicant", "named"),
    [
        ("Perkara Sri Ayu di kantor.", Applicant(nama="Sri Ayu"), True),
        ("Kepada Budi: lain.", Applicant(nama="Budi"), True),
        ("Kepada Budiman.", Applicant(nama="Budi"), False),
        ("Menurut Eko.", Applicant(nama="Eko"), False),
        ("SURAT\nSRI   AYU", Applicant(nama="Sri Ayu"), True),
    ],
)
def test_a_short_name_is_known_in_words_for_a_letter_too(text: str, applicant: Applicant, *, named: bool) -> None:
    assert bool(leak_gate.identity_in_text(text, [applicant])) is named


@pytest.mark.parametrize(
    ("name", "found"), [("Tuti Abadim", True), ("Setia Budi", False), ("Eka Budiman", True), ("Tini Sari", False)]
)
def test_a_name_written_as_one_word_is_sought_from_ten_letters_on(tmp_path: Path, name: str, *, found: bool) -> None:
    page = f"<p>Alamat #{name.replace(' ', '').casefold()} itu.</p>"
    assert kinds(tmp_path, "a.html", page, Applicant(nama=name)) == (["nama"] if found else [])


@pytest.mark.parametrize("filler", ["0000000000", "9999999999", "1234567890", "0123456789", "12345678901234567"])
def test_a_filler_is_sought_in_no_page(tmp_path: Path, filler: str) -> None:
    page = f"<p>Isi {filler} di sini, bukan {filler}1.</p>"
    assert kinds(tmp_path, "a.html", page, Applicant(nip=filler), Applicant(telepon=f"0{filler}")) == []
    assert leak_targets.targets([Applicant(nip=filler, telepon=filler)], "").numbers == {}


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        ("Dr. Ratna Contohwati, S.H.", ["contohwati ratna", "dr ratna contohwati s h", "ratna contohwati"]),
        ("Drs.,Ratna Contohwati", ["drs ratna contohwati", "ratna contohwati"]),
        ("Ratna Contohwati S.Xyz.", ["contohwati ratna", "ratna contohwati", "ratna contohwati s xyz"]),
        ("A. Ratna Contohwati M.", ["a ratna contohwati m", "contohwati ratna", "ratna contohwati"]),
        (
            "Ratna Ayu Contohwati, Kepala",
            [
                *("ayu contohwati", "ratna ayu", "ratna ayu contohwati", "ratna ayu contohwati kepala"),
                *("ratna contohwati", "contohwati ayu", "ayu ratna", "contohwati ratna"),
            ],
        ),
        ("Ratna Contohwati SH.MH", ["contohwati ratna", "ratna contohwati", "ratna contohwati sh mh"]),
        ("Ratna X Contohwati", ["contohwati ratna", "ratna contohwati", "ratna x contohwati"]),
        ("Ratna", []),
    ],
)
def test_what_of_a_name_is_sought(name: str, phrases: list[str]) -> None:
    found = leak_targets.targets([Applicant(nama=name)], "").phrases
    assert {" ".join(phrase): kind for phrase, kind in found.items()} == dict.fromkeys(phrases, "nama")


@pytest.mark.parametrize(
    ("address", "phrases"),
    [
        (
            "Komp. Contoh, Jl. Melati No. 7, Kota",
            [
                *("7 jalan melati", "7 kompleks contoh jalan melati", "7 kota jalan melati"),
                *("jalan melati 7", "jalan melati 7 kompleks contoh", "jalan melati 7 kota"),
                *("kompleks contoh jalan melati 7", "kompleks contoh jalan melati 7 kota"),
                *("kota jalan melati 7", "melati 7 kompleks contoh", "melati 7 kota"),
            ],
        ),
        ("Jalan Melati 7", ["7 jalan melati", "jalan melati 7"]),
        ("Jalan Melati Raya 7", ["7 jalan melati raya", "jalan melati raya 7", "melati raya 7"]),
        ("12 Contoh Raya", ["12 contoh raya"]),
        ("Blok C Nomor 12", []),
        ("Contoh 7", []),
        ("Jalan Melati Raya", []),
        ("12 Contoh", []),
    ],
)
def test_what_of_an_address_is_sought(address: str, phrases: list[str]) -> None:
    found = leak_targets.targets([Applicant(alamat=address)], "").phrases
    assert sorted(map(" ".join, found)) == phrases


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Jl.", "jalan"),
        ("jln", "jalan"),
        ("Gg.", "gang"),
        ("Jend.", "jenderal"),
        ("Komp.", "kompleks"),
        ("komplek", "kompleks"),
        ("No.", ""),
        ("nomor", ""),
    ],
)
def test_an_abbreviation_in_an_address_is_read_in_full(short: str, long: str) -> None:
    assert leak_text.words_of(f"Di {short} Melati-7b") == ["di", *filter(None, [long]), "melati", "7", "b"]


def test_a_number_of_ten_digits_is_sought_anywhere_and_a_shorter_one_is_not(tmp_path: Path) -> None:
    assert kinds(tmp_path, "a.html", "991985031220991", Applicant(nip="1985031220")) == ["NIP"]
    both = Applicant(telepon="0751-31458, 0813-1111-2222")
    assert kinds(tmp_path, "a.html", "12375131458", both) == []
    assert kinds(tmp_path, "a.html", "12381311112222", both) == ["telepon"]


@pytest.mark.parametrize(("name", "sought"), [("Sari", True), ("Ani", False), ("Januari", False), ("Dr. Sari", True)])
def test_a_name_of_one_word_has_four_letters_and_is_no_ordinary_word(name: str, *, sought: bool) -> None:
    assert bool(leak_targets.targets([Applicant(nama=name)], "").names) is sought


def test_a_name_of_one_word_is_not_sought_in_what_is_no_text() -> None:
    found = leak_gate._hits_in(
        [leak_markup.ReadableText("Sari", "bytes")], leak_targets.targets([Applicant(nama="Sari")], "")
    )
    assert found.result(set()) == set()
    found = leak_gate._hits_in(
        [leak_markup.ReadableText("Sari", "prose")], leak_targets.targets([Applicant(nama="Sari")], "")
    )
    assert found.result(set()) == {("nama", "sari")}


def test_all_that_is_sought_of_a_person_but_for_what_the_agency_says() -> None:
    person = Applicant(
        nama="Ratna Ayu Contohwati",
        nip="19850312 201001 2 901",
        alamat="Jalan Melati 7 Kota",
        email="ratna@example.org, biro@example.go.id",
        telepon="0812-3456-7001, 0751-31458",
    )
    public = "Biro, (0751) 31458, biro@example.go.id. Ayu Contohwati"
    what = leak_targets.targets([person, Applicant(nama="Sukarsih"), Applicant(nama="Biro")], public)
    names = {("ratna", "ayu", "contohwati"), ("ratna", "ayu"), ("ratna", "contohwati")}
    swapped = {("ayu", "ratna"), ("contohwati", "ayu"), ("contohwati", "ratna")}
    addresses = {
        ("jalan", "melati", "7"),
        ("jalan", "melati", "7", "kota"),
        ("7", "jalan", "melati"),
        ("melati", "7", "kota"),
    }
    assert what == leak_targets.Targets(
        phrases=dict.fromkeys(addresses, "alamat") | dict.fromkeys(names | swapped, "nama"),
        starts={
            ("jalan", "melati"): frozenset({3, 4}),
            ("ratna", "ayu"): frozenset({2, 3}),
            ("ratna", "contohwati"): frozenset({2}),
            **dict.fromkeys((("7", "jalan"), ("melati", "7")), frozenset({3})),
            **dict.fromkeys(swapped, frozenset({2})),
        },
        names=frozenset({"sukarsih"}),
        joined_names={"".join(name): name for name in names},
        initials=frozenset(),
        numbers={"198503122010012901": "NIP", "81234567001": "telepon"},
        sizes=frozenset({18, 11}),
        emails=frozenset({"ratna@example.org"}),
    )
    assert what.hits == {
        *(("nama", name) for name in ("sukarsih", "ratnaayucontohwati", "ratnacontohwati", "ratnaayu")),
        *(("nama", name) for name in ("ratna ayu contohwati", "ratna ayu", "ratna contohwati")),
        *(("nama", name) for name in ("ayu ratna", "contohwati ayu", "contohwati ratna")),
        *(("alamat", "jalan melati 7"), ("alamat", "jalan melati 7 kota"), ("alamat", "7 jalan melati")),
        ("alamat", "melati 7 kota"),
        ("email", "ratna@example.org"),
        *(("NIP", "198503122010012901"), ("telepon", "81234567001")),
    }


@pytest.mark.parametrize("name", ["Anonim", "anonymous", "Nama", "Rahasia", "Dirahasiakan", "Pemohon", "Warga Negara"])
def test_a_word_for_having_no_name_is_not_sought(name: str) -> None:
    what = leak_targets.targets([Applicant(nama=name)], "")
    assert (what.names, what.phrases) == (frozenset(), {})


@pytest.mark.parametrize(
    ("phone", "numbers"),
    [
        ("0123456", set()),
        ("075131458", {"75131458"}),
        ("+62 751 31458", {"75131458"}),
        ("812345678901235", {"812345678901235"}),
        ("8123456789012356", set()),
        ("81212121", {"81212121"}),
        ("8181818181", {"8181818181"}),
    ],
)
def test_a_telephone_number_has_eight_to_fifteen_digits(phone: str, numbers: set[str]) -> None:
    assert leak_targets.targets([Applicant(telepon=phone)], "").numbers.keys() == numbers


@pytest.mark.parametrize(("nip", "sought"), [("198503122", False), ("1985031220", True)])
def test_a_nip_is_sought_from_ten_digits_on(nip: str, *, sought: bool) -> None:
    assert bool(leak_targets.targets([Applicant(nip=nip)], "").numbers) is sought


def test_a_run_of_digits_knows_where_in_it_a_number_may_begin_or_end() -> None:
    assert list(leak_text.digit_runs("a 12 0812-3456 7001; 1234567 (0062751) 31458")) == [
        ("12081234567001", frozenset({0, 2, 3, 6, 10, 14})),
        ("1234567006275131458", frozenset({0, 7, 11, 14, 19})),
    ]
    assert list(leak_text.digit_runs("1234567")) == []


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("Tulis ke A.B@Example.org.", {"a.b@example.org"}),
        ("a [at] b [dot] id, c(et)d.id", {"a@b.id", "c@d.id"}),
        ("-_a@b.id+", {"a@b.id"}),
        ("a@b", set()),
        ("surat a titik b at c-d titik id, lain", {"a.b@c-d.id"}),
        ("tulis e dot f @ g.id atau titik h@i.id", {"e.f@g.id", "h@i.id", "atau.h@i.id"}),
        ("dari titik a@b.id", {"a@b.id", "dari.a@b.id"}),
        ("tanpa alamat", set()),
    ],
)
def test_addresses_of_e_mail_are_known_in_every_spelling(text: str, emails: set[str]) -> None:
    assert leak_text.emails_in(text) == emails


def test_a_text_is_looked_at_in_pieces_that_overlap() -> None:
    readings = [leak_markup.ReadableText("x" * 1_000_000 + "y", "prose"), leak_markup.ReadableText("", "unread")]
    assert [(len(text), text[-1:], kind) for text, kind in leak_text.windows(readings)] == [
        (1_000_000, "x", "prose"),
        (2_001, "y", "prose"),
        (0, "", "unread"),
    ]


def test_readings_that_say_the_same_are_looked_at_once_of_each_kind() -> None:
    readings = [leak_markup.ReadableText(text, kind) for text in ("a  b", "a b") for kind in ("prose", "code")]
    assert list(leak_text.windows([*readings, *readings])) == [("a b", "prose"), ("a b", "code")]


def test_each_kind_in_a_file_is_told_once_with_what_was_found_of_it(tmp_path: Path) -> None:
    for name in ("b.html", "a.html"):
        (tmp_path / name).write_text("<p>Ratna Contohwati, 0812 3456 7001, 198503122010012901</p>")
    sealed = tmp_path / "c.age"
    sealed.write_text("Ratna Contohwati")
    (tmp_path / "rusak.zip").write_bytes(b"PK")
    found = leak_gate.find_leaks(tmp_path, leak_targets.targets([ONE], ""), {sealed})
    assert [(leak.file, leak.kind) for leak in found] == [
        *(("a.html", "NIP"), ("a.html", "nama"), ("a.html", "telepon")),
        *(("b.html", "NIP"), ("b.html", "nama"), ("b.html", "telepon")),
        ("rusak.zip", leak_gate.UNREADABLE),
    ]
    assert [leak.hits for leak in found[:3]] == [
        {("NIP", "198503122010012901")},
        {("nama", "ratna contohwati")},
        {("telepon", "81234567001")},
    ]
    assert found[-1].hits == {(leak_gate.UNREADABLE, "")}
    assert found[0] == leak_gate.Leak("a.html", "NIP"), "what was found is no part of what is compared"


@pytest.mark.parametrize(
    ("text", "named"),
    [("Seorang guru.", True), ("Seorang maguru.", False), ("Seorang gurumu.", False), ("Seorang  GURU", True)],
)
def test_a_position_of_four_letters_is_known_as_a_word_of_its_own(text: str, *, named: bool) -> None:
    assert bool(leak_gate.identity_in_text(text, [Applicant(jabatan="Guru")])) is named


def test_a_unit_is_no_leak(tmp_path: Path) -> None:
    assert kinds(tmp_path, "a.html", "<p>DINAS-PENDIDIKAN: 14</p>", Applicant(unit="DINAS-PENDIDIKAN")) == []
