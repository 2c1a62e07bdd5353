"""What a person reads of what a code opens, sealed or not yet: sentences, as docs/assets/lacak.js shows them."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyrage
from pyrage import x25519

from processor.foundation.indonesian_dates import tanggal, waktu
from processor.operations import applicant_status
from processor.operations.sealed_answers import OpenedByCode
from processor.site import applicant_code, sealed_statuses, status_sentences
from processor.site.applicant_code import Keys
from tests.story import Story

WIB = ZoneInfo("Asia/Jakarta")


def made(story: Story) -> list[OpenedByCode]:
    """What a publication at this moment would let codes open."""
    return [*applicant_status.openings(story.office, story.office.now())]


def statuses(opened: Iterable[OpenedByCode], keys: Keys) -> list[dict[str, Any]]:
    """What a code reads of each of its requests and complaints."""
    mine = (one for one in opened if one.recipient == keys.recipient)
    return [read(one.status, one.answer.told if one.answer else None) for one in mine]


def answers(opened: Iterable[OpenedByCode], keys: Keys) -> dict[str, list[bytes]]:
    """The letters that a code opens, by the number of what they answer."""
    return {
        one.status["nomor"]: [*one.answer.contents] for one in opened if one.answer and one.recipient == keys.recipient
    }


def unsealed_bytes(sealed: bytes, identity: str) -> bytes | None:
    """What ``identity`` opens of an age file; None when it cannot open it."""
    try:
        return applicant_code.unpad(pyrage.decrypt(sealed, [x25519.Identity.from_str(identity)]))
    except pyrage.DecryptError:
        return None


def unsealed_statuses(files: Mapping[str, bytes], identity: str) -> list[dict[str, Any]]:
    """Every status that ``identity`` opens in what was published."""
    entries = (one for name in files if name.endswith(".bin") for one in sealed_statuses.entries(files[name]))
    return [json.loads(found) for one in entries if (found := unsealed_bytes(one, identity))]


def unsealed(sealed: bytes, identity: str) -> tuple[dict[str, Any], list[bytes]] | None:
    """What ``identity`` opens of a file among the answers; None when it cannot open it."""
    found = unsealed_bytes(sealed, identity)
    return opened_reply(found) if found else None


def opened_reply(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What is told of answers, and their files' contents, from what was sealed."""
    begin = 4 + int.from_bytes(content[:4])
    told, files = json.loads(content[4:begin]), []
    for file in (one for answer in told["jawaban"] for one in answer["berkas"]):
        files.append(content[begin : begin + file["ukuran"]])
        begin += file["ukuran"]
    assert begin == len(content)
    return told, files


def read(
    status: Mapping[str, Any], answer: Mapping[str, Any] | None = None, who: str = "kepala bagian"
) -> dict[str, Any]:
    """A status in sentences; ``jawaban`` is what is told of its answer."""
    words = status_sentences.for_page(who)

    def said(part: str, code: Mapping[str, Any]) -> str:
        return words[part][code["kode"]].format(**{name: value(one) for name, one in code.items()})

    meetings = [
        said("jadwal", one) + (words["jadwal"]["tempat"].format(**one) if "tempat" in one else "")
        for one in status.get("jadwal", ())
    ]
    follows = said("selanjutnya", status.get("selanjutnya", {"kode": status["tahap"]}))
    return {key: status[key] for key in ("survei",) if key in status} | {
        "nomor": status["nomor"],
        "macam": status.get("macam", "permohonan"),
        "status": words["tahap"][status["tahap"]],
        "riwayat": history(status["riwayat"]),
        "selanjutnya": " ".join([follows, *meetings]),
        "tenggat": said("tenggat", status["tenggat"]) if "tenggat" in status else "",
        "kekurangan": status.get("kekurangan", []),
        "kirim": status.get("kirim", []),
        "alasan": status.get("alasan", ""),
        "jawaban": answer,
    }


def history(text: str) -> list[tuple[str, str]]:
    """When something happened (ISO 8601 at the office, to the minute) and the sentence."""
    words, minute, found = status_sentences.for_page("")["riwayat"], 0, []
    for code, later in re.findall(r"([a-z]+)(-?\d+)", text):
        minute += int(later)
        found.append((moment(minute).isoformat(timespec="minutes")[:16], words[code]))
    return found


def moment(minute: int) -> datetime:
    """The moment so many minutes after 1970, at the office."""
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(WIB)


def value(one: object) -> object:
    """A value as it is read."""
    if isinstance(one, int):
        return waktu(moment(one), WIB, "WIB")
    return tanggal(date.fromisoformat(str(one))) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(one)) else one
