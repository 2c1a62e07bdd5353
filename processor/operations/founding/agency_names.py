"""What follows from the names of a government and of the unit that gives the help: titles, letterhead, prefix. Pure."""

import re
from dataclasses import dataclass

_GOVERNMENTS = {
    "Provinsi": ("Gubernur", "Sekretariat Daerah", "Sekretaris Daerah"),
    "Kabupaten": ("Bupati", "Sekretariat Daerah", "Sekretaris Daerah"),
    "Kota": ("Wali Kota", "Sekretariat Daerah", "Sekretaris Daerah"),
    "Kementerian": ("Menteri", "Sekretariat Jenderal", "Sekretaris Jenderal"),
    "Badan": ("Kepala Badan", "Sekretariat Utama", "Sekretaris Utama"),
    "Lembaga": ("Kepala Lembaga", "Sekretariat Utama", "Sekretaris Utama"),
}
"""By the first word of its name: its head, the secretariat in which its legal unit mostly is, and who leads that."""
_REGIONS = {"Provinsi", "Kabupaten", "Kota"}
_SHORT = {
    "prov": "Provinsi", "prov.": "Provinsi", "pemprov": "Provinsi", "kab": "Kabupaten", "kab.": "Kabupaten",
    "pemkab": "Kabupaten", "pemkot": "Kota",
}  # fmt: skip
_SMALL = {"dan", "di", "pada", "untuk"}
_ALONE = {"Dinas", "Badan", "Lembaga", "Inspektorat", "Sekretariat", "Kantor"}
"""First words of units that stand in no secretariat."""
_ABOVE = re.compile(
    r",? (?:(?:pada|di) )?(?:(?:Sekretariat (?:Daerah|Jenderal|Utama)|Setda|Setjen|Settama)\b"
    r"|(?:Pemerintah )?(?:Provinsi|Kabupaten|Kota|Kementerian|Prov\.?|Kab\.?|Pemprov|Pemkab|Pemkot) \S).*",
    re.IGNORECASE,
)
"""What people write after a unit's name: the secretariat and the government, which follow from the answer before."""
_LEADERS = {"Direktorat": "Direktur", "Inspektorat": "Inspektur", "Sekretariat": "Sekretaris"}
_PREFIX = 6  # letters of a registration number's prefix, at most


def government_name(text: str) -> str:
    """Give the name of a government as it is written: "pemkab rekaan" is "Kabupaten Rekaan". Raises ValueError."""
    first, _, rest = text.removeprefix("Pemerintah ").removeprefix("pemerintah ").partition(" ")
    word = _SHORT.get(first.lower(), first.capitalize())
    if word not in _GOVERNMENTS or not rest:
        raise ValueError(
            f"Mulailah dengan jenisnya ({', '.join(_GOVERNMENTS)}), lalu namanya, misalnya Kabupaten Contoh. "
            "Jenis lain: pilih yang terdekat, lalu betulkan di payung.yaml."
        )
    return f"{word} {_capitalised(rest)}"


def unit_name(text: str) -> str:
    """Give the name of the unit alone: "bagian hukum setda" is "Bagian Hukum". Raises ValueError."""
    alone = _ABOVE.sub("", text)
    if not re.match(r"[A-Za-z]+ \S", alone):
        raise ValueError("Mulailah dengan satuannya, lalu namanya, misalnya Bagian Hukum atau Biro Hukum.")
    return _capitalised(alone)


def _capitalised(text: str) -> str:
    """Begin each word with a capital where somebody wrote none at all, or nothing but capitals."""
    if text not in {text.lower(), text.upper()}:
        return text
    return " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in text.lower().split())


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """A government and its legal unit by their names, with everything that these decide."""

    government: str
    unit: str

    @property
    def is_region(self) -> bool:
        """Whether it is a region; ministries and the like have no perangkat daerah."""
        return self.government.partition(" ")[0] in _REGIONS

    @property
    def whole_government(self) -> str:
        """The government as sentences name it."""
        return f"Pemerintah {self.government}" if self.is_region else self.government

    @property
    def head(self) -> str:
        """Who leads the government: Bupati Contoh."""
        word, _, name = self.government.partition(" ")
        return f"{_GOVERNMENTS[word][0]} {name}"

    @property
    def secretary(self) -> str:
        """Who leads its secretariat."""
        return _GOVERNMENTS[self.government.partition(" ")[0]][2]

    @property
    def above(self) -> str:
        """What the unit is part of."""
        return self.whole_government if self._stands_alone else f"{self._secretariat} {self.government}"

    @property
    def letterhead(self) -> tuple[str, ...]:
        """The lines at the head of letters."""
        between = () if self._stands_alone else (self._secretariat,)
        return tuple(line.upper() for line in (self.whole_government, *between, self.unit))

    @property
    def leader(self) -> str:
        """Who leads the unit: Kepala Bagian Hukum."""
        word, _, name = self.unit.partition(" ")
        return f"{_LEADERS[word]} {name}" if word in _LEADERS else f"Kepala {self.unit}"

    @property
    def leader_in_short(self) -> str:
        """The same without the unit's own name, as pages say it: Kepala bagian."""
        word = self.unit.partition(" ")[0]
        return _LEADERS.get(word, f"Kepala {word.lower()}")

    @property
    def prefix(self) -> str:
        """The prefix of registration numbers: the first letters of the unit's words."""
        letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", self.unit) if word not in _SMALL)
        return letters.upper()[:_PREFIX]

    @property
    def folder(self) -> str:
        """A name for a folder: bagian-hukum-kabupaten-contoh."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.unit} {self.government}".lower()).strip("-")

    @property
    def _secretariat(self) -> str:
        return _GOVERNMENTS[self.government.partition(" ")[0]][1]

    @property
    def _stands_alone(self) -> bool:
        return self.unit.partition(" ")[0] in _ALONE
