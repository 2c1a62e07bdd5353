"""Many responses are filed in turns: between two the register is anybody's, and each response is filed once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from processor.cases import additions
from processor.cases.register_marks import RegisterMarks
from processor.intake.recognition import Decision
from processor.operations import response_filing
from processor.operations.office import Office, open_office
from processor.operations.pass_report import PassReport
from tests.office import response
from tests.story import NUMBER, Story


def numbered(serial: int) -> str:
    return f"{NUMBER[:-1]}{serial}"


def test_whoever_waits_files_between_two_turns_and_every_response_has_its_own_number(tmp_path: Path) -> None:
    story = Story(tmp_path)
    counter: Office = open_office(story.settings, lambda: story.now, quiet=0)  # as another process has it
    register, report = story.office.register, PassReport()
    sent = [response(person, minute=person) for person in range(1, 6)]
    told = replace(response(5, minute=30, source="loket", key="loket-1"), batch="")
    filed, settled = list[int](), list[Sequence[Decision]]()

    def pause() -> None:
        filed.append(len(register.numbers()))
        with counter.register.lock(0):
            if len(filed) == 1:
                response_filing.take_in(counter, PassReport(), [told])

    marks = RegisterMarks(register)
    response_filing.take_in_turns(story.office, report, sent, marks, settled.append, turn=2, pause=pause)
    assert filed == [2, 5]
    [outcomes] = settled
    assert [(one.kind, one.number) for one in outcomes] == [("baru", numbered(at)) for at in (1, 2, 4, 5, 6)]
    assert [place for place, _, _ in report.filed] == [one.place for one in sent]
    assert outcomes[-1].possible_duplicates == (numbered(3),), "the one that came between is known to those after it"
    assert register.numbers() == [numbered(at) for at in range(1, 7)]
    filings = [additions.findings(register.read(numbered(at)), story.office.form) for at in (3, 6)]
    assert [other in "".join(some) for some, other in zip(filings, (numbered(6), numbered(3)), strict=True)] == [
        True
    ] * 2
    with register.lock(0):
        again = response_filing.take_in(story.office, PassReport(), sent)
    assert {one.kind for one in again} == {"sama"}
