"""How a letter that goes out was signed, as the journal says it: electronically, on paper and scanned, or not checked.

A signature that is not good keeps its letter back. Without pyHanko, or without roots, nobody can say; that is told.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from processor.cases.records import Event
from processor.foundation.errors import PayungError, Problem
from processor.foundation.indonesian_dates import waktu
from processor.foundation.settings import Settings
from processor.foundation.settings_agency import ServiceHours
from processor.letters import signature_check, signature_traces, signed_words
from processor.letters.signature_check import BadSignature, Expected, Signature
from processor.operations import letter_prints

KEY = "tanda_tangan"
"""In the journal's event of an answer; its values are these three. An event without it tells of a PDF by Payung."""
ELECTRONIC, SCANNED, UNCHECKED = "elektronik", "dipindai", "belum_diperiksa"

_Read = TypeVar("_Read")
_INSTALL = (
    'Agar diperiksa, pasang "payung[tte]" (di folder program: pip install --require-hashes -r requirements-tte.txt), '
    "lalu tulis tte: akar di payung.yaml."
)
_TRUST = "Agar diperiksa, tulis berkas sertifikat penerbitnya pada tte: akar di payung.yaml."
_SIGN_AGAIN = (
    "Minta penandatangan di payung.yaml menandatangani lagi PDF dari {letter}, lalu taruh hasilnya di sini tanpa "
    "menyimpannya ulang. Bila sertifikatnya memang baru, betulkan tte di payung.yaml."
)


def look(settings: Settings, content: bytes, now: datetime) -> dict[str, str]:
    """Tell how a PDF that a person put there was signed.

    Args:
        settings: Whose certificates are trusted, and whose signature is good.
        content: The PDF.
        now: The moment of delivery (aware).

    Returns:
        What the journal says of it.

    Raises:
        BadSignature: The signature is not good, or there is none where the office wants one.
        PayungError: A file of certificates cannot be read, or a signature that must be good cannot be checked.
    """
    traces = signature_traces.traces(content)
    if traces == "tanpa":
        if settings.tte.wajib == "ya":
            raise BadSignature("tidak ada, padahal tte: wajib di payung.yaml")
        return {KEY: SCANNED}
    if not signature_check.is_installed():
        return _unchecked(settings)
    if traces == "sisa":
        raise BadSignature("belum lengkap atau sudah dilepas: di PDF itu ada tempatnya atau sisanya saja")
    minute = now.replace(second=0, microsecond=0)
    found = _checked(content, _expected(settings), minute)
    if isinstance(found, str):
        raise BadSignature(found)
    return _told(found) if settings.tte.akar else _unchecked(settings)


def _unchecked(settings: Settings) -> dict[str, str]:
    """Tell that nobody can say whether a signature is good. Raises PayungError where the office wants a good one."""
    if settings.tte.wajib == "ya":
        raise PayungError(f"Tanda tangan elektronik wajib, tetapi belum dapat diperiksa. {_mend()}")
    return {KEY: UNCHECKED}


def wrong(settings: Settings, path: Path, letter: Path, numbers: tuple[str, ...], now: datetime) -> Problem | None:
    """Tell of a PDF that a person put beside ``letter``, whose signature keeps it from going out.

    It is not good, or stands under other words than those of the letter, which ``numbers`` tell from others.
    """
    try:
        content = path.read_bytes()
        if look(settings, content, now)[KEY] != SCANNED and (lacks := _lacking(content, letter.read_bytes(), numbers)):
            message = f"{path.name} bertanda tangan elektronik, tetapi {lacks}, jadi bukan PDF dari {letter.name}."
            return Problem(str(path), None, message, f"Minta penandatangan menandatangani PDF dari {letter.name}.")
    except BadSignature as error:
        message = f"Tanda tangan elektronik pada {path.name} {error}."
        return Problem(str(path), None, message, _SIGN_AGAIN.format(letter=letter.name))
    except (PayungError, OSError) as error:
        return Problem(str(path), None, str(error))
    return None


@lru_cache(maxsize=4)
def _lacking(content: bytes, letter: bytes, numbers: tuple[str, ...]) -> str:
    """Say what a PDF lacks of its letter, as ``signed_words.difference`` does, once for the same bytes."""
    printed = letter_prints.read(letter)
    return signed_words.difference(content, printed.text, numbers) if printed else ""


@lru_cache(maxsize=4)
def _checked(content: bytes, expected: Expected, minute: datetime) -> Signature | str:
    """Check a PDF once, though it is asked about several times while it goes out."""
    try:
        return signature_check.check(content, expected, minute)
    except BadSignature as error:
        return str(error)


def _expected(settings: Settings) -> Expected:
    """Read whose signature is good. Raises PayungError where a file cannot be read."""
    tte = settings.tte
    roots = [one for path in tte.akar for one in _read(settings, path, "akar", signature_check.certificates)]
    revoked = [_read(settings, path, "pencabutan", signature_check.revocations) for path in tte.pencabutan]
    serials = frozenset(map(signature_check.plain_serial, tte.seri))
    nip = "".join(filter(str.isdecimal, settings.surat.penandatangan.nip))
    return Expected(tuple(roots), tuple(revoked), nip, serials)


def _read(settings: Settings, named: Path, key: str, read: Callable[[bytes], _Read]) -> _Read:
    """Read a file that the settings name. Raises PayungError."""
    path = settings.resolve(named)
    try:
        return read(path.read_bytes())
    except OSError as error:
        mend = f"Betulkan tte: {key} di payung.yaml."
        raise PayungError(f"Berkas {named} untuk tte: {key} tidak terbaca ({error.strerror}). {mend}") from error
    except ValueError as error:
        mend = "Unduh lagi dari penerbitnya, sebagai PEM atau DER."
        raise PayungError(f"Berkas {named} untuk tte: {key} bukan yang diharapkan. {mend}") from error


def _told(found: Signature) -> dict[str, str]:
    moment = {"waktu_tanda_tangan": found.moment.isoformat()} if found.moment else {}
    said = {"penandatangan": found.signer, "sertifikat": found.serial, "penerbit": found.issuer}
    return {KEY: ELECTRONIC, **said, **moment}


def of_answer(events: Sequence[Event], service: ServiceHours) -> str:
    """Say how the answer that went out last was signed, as its journal tells; "" where it does not."""
    told = next((event.data for event in reversed(events) if event.kind == "jawaban"), {})
    way = told.get(KEY)
    if way == SCANNED:
        return "dipindai: PDF-nya tanpa tanda tangan elektronik"
    if way == UNCHECKED:
        return f"belum diperiksa: PDF-nya memuat tanda tangan elektronik. {_mend().removesuffix('.')}"
    if way != ELECTRONIC:
        return ""
    at = told.get("waktu_tanda_tangan")
    when = f" pada {waktu(datetime.fromisoformat(at), service.zone, service.zona_singkat)}" if at else ""
    by = f"sertifikat {told.get('sertifikat')} dari {told.get('penerbit')}"
    return f"ditandatangani elektronik oleh {told.get('penandatangan')}{when}, {by}"


def _mend() -> str:
    return _TRUST if signature_check.is_installed() else _INSTALL


def mistakes(settings: Settings) -> Iterator[Problem]:
    """Ask who makes the final PDF where the settings do not say; find what keeps signatures from being checked."""
    place = str(settings.path)
    if settings.surat.tanda_tangan is None:
        mend = (
            "Tulis wajib bila surat baru disampaikan sesudah ada PDF yang ditandatangani, atau tidak_wajib bila Payung "
            "membuat PDF akhirnya; suratnya lalu menyebut bahwa ia tanpa tanda tangan."
        )
        yield Problem(place, None, "surat.tanda_tangan belum dipilih.", mend)
    wanted = settings.tte.akar or settings.tte.wajib == "ya"
    if wanted and not (signature_check.is_installed() and settings.tte.akar):
        yield Problem(place, None, "Tanda tangan elektronik belum dapat diperiksa.", _mend())
    try:
        _expected(settings)
    except PayungError as error:
        yield Problem(place, None, str(error))
