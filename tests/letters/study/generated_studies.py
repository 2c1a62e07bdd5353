"""Studies as lawyers write them, made from a seed: every construct of the letters' Markdown, in any order and depth."""

import random
from collections.abc import Iterator, Sequence

WORDS = (
    "pemohon", "wajib", "menolak", "perintah", "secara tertulis", "**tidak sah**", "*ultra vires*", "***mutlak***",
    "Pasal 52", "ayat (1)", "huruf a", "dan/atau", "Rp62.000.000", "1/1000*50*Rp2", "“patut diduga”", "H. Ahmad",
    "s.d.", "— yakni —", "a.n. Kepala", "<nama>", "{{ x }}", "50%",
    "§ 3", "R&D", "nomor_surat", "_contoh_", "2 x 3", "[sic]",
)  # fmt: skip
ENDS = (".", ";", ":", "; dan", "?", " itu.")
LADDERS = (
    ("1.", "2.", "3.", "4."), ("a.", "b.", "c."), ("(1)", "(1a)", "(2)"), ("1)", "2)"), ("a)", "b)"), ("-", "-", "-"),
    ("1.", "5.", "9."), ("15.", "15A.", "16."), ("i.", "ii.", "iii."), ("3.", "4."), ("A.", "B."), ("I.", "II."),
)  # fmt: skip
ISSUES = (
    "Apakah pemohon **wajib** menolak?",
    "Siapa yang berwenang?",
    "Apa akibat *hukumnya*?",
    "Apakah 1/1000*50 sah?",
)


class StudyMaker:
    """Makes one study; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self._chance, self._notes = random.Random(seed), 0

    def study(self) -> dict[str, str | tuple[str, ...]]:
        """What each part of a study says."""
        texts = ("kasus_posisi", "analisis", "kesimpulan", "saran", "rujukan")
        made: dict[str, str | tuple[str, ...]] = {key: self.text() for key in texts}
        issues = tuple(self._chance.sample(ISSUES, self._chance.randint(0, 3)))
        law = tuple(self._chance.sample(("uu-30-2014", "Perjanjian *kerja* 1. April"), self._chance.randint(0, 2)))
        return {**made, "isu_hukum": issues, "dasar_hukum": law}

    def text(self) -> str:
        """A text in Markdown."""
        parts = (self._paragraph, self._list, self._quotation, self._heading, self._table)
        self._notes = 0
        text = "\n\n".join("\n".join(self._chance.choice(parts)()) for _ in range(self._chance.randint(0, 6)))
        notes = [f"[^{number}]: {self._sentence()}" for number in range(1, self._notes + 1)]
        return "\n\n".join([text, *notes])

    def _words(self) -> str:
        if self._chance.random() < 0.95:
            return self._sentence()
        self._notes += 1
        return f"{self._sentence()}[^{self._notes}]"

    def _sentence(self) -> str:
        words = [self._chance.choice(WORDS) for _ in range(self._chance.randint(1, 7))]
        return f"Kata {' '.join(words)}{self._chance.choice(ENDS)}"

    def _paragraph(self) -> Iterator[str]:
        yield self._words()
        if self._chance.random() < 0.2:
            yield f"{self._words()}\\"
            yield self._words()

    def _heading(self) -> Iterator[str]:
        yield f"## {self._words()}"
        if self._chance.random() < 0.3:
            yield from ("", self._words(), "", f"### {self._words()}")

    def _table(self) -> Iterator[str]:
        columns = self._chance.randint(1, 4)
        if self._chance.random() < 0.8:
            yield self._row([f"Kolom {number}" for number in range(columns)])
            yield self._row([self._chance.choice(("---", "--:", ":-:")) for _ in range(columns)])
        else:
            yield self._row([""] * columns)
            yield self._row(["---"] * columns)
        for _ in range(self._chance.randint(1, 4)):
            yield self._row([self._chance.choice(("12.500", "", "a<br>b")) or self._words() for _ in range(columns)])

    def _row(self, cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    def _quotation(self) -> Iterator[str]:
        lines = [*self._laws()]
        yield from (f"> {line}".rstrip() for line in lines)

    def _laws(self) -> Iterator[str]:
        if self._chance.random() < 0.5:
            yield f"Pasal {self._chance.randint(1, 90)}"
        else:
            yield self._words()
        if self._chance.random() < 0.7:
            yield from self._list(self._chance.choice(LADDERS), deepest=1)

    def _list(self, marks: Sequence[str] = (), *, depth: int = 0, deepest: int = 2) -> Iterator[str]:
        marks = marks or self._chance.choice(LADDERS)
        indent = " " * 4 * depth
        for mark in marks:
            yield f"{indent}{mark} {self._words()}"
            if depth < deepest and self._chance.random() < 0.3:
                others = [one for one in LADDERS if one[0] != marks[0]]
                yield from self._list(self._chance.choice(others), depth=depth + 1, deepest=deepest)
            if self._chance.random() < 0.15:
                yield ""
                yield f"{indent}    {self._words()}"
                yield ""
            elif depth == 0 and deepest == 2 and self._chance.random() < 0.1:
                yield from (f"{indent}    > {line}" for line in self._laws())
