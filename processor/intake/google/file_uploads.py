"""Downloads files that were uploaded with a Google Form from Drive, where the credentials may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from processor.cases.records import Attachment, Response
from processor.foundation.errors import Problem, SourceFailed
from processor.intake.google.client import FILES, Patience, connect, execute

LARGEST = 25 * 1024 * 1024
"""Bytes of one file; a larger one stays on Drive and the verifier is told."""
ALTOGETHER = 200 * 1024 * 1024
"""Bytes of one fetch, as everything that was fetched is in memory until it is filed."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on Drive that belongs to a response."""

    id: str
    name: str

    @property
    def link(self) -> str:
        """Give the address at which staff open it."""
        return f"https://drive.google.com/open?id={self.id}"


def with_uploads(
    read: Sequence[tuple[Response, tuple[Upload, ...]]],
    wanted: Callable[[Response], bool],
    credentials: Path,
    patience: Patience,
) -> tuple[Response, ...]:
    """Download the uploads of responses; where one cannot be had, its link stays and a Problem says so.

    Never raises: a response without its files is better than none.

    Args:
        read: each response with its uploads.
        wanted: tells whether a response's files are to be downloaded.
        credentials: the file with Google's credentials.
        patience: time limits and retries.
    """
    if not any(uploads and wanted(response) for response, uploads in read):
        return tuple(response for response, _ in read)
    try:
        drive = connect(credentials, FILES, "drive", patience)
    except SourceFailed as error:
        return tuple(_not_downloaded(r, uploads, str(error)) if uploads and wanted(r) else r for r, uploads in read)
    try:
        allowed = ALTOGETHER
        result = []
        for response, uploads in read:
            full = (
                _with_files(response, uploads, drive, allowed, patience) if uploads and wanted(response) else response
            )
            allowed -= sum(len(attachment.content) for attachment in full.attachments)
            result.append(full)
        return tuple(result)
    finally:
        drive.close()


def _with_files(
    response: Response, uploads: Sequence[Upload], drive: Any, allowed: int, patience: Patience
) -> Response:
    for upload in uploads:
        try:
            content = _download(upload, drive, allowed, patience)
        except SourceFailed as error:
            response = _not_downloaded(response, (upload,), str(error))
        else:
            allowed -= len(content)
            response = replace(response, attachments=(*response.attachments, Attachment(upload.name, content)))
    return response


def _download(upload: Upload, drive: Any, allowed: int, patience: Patience) -> bytes:
    """Download ``upload``. Raises SourceFailed when it is over ``allowed`` bytes, incomplete or out of reach."""
    state = _ask_drive(drive.files().get(fileId=upload.id, fields="size"), patience)
    size = str(state.get("size", "")) if isinstance(state, dict) else ""
    if not size.isdigit():
        raise SourceFailed("Ukurannya tidak diketahui.")
    if int(size) > min(LARGEST, allowed):
        raise SourceFailed(f"Besarnya {int(size) // 1024} KiB, melebihi yang dapat diunduh sendiri.")
    content = _ask_drive(drive.files().get_media(fileId=upload.id), patience)
    if not isinstance(content, bytes) or len(content) != int(size):
        raise SourceFailed("Unduhannya tidak utuh.")
    return content


def _ask_drive(request: Any, patience: Patience) -> Any:
    """Ask Drive, twice at most: a file that does not come now can be opened by hand."""
    try:
        return execute(request, replace(patience, tries=min(2, patience.tries)))
    except SourceFailed:
        raise SourceFailed("Bagikan folder unggahan formulir kepada akun layanan sebagai pelihat.") from None


def _not_downloaded(response: Response, uploads: Sequence[Upload], cause: str) -> Response:
    """Add a Problem: its ``uploads`` are on Drive only. File names may name people, so they are not shown."""
    message = f"{len(uploads)} berkas unggahan belum terunduh dari Google Drive."
    mend = f"{cause} Buka tautannya pada jawaban, lalu simpan sendiri ke lampiran."
    return replace(response, problems=(*response.problems, Problem("Dokumen pendukung", None, message, mend)))
