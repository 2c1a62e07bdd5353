"""The letters of a case as a person looks at them: each with its state, what is different in it, and what to decide."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from processor.cases.register import OUTGOING, Filed
from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles
from processor.operations import letter_evidence, letter_sources, letter_states, overview
from processor.operations.letter_prints import ASIDE
from processor.operations.letter_states import LetterState, StandingLetter
from processor.operations.office import Office

ListedState = LetterState | Literal["disampaikan", "berubah", "hilang"]
"""A state of the letter itself; or delivered, other than the journal says, gone."""

IN_WORDS: dict[ListedState, str] = {
    "seperti_dibuat": "seperti dibuat",
    "disimpan_ulang": "disimpan ulang, isinya sama",
    "disunting": "disunting, perlu diputuskan",
    "dipakai": "dipakai sebagai surat akhir",
    "tidak_berlaku": "dipakai untuk isi atau nomor yang lain, perlu diputuskan",
    "tercetak_lain": "akan tercetak lain bila dibuat lagi, perlu diputuskan",
    "rusak": "bukan berkas Word yang utuh",
    "surat_lain": "surat permohonan lain",
    "disampaikan": "disampaikan",
    "berubah": "bukan yang dicatat di riwayat",
    "hilang": "hilang",
}


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """One letter: file, kind, number ("" for none), state, the PDF beside it, what is different, what may be decided.

    ``changes`` hold no identity. ``digest`` is that of the file about which somebody must decide, "" for any other.
    """

    name: str
    kind: str
    number: str
    state: ListedState
    pdf: str
    changes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    digest: str = ""


def letters(office: Office, number: str) -> list[ListedLetter]:
    """List the letters of a case that the journal knows, but for those that were put aside, in order of their writing.

    Raises:
        BrokenFiles: The case file cannot be used.
        PayungError: There is no such case, or its identity does not open.
    """
    filed = office.register.read(number)
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        raise BrokenFiles(filed.problems)
    catalogue = law_catalogue.load(office.settings.law_catalogue)
    found = (one for _, one in letter_sources.compared(office, filed, filed.case, seen, catalogue))
    compared = {one.path.name: one for one in found}
    hidden = letter_sources.without_identity(office, number) if compared else str
    return [*_listed(filed, compared, hidden)]


def _listed(filed: Filed, compared: dict[str, StandingLetter], hidden: Callable[[str], str]) -> Iterator[ListedLetter]:
    """Describe each letter that was written, and not put aside since."""
    last = {event.data["berkas"]: event for event in filed.events if event.kind in {"surat", ASIDE}}
    delivered = letter_evidence.delivered_names(filed)
    for name, event in last.items():
        if event.kind == ASIDE:
            continue
        one = compared.get(name)
        state = "disampaikan" if name in delivered else one.state if one else _plain_state(filed, name)
        shown = one if one and one.stops else None
        yield ListedLetter(
            name,
            event.data["jenis"],
            str(event.data.get("nomor", "")),
            state,
            _pdf_beside(filed, name),
            tuple(change.shown(hidden) for change in shown.changes) if shown else (),
            tuple(letter_states.choices(shown)) if shown else (),
            shown.digest if shown else "",
        )


def _plain_state(filed: Filed, name: str) -> ListedState:
    """Tell what became of a letter with which nothing is compared now."""
    path = filed.folder / OUTGOING / name
    if not path.is_file():
        return "hilang"
    told = {event.data["sha256"] for event in filed.events if event.kind == "surat" and event.data["berkas"] == name}
    return "seperti_dibuat" if letter_evidence.digest_now(path) in told else "berubah"


def _pdf_beside(filed: Filed, name: str) -> str:
    """Give the name of the PDF that lies beside a letter; "" for none."""
    stem = name.removesuffix(".docx").casefold()
    folder = filed.folder / OUTGOING
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((one.name for one in inside if one.suffix.casefold() == ".pdf" and one.stem.casefold() == stem), "")
