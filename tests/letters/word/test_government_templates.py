"""Templates as government offices have them pass the check, and their words come where they belong."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from processor.foundation.file_content import FileContent
from processor.letters import documents, pdf
from processor.letters.word import (
    lone_tags,
    package_parts,
    styles,
    template,
    template_check,
    template_notes,
    trial,
    zip_package,
)
from processor.letters.word.styles import Element, W
from tests import letter_samples
from tests.letters.word import government_forms, government_letters
from tests.letters.word.government_pieces import Sample, box
from tests.letters.word.word_xml import par

MADE: tuple[Callable[[], Sample], ...] = (*government_letters.MADE, *government_forms.MADE)
_HOLDERS = {f"{W}tc": "sel", f"{W}txbxContent": "kotak"}
_PARTS = {"header": "kepala halaman", "footer": "kaki halaman", "footnotes": "catatan kaki"}


def letter_of(sample: Sample, name: str = "naskah") -> bytes:
    """A letter made from a template that passes the check with nothing to tell."""
    names = documents.placeholder_names()
    source = template.read(FileContent(zip_package.write(sample.build()), Path(f"{name}.docx")))
    assert template_check.template_mistakes(source, names) == ()
    assert template_notes.notes(source, names) == ()
    compiled = template.compile_template(source, "Surat")
    trial.render_trials(compiled, source, names)
    made_from = (letter_samples.case(), letter_samples.APPLICANT, letter_samples.settings(), letter_samples.catalogue())
    return compiled.render(documents.placeholder_values(*made_from))


def places(letter: bytes) -> Iterator[tuple[str, str]]:
    """Where each paragraph of a letter stands, and its words with their tabs."""
    parts = zip_package.read(letter)
    found = {package_parts.LETTER: ""}
    for kind, where in _PARTS.items():
        found |= dict.fromkeys(package_parts.related(parts, package_parts.LETTER, kind), where)
    for name, where in found.items():
        for paragraph in styles.parse_part(parts[name]).iter(f"{W}p"):
            holders = [_HOLDERS[above.tag] for above in paragraph.iterancestors() if above.tag in _HOLDERS]
            yield (
                " ".join([where] * bool(where) + holders[::-1]),
                "".join(map(_shown, lone_tags.own_elements(paragraph))),
            )


def _shown(element: Element) -> str:
    properties = any(str(above.tag).endswith("Pr") for above in element.iterancestors())
    return "\t" if element.tag == f"{W}tab" and not properties else element.text or "" if element.tag == f"{W}t" else ""


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_words_come_where_they_belong(make: Callable[[], Sample]) -> None:
    sample = make()
    found = [*places(letter_of(sample))]
    assert [place for place in sample.places if place not in found] == []
    assert not [words for _, words in found if "{" in words or "}" in words]


def test_what_a_condition_empties_keeps_a_paragraph_as_word_wants() -> None:
    gone = par("{% if mendesak.perihal %}") + par("Segera") + par("{% endif %}")
    parts = {"header default": gone, "footer default": gone}
    made = zip_package.read(letter_of(Sample(par("Surat", box(gone)) + par("akhir"), (), parts=parts)))
    xml = "".join(made[f"word/{name}.xml"].decode() for name in ("document", "headerdefault", "footerdefault"))
    assert len(re.findall(r"<w:(?:txbxContent|hdr|ftr)(?: [^>]*)?><w:p/>\s*</w:", xml)) == 4


@pytest.mark.slow
def test_libreoffice_opens_every_letter_on_its_paper(tmp_path: Path, soffice: str) -> None:
    made = {make.__name__: make() for make in MADE}
    paths = {name: tmp_path / f"{name}.docx" for name in made}
    for name, sample in made.items():
        paths[name].write_bytes(letter_of(sample, name))
    converted = pdf.convert([*paths.values()])
    for name, sample in made.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(converted[paths[name]])
        pages = PdfReader(path).pages
        size = (float(pages[-1].mediabox.width) * 20, float(pages[-1].mediabox.height) * 20)
        assert size == pytest.approx(sample.paper, abs=30), name
        shown = "".join("".join(page.extract_text().split()) for page in pages)
        assert [words for _, words in sample.places if "".join(words.split()) not in shown] == [], name
