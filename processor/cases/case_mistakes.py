"""Which mistakes ``permohonan.yaml`` can have, each told on its line with its mend; days: ``case_dates``."""

import difflib
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from processor.cases import case_dates, registration_numbers
from processor.cases.case_file import CaseFile
from processor.foundation import yaml_mistakes, yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_reader import Document, Key


def check_document(document: Document, taxonomy: Taxonomy) -> tuple[CaseFile | None, tuple[Problem, ...]]:
    """Check a case file's text.

    Returns:
        The case, None when the file cannot be used, and every mistake in it.
    """
    case, problems = yaml_reader.validate(CaseFile, document)
    if case is None:
        return None, problems
    if problems := tuple(_zoneless(document, case)):
        return None, problems
    slips = (*misspelt(document, case), *lost_words(document, case), *_unfinished(document, case))
    return case, (*slips, *_taxonomy(document, case, taxonomy), *case_dates.impossible(document, case))


def _zoneless(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find times that somebody wrote without their zone: nothing can be computed from such a time."""
    for key, time in {"diajukan": case.diajukan, "diterima": case.diterima}.items():
        if time and time.tzinfo is None:
            mend = "Tulis seperti 2026-07-02T08:00:00+07:00 (WITA +08:00, WIT +09:00)."
            yield Problem(str(document.path), document.line((key,)), f"“{key}” tanpa zona waktu.", mend)


def _taxonomy(document: Document, case: CaseFile, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Find words that the settings do not list as topics and such; an archived case keeps the words of its time."""
    words = [("verifikasi", name, getattr(case.verifikasi, name)) for name in type(taxonomy).model_fields]
    words += [("publikasi", "topik", case.publikasi.topik)] if case.publikasi else []
    for part, name, word in words:
        allowed = list(getattr(taxonomy, name))
        if word and word not in allowed and not case.arsip.tanggal:
            line = document.line((part, name))
            message = f"“{word}” bukan {name} yang dikenal (pilihan: {', '.join(allowed)})."
            yield Problem(str(document.path), line, message, yaml_reader.nearest(word, allowed))


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "hambatan": ("tanggal", "jenis", "uraian"),
    "koordinasi": ("kepada", "perihal", "dikirim"),
    "jadwal": ("waktu", "cara"),
    "pesan": ("tanggal", "oleh", "isi"),
}
"""What an item of a list cannot do without."""


def _unfinished(document: Document, case: CaseFile) -> Iterator[Problem]:
    """Find items of a list that lack something, appointments without an hour, and a number that is none."""
    for part, names in _NEEDED.items():
        for at, item in enumerate(getattr(case, part)):
            line, where = document.line((part, at)), yaml_reader.place_in_words((part, at))
            missing = [name for name in names if not getattr(item, name)]
            if missing == [*names]:
                yield Problem(str(document.path), line, f"“{where}” kosong.", "Isi, atau hapus tanda “- ”-nya.")
            elif missing:
                yield Problem(str(document.path), line, f"“{where}” tanpa {', '.join(missing)}.", "Tambahkan.")
    for at, meeting in enumerate(case.jadwal):
        if meeting.hourless:
            line = document.line(("jadwal", at, "waktu"))
            message = f"“{yaml_reader.place_in_words(('jadwal', at, 'waktu'))}” tanpa jam."
            yield Problem(str(document.path), line, message, "Tulis seperti 2026-12-01 10.00.")
    earlier = case.lanjutan_dari
    if earlier and (earlier == case.nomor_registrasi or not registration_numbers.PATTERN.match(earlier)):
        message = "“lanjutan_dari” bukan nomor permohonan lain."
        mend = "Tulis nomor permohonan yang dahulu, seperti BH-2026-0001."
        yield Problem(str(document.path), document.line(("lanjutan_dari",)), message, mend)


_WORDS = {
    "uraian", "pertanyaan", "kekurangan", "alasan", "kasus_posisi", "isu_hukum", "dasar_hukum", "analisis",
    "kesimpulan", "saran", "rujukan", "catatan", "nomor_surat", "perihal", "kepada", "tempat", "dengan", "pertimbangan",
    "jawaban", "kode", "sasaran", "materi", "penanganan", "penanggung_jawab", "hasil", "tindakan", "isi",
}  # fmt: skip
"""What is used just as it is read. Any other value that a # cut short is told by its own check."""


def misspelt(document: Document, part: BaseModel, key: Key = ()) -> Iterator[Problem]:
    """Find unknown keys that look like a known one misspelt; any other unknown key is the office's own."""
    known = sorted(type(part).model_fields)
    for name in part.model_extra or {}:
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
        if close:
            line = document.line((*key, name))
            yield Problem(str(document.path), line, f"Kunci “{name}” tidak dikenal.", f"Maksudnya “{close[0]}”?")
    for place, inner in _inner_parts(part, key):
        yield from misspelt(document, inner, place)


def _inner_parts(part: BaseModel, key: Key) -> Iterator[tuple[Key, BaseModel]]:
    """Give the parts inside ``part``, which stands at ``key``, each with its place; of a list every item."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            yield (*key, name), value
        elif isinstance(value, tuple):
            yield from (((*key, name, at), one) for at, one in enumerate(value) if isinstance(one, BaseModel))


def lost_words(document: Document, part: BaseModel, key: Key = ()) -> Iterator[Problem]:
    """Find words of staff that YAML reads otherwise than they were meant."""
    for place, inner in _inner_parts(part, key):
        yield from lost_words(document, inner, place)
    for name, field in type(part).model_fields.items():
        place, value = (*key, name), getattr(part, name)
        words = name in _WORDS and (field.annotation is str or isinstance(value, tuple))
        if words and (noted := [one for one in document.noted if one[: len(place)] == place]):
            line = min(document.line(one) or 0 for one in noted)
            yield Problem(str(document.path), line, *yaml_mistakes.NOTED)
        elif _is_no_list(document, place, value):
            message = f"“{'.'.join(map(str, place))}” beberapa baris, tetapi bukan daftar."
            yield Problem(str(document.path), document.line(place), message, "Awali tiap butir dengan “- ”.")


def _is_no_list(document: Document, place: Key, value: object) -> bool:
    """Tell whether several lines stand where a list of texts was meant."""
    texts = isinstance(value, tuple) and not any(isinstance(one, BaseModel) for one in value)
    return texts and (*place, 0) not in document.lines and _fills_several_lines(document, place)


def _fills_several_lines(document: Document, place: Key) -> bool:
    """Tell whether what stands at ``place`` fills more than one line."""
    line = document.lines.get(place)
    if line is None:
        return False
    head, *rest = document.text.splitlines()[line - 1 :]
    filled = [head.partition(":")[2].split("#")[0].strip(" |>-+0123456789")]
    for below in rest:
        if below.strip() and len(below) - len(below.lstrip()) <= len(head) - len(head.lstrip()):
            break
        filled.append(below.strip())
    return sum(bool(one) for one in filled) > 1
