"""A complaint from the site's own page becomes an entry in the register of complaints, exactly once.

Whom it is about stands in its sealed words only. Whoever they may mean is kept away at once; who may not be meant, an
officer who may read them takes out of ``diadukan``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import cast, get_args

from processor.cases import complaint_register, journal
from processor.cases.complaint import AnswerWay, Complaint, ComplaintKind
from processor.cases.complaint_content import ComplaintContent
from processor.cases.records import Applicant, Response
from processor.cases.register import Register
from processor.cases.staff import Staff
from processor.foundation.errors import PayungError
from processor.foundation.settings_mail import ADDRESS
from processor.foundation.yaml_writer import visible_text
from processor.operations import office_clock
from processor.operations.complaints import complaint_intake
from processor.operations.complaints.complaint_intake import KEY
from processor.operations.office import Office
from processor.site import sealed_files

ACTOR = "payung"
_SAID = "sidik_kiriman"
"""Under this the journal keeps the keyed fingerprint of all that a sending said; under ``KEY`` that of the sending."""
_ABOUT: Mapping[str, str] = {
    "pengelola_layanan": "petugas yang menerima atau memeriksa permohonan", "analis_hukum": "analis hukum",
    "kepala_bagian": "pimpinan", "tidak_tahu": "seorang petugas; pengadu tidak tahu siapa", "layanan": "",
}  # fmt: skip
_IDENTITY = ("nama", "alamat", "email", "telepon")
_CODES = ("kode_lacak", "kunci_balasan")
_NEAR = 0.75  # of how alike two words are, from 0 to 1: Budi and Budy


@dataclass(frozen=True)
class FiledSendings:
    """What the register of complaints holds of sendings from the page; read once for all that wait."""

    register: Register

    @cached_property
    def marks(self) -> dict[str, tuple[str, str]]:
        """Give the fingerprints of the sending, and of what it said, by the number of its complaint.

        Raises PayungError where the journal of one is damaged, so that nobody knows what was filed.
        """
        found = {}
        for number in complaint_register.numbers(self.register):
            events, _ = journal.read(complaint_register.path(self.register, number) / journal.FILE_NAME)
            if journal.lacks_beginning(events):
                raise PayungError(f"Kiriman pengaduan menunggu sampai riwayat {number} dipulihkan dari cadangan.")
            found[number] = str(events[0].data.get(KEY)), str(events[0].data.get(_SAID))
        return found


def take(office: Office, sent: Response, known: FiledSendings) -> tuple[str, str]:
    """File a complaint unless the register holds it; give the outcome (pengaduan, sama) and its number.

    What was sent again with other words is a complaint of its own, which names the earlier one in its sealed words.
    ``known`` is kept up to date. The caller holds the register's lock.

    Raises:
        ClockDoubtful: Nobody knows which year it is, and a number holds it.
        PayungError: The journal of a complaint is damaged, so that nobody knows whether this one was filed.
    """
    register = office.register
    said = json.dumps([sent.key, dict(sent.answers)], sort_keys=True)
    told = {KEY: register.fingerprint(KEY, sent.key), _SAID: register.fingerprint(_SAID, said)}
    before = {number: mark for number, (key, mark) in known.marks.items() if key == told[KEY]}
    if number := next((one for one, mark in before.items() if mark == told[_SAID]), ""):
        return "sama", number
    office_clock.check(office)
    complaint_intake.check_prefix(office)
    number = complaint_intake.next_number(office, office.now().year)
    new = _complaint(office, number, sent)
    complaint_intake.add(office, new, _content(sent.answers, next(iter(before), "")), ACTOR, told)
    known.marks[number] = told[KEY], told[_SAID]
    return "pengaduan", number


def _complaint(office: Office, number: str, sent: Response) -> Complaint:
    """Write what staff see of a complaint without opening it."""
    said, staff = sent.answers, Staff(office.settings.petugas)
    locator, recipient = (said.get(key, "") for key in _CODES)
    coded = sealed_files.valid_code_values(locator, recipient)
    way: AnswerWay = "kode" if coded else "email" if _address(said) else "tidak_ada"
    kind = said.get("jenis", "")
    assert sent.submitted
    return Complaint(
        nomor_pengaduan=number, diterima=sent.submitted.astimezone(office.settings.layanan.zone).replace(microsecond=0),
        kanal="situs", jenis=cast("ComplaintKind", kind if kind in get_args(ComplaintKind) else "lainnya"),
        anonim=not said.get("nama"), jawaban_lewat=way, diadukan=possibly_about(said, staff),
        kode_lacak=locator if coded else "", kunci_balasan=recipient if coded else "",
    )  # fmt: skip


def _address(said: Mapping[str, str]) -> str:
    """Give the email address, if mail can be sent there."""
    return said.get("email", "") if ADDRESS.fullmatch(said.get("email", "")) else ""


def _content(said: Mapping[str, str], earlier: str) -> ComplaintContent:
    """Give what is sealed: the words, with everything that has no place of its own, and who says them."""
    who = {key: " ".join(visible_text(said.get(key, "")).split()) for key in _IDENTITY} | {"email": _address(said)}
    lines = [said["uraian"]]
    lines += [f"Kapan: {said['kapan']}"] if "kapan" in said else []
    chosen = said.get("terhadap", "")
    about = [_ABOUT.get(chosen, chosen), said.get("petugas", "")]
    lines += [f"Yang diadukan: {'; '.join(filter(None, about))}"] if any(about) else []
    placed = {"uraian", "kapan", "terhadap", "petugas", "jenis", *_CODES, *(key for key in _IDENTITY if who[key])}
    lines += [f"{key}: {text}" for key, text in said.items() if key not in placed]
    lines += [f"Dikirim lagi dengan perubahan; kiriman sebelumnya tercatat sebagai {earlier}."] if earlier else []
    return ComplaintContent(visible_text("\n\n".join(lines)), Applicant(**who))


def possibly_about(said: Mapping[str, str], staff: Staff) -> tuple[str, ...]:
    """Give the short names of the officers whom a complaint may mean, so that none of them sees it.

    These are all who have the chosen role, and whoever is named: also misspelt where it was asked who it was. Where
    nobody knows whom, or the name given is no officer's, it is also everybody but the heads (kepala bagian), who find
    it out; nobody where it was said that no officer is meant.
    """
    chosen, named, told = said.get("terhadap", ""), said.get("petugas", ""), {*_words(said.get("uraian", ""))}
    names = {key: [one for one in _words(f"{key} {who.nama}") if len(one) > 2] for key, who in staff.officers.items()}
    by_role = {key for key, one in staff.officers.items() if chosen in one.peran}
    by_name = {key for key, words in names.items() if any(_is_near(word, _words(named)) for word in words)}
    found = by_role | by_name | {key for key, words in names.items() if told.intersection(words)}
    if (named and not by_name) or (not found and chosen != "layanan"):
        found |= {key for key, one in staff.officers.items() if "kepala_bagian" not in one.peran}
    return tuple(key for key in staff.officers if key in found)


def _is_near(word: str, words: list[str]) -> bool:
    """Tell whether a word of an officer's name is one of ``words``, or nearly."""
    return bool(get_close_matches(word, words, 1, _NEAR))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
