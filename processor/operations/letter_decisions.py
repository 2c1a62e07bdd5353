"""What a person decides about a letter that was edited in Word, or that would print otherwise if it were made now.

Its words are taken into the case, which is then to be reviewed again; or the file is kept as the final letter, reviewed
as such; or it is put aside and the letter made anew. No file is ever lost: what goes from ``keluar`` lies in
``keluar/disisihkan``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processor.cases import answers, earlier_texts, objections, rules
from processor.cases.answers import OBJECTION_ANSWER, REJECTION
from processor.cases.case_file import CaseFile, LetterKind
from processor.cases.case_status import DELIVERED, OVER, Derived
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.cases.staff import Staff
from processor.foundation import atomic_files, law_catalogue, yaml_editor
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.foundation.settings_agency import Role
from processor.letters import placement, words_back
from processor.letters.word import draft_mark
from processor.letters.word.printed_letter import PrintedLetter
from processor.operations import (
    act_journal,
    confirming,
    letter_prints,
    letter_sources,
    letter_states,
    overview,
    step_advice,
    steps,
)
from processor.operations.act_journal import Person
from processor.operations.letter_prints import ASIDE
from processor.operations.letter_states import KEPT, LetterSource, LetterState, StandingLetter
from processor.operations.office import Office

FOLDER = "disisihkan"
"""Where a letter goes that was put aside, in ``keluar``."""
_WAIT = 10.0
_TAKES: Mapping[LetterKind, Role] = {REJECTION: "pengelola_layanan", OBJECTION_ANSWER: "kepala_bagian"}
"""Whose words a letter holds; those of all others are the analyst's."""
_KEEPS: Mapping[LetterKind, tuple[Role, ...]] = {REJECTION: ("pengelola_layanan", "kepala_bagian")}
"""Who may call a file the final letter, for want of another rule a kepala bagian."""
_REPLACEABLE: tuple[LetterState, ...] = (
    "disunting", "tidak_berlaku", "tercetak_lain", "dipakai", "rusak", "surat_lain",
)  # fmt: skip
_FINAL = frozenset({"disetujui", "ditolak", "keberatan_ditolak", *DELIVERED})


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking words in came to: the parts that changed, their lines, what could not be carried, where the file is.

    ``lost`` holds no identity. ``aside`` is None where nothing was written.
    """

    places: tuple[str, ...]
    lines: tuple[str, ...]
    lost: tuple[str, ...]
    aside: Path | None


@dataclass(frozen=True, slots=True)
class _Matter:
    """A letter about which somebody decides, and the case that it belongs to."""

    office: Office
    filed: Filed
    case: CaseFile
    seen: Derived
    source: LetterSource
    one: StandingLetter
    by: Person

    @property
    def staff(self) -> Staff:
        """Give who works here."""
        return Staff.of(self.office.settings.petugas, self.filed.events, self.office.register.fingerprint)

    @property
    def key(self) -> str:
        """Give the short name of the officer who decides."""
        return self.staff.key(self.by.officer)

    def problem(self, message: str, mend: str) -> Problem:
        """Say what is wrong with the letter."""
        return Problem(str(self.one.path), None, message, mend)


def take_in(office: Office, number: str, by: Person, shown: str = "", *, simulate: bool = False) -> TakenIn:
    """Take the words of an edited letter into the case file, and put the letter aside.

    What was approved is then another text: the case waits for its review again. ``shown`` is the digest of the file on
    which that was decided; any without it.

    Raises:
        BrokenFiles: With what stops it; then nothing was written.
        PayungError: There is no such letter, or none of its words can be carried.
        Busy: The register, the case file or the letter is in use.
    """
    with office.register.lock(_WAIT):
        matter = _matter(office, number, by, shown, "disunting", "tidak_berlaku")
        _refuse([*_wrong_taker(matter), *_unread(matter)])
        filed, printed = matter.filed, _printed(matter)
        carried = words_back.read_back(matter.case, matter.source.kind, lambda used: _as_then(matter, used), printed)
        if not carried.values:
            raise BrokenFiles((_nothing_carried(matter),))
        text = yaml_editor.apply(filed.document.text, carried.values)
        then = steps.case_with(office, filed, text)
        if then.case is None or then.problems:
            raise BrokenFiles(then.problems)
        confirmed = confirming.by_step(office, then, {place[0] for place in carried.values}, by)
        aside = None if simulate else _written(matter, text, confirmed)
    hidden = letter_sources.without_identity(office, number)
    lost = tuple(change.shown(hidden) for change in carried.lost)
    places = tuple(".".join(place) for place in carried.values)
    return TakenIn(places, steps.changed_lines(filed.document.text, text), lost, aside)


def keep(office: Office, number: str, by: Person, shown: str = "") -> Path:
    """Let a file that was edited be the final letter, which ``by`` has reviewed as it is; give its path.

    It counts for these decisions and this number only.

    Raises:
        BrokenFiles: With what stops it.
        PayungError: There is no such letter.
        Busy: The register or the letter is in use.
    """
    with office.register.lock(_WAIT):
        matter = _matter(office, number, by, shown, "disunting", "tidak_berlaku", "tercetak_lain")
        _refuse([*confirming.unknown(office, by), *_wrong_keeper(matter), *_unread(matter), *_unfinished(matter)])
        source, one = matter.source, matter.one
        data: dict[str, Any] = {"jenis": source.kind, "berkas": one.path.name, "sha256": one.digest, "bernomor": True}
        data |= {"nomor": source.number, **source.marks(one.content, numbered=True), KEPT: True}
        _record(matter, "surat", data)
    return one.path


def put_aside(office: Office, number: str, by: Person, shown: str = "") -> Path:
    """Put a letter aside, with the PDF of its name, so that it is made anew; give where it lies now.

    Raises:
        BrokenFiles: With what stops it.
        PayungError: There is no such letter.
        Busy: The register or the letter is in use.
    """
    with office.register.lock(_WAIT):
        return _put_aside(_matter(office, number, by, shown, *_REPLACEABLE))


def _matter(office: Office, number: str, by: Person, shown: str, *states: LetterState) -> _Matter:
    """Find the letter about which somebody may decide. Raises as ``take_in``."""
    filed = office.register.read(number)
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None or filed.problems:
        raise BrokenFiles(filed.problems)
    if seen.status in OVER or (seen.status in DELIVERED and answers.answered(filed.case, filed.events)):
        raise PayungError(f"{number} sudah {seen.status}: suratnya tidak dapat diganti lagi.")
    _refuse(step_advice.strangers(office, filed, by.officer))
    catalogue = law_catalogue.load(office.settings.law_catalogue)
    for source, one in letter_sources.compared(office, filed, filed.case, seen, catalogue):
        if shown and one.digest != shown:
            continue
        if one.state in states and placement.is_open(one.path):
            raise Busy(f"{one.path.name} sedang dibuka di Word atau LibreOffice. Tutup dahulu, lalu ulangi.")
        if one.state in states:
            return _Matter(office, filed, filed.case, seen, source, one, by)
    raise PayungError(f"Tidak ada surat {number} yang dapat diputuskan begitu. Lihat keadaannya: payung surat {number}")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise BrokenFiles(tuple(problems))


def _printed(matter: _Matter) -> PrintedLetter:
    found = letter_prints.read(matter.one.content)
    assert found is not None, "only what can be read is compared"
    return found


def _as_then(matter: _Matter, used: CaseFile) -> bytes:
    """Render the letter from another case file in the form of the one that lies there."""
    case = used if matter.one.told["bernomor"] else letter_states.without_number(used, matter.source.kind)
    return matter.source.make(case, draft_mark.MARK in _printed(matter).text)


def _wrong_taker(matter: _Matter) -> Iterator[Problem]:
    """Say why an officer may not take the words into the case: they would be that officer's own."""
    role = _TAKES.get(matter.source.kind, "analis_hukum")
    yield from _without_role(matter, (role,))
    if role == "analis_hukum" and matter.key == matter.staff.key(matter.case.penugasan.pemeriksa):
        message = f"{matter.by.officer} memeriksa kajian ini, jadi tidak dapat menulis di dalamnya."
        yield Problem("--oleh", None, message, "Minta penyusunnya mengambil kata-kata surat itu.")


def _wrong_keeper(matter: _Matter) -> Iterator[Problem]:
    """Say why an officer may not call the file the final letter: whoever wrote it does not approve it."""
    yield from _without_role(matter, _KEEPS.get(matter.source.kind, ("kepala_bagian",)))
    case, events, staff = matter.case, matter.filed.events, matter.staff
    own: frozenset[str] = frozenset()
    if matter.source.kind == OBJECTION_ANSWER:
        own = objections.rejecters(case, events, staff)
    elif matter.source.kind != REJECTION:
        own = frozenset(rules.drafters(case, events, staff))
    if matter.key in own:
        message = f"{matter.by.officer} ikut menyusun isi surat ini, jadi tidak dapat menyetujui berkasnya."
        yield Problem("--oleh", None, message, "Berkas yang disunting diperiksa orang lain.")


def _without_role(matter: _Matter, roles: tuple[Role, ...]) -> Iterator[Problem]:
    officer = matter.staff.officers.get(matter.key)
    if officer and not {*roles} & {*officer.peran}:
        named = " atau ".join(role.replace("_", " ") for role in roles)
        yield Problem("--oleh", None, f"{matter.by.officer} tidak berperan {named}.", f"Minta {named} melakukannya.")


def _unread(matter: _Matter) -> Iterator[Problem]:
    """Say that somebody's changes or remarks still wait in the file."""
    printed = _printed(matter)
    if printed.tracked:
        mend = "Buka di Word, tab Tinjau: terima atau tolak semuanya, simpan, lalu ulangi."
        yield matter.problem("Surat ini masih memuat perubahan terlacak (track changes).", mend)
    if printed.commented:
        mend = "Buka di Word, tab Tinjau: hapus semua komentar, simpan, lalu ulangi."
        yield matter.problem("Surat ini masih memuat komentar.", mend)


def _unfinished(matter: _Matter) -> Iterator[Problem]:
    """Say what a file lacks that is to go out as it is: an approval of what it is about, its number."""
    text, number = " ".join(_printed(matter).text.split()), matter.source.number
    if matter.seen.status not in _FINAL or matter.source.draft:
        message = f"Permohonan ini {matter.seen.status.replace('_', ' ')}: isi suratnya belum disetujui."
        yield matter.problem(message, "Setujui dahulu kajiannya, atau pakai --ambil atau --sisihkan.")
    elif not number:
        mend = f"Catat nomornya: payung sampaikan {matter.filed.number} --nomor-surat ..., ketik juga di berkas itu."
        yield matter.problem("Surat ini belum bernomor, jadi belum dapat menjadi surat akhir.", mend)
    elif number not in text:
        mend = "Ketik nomor itu di berkasnya dengan Word, simpan, lalu ulangi."
        yield matter.problem(f"Nomor surat {number} tidak ada di berkas ini.", mend)
    if draft_mark.MARK in text:
        mend = "Hapus tulisan itu di tepi atas halaman dengan Word, simpan, lalu ulangi."
        yield matter.problem(f"Berkas ini masih bertanda {draft_mark.MARK}.", mend)


def _nothing_carried(matter: _Matter) -> Problem:
    """Say that no word of a letter belongs to a part of the case file."""
    message = "Yang berubah pada surat ini tidak ada tempatnya di permohonan.yaml, jadi tidak dapat diambil."
    mend = "Pilih --pakai atau --sisihkan; kata-kata templat diubah pada templatnya."
    return matter.problem(message, mend)


def _written(matter: _Matter, text: str, confirmed: Sequence[Event]) -> Path:
    """Put the new text in the case file's place, let the journal say who wrote it, and put the letter aside."""
    office, filed = matter.office, matter.filed
    path, old = filed.document.path, filed.document.text
    act_journal.note(office, filed, lambda: act_journal.by_hand(office, filed, office.now()))
    earlier_texts.keep(filed.folder, old, office.now())
    yaml_editor.replace_text(path, old, text)
    earlier_texts.keep(filed.folder, text, office.now(), sync=False)
    office.register.record(filed.number, *confirmed)
    act = act_journal.by_command(matter.by, office.now())
    act_journal.note(office, office.register.read(filed.number), lambda: act)
    return _put_aside(matter, diambil=True)


def _put_aside(matter: _Matter, **more: Any) -> Path:
    """Copy a letter and the PDF of its name aside, let the journal say so, then take them away.

    After a crash before the journal knew, both stand where they stood; after it, the next pass writes over the letter.
    """
    one = matter.one
    target = _free(one.path.parent / FOLDER, one.path)
    atomic_files.make_folder(target.parent)
    moved = {path: target.with_suffix(".pdf") for path in one.path.parent.iterdir() if _is_pdf_of(path, one.path)}
    moved[one.path] = target
    for path, copy in moved.items():
        atomic_files.copy(path, copy)
    data = {"jenis": matter.source.kind, "berkas": one.path.name, "sha256": one.digest}
    _record(matter, ASIDE, {**data, "menjadi": f"{FOLDER}/{target.name}", **more})
    for path, copy in moved.items():
        if path.read_bytes() == copy.read_bytes():  # else somebody saved it again just then
            atomic_files.remove(path)
    return target


def _free(folder: Path, letter: Path) -> Path:
    """Give the next name in ``folder`` under which neither a letter nor its PDF lies."""
    taken = {path.stem for path in folder.iterdir()} if folder.is_dir() else set[str]()
    count = next(count for count in range(1, len(taken) + 2) if f"{letter.stem}-{count}" not in taken)
    return folder / f"{letter.stem}-{count}{letter.suffix}"


def _is_pdf_of(path: Path, letter: Path) -> bool:
    return path.suffix.casefold() == ".pdf" and path.stem.casefold() == letter.stem.casefold()


def _record(matter: _Matter, kind: str, data: Mapping[str, Any]) -> None:
    """Let the journal say what was decided, and who did."""
    act = act_journal.by_command(matter.by, matter.office.now())
    matter.office.register.record(matter.filed.number, Event(kind, act.time, act.who, {**data, **act.data}))
