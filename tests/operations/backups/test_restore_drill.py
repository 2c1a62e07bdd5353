"""The drill: every kind of damage is told, nothing in the office changes, and that it was tried is known afterwards."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.foundation.errors import PayungError
from processor.operations.backups import backing_up, backup_manifest, drill_record, restore_drill
from processor.operations.backups.restore_drill import Drill
from tests import office as offices
from tests.commands import payung
from tests.operations.backups.conftest import BY, Backed, arrives
from tests.packages import dropped, said, sealed
from tests.story import Story


def tried(backed: Backed, key: Path | None = None, place: Path | None = None) -> Drill:
    backup = backup_manifest.find(place or backed.place, "register")
    return restore_drill.drill(backed.story.office, backup, key, BY)


def test_a_sound_backup_is_compared_followed_and_opened_with_the_key_of_the_other(own: Backed) -> None:
    done = tried(own, own.keys_place)
    assert (done.damage, done.remarks) == ([], [])
    said = "\n".join(done.sound)
    for part in (
        "berkas cadangan sama bit demi bit",
        "berkas cadangan kunci sama bit demi bit",
        "Rantai riwayat 1 permohonan utuh",
        "BH-2026-0001 terbuka",
        "1 kiriman yang tersimpan ikut",
    ):
        assert part in said


def test_nothing_in_the_office_changes_but_what_its_journal_says(own: Backed) -> None:
    folder = own.story.settings.path.parent
    drill_record.record(own.story.office, "petugas", {})
    before, backup = offices.everything(folder), offices.everything(own.place)
    tried(own, own.keys_place)
    after = offices.everything(folder)
    journal = own.story.settings.register / "catatan" / "riwayat.jsonl"
    assert {path for path in after if after[path] != before.get(path)} <= {journal}
    assert before.keys() == after.keys()
    assert after[journal].startswith(before[journal])
    assert offices.everything(own.place) == backup


def test_the_copy_that_a_killed_drill_left_goes_with_the_next(
    own: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "k"))
    left = tmp_path / "k" / "payung-ab12cd34"
    (left / "kunci").mkdir(parents=True)
    (left / ".terpakai.lock").touch()
    os.utime(left / ".terpakai.lock", (0, 0))
    tried(own, own.keys_place)
    assert not left.exists()


def test_without_the_other_backup_the_offices_own_key_is_tried_and_that_is_said(own: Backed) -> None:
    done = tried(own)
    assert "BH-2026-0001 terbuka" in "\n".join(done.sound)
    assert "cadangan kunci belum dicoba" in "\n".join(done.remarks)


def test_the_recovery_key_from_paper_is_tried_out_of_a_file(own: Backed, tmp_path: Path) -> None:
    office = own.story.settings
    paper = tmp_path / "kertas.txt"
    paper.write_text(office_keys.make_recovery_key(office.recipients), "utf-8")
    own.story.reopens()
    own.story.later(days=1)
    own.story.passes()
    backing_up.back_up(own.story.office, own.place, None, BY)
    assert "BH-2026-0001 terbuka" in "\n".join(tried(own, paper).sound)


def test_a_key_that_opens_nothing_is_damage(own: Backed, tmp_path: Path) -> None:
    office_keys.create_key_files(tmp_path / "kantor.txt", tmp_path / "penerima.txt")
    assert "tidak dapat dibuka" in "\n".join(tried(own, tmp_path / "kantor.txt").damage)


def register(folder: Path) -> Path:
    [path] = folder.glob("payung-register-*")
    return path


def relisted(folder: Path, name: str) -> None:
    """Somebody who changed a copy writes its new digest into the list, and the list's into its seal."""
    data = json.loads((folder / "daftar.json").read_bytes())
    content = (folder / name).read_bytes()
    data["isi"][name][:2] = [len(content), hashlib.sha256(content).hexdigest()]
    listed = json.dumps(data).encode()
    mark = json.loads((folder / "sidik.json").read_bytes())["tanda"]
    for kept in ("daftar.json", "sidik.json"):
        (folder / kept).unlink()
    backup_manifest.write(folder, listed, mark)


CASE = "register/2026/BH-2026-0001"


def flips(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)


def becomes_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "one bit": (lambda it: flips(it, f"{CASE}/pemohon.age"), f"Hilang atau berubah: {CASE}/pemohon.age"),
    "a file is gone": (lambda it: (it / CASE / "riwayat.jsonl").unlink(), "Hilang atau berubah"),
    "a file is cut": (lambda it: (it / "kantor/payung.yaml").write_bytes(b""), "kantor/payung.yaml"),
    "a file became a folder": (lambda it: becomes_folder(it / "kantor" / "payung.yaml"), "kantor/payung.yaml"),
    "an attachment is gone": (lambda it: (it / CASE / "lampiran" / "1.age").unlink(), "1.age hilang"),
    "the seal is gone": (lambda it: (it / "register" / "segel.age").unlink(), "segel.age tidak ada"),
    "the memory is gone": (lambda it: shutil.rmtree(it / "ingatan"), "ingatan"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_told(damage: Callable[[Path], object], said: str, own: Backed) -> None:
    damage(register(own.place))
    assert said in "\n".join(tried(own).damage)


def test_what_a_system_leaves_in_a_backup_is_told_and_no_damage(own: Backed) -> None:
    (register(own.place) / "kantor" / "Thumbs.db").write_bytes(b"x")
    done = tried(own)
    assert not done.damage
    assert "jadi tidak ikut dipulihkan: kantor/Thumbs.db." in "\n".join(done.remarks)


def test_a_journal_that_was_shortened_with_its_list_does_not_reach_its_last_line(own: Backed) -> None:
    folder = register(own.place)
    journal = folder / CASE / "riwayat.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    relisted(folder, f"{CASE}/riwayat.jsonl")
    said = "\n".join(tried(own).damage)
    assert "BH-2026-0001: riwayatnya tidak sampai ke baris terakhir" in said
    assert "tidak bertanda register ini" in said
    assert "Hilang atau berubah" not in said


def test_a_journal_whose_chain_is_broken_is_told(own: Backed) -> None:
    folder = register(own.place)
    journal = folder / CASE / "riwayat.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"pelaku"', b'"pelakU"', 1))
    relisted(folder, f"{CASE}/riwayat.jsonl")
    assert f"{CASE.removeprefix('register/')}/riwayat.jsonl: " in "\n".join(tried(own).damage)


def test_a_backup_of_another_register_is_told(own: Backed, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    other = Story(tmp_path / "lain")
    other.passes()
    said = "\n".join(restore_drill.drill(other.office, backup_manifest.find(own.place, "register"), None, BY).damage)
    assert "bukan untuk kunci ini" in said


@pytest.mark.parametrize("name", ["../../jahat", "/etc/jahat", "register/../../jahat", "register/..\\..\\jahat"])
def test_a_list_that_leads_out_of_the_backup_is_refused(name: str, own: Backed) -> None:
    folder = register(own.place)
    data = json.loads((folder / "daftar.json").read_bytes())
    data["isi"][name] = next(iter(data["isi"].values()))
    for kept in ("daftar.json", "sidik.json"):
        (folder / kept).unlink()
    backup_manifest.write(folder, json.dumps(data).encode(), "")
    with pytest.raises(PayungError, match="rusak atau diubah"):
        backup_manifest.find(own.place, "register")


@pytest.mark.parametrize("name", ["daftar.json", "sidik.json"])
@pytest.mark.parametrize("left", [None, b"", b"{", b"{}", b"[]"])
def test_a_torn_list_is_told_in_a_sentence(name: str, left: bytes | None, own: Backed) -> None:
    path = register(own.place) / name
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(PayungError, match=r"rusak atau diubah|bukan cadangan yang utuh|Tidak ada cadangan"):
        backup_manifest.find(own.place, "register")


def test_what_came_since_is_told(own: Backed) -> None:
    arrives(own.story, 2)
    assert "Lebih baru daripada cadangan ini: BH-2026-0002." in "\n".join(tried(own).remarks)


def test_a_package_that_no_journal_of_the_backup_knows_is_told(own: Backed) -> None:
    package = sealed(offices.keys(own.story.settings.office_key.parent), said(2))
    dropped(own.story.settings.packages / "terdaftar" / "2026-03-02", package, "2")
    own.story.later(days=1)
    backing_up.back_up(own.story.office, own.place, None, BY)
    done = tried(own)
    assert "2 kiriman yang tersimpan ikut." in done.sound
    assert [one for one in done.remarks if one.startswith("1 di antaranya belum ada di registernya")]


def test_periksa_warns_without_a_good_drill_for_thirty_days(own: Backed) -> None:
    story = own.story

    def warned() -> str:
        return "\n".join(str(one) for one in drill_record.check(story.office))

    assert "Belum pernah dicoba" in warned()
    tried(own, own.keys_place)
    assert warned() == ""
    story.later(days=30)
    assert warned() == ""
    story.later(minutes=1)
    assert "lebih dari 30 hari" in warned()
    flips(register(own.place), f"{CASE}/pemohon.age")
    tried(own)
    assert "lebih dari 30 hari" in warned(), "a drill that failed is no comfort"


def test_an_office_without_cases_and_the_example_are_not_warned(own: Backed, tmp_path: Path) -> None:
    (tmp_path / "baru").mkdir()
    assert not [*drill_record.check(Story(tmp_path / "baru").office)]
    own.story.office.register.save_state("contoh", {"ditulis": True})
    assert not [*drill_record.check(own.story.office)]


def test_the_command_says_what_it_found_and_ends_as_it_found(own: Backed) -> None:
    folder = own.story.settings.path.parent
    assert "Sebutkan folder cadangannya" in payung("pulihkan", "--latihan", folder=folder, code=1)
    told = payung("pulihkan", "--latihan", own.place, "--kunci", own.keys_place, folder=folder)
    assert "Dibuat 2 Maret 2026 pukul 08.00 WIB: " in told
    assert "Cadangan ini dapat dipulihkan." in told
    assert "Belum pernah dicoba" not in payung("periksa", folder=folder, code=2)
    flips(register(own.place), f"{CASE}/pemohon.age")
    told = payung("pulihkan", "--latihan", own.place, folder=folder, code=1)
    assert f"RUSAK Hilang atau berubah: {CASE}/pemohon.age." in told
    assert "tidak dapat diandalkan" in told


def test_who_tried_stands_in_the_journal(own: Backed) -> None:
    tried(own, own.keys_place)
    events = drill_record.told(own.story.office)
    assert [(one.kind, one.actor, one.data["baik"]) for one in events] == [(drill_record.DRILLED, "petugas", True)]
