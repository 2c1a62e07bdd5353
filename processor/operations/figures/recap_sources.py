"""Gathers files of figures from files, folders and addresses, and adds up those that may be.

A file is added when its signature fits, its figures add up, and its key is the one by which the agency is known.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from processor.cases import aggregate_key
from processor.evaluation import aggregate
from processor.evaluation.aggregate import Aggregate
from processor.evaluation.rollup import Member, Recap
from processor.foundation import unit_tree
from processor.foundation.errors import PayungError, Problem
from processor.foundation.progress import Progress
from processor.foundation.settings_recap import GatheredAgency
from processor.operations.figures import aggregate_addresses, file_owners
from processor.operations.figures.aggregate_addresses import MOST_BYTES, NotFetched
from processor.operations.figures.fact_store import uncollected
from processor.operations.figures.file_owners import FigureFile

Contents = Mapping[str, bytes | Problem]
"""What came from each place: a file, or why there is none."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The recap, what was ``refused`` and why, ``news`` for whoever gathers, and the keys to remember."""

    recap: Recap
    refused: tuple[Problem, ...]
    news: tuple[str, ...]
    keys: Mapping[str, str]


def read(sources: Sequence[str], agencies: Sequence[GatheredAgency], progress: Progress) -> Contents:
    """Read what ``sources`` name: files, the ``.json`` files of folders, addresses of the settings.

    Without any, all addresses of ``agencies`` are asked.

    Raises:
        PayungError: An address is named that no agency of the settings has; none was asked.
    """
    allowed = [one.alamat for one in agencies if one.alamat]
    addresses = [one for one in sources if "://" in one] if sources else allowed
    if foreign := [one for one in addresses if one not in allowed]:
        raise PayungError(
            f"Alamat {foreign[0]} tidak terdaftar, jadi tidak dihubungi. Tulis di payung.yaml pada rekap: instansi: "
            "alamat, lalu ulangi."
        )
    found: dict[str, bytes | Problem] = {}
    for path in (path for one in sources if "://" not in one for path in _files(Path(one))):
        found[str(path)] = _content(path)
    fetched = aggregate_addresses.fetch([*dict.fromkeys(addresses)], progress)
    failed = {place: Problem(place, None, str(one)) for place, one in fetched.items() if isinstance(one, NotFetched)}
    return {**found, **{place: one for place, one in fetched.items() if isinstance(one, bytes)}, **failed}


def _files(path: Path) -> Sequence[Path]:
    return sorted(path.glob("*.json")) if path.is_dir() else [path]


def _content(path: Path) -> bytes | Problem:
    """Read a file, or say why it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return Problem(str(path), None, f"Lebih besar daripada {MOST_BYTES // 1_000_000} MB, jadi tidak dibaca.")
        return path.read_bytes()
    except FileNotFoundError:
        return Problem(str(path), None, "Berkas atau folder tidak ada.", "Periksa alamatnya.")
    except OSError as error:
        return Problem(str(path), None, f"Tidak dapat dibaca ({type(error).__name__}).", "Periksa izinnya.")


def gather(
    contents: Contents,
    agencies: Sequence[GatheredAgency],
    known: Mapping[str, str],
    today: date,
    accepted: Collection[str] = (),
) -> Gathered:
    """Add up what was read.

    Args:
        contents: What came from each place.
        agencies: The agencies of the settings.
        known: The key of every agency that was met before, by what it is known as.
        today: A file of a later day is refused.
        accepted: Fingerprints of keys that are to replace others.
    """
    with uncollected():
        sound, refused = _sound(contents, today)
        files, strange = file_owners.accepted(sound, agencies, known, accepted)
        recap = Recap.of(_members(agencies, {one.known_as: one.figures for one in files}))
    met = [one for one in files if known.get(one.known_as) != one.key]
    keys = {**known, **{one.known_as: one.key for one in met}}
    return Gathered(recap, (*refused, *strange), tuple(map(_met, met)), keys)


def _sound(contents: Contents, today: date) -> tuple[list[FigureFile], list[Problem]]:
    """Read every file that is signed and adds up; say of the others why they do not."""
    files, refused = list[FigureFile](), list[Problem]()
    for place, content in contents.items():
        if isinstance(content, Problem):
            refused.append(content)
            continue
        try:
            signed = aggregate_key.check(content)
            figures = aggregate.read(signed.content)
        except PayungError as error:
            refused.append(Problem(place, None, str(error)))
            continue
        if (figures.made - today).days > 1:
            refused.append(Problem(place, None, _TOMORROW.format(figures.made)))
        else:
            files.append(FigureFile(place, signed.key, figures))
    return files, refused


_TOMORROW = "Berkas ini bertanggal {}, yang belum tiba. Periksa jam komputer ini, atau tanyakan kepada instansi itu."


def _met(one: FigureFile) -> str:
    """Say that a key is taken for an agency's from now on."""
    return (
        f"{one.figures.name}: kunci {aggregate_key.fingerprint(one.key)} diingat mulai sekarang. Cocokkan sidik itu "
        "dengan instansinya lewat telepon."
    )


def _members(agencies: Sequence[GatheredAgency], files: Mapping[str, Aggregate]) -> Iterator[Member]:
    """Give the agencies of the settings, each above those that belong to it, then those that nobody listed."""
    by_code, above = {one.kode: one for one in agencies}, {one.induk for one in agencies}
    for code in unit_tree.in_order(agencies):
        one, found = by_code[code], files.get(f"kode {code}")
        heading = found is None and code in above and not one.alamat and not one.kunci
        yield Member(code, one.nama, one.induk, found, heading)
    for known_as, found in sorted(files.items()):
        if not known_as.startswith("kode "):
            yield Member(known_as, found.name, file=found)
