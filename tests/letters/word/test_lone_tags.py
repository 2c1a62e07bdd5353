"""What stands alone in a paragraph or a row takes all of it along, and nothing else."""

import re

from processor.letters import documents
from processor.letters.word import template, trial, zip_package
from tests.letters.word import word_xml
from tests.letters.word.word_xml import INNER, LETTER, par, source_of, table

ABOVE = "Kalimat di atasnya."


def body(xml: str, **values: object) -> str:
    """The words and elements that a template with ``xml`` gives after the sentence above it."""
    compiled = template.compile_template(source_of(word_xml.with_body(xml, ABOVE)), "Uji")
    known = trial.sample_values(documents.placeholder_names(), 0, "") | values
    made = zip_package.read(compiled.render(known))[LETTER].decode()
    return made[made.index(ABOVE) : made.rindex("<w:sectPr")].split("</w:p>", 1)[1]


def test_an_empty_list_takes_its_table_along_and_leaves_whole_cells() -> None:
    rows = (("{%tr for d in dokumen %}",), ("{{ d }}",), ("{%tr endfor %}",))
    assert "w:tbl" not in body(table(*rows), dokumen=())
    assert "<w:tc><w:p/></w:tc>" in body(INNER.format(table(*rows)), dokumen=())
    assert body(table(*rows), dokumen=("a", "b", "c")).count("<w:tr>") == 3


def test_a_loop_in_rows_of_its_own_repeats_the_rows_between() -> None:
    made = body(
        table(("{% for d in dokumen %}", ""), ("{{ d }}", "b"), ("{% endfor %}", "")), dokumen=("satu", "dua", "tiga")
    )
    assert re.findall("<w:t.*?>(.*?)</w:t>", made) == ["satu", "b", "dua", "b", "tiga", "b"]


def test_a_dash_in_a_tag_takes_no_word_away() -> None:
    made = body(par("Sebelum ", "tanda {%- if uraian -%} antara {%- endif -%} sesudah"), uraian="x")
    assert "".join(re.findall("<w:t(?: [^>]*)?>(.*?)</w:t>", made)) == "Sebelum tanda  antara  sesudah"
