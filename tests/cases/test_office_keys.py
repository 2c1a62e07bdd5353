"""The office's keys: what they open, what their files look like, and fingerprints that offices hold for years."""

import stat
from pathlib import Path

import pytest

from processor.cases import office_keys
from processor.cases.office_keys import OfficeKeys, SealDamaged
from processor.foundation.errors import PayungError
from tests.office import keys

SECRET = bytes(range(32))
IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
PUBLIC = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
RECOVERY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


@pytest.mark.parametrize(
    ("kind", "text", "mark"),
    [
        ("nip", "198001011990011001", "68168e778f04bcff260623bf"),
        ("email", "198001011990011001", "cabb59c9584f9b520c16b707"),
        ("uraian", "é|\ud800", "5ddd840a24d8c889d8b00f1a"),
    ],
)
def test_fingerprints_never_change_and_differ_by_kind(kind: str, text: str, mark: str) -> None:
    """With another one every response would be filed again, and every case look edited."""
    assert office_keys.fingerprint(SECRET, kind, text) == mark
    assert office_keys.fingerprint(SECRET[1:], kind, text) != mark


def test_the_secret_of_a_register_from_before_it_had_its_own_never_changes() -> None:
    made = OfficeKeys([IDENTITY], [])
    assert made.secret.hex() == "7f53fafa47c81a4778945b14c53fa86fbb4f07c652aee3010e449c36ee7764ac"
    assert made.public == PUBLIC
    older = OfficeKeys([IDENTITY, "AGE-SECRET-KEY-1N2Z7NS5WLSPJAGJSM8LHZGGF0R50LU47L7DNVSH44J77FCYQUP0QLXH3QK"], [])
    assert (older.public, older.secret) == (PUBLIC, made.secret), "the first key of the file is the office's"


def test_what_is_sealed_opens_with_the_own_key_an_older_one_and_no_other(tmp_path: Path) -> None:
    own, other = OfficeKeys([IDENTITY], []), keys(tmp_path)
    both = OfficeKeys([office_keys.make_recovery_key(tmp_path / "penerima.txt"), IDENTITY], [])
    assert own.open(own.seal(b"isi")) == both.open(own.seal(b"isi")) == b"isi"
    for sealed, error in (
        (other.seal(b"isi"), PayungError),
        (b"rusak", SealDamaged),
        (own.seal(b"isi")[:-1], SealDamaged),
    ):
        with pytest.raises(PayungError, match="tidak terbuka") as caught:
            own.open(sealed)
        assert caught.type is error


def test_the_own_key_stands_first_among_the_recipients_and_none_twice() -> None:
    assert OfficeKeys([IDENTITY], [RECOVERY, PUBLIC, RECOVERY]).recipients == (PUBLIC, RECOVERY)
    assert "2 penerima" in repr(OfficeKeys([IDENTITY], [RECOVERY]))
    assert IDENTITY not in repr(OfficeKeys([IDENTITY], [RECOVERY]))


def test_keys_are_made_once_in_a_folder_of_their_owner(tmp_path: Path) -> None:
    key, recipients = tmp_path / "a" / "kunci" / "kantor.txt", tmp_path / "a" / "kunci" / "penerima.txt"
    key.parent.mkdir(0o700, parents=True)
    (key.parent / ".kantor.txt.1a2b.tmp").write_text("AGE-SECRET-KEY-1 setengah")
    assert office_keys.create_key_files(key, recipients)
    assert {path.name for path in key.parent.iterdir()} == {"kantor.txt", "penerima.txt"}, (
        "no half-written secret stays"
    )
    before = key.read_text("utf-8"), recipients.read_text("utf-8")
    assert office_keys.create_key_files(key, recipients) is False
    assert (key.read_text("utf-8"), recipients.read_text("utf-8")) == before
    told, public, secret = before[0].splitlines()
    assert told.startswith("# Kunci kantor Payung. Rahasia")
    assert public == f"# publik: {OfficeKeys([secret], []).public}"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert all(line.startswith("# ") for line in before[1].splitlines())


def test_a_list_of_recipients_that_stands_already_is_kept(tmp_path: Path) -> None:
    (tmp_path / "penerima.txt").write_text(f"{RECOVERY}\n")
    assert office_keys.create_key_files(tmp_path / "kantor.txt", tmp_path / "penerima.txt")
    assert (tmp_path / "penerima.txt").read_text() == f"{RECOVERY}\n"
    assert office_keys.load(tmp_path / "kantor.txt", tmp_path / "penerima.txt").recipients[1:] == (RECOVERY,)


def test_recipients_join_the_list_each_on_a_line(tmp_path: Path) -> None:
    path = tmp_path / "penerima.txt"
    office_keys.add_recipients(path, "# dari rapat", RECOVERY)
    lines = path.read_text("utf-8").splitlines()
    assert (lines[-2:], lines[0][:20]) == (["# dari rapat", RECOVERY], "# Kunci publik lain ")
    path.write_text(f"{PUBLIC}\n\n\n")
    secret = office_keys.make_recovery_key(path)
    assert path.read_text("utf-8") == f"{PUBLIC}\n{OfficeKeys([secret], []).public}\n"


def test_a_missing_or_damaged_key_is_told_with_its_file(tmp_path: Path) -> None:
    key, recipients = tmp_path / "kantor.txt", tmp_path / "penerima.txt"
    with pytest.raises(PayungError, match="Kunci kantor tidak ada"):
        office_keys.load(key, recipients)
    for text, said in ((f"# {IDENTITY}\n{PUBLIC}\n", "tidak memuat kunci age"), (f"{IDENTITY[:-1]}Q\n", "rusak")):
        key.write_text(text)
        with pytest.raises(PayungError, match=said):
            office_keys.load(key, recipients)
    key.write_text(f"# lama\n\n  {IDENTITY}  \n")
    assert office_keys.load(key, recipients).recipients == (PUBLIC,)


def test_a_key_may_be_typed_from_paper_in_small_letters_and_groups(tmp_path: Path) -> None:
    key = tmp_path / "kantor.txt"
    typed = " ".join(IDENTITY[at : at + 4] for at in range(0, len(IDENTITY), 4)).lower()
    key.write_text(f"# dari kertas\n{typed}\n", "utf-8")
    read = office_keys.load(key, tmp_path / "penerima.txt")
    assert (read.public, read.secret) == (PUBLIC, OfficeKeys([IDENTITY], []).secret)
    assert read.are_in(IDENTITY.lower().encode())
    assert not read.are_in(IDENTITY[:-1].lower().encode())


def test_a_bad_public_key_is_told_by_its_beginning_only(tmp_path: Path) -> None:
    path = tmp_path / "penerima.txt"
    path.write_bytes(f"# pemulihan \xff\n\n {RECOVERY}\n".encode("latin-1"))
    assert office_keys.public_keys(path) == [RECOVERY]
    path.write_text(f"{RECOVERY[:-1]}q\n")
    with pytest.raises(PayungError, match=f"“{RECOVERY[:12]}…” bukan kunci publik") as caught:
        office_keys.public_keys(path)
    assert RECOVERY[:13] not in str(caught.value)
    assert office_keys.public_keys(tmp_path / "tidak-ada.txt") == []
