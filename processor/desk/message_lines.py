"""The messages that applicants sent with their code, as lists and the page of their case show them.

What a message says of an identity is not here: that opens with a reason, on the page of what is sealed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from processor.cases import additions, applicant_messages
from processor.cases.additions import Addition
from processor.cases.applicant_messages import MessageKind
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.desk import wording
from processor.desk.visit import Visit
from processor.operations import message_acts

_TITLES: Mapping[MessageKind, tuple[str, str]] = {
    "tambahan": ("Pemohon mengirim tambahan", "Pindahkan sendiri yang perlu ke permohonan.yaml."),
    "tanya": (
        "Pemohon bertanya",
        "Balasan Anda tampil di halaman statusnya; pesan ini lalu tidak menunggu lagi. Tandai sudah ditangani hanya "
        "bila ia sudah dijawab dengan cara lain: pemohon membaca bahwa tidak ada balasan di halaman itu.",
    ),
    "lanjutan": ("Pemohon bertanya lebih lanjut", ""),
    "data": (
        "Pemohon meminta email atau teleponnya diganti",
        "Pastikan dahulu lewat kontak yang LAMA bahwa ia sendiri yang meminta: kode dapat dipegang orang lain. Yang "
        "diminta tampil bersama identitasnya.",
    ),
    "tarik": (
        "Pemohon menarik permohonannya",
        "Dapat diurungkan sampai {until}; sesudah itu permohonannya dibatalkan.",
    ),
    "urungkan": ("Pemohon mengurungkan penarikannya", ""),
    "keberatan": (
        "Pemohon keberatan atas penolakan",
        "Kata-kata dan tanggalnya sudah terisi di langkahnya.",
    ),
    "terima": ("Pemohon mengatakan suratnya sudah diterima", ""),
}
REPLY = "pesan"
"""The form by which the office writes to an applicant."""
_STEPS = {applicant_messages.EVENTS["tanya"]: REPLY, applicant_messages.EVENTS["keberatan"]: "keberatan"}
_LATE = "Pesan ini datang sesudah keadaan permohonan berubah, jadi tidak mengubah apa pun. Hubungi pemohon bila perlu."


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message that waits: what it is, what to do, and what of it may be read without opening an identity.

    It ``decides`` where contact data are asked for, ``objects`` where an objection is to be recorded; ``step`` is the
    form that deals with it, "" where none does.
    """

    event: Event
    title: str
    advice: str
    said: Addition | None
    decides: bool
    objects: bool
    step: str

    @property
    def file(self) -> str:
        """Give the name of its file."""
        return str(self.event.data["berkas"])


def to_answer(visit: Visit, filed: Filed) -> list[ShownMessage]:
    """List the questions of a case that wait for words of the office."""
    return [one for one in shown(visit, filed, {REPLY}) if one.step]


def shown(visit: Visit, filed: Filed, open_steps: Collection[str]) -> Iterator[ShownMessage]:
    """Give the messages of a case that wait for an officer, oldest first; ``open_steps`` can be taken now."""
    said = {one.name: one for one in additions.read(filed)}
    for event in message_acts.waiting(filed):
        title, advice = _TITLES[event.data[applicant_messages.KIND]]
        until = applicant_messages.undone_until(event)
        when = wording.in_service_time(until, visit.office.now(), visit.office.settings.layanan)
        fits = applicant_messages.counts(event)
        told = advice.format(until=when) if fits else _LATE
        words, decides = said.get(event.data["berkas"]), message_acts.asks_for_data(event)
        step = _STEPS.get(event.kind, "") if fits else ""
        objects = message_acts.objects(event)
        yield ShownMessage(event, title, told, words, decides, objects, step if step in open_steps else "")
