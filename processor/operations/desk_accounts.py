"""The officers' accounts at the desk: one private file beside the office's keys.

It holds passphrases as argon2id makes them, links and recovery codes as hashes only, and the secret of a second factor.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings

_FILE = "akun-meja.json"
_LISTS = ("recovery", "resets")
LINK_LASTS = timedelta(hours=24)
_BUSY = "Akun meja sedang diubah. Tunggu sebentar, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Account:
    """An officer's account.

    ``passphrase`` is what argon2id made of it, "" before it is set; ``link`` the hash of the one-time link, and when
    that ends ``until`` (ISO, aware). Sessions end when ``stamp`` changes. ``totp`` is the secret of the second factor,
    "" for none, ``last_step`` the time step of its last code that was used, ``recovery`` hashes of codes for once.
    ``since`` is when the first passphrase was set (ISO, aware). ``resets`` tell each time that the account was reset:
    when (``waktu``, ISO, aware), by which officer (``oleh``), as whoever typed the command said, and by which account
    of the computer (``akun``); of the last one ``reset_at`` and ``reset_by`` tell the same. ``calendar`` is
    the hash of what the address of the officer's calendar ends with, "" for none.
    """

    passphrase: str = ""
    link: str = ""
    until: str = ""
    stamp: str = ""
    totp: str = ""
    last_step: int = 0
    recovery: tuple[str, ...] = ()
    since: str = ""
    reset_at: str = ""
    reset_by: str = ""
    resets: tuple[Mapping[str, str], ...] = ()
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts in ``folder``, where the office's keys lie; by the short names of ``payung.yaml``."""

    folder: Path

    def all(self) -> dict[str, Account]:
        """Read every account; none where there is no file. Raises PayungError when it is damaged."""
        try:
            data: Mapping[str, Any] = json.loads((self.folder / _FILE).read_bytes())
            listed = {name: {key: tuple(one.get(key, ())) for key in _LISTS} for name, one in data.items()}
            return {name: Account(**{**one, **listed[name]}) for name, one in data.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise PayungError(
                f"{self.folder / _FILE} rusak. Pulihkan dari cadangan; atau hapus berkas itu, lalu undang lagi semua "
                "petugas: payung petugas undang NAMA"
            ) from error

    def since(self) -> datetime | None:
        """Tell since when an officer has had an account (aware); None where nobody ever set a passphrase."""
        return min((datetime.fromisoformat(one.since) for one in self.all().values() if one.since), default=None)

    def invite(self, name: str, now: datetime) -> str:
        """Make a one-time link for an officer who has no passphrase yet; an earlier link ends.

        Args:
            name: Their short name, which the settings know.
            now: aware.

        Returns:
            What the link ends with; it is kept nowhere.

        Raises:
            PayungError: They have an account already.
        """
        if self.all().get(name, Account()).passphrase:
            raise PayungError(
                f"{name} sudah punya akun meja. Lupa kata sandi? Petugas lain menjalankan: "
                f"payung petugas atur-ulang {name} --oleh PETUGAS"
            )
        return self._with_link(name, now)

    def reset(self, name: str, now: datetime, by: str, account: str = "") -> str:
        """Take away an officer's passphrase, second factor and sessions, and make a link as ``invite`` does.

        That officer sees from then on when that was, ``by`` whom, and by which ``account`` of the computer.
        """
        return self._with_link(name, now, {"waktu": now.isoformat(), "oleh": by, "akun": account})

    def _with_link(self, name: str, now: datetime, *reset: Mapping[str, str]) -> str:
        """Begin an account anew with a one-time link, and give what that ends with."""
        token, until = secrets.token_urlsafe(24), (now + LINK_LASTS).isoformat()
        self.change(
            name,
            lambda one: Account(
                link=hashed(token),
                until=until,
                stamp=secrets.token_hex(8),
                since=one.since,
                reset_at=reset[0]["waktu"] if reset else "",
                reset_by=reset[0]["oleh"] if reset else "",
                resets=(*one.resets, *reset),
            ),
        )
        return token

    def invited(self, token: str, now: datetime) -> str:
        """Find whose one-time link ``token`` is at ``now`` (aware); "" where it is nobody's, used or too old."""
        sought = hashed(token)
        for name, one in self.all().items():
            if one.link and secrets.compare_digest(one.link, sought) and now < datetime.fromisoformat(one.until):
                return name
        return ""

    def open_calendar(self, name: str) -> str:
        """Make the address of an officer's calendar anew, so that an earlier one ends.

        Returns:
            What the address ends with; it is kept nowhere.
        """
        token = secrets.token_urlsafe(32)
        self.change(name, lambda one: replace(one, calendar=hashed(token)))
        return token

    def close_calendar(self, name: str) -> None:
        """End the address of an officer's calendar."""
        self.change(name, lambda one: replace(one, calendar=""))

    def of_calendar(self, token: str) -> str:
        """Find whose calendar has the address that ends with ``token``; "" where it is nobody's."""
        sought = hashed(token)
        accounts = self.all().items()
        return next((name for name, one in accounts if secrets.compare_digest(one.calendar, sought)), "")

    def change(self, name: str, changed: Callable[[Account], Account]) -> Account:
        """Write what ``changed`` makes of an account, and give it. Raises Busy, PayungError, OSError."""
        with file_locks.hold(self.folder / f"{_FILE}.lock", 5, _BUSY):
            found = self.all()
            found[name] = changed(found.get(name, Account()))
            text = json.dumps({key: asdict(one) for key, one in found.items()}, indent=1)
            atomic_files.replace(self.folder / _FILE, text.encode())
            return found[name]


def of(settings: Settings) -> Accounts:
    """Give the accounts of an office."""
    return Accounts(settings.office_key.parent)


def may_sign_in(settings: Settings, name: str) -> bool:
    """Tell whether ``name`` is of an officer who still works in the service."""
    return name in settings.petugas and not settings.petugas[name].berhenti


def ending_sessions(account: Account) -> Account:
    """Give an account whose sessions so far have ended."""
    return replace(account, stamp=secrets.token_hex(8))


def hashed(token: str) -> str:
    """Hash a token that nobody can guess, so that who reads the file cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def same_keys(typed: str) -> str:
    """Give a passphrase as it counts, whichever way a keyboard composes its letters (NFKC, as NIST SP 800-63B says)."""
    return unicodedata.normalize("NFKC", typed)
