"""Published figures and testimonials, as lists that a page or a terminal shows. What cannot be read says so."""

from processor.cases.testimonials import WITHDRAWN, FiledTestimonial
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.operations.figures import figure_release, testimonial_acts
from processor.operations.figures.figure_release import ReleaseState
from processor.operations.office import Office
from processor.operations.record_lists import RecordList

OFF = "Angka tidak diterbitkan: tulis tanggal terbitnya di payung.yaml, bagian evaluasi, misalnya terbit: 15."


def publications(office: Office) -> RecordList:
    """List what is published, newest first; where nothing is, say when something will be."""
    columns = ("Terbitan", "Terbit", "Tabel tampak", "Dari")
    try:
        state = figure_release.state_of(office)
    except PayungError as error:
        return RecordList("Angka yang terbit", columns, (), str(error))
    rows = tuple(
        (one.name, tanggal(one.made), str(sum(1 for table in one.figures.tables if table.shown)), str(len(one.words)))
        for one in reversed(state.published)
    )
    return RecordList("Angka yang terbit", columns, rows, next_words(state))


def next_words(state: ReleaseState) -> str:
    """Say when figures are published next."""
    return f"Terbit berikutnya: {tanggal(state.due)}. Lihat dahulu: payung kinerja --simulasi" if state.due else OFF


def testimonials(office: Office) -> RecordList:
    """List every testimonial with its standing. Raises OSError where the disk refuses."""
    rows = tuple(
        (one.name, one.testimonial.sebagai if one.testimonial else "", standing(one))
        for one in testimonial_acts.read(office)
    )
    empty = (
        "Belum ada testimoni. Catat sesudah ada persetujuan tertulis: payung testimoni --tambah --oleh pengelola "
        '--kutipan "..." --sebagai "Seorang guru" --persetujuan 2026-07-02 --naskah "Map persetujuan, nomor 3"'
    )
    return RecordList("Testimoni", ("Nama", "Sebagai", "Keadaan"), rows, empty)


def standing(one: FiledTestimonial) -> str:
    """Tell how a testimonial stands."""
    if one.problems:
        return "perlu dibetulkan"
    if one.approved_on:
        return "disetujui"
    return "ditarik" if one.decided and one.decided.kind == WITHDRAWN else "menunggu petugas kedua"
