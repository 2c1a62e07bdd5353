"""``payung rekap``: files, folders and addresses of other agencies become one table."""

import io
import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import openpyxl  # type: ignore[import-untyped]  # only read with here
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from processor.cases import aggregate_key
from processor.evaluation.frozen_publication import FrozenPublication
from tests.commands import payung
from tests.evaluation.aggregates import published, quarter
from tests.office import agency, register

FIRST = quarter("2026/2", dijawab=20, ditolak=12)
SECOND = quarter("2026/3", [FIRST], dijawab=30, ditolak=2, terbuka=1, dibatalkan=11)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's own name
        """Keep no log."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A site that gives what lies in the folder ``situs``."""
    (tmp_path / "situs").mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "situs")) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/rekap.json"
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office that was sent the files of two others; one of them has not published the second quarter."""
    agency(tmp_path)
    (tmp_path / "kiriman").mkdir()
    for name, publications in {"Biro A": (FIRST, SECOND), "Biro =B": (SECOND,)}.items():
        write(tmp_path / "kiriman" / f"{name[-1]}.json", name, *publications)
    return tmp_path


def write(path: Path, name: str, *publications: FrozenPublication, key: Ed25519PrivateKey | None = None) -> None:
    signing = key or Ed25519PrivateKey.generate()
    path.write_bytes(aggregate_key.sign(signing, published(name, *publications).content()))


def test_a_folder_of_files_becomes_a_table_with_what_is_hidden_and_missing(folder: Path) -> None:
    said = payung("rekap", "kiriman", folder=folder)
    assert "Rekap Triwulan III Tahun 2026: 2 dari 2 instansi" in said
    assert ["Dijawab", "60", "68,2", "%", "2", "0", "0"] in [line.split() for line in said.splitlines()]
    assert "disembunyikan" in said
    assert "Ditarik pemohon" in said
    assert "diingat mulai sekarang" in said
    assert "Biro _B   2026-2   semua" in said
    assert "diingat" not in payung("rekap", "kiriman", folder=folder)
    assert "1 dari 2 instansi" in payung("rekap", "kiriman", "--periode", "2026-2", folder=folder)
    assert "Belum ada angka Tahun 2024" in payung("rekap", "kiriman", "--periode", "2024", folder=folder)


def test_a_program_reads_every_period_and_what_was_refused(folder: Path) -> None:
    (folder / "kiriman" / "rusak.json").write_bytes(b"{}")
    data = json.loads(payung("rekap", "kiriman", "--json", folder=folder, code=2))
    answered = {one["periode"]: one for one in data["angka"] if one["kategori"] == "dijawab"}
    assert (answered["2026-2"]["jumlah"], answered["2026-2"]["tidak_ada"]) == (20, 1)
    assert (answered["2026-3"]["jumlah"], answered["2026-3"]["lengkap"]) == (60, True)
    assert [one["periode"] for one in data["belum_ada"]] == [["2026-2"]]
    assert [Path(one["tempat"]).name for one in data["ditolak"]] == ["rusak.json"]


def test_a_workbook_holds_sums_agencies_and_gaps(folder: Path) -> None:
    assert "buku.xlsx" in payung("rekap", "kiriman", "--xlsx", folder / "buku.xlsx", folder=folder)
    first = (folder / "buku.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.sheetnames == ["Jumlah", "Instansi", "Belum ada"]
    assert [*book["Belum ada"].values][1] == ("Biro _B", "2026-2", "semua")
    payung("rekap", "kiriman", "--xlsx", folder / "buku.xlsx", folder=folder)
    assert (folder / "buku.xlsx").read_bytes() == first


def test_addresses_of_the_settings_are_asked_and_a_changed_key_waits_for_a_person(tmp_path: Path, address: str) -> None:
    listed = [{"kode": "A", "nama": "Biro A", "alamat": address}, {"kode": "B", "nama": "Biro B"}]
    agency(tmp_path, rekap={"instansi": listed})
    write(tmp_path / "situs" / "rekap.json", "Biro A", SECOND)
    said = payung("rekap", folder=tmp_path)
    assert "1 dari 2 instansi" in said
    assert "Biro B" in said
    other = Ed25519PrivateKey.generate()
    write(tmp_path / "situs" / "rekap.json", "Biro A", SECOND, key=other)
    assert "Kuncinya berubah" in payung("rekap", folder=tmp_path, code=2)
    mark = aggregate_key.fingerprint(aggregate_key.public_text(other))
    assert "diingat mulai sekarang" in payung("rekap", "--terima-kunci", mark.lower(), folder=tmp_path)
    (tmp_path / "situs" / "rekap.json").unlink()
    assert "kode 404" in payung("rekap", folder=tmp_path, code=2)


def test_an_office_shows_its_own_key_and_replaces_it_only_by_somebody(folder: Path) -> None:
    register(folder)
    assert "Belum ada kunci" in payung("rekap", "--kunci", folder=folder)
    assert "tentang kantor ini sendiri" in payung("rekap", "kiriman", "--kunci", folder=folder, code=1)
    assert "Sebutkan juga: --oleh" in payung("rekap", "--kunci-baru", folder=folder, code=1)
    made = payung("rekap", "--kunci-baru", "--oleh", "pengelola", folder=folder)
    assert made.splitlines()[1:] == payung("rekap", "--kunci", folder=folder).splitlines()
    assert made != payung("rekap", "--kunci-baru", "--oleh", "pengelola", folder=folder)


def test_the_task_force_sees_its_work_by_unit_and_whom_it_did_not_reach(tmp_path: Path) -> None:
    units = [{"kode": "DISDIK", "nama": "Pendidikan"}, {"kode": "SMA", "nama": "Sekolah", "induk": "DISDIK"},
             {"kode": "DISKES", "nama": "Kesehatan"}]  # fmt: skip
    agency(tmp_path, unit=units)
    register(tmp_path)
    given = ("--jenis", "edukasi_netralitas", "--tanggal", "2026-02-02", "--cara", "apel", "--oleh", "pengelola")
    payung("kegiatan", "tambah", *given, "--unit", "SMA", "--hadir", 30, "--hadir-ppnpn", 4, folder=tmp_path)
    words = ("rekap", "--netralitas", "--periode", "2026-1")
    lines = [line.split() for line in payung(*words, folder=tmp_path).splitlines()]
    assert ["·", "SMA", "Sekolah", "1", "0", "30", "4", "0"] in lines
    assert ["DISDIK", "Pendidikan", "1", "0", "30", "4", "0"] in lines
    assert ["DISKES", "Kesehatan"] in lines
    data = json.loads(payung(*words, "--json", folder=tmp_path))
    assert data["belum_ada_edukasi"] == [{"kode": "DISKES", "di_bawahnya": 0}]
    payung(*words, "--xlsx", tmp_path / "a.xlsx", folder=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [*book["Unit"].values][3][:2] == ("· SMA Sekolah", "1")


def test_without_anything_to_gather_the_command_says_what_to_name(folder: Path) -> None:
    assert "bagian rekap di payung.yaml" in payung("rekap", folder=folder, code=1)
    assert "tidak terdaftar" in payung("rekap", "https://lain.example.go.id/", folder=folder, code=1)
