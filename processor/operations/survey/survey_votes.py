"""Votes of the satisfaction survey: checked as they come, kept sealed without their hour, counted after their day.

What is kept is sealed anew under another name, so that neither the server's log nor the time of a file says which
package a vote came in. A token counts once, whoever sends it and however often.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from processor.cases import survey_store
from processor.cases.survey_store import SurveyAnswers, Vote
from processor.foundation import atomic_files, blind_signatures, survey_form
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.yaml_writer import visible_text
from processor.operations import office_clock
from processor.operations.office import Office
from processor.operations.pass_report import PassReport
from processor.site import kept_packages
from processor.site.survey_packages import SentVote

ENDING = ".suara"
"""How the name of a kept vote ends, among the packages that were taken."""
_STATE, _UNTIL, _MARK, _TOLD = "survei", "dihitung", "tanda", "masalah"
_WAIT = 10.0  # seconds for another process to finish


def is_valid(office: Office, sent: SentVote) -> bool:
    """Tell whether a vote has a ballot that this office signed. Raises PayungError when its key is damaged."""
    key = survey_store.signing_key(office.register)
    return key is not None and blind_signatures.is_signed(
        key.modulus, bytes.fromhex(sent.token), bytes.fromhex(sent.tanda)
    )


def keep(office: Office, sent: SentVote) -> None:
    """Keep a valid vote until its day is over, and as long as packages are kept. Raises OSError.

    Who sends one ballot a thousand times a day fills no disk: the first one of the day is kept.
    """
    today = office.now().date()
    folder = office.settings.packages / kept_packages.FOLDER / today.isoformat()
    path = folder / f"{office.register.fingerprint(_STATE, sent.token)}{ENDING}"
    if path.exists():
        return
    sealed = office.register.seal(sent.model_dump_json().encode())
    for one in (folder.parent, folder):
        atomic_files.make_folder(one)
    atomic_files.replace(path, sealed)
    midnight = datetime.combine(today, datetime.min.time(), office.settings.layanan.zone).timestamp()
    os.utime(path, (midnight, midnight))


def count(office: Office, report: PassReport) -> None:
    """Count the votes of the days that are over, once a day; say what is wrong with any.

    Nothing is counted while the clock is in doubt. A register that comes back from a backup gets again what it lacks,
    as long as votes are kept.

    Raises:
        Busy, PayungError, OSError: Nothing was counted: the answers are damaged, or cannot be written now.
    """
    register, today = office.register, office.now().date().isoformat()
    state = register.state(_STATE)
    if office_clock.doubt(office) or state.get("hari") == today:
        return
    if (state.get(_UNTIL), state.get(_MARK)) == (today, _mark(office)):  # nothing was mended since it was told
        report.problems += [Problem(*told) for told in state[_TOLD]]
        return
    problems = [*damage(office)]
    with register.lock(_WAIT):
        found = survey_store.answers(register)
        counted = _counted(office, found, problems)
        if counted != found:
            survey_store.write_answers(register, counted)
    told = [[one.place, one.line, one.message, one.mend] for one in problems]
    kept = {_MARK: _mark(office), _TOLD: told} if problems else {"hari": today}
    register.save_state(_STATE, {_UNTIL: today, **kept})
    report.problems += problems


def _mark(office: Office) -> str:
    """Digest names, sizes and times of all that votes are counted from: without opening any, to see what was mended."""
    own = sorted((office.register.folder / survey_store.FOLDER).glob("*"))
    paths = (office.settings.survey_form, *own, *kept_packages.kept(office.settings.packages, ENDING))
    seen = ((path, path.stat()) for path in paths if path.is_file())
    return hashlib.sha256(
        "\n".join(f"{path} {one.st_size} {one.st_mtime_ns}" for path, one in seen).encode()
    ).hexdigest()


def counted_today(office: Office) -> bool:
    """Tell whether every readable vote of the days before is counted, so that what is kept long enough may go."""
    state = office.register.state(_STATE)
    return state.get(_UNTIL, state.get("hari")) == office.now().date().isoformat()


def damage(office: Office) -> Iterator[Problem]:
    """Say what is wrong with the form, which files cannot be read, and that there are more votes than ballots."""
    register = office.register
    place = str(register.folder / survey_store.FOLDER)
    try:
        survey_form.load(office.settings.survey_form)
    except BrokenFiles as error:
        yield from error.problems
    found = list(survey_store.damage(register))
    yield from (Problem(place, None, said) for said in found)
    votes, ballots = 0 if found else len(survey_store.answers(register).spent), survey_store.ballots_given(register)
    if votes > ballots:
        yield Problem(place, None, _TOO_MANY.format(votes, ballots), _TOO_MANY_MEND)


_TOO_MANY = "Ada {} jawaban dengan kartu survei, padahal hanya {} kartu survei yang diberikan."
_TOO_MANY_MEND = (
    "Bila register pernah dipulihkan dari cadangan, itu sebabnya. Bila tidak, kunci survei dipakai orang lain: beri "
    "tahu kepala bagian."
)


def _counted(office: Office, found: SurveyAnswers, problems: list[Problem]) -> SurveyAnswers:
    """Add to what was counted the votes that were not."""
    votes, words, spent = [*found.votes], [*found.words], {*found.spent}
    for path, day in _waiting(office):
        try:
            sent = SentVote.model_validate_json(office.register.unseal(path.read_bytes()))
        except (PayungError, OSError, ValueError):
            problems.append(Problem(str(path), None, _DAMAGED, _DAMAGED_MEND))
            continue
        digest = hashlib.sha256(bytes.fromhex(sent.token)).hexdigest()
        if digest not in spent and is_valid(office, sent):  # whoever can write here need not have had a ballot
            spent.add(digest)
            votes.append(Vote(day, "surat_suara", sent.marks))
            words += [said] if (said := visible_text(sent.saran)) else []
    return replace(found, votes=tuple(votes), words=tuple(words), spent=frozenset(spent))


_DAMAGED = "Satu jawaban survei rusak, jadi tidak dihitung."
_DAMAGED_MEND = "Pulihkan berkas ini dari cadangan, atau hapus."


def _waiting(office: Office) -> Iterator[tuple[Path, date]]:
    """Give every kept vote of a day that is over, with its day."""
    for path in kept_packages.kept(office.settings.packages, ENDING):
        with suppress(ValueError):  # a folder that somebody else made there
            if (day := date.fromisoformat(path.parent.name)) < office.now().date():
                yield path, day
