"""What an officer sees of publications before and after they are made."""

from datetime import date

from processor.cli import publication_text
from processor.evaluation import published_counts, suppression
from processor.evaluation.periods import Period
from processor.operations.figures import publication_lists
from processor.operations.figures.figure_release import ReleaseState
from processor.operations.figures.next_publication import Prepared
from tests.evaluation import test_frozen_publication as sample
from tests.evaluation.generated_registers import COUNTING

CASES = sample.requests({"netralitas": 12, "pengadaan": 9, "keuangan_aset": 1})
PREPARED = Prepared(sample.published(CASES), published_counts.tables(CASES, "2026/1", COUNTING))


def line(begins: str) -> str:
    [found] = [line for line in publication_text.preview_lines((PREPARED,)) if line.startswith(begins)]
    return found


def test_what_is_hidden_stands_beside_its_reason() -> None:
    assert line("Netralitas").split() == ["Netralitas", "12"]
    assert "disembunyikan: kurang dari 3" in line("Keuangan aset")
    assert "supaya angka kecil lain tidak dapat dihitung" in line("Pengadaan")
    assert line("Menurut topik") == f"Menurut topik: {suppression.HIDDEN}"
    assert "Median  210 menit kerja" in [*publication_text.preview_lines((PREPARED,))]


def test_data_says_what_is_for_the_office_only_and_what_is_published() -> None:
    [one] = publication_text.preview_data((PREPARED,))
    assert one["terbit"]["jenis"] == "terbitan angka Payung"
    assert ("Keuangan aset", 1, "disembunyikan: kurang dari 3") in one["hanya_untuk_kantor"][2]["baris"]


def test_a_day_on_which_nothing_is_published_is_told() -> None:
    assert [*publication_text.preview_lines(())] == ["Tidak ada angka yang terbit pada hari itu."]


def test_the_state_says_what_comes_next_what_waits_and_what_keeps_it_back() -> None:
    state = ReleaseState(date(2026, 7, 15), (PREPARED.publication,), (Period(2026, 1),), "register lebih lama.")
    text = "\n".join(publication_text.state_lines(state))
    assert "Terbit berikutnya: 15 Juli 2026" in text
    assert "Ditahan: register lebih lama." in text
    assert "Dihitung ulang pada penerbitan berikutnya: Triwulan I Tahun 2026" in text
    assert text.splitlines()[-1].split() == ["2026-1", "15", "April", "2026", "6", "6"]
    nothing = publication_text.state_lines(ReleaseState(None, (), (), ""))
    assert [*nothing] == [publication_lists.OFF, "Belum ada angka yang diterbitkan."]
    assert publication_text.state_data(state)["dihitung_ulang"] == ["2026-1"]


def test_whoever_settles_what_is_published_reads_what_comes_out_by_that() -> None:
    told = " ".join(publication_text.settled_lines((Period(2026, 2), Period(2026))))
    assert "Putaran berikutnya menerbitkan angka Triwulan II Tahun 2026, Tahun 2026." in told
    assert [*publication_text.settled_lines(())][1] == "Putaran berikutnya tidak menerbitkan angka apa pun."
