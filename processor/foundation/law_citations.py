"""Reads which regulation some words cite: "uu-5-2014", "UU No. 5/2014" and its full title are one and the same.

Issuers are known by every usual spelling ("Peraturan Menteri PANRB", "PermenPAN-RB", "Perka BKN", "Perban BKN").
"""

import re
from collections.abc import Collection, Iterator

RegulationNumber = tuple[str, str, int]
"""What makes a regulation this one and no other: its kind (letters only), number and year."""

_CITED = re.compile(
    r"(?P<part>(?:pasal|ayat|huruf|angka|bab|bagian|penjelasan|lampiran|ketentuan|menurut|berdasarkan|vide)\b[^;]*?)?"
    r"(?P<kind>[a-z](?:[a-z ./\-]*[a-z])?)\.?[\s_\-/]*(?:\b(?:nomor|no|nr)\b[\s.:]*)?"
    r"(?P<number>[0-9]+(?:[\-/][0-9a-z]+)*?)(?:[\s_\-/.]+|[\s,]*\b(?:tahun|thn|th)\b[\s.]*)(?P<year>[0-9]{4})\b"
)
_LONGEST = 400
_MARK = re.compile(r"^(?:[-*•]|[0-9a-z]{1,2}[.)])\s+(?=[a-z])")
"""What a list puts in front of its items."""
_TOGETHER = re.compile(
    r"\bjo\b\.?|\bjuncto\b|\bjis\b\.?|;"
    r"|(?:,|\bdan\b|\bserta\b)\s+(?=(?:uu|undang|pp|perp|permen|perma|peraturan)[^,;]{0,120}?[0-9]+(?:\s*tahun\s*|/)[0-9]{4})"
)
_MENTIONS = re.compile(r"\b(?:yang|mencabut|menggantikan|mengganti|melaksanakan)\b")
"""What stands behind such a word is told of, and not relied on."""
_ABBREVIATION = re.compile(r"\([^)0-9]*\)")
_NAME_IN_FRONT = re.compile(r"(?:kitab|kuh[a-z]*|uu|u\.u\.|undang|pasal)\b[^0-9(]*\((?P<inner>[^)]*[0-9][^)]*)")
_STATE = re.compile(r"\b(?:republik indonesia|r\.?i)\b\.?")
_AGENCY = r"(?:peraturan(?:kepala)?(?:badan|lembaga)?|perka|perkaban|perban|perlem)"
_SPELLINGS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"^(?:peraturanpemerintahpengganti(?:undangundang|uu)|perpp?u)$", "perppu"),
        (r"^undangundang$", "uu"),
        (r"^peraturanpemerintah$", "pp"),
        (r"^peraturanpresiden$", "perpres"),
        (r"^keputusanpresiden$", "keppres"),
        (r"^instruksipresiden$", "inpres"),
        (r"^peraturanmahkamahagung$", "perma"),
        (r"^peraturandaerah", "perda"),
        (r"^peraturangubernur", "pergub"),
        (r"^keputusangubernur", "kepgub"),
        (r"^(?:peraturan|per)(?:menteri|men)(?:negara)?", "permen"),
        (r"^permen(?:pendayagunaanaparaturnegaradan(?:reformasibirokrasi|rb)|pan(?:dan)?(?:rb)?)$", "permenpanrb"),
        (r"^permendalamnegeri$", "permendagri"),
        (r"^(?:permenkeuangan|pmk)$", "permenkeu"),
        (rf"^{_AGENCY}(?:kepegawaiannegara|bkn)$", "peraturanbkn"),
        (rf"^{_AGENCY}(?:kebijakanpengadaanbarangjasapemerintah|lkpp)$", "peraturanlkpp"),
        (rf"^{_AGENCY}(?:pemeriksakeuangan|bpk)$", "peraturanbpk"),
        (r"^(perda|pergub|kepgub)(?:provinsi|prov)", r"\1"),
    )
)
USUAL: frozenset[str] = frozenset(name for _, name in _SPELLINGS if name.isalpha())
"""The kinds of regulation that are told apart without a catalogue that names them."""


def kind_of(words: str) -> str:
    """Give the kind of regulation that ``words`` name, in one spelling of letters only."""
    name = re.sub("[^a-z]", "", _STATE.sub(" ", words.lower()))
    for pattern, usual in _SPELLINGS:
        name = pattern.sub(usual, name)
    return name


def cited(text: str, kinds: Collection[str] = USUAL) -> Iterator[RegulationNumber]:
    """Read the regulations that ``text`` cites: the first it names, and each that "jo." or "dan" puts beside it.

    One that it only mentions ("Putusan MK tentang UU 5/2014") is none of them. ``kinds`` are those that are known.
    """
    plain = " ".join(_ABBREVIATION.sub(" ", text[:_LONGEST].lower()).split())
    for piece in _TOGETHER.split(plain):
        words = _MARK.sub("", piece.strip(" .,“”\"'*_").replace("&", "dan"))
        inside = _NAME_IN_FRONT.match(words)
        if found := _CITED.match(inside["inner"].strip() if inside else words):
            kind = _kind_cited(found["kind"], kinds, anywhere=bool(found["part"]))
            yield kind, _number(found["number"]), int(found["year"])
        if _MENTIONS.search(piece):
            return


def _number(written: str) -> str:
    """Give a number in one spelling: no leading zero, hyphens between its parts."""
    return re.sub(r"[^0-9a-z]+", "-", written).lstrip("0")


def _kind_cited(words: str, kinds: Collection[str], *, anywhere: bool) -> str:
    """Find the known kind in ``words``, at the start or, behind "Pasal 5", ``anywhere``; a name may follow it."""
    tokens = re.sub(r"[\s.]+\b(?:nomor|no|nr)$", "", _STATE.sub(" ", words)).split()
    for start in range(len(tokens) if anywhere else 1):
        for end in range(len(tokens), start, -1):
            if (name := kind_of(" ".join(tokens[start:end]))) in kinds:
                return name if not _names_another(tokens[end:], kinds) else kind_of(words)
    return kind_of(words)


def _names_another(tokens: list[str], kinds: Collection[str]) -> bool:
    """Tell whether a kind of regulation is named among ``tokens``: then what follows cites that one."""
    spans = ((start, end) for start in range(len(tokens)) for end in range(start + 1, len(tokens) + 1))
    return any(kind_of(" ".join(tokens[start:end])) in kinds for start, end in spans)
