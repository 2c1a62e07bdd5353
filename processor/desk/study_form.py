"""A study that is open at the desk: who may write it, what its form sent, and the page that shows both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from processor.cases import earlier_texts
from processor.cases.case_file import NEEDED, CaseFile
from processor.cases.case_status import Derived, Status
from processor.cases.register import Filed
from processor.desk import officer_pages, search, study_parts, study_preview
from processor.desk.visit import NoSuchPage, Visit, rendered
from processor.foundation import law_catalogue
from processor.foundation.errors import BrokenFiles
from processor.foundation.law_catalogue import Catalogue
from processor.operations import overview, study_holders, study_remarks, study_saving, study_texts
from processor.operations.study_exchange import StudyQuestion
from processor.operations.study_holders import Holder
from processor.operations.study_texts import Piece, Texts

WRITTEN_IN: tuple[Status, ...] = ("disusun", "dikembalikan")
"""The statuses in which the analyst of a case may write its study."""
REMARK = "komentar-"
"""What the name of a reviewer's field begins with."""
KEPT_FILE, FILE_NAME = "word", "word-nama"
"""The fields of a Word file that is to be kept beside the case once what it says is saved."""
_SHOWN_HITS = 8


@dataclass(frozen=True, slots=True)
class OpenedStudy:
    """A case whose study is looked at; ``mine`` tells whether the visitor may write it now, ``reviewed`` comment it."""

    filed: Filed
    case: CaseFile
    derived: Derived
    mine: bool
    reviewed: bool

    @property
    def number(self) -> str:
        """Give the registration number."""
        return self.filed.number


@dataclass(frozen=True, slots=True)
class WordReading:
    """A Word file that was read into a form: what is still asked, what was answered, and what it does not bring.

    ``file`` is its content in base64 where the form must send it again, and ``changed`` what differs from what stood in
    the boxes before. One that is only ``carried`` on was shown already.
    """

    name: str
    file: str = ""
    questions: tuple[StudyQuestion, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    not_carried: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class TypedStudy:
    """What a form holds: the texts of the parts that it has, the marks of those that it was shown, and what to say.

    ``clashes`` are parts that somebody changed meanwhile, as they stand now.
    """

    typed: Texts = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    clashes: Texts = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    preview: bool = False
    query: str = ""
    word: WordReading | None = None
    remarks: Mapping[str, str] | None = None


def opened(visit: Visit) -> OpenedStudy:
    """Read the case of a page. Raises NoSuchPage, BrokenFiles."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    filed = visit.office.register.read(number)
    case, derived = study_saving.usable_case(filed), overview.derive_for(visit.office, filed)
    if derived is None:
        raise BrokenFiles(filed.problems)
    holds = bool(visit.me) and visit.me in derived.holders
    mine = holds and derived.status in WRITTEN_IN and visit.may("susun")
    reviewed = holds and derived.status == "diperiksa" and visit.may("kembalikan")
    return OpenedStudy(filed, case, derived, mine, reviewed)


def sent(visit: Visit) -> TypedStudy:
    """Read what a form sent."""
    parts = [key for key in study_parts.TITLES if key in visit.posted.texts]
    shown = {key: visit.posted.text(f"sidik-{key}") for key in parts}
    file, name = visit.posted.text(KEPT_FILE), visit.posted.text(FILE_NAME)
    word = WordReading(name, file, carried=True) if file else None
    typed = {key: visit.posted.text(key) for key in parts}
    return TypedStudy(typed, shown, query=visit.posted.text("cari"), word=word, remarks=_remarks(visit))


def _remarks(visit: Visit) -> Mapping[str, str] | None:
    """Read the remarks that a reviewer typed; None where the form has no place for any."""
    names = {key: f"{REMARK}{key}" for key in study_parts.TITLES}
    typed = {key: visit.posted.text(name) for key, name in names.items() if name in visit.posted.texts}
    return {key: words for key, words in typed.items() if words} if typed else None


def writer_of(visit: Visit, study: OpenedStudy) -> Holder | None:
    """Note that the visitor writes, where they may; tell who else does."""
    if study.mine:
        return study_holders.claim(visit.office, study.number, visit.person)
    return study_holders.holder(visit.office, study.number)


def page(
    visit: Visit,
    study: OpenedStudy,
    form: TypedStudy,
    writer: Holder | None,
    draft: tuple[datetime, Mapping[str, tuple[Piece, ...]]] | None = None,
) -> str:
    """Make the page of a study with what its form holds."""
    now = study_texts.of_case(study.case)
    texts = {**now, **form.typed}
    shown = {**study_texts.marks(now), **form.shown}
    catalogue = _catalogue(visit)
    needed = NEEDED[study.case.bentuk] if study.case.bentuk else ()
    return rendered(
        "kajian.html",
        visit,
        number=study.number,
        case=study.case,
        status=study.derived.status,
        kind=study.case.bentuk or "",
        mine=study.mine,
        writer=study_holders.in_words(visit.office, study.number, writer) if writer else "",
        parts=[
            study_parts.view(key, texts[key], shown[key], form.clashes, catalogue, needed) for key in study_parts.TITLES
        ],
        draft=draft,
        wrong=form.wrong,
        word=form.word,
        clashes=form.clashes,
        preview=preview(visit, texts) if form.preview or not study.mine else "",
        laws=study_parts.laws(catalogue),
        query=form.query,
        found=_found(visit, study, form.query),
        reviewed=study.reviewed,
        commented=study_remarks.given(study.case) if form.remarks is None else form.remarks,
        commented_mark=study_remarks.mark(study_remarks.given(study.case)),
        said=earlier_texts.part_remarks(study.filed.folder),
        rounds=earlier_texts.review_notes(study.filed.folder, study.filed.document.text),
    )


def _catalogue(visit: Visit) -> Catalogue | None:
    """Read the catalogue of law; None where it has mistakes, which ``payung periksa`` tells."""
    try:
        return law_catalogue.load(visit.office.settings.law_catalogue)
    except BrokenFiles:
        return None


def preview(visit: Visit, texts: Texts) -> Markup:
    """Show texts as the letter will look, legal bases as it cites them."""
    catalogue = _catalogue(visit)
    listed = study_texts.entries(texts.get("dasar_hukum", ""))
    citations = law_catalogue.resolve(listed, catalogue)[0] if catalogue else listed
    return study_preview.shown(texts, citations)


def _found(visit: Visit, study: OpenedStudy, query: str) -> tuple[search.SearchHit, ...]:
    """Find earlier answers that hold every word of ``query``."""
    if not query:
        return ()
    hits = search.find(visit.office.register, query).hits
    return tuple(hit for hit in hits if hit.number != study.number)[:_SHOWN_HITS]
