"""Says why a step leads nowhere, and which way there is: a study that was returned, and an officer who may not act."""

from processor.cases.case_status import Derived
from processor.cases.register import Filed
from processor.cases.staff import Staff, meant
from processor.foundation.errors import Problem
from processor.foundation.yaml_editor import SectionChanges
from processor.operations.office import Office


def stops(filed: Filed, before: Derived, after: Derived, changes: SectionChanges) -> list[Problem]:
    """Give what stops a step on a study that was returned: nothing changed in it, or the return was a mistake."""
    place, number = str(filed.document.path), filed.number
    if before.status == "dikembalikan" == after.status and changes.get(("kajian", "selesai")) == "ya":
        message = "Kajian ini belum berubah sejak dikembalikan, jadi belum dapat diperiksa lagi."
        mend = (
            f"Perbaiki menurut catatannya: payung sunting {number}, lalu ulangi. Sudah benar begitu? Minta pemeriksa "
            f"menarik pengembaliannya: payung kembalikan {number} --tarik --oleh PEMERIKSA"
        )
        return [Problem(place, filed.document.line(("pemeriksaan", "catatan")), message, mend)]
    if before.status == "dikembalikan" and changes.get(("pemeriksaan", "keputusan")) == "disetujui":
        message = "Kajian ini sudah dikembalikan, jadi tidak dapat langsung disetujui."
        mend = (
            f"Keliru dikembalikan? payung kembalikan {number} --tarik --oleh PEMERIKSA, lalu payung setujui {number}. "
            "Bila tidak, tunggu penyusun memperbaikinya dan menyatakannya selesai."
        )
        return [Problem(place, filed.document.line(("pemeriksaan", "keputusan")), message, mend)]
    takes_back = ("pemeriksaan", "keputusan") in changes and changes["pemeriksaan", "keputusan"] is None
    if takes_back and before.status != "dikembalikan":
        message = f"Kajian ini {before.status.replace('_', ' ')}, jadi tidak ada pengembalian yang dapat ditarik."
        return [Problem(place, None, message, f"Periksa nomornya: payung lihat {number}")]
    return []


def strangers(office: Office, filed: Filed, officer: str) -> list[Problem]:
    """Give what keeps the ``officer`` who takes a step ("" where none is named) from acting in this case."""
    if not officer or filed.case is None:
        return []
    staff = Staff.of(office.settings.petugas, filed.events, office.register.fingerprint)
    key = staff.key(officer)
    if staff.officers and key not in staff.officers:
        return [Problem("--oleh", None, f"{officer} bukan petugas yang terdaftar.", meant(officer, staff))]
    if key in staff.barred(filed.case):
        message = f"{officer} tidak boleh menangani permohonan ini."
        return [Problem("--oleh", None, message, "Serahkan langkah ini kepada petugas yang lain.")]
    return []
