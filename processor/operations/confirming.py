"""Lets officers confirm at the desk what others wrote in their name, and tells whose acts need no confirmation."""

from collections.abc import Iterator

from processor.cases import confirmations
from processor.cases.confirmations import CONFIRMED, StandingDecision
from processor.cases.deadlines import TIMED_BY
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.cases.staff import Staff
from processor.foundation.errors import Busy, PayungError, Problem
from processor.foundation.settings import Settings
from processor.operations import act_journal, desk_accounts
from processor.operations.act_journal import Person
from processor.operations.office import Office

_WAIT = 10.0


def is_known(settings: Settings, by: Person) -> bool:
    """Tell whether it is sure who acts: signed in at the desk, or by the account of the computer that is theirs."""
    officer = settings.petugas.get(Staff(settings.petugas).key(by.officer)) if by.officer else None
    return by.at_desk or (officer is not None and bool(officer.akun) and officer.akun == by.account)


def refuse_anothers_name(settings: Settings, by: Person) -> None:
    """Refuse a command in the name of another than whose the account is. Raises PayungError.

    Where nobody has an account at the desk, and for accounts that are nobody's, a name is believed as it was.
    """
    if not by.officer or by.at_desk or desk_accounts.of(settings).since() is None:
        return
    key = Staff(settings.petugas).key(by.officer)
    mine = [name for name, one in settings.petugas.items() if one.akun and one.akun == by.account]
    theirs = settings.petugas[key].akun if key in settings.petugas else ""
    if (mine and key not in mine) or (theirs and theirs != by.account):
        raise PayungError(
            f"--oleh {by.officer}: akun komputer {by.account} bukan akun petugas itu (petugas.{key}.akun di "
            "payung.yaml). Kerjakan dengan akun komputernya, atau masuk di meja."
        )


def lifted(settings: Settings) -> Iterator[Problem]:
    """Tell that decisions count without their officer's confirmation, where the settings say so."""
    if not settings.meja.peneguhan:
        message = "Persetujuan, penolakan, dan penyampaian berlaku tanpa diteguhkan di meja (meja.peneguhan: tidak)."
        yield Problem(str(settings.path), None, message, "Hapus peneguhan: tidak bila petugas punya akun meja.")


def unknown(office: Office, by: Person) -> Iterator[Problem]:
    """Tell that it is not sure who decides, where decisions count only for whom it is."""
    if office.confirmed_since is not None and not is_known(office.settings, by):
        message = f"Belum pasti bahwa {by.officer or 'petugasnya'} sendiri yang memutuskan."
        mend = "Putuskan di meja setelah masuk, pada halaman Surat permohonan itu; atau dengan akun komputernya."
        yield Problem("--oleh", None, message, mend)


def by_step(office: Office, then: Filed, places: set[str], by: Person) -> tuple[Event, ...]:
    """Give what the journal says when somebody who is known decides just what a step writes.

    Args:
        office: The open office.
        then: The case with what the step writes.
        places: The parts of the case file that it writes into.
        by: Who takes it.
    """
    if not is_known(office.settings, by):
        return ()
    key = Staff(office.settings.petugas).key(by.officer)
    mine = [one for one in waiting(office, then) if one.part in places]
    return tuple(_event(office, one, key) for one in mine if may_confirm(office, then, one, key))


def waiting(office: Office, filed: Filed) -> list[StandingDecision]:
    """List the decisions of a case that wait for their confirmation."""
    if filed.case is None:
        return []
    return confirmations.waiting(filed.case, filed.events, _staff(office, filed))


def may_confirm(office: Office, filed: Filed, decision: StandingDecision, key: str) -> bool:
    """Tell whether the officer with the short name ``key`` can confirm a decision of a case."""
    return filed.case is not None and decision.may_confirm(key, filed.case, _staff(office, filed))


def confirm(office: Office, number: str, mark: str, by: Person) -> None:
    """Let the journal say that ``by`` stands by the decision with this ``mark``, which they were shown.

    Raises:
        PayungError: It is not theirs to confirm.
        Busy: It no longer stands there as it was shown.
    """
    with office.register.lock(_WAIT):
        filed = office.register.read(number)
        found = next((one for one in waiting(office, filed) if one.mark == mark), None)
        if found is None:
            raise Busy(f"{number} berubah sejak ditampilkan; belum ada yang diteguhkan. Lihat lagi, lalu ulangi.")
        if not by.at_desk or not may_confirm(office, filed, found, by.officer):
            whose = found.whose(_staff(office, filed))
            raise PayungError(f"{found.title} ini diteguhkan oleh {whose}, setelah masuk di meja.")
        act_journal.note(office, filed, lambda: act_journal.by_hand(office, filed, office.now()))
        office.register.record(number, _event(office, found, by.officer))
        act_journal.note(office, office.register.read(number), lambda: act_journal.by_command(by, office.now()))


def _event(office: Office, decision: StandingDecision, key: str) -> Event:
    """Make the event of a confirmation."""
    data = {"bagian": [decision.part], "keputusan": decision.mark, TIMED_BY: "meja"}
    return Event(CONFIRMED, office.now(), key, data)


def _staff(office: Office, filed: Filed) -> Staff:
    """Give who works here, for a case."""
    return Staff.of(office.settings.petugas, filed.events, office.register.fingerprint, office.confirmed_since)
