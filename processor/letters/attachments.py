"""Says in a letter how much goes with it, as letters of the government do: ``1 (satu) berkas``, a dash for nothing."""

from collections.abc import Sequence

NOTHING = "-"
_WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_MOST = 100


def counted(names: Sequence[str]) -> str:
    """Give what stands behind ``Lampiran``, for the files named; an empty name counts for nothing."""
    count = sum(1 for name in names if name.strip())
    if not count:
        return NOTHING
    return f"{count} ({_in_words(count)}) berkas" if count < _MOST else f"{count} berkas"


def _in_words(count: int) -> str:
    """Write a number below ``_MOST`` in words."""
    if count < len(_WORDS):
        return _WORDS[count]
    tens, rest = divmod(count, 10)
    if tens == 1:
        return f"{_WORDS[rest]} belas"
    return f"{_WORDS[tens]} puluh {_WORDS[rest] if rest else ''}".strip()
