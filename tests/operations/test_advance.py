"""A pass works on every case that needs it, and writes nothing on ground that is not sound."""

from pathlib import Path

from processor.cases import journal
from processor.operations import daily_pass
from tests.office import response
from tests.story import NUMBER, Story


def test_a_case_with_a_mistake_gets_no_letter_until_it_is_mended(tmp_path: Path) -> None:
    story = Story(tmp_path)
    with story.office.register.lock(1):
        daily_pass.take_in(story.office, daily_pass.PassReport(), [response(1)])
    path = story.office.register.path(NUMBER) / journal.FILE_NAME
    sound = path.read_bytes()
    path.write_bytes(sound.replace(b'"pelaku":"payung"', b'"pelaku":"orang"'))
    problems = story.passes().problems
    assert any("Rantai riwayat putus" in problem.message for problem in problems)
    assert not (path.parent / "keluar").exists()
    path.write_bytes(sound)
    assert story.passes().problems == []
    assert story.outgoing() == ["tanda-terima.docx"]
