"""``docs/.sinonim.yaml``: everyday words of law that stand on no page, and where the search leads who types them.

The page of the search lists them, so that its script, and a reader without scripts, find them there.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Annotated, Final

from markdown.extensions.toc import slugify
from pydantic import Field

from processor.foundation import shipped, yaml_reader
from processor.foundation.errors import BrokenFiles, Problem
from processor.foundation.yaml_reader import Document, Key, Written

FILE_NAME: Final = ".sinonim.yaml"
_HEADING = re.compile(
    r"^(?:title:|#+)[ \t]+(?P<words>.+?)(?:[ \t]*\{[ \t]*#(?P<name>[\w-]+)[ \t]*\})?[ \t]*$", re.MULTILINE
)
_UNREADABLE = re.compile(r"<[^>]*>|\{\{.*?\}\}")

Weight = Annotated[float, Field(ge=0.1, le=3)]


class EverydayWords(Written):
    """Words that lead to one place; ``bukan_kami`` says what is not this service's, and where to go."""

    kata: tuple[str, ...] = Field(description="Yang diketik orang; beberapa kata dalam satu butir harus ada semuanya")
    ke: str = Field(description="Halaman di folder docs, boleh dengan bagiannya: faq.md#perkara")
    bukan_kami: str = Field(default="", description="Bila bukan urusan layanan ini: apa, dan ke mana")


class Synonyms(Written):
    """The whole file."""

    kata_sehari_hari: tuple[EverydayWords, ...] = ()
    bobot: dict[str, Weight] = Field(default={}, description="Halaman: seberapa sering dicari, 1 bila tidak ditulis")


def load(root: Path) -> Synonyms:
    """Read the words of the office whose folder is ``root``, or the shipped ones.

    Words that lead to places which this office does not have are left out: a heading that is renamed stops no page.

    Raises:
        BrokenFiles: With every other mistake in the office's own file.
    """
    found, document, is_own = _read(root)
    if is_own and (mistakes := tuple(_doubled(found, document))):
        raise BrokenFiles(mistakes)
    wrong = dict(_places(found, document, root))
    return Synonyms(
        kata_sehari_hari=tuple(one for one in found.kata_sehari_hari if one.ke not in wrong),
        bobot={page: weight for page, weight in found.bobot.items() if page not in wrong},
    )


def problems(root: Path) -> tuple[Problem, ...]:
    """Give every mistake in the file of the office whose folder is ``root``, also the places that its site lacks."""
    try:
        found, document, is_own = _read(root)
    except BrokenFiles as error:
        return error.problems
    return (*_doubled(found, document), *dict(_places(found, document, root)).values()) if is_own else ()


def _read(root: Path) -> tuple[Synonyms, Document, bool]:
    """Read the file, and tell whether it is the office's own. Raises BrokenFiles where it cannot be used."""
    own = root / "docs" / FILE_NAME
    path = shipped.own_or_shipped(own, f"docs/{FILE_NAME}")
    document = yaml_reader.read(path)
    found, mistakes = yaml_reader.validate(Synonyms, document)
    if found is None:
        raise BrokenFiles(mistakes)
    return found, document, path == own


def listed(root: Path) -> str:
    """Write the words as a list of definitions in Markdown: where they lead, the words, and what is not ours.

    Raises as ``load``.
    """
    return "\n\n".join(
        "\n:   ".join(
            filter(None, (f"[{_title(root, one.ke)}]({one.ke})", escape(", ".join(one.kata)), one.bukan_kami))
        )
        for one in load(root).kata_sehari_hari
    )


def weighed(root: Path) -> str:
    """Write how often pages are looked for as links in Markdown, each on its weight. Raises as ``load``."""
    return " ".join(f"[{weight:g}]({page})" for page, weight in load(root).bobot.items())


def _doubled(found: Synonyms, document: Document) -> Iterator[Problem]:
    """Give the words that stand there twice, and those that nobody can type."""
    seen = set[str]()
    for number, one in enumerate(found.kata_sehari_hari):
        line = document.line(("kata_sehari_hari", number, "kata"))
        for word in one.kata or ("",):
            typed = " ".join(word.casefold().split())
            if "," in word or not re.search(r"\w", word):
                yield Problem(str(document.path), line, f"“{word}” bukan kata.", "Pisahkan kata-katanya dengan koma.")
            elif typed in seen:
                yield Problem(str(document.path), line, f"Kata “{word}” tertulis dua kali.", "Sisakan satu.")
            seen.add(typed)


def _places(found: Synonyms, document: Document, root: Path) -> Iterator[tuple[str, Problem]]:
    """Give each place that the site does not have, with its problem."""
    places: list[tuple[str, Key]] = [
        (one.ke, ("kata_sehari_hari", number, "ke")) for number, one in enumerate(found.kata_sehari_hari)
    ]
    places += [(page, ("bobot", page)) for page in found.bobot]
    for place, key in places:
        page, _, part = place.partition("#")
        text = _page_text(root, page)
        known = [name for name, _ in _headings(text or "")]
        if text is None:
            problem = f"Halaman “{page}” tidak ada di folder docs.", "Betulkan namanya, atau hapus butir ini."
        elif part and part not in known and f'id="{part}"' not in text:
            problem = f"Halaman “{page}” tidak punya bagian “#{part}”.", yaml_reader.nearest(part, known)
        else:
            continue
        yield place, Problem(str(document.path), document.line(key), *problem)


def _page_text(root: Path, page: str) -> str | None:
    """Read the source of a page that the site has; None for any other."""
    path = root / "docs" / page
    if not path.is_file() and f"docs/{page}" in shipped.lacking(root):
        path = shipped.sources() / "docs" / page
    return path.read_text("utf-8", "replace") if page.endswith(".md") and path.is_file() else None


def _headings(text: str) -> Iterator[tuple[str, str]]:
    """Give the name and the words of a page's title and headings."""
    for heading in _HEADING.finditer(text):
        words = _UNREADABLE.sub("", heading["words"]).strip()
        yield heading["name"] or slugify(words, "-"), words


def _title(root: Path, place: str) -> str:
    """Give the words of the heading to which a link leads."""
    page, _, part = place.partition("#")
    named = list(_headings(_page_text(root, page) or ""))
    return next((words for name, words in named if name == part), named[0][1] if named else page)
