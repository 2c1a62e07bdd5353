"""Seals with age what the office alone can open, and makes keyed fingerprints, which tell equality and nothing else."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from pathlib import Path

import pyrage
from pyrage import x25519

from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

_KEY_PREFIX = "AGE-SECRET-KEY-1"


class OfficeKeys:
    """The office's keys: seals to all recipients, opens with any of its own identities (age's word for a private key).

    The first identity of the key file is the current one; an older one may stand below it, so that old seals still
    open. ``secret`` made the fingerprints of registers that are older than ``segel.age``.
    """

    def __init__(self, identities: Sequence[str], recipients: Sequence[str]) -> None:
        self._identities = [x25519.Identity.from_str(text) for text in identities]
        self.public = str(self._identities[0].to_public())
        self.recipients = tuple(dict.fromkeys([self.public, *recipients]))
        self._recipients = [x25519.Recipient.from_str(text) for text in self.recipients]
        self.secret = hashlib.sha256(b"payung-sidik-v1|" + identities[0].encode()).digest()

    def __repr__(self) -> str:
        return f"OfficeKeys({len(self.recipients)} penerima)"

    def are_in(self, content: bytes) -> bool:
        """Tell whether ``content`` holds a private key that opens what is sealed: the office's own or a recipient's."""
        letters = content.replace(b"\0", b"")  # of two bytes each, as Notepad may write them
        found = {_public_of(text) for text in _PRIVATE.findall(letters)}
        return not found.isdisjoint((*self.recipients, *(str(one.to_public()) for one in self._identities)))

    def seal(self, content: bytes) -> bytes:
        """Seal ``content`` to every recipient."""
        return bytes(pyrage.encrypt(content, self._recipients))

    def open(self, sealed: bytes) -> bytes:
        """Open what was sealed. Raises SealDamaged when it is damaged, PayungError when it is for somebody else."""
        try:
            return bytes(pyrage.decrypt(sealed, self._identities))
        except pyrage.DecryptError as error:
            kind = PayungError if _OTHER_KEY in str(error) else SealDamaged
            raise kind(
                "Berkas tersegel tidak terbuka: kuncinya lain atau berkasnya rusak. "
                "Pulihkan kunci kantor atau berkas itu dari cadangan."
            ) from error


def _public_of(text: bytes) -> str:
    """Give the public half of what looks like a private key; "" where it is none."""
    try:
        return str(x25519.Identity.from_str(text.decode().upper()).to_public())
    except pyrage.IdentityError:
        return ""


_PRIVATE = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}", re.IGNORECASE)
_OTHER_KEY = "No matching keys"  # as age says it


class SealDamaged(PayungError):
    """A sealed file that is not whole: cut, changed, or never one."""


def fingerprint(secret: bytes, kind: str, text: str) -> str:
    """Compute the HMAC-SHA256 of ``kind`` and ``text``, cut to 24 hex digits.

    Without the secret, a NIP cannot be guessed from it.
    """
    content = f"{kind}|{text}".encode("utf-8", "surrogatepass")  # JSON may hold half a pair
    return hmac.new(secret, content, hashlib.sha256).hexdigest()[:24]


def create_key_files(key_file: Path, recipients_file: Path) -> bool:
    """Make the office key (mode 0600) and the list of recipients; tell whether the key was missing until now.

    A key that was half written when the program was killed is taken away.
    """
    for left in key_file.parent.glob(f".{key_file.name}.*.tmp"):
        atomic_files.remove(left)
    if key_file.exists():
        return False
    atomic_files.make_folder(key_file.parent)
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# Kunci kantor Payung. Rahasia: simpan cadangannya di atas kertas.\n# publik: {public}\n{identity}\n"
    atomic_files.replace(key_file, text.encode())
    if not recipients_file.exists():
        atomic_files.replace(recipients_file, _EXPLAINED)
    return True


_EXPLAINED = (
    b"# Kunci publik lain yang boleh membuka register, satu baris satu kunci age1...\n"
    b"# Tambahkan kunci pemulihan di sini, dan simpan pasangannya di atas kertas di tempat terkunci.\n"
)


def make_recovery_key(recipients_file: Path) -> str:
    """Make a recovery key: its public half joins the recipients; the secret half is returned and kept nowhere."""
    identity = x25519.Identity.generate()
    add_recipients(recipients_file, str(identity.to_public()))
    return str(identity)


def add_recipients(recipients_file: Path, *lines: str) -> None:
    """Add public keys, or a comment, to the recipients."""
    old = recipients_file.read_bytes() if recipients_file.exists() else _EXPLAINED
    atomic_files.replace(recipients_file, old.rstrip(b"\n") + "".join(f"\n{line}" for line in lines).encode() + b"\n")


def load(key_file: Path, recipients_file: Path) -> OfficeKeys:
    """Read the office's keys. Raises PayungError with what to do when one is missing or damaged."""
    if not key_file.is_file():
        raise PayungError(
            f"Kunci kantor tidak ada: {key_file}. Pulihkan dari cadangan. Hanya kantor yang belum punya permohonan "
            "yang membuatnya, dengan payung siapkan."
        )
    typed = ("".join(line.split()).upper() for line in _lines(key_file))  # from paper: in small letters, in groups
    identities = [line for line in typed if line.startswith(_KEY_PREFIX)]
    if not identities:
        raise PayungError(f"{key_file} tidak memuat kunci age. Pulihkan dari cadangan; jangan membuat yang baru.")
    try:
        return OfficeKeys(identities, public_keys(recipients_file))
    except pyrage.IdentityError as error:
        raise PayungError(
            f"Kunci pada {key_file} rusak. Bila diketik dari kertas, cocokkan huruf demi huruf; bila tidak, pulihkan "
            "dari cadangan."
        ) from error


def public_keys(recipients_file: Path) -> list[str]:
    """Read the public keys besides the office's own to which all is sealed. Raises PayungError for a bad one."""
    keys = _lines(recipients_file) if recipients_file.is_file() else []
    for key in keys:
        try:
            x25519.Recipient.from_str(key)
        except pyrage.RecipientError as error:
            raise PayungError(
                f"{recipients_file}: “{key[:12]}…” bukan kunci publik age. Salin ulang baris itu utuh, atau hapus."
            ) from error
    return keys


def _lines(path: Path) -> list[str]:
    """Read the lines of a key file, without comments and empty ones."""
    lines = (line.strip() for line in path.read_text("utf-8", "replace").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
