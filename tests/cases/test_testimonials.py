"""A testimonial stands on the site only with consent, its paper, and a second officer for just these words."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from processor.cases import journal, testimonials
from processor.cases.records import Event
from processor.cases.testimonials import APPROVED, WITHDRAWN

TEXT = """kutipan: Jawabannya jelas, dan saya tidak takut lagi.
sebagai: Seorang guru
persetujuan:
  tanggal: 2026-03-02
  naskah: Map persetujuan 2026, nomor 3
penulis: pengelola
"""
TODAY, LATER = date(2026, 4, 1), date(2026, 4, 15)


def put(folder: Path, text: str = TEXT) -> None:
    (folder / "testimoni").mkdir(exist_ok=True)
    (folder / "testimoni" / "a.yaml").write_text(text, "utf-8")


def decide(folder: Path, kind: str = APPROVED, by: str = "kabag", day: int = 5) -> None:
    """What a command writes when an officer decides on the words that stand there now."""
    [one] = testimonials.read(folder)
    assert one.testimonial is not None
    path = folder / "testimoni" / "riwayat.jsonl"
    path.touch()
    data = {"nama": "a", "sidik": one.testimonial.digest}
    journal.append(path, [Event(kind, datetime(2026, 3, day, 9, tzinfo=UTC), by, data)])


def test_approved_words_come_with_the_next_publication_and_go_when_they_are_withdrawn(tmp_path: Path) -> None:
    put(tmp_path)
    assert testimonials.on_site(tmp_path, LATER) == []
    decide(tmp_path)
    words = {"kutipan": "Jawabannya jelas, dan saya tidak takut lagi.", "sebagai": "Seorang guru"}
    assert testimonials.on_site(tmp_path, LATER) == [words]
    assert testimonials.on_site(tmp_path, date(2026, 3, 5)) == testimonials.on_site(tmp_path, None) == []
    before = testimonials.mark(tmp_path)
    decide(tmp_path, WITHDRAWN, day=6)
    assert testimonials.on_site(tmp_path, LATER) == []
    assert testimonials.mark(tmp_path) != before


def test_whoever_wrote_it_does_not_approve_it(tmp_path: Path) -> None:
    put(tmp_path)
    decide(tmp_path, by="pengelola")
    assert testimonials.on_site(tmp_path, LATER) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tidak takut", "sangat takut"),
        ("Seorang guru", "Seorang kepala dinas"),
        ("2026-03-02", "2026-03-03"),
        ("nomor 3", "nomor 4"),
        ("pengelola", "analis"),
    ],
)
def test_what_was_changed_since_is_not_approved(tmp_path: Path, old: str, new: str) -> None:
    put(tmp_path)
    decide(tmp_path)
    put(tmp_path, TEXT.replace(old, new))
    assert testimonials.on_site(tmp_path, LATER) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  tanggal: 2026-03-02\n", "", "Persetujuan tertulisnya belum lengkap. Tulis tanggal dan naskah"),
        ("  naskah: Map persetujuan 2026, nomor 3\n", "", "Persetujuan tertulisnya belum lengkap."),
        ("2026-03-02", "2026-05-02", "belum tiba"),
        ("penulis: pengelola\n", "", "Testimoni tanpa penulis."),
        ("Seorang guru", "Guru, 0812 3456 7890", "nomor telepon"),
        ("sebagai:", "sebagi:", "Maksudnya “sebagai”?"),
        ("Jawabannya jelas", "jelas " * 101, "paling banyak 600"),
    ],
)
def test_what_is_missing_or_tells_a_person_is_told_and_does_not_stand_there(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in TEXT
    put(tmp_path, TEXT.replace(old, new))
    decide(tmp_path)
    assert said in " ".join(problem.sentence for problem in testimonials.read(tmp_path, TODAY)[0].problems)
    assert old == "2026-03-02" or testimonials.on_site(tmp_path, LATER) == []


def test_a_journal_that_was_changed_approves_nothing_and_is_told(tmp_path: Path) -> None:
    put(tmp_path)
    decide(tmp_path)
    path = tmp_path / "testimoni" / "riwayat.jsonl"
    path.write_text(path.read_text("utf-8").replace("kabag", "kabid"), "utf-8")
    assert testimonials.on_site(tmp_path, LATER) == []
    assert testimonials.journal_problems(tmp_path)


def test_a_register_without_any_has_none(tmp_path: Path) -> None:
    assert testimonials.read(tmp_path) == ()
    assert testimonials.journal_problems(tmp_path) == ()
    assert testimonials.mark(tmp_path) == ""
