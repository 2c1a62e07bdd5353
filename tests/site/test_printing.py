"""What is printed: tagged and lasting, the words of the pages, the form's QR code, and nothing that overflows."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import segno
from PIL import Image
from pypdf import PdfReader

from processor.cases.records import Applicant
from processor.cli.main import main
from processor.foundation import settings
from processor.foundation.errors import BrokenFiles
from processor.foundation.settings import Settings
from processor.operations import office_check
from processor.operations.office import open_office
from processor.site import leak_gate, leak_targets, pages, print_content, printing, publish, site_prints
from processor.site.print_content import FACES
from processor.site.print_faces import PrintMaterial
from processor.site.site_prints import Offered
from tests import office
from tests.site.test_agencies import AGENCIES

pytest.importorskip("typst")

KEYS: Final = ("age1rekaan",)
THE_FORM: Final = "ajukan/"
PDFS: Final = tuple(face for face in FACES if "pdf" in printing.SHEETS[face].kinds)
A4: Final = (210, 297)
SIZES: Final = {
    "leaflet": (A4, 1), "lipat": (A4[::-1], 2), "poster": ((297, 420), 1), "slide": ((339, 190), 8),
    "formulir": (A4, 2), "sop": (A4[::-1], 3),
}  # fmt: skip
"""Millimetres and pages."""
LONG: Final = {
    "nama": "Biro Hukum, Hubungan Kelembagaan, Keterbukaan Informasi Publik, dan Advokasi",
    "induk": "Sekretariat Jenderal Kementerian Koordinator Bidang Hukum, Hak Asasi Manusia, dan Pemasyarakatan Rekaan",
    "pemerintah": "Kementerian Koordinator Bidang Hukum, Hak Asasi Manusia, dan Pemasyarakatan Rekaan Republik Contoh",
    "alamat": "Gedung Pusat Pelayanan Terpadu Lantai 17 Sayap Timur, Jalan Jenderal Besar Abdul Rekaan Nomor 1.234, "
    "Kelurahan Contoh Permai, Kecamatan Contoh Sejahtera, Kota Rekaan Barat 12345",
    "email": "layanan.bantuan.hukum.elektronik@pelayanan.kementerian-rekaan.example.go.id",
    "kop": ["KEMENTERIAN KOORDINATOR BIDANG HUKUM, HAK ASASI MANUSIA,", "DAN PEMASYARAKATAN REKAAN", "BIRO HUKUM"],
    "instagram": "birohukum.kementeriankoordinatorrekaan",
}
LONG_SITE: Final = "https://layanan-bantuan-hukum.kementerian-koordinator-rekaan.example.go.id/payung/"


@dataclass(frozen=True)
class Printed:
    """The prints of an office, and what they are made of."""

    material: PrintMaterial
    files: Mapping[str, bytes]

    def pages(self, face: str) -> PdfReader:
        return PdfReader(io.BytesIO(self.files[f"{face}.pdf"]))

    def text(self, face: str) -> str:
        """The words of a PDF without spaces, which a reader guesses."""
        return plain("".join(page.extract_text() for page in self.pages(face).pages))


def plain(words: str) -> str:
    return "".join(words.replace("\u200b", "").split())


def material_of(found: Settings) -> PrintMaterial:
    return PrintMaterial(found, pages.context(found, KEYS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cetak")


@pytest.fixture(scope="module")
def offered(folder: Path) -> Offered:
    """What the shipped office's site offers, made once."""
    return site_prints.make(office.agency(folder), folder / "situs", KEYS)


@pytest.fixture(scope="module")
def shipped(folder: Path, offered: Offered) -> Printed:
    files = {name: content for name, content in offered.files.items() if not name.endswith(".json")}
    return Printed(material_of(settings.load(folder / settings.FILE_NAME)), files)


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> tuple[Printed, Mapping[str, list[Image.Image]]]:
    """The prints of an agency with the longest of names, at the longest of addresses, and pictures of every page."""
    rest: dict[str, Any] = json.loads(json.dumps(AGENCIES["kementerian"]))
    rest["instansi"] |= LONG
    found = office.agency(tmp_path_factory.mktemp("kementerian"), **rest, situs={"alamat": LONG_SITE})
    material = material_of(found)
    files: dict[str, bytes] = {}
    pictures: dict[str, list[Image.Image]] = {}
    with printing.press(material) as press:
        for face in FACES:
            files |= press.files(face)
            template = press.folder / f"{printing.SHEETS[face].template}.typ"
            drawn = press.compiler.compile(template, format="png", ppi=DOTS[face])
            drawn = drawn if isinstance(drawn, list) else [drawn]
            pictures[face] = [Image.open(io.BytesIO(one)).convert("RGB") for one in drawn]
    return Printed(material, files), pictures


@pytest.fixture(params=["shipped", "ministry"])
def printed(request: pytest.FixtureRequest) -> Printed:
    found = request.getfixturevalue(request.param)
    given: Printed = found if isinstance(found, Printed) else found[0]
    return given


@pytest.mark.parametrize("face", PDFS)
def test_a_pdf_is_tagged_lasting_and_of_the_size_and_pages_it_is_made_for(printed: Printed, face: str) -> None:
    found = printed.pages(face)
    root: Any = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith("id")
    about = root["/Metadata"].get_data().decode()
    assert all(one in about for one in (
        "<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<",
        f"<xmp:CreateDate>{printed.material.content.edisi.isoformat()}T",
    ))  # fmt: skip
    size, count = SIZES[face]
    sizes = {tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in found.pages}
    assert (sizes, len(found.pages)) == ({size}, count)


def test_pictures_are_as_large_as_apps_show_them_and_no_file_is_heavy(shipped: Printed) -> None:
    sizes = {name: Image.open(io.BytesIO(one)).size for name, one in shipped.files.items() if name.endswith(".png")}
    assert (sizes["kartu.png"], sizes["cerita.png"]) == ((1080, 1080), (1080, 1920))
    assert min(min(size) for size in sizes.values()) >= 1080
    assert max(map(len, shipped.files.values())) < 150_000
    colour = Image.open(io.BytesIO(shipped.files["kartu.png"])).convert("RGB").getpixel((3, 3))
    assert colour == (0x0F, 0x44, 0x37), "lighter, and of the same colours"


@pytest.mark.parametrize("face", PDFS)
def test_what_is_printed_is_what_the_content_says(printed: Printed, face: str) -> None:
    text, data = printed.text(face), printed.material.data(face)
    parts = [*data["bagian"], *((data["kontak"],) if face in {"leaflet", "lipat", "poster", "slide"} else ())]
    for part in parts:
        if part["kunci"] != "kontak":
            assert plain(part["judul"]) in text
        assert [run["t"] for run in runs(part["isi"]) if plain(run["t"]) not in text] == []
    assert [run["t"] for run in runs(data.get("halaman", [])) if plain(run["t"]) not in text] == []


def runs(value: Any) -> Iterator[dict[str, str]]:
    """Every run of words in blocks."""
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from runs(one)
    if isinstance(value, dict) and "t" in value:
        yield value


def test_the_paper_form_asks_what_the_form_asks(shipped: Printed) -> None:
    text = shipped.text("formulir")
    for question in office.FORM.pertanyaan:
        if question.jenis not in {"persetujuan", "kode_lacak", "kunci_balasan"}:
            assert plain(question.judul) in text
    assert all(plain(term) in text for term in office.FORM.ketentuan.butir)
    assert plain("Saya buka di situs dengan kode saya") not in text


def test_promises_are_those_of_the_settings(
    shipped: Printed, ministry: tuple[Printed, Mapping[str, list[Image.Image]]]
) -> None:
    other = ministry[0].text("poster")
    assert plain("dua hari kerja dan 45 menit") in shipped.text("poster")
    assert plain("dua hari kerja dan 1 jam") in other
    assert plain("45 menit") not in other


def assert_qr(page: Image.Image, address: str) -> None:
    """The page shows the QR code of ``address``, module by module."""
    page = page.convert("L")
    box = page.point(lambda value: 255 if value < 8 else 0).getbbox()  # nothing else is as black
    assert box is not None
    modules = [*map(bytes, segno.make(address, error="m", micro=False).matrix)]
    size = (len(modules), len(modules))
    sampled = page.crop(box).resize(size, Image.Resampling.BOX).point(lambda value: value < 128)
    assert [sampled.crop((0, y, size[0], y + 1)).tobytes() for y in range(size[1])] == modules


@pytest.mark.parametrize("face", ["leaflet", "poster"])
def test_the_qr_code_opens_the_form_itself(shipped: Printed, face: str) -> None:
    address = shipped.material.settings.situs.alamat + THE_FORM
    assert "{{ borang }}" in (office.ROOT / "docs" / "ajukan.md").read_text("utf-8")
    assert_qr(Image.open(io.BytesIO(shipped.files[f"{face}.png"])), address)


@pytest.mark.parametrize(("face", "page"), [("leaflet", 0), ("lipat", 0), ("poster", 0), ("slide", 7)])
def test_the_qr_code_of_the_longest_address_opens_the_form_too(
    ministry: tuple[Printed, Mapping[str, list[Image.Image]]], face: str, page: int
) -> None:
    assert_qr(ministry[1][face][page], LONG_SITE + THE_FORM)


Box = tuple[float, float, float, float]
QUIET: Final[dict[str, list[tuple[int, Box]]]] = {
    "leaflet": [
        (0, box)
        for box in ((0, 80, 13.5, 247), (196.5, 80, 210, 247), (0, 245, 210, 248.5), (100.5, 80, 109, 241))
    ],
    "lipat": [
        *((0, (x, 5, x + 8, 12)) for x in (0, 89, 97.3, 188)),
        *((0, (x, 14, x + 8.5, 200)) for x in (0, 88.5, 97.3, 188.3)),
        *((1, (x, 15, x + 8.2, 203)) for x in (0, 91.4, 100.3, 191.4, 200.3, 288.4)),
        (1, (0, 197, 297, 204)),
    ],
    "poster": [(0, (0, 205, 19.5, 334)), (0, (277.5, 205, 297, 334)), (0, (0, 329, 297, 334))],
    "slide": [
        (page, box)
        for page in range(1, 8)
        for box in ((0, 24, 23.5, 183), (315.5, 24, 338, 183), (0, 167, 338, 172))
    ],
    "formulir": [(at, box) for at in (0, 1) for box in ((0, 0, 19, 297), (193, 0, 210, 297), (0, 287, 210, 297))],
    "sop": [(at, box) for at in range(3) for box in ((0, 9, 12.5, 210), (285, 9, 297, 210), (0, 198, 297, 200))],
}  # fmt: skip
"""Where no words may stand: page, and millimetres from the left and the top, then to the right and the bottom."""
DOTS: Final = dict.fromkeys(QUIET, 110) | {"slide": 72, "kartu": 72, "cerita": 72}
"""An inch, of the pictures that are looked at."""
QUIET_PIXELS: Final[dict[str, list[tuple[int, Box]]]] = {
    "kartu": [(0, box) for box in ((0, 370, 78, 850), (1004, 370, 1080, 850), (1004, 890, 1080, 1080))],
    "cerita": [
        (0, box) for box in ((0, 600, 82, 1880), (1000, 700, 1080, 1880), (0, 1590, 1080, 1880), (0, 1352, 1080, 1372))
    ],
}


def colours(page: Image.Image, box: Box, scale: float) -> int:
    left, top, right, bottom = (round(side * scale) for side in box)
    return len(page.crop((left, top, right, bottom)).getcolors(1 << 20) or ())


@pytest.mark.parametrize("face", FACES)
def test_no_words_stand_at_an_edge_a_fold_or_over_others_however_long_a_name_is(
    ministry: tuple[Printed, Mapping[str, list[Image.Image]]], face: str
) -> None:
    boxes, scale = (QUIET[face], DOTS[face] / 25.4) if face in QUIET else (QUIET_PIXELS[face], 1)
    full = [(page, box) for page, box in boxes if colours(ministry[1][face][page], box, scale) != 1]
    assert full == []


def test_the_command_writes_the_same_bytes_in_another_process(shipped: Printed, folder: Path) -> None:
    command = [sys.executable, "-m", "processor", "cetak", "--ke", str(folder / "hasil"), "--json"]
    office.keys(folder / "kunci")
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    written = {path.name: path.read_bytes() for path in (folder / "hasil").iterdir()}
    assert {name: one == written[name] for name, one in shipped.files.items()} == dict.fromkeys(shipped.files, True)
    assert {Path(one["berkas"]).name for one in json.loads(done.stdout)} == written.keys()
    content = shipped.material.content
    assert written["kartu.txt"].decode().strip() == content.cetakan.kartu.alternatif
    words = written["whatsapp.txt"].decode()
    assert shipped.material.settings.situs.alamat + THE_FORM in words
    assert "paling lama dua hari kerja dan 45 menit" in words


def test_a_print_that_was_asked_for_alone_is_made_alone(folder: Path, shipped: Printed) -> None:
    path = str(folder / settings.FILE_NAME)
    assert main(["--pengaturan", path, "cetak", "kartu", "--ke", str(folder / "satu")]) == 0
    assert {one.name for one in (folder / "satu").iterdir()} == {"kartu.png", "kartu.txt", "whatsapp.txt"}


def test_without_typst_one_sentence_says_how_to_install_it_and_nothing_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = office.agency(tmp_path)
    office.register(tmp_path)
    monkeypatch.setitem(sys.modules, "typst", None)  # as Python has it where a module cannot be imported
    assert main(["--pengaturan", str(found.path), "cetak"]) == 1
    said = capsys.readouterr().err
    assert "payung[cetak]" in said
    assert "requirements-cetak.txt" in said
    assert said.count("\n") == 1
    assert site_prints.make(found, found.site, KEYS).files == {}
    made = open_office(found, lambda: office.START)
    assert printing.MISSING in office_check.notes(made)
    page = pages.fill((office.ROOT / "docs" / "leaflet.md").read_text("utf-8"), pages.context(found, KEYS))
    assert "cetak/" not in page
    assert "Unduh" not in page
    assert "Cetak halaman ini" in page


def test_with_typst_the_check_of_the_office_says_nothing_of_it(tmp_path: Path) -> None:
    found = office.agency(tmp_path)
    office.register(tmp_path)
    assert printing.MISSING not in office_check.notes(open_office(found, lambda: office.START))
    assert site_prints.mistakes(found) == []


def test_a_page_offers_what_was_made_and_a_site_keeps_what_did_not_change(
    tmp_path: Path, shipped: Printed, offered: Offered
) -> None:
    root = office.sources(tmp_path / "sumber")
    found, site = office.agency(tmp_path, root), tmp_path / "situs"
    site.mkdir()
    page = pages.fill((root / "docs" / "leaflet.md").read_text("utf-8"), pages.context(found, KEYS, {}, offered.listed))
    assert {*re.findall(r'href="../cetak/([^"]+)"', page)} == {*shipped.files}
    content = shipped.material.content
    assert all(getattr(content.cetakan, face).alternatif in page for face in FACES)
    offered.add(site)
    for name in shipped.files:
        (site / site_prints.FOLDER / name).write_bytes(b"dari situs yang tampil")
    assert {site_prints.make(found, site, KEYS).files[name] for name in shipped.files} == {b"dari situs yang tampil"}
    rewrite(root, "judul: Siapa yang tahu?", "judul: Siapa yang akan tahu?")
    again = site_prints.make(found, site, KEYS).files
    assert {name for name in shipped.files if again[name] != b"dari situs yang tampil"} == {"slide.pdf"}


def test_an_office_whose_menu_has_no_such_page_makes_nothing(tmp_path: Path) -> None:
    found = office.agency(tmp_path, office.small_sources(tmp_path / "sumber"))
    assert site_prints.make(found, found.site, KEYS).files == {}


def rewrite(root: Path, was: str, now: str, page: str = print_content.FILE_NAME) -> int:
    """Change the words of an office's file; give the line that changed."""
    path = root / "docs" / page
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), "utf-8")
    return text[: text.index(was)].count("\n") + 1


MISTAKES: Final = [
    ("    isi: Arahkan kamera ponsel", "    isi: |-\n      #### Kamera\n\n      Arahkan kamera ponsel",
     "Judul “Kamera” melompat dari tingkat 2 ke tingkat 4. Tulis dengan ###.", 1),
    ("    isi: Arahkan kamera ponsel", "    isi: |-\n      ![](payung.svg)\n\n      Arahkan kamera ponsel",
     "Gambar payung.svg tidak punya teks alternatif.", 1),
    ("    isi: Arahkan kamera ponsel", "    isi: |-\n      ![Payung](tidak-ada.svg)\n\n      Arahkan kamera ponsel",
     "Gambar tidak-ada.svg tidak ada, atau bukan SVG, PNG, atau JPG.", 1),
    ("bagian: [langkah]", "bagian: [langkha]", "Tidak ada bagian bernama “langkha”. Maksudnya “langkah”?", 0),
    ("[apa, syarat, persoalan,", "[syarat, persoalan,", "Leaflet lipat memuat 8 bagian.", 0),
    ("{{ janji.seluruhnya }}** sejak", "{{ janji.semuanya }}** sejak", "isian yang tidak dikenal", None),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "said", "below"), MISTAKES)
def test_a_mistake_in_the_content_is_told_in_indonesian_with_its_place(
    tmp_path: Path, was: str, now: str, said: str, below: int | None
) -> None:
    root = office.sources(tmp_path / "sumber")
    found = office.agency(tmp_path, root)
    line = rewrite(root, was, now)
    with pytest.raises(BrokenFiles) as stopped:
        material_of(found).data("leaflet")
    assert said in str(stopped.value)
    where = re.search(rf"{re.escape(print_content.FILE_NAME)}, baris ([0-9]+): ", str(stopped.value))
    assert where is not None
    assert below is None or int(where[1]) == line
    assert site_prints.mistakes(found) == [*stopped.value.problems]


def test_a_missing_alternative_text_of_a_print_is_told(tmp_path: Path) -> None:
    root = office.sources(tmp_path / "sumber")
    found = office.agency(tmp_path, root)
    rewrite(root, "  kartu:\n    judul: Gambar persegi\n    alternatif: >-\n", "  kartu:\n    judul: >-\n")
    with pytest.raises(BrokenFiles, match=r"“cetakan\.kartu\.alternatif” belum diisi"):
        material_of(found)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("## Identitas SOP", "#### Identitas SOP", "Judul “Identitas SOP” melompat dari tingkat 1 ke tingkat 4."),
        ("## Identitas SOP", "![](bagan.png)\n\n## Identitas SOP", "Gambar bagan.png tidak punya teks alternatif."),
    ],
)
def test_a_mistake_on_the_page_of_the_sop_stops_the_publication_with_its_place(
    tmp_path: Path, was: str, now: str, said: str
) -> None:
    root = office.sources(tmp_path / "sumber")
    found = office.agency(tmp_path, root)
    line = rewrite(root, was, now, "sop.md")
    with pytest.raises(BrokenFiles) as stopped:
        publish.publish_site(found, office.Everybody(), found.site)
    assert f"sop.md, baris {line}: {said}" in str(stopped.value)


@pytest.fixture
def wordy(tmp_path: Path) -> Settings:
    """An office with more words than a page holds."""
    root = office.sources(tmp_path / "sumber")
    rewrite(root, "    isi: Arahkan kamera ponsel", f"    isi: {'Kata-kata yang panjang. ' * 200}Arahkan kamera ponsel")
    return office.agency(tmp_path, root)


def test_words_that_do_not_fit_are_told_with_their_place(wordy: Settings) -> None:
    made, told = site_prints.printed(wordy, KEYS, ["leaflet", "kartu"])
    assert [one.message.partition(" Ringkas")[0] for one in told] == ["Kata-kata leaflet tidak muat (isi)."]
    assert {*made} == {"kartu.png", "kartu.txt", "whatsapp.txt"}


@pytest.mark.long
def test_a_site_offers_the_prints_whose_words_fit(wordy: Settings) -> None:
    offered = site_prints.make(wordy, wordy.site, KEYS)
    assert {"leaflet.pdf", "poster.pdf"}.isdisjoint(offered.files)
    assert {"kartu.png", "sop.pdf"} <= {*offered.files}


@pytest.mark.parametrize("face", PDFS)
def test_the_leak_gate_reads_what_is_printed(tmp_path: Path, shipped: Printed, face: str) -> None:
    (tmp_path / f"{face}.pdf").write_bytes(shipped.files[f"{face}.pdf"])
    sought = leak_targets.targets((Applicant(nama=shipped.material.settings.instansi.induk),), "", ())
    assert [str(leak) for leak in leak_gate.find_leaks(tmp_path, sought)] == [f"{face}.pdf: nama"]


def test_letters_that_the_prints_lack_are_named_and_the_rest_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = office.sources(tmp_path / "sumber")
    found = office.agency(tmp_path, root)
    line = rewrite(root, "semboyan: Gratis.", "semboyan: 😀 Gratis.")
    assert (
        main(["--pengaturan", str(found.path), "cetak", "leaflet", "kartu", "sop", "--ke", str(tmp_path / "hasil")])
        == 2
    )
    said = f"{print_content.FILE_NAME}, baris {line}: Huruf “😀” (U+1F600) tidak ada dalam huruf cetakan (leaflet)."
    first, second = capsys.readouterr().err.splitlines()
    assert said in first
    assert "(kartu)" in second, "a picture would show a box in its place"
    assert {one.name for one in (tmp_path / "hasil").iterdir()} == {"sop.pdf", "whatsapp.txt"}


def test_an_agencys_logo_stands_on_its_prints_with_its_name(tmp_path: Path) -> None:
    agency = {**AGENCIES["kabupaten"]["instansi"], "logo": "lambang.png"}
    found = office.agency(tmp_path, **json.loads(json.dumps({**AGENCIES["kabupaten"], "instansi": agency})))
    with pytest.raises(BrokenFiles, match=r"instansi\.logo: Gambar lambang\.png tidak ada"):
        material_of(found).data("poster")
    Image.new("RGB", (40, 50), "#c00").save(tmp_path / "lambang.png")
    with printing.press(material_of(found)) as press:
        made = press.files("poster")
    assert b"Lambang Pemerintah Kabupaten Rekaan" in b"".join(
        str(one).encode() for one in alternatives(PdfReader(io.BytesIO(made["poster.pdf"])).trailer["/Root"])
    )


def alternatives(node: Any, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Every alternative text in a tree of tags."""
    stack, known = [node["/StructTreeRoot"]], set(seen)
    while stack:
        one = stack.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, dict) and id(one) not in known:
            known.add(id(one))
            if "/Alt" in one:
                yield str(one["/Alt"])
            stack.append(one.get("/K"))
        elif isinstance(one, list):
            stack += one


def test_a_blind_reader_hears_what_the_qr_code_opens(shipped: Printed) -> None:
    root = shipped.pages("leaflet").trailer["/Root"]
    assert [*alternatives(root)] == [shipped.material.content.kode_qr]


def test_prints_have_the_colours_of_the_site() -> None:
    style = (office.ROOT / "processor" / "site" / "prints" / "style.typ").read_text("utf-8")
    css = (office.ROOT / "docs" / "assets" / "payung.css").read_text("utf-8")
    light = css[: css.index("prefers-color-scheme: dark")]
    named = {"green": "kanopi", "gold": "emas", "bright": "emas-terang", "pale": "kanopi-redup", "ink": "teks",
             "muted": "teks-redup", "calm": "latar-tenang", "note": "catatan", "link-color": "tautan"}  # fmt: skip
    for name, site in named.items():
        colour = re.search(rf'#let {name} = rgb\("(#\w+)"\)', style)
        assert colour is not None, name
        assert f"--{site}: {colour[1]};" in light, name
