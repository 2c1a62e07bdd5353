"""What an upgrade changes -> what a person reads in the terminal, and what a program reads as JSON. Pure."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import processor
from processor.foundation.yaml_merge import ABSENT
from processor.operations.upgrade.merged_files import KeyQuestion
from processor.operations.upgrade.upgrade_plan import ASIDE, FileChange, UpgradePlan

_TITLES = {
    "gabung": "Digabung isian demi isian; yang Anda tulis tetap",
    "ganti": "Diganti, karena masih seperti bawaan versi yang dulu",
    "tambah": "Ditambahkan",
    "hapus": "Dihapus, karena tidak dipakai lagi dan masih seperti bawaan",
    "samping": f"Sudah Anda ubah, jadi dibiarkan; yang baru ditaruh di folder {ASIDE}",
    "usang": "Tidak dipakai lagi oleh program; dibiarkan, karena sudah Anda ubah atau disebut menu Anda",
    "tidak_dikenal": "Berbeda dari yang baru, dan asalnya tidak dikenal",
}
_NAMED, _LINES = 12, 40  # names of a row, lines of a difference that a terminal shows


def plan_text(plan: UpgradePlan) -> str:
    """Write a plan, file by file."""
    if not plan.writes and not plan.changes:
        return f"Folder Anda sudah menurut Payung {processor.__version__}. Tidak ada yang perlu diperbarui."
    lines = [f"Payung {plan.base or '(asal tidak dikenal)'} → {processor.__version__}"]
    for kind, title in _TITLES.items():
        if found := [one for one in plan.changes if one.kind == kind]:
            lines += ["", f"{title} ({len(found)}):", *_files(found)]
    if not plan.changes:
        lines += ["", "Isi folder sudah sama; hanya tanda versinya yang ditulis."]
    if plan.lacking:
        lines += ["", f"{plan.lacking} berkas bawaan tidak ada di folder Anda; yang dipakai ialah milik program."]
    if not plan.base:
        lines += ["", _UNKNOWN]
    if plan.questions:
        lines += ["", f"Perlu Anda putuskan ({len(plan.questions)}); sampai itu milik Anda yang tetap:"]
        lines += [f"- {question_text(one)}" for one in plan.questions]
    return "\n".join(lines)


_UNKNOWN = (
    "Tidak diketahui dari versi mana folder ini bermula, jadi tidak ada yang ditulis. Bandingkan berkas di atas dengan "
    "yang baru, lalu ubah sendiri yang perlu."
)


def _files(found: Sequence[FileChange]) -> Iterator[str]:
    """List files, those that a person must look at with the difference."""
    plain = [one.name for one in found if not one.difference and not one.reason]
    if plain:
        more = f", dan {len(plain) - _NAMED} lagi" if len(plain) > _NAMED else ""
        yield f"  {', '.join(plain[:_NAMED])}{more}"
    for one in found:
        if one.name in plain:
            continue
        yield f"  {one.name}"
        yield from ([f"    {one.reason}"] if one.reason else [])
        yield from (f"    {line}" for line in one.difference[:_LINES])
        if len(one.difference) > _LINES:
            yield f"    ... {len(one.difference) - _LINES} baris lagi; seluruhnya dengan --json"


def question_text(question: KeyQuestion) -> str:
    """Write a question about a key in a line."""
    change = question.change
    where = f"{question.name}, {'.'.join(change.place)}"
    return f"{where}: milik Anda {shown(change.mine)}; yang baru {shown(change.new)}"


def shown(value: Any) -> str:
    """Write a value in one line."""
    if value is ABSENT:
        return "(tidak ada)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text if len(text) <= 200 else text[:200] + ' …'}”"


def plan_data(plan: UpgradePlan, *, done: bool) -> dict[str, Any]:
    """Give a plan as JSON."""
    return {
        "dari": plan.base,
        "ke": processor.__version__,
        "dikerjakan": done,
        "perubahan": [
            {"berkas": one.name, "jenis": one.kind, "perbedaan": list(one.difference), "sebab": one.reason}
            for one in plan.changes
        ],
        "pertanyaan": [_question_data(one) for one in plan.questions],
        "bawaan": plan.lacking,
    }


def _question_data(question: KeyQuestion) -> dict[str, Any]:
    change = question.change
    values = {"dulu": change.base, "milik_anda": change.mine, "baru": change.new}
    return {
        "berkas": question.name,
        "tempat": list(change.place),
        **{name: None if value is ABSENT else value for name, value in values.items()},
        "perbaikan": MEND.format(question.name),
    }


MEND = "Milik Anda tetap. Mau yang baru? Ubah sendiri di {}."
