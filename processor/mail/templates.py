"""The words of notices: one ``<jenis>.txt`` a kind, which staff may edit, and ``kerangka.html`` around them.

The first line of a text is its subject; the HTML is made from the same text, so the two never disagree. Says at once
everything that is wrong with them. Values are words: they are never read as a template.
"""

import difflib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from processor.foundation import shipped
from processor.foundation.errors import BrokenFiles, Problem

NoticeKind = Literal[
    "diterima", "perlu_dilengkapi", "ditolak", "dijawab", "dibatalkan", "jadwal", "pengingat_petugas",
    "ringkasan_petugas", "pengaduan_diterima", "pengaduan_dijawab",
    "keberatan_diterima", "keberatan_dikabulkan", "keberatan_dijawab",
    "penarikan", "kontak_diminta", "ada_pesan",
]  # fmt: skip
KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
List = Literal["terlambat", "jatuh_tempo", "menjelang", "menunggu", "perlu_dibetulkan"]
LISTS: tuple[List, ...] = get_args(List)
STAFF: tuple[NoticeKind, ...] = ("pengingat_petugas", "ringkasan_petugas")
"""Notices to staff, which list cases; every other one goes to an applicant."""
COMPLAINTS: tuple[NoticeKind, ...] = ("pengaduan_diterima", "pengaduan_dijawab")
"""Notices to who complained about the service, of which the first is the first of each complaint."""
FRAME = "kerangka.html"
AGENCY = ("nama", "induk", "pemerintah", "alamat", "kota", "telepon", "email")
"""What of the agency a notice may name."""

_ValueKind = Literal["teks", "daftar", "ya/tidak"]
_ALWAYS: Mapping[str, _ValueKind] = {"tautan": "teks", **{f"instansi.{name}": "teks" for name in AGENCY}}
_CASE: Mapping[str, _ValueKind] = {
    "nomor": "teks",
    "tautan_lacak": "teks",
    **dict[str, _ValueKind].fromkeys(("punya_kode", "lewat_email", "lewat_kode", "lewat_loket"), "ya/tidak"),
}
_OWN: Mapping[str, Mapping[str, _ValueKind]] = {
    "diterima": _CASE,
    "perlu_dilengkapi": {**_CASE, "kekurangan": "daftar"},
    "ditolak": {**_CASE, "alasan": "teks", "dilampirkan": "ya/tidak"},
    "dijawab": {**_CASE, "berlaku_sampai": "teks"},
    "dibatalkan": _CASE,
    "jadwal": {**_CASE, "temu_waktu": "teks", "temu_cara": "teks", "temu_tempat": "teks", "temu_batal": "ya/tidak"},
    "pengaduan_diterima": {"nomor": "teks"},
    "pengaduan_dijawab": {"nomor": "teks", "tautan_lacak": "teks", "lewat_email": "ya/tidak", "lewat_kode": "ya/tidak"},
    "keberatan_diterima": _CASE,
    "keberatan_dikabulkan": _CASE,
    "keberatan_dijawab": {**_CASE, "berlaku_sampai": "teks"},
    **{kind: {**_CASE, "waktu": "teks"} for kind in ("penarikan", "kontak_diminta", "ada_pesan")},
    **{kind: {"jumlah": "teks", **dict[str, _ValueKind].fromkeys(LISTS, "daftar")} for kind in STAFF},
    FRAME: {"perihal": "teks", "isi": "teks"},
}
_IN_SUBJECT = {"nomor", "jumlah", *_ALWAYS} - {"tautan"}
_FILTERS = ("capitalize", "default", "join", "length", "lower", "trim", "upper")
_LOOP = {"loop.index", "loop.first", "loop.last", "loop.length"}
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip
_SUBJECT = re.compile(r"Perihal:[ \t]*(\S[^\n]*)(?:\n|\Z)")
_FETCHES = re.compile(r"<\s*(?:script|img|link|iframe|object)\b|url\(|@import|\bsrc\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RenderedNotice:
    """A notice in words; its repr shows nothing of them."""

    subject: str
    text: str
    html: str

    def __repr__(self) -> str:
        return "RenderedNotice(…)"


def render_notice(kind: NoticeKind, values: Mapping[str, Any], folder: Path) -> RenderedNotice:
    """Render the notice of ``kind`` with ``values`` in its placeholders.

    Raises:
        BrokenFiles: with every mistake of its templates.
    """
    problems = (*_problems(folder, kind), *_problems(folder, FRAME))
    if problems:
        raise BrokenFiles(problems)
    subject, body = _subject_and_body(_read_template(_path_of(folder, kind)))
    title = " ".join(_compiled(subject).render(values).split())
    text = re.sub(r"\n{3,}", "\n\n", _compiled(body).render(values)).strip() + "\n"
    isi = _text_as_html(text, {str(values["tautan"]), str(values["tautan_lacak"])})
    frame = _compiled(_read_template(_path_of(folder, FRAME)), html=True)
    return RenderedNotice(title, text, frame.render(**values, perihal=title, isi=isi) + "\n")


def check_templates(folder: Path) -> tuple[Problem, ...]:
    """Find every mistake in every template of ``folder``, each with its line."""
    return tuple(problem for name in (*KINDS, FRAME) for problem in _problems(folder, name))


def broken_kinds(folder: Path) -> frozenset[NoticeKind]:
    """Find the kinds of messages that a mistake in a template keeps from being written; one in the frame breaks all."""
    names = {Path(problem.place).name for problem in check_templates(folder)}
    return frozenset(KINDS) if FRAME in names else frozenset(kind for kind in KINDS if f"{kind}.txt" in names)


@cache
def _environment(*, html: bool = False) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=html, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )


@lru_cache(maxsize=64)
def _compiled(source: str, *, html: bool = False) -> Template:
    return _environment(html=html).from_string(source)


def _path_of(folder: Path, name: str) -> Path:
    """Give the path of a template: in ``folder``, else the shipped one."""
    file = name if name == FRAME else f"{name}.txt"
    return shipped.own_or_shipped(folder / file, f"opinions/pemberitahuan/{file}")


def _read_template(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _subject_and_body(source: str) -> tuple[str, str]:
    """Split a text into subject and body; the body keeps its line numbers."""
    match = _SUBJECT.match(source)
    return (match[1], "\n" + source[match.end() :]) if match else ("", source)


def _text_as_html(text: str, links: Container[str]) -> Markup:
    """Write the text as paragraphs and lists; of all addresses only ``links`` can be clicked."""
    done = []
    for block in text.strip().split("\n\n"):
        lines = [_line_as_html(line.removeprefix("- "), links) for line in block.split("\n")]
        if all(line.startswith("- ") for line in block.split("\n")):
            done.append(Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(map(Markup("<li>{}</li>").format, lines))))
        else:
            done.append(Markup("<p>{}</p>").format(Markup("<br>\n").join(lines)))
    return Markup("\n").join(done)


def _line_as_html(line: str, links: Container[str]) -> Markup:
    return Markup('<a href="{0}">{0}</a>').format(line.strip()) if line.strip() in links else escape(line)


def _problems(folder: Path, name: str) -> tuple[Problem, ...]:
    """Find what is wrong with one template."""
    path = _path_of(folder, name)
    try:
        source = _read_template(path)
    except OSError:
        return (Problem(str(path), None, "Naskah pemberitahuan ini tidak ada.", "Kembalikan dari cadangan."),)
    except UnicodeDecodeError:
        return (Problem(str(path), None, "Naskah ini bukan teks UTF-8.", "Simpan ulang dengan pengodean UTF-8."),)
    return _text_problems(path, name, source)


@lru_cache(maxsize=64)
def _text_problems(path: Path, name: str, source: str) -> tuple[Problem, ...]:
    """Find what is wrong with the text of a template; the same text is checked once."""
    known = {**_ALWAYS, **_OWN[name]}
    if name == FRAME:
        return tuple(_frame_problems(path, source)) or _NoticeNameChecker(path, known).problems(source, html=True)
    subject, body = _subject_and_body(source)
    if not subject:
        mend = "Awali berkas dengan “Perihal: …” di baris pertama, lalu satu baris kosong."
        return (Problem(str(path), 1, "Naskah ini tanpa perihal.", mend),)
    short = {key: kind for key, kind in known.items() if key in _IN_SUBJECT}
    return (*_NoticeNameChecker(path, short, known).problems(subject), *_NoticeNameChecker(path, known).problems(body))


def _frame_problems(path: Path, source: str) -> Iterator[Problem]:
    """Find what a frame must not hold, or lacks."""
    for number, line in enumerate(source.split("\n"), start=1):
        if _FETCHES.search(line):
            mend = "Hapus. Email tidak mengambil gambar atau berkas dari luar, supaya pembacanya tidak terlacak."
            yield Problem(str(path), number, "Kerangka memuat gambar, skrip, atau berkas dari luar.", mend)
    for needed in ("{{ isi }}", 'lang="id"'):
        if needed not in source:
            yield Problem(str(path), None, f"Kerangka tanpa {needed}.", "Kembalikan bagian itu.")


@dataclass(frozen=True, slots=True)
class _NoticeNameChecker:
    """Finds names, filters and commands that are not known in one template; ``elsewhere``: known, but not here."""

    path: Path
    known: Mapping[str, _ValueKind]
    elsewhere: Mapping[str, _ValueKind] | None = None

    def problems(self, source: str, *, html: bool = False) -> tuple[Problem, ...]:
        """Find every mistake; only the first when the tags cannot be read."""
        try:
            tree = _environment(html=html).parse(source)
            found = tuple(dict.fromkeys(self._check_node(tree, frozenset())))
            if not found:
                for filled in (True, False):
                    _compiled(source, html=html).render(_sample_values(self.known, filled=filled))
        except TemplateSyntaxError as error:
            return (self._problem_at(*_explain_syntax_error(error)),)
        except (TemplateError, TypeError, ValueError):
            return (
                self._problem_at(None, "Naskah ini gagal dicoba dengan isian contoh.", "Sederhanakan tempat isiannya."),
            )
        return found

    def _check_node(self, node: nodes.Node, local: frozenset[str]) -> Iterator[Problem]:
        if not isinstance(node, _ALLOWED):
            name = type(node).__name__.lower()
            yield self._problem_at(node.lineno, f"Perintah “{name}” tidak dipakai di naskah.", "Hapus.")
        elif isinstance(node, (nodes.Name, nodes.Getattr)):
            yield from self._check_name(node, local, ("teks", "ya/tidak", "daftar"))
        elif isinstance(node, nodes.For):
            yield from self._check_name(node.iter, local, ("daftar",))
            inside = local | {
                _dotted_name(node.target),
                *(item.name for item in node.target.find_all(nodes.Name)),
                "loop",
            }
            for child in (*node.body, *node.else_):
                yield from self._check_node(child, inside)
        else:
            if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
                mend = f"Yang dikenal: {', '.join(_FILTERS)}."
                yield self._problem_at(node.lineno, f"Saringan “{node.name}” tidak dikenal.", mend)
            for child in node.iter_child_nodes():
                shown = isinstance(node, nodes.Output) and isinstance(child, (nodes.Name, nodes.Getattr))
                yield from self._check_name(child, local, ("teks",)) if shown else self._check_node(child, local)

    def _check_name(self, node: nodes.Node, local: frozenset[str], wanted: tuple[_ValueKind, ...]) -> Iterator[Problem]:
        path = _dotted_name(node)
        if path in local - {"loop"} or ("loop" in local and path in _LOOP):
            return
        if path in self.known:
            if self.known[path] not in wanted:
                mend = f"Tulis {{% for butir in {path} %}} … {{% endfor %}}." if self.known[path] == "daftar" else ""
                message = f"Tempat isian “{path}” berisi {self.known[path]}, tidak cocok di sini."
                yield self._problem_at(node.lineno, message, mend or f"Tulis {{% if {path} %}} … {{% endif %}}.")
        elif self.elsewhere and path in self.elsewhere:
            mend = "Pindahkan ke isi. Perihal terlihat di layar siapa pun."
            yield self._problem_at(node.lineno, f"Tempat isian “{path}” tidak boleh di perihal.", mend)
        else:
            close = difflib.get_close_matches(path, list(self.elsewhere or self.known), n=1, cutoff=0.6)
            mend = f"Maksudnya “{close[0]}”?" if close else f"Yang dikenal: {', '.join(sorted(self.known))}."
            yield self._problem_at(node.lineno, f"Tempat isian “{path}” tidak dikenal.", mend)

    def _problem_at(self, line: int | None, message: str, mend: str) -> Problem:
        return Problem(str(self.path), line, message, mend)


def _explain_syntax_error(error: TemplateSyntaxError) -> tuple[int | None, str, str]:
    """Give line, what is wrong, and the mend of tags that cannot be read."""
    if "nexpected end of template" in (error.message or ""):
        return None, "Ada {% if %} atau {% for %} yang belum ditutup.", "Tambahkan {% endif %} atau {% endfor %}."
    mend = "Periksa pasangan {{ … }}, {% if … %} … {% endif %}, dan {% for … %} … {% endfor %}."
    return error.lineno, "Susunan tempat isian tidak terbaca di sekitar baris ini.", mend


def _dotted_name(node: nodes.Node) -> str:
    """Write a name with its dots (``instansi.nama``); what is no plain name becomes "…"."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    return f"{_dotted_name(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "…"


def _sample_values(known: Mapping[str, _ValueKind], *, filled: bool) -> dict[str, Any]:
    """Make a value for every name: one word each, or nothing."""
    tree: dict[str, Any] = {"instansi": {}}
    for path, holds in known.items():
        group, _, name = path.rpartition(".")
        word = "kata" if filled else ""
        (tree[group] if group else tree)[name] = (word,) * filled if holds == "daftar" else word
    return tree
