"""What a disk refuses, in a sentence that says which file and what to do."""

import errno
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FOLDER = {errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST}
_IN_USE = {errno.EBUSY, errno.ETXTBSY, errno.EDEADLK}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_SHARED = {32, 33}
"""What Windows says of a file that another program has open."""
_LATER = "Bagian ini diulang pada putaran berikutnya."


def sentence(error: OSError) -> str:
    """Say what is wrong and how to mend it; the system's own words stay where we have none."""
    names = [str(name) for name in (error.filename2, error.filename) if name]
    place = names[0] if names else "disk"
    if error.errno in _FULL:
        return f"Disk penuh, jadi {place} tidak dapat ditulis. Kosongkan ruang disk. {_LATER}"
    if error.errno in _FOLDER or any(Path(name).is_dir() for name in names if error.errno in _FORBIDDEN):
        return f"{place} adalah folder, padahal seharusnya berkas. Pindahkan folder itu. {_LATER}"
    if error.errno == errno.ENOENT:
        return f"{place} tidak ada. {_LATER}"
    if error.errno in _IN_USE or getattr(error, "winerror", None) in _SHARED:
        return f"{place} sedang dipakai program lain. Tutup berkas itu di program tersebut. {_LATER}"
    if error.errno in _FORBIDDEN:
        return f"{place} tidak boleh dibuka atau ditulis. Tutup program yang memakainya, dan periksa izinnya. {_LATER}"
    if error.errno == errno.EROFS:
        return f"{place} ada di disk yang hanya dapat dibaca. Periksa cara disk itu dipasang. {_LATER}"
    return f"{error}. Periksa ruang disk dan izin folder. {_LATER}"
