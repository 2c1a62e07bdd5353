"""What the forms of the workflow's steps ask, field by field, and what cannot be in what was typed into one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from processor.cases import additions, applicant_messages
from processor.cases.case_parts import QUALITIES, Rejection, Ruling
from processor.cases.register import Filed
from processor.desk import wording
from processor.desk.visit import Posted
from processor.foundation.settings_agency import Role
from processor.operations import case_notes
from processor.operations.office import Office

Kind = Literal["line", "words", "lines", "choice", "day", "moment", "checks", "count"]
_DIGITS = 7
_HEAD: Role = "kepala_bagian"
_LAWYER: Role = "analis_hukum"


@dataclass(frozen=True, slots=True)
class AskedField:
    """One thing that a form asks.

    ``place`` is where it stands in the case file; its last part is the name under which it is posted. ``choices`` are
    what may be chosen, with the words for it; ``given`` is what stands there first. A ``tanggal`` may lie ahead only
    where it is ``planned``.
    """

    place: tuple[str, str]
    title: str
    kind: Kind = "line"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    given: str = ""
    planned: bool = False

    @property
    def name(self) -> str:
        """Give the name under which it is posted."""
        return self.place[1]


def nothing(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask nothing."""
    return ()


def topics(office: Office, filed: Filed) -> tuple[AskedField, ...]:
    """Ask by which words the request is counted."""
    there = filed.case.verifikasi.model_dump() if filed.case else {}
    return tuple(
        AskedField(("verifikasi", name), title, "choice", choices=_in_words(words), given=str(there.get(name) or ""))
        for name, words in office.settings.taksonomi
        for title in (wording.in_words(name).capitalize(),)
    )


def what_is_missing(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask what the applicant still has to send."""
    note = "Satu kekurangan di tiap baris. Pemohon membacanya persis seperti ini."
    return (AskedField(("verifikasi", "kekurangan"), "Apa yang masih kurang", "lines", required=True, note=note),)


def why_rejected(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask for the kind of rejection, and for its reason."""
    kinds = _in_words(get_args(Rejection))
    note = "Pemohon membacanya di surat penolakan."
    return (
        AskedField(("verifikasi", "alasan_jenis"), "Jenis alasan", "choice", required=True, choices=kinds),
        AskedField(("verifikasi", "alasan"), "Alasan untuk pemohon", "words", required=True, note=note),
    )


def who_handles(office: Office, filed: Filed) -> tuple[AskedField, ...]:
    """Ask who drafts, who reviews, and who must not touch the case."""
    named = filed.case.penugasan if filed.case else None
    there = (named.analis, named.pemeriksa) if named else ("", "")
    everybody = {key: one.nama for key, one in office.settings.petugas.items() if not one.berhenti}
    drafters, heads = (
        {key: name for key, name in everybody.items() if role in office.settings.petugas[key].peran}
        for role in (_LAWYER, _HEAD)
    )
    note = "Siapa pun yang berkepentingan pribadi dalam permohonan ini. Kosongkan bila tidak ada."
    only_head = there[1] or (next(iter(heads)) if len(heads) == 1 else "")
    return (
        AskedField(("penugasan", "analis"), "Penyusun", "choice", required=True, choices=drafters, given=there[0]),
        AskedField(("penugasan", "pemeriksa"), "Pemeriksa", "choice", required=True, choices=heads, given=only_head),
        AskedField(
            ("penugasan", "benturan_kepentingan"), "Tidak boleh menangani", "checks", choices=everybody, note=note
        ),
    )


def what_to_mend(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask what has to be mended in the study."""
    return (AskedField(("pemeriksaan", "catatan"), "Apa yang harus diperbaiki", "words", required=True),)


def quality_marks(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask for the marks of a study; all of them, or none."""
    marks = {str(mark): words for mark, words in enumerate(("1 kurang", "2 cukup", "3 baik", "4 sangat baik"), start=1)}
    return tuple(
        AskedField(("pemeriksaan", name), f"Mutu: {wording.in_words(name)}", "choice", choices=marks)
        for name in QUALITIES
    )


def letter_number(office: Office, _: Filed) -> tuple[AskedField, ...]:
    """Ask for the number that the secretariat gave, and its day."""
    today = office.now().date().isoformat()
    return (
        AskedField(("penyampaian", "nomor_surat"), "Nomor surat dari sekretariat", required=True),
        AskedField(("penyampaian", "tanggal_surat"), "Tanggal surat", "day", required=True, given=today),
    )


def how_withdrawn(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask how the applicant said so."""
    return (AskedField(("pembatalan", "catatan"), "Bagaimana pemohon menyampaikannya", "words", required=True),)


def objection(office: Office, filed: Filed) -> tuple[AskedField, ...]:
    """Ask when an objection came in, and why; one that came with the code stands there already."""
    sent = next((one for one in additions.read(filed) if one.event.kind == _OBJECTED), None)
    day = (sent.event.time.astimezone(office.settings.layanan.zone) if sent else office.now()).date().isoformat()
    words = sent.words.get("keterangan", "") if sent else ""
    title = "Alasannya, dengan kata-kata pemohon"
    return (
        AskedField(("keberatan", "tanggal"), "Kapan diterima", "day", required=True, given=day),
        AskedField(("keberatan", "alasan"), title, "words", required=True, given=words),
    )


_OBJECTED = applicant_messages.EVENTS["keberatan"]


def ruling(_: Office, __: Filed) -> tuple[AskedField, ...]:
    """Ask how an objection is decided, and on what grounds."""
    rulings = _in_words(get_args(Ruling))
    return (
        AskedField(("keberatan", "putusan"), "Putusan", "choice", required=True, choices=rulings),
        AskedField(("keberatan", "pertimbangan"), "Pertimbangan untuk pemohon", "words", required=True),
    )


def _in_words(keys: tuple[str, ...]) -> dict[str, str]:
    return {key: wording.in_words(key) for key in keys}


def gap(one: AskedField, posted: Posted, today: date) -> str:
    """Say what is wrong with one field; "" when nothing is."""
    given = posted.each(one.name)
    if one.required and not given:
        return "Pilih salah satu." if one.kind == "choice" else "Belum diisi."
    if one.kind in {"choice", "checks"} and any(key not in one.choices for key in given):
        return "Pilih dari daftar."
    if one.kind == "count" and given and not (given[0].isascii() and given[0].isdecimal() and len(given[0]) <= _DIGITS):
        return "Tulis bilangan saja, misalnya 40."
    if one.kind == "moment" and given and case_notes.moment_in(given[0]) is None:
        return "Tulis hari dan jamnya, misalnya 2026-12-01 10.00."
    if one.kind == "day" and given:
        try:
            day = date.fromisoformat(given[0])
        except ValueError:
            return "Tulis tanggalnya seperti 2026-03-31."
        if one.name == "tanggal" and day > today and not one.planned:
            return "Hari itu belum tiba."
    return ""
