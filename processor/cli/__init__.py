"""The commands: the only room that prints or exits. ``payung --help`` is the reference."""

import argparse
import io
import sys
from collections.abc import Callable, Sequence

from processor import usage
from processor.cli import cases, codes, service
from processor.errors import PayungError

_STOPPED = 130
_DISK = "Periksa ruang disk dan izin folder, lalu ulangi; yang sudah dikerjakan tersimpan."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code (see docs/pengembang/index.md)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    args = usage.parser(_COMMANDS).parse_args(argv)
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
    "siapkan": service.siapkan,
    "layani": service.layani,
    "jalankan": service.jalankan,
    "meja": service.meja,
    "daftar": cases.daftar,
    "lihat": cases.lihat,
    "terima": cases.terima,
    "sunting": cases.sunting,
    "verifikasi": cases.verifikasi,
    "tugaskan": cases.tugaskan,
    "susun": cases.susun,
    "setujui": cases.setujui,
    "kembalikan": cases.kembalikan,
    "sampaikan": cases.sampaikan,
    "batalkan": cases.batalkan,
    "arsipkan": cases.arsipkan,
    "surat": cases.surat,
    "identitas": cases.identitas,
    "kode": codes.kode,
    "terbitkan": service.terbitkan,
    "periksa": service.periksa,
    "formulir": service.formulir,
}
