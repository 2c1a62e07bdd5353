"""Where an older folder lacks what a later version brings, the shipped file counts, and only then."""

import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from processor.foundation import form_definition, law_catalogue, shipped
from processor.letters import documents
from processor.mail import composer
from processor.site import paper_form, publish, request_form
from tests.commands import payung
from tests.office import FORM, ROOT, Everybody, agency, keys, register, sources


def test_an_office_with_everything_lacks_nothing(tmp_path: Path) -> None:
    assert shipped.lacking(sources(tmp_path)) == ()


def test_a_file_of_the_office_s_own_goes_before_the_shipped_one(tmp_path: Path) -> None:
    own, name = tmp_path / "tanda-terima.docx", "opinions/tanda-terima.docx"
    assert shipped.own_or_shipped(own, name) == ROOT / name
    own.touch()
    assert shipped.own_or_shipped(own, name) == own
    nowhere = tmp_path / "lain.docx"
    assert shipped.own_or_shipped(nowhere, "opinions/lain.docx") == nowhere, "to be told as missing"


LACKING = (
    "forms/permohonan.yaml",
    "opinions/dasar-hukum.yaml",
    "opinions/pemberitahuan/dijawab.txt",
    "opinions/pemberitahuan/kerangka.html",
    "opinions/tanda-terima.docx",
)


def test_form_catalogue_letters_and_notices_that_are_lacking_are_the_shipped_ones(tmp_path: Path) -> None:
    settings = agency(tmp_path, sources(tmp_path))
    for name in LACKING:
        (settings.root / name).unlink()
    assert form_definition.load(settings.form) == FORM
    assert settings.google_lock.parent == settings.root / "forms", "what the office writes stays in its own folder"
    assert law_catalogue.load(settings.law_catalogue).peraturan
    assert documents.check_templates(settings.opinions) == ()
    assert composer.check_templates(settings.opinions / composer.FOLDER) == ()


def test_periksa_says_what_is_shipped_in_and_calls_nothing_of_it_a_mistake(tmp_path: Path) -> None:
    settings = agency(tmp_path, sources(tmp_path))
    keys(settings.office_key.parent)
    register(tmp_path)
    whole = payung("periksa", folder=tmp_path, code=2)
    for name in LACKING:
        (settings.root / name).unlink()
    told = payung("periksa", folder=tmp_path, code=2)
    assert told.startswith(whole.rstrip())
    assert [line.partition(":")[0] for line in told[len(whole.rstrip()) :].split("\n- ")[1:]] == [*LACKING]


@pytest.mark.parametrize("key", [question.kunci for question in FORM.pertanyaan])
def test_a_form_of_before_that_lacks_a_question_goes_on_working(tmp_path: Path, key: str) -> None:
    path = tmp_path / "permohonan.yaml"
    form = yaml.safe_load((ROOT / "forms" / "permohonan.yaml").read_text("utf-8"))
    form["pertanyaan"] = [question for question in form["pertanyaan"] if question["kunci"] != key]
    path.write_text(yaml.safe_dump(form, allow_unicode=True), "utf-8")
    older = form_definition.load(path)
    assert key not in {question.kunci for question in older.pertanyaan}
    assert request_form.render(older, "payung.example.go.id", ())
    assert paper_form.render(older, agency(tmp_path))
    assert all(found.place for found in older.findings({}, date(2026, 3, 2)))


@pytest.mark.slow
def test_a_page_a_frame_and_a_script_that_an_older_folder_lacks_are_built_from_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)  # as where nothing is printed
    settings = agency(tmp_path, sources(tmp_path))
    for name in ("docs/faq.md", "docs/.tema/404.html", "docs/assets/lacak.js"):
        (settings.root / name).unlink()
    menu = settings.root / "mkdocs.yml"
    menu.write_text(menu.read_text("utf-8").replace("      - Decisions: pengembang/keputusan.md\n", ""), "utf-8")
    (settings.root / "docs" / "pengembang" / "keputusan.md").unlink()
    publish.publish_site(settings, Everybody(), settings.site)
    built = {path.relative_to(settings.site).as_posix() for path in settings.site.rglob("*")}
    assert {"faq/index.html", "404.html", "assets/lacak.js"} <= built
    assert "pengembang/keputusan/index.html" not in built, "the menu of the office does not name it"
    assert not (settings.root / "docs" / "faq.md").exists(), "nothing is written into the office's folder"
