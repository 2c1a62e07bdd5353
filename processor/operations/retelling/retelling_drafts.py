"""The text in which an officer retells a case in the editor: kept beside the case until it was taken in."""

from collections.abc import Iterator
from contextlib import contextmanager

from processor.cases.case_file import FILE_NAME
from processor.foundation import atomic_files, file_locks
from processor.operations.edit_session import Session
from processor.operations.office import Office
from processor.operations.retelling import retelling_acts

_COPY, _LOCK = ".publikasi.suntingan.txt", ".publikasi.suntingan.lock"
_HELP = (
    "Tulis ulang supaya tidak ada yang dikenali: tanpa nama, tempat, tanggal, jumlah, dan kata-kata pemohon.\n"
    "Jawaban: alinea dipisah baris kosong; butir diawali “- ”. Baris di atas “Pertanyaan:” tidak dibaca.\n\n"
)


@contextmanager
def draft(office: Office, number: str) -> Iterator[Session]:
    """Hold the draft of one case for one person; it goes on with what was left there. Raises Busy for a second one."""
    folder = office.register.path(number)
    busy = f"Tanya jawab {number} sedang ditulis di komputer ini. Tunggu sampai selesai, lalu ulangi."
    with file_locks.hold(folder / _LOCK, 0, busy):
        copy, case = folder / _COPY, office.register.read(number).case
        resumed = copy.exists()
        if not resumed:
            text = _HELP + retelling_acts.text_of(case.publikasi if case else None)
            atomic_files.replace(copy, text.encode())
        yield Session(office, number, folder / FILE_NAME, copy, copy.read_bytes(), resumed)


def finish(at: Session) -> None:
    """Take the draft away once the case holds its words."""
    atomic_files.remove(at.copy)
