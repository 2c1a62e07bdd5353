"""Eight officers of one office, and what each of them does of the workflow: at the desk, or with commands."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from typing import Any

import pytest

from processor.cli.commands import context
from processor.foundation import yaml_editor
from tests.commands import payung
from tests.desk.test_network import Answer, Visitor
from tests.story import STUDY, Story

ROLES = {"pengelola": "pengelola_layanan", "analis": "analis_hukum", "kabag": "kepala_bagian"}
OFFICERS: Mapping[str, Any] = {
    f"{kind}{serial}": {
        "nama": f"{kind.capitalize()} Contoh {serial}",
        "peran": [ROLES[kind]],
        "email": f"{kind}{serial}@example.org",
    }
    for kind, count in {"pengelola": 2, "analis": 4, "kabag": 2}.items()
    for serial in range(1, count + 1)
}
OFFICERS["kabag2"]["peran"].append("analis_hukum")
"""Two who verify, four lawyers, two heads, of whom one drafts, too."""
TODAY = "HARI INI"
"""Stands for the day on which a step is taken."""


@dataclass(frozen=True)
class Taken:
    """A step that an officer takes in a case: its name in the desk's addresses, and what its form asks."""

    by: str
    number: str
    step: str
    fields: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def life(serial: int) -> list[Taken]:
    """What happens to the request of that number, each step by somebody whose it is."""
    number = f"BH-2026-{serial:04d}"
    intake, analyst, head = f"pengelola{1 + serial % 2}", f"analis{1 + serial % 4}", f"kabag{1 + serial % 2}"

    def to(somebody: str, *conflicts: str) -> Taken:
        return Taken(head, number, "tugaskan", assigned(somebody, head, *conflicts))

    def drafted(**words: str) -> list[Taken]:
        return [Taken(analyst, number, "kajian", words), Taken(analyst, number, "siap")]

    def out(letter: int) -> list[Taken]:
        given = {"nomor_surat": f"180/{serial}-{letter}/Huk", "tanggal_surat": TODAY}
        return [Taken(intake, number, "nomor", given), Taken(intake, number, "sampaikan")]

    begun = [Taken(intake, number, "teruskan", {"topik": "pengadaan"}), to(analyst), *drafted()]
    back, approved = Taken(head, number, "kembalikan", {"catatan": "Tambah."}), Taken(head, number, "setujui")
    end = [*([] if serial % 2 else [Taken(intake, number, "diterima")]), Taken(intake, number, "arsipkan")]
    no = Taken(intake, number, "tolak", {"alasan_jenis": "litigasi", "alasan": "Sedang disidangkan."})
    against = Taken(intake, number, "keberatan", {"tanggal": TODAY, "alasan": "Tidak ada perkaranya."})
    granted = "dikabulkan" if serial % 4 == 3 else "ditolak"
    ruled = Taken(head, number, "putusan", {"putusan": granted, "pertimbangan": "Sesudah diperiksa lagi."})
    asked = Taken(intake, number, "lengkapi", {"kekurangan": "Surat panggilan\nSK jabatan"})
    gone = [Taken(intake, number, "batalkan", {"catatan": "Lewat telepon."}), Taken(intake, number, "arsipkan")]
    return {
        2: [*begun, back, *drafted(saran="Tolak, lalu lapor."), approved, *out(1), *end],
        4: [*begun, back, Taken(head, number, "tarik"), approved, *out(1)],
        5: [asked, *begun],
        6: [no, *out(1), *end],
        7: [no, *out(1), against, ruled, *([to(analyst)] if granted == "dikabulkan" else [])],
        8: [*begun[: serial // 10], *gone],
        9: [begun[0], to("analis1"), to(analyst, "kabag2" if head == "kabag1" else "kabag1"), *drafted(), approved],
    }.get(serial % 10, [*begun, approved, *out(1), *end])


def assigned(analyst: str, head: str, *conflicts: str) -> dict[str, str | Sequence[str]]:
    named: dict[str, str | Sequence[str]] = {"analis": analyst, "pemeriksa": head}
    return {**named, **({"benturan_kepentingan": conflicts} if conflicts else {})}


def by_command(story: Story, taken: Taken) -> None:
    """Take a step with the command, whose clock is the story's; a study is written with an editor."""
    if taken.step == "kajian":
        path = story.office.register.path(taken.number) / "permohonan.yaml"
        yaml_editor.write(path, path.read_text("utf-8"), study_changes(taken))
        return
    typed = str(taken.fields.get("alasan", "")) if taken.step == "keberatan" else ""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(context, "datetime", _clock(story))
        payung(*_words(taken), "--oleh", taken.by, folder=story.settings.path.parent, typed=f"{typed}\n".encode())


def _clock(story: Story) -> type[datetime]:
    """The time as the commands ask for it."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]  # an hour of the story's is no Clock
            return story.now.astimezone(tz)

    return Clock


_COMMANDS: Mapping[str, Callable[[Mapping[str, Any]], Sequence[str]]] = {
    "teruskan": lambda given: ["verifikasi", "--teruskan", *_each("--topik", given.get("topik", ""))],
    "lengkapi": lambda given: ["verifikasi", *_each("--lengkapi", *given["kekurangan"].split("\n"))],
    "tolak": lambda given: ["verifikasi", "--tolak", given["alasan_jenis"], "--alasan", given["alasan"]],
    "tugaskan": lambda given: [
        "tugaskan", "--analis", given["analis"], "--pemeriksa", given["pemeriksa"],
        *_each("--benturan", *given.get("benturan_kepentingan", ())),
    ],
    "siap": lambda _: ["susun", "--selesai"],
    "setujui": lambda _: ["setujui"],
    "kembalikan": lambda given: ["kembalikan", "--catatan", given["catatan"]],
    "tarik": lambda _: ["kembalikan", "--tarik"],
    "nomor": lambda given: [
        "sampaikan", "--nomor-surat", given["nomor_surat"], "--tanggal-surat", given["tanggal_surat"]
    ],
    "sampaikan": lambda _: ["sampaikan"],
    "diterima": lambda _: ["sampaikan", "--diterima"],
    "arsipkan": lambda _: ["arsipkan"],
    "batalkan": lambda given: ["batalkan", "--catatan", given["catatan"]],
    "keberatan": lambda given: ["keberatan", "--tanggal", given["tanggal"]],
    "putusan": lambda given: ["keberatan", "--putusan", given["putusan"], "--pertimbangan", given["pertimbangan"]],
}  # fmt: skip


def _each(option: str, *values: str) -> list[str]:
    """An option before each value that says something."""
    return [word for value in values if value for word in (option, value)]


def _words(taken: Taken) -> list[str]:
    """The command's words, the number behind its name."""
    name, *rest = _COMMANDS[taken.step](taken.fields)
    return [name, taken.number, *rest]


def on(story: Story, taken: Taken) -> Taken:
    """The same step on the day that it is."""
    fields = {key: f"{story.now:%Y-%m-%d}" if words == TODAY else words for key, words in taken.fields.items()}
    return replace(taken, fields=fields)


def study_changes(taken: Taken) -> dict[tuple[str, str], Any]:
    """A whole study with what is said of some of its parts."""
    return {**STUDY, **{("kajian", key): words for key, words in taken.fields.items()}}


def at_desk(visitor: Visitor, taken: Taken) -> Answer:
    """Take a step on the desk's pages as a person does: look, fill in, read what will happen, confirm."""
    if taken.step == "kajian":
        return _saved(visitor, taken)
    page = visitor.ask(f"/{taken.number}").text
    assert f"/{taken.number}/langkah/{taken.step}" in page, taken
    given = {"digest": fields_of(page)["digest"], **taken.fields}
    shown = visitor.ask(f"/{taken.number}/langkah/{taken.step}", given)
    assert "Yang akan terjadi" in shown.text, (taken, said(shown.text))
    return visitor.ask(f"/{taken.number}/langkah/{taken.step}", {**given, "tahap": "pasti"})


def _saved(visitor: Visitor, taken: Taken) -> Answer:
    """Write a study and save it."""
    typed = fields_of(visitor.ask(f"/{taken.number}/kajian").text)
    for (_, key), words in study_changes(taken).items():
        typed[key] = "\n".join(words) if isinstance(words, list) else words
    return visitor.ask(f"/{taken.number}/kajian", {**typed, "tindakan": "simpan"})


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the boxes and marks of a page, as they stand."""
    texts = re.findall(r'<textarea[^>]* name="([-\w]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    marks = re.findall(r'<input type="hidden" name="(sidik-\w+|digest)" value="(\w+)"', page)
    return {name: unescape(text) for name, text in (*texts, *marks)}


def said(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def told(story: Story) -> dict[str, tuple[str, list[str], list[str]]]:
    """What the register holds of each case but who acted and when: its file, the statuses, the letters."""
    register = story.office.register
    return {
        number: (
            (register.path(number) / "permohonan.yaml").read_text("utf-8"),
            story.way(number),
            story.outgoing(number) if (register.path(number) / "keluar").is_dir() else [],
        )
        for number in register.numbers()
    }
