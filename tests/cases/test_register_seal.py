"""A lost key is replaced: the register opens, nothing is filed twice, nobody is said to have edited."""

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cases import office_keys, records, register_seal
from processor.cases.dossier import can_open, open_dossier
from processor.cases.records import Attachment, Event
from processor.cases.register import Register
from processor.cli import setup
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.foundation.settings_agency import Taxonomy
from processor.mail.outbox import Outbox
from processor.operations import office_check
from tests.cases.test_office_keys import RECOVERY
from tests.effort import STRIDE
from tests.killing import done_until_killed
from tests.office import START, edited, file, keys, register, response
from tests.story import NUMBER, Story


def prepares(story: Story, *, recovery: bool = False) -> str:
    """What ``payung siapkan`` says."""
    return "\n".join(setup.prepare_office(story.settings.path, recovery=recovery))


def with_recovery(tmp_path: Path) -> tuple[Story, str]:
    """An office with one case, and the secret half of its recovery key."""
    story = Story(tmp_path)
    story.receives(response(1, source="google", key="a"))
    found = re.search(r"AGE-SECRET-KEY-1\w+", prepares(story, recovery=True))
    assert found
    story.reopens()
    return story, found[0]


def kinds(story: Story) -> list[str]:
    return [event.kind for event in story.office.register.read(NUMBER).events]


def told(story: Story) -> str:
    return "\n".join(map(str, office_check.check(story.office)))


def test_the_recovery_key_brings_the_office_back_without_doubles(tmp_path: Path) -> None:
    story, secret = with_recovery(tmp_path)
    known = kinds(story)
    shutil.rmtree(story.settings.office_key.parent)  # the office key and the list of recipients are lost together
    shutil.rmtree(story.office.register.folder / ".payung")  # as in a copy that git brings back
    atomic_files.replace_if_changed(story.settings.office_key, f"{secret}\n".encode())
    assert "1 dari 1 permohonan disegel ulang untuk 2 kunci." in prepares(story)
    story.reopens()
    story.receives(response(1, source="google", key="a"), response(1, source="ekspor"))
    assert story.office.register.numbers() == [NUMBER]
    assert [kind for kind in kinds(story) if kind != "dikenali"] == known, "nothing was edited"


def test_the_office_key_that_is_found_again_still_opens_everything(tmp_path: Path) -> None:
    story, secret = with_recovery(tmp_path)
    lost = story.settings.office_key.read_text("utf-8")
    old = story.office.register.recipients[0]
    story.settings.office_key.write_text(secret)
    story.settings.recipients.unlink()
    said = prepares(story)
    assert "Kunci kantor yang lama tetap dapat membuka register." in said
    assert f"hapus {old} dari" in said
    assert "--kunci-pemulihan" in said
    story.reopens()
    story.receives(response(2, minute=1))
    finder = office_keys.OfficeKeys([line for line in lost.splitlines() if line.startswith("AGE")], [])
    again = Register(story.settings.register, finder, Taxonomy())
    assert all(can_open(again.path(number), again.unseal) for number in again.numbers())
    lines = story.settings.recipients.read_text("utf-8").splitlines()
    story.settings.recipients.write_text("\n".join(line for line in lines if line != old))  # it was stolen
    prepares(story)
    assert not any(can_open(again.path(number), again.unseal) for number in again.numbers())


def test_a_key_whose_adoption_was_cut_short_is_adopted_once(tmp_path: Path) -> None:
    story, secret = with_recovery(tmp_path)
    old = story.office.register.recipients[0]
    story.settings.office_key.write_text(secret)
    for line in setup.prepare_office(story.settings.path):
        if "sekarang kunci kantor" in line:
            break  # before anything is sealed anew
    assert "sekarang kunci kantor" in prepares(story)
    assert story.settings.recipients.read_text("utf-8").count(old) == 1
    before = story.settings.recipients.read_bytes()
    assert "sekarang kunci kantor" not in prepares(story)
    assert story.settings.recipients.read_bytes() == before


def test_a_recovery_key_in_the_place_of_the_offices_is_told_as_what_it_is(tmp_path: Path) -> None:
    story, secret = with_recovery(tmp_path)
    story.settings.office_key.write_text(secret)
    with pytest.raises(PayungError, match=r"Ini kunci pemulihan.*jalankan payung siapkan"):
        story.reopens()


def test_what_comes_next_is_counted_from_one(tmp_path: Path) -> None:
    story = Story(tmp_path)
    first = "  2. Buat kunci kedua", "  2. Lihat situs Anda"
    assert [said in prepares(story) for said in first] == [True, False]
    prepares(story, recovery=True)
    assert [said in prepares(story) for said in first] == [False, True]


def test_the_key_of_another_office_is_not_adopted(tmp_path: Path) -> None:
    story, _ = with_recovery(tmp_path)
    keys(tmp_path / "lain")
    shutil.copy(tmp_path / "lain" / "kantor.txt", story.settings.office_key)
    before = story.settings.recipients.read_bytes()
    with pytest.raises(PayungError, match="bukan kunci register ini"):
        prepares(story, recovery=True)
    assert story.settings.recipients.read_bytes() == before


def test_mail_that_waits_is_sealed_to_a_new_recovery_key_too(tmp_path: Path) -> None:
    story, secret = with_recovery(tmp_path)
    waiting = [entry for entry in story.office.outbox.entries() if not entry.number]
    assert waiting
    recovered = Outbox(story.office.outbox.folder, office_keys.OfficeKeys([secret], []))
    assert all(recovered.content(entry.name) for entry in waiting)


def test_nothing_readable_stands_in_the_seal(tmp_path: Path) -> None:
    made = register(tmp_path)
    made.reseal()
    content = made.sealing.path.read_bytes()
    kept = made.sealing.current()
    assert content.startswith(b"age-encryption.org/v1\n")
    for private in (kept.secret, kept.secret.hex().encode(), kept.office.encode(), b"sidik"):
        assert private not in content
    assert kept.secret.hex() not in repr(kept)
    assert len({kept.secret, register(tmp_path / "b").sealing.current().secret, made._office.secret}) == 3


def before_the_seal(folder: Path) -> Register:
    """A register from before ``segel.age``: its fingerprints were made from the office key."""
    old = register(folder)
    old.sealing.path.unlink()
    file(old, response(1, source="google", key="a"))
    assert not old.sealing.path.exists()
    return old


def test_a_register_from_before_goes_on_with_its_fingerprints(tmp_path: Path) -> None:
    old = before_the_seal(tmp_path)
    mark = old.fingerprint("nip", "1")
    made = register(tmp_path)
    assert made.sealing.path.exists()
    assert (made.fingerprint("nip", "1"), made.sealing.current().secret) == (mark, old._office.secret)
    file(made, response(1, source="google", key="a"))
    assert made.numbers() == [NUMBER]


def test_without_its_seal_nothing_is_filed_and_the_check_up_says_why(tmp_path: Path) -> None:
    story, _ = with_recovery(tmp_path)
    path = story.office.register.sealing.path
    kept = path.read_bytes()
    for damage in (path.unlink, lambda: path.write_bytes(b"rusak")):
        damage()
        story.reopens()
        assert "segel.age di register tidak ada atau rusak" in told(story)
        assert open_dossier(story.office.register, NUMBER).applicant.nama == "Orang Rekaan1"
        with pytest.raises(PayungError, match="Pulihkan berkas itu dari cadangan register"):
            story.passes()
        with pytest.raises(PayungError, match="Pulihkan berkas itu dari cadangan register"):
            prepares(story)
        assert not path.exists() or path.read_bytes() == b"rusak", "nothing is made in its place"
    path.write_bytes(kept)
    story.reopens()
    assert "segel.age" not in told(story)
    story.receives(response(1, source="google", key="a"))
    assert story.office.register.numbers() == [NUMBER]


def test_another_offices_key_is_no_lost_seal(tmp_path: Path) -> None:
    made, other = before_the_seal(tmp_path / "a"), register(tmp_path / "b")
    thief = Register(made.folder, other._office, Taxonomy())
    with pytest.raises(register_seal.WrongKey):
        thief.check_key()
    with pytest.raises(register_seal.WrongKey):
        thief.prepare()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("old", [False, True])
def test_killed_at_every_write_the_secret_is_one(tmp_path: Path, *, old: bool) -> None:
    step, through = 0, False
    row = response(1, source="google", key="a")
    while not through:
        step += STRIDE
        folder = tmp_path / str(step)
        if old:
            before_the_seal(folder)
        else:
            keys(folder / "kunci")

        def act(folder: Path = folder) -> None:
            made = register(folder)
            file(made, row)
            office_keys.make_recovery_key(folder / "kunci" / "penerima.txt")
            again = register(folder)
            again.reseal()
            again.record(NUMBER, Event("catatan", START, "uji", {"sidik-uji": again.fingerprint("uji", "x")}))

        through = done_until_killed(folder, step, act)
        made = register(folder)
        made.reseal()
        made.check_key()
        assert made.sealing.all_sealed_for_today
        file(made, row, edited(row, minute=9, uraian="Lain."))
        assert made.numbers() == [NUMBER], f"doubled after a kill at write {step}"
        marks = [event.data["sidik-uji"] for event in made.read(NUMBER).events if event.kind == "catatan"]
        assert marks in ([], [made.fingerprint("uji", "x")])
    assert step > 20, "the kill switch saw too few writes"


def test_a_key_that_opens_no_case_seals_nothing_anew(tmp_path: Path) -> None:
    made, other = register(tmp_path), register(tmp_path / "lain")
    for one in (made, other):
        file(one, response(1))
    for folder in (made.path(NUMBER), other.path(NUMBER)):
        assert (folder / records.SEALED).is_file()
    shutil.copy(other.path(NUMBER) / records.SEALED, made.path(NUMBER))
    office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    seal = register_seal.RegisterSeal(made.folder, keys(tmp_path / "kunci"))
    before = seal.path.read_bytes()
    with pytest.raises(register_seal.WrongKey):
        seal.reseal()
    assert seal.path.read_bytes() == before


def test_what_the_seal_of_a_register_holds_never_changes_its_form(tmp_path: Path) -> None:
    made, office = register(tmp_path), keys(tmp_path / "kunci")
    secret = "00ff" * 16
    kept = {"sidik": secret, "kantor": office.public, "penerima": [office.public]}
    (made.folder / register_seal.NAME).write_bytes(office.seal(json.dumps(kept).encode()))
    seal = register_seal.RegisterSeal(made.folder, office)
    assert seal.current() == register_seal.SealContent(bytes.fromhex(secret), office.public, (office.public,))
    assert seal.fingerprint("nip", "1") == office_keys.fingerprint(bytes.fromhex(secret), "nip", "1")
    office_keys.add_recipients(tmp_path / "kunci" / "penerima.txt", RECOVERY)
    again = keys(tmp_path / "kunci")
    register_seal.RegisterSeal(made.folder, again).reseal()
    written = json.loads(again.open((made.folder / register_seal.NAME).read_bytes()))
    assert written == {**kept, "penerima": sorted([office.public, RECOVERY])}


def test_the_seal_is_made_once_and_sealing_again_has_nothing_to_do(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1))
    seal = register_seal.RegisterSeal(made.folder, keys(tmp_path / "kunci"))
    assert seal.path == made.folder / "segel.age"
    assert (len(seal.current().secret), seal.former_recipients()) == (32, ())
    seal.reseal()
    before = seal.path.read_bytes()
    assert (seal.reseal(), seal.all_sealed_for_today, seal.path.read_bytes()) == (0, True, before)
    new = register_seal.RegisterSeal(tmp_path / "baru", keys(tmp_path / "kunci"))
    (tmp_path / "baru").mkdir()
    new.prepare()
    assert (len(new.current().secret), new.former_recipients()) == (32, ())


def test_attachments_are_sealed_to_a_key_that_joins_later_too(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, replace(response(1), attachments=(Attachment("a.pdf", b"isi"),)))
    recovery = office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    assert register_seal.RegisterSeal(made.folder, keys(tmp_path / "kunci")).reseal() == 1
    sealed = (made.path(NUMBER) / "lampiran" / "1.age").read_bytes()
    assert office_keys.OfficeKeys([recovery], []).open(sealed) == b"isi"
