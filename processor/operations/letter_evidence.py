"""Whether the letters of a case are still what the journal says: numbered and delivered ones, and none of another case.

What the journal told of a letter is the SHA-256 with which it was written, numbered or delivered; who delivers it again
under another number accepts what lies there then.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from processor.cases import answers, evidence
from processor.cases.case_file import LetterKind
from processor.cases.register import OUTGOING, Filed, Register
from processor.foundation.errors import Problem
from processor.letters import documents
from processor.operations import letter_prints
from processor.operations.letter_prints import ASIDE, PRINT

_STEMS = {documents.file_name(kind).removesuffix(".docx"): kind for kind in documents.KINDS}
_NAME = re.compile(rf"({'|'.join(_STEMS)})(-\d+)?\.(docx|pdf)")
_BACK = "Pulihkan berkas itu dari cadangan."
_MADE_AGAIN = "Pulihkan dari cadangan. Belum disampaikan? Hapus saja: bila masih perlu, dibuat lagi."
_EDITED = "Yang tidak disunting dibuat di sebelahnya: bandingkan, lalu pindahkan yang tidak dipakai dari folder ini."


def mistakes(register: Register, filed: Filed, due: Collection[LetterKind]) -> Iterator[Problem]:
    """Find letters that are gone, emptied, changed, or another case's.

    The answer that went out last is left to ``case_letters.changed_after_delivery``.

    Args:
        register: The register, by whose secret a letter is known to be of its case.
        filed: The case.
        due: The letters that a pass writes anew: of these none is missed.
    """
    known, delivered = _told(filed), delivered_names(filed)
    last = next((str(one.data["berkas"]) for one in reversed(filed.events) if one.kind == "jawaban"), "")
    current = _current(filed)
    for name in sorted(known.keys() - {last}):
        path = filed.folder / OUTGOING / name
        if not path.exists():
            lost = name in current and not any((path.parent / one).exists() for one in current)
            if name in delivered or (lost and _kind(name) not in due):
                count = len(delivered | {name})
                said = f"Surat {name} hilang. Riwayat mencatat {count} surat yang bernomor atau disampaikan."
                yield Problem(str(path), None, said, _BACK)
        elif wrong := _wrong(
            register, filed, path, known[name], () if name in delivered else due, issued=name in current | delivered
        ):
            yield Problem(str(path), None, wrong, _mend(name, delivered, path))
    yield from _foreign(register, filed, known)


def beside(answer: Path) -> dict[str, bytes]:
    """Give the letters that lie beside an answer as it goes out, by their paths in the case's folder."""
    found = (path for path in sorted(answer.parent.iterdir()) if _NAME.fullmatch(path.name) and path.is_file())
    return {f"{OUTGOING}/{path.name}": path.read_bytes() for path in found}


def digest_now(path: Path) -> str:
    """Give the SHA-256 of a file; "" where there is none. Asked several times a case, it is read once."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return _digest(path, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns) if path.is_file() else ""


@lru_cache(maxsize=16)
def _digest(path: Path, *_state: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _told(filed: Filed) -> Mapping[str, set[str]]:
    """Give every SHA-256 that the journal told of a letter, by its name; of one that was put aside nothing."""
    found = defaultdict[str, set[str]](set)
    for event in filed.events:
        if event.kind in {"surat", "jawaban"}:
            found[str(event.data["berkas"])].add(str(event.data["sha256"]))
        elif event.kind == ASIDE:
            found.pop(str(event.data["berkas"]), None)
    for name, seals in evidence.told(filed.events).items():
        if name.startswith(f"{OUTGOING}/"):
            found[name.removeprefix(f"{OUTGOING}/")] |= {digest for _, digest in seals}
    return found


def delivered_names(filed: Filed) -> set[str]:
    """Give the names of all that lay there when an answer went out, and of the answers."""
    answers = [event for event in filed.events if event.kind == "jawaban"]
    return {str(one.data["berkas"]) for one in answers} | {
        name.removeprefix(f"{OUTGOING}/") for name in evidence.told(answers) if name.startswith(f"{OUTGOING}/")
    }


def _current(filed: Filed) -> set[str]:
    """Give the names of the letters that answer and bear the number of the case file: one, and what stands beside."""
    case = filed.case
    if case is None or not (answer := answers.answer_letter(case)).number:
        return set()
    made = (event.data for event in filed.events if event.kind == "surat" and event.data["bernomor"])
    number = answer.number
    return {str(one["berkas"]) for one in made if one["jenis"] == answer.kind and one.get("nomor", number) == number}


def _kind(name: str) -> LetterKind | None:
    match = _NAME.fullmatch(name)
    return _STEMS[match[1]] if match else None


def _wrong(
    register: Register, filed: Filed, path: Path, told: Collection[str], due: Collection[LetterKind], *, issued: bool
) -> str:
    """Say what is wrong with a letter that is there; "" for nothing: one that bears no number yet may be edited."""
    if not path.is_file():
        return f"Surat {path.name} bukan berkas."
    if not path.stat().st_size:
        return f"Surat {path.name} kosong."
    if digest_now(path) in told:
        return ""
    if letter_prints.is_anothers(register, filed.number, path.read_bytes()):
        return f"{path.name} adalah surat permohonan lain."
    if not issued or _is_compared(path, due) or _signed_since(path) or _prints_as_told(register, filed, path):
        return ""
    return f"Isi surat {path.name} bukan yang dicatat di riwayat."


def _is_compared(path: Path, due: Collection[LetterKind]) -> bool:
    """Tell whether ``case_letters`` compares a letter with what would be written now, and so tells of it itself."""
    return _kind(path.name) in due and letter_prints.read(path.read_bytes()) is not None


def _prints_as_told(register: Register, filed: Filed, path: Path) -> bool:
    """Tell whether a letter was only saved anew: it prints what the journal told of it."""
    told = {one.data.get(PRINT) for one in filed.events if one.kind == "surat" and one.data["berkas"] == path.name}
    printed = letter_prints.read(path.read_bytes()) if any(told) else None
    return printed is not None and letter_prints.print_mark(register, printed) in told


def _signed_since(letter: Path) -> bool:
    """Tell whether a person put the PDF of a letter beside it after it was edited last."""
    signed = letter.with_suffix(".pdf")
    return signed != letter and signed.is_file() and signed.stat().st_mtime >= letter.stat().st_mtime


def _mend(name: str, delivered: Collection[str], path: Path) -> str:
    """Say what to do about a letter that is not what it was."""
    if name in delivered:
        return _BACK
    return _EDITED if path.is_file() and path.stat().st_size else _MADE_AGAIN


def _foreign(register: Register, filed: Filed, known: Collection[str]) -> Iterator[Problem]:
    """Find what is named like a letter and is none that the journal knows; a PDF of a known letter is a person's."""
    folder = filed.folder / OUTGOING
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name in known or not _NAME.fullmatch(path.name) or f"{path.stem}.docx" in known:
            continue
        anothers = letter_prints.is_anothers(register, filed.number, path.read_bytes())
        said = (
            f"{path.name} adalah surat permohonan lain." if anothers else f"Riwayat tidak mengenal surat {path.name}."
        )
        mend = "Pindahkan ke luar folder ini, atau kembalikan ke permohonan asalnya."
        yield Problem(str(path), None, said, mend)
