"""Finds commands that would cut a letter apart: pairs that do not match, and pairs across paragraphs, cells or rows.

Nothing is rendered: every branch is judged, whatever the values will be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from processor.foundation.errors import Problem
from processor.letters.word import template_places
from processor.letters.word.template import TemplatePart, TemplateSource

_COMMAND = re.compile(r"\{%\s*(\w+).*?%\}")
_TAG = re.compile(r"<(/?)([\w:.-]+)[^>]*?(/?)>")
_ENDS = {"endif": "if", "endfor": "for"}
_CUT = "Letakkan pembuka dan penutupnya sama-sama sendirian dalam paragraf, atau sama-sama dalam satu kalimat."
_ROWS = (
    "Taruh {%tr for … %} dan {%tr endfor %} masing-masing di baris tabel tersendiri, di atas dan di bawah baris yang "
    "diulang."
)


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a piece of XML does to the elements that are open before it: which it closes, and which it leaves open."""

    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()

    def then(self, other: "_Effect") -> "_Effect | None":
        """Join what follows; None where it closes another element than the one that is open."""
        shared = min(len(self.opened), len(other.closed))
        if self.opened[len(self.opened) - shared :][::-1] != other.closed[:shared]:
            return None
        kept = self.opened[: len(self.opened) - shared]
        return _Effect(self.closed + other.closed[shared:], kept + other.opened)

    @property
    def lasting(self) -> "_Effect":
        """What remains different afterwards: an element that is closed and opened again is as before."""
        closed, opened = list(self.closed), list(self.opened)
        while closed and opened and closed[-1] == opened[0]:
            del closed[-1], opened[0]
        return _Effect(tuple(closed), tuple(opened))


class _CutApart(Exception):
    """A command and its end cut the letter apart; ``cells``: they repeat cells inside one row."""

    def __init__(self, number: int, *, cells: bool = False) -> None:
        super().__init__()
        self.number, self.cells = number, cells


def pairing_mistakes(source: TemplateSource, text: TemplatePart) -> Iterator[Problem]:
    """Find the first command of a part that lacks its end, or the other way round."""
    pending: list[re.Match[str]] = []
    for tag in _COMMAND.finditer(text.source):
        opener = pending[-1][1] if pending else ""
        if tag[1] in {"if", "for"}:
            pending.append(tag)
        elif tag[1] in _ENDS and opener == _ENDS[tag[1]]:
            pending.pop()
        elif tag[1] in _ENDS or not opener or (tag[1] == "elif" and opener != "if"):
            yield _mispaired(source, text, tag, pending)
            return
    for tag in pending[:1]:
        end = f"{{% end{tag[1]} %}}"
        yield _at(source, text, tag, f"“{_shown(tag)}” belum ditutup", f"Tambahkan {end} di tempat bagian itu selesai.")


def _mispaired(source: TemplateSource, text: TemplatePart, tag: re.Match[str], pending: list[re.Match[str]]) -> Problem:
    if pending:
        message = f"“{_shown(tag)}” tidak pada tempatnya: “{_shown(pending[-1])}” di atasnya belum ditutup"
        return _at(
            source, text, tag, message, f"Tutup dahulu dengan {{% end{pending[-1][1]} %}}, atau hapus salah satu."
        )
    opener = "{% for … %}" if tag[1] == "endfor" else "{% if … %}"
    return _at(
        source,
        text,
        tag,
        f"“{_shown(tag)}” tidak pada tempatnya: tidak ada {opener} sebelumnya",
        "Hapus, atau tambahkan pembukanya.",
    )


def cut_mistakes(source: TemplateSource, text: TemplatePart, tree: nodes.Template) -> Iterator[Problem]:
    """Find the first command of a part that cuts the letter apart; every command of it has its end."""
    openers = [tag for tag in _COMMAND.finditer(text.source) if tag[1] in {"if", "for"}]
    try:
        _effect_of(tree.body, iter(range(len(openers))), -1)
    except _CutApart as found:
        tag = openers[max(found.number, 0)]
        if found.cells:
            message = f"“{_shown(tag)}” mengulang sel di dalam satu baris tabel, sehingga barisnya melebar"
            yield _at(source, text, tag, message, _ROWS)
        else:
            yield _at(source, text, tag, f"“{_shown(tag)}” dan penutupnya memotong susunan surat", _CUT)


def _at(source: TemplateSource, text: TemplatePart, tag: re.Match[str], message: str, mend: str) -> Problem:
    number = text.source.count("\n", 0, tag.start()) + 1
    return template_places.problem(
        source, message, template_places.place(text.source.split("\n"), text.where, number), mend
    )


def _shown(tag: re.Match[str]) -> str:
    return " ".join(tag[0].split())


def _effect_of(body: Sequence[nodes.Node], numbers: Iterator[int], inside: int) -> _Effect:
    """Give the effect of a run of nodes; ``inside`` is the number of the command around them.

    Raises _CutApart.
    """
    effect = _Effect()
    for node in body:
        blamed, steps = _steps(node, numbers, inside)
        for step in steps:
            joined = effect.then(step)
            if joined is None:
                raise _CutApart(blamed)
            effect = joined
    return effect


def _steps(node: nodes.Node, numbers: Iterator[int], inside: int) -> tuple[int, list[_Effect]]:
    """Give the effects of one node, and the number of the command to blame where they do not fit."""
    if isinstance(node, nodes.Output):
        data = (part.data for part in node.nodes if isinstance(part, nodes.TemplateData))
        return inside, [_xml_effect(found) for one in data for found in _TAG.findall(one) if not found[2]]
    if isinstance(node, nodes.For):
        number = next(numbers)
        return number, [_loop_effect(node, numbers, number)]
    if isinstance(node, nodes.If):
        number = next(numbers)
        bodies = (node.body, *(branch.body for branch in node.elif_), node.else_)
        effects = [_effect_of(branch, numbers, number) for branch in bodies]
        if len({effect.lasting for effect in effects}) > 1:
            raise _CutApart(number)
        return number, effects[:1]
    return inside, []


def _xml_effect(found: tuple[str, str, str]) -> _Effect:
    return _Effect((found[1],)) if found[0] else _Effect((), (found[1],))


def _loop_effect(node: nodes.For, numbers: Iterator[int], number: int) -> _Effect:
    effect, otherwise = (_effect_of(body, numbers, number) for body in (node.body, node.else_))
    if effect.lasting != _Effect() or otherwise.lasting != _Effect():
        raise _CutApart(number)
    if "w:tc" in effect.closed and "w:tr" not in effect.closed:
        raise _CutApart(number, cells=True)
    return effect
