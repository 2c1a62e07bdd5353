from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processor.cases import survey_store
from processor.cases.survey_store import Ballot, SurveyAnswers, Vote
from processor.foundation.blind_signatures import SigningKey
from processor.foundation.errors import PayungError
from tests import office

DAY = date(2026, 3, 2)
MANY = SurveyAnswers(
    tuple(Vote(DAY, "surat_suara", (one % 4 + 1,) * 9) for one in range(40)),
    tuple(f"saran {one}" for one in range(40)),
    frozenset(f"{one:064x}" for one in range(40)),
    {2025: tuple((5, 5, 5, 5, 5, 1 + one % 5) for one in range(5))},
)


def test_what_is_kept_comes_back_shuffled_and_lies_sealed(tmp_path: Path) -> None:
    register = office.register(tmp_path)
    assert survey_store.answers(register) == SurveyAnswers()
    survey_store.write_answers(register, MANY)
    found = survey_store.answers(register)
    assert sorted(found.votes, key=str) == sorted(MANY.votes, key=str)
    assert (sorted(found.words), found.spent, sorted(found.old[2025])) == (
        sorted(MANY.words), MANY.spent, sorted(MANY.old[2025]),
    )  # fmt: skip
    assert (found.votes, found.words) != (MANY.votes, MANY.words)
    [file] = (register.folder / survey_store.FOLDER).iterdir()
    assert file.read_bytes().startswith(b"age-encryption.org")
    survey_store.write_answers(register, found)
    assert survey_store.answers(register).votes != found.votes


def test_ballot_and_key_are_kept_sealed_and_opened_by_who_joins_later(tmp_path: Path) -> None:
    register = office.register(tmp_path)
    assert (survey_store.ballot(register, "BH-2026-0001"), survey_store.signing_key(register)) == (None, None)
    survey_store.write_ballot(register, "BH-2026-0001", Ballot("aa", "bb"))
    survey_store.write_signing_key(register, SigningKey(15, 3))
    survey_store.write_answers(register, MANY)
    before = (register.folder / survey_store.FOLDER / "kunci.age").read_bytes()
    other = office.keys(tmp_path / "lain")
    (tmp_path / "kunci" / "penerima.txt").write_text(f"{other.public}\n", "utf-8")
    joined = office.register(tmp_path)
    joined.reseal()
    assert (register.folder / survey_store.FOLDER / "kunci.age").read_bytes() != before
    for path in (register.folder / survey_store.FOLDER).rglob("*.age"):
        assert other.open(path.read_bytes())
    assert survey_store.ballot(joined, "BH-2026-0001") == Ballot("aa", "bb")
    assert survey_store.signing_key(joined) == SigningKey(15, 3)
    assert survey_store.ballots_given(joined) == 1


@pytest.mark.parametrize("marks", [(0,) + (4,) * 8, (5,) + (4,) * 8, (4,) * 8])
def test_what_no_survey_can_hold_is_told_as_damage(tmp_path: Path, marks: tuple[int, ...]) -> None:
    register = office.register(tmp_path)
    survey_store.write_answers(register, replace(MANY, votes=(Vote(DAY, "tanpa", marks),)))
    with pytest.raises(PayungError, match="jawaban"):
        survey_store.answers(register)
    assert len([*survey_store.damage(register)]) == 1
