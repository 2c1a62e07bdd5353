"""What is published of figures, and what the next publication would hold -> lines for a terminal, and JSON. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from processor.cli.text_table import aligned
from processor.evaluation import frozen_publication
from processor.evaluation.figure_text import number
from processor.evaluation.periods import Period
from processor.foundation.indonesian_dates import tanggal
from processor.operations.figures import publication_lists, publication_preview
from processor.operations.figures.figure_release import ReleaseState
from processor.operations.figures.next_publication import Prepared
from processor.operations.figures.publication_preview import PreviewTable

_NOTHING_DUE = "Tidak ada angka yang terbit pada hari itu."


def state_lines(state: ReleaseState) -> Iterator[str]:
    """Say when figures are published next, and what is published."""
    yield publication_lists.next_words(state)
    if state.held:
        yield f"Ditahan: {state.held}"
    yield from (f"Dihitung ulang pada penerbitan berikutnya: {one.title}" for one in state.asked)
    rows = [
        (one.name, tanggal(one.made), str(sum(1 for table in one.figures.tables if table.shown)), str(len(one.words)))
        for one in state.published
    ]
    if rows:
        yield from ("", *aligned(("TERBITAN", "TANGGAL", "TABEL TAMPAK", "DARI"), rows))
    else:
        yield "Belum ada angka yang diterbitkan."


def settled_lines(released: Sequence[Period]) -> Iterator[str]:
    """Say that a person took what is there, and what the next pass ``released`` by that."""
    yield "Diterima: register dan ingatan komputer sekarang memuat terbitan yang sama."
    if released:
        yield f"Putaran berikutnya menerbitkan angka {', '.join(one.title for one in released)}."
        yield (
            "Yang terbit tidak dapat ditarik. Lihat dahulu: payung kinerja --simulasi. Belum boleh terbit? Sebelum "
            "putaran itu, kosongkan evaluasi.terbit di payung.yaml."
        )
    else:
        yield "Putaran berikutnya tidak menerbitkan angka apa pun."


def state_data(state: ReleaseState) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "terbit_berikutnya": state.due.isoformat() if state.due else None,
        "ditahan": state.held,
        "dihitung_ulang": [str(one) for one in state.asked],
        "terbitan": [frozen_publication.to_data(one) for one in state.published],
    }


def preview_lines(prepared: tuple[Prepared, ...]) -> Iterator[str]:
    """Say what would be published by the register as it is now, and which cells would be hidden, and why."""
    if not prepared:
        yield _NOTHING_DUE
    for one in prepared:
        made = one.publication
        yield f"{made.period.title}{f' (hitungan ke-{made.count})' if made.count > 1 else ''}".upper()
        for table in publication_preview.tables(one):
            yield from ("", f"{table.title}: {table.remark or 'semua angka tampak.'}")
            yield from aligned(("", "DIHITUNG", ""), [(name, number(n), why) for name, n, why in table.rows])
        for value in made.values:
            yield ""
            yield f"{value.title}{f': {value.remark}' if value.remark else ''}"
            yield from (f"{row.label}  {number(row.value)} {row.unit}" for row in value.rows)
        yield ""
    if prepared:
        yield "Kolom DIHITUNG hanya untuk kantor; yang terbit hanya angka tanpa catatan di sebelahnya."


def preview_data(prepared: tuple[Prepared, ...]) -> list[Any]:
    """Give the same as data; what was counted is for the office only."""
    return [
        {"nama": one.publication.name, "hanya_untuk_kantor": [*map(_table_data, publication_preview.tables(one))]}
        | {"terbit": frozen_publication.to_data(one.publication)}
        for one in prepared
    ]


def _table_data(one: PreviewTable) -> dict[str, Any]:
    return {"tabel": one.name, "judul": one.title, "keterangan": one.remark, "baris": [*one.rows]}
