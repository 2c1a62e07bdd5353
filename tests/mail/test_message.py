"""How far a message came, after each kind of attempt."""

from typing import Any

import pytest

from processor.mail.message import MOST_TRIES, OutboxEntry, Outcome, attempt_ended, attempt_started, dump, load
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


WAITS = OutboxEntry(
    "BH-2026-0001.perlu_dilengkapi-2", NUMBER, "perlu_dilengkapi-2", "perlu_dilengkapi", "ditunda", 3,
    START + PAUSE, "451 “sibuk”", START, START, (("terlambat", NUMBER, "kajian", ""),),
)  # fmt: skip
KEPT = """{
 "nomor": "BH-2026-0001",
 "peristiwa": "perlu_dilengkapi-2",
 "jenis": "perlu_dilengkapi",
 "keadaan": "ditunda",
 "percobaan": 3,
 "berikutnya": "2026-03-02T01:05:07+00:00",
 "alasan": "451 “sibuk”",
 "diubah": "2026-03-02T01:00:07+00:00",
 "masuk": "2026-03-02T01:00:07+00:00",
 "butir": [
  [
   "terlambat",
   "BH-2026-0001",
   "kajian",
   ""
  ]
 ]
}
""".encode()
"""``keadaan.json`` as it lies in the outboxes of offices."""


def test_the_state_of_a_message_never_changes_its_form() -> None:
    assert dump(WAITS) == KEPT
    assert load(WAITS.name, KEPT) == WAITS
    fresh = OutboxEntry("n", NUMBER, "diterima", "diterima")
    assert load("n", dump(fresh)) == fresh


@pytest.mark.parametrize(
    ("old", "new"), [("ditunda", "lain"), ("+00:00", ""), ('"butir"', '"lain"'), ('"kajian",', ""), ("2026-03", "x")]
)
def test_a_state_that_is_none_is_refused(old: str, new: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        load("n", KEPT.replace(old.encode(), new.encode()))
