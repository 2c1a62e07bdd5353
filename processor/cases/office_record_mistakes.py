"""What can be wrong in the files that an office writes about itself, each told on its line with its mend. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from processor.cases import case_mistakes
from processor.cases.case_parts import Part
from processor.cases.office_records import Activity, MonitoringNote, OfficeObstacle, PlannedAction, Risk
from processor.foundation.errors import Problem
from processor.foundation.word_choice import proposal
from processor.foundation.yaml_reader import Document, Key, place_in_words

_NEEDED: Mapping[type[Part], tuple[str, ...]] = {
    Activity: ("cara",),
    Risk: ("kode", "uraian", "penanganan", "penanggung_jawab"),
    PlannedAction: ("kode", "uraian", "penanggung_jawab", "tenggat"),
    OfficeObstacle: ("uraian",),
    MonitoringNote: ("unit", "catatan"),
}
"""What an entry counts without, and should not lack."""
_ATTENDED = {"tatap_muka", "daring", "apel"}
"""Ways in which people come together and can be counted."""
_EARLIEST, _FARTHEST = 2015, 3  # before and behind which a year must be a mistake: so many years after this one
_HAPPENED: Mapping[type[Part], tuple[str, ...]] = {
    Activity: (),
    Risk: ("ditinjau",),
    PlannedAction: ("selesai",),
    OfficeObstacle: ("tanggal", "selesai"),
    MonitoringNote: ("tanggal",),
}
"""Days on which something was done, so that none can be still to come."""


def of_entry(
    document: Document, entry: Part, key: Key, units: Collection[str], today: date | None
) -> Iterator[Problem]:
    """Find what is wrong with one entry that can be used.

    Args:
        document: The file.
        entry: The entry.
        key: Where it stands in the file; () for the only one.
        units: The codes of the settings' units; without any, a code may be any.
        today: The office's day; None to pass over what depends on it.
    """
    yield from case_mistakes.misspelt(document, entry, key)
    yield from case_mistakes.lost_words(document, entry, key)
    missing = [name for name in _NEEDED[type(entry)] if not getattr(entry, name)]
    if missing:
        yield _told(document, key, f"{_subject(key)} tanpa {', '.join(missing)}.", "Tambahkan.")
    yield from _unknown_units(document, entry, key, units)
    yield from _unfitting(document, entry, key, units)
    if today:
        yield from _impossible_days(document, entry, key, today)


def _subject(key: Key) -> str:
    """Name an entry at the beginning of a sentence."""
    return f"“{place_in_words(key)}”" if key else "Kegiatan ini"


def _told(document: Document, key: Key, message: str, mend: str) -> Problem:
    return Problem(str(document.path), document.line(key), message, mend)


def _unknown_units(document: Document, entry: Part, key: Key, units: Collection[str]) -> Iterator[Problem]:
    """Find codes of units that the settings do not list, where they list any."""
    if not isinstance(entry, (Activity, MonitoringNote)) or not units:
        return
    codes = entry.unit if isinstance(entry, Activity) else tuple(filter(None, [entry.unit]))
    for code in codes:
        if code not in units:
            message = f"Kode unit “{code}” tidak ada pada unit di payung.yaml."
            yield _told(document, (*key, "unit"), message, proposal(code, sorted(units)))


def _unfitting(document: Document, entry: Part, key: Key, units: Collection[str]) -> Iterator[Problem]:
    """Find what does not fit together inside an entry."""
    if isinstance(entry, Activity):
        if entry.jenis == "pelatihan" and entry.pelatihan is None:
            mend = "Tulis literasi_hukum, sistem_elektronik, atau sikap_layanan."
            yield _told(document, (*key, "jenis"), "Pelatihan ini tidak menyebut “pelatihan” yang mana.", mend)
        if entry.jenis != "pelatihan" and entry.pelatihan is not None:
            mend = "Hapus, atau tulis jenis: pelatihan."
            yield _told(document, (*key, "pelatihan"), f"“pelatihan” pada kegiatan {entry.jenis}.", mend)
        if entry.cara == "tatap_muka" and not entry.tempat:
            yield _told(document, (*key, "cara"), "Kegiatan tatap muka tanpa tempat.", "Tambahkan tempat.")
        if entry.jenis == "edukasi_netralitas" and units and not entry.unit:
            yield _told(document, (*key, "jenis"), "Edukasi netralitas tanpa unit.", "Tulis kode unitnya.")
        if (entry.hadir_ppnpn or 0) > (entry.hadir or 0):
            message = f"“hadir_ppnpn” ({entry.hadir_ppnpn}) lebih banyak daripada “hadir” ({entry.hadir or 0})."
            yield _told(
                document, (*key, "hadir_ppnpn"), message, "PPNPN ikut dihitung pada hadir. Betulkan salah satu."
            )
    elif isinstance(entry, PlannedAction) and entry.selesai and not entry.hasil:
        yield _told(document, (*key, "selesai"), f"{_subject(key)} selesai tanpa hasil.", "Tulis hasilnya.")
    elif isinstance(entry, OfficeObstacle) and entry.selesai and entry.selesai < entry.tanggal:
        message = f"{_subject(key)} teratasi ({entry.selesai}) sebelum ada ({entry.tanggal})."
        yield _told(document, (*key, "selesai"), message, "Periksa tanggal dan tahunnya.")


def _impossible_days(document: Document, entry: Part, key: Key, today: date) -> Iterator[Problem]:
    """Find days that cannot be, and an event that is over and does not say how many came."""
    for name in type(entry).model_fields:
        day = getattr(entry, name)
        if not isinstance(day, date):
            continue
        if not _EARLIEST <= day.year <= today.year + _FARTHEST:
            message = f"“{place_in_words((*key, name))}” ({day}) terlalu jauh dari tahun ini."
            yield _told(document, (*key, name), message, "Periksa tahunnya.")
        elif day > today and name in _HAPPENED[type(entry)]:
            message = f"“{place_in_words((*key, name))}” ({day}) belum tiba."
            yield _told(document, (*key, name), message, "Periksa tanggal, bulan, dan tahunnya.")
    if isinstance(entry, Activity) and entry.tanggal < today and entry.hadir is None and entry.cara in _ATTENDED:
        message = f"Kegiatan {entry.tanggal} sudah lewat, tetapi “hadir” belum diisi."
        yield _told(document, (*key, "tanggal"), message, "Tulis berapa orang. Tidak jadi? Hapus berkasnya.")


def codes_twice(document: Document, entries: Mapping[int, Part]) -> Iterator[Problem]:
    """Find entries of a list that have the code of an earlier one. ``entries`` are by their position."""
    first: dict[str, int | None] = {}
    for at, entry in entries.items():
        code = getattr(entry, "kode", "")
        if code and code in first:
            message = f"Kode “{code}” dipakai dua kali (juga pada baris {first[code]})."
            yield _told(document, (at, "kode"), message, "Beri kode lain.")
        first.setdefault(code, document.line((at, "kode")))


def twice(found: Iterable[tuple[Activity, Path]]) -> Iterator[Problem]:
    """Find files of events that say the very same, as copies do."""
    first: dict[Activity, Path] = {}
    for entry, path in found:
        other = first.setdefault(entry, path)
        if other is not path:
            message = f"Isinya sama dengan {other.name}; kegiatan itu terhitung dua kali."
            yield Problem(str(path), None, message, "Hapus salah satunya, atau betulkan isinya.")


_PERSONAL: Mapping[str, re.Pattern[str]] = {
    "NIP atau NIK": re.compile(r"\d{16}|(?<!\d)(?:19|20)\d{6}[ .\-](?:19|20)\d{4}[ .\-]?[12][ .\-]?\d{3}(?!\d)"),
    "alamat email": re.compile(r"[\w.+\-]+@[\w\-]+\.\w"),
    "nomor telepon": re.compile(
        r"(?<![\d/])(?:\+?62|0)[ .\-()]{0,2}8(?!\.\d\d(?!\d))(?:[ .\-()]{0,2}\d){7,11}(?!\d)"  # not 08.00
        r"|\(0\d{2,3}\)\s*\d{5,8}(?!\d)"
    ),
}


def personal_data(document: Document) -> Iterator[Problem]:
    """Find lines that hold what tells a person, also in notes: these files are not sealed. It is not repeated."""
    for number, line in enumerate(document.text.splitlines(), start=1):
        plain = unicodedata.normalize("NFKC", line)
        kind = next((name for name, pattern in _PERSONAL.items() if pattern.search(plain)), None)
        if kind:
            mend = "Hapus: berkas ini tidak tersegel. Sebut orang dengan jabatan atau timnya."
            yield Problem(str(document.path), number, f"Baris ini memuat {kind}.", mend)
