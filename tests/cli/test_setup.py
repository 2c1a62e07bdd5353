"""What an agency starts from is copied into its folder, beside what it has already."""

from pathlib import Path

from processor.cli import setup
from processor.foundation.settings import FILE_NAME
from tests.office import ROOT


def test_what_is_in_the_folder_already_stays(tmp_path: Path) -> None:
    own = tmp_path / "docs" / "index.md"
    own.parent.mkdir()
    own.write_text("# Halaman kami sendiri\n")
    told = [*setup.prepare_office(None, tmp_path)]
    assert own.read_text() == "# Halaman kami sendiri\n"
    assert (tmp_path / "docs" / "faq.md").read_bytes() == (ROOT / "docs" / "faq.md").read_bytes()
    assert (tmp_path / FILE_NAME).is_file()
    assert len(told) == 1
