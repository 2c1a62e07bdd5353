"""Decides whose each file of figures is, and refuses those of which the key is not its agency's.

An agency is known by its key, whatever it is called: no two have one key, and none has two.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from processor.cases.aggregate_key import fingerprint
from processor.evaluation.aggregate import Aggregate
from processor.foundation.errors import Problem
from processor.foundation.settings_recap import GatheredAgency

CODE = "kode "
"""Begins what an agency of the settings is known as; others are known by their names."""


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A file that is sound: where it came from, the key that signed it, and what its agency is known as."""

    place: str
    key: str
    figures: Aggregate
    known_as: str = ""


Judged = tuple[list[FigureFile], list[Problem]]


def accepted(
    files: Iterable[FigureFile],
    agencies: Sequence[GatheredAgency],
    known: Mapping[str, str],
    replacing: Collection[str] = (),
) -> Judged:
    """Give the file of each agency, and say of the others why they are not taken.

    Args:
        files: Sound files.
        agencies: The agencies of the settings.
        known: The key of every agency that was met before, by what it is known as.
        replacing: Fingerprints of keys that somebody compared, and that are to replace others.
    """
    codes = {f"{CODE}{one.kode}" for one in agencies}
    owners = {key: known_as for known_as, key in known.items() if known_as in codes}
    named = [replace(one, known_as=_known_as(one, agencies, owners)) for one in files]
    single, doubled = _by_key(named)
    wrong = [(one, _wrong_key(one, agencies, known, owners, replacing)) for one in single]
    kept, older = _newest([one for one, problem in wrong if problem is None])
    return kept, [*doubled, *(problem for _, problem in wrong if problem), *older]


def _known_as(one: FigureFile, agencies: Sequence[GatheredAgency], owners: Mapping[str, str]) -> str:
    """Say which agency a file is of: by its key, else by the address it came from, else by the name that it gives."""
    name = _folded(one.figures.name)
    found = chain(
        (f"{CODE}{each.kode}" for each in agencies if each.kunci == one.key),
        (f"{CODE}{each.kode}" for each in agencies if each.alamat == one.place),
        (owners[one.key] for _ in range(one.key in owners)),
        (f"{CODE}{each.kode}" for each in agencies if _folded(each.nama) == name),
    )
    return next(found, f"nama {name}")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _by_key(files: Sequence[FigureFile]) -> Judged:
    """Let files with one key be of one agency; refuse them where the settings say that they are of several."""
    kept, refused = list[FigureFile](), list[Problem]()
    for same in _grouped(files, lambda one: one.key):
        codes = {one.known_as for one in same if one.known_as.startswith(CODE)}
        if len(codes) > 1:
            refused += [Problem(one.place, None, _ONE_KEY.format(fingerprint(one.key))) for one in same]
            continue
        known_as = next(iter(codes), _last(same).known_as)
        kept += [replace(one, known_as=known_as) for one in same]
    return kept, refused


def _wrong_key(
    one: FigureFile,
    agencies: Sequence[GatheredAgency],
    known: Mapping[str, str],
    owners: Mapping[str, str],
    replacing: Collection[str],
) -> Problem | None:
    """Tell whether a file is signed by another key than its agency's."""
    now, before = fingerprint(one.key), known.get(one.known_as, one.key)
    listed = next((each.kunci for each in agencies if f"{CODE}{each.kode}" == one.known_as), "")
    if listed:
        return None if listed == one.key else Problem(one.place, None, _WRONG.format(now, fingerprint(listed)))
    if owners.get(one.key, one.known_as) != one.known_as:
        return Problem(one.place, None, _ONE_KEY.format(now))
    if before != one.key and now not in replacing:
        return Problem(one.place, None, _CHANGED.format(fingerprint(before), now, now))
    return None


def _newest(files: Sequence[FigureFile]) -> Judged:
    """Keep the newest file of every agency; where two keys claim to be the same one, none."""
    kept, refused = list[FigureFile](), list[Problem]()
    for same in _grouped(files, lambda one: one.known_as):
        if len({one.key for one in same}) > 1:
            refused += [Problem(one.place, None, _TWO_KEYS.format(fingerprint(one.key))) for one in same]
            continue
        newest = _last(same)
        kept.append(newest)
        older = (one for one in same if one.figures != newest.figures)
        refused += [Problem(one.place, None, _OLDER.format(newest.place)) for one in older]
    return kept, refused


def _grouped(files: Sequence[FigureFile], by: Callable[[FigureFile], str]) -> Iterable[list[FigureFile]]:
    groups: dict[str, list[FigureFile]] = defaultdict(list)
    for one in files:
        groups[by(one)].append(one)
    return groups.values()


def _last(same: Sequence[FigureFile]) -> FigureFile:
    """Give the file that was made last; of those of one day, the one that says more."""
    return max(same, key=lambda one: (one.figures.made, sum(len(table.rows) for table in one.figures.tables)))


_ONE_KEY = (
    "Kunci ini ({}) sudah milik instansi lain di payung.yaml. Periksa alamat pada bagian rekap: mungkin satu berkas "
    "ditaruh di dua situs."
)
_TWO_KEYS = (
    "Ada dua berkas yang mengaku instansi yang sama dengan kunci yang berlainan (yang ini {}). Tanyakan sidik kunci "
    "yang benar kepada instansi itu, lalu buang berkas yang lain."
)
_OLDER = "Ada berkas yang lebih baru dari instansi yang sama, dan itu yang dipakai: {}"
_WRONG = (
    "Kuncinya ({}) bukan kunci instansi itu di payung.yaml ({}). Tanyakan kepada instansi itu; bila kuncinya memang "
    "baru, ganti di payung.yaml pada rekap."
)
_CHANGED = (
    "Kuncinya berubah: dahulu {}, sekarang {}. Tanyakan kepada instansi itu lewat telepon; bila benar, ulangi dengan "
    "--terima-kunci {}"
)
