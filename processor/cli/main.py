"""The command line's entry: runs one command, and tells what stopped it. ``payung --help`` is the reference."""

import io
import sys
from collections.abc import Sequence

from processor.cli import parser
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
    try:
        args = parser.read_words(sys.argv[1:] if argv is None else argv)
        code: int = args.command.run(args)
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
    return code
