"""Pages are filled from payung.yaml and the form, and a wrong word stops the build with a sentence."""

import base64
import hashlib
import re
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from markdown import Markdown

from processor.foundation import form_definition, settings
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.site import everyday_words, pages, request_form
from tests import office

ROOT = Path(__file__).parents[2]
FOUND = settings.load(ROOT / "payung.yaml")
CONTEXT = pages.context(FOUND)  # an office without keys
FORM = form_definition.load(FOUND.form)
ASKED = [question for question in FORM.pertanyaan if question.jenis not in {"kode_lacak", "kunci_balasan"}]


def filled(text: str) -> str:
    return pages.fill(text, CONTEXT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ instansi.nama }}", FOUND.instansi.nama),
        ("{{ formulir.judul }}", "Permohonan Layanan Bantuan Hukum"),
        ("{{ dasar.pedoman.tanggal|tanggal }}", "2 Juli 2025"),
        ("{{ dasar.pedoman.tanggal }}", "2 Juli 2025"),
        ("{{ layanan.mulai }}", f"{FOUND.layanan.mulai:%H.%M}"),
        ("{% raw %}{{ nomor }}{% endraw %}", "{{ nomor }}"),
        ("## Judul {#judul}", "## Judul {#judul}"),
        ("a < b & *c*", "a < b & *c*"),
        ("ujung\n", "ujung\n"),
    ],
)
def test_facts_dates_and_times_appear_as_people_write_them(text: str, shown: str) -> None:
    assert filled(text) == shown


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2025, 7, 2), "2 Juli 2025"), (date(2026, 12, 31), "31 Desember 2026"), (date(2026, 1, 1), "1 Januari 2026")],
)
def test_a_date_is_written_in_indonesian_without_a_leading_zero(day: date, words: str) -> None:
    assert tanggal(day) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ tidak_ada }}", "tidak dikenal"),
        ("{{ instansi.namaa }}", "tidak dikenal"),
        ("{{ folder.kunci }}", "tidak dikenal"),
        ("satu\n{{ instansi.nama", "baris 2"),
        ("{% if %}", "baris 1"),
        ("{{ 'Juli'|tanggal }}", "tidak dapat diisi"),
        ("{{ dasar.pedoman.dibuat }}", "isian kosong"),
        ("{{ instansi.__class__.__mro__ }}", "tidak dapat diisi"),
    ],
)
def test_a_page_that_cannot_be_filled_stops_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(PayungError, match=sentence):
        filled(text)


def test_the_handbook_lists_every_word_by_which_requests_are_counted() -> None:
    shown = filled((ROOT / "docs" / "petugas" / "index.md").read_text("utf-8"))
    words = FOUND.taksonomi
    for name in type(words).model_fields:
        assert f"| `{name}` | {', '.join(f'`{word}`' for word in getattr(words, name))} |" in shown


def test_a_qr_code_is_an_image_that_says_what_it_holds() -> None:
    image = ET.fromstring(pages.qr("https://contoh.go.id/?a=1&b=2"))
    assert image.attrib["role"] == "img"
    assert image.attrib["aria-label"] == "Kode QR: https://contoh.go.id/?a=1&b=2"
    assert image.findtext("title")


def test_the_extension_fills_before_markdown_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYUNG_PENGATURAN", str(ROOT / "payung.yaml"))
    html = Markdown(extensions=["processor.site.pages"]).convert("# {{ surat.awalan }}\n\n**{{ instansi.telepon }}**")
    assert html == f"<h1>{FOUND.surat.awalan}</h1>\n<p><strong>{FOUND.instansi.telepon}</strong></p>"


def test_a_logo_stands_on_pages_where_it_is_published_with_them(tmp_path: Path) -> None:
    root = office.small_sources(tmp_path)
    (root / "docs" / "lambang.svg").write_text("<svg/>")
    (root / "lambang.svg").write_text("<svg/>")
    named = FOUND.instansi.model_dump(mode="json", exclude={"daerah"})
    for name, link in {"docs/lambang.svg": "lambang.svg", "lambang.svg": "", "docs/tiada.svg": "", "": ""}.items():
        found = office.agency(tmp_path, root, instansi={**named, "logo": name})
        assert pages.builder_environment(found)["PAYUNG_LOGO"] == link


def test_the_builders_learn_every_fact_that_mkdocs_yml_asks_for() -> None:
    asked = set(re.findall(r"!ENV \[(\w+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    told = pages.builder_environment(FOUND)
    assert asked <= told.keys()
    assert FOUND.instansi.telepon in told["PAYUNG_KAKI"]


def page(name: str) -> str:
    """A page of the site, filled."""
    return filled((ROOT / "docs" / f"{name}.md").read_text("utf-8"))


def test_without_a_google_form_the_button_opens_an_email_with_every_question_to_answer() -> None:
    links = re.findall(r"\]\((mailto:[^)]*body=[^)]*)\)", page("ajukan"))
    assert len(set(links)) == 1
    letter = urlsplit(links[0])
    assert letter.path == FOUND.instansi.email
    said = parse_qs(letter.query)
    assert said["subject"] == ["Permohonan layanan"]
    lines = said["body"][0].split("\r\n")
    for question in ASKED:
        words = next(iter(question.pilihan.values())) if question.jenis == "persetujuan" else question.judul
        assert [line for line in lines if line.startswith(words)], question.judul
    assert not [word for word in ("Kode lacak", "Kunci balasan") if word in page("ajukan")]
    assert len(links[0]) < 2000, "some mail programs cut a longer address"


def test_the_warning_about_email_stands_right_below_its_button() -> None:
    after = page("ajukan").partition("Tulis permohonan lewat email")[2].partition("\n")[2].strip()
    assert after.startswith('!!! warning "Email biasa tidak tersegel"')


def test_with_a_google_form_the_button_opens_the_form(tmp_path: Path) -> None:
    text = (ROOT / "payung.yaml").read_text("utf-8").replace("  # formulir_google", "  formulir_google")
    (tmp_path / "payung.yaml").write_text(text.replace("folder:  ", f"folder:\n  sumber: {ROOT}  "), "utf-8")
    context = pages.context(settings.load(tmp_path / "payung.yaml"))
    assert context["penerima"] == ()
    shown = pages.fill((ROOT / "docs" / "ajukan.md").read_text("utf-8"), context)
    assert re.search(r'<a [^>]*href="https://docs.google.com/[^"]*"[^>]*>Isi formulir permohonan</a>', shown)
    assert "Tulis permohonan lewat email" not in shown


def test_with_keys_the_page_seals_to_them_and_never_holds_the_secret_half(tmp_path: Path) -> None:
    settings, keys = office.agency(tmp_path), office.keys(tmp_path / "kunci")
    shown = pages.fill((ROOT / "docs" / "ajukan.md").read_text("utf-8"), pages.context(settings, keys.recipients))
    assert keys.public in shown
    assert "AGE-SECRET-KEY" not in shown.upper()
    assert "Tulis permohonan lewat email" not in shown
    assert [key for key in ("kode_lacak", "kunci_balasan") if f'name="{key}"' in shown] == []


def test_without_an_endpoint_the_pages_seal_nothing_and_offer_another_way(tmp_path: Path) -> None:
    keys = office.keys(tmp_path / "kunci")
    given = {"alamat": "https://payung.example.go.id/", "formulir_sendiri": "tidak"}
    context = pages.context(office.agency(tmp_path, situs=given), keys.recipients)
    shown = {
        name: pages.fill((ROOT / "docs" / f"{name}.md").read_text("utf-8"), context) for name in ("ajukan", "lacak")
    }
    assert "Tulis permohonan lewat email" in shown["ajukan"]
    assert "Mulai mengisi" not in shown["ajukan"]
    assert 'data-penerima=""' in shown["lacak"]


@pytest.mark.parametrize("way", ["kunci", "google", "tanpa"])
def test_every_page_speaks_of_a_code_when_the_applicant_gets_one_and_only_then(way: str, tmp_path: Path) -> None:
    link = "https://docs.google.com/forms/d/e/1/viewform?entry.1={kode_lacak}&entry.2={kunci_balasan}"
    recipients = office.keys(tmp_path / "kunci").recipients if way == "kunci" else ()
    situs = {"alamat": "https://payung.example.go.id/", "formulir_google": link if way == "google" else ""}
    context = pages.context(office.agency(tmp_path, situs=situs), recipients)
    without = ("Pelacakan melalui\nsitus belum ada", "Layanan ini belum memakai kode")
    with_code = {
        "faq": ("[Lacak](lacak.md) dengan kode", "tidak dapat dipulihkan"),
        "index": ("dengan kode Anda",),
        "privasi": ("## Kode Anda",),
        "ajukan": ("**kode rahasia**",),
    }
    for name, words in with_code.items():
        shown = pages.fill((ROOT / "docs" / f"{name}.md").read_text("utf-8"), context)
        assert {word in shown for word in words} == {way != "tanpa"}, name
        if name == "faq":
            assert {word in shown for word in without} == {way == "tanpa"}
        if name == "privasi":
            assert ("## Formulir di situs ini" in shown) == (way == "kunci")


def test_every_question_stands_in_the_own_form_with_a_field_a_label_and_its_hint() -> None:
    form = request_form.render(FORM, "payung.example.go.id", ())
    for question in ASKED:
        assert f'id="isian-{question.kunci}"' in form
        assert f"{question.judul}{'' if question.wajib else ' (opsional)'}" in form
        assert escape(question.bantuan, quote=False) in form
        assert all(f'value="{key}"' in form for key in question.pilihan)
    assert all(term in form for term in FORM.ketentuan.butir)


def test_words_of_a_form_never_become_markup(tmp_path: Path) -> None:
    text = (ROOT / "forms" / "permohonan.yaml").read_text("utf-8")
    bad = text.replace("judul: Jabatan\n", 'judul: "<script>\'\\"&"\n')
    (tmp_path / "form.yaml").write_text(bad, "utf-8")
    form = request_form.render(form_definition.load(tmp_path / "form.yaml"), "payung.example.go.id", ())
    assert "&lt;script&gt;" in form
    assert "<script" not in form


def test_a_script_is_named_with_the_digest_of_what_the_site_holds() -> None:
    tags = pages.script(ROOT / "docs" / "assets", "lacak.js", "brankas.js").splitlines()
    names = [re.search(r'src="../assets/([^"]+)" integrity="sha256-([^"]+)"', tag) for tag in tags]
    assert [found.group(1) for found in names if found] == ["brankas.js", "lacak.js"]
    for found in filter(None, names):
        digest = hashlib.sha256((ROOT / "docs" / "assets" / found.group(1)).read_bytes()).digest()
        assert base64.b64decode(found.group(2)) == digest
    *_, last = pages.script(ROOT / "docs" / "assets", "formulir.js", "halaman.js", later="brankas.js").splitlines()
    assert f'data-brankas="sha256-{names[0] and names[0].group(2)}"' in last


@pytest.mark.parametrize("name", ["ajukan", "lacak", "pengaduan", "verifikasi"])
def test_a_page_loads_every_module_that_its_script_imports_with_a_digest(name: str) -> None:
    shown = pages.fill((ROOT / "docs" / f"{name}.md").read_text("utf-8"), CONTEXT | {"penerima": ("age1",)})
    loaded = re.findall(r'src="../assets/([^"]+)" integrity=', shown)
    for file in loaded:
        text = (ROOT / "docs" / "assets" / file).read_text("utf-8")
        assert set(re.findall(r'from "\./([^"]+)"', text)) <= set(loaded[: loaded.index(file)]), file


def test_home_and_faq_send_the_same_matter_to_the_same_place() -> None:
    rows = [line for line in page("index").splitlines() if line.startswith("| ") and "Ke mana" not in line]
    assert len(rows) == 5
    assert set(rows) <= set(page("faq").splitlines())


def test_a_site_without_an_endpoint_offers_no_form_for_complaints() -> None:
    text = (ROOT / "docs" / "pengaduan.md").read_text("utf-8")
    own, none = (pages.fill(text, CONTEXT | {"penerima": one}) for one in (("age1",), ()))
    assert all(part in own for part in ('id="borang"', "formulir.js", "Lacak", "Cara lain mengadu"))
    assert not [
        part
        for part in ('id="borang"', ".js", "kode", "(lacak.md).\n\n## Cara")
        if part in none.partition("{ #siapa")[0]
    ]
    assert "Di situs ini tidak ada formulir pengaduan." in none


def test_objections_go_to_the_official_address_and_complaints_to_their_own() -> None:
    complaints, _, objections = page("pengaduan").partition("{ #keberatan-atas-penolakan }")
    objections = objections.partition("\n## ")[0]
    assert FOUND.instansi.email in objections
    assert FOUND.instansi.email_pengaduan not in objections
    assert FOUND.instansi.email_pengaduan in complaints


@pytest.mark.parametrize("folder", ["docs", "forms"])
def test_nothing_names_an_agency_but_the_settings(folder: str) -> None:
    facts = [FOUND.instansi.nama, FOUND.instansi.kota, FOUND.instansi.email, "Sumatera", "Sumbar", "gubernur"]
    for path in (ROOT / folder).rglob("*"):
        if path.suffix in {".md", ".yaml", ".html"} and "pengembang" not in path.parts:
            text = path.read_text("utf-8").lower()
            if path.name == everyday_words.FILE_NAME:
                text = text.replace("sk gubernur", "")  # is typed in an agency of any kind
            assert not [fact for fact in facts if fact.lower() in text], path


@pytest.mark.parametrize("word", ["jorokan", "jatuhkan", "terlanjur", "didaftar", "porta"])
def test_words_that_a_lawyer_stumbles_over_stand_in_no_page(word: str) -> None:
    for folder in ("docs", "forms", "opinions", "processor/cli/sample"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".md", ".yaml", ".html"} and path.name != everyday_words.FILE_NAME:  # what people type
                assert not re.search(rf"\b{word}\b", path.read_text("utf-8"), re.IGNORECASE), path
