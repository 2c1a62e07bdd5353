"""Locks between processes, by a file; a folder whose file system knows no locks is told in one plain sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from processor.foundation.errors import Busy, PayungError

_UNKNOWN = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL}

_AGAIN = 0.01  # seconds until a lock that somebody holds is tried again: whoever waits longer is overtaken


@contextmanager
def hold(path: Path, wait: float, busy: str) -> Iterator[None]:
    """Hold the lock at ``path`` while the block runs.

    Args:
        path: The file that is locked; it stays, as taking it away would let two hold it.
        wait: Seconds to wait for another process.
        busy: What to say when that one still holds it.

    Raises:
        Busy: When another process still holds it.
        PayungError: When the file system cannot lock; a lock of our own making would outlive a killed program.
    """
    lock = FileLock(path, timeout=wait, poll_interval=_AGAIN, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(busy) from error
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
        raise PayungError(
            f"Folder {path.parent} tidak dapat mengunci berkas; biasanya itu folder bersama di jaringan. Dua proses "
            "dapat saling menimpa, jadi tidak ada yang ditulis. Pindahkan ke disk komputer ini, lalu sesuaikan folder "
            "di payung.yaml."
        ) from error
    try:
        yield
    finally:
        lock.release()
