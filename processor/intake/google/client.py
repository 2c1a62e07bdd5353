"""The one way to Google's services: credentials, retries, and a sentence for everything that can fail."""
# ruff: noqa: PLC0415  heavy libraries, imported where they are used

import http.client
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from processor.foundation import settings
from processor.foundation.errors import SourceFailed

READ = (
    "https://www.googleapis.com/auth/forms.responses.readonly",
    "https://www.googleapis.com/auth/forms.body.readonly",
)
WRITE = ("https://www.googleapis.com/auth/forms.body",)
FILES = ("https://www.googleapis.com/auth/drive.readonly",)

_BROADER = {  # a token with one of these may also do what is asked
    READ[0]: {"https://www.googleapis.com/auth/drive"},
    READ[1]: {WRITE[0], "https://www.googleapis.com/auth/drive", FILES[0]},
    WRITE[0]: {"https://www.googleapis.com/auth/drive"},
    FILES[0]: {"https://www.googleapis.com/auth/drive"},
}
_TOKEN_ADDRESS = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, no secret
_VERSIONS = {"forms": "v1", "drive": "v3"}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_LIMITED = re.compile(r"rate.?limit|quota", re.IGNORECASE)
_LONGEST_PAUSE = 60.0
_LATER = "Tidak ada yang hilang; dicoba lagi pada putaran berikutnya."


class RequestFailed(SourceFailed):
    """Google did not do what was asked; ``status`` is that of HTTP, 0 where there was no answer."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for Google: seconds for an answer, tries in all, and what waits between tries."""

    timeout: float = 30.0
    tries: int = 5
    pause: Callable[[float], object] = time.sleep
    heard: Callable[[str], object] = str
    """Is told what Google says of the time, with each answer."""


PATIENCE = Patience()


def connect(
    credentials: Path,
    scopes: Iterable[str],
    service: str = "forms",
    patience: Patience = PATIENCE,
) -> Any:
    """Connect to one of Google's services; close the client after use.

    Args:
        credentials: a service account's key or a stored OAuth token; it is read, never written.
        scopes: what the client may do.
        service: forms or drive.
        patience: time limits and retries.

    Raises:
        SourceFailed: the credentials are missing, unreadable, of another kind, or do not cover ``scopes``.
    """
    import httplib2
    from google_auth_httplib2 import AuthorizedHttp
    from googleapiclient.discovery import build

    key = _credentials(credentials, tuple(scopes))
    plain = httplib2.Http(timeout=patience.timeout)  # proxies as the system says
    options = {}
    if address := settings.google_address():
        plain = httplib2.Http(timeout=patience.timeout, proxy_info=None)
        options["api_endpoint"] = _only_loopback(address) + ("/drive/v3/" if service == "drive" else "")
    return build(
        service,
        _VERSIONS[service],
        http=AuthorizedHttp(key, http=plain),
        static_discovery=True,
        cache_discovery=False,
        client_options=options,
    )


def _only_loopback(address: str) -> str:
    """Check that ``address`` is this computer's: a token goes there over plain HTTP."""
    if urlsplit(address).hostname not in _LOOPBACK:
        raise SourceFailed(
            f"{settings.GOOGLE} hanya untuk pengujian di komputer ini (127.0.0.1). Hapus dari lingkungan."
        )
    return address.rstrip("/")


def execute(request: Any, patience: Patience = PATIENCE, *, again: bool = True) -> Any:
    """Send a request to Google.

    Args:
        request: made by Google's client.
        patience: time limits and retries.
        again: try again after what may pass by itself (429, 5xx, rate limits, a lost connection); must be false for a
            request that would then make a second thing.

    Returns:
        Google's answer: a dict, or bytes for a file's content.

    Raises:
        RequestFailed: with cause and mend.
        SourceFailed: what answers is not Google.
    """
    if hasattr(request, "add_response_callback"):
        request.add_response_callback(lambda answer: patience.heard(answer.get("date", "")))
    for number in range(1, patience.tries + 1):
        try:
            answer = request.execute()
        except _failures() as error:
            if not again or number == patience.tries or not _may_pass(error):
                raise RequestFailed(failure_sentence(error), http_status(error)) from None
            patience.pause(_seconds_to_wait(error, number))
        else:
            if isinstance(answer, str):  # a 200 whose body is no JSON: the client gives it back as it is
                raise SourceFailed(
                    "Jawaban yang diterima bukan dari Google, melainkan halaman lain (biasanya halaman masuk jaringan "
                    f"kantor) atau terpotong. Buka peramban, masuk ke jaringan, lalu jalankan lagi. {_LATER}"
                )
            return answer
    raise AssertionError("unreachable: the last try returns or raises")


def http_status(error: BaseException) -> int:
    """Give the HTTP status of a failure, 0 for one that has none."""
    return int(getattr(getattr(error, "resp", None), "status", 0))


def failure_sentence(error: BaseException) -> str:
    """Say in Indonesian what failed and what to do, without quoting anything that a response could hold."""
    from google.auth.exceptions import RefreshError

    if isinstance(error, RefreshError):
        return _refused_token(error)
    if isinstance(error, TimeoutError):
        return f"Google tidak menjawab pada waktunya. Periksa sambungan internet. {_LATER}"
    code = http_status(error)
    if code == 403:
        return _forbidden(str(getattr(error, "reason", "")))
    if code >= 500:
        return f"Layanan Google sedang terganggu (kode {code}). {_LATER}"
    if code in _STATUS:
        return _STATUS[code]
    if code:
        return f"Google menolak permintaan (kode {code}). Jalankan: payung periksa."
    if "prox" in type(error).__name__.lower() or "socks" in str(error).lower():
        return "Proksi jaringan tidak dapat dipakai. Periksa HTTPS_PROXY dan pastikan paket PySocks terpasang."
    return f"Google tidak dapat dihubungi ({type(error).__name__}). Periksa sambungan internet dan proksi. {_LATER}"


_STATUS = {
    400: "Google tidak menerima permintaan (kode 400). Periksa sumber.google.formulir di payung.yaml.",
    401: "Google menolak kredensial (kode 401). Buat kunci akun layanan yang baru, atau masuk lagi dengan OAuth.",
    404: "Formulir Google tidak ditemukan (kode 404). Periksa sumber.google.formulir di payung.yaml: kunci pada alamat "
    "penyuntingan (/forms/d/KUNCI/edit), bukan pada alamat pengisian (/forms/d/e/…). Periksa juga bahwa formulir "
    "dibagikan kepada akun layanan.",
    429: f"Google membatasi banyaknya permintaan (kode 429). {_LATER}",
}


def _forbidden(reason: str) -> str:
    """Say what a refusal means and who can mend it."""
    if "disabled" in reason or "not been used" in reason:
        return (
            "Layanan Google yang diperlukan belum diaktifkan (kode 403). Aktifkan Google Forms API pada proyek Google "
            "Cloud milik kredensial."
        )
    if _LIMITED.search(reason):
        return f"Kuota Google sedang habis (kode 403). {_LATER}"
    return (
        "Kredensial tidak berhak atas formulir ini (kode 403). Bagikan formulir sebagai editor kepada alamat "
        "client_email yang tertulis di berkas kredensial."
    )


def _refused_token(error: BaseException) -> str:
    """Say why Google gave no token."""
    if "invalid_grant" in str(error):
        return (
            "Token Google sudah mati (invalid_grant). Token aplikasi OAuth berstatus “Testing” mati setelah 7 hari, "
            "token yang tidak dipakai mati setelah 6 bulan. Masuk lagi dengan OAuth, atau pakai akun layanan; periksa "
            "juga jam komputer."
        )
    return "Kredensial Google tidak dapat dipakai untuk masuk. Buat kredensial baru, lalu jalankan: payung periksa."


def _failures() -> tuple[type[BaseException], ...]:
    """List everything that a request can raise."""
    import httplib2
    from google.auth.exceptions import GoogleAuthError
    from googleapiclient.errors import Error

    return (Error, GoogleAuthError, httplib2.HttpLib2Error, http.client.HTTPException, OSError, ValueError)


def _may_pass(error: BaseException) -> bool:
    """Tell whether ``error`` may be gone in a moment."""
    from google.auth.exceptions import RefreshError

    code = http_status(error)
    if code:
        limited = code == 403 and _LIMITED.search(str(getattr(error, "reason", "")))
        return code == 429 or code >= 500 or bool(limited)
    return not isinstance(error, (RefreshError, ValueError))


def _seconds_to_wait(error: BaseException, number: int) -> float:
    """Give the seconds to wait: what the server asks for, else exponentially longer, with some chance."""
    asked = str(getattr(error, "resp", {}).get("retry-after", ""))
    seconds = float(asked) if asked.isdigit() else random.uniform(0.5, 1) * 2**number  # noqa: S311  no secret
    return min(seconds, _LONGEST_PAUSE)


def _credentials(path: Path, scopes: tuple[str, ...]) -> Any:
    """Read the credentials in ``path``, for ``scopes``."""
    info = _read_json(path)
    kind = info.get("type")
    if kind == "service_account":
        return _service_account(path, info, scopes)
    if kind == "authorized_user":
        return _stored_token(path, info, scopes)
    if "installed" in info or "web" in info:
        raise SourceFailed(
            f"{path.name} berisi kunci aplikasi OAuth, bukan token. Masuk sekali, lalu simpan tokennya di sini."
        )
    raise SourceFailed(
        f"{path.name} bukan kredensial Google. Pakai kunci akun layanan (JSON) atau token OAuth tersimpan."
    )


def _read_json(path: Path) -> Mapping[str, Any]:
    """Read a credential file as data."""
    try:
        info = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SourceFailed(
            f"Kredensial Google tidak ada di {path}. Unduh kunci akun layanan dan simpan di sana, atau betulkan "
            "sumber.google.kredensial di payung.yaml."
        ) from None
    except OSError:
        raise SourceFailed(f"Kredensial Google di {path} tidak dapat dibaca. Periksa hak bacanya.") from None
    except ValueError:
        raise SourceFailed(f"Kredensial Google di {path} rusak (bukan JSON). Unduh lagi.") from None
    return info if isinstance(info, dict) else {}


def _service_account(path: Path, info: Mapping[str, Any], scopes: tuple[str, ...]) -> Any:
    """Make credentials of a service account's key."""
    from google.oauth2 import service_account

    try:
        return service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]  # no types there
            dict(info), scopes=scopes
        )
    except (ValueError, TypeError, AttributeError):
        raise SourceFailed(f"Kunci akun layanan di {path.name} tidak lengkap atau rusak. Unduh lagi.") from None


def _stored_token(path: Path, info: Mapping[str, Any], scopes: tuple[str, ...]) -> Any:
    """Make credentials of a stored token. It asks for no scopes: it has those granted; asking for others ends it."""
    from google.oauth2.credentials import Credentials

    granted = info.get("scopes")
    granted = granted.split() if isinstance(granted, str) else granted
    if isinstance(granted, list):
        missing = [scope for scope in scopes if not ({scope} | _BROADER.get(scope, set())) & set(granted)]
        if missing:
            names = ", ".join(scope.rpartition("/")[2] for scope in missing)
            raise SourceFailed(f"Token di {path.name} tidak mencakup izin: {names}. Masuk lagi dengan izin itu.")
    if not all(info.get(name) for name in ("refresh_token", "client_id", "client_secret")):
        raise SourceFailed(f"Token di {path.name} tidak lengkap. Masuk lagi dengan OAuth dan simpan tokennya.")
    return Credentials(  # type: ignore[no-untyped-call]  # no types there
        token=None,
        refresh_token=info["refresh_token"],
        token_uri=info.get("token_uri") or _TOKEN_ADDRESS,
        client_id=info["client_id"],
        client_secret=info["client_secret"],
    )
