"""Messages that wait: files that survive a crash, changed by one at a time."""

import json
import os
from collections.abc import Callable
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
from processor.mail.message import STATES, Message, OutboxEntry, State
from processor.mail.outbox import Outbox, cancel, hold, release, send_again
from tests.killing import done_until_killed
from tests.mail.samples import (
    NUMBER,
    OFFICE,
    PAUSE,
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
    for path in (box.folder, *box.folder.rglob("*")):
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


@pytest.mark.parametrize("event", ["diterima", "perlu_dilengkapi-2"])
def test_a_damaged_state_keeps_the_number_event_and_kind_that_the_name_tells(box: Outbox, event: str) -> None:
    one = replace(message(), event=event)
    box.queue(one, START)
    (box.folder / one.name / "keadaan.json").write_text("rusak")
    left = box.entry(one.name)
    assert (left.number, left.event, left.kind) == (NUMBER, event, event.removesuffix("-2"))
    assert "Tanyakan kepada penerima" in left.reason


def test_a_name_that_could_lead_elsewhere_is_refused(box: Outbox) -> None:
    with pytest.raises(PayungError, match="Nama email tidak sah"):
        box.queue(replace(message(), event="../../diterima"), START)
    assert not box.folder.exists()
    box.queue(message(), START)
    (box.folder / "diterima").write_text("berkas")
    assert [box.find(name) for name in ("..", ".", "diterima")] == [None] * 3
    assert [one.name for one in box.entries()] == [message().name]


def test_what_is_queued_again_stays_as_it_was(box: Outbox) -> None:
    assert box.queue(message(), START)
    assert box.queue(replace(message(), content=b"Lain."), START) is False
    assert box.content(message().name) == message().content


def test_a_message_to_be_written_later_has_no_sealed_file(box: Outbox) -> None:
    box.queue(replace(message(), content=b""), START)
    assert [path.name for path in (box.folder / message().name).iterdir()] == ["keadaan.json"]


def test_messages_without_a_time_of_queueing_stand_by_their_last_change_and_by_name(box: Outbox) -> None:
    for count, changed in ((4, START + PAUSE), (3, START), (2, None), (1, None)):
        box.queue(message(count), START)
        box.save(replace(box.entry(message(count).name), queued=None, changed=changed))
    assert [one.number[-1] for one in box.entries()] == ["1", "2", "3", "4"]


def test_a_change_is_made_only_from_the_state_that_it_started_from(box: Outbox) -> None:
    box.queue(message(), START)
    before = box.entry(message().name)
    held = hold(box, message().name, START)
    assert box.compare_and_set(before, replace(before, state="dikirim")) is False
    assert box.entry(message().name) == held
    assert box.compare_and_set(held, replace(held, state="antre")) is True
    assert box.entry(message().name).state == "antre"


def test_a_needless_message_is_taken_away_unless_somebody_changed_it(box: Outbox) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    first, second = box.entries()
    held = hold(box, first.name, START)
    box.drop(first)
    box.drop(second)
    assert box.entries() == (held,)


def listing(count: int) -> Message:
    return replace(
        message(count), kind="pengingat_petugas", items=(("terlambat", f"BH-2026-000{count}", "kajian", ""),)
    )


def test_messages_are_joined_in_the_place_of_the_first(box: Outbox) -> None:
    for count in (1, 2, 3):
        box.queue(listing(count), START + count * PAUSE)
    first, second, third = box.entries()
    joined = replace(message(), content=b"Keduanya.", items=first.items + second.items)
    box.merge((first, second), joined)
    assert box.entries() == (replace(first, items=joined.items), third)
    assert box.content(first.name) == b"Keduanya."


def test_messages_of_which_somebody_changed_one_are_not_joined(box: Outbox) -> None:
    for count in (1, 2):
        box.queue(listing(count), START)
    before = box.entries()
    hold(box, before[1].name, START)
    left = box.entries()
    box.merge(before, replace(message(), content=b"Keduanya."))
    assert box.entries() == left
    assert [box.content(one.name) for one in left] == [message(1).content, message(2).content]


def test_a_person_who_decides_clears_the_reason_of_before(box: Outbox) -> None:
    box.queue(message(), START, held="Alamat baru.")
    assert release(box, message().name, START).reason == ""
    hold(box, message().name, START)
    assert send_again(box, message().name, START).reason == ""


@pytest.mark.parametrize(
    ("change", "what"), [(hold, "ditahan"), (release, "dilepas"), (send_again, "dikirim ulang"), (cancel, "dibatalkan")]
)
def test_a_change_that_is_refused_is_named(
    box: Outbox, change: Callable[[Outbox, str, datetime], OutboxEntry], what: str
) -> None:
    box.queue(message(), START)
    box.save(replace(box.entry(message().name), state="dikirim"))
    with pytest.raises(PayungError, match=f"tidak dapat {what}: keadaannya dikirim"):
        change(box, message().name, START)


def test_a_message_that_may_still_be_sent_is_not_removed(box: Outbox) -> None:
    box.queue(message(), START)
    with pytest.raises(PayungError, match="tidak dapat dihapus: keadaannya antre"):
        box.remove(message().name)


def test_the_outbox_lies_where_offices_have_it_and_is_called_by_it(box: Outbox) -> None:
    box.queue(message(), START)
    assert box.folder.name == "email"
    assert {path.name for path in box.folder.iterdir()} == {".proses.lock", message().name}
    assert repr(box) == f"Outbox({box.folder})"


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
