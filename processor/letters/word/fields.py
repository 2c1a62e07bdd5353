"""The fields of Word in a template, and which of them a letter must not hold or would never fill."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from processor.letters.word import lone_tags, zip_package
from processor.letters.word.styles import Element, W
from processor.letters.word.template_places import WordPart

_WHO = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS"}
_STORED = {"DOCPROPERTY", "DOCVARIABLE", "INFO"}
_OF_PEOPLE = re.compile(r"(?i)author|manager|company|last ?saved|creator|user")
_OUTSIDE = {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD"}
_FILE = {"FILENAME", "TEMPLATE"}
_DAYS = {"DATE", "TIME", "SAVEDATE", "CREATEDATE", "PRINTDATE", "EDITTIME"}
_MERGE = {
    "MERGEFIELD",
    "MERGEREC",
    "MERGESEQ",
    "NEXT",
    "NEXTIF",
    "SKIPIF",
    "ADDRESSBLOCK",
    "GREETINGLINE",
    "ASK",
    "FILLIN",
}
_FORMS = {"FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX"}
_PROPERTIES = {"COMMENTS", "TITLE", "SUBJECT", "KEYWORDS", "FILESIZE", "REVNUM"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its code as Word keeps it (``DATE \\@ "d MMMM yyyy"``), and where it stands."""

    code: str
    where: str

    @property
    def name(self) -> str:
        """Its first word, in capitals."""
        return self.code.split()[0].upper() if self.code.split() else ""


def fields(words: tuple[WordPart, ...]) -> Iterator[Field]:
    """List the fields of a template, in the order of each part."""
    for one in words:
        for paragraph in one.paragraphs:
            for code in _codes(paragraph):
                yield Field(code.strip(), one.place_of(paragraph))


def _codes(paragraph: Element) -> Iterator[str]:
    """Give the codes of the fields that begin in a paragraph; Word may have cut one into several runs."""
    code: list[str] = []
    for element in lone_tags.own_elements(paragraph):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag == f"{W}instrText":
            code.append(element.text or "")
        elif element.tag == f"{W}fldChar" and code:
            yield "".join(code)
            code = []
    if code:
        yield "".join(code)


def naming(field: Field) -> tuple[str, str] | None:
    """Say what is wrong with a field that would bring a person's name or another file into letters; None otherwise."""
    if field.name in _WHO or (field.name in _STORED and _OF_PEOPLE.search(field.code)):
        return f"Bidang {field.name} menampilkan nama orang", "Hapus bidang itu."
    if field.name in _OUTSIDE:
        mend = "Sisipkan gambar atau berkasnya ke dalam naskah, jangan ditautkan."
        return f"Bidang {field.name} mengambil gambar atau berkas dari luar", mend
    if (field.name in _FILE and "\\p" in field.code.lower()) or zip_package.LOCAL_PATH.search(field.code):
        return f"Bidang {field.name} menampilkan letak berkas di komputer seseorang", "Hapus bidang itu."
    return None


def unfilled(field: Field) -> tuple[str, str] | None:
    """Say what is wrong with a field that Payung does not fill, though letters can be made; None otherwise."""
    if field.name in _MERGE:
        mend = "Ganti dengan tempat isian, misalnya {{ pemohon.nama }}."
        return f"Bidang gabungan surat ({field.name}) tidak diisi", mend
    if field.name in _FORMS:
        mend = "Ganti dengan tempat isian; bila memang diisi tangan, ganti dengan titik-titik."
        return f"Bidang formulir ({field.name}) tidak diisi", mend
    if field.name in _DAYS:
        mend = "Ganti dengan {{ penyampaian.tanggal_surat }} atau tanggal lain dari daftar isian."
        return f"Bidang {field.name} berganti setiap kali surat dibuka", mend
    if field.name in _FILE | _PROPERTIES | _STORED:
        return f"Bidang {field.name} menampilkan sifat berkas, bukan isi surat", "Hapus, atau ketik kata-katanya."
    return None
