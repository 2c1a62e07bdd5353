"""Ballots of the satisfaction survey: one for each answered case, signed blindly, so that nobody can link it to a vote.

Who has the code of a case sends a blinded token with the proof of that. What is signed goes back within the sealed
status of the case. The key is one for all, published at one address: with a key for each case the office could tell
votes apart.
"""

import hashlib
from contextlib import suppress

from processor.cases import survey_store
from processor.cases.survey_store import Ballot
from processor.foundation import blind_signatures
from processor.foundation.blind_signatures import SigningKey
from processor.foundation.errors import PayungError
from processor.operations.office import Office
from processor.site.survey_packages import SentBallotRequest

_WAIT = 10.0  # seconds for another process to finish


def key_file(office: Office) -> bytes:
    """Give what is published of the key: its modulus in hexadecimal digits, on a line; nothing while there is none.

    Raises:
        PayungError: The key is damaged.
    """
    key = survey_store.signing_key(office.register)
    return f"{_published(key)}\n".encode() if key else b""


def fingerprint(office: Office) -> str:
    """Give the fingerprint of the key as the pages show it, so that people can compare it; "" while there is none."""
    key = survey_store.signing_key(office.register)
    return _fingerprint(key) if key else ""


def _published(key: SigningKey) -> str:
    return f"{key.modulus:x}"


def _fingerprint(key: SigningKey) -> str:
    return hashlib.sha256(_published(key).encode()).hexdigest()[:16]


def give(office: Office, sent: SentBallotRequest) -> bool:
    """Sign the ballot of an answered case, once: what is asked for a second time changes nothing.

    The caller holds the register's lock, and has seen that the sender has the code of this case.

    Returns:
        Whether the case has its ballot: none is given, nor used up, for what was blinded with another key.

    Raises:
        PayungError: The key or the ballot is damaged.
    """
    register = office.register
    key = survey_store.signing_key(register)
    if survey_store.ballot(register, sent.nomor):
        return True
    if key is None or sent.sidik != _fingerprint(key):
        return False
    try:
        signature = blind_signatures.sign(key, bytes.fromhex(sent.buta))
    except ValueError:
        return False
    survey_store.write_ballot(register, sent.nomor, Ballot(sent.buta, signature.hex()))
    return True


def shown(office: Office, number: str) -> dict[str, dict[str, str]]:
    """Give what the status of an answered case says of its ballot: the blind signature (hex), "" while none was given.

    The key that signs is made with the first of them. Nothing is given where the ballot is damaged or the key cannot
    be made now: the status is published all the same.
    """
    with suppress(PayungError, OSError):
        _prepare_key(office)
        found = survey_store.ballot(office.register, number)
        return {"survei": {"tanda": found.signature if found else ""}}
    return {}


def _prepare_key(office: Office) -> None:
    """Make the key that signs, where there is none. Raises Busy, PayungError."""
    register = office.register
    if survey_store.has_signing_key(register):
        return
    made = blind_signatures.new_key()
    with register.lock(_WAIT):
        if not survey_store.has_signing_key(register):
            survey_store.write_signing_key(register, made)
