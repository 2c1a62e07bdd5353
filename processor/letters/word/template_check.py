"""Finds what is wrong with a Word template: unknown placeholders, broken tags, missing styles, what Payung cannot fill.

Everything is found at once, each with the place in the letter, in words for the secretary who restyled it.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from jinja2 import TemplateSyntaxError, nodes

from processor.foundation.errors import Problem
from processor.letters.word import (
    content_check,
    structure_check,
    styles,
    tag_check,
    template,
    template_places,
)
from processor.letters.word.lone_tags import PARAGRAPH
from processor.letters.word.template import TemplatePart, TemplateSource

ValueKind = Literal["teks", "markdown", "daftar"]
"""What a name holds: words, Markdown that fills paragraphs of its own, or several items for a loop."""

_LOOP = ("index", "index0", "first", "last", "length")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
    nodes.Concat, nodes.Tuple, nodes.List, nodes.Call,
)  # fmt: skip


def template_mistakes(source: TemplateSource, names: Mapping[str, ValueKind]) -> tuple[Problem, ...]:
    """Find every mistake in a template.

    Args:
        source: the template as read.
        names: every name that it may use (``kajian.analisis``) and what that holds.
    """
    words = template_places.word_parts(source)
    found = [*content_check.mistakes(source, words), *_missing_styles(source, names)]
    markdown = {name: kind for name, kind in names.items() if kind == "markdown"}
    for text, shown in zip(source.texts, words, strict=True):
        slips = (*tag_check.mistakes(source, shown, markdown),)
        found += slips or (*structure_check.pairing_mistakes(source, text),) or _tree_mistakes(source, text, names)
    return tuple(dict.fromkeys(found))


def _missing_styles(source: TemplateSource, names: Mapping[str, ValueKind]) -> Iterator[Problem]:
    """Find the styles that Markdown needs and the template lacks."""
    if "markdown" in {names.get(path) for text in source.texts for path in re.findall(r"[\w.]+", text.source)}:
        for style in styles.find_styles(source.parts)[1]:
            mend = f"Buat lagi gaya paragraf bernama persis “{style}”, atau salin dari naskah lain di folder ini."
            yield Problem(str(source.path), None, f"Gaya “{style}” tidak ada atau tidak bernomor lagi.", mend)


def _tree_mistakes(source: TemplateSource, text: TemplatePart, names: Mapping[str, ValueKind]) -> tuple[Problem, ...]:
    """Find names and commands that are not known, else what would cut the letter apart; every tag is readable."""
    environment = template.environment()
    try:
        tree = environment.parse(text.source)
        found = tuple(_LetterNameChecker(source, text, names).check(tree))
        if not found:
            environment.compile(text.source)
    except TemplateSyntaxError as error:
        mend = "Ketik ulang tempat isian itu dalam paragraf baru, lalu hapus yang lama."
        return (_problem(source, text, error.lineno, "Tempat isian di sini tidak terbaca", mend),)
    return found or tuple(structure_check.cut_mistakes(source, text, tree))


def _problem(source: TemplateSource, text: TemplatePart, number: int, message: str, mend: str) -> Problem:
    where = template_places.place(text.source.split("\n"), text.where, number)
    return template_places.problem(source, message, where, mend)


@dataclass(frozen=True, slots=True)
class _LetterNameChecker:
    """Walks a part's Jinja2 tree and finds names, filters and commands that are not known."""

    source: TemplateSource
    text: TemplatePart
    names: Mapping[str, ValueKind]

    def check(self, tree: nodes.Template) -> Iterator[Problem]:
        """Find every mistake of the part."""
        return self._check_node(tree, frozenset())

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
        if not isinstance(node.target, nodes.Name):
            yield self._problem_at(
                node, "Perulangan memakai satu nama saja", "Tulis seperti {% for isu in kajian.isu_hukum %}."
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
