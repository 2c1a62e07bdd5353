"""What the next publication of figures would hold by the register as it is now, for officers: what it hides and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from processor.evaluation.publication_tables import PERIOD, SMALL, cells, key
from processor.foundation.errors import PayungError
from processor.operations.figures import figure_release, next_publication, publication_lists
from processor.operations.figures.next_publication import Prepared
from processor.operations.office import Office

_SMALL = f"disembunyikan: kurang dari {SMALL + 1}"
_WITH_IT = "disembunyikan: supaya angka kecil lain tidak dapat dihitung"


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """A table before it is published: ``remark`` says what it hides; its rows, each with its label, what was counted,
    and why that is not shown ("" where it is)."""

    name: str
    title: str
    remark: str
    rows: tuple[tuple[str, int, str], ...]


def prepare(office: Office) -> tuple[Prepared, ...]:
    """Count and audit what is published next, and publish nothing.

    Raises:
        PayungError: The office publishes no figures, or as ``next_publication.prepare``.
    """
    due = figure_release.next_day(office)
    if due is None:
        raise PayungError(publication_lists.OFF)
    return next_publication.prepare(office, max(due, office.now().date()))


def tables(one: Prepared) -> Iterator[PreviewTable]:
    """Give every table of what was prepared."""
    words = {words.name: words for words in one.publication.words}
    for counted, table in zip(one.counts, one.publication.figures.tables, strict=True):
        period, axis = counted.axes
        every, said = cells(counted), words[counted.name]
        rows = []
        for node, label in {axis.root: "Semua permohonan", **said.labels}.items():
            cell = key((PERIOD, axis.name), (period.root, node))
            why = "" if cell in table.shown else _SMALL if every[cell] <= SMALL else _WITH_IT
            rows.append((label, every[cell], why))
        yield PreviewTable(counted.name, said.title, table.remark, tuple(rows))
