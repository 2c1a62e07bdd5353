"""What the gate finds stops a publication, and the office is told which case to look at."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from processor.cases.records import Applicant
from processor.foundation import settings
from processor.foundation.errors import LeakFound, PayungError
from processor.operations.identity_index import IdentityIndex
from processor.site import publish, request_form
from tests.office import FORM, Everybody, agency, file, register, response, small_sources, sources
from tests.simulation.disk import Disk, quick


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page of the office."""
    folder = tmp_path / "situs"
    folder.mkdir()
    (folder / "index.html").write_text("<p>Formulir Google untuk warga. Terima kasih kepada Orang Rekaan.</p>")
    return folder


def test_the_cases_whose_identity_was_found_are_named_and_nobody_is(tmp_path: Path, site: Path) -> None:
    made, found = register(tmp_path), agency(tmp_path)
    file(made, response(1, nama="Formulir Google"), response(2, nama="Budi Khayali"), response(3, nama="Orang Rekaan"))
    with pytest.raises(LeakFound) as stopped:
        publish.inspect(found, IdentityIndex(made), site)
    assert stopped.value.leaks == ("index.html: nama",)
    said = str(stopped.value)
    assert "identitas di BH-2026-0001, BH-2026-0003. Bila itu bukan nama orang" in said
    assert "situs.bukan_identitas" in said
    assert not [name for name in ("formulir google", "khayali", "rekaan") if name in said.casefold()]


def test_a_word_that_the_office_calls_nobodys_name_stops_nothing(tmp_path: Path, site: Path) -> None:
    made, path = register(tmp_path), agency(tmp_path).path
    file(made, response(1, nama="Formulir  GOOGLE"))
    path.write_text(
        path.read_text("utf-8").replace("situs:\n", "situs:\n  bukan_identitas: [formulir google]\n", 1), "utf-8"
    )
    publish.inspect(settings.load(path), IdentityIndex(made), site)


def test_an_example_of_the_form_is_nobodys_number_or_address(tmp_path: Path, site: Path) -> None:
    register(tmp_path)
    found = agency(tmp_path)
    page = request_form.render(FORM, "", ())
    (site / "ajukan.html").write_text(page, "utf-8")
    phones, emails = re.findall(r"\b0\d[\d ]{8,}\d", page), re.findall(r"[\w.]+@[\w.]+\w", page)
    assert phones
    assert emails
    examples = [*phones, *(f"+62 {phone[1:]}" for phone in phones), *emails]
    publish.inspect(found, Everybody(tuple(Applicant(telepon=one, email=one) for one in examples)), site)
    (site / "lain.html").write_text("<p>0813 0000 1234</p>")
    with pytest.raises(LeakFound, match=r"lain\.html: telepon"):
        publish.inspect(found, Everybody((Applicant(telepon="0813 0000 1234"),)), site)


def test_a_file_that_cannot_be_looked_into_is_of_no_case(tmp_path: Path, site: Path) -> None:
    made = register(tmp_path)
    file(made, response(1))
    (site / "a.pdf").write_text("bukan pdf")
    with pytest.raises(LeakFound, match=r"a\.pdf: tidak dapat diperiksa") as stopped:
        publish.inspect(agency(tmp_path), Everybody((Applicant(nama="Budi Khayali"),)), site)
    assert "BH-2026" not in str(stopped.value)


@pytest.mark.parametrize("place", ["register", "inbox", "packages", "office_key", "path", "root"])
@pytest.mark.parametrize("above", [False, True])
def test_a_site_never_takes_the_place_of_what_an_office_keeps(tmp_path: Path, place: str, *, above: bool) -> None:
    found = agency(tmp_path)
    kept: Path = getattr(found, place)
    target = kept.parent if above else kept
    (tmp_path / "kunci").mkdir()
    with pytest.raises(PayungError, match="folder itu memuat hal lain"):
        publish.publish_site(found, Everybody(), target)


def test_a_site_is_built_anew_when_the_law_that_its_pages_cite_changes(tmp_path: Path) -> None:
    found = agency(tmp_path, sources(tmp_path))
    before = publish.inputs_digest(found)
    found.law_catalogue.write_text(f"{found.law_catalogue.read_text('utf-8')}# dicocokkan\n", "utf-8")
    assert publish.inputs_digest(found) != before


@pytest.mark.parametrize("name", ["docs", "forms", "opinions"])
def test_a_site_is_not_put_among_what_it_is_made_of(tmp_path: Path, name: str) -> None:
    found = agency(tmp_path)
    for target in (found.root / name, found.root / name / "situs", found.register / "situs"):
        with pytest.raises(PayungError, match="folder itu memuat hal lain"):
            publish.publish_site(found, Everybody(), target)
        assert not target.with_name(".situs.baru").exists()


UNBUILT = [
    ("docs/faq.md", b"{{ tidak_ada }}", r"ulangi\.\ndocs/faq\.md: Halaman memakai isian yang tidak dikenal[^\n]+$"),
    ("mkdocs.yml", b"plugins: [", r"ulangi\.\nmkdocs\.yml, baris [0-9]+: Susunan menu tidak terbaca[^\n]+$"),
    pytest.param(
        "docs/faq.md",
        b"\xff\xfe",
        r"ulangi\.\ndocs/faq\.md: Berkas bukan teks UTF-8\. Simpan[^\n]+$",
        marks=pytest.mark.long,
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "wrong", "said"), UNBUILT)
def test_a_page_that_cannot_be_built_is_named_and_nothing_of_the_program_is_told(
    tmp_path: Path, name: str, wrong: bytes, said: str
) -> None:
    found = agency(tmp_path, small_sources(tmp_path / "sumber"))
    with (found.root / name).open("ab") as page:
        page.write(b"\n" + wrong + b"\n")
    with pytest.raises(PayungError, match=said):
        publish.publish_site(found, Everybody(), found.site)


@pytest.mark.slow
def test_who_is_filed_while_the_site_is_built_is_looked_for_before_it_stands(tmp_path: Path) -> None:
    made, found = register(tmp_path), agency(tmp_path, small_sources(tmp_path / "sumber"))
    file(made, response(1))

    @contextmanager
    def hold(name: str) -> Iterator[None]:
        file(made, response(1), response(2, minute=1, nama=name))
        yield

    with pytest.raises(LeakFound, match="BH-2026-0002"):
        publish.publish_site(found, IdentityIndex(made), found.site, hold("Layanan Bantuan Hukum"))
    assert not found.site.exists()
    publish.publish_site(found, Everybody(), found.site, hold("Layanan Bantuan Hukum"))
    assert publish.is_our_site(found.site)


def test_a_site_that_took_its_place_outlives_a_power_cut_whole(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=quick()) as folder:
        found = agency(Path(folder), small_sources(tmp_path / "sumber"))
        disk = Disk(Path(folder))
        with disk.under_the_program():
            publish.publish_site(found, Everybody(), found.site)
        built = {path: path.read_bytes() for path in found.site.rglob("*") if path.is_file()}
        disk.cut(Random(1))
        assert {path: path.read_bytes() for path in found.site.rglob("*") if path.is_file()} == built
        publish.check_place(found, found.site)
