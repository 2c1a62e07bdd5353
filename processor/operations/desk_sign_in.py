"""What opens an account at the desk: a passphrase (argon2id), and a second factor (TOTP, RFC 6238) where it is set."""

import secrets
from dataclasses import replace
from datetime import datetime
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from processor.operations import desk_accounts
from processor.operations.desk_accounts import Account, Accounts

SHORTEST, LONGEST = 12, 200
"""Letters of a passphrase; NIST SP 800-63B asks for a length, and for no kinds of letters."""
_STEP = 30  # seconds for which a code of the second factor is shown
_RECOVERY = 8


def weakness(passphrase: str, again: str, name: str) -> str:
    """Say why a passphrase cannot be taken, and what to do; "" where it can."""
    typed = desk_accounts.same_keys(passphrase)
    if typed != desk_accounts.same_keys(again):
        return "Kedua isian kata sandi tidak sama. Tulis kata sandi yang sama dua kali."
    if not SHORTEST <= len(typed) <= LONGEST:
        return f"Kata sandi perlu {SHORTEST} sampai {LONGEST} huruf. Beberapa kata yang tidak berkaitan mudah diingat."
    if len({*typed.lower()} - {*name.lower()}) < _FEWEST:
        return "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berkaitan."
    return ""


_FEWEST = 5  # different letters that are not in the short name


def set_passphrase(accounts: Accounts, token: str, passphrase: str, now: datetime) -> str:
    """Use up the one-time link ``token`` for a passphrase; give whose it was, "" where it no longer counts."""
    made = PasswordHasher().hash(desk_accounts.same_keys(passphrase))
    name = accounts.invited(token, now)
    if not name:
        return ""
    link = desk_accounts.hashed(token)

    def use(one: Account) -> Account:
        since = one.since or now.isoformat()
        return replace(one, passphrase=made, link="", since=since) if one.link == link else one

    after = accounts.change(name, use)
    return name if after.passphrase == made else ""


def change_passphrase(accounts: Accounts, name: str, old: str, new: str) -> bool:
    """Replace a passphrase where ``old`` is the one that stands, and end all sessions; tell whether that was done."""
    if not opens(accounts.all().get(name), old):
        return False
    made = PasswordHasher().hash(desk_accounts.same_keys(new))
    accounts.change(name, lambda one: desk_accounts.ending_sessions(replace(one, passphrase=made)))
    return True


def opens(account: Account | None, passphrase: str) -> bool:
    """Tell whether a passphrase opens an account. That takes as long where there is none."""
    typed = desk_accounts.same_keys(passphrase[: LONGEST + 1])
    try:
        known = bool(account and account.passphrase)
        return PasswordHasher().verify(account.passphrase if account and known else _nobodys(), typed) and known
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """Make what stands in for the passphrase of an account that is not there."""
    return PasswordHasher().hash(secrets.token_urlsafe())


def sign_in(accounts: Accounts, name: str, passphrase: str, code: str, now: datetime) -> Account | None:
    """Give the account that passphrase and code open; None where they open none, whatever the reason.

    Args:
        accounts: The office's.
        name: Short name, as typed.
        passphrase: As typed.
        code: Of the second factor or for recovery, as typed; each counts once. Not looked at where there is none.
        now: aware.
    """
    account = accounts.all().get(name)
    if not opens(account, passphrase) or account is None:
        return None
    if not account.totp:
        return account
    used: list[bool] = []

    def use(one: Account) -> Account:
        after = _used_up(one, "".join(code.split()), now)
        used.append(after is not None)
        return after or one

    after = accounts.change(name, use)
    return after if used[0] and after.passphrase == account.passphrase else None


def _used_up(account: Account, code: str, now: datetime) -> Account | None:
    """Give the account after one of its codes was used; None where ``code`` is none of them."""
    totp, step = pyotp.TOTP(account.totp), int(now.timestamp()) // _STEP
    for one in (step - 1, step, step + 1):  # clocks of telephones differ a little
        if one > account.last_step and secrets.compare_digest(totp.at(one * _STEP).encode(), code.encode()):
            return replace(account, last_step=one)
    spent = desk_accounts.hashed(code.lower())
    if spent in account.recovery:
        return replace(account, recovery=tuple(one for one in account.recovery if one != spent))
    return None


def begin_second_factor() -> str:
    """Make the secret of a second factor, which counts once a first code of it was given."""
    return pyotp.random_base32()


def second_factor_address(secret: str, name: str, agency: str) -> str:
    """Give what the QR code of a second factor says to an authenticator application."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"Payung {agency}".replace(":", " "))


def set_second_factor(accounts: Accounts, name: str, secret: str, code: str, now: datetime) -> tuple[str, ...]:
    """Let a second factor count from now on, where ``code`` is of ``secret``.

    Returns:
        The recovery codes, which are kept nowhere; none where ``code`` is another.
    """
    tried = _used_up(Account(totp=secret), "".join(code.split()), now)
    if tried is None:
        return ()
    codes = tuple(f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(_RECOVERY))
    kept = tuple(desk_accounts.hashed(one) for one in codes)
    accounts.change(name, lambda one: replace(one, totp=secret, last_step=tried.last_step, recovery=kept))
    return codes


def drop_second_factor(accounts: Accounts, name: str, passphrase: str) -> bool:
    """Let the passphrase be enough again, where it is the right one; tell whether that was done."""
    if not opens(accounts.all().get(name), passphrase):
        return False
    accounts.change(name, lambda one: replace(one, totp="", last_step=0, recovery=()))
    return True
