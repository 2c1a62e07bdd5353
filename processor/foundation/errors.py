"""What can go wrong: a Problem is somebody's mistake in a file, a PayungError an operation that failed.

Problems are collected and shown; errors are raised and carry the sentence and the exit code that the
command line shows. Every sentence is Indonesian and says what to do next.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a file or an answer: where it stands, what is wrong and how to mend it.

    ``place`` is a path, or for an answer the title of its question. It and the sentences never hold a
    value of the applicant's identity.
    """

    place: str
    line: int | None
    message: str
    mend: str = ""

    def __str__(self) -> str:
        where = f"{self.place}, baris {self.line}" if self.line else self.place
        return f"{where}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, without the place."""
        return f"{self.message} {self.mend}".strip()


class PayungError(Exception):
    """An operation failed. ``exit_code`` is what the command returns (documented in docs/pengembang)."""

    exit_code = 1


class BrokenFiles(PayungError):
    """Files that people write hold mistakes, and the command cannot go on without them."""

    exit_code = 2

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Busy(PayungError):
    """Another process holds what this one needs."""

    exit_code = 3


class SourceFailed(PayungError):
    """A source of responses could not be read; nothing of it was filed and its cursor did not move."""

    exit_code = 4


class LeakFound(PayungError):
    """What was to be published holds identities; nothing was published.

    ``found`` tells of which cases, with kind and words of each find; they are never shown.
    """

    exit_code = 5

    def __init__(self, leaks: tuple[str, ...], found: Mapping[str, Collection[tuple[str, str]]] | None = None) -> None:
        self.leaks, self.found = leaks, found or {}
        super().__init__(
            "Tidak diterbitkan: identitas pemohon ditemukan pada bahan terbitan.\n"
            + "\n".join(leaks)
            + (_WHOSE.format(", ".join(self.found), next(iter(self.found))) if self.found else "")
            + "\nHapus dari sumbernya, lalu terbitkan lagi. Berkas yang tidak dapat diperiksa: buka gemboknya atau "
            "ganti. Situs yang lama tetap tampil."
        )


_WHOSE = (
    "\nYang ditemukan tertulis sebagai identitas di {}. Bila itu bukan nama orang, tulis kata itu di "
    "situs.bukan_identitas pada payung.yaml. Bila itu bukan identitas siapa pun, apa pun jenisnya: "
    'payung kecualikan {} --oleh PETUGAS --alasan "...".'
)
