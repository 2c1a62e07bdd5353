"""Signs what an office publishes of its figures, with a key of its own (Ed25519), and checks what others signed.

The key lies beside the office's keys, is made when first needed, and opens nothing. A reader knows an agency by it.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from processor.foundation import atomic_files
from processor.foundation.errors import PayungError

_PURPOSE = b"payung-rekap-1\n"
"""Stands before what is signed, so that a signature of anything else is none of a file of figures."""
_PARTS = {"isi", "kunci", "tanda_tangan"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed, and by which public ``key`` (base64)."""

    key: str
    content: Any


class NotSigned(PayungError):
    """A file that is none of figures, or of which the signature does not fit what it says."""


def create(path: Path) -> Ed25519PrivateKey:
    """Make a key at ``path``, in the place of one that is there. Raises OSError."""
    key = Ed25519PrivateKey.generate()
    atomic_files.make_folder(path.parent)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    atomic_files.replace(path, pem)
    return key


def load(path: Path) -> Ed25519PrivateKey | None:
    """Read the key at ``path``; None where there is none. Raises PayungError for one that is damaged, or OSError."""
    if not path.exists():
        return None
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise PayungError(
            f"Kunci rekap pada {path} rusak. Pulihkan dari cadangan; dengan kunci lain, berkas angka Anda ditolak oleh "
            "yang menghimpunnya."
        )
    return key


def public_text(key: Ed25519PrivateKey) -> str:
    """Write the public half, as files and settings hold it."""
    return _text(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def fingerprint(public: str) -> str:
    """Give a short form of a public key that two people can compare by telephone."""
    digest = hashlib.sha256(public.encode()).hexdigest()[:20].upper()
    return "-".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def sign(key: Ed25519PrivateKey, content: Mapping[str, Any]) -> bytes:
    """Write a file of ``content`` with its signature; the same content and key give the same bytes."""
    signature = _text(key.sign(_signed_bytes(content)))
    whole = {"isi": content, "kunci": public_text(key), "tanda_tangan": signature}
    return (json.dumps(whole, ensure_ascii=False) + "\n").encode()


def check(file: bytes) -> Signed:
    """Read a file that ``sign`` wrote.

    Raises:
        NotSigned: It is none, or its signature does not fit.
    """
    try:
        whole = json.loads(file)
        if not isinstance(whole, dict) or whole.keys() != _PARTS:
            raise NotSigned(_NONE)
        public, signature = (base64.b64decode(whole[name], validate=True) for name in ("kunci", "tanda_tangan"))
        key, content = Ed25519PublicKey.from_public_bytes(public), whole["isi"]
        key.verify(signature, _signed_bytes(content))
    except (ValueError, TypeError, RecursionError) as error:
        raise NotSigned(_NONE) from error
    except InvalidSignature as error:
        raise NotSigned(_CHANGED) from error
    return Signed(_text(public), content)


_NONE = "Bukan berkas angka Payung, atau tidak utuh. Minta berkas rekap.json yang utuh dari instansi itu."
_CHANGED = (
    "Tanda tangannya tidak cocok: isinya berubah sesudah ditandatangani. Minta berkas rekap.json yang asli dari "
    "instansi itu."
)


def _signed_bytes(content: Any) -> bytes:
    """Write content in the one way that is signed: whatever its order and spaces were, it says the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _PURPOSE + text.encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
