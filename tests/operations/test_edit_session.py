"""Editing a case with an editor: checked on save, reopened on a mistake, and no word is ever lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from processor.foundation import settings
from processor.operations import edit_session
from processor.operations.edit_session import COPIES, COPY
from tests.commands import payung, process
from tests.office import ROOT, agency, file, register, response

NUMBER = "BH-2026-0001"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The file of the only case of an office."""
    agency(tmp_path)
    made = register(tmp_path)
    file(made, response(1))
    return made.path(NUMBER) / "permohonan.yaml"


def editor(case: Path, *turns: str) -> dict[str, str]:
    """The environment with an editor that does one of the ``turns`` (Python on ``text``) each time it opens."""
    script = case.parents[3] / "penyunting.py"
    script.write_text(
        "import pathlib, sys, os\n"
        "path, count = pathlib.Path(sys.argv[1]), pathlib.Path(__file__ + '.kali')\n"
        "turn = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(turn + 1))\n"
        "text = path.read_text('utf-8')\n"
        f"case = pathlib.Path({str(case)!r})\n"
        f"exec({list(turns)!r}[turn])\n"
        "path.write_text(text, 'utf-8')\n",
        "utf-8",
    )
    return {"EDITOR": f"{sys.executable} -S {script}", "VISUAL": ""}


def edit(case: Path, *turns: str, answer: str = "", code: int = 0, at_once: float = 3600) -> str:
    """Run ``payung sunting`` with that editor; one that takes less than ``at_once`` seconds came back at once."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(edit_session, "_AT_ONCE", at_once)  # no machine is so slow, or so fast
        return payung(
            "sunting",
            NUMBER,
            folder=case.parents[3],
            code=code,
            typed=answer.encode(),
            environment=editor(case, *turns),
        )


FORWARD = (
    "text = text.replace('  keputusan:\\n', '  keputusan: diteruskan\\n', 1).replace('  oleh:', '  oleh: pengelola', 1)"
)
TYPO = "text = text.replace('  keputusan:\\n', '  keputusan: diterusken\\n', 1)"
MEND = "text = text.replace('diterusken', 'diteruskan').replace('  oleh:', '  oleh: pengelola', 1)"


def test_what_was_typed_takes_the_files_place_and_leaves_nothing_behind(case: Path) -> None:
    assert "disimpan" in edit(case, FORWARD)
    assert "  keputusan: diteruskan\n" in case.read_text("utf-8")
    assert not case.with_name(COPY).exists()
    assert "tidak ada yang berubah" in edit(case, FORWARD, "pass", at_once=0)
    assert not case.with_name(COPY).exists()


def test_a_mistake_is_told_and_the_editor_opens_again(case: Path) -> None:
    said = edit(case, TYPO, MEND, answer="\n")
    assert "Maksudnya “diteruskan”?" in said
    assert "  keputusan: diteruskan\n" in case.read_text("utf-8")


def test_who_stops_at_a_mistake_keeps_the_words_and_goes_on_later(case: Path) -> None:
    before = case.read_text("utf-8")
    assert COPY in edit(case, TYPO, answer="t\n", code=2)
    assert case.read_text("utf-8") == before
    assert "diterusken" in case.with_name(COPY).read_text("utf-8")
    assert "Melanjutkan" in edit(case, TYPO, MEND)
    assert "  keputusan: diteruskan\n" in case.read_text("utf-8")


def test_a_crash_loses_no_word(case: Path) -> None:
    crash = FORWARD + "; path.write_text(text, 'utf-8'); os.kill(os.getppid(), 9)"
    assert process("sunting", NUMBER, folder=case.parents[3], environment=editor(case, crash)).returncode == -9
    assert "  keputusan: diteruskan\n" in case.with_name(COPY).read_text("utf-8")
    assert "Melanjutkan" in edit(case, "", "pass")
    assert "  keputusan: diteruskan\n" in case.read_text("utf-8")


def test_what_is_saved_after_the_editor_came_back_at_once_is_gone_on_with(case: Path) -> None:
    assert "code --wait" in edit(case, "pass", code=1)
    copy = case.with_name(COPY)
    copy.write_text(copy.read_text("utf-8").replace("  kasus_posisi:\n", "  kasus_posisi: Dua jam kerja.\n"), "utf-8")
    assert "Melanjutkan" in edit(case, "", "pass")
    assert "Dua jam kerja." in case.read_text("utf-8")


def test_a_copy_in_which_nothing_was_written_hides_no_later_change(case: Path) -> None:
    edit(case, "pass", code=1)
    case.write_text(case.read_text("utf-8") + "# orang lain\n", "utf-8")
    assert "disimpan" in edit(case, "", FORWARD)
    assert case.read_text("utf-8").endswith("# orang lain\n")


def test_what_is_saved_after_the_end_is_put_aside_and_told(case: Path) -> None:
    edit(case, FORWARD)
    case.with_name(COPY).write_text("kajian: Dua jam kerja.\n", "utf-8")
    said = edit(case, "", "pass", code=1)
    [aside] = (path for path in case.parent.glob(COPIES) if path.name in said)
    assert aside.read_text("utf-8") == "kajian: Dua jam kerja.\n"
    assert "disimpan" in edit(case, "", "text += '# lagi\\n'")
    assert aside.exists()


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (
            r'"C:\Program Files\Microsoft VS Code\Code.exe" --wait',
            [r"C:\Program Files\Microsoft VS Code\Code.exe", "--wait"],
        ),
        (r"C:\alat\tulis.exe", [r"C:\alat\tulis.exe"]),
    ],
)
def test_an_editor_on_windows_may_lie_in_a_folder_with_a_space(
    monkeypatch: pytest.MonkeyPatch, named: str, words: list[str]
) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setenv("VISUAL", named)
        found = settings.editor()
    assert found == words


def test_an_editor_that_is_not_there_is_told_with_the_mend_of_each_system(case: Path) -> None:
    nowhere = {"EDITOR": "tidak-ada --tunggu", "VISUAL": ""}
    said = payung("sunting", NUMBER, folder=case.parents[3], code=1, environment=nowhere)
    assert "Penyunting tidak-ada tidak ditemukan" in said
    assert 'setx EDITOR "code --wait"' in said
    assert "export EDITOR=nano" in said
    assert "No such file" not in said


def test_when_somebody_else_saved_meanwhile_both_texts_stay(case: Path) -> None:
    said = edit(case, FORWARD + "; case.write_text(case.read_text('utf-8') + '# orang lain\\n', 'utf-8')", code=3)
    assert "berubah sewaktu Anda menyunting" in said
    assert "Bandingkan keduanya" in edit(case, "pass", code=3), "told before the old text is gone on with"
    assert case.read_text("utf-8").endswith("# orang lain\n")
    assert "  keputusan: diteruskan\n" in case.with_name(COPY).read_text("utf-8")


def test_the_second_of_two_is_told(case: Path) -> None:
    stays_open = editor(case, "print('terbuka', flush=True); sys.stdin.read()")
    with subprocess.Popen(
        [sys.executable, "-m", "processor", "sunting", NUMBER],
        cwd=case.parents[3],
        env={**os.environ, "PYTHONPATH": str(ROOT), **stays_open},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "terbuka\n"
        assert "sedang disunting" in edit(case, "pass", code=3)
        before = case.read_bytes()
        step = ["verifikasi", NUMBER, "--teruskan", "--oleh", "pengelola"]
        assert "sedang disunting" in payung(*step, folder=case.parents[3], code=3)
        assert case.read_bytes() == before
        first.communicate()


def test_a_law_that_nobody_knows_is_said_at_once(case: Path) -> None:
    said = edit(case, "text = text.replace('  dasar_hukum:', '  dasar_hukum: [uu-30-2041]', 1)")
    assert "uu-30-2041" in said


def test_what_does_not_count_yet_is_said_but_saved(case: Path) -> None:
    assert "Belum dihitung" in edit(case, "text = text.replace('  keputusan:\\n', '  keputusan: ditolak\\n', 1)")
    assert "  keputusan: ditolak\n" in case.read_text("utf-8")
