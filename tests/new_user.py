"""The trial of somebody new, who has only what git tracks and README: ``python -m tests.new_user FOLDER`` plays it.

First the example office, then one of their own. The commands are those of README and the handbook: what they do not say
is not done. Only the virtual environment is the one that is here already, as its making takes minutes and a network.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
import pyrage
from pyrage import x25519

from processor.foundation import yaml_editor
from processor.site import applicant_code
from tests.office import FORM, ROOT, response
from tests.opened_statuses import unsealed_statuses
from tests.packages import said
from tests.story import STUDY

_STORY = [one.judul for one in FORM.pertanyaan if one.kunci in {"uraian", "pertanyaan"}]
PATIENCE = 300  # seconds for a site that is built, or a status that is published, on a busy machine


def clone(folder: Path) -> Path:
    """Copy what git tracks; its environment runs this Python, and the program that was copied."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in tracked.rstrip("\0").split("\0"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "activate").write_text(f'PATH="{programs}:$PATH"\n')
    starts = f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" -m processor "$@"\n'
    (programs / "payung").write_text(starts)
    (programs / "payung").chmod(0o755)
    (folder / ".venv" / "ready").touch()
    return folder


def block(text: str, heading: str) -> str:
    """Give the first block of code below a heading, without its comments."""
    found = re.search(r"^```(?:sh|text|yaml)\n(.*?)^```$", text.partition(f"\n{heading}")[2], re.DOTALL | re.MULTILINE)
    assert found, heading
    return re.sub(r"(?m)\s+# .*$", "", found[1])


def shell(lines: str, folder: Path) -> str:
    """Type lines into a shell; ``payung periksa`` may find something to mend."""
    typed = lines.replace("payung periksa\n", "payung periksa || test $? = 2\n")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PAYUNG"))}
    done = subprocess.run(
        ["sh", "-eu", "-c", typed], cwd=folder, env=outside, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{typed}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def try_own_agency(program: Path) -> tuple[Path, str]:
    """Make an office for a fictional regency by README's commands; give its folder, and what was said."""
    readme, handbook = ((program / name).read_text("utf-8") for name in ("README.md", "docs/petugas/instansi-lain.md"))
    answers = program.parent / "jawaban.yaml"
    answers.write_text(block(handbook.partition("## 2. Buat folder kerja Anda")[2], "Jawaban boleh juga"), "utf-8")
    lines = block(readme, "## For your own agency")
    asked = next(line for line in lines.splitlines() if "siapkan ../" in line)
    kept = [line for line in lines.splitlines() if line != "payung layani"]  # it serves until it is stopped
    assert len(kept) == len(lines.splitlines()) - 1
    told = shell("\n".join(kept).replace(asked, f"{asked} --jawaban ../jawaban.yaml") + "\n", program)
    return (program / shlex.split(asked)[-1]).resolve(), told


def try_first_request(program: Path, folder: Path) -> str:
    """Let an export of another form come in as README says; give what was said."""
    first, second, *_ = FORM.pertanyaan
    said = {
        first.judul: "Tono Rekaan",
        second.judul: "198501012010012901",
        **dict.fromkeys(_STORY, "Bolehkah menolak?"),
    }
    (folder.parent / "tanggapan.csv").write_text("\r\n".join(";".join(row) for row in (said, said.values())), "utf-8")
    lines = block((program / "README.md").read_text("utf-8"), "### The first request")
    return shell(f". {shlex.quote(str(program / '.venv/bin/activate'))}\n{lines}", folder)


def try_example(program: Path) -> None:
    """Run the example office, ask it something, answer as its officers, and open the answer with the code."""
    readme = (program / "README.md").read_text("utf-8")
    assert "make run" in block(readme, "## Two commands")
    runs = shell("make --no-print-directory -n run", program).splitlines()[-1]
    [typed] = re.findall(r"`(\S*payung layani --contoh --port) \d+`", readme)
    assert typed == f"{runs} --port"
    with _serving(f"{typed} 0 --tiap 2s", program) as address:
        assert "Ajukan" in _read(address)
        keys = applicant_code.derive_keys(applicant_code.new_code(), "payung.example.go.id")
        _send(address, kode_lacak=keys.locator, kunci_balasan=keys.recipient)
        number = _arrived(program)
        _answer(program, number)
        _wait(
            lambda: [
                one for one in _statuses(program, keys) if one["nomor"] == number and one["tahap"] == "disampaikan"
            ]
        )


@contextmanager
def _serving(command: str, folder: Path) -> Iterator[str]:
    """Serve as README says, and give the site's address."""
    with subprocess.Popen(shlex.split(f"exec {command}")[1:], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said_until = ""
            while "Berhenti dengan Ctrl+C" not in said_until:
                line = process.stdout.readline()
                assert line, said_until
                said_until += line
            [address] = re.findall(r"^Situs +(http\S+)$", said_until, re.MULTILINE)
            yield address
        finally:
            process.terminate()


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def _send(address: str, **answers: str) -> None:
    """Send a request as the form does: sealed to the keys that its page names."""
    recipients = sorted(set(re.findall(r"age1[0-9a-z]{58}", _read(f"{address}ajukan/"))))
    holds = said(1, jawaban={**response(1).answers, "cara_jawaban": "kode", **answers})
    sealed = pyrage.encrypt(
        applicant_code.pad(json.dumps(holds).encode()), [x25519.Recipient.from_str(one) for one in recipients]
    )
    kind = {"Content-Type": "application/octet-stream"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}kirim", sealed, kind), timeout=60) as answer:
        assert answer.status // 100 == 2


def _payung(program: Path, *words: str) -> str:
    """Run a command on the example."""
    return shell(f". .venv/bin/activate\npayung {shlex.join(words)} --pengaturan contoh/payung.yaml\n", program)


def _wait(look: Any) -> Any:
    """Look until there is something, for as long as a busy machine may take."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(1)
    return found


def _arrived(program: Path) -> str:
    """Give the number of the request that nobody has looked at."""

    def new() -> list[str]:
        rows = json.loads(_payung(program, "daftar", "--json"))
        return sorted(row["nomor"] for row in rows if row["status"] == "diajukan" and int(row["nomor"][-4:]) > 15)

    return str(_wait(new)[0])


def _answer(program: Path, number: str) -> None:
    """Take the steps of the workflow as the handbook writes them, for this request."""
    handbook = block(
        (program / "docs/petugas/index.md").read_text("utf-8"), "## Satu permohonan, dari awal sampai akhir"
    )
    written = {" ".join(shlex.split(line)[1:2]): line for line in reversed(handbook.splitlines())}
    for step in ("verifikasi", "tugaskan", "susun", "setujui", "sampaikan"):
        if step == "susun":
            [path] = (program / "contoh" / "register").glob(f"*/{number}/permohonan.yaml")
            yaml_editor.write(path, path.read_text("utf-8"), STUDY)
        words = shlex.split(re.sub(r"{{.*?}}", "180", written[step]))
        _payung(program, *words[1:2], number, *words[3:])
    letter = path.parent / "keluar" / "pendapat-hukum.docx"
    _wait(lambda: letter.exists() and "180/12/Huk-2026" in _words(letter))
    shutil.copy(program / "processor/cli/sample/pindaian.pdf", letter.with_suffix(".pdf"))
    _payung(program, "sampaikan", number)


def _words(letter: Path) -> str:
    return "\n".join(one.text for one in docx.Document(str(letter)).paragraphs)


def _statuses(program: Path, keys: applicant_code.Keys) -> list[dict[str, Any]]:
    """Open what is published with the keys of a code."""
    files = (program / "contoh" / "situs" / "balasan").rglob("*.bin")
    return unsealed_statuses({path.name: path.read_bytes() for path in files}, keys.identity)


if __name__ == "__main__":
    chosen = clone(Path(sys.argv[1]).resolve() / "payung")
    try_example(chosen)
    own, told = try_own_agency(chosen)
    print(told, try_first_request(chosen, own))
