"""How far a message came, as the small file that remembers it."""

import pytest

from processor.mail.message import OutboxEntry, dump, load
from tests.mail.samples import NUMBER, PAUSE
from tests.office import START

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
