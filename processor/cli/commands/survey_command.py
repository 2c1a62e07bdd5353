"""``payung survei``: how the satisfaction survey stands, what people suggest, and answers from elsewhere."""

import argparse
from pathlib import Path

from processor.cli import survey_output
from processor.cli.commands import context
from processor.cli.commands.options import add_json
from processor.foundation.errors import PayungError
from processor.operations.survey import survey_imports, survey_overview


def survei_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung survei`` takes."""
    parser.add_argument(
        "tindakan", nargs="?", choices=("saran", "impor"), metavar="saran|impor", help="tanpa ini: keadaan survei"
    )
    parser.add_argument("berkas", nargs="?", type=Path, help="untuk impor: ekspor survei (.csv, .xlsx)")
    parser.add_argument("--lama", type=int, metavar="TAHUN", help="impor survei lama, enam pertanyaan bernilai 1-5")
    add_json(parser)


def survei(args: argparse.Namespace) -> int:
    """Run ``payung survei``."""
    office = context.open_chosen(args)
    if args.tindakan == "impor":
        print(_imported(args))
    elif args.tindakan == "saran":
        said = survey_overview.suggestions(office)
        print("\n\n".join(said) or "Belum ada saran.")
    else:
        state = survey_overview.state(office)
        context.print_text_or_json(survey_output.text(state), survey_output.data(state), args)
    return 0


def _imported(args: argparse.Namespace) -> str:
    """Take in the file that was named; give what to say."""
    if args.berkas is None:
        raise PayungError("Sebutkan berkasnya, misalnya: payung survei impor survei.csv")
    if not args.berkas.is_file():
        raise PayungError(f"Tidak ada berkas {args.berkas}. Periksa nama dan foldernya.")
    return survey_imports.take_named(context.open_chosen(args), args.berkas, args.berkas.name, args.lama)
