"""How the desk is reached from other computers, as its options and the settings say: by TLS or not at all."""

import argparse
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from processor.cli.commands.options import port
from processor.foundation import loopback
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings

_PORT = 8443
_PLAIN = (
    "Meja di jaringan hanya dilayani dengan TLS: tambahkan --sertifikat sertifikat.pem dan --kunci-tls kunci.pem, atau "
    "pakai nginx atau Caddy di komputer ini dengan --di-belakang-proxy."
)
_WHERE = "Sebutkan alamat komputer ini di jaringan kantor: payung meja --jaringan --alamat 192.168.1.10"
_PUBLIC = (
    "Tulis alamat meja di payung.yaml seperti yang diketik petugas di perambannya: meja: {alamat: "
    "https://meja.kantor.go.id}"
)
_PROXY = (
    "--di-belakang-proxy hanya mendengarkan di komputer ini, tempat nginx atau Caddy meneruskannya. Hapus --jaringan, "
    "--alamat, --sertifikat, dan --kunci-tls; atau hapus --di-belakang-proxy."
)
_SOCKET = "Soket hanya untuk nginx atau Caddy di komputer ini: tambahkan --di-belakang-proxy."
_MISSING = "Untuk petugas lain di jaringan kantor? Tambahkan --jaringan. Tanpa itu, meja hanya untuk komputer ini."


@dataclass(frozen=True, slots=True)
class Served:
    """Where the desk listens, its address as browsers write it, and files of certificate and key if TLS ends here.

    Where a proxy reaches it by a ``socket`` in the file system, host and port are not used.
    """

    host: str
    port: int
    public: str
    tls: tuple[Path, Path] | None
    socket: Path | None = None


def add_options(parser: argparse.ArgumentParser, within: str = "") -> None:
    """Add what tells how the desk is reached; ``within`` ends the names of those that another service has as well."""
    port_help = (
        "port di 127.0.0.1 (bawaan 8010)" if not within else "dengan --di-belakang-proxy: port meja (bawaan 8010)"
    )
    parser.add_argument(f"--port{within}", dest="desk_port", type=port, default=8010, metavar="PORT", help=port_help)
    group = parser.add_argument_group("meja bagi petugas lain di jaringan kantor; mereka masuk dengan akunnya")
    group.add_argument("--jaringan", action="store_true", help="layani --alamat dengan TLS")
    group.add_argument(
        "--alamat", default="", metavar="HOST[:PORT]", help="alamat komputer ini di jaringan (bawaan port 8443)"
    )
    group.add_argument("--sertifikat", type=Path, metavar="PEM", help="sertifikat TLS beserta rantainya")
    group.add_argument("--kunci-tls", type=Path, metavar="PEM", help="kunci sertifikat itu")
    group.add_argument(
        "--di-belakang-proxy",
        action="store_true",
        help=f"layani --port{within} di 127.0.0.1 bagi nginx atau Caddy, yang mengakhiri TLS untuk meja.alamat",
    )
    group.add_argument(
        f"--soket{within}", dest="desk_socket", type=Path, metavar="BERKAS",
        help="dengan --di-belakang-proxy: soket Unix sebagai ganti port",
    )  # fmt: skip


def chosen(args: argparse.Namespace, settings: Settings) -> Served | None:
    """Read how the desk is reached; None where it is for this computer alone.

    Raises:
        PayungError: It would be reached in plain text, or nobody could tell where.
    """
    of_tls = (args.jaringan, args.alamat, args.sertifikat, args.kunci_tls)
    if args.di_belakang_proxy:
        if any(of_tls):
            raise PayungError(_PROXY)
        if not settings.meja.alamat:
            raise PayungError(_PUBLIC)
        public = _without_usual_port(settings.meja.alamat)
        return Served(loopback.HOST, args.desk_port, public, None, args.desk_socket)
    if args.desk_socket:
        raise PayungError(_SOCKET)
    if not any(of_tls):
        return None
    if not args.jaringan:
        raise PayungError(_MISSING)
    if not args.alamat:
        raise PayungError(_WHERE)
    if not args.sertifikat or not args.kunci_tls:
        raise PayungError(_PLAIN)
    host, port = _read(args.alamat)
    public = settings.meja.alamat or f"https://{host}:{port}"
    if not settings.meja.alamat and _is_any(host):
        raise PayungError(_PUBLIC)
    return Served(host, port, _without_usual_port(public), (args.sertifikat, args.kunci_tls))


def listen(served: Served) -> socket.socket:
    """Listen where the desk is to be reached. Raises PayungError where this computer has no such address."""
    if served.socket:
        return _listen_in_files(served.socket)
    try:
        return loopback.bind(served.port, "payung meja", served.host)
    except OSError as error:
        raise PayungError(
            f"Komputer ini tidak dapat mendengarkan di {served.host} port {served.port}: {error.strerror}. Tulis di "
            "--alamat alamat yang memang milik komputer ini."
        ) from error


def _listen_in_files(path: Path) -> socket.socket:
    """Listen on a socket in the file system. Raises PayungError where none can be made."""
    try:
        return loopback.bind_file(path, "payung meja")
    except OSError as error:
        raise PayungError(
            f"Soket {path} tidak dapat dibuat: {error.strerror}. Foldernya harus ada dan dapat ditulis. Windows tidak "
            "mengenal soket Unix; pakai port di sana."
        ) from error


def _read(written: str) -> tuple[str, int]:
    """Read HOST[:PORT] of IPv4 or a name. Raises PayungError when the port is none."""
    host, _, port = written.lower().partition(":")
    if not host or (port and not (port.isdecimal() and int(port) <= _LAST_PORT)):
        raise PayungError(f"--alamat {written}: tulis seperti 192.168.1.10 atau 192.168.1.10:8443.")
    return host, int(port) if port else _PORT


_LAST_PORT = 65535


def _is_any(host: str) -> bool:
    """Tell whether a host means every address of this computer."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _without_usual_port(address: str) -> str:
    """Give an address as browsers write it."""
    return address.rstrip("/").removesuffix(":443")
