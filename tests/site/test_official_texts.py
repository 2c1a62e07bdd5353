"""Official texts are listed as they are said to be, a mistake keeps one text away and is told, and none are shipped."""

import hashlib
import io
import json
import logging
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from pypdf import PdfWriter

from processor.cases.records import Applicant
from processor.foundation import settings
from processor.foundation.errors import LeakFound
from processor.foundation.settings import Settings
from processor.operations import daily_pass, office_check
from processor.site import jdih_feed, official_texts, pages, publish
from tests.office import ROOT, Everybody, agency, small_sources
from tests.story import Story

SAID: Final = {
    "jenis": "Keputusan Gubernur",
    "nomor": "180-363-2025",
    "tanggal": "2025-07-02",
    "judul": "Pedoman Teknis",
    "tentang": "Pedoman *Teknis* <Layanan>",
    "status": "berlaku",
    "dijelaskan": "pedoman",
}


def pdf(pages: int = 1, title: str = "", password: str = "") -> bytes:
    writer, content = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password, algorithm="AES-256")
    writer.write(content)
    return content.getvalue()


def put(of: Settings, name: str = "pedoman", content: bytes | None = None, **changes: str) -> Path:
    """A text in the office's folder; "" leaves a key out."""
    folder = of.root / official_texts.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    said = {key: value for key, value in {**SAID, **changes}.items() if value}
    (folder / f"{name}.yaml").write_text("".join(f'{key}: "{value}"\n' for key, value in said.items()), "utf-8")
    (folder / f"{name}.pdf").write_bytes(pdf() if content is None else content)
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    root = small_sources(tmp_path / "sumber")
    menu = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{menu}not_in_nav: /resmi/index.md\n", "utf-8")
    return agency(tmp_path, root)


def told(of: Settings) -> list[str]:
    return [str(one).removeprefix(str(of.root / official_texts.FOLDER)) for one in official_texts.problems(of)]


def test_texts_are_listed_with_what_was_said_and_what_the_files_are(office: Settings) -> None:
    put(office, "lama", nomor="1-2020", tanggal="2020-01-05", status="dicabut", keterangan="dengan 180-363-2025")
    put(office, content=(content := pdf(3)))
    put(office, "standar", nomor="9-2026", tanggal="2026-01-05", dijelaskan="standar")
    assert told(office) == []
    found = official_texts.texts(office)
    assert [one.name for one in found] == ["standar.pdf", "pedoman.pdf", "lama.pdf"]
    assert (found[1].pages, found[1].sha256) == (3, hashlib.sha256(content).hexdigest())
    assert official_texts.link(found, "pedoman").startswith(
        "Naskah resmi yang berlaku: [Keputusan Gubernur Nomor 180-363-2025](resmi/pedoman.pdf) (PDF, 3 halaman, "
    )
    assert "(resmi/standar.pdf)" in official_texts.link(found, "standar", "pedoman")
    assert official_texts.link(found[1:], "standar", "pedoman") == official_texts.link(found, "pedoman")
    assert official_texts.link(found[2:], "pedoman") == "", "a repealed text is not what holds"
    assert official_texts.link(found, "sop") == ""


MISTAKES: Final[Mapping[str, tuple[Any, str]]] = {
    "a PDF without an entry": (
        lambda s: (put(s) / "pedoman.yaml").unlink(),
        "/pedoman.pdf: Naskah ini belum diterangkan",
    ),
    "an entry without a PDF": (lambda s: (put(s) / "pedoman.pdf").unlink(), "/pedoman.yaml: pedoman.pdf tidak ada."),
    "no date": (lambda s: put(s, tanggal="2025-02-30"), "/pedoman.yaml, baris 3: “tanggal” bukan tanggal"),
    "a date to come": (lambda s: put(s, tanggal="2999-01-02"), "/pedoman.yaml, baris 3: 2 Januari 2999 belum tiba."),
    "a year that slipped": (
        lambda s: put(s, tanggal="0205-07-02"),
        "/pedoman.yaml, baris 3: Tahun 205 keliru.",
    ),
    "another date": (
        lambda s: put(s, tanggal="2025-07-03"),
        "/pedoman.yaml, baris 3: Tanggalnya lain daripada dasar.ped",
    ),
    "another number": (
        lambda s: put(s, nomor="1-2026"),
        "/pedoman.yaml, baris 2: Halaman pedoman menjelaskan Nomor 180-",
    ),
    "an unknown key": (
        lambda s: put(s, statuss="x"),
        "/pedoman.yaml, baris 8: “statuss” tidak dikenal. Maksudnya “stat",
    ),
    "another status": (
        lambda s: put(s, status="aktif"),
        "/pedoman.yaml, baris 6: “status” harus salah satu dari: berl",
    ),
    "too large": (
        lambda s: put(s, content=pdf() + bytes(official_texts.LIMIT)),
        "/pedoman.pdf: Berkas 10,0 MB; paling b",
    ),
    "encrypted": (
        lambda s: put(s, content=pdf(password="rahasia")),
        "/pedoman.pdf: PDF ini terkunci sandi. Simpan lagi",
    ),
    "damaged": (lambda s: put(s, content=pdf()[:60]), "/pedoman.pdf: Berkas ini rusak atau bukan PDF."),
    "no PDF": (lambda s: put(s, content=b"PK\x03\x04"), "/pedoman.pdf: Berkas ini rusak atau bukan PDF."),
    "empty": (lambda s: put(s, content=b""), "/pedoman.pdf: Berkas ini rusak atau bukan PDF."),
    "no pages": (lambda s: put(s, content=pdf(0)), "/pedoman.pdf: PDF ini tidak punya halaman."),
    "a name with blanks": (
        lambda s: put(s, "SK Gubernur"),
        "/SK Gubernur.pdf: Berkas ini tidak diterbitkan karena nama",
    ),
    "a Word file": (
        lambda s: (put(s) / "pedoman.pdf").rename(put(s) / "sk.docx"),
        "/sk.docx: Berkas ini tidak diterbi",
    ),
}


def test_two_texts_of_one_number_are_told_and_published(office: Settings) -> None:
    put(office)
    put(office, "lampiran", dijelaskan="")
    assert told(office) == [
        "/pedoman.yaml: Keputusan Gubernur Nomor 180-363-2025 Tahun 2025 juga lampiran.pdf. Betulkan nomornya, atau "
        "gabungkan bila keduanya satu naskah."
    ]
    assert len(official_texts.texts(office)) == 2


def test_what_a_library_says_of_a_damaged_text_is_not_shown(office: Settings, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "pypdf")
    put(office, content=b"PK\x03\x04")
    assert len(told(office)) == 1
    assert caplog.records == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_keeps_that_text_alone_away(mistake: str, office: Settings) -> None:
    do, sentence = MISTAKES[mistake]
    put(office, "lain", dijelaskan="")
    do(office)
    assert [one for one in told(office) if one.startswith(sentence)], told(office)
    assert "lain.pdf" in {one.name for one in official_texts.texts(office)}
    assert not [one for one in told(office) if one.startswith("/lain")]
    unsound = sentence[1:].partition(".")[0]
    assert unsound not in {Path(one.name).stem for one in official_texts.texts(office)} or mistake == "a Word file"


def test_a_menu_of_before_that_lacks_the_page_is_told_where_there_are_texts(tmp_path: Path) -> None:
    older = agency(tmp_path, small_sources(tmp_path / "sumber"))
    assert told(older) == []
    put(older)
    assert ["belum memuat resmi/index.md" in one for one in told(older)] == [True]


def test_periksa_and_every_pass_tell_of_an_unsound_text(tmp_path: Path) -> None:
    story = Story(tmp_path, root=small_sources(tmp_path / "sumber"))
    (put(story.settings) / "pedoman.pdf").unlink()
    story._counts_site_as_built()
    for found in (office_check.check(story.office), daily_pass.run_pass(story.office).problems):
        assert [one.message for one in found if "naskah" in one.mend or "pedoman" in one.message][:1] == [
            "pedoman.pdf tidak ada."
        ]


def test_what_the_handbook_shows_is_a_sound_text(office: Settings) -> None:
    [block] = re.findall(
        r"```yaml\n(# docs/resmi/.*?)```", (ROOT / "docs" / "petugas" / "kabar.md").read_text("utf-8"), re.DOTALL
    )
    decree = office.dasar.pedoman  # which another office has of its own
    block = block.replace("100.3.3-12-2026", decree.nomor).replace("2026-01-05", str(decree.tanggal))
    (put(office) / "pedoman.yaml").write_text(block, "utf-8")
    assert told(office) == []
    assert [one.text.judul for one in official_texts.texts(office)] == ["Pedoman Teknis"]


def test_a_site_keeps_of_the_folder_the_sound_texts_their_page_and_their_feed(office: Settings) -> None:
    built, folder = put(office), office.site / "resmi"
    put(office, "rusak", content=b"bukan PDF", dijelaskan="")
    shutil.copytree(built, folder)  # as builders do
    (folder / "index.html").write_text("Naskah resmi")
    jdih_feed.add(office, office.site)
    assert {path.name for path in folder.iterdir()} == {"index.html", "jdih.json", "pedoman.pdf"}
    [record] = json.loads((folder / "jdih.json").read_text("utf-8"))
    assert record["judul"] == "Keputusan Gubernur Nomor 180-363-2025 tentang Pedoman *Teknis* <Layanan>"
    assert record["urlDownload"] == f"{office.situs.alamat}resmi/pedoman.pdf"
    assert record["urlDetailPeraturan"] == f"{office.situs.alamat}resmi/#pedoman"
    assert (record["tanggal_pengundangan"], record["status"]) == ("2025-07-02", "Berlaku")
    jsonschema.validate([record], jdih_feed.schema(), cls=jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**record, "sumber": ""}], jdih_feed.schema())
    (folder / "pedoman.pdf").write_bytes(pdf(title="Disusun oleh Budi Khayali"))
    with pytest.raises(LeakFound, match=r"resmi/pedoman\.pdf: nama"):
        publish.inspect(office, Everybody((Applicant(nama="Budi Khayali"),)), office.site)
    (folder / "index.html").unlink()
    jdih_feed.add(office, office.site)
    assert [*folder.iterdir()] == [], "a menu without the page offers nothing"


@pytest.mark.slow
@pytest.mark.long
def test_a_published_site_lists_its_texts_and_holds_no_other(office: Settings) -> None:
    put(office, content=(content := pdf(2)))
    put(office, "rusak", content=b"bukan PDF", dijelaskan="")
    publish.publish_site(office, Everybody(), office.site)
    folder = office.site / "resmi"
    assert {path.name for path in folder.iterdir()} == {"index.html", "jdih.json", "pedoman.pdf"}
    page = (folder / "index.html").read_text("utf-8")
    assert '<a href="pedoman.pdf">Keputusan Gubernur Nomor 180-363-2025</a> (PDF, 2 halaman, ' in page
    assert "Pedoman *Teknis* &lt;Layanan&gt;" in page
    assert 'id="pedoman"' in page
    assert hashlib.sha256(content).hexdigest() in page


def test_where_there_are_no_texts_no_page_offers_any() -> None:
    context, names = pages.context(settings.load(ROOT / settings.FILE_NAME)), ("pedoman", "sop", "standar", "index")
    shown = {
        name: pages.fill((ROOT / "docs" / f"{name}.md").read_text("utf-8"), context) for name in (*names, "resmi/index")
    }
    assert not [name for name, text in shown.items() if "](resmi/" in text]
    assert "Situs ini belum memuat naskah resmi" in shown["resmi/index"]
    assert "jdih.json" not in shown["resmi/index"]
    assert [path.name for path in (ROOT / official_texts.FOLDER).iterdir()] == ["index.md"], "no decree is shipped"


def test_each_page_that_explains_a_text_leads_to_it_and_says_which_of_both_holds(office: Settings) -> None:
    put(office)
    put(office, "sop", nomor=office.dasar.sop.nomor, tanggal=str(office.dasar.sop.tanggal), dijelaskan="sop")
    context = pages.context(office)
    for name, text in (("pedoman", "pedoman"), ("sop", "sop"), ("standar", "pedoman")):
        shown = " ".join(pages.fill((ROOT / "docs" / f"{name}.md").read_text("utf-8"), context).split())
        assert f"(resmi/{text}.pdf)" in shown, name
        assert "ang berlaku" in shown.partition(f"(resmi/{text}.pdf)")[0], name
        assert "dapat dimintakan" not in shown, name
    assert "](resmi/index.md)" in pages.fill((ROOT / "docs" / "index.md").read_text("utf-8"), context)
