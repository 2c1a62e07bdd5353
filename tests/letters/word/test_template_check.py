"""Every fault that people put into templates is told at its place, with what stands in the way and the mend."""

import re

import pytest

from processor.foundation.errors import BrokenFiles
from processor.letters import documents
from processor.letters.word import template, template_check, template_notes, trial
from tests.letters.word import word_xml
from tests.letters.word.word_xml import INNER, Parts, field, par, run, source_of, table, with_link, with_part

ABOVE = "Kalimat di atasnya."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ENGLISH = re.compile(r"(?i)\b(expected|unexpected|token|got|statement|encountered|unknown|missing|error|the|w:\w+)\b")


def with_body(xml: str) -> Parts:
    return word_xml.with_body(xml, ABOVE)


def shown(kind: str) -> str:
    """A paragraph in which Word shows the part with our relationship."""
    return par("Lihat ini: ", f'<w:r><w:{kind} xmlns:r="{_OFFICE}" r:id="rUji"/></w:r>')


def drawing(kind: str) -> Parts:
    parts = with_body(shown("drawing"))
    content = "<a:t xmlns:a='a'>{{ nomor</a:t><a:t>_registrasi }}</a:t>"
    full = f"application/vnd.openxmlformats-officedocument.drawingml.{kind}+xml"
    target = f"{kind}s/{kind}1.xml"
    made = with_part(parts, f"word/{target}", full, f"<c>{content}</c>".replace("<a:t>", "<a:t xmlns:a='a'>").encode())
    return with_link(made, "chart" if kind == "chart" else "diagramData", target)


def comment() -> Parts:
    parts = with_body(par("Perlu dibahas", '<w:r><w:commentReference w:id="0"/></w:r>'))
    full = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    content = b'<w:comments xmlns:w="w"><w:comment w:author="Budi"/></w:comments>'
    return with_link(with_part(parts, "word/catatan9.xml", full, content), "comments", "catatan9.xml")


def embedded() -> Parts:
    parts = with_part(with_body(shown("object")), "word/embeddings/a.xlsx", "application/vnd.ms-excel", b"Budi")
    return with_link(parts, "package", "embeddings/a.xlsx")


PAGE = '<w:r><w:br w:type="page"/></w:r>'
SECTION = "<w:pPr><w:sectPr/></w:pPr>"
NUMBERED = '<w:pPr><w:pStyle w:val="DaftarBernomor"/></w:pPr>'
BELOW = f"di bawah “{ABOVE}”"


def beside(words: str) -> str:
    return f"paragraf “{words}”"


FAULTS: dict[str, tuple[Parts, str, str]] = {
    "page break": (with_body(par("{{ kajian.saran }}", PAGE)), "ada pemisah halaman", BELOW),
    "section": (with_body(par("{{ kajian.saran }}", properties=SECTION)), "ada pemisah bagian", BELOW),
    "command and section": (
        with_body(par("{% if uraian %}", properties=SECTION) + par("{% endif %}")),
        "ada pemisah bagian",
        BELOW,
    ),
    "command and page break": (
        with_body(par("{% if uraian %}") + par("x") + par("{% endif %}", PAGE)),
        "ada pemisah halaman",
        "di bawah “x”",
    ),
    "tab": (with_body(par("<w:r><w:tab/></w:r>", "{{ kajian.saran }}")), "ada tab", BELOW),
    "content control": (
        with_body(par(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('{{ kajian.saran }}')}</w:sdtContent></w:sdt>")),
        "ada kontrol konten",
        BELOW,
    ),
    "footnote": (
        with_body(par("{{ kajian.saran }}", '<w:r><w:footnoteReference w:id="1"/></w:r>')),
        "ada catatan kaki",
        BELOW,
    ),
    "picture": (
        with_body(par("{% if uraian %}", "<w:r><w:drawing/></w:r>") + par("{% endif %}")),
        "gambar atau",
        BELOW,
    ),
    "words beside a tag for whole rows": (
        with_body(table(("{%tr for d in dokumen %} Nomor",), ("{{ d }}",), ("{%tr endfor %}",))),
        "ada kata atau tanda lain",
        beside("… Nomor"),
    ),
    "invisible character": (
        with_body(par("Kepada {{ pemohon\u200b.nama }}")),
        "ada huruf yang tidak terlihat",
        beside("Kepada …"),
    ),
    "one brace": (with_body(par("Hal {{ uraian }")), "“{{” tidak berpasangan", beside("Hal {{ uraian }")),
    "comment left open": (with_body(par("Catatan {# ini")), "“{#” tidak berpasangan", beside("Catatan {# ini")),
    "two names": (with_body(par("Yth. {{ nama pemohon }}")), "berisi lebih dari satu nama", beside("Yth. …")),
    "nothing inside": (with_body(par("Yth. {{ }}")), "tidak berisi nama", beside("Yth. …")),
    "odd characters": (
        with_body(par("Yth. {{ pemohon?nama }}")),
        "pemohon?nama }}” tidak terbaca",
        beside("Yth. …"),
    ),
    "loop without in": (
        with_body(par("Isu {% for isu kajian.isu_hukum %}a{% endfor %}")),
        "tidak berisi “in”",
        beside("Isu …a…"),
    ),
    "Indonesian command": (
        with_body(par("{% jika uraian %}")),
        "“jika” pada “{% jika uraian %}” tidak dipakai",
        BELOW,
    ),
    "misspelt command": (with_body(par("{% endiff %}")), "Maksudnya “endif”?", BELOW),
    "no command": (with_body(par("Lalu {% %}")), "tidak berisi perintah", beside("Lalu …")),
    "never closed": (
        with_body(par("{% if bentuk %}") + par("isi")),
        "“{% if bentuk %}” belum ditutup",
        BELOW,
    ),
    "never opened": (with_body(par("{% endfor %}")), "“{% endfor %}” tidak pada tempatnya", BELOW),
    "closed crosswise": (
        with_body(par("{% if bentuk %}") + par("{% for a in dokumen %}") + par("b") + par("{% endif %}")),
        "“{% for a in dokumen %}” di atasnya belum ditutup",
        "di bawah “b”",
    ),
    "cut apart": (
        with_body(table(("{% if uraian %}", "a")) + par("{% endif %}")),
        "“{% if uraian %}” dan penutupnya memotong",
        BELOW,
    ),
    "a branch that no trial takes": (
        with_body(par("{% if bentuk == 'x' %}a") + par("{% endif %}")),
        "“{% if bentuk == 'x' %}” dan penutupnya memotong",
        beside("…a"),
    ),
    "cells repeated": (
        with_body(table(("No", "Dasar"), ("{% for d in dokumen %}{{ d }}", "b{% endfor %}"))),
        "mengulang sel",
        "di bawah “Dasar”",
    ),
    "tracked format": (
        with_body(par('<w:r><w:rPr><w:rPrChange w:id="9" w:author="Budi"/></w:rPr><w:t>Tebal</w:t></w:r>')),
        "perubahan format yang dilacak",
        beside("Tebal"),
    ),
    "tracked table": (
        with_body(
            "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:ins w:author='Budi'/></w:trPr><w:tc>"
            + par("Baris")
            + "</w:tc></w:tr></w:tbl>"
        ),
        "perubahan yang dilacak",
        beside("Baris"),
    ),
    "tracked section": (
        with_body(par("Bagian") + "<w:sectPr><w:sectPrChange w:author='Budi'/></w:sectPr>"),
        "perubahan format yang dilacak",
        beside("Bagian"),
    ),
    "comment": (comment(), "berisi komentar", beside("Perlu dibahas")),
    "embedded file": (embedded(), "berkas lain di dalamnya (a.xlsx)", beside("Lihat ini:")),
    "chart": (drawing("chart"), "di dalam grafik", beside("Lihat ini:")),
    "SmartArt": (drawing("diagramData"), "di dalam SmartArt", beside("Lihat ini:")),
    "picture from outside": (
        with_link(with_body(shown("pict")), "image", "https://a.id/logo.png", outside=True),
        "dari luar",
        beside("Lihat ini:"),
    ),
    "placeholder in an address": (
        with_link(with_body(shown("pict")), "hyperlink", "mailto:%7b%7b%20instansi.email%20%7d%7d", outside=True),
        "di dalam alamat tautan",
        beside("Lihat ini:"),
    ),
    "address on a computer": (
        with_link(with_body(shown("pict")), "hyperlink", "file:///C:\\Users\\Budi\\a.docx", outside=True),
        "berkas di komputer seseorang",
        beside("Lihat ini:"),
    ),
    "placeholder in a field": (
        with_body(par("Surel ", field(' HYPERLINK "mailto:{{ uraian }}"'))),
        "Ada tempat isian",
        beside("Surel isi"),
    ),
    "author": (with_body(par("Oleh ", field(" AUTHOR "))), "Bidang AUTHOR menampilkan nama", beside("Oleh isi")),
    "company": (with_body(par("Oleh ", field(" DOCPROPERTY Company "))), "menampilkan nama", beside("Oleh isi")),
    "path": (with_body(par("Berkas ", field(r" FILENAME \p "))), "letak berkas", beside("Berkas isi")),
    "address in a field": (
        with_body(par("Lihat ", field(r' HYPERLINK "file:///C:\Users\Budi\a.docx" '))),
        "letak berkas",
        beside("Lihat isi"),
    ),
    "two names in a loop": (
        with_body(par("Isu {% for a, b in dokumen %}{{ a }}{% endfor %}")),
        "satu nama saja",
        beside("Isu ………"),
    ),
    "linked picture": (with_body(par("Ini ", field(' INCLUDEPICTURE "a" '))), "dari luar", beside("Ini isi")),
}
TOLD: dict[str, tuple[Parts, str, str]] = {
    "single braces": (
        with_body(par("Yth. { pemohon.nama }")),
        "Maksudnya {{ pemohon.nama }}?",
        beside("Yth. { pemohon.nama }"),
    ),
    "dollar": (with_body(par("Yth. ${nama}")), "Maksudnya {{ pemohon.nama }}?", beside("Yth. ${nama}")),
    "guillemets": (with_body(par("Yth. «Hal_Surat»")), "“«Hal_Surat»” tidak diisi", beside("Yth. «Hal_Surat»")),
    "spaces in a command": (with_body(par("Lalu { % if uraian % }")), "perintah {% … %}", "“Lalu { % if uraian % }”"),
    "form": (with_body(par("Nama ", field(" FORMTEXT "))), "formulir (FORMTEXT) tidak diisi", beside("Nama isi")),
    "a stored word": (with_body(par("Sifat ", field(" DOCPROPERTY Sifat "))), "sifat berkas", beside("Sifat isi")),
    "mail merge": (with_body(par("Yth. ", field(" MERGEFIELD nama "))), "gabungan surat (MERGEFIELD)", "“Yth. isi”"),
    "day": (with_body(par("Kota, ", field(r' DATE \@ "d" '))), "berganti setiap kali", beside("Kota, isi")),
    "file name": (with_body(par("Berkas ", field(" FILENAME "))), "sifat berkas", beside("Berkas isi")),
    "numbers that run on": (
        with_body(
            par("{% for d in dokumen %}")
            + 2 * par("butir", properties='<w:pPr><w:pStyle w:val="DaftarBernomor"/></w:pPr>')
            + par("{% endfor %}")
        ),
        "berlanjut dari putaran ke putaran",
        "di bawah “butir”",
    ),
}
WELL: dict[str, str] = {
    "a tab before a command": par("<w:r><w:tab/></w:r>", "{% if uraian %}") + par("ada") + par("{% endif %}"),
    "a command in a content control": par(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('{% if uraian %}')}</w:sdtContent></w:sdt>"
    )
    + par("ada")
    + par("{% endif %}"),
    "dashes": par("{%- if uraian -%}") + par("ada {{- uraian -}} a") + par("{%- endif -%}"),
    "an invisible character beside": par("\ufeff{{ kajian.saran }}\u200b"),
    "rows of their own without tr": table(("{% for d in dokumen %}", ""), ("{{ d }}", "b"), ("{% endfor %}", "")),
    "a list with no item": table(("{%tr for d in dokumen if d == 'x' %}",), ("{{ d }}",), ("{%tr endfor %}",)),
    "a loop over whole sentences": par("Yaitu {% for d in dokumen %}{{ d }}; {% endfor %}selesai."),
    "an inner table that may go": INNER.format(table(("{%tr if uraian %}",), ("a",), ("{%tr endif %}",))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_its_place_with_its_mend_in_indonesian(name: str) -> None:
    parts, words, place = FAULTS[name]
    (problem,) = template_check.template_mistakes(source_of(parts), documents.placeholder_names())
    assert words in problem.sentence
    assert place in problem.message
    assert problem.mend
    assert not ENGLISH.search(re.sub("“.*?”", "", problem.sentence))


@pytest.mark.parametrize("name", TOLD)
def test_what_is_hardly_meant_is_told_and_stops_no_letter(name: str) -> None:
    parts, words, place = TOLD[name]
    source = source_of(parts)
    assert template_check.template_mistakes(source, documents.placeholder_names()) == ()
    told = template_notes.notes(source, documents.placeholder_names())
    assert any(words in one.sentence and place in one.message for one in told)
    assert not any(ENGLISH.search(re.sub("“.*?”", "", one.sentence)) for one in told)


@pytest.mark.parametrize("name", WELL)
def test_what_people_mean_works(name: str) -> None:
    source = source_of(with_body(WELL[name]))
    assert template_check.template_mistakes(source, documents.placeholder_names()) == ()
    compiled = template.compile_template(source, "Uji")
    trial.render_trials(compiled, source, documents.placeholder_names())
    assert template_notes.notes(source, documents.placeholder_names()) == ()


@pytest.mark.parametrize(
    ("tag", "words"),
    [("{{ dokumen|first }}", "daftar atau isian kosong"), ("{% if uraian > 3 %}a{% endif %}", "isi percobaan")],
)
def test_what_cannot_be_filled_with_some_values_is_told_at_its_place(tag: str, words: str) -> None:
    source = source_of(with_body(par("Hal " + tag.replace(">", "&gt;"))))
    compiled = template.compile_template(source, "Uji")
    with pytest.raises(BrokenFiles) as caught:
        trial.render_trials(compiled, source, documents.placeholder_names())
    (problem,) = caught.value.problems
    assert words in problem.message
    assert "paragraf “Hal …" in problem.message
    assert not ENGLISH.search(problem.sentence)
