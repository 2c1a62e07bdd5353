"""The file of a case at the desk: as text with its lines, and edited by the checks of ``payung sunting``."""

from html import unescape
from pathlib import Path

import pytest

from processor.desk import step_forms, yaml_page
from processor.desk.visit import Elsewhere, Posted, Visit
from processor.foundation import yaml_editor
from tests.office import response
from tests.story import Story

NUMBER = "BH-2026-0001"
HOSTILE = "</textarea><script>window.hacked = 1</script>"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, str]:
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.receives(response(1, uraian=HOSTILE))
    return told, case_file(told).read_text("utf-8")


@pytest.fixture
def story(begun: tuple[Story, str]) -> Story:
    case_file(begun[0]).write_text(begun[1], "utf-8")
    return begun[0]


def case_file(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "permohonan.yaml"


def text(story: Story) -> str:
    return case_file(story).read_text("utf-8")


def save(story: Story, typed: str, digest: str = "", me: str = "pengelola") -> Elsewhere | str:
    texts = {"isi": (typed.replace("\n", "\r\n"),), "digest": (digest or step_forms.digest(text(story)),)}
    return yaml_page.save_yaml(Visit(story.office, "/x/", me, {"number": NUMBER}, Posted(texts), "t", "akun"))


def test_the_file_is_shown_as_text(story: Story) -> None:
    page = yaml_page.yaml_page(Visit(story.office, "/x/", "pengelola", {"number": NUMBER}))
    assert HOSTILE not in page
    assert f"<li><code>nomor_registrasi: {NUMBER}</code></li>" in page


def test_what_was_typed_is_written_byte_for_byte_and_the_journal_says_who_did(story: Story) -> None:
    typed = f"# Catatan saya.\n{text(story)}".replace("pertanyaan: Apa hukumnya?", "pertanyaan: Apa aturannya?")
    assert typed.count("aturannya") == 1
    assert isinstance(save(story, typed), Elsewhere)
    assert text(story) == typed
    assert story.office.register.read(NUMBER).events[-1].actor == "pengelola"


def test_a_mistake_is_told_with_its_line_and_what_was_typed_stays(story: Story) -> None:
    before = text(story)
    answer = save(story, f"{before}salah: [\n")
    assert isinstance(answer, str)
    assert "baris " in answer.partition('role="alert"')[2][:200]
    assert "salah: [" in unescape(answer)
    assert text(story) == before
    assert isinstance(save(story, f"{before}# Baik.\n"), Elsewhere)


def test_a_file_that_changed_meanwhile_is_not_written_over(story: Story) -> None:
    before = text(story)
    case_file(story).write_text(f"{before}# Orang lain.\n", "utf-8")
    answer = save(story, f"{before}# Saya.\n", step_forms.digest(before))
    assert isinstance(answer, str)
    assert "# Orang lain." in answer
    assert "# Saya." in answer
    assert text(story) == f"{before}# Orang lain.\n"


def test_a_decision_is_not_taken_by_editing_the_file(story: Story) -> None:
    before = text(story)
    typed = yaml_editor.apply(before, {("pemeriksaan", "keputusan"): "disetujui", ("pemeriksaan", "oleh"): "kabag"})
    answer = save(story, typed, me="analis")
    assert isinstance(answer, str)
    assert "hanya diubah lewat langkahnya" in answer
    assert text(story) == before
    assert isinstance(save(story, f"{before}# Siapa?\n", me=""), str)
