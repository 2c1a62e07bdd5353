"""Finds what is wrong with a Word template: unknown placeholders, broken tags, missing styles, what Payung cannot fill.

Everything is found at once, each with the place in the letter, in words for the secretary who restyled it.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from processor.foundation.errors import Problem
from processor.letters.word import styles, template
from processor.letters.word.styles import W
from processor.letters.word.template import PARAGRAPH, TemplatePart, TemplateSource

ValueKind = Literal["teks", "markdown", "daftar"]
"""What a name holds: words, Markdown that fills paragraphs of its own, or several items for a loop."""

_LOOP = ("index", "index0", "first", "last", "length")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
    nodes.Concat, nodes.Tuple, nodes.List, nodes.Call,
)  # fmt: skip
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LEFT_OPEN = re.compile(r"\{\{|\}\}|\{%|%\}")
_FOREIGN = re.compile(r"\{\{(?:r|tr|tc)\s[^}]*\}\}|\{%(?:r|tc)\s[^%]*%\}|\{%\s*(?:colspan|cellbg|vm|hm)\b[^%]*%\}")
# What Word would fetch on opening: everything external but hyperlinks, and what zip_package takes out.
_LINKED = re.compile(
    rb"<Relationship\b(?![^>]*/(?:hyperlink|attachedTemplate|mailMerge\w*)\")(?=[^>]*TargetMode=\"External\")"
)
_XML = re.compile(r"<[^>]*>")
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


def template_mistakes(source: TemplateSource, names: Mapping[str, ValueKind]) -> tuple[Problem, ...]:
    """Find every mistake in a template.

    Args:
        source: the template as read.
        names: every name that it may use (``kajian.analisis``) and what that holds.
    """
    found = list(_file_mistakes(source, names))
    for text in source.texts:
        slips = tuple(_tag_mistakes(source, text))
        found += slips or _LetterNameChecker(source, text, names).problems()
    return tuple(dict.fromkeys(found))


def _file_mistakes(source: TemplateSource, names: Mapping[str, ValueKind]) -> Iterator[Problem]:
    """Find what is wrong with the file as a whole."""
    place = str(source.path)
    if b"<w:comment " in source.parts.get("word/comments.xml", b""):
        yield Problem(
            place, None, "Naskah ini berisi komentar, lengkap dengan nama penulisnya.", "Hapus semua komentar."
        )
    if any(name.endswith("vbaProject.bin") for name in source.parts):
        yield Problem(place, None, "Naskah ini berisi makro.", "Simpan sebagai Dokumen Word (*.docx) tanpa makro.")
    if any(_LINKED.search(content) for name, content in source.parts.items() if name.endswith(".rels")):
        mend = "Sisipkan gambar atau berkasnya ke dalam naskah, jangan ditautkan."
        yield Problem(place, None, "Naskah ini mengambil gambar atau berkas dari luar.", mend)
    roots = [styles.parse_part(source.parts[text.name]) for text in source.texts]
    if any(next(root.iter(*_CHANGES), None) is not None for root in roots):
        mend = "Di Word: Tinjau, Terima Semua Perubahan, lalu matikan Lacak Perubahan."
        yield Problem(place, None, "Naskah ini masih menyimpan perubahan yang dilacak.", mend)
    if any(_BRACES.search(value) for root in roots for part in root.iter() for value in part.attrib.values()):
        mend = "Pindahkan tempat isian ke dalam kalimat."
        yield Problem(place, None, "Ada tempat isian di teks alternatif gambar atau di nama bidang.", mend)
    if "markdown" in {names.get(path) for text in source.texts for path in re.findall(r"[\w.]+", text.source)}:
        for style in styles.find_styles(source.parts)[1]:
            mend = f"Buat lagi gaya paragraf bernama persis “{style}”, atau salin dari naskah lain di folder ini."
            yield Problem(place, None, f"Gaya “{style}” tidak ada atau tidak bernomor lagi.", mend)


def _tag_mistakes(source: TemplateSource, text: TemplatePart) -> Iterator[Problem]:
    """Find open braces and tags that Payung does not fill, in the words that Word shows: before docxtpl mends them."""
    paragraphs = styles.parse_part(source.parts[text.name]).iter(f"{W}p")
    lines = ["".join(part.text or "" for part in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
    shown = TemplatePart(text.name, text.where, "\n".join(line.replace("\n", " ") for line in lines))
    for number, line in enumerate(lines, start=1):
        for tag in _FOREIGN.findall(line):
            mend = "Pakai {{ … }}, {% if … %}, {% for … %}, atau {%tr for … %} pada baris tabel."
            yield _problem(source, shown, number, f"“{tag}” tidak dapat dipakai", mend)
        left = _LEFT_OPEN.search(_BRACES.sub("", line))
        if left:
            mend = "Tempat isian dibuka dan ditutup dalam satu paragraf: {{ … }} atau {% … %}."
            yield _problem(source, shown, number, f"Tanda “{left[0]}” tidak berpasangan", mend)


def _problem(source: TemplateSource, text: TemplatePart, number: int, message: str, mend: str) -> Problem:
    return Problem(str(source.path), None, f"{message}, {_place(text, number)}.", mend)


def _place(text: TemplatePart, number: int) -> str:
    """Say where a line of the source stands, as a reader of the letter would find it."""
    lines = text.source.split("\n")[:number]
    part = f" ({text.where})" if text.where else ""
    if own := _visible_words(lines[-1]):
        return f"paragraf “{own}”{part}"
    above = next(filter(None, map(_visible_words, reversed(lines[:-1]))), "")
    return f"di bawah “{above}”{part}" if above else f"di awal {text.where or 'surat'}"


def _visible_words(line: str) -> str:
    """Give what a reader sees of a line, without its placeholders, up to 50 characters."""
    line = " ".join(_XML.sub("", _BRACES.sub("…", line)).split())
    if not line.replace("…", "").strip(" .,:;"):
        return ""
    return line if len(line) <= 50 else line[:49].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class _LetterNameChecker:
    """Walks a part's Jinja2 tree and finds names, filters and commands that are not known."""

    source: TemplateSource
    text: TemplatePart
    names: Mapping[str, ValueKind]

    def problems(self) -> tuple[Problem, ...]:
        """Find every mistake of the part; only the first when its tags cannot be read."""
        environment = template.environment()
        try:
            tree = environment.parse(self.text.source)
            found = tuple(self._check_node(tree, frozenset()))
            if not found:
                environment.compile(self.text.source)
        except TemplateSyntaxError as error:
            return (_problem(self.source, self.text, error.lineno, *_explain_syntax_error(error)),)
        return found

    def _check_node(self, node: nodes.Node, local: frozenset[str]) -> Iterator[Problem]:
        if not isinstance(node, _ALLOWED):
            yield self._problem_at(node, f"Perintah “{type(node).__name__.lower()}” tidak dipakai di naskah", "Hapus.")
            return
        if isinstance(node, nodes.For):
            yield from self._check_loop(node, local)
            return
        if isinstance(node, nodes.Output):
            for shown in node.nodes:
                yield from self._check_placeholder(shown, local)
            return
        if isinstance(node, (nodes.Getattr, nodes.Name)):
            yield from self._check_name(node, local, ("teks", "markdown", "daftar"))
            return
        if isinstance(node, nodes.Filter) and node.name not in template.FILTERS:
            yield self._problem_at(node, f"Saringan “{node.name}” tidak dipakai di naskah", "Hapus.")
        for child in node.iter_child_nodes():
            yield from self._check_node(child, local)

    def _check_loop(self, node: nodes.For, local: frozenset[str]) -> Iterator[Problem]:
        if isinstance(node.iter, (nodes.Getattr, nodes.Name)):
            yield from self._check_name(node.iter, local, ("daftar",))
        else:
            yield self._problem_at(
                node, "Perulangan harus atas satu daftar", "Tulis seperti {% for isu in kajian.isu_hukum %}."
            )
        inside = local | {name.name for name in node.target.find_all(nodes.Name)} | {"loop"}
        if isinstance(node.target, nodes.Name):
            inside |= {node.target.name}
        for child in (*node.body, *node.else_, *filter(None, [node.test])):
            yield from self._check_node(child, inside)

    def _check_placeholder(self, node: nodes.Node, local: frozenset[str]) -> Iterator[Problem]:
        """Check a placeholder: alone in its paragraph, or inside a line."""
        if isinstance(node, nodes.Call):
            alone = isinstance(node.node, nodes.Name) and node.node.name == PARAGRAPH
            if alone:
                yield from self._check_name(node.args[0], local, ("teks", "markdown"))
            else:
                yield self._problem_at(node, "Panggilan dengan kurung tidak dipakai di naskah", "Hapus kurungnya.")
        elif isinstance(node, (nodes.Getattr, nodes.Name)):
            yield from self._check_name(node, local, ("teks",))
        else:
            yield from self._check_node(node, local)

    def _check_name(self, node: nodes.Node, local: frozenset[str], wanted: tuple[ValueKind, ...]) -> Iterator[Problem]:
        path = _dotted_name(node)
        root, _, rest = path.partition(".")
        if root in local:
            if rest and not (root == "loop" and rest in _LOOP):
                yield self._problem_at(node, f"Tempat isian “{path}” tidak dikenal", f"Tulis “{root}” saja.")
        elif path not in self.names:
            yield self._problem_at(node, f"Tempat isian “{path}” tidak dikenal", self._nearest(path))
        elif self.names[path] not in wanted:
            yield self._problem_at(node, *_misplaced(path, self.names[path]))

    def _nearest(self, path: str) -> str:
        """Propose what a name that is not known may have meant."""
        close = difflib.get_close_matches(path, list(self.names), n=1, cutoff=0.6)
        return f"Maksudnya “{close[0]}”?" if close else "Hapus, atau lihat daftar isian di docs/petugas/templat.md."

    def _problem_at(self, node: nodes.Node, message: str, mend: str) -> Problem:
        return _problem(self.source, self.text, node.lineno, message, mend)


def _dotted_name(node: nodes.Node) -> str:
    """Write a name with its dots (``kajian.analisis``); what is no plain name becomes "…"."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    return f"{_dotted_name(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "…"


def _misplaced(path: str, kind: ValueKind) -> tuple[str, str]:
    if kind == "daftar":
        mend = f"Tulis {{% for butir in {path} %}}, {{{{ butir }}}}, {{% endfor %}}, masing-masing satu paragraf."
        return f"Tempat isian “{path}” berisi beberapa butir", mend
    if kind == "markdown":
        return f"Tempat isian “{path}” berisi beberapa paragraf", "Letakkan sendirian dalam satu paragraf."
    return f"Tempat isian “{path}” bukan daftar", "Hapus perulangannya."


def _explain_syntax_error(error: TemplateError) -> tuple[str, str]:
    """Say which of the usual mistakes in tags this is, and its mend."""
    words = error.message or ""
    if "end of template" in words or "Unexpected end of" in words:
        return "Ada {% if %} atau {% for %} yang belum ditutup", "Tambahkan {% endif %} atau {% endfor %}."
    if "Encountered unknown tag" in words:
        mend = "Yang dikenal: if, elif, else, endif, for, endfor, dan setiap penutup memerlukan pembukanya."
        return "Ada tanda {% … %} yang tidak dikenal atau tidak pada tempatnya", mend
    if "No filter named" in words:
        return "Ada saringan sesudah tanda | yang tidak dikenal", f"Yang dikenal: {', '.join(template.FILTERS)}."
    return f"Susunan tempat isian tidak terbaca ({words})", "Tulis ulang tempat isian itu."
