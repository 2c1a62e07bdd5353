"""Resets of officers' accounts stand in the office's own journal, whatever becomes of the file of the accounts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from processor.operations import account_journal, desk_accounts, office_check, office_records
from processor.operations.desk_accounts import Account
from tests.story import Story


def test_a_reset_stays_in_the_journal_when_the_file_of_accounts_no_longer_tells_it(tmp_path: Path) -> None:
    story = Story(tmp_path)
    accounts, office = desk_accounts.of(story.settings), story.office
    story.now += timedelta(microseconds=7)
    accounts.reset("analis", story.now - timedelta(days=1), "kabag")  # as before the journal told of any
    assert accounts.invited(account_journal.reset(office, "analis", "pengelola", "pc"), story.now) == "analis"
    told = account_journal.resets(office, "analis", accounts.all()["analis"])
    assert [(one.by, one.account) for one in told] == [("pengelola", "pc"), ("kabag", "")]
    accounts.change("analis", lambda one: replace(one, resets=(), reset_at="", reset_by=""))
    assert [one.by for one in account_journal.resets(office, "analis", accounts.all()["analis"])] == ["pengelola"]
    assert account_journal.resets(office, "kabag", Account()) == []
    said = "Akun meja analis diatur ulang 2 Maret 2026 oleh pengelola (akun komputer pc)."
    assert said in [*office_check.notes(office)]
    assert office_records.mistakes(office) == []
    journal = story.settings.register / office_records.JOURNAL / "riwayat.jsonl"
    journal.write_text(journal.read_text().replace("pengelola", "kabag"))
    assert ["Rantai riwayat putus" in one.message for one in office_records.mistakes(office)] == [True]
    story.later(days=31)
    assert said not in [*office_check.notes(office)]
