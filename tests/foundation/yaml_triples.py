"""Makes up three versions of a YAML file: what was shipped, what an office made of it, what is shipped later."""

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

WORDS = (
    *(
        "Biro Hukum",
        "ya",
        "tidak",
        "08.00",
        "1",
        "2026-07-02",
        "a: b",
        "bukan # catatan",
        "#bukan",
        "",
        "“kutipan”",
        "[x]",
    ),
    *(
        "- bukan butir",
        "satu\ndua",
        "satu\n\ndua # tiga\n  empat",
        "sangat " * 30 + "panjang",
        "it's",
        'kata "ini"',
        "~",
    ),
)
KEYS = ("nama", "alamat", "surat", "dasar", "bantuan", "alias", "pilihan", "jam", "situs", "versi")


@dataclass(frozen=True)
class Written:
    """A value as it is written: its data, its style, and the comments above, behind and below it."""

    value: Any  # None, str, list[str], dict[str, Written], or tuple[dict[str, Written], ...] of items with "kunci"
    style: str = ""
    above: tuple[str, ...] = ()
    behind: str = ""
    below: tuple[str, ...] = ()
    gap: bool = False


@dataclass
class Maker:
    """Makes and edits what is written; each comment of this ``author`` is one of its own."""

    chance: Random
    author: str
    count: int = 0
    fresh: list[str] = field(default_factory=list)

    def comment(self) -> str:
        self.count += 1
        self.fresh.append(f"# {self.author} {self.count}")
        return self.fresh[-1]

    def mapping(self, depth: int) -> dict[str, Written]:
        names = self.chance.sample(KEYS, self.chance.randint(1, 6))
        return {name: self.one(depth) for name in names}

    def one(self, depth: int) -> Written:
        kind = self.chance.choice("sssslnmmi" if depth else "sssln")
        made = getattr(self, f"_{kind}")(depth)
        return self.commented(replace(made, gap=self.chance.random() < 0.2))

    def few(self, part: float) -> tuple[str, ...]:
        """Make a comment or two, in this part of all cases."""
        count = self.chance.randint(1, 2) if self.chance.random() < part else 0
        return tuple(self.comment() for _ in range(count))

    def commented(self, one: Written) -> Written:
        behind = self.comment() if self.chance.random() < 0.2 else one.behind
        return replace(one, above=(*one.above, *self.few(0.15)), behind=behind, below=(*one.below, *self.few(0.1)))

    def _s(self, _: int) -> Written:
        word = self.chance.choice(WORDS)
        return Written(word, self.chance.choice(("double", "single", "plain", "block")))

    def _n(self, _: int) -> Written:
        return Written(None)

    def _l(self, _: int) -> Written:
        words = [self.chance.choice(WORDS) for _ in range(self.chance.randint(0, 3))]
        return Written(words, self.chance.choice(("flow", "lines")))

    def _m(self, depth: int) -> Written:
        return Written(self.mapping(depth - 1), self.chance.choice(("lines", "lines", "lines", "flow")))

    def _i(self, depth: int) -> Written:
        names = self.chance.sample(("nip", "uraian", "telepon", "unit", "surel"), self.chance.randint(1, 4))
        return Written(tuple(self.item(name, depth) for name in names), "lines")

    def item(self, name: str, depth: int) -> dict[str, Written]:
        rest = {key: one for key, one in self.mapping(depth - 1).items() if key != "nama"}
        both = {"kunci": Written(name, "plain"), **rest}
        return dict(self.chance.sample([*both.items()], len(both)))

    def edited(self, tree: dict[str, Written], depth: int) -> dict[str, Written]:
        """Change, take out, add and note a few things."""
        made: dict[str, Written] = {}
        for name, one in tree.items():
            luck = self.chance.random()
            if name == "kunci" or luck < 0.6:
                made[name] = one
            elif luck < 0.7:
                made[name] = self.commented(one)
            elif luck < 0.78:
                continue
            else:
                made[name] = self._changed(one, depth)
        for name in self.chance.sample(KEYS, 2):
            if name not in tree and self.chance.random() < 0.5:
                made[name] = self.one(depth)
                if self.chance.random() < 0.5:
                    made = {name: made.pop(name), **made}
        return made or {**tree}

    def _changed(self, one: Written, depth: int) -> Written:
        if isinstance(one.value, dict) and self.chance.random() < 0.9:
            return replace(one, value=self.edited(one.value, depth - 1))
        if isinstance(one.value, tuple) and self.chance.random() < 0.9:
            items = [self.edited(item, depth - 1) for item in one.value if self.chance.random() < 0.85]
            taken = {item["kunci"].value for item in one.value}
            new = [
                self.item(name, depth)
                for name in ("email", "bentuk")
                if name not in taken and self.chance.random() < 0.3
            ]
            for item in new:
                items.insert(self.chance.randint(0, len(items)), item)
            return replace(one, value=tuple(items or one.value))
        return replace(self.one(depth), above=one.above, behind=one.behind, below=one.below, gap=one.gap)


def triple(seed: int) -> tuple[str, str, str, list[str], dict[str, Written]]:
    """The three texts, the office's own comments, and its version as it is written."""
    chance = Random(seed)
    base = Maker(chance, "asal").mapping(3)
    office, later = Maker(chance, "kantor"), Maker(chance, "versi")
    mine = office.edited(base, 3)
    new = later.edited(base, 3)
    text = "\n".join(lines(mine, 0)) + "\n"
    ours = [words for words in office.fresh if f"{words}\n" in text]
    return "\n".join(lines(base, 0)) + "\n", text, "\n".join(lines(new, 0)) + "\n", ours, mine


def lines(tree: dict[str, Written], indent: int) -> list[str]:
    """Write a mapping."""
    return [line for name, one in tree.items() for line in entry(name, one, indent)]


def entry(name: str, one: Written, indent: int) -> list[str]:
    """Write one key with its value and comments."""
    head, *rest = _value(one, indent)
    pad = " " * indent
    behind = f"  {one.behind}" if one.behind else ""
    first = f"{pad}{name}:{' ' if head else ''}{head}{behind}"
    above = [f"{pad}{words}" for words in one.above]
    below = [f"{pad}   {words}" for words in one.below]
    return [*([""] if one.gap else []), *above, first, *rest, *below]


def _value(one: Written, indent: int) -> list[str]:
    """Write a value: what follows the colon, and the lines below."""
    value, pad = one.value, " " * indent
    if value is None:
        return [""]
    if isinstance(value, str):
        return _scalar(value, one.style, pad)
    if isinstance(value, dict):
        return [_flow(one)] if one.style == "flow" else ["", *lines(value, indent + 2)]
    if isinstance(value, list):
        if one.style == "flow" or not value:
            return [_flow(one)]
        return ["", *(f"{pad}  - {_quoted(word)}" for word in value)]
    return ["", *(line for item in value for line in _item(item, indent + 2))]


def _item(item: dict[str, Written], indent: int) -> list[str]:
    first, *rest = ((name, replace(one, gap=False, above=())) for name, one in item.items())
    head, *below = entry(*first, indent + 2)
    dash = " " * indent + "- " + head.lstrip()
    return [dash, *below, *(line for name, one in rest for line in entry(name, one, indent + 2))]


def _scalar(word: str, style: str, pad: str) -> list[str]:
    if style == "block" and word and not word.startswith((" ", "\n")):
        return ["|-", *(f"{pad}    {line}" if line else "" for line in word.split("\n"))]
    if style == "single" and "\n" not in word:
        return ["'" + word.replace("'", "''") + "'"]
    if style == "plain" and word[:1].isalnum() and word.replace(" ", "").replace(".", "").replace("-", "").isalnum():
        return [word.strip()]
    return [_quoted(word)]


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _flow(one: Written) -> str:
    if isinstance(one.value, dict):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in one.value.items()) + "}"
    if isinstance(one.value, (list, tuple)):
        inner = [_quoted(item) if isinstance(item, str) else _flow(Written(item)) for item in one.value]
        return "[" + ", ".join(inner) + "]"
    return "null" if one.value is None else _quoted(one.value)
