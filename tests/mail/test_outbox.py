"""Messages that wait: files that survive a crash, changed by one at a time."""

import json
import os
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.foundation.errors import Busy, PayungError
from processor.mail import delivery
from processor.mail.composer import compose
from processor.mail.delivery import send_due
from processor.mail.message import STATES, State
from processor.mail.outbox import Outbox, cancel, hold, release, send_again
from tests.killing import done_until_killed
from tests.mail.samples import (
    NUMBER,
    OFFICE,
    TO,
    message,
    notice,
    server_at,
)
from tests.office import START, keys
from tests.smtp_server import Server


def test_a_person_holds_releases_and_sends_again(box: Outbox, server: Server) -> None:
    name = message().name
    box.queue(message(), START)
    assert hold(box, name, START).state == "ditahan"
    send_due(box, server_at(server.port), START)
    assert not server.offered
    with pytest.raises(PayungError, match="tidak dapat ditahan: keadaannya ditahan"):
        hold(box, name, START)
    assert release(box, name, START).state == "antre"
    send_due(box, server_at(server.port), START)
    for change in (send_again, hold, release):
        with pytest.raises(PayungError, match="keadaannya dikirim"):
            change(box, name, START)
    for change in (send_again, hold, release, cancel):
        with pytest.raises(PayungError, match="Tidak ada email bernama"):
            change(box, "../2026", START)


def test_a_message_that_is_queued_as_held_waits_for_a_person(box: Outbox, server: Server) -> None:
    box.queue(message(), START, held="Alamat email pemohon baru saja berubah.")
    send_due(box, server_at(server.port), START)
    assert not server.offered
    (one,) = box.entries()
    assert (one.state, one.reason) == ("ditahan", "Alamat email pemohon baru saja berubah.")
    release(box, one.name, START)
    send_due(box, server_at(server.port), START)
    assert box.entries()[0].state == "dikirim"


@pytest.mark.parametrize("state", STATES)
def test_only_what_was_not_sent_can_be_called_off_and_only_what_is_over_removed(box: Outbox, state: State) -> None:
    box.queue(message(1), START)
    box.queue(message(2), START)
    for one in box.entries():
        box.save(replace(one, state=state))
    first, second = (one.name for one in box.entries())
    over = state in {"dikirim", "dibatalkan", "usang"}
    with pytest.raises(PayungError, match="tidak dapat dibatalkan") if over else nullcontext():
        assert cancel(box, first, START).state == "dibatalkan"
    with nullcontext() if over else pytest.raises(PayungError, match="tidak dapat dihapus"):
        box.remove(second)
    assert [one.name for one in box.entries()] == ([first] if over else [first, second])


def test_what_was_called_off_is_never_sent(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    cancel(box, message().name, START)
    for change in (send_again, hold, release):
        with pytest.raises(PayungError, match="keadaannya dibatalkan"):
            change(box, message().name, START)
    assert not box.queue(message(), START)
    assert send_due(box, server_at(server.port), START + timedelta(days=1)) == delivery.DeliveryReport()
    assert not server.offered


def test_held_and_released_tries_still_count(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "451 x"
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    hold(box, message().name, START)
    assert release(box, message().name, START).tries == 1
    assert send_again(box, message().name, START).tries == 0


def test_no_file_of_the_outbox_shows_an_address_or_a_content(box: Outbox) -> None:
    box.queue(compose(notice("ditolak"), OFFICE), START)
    for path in box.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0 or not path.stat().st_size, path
        if path.is_file():
            content = path.read_bytes()
            assert not any(word in content for word in (TO.encode(), b"pengadilan"))
    assert b"pengadilan" in box.content(f"{NUMBER}.ditolak")


@pytest.mark.parametrize("damage", ["", "{}", "[]", "null", '{"keadaan": "lain"}', None])
def test_a_lost_or_damaged_state_is_uncertain_and_stops_only_itself(
    box: Outbox, server: Server, damage: str | None
) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    state = box.folder / message().name / "keadaan.json"
    state.unlink() if damage is None else state.write_text(damage)
    send_due(box, server_at(server.port), START)
    assert [one.state for one in box.entries()] == ["tidak_pasti", "dikirim"]
    assert box.entries()[0].number == NUMBER
    assert send_again(box, message().name, START).state == "antre"


def test_two_processes_do_not_change_the_outbox_at_once(box: Outbox) -> None:
    box.queue(message(), START)
    with box.lock(), pytest.raises(Busy), Outbox(box.folder, box._keys).lock(0.1):
        pytest.fail("both hold the outbox")


def test_a_recovery_key_that_joins_later_opens_what_waits(box: Outbox, tmp_path: Path) -> None:
    box.queue(message(), START)
    recovery = office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    Outbox(box.folder, keys(tmp_path / "kunci")).reseal()
    assert Outbox(box.folder, office_keys.OfficeKeys([recovery], [])).content(message().name) == message().content


def test_a_damaged_message_does_not_keep_the_others_from_a_new_seal(box: Outbox, tmp_path: Path) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    (box.folder / message(1).name / "pesan.age").write_bytes(b"rusak")
    recovery = office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    Outbox(box.folder, keys(tmp_path / "kunci")).reseal()
    assert (box.folder / message(1).name / "pesan.age").read_bytes() == b"rusak"
    assert Outbox(box.folder, office_keys.OfficeKeys([recovery], [])).content(message(2).name) == message(2).content


def test_the_state_is_small_json_that_a_person_can_read(box: Outbox) -> None:
    box.queue(message(), START)
    data = json.loads((box.folder / message().name / "keadaan.json").read_text("utf-8"))
    assert (data["keadaan"], data["percobaan"], datetime.fromisoformat(data["diubah"])) == ("antre", 0, START)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_while_it_is_removed_a_message_is_there_whole_or_gone(tmp_path: Path) -> None:
    step, through, left, office = 0, False, [], keys(tmp_path / "kunci")
    while not through:
        step += 1
        box = Outbox(tmp_path / str(step), office)
        box.queue(message(), START)
        box.save(replace(box.entries()[0], state="dikirim"))
        through = done_until_killed(box.folder, step, partial(box.remove, message().name))
        left += [[one.state for one in box.entries()]]
        box.queue(message(2), START)
        assert not list(box.folder.glob(".sementara-*"))
    assert step > 5, "the kill switch saw too few steps"
    assert left == sorted(left, reverse=True)
    assert (left[0], left[-2], left[-1]) == (["dikirim"], [], [])
