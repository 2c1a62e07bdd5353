"""The PDFs of a pass: all in one start of LibreOffice, each only of the letter that it was made of."""

import os
from pathlib import Path

import pytest

from processor.foundation.errors import PayungError
from processor.operations.letter_pdfs import LetterPdfs
from tests.letters.test_documents import render

PRINTS = """#!/bin/sh
echo >> "{noted}"
for letter; do case "$letter" in *.docx) printf '%%PDF-1.7\\n%%%%EOF\\n' > "${{letter%.docx}}.pdf";; esac; done
"""


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for LibreOffice")
def test_all_letters_of_a_pass_are_made_in_one_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted, program = tmp_path / "starts", tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(PRINTS.format(noted=noted))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    letters = [tmp_path / f"{serial}.docx" for serial in range(6)]
    for letter in letters:
        letter.write_bytes(render("tanda_terima"))
    pdfs = LetterPdfs({letter: f"BH-2026-000{serial // 2}" for serial, letter in enumerate(letters)})
    letters[4].unlink()
    assert list(pdfs.make()) == ["BH-2026-0000", "BH-2026-0001", "BH-2026-0002"]
    assert (pdfs.wanted, noted.read_text()) == ({}, "\n")
    letters[1].write_bytes(render("tanda_terima") + b" ")
    assert [bool(pdfs.of_letter(letter)) for letter in letters[:4]] == [True, False, True, True]
    with pytest.raises(PayungError, match=r"4\.docx tidak terbaca"):
        pdfs.of_letter(letters[4])
