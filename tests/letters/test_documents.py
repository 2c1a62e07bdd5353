"""Letters: real Word files, complete or refused with every reason at once, and never over somebody's work."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from hypothesis import assume, given
from hypothesis import strategies as st

from processor.cases.case_file import CaseFile
from processor.foundation.errors import BrokenFiles
from processor.letters import documents, pdf
from processor.letters.documents import KINDS, LetterKind
from processor.letters.word import template, zip_package
from tests import letter_samples
from tests.bench_documents import plain_docxtpl, plain_template, set_markdown
from tests.letter_samples import APPLICANT, OPINIONS, case, catalogue, rejected, repacked, settings
from tests.letters.word.test_paragraphs import expected_letter


def render(kind: LetterKind, of: CaseFile | None = None, folder: Path = OPINIONS) -> bytes:
    of = of or letter_samples.sample_of(kind)
    return documents.render(kind, of, APPLICANT, settings(), catalogue(), folder, letter_samples.document())


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    """Style and words of every paragraph of the letter."""
    return [(str(p.style.name if p.style else ""), p.text) for p in opened(content).paragraphs]


def words(content: bytes) -> str:
    return "\n".join(text for _, text in paragraphs(content))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the templates that a secretary may change."""
    shutil.copytree(OPINIONS, tmp_path / "opinions")
    return tmp_path / "opinions"


def change(path: Path, edit: Callable[[WordDocument], None]) -> Path:
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    return path.parent


def holding(document: WordDocument, text: str) -> Paragraph:
    return next(p for p in document.paragraphs if text in p.text)


def replaced(path: Path, old: str, new: str) -> Path:
    def edit(document: WordDocument) -> None:
        paragraph = holding(document, old)
        paragraph.text = paragraph.text.replace(old, new)

    return change(path, edit)


def sentences(folder: Path) -> list[str]:
    return [str(problem).replace(f"{folder.parent}/", "") for problem in documents.check_templates(folder)]


# The letters


@pytest.mark.slow
def test_the_letters_read_as_they_should(tmp_path: Path, request: pytest.FixtureRequest, soffice: str) -> None:
    for kind in KINDS:
        (tmp_path / documents.file_name(kind)).write_bytes(render(kind))
    for kind, path in documents.templates(as_text(tmp_path, soffice)).items():
        golden = letter_samples.LETTERS / f"{path.stem}.txt"
        found = path.with_suffix(".txt").read_text(encoding="utf-8-sig")
        if request.config.getoption("--perbarui-golden"):
            golden.write_text(found, encoding="utf-8")
        assert found == golden.read_text(encoding="utf-8"), kind


def as_text(folder: Path, soffice: str) -> Path:
    """Let LibreOffice open every letter in ``folder`` and save it as text beside it."""
    command = [soffice, "--headless", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--convert-to"]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run(
        [*command, "txt:Text (encoded):UTF8", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


def test_the_shipped_templates_hold_no_mistake() -> None:
    assert documents.check_templates(OPINIONS) == ()


def test_an_opinion_has_all_its_sections_in_order() -> None:
    sections = [text for style, text in paragraphs(render("pendapat_hukum")) if style.startswith("Judul")]
    assert sections == [
        "PERMOHONAN",
        "FAKTA DAN KASUS POSISI",
        "ISU HUKUM",
        "DASAR HUKUM",
        "ANALISIS",
        "KESIMPULAN",
        "SARAN DAN RUJUKAN",
        "BATASAN",
    ]


def test_a_number_and_date_not_yet_given_are_a_visible_gap() -> None:
    text = words(render("pendapat_hukum"))
    assert "Nomor\t:\t180/………/[nomor dari sekretariat]" in text
    assert "Padang, ……… [tanggal dari sekretariat]" in text
    given_by_office = case(penyampaian__nomor_surat="180/1062/Huk-2026", penyampaian__tanggal_surat="2026-07-03")
    revalidated = CaseFile.model_validate(given_by_office.model_dump(warnings=False))
    text = words(render("pendapat_hukum", revalidated))
    assert "Nomor\t:\t180/1062/Huk-2026" in text
    assert "Padang, 3 Juli 2026" in text


def test_a_receipt_names_neither_person_nor_topic() -> None:
    text = words(render("tanda_terima"))
    assert "BH-2026-0007" in text
    assert "2 Juli 2026 pukul 08.05 WIB" in text
    for secret in (APPLICANT.nama, APPLICANT.jabatan, "kontrak", "pengadaan", "Apakah"):
        assert secret not in text


@pytest.mark.parametrize(
    ("reason", "instead"),
    [
        ("di_luar_kedinasan", "organisasi bantuan hukum terakreditasi bila Saudara tidak mampu"),
        ("litigasi", "menulis surat kepada Kepala Biro Hukum, sebab bantuan hukum adalah hak ASN"),
        ("atas_nama_orang_lain", "mengajukan permohonan sendiri"),
        ("bukan_asn_instansi", "biro atau bagian hukum pada instansi tempat Saudara bertugas"),
        ("tidak_lengkap", "Lengkapi kekurangan"),
        ("lainnya", "Bila keadaannya berubah"),
    ],
)
def test_a_rejection_says_why_and_where_to_go(reason: str, instead: str) -> None:
    text = words(render("pemberitahuan_penolakan", rejected(reason)))
    assert "sidang pertama pada 20 Juli 2026" in text
    assert instead in text


def test_markdown_becomes_the_templates_styles() -> None:
    found = paragraphs(render("pendapat_hukum"))
    assert ("Subjudul", "Kewenangan memutuskan kontrak") in found
    assert ("Daftar Butir", "dihadiri penyedia dan konsultan pengawas; dan") in found
    assert ("Daftar Bernomor", "Pada hari ke-45, PPK memberi surat peringatan pertama.") in found
    assert ("Kutipan Peraturan", "(1)\tSyarat sahnya Keputusan meliputi:") in found


def test_each_list_of_a_letter_starts_afresh() -> None:
    content = render("pendapat_hukum")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        numbering = archive.read("word/numbering.xml").decode()
        body = archive.read("word/document.xml").decode()
    used = set(re.findall(r'<w:numId w:val="(\d+)"', body)) - {"0"}
    assert used <= set(re.findall(r'<w:num w:numId="(\d+)"', numbering))
    first = [re.search(r'numId w:val="(\d+)"', body[body.index(words_) - 300 :]) for words_ in STARTS]
    assert len({match[1] for match in first if match}) == len(STARTS)


STARTS = (
    "Pada hari ke-45, PPK memberi",
    "peringatan pertama pada hari",
    "PPK berwenang memutuskan kontrak secara sepihak,",
)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert render("pendapat_hukum") == render("pendapat_hukum")


def test_no_property_names_a_person_or_a_time(own: Path) -> None:
    def sign(document: WordDocument) -> None:
        document.core_properties.author = "Budi Rekaan"
        document.core_properties.last_modified_by = "Budi Rekaan"
        document.core_properties.comments = "Budi Rekaan"

    content = render("tanda_terima", folder=change(own / "tanda-terima.docx", sign))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(b"Rekaan" in archive.read(name) for name in archive.namelist())
    properties = opened(content).core_properties
    assert (properties.author, properties.last_modified_by, properties.title) == ("", "", "Tanda terima")


def test_a_letter_bears_its_mark() -> None:
    inputs = (case(), APPLICANT, settings(), catalogue(), OPINIONS)
    first, again, other = (documents.render("pendapat_hukum", *inputs, mark=mark) for mark in ("<a&1>", "<a&1>", "b"))
    assert opened(first).core_properties.identifier == "<a&1>"
    assert (first == again, first == other) == (True, False)


@pytest.mark.slow
def test_a_template_that_was_saved_without_properties_gives_a_letter_with_its_mark(own: Path, soffice: str) -> None:
    path = own / "tanda-terima.docx"  # as Google Docs saves it
    parts = zip_package.read(path.read_bytes())
    del parts[zip_package.CORE]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = re.sub(rb"<(Override|Relationship) [^>]*docProps/core.xml[^>]*/>", b"", parts[name])
    path.write_bytes(zip_package.write(parts))
    content = documents.render("tanda_terima", case(), APPLICANT, settings(), catalogue(), own, mark="5a5a")
    assert b"<dc:identifier>5a5a</dc:identifier>" in zip_package.read(content)[zip_package.CORE]
    path.write_bytes(content)
    assert opened(content).paragraphs
    assert pdf.convert([path])[path].startswith(b"%PDF-")


def test_plain_docxtpl_gives_the_same_words() -> None:
    path = OPINIONS / "pendapat-hukum.docx"
    source = template.read(template.opened(path))
    compiled = template.compile_template(source, "")
    values = documents.placeholder_values(case(), APPLICANT, settings(), catalogue())
    ready = set_markdown(values, source, compiled)
    assert paragraphs(compiled.render(values)) == paragraphs(plain_docxtpl(plain_template(path.read_bytes()), ready))


# Hostile words


HOSTILE = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=()), max_size=8),
        st.sampled_from(
            ["<", "&", "{{ 7 * 7 }}", "{% if x %}", "{#", "]]>", "<w:p/>", "{_{", "\n", "\n\n", "😀", "\x00"]
        ),
    ),
    max_size=12,
).map("".join)


@given(HOSTILE)
def test_an_applicants_words_come_out_as_words(text: str) -> None:
    clean = "".join(map(expected_letter, text.replace("\r\n", "\n")))
    assume(clean.strip("\n"))
    found = [words_ for _, words_ in paragraphs(render("pendapat_hukum", case(pertanyaan=text)))]
    start, end = found.index("Pertanyaan yang diajukan:") + 1, found.index("FAKTA DAN KASUS POSISI")
    assert found[start:end] == re.split(r"\n(?:[ \t]*\n)+", clean.strip("\n"))


@given(HOSTILE)
def test_a_reason_of_staff_comes_out_as_words_inside_and_outside_a_line(text: str) -> None:
    clean = "".join(map(expected_letter, text.replace("\r\n", "\n")))
    of = case(penyampaian__nomor_surat=f"1{text}")
    assert f"Nomor\t:\t1{clean}" in words(render("pendapat_hukum", of))


def test_fifty_thousand_letters_come_out() -> None:
    long = "a < b & {{ c }} " * 3125
    text = words(render("pendapat_hukum", case(uraian=long, pertanyaan=long, kajian__analisis=long)))
    assert text.count("a < b & {{ c }}") == 2 * 3125


# What is missing


def test_everything_missing_is_listed_at_once_with_its_line() -> None:
    of = case(
        kajian__kasus_posisi="", kajian__isu_hukum=(), kajian__saran="", kajian__dasar_hukum=("uu-5-2014", "uu-1")
    )
    with pytest.raises(BrokenFiles) as caught:
        render("pendapat_hukum", of)
    found = caught.value.problems
    assert [problem.message.split(" ")[0] for problem in found[:3]] == [
        "kajian.kasus_posisi",
        "kajian.isu_hukum",
        "kajian.saran",
    ]
    assert "“uu-5-2014” sudah dicabut" in found[3].message
    assert "“uu-1” tidak ada di katalog" in found[4].message
    assert all(problem.line for problem in found)
    assert found[2].sentence == (
        "kajian.saran belum diisi, padahal diperlukan untuk pendapat hukum. "
        "Isi di permohonan.yaml: apa yang sebaiknya dilakukan pemohon."
    )


def test_a_case_that_is_not_rejected_gets_no_rejection() -> None:
    found = documents.missing(case(), "pemberitahuan_penolakan", catalogue())
    assert [problem.message.split(" ")[0] for problem in found] == [
        "verifikasi.keputusan",
        "verifikasi.alasan_jenis",
        "verifikasi.alasan",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_case_lacks_nothing(kind: LetterKind) -> None:
    of = letter_samples.sample_of(kind)
    assert documents.missing(of, kind, catalogue(), letter_samples.document()) == ()


# Templates in a secretary's hands


def restyle(document: WordDocument) -> None:
    """Other fonts, split runs, a placeholder moved into a table and another into the header."""
    for name in ("Normal", "Isi Surat", "Kutipan Peraturan"):
        document.styles[name].font.name = "Times New Roman"
    paragraph = holding(document, "{{ kajian.analisis }}")
    paragraph.text = ""
    for part in ("{", "{ kaj", "ian.anal", "isis }", "}"):
        paragraph.add_run(part).font.size = Pt(13)
    number = holding(document, "{{ penyampaian.nomor_surat }}")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Nomor"
    table.cell(0, 1).text = "{{ penyampaian.nomor_surat }}"
    number.text = ""
    document.sections[0].header.paragraphs[0].text = "Rahasia {{ nomor_registrasi }}"


def test_a_restyled_template_still_renders(own: Path) -> None:
    folder = change(own / "pendapat-hukum.docx", restyle)
    assert documents.check_templates(folder) == ()
    found = opened(render("pendapat_hukum", folder=folder))
    assert "Kewenangan memutuskan kontrak" in [p.text for p in found.paragraphs]
    assert found.tables[0].cell(0, 1).text == "180/………/[nomor dari sekretariat]"
    assert found.sections[0].header.paragraphs[0].text == "Rahasia BH-2026-0007"
    assert holding(found, "Keputusan PPK untuk").runs[0].font.size == Pt(13)


def test_a_changed_template_is_compiled_anew(own: Path) -> None:
    assert "sudah sampai" in words(render("tanda_terima", folder=own))
    replaced(own / "tanda-terima.docx", "sudah sampai", "telah kami pegang")
    assert "telah kami pegang" in words(render("tanda_terima", folder=own))


def test_a_template_that_says_the_same_elsewhere_is_not_compiled_again(own: Path, tmp_path: Path) -> None:
    letter = render("tanda_terima", folder=own)
    compiled = documents._compiled.cache_info().misses
    assert render("tanda_terima", folder=Path(shutil.copytree(own, tmp_path / "lain"))) == letter
    assert documents._compiled.cache_info().misses == compiled


def test_unknown_placeholders_are_all_found_with_their_place(own: Path) -> None:
    path = own / "pendapat-hukum.docx"
    replaced(path, "kajian.analisis", "kajian.analisys")
    replaced(path, "surat.sifat", "surat.sipat")
    folder = replaced(path, "for isu in", "for pertanyaan_ in")
    assert sentences(folder) == [
        "opinions/pendapat-hukum.docx: Tempat isian “surat.sipat” tidak dikenal, paragraf “Sifat:…”. "
        "Maksudnya “surat.sifat”?",
        "opinions/pendapat-hukum.docx: Tempat isian “isu” tidak dikenal, di bawah “ISU HUKUM”. "
        "Hapus, atau lihat daftar isian di docs/petugas/templat.md.",
        "opinions/pendapat-hukum.docx: Tempat isian “kajian.analisys” tidak dikenal, di bawah “ANALISIS”. "
        "Maksudnya “kajian.analisis”?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{{ kajian.saran }}", "{{ kajian.saran }", "Tanda “{{” tidak berpasangan, paragraf “{{ kajian.saran }”."),
        ("{{ kajian.saran }}", "Saran: {{ kajian.saran }}", "berisi beberapa paragraf, paragraf “Saran: …”."),
        ("{{ kajian.saran }}", "{{ kajian.isu_hukum }}", "berisi beberapa butir"),
        ("{{ kajian.saran }}", "{{r kajian.saran }}", "“{{r kajian.saran }}” tidak dapat dipakai"),
        (
            "{{ kajian.saran }}",
            "{{ kajian.saran|safe }}",
            "Saringan “safe” tidak dipakai di naskah, di bawah “SARAN DAN RUJUKAN”.",
        ),
        ("{{ kajian.saran }}", "{{ kajian.saran|tebal }}", "“tebal” tidak dipakai di naskah"),
        ("{{ kajian.saran }}", "{% set a = 1 %}", "Perintah “set” pada “{% set a = 1 %}” tidak dipakai"),
        ("{{ kajian.saran }}", "{{ kajian.saran() }}", "Panggilan dengan kurung"),
        ("{{ kajian.saran }}", "{{ isu.kajian() }}", "Panggilan dengan kurung"),
        ("{{ kajian.saran }}", "{{ kajian }}", "Tempat isian “kajian” tidak dikenal"),
        ("{% if kajian.rujukan %}", "", "tidak pada tempatnya"),
        ("{% if pertanyaan %}", "{% for p in pertanyaan %}", "tidak pada tempatnya"),
        ("{% for isu in kajian.isu_hukum %}", "{% for isu in uraian %}", "“uraian” bukan daftar"),
        ("{{ kajian.saran }}", "{% if uraian %}", "belum ditutup"),
    ],
)
def test_a_slip_in_a_template_is_explained(own: Path, old: str, new: str, sentence: str) -> None:
    folder = replaced(own / "pendapat-hukum.docx", old, new)
    found = "\n".join(sentences(folder))
    assert sentence in found
    assert "\n" not in found


def test_a_missing_style_is_a_problem(own: Path) -> None:
    def drop(document: WordDocument) -> None:
        document.styles["Kutipan Peraturan"].name = "Kutipan"
        numbering = document.styles["Daftar Butir"].element.pPr.numPr
        numbering.getparent().remove(numbering)

    folder = change(own / "pendapat-hukum.docx", drop)
    assert [re.findall("Gaya “(.*?)”", sentence) for sentence in sentences(folder)] == [
        ["Daftar Butir"],
        ["Kutipan Peraturan"],
    ]
    with pytest.raises(BrokenFiles):
        render("pendapat_hukum", folder=folder)


def test_tags_that_cut_the_letter_apart_are_found(own: Path) -> None:
    def cut(document: WordDocument) -> None:
        document.add_table(rows=1, cols=1).cell(0, 0).text = "{% if uraian %}"
        document.add_paragraph("{% endif %}")

    (sentence,) = sentences(change(own / "tanda-terima.docx", cut))
    assert "memotong susunan surat" in sentence


def test_a_cell_that_a_condition_empties_keeps_a_paragraph(own: Path) -> None:
    def condition(document: WordDocument) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "{% if balasan.kunci_balasan %}"
        cell.add_paragraph("ada")
        cell.add_paragraph("{% endif %}")

    content = render("tanda_terima", folder=change(own / "tanda-terima.docx", condition))
    assert opened(content).tables[0].cell(0, 0).text == ""


@pytest.mark.parametrize("content", [b"", b"bukan zip"])
def test_a_file_that_is_no_word_document_is_a_problem(own: Path, content: bytes) -> None:
    path = own / "tanda-terima.docx"
    path.write_bytes(content)
    (problem,) = documents.check_templates(own)
    assert (problem.place, problem.message) == (str(path), "Bukan berkas Word yang utuh.")


def test_tracked_changes_and_comments_are_refused(own: Path) -> None:
    def track(document: WordDocument) -> None:
        paragraph = document.paragraphs[-1]
        document.add_comment(paragraph.runs, text="periksa", author="Budi Rekaan")
        change_ = paragraph._p.makeelement(f"{paragraph._p.nsmap['w'].join('{}')}ins", {})
        paragraph._p.append(change_)

    found = "\n".join(sentences(change(own / "tanda-terima.docx", track)))
    assert "berisi komentar" in found
    assert "perubahan yang dilacak" in found


def test_a_template_that_fetches_from_outside_is_refused(own: Path) -> None:
    def link(document: WordDocument) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        document.part.rels.get_or_add_ext_rel(f"{kind}hyperlink", "https://a.id/")
        if linked:
            document.part.rels.get_or_add_ext_rel(f"{kind}image", "https://a.id/logo.png")

    linked = False
    assert sentences(change(own / "tanda-terima.docx", link)) == []
    linked = True
    (sentence,) = sentences(change(own / "tanda-terima.docx", link))
    assert "mengambil gambar atau berkas dari luar" in sentence


# Into the case's folder


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_letter_is_written_then_left_alone_then_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "keluar"
    first = documents.place_document(folder, "a.docx", b"satu", {})
    assert (first.changed, first.sha256, first.path) == (True, digest(b"satu"), folder / "a.docx")
    again = documents.place_document(folder, "a.docx", b"satu", {"a.docx": first.sha256})
    assert (again.changed, again.note) == (False, "a.docx sudah sesuai; tidak ada yang ditulis.")
    second = documents.place_document(folder, "a.docx", b"dua", {"a.docx": first.sha256})
    assert second.changed
    assert names(folder) == ["a.docx"]
    assert (folder / "a.docx").read_bytes() == b"dua"


def test_a_letter_that_was_compressed_otherwise_is_the_same_letter(tmp_path: Path) -> None:
    content = render("tanda_terima")
    (tmp_path / "a.docx").write_bytes(older := repacked(content))
    assert older != content
    placed = documents.place_document(tmp_path, "a.docx", content, {})
    assert (placed.changed, placed.sha256) == (False, digest(older))
    assert (names(tmp_path), (tmp_path / "a.docx").read_bytes()) == (["a.docx"], older)
    other = documents.place_document(
        tmp_path, "a.docx", render("tanda_terima", case(nomor_registrasi="BH-2026-0099")), {}
    )
    assert other.path.name == "a-2.docx"


def test_an_edited_letter_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"disunting")
    known = {"a.docx": digest(b"satu")}
    placed = documents.place_document(tmp_path, "a.docx", b"dua", known)
    assert placed.path.name == "a-2.docx"
    assert placed.note.startswith("a.docx sudah disunting orang")
    assert not documents.place_document(tmp_path, "a.docx", b"dua", known).changed
    replaced_ = documents.place_document(tmp_path, "a.docx", b"tiga", known | {"a-2.docx": placed.sha256})
    assert replaced_.path.name == "a-2.docx"
    beside = documents.place_document(tmp_path, "a.docx", b"empat", known)
    assert beside.path.name == "a-3.docx"
    assert (tmp_path / "a.docx").read_bytes() == b"disunting"
    assert names(tmp_path) == ["a-2.docx", "a-3.docx", "a.docx"]


@pytest.mark.parametrize("lock", ["~$pendapat.docx", "~$ndapat.docx", ".~lock.pendapat.docx#"])
def test_a_letter_that_somebody_has_open_is_not_replaced(tmp_path: Path, lock: str) -> None:
    first = documents.place_document(tmp_path, "pendapat.docx", b"satu", {})
    (tmp_path / lock).touch()
    second = documents.place_document(tmp_path, "pendapat.docx", b"dua", {"pendapat.docx": first.sha256})
    assert second.path.name == "pendapat-2.docx"
    assert (tmp_path / "pendapat.docx").read_bytes() == b"satu"


@given(st.lists(st.tuples(st.sampled_from(["payung", "orang", "hapus"]), st.binary(max_size=2)), max_size=12))
def test_no_history_loses_what_a_person_wrote(history: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        known: dict[str, str] = {}
        wrote: dict[str, bytes] = {}
        for who, content in history:
            target = folder / "a.docx"
            if who == "payung":
                placed = documents.place_document(folder, "a.docx", content, known)
                assert placed.path.read_bytes() == content
                if placed.changed:
                    known[placed.path.name] = placed.sha256
            elif who == "orang":
                target.write_bytes(b"orang" + content)
                wrote["a.docx"] = b"orang" + content
            else:
                target.unlink(missing_ok=True)
                wrote.pop("a.docx", None)
            for written, kept in wrote.items():
                assert (folder / written).read_bytes() == kept
            assert not list(folder.glob("*.tmp"))


def test_the_writers_guide_lists_every_placeholder_and_every_style_that_must_stay() -> None:
    page = (letter_samples.OPINIONS.parent / "docs" / "petugas" / "templat.md").read_text("utf-8")
    decrees = ("dasar.", "surat.penandatangan.", "surat.tembusan", "layanan.j", "layanan.istirahat")
    site = (
        "situs.formulir_sendiri",
        "situs.bukan_identitas",
        "situs.keputusan_google",
        "situs.keluar_ke",
        "instansi.logo",
        "pesan",
        "pemeriksaan.komentar_bagian.",
    )  # nothing that a letter would say
    assert not [
        n for n in documents.placeholder_names() if f"`{n}`" not in page and not n.startswith((*decrees, *site))
    ]
    assert all(name in page for name in ("Daftar Bernomor", "Daftar Butir", "Kutipan Peraturan", "Subjudul"))
