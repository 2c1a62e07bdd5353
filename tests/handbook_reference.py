"""The handbook's two pages of reference, made from the program: commands, exit codes and states; settings and forms."""

import argparse
from collections.abc import Iterator
from datetime import time
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from processor.cases.case_status import STAGES
from processor.cli import main
from processor.cli.commands import context
from processor.cli.commands.command_table import COMMANDS, Command
from processor.foundation import errors, form_definition
from processor.foundation.settings import Settings
from tests.office import ROOT

EXIT_CODES = {
    0: "Selesai. Juga jadwal yang dihentikan dengan Ctrl+C.",
    1: "Gagal; kalimatnya menyebut apa yang harus dilakukan.",
    2: "Selesai, tetapi ada berkas yang perlu dibetulkan; atau perintahnya salah ketik.",
    3: "Sedang dipakai: Payung yang lain, atau sebuah port.",
    4: "Sebuah sumber tanggapan tidak terbaca; tidak ada yang didaftarkan darinya.",
    5: "Pemeriksaan kebocoran menolak; situs yang lama tetap tampil.",
    130: "Dihentikan dengan Ctrl+C.",
}
_NOT_FOUND = ("---", "search: {exclude: true}", "---")
"""The head of a page for officers, which the public search does not find."""
FORMS = ("permohonan", "pengaduan")


def raised_codes() -> set[int]:
    """Give every exit code that the program knows."""
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.PayungError)]
    return {0, context.MENDS_NEEDED, main._STOPPED, *(one.exit_code for one in kinds)}


def options(command: Command) -> Iterator[tuple[str, argparse.Action]]:
    """Give what a command takes, each behind the word that it needs before it, if any."""
    parser = argparse.ArgumentParser(add_help=False)
    command.add_options(parser)
    return _taken(parser, "")


def _taken(parser: argparse.ArgumentParser, before: str) -> Iterator[tuple[str, argparse.Action]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for named in action._get_subactions():
                yield before, named
                yield from _taken(action.choices[named.dest], f"{named.dest} ")
        elif action.dest not in {"help", "pengaturan"}:
            yield before, action


def commands_page() -> str:
    """Write the page of commands, exit codes and states."""
    lines = [
        *_NOT_FOUND,
        "# Semua perintah",
        "",
        "Halaman ini dibuat dari programnya sendiri. Setiap perintah juga menerangkan diri dengan `--help`,",
        "dan menerima `--pengaturan BERKAS`: `payung.yaml` yang dipakai, bila bukan yang di folder ini.",
        "",
    ]
    for command in COMMANDS:
        lines += [f"## payung {command.name} {{ #{command.name} }}", "", f"{_sentence(command.help)}", ""]
        lines += [f"Contoh: `{_example(command.example)}`", ""]
        if takes := [*options(command)]:
            rows = ((f"`{before}{_typed(one)}`", _cell(str(one.help or ""))) for before, one in takes)
            lines += [*_table(("Isian atau pilihan", "Arti"), rows), ""]
    lines += ["## Kode keluar { #kode-keluar }", "", "Untuk jadwal dan program yang menjalankan Payung:", ""]
    lines += [*_table(("Kode", "Artinya"), ((str(code), words) for code, words in EXIT_CODES.items())), ""]
    lines += ["## Status permohonan { #status }", "", "Status tidak pernah diketik; Payung menyimpulkannya.", ""]
    states = (
        (f"`{name}`", f"{stage.duty}", ", ".join(f"`{one}`" for one in stage.leads_to) or "–")
        for name, stage in STAGES.items()
    )
    lines += _table(("Status", "Berikutnya", "Dapat menjadi"), states)
    return "\n".join(lines) + "\n"


def _typed(action: argparse.Action) -> str:
    """Write an option, or what stands without one, as it is typed."""
    choices = "/".join(map(str, action.choices)) if action.choices else ""
    shown = action.metavar or choices or (action.dest.upper() if action.nargs != 0 else "")
    value = shown if isinstance(shown, str) else " ".join(shown)
    return f"{action.option_strings[-1]} {value}".strip() if action.option_strings else value or action.dest


def _example(text: str) -> str:
    """Write an example as the office that shows it would type it."""
    number = "{{ surat.awalan }}-2026-"
    return text.replace("BH-2026-", number).replace(" 180/", " {{ surat.klasifikasi }}/")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _cell(text: str) -> str:
    """Write a text as a cell of a table."""
    return _example(text.replace("%%", "%")).replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> list[str]:
    """Write a table in Markdown."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows)]


class Setting(NamedTuple):
    """A setting by its place, with what it means and what stands for it where nothing is written."""

    key: str
    about: str
    default: str


def settings_page() -> str:
    """Write the page of settings, and of what the shipped forms ask."""
    lines = [
        *_NOT_FOUND,
        "# Semua pengaturan",
        "",
        "Halaman ini dibuat dari programnya sendiri: semua yang dapat ditulis di `payung.yaml`, dan semua isian",
        "formulir bawaan.",
        "Yang *wajib* harus ada; yang lain boleh tidak ditulis.",
        "",
    ]
    for name, field in Settings.model_fields.items():
        found = ((f"`{one.key}`", _cell(one.about), one.default) for one in _settings(name, field))
        lines += [f"## {name} {{ #{name} }}", "", *_table(("Kunci", "Isinya", "Bawaan"), found), ""]
    lines += ["## Isian formulir { #isian }", "", "Kuncinya tidak pernah diubah; judulnya boleh.", ""]
    rows = (
        (f"`{one.kunci}`", _cell(one.judul), "ya" if one.wajib else "–", f"`{name}.yaml`")
        for name in FORMS
        for one in form_definition.load(ROOT / "forms" / f"{name}.yaml").pertanyaan
    )
    lines += _table(("Kunci", "Judul", "Wajib", "Di `forms/`"), rows)
    return "\n".join(lines) + "\n"


def every_setting() -> Iterator[Setting]:
    """Give every setting that can be written."""
    for name, field in Settings.model_fields.items():
        yield from _settings(name, field)


def _settings(key: str, field: FieldInfo) -> Iterator[Setting]:
    """Give a setting, or those inside it; what stands in a list or under short names is told once."""
    inner = next(_models(field.annotation), None)
    if inner is None:
        yield Setting(key, _about(field), _default(field))
        return
    listed, named = (get_origin(field.annotation) is kind for kind in (tuple, dict))
    within = f"{key}: butir " if listed else f"{key}.NAMA." if named else f"{key}."
    for name, one in inner.model_fields.items():
        yield from _settings(f"{within}{one.alias or name}", one)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Give the models that an annotation holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _about(field: FieldInfo) -> str:
    """Say what a setting means, with the words that may be chosen."""
    words = ", ".join(str(one) for one in _choices(field.annotation))
    return (field.description or "") + (f" (salah satu: {words})" if words else "")


def _choices(annotation: Any) -> Iterator[object]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
        return
    for part in get_args(annotation):
        yield from _choices(part)


def _default(field: FieldInfo) -> str:
    """Write what stands for a setting where nothing is written."""
    value = field.get_default(call_default_factory=True)
    if field.is_required():
        return "wajib"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if value is None or value in ("", ()):
        return "kosong"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:%H.%M}" if isinstance(value, time) else str(value)
