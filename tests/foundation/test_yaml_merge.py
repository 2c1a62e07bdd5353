"""What an office wrote stays; what the program changed since comes; nothing else moves."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from processor.foundation import yaml_reader
from processor.foundation.errors import PayungError
from processor.foundation.yaml_merge import ABSENT, Choice, KeyChange, merge, take_what_is_new
from tests.foundation.yaml_triples import Written, entry, triple

GONE = object()


def data(text: str) -> Any:
    document = yaml_reader.parse(Path("a.yaml"), text)
    assert not document.problems, document.problems
    return document.data


def expected(base: Any, mine: Any, new: Any) -> Any:
    """The merge by its definition, of data alone; lists of named items without their order."""
    if new in (base, mine):
        return mine
    if isinstance(mine, dict) and isinstance(new, dict):
        old = base if isinstance(base, dict) else {}
        keys = {key: [one.get(key, GONE) for one in (old, mine, new)] for key in mine.keys() | new.keys()}
        return {key: one for key, three in keys.items() if (one := expected(*three)) is not GONE}
    if (here := items(mine)) is not None and (there := items(new)) is not None:
        return expected(items(base) or {}, here, there)
    return new if mine == base else mine


def items(value: Any) -> dict[str, Any] | None:
    """A list's items by their names; None for anything else."""
    whole = isinstance(value, list) and all(isinstance(item, dict) and "kunci" in item for item in value)
    return {item["kunci"]: item for item in value} if whole else None


def unordered(value: Any) -> Any:
    """Data in which the order of named items does not count."""
    if isinstance(value, dict):
        return {key: unordered(one) for key, one in value.items()}
    return value if (named := items(value)) is None else unordered(named)


def without_shipped_comments(text: str) -> str:
    """The lines that say something, but for the comments that came with the program and may be others now."""
    return "\n".join(line for line in text.split("\n") if line and not re.fullmatch(" *# (asal|versi) [0-9]+", line))


def kept(tree: dict[str, Written], mine: Any, wanted: Any, indent: int = 0) -> Iterator[str]:
    """The lines of each key that keeps its value, as the office wrote them."""
    for name, one in tree.items():
        if isinstance(wanted, dict) and name in wanted and unordered(wanted[name]) == unordered(mine[name]):
            yield "\n".join(line for line in entry(name, one, indent) if line)
        elif isinstance(one.value, dict) and one.style == "lines" and isinstance(wanted, dict):
            yield from kept(one.value, mine[name], wanted.get(name), indent + 2)


@settings(max_examples=settings().max_examples * 2)
@given(seed=st.integers(0, 2**32), ends=st.sampled_from(["\n", "\n", "\r\n"]))
def test_what_comes_of_three_versions_is_their_merge_key_by_key(seed: int, ends: str) -> None:
    base, mine, new, ours, tree = triple(seed)
    wanted = expected(data(base), data(mine), data(new))
    assume(wanted)
    merged = merge(base, mine.replace("\n", ends), new).replace(ends, "\n")
    assert unordered(data(merged)) == unordered(wanted)
    assert not Counter(ours) - Counter(word for word in ours for _ in range(merged.count(f"{word}\n")))
    assert "<<<<" not in merged
    lines = without_shipped_comments(merged)
    assert all(without_shipped_comments(block) in lines for block in kept(tree, data(mine), wanted))
    assert merge(base, merged, new) == merged
    assert merge(base, mine, base) == mine


def written(*lines: str) -> str:
    return "\n".join(lines) + "\n"


BASE = written("nama: Biro", "jam:", "  mulai: 08.00   # WIB", "  selesai: 15.00", "", "# akhir", "alias: [a, b]")


@pytest.mark.parametrize(
    ("mine", "new", "merged"),
    [
        (BASE, BASE.replace("08.00", "07.30"), BASE.replace("08.00", "07.30")),
        (BASE.replace("Biro", "Bagian"), BASE.replace("Biro", "Dinas"), BASE.replace("Biro", "Bagian")),
        (
            BASE.replace("[a, b]", "[a, b]  # punya kami"),
            BASE.replace("[a, b]", "\n  - a\n  - c"),
            BASE.replace("alias: [a, b]", "# punya kami\nalias: \n  - a\n  - c"),
        ),
        (
            BASE.replace("  selesai", "  # catatan kami\n  selesai"),
            BASE.replace("  selesai: 15.00\n", ""),
            BASE.replace("  selesai: 15.00", "  # catatan kami"),
        ),
        (BASE, BASE + "unit:\n  - a # x\n", BASE + "unit:\n  - a # x\n"),
        (BASE, "# kepala\nawal: 1\n" + BASE, "# kepala\nawal: 1\n" + BASE),
        (
            BASE.replace("  mulai", "    mulai").replace("  selesai", "    selesai"),
            BASE.replace("  selesai", "  # istirahat siang\n  istirahat: |\n    satu\n\n    dua\n  selesai"),
            written("nama: Biro", "jam:", "    mulai: 08.00   # WIB", "    # istirahat siang")
            + written("    istirahat: |", "      satu", "", "      dua", "    selesai: 15.00", "")
            + written("# akhir", "alias: [a, b]"),
        ),
    ],
)  # fmt: skip
def test_an_entry_comes_goes_or_changes_where_it_stands(mine: str, new: str, merged: str) -> None:
    assert merge(BASE, mine, new) == merged


def test_what_both_changed_is_asked_and_what_was_answered_counts() -> None:
    mine, new = BASE.replace("Biro", "Bagian"), BASE.replace("Biro", "Dinas")
    asked: list[KeyChange] = []

    def answer(change: KeyChange) -> Choice:
        asked.append(change)
        return "baru"

    assert merge(BASE, mine, new, answer) == new
    assert asked == [KeyChange(("nama",), "Biro", "Bagian", "Dinas")]
    assert asked[0].is_conflict


def test_what_is_only_an_example_for_the_office_comes_as_a_comment_once() -> None:
    new = BASE.replace("  selesai", "  istirahat:  # siang\n    - 12.00\n  selesai") + "unit: []\n"

    def example(change: KeyChange) -> Choice:
        return "contoh" if change.mine is ABSENT else take_what_is_new(change)

    merged = merge(BASE, BASE, new, example)
    lines = "  # istirahat:  # siang\n  #   - 12.00\n  selesai"
    assert merged == BASE.replace("  selesai", lines) + "# unit: []\n"
    assert merge(BASE, merged, new, example) == merged


def test_examples_come_inside_what_stays_and_never_into_what_stands_on_one_line() -> None:
    def example(change: KeyChange) -> Choice:
        return "contoh" if change.mine is ABSENT else take_what_is_new(change)

    new = BASE.replace("  selesai", "  istirahat: siang\n  selesai")
    assert merge(BASE, BASE, new, example) == BASE.replace("  selesai", "  # istirahat: siang\n  selesai")
    base = "nama: Biro\njam: {mulai: 08.00}\n"
    assert merge(base, base, base.replace("{mulai", "{selesai: 15.00, mulai"), example) == base


def test_a_block_does_not_swallow_a_comment_that_stands_below_and_further_in() -> None:
    base = "a: x\nb: y\n"
    mine = base.replace("a: x", "a: x\n   # kami")
    assert merge(base, mine, base.replace("a: x", "a: |\n  satu")) == "# kami\na: |\n  satu\nb: y\n"
    base = "a:\n  - x\nb: y\n"
    mine = base.replace("  - x", "  - x\n    # kami")
    assert merge(base, mine, "a: [z]\nb: y\n") == "a: [z]\n    # kami\nb: y\n"


def test_items_of_a_list_and_of_a_menu_are_merged_by_their_names() -> None:
    base = written("nav:", "  - Beranda: index.md", "  - Layanan:", "      - SOP: sop.md", "  - Lama: lama.md")
    mine = base.replace("  - Lama", "      - Kami: kami.md   # kami\n  - Lama")
    new = base.replace("  - Lama: lama.md\n", "").replace("sop.md", "sop.md\n      - Leaflet: leaflet.md")
    assert merge(base, mine, new) == mine.replace("  - Lama: lama.md\n", "").replace(
        "sop.md", "sop.md\n      - Leaflet: leaflet.md"
    )


NOTED = written(
    "# nama lengkap", "nama: Biro", "", "# jam buka", "jam: 08.00", "# lama", "alias: x", "teks: |", "  # a"
)

SAME = ("", "")


@pytest.mark.parametrize(
    ("ours", "theirs", "here"),
    [
        (SAME, ("# jam buka", "# jam buka,\n# menurut zona"), ("# jam buka", "# jam buka,\n# menurut zona")),
        (("08.00", "07.30"), ("# jam buka", "# buka"), ("# jam buka", "# buka")),
        (("# jam buka", "# jam kami"), ("# jam buka", "# buka"), SAME),
        (("# jam buka", "# jam buka\n# kami"), ("# jam buka", "# buka"), SAME),
        (("# lama", "# jam buka"), ("# jam buka", "# buka"), SAME),
        (SAME, ("# lama\n", ""), ("# lama\n", "")),
        (("Biro", "Bagian"), ("Biro\n", "Biro\n# induk: Setda\n"), ("Bagian\n", "Bagian\n# induk: Setda\n")),
        (("nama: Biro\n", ""), ("Biro\n", "Biro\n# induk: Setda\n"), SAME),
        (("08.00", "08.00\n# induk: Setda"), ("Biro\n", "Biro\n# induk: Setda\n"), SAME),
        (("08.00", "07.30"), ("# jam buka\njam: 08.00", "# buka\njam: 09.00"), ("# jam buka", "# buka")),
        (
            SAME,
            ("# nama lengkap", "# berkas ini\n\n# nama lengkap"),
            ("# nama lengkap", "# berkas ini\n\n# nama lengkap"),
        ),
    ],
)
def test_comments_of_the_program_come_where_the_office_left_them(
    ours: tuple[str, str], theirs: tuple[str, str], here: tuple[str, str]
) -> None:
    mine, new = NOTED.replace(*ours), NOTED.replace(*theirs)
    merged = merge(NOTED, mine, new)
    assert merged == mine.replace(*here)
    assert merge(NOTED, merged, new) == merged


def test_no_comment_comes_into_words() -> None:
    base = written("teks: |", "  # a", "nama: satu", "  dua")
    mine = base.replace("nama: satu", "nama:")
    assert merge(base, mine, base.replace("nama: satu", "nama: satu\n# x").replace("  dua\n", "")) == mine
    assert merge(base, mine, base.replace("  # a", "  # b")) == mine.replace("  # a", "  # b")


@pytest.mark.parametrize(
    "mine", ["nama: [\n", "- a\n", "a: 1\na: 2\n", "nama: x\r\njam: y\n", "? nama\n: Biro\njam: {}\nalias: x\n", ""]
)
def test_a_file_that_cannot_be_merged_safely_is_refused(mine: str) -> None:
    with pytest.raises(PayungError, match=r"Berkas (memuat kesalahan|tidak dapat digabungkan)"):
        merge(BASE, mine, BASE.replace("Biro", "Dinas").replace("[a, b]", "[b]"))
