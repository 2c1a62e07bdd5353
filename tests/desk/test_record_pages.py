"""The office's own records at the desk: written by the same acts as by command, with mistakes beside their field."""

import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from processor.desk import record_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Visit
from processor.operations import office_records, side_journal
from processor.operations.office import Office
from processor.operations.office_records import OfficeRecords
from tests.story import Story

EVENT = {"jenis": "sosialisasi", "tanggal": "2026-02-12", "cara": "apel", "sasaran": "pejabat pembuat komitmen"}
ACTION = {
    "kode": "2026-1", "tahun": "2026", "aspek": "2", "uraian": "Pemeriksa kedua", "penanggung_jawab": "Kepala bagian",
    "tenggat": "2026-06-30",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Story(tmp_path_factory.mktemp("kantor")).office


@pytest.fixture
def visit(office: Office) -> Visit:
    """A desk of an office that has written nothing yet."""
    for name in (*office_records.LISTS, "kegiatan", office_records.JOURNAL):
        path = office.register.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return Visit(office, "/x/", "kabag", token="t", signed_in=True)


def post(visit: Visit, kind: str, form: str, **texts: str) -> Elsewhere | str:
    given = {key: (text,) for key, text in {"borang": form, **texts}.items()}
    return record_pages.record_act(kind, replace(visit, posted=Posted(given)))


def found(visit: Visit) -> OfficeRecords:
    return office_records.read(visit.office)


def wrong(page: Elsewhere | str) -> dict[str, str]:
    """What stands beside each field, by its name."""
    assert isinstance(page, str)
    return {name: unescape(said) for name, said in re.findall(r'class="salah" id="\w+-(\w+)-salah">([^<]*)<', page)}


def test_an_event_is_written_and_later_who_came_in_the_name_of_who_signed_in(visit: Visit) -> None:
    assert [*wrong(post(visit, "kegiatan", "tambah", **EVENT))] == ["hadir"]
    leaflet = {**EVENT, "cara": "leaflet", "materi": "Kontrak"}
    assert post(visit, "kegiatan", "tambah", **leaflet) == Elsewhere("/x/kegiatan")
    [one] = found(visit).activities.entries
    assert (one.tanggal, one.cara, one.hadir, one.materi) == (date(2026, 2, 12), "leaflet", None, "Kontrak")
    [(path, _)] = found(visit).activities.places
    assert isinstance(post(visit, "kegiatan", "hadir", kegiatan=path.name, hadir="64", hadir_ppnpn="5"), Elsewhere)
    [one] = found(visit).activities.entries
    assert (one.hadir, one.hadir_ppnpn) == (64, 5)
    assert '<td role="cell" data-label="Hadir">64</td>' in record_pages.record_page("kegiatan", visit)
    told = side_journal.read(visit.office.register, office_records.JOURNAL)[0]
    assert [(one.actor, one.data) for one in told] == [
        ("kabag", {"berkas": f"kegiatan/{path.name}", "perbuatan": what}) for what in ("ditambah", "diubah")
    ]


def test_a_planned_event_may_lie_ahead_and_a_day_of_monitoring_may_not(visit: Visit) -> None:
    assert isinstance(post(visit, "kegiatan", "tambah", **{**EVENT, "tanggal": "2026-08-12"}), Elsewhere)
    page = post(visit, "pemantauan", "tambah", unit="DINAS-1", tanggal="2026-08-12", catatan="Spanduk diturunkan.")
    assert wrong(page) == {"tanggal": "Hari itu belum tiba."}
    assert "Spanduk diturunkan." in str(page)


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(visit: Visit) -> None:
    assert wrong(post(visit, "kegiatan", "tambah", **{**EVENT, "jenis": "rapat"}, hadir="banyak")) == {
        "jenis": "Pilih dari daftar.",
        "hadir": "Tulis bilangan saja, misalnya 40.",
    }
    page = post(visit, "rencana", "tambah", **{**ACTION, "uraian": "Hubungi 081234567890."})
    assert [*wrong(page)] == ["uraian"]
    assert (found(visit).activities.entries, found(visit).actions.entries) == ((), ())


def test_an_action_is_planned_and_finished(visit: Visit) -> None:
    assert isinstance(post(visit, "rencana", "tambah", **ACTION), Elsewhere)
    assert wrong(post(visit, "rencana", "tambah", **{**ACTION, "tahun": "1"})) != {}
    done = {"kode": "2026-1", "hasil": "Dua bertugas.", "tanggal": "2026-03-02"}
    assert isinstance(post(visit, "rencana", "selesai", **done), Elsewhere)
    [one] = found(visit).actions.entries
    assert (one.selesai, one.hasil) == (date(2026, 3, 2), "Dua bertugas.")
    with pytest.raises(NoSuchPage):
        post(visit, "rencana", "selesai", **done)


def test_risks_are_begun_once_and_reviewed(visit: Visit) -> None:
    assert isinstance(post(visit, "risiko", "mulai"), Elsewhere)
    with pytest.raises(NoSuchPage):
        post(visit, "risiko", "mulai")
    code = found(visit).risks.entries[0].kode
    assert isinstance(post(visit, "risiko", "tinjau", kode=code, dampak="2"), Elsewhere)
    one = found(visit).risks.entries[0]
    assert (one.dampak, one.ditinjau) == (2, date(2026, 3, 2))


def test_what_hinders_the_office_is_noted_and_later_solved(visit: Visit) -> None:
    given = {"jenis": "sumber_daya", "uraian": "Satu analis cuti.", "tanggal": "2026-03-01"}
    assert [*wrong(post(visit, "hambatan", "tambah", **given | {"jenis": "cuaca"}))] == ["jenis"]
    assert post(visit, "hambatan", "tambah", **given) == Elsewhere("/x/hambatan")
    chosen = {"butir": "1-2026-03-01", "tindakan": "Dibantu analis lain."}
    early = post(visit, "hambatan", "teratasi", **chosen, tanggal="2026-02-01")
    assert isinstance(early, str), "it cannot be over before it began"
    assert post(visit, "hambatan", "teratasi", **chosen, tanggal="2026-03-02") == Elsewhere("/x/hambatan")
    [one] = found(visit).obstacles.entries
    assert (one.jenis, one.tindakan, one.selesai) == ("sumber_daya", "Dibantu analis lain.", date(2026, 3, 2))
    with pytest.raises(NoSuchPage):
        post(visit, "hambatan", "teratasi", **chosen, tanggal="2026-03-02")


def test_whoever_only_looks_writes_nothing(visit: Visit) -> None:
    nobody = replace(visit, me="", signed_in=False)
    assert '<form class="langkah"' not in record_pages.record_page("rencana", nobody)
    assert "Pilih dahulu nama Anda" in str(post(nobody, "rencana", "tambah", **ACTION))
    assert found(visit).actions.entries == ()
