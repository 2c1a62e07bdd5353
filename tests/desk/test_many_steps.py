"""One step in several cases at once: each succeeds, or is told, by itself."""

import re
from html import unescape

import pytest

from processor.desk import many_steps
from processor.desk.visit import NoSuchPage, Posted, Sent, Visit
from processor.operations import steps
from tests.office import response
from tests.story import Story

FORWARDED, SECOND, FRESH = (f"BH-2026-{serial:04d}" for serial in (1, 2, 3))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.receives(*(response(serial) for serial in (1, 2, 3)))
    for number in (FORWARDED, SECOND):
        steps.apply(told.office, number, steps.verify("diteruskan", "pengelola", told.now.date()))
    told.passes()
    return told


def visit(story: Story, me: str = "kabag", step: str = "tugaskan", **texts: tuple[str, ...]) -> Visit:
    return Visit(story.office, "/x/", me, {"step": step}, Posted(texts), "t", "akun")


def page(answer: Sent | str) -> str:
    text = answer.content.decode() if isinstance(answer, Sent) else answer
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def analyst(story: Story, number: str) -> str:
    case = story.office.register.read(number).case
    assert case
    return case.penugasan.analis


def test_only_what_the_step_is_for_is_listed_and_only_to_who_may_take_it(story: Story) -> None:
    shown = many_steps.many_page(visit(story))
    assert [number for number in (FORWARDED, SECOND, FRESH) if number in shown] == [FORWARDED, SECOND]
    assert "bukan bagian peran Anda" in many_steps.many_page(visit(story, "analis"))
    with pytest.raises(NoSuchPage):
        many_steps.many_page(visit(story, step="setujui"))


def test_cases_that_were_chosen_in_the_list_stand_first_and_are_ticked(story: Story) -> None:
    shown = many_steps.take_in_many(visit(story, tahap=("pilih",), nomor=(SECOND,)))
    assert isinstance(shown, Sent)
    boxes = re.findall(r'name="nomor" value="([^"]*)"( checked)?', shown.content.decode())
    assert boxes == [(SECOND, " checked"), (FORWARDED, "")]


def test_each_case_is_shown_then_done_by_itself_and_what_is_not_listed_is_left(story: Story) -> None:
    both = (FORWARDED, SECOND, FRESH)
    told = page(many_steps.take_in_many(visit(story, nomor=both, analis=("analis",), pemeriksa=("kabag",))))
    assert f"{FORWARDED} : diteruskan akan menjadi disusun" in told
    assert analyst(story, FORWARDED) == ""
    path = story.office.register.path(SECOND) / "permohonan.yaml"
    text = path.read_text("utf-8")
    path.write_text("nomor_registrasi: [\n", "utf-8")
    told = page(
        many_steps.take_in_many(visit(story, nomor=both, tahap=("pasti",), analis=("analis",), pemeriksa=("kabag",)))
    )
    path.write_text(text, "utf-8")
    assert f"{FORWARDED} : diteruskan menjadi disusun" in told
    assert (analyst(story, FORWARDED), analyst(story, SECOND), analyst(story, FRESH)) == ("analis", "", "")


def test_nothing_chosen_and_nobody_named_is_told(story: Story) -> None:
    assert "Centang dahulu" in page(many_steps.take_in_many(visit(story)))
    assert "Pilih salah satu." in page(many_steps.take_in_many(visit(story, nomor=(SECOND,))))
