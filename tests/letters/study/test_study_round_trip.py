"""A study comes back from Word as it was, also after another word processor has saved it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from processor.letters.study import study_document, study_parts, study_text
from processor.letters.study.study_document import PARTS, Study
from tests.effort import STUDIES
from tests.letters.study.generated_studies import StudyMaker
from tests.letters.study.word_files import read

NUMBER = "BH-2026-0001"
_AT_ONCE = 100


@pytest.fixture(scope="module")
def studies() -> Mapping[int, tuple[Study, bytes]]:
    """Generated studies, each with its Word file."""
    made = {seed: StudyMaker(seed).study() for seed in range(STUDIES)}
    return {seed: (study, study_document.write(NUMBER, study, study)) for seed, study in made.items()}


def differing(study: Study, content: bytes) -> list[str]:
    """The parts that do not come back as they were."""
    found = read(content)
    said = study_text.values(study_parts.by_part(study_parts.layout(found.blocks), {}), found.notes)
    lost = [*found.lost, *said.lost]
    empty = {key: () if key in study_document.LISTS else "" for key in PARTS}
    back = {**empty, **said.parts}
    return lost + [key for key in PARTS if study_document.settled(back[key]) != study_document.settled(study[key])]


def test_studies_come_back_from_word_as_they_were(studies: Mapping[int, tuple[Study, bytes]]) -> None:
    assert {seed: wrong for seed, one in studies.items() if (wrong := differing(*one))} == {}


def test_studies_come_back_after_libreoffice_has_saved_them(
    studies: Mapping[int, tuple[Study, bytes]], soffice: str, tmp_path: Path
) -> None:
    saved = tmp_path / "disimpan"
    for seed, (_, content) in studies.items():
        (tmp_path / f"{seed}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [soffice, "--headless", "--norestore", profile, "--convert-to", "docx", "--outdir", str(saved)]
    for _ in range(2):  # in hundreds it leaves out one or another, and takes it the next time
        names = [f"{seed}.docx" for seed in studies if not (saved / f"{seed}.docx").exists()]
        for begin in range(0, len(names), _AT_ONCE):
            files = [str(tmp_path / name) for name in names[begin : begin + _AT_ONCE]]
            subprocess.run([*command, *files], check=True, capture_output=True)
    contents = {seed: (study, (saved / f"{seed}.docx").read_bytes()) for seed, (study, _) in studies.items()}
    assert {seed: wrong for seed, one in contents.items() if (wrong := differing(*one))} == {}


def test_the_same_study_gives_the_same_bytes(studies: Mapping[int, tuple[Study, bytes]]) -> None:
    study, content = studies[1]
    assert study_document.write(NUMBER, study, study) == content
