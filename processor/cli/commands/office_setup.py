"""The commands that look whether an office is sound, and make its form for Google or on paper."""

import argparse
from pathlib import Path

from processor.cli import output, setup
from processor.cli.commands import context
from processor.cli.commands.context import MENDS_NEEDED, chosen_settings, print_text_or_json
from processor.cli.commands.options import add_json
from processor.foundation import form_definition
from processor.operations import office_check
from processor.site import paper_form


def periksa_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung periksa`` takes."""
    add_json(parser)


def periksa(args: argparse.Namespace) -> int:
    """Run ``payung periksa``."""
    found = chosen_settings(args)
    office = context.open_found(found, any_register=found.register.is_dir())
    problems = tuple(office_check.check(office))
    count = len(office.register.numbers())
    sound = f"{count} permohonan dan semua pengaturan diperiksa: baik."
    text = "\n".join(f"- {problem}" for problem in problems) or sound
    if notes := "\n".join(f"- {note}" for note in office_check.notes(office)):
        text += f"\n\nUntuk diketahui:\n{notes}"
    print_text_or_json(text, output.problem_data(problems), args)
    return MENDS_NEEDED if problems else 0


def formulir_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung formulir`` takes."""
    parser.add_argument("jenis", choices=("google", "cetak"), help="google atau cetak")
    parser.add_argument(
        "--ke", type=Path, default=Path("formulir-cetak.html"), metavar="BERKAS", help="hasil formulir cetak"
    )


def formulir(args: argparse.Namespace) -> int:
    """Run ``payung formulir``."""
    found = chosen_settings(args)
    form = form_definition.load(found.form, found.unit_options)
    if args.jenis == "cetak":
        args.ke.write_text(paper_form.render(form, found), "utf-8")
        print(f"Formulir cetak: {args.ke.resolve()}. Buka di peramban, lalu cetak.")
        return 0
    print("\n".join(setup.google_form(found, form)))
    return 0
