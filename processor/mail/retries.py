"""What an attempt makes of a message in the outbox: sent, tried again and when, failed, or for a person to look at."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from processor.mail.message import OutboxEntry

MOST_TRIES = 48  # with 5 minutes between them, 4 hours
_STALE = "Tidak dikirim: permohonannya sudah berubah, atau pemohon tidak lagi memberi alamat email."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, and why, in a sentence for staff.

    ``terkirim``: the server has it. ``sementara``: refused for now (4xx). ``tetap``: refused for good (5xx).
    ``putus``: the connection broke when the server may have it or not. ``gangguan``: not about this message.
    """

    kind: Literal["terkirim", "sementara", "tetap", "putus", "gangguan"]
    reason: str = ""


def attempt_started(entry: OutboxEntry, now: datetime, pause: timedelta) -> OutboxEntry:
    """Note the beginning of an attempt: it counts, and the message is not due again at once should it never end."""
    return replace(entry, tries=entry.tries + 1, next=now + pause, changed=now)


def attempt_ended(entry: OutboxEntry, outcome: Outcome, now: datetime, pause: timedelta) -> OutboxEntry:
    """Note how an attempt ended that ``attempt_started`` has counted.

    A server that cannot be used at all (``gangguan``) does not use up the tries of a message. After ``MOST_TRIES`` the
    message is ``gagal``.
    """
    ended = replace(entry, reason=outcome.reason, changed=now, next=None)
    if outcome.kind == "terkirim":
        return replace(ended, state="dikirim")
    if outcome.kind == "tetap":
        return replace(ended, state="gagal")
    if outcome.kind == "putus":
        return replace(ended, state="tidak_pasti")
    if outcome.kind == "gangguan":
        return retry_later(replace(entry, tries=entry.tries - 1), outcome.reason, now, pause)
    if entry.tries >= MOST_TRIES:
        return replace(ended, state="gagal", reason=f"{MOST_TRIES} kali dicoba, belum diterima. {outcome.reason}")
    return replace(ended, state="ditunda", next=now + pause)


def retry_later(entry: OutboxEntry, reason: str, now: datetime, pause: timedelta) -> OutboxEntry:
    """Put a message off because the server cannot be used: no attempt of this message."""
    return replace(entry, state="ditunda", reason=reason, changed=now, next=now + pause)


def obsolete(entry: OutboxEntry, now: datetime) -> OutboxEntry:
    """Note that the case no longer calls for the message."""
    return replace(entry, state="usang", next=None, reason=_STALE, changed=now)
