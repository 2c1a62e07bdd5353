"""What the office's own journal tells of the officers' accounts at the desk: who made one anew, and when.

The file of the accounts can be edited by whoever uses the office's computer; a line of the journal cannot, unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from processor.cases.records import Event
from processor.foundation.indonesian_dates import tanggal
from processor.operations import desk_accounts, office_records, side_journal
from processor.operations.desk_accounts import Account
from processor.operations.office import Office

RESET = "akun_diatur_ulang"
"""The event of an account that was reset; ``petugas`` is whose it is."""
_WAIT = 10.0  # seconds for a pass that is under way
_LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AccountReset:
    """That an account was reset: whose (short name), when (aware), by whom, and by which account of the computer."""

    officer: str
    time: datetime
    by: str
    account: str = ""


def reset(office: Office, officer: str, by: str, account: str) -> str:
    """Reset an account, let the journal say so, and give what the one-time link ends with, as ``Accounts.reset``.

    Raises Busy, and resets nothing, while the register cannot be written.
    """
    now = office.now().replace(microsecond=0)  # as the journal keeps it
    told = {"petugas": officer} | ({"akun": account} if account else {})
    with office.register.lock(_WAIT):
        token = desk_accounts.of(office.settings).reset(officer, now, by, account)
        side_journal.append(office.register, office_records.JOURNAL, Event(RESET, now, by, told))
    return token


def resets(office: Office, officer: str, account: Account) -> list[AccountReset]:
    """Give every reset of an officer's account, the last first: those in the journal, and what only the account tells.

    Raises OSError where the journal cannot be read.
    """
    last = ({"waktu": account.reset_at, "oleh": account.reset_by},) if account.reset_at else ()
    kept = [
        AccountReset(officer, datetime.fromisoformat(one["waktu"]), one["oleh"], one.get("akun", ""))
        for one in account.resets or last
    ]
    told = [one for one in _told(office) if one.officer == officer]
    return sorted(dict.fromkeys((*kept, *told)), key=lambda one: one.time)[::-1]


def lately(office: Office) -> Iterator[str]:
    """Say which accounts were reset within thirty days. Raises OSError where the journal cannot be read."""
    for one in _told(office):
        if office.now() - one.time < _LATELY:
            by = f"{one.by} (akun komputer {one.account})" if one.account else one.by
            yield f"Akun meja {one.officer} diatur ulang {tanggal(one.time.astimezone(office.now().tzinfo))} oleh {by}."


def _told(office: Office) -> Iterator[AccountReset]:
    """Give the resets in the journal, oldest first."""
    events, _ = side_journal.read(office.register, office_records.JOURNAL)
    for one in events:
        if one.kind == RESET:
            yield AccountReset(str(one.data.get("petugas")), one.time, one.actor, str(one.data.get("akun", "")))
