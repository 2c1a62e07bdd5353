"""The last look before publishing: does anything hold the identity of somebody in the register?

Looks into text, HTML, search indexes, file names, Word and zip members, PDF text, image and document
properties. It cannot read words drawn as pixels, nor find a nickname. See docs/privasi.md.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from processor.cases.records import IDENTITY, Applicant
from processor.site import leak_markup, leak_readers
from processor.site.leak_markup import ReadableText
from processor.site.leak_targets import GLUED, GateHit, Targets, targets
from processor.site.leak_text import (
    EIGHT_DIGITS,
    LETTERS,
    RUNNING,
    SHORT,
    digit_runs,
    emails_in,
    spelled_words,
    windows,
    word_orders,
    words_of,
)

UNREADABLE = "tidak dapat diperiksa"
_HIDDEN = "(nama berkas memuat identitas)"


def identity_in_text(text: str, people: Iterable[Applicant] | None) -> set[str]:
    """Tell what of an identity stands in words that staff wrote: for a letter, a message or the journal.

    Args:
        text: The words.
        people: Whose identity to look for; None where nobody is known, so that any address or long number counts.

    Returns:
        The kinds of identity that were found, as ``nama`` or ``NIP``; never what was found.
    """
    if people is None:
        return {"nomor atau alamat email"} if _ANYBODY.search(unicodedata.normalize("NFKC", text)) else set()
    people, plain = [*people], " ".join(text.casefold().split())
    found = _hits_in(leak_markup.read_text(text), targets(people, ""))
    kinds = {kind for kind, _ in found.result(found.ordinary)}
    return kinds | {key for one in people for key in IDENTITY if _stands(getattr(one, key), key, plain)}


def hits_in_text(text: str, what: Targets) -> set[GateHit]:
    """Find what stands in words that are to be published, as the gate would find it in a page of them."""
    found = _hits_in(leak_markup.read_text(text), what)
    return found.result(found.ordinary)


def _stands(answer: str, key: str, plain: str) -> bool:
    """Tell whether an answer of more than three letters stands in ``plain`` as words of its own."""
    words = " ".join(answer.casefold().split())
    if len(words) <= 3 or (key == "email" and "@" not in words):  # other answers are looked through for addresses too
        return False
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", plain))


_ANYBODY = re.compile(rf"@|{EIGHT_DIGITS}")
"""An e-mail address, or eight digits in a row: a telephone number, a NIP."""


@dataclass(slots=True)
class _FileHits:
    """What one file holds; ``capitals`` are names of one word, unless they turn out to be ordinary words."""

    hits: set[GateHit] = field(default_factory=set)
    capitals: set[str] = field(default_factory=set)
    ordinary: set[str] = field(default_factory=set)

    def result(self, ordinary: set[str]) -> set[GateHit]:
        """Give all of it, once it is known which words stand in lower case somewhere."""
        return self.hits | {("nama", name) for name in self.capitals - ordinary}


@dataclass(frozen=True, slots=True)
class Leak:
    """A file, and the kind of identity in it. What was found (``hits``) is for telling whose it is alone."""

    file: str = field(repr=False)
    kind: str
    hits: frozenset[GateHit] = field(default=frozenset(), repr=False, compare=False)
    named: frozenset[GateHit] = field(default=frozenset(), repr=False, compare=False)
    """What of any kind stands in the file's own name, which is then not shown."""

    def __str__(self) -> str:
        return f"{_HIDDEN if self.named else self.file}: {self.kind}"

    def without(self, free: frozenset[GateHit]) -> "Leak":
        """Give the same without what is no leak."""
        return replace(self, hits=self.hits - free, named=self.named - free)


def find_leaks(folder: Path, what: Targets, opaque: Collection[Path] = ()) -> tuple[Leak, ...]:
    """Find every file under ``folder`` that holds an identity, once for each kind of it.

    The kind is "tidak dapat diperiksa" for a file that is damaged, encrypted or too large to look into. Of ``opaque``
    files, sealed from beginning to end, only the names are looked at.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in files}
    named = {path: _hits_in(leak_markup.read_name(name), what) for path, name in names.items()}
    held = {path: _hits_in(() if path in opaque else leak_readers.read_file(path), what) for path in files}
    ordinary = {word for found in held.values() for word in found.ordinary}
    found: list[Leak] = []
    for path, name in names.items():
        hidden = named[path].result(ordinary)
        hits = hidden | held[path].result(ordinary)
        found += [
            Leak(name, kind, frozenset(h for h in hits if h[0] == kind), frozenset(hidden))
            for kind in sorted({h[0] for h in hits})
        ]
    return tuple(found)


def _hits_in(readings: Iterable[ReadableText], what: Targets) -> _FileHits:
    """Find what the readings of one file hold."""
    found = _FileHits()
    for normal, kind in windows(readings):
        if kind == "unread":
            found.hits.add((UNREADABLE, ""))
        _search(normal, kind, what, found)
    return found


def _search(normal: str, kind: str, what: Targets, found: _FileHits) -> None:
    """Add to ``found`` what stands in one text."""
    for words in word_orders(normal):
        found.hits |= set(_phrases(words, what))
    found.hits |= {("nama", name) for name in what.joined_names.keys() & words_of(normal) if len(name) >= GLUED}
    if (what.names or what.joined_names) and (spelled := spelled_words(normal)):
        found.hits |= {("nama", name) for name in spelled & (what.names | what.joined_names.keys())}
    if what.names and kind != "bytes":
        seen = {word for word in set(LETTERS.findall(normal)) if word == word.capitalize() or word.isupper()}
        found.capitals |= what.names & {word.casefold() for word in seen}
    if what.names and kind == "prose":
        found.ordinary |= what.names & {word for word in RUNNING.findall(normal) if word.islower()}
    found.hits |= set(_numbers(normal, what))
    if what.emails:
        found.hits |= {("email", email) for email in what.emails & emails_in(normal)}


def _phrases(words: list[str], what: Targets) -> Iterator[GateHit]:
    """Find the phrases that stand in words, and names whose initial is written out."""
    for at, start in enumerate(pairwise(words)):
        if start in what.starts:
            grams = (tuple(words[at : at + length]) for length in what.starts[start])
            yield from ((what.phrases[gram], " ".join(gram)) for gram in grams if gram in what.phrases)
    for first, middle, last in zip(words, words[1:], words[2:], strict=False) if what.initials else ():
        if (name := (first, middle[0], last)) in what.initials:
            yield "nama", " ".join(name)


def _numbers(normal: str, what: Targets) -> Iterator[GateHit]:
    """Find the numbers that stand in a text."""
    for run, edges in digit_runs(normal):
        for size in what.sizes:
            for at in range(len(run) - size + 1) if size >= SHORT else edges:
                part = run[at : at + size]
                if part in what.numbers and (size >= SHORT or at + size in edges):
                    yield what.numbers[part], part
