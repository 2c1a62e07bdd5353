"""Retold questions and answers -> the pages "Tanya jawab" by topic, and their places in the menu.

Nothing in an answer is read as Markdown, HTML or a template: every sign that could mean something there is written as a
character reference. Neither address nor order tells from which case an answer is, or when it came.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from processor.foundation.shipped import own_or_shipped

FOLDER = "tanya-jawab"
INDEX = f"{FOLDER}/index.md"
_NEUTRALITY = "netralitas"  # has a page of its own, which leads to its topic
_LISTED_AT = "<!-- daftar topik -->"
_MENU_LINE = re.compile(rf"^(?P<indent>[ ]*)- [^\n]*\b{re.escape(INDEX)}[^\n]*\n", re.MULTILINE)
_PLAIN = re.compile(r"[\w ,.?]")
_HEAD = """---
description: Jawaban singkat atas pertanyaan yang pernah kami terima, menurut topik.
---
# {title}

Disusun dari pertanyaan yang pernah kami jawab, dan ditulis ulang supaya tidak ada yang dikenali. Ini penjelasan umum,
bukan pendapat hukum atas keadaan Anda: keadaan yang sedikit berbeda dapat berbeda jawabannya, dan aturan dapat berubah.
Ajukan permohonan untuk keadaan Anda sendiri.
"""


@dataclass(frozen=True, slots=True)
class RetoldAnswer:
    """A question and its answer as they are published, under a ``name`` from which nobody else finds the case."""

    topic: str
    question: str
    answer: str
    name: str


def in_menu(root: Path) -> bool:
    """Tell whether the office's menu, or the shipped one where it has none, has the page of topics."""
    menu = own_or_shipped(root / "mkdocs.yml", "mkdocs.yml")
    return menu.is_file() and bool(_MENU_LINE.search(f"{menu.read_text('utf-8', 'replace')}\n"))


def write(folder: Path, answers: Iterable[RetoldAnswer]) -> None:
    """Write the pages into the sources of a site in ``folder``, which are thrown away, and put them into its menu.

    Raises OSError.
    """
    topics = _by_topic(answers)
    docs, menu = folder / "docs", folder / "mkdocs.yml"
    (docs / FOLDER).mkdir(exist_ok=True)
    for slug, some in topics.items():
        (docs / FOLDER / f"{slug}.md").write_text("".join(_page(some)), "utf-8")
    index = docs / INDEX
    listed = "\n".join(f"- [{_escaped(_title(some))}]({slug}.md)" for slug, some in topics.items())
    before, _, _ = index.read_text("utf-8").partition(_LISTED_AT)
    index.write_text(f"{before}{listed}\n", "utf-8")
    if (neutrality := docs / f"{_NEUTRALITY}.md").is_file() and _NEUTRALITY in topics:
        linked = neutrality.read_text("utf-8").replace(f"({INDEX})", f"({FOLDER}/{_NEUTRALITY}.md)")
        neutrality.write_text(linked, "utf-8")
    menu.write_text(_with_topics(f"{menu.read_text('utf-8')}\n", topics), "utf-8")


def address(topic: str) -> str:
    """Give the part of an address that stands for a topic."""
    plain = unicodedata.normalize("NFKD", topic).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return "lain" if slug in {"", "index"} else slug


def _by_topic(answers: Iterable[RetoldAnswer]) -> Mapping[str, Sequence[RetoldAnswer]]:
    """Gather answers by the address of their topic, in the order of their words, which says nothing of their age."""
    topics = dict[str, list[RetoldAnswer]]()
    for one in sorted(answers, key=lambda one: (one.topic, one.question.casefold(), one.name)):
        topics.setdefault(address(one.topic), []).append(one)
    return topics


def _title(some: Sequence[RetoldAnswer]) -> str:
    """Give the title of a topic: words alone, as a menu is no place for any other sign."""
    return " ".join(re.findall(r"[^\W_]+", some[0].topic)).capitalize() or "Lain"


def _page(some: Sequence[RetoldAnswer]) -> Iterator[str]:
    """Write the page of one topic."""
    title = _escaped(f"Tanya jawab tentang {_title(some)[:1].lower()}{_title(some)[1:]}")
    yield _HEAD.format(title=title)
    for one in some:
        yield f"\n## {_escaped(' '.join(one.question.split()))} {{ #{one.name} }}\n\n{_html(one.answer)}\n"


def _html(answer: str) -> str:
    """Write an answer as HTML: paragraphs apart by an empty line, and items behind "- "."""
    blocks = (block.strip().splitlines() for block in re.split(r"\n\s*\n", answer.strip()))
    return "\n\n".join(_block(lines) for lines in blocks if lines)


def _block(lines: Sequence[str]) -> str:
    """Write one paragraph, with the list that may follow it."""
    text, items = list[str](), list[str]()
    for line in map(str.strip, lines):
        if line.startswith("- "):
            items.append(_escaped(line[2:]))
        elif items:
            items[-1] += f" {_escaped(line)}"
        else:
            text.append(_escaped(line))
    told = f"<p>{' '.join(text)}</p>" if text else ""
    return told + (f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>" if items else "")


def _escaped(text: str) -> str:
    """Write text so that neither template, Markdown nor HTML finds anything in it; what nobody sees is left out."""
    seen = (sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return "".join(sign if sign != "_" and _PLAIN.fullmatch(sign) else f"&#{ord(sign)};" for sign in seen)


def _with_topics(menu: str, topics: Mapping[str, Sequence[RetoldAnswer]]) -> str:
    """Put the pages of topics behind that of all topics."""
    found = _MENU_LINE.search(menu)
    if found is None:
        return menu
    lines = (
        f"{found['indent']}- {json.dumps(_title(some), ensure_ascii=False)}: {FOLDER}/{slug}.md\n"
        for slug, some in topics.items()
    )
    return menu[: found.end()] + "".join(lines) + menu[found.end() :]
