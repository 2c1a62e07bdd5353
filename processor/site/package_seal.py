"""Opens the seal of one package from the site, and tells one that did not arrive whole from one that is none."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from processor.cases.office_keys import SealDamaged
from processor.foundation.errors import PayungError
from processor.site import age_header, applicant_code, endpoint

BACK = "kembalikan kiriman ini ke foldernya."


class Rejected(PayungError):
    """A package that can never be filed; says why and what to do with it."""


class Incomplete(PayungError):
    """A package that is not whole: empty, still being copied, or damaged on its way here. The server may have it."""


def unsealed(path: Path, unseal: Callable[[bytes], bytes]) -> bytes:
    """Unseal a package. Raises Rejected when it is none, or not one for this office; Incomplete when it is not whole.

    The endpoint names a package by its SHA-256, so that one which bears another name tells less.
    """
    sealed = path.read_bytes() if path.stat().st_size <= endpoint.LARGEST else None
    named = bool(_DIGEST.fullmatch(path.stem))
    if sealed is not None and (not sealed or (named and hashlib.sha256(sealed).hexdigest() != path.stem)):
        raise Incomplete(_NOT_WHOLE)
    if not age_header.is_age(sealed or b""):
        raise Rejected(
            "Ini bukan kiriman utuh dari halaman Ajukan. Bila di server ada yang utuh, ambil lagi dari sana."
        )
    try:
        return applicant_code.unpad(unseal(sealed or b""))
    except SealDamaged:
        if not named:
            raise Incomplete(_NOT_WHOLE) from None
        raise Rejected(_CLOSED) from None
    except PayungError:
        raise Rejected(_CLOSED) from None


_DIGEST = re.compile(r"[0-9a-f]{64}")
_NOT_WHOLE = "Kiriman ini belum utuh: kosong, masih disalin, atau rusak di jalan."
FETCH_AGAIN = "Dibiarkan di tempatnya. Ambil lagi dari server."
_CLOSED = (
    "Tidak terbuka: disegel untuk kunci lain, atau rusak. Bila kunci kantor pernah diganti, tambahkan kunci lama di "
    f"bawah yang baru, lalu {BACK}"
)
