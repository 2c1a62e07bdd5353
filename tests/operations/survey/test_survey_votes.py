"""The survey's votes from end to end, attacked: without an answered request, twice, with another's, and by linking."""

import hashlib
import json
import os
import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.cases import office_keys, survey_store
from processor.cases.survey_store import SurveyAnswers
from processor.foundation import blind_signatures
from processor.foundation.errors import PayungError
from processor.foundation.survey_form import KEYS
from processor.operations import applicant_status, daily_pass, office_check, steps
from processor.operations.survey import survey_ballots, survey_votes
from processor.operations.survey.survey_votes import ENDING
from processor.site import sealed_files
from processor.site.applicant_code import Keys
from processor.site.survey_packages import SentBallotRequest, SentVote
from tests import effort
from tests.office import ROOT, agency
from tests.opened_statuses import made, statuses
from tests.operations.test_applicant_status import ALI, BUDI, NOBODY, SECOND, TODAY, asked
from tests.packages import dropped, sealed
from tests.story import NUMBER, OFFICERS, Story, delivered
from tests.voter import Voter

FORGED = blind_signatures.new_key(1024)


@pytest.fixture(scope="module", autouse=True)
def _without_libreoffice() -> Iterator[None]:
    """Letters are not turned into PDF here, which takes longer than all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        yield


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office that has answered Ali, and not yet Budi; its statuses are published."""
    told = Story(tmp_path_factory.mktemp("kantor"), publishes=True)
    told.receives(asked(ALI, 1), asked(BUDI, 2))
    answers(told)
    made(told)
    return told


def answers(story: Story) -> None:
    """Every step to Ali's answer, as officers take them between two passes."""
    for change in (steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", [])):
        steps.apply(story.office, NUMBER, change)
    story.studies()
    for change in (steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY)):
        steps.apply(story.office, NUMBER, change)
    steps.apply(story.office, NUMBER, delivered("180/1", TODAY, TODAY))
    daily_pass.run_pass(story.office)


@pytest.fixture
def office(published: Story, tmp_path: Path) -> Story:
    return published.copied(tmp_path)


def key_of(story: Story) -> int:
    return int(survey_ballots.key_file(story.office), 16)


def voter(story: Story, who: Keys = ALI, number: str = NUMBER) -> Voter:
    return Voter(who.identity, number, key_of(story))


def sends(story: Story, said: Mapping[str, object]) -> None:
    """A package arrives, and a pass looks at it."""
    waits(story, said)
    report = daily_pass.run_pass(story.office)
    assert not [*story.settings.packages.glob("*.age")]
    assert report.failures == []


def waits(story: Story, said: Mapping[str, object], name: str = "a") -> Path:
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    return dropped(story.settings.packages, sealed(keys, {"v": 1, **said}), name)


def asks(story: Story, who: Keys = ALI, number: str = NUMBER, blinded: bytes = b"", key: str = "") -> None:
    blind = (blinded or voter(story).blinded).hex()
    sight = key or survey_ballots.fingerprint(story.office)
    sends(story, {"macam": "surat_suara", "untuk": who.proof, "nomor": number, "buta": blind, "sidik": sight})


def status_of(story: Story, who: Keys = ALI) -> dict[str, Any]:
    [found] = statuses(made(story), who)
    return found


def ballot(story: Story, who: Keys = ALI) -> tuple[bytes, bytes]:
    """The token of who was answered, and the signature of it that their browser makes of what their status holds."""
    one = voter(story, who)
    return one.token, one.unblinded(bytes.fromhex(given(story)))


def given(story: Story) -> str:
    """What the status of Ali's case holds of a ballot."""
    return survey_ballots.shown(story.office, NUMBER)["survei"]["tanda"]


def vote(token: bytes, signature: bytes, mark: int = 4, words: str = "") -> dict[str, object]:
    marks = dict.fromkeys(KEYS, str(mark))
    return {"macam": "survei", "token": token.hex(), "tanda": signature.hex(), "nilai": marks, "saran": words}


def counted(story: Story) -> SurveyAnswers:
    """What was counted once the day is over."""
    story.now += timedelta(days=1)
    daily_pass.run_pass(story.office)
    return survey_store.answers(story.office.register)


def everything(story: Story) -> Iterator[tuple[Path, bytes]]:
    """Whatever office, host and register hold together, opened with the office's key where that opens it."""
    for root in (story.settings.register, story.settings.inbox, story.settings.site):
        for path in (one for one in root.rglob("*") if one.is_file()):
            content = path.read_bytes()
            with suppress(PayungError):
                content = story.office.register.unseal(content)
            yield path, content


def test_who_was_answered_votes_once_and_the_vote_counts_after_its_day(office: Story) -> None:
    asks(office)
    token, signature = ballot(office)
    assert blind_signatures.is_signed(key_of(office), token, signature)
    sends(office, vote(token, signature, 3, "Lebih cepat."))
    assert survey_store.answers(office.office.register).votes == ()
    found = counted(office)
    assert found.votes == (survey_store.Vote(date(2026, 3, 2), "surat_suara", (3,) * 9),)
    assert found.words == ("Lebih cepat.",)


def test_nobody_without_an_answered_request_gets_a_ballot(office: Story) -> None:
    for who, number in ((BUDI, SECOND), (BUDI, NUMBER), (NOBODY, NUMBER), (ALI, SECOND), (ALI, "../kunci")):
        asks(office, who, number)
        assert survey_store.ballots_given(office.office.register) == 0, number


def test_nobody_votes_with_a_ballot_that_the_office_did_not_sign(office: Story) -> None:
    asks(office)
    token, signature = ballot(office)
    one = voter(office)
    blind = bytes.fromhex(given(office))
    forged = blind_signatures.sign(FORGED, bytes(127) + b"\x02")
    for what, by in ((token, blind), (bytes(32), signature), (token, forged), (one.token, one.blinded)):
        sends(office, vote(what, by))
    assert counted(office) == SurveyAnswers()


def test_a_ballot_counts_once_however_often_and_whenever_it_is_sent(office: Story) -> None:
    asks(office)
    spent = ballot(office)
    waits(office, vote(*spent, 4), "a")
    waits(office, vote(*spent, 1), "b")
    daily_pass.run_pass(office.office)
    assert len([*office.settings.packages.rglob(f"*{ENDING}")]) == 1
    assert len(counted(office).votes) == 1
    sends(office, vote(*spent, 2))
    assert len(counted(office).votes) == 1


def test_one_case_gives_one_ballot_and_another_token_for_it_is_not_signed(office: Story) -> None:
    asks(office)
    first = given(office)
    other = Voter(BUDI.identity, NUMBER, key_of(office))
    asks(office, blinded=other.blinded)
    assert (given(office), survey_store.ballots_given(office.office.register)) == (first, 1)
    assert ballot(office)


def test_what_is_blinded_with_another_key_is_not_signed_and_does_not_come_back(office: Story) -> None:
    for blinded in (b"\xff" * 384, voter(office).blinded[1:], bytes(384)):
        asks(office, blinded=blinded)
        assert survey_store.ballots_given(office.office.register) == 0
    asks(office, key="0" * 16)
    assert survey_store.ballots_given(office.office.register) == 0
    asks(office)
    assert given(office)


def test_a_bad_vote_with_anothers_token_uses_nothing_up(office: Story) -> None:
    asks(office)
    token, signature = ballot(office)
    sends(office, vote(token, signature[:-1] + bytes([signature[-1] ^ 1]), 1))
    sends(office, vote(token, signature, 4))
    assert [one.marks for one in counted(office).votes] == [(4,) * 9]


def test_nothing_that_office_host_and_register_hold_ties_a_vote_to_its_case(office: Story) -> None:
    asks(office)
    token, signature = ballot(office)
    sends(office, vote(token, signature, 3, "Lebih cepat."))
    counted(office)
    digest = survey_store.answers(office.office.register).spent
    secrets = [token.hex(), signature.hex(), *digest, "Lebih cepat."]
    holding = {path: [one for one in secrets if one.encode() in content] for path, content in everything(office)}
    places = {path.relative_to(office.settings.path.parent).parts[:2] for path, found in holding.items() if found}
    assert places == {("register", "survei"), ("masuk", "kiriman")}
    for path, content in everything(office):
        if holding[path]:
            assert NUMBER.encode() not in content
            assert NUMBER not in path.name
    blinded = survey_store.ballot(office.office.register, NUMBER)
    assert blinded is not None
    assert not {blinded.blinded, blinded.signature} & {*secrets}


def test_what_is_kept_of_a_vote_tells_no_hour_and_no_package(office: Story) -> None:
    asks(office)
    package = waits(office, vote(*ballot(office)))
    content = package.read_bytes()
    report = daily_pass.run_pass(office.office)
    assert report.filed == []
    assert report.problems == []
    [kept] = office.settings.packages.rglob(f"*{ENDING}")
    assert kept.read_bytes() != content
    assert kept.stem not in {package.stem, hashlib.sha256(content).hexdigest()}
    assert NUMBER.encode() not in office.office.register.unseal(kept.read_bytes())
    local = office.now.astimezone(office.settings.layanan.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    assert kept.stat().st_mtime == midnight.timestamp()


def test_what_somebody_puts_among_the_kept_votes_is_checked_again(office: Story) -> None:
    asks(office)
    register, (token, signature) = office.office.register, ballot(office)
    folder = office.settings.packages / "terdaftar" / "2026-03-02"
    folder.mkdir(parents=True, exist_ok=True)
    forged = json.dumps({"v": 1, **vote(token, signature[::-1])}).encode()
    for number, content in enumerate((forged, b"{}", b"[]")):
        (folder / f"{number}{ENDING}").write_bytes(register.seal(content))
    (folder / f"9{ENDING}").write_bytes(b"x")
    (folder.parent / "lain").mkdir()
    (folder.parent / "lain" / f"1{ENDING}").write_bytes(b"x")
    office.now += timedelta(days=1)
    report = daily_pass.run_pass(office.office)
    assert survey_store.answers(register) == SurveyAnswers()
    assert len([one for one in report.problems if "Satu jawaban survei rusak" in one.message]) == 3


def test_a_register_from_a_backup_gets_the_votes_again_that_it_lacks(office: Story) -> None:
    asks(office)
    sends(office, vote(*ballot(office)))
    found = counted(office)
    survey_store.write_answers(office.office.register, SurveyAnswers())
    office.office.register.save_state("survei", {})
    daily_pass.run_pass(office.office)
    assert survey_store.answers(office.office.register) == found


def test_votes_are_kept_until_the_damaged_answers_are_restored(office: Story) -> None:
    asks(office)
    sends(office, vote(*ballot(office)))
    survey_store.write_answers(office.office.register, SurveyAnswers())
    path = office.settings.register / "survei" / "jawaban.age"
    whole = path.read_bytes()
    path.write_bytes(b"x")
    office.now += timedelta(days=office.settings.sumber.simpan + 2)
    daily_pass.run_pass(office.office)
    path.write_bytes(whole)
    daily_pass.run_pass(office.office)
    assert len(survey_store.answers(office.office.register).votes) == 1
    assert not [*office.settings.packages.rglob(f"*{ENDING}")]


def test_more_votes_than_ballots_are_told(office: Story) -> None:
    spent = frozenset(f"{number:064x}" for number in range(2))
    survey_store.write_answers(office.office.register, SurveyAnswers(spent=spent))
    office.now += timedelta(days=1)
    report = daily_pass.run_pass(office.office)
    assert [one for one in report.problems if "2 jawaban dengan kartu survei, padahal hanya 0" in one.message]
    path = office.settings.register / "survei" / "jawaban.age"
    seen = path.stat()
    path.write_bytes(b"x" * seen.st_size)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))  # who opened it would say that it is damaged
    assert daily_pass.run_pass(office.office).problems == report.problems
    path.touch()
    assert "jawaban.age di register rusak" in "".join(map(str, daily_pass.run_pass(office.office).failures))


def test_a_mistake_in_the_form_is_told_with_its_line(office: Story, tmp_path: Path) -> None:
    root = tmp_path / "sumber"
    (root / "forms").mkdir(parents=True)
    shutil.copytree(ROOT / "forms", root / "forms", dirs_exist_ok=True)
    path = root / "forms" / "survei.yaml"
    path.write_text(path.read_text("utf-8").replace("3: Cepat, ", ""), "utf-8")
    office.reopens(agency(office.settings.path.parent, root, petugas=OFFICERS))
    [problem] = survey_votes.damage(office.office)
    assert problem.line
    assert "Pilihan U3 tidak lengkap" in problem.message


def test_an_archived_answer_keeps_its_ballot(office: Story) -> None:
    asks(office)
    steps.apply(office.office, NUMBER, steps.archive(TODAY))
    daily_pass.run_pass(office.office)
    assert status_of(office)["survei"] == {"tanda": given(office)}


def test_a_damaged_file_of_the_survey_stops_nothing_else_and_is_told(office: Story) -> None:
    asks(office)
    folder = office.settings.register / "survei"
    for path in folder.rglob("*.age"):
        path.write_bytes(b"x")
    office.now += timedelta(days=1)
    report = daily_pass.run_pass(office.office)
    said = "\n".join(map(str, [*report.problems, *report.failures]))
    assert "survei/kunci.age di register rusak" in said
    assert [
        one for one in office_check.check(office.office) if "jawaban.age" in one.message or "kunci.age" in one.message
    ]
    assert "survei" not in status_of(office)
    assert applicant_status._survey_key(office.office) == {}


def test_the_status_holds_the_ballot_and_the_site_one_key_for_all(office: Story) -> None:
    assert status_of(office)["survei"] == {"tanda": ""}
    asks(office)
    files = made(office)
    [found] = statuses(files, ALI)
    assert found["survei"] == {"tanda": given(office)}
    [other] = statuses(files, BUDI)
    assert "survei" not in other
    key = applicant_status._survey_key(office.office)[sealed_files.SURVEY_KEY].decode().strip()
    assert int(key, 16) == key_of(office)
    assert survey_ballots.fingerprint(office.office) == hashlib.sha256(key.encode()).hexdigest()[:16]


def test_no_history_of_asking_voting_copying_and_forging_gives_more_votes_than_ballots(office: Story) -> None:
    """Whatever voters and thieves do, every counted vote has a ballot of its own, and no ballot counts twice."""
    register = office.office.register
    survey_store.write_signing_key(register, FORGED)
    sight = survey_ballots.fingerprint(office.office)
    for seed in range(20 if effort.LONG else 2):
        chance = random.Random(seed)
        numbers = [f"BH-{2100 + seed}-{number:04d}" for number in range(1, 6)]
        people = [Voter(f"orang {seed} {number}", chance.choice(numbers), FORGED.modulus) for number in range(8)]
        made: list[SentVote] = []
        for _ in range(40):
            one = chance.choice(people)
            asked = SentBallotRequest(
                v=1, macam="surat_suara", untuk="0" * 64, nomor=one.number, buta=one.blinded.hex(), sidik=sight
            )
            survey_ballots.give(office.office, asked)
            held = bytes.fromhex(survey_ballots.shown(office.office, one.number)["survei"]["tanda"])
            wrong = chance.choice([held, bytes(128), chance.randbytes(128)])
            signature = chance.choice([one.unblinded(held), wrong])
            made.append(SentVote.model_validate({"v": 1, **vote(one.token, signature, chance.randint(1, 4))}))
            for sent in (made[-1], chance.choice(made)):
                if survey_votes.is_valid(office.office, sent):
                    survey_votes.keep(office.office, sent)
        before = len(survey_store.answers(register).votes)
        found = counted(office)
        given_now = [one for one in numbers if survey_store.ballot(register, one)]
        assert before < len(found.votes) <= before + len(given_now), seed
        assert len(found.spent) == len(found.votes)
