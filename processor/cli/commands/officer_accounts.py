"""``payung petugas``: the officers' accounts at the desk, by somebody at the computer that holds the office's keys."""

import argparse
from datetime import datetime

from processor.cli.commands import context
from processor.cli.commands.context import print_text_or_json
from processor.cli.commands.options import add_json
from processor.cli.text_table import aligned
from processor.foundation.errors import PayungError
from processor.operations import account_journal, desk_accounts
from processor.operations.desk_accounts import Account
from processor.operations.office import Office

_INVITE, _RESET = "undang", "atur-ulang"


def petugas_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung petugas`` takes."""
    add_json(parser)
    parser.add_argument(
        "tindakan", nargs="?", choices=(_INVITE, _RESET), help=f"{_INVITE}, {_RESET}; tanpa: daftar akun"
    )
    parser.add_argument("nama", nargs="?", default="", metavar="NAMA", help="nama pendek petugas di payung.yaml")
    parser.add_argument("--oleh", default="", metavar="PETUGAS", help=f"{_RESET}: petugas lain yang melakukannya")


def petugas(args: argparse.Namespace) -> int:
    """Run ``payung petugas``."""
    office = context.open_chosen(args)
    accounts = desk_accounts.of(office.settings)
    if not args.tindakan:
        found = accounts.all()
        shown = {key: _state(found.get(key), office) for key in office.settings.petugas}
        rows = [(key, office.settings.petugas[key].nama, state) for key, state in shown.items()]
        print_text_or_json("\n".join(aligned(("Petugas", "Nama", "Akun meja"), rows)), shown, args)
        return 0
    _check(office, args.nama)
    if args.tindakan == _INVITE:
        token = accounts.invite(args.nama, office.now())
    else:
        _check_other(office, args.nama, args.oleh)
        token = account_journal.reset(office, args.nama, args.oleh, context.person().account)
    print_text_or_json(
        _link_text(office, args.nama, token), {"petugas": args.nama, "tautan": _link(office, token)}, args
    )
    return 0


def _check(office: Office, name: str) -> None:
    """Refuse a name of no officer who works in the service. Raises PayungError."""
    if not desk_accounts.may_sign_in(office.settings, name):
        known = ", ".join(key for key in office.settings.petugas if desk_accounts.may_sign_in(office.settings, key))
        raise PayungError(f"“{name}” bukan petugas yang bertugas di payung.yaml. Yang ada: {known}.")


def _check_other(office: Office, name: str, by: str) -> None:
    """Refuse that somebody resets their own account. Raises PayungError."""
    if not desk_accounts.may_sign_in(office.settings, by) or by == name:
        raise PayungError(
            f"Akun diatur ulang oleh petugas lain. Sebutkan siapa: payung petugas {_RESET} {name} --oleh PETUGAS"
        )


def _state(account: Account | None, office: Office) -> str:
    """Say in words how an account stands, and who reset it last."""
    if account is None or not (account.passphrase or account.link):
        return "belum ada"
    found = "ada, dengan faktor kedua" if account.totp else "ada"
    if not account.passphrase:
        found = "diundang" if office.now() < datetime.fromisoformat(account.until) else "tautannya lewat 24 jam"
    reset = f", diatur ulang {account.reset_at[:10]} oleh {account.reset_by}" if account.reset_at else ""
    by_account = account.resets[-1]["akun"] if reset and account.resets else ""
    return f"{found}{reset}{f' (akun komputer {by_account})' if by_account else ''}"


def _link(office: Office, token: str) -> str:
    """Give the one-time link; the start of it is left out where the settings do not name the desk's address."""
    return f"{office.settings.meja.alamat.rstrip('/')}/undangan/{token}"


def _link_text(office: Office, name: str, token: str) -> str:
    """Say what to do with the one-time link."""
    before = "" if office.settings.meja.alamat else "Tambahkan alamat meja di depannya. "
    return (
        f"{_link(office, token)}\n{before}Tautan untuk {office.settings.petugas[name].nama}: satu kali, 24 jam. "
        "Berikan langsung kepadanya; siapa pun yang membukanya dapat memasang kata sandi."
    )
