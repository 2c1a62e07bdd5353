"""One case -> what a person reads in the terminal, and what a program reads as JSON. Pure, and without identity."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from processor.cases import additions, earlier_texts
from processor.cases.additions import Addition
from processor.cases.deadlines import Due
from processor.cases.register import OUTGOING, Filed
from processor.cli.case_table import row_data
from processor.cli.output import problem_data
from processor.foundation.errors import PayungError, Problem
from processor.foundation.yaml_writer import visible_text
from processor.operations import case_check, case_notes, follow_ups, letter_signatures, overview
from processor.operations.case_row import CaseRow
from processor.operations.office import Office
from processor.operations.overview import KnownRows


def deadline_traces(office: Office, found: Due | None) -> str:
    """Write how every deadline of a case was computed, for a lawyer to check by hand."""
    if found is None:
        return "Tidak ada tenggat yang berjalan."
    explained = found.explained(office.settings.layanan.zona_singkat)
    return "\n\n".join(f"{title}\n{trace}" for title, (_, trace) in explained.items())


def case_data(office: Office, number: str) -> dict[str, Any]:
    """Give one case as JSON: the list's line, findings, mistakes, letters, the words of the applicant, the journal."""
    filed = office.register.read(number)
    outgoing = filed.folder / OUTGOING
    line, findings, problems = _row_and_mistakes(office, filed)
    return {
        **row_data(office, line),
        "folder": str(filed.folder),
        "temuan": list(findings),
        "kesalahan": problem_data(problems),
        "surat": sorted(path.name for path in outgoing.iterdir() if path.suffix in {".docx", ".pdf"})
        if outgoing.is_dir()
        else [],
        "tanda_tangan": letter_signatures.of_answer(filed.events, office.settings.layanan),
        "permohonan": filed.case.model_dump(include=_QUESTIONS) if filed.case else {},
        "catatan": case_notes.in_words(filed.case, office.settings.layanan) if filed.case else {},
        "jawaban_terdahulu": [str(path) for path in follow_ups.earlier_answer(office, filed.case)]
        if filed.case
        else [],
        "catatan_pemeriksaan": [
            {"tanggal": one.day, "oleh": one.by, "keputusan": one.decision, "catatan": one.words}
            for one in earlier_texts.review_notes(filed.folder, filed.document.text)
        ],
        "perubahan": [_addition_data(one) for one in additions.read(filed)],
        "riwayat": [
            {
                "waktu": e.time.isoformat(),
                "pelaku": e.actor,
                "peristiwa": e.kind,
                "rincian": _details_for_people(e.data),
            }
            for e in filed.events
        ],
    }


_QUESTIONS = {"uraian", "pertanyaan", "dokumen", "lampiran", "tidak_ditanyakan"}


def _addition_data(one: Addition) -> dict[str, Any]:
    """Give what came later as JSON."""
    return {
        "berkas": one.name,
        "menjadi": dict(one.words),
        "lampiran": list(one.attachments),
        "temuan": list(one.findings),
        "kesalahan": problem_data(one.problems),
    }


def _row_and_mistakes(office: Office, filed: Filed) -> tuple[CaseRow, Sequence[str], Sequence[Problem]]:
    """Give the list's line of a case, its findings and its mistakes; of an unreadable one, just that it is."""
    try:
        with overview.one_case_at_a_time():
            seen = overview.derive_for(office, filed)
            problems = case_check.mistakes(office, filed, seen)
            findings = additions.findings(filed, office.form)
            before = KnownRows.load(office, [filed.number]).previous_row(filed.number)
            return overview.row(office, filed, seen, office.now(), len(problems), before), findings, problems
    except (PayungError, OSError) as error:
        beyond = Problem(filed.number, None, str(error), case_check.RESTORE)
        return CaseRow(filed.number, wrong=len(filed.problems) + 1), (), [*filed.problems, beyond]


def _details_for_people(data: Any) -> dict[str, Any]:
    """Give an event's details without the fingerprints and digests, which tell a person nothing."""
    return {key: value for key, value in data.items() if key not in _FOR_PROGRAMS}


_FOR_PROGRAMS = frozenset(
    {"sidik", "nip", "isi", "verifikasi", "kajian", "pemeriksaan", "bukti", "surel", "keberatan"}
    | {"cetak", "menurut", "bahan"}
)


def case_text(data: dict[str, Any], zone: ZoneInfo) -> str:
    """Write one case, as ``case_data`` gives it, for a terminal; times are shown in ``zone``."""
    lines = [
        f"{data['nomor']}: {data['status']} ({data['berikutnya']})",
        *_times(data, zone),
        f"  folder      {data['folder']}",
        f"  surat       {', '.join(data['surat']) or 'belum ada'}",
    ]
    lines += [f"  jawaban     {data['tanda_tangan']}"] if data["tanda_tangan"] else []
    for title, key in (("Temuan", "temuan"), ("Perlu dibetulkan", "kesalahan")):
        items = [_mistake_line(one) if key == "kesalahan" else one for one in data[key]]
        lines += [f"\n{title}", *(f"  - {item}" for item in items)] if items else []
    lines += _titled_words("Kata-kata pemohon", data["permohonan"])
    lines += _titled_words("Catatan", data["catatan"]) if data["catatan"] else []
    if data["jawaban_terdahulu"]:
        lines += ["\nJawaban yang ditanyakan", *(f"  {path}" for path in data["jawaban_terdahulu"])]
    for one in data["perubahan"]:
        more = {
            "lampiran": one["lampiran"],
            "temuan": one["temuan"],
            "perlu dibetulkan": map(_mistake_line, one["kesalahan"]),
        }
        lines += _titled_words(f"Datang kemudian ({one['berkas']})", {**one["menjadi"], **more})
    rounds: dict[str, list[str]] = {}
    for one in data["catatan_pemeriksaan"]:
        rounds.setdefault(_round_title(one), []).append(one["catatan"])
    lines += _titled_words("Catatan pemeriksaan, dari semua putaran", rounds) if rounds else []
    lines.append("\nRiwayat")
    for event in data["riwayat"]:
        told = f"{event['peristiwa']}{_details_text(event['rincian'])}"
        lines.append(f"  {_minute(event['waktu'], zone)}  {event['pelaku']!s:<8}  {told}")
    return "\n".join(lines)


def _times(data: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """Write when the request was sent and registered, and by when the whole is due by either clock."""
    for title, key in (("diajukan", "diajukan"), ("didaftarkan", "diterima")):
        yield f"  {title:<11} {_minute(data[key], zone) if data[key] else _UNKNOWN}"
    if data["tenggat_janji"]:
        by = (_minute(data[key], zone) for key in ("tenggat_janji", "tenggat_seluruhnya"))
        yield "  janji       paling lambat {}; dihitung sejak didaftarkan {}".format(*by)


_UNKNOWN = "tidak disebut sumbernya"


def _minute(moment: str, zone: ZoneInfo) -> str:
    """Write a moment (aware ISO 8601) on the office's clock."""
    return f"{datetime.fromisoformat(moment).astimezone(zone):%Y-%m-%d %H.%M}"


def _round_title(one: Mapping[str, str]) -> str:
    """Write who reviewed in a round, and when."""
    return " ".join(filter(None, (one["tanggal"], one["oleh"], one["keputusan"]))) or "tanpa tanggal"


def _titled_words(title: str, words: Mapping[str, str | Iterable[str]]) -> Iterator[str]:
    """Write words under a title, each question's under its own, wrapped; what is empty is left out."""
    yield f"\n{title}"
    for key, answer in words.items():
        paragraphs = (
            visible_text(answer).split("\n")
            if isinstance(answer, str)
            else [f"- {visible_text(one)}" for one in answer]
        )
        if any(paragraphs):
            yield f"  {key[:1].upper()}{key[1:]}".replace("_", " ")
            yield from (textwrap.fill(text, _WIDE, initial_indent=_IN, subsequent_indent=_IN) for text in paragraphs)


_WIDE = 100
_IN = " " * 4


def _mistake_line(one: dict[str, Any]) -> str:
    """Write a mistake in one line, with its line in the file where it has one."""
    place = f"baris {one['baris']}: " if one["baris"] else ""
    return f"{place}{one['masalah']} {one['perbaikan']}".rstrip()


def _details_text(details: dict[str, Any]) -> str:
    """Write an event's details in brackets."""
    told = [
        f"{key} {_detail_text(value)}" for key, value in details.items() if value and key not in {"kunci", "sha256"}
    ]
    return f" ({', '.join(told)})" if told else ""


def _detail_text(value: Any) -> str:
    """Put a detail in words; of many places in a file only the parts."""
    if value is True:
        return "ya"
    if not isinstance(value, list):
        return str(value)
    words = list(map(str, value))
    return ", ".join(words if len(words) <= _MANY else dict.fromkeys(word.partition(".")[0] for word in words))


_MANY = 4
