"""The study of a case in Word and back: what is to be asked first, what would change, and what Word holds besides.

Nothing is written here but the Word file that is kept beside the case; the changes go the way of every step.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from processor.cases.case_file import CaseFile
from processor.cases.records import Event
from processor.cases.register import OUTGOING, Filed
from processor.foundation import atomic_files, law_catalogue
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.yaml_editor import SectionChanges
from processor.letters import placement
from processor.letters.study import (
    study_document,
    study_parts,
    study_text,
    word_blocks,
    word_opening,
    word_revisions,
)
from processor.letters.study.study_document import PARTS, Study
from processor.letters.study.study_parts import BEGINNING, JOINED, SKIPPED, StudyLayout, StudySection
from processor.operations.act_journal import Person
from processor.operations.office import Office

CHANGES, REMARKS, CASE = "perubahan", "komentar", "permohonan"
ACCEPT, REJECT, LEAVE, USE = "terima", "tolak", "tinggalkan", "pakai"
KEPT = "kajian_word"
"""The event that tells which Word file was kept beside its case."""
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class StudyQuestion:
    """What only a person can decide of a document: the word by which the answer calls it, and the answers."""

    key: str
    words: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a document would change in its case, what is to be asked before, and what of it is not carried."""

    questions: tuple[StudyQuestion, ...]
    changes: SectionChanges
    not_carried: tuple[str, ...]
    absent: tuple[str, ...]


def to_word(office: Office, number: str) -> bytes:
    """Write the study of a case as a .docx. Raises BrokenFiles when its file cannot be used."""
    case = _case(office.register.read(number))
    study, catalogue = _study(case), law_catalogue.load(office.settings.law_catalogue)
    titles = tuple(_citation(entry, catalogue) for entry in case.kajian.dasar_hukum)
    return study_document.write(number, study, {**study, "dasar_hukum": titles})


def read_back(office: Office, number: str, content: bytes, name: str, answers: Mapping[str, str]) -> ReadBack:
    """Read a document into the study of a case.

    Args:
        office: The open office.
        number: The case.
        content: The .docx.
        name: What the person calls it, for messages.
        answers: What was answered so far, by the key of each question.

    Raises:
        PayungError: It is no Word document, or none that can be read.
        BrokenFiles: The case file cannot be used.
    """
    case = _case(office.register.read(number))
    document = word_opening.open_document(content, name)
    words, remarks = word_blocks.trees(document), word_revisions.remarks(document)
    changed = word_revisions.authors(words)
    for tree in words:
        word_revisions.settle(tree, accept=answers.get(CHANGES) != REJECT)
    found = word_blocks.read(document, words)
    layout = study_parts.layout(found.blocks)
    said = study_text.values(study_parts.by_part(layout, answers), found.notes)
    catalogue = law_catalogue.load(office.settings.law_catalogue)
    now, new = _study(case), _with_keys(said.parts, case, catalogue)
    changes = dict(_changes(layout, now, new))
    asked = (
        *_about_case(layout, number),
        *_about_changes(changed),
        *_about_remarks(remarks),
        *_about_sections(layout, answers),
        *_about_meanwhile(layout, now, changes),
    )
    waiting = {one.key: one for one in asked if answers.get(one.key) not in one.choices}
    return ReadBack(
        tuple(waiting.values()),
        {("kajian", key): value for key, value in changes.items()},
        (*_lost(found.lost), *_lost(said.lost), *_left_out(layout, answers, remarks)),
        tuple(PARTS[key] for key in PARTS if key not in new and now[key]),
    )


def _changes(layout: StudyLayout, now: Study, new: Study) -> Iterator[tuple[str, str | Sequence[str]]]:
    """Give the parts that somebody changed in Word; what only the case file changed since stays as it is there."""
    stamps = _stamps(layout)
    for key, value in new.items():
        untouched = stamps.get(key) == study_document.stamp(value)
        if not untouched and study_document.settled(value) != study_document.settled(now[key]):
            yield key, value


def _stamps(layout: StudyLayout) -> Mapping[str, str]:
    """Give the stamp of each part: what it said when the document was written."""
    return {one.part: one.stamp for one in layout.sections if one.part and one.stamp}


def _case(filed: Filed) -> CaseFile:
    if filed.case is None:
        raise BrokenFiles(filed.problems)
    return filed.case


def _study(case: CaseFile) -> Study:
    return {key: getattr(case.kajian, key) for key in PARTS}


def _citation(entry: str, catalogue: Catalogue) -> str:
    """Give a legal basis as a letter cites it; as it was written where no letter would."""
    return next(iter(law_catalogue.resolve([entry], catalogue)[0]), entry)


def _with_keys(said: Study, case: CaseFile, catalogue: Catalogue) -> Study:
    """Give back their keys to legal bases that stand in the catalogue, or in the case, under that title."""
    titles = {_plain(one.citation): key for key, one in catalogue.peraturan.items() if one.status == "berlaku"}
    titles |= {_plain(_citation(entry, catalogue)): entry for entry in case.kajian.dasar_hukum}
    listed = said.get("dasar_hukum", ())
    return {**said, "dasar_hukum": tuple(titles.get(_plain(one), one) for one in listed)} if listed else said


def _plain(title: str) -> str:
    """Give a title by which it is compared: a list may end it with a sign."""
    return " ".join(title.split()).rstrip(".;, ").casefold()


def _about_case(layout: StudyLayout, number: str) -> Iterator[StudyQuestion]:
    """Ask where a document was written for another case."""
    if layout.case_mark and layout.case_mark != study_document.number_mark(number):
        other = layout.case_mark.removeprefix(study_document.number_mark("")).replace("_", "-")
        yield StudyQuestion(CASE, f"Berkas ini dibuat dari kajian {other}, bukan {number}. Tetap dipakai?", (USE,))


def _about_changes(authors: Mapping[str, int]) -> Iterator[StudyQuestion]:
    if authors:
        who = ", ".join(f"{name} {count}" for name, count in authors.items())
        words = f"Ada {sum(authors.values())} perubahan terlacak ({who}). Diterima semua, atau ditolak semua?"
        yield StudyQuestion(CHANGES, words, (ACCEPT, REJECT))


def _about_remarks(remarks: Sequence[word_revisions.Remark]) -> Iterator[StudyQuestion]:
    if remarks:
        listed = "".join(f"\n  {one.author}: {one.words}" for one in remarks)
        words = f"Ada {len(remarks)} komentar, yang tidak ikut ke kajian. Sudah selesai dibahas?{listed}"
        yield StudyQuestion(REMARKS, words, (LEAVE,))


def _about_sections(layout: StudyLayout, answers: Mapping[str, str]) -> Iterator[StudyQuestion]:
    """Ask to which part of the study words belong that stand under no heading of one."""
    joins = False
    for section in layout.sections:
        if section.part is None:
            choices = (*PARTS, *((JOINED,) if joins else ()), SKIPPED)
            yield StudyQuestion(study_parts.name_of(section), _where(section), choices)
        joins = joins or section.part is not None or answers.get(study_parts.name_of(section)) in PARTS


def _where(section: StudySection) -> str:
    if not section.title:
        return f"Tulisan sebelum judul pertama ({_shown(section)}) masuk ke bagian mana?"
    return f"Judul “{section.title}” bukan judul bagian kajian ({_shown(section)}). Masuk ke bagian mana?"


def _shown(section: StudySection) -> str:
    """Give how much stands in a section, and how it begins."""
    begins = next((one.text for one in section.blocks if isinstance(one, word_blocks.WordParagraph) and one.text), "")
    begins = " ".join(begins.split())
    begins = f", diawali “{begins[:50]}…”" if len(begins) > 50 else f", diawali “{begins}”" if begins else ""
    return f"{len(section.blocks)} paragraf{begins}"


def _about_meanwhile(layout: StudyLayout, now: Study, changes: Study) -> Iterator[StudyQuestion]:
    """Ask where a part that would change has changed in the case file, too, since the document was written."""
    stamps = _stamps(layout)
    for key in changes:
        if key in stamps and stamps[key] != study_document.stamp(now[key]):
            words = (
                f"Bagian {PARTS[key]} di permohonan.yaml berubah sejak berkas Word ini dibuat, mungkin karena sudah "
                "pernah dibaca. Ganti dengan yang dari Word? Yang sekarang tetap tersimpan (payung isi-lama)."
            )
            yield StudyQuestion(key, words, (USE,))


def _lost(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say what cannot be carried, how often, and near which words."""
    for kind, places in found.items():
        near = ", ".join(f"“{one}”" for one in dict.fromkeys(filter(None, places[:_MOST_PLACES])))
        yield f"{kind} ({len(places)})" + (f": dekat {near}" if near else "")


def _left_out(
    layout: StudyLayout, answers: Mapping[str, str], remarks: Sequence[word_revisions.Remark]
) -> Iterator[str]:
    """Say which words stay outside because a person said so."""
    if remarks:
        yield f"komentar ({len(remarks)})"
    for section in layout.sections:
        if section.part is None and answers.get(study_parts.name_of(section)) == SKIPPED:
            yield f"tulisan di bawah “{section.title or BEGINNING}”"


@contextmanager
def kept(office: Office, number: str, content: bytes, by: Person) -> Iterator[Event]:
    """Keep a Word file beside its case, and give the event that tells so; where what follows fails, it goes again."""
    digest = sha256(content).hexdigest()
    folder = office.register.path(number) / OUTGOING
    placed = placement.place_document(folder, f"kajian-{digest[:8]}.docx", content, {})
    data = {"berkas": placed.path.name, "sha256": placed.sha256, **({"akun": by.account} if by.account else {})}
    try:
        yield Event(KEPT, office.now(), by.officer or by.account or "petugas", data)
    except PayungError:
        if placed.changed:
            atomic_files.remove(placed.path)
        raise
