"""What keeps a step from being taken because of messages: of the applicant, who takes the request back, or of ours."""

from processor.cases import applicant_messages, office_notes
from processor.cases.register import Filed
from processor.foundation.errors import Problem
from processor.foundation.indonesian_dates import waktu
from processor.foundation.yaml_editor import SectionChanges
from processor.operations import case_notes, identity, message_acts
from processor.operations.office import Office
from processor.site import sealed_files


def stops(office: Office, filed: Filed, changes: SectionChanges) -> list[Problem]:
    """Give what stops a letter to who takes the request back, a note that may not be shown, an end without a reply."""
    place = str(filed.document.path)
    pending = applicant_messages.pending_withdrawal(filed.events)
    if pending and changes.keys() & {("penyampaian", "tanggal"), ("keberatan", "disampaikan")}:
        service = office.settings.layanan
        until = waktu(applicant_messages.undone_until(pending), service.zone, service.zona_singkat)
        message = f"Pemohon menarik permohonan ini dengan kodenya, dan dapat mengurungkannya sampai {until}."
        return [Problem(place, None, message, "Tunggu sampai itu; bila diurungkan, sampaikan suratnya.")]
    archives = filed.case if changes.get(("arsip", "tanggal")) else None
    if archives and (message := applicant_messages.unarchivable(archives, filed.events)):
        return [Problem(place, None, message, f"Pesannya: payung pesan {filed.number}")]
    note = changes.get(case_notes.TO_APPLICANT)
    return [Problem(place, None, *said) for said in _unfit(office, filed, note)] if isinstance(note, dict) else []


def unanswered(filed: Filed, changes: SectionChanges) -> tuple[Problem, ...]:
    """Say of a step by which a letter goes out, or a request ends, that a question of the applicant still waits."""
    waits = any(one.kind == applicant_messages.EVENTS["tanya"] for one in message_acts.waiting(filed))
    if not waits or not changes.keys() & _ENDS:
        return ()
    mend = "Balas juga di halaman statusnya, bila suratnya tidak menjawabnya."
    return (Problem(str(filed.document.path), None, "Pertanyaan pemohon belum dibalas.", mend),)


_ENDS = {("penyampaian", "tanggal"), ("keberatan", "disampaikan"), ("pembatalan", "tanggal")}


def _unfit(office: Office, filed: Filed, note: dict[str, str]) -> list[tuple[str, str]]:
    """Say what is wrong with the words of a note; a person named in it is not repeated."""
    words, reply = note["isi"], filed.case.balasan if filed.case else None
    if reply is None or not sealed_files.valid_code_values(reply.kode_lacak, reply.kunci_balasan):
        return [("Pemohon ini tidak punya kode, jadi tidak dapat membacanya.", "Hubungi dengan cara lain.")]
    if len(words) > office_notes.LONGEST:
        return [(f"Pesan ini {len(words)} huruf; paling banyak {office_notes.LONGEST}.", "Ringkas.")]
    if kinds := identity.named_in(office.register, filed.number, words):
        message = f"Pesan tidak boleh memuat identitas pemohon ({', '.join(sorted(kinds))}): berkasnya terbuka."
        return [(message, "Tulis ulang tanpa itu.")]
    return []
