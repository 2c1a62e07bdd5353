"""Pages say what the official texts say: a table of facts, each with its source, and of what no text says.

A new page in the menu must stand in the table, or among those that explain no rule.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from processor.foundation import form_definition, law_catalogue, settings
from processor.foundation.law_catalogue import Catalogue
from processor.site import pages
from tests.office import ROOT

FOUND = settings.load(ROOT / "payung.yaml")
LAW: Catalogue = law_catalogue.load(FOUND.law_catalogue)
PEDOMAN = "Keputusan Gubernur 180-363-2025"
SOP = "SOP 180/1062/Huk-2025"

FACTS: tuple[tuple[str, str, str], ...] = (
    ("pedoman", f"{PEDOMAN}, Bab II.A", "informasi, nasihat, atau pendapat hukum"),
    ("pedoman", f"{PEDOMAN}, Bab III", "melalui layanan ini pada situs JDIH atau email yang ditulis dalam formulir"),
    ("pedoman", f"{PEDOMAN}, Bab IV", "Evaluasi dilakukan paling lambat 31 Desember, mencakup enam aspek"),
    ("pedoman", f"{PEDOMAN}, Bab IV", "dilaporkan kepada Gubernur Sumatera Barat melalui Sekretaris Daerah"),
    ("pedoman", f"{PEDOMAN}, Bab IV", "Petugas wajib menyediakan data"),
    ("pedoman", f"{PEDOMAN}, Bab IV", "mengurangi penilaian kinerjanya"),
    ("standar", f"{PEDOMAN}, Bab II", "komputer, pencetak, jaringan internet, dan alat tulis"),
    ("standar", f"{PEDOMAN}, Bab II", "9 orang."),
    ("standar", f"{PEDOMAN}, Bab II", "Pelayanan prima"),
    ("standar", "Keputusan Kepala Biro Hukum 180/1021/Huk-2025", "pokja layanan konsultasi: 4 orang"),
    ("sop", SOP, "Prosedur Layanan Bantuan Hukum secara Elektronik"),
    ("sop", f"{SOP}, kualifikasi", "Mampu menyusun nasihat dan pendapat hukum"),
    ("sop", f"{SOP}, peralatan", "Bahan dan literatur hukum"),
    ("sop", f"{SOP}, langkah 1", "Akun yang aktif dan jaringan internet"),
    ("sop", f"{SOP}, langkah 6", "Menuliskan dan mengunggah jawaban"),
    ("kapan-dijawab", f"{SOP}, mutu baku", "Batas akhirnya **dua hari kerja dan 45 menit** sejak permohonan dikirim"),
    ("pengaduan", f"{PEDOMAN}, Bab II", "Kepala Biro Hukum, Jalan Jenderal Sudirman No. 51, Escape Building Lt. III"),
    ("pengaduan", f"{PEDOMAN}, Bab II", "surat.rokum@gmail.com"),
    ("pengaduan", f"{PEDOMAN}, Bab II", "Situs JDIH"),
    ("pengaduan", "lapor.go.id", "Menurut lapor.go.id, waktunya 3 hari untuk verifikasi, 5 hari untuk tindak lanjut"),
    ("survei", "PermenPANRB 14/2017", "indeks kepuasan masyarakat menurut PermenPANRB 14/2017"),
    ("faq", "UU 20/2023 Pasal 21", "Bantuan hukum termasuk hak ASN"),
    ("faq", "UU 20/2025 Pasal 142 dan 150", "saksi pun boleh didampingi"),
    ("faq", "UU 20/2025 Pasal 154", "wajib memberi tahu tentang bantuan hukum dan menunjuknya, juga bagi saksi"),
    ("faq", "UU 20/2025 Pasal 22", "Tanyakan sebagai apa"),
    ("faq", "Perma 1/2014 Pasal 22 dan 25", "tetapi tidak mendampingi"),
    ("index", "UU 16/2011", "organisasi bantuan hukum terakreditasi"),
    ("netralitas", "UU 20/2023 Pasal 52", "Pemberhentian tidak dengan hormat"),
    ("netralitas", "UU 7/2017 Pasal 280 dan 494", "kurungan paling lama 1 tahun dan denda paling banyak Rp12 juta"),
    (
        "netralitas",
        "PP 94/2021 Pasal 5 dan 8",
        "Bagi PNS menurut PP 94/2021. Bagi PPPK menurut aturan dan perjanjian kerjanya",
    ),
    ("privasi", "UU 27/2022 Pasal 20", "**bukan atas dasar persetujuan**"),
    ("privasi", "UU 27/2022 Pasal 46", "selama belum ada: Kementerian Komunikasi dan Digital"),
    ("privasi", "UU 27/2022 Pasal 53", "Pejabat pelindungan data pribadi"),
    ("privasi", "UU 27/2022 Pasal 15, 43, 44", "ditolak sejauh arsipnya wajib disimpan"),
    ("privasi", "UU 27/2022 Pasal 56", "Mengirim data ke luar negeri memerlukan dasar"),
    ("privasi", "PP 71/2019 Pasal 20", "**wajib** mengelola, memproses, dan menyimpan sistem dan datanya di Indonesia"),
    ("privasi", "PP 33/2026", "mulai berlaku 16 Januari 2027"),
    ("privasi", "UU 20/2025 Pasal 119 sampai 122", "dapat disita dengan izin pengadilan"),
    ("keamanan", "UU 20/2025 Pasal 119 sampai 122", "Petugas kami bukan advokat"),
    ("persoalan/dipanggil", "UU 20/2025 Pasal 22", "tanpa menjadi saksi atau tersangka (UU 20/2025 Pasal 22 ayat (1))"),
    ("persoalan/dipanggil", "UU 20/2025 Pasal 153", "salinan berita acara paling lama 1 hari sesudah ditandatangani"),
    ("persoalan/dipanggil", "UU 15/2004 Pasal 11", "BPK dapat memanggil seseorang (UU 15/2004 Pasal 11)"),
    ("persoalan/pengadaan", "Perpres 16/2018 Pasal 84", "wajib memberi pelayanan hukum kepada pelaku pengadaan"),
    ("persoalan/disiplin", "PP 94/2021 Pasal 26", "paling lambat 7 hari kerja sesudah tanggal surat panggilan"),
    ("persoalan/disiplin", "PP 79/2021 Pasal 11", "Banding diajukan paling lama 14 hari kerja"),
    ("persoalan/digugat", "UU 30/2014 Pasal 77", "Keberatan diajukan paling lama 21 hari kerja"),
    ("persoalan/digugat", "Perma 6/2018 Pasal 5", "jadi hitunglah hari kalender"),
    ("persoalan/keuangan", "PP 38/2016 Pasal 48", "kedaluwarsa 5 tahun sejak kerugian diketahui"),
    ("persoalan/data", "UU 14/2008 Pasal 22", "Permintaan dijawab dalam 10 hari kerja"),
    ("petugas/hosting", "PP 71/2019 Pasal 20", "Instansi pemerintah **wajib** mengelola"),
    ("petugas/index", "UU 27/2022 Pasal 46", "lembaga pelindungan data pribadi"),
    ("petugas/instansi-lain", "PP 71/2019 Pasal 20", "keputusan tertulis instansi"),
)
"""Page, source, and words by which it says so."""

PRACTICE: tuple[tuple[str, str], ...] = (
    ("pedoman", "hitungan waktu berhenti sampai kelengkapan itu datang"),
    ("pedoman", "disegel (dikunci) dan disimpan terpisah dari uraiannya"),
    ("pedoman", "memetakan dan mendokumentasikan permohonan: jenisnya, jumlahnya, dan kecenderungannya"),
    ("standar", "disegel (dikunci), terpisah dari uraian persoalan"),
    ("standar", "Pemetaan permohonan dilakukan setiap triwulan"),
    ("sop", "Waktu menunggu kelengkapan dari pemohon tidak dihitung"),
    ("sop", "berjalan lagi setelah kelengkapan diterima"),
)
"""What no official text says: the sentence bears the mark of the office's own practice."""

FALSE: tuple[tuple[str, str], ...] = (
    ("posbakum defends nobody (Perma 1/2014)", r"pos bantuan hukum di pengadilan \|"),
    ("whether there is one here is not known", r"KORPRI"),
    ("four consequences, not two", r"dua golongan sanksi"),
    (
        "the times are not seen in PermenPANRB 5/2025",
        r"waktunya 3 hari kerja|(?<!Permintaan dijawab dalam )10 hari kerja",
    ),
    ("the basis is no consent (UU 27/2022 Pasal 20)", r"didasarkan pada persetujuan itu"),
    ("catatan kejahatan only (UU 27/2022 Pasal 4)", r"perkara pidana termasuk data"),
    ("it is a duty (PP 71/2019 Pasal 20)", r"pada dasarnya mewajibkan"),
    ("9 is the standard's number, the decree has ten", r"9 orang, dibentuk dengan"),
    ("LAPOR! is not for crimes", r"pelanggaran orang lain \|[^|]*pengaduan\.md#nasional"),
    ("also the signer sees the identity", r"Hanya petugas yang menangani"),
    ("an answer cannot be replied to", r"Balas melalui cara Anda menerimanya"),
    ("delivery is as chosen", r"Saat ini jawaban disampaikan melalui email"),
    (
        "the joint decree on neutrality was not opened",
        r"tanda suka, membagikan, atau bergabung dalam grup\s+pendukung\.",
    ),
    ("never quote the repealed code of procedure", r"3 hari sebelum|Pasal 227"),
)
"""Why something is not true, and how it stood on pages."""

NO_RULE = {
    "ajukan", "lacak", "syarat", "cara-kerja", "aksesibilitas", "istilah", "luring",
    "leaflet", "verifikasi", "kabar/index", "cari", "kinerja", "tanya-jawab/index",
    "petugas/meja", "petugas/meja-jaringan", "petugas/loket", "petugas/catatan", "petugas/email", "petugas/penerima",
    "petugas/pengaduan", "petugas/cetakan", "petugas/kabar",
    "petugas/templat", "petugas/laporan", "petugas/tanya-jawab", "petugas/rekap", "petugas/survei",
    "petugas/markdown", "petugas/perbarui", "petugas/perintah", "petugas/pengaturan", "petugas/menjalankan",
}  # fmt: skip
"""Pages of the menu that explain no rule, or only such as the form holds."""


def shown(page: str) -> str:
    """What a reader reads on a page, with single blanks."""
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    return " ".join(pages.fill(text, pages.context(FOUND)).split())


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    names = {str(path.relative_to(ROOT / "docs").with_suffix("")) for path in (ROOT / "docs").rglob("*.md")}
    return {name: shown(name) for name in names if not name.startswith("pengembang/")}


@pytest.mark.parametrize(("page", "source", "words"), FACTS, ids=[f"{page}, {words[:30]}" for page, _, words in FACTS])
def test_a_page_says_what_its_source_says(page: str, source: str, words: str, site: dict[str, str]) -> None:
    assert words in site[page], source


@pytest.mark.parametrize(("page", "words"), PRACTICE)
def test_what_is_only_the_offices_practice_is_marked_so(page: str, words: str, site: dict[str, str]) -> None:
    after = site[page].partition(words)[2]
    assert after.partition(".")[0].strip().endswith("*(kebiasaan kantor)*"), "the mark ends the sentence"


@pytest.mark.parametrize(("why", "pattern"), FALSE)
def test_what_is_not_true_stands_on_no_page(why: str, pattern: str, site: dict[str, str]) -> None:
    assert [page for page, text in site.items() if re.search(pattern, text, re.IGNORECASE)] == [], why


def test_the_legal_bases_stand_on_the_pages_in_the_order_of_their_texts(site: dict[str, str]) -> None:
    bases = {
        "pedoman": "uu-2-1986 uu-5-1986 uu-23-2014 uu-30-2014 uu-17-2022 uu-20-2023 perpres-16-2018 "
        "permendagri-12-2014 perda-sumbar-8-2016 pergub-sumbar-29-2023",
        "standar": "uu-25-2009 uu-23-2014 uu-20-2023 permendagri-12-2014",
        "sop": "permendagri-12-2014 perda-sumbar-8-2016 pergub-sumbar-29-2023",
    }
    for page, keys in bases.items():
        after = site[page].partition("Dasar hukum ")[2]
        places = [after.find(LAW.peraturan[key].citation) for key in keys.split()]
        assert min(places) >= 0, page
        assert all(one < other for one, other in pairwise(places)), page
    assert "Nomor 25 Tahun 2009" not in site["pedoman"]


def test_every_page_of_the_menu_is_held_to_the_facts_or_explains_no_rule() -> None:
    menu = set(re.findall(r": ([\w/-]+)\.md$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE))
    menu = {name for name in menu if not name.startswith("pengembang/")}
    held = {page for page, *_ in FACTS}
    assert menu - held - NO_RULE == set()
    assert held & NO_RULE == set()


RULE = re.compile(
    r"\b(?:Undang-Undang|UU|Peraturan Pemerintah|PP|Peraturan Presiden|Perpres|Peraturan Mahkamah Agung|Perma"
    r"|Peraturan Menteri [A-Z][A-Za-z ]*?|Permen[A-Za-z-]*|Peraturan (?:Daerah|Gubernur) [A-Z][A-Za-z ]*?)"
    r"(?: (?:Nomor|No\.))? ?[0-9]+(?: Tahun |/)[0-9]{4}"
)


def _named(text: str) -> set[str]:
    """The rules that ``text`` names by number and year."""
    return set(RULE.findall(" ".join(text.split())))


def _texts() -> dict[str, str]:
    """Everything that the office shows by itself: pages, form, notices, settings, sample and screens."""
    places = [ROOT / "payung.yaml", *(ROOT / "forms").glob("*.yaml"), *(ROOT / "opinions" / "pemberitahuan").glob("*")]
    places += [path for path in (ROOT / "docs").rglob("*.md") if "pengembang" not in path.parts]
    places += [*(ROOT / "processor" / "cli" / "sample").rglob("*.*"), *(ROOT / "processor").rglob("*.html")]
    places += [*(ROOT / "processor" / "operations").glob("*.yaml"), *(ROOT / "processor").rglob("*.py")]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in places}


def test_every_rule_that_is_named_anywhere_stands_in_the_catalogue_as_in_force() -> None:
    titles = " ".join(one.citation for one in LAW.peraturan.values())
    examples = {"processor/foundation/law_citations.py"}  # spellings, and no rules
    named = {(place, rule) for place, text in _texts().items() if place not in examples for rule in _named(text)}
    assert len(named) > 20
    unknown = {(place, rule) for place, rule in named if not LAW.key_of(rule) and rule not in titles}
    assert unknown == set()
    handbook = {"docs/petugas/index.md"}  # shows how a repealed rule is written
    gone = {(place, rule) for place, rule in named if LAW.repealed(rule) and place not in handbook}
    assert gone == set()


def test_every_rule_that_the_letters_name_by_themselves_stands_in_the_catalogue(letters_words: dict[str, str]) -> None:
    assert letters_words
    assert {rule for text in letters_words.values() for rule in _named(text) if not LAW.key_of(rule)} == set()


@pytest.fixture(scope="module")
def letters_words() -> dict[str, str]:
    """The words of every template of a letter."""
    from docx import Document  # noqa: PLC0415 -- only this test reads Word files

    return {
        path.name: "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        for path in sorted((ROOT / "opinions").glob("*.docx"))
    }


def test_the_form_offers_every_product_that_the_guideline_names() -> None:
    asked = form_definition.load(FOUND.form).question("Bentuk layanan")
    assert asked is not None
    kinds = ["pendapat_hukum", "penjelasan_peraturan", "rujukan_mekanisme", "informasi_hukum", "nasihat_hukum"]
    assert list(asked.pilihan) == [*kinds, "belum_tahu"]


def test_a_new_agency_gets_no_news_and_no_picture_of_another(tmp_path: Path) -> None:
    from processor.cli import setup  # noqa: PLC0415 -- slow to import

    setup.copy_sources(tmp_path, {"payung.yaml": FOUND.path.read_text("utf-8")})
    assert (tmp_path / "docs" / "kabar" / "index.md").is_file()
    assert not (tmp_path / "docs" / ".kabar.yaml").exists()
    assert not (tmp_path / "docs" / "pengembang" / "beranda.png").exists()
    assert "Belum ada kabar" in pages.fill(
        (tmp_path / "docs" / "kabar" / "index.md").read_text("utf-8"),
        pages.context(settings.load(tmp_path / "payung.yaml")),
    )
