"""How far a message came, after each kind of attempt."""

from typing import Any

import pytest

from processor.mail.message import OutboxEntry
from processor.mail.retries import MOST_TRIES, Outcome, attempt_ended, attempt_started
from tests.mail.samples import NUMBER, PAUSE
from tests.office import START


def entry(state: str = "antre", tries: int = 0) -> OutboxEntry:
    return OutboxEntry("n", NUMBER, "diterima", "diterima", state, tries)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "state", "tries", "wait"), [
    ("terkirim", "dikirim", 1, False), ("sementara", "ditunda", 1, True), ("tetap", "gagal", 1, False),
    ("putus", "tidak_pasti", 1, False), ("gangguan", "ditunda", 0, True),
])  # fmt: skip
def test_the_state_after_an_attempt(kind: Any, state: str, tries: int, *, wait: bool) -> None:
    done = attempt_ended(attempt_started(entry(), START, PAUSE), Outcome(kind, "sebab"), START, PAUSE)
    assert (done.state, done.tries, done.reason) == (state, tries, "sebab")
    assert done.next == (START + PAUSE if wait else None)


def test_the_48th_refusal_is_the_last() -> None:
    now, one = START, entry()
    while one.state != "gagal":
        assert one.due(now)
        one = attempt_ended(attempt_started(one, now, PAUSE), Outcome("sementara", "sebab"), now, PAUSE)
        now += PAUSE
    assert (one.tries, now) == (MOST_TRIES, START + 48 * PAUSE)
    assert "48 kali dicoba" in one.reason
