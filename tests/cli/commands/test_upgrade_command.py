"""``payung perbarui``: a plan, an answer, the deed, and the way back."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import processor
from tests.commands import payung
from tests.office import ROOT
from tests.operations.upgrade.older_office import contents, older_office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = older_office(tmp_path / "kantor").root
    (office / "docs" / "faq.md").write_text("# Tanya jawab kami\n", "utf-8")
    return office


def test_a_plan_is_shown_done_once_agreed_and_taken_back(folder: Path) -> None:
    before = contents(folder)
    said = payung("perbarui", folder=folder, code=2)
    assert said.startswith(
        f"Payung 0.1.0 → {processor.__version__}\n\nDigabung isian demi isian; yang Anda tulis tetap (2):"
    )
    assert "Diganti, karena masih seperti bawaan versi yang dulu (9):\n  forms/permohonan.yaml, " in said
    assert "yang baru ditaruh di folder pembaruan (1):\n  docs/faq.md\n    @@" in said
    assert "- payung.yaml, dasar.sop.nama: milik Anda “SOP Layanan" in said
    assert said.endswith("\nBelum ada yang ditulis. Kerjakan: payung perbarui --ya\n")
    assert contents(folder) == before
    done = payung("perbarui", "--ya", folder=folder, code=2)
    assert "Mengembalikan semuanya: payung perbarui --kembalikan\nBandingkan pembaruan/perbedaan.txt" in done
    assert "Formulir berubah: ulangi payung formulir google" in done
    assert "Tidak ada yang perlu diperbarui." in payung("perbarui", folder=folder)
    assert "berkas dikembalikan seperti sebelum diperbarui." in payung("perbarui", "--kembalikan", folder=folder)
    assert contents(folder) == before
    assert "Tidak ada pembaruan" in payung("perbarui", "--kembalikan", folder=folder, code=1)


def test_a_program_reads_the_plan_with_what_is_open_and_its_mend(folder: Path) -> None:
    said = json.loads(payung("perbarui", "--json", folder=folder, code=2))
    assert (said["dari"], said["ke"], said["dikerjakan"]) == ("0.1.0", processor.__version__, False)
    kinds = {one["berkas"]: one["jenis"] for one in said["perubahan"]}
    assert (kinds["payung.yaml"], kinds["docs/faq.md"]) == ("gabung", "samping")
    [menu, question] = said["pertanyaan"]
    assert menu["tempat"] == ["nav", "Kabar", "Kabar"]
    old = "SOP Layanan Bantuan Hukum secara Elektronik"
    assert question == {
        "berkas": "payung.yaml", "tempat": ["dasar", "sop", "nama"], "dulu": old, "milik_anda": old,
        "baru": "Prosedur Layanan Bantuan Hukum secara Elektronik",
        "perbaikan": "Milik Anda tetap. Mau yang baru? Ubah sendiri di payung.yaml.",
    }  # fmt: skip
    assert json.loads(payung("perbarui", "--ya", "--json", folder=folder, code=2))["dikerjakan"] is True


def test_whoever_sits_at_a_terminal_is_asked_about_what_both_changed(folder: Path) -> None:
    above, below = pty.openpty()
    os.write(above, b"\nb\ny\n")
    command = [sys.executable, "-m", "processor", "perbarui"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=below, capture_output=True, text=True, check=False
    )
    os.close(above)
    os.close(below)
    assert (done.returncode, done.stderr) == (2, "")
    assert "Pilih untuk tiap isian: Enter = tetap milik Anda, b = pakai yang baru." in done.stdout
    assert "    nama: Prosedur Layanan" in (folder / "payung.yaml").read_text("utf-8")
    assert "Jam layanan" in (folder / "mkdocs.yml").read_text("utf-8")


def test_where_the_beginning_is_unknown_both_are_shown_and_nothing_written(folder: Path) -> None:
    for path in (folder / "opinions").rglob("*.*"):
        path.unlink()
    before = contents(folder)
    said = payung("perbarui", "--ya", folder=folder, code=2)
    assert "Tidak diketahui dari versi mana folder ini bermula, jadi tidak ada yang ditulis." in said
    assert "payung.yaml\n    @@" in said
    assert contents(folder) == before
