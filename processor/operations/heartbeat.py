"""Asks for the address of a watcher after a good pass: where nobody asks any more, the watcher raises an alarm.

Nothing is sent but the request for that address, and no pass waits long for it.
"""

import threading
import urllib.error
import urllib.request
from http.client import HTTPException

from processor.foundation.errors import Problem
from processor.operations.office import Office

_LONGEST = 10.0  # seconds, however slowly the watcher, or whoever knows its name, answers


def beat(office: Office) -> list[Problem]:
    """Let the watcher, where there is one, know that a pass went well; give what somebody should mend."""
    address = office.settings.pemantau.alamat
    if not address:
        return []
    said = [f"tidak menjawab dalam {_LONGEST:.0f} detik"]
    asking = threading.Thread(target=_ask, args=(address, said), daemon=True)
    asking.start()
    asking.join(_LONGEST)
    mend = "Putarannya sendiri selesai. Periksa alamatnya, dan apakah komputer ini boleh menghubunginya."
    return [Problem(office.settings.path.name, None, f"pemantau.alamat {one}.", mend) for one in said[:1]]


def _ask(address: str, said: list[str]) -> None:
    """Ask for the address; let ``said`` hold what went wrong."""
    request = urllib.request.Request(address, headers={"User-Agent": "Payung"})  # noqa: S310 -- http(s) by the setting
    try:
        with urllib.request.urlopen(request, timeout=_LONGEST):  # noqa: S310 -- the same
            said.clear()
    except urllib.error.HTTPError as error:
        said[:] = [f"menjawab {error.code}"]
        error.close()
    except (OSError, HTTPException, ValueError) as error:
        said[:] = [f"tidak dapat dihubungi ({getattr(error, 'reason', error)})"]
