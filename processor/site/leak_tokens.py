"""What of a site an identity could be, and what of identities a site could hold, as short keys that can be compared.

A key is a necessary condition and no proof: whatever shares its keys is looked at by ``leak_gate`` itself. The site is
public, so its keys lie in clear, kept by the digest of each file so that no file is read twice; those of identities are
for ``operations.identity_index`` to seal with a secret.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import product
from pathlib import Path

from processor.foundation.derived_database import DerivedDatabase, NotMade
from processor.site import leak_markup, leak_readers, leak_text
from processor.site.leak_markup import ReadableText
from processor.site.leak_targets import GateHit, Targets

_MOST = 3  # words in one key
_TABLES = ("create table isi (sidik text primary key, kunci text not null) without rowid",)

KeyPair = tuple[str, str]
"""Two keys that both stand wherever the thing stands: the same twice, or the beginning and the end of a long phrase."""


@dataclass(frozen=True, slots=True)
class SiteKeys:
    """The keys of some text: ``words`` of phrases, single words and addresses; ``runs`` of digits with their edges.

    ``unread`` tells whether some of it cannot be looked into.
    """

    words: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, tuple[int, ...]]] = frozenset()
    unread: bool = False

    def numbers(self, sizes: Iterable[int]) -> Iterator[str]:
        """Give the key of every number of one of the ``sizes`` that could stand there."""
        for size in sizes:
            for run, edges in self.runs:
                begins = range(len(run) - size + 1) if size >= leak_text.SHORT else edges
                yield from {f"n {run[at : at + size]}" for at in begins if at + size <= len(run)}

    def holds(self, keys: Iterable[str]) -> bool:
        """Tell whether all of the ``needed_keys`` of something stand there."""
        return all(any(key[2:] in run for run, _ in self.runs) if key[0] in "gn" else key in self.words for key in keys)

    def may_hold(self, pair: KeyPair) -> bool:
        """Tell whether the thing with this pair of keys could stand there."""
        if pair[0].startswith("n "):
            return any(pair[0][2:] in run for run, _ in self.runs)
        return pair[0] in self.words and pair[1] in self.words


def pairs(what: Targets) -> Iterator[KeyPair]:
    """Give the keys of everything that is sought."""
    yield from (pair for _, pair in keyed(what))


def keyed(what: Targets) -> Iterator[tuple[GateHit, KeyPair]]:
    """Give everything that is sought with its keys."""
    for phrase, kind in what.phrases.items():
        yield (kind, " ".join(phrase)), (_phrase_key(phrase[:_MOST]), _phrase_key(phrase[-_MOST:]))
    for first, letter, last in what.initials:
        yield ("nama", f"{first} {letter} {last}"), (f"k {first}", f"k {last}")
    yield from ((("nama", name), (f"k {name}",) * 2) for name in (*what.names, *what.joined_names))
    yield from ((("email", email), (f"e {email}",) * 2) for email in what.emails)
    yield from (((kind, number), (f"n {number}",) * 2) for number, kind in what.numbers.items())


def needed_keys(hit: GateHit) -> list[str]:
    """Give keys that all stand wherever this stands as it is: of long words and numbers each part of them."""
    kind, text = hit
    if kind == "email":
        return [f"e {text}"]
    if kind in {"NIP", "telepon"}:
        return [f"g {part}" for part in _parts_of_number(text)] or [f"n {text}"]
    words = text.split()
    grams = zip(*(words[at:] for at in range(_MOST)), strict=False)
    return [f"k {text}"] if len(words) == 1 else list(map(_phrase_key, grams)) or [_phrase_key(words)]


def asked_keys(keys: SiteKeys) -> set[str]:
    """Give all keys of some text for which ``needed_keys`` could ask."""
    short = {
        f"n {run[begin:end]}"
        for run, edges in keys.runs
        for begin, end in product(edges, edges)
        if 8 <= end - begin < leak_text.SHORT
    }
    return {*keys.words, *short, *(f"g {part}" for run, _ in keys.runs for part in _parts_of_number(run))}


def _parts_of_number(digits: str) -> set[str]:
    size = leak_text.SHORT
    return {digits[at : at + size] for at in range(len(digits) - size + 1)}


def _phrase_key(words: Iterable[str]) -> str:
    return f"f {' '.join(words)}"


def text_keys(*texts: str) -> SiteKeys:
    """Give the keys of texts that ``leak_text`` has made plain."""
    return _gathered_keys((text, set[str]()) for text in texts)


def _gathered_keys(texts: Iterable[tuple[str, set[str]]]) -> SiteKeys:
    """Give the keys of texts, each with single words of its own; what several say alike is written down once."""
    emails, singles, phrases = set[str](), set[str](), set[tuple[str, ...]]()
    runs = set[tuple[str, tuple[int, ...]]]()
    for text, letters in texts:
        emails |= leak_text.emails_in(text)
        singles |= letters | leak_text.spelled_words(text)
        for words in leak_text.word_orders(text):
            singles.update(words)
            phrases.update(zip(words, words[1:], words[2:], strict=False))
            phrases.add(tuple(words[-2:]))
        runs.update((run, tuple(sorted(edges))) for run, edges in leak_text.digit_runs(text))
    phrases |= {phrase[:2] for phrase in phrases}
    grams = (_phrase_key(phrase) for phrase in phrases if len(phrase) > 1)
    keys = {*(f"e {one}" for one in emails), *(f"k {one}" for one in singles), *grams}
    return SiteKeys(frozenset(keys), frozenset(runs))


def joined(parts: Iterable[SiteKeys]) -> SiteKeys:
    """Put the keys of several texts together."""
    words, runs, unread = set[str](), set[tuple[str, tuple[int, ...]]](), False
    for part in parts:
        words |= part.words
        runs |= part.runs
        unread |= part.unread
    return SiteKeys(frozenset(words), frozenset(runs), unread)


def file_keys(path: Path) -> SiteKeys:
    """Give the keys of one file's content."""
    return _readings_keys(leak_readers.read_file(path))


def _readings_keys(readings: Iterable[ReadableText]) -> SiteKeys:
    """Give the keys of a file or a name, with its single words as ``leak_gate`` looks for names of one word."""
    unread = False

    def pieces() -> Iterator[tuple[str, set[str]]]:
        nonlocal unread
        for text, kind in leak_text.windows(readings):
            unread |= kind == "unread"
            yield text, leak_text.single_words(text)

    return replace(_gathered_keys(pieces()), unread=unread)


@dataclass(frozen=True, slots=True)
class SiteReading:
    """A site to be looked at: its ``keys``, and a ``mark`` that is another once anything readable in it is another."""

    keys: SiteKeys
    mark: str


def read_site(folder: Path, opaque: Collection[Path], kept: Path) -> SiteReading:
    """Read what stands in a site.

    Args:
        folder: The site.
        opaque: Files of it that are sealed from beginning to end: only their names count, and not for the mark.
        kept: The file in which the keys of each content are kept; it may be deleted at any time.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in files}
    digests = {path: _digest(path) for path in files if path not in opaque}
    held = _contents({digest: path for path, digest in digests.items()}, DerivedDatabase(kept, _TABLES))
    said = [_readings_keys(leak_markup.read_name(name)) for name in names.values()]
    listing = "\n".join(f"{digest} {names[path]}" for path, digest in digests.items())
    return SiteReading(joined([*said, *held.values()]), hashlib.sha256(f"{reader()}\n{listing}".encode()).hexdigest())


def _digest(path: Path) -> str:
    """Digest a file, how its name ends, and what reads it."""
    ending = f"{reader()}|{path.suffix.lower()}|{Path(path.stem).suffix.lower()}|".encode()
    return hashlib.sha256(ending + path.read_bytes()).hexdigest()


@cache
def reader() -> str:
    """Give a digest of the program that finds keys: what another one found does not count."""
    modules = ("leak_gate", "leak_markup", "leak_readers", "leak_targets", "leak_text", "leak_tokens")
    files = [Path(__file__).with_name(f"{module}.py") for module in modules]
    libraries = "".join(map(version, ("pypdf", "pillow")))
    return hashlib.sha256(libraries.encode() + b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def _contents(files: dict[str, Path], kept: DerivedDatabase) -> dict[str, SiteKeys]:
    """Give the keys of each content, by its digest; what is kept is not read again."""
    try:
        known = kept.read(lambda opened: _known(opened, files))
        new = False
    except NotMade:
        known, new = {}, True
    fresh = {digest: file_keys(path) for digest, path in files.items()
             if digest not in known}  # fmt: skip
    if (fresh or new) and kept.path.parent.is_dir():
        kept.write(lambda opened: _keep(opened, files, fresh), new=new)
    return {**known, **fresh}


def _known(opened: sqlite3.Connection, digests: Collection[str]) -> dict[str, SiteKeys]:
    rows = opened.execute("select sidik, kunci from isi")
    return {digest: _from_json(text) for digest, text in rows if digest in digests}


def _keep(opened: sqlite3.Connection, digests: Collection[str], fresh: dict[str, SiteKeys]) -> None:
    """Keep the keys of what was read, and those of no content that is gone."""
    there = [digest for (digest,) in opened.execute("select sidik from isi")]
    opened.executemany("delete from isi where sidik = ?", [(one,) for one in there if one not in digests])
    opened.executemany("insert into isi values (?, ?)", [(digest, _as_json(keys)) for digest, keys in fresh.items()])


def _as_json(keys: SiteKeys) -> str:
    return json.dumps([sorted(keys.words), sorted(keys.runs), keys.unread], ensure_ascii=False, separators=(",", ":"))


def _from_json(text: str) -> SiteKeys:
    words, runs, unread = json.loads(text)
    return SiteKeys(frozenset(words), frozenset((run, tuple(edges)) for run, edges in runs), unread)
