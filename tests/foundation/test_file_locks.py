"""A folder whose file system knows no locks is told in one sentence, and nothing stands in for them."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from processor.foundation import file_locks
from processor.foundation.errors import Busy, PayungError


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK])
def test_a_folder_that_cannot_lock_is_told_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def on_a_share(handle: int, operation: int) -> None:
        raise OSError(code, os.strerror(code), handle, operation)

    monkeypatch.setattr(fcntl, "flock", on_a_share)
    with (
        pytest.raises(PayungError, match=r"tidak dapat mengunci berkas; .* Pindahkan ke disk"),
        file_locks.hold(tmp_path / "x.lock", 0, "sibuk"),
    ):
        pytest.fail("it counts as held")


def test_a_lock_that_another_holds_is_waited_for_no_longer_than_was_asked(tmp_path: Path) -> None:
    with (
        file_locks.hold(tmp_path / "x.lock", 0, ""),
        pytest.raises(Busy, match="sibuk"),
        file_locks.hold(tmp_path / "x.lock", 0, "sibuk"),
    ):
        pytest.fail("two hold it")
    with file_locks.hold(tmp_path / "x.lock", 0, "sibuk"):
        pass


def test_what_goes_wrong_while_it_is_held_is_not_called_a_lock_that_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="penuh"), file_locks.hold(tmp_path / "x.lock", 0, ""):
        raise OSError(errno.EINVAL, "penuh")
