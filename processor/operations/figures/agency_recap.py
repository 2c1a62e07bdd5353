"""One recap of the figures of many agencies: what was read is added up, and their keys are remembered."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from processor.evaluation import recap_text
from processor.evaluation.figure import label_of
from processor.evaluation.periods import Period
from processor.evaluation.rollup import Recap
from processor.foundation import atomic_files
from processor.foundation.progress import Progress
from processor.foundation.settings import Settings
from processor.operations.figures import recap_sources
from processor.operations.figures.known_agencies import KnownAgencies
from processor.operations.figures.recap_sources import Gathered
from processor.operations.record_lists import RecordList


def gathered(
    settings: Settings, sources: Sequence[str], accepted: Collection[str], today: date, progress: Progress
) -> Gathered:
    """Read what ``sources`` name, without any all addresses of the settings; add it up, and remember new keys.

    ``accepted`` are fingerprints of keys that are to replace others; a file of a later day than ``today`` is refused.
    Raises PayungError as ``recap_sources.read``, and where what is remembered cannot be read; OSError.
    """
    agencies, memory = settings.rekap.instansi, KnownAgencies(settings.office_key.parent)
    contents = recap_sources.read(sources, agencies, progress)
    found = recap_sources.gather(contents, agencies, memory.load(), today, {one.upper() for one in accepted})
    if found.news:
        atomic_files.make_folder(memory.folder)
        memory.save(found.keys)
    return found


def lists(recap: Recap, period: Period) -> Iterator[RecordList]:
    """Give a recap as lists: the agencies, each table summed over all, and what is missing."""
    yield RecordList("Instansi", recap_text.AGENCIES, tuple(recap_text.agencies(recap, period)), "")
    for name in recap.sums(period):
        yield RecordList(label_of(name), recap_text.SUMS, tuple(recap_text.sums(recap, period, name)), "")
    yield RecordList("Belum ada", recap_text.GAPS, tuple(recap_text.gaps(recap.gaps())), "Tidak ada yang kurang.")
