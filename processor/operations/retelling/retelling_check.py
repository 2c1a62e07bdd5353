"""What in a retold question and answer may still tell whose it was, found by whoever may open the case's identity.

Where an identity stands nothing is written or approved. Everything else is marked for the officer who writes, who sees
it on the terminal; no log, journal or state keeps any of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from processor.cases import dossier, retelling_marks
from processor.cases.case_file import CaseFile
from processor.cases.records import IDENTITY, SEALED_ANSWERS, Applicant
from processor.cases.register import Filed
from processor.cases.retelling_marks import Mark, Usual
from processor.foundation.errors import BrokenFiles, Problem
from processor.operations import leak_exceptions
from processor.operations.office import Office
from processor.site import leak_gate, leak_targets, publish

_NO_WORDS = {*SEALED_ANSWERS, "bentuk", "persetujuan", "cara_jawaban", "kode_lacak", "kunci_balasan"}
_PAGES = {".md", ".yaml", ".txt"}
_GIVEN = "ditulis pemohon tentang dirinya"


def check(office: Office, filed: Filed, retold: Mapping[str, str]) -> tuple[Mark, ...]:
    """Mark what in ``retold`` (texts by their names) stands in the case too.

    Raises:
        BrokenFiles: An identity of the case stands there, and no officer said of it that it is nobody's; with the text
            and the kind of identity, never with its words.
        PayungError, OSError: The dossier cannot be opened.
    """
    people = [*dossier.identities(office.register, filed.number)]
    if problems := tuple(_named(office, filed, people, retold)):
        raise BrokenFiles(problems)
    own, others = _words_of(filed.case) if filed.case else ("", "")
    sent = "\n".join(_sent(office, filed.number))
    return (*_given(people, retold), *retelling_marks.marks(retold, f"{own}\n{sent}", others, _usual(office)))


def _sent(office: Office, number: str) -> Iterator[str]:
    """Give every answer that the applicant ever sent in words, but for who they are. Raises PayungError."""
    for one in dossier.responses(office.register, number):
        yield from (text for key, text in one.answers.items() if key not in _NO_WORDS)
        yield from one.others.values()


def _named(office: Office, filed: Filed, people: Sequence[Applicant], retold: Mapping[str, str]) -> Iterator[Problem]:
    """Find the texts in which an identity stands that nobody excepted, with its kinds."""
    public, nobody = publish.public_facts(office.settings), office.settings.situs.bukan_identitas
    what = leak_targets.targets(people, public, nobody)
    free = leak_exceptions.excepted(filed.events)
    for part, text in retold.items():
        hits = leak_gate.hits_in_text(text, what)
        named = {
            kind for kind, words in hits if leak_exceptions.fingerprint(office.register, (kind, words)) not in free
        }
        if named:
            message = f"Di sini ada identitas pemohon ({', '.join(sorted(named))})."
            yield Problem(part, None, message, "Tulis ulang tanpa itu.")


def _given(people: Iterable[Applicant], retold: Mapping[str, str]) -> Iterator[Mark]:
    """Mark what the applicants said of themselves where it stands as they gave it: a position, a unit, a short name."""
    given = {text for one in people for key in IDENTITY if len(text := getattr(one, key).strip()) > 3}
    for part, whole in retold.items():
        for number, line in enumerate(whole.splitlines(), 1):
            yield from (Mark(part, number, one, _GIVEN) for one in sorted(given) if one.casefold() in line.casefold())


def _words_of(case: CaseFile) -> tuple[str, str]:
    """Give the applicant's own words, and what the office wrote in the case."""
    study, objected = case.kajian, case.keberatan
    own = (case.uraian, case.pertanyaan, case.bentuk_lain, objected.alasan if objected else "")
    noted = (text for one in case.hambatan for text in (one.uraian,))
    asked = (text for one in case.koordinasi for text in (one.kepada, one.perihal))
    met = (one.tempat for one in case.jadwal)
    office = (
        study.kasus_posisi, *study.isu_hukum, study.analisis, study.kesimpulan, study.saran, study.rujukan,
        case.verifikasi.alasan, *case.verifikasi.kekurangan, *noted, *asked, *met,
    )  # fmt: skip
    return "\n".join(own), "\n".join(office)


def _usual(office: Office) -> Usual:
    """Give the words that the office's own pages, forms and texts use anyway."""
    return Usual.of(_read(path) for path in publish.reviewed_sources(office.settings) if path.suffix in _PAGES)


def _read(path: Path) -> str:
    return path.read_text("utf-8", "replace")
