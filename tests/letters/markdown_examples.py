"""The grammar of Markdown for letters, by examples: what is typed, and what a letter shows.

The handbook's page is made of them, so that it says nothing that is not tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from processor.letters import markdown, markdown_slips
from processor.letters.markdown_blocks import BULLET, Block, Item, Subheading, TableBlock

_OUTLINE = ("{}.", "{}.", "{})", "{})", "({})", "({})")


@dataclass(frozen=True, slots=True)
class MarkdownExample:
    """What is typed, below which heading of the page and with which words, and the lines that a letter shows."""

    section: str
    about: str
    text: str
    shown: tuple[str, ...]


def printed(text: str) -> tuple[str, ...]:
    """Give a line for each block as a letter shows it: four spaces for each level, ``│`` where it is quoted."""
    counts: dict[int, int] = {}
    return tuple(line for block in markdown.blocks(text) for line in _printed(block, counts))


def _printed(block: Block, counts: dict[int, int]) -> Iterator[str]:
    if isinstance(block, Subheading):
        yield "".join(words for words, _ in block.pieces)
        return
    place = block.place
    around = "    " * place.below + "│ " * place.quoted + "    " * place.depth
    if isinstance(block, TableBlock):
        for row in block.table.rows:
            yield around + " | ".join("".join(words for words, _ in cell).replace("\n", " / ") for cell in row)
        return
    mark = f"{_mark(block, counts)} " if isinstance(block, Item) else ""
    yield (around + mark + "".join(words for words, _ in block.pieces).replace("\n", " / ")).rstrip()


def _mark(item: Item, counts: dict[int, int]) -> str:
    """Give the mark that a letter shows: typed, or as the shipped templates count and list."""
    if item.mark == BULLET:
        return "•–"[item.place.depth % 2]
    if item.first is None:
        return item.mark
    number = counts[item.which] = counts.get(item.which, item.first - 1) + 1
    depth = min(item.place.depth, len(_OUTLINE) - 1)
    return _OUTLINE[depth].format(chr(96 + number) if depth % 2 else number)


_PARAGRAPHS, _LISTS, _LAW = "Alinea dan kata", "Daftar dan butir", "Kutipan peraturan"
_TABLES, _PASTED, _PLAIN = "Judul, tabel, dan pemisah", "Salinan dari Word", "Tanda yang tetap tanda"

EXAMPLES = tuple(
    MarkdownExample(section, about, text, tuple(shown))
    for section, about, text, shown in (
        (_PARAGRAPHS, "Baris kosong memulai alinea baru. Baris yang bersambung menjadi satu alinea.",
         "Pemohon adalah bendahara.\nIa menerima perintah.\n\nPerintah itu lisan.",
         ["Pemohon adalah bendahara. Ia menerima perintah.", "Perintah itu lisan."]),
        (_PARAGRAPHS, "`**` menebalkan, `*` memiringkan, `***` keduanya. Akhiran boleh menempel.",
         "Kata **tebal**, kata *miring*, dan *locus*nya.", ["Kata tebal, kata miring, dan locusnya."]),
        (_PARAGRAPHS, "Baris baru di dalam satu alinea (di sini tampil sebagai /): akhiri barisnya dengan `\\`.",
         "Jalan Contoh 1\\\nKota Contoh", ["Jalan Contoh 1 / Kota Contoh"]),
        (_PARAGRAPHS, "Tautan tampil dengan alamatnya.",
         "Lihat [JDIH](https://jdih.go.id).", ["Lihat JDIH (https://jdih.go.id)."]),
        (_LISTS, "Tanda yang Anda ketik adalah tanda yang tercetak, menjorok, satu butir satu alinea.",
         "a. satu;\nb. dua; dan\nc. tiga.", ["a. satu;", "b. dua; dan", "c. tiga."]),
        (_LISTS, "Yang dikenal: `1.` `1)` `(1)` `a.` `a)` `(a)` `A.` `I.` `i.` `1.1.`, juga sisipan dan nomor pilihan.",
         "1) satu;\n2) dua;\n5) lima;\n5a) sisipan.", ["1) satu;", "2) dua;", "5) lima;", "5a) sisipan."]),
        (_LISTS, "Anak butir menjorok dua, tiga, atau empat spasi; alinea lanjutannya juga, sesudah baris kosong.",
         "a. syarat:\n  - sah; dan\n  - tepat.\n\n  Keduanya wajib.\nb. tata cara.",
         ["a. syarat:", "    – sah; dan", "    – tepat.", "    Keduanya wajib.", "b. tata cara."]),
        (_LISTS, "Di bawah `1.`, anak bernomor `1.` diberi huruf menurut urutan naskah dinas: 1., a., 1), a).",
         "1. Dasar:\n  1. undang-undang;\n  2. peraturan.\n2. Maksud.",
         ["1. Dasar:", "    a. undang-undang;", "    b. peraturan.", "2. Maksud."]),
        (_LISTS, "Tanpa spasi di depan pun urutannya terbaca dari tandanya.",
         "A. Kewenangan\n1. satu;\n2. dua.\nB. Prosedur\n1. satu.",
         ["A. Kewenangan", "    1. satu;", "    2. dua.", "B. Prosedur", "    1. satu."]),
        (_LISTS, "Sesudah butir yang kalimatnya selesai, kalimat baru di tepi kiri adalah alinea sendiri.",
         "1. satu;\n2. dua.\nDengan demikian sah.", ["1. satu;", "2. dua.", "Dengan demikian sah."]),
        (_LISTS, "Inisial nama bukan butir.", "H. Contoh hadir.", ["H. Contoh hadir."]),
        (_LAW, "`>` di depan tiap baris. Kutipan berakhir di baris yang tidak lagi diberi `>`.",
         "> Pasal 5\n> Setiap orang wajib.\nMenurut kami berlaku.",
         ["│ Pasal 5", "│ Setiap orang wajib.", "Menurut kami berlaku."]),
        (_LAW, "Ayat, huruf, dan angka sisipan tercetak seperti diketik.",
         "> (1) Satu.\n> (1a) Sisipan:\n> a. huruf;\n> a1. huruf sisipan.\n> (2) Dua.",
         ["│ (1) Satu.", "│ (1a) Sisipan:", "│     a. huruf;", "│     a1. huruf sisipan.", "│ (2) Dua."]),
        (_LAW, "Nomor yang dipilih tidak diurutkan ulang.",
         "> 1. Satu adalah A.\n> 5. Lima adalah B.", ["│ 1. Satu adalah A.", "│ 5. Lima adalah B."]),
        (_LAW, "Kutipan di bawah butir menjorok seperti anak butir.",
         "a. bunyinya:\n   > Setiap orang wajib.\nb. pendapat kami.",
         ["a. bunyinya:", "    │ Setiap orang wajib.", "b. pendapat kami."]),
        (_TABLES, "`#`, `##`, `###` dan spasi di awal baris: judul, anak judul, cucu judul.",
         "## Kewenangan\nTeksnya.", ["Kewenangan", "Teksnya."]),
        (_TABLES, "Tabel: satu baris satu baris, dengan garis di bawah kepalanya.",
         "| No. | Uraian |\n|---|---|\n| 1. | Semen<br>putih |", ["No. | Uraian", "1. | Semen / putih"]),
        (_TABLES, "`---` hanya memisahkan, dan mengakhiri daftar; ia sendiri tidak tercetak.",
         "- satu;\n\n---\n\n- lain.", ["• satu;", "• lain."]),
        (_PASTED, "Butir Word, spasi keras, dan tab sesudah tanda dibaca seperti tampaknya.",
         "•\tsatu;\n•\tdua.", ["• satu;", "• dua."]),
        (_PLAIN, "`*` dan `_` di dalam hitungan atau kata tetap tercetak.",
         "1/1000*50*Rp62.000.000 dan nama_berkas", ["1/1000*50*Rp62.000.000 dan nama_berkas"]),
        (_PLAIN, "`\\` di depan tanda membuatnya kata biasa: bukan butir, bukan bintang.",
         "1\\. bukan butir, \\*bukan miring\\*", ["1. bukan butir, *bukan miring*"]),
    )
)  # fmt: skip

SLIPS = (
    ("```", "Pagar kode"),
    ("Judul\n===", "==="),
    ("##Judul", "Sesudah #"),
    ("1.Satu", "Sesudah tanda butir"),
    ("![denah](d.png)", "Gambar"),
    ("[sini](a.html)", "Tautan"),
    ("kata <b>tebal</b>", "HTML"),
    ("a&nbsp;b", "Kode huruf"),
    ("~~coret~~", "Coretan"),
    ("==sorot==", "Sorotan"),
    ("kata `kode` itu", "Tanda `"),
    ("H~2~O", "Tanda naik dan turun"),
    ("> > kutipan", "Kutipan di dalam kutipan"),
    ("- [ ] periksa", "Kotak centang"),
    ("**tebal", "Tanda **"),
    ("1. a\n1. b", "muncul dua kali"),
    ("a. satu\nb.dua", "seperti butir"),
    ("a. satu\ntetap a", "disambung"),
    ("kata itu\n7. kata", "lanjutan kalimat"),
    ("kata[^x]", "catatan kaki"),
)
"""What is no Markdown of letters, and a part of what its writer is told."""


def page() -> str:
    """Write the handbook's page."""
    sections = dict.fromkeys(example.section for example in EXAMPLES)
    parts = [_HEAD, *(_section(title) for title in sections), _SLIPS_HEAD, *map(_slip_row, SLIPS), ""]
    return "\n".join(parts)


def _section(title: str) -> str:
    shown = (
        f"{one.about}\n\n```text\n{one.text}\n```\n\nDi surat:\n\n```text\n{chr(10).join(one.shown)}\n```\n"
        for one in EXAMPLES
        if one.section == title
    )
    return "\n".join([f"## {title}\n", *shown])


def _slip_row(example: tuple[str, str]) -> str:
    text, _ = example
    (slip,) = markdown_slips.slips(text)
    typed = " ⏎ ".join(f"`` {line} ``" for line in text.split("\n"))
    return f"| {typed} | {_plain(slip.message)} {_plain(slip.mend)} |"


def _plain(words: str) -> str:
    """Keep signs from being read on the page."""
    return "".join(f"\\{letter}" if letter in "*_`[]#\\" else letter for letter in words)


_HEAD = """---
search: {exclude: true}
---
# Markdown untuk surat

Tulisan panjang di kajian (kasus posisi, analisis, kesimpulan, saran, rujukan) ditulis dengan tanda-tanda di bawah ini.
Yang ada di halaman ini keluar di surat seperti yang ditunjukkan. Yang tidak ada tercetak apa adanya, dan `payung susun`
memberi tahu baris dan perbaikannya; tidak ada kata yang hilang diam-diam. Garis │ menandai kutipan yang menjorok.

Catatan kaki diterangkan
di [panduan petugas](index.md).
"""

_SLIPS_HEAD = """## Yang bukan tanda surat

`payung susun NO --selesai` menyebut baris dan perbaikannya. Pemberitahuan ini tidak menahan apa pun: bila memang begitu
maksudnya, biarkan.

| Yang diketik | Kata Payung |
|---|---|"""
