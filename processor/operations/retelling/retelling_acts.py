"""What officers do so that an answered question is given back to all: write it anew, approve it, withdraw it.

Whoever wrote it never approves it. Nothing is written or approved in which the applicant is named.
"""

import re
from collections.abc import Mapping

from processor.cases import answers, retellings
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Retelling
from processor.cases.case_status import DELIVERED
from processor.cases.register import Filed
from processor.cases.retelling_marks import Mark
from processor.cases.staff import Staff
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.yaml_writer import visible_text
from processor.operations import overview, steps
from processor.operations.act_journal import Person
from processor.operations.office import Office
from processor.operations.retelling import retelling_check
from processor.operations.steps import Done

_LONGEST = {"pertanyaan": 500, "jawaban": 20_000}  # letters
_HEADS = re.compile(r"(?ims)^[ \t]*Pertanyaan:[ \t]*$(?P<pertanyaan>.*?)^[ \t]*Jawaban:[ \t]*$(?P<jawaban>.*)")


def text_of(one: Retelling | None) -> str:
    """Give a publication, or an empty one, as the text that ``read`` takes apart."""
    question, answer = (one.pertanyaan, one.jawaban) if one else ("", "")
    return f"Pertanyaan:\n{question}\n\nJawaban:\n{answer}\n"


def read(text: str) -> Mapping[str, str]:
    """Take a question and its answer out of what somebody wrote: each under a line that says which it is.

    Raises PayungError where one is missing or longer than a page should hold.
    """
    found = _HEADS.search(visible_text(text))
    if found is None:
        raise PayungError("Tulis sebaris “Pertanyaan:”, pertanyaannya, lalu sebaris “Jawaban:”, dan jawabannya.")
    return complete({part: found[part].strip() for part in _LONGEST})


def complete(retold: Mapping[str, str]) -> Mapping[str, str]:
    """Give a question and its answer as they are. Raises PayungError as ``read``."""
    for part, words in retold.items():
        if not words:
            raise PayungError(f"Bagian {part} masih kosong. Tulis di bawah baris “{part.capitalize()}:”.")
        if len(words) > _LONGEST[part]:
            raise PayungError(f"Bagian {part} lebih dari {_LONGEST[part]} huruf. Persingkat.")
    return retold


def write(
    office: Office, number: str, topic: str, retold: Mapping[str, str], by: Person, *, seen: str | None = None
) -> tuple[Done, tuple[Mark, ...]]:
    """Write a question and answer for the site; what was approved before is to be approved anew.

    Args:
        office: The open office.
        number: The case's registration number.
        topic: One of the settings' topics; "" for that of the case.
        retold: What ``read`` gave.
        by: Who wrote it.
        seen: The digest of the words that they were shown, also of none; None for whatever stands there now.

    Returns:
        What the step came to, and what the writer is to look at again.

    Raises:
        PayungError: The request is not answered yet, the topic is unknown, the applicant is named, others wrote there
            since, or a rule is against it; then nothing was written.
    """
    filed, case = _answered(office, number)
    if seen is not None and digest(case) != seen:
        raise PayungError(_CHANGED)
    known = office.settings.taksonomi.topik
    topic = topic or (case.publikasi.topik if case.publikasi else "") or case.verifikasi.topik
    if topic not in known:
        raise PayungError(f"Sebutkan topiknya: --topik, salah satu dari {', '.join(known)}.")
    found = retelling_check.check(office, filed, retold)
    values = {"topik": topic, **retold, "penulis": by.officer, "penyetuju": None, "tanggal": None}
    return steps.apply(office, number, _section(values), by=by, shown=filed.document.text), found


_CHANGED = (
    "Tanya jawab ini ditulis sejak halaman ini Anda buka; belum ada yang disimpan. Yang sekarang tampil di atas, "
    "tulisan Anda ada di kotaknya. Gabungkan, lalu simpan lagi."
)


def digest(case: CaseFile | None) -> str:
    """Give what tells the words for the site that stand in a case, also none, from any others."""
    return retellings.digest((case and case.publikasi) or Retelling())


def approve(
    office: Office, number: str, by: Person, *, despite: bool = False, seen: str = ""
) -> tuple[Done | None, tuple[Mark, ...]]:
    """Approve what another officer wrote: these words, and none that are written there later.

    Args:
        office: The open office.
        number: The case's registration number.
        by: Who approves.
        despite: Whether the marks were looked at.
        seen: The digest of the words that they were shown; "" for the words that stand there now.

    Returns:
        What the step came to, None where there are marks that nobody looked at; and the marks.

    Raises:
        PayungError: There is nothing to approve, it is their own, the applicant is named, or a rule is against it.
    """
    filed, case = _answered(office, number)
    one = retellings.recorded(case)
    if one is None or not retellings.complete(one):
        raise PayungError(f"Belum ada tanya jawab yang dapat disetujui. Tulis dahulu: payung publikasikan {number}")
    if seen and retellings.digest(one) != seen:
        raise PayungError("Tanya jawab ini berubah sejak halaman ini Anda buka. Baca lagi; belum ada yang disetujui.")
    staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
    if staff.key(by.officer) in retellings.writers(case, filed.events, staff):
        raise PayungError(f"{by.officer} ikut menulis tanya jawab ini. Yang menyetujui harus petugas lain.")
    found = retelling_check.check(office, filed, {"pertanyaan": one.pertanyaan, "jawaban": one.jawaban})
    if found and not despite:
        return None, found
    now = office.now()
    values = {"penyetuju": by.officer, "tanggal": now.date().isoformat()}
    told = retellings.approval(one, now, by.officer)
    return steps.apply(office, number, _section(values), by=by, told=told, shown=filed.document.text), found


def withdraw(office: Office, number: str, by: Person) -> Done:
    """Withdraw what was written for the site: it is gone with the next publication, and nothing is written anew.

    That holds too where nothing was written yet, because the applicant wants none.

    Raises PayungError where that was done already.
    """
    case = office.register.read(number).case
    if case and case.publikasi and case.publikasi.dicabut:
        raise PayungError(f"Tanya jawab {number} sudah dicabut pada {tanggal(case.publikasi.dicabut)}.")
    return steps.apply(office, number, _section({"dicabut": office.now().date().isoformat()}), by=by)


def _section(values: Mapping[str, str | None]) -> steps.StepChanges:
    return {("publikasi", key): value for key, value in values.items()}


def _answered(office: Office, number: str) -> tuple[Filed, CaseFile]:
    """Give a case whose applicant has the answer. Raises PayungError."""
    filed = office.register.read(number)
    seen = overview.derive_for(office, filed)
    if filed.case is None or seen is None:
        raise PayungError(f"Berkas {number} belum dapat dipakai. Lihat: payung periksa")
    if seen.status not in {*DELIVERED, "diarsipkan"} or not answers.opinion_went_out(filed.events):
        raise PayungError(f"{number} belum dijawab. Tanya jawab ditulis sesudah jawabannya disampaikan kepada pemohon.")
    if filed.case.publikasi and filed.case.publikasi.dicabut:
        raise PayungError(
            f"Tanya jawab {number} dicabut pada {tanggal(filed.case.publikasi.dicabut)}. Sudah boleh lagi? Kosongkan "
            f"dicabut pada publikasi (payung sunting {number}), lalu ulangi."
        )
    return filed, filed.case
