"""What an agency starts from is copied into its folder, beside what it has already."""

import resource
from pathlib import Path

import pytest

import processor
from processor.cases import register_version
from processor.cli import setup
from processor.foundation.errors import PayungError
from processor.foundation.settings import FILE_NAME
from processor.operations.upgrade import folder_version
from tests.commands import payung
from tests.office import ROOT, agency


def test_what_is_in_the_folder_already_stays(tmp_path: Path) -> None:
    own = tmp_path / "docs" / "index.md"
    own.parent.mkdir()
    own.write_text("# Halaman kami sendiri\n")
    setup.copy_sources(tmp_path, {FILE_NAME: (ROOT / FILE_NAME).read_text("utf-8")})
    assert own.read_text() == "# Halaman kami sendiri\n"
    assert (tmp_path / "docs" / "faq.md").read_bytes() == (ROOT / "docs" / "faq.md").read_bytes()
    assert (tmp_path / FILE_NAME).is_file()
    assert folder_version.marked(tmp_path) == "", "of which version that page is nobody knows"


def test_a_folder_says_of_which_version_it_is(tmp_path: Path) -> None:
    setup.copy_sources(tmp_path, {FILE_NAME: ""})
    assert folder_version.marked(tmp_path) == processor.__version__


def test_what_a_full_disk_broke_off_is_whole_when_it_is_done_again(tmp_path: Path) -> None:
    own, limits = (
        {FILE_NAME: "layanan: {}\n", "docs/faq.md": "# Tanya\n" * 200},
        resource.getrlimit(resource.RLIMIT_FSIZE),
    )
    for limit in (1000, 4000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
        try:
            with pytest.raises(OSError, match="too large"):
                setup.copy_sources(tmp_path, own)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert not (tmp_path / FILE_NAME).exists()
    setup.copy_sources(tmp_path, own)
    found = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in found if path.suffix == ".tmp"] == []
    kept = {path for path in found if (ROOT / path).is_file() and str(path) not in own}
    assert [path for path in kept if (tmp_path / path).read_bytes() != (ROOT / path).read_bytes()] == []
    assert (tmp_path / "docs" / "faq.md").read_text("utf-8") == own["docs/faq.md"]
    assert folder_version.marked(tmp_path) == processor.__version__


def test_where_a_newer_program_has_written_no_key_is_made(tmp_path: Path) -> None:
    found = agency(tmp_path)
    newer = found.register / register_version.FILE
    newer.parent.mkdir(parents=True)
    newer.write_text('{"versi": 99}')
    with pytest.raises(PayungError, match="lebih baru"):
        list(setup.prepare_office(found.path))
    assert not found.office_key.parent.exists()


@pytest.mark.parametrize("words", [("laporan",), ("pengaduan",), ("daftar",), ("jalankan", "--simulasi")])
def test_every_command_of_an_office_that_was_never_prepared_says_so(tmp_path: Path, words: tuple[str, ...]) -> None:
    agency(tmp_path)
    said = payung(*words, folder=tmp_path, code=1)
    assert "belum disiapkan. Jalankan: payung siapkan." in said
    assert "Kunci kantor" not in said
