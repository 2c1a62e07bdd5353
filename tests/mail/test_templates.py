"""Templates that staff edit: every mistake is told with its line."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from processor.foundation.errors import BrokenFiles
from processor.mail import composer, templates
from processor.mail.composer import FOLDER, KINDS, NoticeKind, compose
from processor.mail.message import STATES
from tests.mail.samples import TEMPLATES, notice
from tests.office import ROOT, agency


def test_the_shipped_templates_have_no_mistake() -> None:
    assert composer.check_templates(TEMPLATES) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        ("diterima.txt", "{{ tautan }}", "{{ tautn }}", 21, "“tautn” tidak dikenal. Maksudnya “tautan”?"),
        ("diterima.txt", "Perihal: ", "", 1, "tanpa perihal"),
        ("diterima.txt", "Perihal: {{ nomor }}", "Perihal: {{ nomr }}", 1, "“nomr” tidak dikenal. Maksudnya “nomor”?"),
        ("ditolak.txt", "Perihal: ", "Perihal: {{ alasan }} ", 1, "“alasan” tidak boleh di perihal"),
        ("ditolak.txt", "{{ alasan }}", "{{ kekurangan }}", 8, "“kekurangan” tidak dikenal"),
        ("perlu_dilengkapi.txt", "- {{ butir }}", "- {{ kekurangan }}", 6, "tidak cocok di sini"),
        ("perlu_dilengkapi.txt", "{% endfor %}", "", None, "yang belum ditutup"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan }", 21, "Susunan tempat isian tidak terbaca"),
        ("dijawab.txt", "{% if lewat_email %}", "{% set x = 1 %}{% if lewat_email %}", 5, "Perintah “assign”"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan.__class__ }}", 21, "“tautan.__class__” tidak dikenal"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan | safe }}", 21, "Saringan “safe” tidak dikenal"),
        ("diterima.txt", "{% elif lewat_loket %}", "{% elif lewat_lokt %}", 12, "Maksudnya “lewat_loket”?"),
        ("dijawab.txt", "{% else %}", "{% else %}{{ lewat_loket }}", 19, "berisi ya/tidak, tidak cocok di sini"),
        ("dijawab.txt", "{% if lewat_email %}", '{% if cara == "email" %}', 5, "“cara” tidak dikenal. Yang dikenal: "),
        ("dibatalkan.txt", "{{ nomor }}.", "{{ jumlah }}.", 5, "“jumlah” tidak dikenal"),
        ("pengingat_petugas.txt", "in menjelang", "in menjelanh", 22, "Maksudnya “menjelang”?"),
        ("ringkasan_petugas.txt", "- {{ butir }}", "- {{ nomor }}", 7, "“nomor” tidak dikenal"),
        ("kerangka.html", "{{ isi }}", "{{ isi }}{{ alasan }}", 11, "“alasan” tidak dikenal"),
        ("kerangka.html", "{{ isi }}", "", None, "tanpa {{ isi }}"),
        ("kerangka.html", "{{ isi }}", '{{ isi }}<img src="https://a/b.png">', 11, "dari luar"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_is_told_with_its_line(
    tmp_path: Path, name: str, old: str, new: str, line: int | None, words: str
) -> None:
    folder = Path(shutil.copytree(TEMPLATES, tmp_path / FOLDER))
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (problem,) = composer.check_templates(folder)
    assert (problem.place, problem.line) == (str(path), line)
    assert words in problem.sentence


def test_a_broken_template_stops_its_own_kind_only(tmp_path: Path) -> None:
    changed = Path(shutil.copytree(ROOT / "opinions", tmp_path / "opinions")) / FOLDER
    (changed / "ditolak.txt").write_text("tanpa perihal")
    (changed / "dijawab.txt").write_bytes(b"\xff")
    settings = agency(tmp_path, root=tmp_path)
    compose(notice(), settings)
    for kind in get_args(NoticeKind)[2:4]:
        with pytest.raises(BrokenFiles, match=f"{kind}.txt"):
            compose(notice(kind), settings)
    assert len(templates.check_templates(changed)) == 2


def test_the_handbook_names_every_notice_and_every_placeholder_of_it() -> None:
    page = (ROOT / "docs" / "petugas" / "email.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \|(.*)$", page, re.MULTILINE)
    table = {name: told for names, told in rows for name in re.findall(r"\w+", names.replace(".txt", ""))}
    for kind in KINDS:
        assert set(re.findall(r"`(\w+)`", table[kind])) == set(templates._OWN[kind]), kind
    assert set(re.findall(r"`(\w+)`", table["semua"].replace("instansi.", ""))) == {"tautan", *templates.AGENCY}
    assert table.keys() >= set(STATES)
