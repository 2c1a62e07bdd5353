"""A study goes to Word and back: only what was changed there is written, and what only a person knows is asked."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles
from processor.operations import case_check, overview, steps, study_exchange
from processor.operations.act_journal import Person
from processor.operations.office import Office, open_office
from processor.operations.study_exchange import ReadBack
from tests.letters.study.word_files import paragraph, with_words, word_file
from tests.office import agency, file, register, response

NUMBER = "BH-2026-0001"
TODAY = date(2026, 3, 4)
STUDY = {
    ("kajian", "kasus_posisi"): "Pemohon diminta menandatangani.\n\n1. satu;\n2. dua:\n    a. anak.",
    ("kajian", "isu_hukum"): ["Apakah **boleh** menolak?", "1. April termasuk?"],
    ("kajian", "dasar_hukum"): ["uu-30-2014", "Peraturan *internal*"],
    ("kajian", "analisis"): "Boleh: **karena** tidak sesuai fakta.\nLanjutan kalimat.",
    ("kajian", "kesimpulan"): "Boleh menolak.",
    ("kajian", "saran"): "Tolak secara tertulis.",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with one case that has a study."""
    settings = agency(tmp_path)
    file(register(tmp_path), response(1))
    made = open_office(settings, lambda: datetime(2026, 3, 4, 2, 0, tzinfo=UTC), quiet=0)
    path = made.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8").replace("kajian:\n", "kajian:  # milik analis\n")
    path.write_text(yaml_editor.apply(text, STUDY), "utf-8")
    return made


def back(office: Office, content: bytes, **answers: str) -> ReadBack:
    return study_exchange.read_back(office, NUMBER, content, "kajian.docx", answers)


def test_a_study_that_nobody_changed_changes_nothing(office: Office) -> None:
    found = back(office, study_exchange.to_word(office, NUMBER))
    assert found == ReadBack((), {}, (), ())


def test_a_law_stands_under_its_title_and_comes_back_under_its_key(office: Office) -> None:
    content = study_exchange.to_word(office, NUMBER)
    with_words(content, "Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan", "")
    changed = with_words(content, "Peraturan *internal*", "UU Nomor 5 Tahun 2014; dan")
    listed = back(office, changed).changes["kajian", "dasar_hukum"]
    assert listed == ("uu-30-2014", "UU Nomor 5 Tahun 2014; dan")


def test_only_the_part_that_was_changed_is_written(office: Office) -> None:
    content = with_words(study_exchange.to_word(office, NUMBER), "Tolak secara tertulis.", "Tolak, lalu lapor.")
    found = back(office, content)
    assert found.changes == {("kajian", "saran"): "Tolak, lalu lapor."}
    path = office.register.path(NUMBER) / "permohonan.yaml"
    before = path.read_text("utf-8")
    steps.apply(office, NUMBER, found.changes, by=Person("analis"))
    assert path.read_text("utf-8") == before.replace("Tolak secara tertulis.", "Tolak, lalu lapor.")


def test_a_study_that_changes_after_its_approval_is_to_be_reviewed_again_and_one_that_is_over_stays(
    office: Office,
) -> None:
    content = with_words(study_exchange.to_word(office, NUMBER), "Tolak secara tertulis.", "Tolak, lalu lapor.")
    for changes in (
        steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"),
        steps.assign("analis", "kabag", []),
        steps.set_study_ready(done=True),
        steps.review("disetujui", "kabag", TODAY),
    ):
        steps.apply(office, NUMBER, changes)
    with study_exchange.kept(office, NUMBER, content, Person("analis")) as told:
        done = steps.apply(office, NUMBER, back(office, content).changes, by=Person("analis"), told=told)
    assert (done.before.status, done.after.status) == ("disetujui", "diperiksa")
    filed = office.register.read(NUMBER)
    told_of = case_check.mistakes(office, filed, overview.derive_for(office, filed))
    assert [one.message for one in told_of] == ["Kajian berubah sesudah disetujui."]
    steps.apply(office, NUMBER, steps.withdraw(TODAY, "Lewat telepon."))
    later = with_words(content, "Tolak, lalu lapor.", "Tolak saja.")
    changes = back(office, later, saran="pakai").changes
    with pytest.raises(BrokenFiles), study_exchange.kept(office, NUMBER, later, Person("analis")) as told:
        steps.apply(office, NUMBER, changes, told=told)
    assert len([*(filed.folder / "keluar").glob("kajian-*")]) == 1


def test_a_part_that_changed_in_both_places_is_asked_about(office: Office) -> None:
    content = with_words(study_exchange.to_word(office, NUMBER), "Tolak secara tertulis.", "Tolak, lalu lapor.")
    path = office.register.path(NUMBER) / "permohonan.yaml"
    path.write_text(path.read_text("utf-8").replace("Tolak secara tertulis.", "Tunggu dahulu."), "utf-8")
    (question,) = back(office, content).questions
    assert (question.key, question.choices) == ("saran", ("pakai",))
    assert back(office, content, saran="pakai").changes == {("kajian", "saran"): "Tolak, lalu lapor."}


def test_a_part_that_only_the_case_file_changed_stays_as_it_is_there(office: Office) -> None:
    content = with_words(study_exchange.to_word(office, NUMBER), "Boleh menolak.", "Boleh.")
    path = office.register.path(NUMBER) / "permohonan.yaml"
    path.write_text(path.read_text("utf-8").replace("Tolak secara tertulis.", "Tunggu dahulu."), "utf-8")
    assert back(office, content) == ReadBack((), {("kajian", "kesimpulan"): "Boleh."}, (), ())


def test_the_study_of_another_case_is_asked_about(office: Office) -> None:
    file(office.register, response(2, minute=9))
    content = study_exchange.to_word(office, "BH-2026-0002")
    question = back(office, content).questions[0]
    assert question.key == "permohonan"
    assert "BH-2026-0002, bukan BH-2026-0001" in question.words


def test_tracked_changes_are_asked_about_with_their_authors(office: Office) -> None:
    words = (
        'Tolak</w:t></w:r><w:ins w:author="Analis Contoh"><w:r><w:t xml:space="preserve"> segera</w:t></w:r></w:ins>'
    )
    words += '<w:r><w:t xml:space="preserve"> secara'
    content = with_words(study_exchange.to_word(office, NUMBER), "Tolak secara", words)
    (question,) = back(office, content).questions
    assert (question.key, question.choices) == ("perubahan", ("terima", "tolak"))
    assert "Analis Contoh 1" in question.words
    accepted = back(office, content, perubahan="terima")
    assert accepted.changes == {("kajian", "saran"): "Tolak segera secara tertulis."}
    assert back(office, content, perubahan="tolak").changes == {}


def test_remarks_are_shown_with_their_authors_before_they_are_left_behind(office: Office) -> None:
    document = docx.Document(io.BytesIO(study_exchange.to_word(office, NUMBER)))
    run = next(one for one in document.paragraphs if one.text == "Boleh menolak.").runs[0]
    document.add_comment(run, "Sebut pasalnya.", author="Kabag\u009bContoh")
    made = io.BytesIO()
    document.save(made)
    (question,) = back(office, made.getvalue()).questions
    assert (question.key, question.choices) == ("komentar", ("tinggalkan",))
    assert "Contoh: Sebut pasalnya." in question.words
    left = back(office, made.getvalue(), komentar="tinggalkan")
    assert (left.questions, left.changes, left.not_carried) == ((), {}, ("komentar (1)",))


def test_a_layout_of_ones_own_is_read_and_asked_about(office: Office) -> None:
    heads = {"Duduk Perkara": "Fakta lain.", "Penutup": "Demikian."}
    body = paragraph("NOTA DINAS") + "".join(
        paragraph(title, '<w:pStyle w:val="Heading1"/>') + paragraph(words) for title, words in heads.items()
    )
    found = back(office, word_file(body))
    assert [(one.key, one.choices[-2:]) for one in found.questions] == [
        ("awal", ("rujukan", "lewati")), ("penutup", ("sambung", "lewati"))
    ]  # fmt: skip
    settled = back(office, word_file(body), awal="lewati", penutup="kesimpulan")
    assert settled.changes == {
        ("kajian", "kasus_posisi"): "Fakta lain.",
        ("kajian", "kesimpulan"): "## Penutup\n\nDemikian.",
    }
    assert settled.not_carried == ("tulisan di bawah “awal”",)
    assert settled.absent == ("ISU HUKUM", "DASAR HUKUM", "ANALISIS", "SARAN")


def test_a_file_with_more_than_a_study_is_kept_beside_its_case(office: Office) -> None:
    content = b"berkas"
    with study_exchange.kept(office, NUMBER, content, Person("analis", "akun")) as told:
        pass
    path = office.register.path(NUMBER) / "keluar" / told.data["berkas"]
    assert path.read_bytes() == content
    assert (told.kind, told.actor, told.data["akun"]) == ("kajian_word", "analis", "akun")
