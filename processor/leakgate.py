"""The last look before publishing: does anything hold the identity of somebody in the register?

Looks into text, HTML, search indexes, file names, Word and zip members, PDF text, image and document
properties. It cannot read words drawn as pixels, nor find a nickname. See docs/privasi.md.
"""

import gzip
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from processor.case import Applicant
from processor.forms import digits

_TITLES = {"dr", "drs", "dra", "ir", "h", "hj", "sh", "mh", "se", "msi", "mm", "st", "mt", "spd", "mpd", "sip", "map"}
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = re.compile(r"\d(?:[\s.\-\u2010-\u2015()/+]{0,3}\d){7,40}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Sought:
    """The identities to look for, in the forms in which they are compared."""

    phrases: dict[tuple[str, ...], str]
    numbers: dict[str, str]
    emails: frozenset[str]

    @property
    def lengths(self) -> frozenset[int]:
        """How many words the phrases have."""
        return frozenset(len(phrase) for phrase in self.phrases)


def sought(applicants: Iterable[Applicant], public: str) -> Sought:
    """What to look for: all identities but what ``public`` (the agency's own published facts) says anyway.

    A name needs two words, an address three and a number, to be told from ordinary words; a name of one word
    is sought with its title or not at all.
    """
    known = _Text(public)
    phrases: dict[tuple[str, ...], str] = {}
    numbers: dict[str, str] = {}
    emails: set[str] = set()
    for one in applicants:
        phrases |= dict.fromkeys(_name(one.nama), "nama")
        address = tuple(_words(one.alamat))
        if len(address) >= 3 and any(word.isdigit() for word in address):
            phrases[address] = "alamat"
        if len(nip := digits(one.nip)) >= 15:
            numbers[nip] = "NIP"
        if len(phone := _subscriber(one.telepon)) >= 8:
            numbers[phone] = "telepon"
        emails |= set(_EMAIL.findall(one.email.casefold()))
    return Sought(
        {phrase: kind for phrase, kind in phrases.items() if not known.holds(phrase)},
        {number: kind for number, kind in numbers.items() if not any(number in run for run in known.runs)},
        frozenset(emails - known.emails),
    )


def _words(text: str) -> list[str]:
    """Words and numbers in lower case, without what stands between them."""
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", text))]


def _name(name: str) -> Iterator[tuple[str, ...]]:
    """The name as it was written, and without titles before and after it."""
    whole = tuple(_words(name))
    bare = tuple(_words(name.partition(",")[0]))
    while bare and bare[0] in _TITLES:
        bare = bare[1:]
    yield from {phrase for phrase in (whole, bare) if len(phrase) >= 2}


def _subscriber(phone: str) -> str:
    """A telephone number without the country code or the leading nought."""
    return re.sub(r"^(?:00)?(?:62)?0*", "", digits(phone))


class _Text:
    """One text as the gate compares it: words, runs of digits, e-mail addresses."""

    def __init__(self, text: str) -> None:
        text = unicodedata.normalize("NFKC", text)
        self.words = [word.casefold() for word in _WORD.findall(text)]
        self.runs = {digits(run) for run in _DIGITS.findall(text)}
        self.emails = set(_EMAIL.findall(text.casefold()))

    def grams(self, length: int) -> set[tuple[str, ...]]:
        """Every run of ``length`` words."""
        return set(zip(*(self.words[start:] for start in range(length)), strict=False))

    def holds(self, phrase: tuple[str, ...]) -> bool:
        """Whether the words stand in this text one after another."""
        return phrase in self.grams(len(phrase))

    def kinds(self, what: Sought) -> set[str]:
        """Which kinds of identity the text holds."""
        found = {"email"} if self.emails & what.emails else set()
        for length in what.lengths:
            found |= {what.phrases[gram] for gram in self.grams(length) & what.phrases.keys()}
        sizes = {len(number) for number in what.numbers}
        for run in self.runs:
            parts = {run[i : i + size] for size in sizes for i in range(len(run) - size + 1)}
            found |= {what.numbers[part] for part in parts & what.numbers.keys()}
        return found


def leaks(folder: Path, what: Sought) -> tuple[str, ...]:
    """``file: kind`` for every file under ``folder`` that holds an identity; never the value itself."""
    found: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        kinds = _Text(re.sub(r"[-_/.]", " ", name)).kinds(what) | _Text(name).kinds(what)
        shown = "(nama berkas memuat identitas)" if kinds else name
        for text in texts(name, path.read_bytes()):
            kinds |= _Text(text).kinds(what)
        found += [f"{shown}: {kind}" for kind in sorted(kinds)]
    return tuple(found)


def texts(name: str, content: bytes) -> Iterator[str]:
    """Every reading of a file in which words could stand: as it is, without markup, its parts and properties."""
    suffix = Path(name).suffix.lower()
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts(member, archive.read(member))
    elif suffix == ".gz":
        yield from texts(name[:-3], gzip.decompress(content))
    elif content[:5] == b"%PDF-":
        yield from _pdf(content)
    elif suffix in {".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff"}:
        yield from _image(content)
    else:
        yield from _plain(content)


def _plain(content: bytes) -> Iterator[str]:
    """Text as it is, without entities, without tags, and in two-byte letters."""
    text = content.decode("utf-8", "replace")
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    yield html.unescape(text)
    bare = html.unescape(_TAG.sub("", text))
    if bare != text:
        yield bare
        yield html.unescape(_TAG.sub(" ", text))
    if b"\x00" in content:
        yield content.decode("utf-16-le", "replace")
        yield content.decode("utf-16-be", "replace")


def _pdf(content: bytes) -> Iterator[str]:
    """The words and properties of a PDF."""
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy, and few sites hold a PDF

    reader = PdfReader(io.BytesIO(content))
    yield " ".join(str(value) for value in (reader.metadata or {}).values())
    for page in reader.pages:
        yield page.extract_text()
    yield from _plain(content)


def _image(content: bytes) -> Iterator[str]:
    """An image's own text: comments and EXIF. What is drawn in it nobody reads here."""
    from PIL import Image  # noqa: PLC0415 -- heavy

    yield from _plain(content)
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            yield " ".join(_property(value) for value in image.info.values())
            yield " ".join(_property(value) for value in image.getexif().values())
    except (OSError, zlib.error, SyntaxError):
        return


def _property(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
