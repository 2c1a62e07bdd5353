"""What of a person the leak gate looks for: names, addresses and numbers in the forms in which they are compared."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, permutations

from processor.cases.records import Applicant
from processor.foundation.form_definition import digits
from processor.site.leak_text import PREFIX, digit_runs, emails_in, plain_text, words_of

Phrase = tuple[str, ...]
GateHit = tuple[str, str]
"""The kind of an identity, and what it is in the form in which it was found. Never shown."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The identities to look for, in the forms in which they are compared.

    ``starts`` leads from the first two words of a phrase to the lengths that such phrases have; ``names`` are
    names of one word; ``joined_names`` lead from names whose words are written as one to their words; ``initials`` are
    names of three words whose middle one is a letter.
    """

    phrases: Mapping[Phrase, str]
    starts: Mapping[tuple[str, str], frozenset[int]]
    names: frozenset[str]
    joined_names: Mapping[str, Phrase]
    initials: frozenset[Phrase]
    numbers: Mapping[str, str]
    sizes: frozenset[int]
    emails: frozenset[str]

    @property
    def hits(self) -> set[GateHit]:
        """Everything that looking for this could find."""
        return {
            *(("nama", name) for name in (*self.names, *self.joined_names, *map(" ".join, self.initials))),
            *(("email", email) for email in self.emails),
            *((kind, number) for number, kind in self.numbers.items()),
            *((kind, " ".join(phrase)) for phrase, kind in self.phrases.items()),
        }

    def spellings(self, hit: GateHit) -> tuple[GateHit, ...]:
        """Give a hit and, where a name was written as one word, the name."""
        return (hit, (hit[0], " ".join(self.joined_names[hit[1]]))) if hit[1] in self.joined_names else (hit,)


def targets(applicants: Iterable[Applicant], public: str, nobody: Iterable[str] = ()) -> Targets:
    """Prepare what to look for: all identities but what ``public`` (the agency's own published facts) says anyway.

    A name is sought whole, without titles, and any two neighbours and the outer two of its words in either order; not
    at all when it is one of ``nobody`` or of the usual words for having none. An address needs three words with a
    number; a position is sought together with its unit.
    """
    people, text = tuple(applicants), plain_text(public)
    known, runs = words_of(text), {run for run, _ in digit_runs(text)}
    nameless = {tuple(words_of(plain_text(name))) for name in (*_NOBODY, *nobody)}
    names = {name for one in people for name in _names(one.nama, nameless)}
    positions = {phrase for one in people for phrase in _positions(one)}
    addresses = {street for one in people for street in _streets(one.alamat)}
    phrases = dict.fromkeys(positions, "jabatan") | dict.fromkeys(addresses, "alamat")
    phrases |= {pair: "nama" for one in people for pair in _swapped(one.nama, nameless)}
    phrases = _phrases_not_in(phrases | {name: "nama" for name in names if len(name) >= 2}, known)
    phones = {number: "telepon" for one in people for number in _phones(one.telepon)}
    numbers = phones | {number: "NIP" for one in people for number in _nips(one.nip)}
    numbers = {number: kind for number, kind in numbers.items() if not any(number in run for run in runs)}
    emails = {email for one in people for email in emails_in(plain_text(one.email))}
    sought = [name for name in names if name in phrases]
    return Targets(
        phrases,
        _phrase_starts(phrases),
        frozenset(name[0] for name in names if len(name) == 1) - set(known) - _ORDINARY,
        {whole: name for name in sought if (whole := "".join(name)) not in known},
        frozenset(name for name in sought if len(name) == 3 and len(name[1]) == 1),
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
GLUED = 10
"""Letters from which on a name written as one word is sought; "setia budi" written as one is also a place."""
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


_TITLE_WORDS = (
    "prof dr drs dra drg drh ir h hj kh haji hajjah ust ustaz bapak bpk ibu sdr sdri tn ny nn phd apt ns ners cand "
    "amd amdkeb amdkep sh se si st sp spt spi sip sap sag ssi ssos skom skm skep skeb skh sked skg sgz spd spdi spdsd "
    "sei sthi shi shum spsi shut sfarm sds ssn sstp sstpi sik sikom sak str strkeb sm sab sarjana mh mhum mm ma map "
    "mab mak msi msc mt mp mpd mpdi mkn mkom mkes mkep mkm mba mpa mpp mph mag mpsi msos msn mtr mtp mip "
    "mikom llm lls ca cpa cfra ak cla cmed clmp"
)
_TITLES = set(_TITLE_WORDS.split())
_DEGREE = re.compile(r"(?:[smdab]|sp)\.\w{1,4}(?:\.\w{1,3})?\.?", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


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
    yield from _neighbours(head)


def _neighbours(head: Phrase) -> Iterator[Phrase]:
    """Give any two neighbours of a name's words, and the outer two."""
    pairs = [*pairwise(head), (head[0], head[-1])] if len(head) >= 2 else []
    yield from (pair for pair in pairs if min(map(len, pair)) >= 2)


def _swapped(name: str, nameless: Collection[Phrase]) -> Iterator[Phrase]:
    """Give what of a name tells the person in the order of lists: the last name first."""
    head = _without_titles(plain_text(name).partition(",")[0].split())
    if head not in nameless:
        yield from (pair[::-1] for pair in _neighbours(head))


def _without_titles(tokens: list[str]) -> Phrase:
    """Give the words of a name without titles and lone letters before and after it."""
    while tokens and _is_title(tokens[0]):
        tokens = tokens[1:]
    while tokens and (_is_title(tokens[-1]) or _DEGREE.fullmatch(tokens[-1])):
        tokens = tokens[:-1]
    return tuple(words_of(" ".join(tokens)))


def _is_title(token: str) -> bool:
    """Tell whether this is a title, several titles in one ("SH.MH"), or an initial."""
    parts = _TOKEN.findall(token.casefold())
    return "".join(parts) in _TITLES or all(len(part) <= 1 or part in _TITLES for part in parts)


_POSTS = "guru staf staff pelaksana pegawai asn pns pppk honorer karyawan anggota perawat bidan dosen"
_OF_MANY = frozenset(_POSTS.split())
"""Positions that tell nobody, even with their unit."""
_AT_UNIT: tuple[Phrase, ...] = ((), ("pada",), ("di",), ("di", "lingkungan"), ("pada", "lingkungan"))


def _positions(one: Applicant) -> Iterator[Phrase]:
    """Give a position together with its unit, in either order."""
    position, unit = (tuple(words_of(plain_text(text))) for text in (one.jabatan, one.unit_kerja))
    if unit and position and not _OF_MANY.issuperset(position):
        yield from ((*position, *between, *unit) for between in _AT_UNIT)
        yield (*unit, *position)


_PLACES = "jalan gang kompleks perumahan blok rt rw lantai lingkungan dusun jorong desa nagari kelurahan kecamatan kota"
_COMMON_WORDS = frozenset(_PLACES.split())


def _streets(answer: str) -> Iterator[Phrase]:
    """Give an address in every order in which it may stand: whole, by parts, from the street or number on."""
    text = plain_text(answer)
    words = words_of(text)
    begins = {0} | ({words.index("jalan")} if "jalan" in words else set())
    parts = [part for piece in re.split(r"[,;]", text) if (part := words_of(piece))][:_MOST_PARTS]
    orders = ([*first, *second] for first, second in permutations(parts, 2))
    for phrase in (*(words[begin:] for begin in begins), *parts, *orders):
        yield from filter(_tells_a_place, _from_its_beginning(phrase))


_MOST_PARTS = 6


def _from_its_beginning(words: list[str]) -> Iterator[Phrase]:
    """Give words whole, up to the first number, without the word for street, and with the number before the street."""
    end = next((at for at, word in enumerate(words, 1) if word.isdigit()), 0)
    street, number = words[: max(end - 1, 0)], words[max(end - 1, 0) : end]
    yield tuple(words)
    yield (*street, *number)
    if street[:1] == ["jalan"]:
        yield (*street[1:], *number)
        yield tuple(words[1:])
    yield (*number, *street)


def _tells_a_place(words: Phrase) -> bool:
    """Tell whether this is three words with a number, one of them a name."""
    named = any(len(word) >= 4 and word.isalpha() and word not in _COMMON_WORDS for word in words)
    return named and len(words) >= 3 and any(map(str.isdigit, words))


def _nips(nip: str) -> Iterator[str]:
    """Give a NIP of any length from ten digits: one that was mistyped tells the person as well."""
    if len(number := digits(plain_text(nip))) >= 10 and _is_distinctive(number):
        yield number


def _phones(answer: str) -> Iterator[str]:
    """Give every telephone number of an answer, without country code and leading nought."""
    for part in (*re.split(r"[^\W\d_]+|[,;\n\r|&]", answer), *re.split(r"[^\W\d_]+|[;\n\r|&]", answer)):
        pieces = part.split("/")  # stands between two numbers, or behind an area code
        for number in (part, *pieces, *map("".join, pairwise(pieces))):
            bare = PREFIX.sub("", digits(plain_text(number)))
            if 8 <= len(bare) <= 15 and _is_distinctive(bare):
                yield bare


def _is_distinctive(number: str) -> bool:
    """Tell whether a number is more than a filler such as 0000000000 or 1234567890."""
    return len(set(number)) > 1 and number not in "01234567890123456789"
