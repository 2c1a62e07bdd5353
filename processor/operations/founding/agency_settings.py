"""The shipped settings and catalogue of law -> those of a new agency by its answers, every comment kept. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from processor.foundation import yaml_editor, yaml_writer
from processor.foundation.yaml_editor import SectionChanges
from processor.operations.founding import agency_answers
from processor.operations.founding.agency_answers import Answers
from processor.operations.founding.agency_names import AgencyNames

_ANALYST = re.compile(r"(?m)^  analis:\n(?:    .*\n)+")
_UNITS = re.compile(r"(?m)^# unit:(.*\n)(?:#   .*\n)+")
_FICTIONAL = re.compile(r"(?:;| *#) nama rekaan[;,] ganti dengan .*")
_LAW = ("uu-25-2009", "uu-23-2014", "uu-20-2023", "permendagri-12-2014")
_OF_REGIONS = {"uu-23-2014", "permendagri-12-2014"}
_OWN_LAW = re.compile(r"(?m)^(  # Dasar layanan ini sendiri)\..*\n(?:(?!  #).*\n)+")
_CODE = 16  # letters of a unit's code, at most


def settings_text(shipped: str, answers: Answers) -> str:
    """Write the settings of an agency.

    What its own texts say is left open: the numbers and days of its decrees, and the law on which these rest.

    Args:
        shipped: The text of the shipped ``payung.yaml``.
        answers: All of them.

    Raises:
        PayungError: When the shipped text cannot be edited.
    """
    text = yaml_editor.apply(shipped, _changes(answers, agency_answers.names(answers)))
    text = text if len(answers["petugas"]) > 1 else _ANALYST.sub("", text)
    text = _with_units(text, answers["unit"])
    return text if agency_answers.samples({"": answers["kepala"] + answers["petugas"]}) else _FICTIONAL.sub("", text)


def law_text(shipped: str) -> str:
    """Write the catalogue of law of a new agency: the shipped one without what another agency rests on."""
    return _OWN_LAW.sub(r"\1: tulis di sini, lalu sebut kuncinya di payung.yaml\n\n\n", shipped)


def _changes(answers: Answers, names: AgencyNames) -> SectionChanges:
    """Give every value that differs, by its place."""
    ours = {**_agency(answers, names), **_decrees(names), **_service(answers, names), **_letters(answers, names)}
    return {**ours, **_officers(answers)}


def _agency(answers: Answers, names: AgencyNames) -> SectionChanges:
    """Give who gives the help."""
    values = {
        "nama": names.unit,
        "induk": names.above,
        "pemerintah": names.whole_government,
        "kop": names.letterhead,
        "alamat": answers["alamat"][0],
        "alamat_pengaduan": "",
        "kota": agency_answers.town(answers["alamat"][0]),
        "telepon": answers["telepon"][0],
        "email": answers["email"][0],
        "email_pengaduan": answers["email"][0],
        "instagram": "",
        "jdih": "",
        **({} if names.is_region else {"daerah": "tidak"}),
    }
    return {("instansi", key): value for key, value in values.items()} | {("situs", "alamat"): answers["situs"][0]}


def _decrees(names: AgencyNames) -> SectionChanges:
    """Give the official texts, none of which has a number yet."""
    decrees: dict[str, dict[str, Any]] = {
        "pedoman": {"nama": f"Keputusan {names.head}"},
        "sop": {"dibuat": None, "pengesah": names.leader},
        "tim": {"nama": f"Keputusan {names.leader}", "susunan": ()},
    }
    unset: dict[str, Any] = {"nomor": "", "tanggal": None}
    law = {"pedoman": {"dasar_hukum": ()}, "sop": {"dasar_hukum": ()}, "tim": {}}
    return {
        ("dasar", name, key): value
        for name, decree in decrees.items()
        for key, value in {**decree, **unset, **law[name]}.items()
    }


def _service(answers: Answers, names: AgencyNames) -> SectionChanges:
    """Give when the service is open, who does what in it, and to whom it reports."""
    begin, end, zone = agency_answers.hours(answers["jam"][0])
    steps = ("verifikasi", "kajian", "pemeriksaan", "penyampaian")
    actors = ("Pengelola layanan", "Analis hukum", names.leader_in_short, "Pengelola layanan")
    values = {
        "mulai": begin,
        "selesai": end,
        "zona": agency_answers.ZONES[zone],
        "petugas": str(1 + len(answers["petugas"])),
        "dasar_hukum": [key for key in _LAW if names.is_region or key not in _OF_REGIONS],
        "laporan_kepada": f"{names.head} melalui {names.secretary}",
        "batas": dict.fromkeys(("kajian", "pemeriksaan", "sasaran"), "1 hari"),  # the day that the office has
        "pelaksana": dict(zip(steps, actors, strict=True)),
    }
    return {("layanan", key): value for key, value in values.items()}


def _letters(answers: Answers, names: AgencyNames) -> SectionChanges:
    """Give what every letter carries."""
    head = agency_answers.person(answers["kepala"][0])
    signer = {"atas_nama": "", "jabatan": names.leader, "nama": head.name, "nip": head.nip, "pangkat": ""}
    code = "100.3.10" if names.is_region else "HK"  # legal help in the regions' classification
    return {
        ("surat", "awalan"): names.prefix,
        ("surat", "klasifikasi"): code,
        ("surat", "tembusan"): (),
        **{("surat", "penandatangan", key): value for key, value in signer.items()},
    }


def _officers(answers: Answers) -> SectionChanges:
    """Give the officers, with the short names that the handbook's examples have."""
    first, *others = map(agency_answers.person, answers["petugas"])
    named = {"pengelola": first, **dict(zip(("analis",), others, strict=False))}
    named["kabag"] = agency_answers.person(answers["kepala"][0])
    found: dict[tuple[str, ...], Any] = {}
    for short, one in named.items():
        found |= {("petugas", short, "nama"): one.name, ("petugas", short, "nip"): one.nip}
    if not others:
        found["petugas", "pengelola", "peran"] = ["pengelola_layanan", "analis_hukum"]
    for count, one in enumerate(others[1:], start=2):
        found["petugas", f"analis{count}"] = {"nama": one.name, "peran": ["analis_hukum"], "nip": one.nip}
    return found


def _with_units(text: str, units: Sequence[str]) -> str:
    """Give a text with the units in the place of the example that is commented out there, else at its end."""
    if not units:
        return text
    listed = [{"kode": code, "nama": name} for code, name in zip(_codes(units), units, strict=True)]
    written = yaml_writer.dump({"unit": listed}).partition("\n")[2]
    if _UNITS.search(text):
        return _UNITS.sub(lambda found: f"unit:{found[1]}{written}", text)
    return f"{text}\nunit:\n{written}"


def _codes(units: Sequence[str]) -> Iterator[str]:
    """Make a short code for each unit: Dinas Pendidikan is DINPEN, Badan Kepegawaian Daerah is BKD."""
    taken: set[str] = set()
    for name in units:
        words = [word for word in re.findall(r"[A-Z0-9]+", name.upper()) if word not in {"DAN", "DI"}] or ["UNIT"]
        short = words[0] if len(words) == 1 else "".join(word[: 3 if len(words) == 2 else 1] for word in words)
        count, code = 1, short[:_CODE]
        while code in taken:
            count += 1
            code = f"{short[: _CODE - len(str(count))]}{count}"
        taken.add(code)
        yield code
