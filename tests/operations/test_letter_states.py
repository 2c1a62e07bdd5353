"""A letter that was saved anew is the same letter; one that was edited or would print otherwise waits for a person."""

import hashlib
import os
from collections.abc import Callable

import pytest

from processor.cases.records import Event
from processor.foundation import settings, yaml_editor
from processor.foundation.errors import BrokenFiles
from processor.letters.word import zip_package
from processor.operations import daily_pass, letter_prints, steps
from tests.letter_samples import repacked
from tests.operations.edited_letters import GIVEN, LETTER, PDF, TODAY, edit, outgoing, rewrite, text
from tests.operations.test_case_check import told
from tests.story import NUMBER, Story, delivered


@pytest.fixture
def numbered(approved: Story) -> Story:
    approved.writes(steps.record_letter_number(GIVEN, TODAY))
    return approved


def problems(approved: Story) -> list[str]:
    approved.later(minutes=5)
    (approved.office.register.path(NUMBER) / "permohonan.yaml").touch()
    return [one.message for one in daily_pass.run_pass(approved.office).problems]


def answers(approved: Story) -> list[str]:
    return [one.data["berkas"] for one in approved.office.register.read(NUMBER).events if one.kind == "jawaban"]


def letters(approved: Story) -> list[str]:
    return [name for name in approved.outgoing() if not name.startswith("tanda-terima")]


def waits(approved: Story, what: str = "disunting sesudah dibuat") -> bool:
    return any(what in one for one in problems(approved))


def test_a_letter_that_was_saved_anew_gets_its_number_like_any_other(approved: Story) -> None:
    before = text(outgoing(approved))
    edit(outgoing(approved))
    assert problems(approved) == []
    assert (letters(approved), text(outgoing(approved))) == ([LETTER], before)
    approved.writes(steps.record_letter_number(GIVEN, TODAY))
    assert letters(approved) == [LETTER], "nothing beside it"
    assert GIVEN in text(outgoing(approved))


def test_the_signed_pdf_of_a_letter_that_was_saved_anew_is_the_answer_under_the_handbook_s_name(
    numbered: Story,
) -> None:
    outgoing(numbered, "pendapat-hukum.pdf").write_bytes(PDF)
    edit(outgoing(numbered))  # Word asks on closing whether to save, after the PDF was made
    later = outgoing(numbered, "pendapat-hukum.pdf").stat().st_mtime + 60
    os.utime(outgoing(numbered), (later, later))
    numbered.writes(steps.deliver(TODAY))
    assert letters(numbered) == [LETTER, "pendapat-hukum.pdf"]
    assert answers(numbered) == ["pendapat-hukum.pdf"]
    assert daily_pass.run_pass(numbered.office).problems == []


def test_a_letter_whose_words_changed_goes_nowhere_and_nothing_is_written_beside_it(numbered: Story) -> None:
    edit(outgoing(numbered), rewrite)
    outgoing(numbered, "pendapat-hukum.pdf").write_bytes(PDF)
    said = "Surat ini disunting sesudah dibuat (1 paragraf berbeda), jadi belum ada yang disampaikan."
    assert told(numbered, said) == [True] * 4
    with pytest.raises(BrokenFiles, match="payung surat BH-2026-0001"):
        steps.apply(numbered.office, NUMBER, steps.deliver(TODAY))
    path = numbered.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), steps.deliver(TODAY))
    assert waits(numbered), "a day that was written by hand"
    assert (answers(numbered), letters(numbered)) == ([], [LETTER, "pendapat-hukum.pdf"])
    assert "Tolak secara lisan saja." in text(outgoing(numbered))


def test_a_draft_that_was_edited_waits_too_and_what_the_analyst_writes_does_not_pass_it_by(approved: Story) -> None:
    approved.studies(kesimpulan="Pemohon wajib menolak.")
    approved.passes()
    edit(outgoing(approved), rewrite)
    assert waits(approved)
    approved.studies(kesimpulan="Pemohon dapat menolak.")
    assert waits(approved)
    assert (letters(approved), "Tolak secara lisan saja." in text(outgoing(approved))) == ([LETTER], True)


def test_a_letter_that_says_what_the_case_says_by_now_is_no_edited_one(approved: Story) -> None:
    edit(outgoing(approved), rewrite)
    assert waits(approved)
    approved.studies(saran="Tolak secara lisan saja.")
    approved.writes(steps.review("disetujui", "kabag", TODAY))
    assert (letters(approved), waits(approved)) == ([LETTER], False)


def test_a_draft_that_was_saved_anew_is_written_over_by_the_next(approved: Story) -> None:
    approved.studies(kesimpulan="Pemohon wajib menolak.")
    approved.passes()
    edit(outgoing(approved))
    approved.studies(kesimpulan="Pemohon dapat menolak.")
    approved.writes(steps.review("disetujui", "kabag", TODAY))
    assert letters(approved) == [LETTER]
    assert "Pemohon dapat menolak." in text(outgoing(approved))


def as_older_version(story: Story, change: Callable[[str], str] = str) -> None:
    """The letter is as another version would have written it, and its journal tells only what that version told."""
    path, register = outgoing(story), story.office.register
    parts = zip_package.read(path.read_bytes())
    words = change(parts["word/document.xml"].decode())
    path.write_bytes(repacked(zip_package.write({**parts, "word/document.xml": words.encode()})))
    last = [one.data for one in register.read(NUMBER).events if one.kind == "surat" and one.data["berkas"] == LETTER][
        -1
    ]
    known = {key: last[key] for key in ("jenis", "berkas", "bernomor", "nomor") if key in last}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    register.record(NUMBER, Event("surat", story.now, "payung", {**known, "sha256": digest}))


def other_spacing(words: str) -> str:
    return words.replace("<w:p><w:pPr>", '<w:p w:rsidR="00AA"><w:pPr>')


def other_mark(words: str) -> str:
    assert "Pemohon boleh menolak." in words
    return words.replace("Pemohon boleh menolak.", "1) Pemohon boleh menolak.")


@pytest.fixture(params=["approved", "numbered"])
def final(request: pytest.FixtureRequest, approved: Story) -> Story:
    """An approved letter, without its number and with it."""
    if request.param == "numbered":
        approved.writes(steps.record_letter_number(GIVEN, TODAY))
    return approved


def test_a_final_letter_of_another_version_that_prints_the_same_stays_to_the_byte(final: Story) -> None:
    as_older_version(final, other_spacing)
    before = outgoing(final).read_bytes(), final.office.register.read(NUMBER).events
    assert problems(final) == []
    assert (outgoing(final).read_bytes(), final.office.register.read(NUMBER).events) == before
    assert letters(final) == [LETTER]


def test_a_final_letter_that_would_print_otherwise_now_is_listed_and_not_rendered_anew(final: Story) -> None:
    as_older_version(final, other_mark)
    before = outgoing(final).read_bytes()
    said = "akan tercetak lain bila dibuat lagi (1 paragraf berbeda)"
    assert told(final, said) == [True] * 4
    assert (outgoing(final).read_bytes(), letters(final)) == (before, [LETTER])


def test_a_numbered_letter_of_another_version_that_was_signed_goes_out_as_it_is(numbered: Story) -> None:
    as_older_version(numbered, other_mark)
    before = outgoing(numbered).read_bytes()
    outgoing(numbered, "pendapat-hukum.pdf").write_bytes(PDF)
    numbered.writes(steps.deliver(TODAY))
    assert answers(numbered) == ["pendapat-hukum.pdf"]
    assert outgoing(numbered).read_bytes() == before


def test_an_approved_letter_of_another_version_waits_also_once_it_has_its_number(approved: Story) -> None:
    as_older_version(approved, other_mark)
    steps.apply(approved.office, NUMBER, steps.record_letter_number(GIVEN, TODAY))
    assert waits(approved, "akan tercetak lain")
    assert GIVEN not in text(outgoing(approved))


def test_a_letter_of_another_version_whose_study_changed_is_made_again(approved: Story) -> None:
    as_older_version(approved, other_mark)
    approved.studies(kesimpulan="Pemohon wajib menolak.")
    assert not waits(approved, "akan tercetak lain")
    approved.writes(steps.review("disetujui", "kabag", TODAY))
    assert "Pemohon wajib menolak." in text(outgoing(approved))


def test_an_edited_letter_of_an_older_version_waits_and_one_that_was_saved_anew_does_not(final: Story) -> None:
    as_older_version(final, other_spacing)
    edit(outgoing(final))
    assert problems(final) == []
    edit(outgoing(final), rewrite)
    assert waits(final)


def test_an_idle_pass_reads_no_letter_also_where_one_was_saved_anew(numbered: Story) -> None:
    edit(outgoing(numbered))
    assert problems(numbered) == []
    letter_prints.read.cache_clear()
    assert daily_pass.run_pass(numbered.office).problems == []
    assert letter_prints.read.cache_info().misses == 0


def test_what_a_letter_prints_cannot_be_tried_out_without_the_key(approved: Story) -> None:
    [told_of] = [one.data for one in approved.office.register.read(NUMBER).events if one.data.get("cetak")][-1:]
    printed = letter_prints.read(outgoing(approved).read_bytes())
    assert printed is not None
    assert told_of["cetak"] == approved.office.register.fingerprint("cetak", printed.digest)
    assert told_of["cetak"] != printed.digest


def test_a_changed_signatory_makes_an_approved_letter_anew_as_ever(approved: Story) -> None:
    path = approved.settings.path
    path.write_text(path.read_text("utf-8").replace("Contoh Pejabat", "Contoh Pengganti"), "utf-8")
    approved.reopens(settings.load(path))
    assert problems(approved) == []
    assert "Contoh Pengganti" in text(outgoing(approved))


def test_a_delivered_letter_that_was_edited_is_brought_back_and_keeps_no_second_answer_waiting(
    numbered: Story,
) -> None:
    outgoing(numbered, "pendapat-hukum.pdf").write_bytes(PDF)
    numbered.writes(delivered(GIVEN, TODAY, TODAY))
    edit(outgoing(numbered), rewrite)
    path = numbered.office.register.path(NUMBER) / "permohonan.yaml"
    again = {("penyampaian", key): None for key in ("tanggal", "nomor_surat")}
    yaml_editor.write(path, path.read_text("utf-8"), again)
    numbered.studies(kesimpulan="Sebaliknya.")
    found = problems(numbered)
    assert "Isi surat pendapat-hukum.docx bukan yang dicatat di riwayat." in found, "it lay beside the answer"
    assert not any("disunting sesudah dibuat" in one for one in found)
    assert letters(numbered) == ["pendapat-hukum-2.docx", LETTER, "pendapat-hukum.pdf"]


def test_an_answer_that_is_delivered_is_asked_nothing_more(numbered: Story) -> None:
    numbered.writes(delivered(GIVEN, TODAY, TODAY))
    assert answers(numbered) == [LETTER]
    as_older_version(numbered)
    assert not waits(numbered, "akan tercetak lain")
