"""The letters of a case -> what a person reads in the terminal, or a program as JSON. Pure, and without identity."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from processor.operations.letter_decisions import TakenIn
from processor.operations.letter_list import IN_WORDS, ListedLetter


def letters_text(number: str, found: Sequence[ListedLetter]) -> str:
    """Write a line for each letter; below one about which somebody must decide, what is different in it, and how."""
    if not found:
        return f"{number}: belum ada surat."
    return "\n".join(line for one in found for line in _lines(number, one))


def _lines(number: str, one: ListedLetter) -> Iterator[str]:
    beside = f"; PDF: {one.pdf}" if one.pdf else ""
    bears = f", nomor {one.number}" if one.number else ""
    yield f"{one.name}  {one.kind.replace('_', ' ')}{bears}: {IN_WORDS[one.state]}{beside}"
    if one.changes:
        yield "  Bedanya dengan surat yang dibuat dari permohonan.yaml sekarang ([-hilang-], {+baru+}):"
        yield from (f"  - {change}" for change in one.changes)
    if one.choices:
        yield "  Pilih satu:"
        yield from (f"  payung surat {number} --oleh PETUGAS {choice}" for choice in one.choices)


def letters_data(found: Sequence[ListedLetter]) -> list[dict[str, Any]]:
    """Give the letters as JSON."""
    names = {"name": "berkas", "kind": "jenis", "number": "nomor", "state": "keadaan", "changes": "beda"}
    return [
        {names.get(key, key): value for key, value in asdict(one).items() if key not in {"choices", "digest"}}
        for one in found
    ]


def taken_text(number: str, done: TakenIn) -> str:
    """Write what came of taking words in, and plainly what could not be carried."""
    verb = "akan diambil" if done.aside is None else "diambil"
    lines = [f"{number}: {verb} dari suratnya: {', '.join(done.places)}.", *(f"  {line}" for line in done.lines)]
    if done.lost:
        lines.append("Tidak dapat dibawa, karena tidak ada tempatnya di permohonan.yaml:")
        lines += [f"  - {change}" for change in done.lost]
    if done.aside:
        lines.append(f"Berkasnya disimpan sebagai {done.aside}.")
        again = "Kajian ini harus diperiksa lagi. " if any(one.startswith("kajian.") for one in done.places) else ""
        lines.append(f"{again}Suratnya dibuat lagi pada putaran berikutnya (payung jalankan).")
    return "\n".join(lines)
