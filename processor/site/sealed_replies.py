"""Published answers: age files of a few sizes under names that only a status says, among dummies that are always there.

``balasan/<name>.age`` is new with every publication, name and all, so that nothing ties it to a file of another one,
nor does a web server's log. It is padded with 0x80 and zeros to one of ``_CLASSES``, and by some zeros more: age writes
headers of random length, and all files of a class are to be of one size. Letters made here take some 80 KiB, and signed
ones more; scans of 1, 2 and 4 MB share the largest class. Only what does not fit that one takes a dummy's place and
shows its size, in whole MiB.

How many files a class has is settled at the first publication of a month, so that half of its share or a third of what
is real is still free, and between those only if something does not fit at all. It never falls. So sizes and numbers
tell when a class has outgrown its share, in the coarse steps of months.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from processor.site import age_sealing
from processor.site.age_sealing import SealedReply

_KIB = 1024
_MIB = 1024 * _KIB
_CLASSES = {64 * _KIB: 10, 256 * _KIB: 16, 768 * _KIB: 4, 4 * _MIB + 64 * _KIB: 4}
"""The least files of each size in bytes, and by how many a class grows: some 25 MB for a small office."""
_LARGEST = max(_CLASSES)
NONE_YET = (0,) * len(_CLASSES)


def new_name() -> str:
    """Make a name for an answer, for one publication: 32 random hex digits."""
    return secrets.token_hex(16)


def path(name: str) -> str:
    """Give the path of an answer of this name in the site."""
    return f"balasan/{name}.age"


def numbers_for(lengths: Iterable[int], had: Sequence[int], *, spare: bool) -> tuple[int, ...]:
    """Count the files of each class that a publication has.

    Args:
        lengths: The bytes of every answer.
        had: What the last publication had.
        spare: Whether a class is to have some free.
    """
    classes = [_class_of(length) for length in lengths]
    return tuple(
        _number(classes.count(size), share, before, spare=spare)
        for (size, share), before in zip(_CLASSES.items(), had, strict=True)
    )


def _number(real: int, share: int, had: int, *, spare: bool) -> int:
    """Count the files of a class with so many ``real`` ones that grows by its ``share``."""
    wanted, had = real + max(share // 2, real // 3), max(had, share)
    if real <= had and not (spare and wanted > had):
        return had
    return -(-wanted // share) * share


def seal_all(letters: Mapping[str, SealedReply], office: Sequence[str], numbers: Sequence[int]) -> dict[str, bytes]:
    """Seal the answers, and dummies up to the numbers of each class.

    Args:
        letters: The answers by their names in this publication.
        office: The public keys that the office keeps for itself.
        numbers: The files of each class, from ``numbers_for``.

    Returns:
        The files by their paths in the site.
    """
    everybody, nobody = age_sealing.recipients(office), age_sealing.lost_recipients(1 + len(office))
    files = {
        path(name): age_sealing.seal_to_size(
            _padded(one.content), [*age_sealing.recipients([one.recipient]), *everybody]
        )
        for name, one in letters.items()
    }
    classes = [_class_of(len(one.content)) for one in letters.values()]
    for size, number in zip(_CLASSES, numbers, strict=True):
        for _ in range(number - classes.count(size)):
            files[path(new_name())] = age_sealing.seal_to_size(bytes(size), nobody)
    return files


def _class_of(length: int) -> int:
    """Give the class whose share an answer of ``length`` bytes uses up."""
    return next((size for size in _CLASSES if length < size), _LARGEST)


def _padded(content: bytes) -> bytes:
    """Pad an answer to its class, or to whole MiB above all classes."""
    ended = content + b"\x80"
    return ended.ljust(_class_of(len(content)) if len(content) < _LARGEST else -(-len(ended) // _MIB) * _MIB, b"\0")
