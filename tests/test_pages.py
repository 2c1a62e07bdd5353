"""Pages are filled from payung.yaml and the form, and a wrong word stops the build with a sentence."""

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown import Markdown

from processor import pages, settings
from processor.errors import PayungError
from processor.words import tanggal

ROOT = Path(__file__).parent.parent
FOUND = settings.load(ROOT / "payung.yaml")
CONTEXT = pages.context(FOUND)


def filled(text: str) -> str:
    return pages.fill(text, CONTEXT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ instansi.nama }}", FOUND.instansi.nama),
        ("{{ formulir.judul }}", "Permohonan Layanan Bantuan Hukum"),
        ("{{ dasar.pedoman.tanggal|tanggal }}", tanggal(FOUND.dasar.pedoman.tanggal)),
        ("{{ dasar.pedoman.tanggal }}", tanggal(FOUND.dasar.pedoman.tanggal)),
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


def test_a_qr_code_is_an_image_that_says_what_it_holds() -> None:
    image = ET.fromstring(pages.qr("https://contoh.go.id/?a=1&b=2"))
    assert image.attrib["role"] == "img"
    assert image.attrib["aria-label"] == "Kode QR: https://contoh.go.id/?a=1&b=2"
    assert image.findtext("title")


def test_the_extension_fills_before_markdown_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYUNG_PENGATURAN", str(ROOT / "payung.yaml"))
    html = Markdown(extensions=["processor.pages"]).convert("# {{ surat.awalan }}\n\n**{{ instansi.telepon }}**")
    assert html == f"<h1>{FOUND.surat.awalan}</h1>\n<p><strong>{FOUND.instansi.telepon}</strong></p>"


def test_the_builders_learn_every_fact_that_mkdocs_yml_asks_for() -> None:
    asked = set(re.findall(r"!ENV \[(\w+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    told = pages.builder_environment(FOUND)
    assert asked <= told.keys()
    assert FOUND.instansi.telepon in told["PAYUNG_KAKI"]
