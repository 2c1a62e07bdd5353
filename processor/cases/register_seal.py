"""To whom a register is sealed, and the secret of its fingerprints: ``segel.age`` in the register, sealed itself.

The secret is made once, at random, and never changes, whichever key the office has: the journals hold fingerprints, and
with another secret every response would be filed again and every case look edited. So it belongs to the register and is
backed up with it, and where the file is lost nothing is filed until it is brought back; only what needs no fingerprint
goes on. A register from before this file has the secret that was made from the office key; it is taken over
where a journal proves that it is the right one.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import yaml

from processor.cases import (
    complaint_content,
    dossier,
    journal,
    office_keys,
    published_files,
    registration_numbers,
    survey_store,
)
from processor.cases.office_keys import OfficeKeys
from processor.foundation import atomic_files
from processor.foundation.errors import PayungError
from processor.foundation.progress import Progress, counted, silent

NAME = "segel.age"

_WRONG_KEY = (
    "Kunci kantor ini bukan kunci register ini; tidak ada yang dikerjakan. Pulihkan kunci yang benar dari cadangan."
)
_RECOVERY = "Ini kunci pemulihan. Untuk memakainya sebagai kunci kantor, jalankan payung siapkan."
_LOST = (
    f"Berkas {NAME} di register tidak ada atau rusak. Tanpa berkas itu tanggapan lama tidak dikenali lagi, jadi tidak "
    "ada yang didaftarkan. Pulihkan berkas itu dari cadangan register."
)


class WrongKey(PayungError):
    """The office's key opens no case of this register."""


@dataclass(frozen=True, slots=True)
class SealContent:
    """What ``segel.age`` holds: the fingerprints' secret (32 bytes), and the public keys to which the cases are sealed.

    ``office`` is the office's own among the ``recipients`` (sorted); none stands there before the first ``reseal``.
    """

    secret: bytes = field(repr=False)
    office: str = ""
    recipients: tuple[str, ...] = ()


class RegisterSeal:
    """The file ``segel.age`` in ``folder``: read, checked and kept up to date with the office's ``keys``."""

    def __init__(self, folder: Path, keys: OfficeKeys) -> None:
        self.path = folder / NAME
        self._folder = folder
        self._keys = keys
        self._secret = b""

    def prepare(self) -> None:
        """Make ``segel.age`` where there is none. To be called under the register's lock; raises as ``current``."""
        if not self.path.exists():
            self._write(self.current() if self._cases() else SealContent(secrets.token_bytes(32)))

    def current(self) -> SealContent:
        """Read what ``segel.age`` holds. Raises WrongKey, or PayungError when the file is lost or damaged."""
        if self.path.exists():
            found = self._read()
            self._secret = found.secret
            return found
        before = SealContent(self._keys.secret)
        cases = self._cases()
        if cases and not any(self._secret_is_proven(case, before.secret) for case in cases):
            raise self._unusable()
        return before

    def fingerprint(self, kind: str, text: str) -> str:
        """Compute the fingerprint of ``text`` (24 hex digits) with the register's secret. Raises as ``current``."""
        return office_keys.fingerprint(self._secret or self.current().secret, kind, text)

    def check_key(self) -> None:
        """Raise PayungError when the office's key is another than that to which this register is sealed."""
        try:
            known = self.current().office
        except WrongKey:
            raise
        except PayungError:  # told by ``payung periksa`` and by every pass; the cases can be looked at
            return
        if known not in {"", self._keys.public}:
            raise PayungError(_RECOVERY)

    def can_open(self, number: str) -> bool:
        """Tell whether the office's key opens the identity of a case."""
        return dossier.can_open(
            self._folder / registration_numbers.PATTERN.sub(r"\1", number) / number, self._keys.open
        )

    def former_recipients(self) -> tuple[str, ...]:
        """Give the register's public keys when the office key is new to it, the office's former key first; else none.

        The former key is to go on opening everything.
        """
        known = self.current()
        if known.office in {"", self._keys.public}:
            return ()
        return (known.office, *(key for key in known.recipients if key not in {known.office, self._keys.public}))

    @property
    def all_sealed_for_today(self) -> bool:
        """Tell whether every case is sealed to the recipients of today. Raises as ``current``."""
        return self.current().recipients == tuple(sorted(self._keys.recipients))

    def reseal(self, progress: Progress = silent, now: datetime | None = None) -> int:
        """Seal every case to the recipients of today, when they have changed; give how many cases that was.

        Complaints, the survey and counts of figures are sealed anew with them. A recovery key that joins later thus
        opens older cases as well. A damaged case stays as it is. ``segel.age`` is written last, so that after a crash
        all is done again.

        Raises:
            WrongKey: the office's key opens no case. Otherwise as ``current``.
        """
        known = self.current()
        if self.all_sealed_for_today and known.office == self._keys.public:
            return 0
        cases = self._cases()
        waiting = counted(progress, "Menyegel ulang permohonan", cases)
        done = sum(dossier.reseal(case, self._keys, now or datetime.now(UTC)) for case in waiting)
        if cases and not done:
            raise WrongKey(_WRONG_KEY)
        for complaint in sorted(self._folder.glob(f"pengaduan/*/{complaint_content.SEALED_WORDS}")):
            complaint_content.reseal(complaint.parent, self._keys)
        survey_store.reseal(self._folder, self._keys)
        published_files.reseal(self._folder, self._keys)
        self._write(SealContent(known.secret, self._keys.public, tuple(sorted(self._keys.recipients))))
        return done

    def _cases(self) -> list[Path]:
        """List the folder of every case, oldest first."""
        return [
            self._folder / registration_numbers.PATTERN.sub(r"\1", one) / one
            for one in registration_numbers.filed(self._folder)
        ]

    def _read(self) -> SealContent:
        """Open and read the file."""
        try:
            data = json.loads(self._keys.open(self.path.read_bytes()))
            return SealContent(bytes.fromhex(data["sidik"]), data["kantor"], tuple(data["penerima"]))
        except (PayungError, OSError, ValueError, KeyError, TypeError) as error:
            raise self._unusable() from error

    def _write(self, found: SealContent) -> None:
        """Write the file, sealed to the recipients of today."""
        data = {"sidik": found.secret.hex(), "kantor": found.office, "penerima": found.recipients}
        atomic_files.replace(self.path, self._keys.seal(json.dumps(data).encode()))

    def _unusable(self) -> PayungError:
        """Say why the file is of no use: the key is wrong where it opens no case, else the file is lost or damaged."""
        right = any(dossier.can_open(case, self._keys.open) for case in self._cases())
        return PayungError(_LOST) if right else WrongKey(_WRONG_KEY)

    def _secret_is_proven(self, case: Path, secret: bytes) -> bool:
        """Tell whether the journal of a case holds a fingerprint of one of its sealed answers that ``secret`` made."""
        try:
            told = (case / journal.FILE_NAME).read_text("utf-8", "replace")
            answers = dossier.read(case, self._keys.open).versions[0]["jawaban"]
        except (PayungError, OSError, yaml.YAMLError, LookupError, TypeError):
            return False
        return any(text and office_keys.fingerprint(secret, key, text) in told for key, text in answers.items())
