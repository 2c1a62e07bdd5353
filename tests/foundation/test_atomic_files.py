"""Files appear whole; a flush that a file system does not know is no failure."""

import errno
import os
from pathlib import Path

import pytest

from processor.foundation import atomic_files


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_folder_flush_that_the_file_system_does_not_know_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def on_a_share(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112 -- a descriptor of this process
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", on_a_share)
    atomic_files.replace(tmp_path / "berkas", b"isi")
    assert (tmp_path / "berkas").read_bytes() == b"isi"
    assert not atomic_files.sync_folder(tmp_path)


def test_a_disk_that_fails_to_flush_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_a_broken_disk(handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), handle)

    monkeypatch.setattr(os, "fsync", on_a_broken_disk)
    with pytest.raises(OSError, match="Input/output"):
        atomic_files.sync_folder(tmp_path)
