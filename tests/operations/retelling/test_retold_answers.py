"""Answers appear in batches at the first publication of a month, and go as soon as they may not be shown."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cases.register import Register
from processor.cases.register_marks import RegisterMarks
from processor.foundation import clock_doubts, settings
from processor.operations import leak_exceptions, site_publication
from processor.operations.pass_report import PassReport
from processor.operations.retelling import retelling_acts, retold_answers
from processor.site.answer_pages import RetoldAnswer
from tests.office import ROOT, file, response, small_sources
from tests.operations.retelling.test_retelling_acts import TEXT, WRITER, answered, approve, by_hand, write
from tests.site import test_answer_pages
from tests.story import NUMBER, Story


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An office whose first request was answered on 2 March 2026, and retold and approved that day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        made = answered(tmp_path_factory.mktemp("terbit"))
        write(made)
        approve(made)
        yield made


@pytest.fixture
def story(once: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("PATH", "")
    return once.copied(tmp_path)


def built_from(story: Story, sources: Path) -> None:
    path = story.settings.path
    path.write_text(path.read_text("utf-8").replace(f"sumber: {ROOT}\n", f"sumber: {sources}\n"), "utf-8")
    story.reopens(settings.load(path))


def shown(story: Story) -> tuple[RetoldAnswer, ...]:
    found = retold_answers.look(story.office, RegisterMarks(story.office.register))
    found.remember()
    answers = tuple(found.read().values())
    assert bool(answers) == bool(found.digest)
    return answers


def test_it_appears_with_the_month_after_its_approval_at_an_address_that_stays(story: Story) -> None:
    for moment in ("2026-03-03 08:00", "2026-03-31 23:59"):
        story.at(moment)
        assert shown(story) == ()
    story.at("2026-04-01 00:01")
    (one,) = shown(story)
    assert (one.topic, one.answer) == ("pengadaan", "Boleh, dengan alasan tertulis.\n\n- Simpan salinannya.")
    assert not [digits for digits in ("0001", "2026") if digits in one.name.removeprefix("t-")[:4]]
    for path in story.office.register.state_folder.glob("*"):
        if path.suffix in {".json", ".sqlite"}:
            path.unlink()
    story.at("2026-07-05 08:00")
    assert shown(story) == (one,), "nothing is lost with what is derived"


def test_what_is_approved_in_a_month_waits_for_the_next_one_also_where_others_are_shown(story: Story) -> None:
    story.at("2026-04-01 08:00")
    assert len(shown(story)) == 1
    write(story, TEXT.replace("Boleh,", "Tentu boleh,"))
    assert shown(story) == (), "words that nobody approved"
    approve(story)
    assert shown(story) == ()
    story.at("2026-05-02 08:00")
    assert [one.answer[:5] for one in shown(story)] == ["Tentu"]


def test_it_goes_at_once_when_it_is_withdrawn_or_changed(story: Story) -> None:
    story.at("2026-04-01 08:00")
    (one,) = shown(story)
    by_hand(story, "jawaban", "Kata lain.")
    assert shown(story) == ()
    by_hand(story, "jawaban", one.answer)
    story.at("2026-05-02 08:00")
    assert shown(story) == (one,)
    retelling_acts.withdraw(story.office, NUMBER, WRITER)
    assert shown(story) == ()


def test_while_the_clock_is_in_doubt_no_batch_begins_and_none_ends(story: Story) -> None:
    story.at("2026-04-01 08:00")
    folder = story.settings.office_key.parent
    clock_doubts.save(folder, replace(clock_doubts.load(folder), noted="loncat"))
    assert shown(story) == ()
    clock_doubts.save(folder, replace(clock_doubts.load(folder), noted=""))
    assert len(shown(story)) == 1
    clock_doubts.save(folder, replace(clock_doubts.load(folder), noted="loncat"))
    story.at("2026-05-01 08:00")
    assert len(shown(story)) == 1


def test_an_older_copy_of_a_case_brings_nothing_back_that_was_withdrawn(story: Story) -> None:
    folder, copy = story.office.register.path(NUMBER), story.settings.path.parent / "salinan"
    shutil.copytree(folder, copy)
    retelling_acts.withdraw(story.office, NUMBER, WRITER)
    story.passes()
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    story.at("2026-04-01 08:00")
    assert shown(story) == ()


def test_words_that_change_between_the_look_and_the_publication_do_not_slip_in(story: Story) -> None:
    story.at("2026-04-01 08:00")
    found = retold_answers.look(story.office, RegisterMarks(story.office.register))
    by_hand(story, "jawaban", "Kata lain.")
    assert found.digest
    assert found.read() == {}


def test_between_two_batches_only_what_changed_is_read(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.at("2026-04-01 08:00")
    assert len(shown(story)) == 1
    read: list[str] = []
    whole = Register.read

    def counted(self: Register, number: str) -> object:
        read.append(number)
        return whole(self, number)

    monkeypatch.setattr(Register, "read", counted)
    assert retold_answers.look(story.office, RegisterMarks(story.office.register)).digest
    assert read == []


def test_an_office_whose_menu_has_no_page_for_answers_is_told(story: Story) -> None:
    built_from(story, small_sources(story.settings.path.parent / "sumber"))
    story.at("2026-04-01 08:00")
    report = PassReport()
    site_publication.publish_due(story.office, report)
    assert not report.published
    assert ["belum memuat tanya-jawab/index.md" in one.message for one in report.problems] == [True]


@pytest.mark.long
@pytest.mark.slow
def test_an_answer_in_which_somebody_is_found_is_held_back_alone_until_that_is_mended(story: Story) -> None:
    built_from(story, test_answer_pages.sources(story.settings.path.parent / "sumber"))
    file(story.office.register, response(9, minute=9, nama="Alasan Tertulis"))
    story.at("2026-04-01 08:00")
    first, again, mended = PassReport(), PassReport(), PassReport()
    site_publication.publish_due(story.office, first)
    assert (first.failures, first.published) == ([], True)
    assert not (story.settings.site / "tanya-jawab" / "pengadaan").exists()
    [held] = first.problems
    assert (held.place, "identitas di BH-2026-0004" in held.message) == (NUMBER, True)
    assert "tertulis" not in str(held).replace("yang tertulis sebagai", ""), "what was found is not told"
    site_publication.publish_due(story.office, again)
    assert (again.published, again.problems) == (False, [held]), "told each time, and built once"
    leak_exceptions.except_found(story.office, "BH-2026-0004", "kabag", "kata biasa")
    site_publication.look_again(story.office)
    site_publication.publish_due(story.office, mended)
    assert (mended.published, mended.problems, mended.failures) == (True, [], [])
    page = story.settings.site / "tanya-jawab" / "pengadaan" / "index.html"
    assert "alasan tertulis" in page.read_text("utf-8")
    assert NUMBER not in page.read_text("utf-8")
    after = PassReport()
    site_publication.publish_due(story.office, after)
    assert not after.published, "nothing is built that is as it was"
