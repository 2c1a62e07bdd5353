"""The settings of three new agencies: their own names everywhere, nothing of the shipped agency, every comment."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest

from processor.foundation import form_definition, law_catalogue, settings
from processor.foundation.settings import Settings
from processor.letters import documents
from processor.mail import composer
from processor.operations.founding import agency_answers, agency_settings
from processor.operations.founding.agency_answers import Answers
from processor.site import pages, paper_form
from tests import letter_samples
from tests.commands import payung
from tests.office import ROOT, sources

GIVEN: dict[str, dict[str, tuple[str, ...]]] = {
    "kabupaten": {"instansi": ("Kabupaten Rekaan",), "satuan": ("Bagian Hukum",), "jam": ("07.30-16.00 WITA",)},
    "kota": {"instansi": ("Kota Rekaan",), "satuan": ("Subbagian Bantuan Hukum",), "jam": ("08.00-15.30 WIT",)},
    "kementerian": {"instansi": ("Kementerian Rekaan",), "satuan": ("Biro Hukum",), "jam": ("07.30-16.00 WIB",)},
}
EVERYBODY = {
    "alamat": ("Jalan Rekaan Nomor 1, Rekaankota 12345",),
    "telepon": ("(0999) 123456",),
    "email": ("hukum@rekaan.go.id",),
    "kepala": ("Kepala Rekaan, S.H. 197001011998031003",),
    "petugas": (
        "Loket Rekaan 199001012015032001",
        "Penyusun Rekaan 198802022014031002",
        "Satu Lagi 198903032014031002",
    ),
    "unit": ("Dinas Pendidikan", "Dinas Pendapatan", "RSUD", "Badan Kepegawaian Daerah"),
}
NAMES = ("Sumatera", "Sumbar", "Padang", "180-363", "rokum", "0751", "31458", "Songket", "Escape")
"""What names the shipped agency, or its texts, and stands nowhere: people anywhere search for the rest."""
FOREIGN = (*NAMES, "pokja", "Gubernur")
"""What no page of another agency says."""
OTHERS = {
    "kabupaten": ("Biro Hukum", "Wali Kota", "WIB", "08.00", "15.00", "JDIH", "Menteri Rekaan"),
    "kota": ("Biro Hukum", "Bupati", "WIB", "15.00", "kepala bagian", "JDIH"),
    "kementerian": (
        "Bupati",
        "WITA",
        "08.00",
        "kepala daerah",
        "Pemerintah Daerah",
        "Sekretaris Daerah",
    ),
}


def answers(kind: str) -> Answers:
    return agency_answers.with_proposals({**EVERYBODY, **GIVEN[kind]})


def founded(kind: str, folder: Path) -> Settings:
    """The settings of an agency in a folder of its own, with the shipped pages, form and letters."""
    text = agency_settings.settings_text((ROOT / "payung.yaml").read_text("utf-8"), answers(kind))
    sources(folder)
    (folder / "docs" / ".kabar.yaml").unlink()
    law = folder / "opinions" / law_catalogue.FILE_NAME
    law.write_text(agency_settings.law_text(law.read_text("utf-8")), "utf-8")
    (folder / "payung.yaml").write_text(text, "utf-8")
    return settings.load(folder / "payung.yaml")


@pytest.fixture(scope="module", params=GIVEN)
def agency(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Settings]:
    return request.param, founded(request.param, tmp_path_factory.mktemp(request.param))


HANDBOOK = (*NAMES, "Gubernur", "Kepala Bagian Bantuan Hukum")
"""What the handbook says nowhere; of the settings it names what counts without them, as the shipped SOP has it."""


def strangers(kind: str, text: str) -> list[str]:
    """Words of other agencies that stand in a text."""
    return [word for word in (*FOREIGN, *OTHERS[kind]) if word.lower() in " ".join(text.lower().split())]


def test_names_titles_and_officers_follow_from_the_answers(agency: tuple[str, Settings]) -> None:
    kind, found = agency
    said = (found.instansi.pemerintah, found.instansi.induk, found.surat.penandatangan.jabatan, found.surat.awalan)
    assert said == {
        "kabupaten": (
            "Pemerintah Kabupaten Rekaan", "Sekretariat Daerah Kabupaten Rekaan", "Kepala Bagian Hukum", "BH"
        ),
        "kota": (
            "Pemerintah Kota Rekaan", "Sekretariat Daerah Kota Rekaan", "Kepala Subbagian Bantuan Hukum", "SBH",
        ),
        "kementerian": (
            "Kementerian Rekaan", "Sekretariat Jenderal Kementerian Rekaan", "Kepala Biro Hukum", "BH",
        ),
    }[kind]  # fmt: skip
    assert found.instansi.daerah == (kind != "kementerian")
    assert [(key, one.peran) for key, one in found.petugas.items()] == [
        ("pengelola", ("pengelola_layanan",)), ("analis", ("analis_hukum",)), ("kabag", ("kepala_bagian",)),
        ("analis2", ("analis_hukum",)),
    ]  # fmt: skip
    assert [(unit.kode, unit.nama) for unit in found.unit] == [
        ("DINPEN", "Dinas Pendidikan"), ("DINPEN2", "Dinas Pendapatan"), ("RSUD", "RSUD"),
        ("BKD", "Badan Kepegawaian Daerah"),
    ]  # fmt: skip


def test_no_comment_of_the_shipped_settings_is_lost_but_that_names_are_fictional(agency: tuple[str, Settings]) -> None:
    _, found = agency
    text, shipped = found.path.read_text("utf-8"), (ROOT / "payung.yaml").read_text("utf-8")
    comments = [Counter(re.findall(r"#.*", one)) for one in (shipped, text)]
    lost = [one for one in comments[0] - comments[1] if "nama rekaan" not in one and "{kode: " not in one]
    assert [one for one in lost if not one.startswith("# unit:")] == []
    assert "nama rekaan" not in text
    assert [word for word in FOREIGN if word.lower() in text.lower()] == []


def test_every_page_names_the_agency_and_nothing_of_another(agency: tuple[str, Settings]) -> None:
    kind, found = agency
    inside = pages.context(found, ("age1rekaan",))
    docs = found.root / "docs"
    shown = {
        path.relative_to(docs).as_posix(): pages.fill(path.read_text("utf-8"), inside)
        for path in sorted(docs.rglob("*.md"))
        if path.relative_to(docs).parts[0] not in {"petugas", "pengembang"}
    }
    everyday = shown.pop("cari.md")  # what people type, whoever is asked
    assert {page: words for page, text in shown.items() for words in [strangers(kind, text)] if words} == {}
    assert [word for word in NAMES if word.lower() in everyday.lower()] == []
    assert re.findall(r"(?i)\bbiro\b", everyday) == []
    assert "Rekaankota" in shown["pengaduan.md"]
    assert f"rancangan Keputusan {agency_answers.names(answers(kind)).head} (belum ditetapkan)" in shown["pedoman.md"]
    assert "akan dibentuk dengan rancangan" in shown["standar.md"]
    assert "dua hari kerja dan 45 menit" in " ".join(shown["standar.md"].split())
    assert "Dinas Pendapatan" in shown["ajukan.md"]
    built = pages.builder_environment(found)
    assert strangers(kind, " ".join(built.values())) == []


def test_the_handbook_calls_nobody_by_what_they_are_called_elsewhere(agency: tuple[str, Settings]) -> None:
    kind, found = agency
    inside = pages.context(found, ("age1rekaan",))
    for path in sorted((found.root / "docs" / "petugas").glob("*.md")):
        text = pages.fill(path.read_text("utf-8"), inside)
        said = [word for word in HANDBOOK if word.lower() in text.lower()]
        said += re.findall(r"(?i).*\bbiro\b.*", text) if kind != "kementerian" else []
        assert said == [], path.name
    kept = [path.read_text("utf-8").lower() for path in (ROOT / "processor" / "cli" / "sample").rglob("*.yaml")]
    assert [line for text in kept for line in re.findall(r".*\bbiro\b.*", text)] == []


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["kabupaten", "kota"])
def test_no_file_of_a_whole_built_site_names_another_agency(kind: str, tmp_path: Path) -> None:
    agency_answers.keep(tmp_path / "jawaban.yaml", answers(kind))
    payung("siapkan", "kantor", "--jawaban", "jawaban.yaml", folder=tmp_path)
    payung("terbitkan", folder=tmp_path / "kantor")
    site = tmp_path / "kantor" / "pribadi" / "situs"
    read = {
        path: path.read_text("utf-8") for path in site.rglob("*.*") if path.suffix in {".html", ".json", ".xml", ".svg"}
    }
    assert len(read) > 50
    said = re.compile(rf".{{,40}}(?:{'|'.join(NAMES)}|\b[Bb]iro\b).{{,40}}")
    assert {path: found for path, text in read.items() if (found := said.findall(text))} == {}


def test_letters_notices_and_forms_name_the_agency_and_nothing_of_another(agency: tuple[str, Settings]) -> None:
    kind, found = agency
    case, law = letter_samples.case(), law_catalogue.load(found.law_catalogue)
    letter = documents.render("tanda_terima", case, letter_samples.APPLICANT, found, law, found.opinions)
    texts = ["\n".join(one.text for one in docx.Document(io.BytesIO(letter)).paragraphs)]
    names = agency_answers.names(answers(kind))
    assert all(line in texts[0] for line in (*names.letterhead, "Rekaankota 12345"))
    assert "Subbagian" not in texts[0] or kind == "kota"
    for path in sorted(found.opinions.glob("*.docx")):
        with zipfile.ZipFile(path) as parts:
            texts += [
                re.sub(r"<[^>]*>", "", parts.read(name).decode())
                for name in parts.namelist()
                if "word/" in name and name.endswith(".xml")
            ]
    texts += [path.read_text("utf-8") for path in (found.opinions / composer.FOLDER).iterdir()]
    form = form_definition.load(found.form, found.unit_options)
    texts.append(paper_form.render(form, found))
    assert [word for text in texts for word in strangers(kind, text)] == []
    kept = {path: path.read_text("utf-8").lower() for path in (found.root / "docs").glob(".*.yaml")}
    assert [word for text in kept.values() for word in NAMES if word.lower() in text] == []
    law_text = found.law_catalogue.read_text("utf-8").lower()
    assert [word for word in FOREIGN if word.lower() in law_text] == []
    assert "Perangkat daerah atau unit utama" in texts[-1]


def test_a_small_office_has_one_who_takes_in_and_drafts(tmp_path: Path) -> None:
    given = {**answers("kabupaten"), "petugas": ("Satu Saja 199001012015032001",), "unit": ()}
    text = agency_settings.settings_text((ROOT / "payung.yaml").read_text("utf-8"), given)
    (tmp_path / "payung.yaml").write_text(text, "utf-8")
    found = settings.load(tmp_path / "payung.yaml")
    assert [(key, one.peran) for key, one in found.petugas.items()] == [
        ("pengelola", ("pengelola_layanan", "analis_hukum")), ("kabag", ("kepala_bagian",)),
    ]  # fmt: skip
    assert found.unit == ()
    assert "# unit:" in text
