"""What a person decides about an edited letter: take its words in, keep the file as final, put it aside."""

import re
from pathlib import Path

import docx
import pytest
from docx.document import Document

from processor.desk import letters_page
from processor.desk.visit import Elsewhere, Posted, Sent, Visit
from processor.foundation import settings as settings_file
from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.operations import (
    advance,
    confirming,
    daily_pass,
    desk_accounts,
    letter_decisions,
    letter_list,
    office_check,
    steps,
)
from processor.operations.act_journal import Person
from tests.commands import payung
from tests.office import response
from tests.operations.edited_letters import GIVEN, LETTER, PDF, TODAY, edit, outgoing, rewrite, text
from tests.story import NUMBER, Story

ANALYST, HEAD, INTAKE = (Person(name, "akun") for name in ("analis", "kabag", "pengelola"))
WORDS = "Tolak secara lisan saja."


@pytest.fixture
def edited(approved: Story) -> Story:
    """An office with a numbered letter of which a sentence was changed in Word, and which was signed then."""
    approved.writes(steps.record_letter_number(GIVEN, TODAY))
    edit(outgoing(approved), rewrite)
    outgoing(approved, "pendapat-hukum.pdf").write_bytes(PDF)
    return approved


def case_file(story: Story) -> str:
    return (story.office.register.path(NUMBER) / "permohonan.yaml").read_text("utf-8")


def journal(story: Story, kind: str) -> list[tuple[str, dict[str, object]]]:
    found = story.office.register.read(NUMBER).events
    return [(one.actor, dict(one.data)) for one in found if one.kind == kind]


def state(story: Story) -> str:
    [one] = [one for one in letter_list.letters(story.office, NUMBER) if one.name == LETTER]
    return one.state


def test_a_number_that_is_recorded_while_an_edit_waits_promises_no_letter_before_it_is_decided(approved: Story) -> None:
    edit(outgoing(approved), rewrite)
    said = payung("sampaikan", NUMBER, "--nomor-surat", GIVEN, folder=approved.settings.path.parent)
    assert f"Lihat bedanya dan pilihannya: payung surat {NUMBER}" in said
    assert "putaran berikutnya" not in said


def test_what_is_no_markdown_in_a_study_that_was_made_ready_by_hand_is_told_once_and_until_its_review(
    approved: Story,
) -> None:
    approved.studies(analisis="Kata.\n\na.satu\nb.dua")
    told = [daily_pass.run_pass(approved.office).problems for _ in range(2)]
    assert [sum("seperti butir" in one.message for one in found) for found in told] == [2, 0]
    assert approved.status() == "diperiksa"
    assert sum("seperti butir" in one.message for one in office_check.check(approved.office)) == 2
    assert "seperti butir" in payung("lihat", NUMBER, folder=approved.settings.path.parent)


def test_words_that_are_taken_in_stand_in_the_case_and_wait_for_their_review(edited: Story) -> None:
    before = case_file(edited)
    done = letter_decisions.take_in(edited.office, NUMBER, ANALYST)
    assert (done.places, done.lost) == (("kajian.saran",), ())
    assert [line for line in case_file(edited).splitlines() if line not in before.splitlines()] == [f"  saran: {WORDS}"]
    assert edited.status() == "diperiksa", "what was approved is another text"
    assert journal(edited, "disunting")[-1][0] == "analis"
    [(who, told)] = journal(edited, "surat_disisihkan")
    assert (who, told["berkas"], told["menjadi"], told["diambil"]) == (
        "analis", LETTER, "disisihkan/pendapat-hukum-1.docx", True,
    )  # fmt: skip
    edited.passes()
    assert "KONSEP" in text(outgoing(edited)), "made from the case again"
    assert WORDS in text(outgoing(edited))
    edited.writes(steps.review("disetujui", "kabag", TODAY))
    assert (state(edited), GIVEN in text(outgoing(edited))) == ("seperti_dibuat", True)


def test_the_letter_and_the_pdf_whose_words_were_taken_lie_aside_and_nothing_is_lost(edited: Story) -> None:
    letter, signed = outgoing(edited).read_bytes(), outgoing(edited, "pendapat-hukum.pdf").read_bytes()
    done = letter_decisions.take_in(edited.office, NUMBER, ANALYST)
    assert done.aside is not None
    assert (done.aside.read_bytes(), done.aside.with_suffix(".pdf").read_bytes()) == (letter, signed)
    assert [path.name for path in outgoing(edited, "").glob("pendapat*")] == []


def test_what_belongs_to_the_template_is_told_plainly_and_the_rest_is_taken(edited: Story) -> None:
    def more(opened: Document) -> None:
        found = next(one for one in opened.paragraphs if one.text.startswith("Sehubungan"))
        found.runs[0].text = "Menunjuk permohonan Saudara, kami sampaikan yang berikut."

    edit(outgoing(edited), more)
    done = letter_decisions.take_in(edited.office, NUMBER, ANALYST, simulate=True)
    assert done.places == ("kajian.saran",)
    assert len(done.lost) == 2, "one went, one came"
    assert "Menunjuk permohonan Saudara" in done.lost[1]
    assert (done.aside, edited.status()) == (None, "disetujui"), "nothing was written"
    assert WORDS not in case_file(edited)


def test_a_letter_of_which_nothing_can_be_taken_is_left_as_it_is(approved: Story) -> None:
    edit(outgoing(approved), lambda one: one.paragraphs[0].runs[0].add_text("!"))
    with pytest.raises(BrokenFiles, match=r"tidak ada tempatnya di permohonan\.yaml"):
        letter_decisions.take_in(approved.office, NUMBER, ANALYST)
    assert journal(approved, "surat_disisihkan") == []


def test_a_file_that_is_kept_is_the_answer_with_the_digest_that_its_reviewer_approved(edited: Story) -> None:
    letter_decisions.keep(edited.office, NUMBER, HEAD)
    [(who, told)] = [one for one in journal(edited, "surat") if one[1].get("dipakai")]
    assert (who, told["nomor"], told["akun"], told["bernomor"]) == ("kabag", GIVEN, "akun", True)
    edited.writes(steps.deliver(TODAY))
    assert [told["berkas"] for _, told in journal(edited, "jawaban")] == ["pendapat-hukum.pdf"]
    assert WORDS in text(outgoing(edited))
    assert daily_pass.run_pass(edited.office).problems == []
    assert state(edited) == "disampaikan"


def test_a_file_that_is_kept_may_be_saved_anew_and_no_more(edited: Story) -> None:
    letter_decisions.keep(edited.office, NUMBER, HEAD)
    edit(outgoing(edited))
    edited.passes()
    assert state(edited) == "dipakai"
    edit(outgoing(edited), lambda one: one.paragraphs[-1].add_run(" Lagi."))
    assert state(edited) == "disunting"


def test_what_was_kept_no_longer_holds_once_the_study_changed_and_is_not_passed_by(edited: Story) -> None:
    letter_decisions.keep(edited.office, NUMBER, HEAD)
    edited.passes()
    edited.studies(kesimpulan="Pemohon wajib menolak.")
    edited.passes()
    assert (edited.status(), state(edited)) == ("diperiksa", "tidak_berlaku")
    steps.apply(edited.office, NUMBER, steps.review("disetujui", "kabag", TODAY))
    with pytest.raises(BrokenFiles, match="untuk isi atau nomor yang lain"):
        steps.apply(edited.office, NUMBER, steps.deliver(TODAY))
    letter_decisions.keep(edited.office, NUMBER, HEAD)
    assert state(edited) == "dipakai", "reviewed again"


def test_a_letter_that_is_put_aside_is_made_anew_from_the_case(edited: Story) -> None:
    aside = letter_decisions.put_aside(edited.office, NUMBER, INTAKE)
    edited.passes()
    assert daily_pass.run_pass(edited.office).problems == []
    assert WORDS not in text(outgoing(edited))
    assert GIVEN in text(outgoing(edited))
    assert (state(edited), WORDS in text(aside)) == ("seperti_dibuat", True)
    edit(outgoing(edited), rewrite)
    again = letter_decisions.put_aside(edited.office, NUMBER, INTAKE)
    assert (aside.name, again.name) == ("pendapat-hukum-1.docx", "pendapat-hukum-2.docx")


def test_after_a_crash_before_the_letter_was_taken_away_it_is_written_over_and_its_copy_is_there(
    edited: Story,
) -> None:
    letter = outgoing(edited).read_bytes()
    aside = letter_decisions.put_aside(edited.office, NUMBER, INTAKE)
    outgoing(edited).write_bytes(letter)  # as it still lies there when the power fails
    edited.passes()
    assert [path.name for path in sorted(outgoing(edited, "").glob("pendapat*"))] == [LETTER]
    assert WORDS not in text(outgoing(edited))
    assert aside.read_bytes() == letter


REFUSED = [
    (letter_decisions.take_in, HEAD, "tidak berperan analis hukum"),
    (letter_decisions.take_in, INTAKE, "tidak berperan analis hukum"),
    (letter_decisions.keep, ANALYST, "tidak berperan kepala bagian"),
    (letter_decisions.keep, INTAKE, "tidak berperan kepala bagian"),
    (letter_decisions.put_aside, Person("orang luar"), "bukan petugas yang terdaftar"),
]


@pytest.mark.parametrize(("act", "who", "said"), REFUSED)
def test_who_may_not_decide_changes_nothing(edited: Story, act: object, who: Person, said: str) -> None:
    before = edited.kept()
    assert callable(act)
    with pytest.raises(BrokenFiles, match=said):
        act(edited.office, NUMBER, who)
    assert edited.kept() == before


def at_the_desk(story: Story, me: str, **texts: str) -> Elsewhere | Sent | str:
    """What the desk answers to whoever signed in as ``me`` and decides on the page of the letters."""
    shown = re.search(r'name="sidik" value="(\w+)"', letters_page.letters_page(visit(story, me)))
    assert shown
    return letters_page.decide_letter(visit(story, me, **{"sidik": shown[1], **texts}))


def visit(story: Story, me: str, **texts: str) -> Visit:
    posted = Posted({key: (text,) for key, text in texts.items()})
    return Visit(story.office, "/x/", me, {"number": NUMBER}, posted, "t", signed_in=True)


def test_once_there_are_accounts_a_file_is_final_by_a_reviewer_who_signed_in_and_by_nobody_who_only_names_them(
    edited: Story,
) -> None:
    edited.later(seconds=1)
    since = edited.now.isoformat()
    desk_accounts.of(edited.settings).change("analis", lambda _: desk_accounts.Account("ada", since=since))
    edited.reopens()
    with pytest.raises(BrokenFiles, match="Belum pasti bahwa kabag sendiri yang memutuskan"):
        letter_decisions.keep(edited.office, NUMBER, HEAD)
    before = edited.kept()
    page = at_the_desk(edited, "analis", putusan="lihat")
    assert isinstance(page, Sent)
    assert WORDS in page.content.decode()
    assert "tidak berperan kepala bagian" in str(at_the_desk(edited, "analis", putusan="pakai"))
    assert "keadaannya" in str(at_the_desk(edited, "kabag", putusan="pakai", sidik="0" * 64))
    assert edited.kept() == before
    assert at_the_desk(edited, "kabag", putusan="pakai") == Elsewhere(f"/x/{NUMBER}#baru-saja")
    assert (state(edited), journal(edited, "surat")[-1][1]["waktu_dari"]) == ("dipakai", "meja")
    assert confirming.waiting(edited.office, edited.office.register.read(NUMBER)) == []


@pytest.mark.long
def test_who_takes_words_of_a_rejection_in_at_the_desk_stands_by_them_with_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    story = Story(tmp_path)
    story.receives(response(1))
    story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Sedang disidangkan."))
    edit(outgoing(story, "pemberitahuan-penolakan.docx"), _with_other_reason)
    story.later(seconds=1)
    desk_accounts.of(story.settings).change("analis", lambda _: desk_accounts.Account("x", since=story.now.isoformat()))
    story.later(seconds=1)
    story.reopens()
    assert isinstance(at_the_desk(story, "pengelola", putusan="ambil"), Elsewhere)
    assert "Sudah diputus hakim." in case_file(story)
    assert confirming.waiting(story.office, story.office.register.read(NUMBER)) == []


def _with_other_reason(opened: Document) -> None:
    found = next(one for one in opened.paragraphs if "Sedang disidangkan." in one.text)
    found.runs[0].text = "Sudah diputus hakim."
    for run in found.runs[1:]:
        run.text = ""


def test_who_drafts_and_reviews_at_once_neither_takes_nor_keeps(edited: Story) -> None:
    path = edited.settings.path
    both = path.read_text("utf-8").replace("[analis_hukum]", "[analis_hukum, kepala_bagian]")
    both = both.replace("[kepala_bagian]", "[analis_hukum, kepala_bagian]")
    path.write_text(both.replace("- analis_hukum", "- analis_hukum\n    - kepala_bagian"), "utf-8")
    edited.reopens(settings_file.load(path))
    with pytest.raises(BrokenFiles, match="ikut menyusun"):
        letter_decisions.keep(edited.office, NUMBER, ANALYST)


def without_number(opened: Document) -> None:
    found = next(one for one in opened.paragraphs if GIVEN in one.text)
    for run in found.runs:
        run.text = run.text.replace(GIVEN, "180/9")


def comment(opened: Document) -> None:
    opened.add_comment(opened.paragraphs[0].runs, text="Benarkah?", author="Penyunting")


@pytest.mark.parametrize(("change", "said"), [(without_number, f"{GIVEN} tidak ada"), (comment, "memuat komentar")])
def test_a_file_that_cannot_go_out_as_it_is_is_not_kept(edited: Story, change: object, said: str) -> None:
    assert callable(change)
    edit(outgoing(edited), change)
    with pytest.raises(BrokenFiles, match=said):
        letter_decisions.keep(edited.office, NUMBER, HEAD)


def test_a_draft_is_never_kept_as_final(approved: Story) -> None:
    approved.studies(kesimpulan="Pemohon wajib menolak.")
    approved.passes()
    edit(outgoing(approved), rewrite)
    with pytest.raises(BrokenFiles, match="isi suratnya belum disetujui") as refused:
        letter_decisions.keep(approved.office, NUMBER, HEAD)
    assert "masih bertanda KONSEP" in str(refused.value)


def test_about_a_letter_that_is_open_in_word_nothing_is_decided(edited: Story) -> None:
    lock = outgoing(edited, "~$ndapat-hukum.docx")
    lock.touch()
    with pytest.raises(Busy, match="Tutup dahulu"):
        letter_decisions.put_aside(edited.office, NUMBER, INTAKE)


def test_about_a_letter_that_nobody_edited_there_is_nothing_to_decide(approved: Story) -> None:
    for act in (letter_decisions.take_in, letter_decisions.keep, letter_decisions.put_aside):
        with pytest.raises(PayungError, match="Tidak ada surat"):
            act(approved.office, NUMBER, HEAD)


def test_the_list_shows_what_is_different_without_the_applicant(edited: Story) -> None:
    def rename(opened: Document) -> None:
        found = next(one for one in opened.paragraphs if one.text.startswith("Yth."))
        found.runs[0].text = f"{found.runs[0].text}, dan rekan"

    edit(outgoing(edited), rename)
    one = next(one for one in letter_list.letters(edited.office, NUMBER) if one.name == LETTER)
    assert one.changes == ("Yth. [nama]{+, dan rekan+}", "Tolak secara [-tertulis-]{+lisan saja+}.")
    assert (one.number, one.pdf, len(one.choices)) == (GIVEN, "pendapat-hukum.pdf", 3)
    assert docx.Document(str(outgoing(edited))).paragraphs, "the file is only read"
    assert advance.advance(edited.office, [NUMBER])[1] != []
