"""The commands: the only room that prints or exits. ``payung --help`` is the reference."""

import argparse
import io
import sys
from collections.abc import Callable, Sequence

from processor.cli import parser
from processor.cli.commands import case_commands, code_command, service_commands
from processor.foundation.errors import PayungError

_STOPPED = 130
_DISK = "Periksa ruang disk dan izin folder, lalu ulangi; yang sudah dikerjakan tersimpan."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code (see docs/pengembang/index.md)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    args = parser.build_parser(_COMMANDS).parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.command
    try:
        return command(args)
    except PayungError as error:
        print(f"payung: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"payung: {error.strerror or error}: {error.filename or ''}. {_DISK}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _STOPPED


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "siapkan": service_commands.siapkan,
    "layani": service_commands.layani,
    "jalankan": service_commands.jalankan,
    "meja": service_commands.meja,
    "daftar": case_commands.daftar,
    "lihat": case_commands.lihat,
    "terima": case_commands.terima,
    "sunting": case_commands.sunting,
    "verifikasi": case_commands.verifikasi,
    "tugaskan": case_commands.tugaskan,
    "susun": case_commands.susun,
    "setujui": case_commands.setujui,
    "kembalikan": case_commands.kembalikan,
    "sampaikan": case_commands.sampaikan,
    "batalkan": case_commands.batalkan,
    "arsipkan": case_commands.arsipkan,
    "surat": case_commands.surat,
    "identitas": case_commands.identitas,
    "kode": code_command.kode,
    "terbitkan": service_commands.terbitkan,
    "periksa": service_commands.periksa,
    "formulir": service_commands.formulir,
}
