"""Sealed packages as the site's own form makes them, and the endpoint in a process of its own that a test may kill."""

import base64
import json
import signal
import sys
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from processor.cases import office_keys
from processor.foundation import loopback
from processor.site import applicant_code, endpoint
from processor.site.endpoint import Endpoint
from processor.site.package_lanes import EndpointLimits
from tests.office import response

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"


def said(person: int = 1, files: Mapping[str, bytes] | None = None, **changes: object) -> dict[str, Any]:
    """What a package holds before it is sealed; ``changes`` replace whole parts of it."""
    given = files or {}
    return {
        "v": 1,
        "kunci": str(uuid.UUID(int=person, version=4)),
        "jawaban": dict(response(person).answers),
        "lampiran": [{"nama": name, "isi": base64.b64encode(content).decode()} for name, content in given.items()],
        **changes,
    }


def sealed(keys: office_keys.OfficeKeys, holds: object) -> bytes:
    """A package that holds ``holds`` as JSON."""
    return keys.seal(applicant_code.pad(json.dumps(holds).encode()))


def dropped(folder: Path, package: bytes, name: str = "a") -> Path:
    """A package in ``folder`` under a name of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{endpoint.SUFFIX}"
    path.write_bytes(package)
    return path


def main(folder: str, limits: str) -> None:
    """Run the endpoint on a free port of this computer until SIGTERM; print its address."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with loopback.answering(
        Endpoint(Path(folder), EndpointLimits(**json.loads(limits))), loopback.bind(0, "")
    ) as address:
        print(address, flush=True)
        stop.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
