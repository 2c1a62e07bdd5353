"""Sealed packages from the site's own forms -> Responses; what cannot be one is put aside with its reason.

A package is JSON (``package_content``), padded and sealed to the office by the applicant's browser. Nothing in it is
believed before it is checked, and nothing that is wrong with one stops the others.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from processor.cases.applicant_messages import MessageKind
from processor.cases.case_file import UNKNOWN_TERMS
from processor.cases.records import Attachment, Response, ShownTerms
from processor.foundation import atomic_files
from processor.foundation.errors import Problem, SourceFailed
from processor.foundation.form_definition import Form
from processor.site import (
    applicant_code,
    aside_cap,
    attachment_types,
    endpoint,
    kept_packages,
    package_content,
    package_seal,
)
from processor.site.package_content import SentComplaint, SentFile
from processor.site.package_seal import Incomplete, Rejected
from processor.site.survey_packages import SentBallotRequest, SentVote
from processor.site.virus_scanner import ScannerTrouble

FOLDER, ASIDE = "kiriman", "rusak"
REASON = ".alasan.txt"
SOURCE = "situs"
_COPYING = 15 * 60.0  # seconds within which a copy that goes on is written to
_TIMES_LONGER = 2  # than the form allows: what an older form or another way of counting let through is read
_LONGEST_OTHER = 50_000  # letters of an answer that no question asks for
_BATCH_FILES, _BATCH_BYTES = 200, 32 * 1024 * 1024  # what is opened at one time, before it is filed

Scan = Callable[[bytes], str]
"""What is wrong with a file, in words, "" for nothing. Raises SourceFailed or ScannerTrouble when it must wait."""


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """A package that was opened: where it lies, what it says, and whether an attachment was left out of that.

    ``completes`` is the locator of the case to which it is a message, which its sender has proved to know the code of;
    "" for a request of its own. Then ``message`` is its kind and ``about`` the number of the case that its sender had
    before them; older pages said neither. One that ``complains`` is a complaint about the service, and never a request,
    nor is what belongs to the ``survey``.
    """

    path: Path
    response: Response
    completes: str
    left_out: bool
    complains: bool = False
    survey: SentVote | SentBallotRequest | None = None
    message: MessageKind | None = None
    about: str = ""

    @property
    def is_request(self) -> bool:
        """Tell whether it is a request of its own."""
        return not self.completes and not self.complains and not self.survey


def _always(_: Path) -> bool:
    return True


def unscanned(_: bytes) -> str:
    """Find nothing: the scan of an office that has no scanner."""
    return ""


def waiting_packages(folder: Path) -> tuple[Path, ...]:
    """List the packages in ``folder`` that no pass has taken yet, oldest first; none when it is missing."""
    return tuple(sorted(folder.glob(f"*{endpoint.SUFFIX}"), key=lambda path: (path.stat().st_mtime_ns, path.name)))


def open_waiting(
    folder: Path,
    unseal: Callable[[bytes], bytes],
    form: Form,
    scan: Scan = unscanned,
    *,
    aside: bool = True,
    again: Callable[[Path], bool] = _always,
    copying: float = _COPYING,
) -> Iterator[tuple[Sequence[OpenedPackage], Sequence[Problem]]]:
    """Open the packages that wait in ``folder``, in batches that fit into memory. Raises nothing for a package.

    A package that cannot be scanned now, is not whole or cannot be read stays for the next pass.

    Args:
        folder: Where the endpoint stores packages.
        unseal: Opens a sealed file with the office's keys.
        form: The form whose questions the packages answer.
        scan: The virus scanner.
        aside: Whether to put aside a package that can never be filed.
        again: Tells whether a package that the scanner did not finish with is to wait for another pass.
        copying: Seconds for which nothing is said of a package that is not whole, as it may still be on its way.

    Yields:
        The packages to file, and what is wrong with others.
    """
    packages: list[OpenedPackage] = []
    problems: list[Problem] = []
    size, space = 0, aside_cap.space_aside(folder / ASIDE)
    for path in waiting_packages(folder):
        try:
            packages.append(_scanned_package(path, unseal, form, scan, again))
            size += path.stat().st_size
        except SourceFailed as error:
            scan = partial(_raise_source_failed, str(error))  # what needs the scanner waits without asking it
            if (problem := Problem(str(folder), None, str(error))) not in problems:
                problems.append(problem)
        except ScannerTrouble as error:
            problems.append(
                Problem(str(path), None, str(error), "Kiriman ini menunggu; diperiksa lagi putaran berikutnya.")
            )
        except Incomplete as error:
            problems += (
                []
                if _changed_within(path, copying)
                else [Problem(str(path), None, str(error), package_seal.FETCH_AGAIN)]
            )
        except Rejected as error:
            problems += _told_aside(path, error, space) if aside else [Problem(str(path), None, str(error))]
        except OSError as error:
            problems.append(Problem(str(path), None, f"Tidak terbaca ({error.strerror}).", "Periksa izin berkasnya."))
        if len(packages) == _BATCH_FILES or size > _BATCH_BYTES:
            yield packages, problems
            packages, problems, size = [], [], 0
    problems += space.told(folder / ASIDE)
    yield packages, problems


def _told_aside(path: Path, error: Rejected, space: aside_cap.SpaceAside) -> list[Problem]:
    """Put aside a package that can never be filed and say so; nothing of one for which no space was left."""
    return [put_aside(path, str(error))] if space.takes(path) else []


def _raise_source_failed(message: str, _: bytes) -> str:
    """Raise SourceFailed with ``message``: a scanner that did not answer once is not asked again."""
    raise SourceFailed(message)


def _scanned_package(
    path: Path, unseal: Callable[[bytes], bytes], form: Form, scan: Scan, again: Callable[[Path], bool]
) -> OpenedPackage:
    """Open a package; one whose scan was disturbed too often without the files that could not be scanned."""
    try:
        return open_package(path, unseal, form, scan)
    except ScannerTrouble:
        if again(path):
            raise
        return open_package(path, unseal, form, partial(_scanned_or_refused, scan))


def _scanned_or_refused(scan: Scan, content: bytes) -> str:
    """Scan a file; say of one that cannot be scanned that it could not."""
    try:
        return scan(content)
    except ScannerTrouble:
        return "tidak dapat diperiksa oleh pemindai virus, juga sesudah beberapa kali dicoba"


def _changed_within(path: Path, seconds: float) -> bool:
    """Tell whether a file was written to so lately; its own time is that of the original, which a copy keeps."""
    return time.time() - path.stat().st_ctime < seconds


def open_package(path: Path, unseal: Callable[[bytes], bytes], form: Form, scan: Scan = unscanned) -> OpenedPackage:
    """Open and check one package.

    Raises Rejected when it can never be filed, SourceFailed, ScannerTrouble or Incomplete when it must wait.
    """
    sent = package_content.parsed(package_seal.unsealed(path, unseal))
    if isinstance(sent, SentComplaint):
        return _complaint(path, sent)
    if isinstance(sent, SentVote | SentBallotRequest):
        return OpenedPackage(path, Response(SOURCE, "survei", {}), "", left_out=False, survey=sent)
    kept, problems = _accepted_files(sent.lampiran, scan)
    known = [] if sent.untuk else [question.kunci for question in form.pertanyaan]  # an addition answers none anew
    texts = {key: text.strip() for key, text in sent.jawaban.items()}
    _refuse_too_long(texts, {question.kunci: question.maks * _TIMES_LONGER for question in form.pertanyaan})
    response = Response(
        source=SOURCE,
        place=f"kiriman {path.name[:12]}",
        answers=dict.fromkeys(known, "") | {key: text for key, text in texts.items() if key in known},
        others={key: text for key, text in texts.items() if key not in known},
        submitted=_arrival(path),
        key=sent.kunci,
        attachments=kept,
        problems=problems,
        not_asked=_not_asked(form, sent.formulir, texts),
        terms=_shown_terms(sent.ketentuan, form),
    )
    completes = applicant_code.locator_of(sent.untuk) if sent.untuk else ""
    left_out = len(kept) < len(sent.lampiran)
    return OpenedPackage(path, response, completes, left_out, message=sent.pesan, about=sent.nomor)


def _not_asked(form: Form, version: int, texts: Mapping[str, str]) -> frozenset[str]:
    """Give the questions that nobody was asked: newer than the page's ``version``, or not needed after other answers.

    What may be left open anyway is no gap when it was not needed.
    """
    empty = [question for question in form.pertanyaan if not texts.get(question.kunci)]
    unneeded = {q.kunci for q in empty if q.wajib and not q.needed_after(texts)}
    return frozenset(q.kunci for q in empty if q.sejak > version) | unneeded


def _complaint(path: Path, sent: SentComplaint) -> OpenedPackage:
    """Give a complaint. Raises Rejected for one that is longer than our page lets it be."""
    texts = {key: text.strip() for key, text in sent.jawaban.items() if text.strip()}
    _refuse_too_long(texts, {})
    response = Response(SOURCE, f"kiriman {path.name[:12]}", texts, submitted=_arrival(path), key=sent.kunci)
    return OpenedPackage(path, response, completes="", left_out=False, complains=True)


def _arrival(path: Path) -> datetime:
    """Give when a package was stored (aware), which is never later than now."""
    return datetime.fromtimestamp(min(max(path.stat().st_mtime, 0), time.time()), UTC)


def _refuse_too_long(answers: Mapping[str, str], longest: Mapping[str, int]) -> None:
    """Raise Rejected for an answer that no form of ours lets anybody send. Shorter ones are read, with a finding."""
    if any(len(text) > longest.get(key, _LONGEST_OTHER) for key, text in answers.items()):
        raise Rejected(
            f"Sebuah jawaban lebih dari {_TIMES_LONGER} kali sepanjang yang dibolehkan formulir; halaman Ajukan tidak "
            "mengirim yang sepanjang itu. Bila batas di formulir pernah lebih longgar, naikkan maks pertanyaannya, "
            f"lalu {package_seal.BACK}"
        )


def _shown_terms(digest: str, form: Form) -> ShownTerms:
    """Give the terms that the page showed: those of the form, unless it says that it was made from others."""
    now = ShownTerms.of(form.ketentuan)
    return now if digest in {"", now.sidik} else ShownTerms(UNKNOWN_TERMS, digest)


def _accepted_files(files: Sequence[SentFile], scan: Scan) -> tuple[tuple[Attachment, ...], tuple[Problem, ...]]:
    """Give the files that are kept, and why others are not. Their names may name people: none is repeated."""
    kept: list[Attachment] = []
    problems: list[Problem] = []
    for count, file in enumerate(files, start=1):
        endings = attachment_types.accepted_endings(file.content)
        wrong = scan(file.content) if endings else f"kosong atau bukan {attachment_types.ACCEPTED}"
        if wrong:
            mend = "Tidak disimpan di permohonan; mintalah lagi kepada pemohon bila diperlukan."
            problems.append(Problem("Dokumen pendukung", None, f"Lampiran ke-{count} {wrong}.", mend))
        else:
            kept.append(Attachment(attachment_types.safe_name(file.nama, endings), file.content))
    return tuple(kept), tuple(problems)


def put_aside(path: Path, reason: str) -> Problem:
    """Move a package into ``rusak``, with the reason beside it; give the reason as a Problem.

    After a crash before that lasts, the package is read again.
    """
    folder = path.parent / ASIDE
    atomic_files.make_folder(folder)
    atomic_files.replace(folder / f"{path.stem}{REASON}", f"{reason}\n".encode())
    atomic_files.move(path, folder / path.name)
    return Problem(str(folder / path.name), None, reason)


def remove_package(package: OpenedPackage, number: str, today: date) -> None:
    """Keep a package of which the case ``number`` holds everything; put aside one that holds more.

    ``today`` is the day of filing, in the office's zone.
    """
    if package.left_out:
        kept_packages.keep(package.path, package.path.parent, today, copied=True)
        put_aside(package.path, f"{number} sudah didaftarkan, tanpa lampiran yang ditolak. {_KEPT}")
    else:
        kept_packages.keep(package.path, package.path.parent, today)


_KEPT = "Kiriman ini, yang tersegel, masih memuatnya. Hapus bila tidak diperlukan lagi."
