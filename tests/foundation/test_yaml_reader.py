"""What people write: read as text, mistakes told with line, cause and mend."""

from datetime import time
from pathlib import Path

import pytest

from processor.foundation import settings, yaml_reader
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.yaml_reader import Written, YesNo
from tests.office import ROOT


class Sample(Written):
    nama: str
    siap: YesNo = False
    isi: tuple[str, ...] = ()
    jam: time | None = None


def problems(text: str) -> list[str]:
    document = yaml_reader.parse(Path("a.yaml"), text)
    return [str(problem) for problem in yaml_reader.validate(Sample, document)[1]]


@pytest.mark.parametrize("text", ["0217654321", "198001012005011901", "no", "12:30", "2026-13-45", "1e5", "0x1F"])
def test_every_scalar_is_the_text_that_stands_there(text: str) -> None:
    assert yaml_reader.parse(Path("a.yaml"), f"nama: {text}").data == {"nama": text}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nama: a\nnama: b", "a.yaml, baris 2: Kunci “nama” tertulis dua kali (juga pada baris 1). Sisakan satu."),
        ("siap: ya", "a.yaml, baris 1: “nama” belum diisi. Tambahkan."),
        ("nama: a\nsiip: ya", "a.yaml, baris 2: “siip” tidak dikenal. Maksudnya “siap”?"),
        ("nama: a\nsiap: mungkin", "a.yaml, baris 2: “siap” harus ya atau tidak. Tulis ya atau tidak."),
        ("nama: a\n\tsiap: ya", "a.yaml, baris 2: Baris ini menjorok dengan tab. Ganti tab dengan spasi."),
        ("nama: pasal 3: denda", "Ada titik dua di dalam isian."),
        ("nama: a\nisi: b", "“isi” harus berupa daftar"),
        ("nama: [a", "Susunan YAML tidak terbaca"),
        ("nama: a\nisi:\n  - Pertanyaan: apakah sah?", "a.yaml, baris 3: Ada titik dua di dalam “isi butir 1”. Apit"),
        ("nama: a\nisi:\n  - b\n  - [c]", "a.yaml, baris 4: “isi butir 2” harus berupa teks, bukan daftar."),
        ("", "a.yaml: Berkas kosong. Pulihkan dari cadangan."),
        ("# catatan\n\n", "Berkas kosong"),
        ("nama:a\nsiap: ya", "a.yaml, baris 1: Tidak ada spasi sesudah titik dua pada “nama:”. Beri satu spasi"),
        ("siap: ya\nnama:a\nisi: [b]", "a.yaml, baris 2: Tidak ada spasi sesudah titik dua pada “nama:”."),
        ("siap: ya\nnama:a\n", "a.yaml, baris 2: Tidak ada spasi sesudah titik dua pada “nama:”."),
        ("# dahulu\nnama:a", "a.yaml, baris 2: Tidak ada spasi sesudah titik dua pada “nama:”."),
        ("nama:\n  satu: dua\n", "a.yaml, baris 1: Ada titik dua di dalam tulisan “nama”. Beri tanda | sesudah"),
        ("nama: satu\n  ada dua: tiga", "a.yaml, baris 2: Ada titik dua di dalam isian. Apit isian dengan tanda petik "
         "\"…\", atau pindahkan ke bawah tanda |."),
        ("nama:\n  ada dua: tiga\n  lalu empat\n", "a.yaml, baris 3: Susunan YAML tidak terbaca di sekitar baris ini."),
        ("nama:\n  ada dua: tiga\n  lalu empat\n", "Beri tanda | sesudah titik dua"),
        ("nama: a\n siap: ya", "a.yaml, baris 2: Jarak kiri baris ini tidak sama"),
        ("nama: 'a\nsiap: ya\n", "a.yaml, baris 1: Susunan YAML tidak terbaca"),
        ("nama: **a** b", "a.yaml, baris 1: Isian diawali tanda yang punya arti khusus"),
        ("nama: @a", "a.yaml, baris 1: Isian diawali tanda yang punya arti khusus"),
        ("nama: &a b", "a.yaml, baris 1: Isian diawali tanda yang punya arti khusus"),
        ("nama: a\nisi: *b", "a.yaml, baris 2: Isian diawali tanda yang punya arti khusus"),
        ("nama: a\nisi: &a [*a]", "a.yaml, baris 2: Isian diawali tanda yang punya arti khusus"),
        ("nama: " + "[" * 60, "a.yaml, baris 1: Isian bertingkat lebih dari 50."),
        ("nama:\n" + "\n".join("  " * n + f"a{n}:" for n in range(1, 60)), "Isian bertingkat lebih dari 50."),
        ("nama: " + "[" * 100_000, "Isian bertingkat lebih dari 50."),
        ("siap ya\nnama: a", "a.yaml, baris 1: Tidak ada titik dua sesudah “siap”. Tulis “siap:”, lalu isinya."),
        ("nama: a\nsiap\nisi: [b]", "a.yaml, baris 2: Tidak ada titik dua sesudah “siap”."),
        ("isi:\n  - a\nnama pukul 08:00\nsiap: ya", "a.yaml, baris 3: Tidak ada titik dua sesudah “nama”."),
        ("siap ya", "a.yaml, baris 1: Tidak ada titik dua sesudah “siap”."),
        ("nama: satu\n  siap pada: dua", "a.yaml, baris 2: Ada titik dua di dalam isian."),
        ('nama: "Bayar saja", kata atasan.', "a.yaml, baris 1: Ada tulisan sesudah tanda petik penutup."),
        ("isi:\n  - 'Sah'kah?", "a.yaml, baris 2: Ada tulisan sesudah tanda petik penutup."),
        ("nama: surat #12\n  dari\nsiap: ya", "a.yaml, baris 1: Tulisan sesudah # tidak terbaca."),
        ("nama: a\njam: 8:00", "a.yaml, baris 2: “jam” bukan jam yang sah. Tulis seperti 08.00."),
        ("nama: a\nisi: kepala_bagian", "Tulis: [kepala_bagian]."),
        ("nama: a\nisi: satu, dua", "(tiap butir diawali “- ”). Tulis ulang."),
        ("- a", "“berkas ini” harus berupa beberapa isian menjorok"),
        ("nama: \x01", "tidak terbaca"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line_cause_and_mend(text: str, said: str) -> None:
    assert any(said in one for one in problems(text)), problems(text)


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems("siap: mungkin\nisi: b\nlain: c")) == 4


def test_a_missing_or_foreign_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    assert "Berkas tidak ada" in yaml_reader.read(tmp_path / "a.yaml").problems[0].message
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00a")
    assert "UTF-8" in yaml_reader.read(tmp_path / "b.yaml").problems[0].message
    assert "folder" in yaml_reader.read(tmp_path).problems[0].message
    assert "tidak dapat dibaca" in yaml_reader.read(tmp_path / "b.yaml" / "c.yaml").problems[0].message


def test_a_file_without_permission_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    (tmp_path / "a.yaml").touch()
    assert "tidak ada izin" in yaml_reader.read(tmp_path / "a.yaml").problems[0].message


def test_notes_behind_the_values_of_the_settings_are_no_mistake() -> None:
    assert settings.load(ROOT / "payung.yaml").layanan.zona == "Asia/Jakarta"
    assert "zona: Asia/Jakarta            # " in (ROOT / "payung.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  mulai: 08.00\n", "  mulai: 8:00\n", "“layanan.mulai” bukan jam yang sah. Tulis seperti 08.00."),
        ("peran: [kepala_bagian]", "peran: kepala_bagian", "Tulis: [kepala_bagian]."),
    ],
)
def test_a_slip_in_the_settings_is_told_as_it_should_be_written(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (ROOT / "payung.yaml").read_text("utf-8").replace(old, new, 1)
    (tmp_path / "payung.yaml").write_text(text, "utf-8")
    with pytest.raises(BrokenFiles) as raised:
        settings.load(tmp_path / "payung.yaml")
    assert said in str(raised.value)


def test_settings_are_found_upward_from_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "payung.yaml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert settings.find(tmp_path / "a" / "b") == tmp_path / "payung.yaml"


def test_no_settings_anywhere_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PayungError, match="--pengaturan"):
        settings.find(tmp_path)


def test_a_wrong_zone_is_refused_with_the_three_right_ones(tmp_path: Path) -> None:
    text = (ROOT / "payung.yaml").read_text("utf-8").replace("zona: Asia/Jakarta  ", "zona: Asia/Djakarta  ")
    (tmp_path / "payung.yaml").write_text(text, "utf-8")
    with pytest.raises(BrokenFiles, match="Asia/Jayapura"):
        settings.load(tmp_path / "payung.yaml")


def test_relative_folders_count_from_the_settings_file() -> None:
    found = settings.load(ROOT / "payung.yaml")
    assert found.register == ROOT / "pribadi" / "register"
    assert (found.layanan.mulai.hour, found.layanan.zona_singkat) == (8, "WIB")


def test_what_git_left_of_a_merge_is_called_that() -> None:
    text = "a:\n  b: |\n    satu\n<<<<<<< HEAD\n  c: dua\n=======\n  c: tiga\n>>>>>>> cabang: lain\n"
    document = yaml_reader.parse(Path("x.yaml"), text)
    [told] = document.problems
    assert (told.line, "tanda gabungan git" in told.message, "Pilih tulisan yang benar" in told.mend) == (4, True, True)
