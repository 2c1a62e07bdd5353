"""The last look before publishing: does anything hold the identity of somebody in the register?

Looks into text, HTML, search indexes, file names, Word and zip members, PDF text, image and document
properties. It cannot read words drawn as pixels, nor find a nickname. See docs/privasi.md.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from processor.cases.records import IDENTITY, Applicant
from processor.foundation.form_definition import digits
from processor.site import leak_readers
from processor.site.leak_readers import ReadableText, TextKind

Phrase = tuple[str, ...]
GateHit = tuple[str, str]
"""The kind of an identity, and what it is in the form in which it was found. Never shown."""

UNREADABLE = "tidak dapat diperiksa"
_HIDDEN = "(nama berkas memuat identitas)"

_WINDOW, _OVERLAP = 1_000_000, 2_000  # characters looked at in one go; no identity is longer than the overlap


@dataclass(frozen=True, slots=True)
class Targets:
    """The identities to look for, in the forms in which they are compared.

    ``starts`` leads from the first two words of a phrase to the lengths that such phrases have; ``names`` are
    names of one word, ``joined_names`` are names whose words are written as one.
    """

    phrases: Mapping[Phrase, str]
    starts: Mapping[tuple[str, str], frozenset[int]]
    names: frozenset[str]
    joined_names: frozenset[str]
    numbers: Mapping[str, str]
    sizes: frozenset[int]
    emails: frozenset[str]

    @property
    def hits(self) -> set[GateHit]:
        """Everything that looking for this could find."""
        texts = {("nama", name) for name in self.names | self.joined_names} | {
            ("email", email) for email in self.emails
        }
        texts |= {(kind, number) for number, kind in self.numbers.items()}
        return texts | {(kind, " ".join(phrase)) for phrase, kind in self.phrases.items()}


def targets(applicants: Iterable[Applicant], public: str, nobody: Iterable[str] = ()) -> Targets:
    """Prepare what to look for: all identities but what ``public`` (the agency's own published facts) says anyway.

    A name is sought whole, without titles, and of three or more words also any two neighbours and the outer two;
    not at all when it is one of ``nobody`` or of the usual words for having none. An address needs three words with a
    number.
    """
    people, text = tuple(applicants), plain_text(public)
    known, runs = words_of(text), {run for run, _ in digit_runs(text)}
    nameless = {tuple(words_of(plain_text(name))) for name in (*_NOBODY, *nobody)}
    names = {name for one in people for name in _names(one.nama, nameless)}
    addresses = {street for one in people for street in _streets(words_of(plain_text(one.alamat)))}
    phrases = dict.fromkeys(addresses, "alamat") | {name: "nama" for name in names if len(name) >= 2}
    phrases = _phrases_not_in(phrases, known)
    phones = {number: "telepon" for one in people for number in _phones(one.telepon)}
    numbers = phones | {number: "NIP" for one in people for number in _nips(one.nip)}
    numbers = {number: kind for number, kind in numbers.items() if not any(number in run for run in runs)}
    emails = {email for one in people for email in emails_in(plain_text(one.email))}
    return Targets(
        phrases,
        _phrase_starts(phrases),
        frozenset(name[0] for name in names if len(name) == 1) - set(known) - _ORDINARY,
        frozenset(whole for name in names if name in phrases and len(whole := "".join(name)) >= _GLUED) - set(known),
        numbers,
        frozenset(map(len, numbers)),
        frozenset(emails - emails_in(text)),
    )


_NOBODY = (
    *("tanpa nama", "tidak ada", "tidak bernama", "anonim", "anonymous", "no name", "hamba allah", "nama"),
    *("rahasia", "rahasia negara", "dirahasiakan", "pemohon", "pemohon layanan", "warga negara"),
    *("pegawai negeri", "pegawai negeri sipil", "aparatur sipil negara"),
)
"""What somebody who is afraid writes in the place of a name."""
_GLUED = 10  # letters; "setia budi" written as one is also a place
_MONTHS = "januari februari maret april juni juli agustus september oktober november desember"
_OTHERS = "senin selasa rabu kamis jumat sabtu minggu asia hakim indonesia jakarta jayapura makassar utama"
_ORDINARY = frozenset(f"{_MONTHS} {_OTHERS}".split())
"""Words that pages always write with a capital; somebody who has only such a name is not sought by it."""


def _phrase_starts(phrases: Iterable[Phrase]) -> dict[tuple[str, str], frozenset[int]]:
    """Give the lengths of all phrases that begin with the same two words."""
    lengths = defaultdict[tuple[str, str], set[int]](set)
    for phrase in phrases:
        lengths[phrase[0], phrase[1]].add(len(phrase))
    return {start: frozenset(found) for start, found in lengths.items()}


def _phrases_not_in(phrases: Mapping[Phrase, str], known: list[str]) -> dict[Phrase, str]:
    """Keep the phrases that do not stand in ``known``."""
    grams = {gram for size in set(map(len, phrases)) for gram in zip(*(known[i:] for i in range(size)), strict=False)}
    return {phrase: kind for phrase, kind in phrases.items() if phrase not in grams}


_MARK = re.compile(
    "[\u0300-\u036f\ufe00-\ufe0f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
"""Accents, and what nobody sees: soft hyphens, joiners, directions, tags (Unicode Mn and Cf)."""


def plain_text(text: str) -> str:
    """Give text with plain letters and digits, and one blank where any stood."""
    if not text.isascii():
        text = _MARK.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(text.split())


_WORD = re.compile(r"[^\W\d_]+|\d+")
_SAME = {"jl": "jalan", "jln": "jalan", "gg": "gang", "jend": "jenderal", "komp": "kompleks", "komplek": "kompleks"}
_DROPPED = {"no", "nomor"}


def words_of(normal: str) -> list[str]:
    """Give words and numbers in lower case, abbreviations of addresses in full, without what stands between them."""
    return [_SAME.get(word, word) for word in _WORD.findall(normal.casefold()) if word not in _DROPPED]


_TITLE_WORDS = (
    "prof dr drs dra drg drh ir h hj kh haji hajjah ust ustaz bapak bpk ibu sdr sdri tn ny nn phd apt ns ners cand "
    "amd amdkeb amdkep sh se si st sp spt spi sip sap sag ssi ssos skom skm skep skeb skh sked skg sgz spd spdi spdsd "
    "sei sthi shi shum spsi shut sfarm sds ssn sstp sstpi sik sikom sak str strkeb sm sab sarjana mh mhum mm ma map "
    "mab mak msi msc mt mp mpd mpdi mkn mkom mkes mkep mkm mba mpa mpp mph mag mpsi msos msn mtr mtp mip "
    "mikom llm lls ca cpa cfra ak cla cmed clmp"
)
_TITLES = set(_TITLE_WORDS.split())
_DEGREE = re.compile(r"(?:[smdab]|sp)\.\w{1,4}(?:\.\w{1,3})?\.?", re.IGNORECASE)


def _names(name: str, nameless: Collection[Phrase]) -> Iterator[Phrase]:
    """Give the name as it was written, without titles at both ends, and what of it tells the person."""
    name = plain_text(name)
    tokens = name.replace(",", " ").split()
    head = _without_titles(name.partition(",")[0].split())
    if head in nameless:
        return
    for phrase in (tuple(words_of(name)), _without_titles(tokens), head):
        if len(phrase) >= 2:
            yield phrase
    if len(head) == 1 and len(head[0]) >= 4:
        yield head
    if len(head) >= 3:
        pairs = [*pairwise(head), (head[0], head[-1])]
        yield from (pair for pair in pairs if min(map(len, pair)) >= 2)


def _without_titles(tokens: list[str]) -> Phrase:
    """Give the words of a name without titles and lone letters before and after it."""
    while tokens and _is_title(tokens[0]):
        tokens = tokens[1:]
    while tokens and (_is_title(tokens[-1]) or _DEGREE.fullmatch(tokens[-1])):
        tokens = tokens[:-1]
    return tuple(words_of(" ".join(tokens)))


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
    found = _hits_in(leak_readers.read_text(text), targets(people, ""))
    kinds = {kind for kind, _ in found.result(found.ordinary)}
    return kinds | {key for one in people for key in IDENTITY if _stands(getattr(one, key), key, plain)}


def _stands(answer: str, key: str, plain: str) -> bool:
    """Tell whether an answer of more than three letters stands in ``plain`` as words of its own."""
    words = " ".join(answer.casefold().split())
    if len(words) <= 3 or (key == "email" and "@" not in words):  # other answers are looked through for addresses too
        return False
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", plain))


_ANYBODY = re.compile(r"@|\d(?:[\s().+/:-]{0,3}\d){7,}")
"""An e-mail address, or eight digits in a row: a telephone number, a NIP."""


def _is_title(token: str) -> bool:
    """Tell whether this is a title, several titles in one ("SH.MH"), or an initial."""
    parts = _WORD.findall(token.casefold())
    return "".join(parts) in _TITLES or all(len(part) <= 1 or part in _TITLES for part in parts)


def _streets(words: list[str]) -> Iterator[Phrase]:
    """Give an address whole, up to its first number, and from the word for street up to the number after it."""
    begins = {0} | ({words.index("jalan")} if "jalan" in words else set())
    for begin in begins:
        rest = words[begin:]
        end = next((at for at, word in enumerate(rest, 1) if word.isdigit()), 0)
        if end and len(rest) >= 3:
            yield tuple(rest)
        if end >= 3:
            yield tuple(rest[:end])


def _nips(nip: str) -> Iterator[str]:
    """Give a NIP of any length from ten digits: one that was mistyped tells the person as well."""
    if len(number := digits(plain_text(nip))) >= 10 and _is_distinctive(number):
        yield number


def _phones(answer: str) -> Iterator[str]:
    """Give every telephone number of an answer, without country code and leading nought."""
    for part in re.split(r"[^\W\d_]+|[,;\n\r|&]", answer):
        pieces = part.split("/")  # stands between two numbers, or behind an area code
        for number in (part, *pieces, *map("".join, pairwise(pieces))):
            bare = _PREFIX.sub("", digits(plain_text(number)))
            if 8 <= len(bare) <= 15 and _is_distinctive(bare):
                yield bare


_PREFIX = re.compile(r"^(?:00)?(?:62)?0*")


def _is_distinctive(number: str) -> bool:
    """Tell whether a number is more than a filler such as 0000000000 or 1234567890."""
    return len(set(number)) > 1 and number not in "01234567890123456789"


_RUN = re.compile(r"\d(?:[\s.\-\u2010-\u2015\u2212()/+:'\u2019_]{0,3}\d){7,}")
SHORT = 10  # digits; a shorter number is sought only where a number begins and ends


def digit_runs(normal: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Give every run of digits, whatever stands between them, and where in it a number may begin or end."""
    for run in _RUN.findall(normal):
        edges, at = {0}, 0
        for group in re.findall(r"\d+", run):
            begin, at = at + len(group) - len(_PREFIX.sub("", group)), at + len(group)
            edges |= {begin, at}
        yield digits(run), frozenset(edges)


_AT = re.compile(r" ?[\[({] ?(?:at|@|et) ?[\])}] ?")
_DOT = re.compile(r" ?[\[({] ?(?:dot|titik|\.) ?[\])}] ?")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")


def emails_in(normal: str) -> set[str]:
    """Give every e-mail address, also one with its signs written as words in brackets."""
    text = normal.casefold()
    if "@" not in text and not _AT.search(text):
        return set()
    text = _DOT.sub(".", _AT.sub("@", text))
    return {found.strip("._+-") for found in _EMAIL.findall(text)}


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

    file: str
    kind: str
    hits: frozenset[GateHit] = field(default=frozenset(), repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.file}: {self.kind}"


def find_leaks(folder: Path, what: Targets, opaque: Collection[Path] = ()) -> tuple[Leak, ...]:
    """Find every file under ``folder`` that holds an identity, once for each kind of it.

    The kind is "tidak dapat diperiksa" for a file that is damaged, encrypted or too large to look into. Of ``opaque``
    files, sealed from beginning to end, only the names are looked at.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in files}
    named = {path: _hits_in(leak_readers.read_name(name), what) for path, name in names.items()}
    held = {path: _hits_in(() if path in opaque else leak_readers.read_file(path), what) for path in files}
    ordinary = {word for found in held.values() for word in found.ordinary}
    found: list[Leak] = []
    for path, name in names.items():
        hidden = named[path].result(ordinary)
        hits = hidden | held[path].result(ordinary)
        shown = _HIDDEN if hidden else name
        found += [
            Leak(shown, kind, frozenset(h for h in hits if h[0] == kind)) for kind in sorted({h[0] for h in hits})
        ]
    return tuple(found)


def windows(readings: Iterable[ReadableText]) -> Iterator[tuple[str, TextKind]]:
    """Give each reading made plain, in pieces that overlap, with its kind; an unread one as no text."""
    for reading in readings:
        for start in range(0, len(reading.text) or 1, _WINDOW):
            yield plain_text(reading.text[max(0, start - _OVERLAP) : start + _WINDOW]), reading.kind


def _hits_in(readings: Iterable[ReadableText], what: Targets) -> _FileHits:
    """Find what the readings of one file hold."""
    found = _FileHits()
    for normal, kind in windows(readings):
        if kind == "unread":
            found.hits.add((UNREADABLE, ""))
        _search(normal, kind, what, found)
    return found


def single_words(normal: str) -> set[str]:
    """Give the words of letters alone, in lower case."""
    return {word.casefold() for word in _LETTERS.findall(normal)}


_LETTERS = re.compile(r"[^\W\d_]+")
_RUNNING = re.compile(r"(?<![^\s(\u201c\u2018\"'])[^\W\d_]+(?=[\s,;!?)\u201d\u2019\"']|[.:](?:\s|$)|$)")
"""A word of a sentence; in an address of a page, a class or an identifier other marks stand beside it."""


def _search(normal: str, kind: str, what: Targets, found: _FileHits) -> None:
    """Add to ``found`` what stands in one text."""
    words = words_of(normal)
    for at, start in enumerate(pairwise(words)):
        if start in what.starts:
            grams = (tuple(words[at : at + length]) for length in what.starts[start])
            found.hits |= {(what.phrases[gram], " ".join(gram)) for gram in grams if gram in what.phrases}
    found.hits |= {("nama", name) for name in what.joined_names.intersection(words)}
    if what.names and kind != "bytes":
        seen = {word for word in set(_LETTERS.findall(normal)) if word == word.capitalize() or word.isupper()}
        found.capitals |= what.names & {word.casefold() for word in seen}
    if what.names and kind == "prose":
        found.ordinary |= what.names & {word for word in _RUNNING.findall(normal) if word.islower()}
    found.hits |= set(_numbers(normal, what))
    if what.emails:
        found.hits |= {("email", email) for email in what.emails & emails_in(normal)}


def _numbers(normal: str, what: Targets) -> Iterator[GateHit]:
    """Find the numbers that stand in a text."""
    for run, edges in digit_runs(normal):
        for size in what.sizes:
            for at in range(len(run) - size + 1) if size >= SHORT else edges:
                part = run[at : at + size]
                if part in what.numbers and (size >= SHORT or at + size in edges):
                    yield what.numbers[part], part
