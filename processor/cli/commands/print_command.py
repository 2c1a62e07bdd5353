"""``payung cetak``: leaflet, poster, slides, pictures, the paper form and the SOP as files to print and to share."""

import argparse
import sys
from pathlib import Path

from processor.cli.commands.context import MENDS_NEEDED, chosen_settings, print_text_or_json
from processor.cli.commands.options import add_json
from processor.site import publish, site_prints
from processor.site.print_content import FACES

_ALL = "semua"


def cetak_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung cetak`` takes."""
    add_json(parser)
    parser.add_argument("jenis", nargs="*", choices=(*FACES, _ALL), default=_ALL, help="bawaan: semua")
    parser.add_argument(
        "--ke", type=Path, default=Path("cetak"), metavar="FOLDER", help="folder hasilnya; bawaan: cetak"
    )


def cetak(args: argparse.Namespace) -> int:
    """Run ``payung cetak``."""
    found = chosen_settings(args)
    faces = FACES if _ALL in args.jenis else tuple(args.jenis)
    made, problems = site_prints.printed(found, publish.recipients(found), faces)
    written = {args.ke / name: content for name, content in made.items()}
    args.ke.mkdir(parents=True, exist_ok=True)
    for path, content in written.items():
        path.write_bytes(content)
    lines = [f"{path} ({site_prints.size(content)})" for path, content in written.items()]
    data = [{"berkas": str(path.resolve()), "bita": len(content)} for path, content in written.items()]
    print_text_or_json("\n".join(lines), data, args)
    for problem in problems:
        print(f"payung: {problem}", file=sys.stderr)
    return MENDS_NEEDED if problems else 0
