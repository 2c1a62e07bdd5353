"""A report and its letter are made from the office's own templates, and what those lack is told."""

import io
from pathlib import Path

import docx
import pytest

from processor.foundation.errors import BrokenFiles
from processor.letters import report_letter
from processor.letters.report_letter import ReportHead
from processor.letters.word.report_blocks import Heading, Text
from tests import letter_samples

HEAD = ReportHead("Laporan Uji", "Tahun 2026", "1 Desember 2026")


def texts(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_a_report_has_the_letterhead_its_blocks_the_signature_and_what_is_appended_in_this_order() -> None:
    said = texts(report_letter.render(HEAD, [Text("isinya")], [Heading("lampirannya", 0)], letter_samples.settings()))
    order = ["BIRO HUKUM", "Laporan Uji", "Tahun 2026", "isinya", "Padang, 1 Desember 2026", "lampirannya"]
    assert [one for one in said if one in order] == order
    assert not [one for one in said if "{{" in one or "—" in one]


def test_a_report_that_nobody_signs_has_no_signature() -> None:
    said = texts(report_letter.render(ReportHead("Angka", "Tahun 2026"), [], [], letter_samples.settings()))
    assert not [one for one in said if "Pejabat" in one or "NIP" in one]


def test_the_letter_goes_to_the_governor_through_the_secretary_and_invents_no_number() -> None:
    said = texts(report_letter.render_cover(HEAD, "Didaftarkan 12 permohonan.", letter_samples.settings()))
    assert {"Yth. Gubernur Sumatera Barat", "melalui Sekretaris Daerah", "Didaftarkan 12 permohonan."} <= {*said}
    assert "Nomor\t:\t180/………/[nomor dari sekretariat]" in said
    assert "Padang, ……… [tanggal dari sekretariat]" in said


def test_who_gets_a_report_directly_is_named_alone() -> None:
    found = letter_samples.settings()
    service = found.layanan.model_copy(update={"laporan_kepada": "kepala daerah"})
    said = texts(report_letter.render_cover(HEAD, "x", found.model_copy(update={"layanan": service})))
    assert "Yth. Kepala daerah" in said
    assert not [one for one in said if one.startswith("melalui")]


def _spoilt(folder: Path, name: str, old: str, new: str) -> Path:
    document = docx.Document(str(letter_samples.OPINIONS / name))
    next(one for one in document.paragraphs if one.text == old).runs[0].text = new
    document.save(str(folder / name))
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("laporan.docx", "{{ laporan.isi }}", "", "Tempat laporan.isi tidak ada"),
        ("laporan.docx", "{{ laporan.lampiran }}", "Lampiran: {{ laporan.lampiran }}", "Tempat laporan.lampiran"),
        ("laporan.docx", "{{ laporan.judul }}", "{{ laporan.judulnya }}", "laporan.judulnya"),
        ("pengantar-laporan.docx", "{{ laporan.ringkasan }}", "{{ uraian }}", "uraian"),
    ],
)
def test_a_template_that_cannot_serve_is_told(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    [problem] = report_letter.check_templates(_spoilt(tmp_path, name, old, new))
    assert said in problem.message


def test_a_template_without_a_style_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    document = docx.Document(str(letter_samples.OPINIONS / "laporan.docx"))
    document.styles["Tabel Laporan"].delete()
    document.save(str(tmp_path / "laporan.docx"))
    found = letter_samples.settings()
    own = found.model_copy(update={"folder": found.folder.model_copy(update={"sumber": tmp_path})})
    [problem] = report_letter.check_templates(tmp_path)
    assert problem.message == "Gaya Tabel Laporan tidak ada."
    (tmp_path / "opinions").mkdir()
    (tmp_path / "laporan.docx").rename(tmp_path / "opinions" / "laporan.docx")
    with pytest.raises(BrokenFiles, match="Tabel Laporan"):
        report_letter.render(HEAD, [], [], own)


def test_the_shipped_templates_have_no_mistake() -> None:
    assert report_letter.check_templates(letter_samples.OPINIONS) == ()
