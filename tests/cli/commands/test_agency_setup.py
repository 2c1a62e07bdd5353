"""``payung siapkan`` for a new agency: ten questions at a terminal, or a file of answers, and its folder."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from processor.cli.commands.agency_setup import KEPT
from processor.foundation import settings, shipped
from processor.operations.founding import agency_answers
from tests.commands import Terminal, payung
from tests.office import ROOT, everything

TYPED = (
    "Rekaan", "kabupaten rekaan",  # the first is asked again
    "", "Jalan Rekaan 1", "Jalan Rekaan 1, Rekaankota 12345", "(0999) 123456", "hukum@rekaankab.go.id", "",
    "07.30-16.00", "07.30-16.00 WITA", "Kepala Rekaan, S.H. 197001011998031003",
    "Loket Rekaan 199001012015032001", "Penyusun Rekaan", "Penyusun Rekaan 198802022014031002", "",
)  # fmt: skip
UNITS = ("Dinas Pendidikan", "Dinas Kesehatan", "")


def lines(*words: str) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def asked(folder: Path, *words: str, typed: bytes, code: int = 0) -> str:
    return payung("siapkan", *words, folder=folder, typed=typed, code=code, source=Terminal)


def test_ten_answers_make_an_office_in_an_empty_folder(tmp_path: Path) -> None:
    here = tmp_path / "folder kerja"  # a blank in the path
    here.mkdir()
    said = asked(here, typed=lines(*TYPED, *UNITS, "apa", "4", "(0999) 654321", "11", ""))
    for sentence in ("Mulailah dengan jenisnya", "Akhiri dengan koma", "WIB, WITA, atau WIT", "NIP 18 angka"):
        assert said.count(sentence) == 1, sentence
    assert said.count("tidak dikenal. Tekan Enter, atau tulis angka") == 2
    assert "PEMERINTAH KABUPATEN REKAAN / SEKRETARIAT DAERAH / BAGIAN HUKUM" in said
    found = settings.load(here / "payung.yaml")
    assert (found.instansi.telepon, found.situs.alamat) == ("(0999) 654321", "https://bantuanhukum.rekaankab.go.id/")
    assert [unit.nama for unit in found.unit] == ["Dinas Pendidikan", "Dinas Kesehatan"]
    assert (here / "pribadi" / "register" / ".git").is_dir()
    before = everything(here)
    assert "Kunci kantor sudah ada" in payung("siapkan", folder=here)
    assert everything(here) == before
    same = tmp_path / "lagi"
    told = payung("siapkan", "../lagi", "--jawaban", here / KEPT, folder=here)
    assert f"Folder kerja dibuat: {same.resolve()}\n" in told
    assert (same / "payung.yaml").read_bytes() == (here / "payung.yaml").read_bytes()


def test_the_check_of_a_new_office_lists_only_what_needs_a_hand_each_with_its_mend(tmp_path: Path) -> None:
    asked(tmp_path, typed=lines(*TYPED[1:3], *TYPED[4:8], *TYPED[9:12], *TYPED[13:], *UNITS, ""))
    payung("siapkan", "--kunci-pemulihan", folder=tmp_path)
    left = json.loads(payung("periksa", "--json", folder=tmp_path, code=2))
    said = [f"{one['masalah']} {one['perbaikan']}" for one in left]
    expected = (
        "dasar belum bernomor.* Tulis nomor",
        "pdp.kontak atau pdp.retensi belum diisi.* Tulis",
        "peraturan belum pernah dicocokkan.* Buka naskah",
        "Belum pernah ada putaran.* Jalankan",
    )
    assert len(said) == len(expected), said
    assert all(re.search(pattern, one) for pattern, one in zip(expected, said, strict=True)), said


def test_whoever_leaves_goes_on_later_where_they_were(tmp_path: Path) -> None:
    said = asked(tmp_path, typed=lines("Kota Rekaan", "Bagian Hukum"), code=130)
    assert "belum ada yang dibuat" in said
    assert [path.name for path in tmp_path.iterdir()] == [KEPT]
    said = asked(tmp_path, typed=lines("t"), code=130)
    assert "2 pertanyaan sudah dijawab" in said
    assert " 1/10" not in said
    assert " 3/10" in said
    assert not (tmp_path / "payung.yaml").exists()


def test_a_mistake_in_what_was_kept_is_told_and_no_example_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / KEPT).write_text("instansi: Kota Rekaan\ntelepon: nanti\n", "utf-8")
    before = everything(tmp_path)
    assert "baris 2: “telepon”: Tulis nomor" in payung("siapkan", "--ya", folder=tmp_path, code=2)
    assert everything(tmp_path) == before
    said = asked(tmp_path, typed=b"", code=130)
    assert "baris 2: “telepon”: Tulis nomor" in said
    assert " 2/10" in said
    (tmp_path / KEPT).write_text("instansi: Kota Rekaan\n", "utf-8")
    assert "Bagian Hukum" in payung("siapkan", "--ya", folder=tmp_path)


def test_a_folder_with_other_things_in_it_gets_one_of_the_agencys_name_and_nothing_is_written_over(
    tmp_path: Path,
) -> None:
    (tmp_path / "surat.txt").write_text("milik saya")
    said = payung("siapkan", "--ya", folder=tmp_path)
    made = tmp_path / "bagian-hukum-kabupaten-contoh"
    assert f"cd {made}" in said
    assert {path.name for path in tmp_path.iterdir()} == {"surat.txt", made.name}
    before = everything(tmp_path)
    assert "tidak ada yang ditimpa" in payung("siapkan", "--ya", folder=tmp_path, code=1)
    assert "bukan folder" in payung("siapkan", "surat.txt", "--ya", folder=tmp_path, code=1)
    assert "Jawaban tidak dipakai" in payung("siapkan", made, "--jawaban", made / KEPT, folder=tmp_path, code=1)
    assert everything(tmp_path) == before


def test_in_the_programs_own_folder_an_office_is_made_beside_it(tmp_path: Path) -> None:
    agency_answers.keep(tmp_path / KEPT, agency_answers.with_proposals({}))
    said = asked(ROOT, "--jawaban", str(tmp_path / KEPT), typed=lines("t"), code=130)
    assert f"Folder         {shipped.sources().parent / 'bagian-hukum-kabupaten-contoh'}\n" in said
    assert not (ROOT / KEPT).exists()


def test_where_nobody_can_be_asked_the_way_is_told_and_every_gap_of_a_file(tmp_path: Path) -> None:
    assert "payung siapkan --jawaban BERKAS" in payung("siapkan", folder=tmp_path, code=1)
    (tmp_path / "jawab.yaml").write_text("instansi: Kota Rekaan\njam: pagi\n")
    said = payung("siapkan", "--jawaban", "jawab.yaml", folder=tmp_path, code=2)
    assert "baris 2: “jam”: Tulis jam buka" in said
    assert said.count("belum dijawab") == 7
    (tmp_path / "rusak.yaml").write_text("instansi: Kota Rekaan\nsatuan: [\n")
    for name, wrong in (("tiada.yaml", "Berkas tidak ada"), ("rusak.yaml", "tidak terbaca di sekitar baris ini")):
        said = payung("siapkan", "--jawaban", name, folder=tmp_path, code=2)
        assert wrong in said
        assert "belum dijawab" not in said
    (tmp_path / "rusak.yaml").unlink()
    assert "Buat dengan: payung siapkan" in payung("layani", folder=tmp_path, code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["jawab.yaml"]


LISTENS = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from processor.cli import main; "
)
"""What is started in the background would not hear Ctrl+C."""


@pytest.mark.long  # what it adds to the test above is a real terminal and a real signal
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminal")
def test_at_a_real_terminal_ctrl_c_leaves_with_the_answers_kept(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    words = [sys.executable, "-c", f"{LISTENS}sys.exit(main.main(['siapkan']))"]
    process = subprocess.Popen(words, cwd=tmp_path, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        shown = b""
        for typed in (b"Kota Rekaan\n", b"\n", b""):
            while not shown.rstrip().endswith(b">"):
                shown += os.read(ours, 4096)
            os.write(ours, typed)
            shown += b"|" * bool(typed)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    finally:
        process.kill()
        process.wait()
    os.close(ours)
    assert (tmp_path / KEPT).read_text("utf-8").endswith("instansi: Kota Rekaan\nsatuan: Bagian Hukum\n")
