"""``riwayat.jsonl``: one event a line, chained by digests, so that no line can be changed or taken out unseen.

The chain cannot tell when lines were cut off the end, or all of them rewritten; only a copy kept elsewhere does.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from processor.cases.records import Event
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError, Problem

FILE_NAME = "riwayat.jsonl"
_MARK = b',"rantai":"'


def journal_lines(events: Iterable[Event], link: str) -> bytes:
    """Write ``events`` as lines that continue a chain.

    Args:
        events: what happened, in order.
        link: the last line's link (SHA-256, hex digits); a new journal's chain starts with its case's number.
    """
    result = b""
    for event in events:
        body = _line_without_link(event)
        link = _next_link(link, body)
        result += body[:-1] + _MARK + link.encode() + b'"}\n'
    return result


def _line_without_link(event: Event) -> bytes:
    """Write an event as a line without its link."""
    record: dict[str, Any] = {
        "waktu": event.time.isoformat(timespec="seconds"),
        "pelaku": event.actor,
        "peristiwa": event.kind,
    }
    if event.data:
        record |= {"rincian": dict(event.data)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _next_link(link: str, body: bytes) -> str:
    """Compute the link of a line: a digest of the link before and the line."""
    return hashlib.sha256(link.encode() + body).hexdigest()


def _body_and_link(line: bytes) -> tuple[bytes, str]:
    """Split a line into its body and its link."""
    body, _, link = line.rpartition(_MARK)
    return body + b"}", link[:-2].decode("ascii", "replace")


def link_of(line: bytes) -> str:
    """Give the link that stands in a line (SHA-256, hex digits), whether it is right or not."""
    return _body_and_link(line)[1]


def drop_torn_line(path: Path) -> bytes:
    """Remove a last line that a crash cut short, as nobody was told that it was written; give what is left."""
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        atomic_files.replace(path, whole)
    return whole


def append(path: Path, events: Iterable[Event]) -> None:
    """Add ``events`` to a journal; once this returns they survive a loss of power."""
    whole = drop_torn_line(path)
    last = whole.rstrip(b"\n").rsplit(b"\n", 1)[-1]
    atomic_files.append(path, journal_lines(events, _body_and_link(last)[1] if last else path.parent.name))


def read(path: Path) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Read the events of a journal, and every place where it was damaged or changed."""
    events: list[Event] = []
    problems: list[Problem] = []
    link = path.parent.name
    try:
        *whole, rest = path.read_bytes().split(b"\n")
    except OSError as error:
        return (), (Problem(str(path), None, f"Riwayat tidak terbaca ({error.strerror}).", _MEND),)
    for count, line in enumerate(whole, start=1):
        body, given = _body_and_link(line)
        try:
            events.append(_parse_event(body))
        except (ValueError, KeyError, TypeError):
            problems.append(Problem(str(path), count, "Baris riwayat tidak terbaca.", _MEND))
        else:
            if given != _next_link(link, body):
                message = "Rantai riwayat putus: baris ini atau baris sebelumnya diubah."
                problems.append(Problem(str(path), count, message, _MEND))
        link = given
    if rest:
        message = "Baris terakhir terpotong."
        problems.append(
            Problem(str(path), len(whole) + 1, message, "Jalankan payung jalankan; bagian itu akan diulang.")
        )
    return tuple(events), tuple(problems)


_MEND = "Bandingkan dengan cadangan."
FILING = "didaftar"
"""The first event of every case."""


def lacks_beginning(events: Sequence[Event]) -> bool:
    """Tell whether the beginning of a case's journal is gone: then nobody knows what was said and sent before."""
    return not events or events[0].kind != FILING


def check_beginning(path: Path) -> None:
    """Raise PayungError where the beginning of a case's journal is gone: what is added there would tell a lie."""
    begin = f'"peristiwa":"{FILING}"'.encode()
    try:
        with path.open("rb") as file:
            whole = begin in file.readline()
    except OSError:
        whole = False
    if not whole:
        raise PayungError(f"Riwayat {path.parent.name} hilang atau tanpa awalnya. Pulihkan {FILE_NAME} dari cadangan.")


def read_from_filing(path: Path) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Read a case's journal as ``read`` does; that its beginning is gone is told as well."""
    events, problems = read(path)
    if problems or not lacks_beginning(events):
        return events, problems
    mend = "Pulihkan dari cadangan. Sampai itu tidak ada yang ditulis atau dikirim untuk permohonan ini."
    return events, (Problem(str(path), 1, "Awal riwayat hilang: pendaftarannya tidak tercatat.", mend),)


def _parse_event(body: bytes) -> Event:
    """Read the event in a line. Raises ValueError, KeyError or TypeError when it is none."""
    record = json.loads(body)
    details = record.get("rincian", {})
    if not isinstance(details, dict):
        raise TypeError(details)
    return Event(record["peristiwa"], datetime.fromisoformat(record["waktu"]), record["pelaku"], details)
