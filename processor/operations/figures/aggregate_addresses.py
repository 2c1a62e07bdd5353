"""Fetches files of figures from the addresses that the settings allow: nothing else is asked, and no answer is trusted.

An answer has a greatest size and a latest moment; a redirect is not followed.
"""

import ssl
import time
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from itertools import islice
from threading import Thread
from urllib.error import HTTPError, URLError

from processor.foundation.progress import Progress, counted

MOST_BYTES = 8_000_000
PATIENCE = 30.0
"""Seconds for an answer, from asking to its last byte."""
_AT_ONCE = 8
_PART = 65_536
_MOVED = range(300, 400)
_LATER = "Coba lagi nanti, atau minta berkasnya lewat cara lain: payung rekap BERKAS"


class NotFetched(Exception):
    """No file came from an address; the sentence says why."""


def fetch(addresses: Sequence[str], progress: Progress, patience: float = PATIENCE) -> dict[str, bytes | NotFetched]:
    """Fetch the file at each address, several at once.

    Args:
        addresses: https, or this computer's own; the caller sees to it that the settings allow them.
        progress: Where it is shown how many have answered.
        patience: Seconds after which an answer that is not whole is given up.
    """
    found: dict[str, bytes | NotFetched] = {}
    trusted = ssl.create_default_context()
    waiting = counted(progress, "Menghimpun angka", addresses)
    for batch in _batches(waiting):
        answers: dict[str, bytes | NotFetched] = {}
        threads = [Thread(target=_answer, args=(address, answers, trusted, patience), daemon=True) for address in batch]
        for thread in threads:
            thread.start()
        end = time.monotonic() + patience
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))
        late = NotFetched(f"Tidak selesai menjawab dalam {patience:.0f} detik. {_LATER}")
        found |= {address: answers.get(address, late) for address in batch}
    return found


def _batches(addresses: Iterator[str]) -> Iterator[list[str]]:
    while batch := [*islice(addresses, _AT_ONCE)]:
        yield batch


def _answer(address: str, answers: dict[str, bytes | NotFetched], trusted: ssl.SSLContext, patience: float) -> None:
    """Put what comes from an address, or why nothing does, among the ``answers``."""
    try:
        answers[address] = _read(address, trusted, patience)
    except NotFetched as error:
        answers[address] = error
    except (OSError, ValueError, HTTPException) as error:
        answers[address] = NotFetched(_sentence(error))


def _read(address: str, trusted: ssl.SSLContext, patience: float) -> bytes:
    """Read an answer to its end. Raises NotFetched, OSError, ValueError or HTTPException."""
    opener = urllib.request.OpenerDirector()
    opener.addheaders = [("User-Agent", "Payung")]
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=trusted),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    end, parts, size = time.monotonic() + patience, list[bytes](), 0
    with opener.open(address, timeout=patience) as answer:
        while part := answer.read1(_PART):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise NotFetched(f"Jawabannya lebih besar daripada {MOST_BYTES // 1_000_000} MB, jadi tidak dibaca.")
            if time.monotonic() > end:
                raise TimeoutError
    return b"".join(parts)


def _sentence(error: Exception) -> str:
    """Say why nothing came, in none of the answer's own words."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(error, HTTPError):
        error.close()
        if error.code in _MOVED:
            return "Alamatnya mengalihkan ke alamat lain. Tanyakan alamat yang baru, lalu tulis di payung.yaml."
        return f"Alamatnya menjawab dengan kode {error.code}. Periksa alamatnya di payung.yaml. {_LATER}"
    if isinstance(reason, ssl.SSLError):
        return "Sertifikat situsnya tidak sah, jadi tidak dibaca. Beri tahu instansi itu."
    if isinstance(reason, TimeoutError):
        return f"Tidak menjawab pada waktunya. {_LATER}"
    return f"Tidak dapat dihubungi ({type(reason).__name__}). Periksa alamat dan sambungan internet. {_LATER}"
